"""Who must sign a paper: as it was issued, and of whom a confirmation says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.definitions.definition import Definitions, Form
from docgen.definitions.naming import CASE, SIGNER
from docgen.layout.context import signers
from docgen.model.issued import Issued, Signatory
from docgen.model.problems import Words
from docgen.model.returned import Signer
from docgen.paper import Paper

ALSO = "company"
"""Signs where a letter is an agreement, or a department's."""
IF_NAMED = frozenset(("recorder", "companion"))
"""Those of a talk who need not be there: whoever leads it may take the notes."""


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody who signs a paper. ``key``: what a confirmation calls them. ``is_due``: they must sign it, so that a
    confirmation that leaves them out is not whole."""

    key: str
    label: Words
    is_due: bool


def signers_of(paper: Paper, settings: Mapping[str, Any]) -> tuple[Signatory, ...]:
    """Who must sign a paper that is about to be issued."""
    return tuple(_named(paper.form, paper.case.values[CASE], paper.row, settings))


def roles(issued: Issued, definitions: Definitions, settings: Mapping[str, Any]) -> tuple[Role, ...]:
    """All who may have signed it, in the order of its signature block; none of a form that is no longer defined.

    Nobody else has a line on it, where it is on record who must sign: a letter to a department has none for an
    employee.
    """
    form = definitions.forms.get(issued.form)
    if form is None:
        return ()
    is_known = issued.signers is not None
    named = issued.signers if issued.signers is not None else [*_guessed(issued, form, settings)]
    others = [key for key in (*form.signers, ALSO) if key in IF_NAMED or not is_known]
    due = {one.role: Words(one.en, one.zh) if one.en else None for one in named}
    known = definitions.lists[SIGNER].choices
    keys = dict.fromkeys((*due, *others))
    return tuple(Role(key, due.get(key) or known.get(key) or Words(key, key), key in due) for key in keys)


def lacking(confirmed: Sequence[Signer], of: Iterable[Role]) -> list[Role]:
    """Those of whom nobody has said whether they signed, refused or were absent."""
    named = {one.role for one in confirmed}
    return [role for role in of if role.is_due and role.key not in named]


def _guessed(issued: Issued, form: Form, settings: Mapping[str, Any]) -> Iterator[Signatory]:
    """Of a line of an older docgen: by the settings of today, and as if nothing were known of a talk."""
    holder = issued.holder
    case = {
        "party": "employee" if holder.employee_no or holder.name else "department",
        "employee_name": holder.name,
        "supervisor_name": holder.supervisor_name,
        "department_head": "",
    }
    return _named(form, case, {}, settings)


def _named(
    form: Form, case: Mapping[str, Any], row: Mapping[str, Any], settings: Mapping[str, Any]
) -> Iterator[Signatory]:
    """Each with the words of their role, where the settings have it."""
    for one in signers(form, case, row, settings):
        key, role, name = one["key"], one["role"], one["name"]
        if key and (key not in IF_NAMED or (isinstance(name, str) and name.strip())):
            yield Signatory(key)
        elif isinstance(role, Words):
            yield Signatory(role.en, role.en, role.zh)
        elif role:
            yield Signatory(str(role), str(role), str(role))
