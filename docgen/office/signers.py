"""Who signs a paper that was issued, as far as its record tells, and of whom a confirmation says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.definitions.definition import Definitions, Form
from docgen.layout.context import signers
from docgen.model.issued import Issued
from docgen.model.problems import Words
from docgen.model.returned import Signer

LIST = "signer"
"""The choice list of forms/case.yaml that names them in both languages."""
ALSO = "company"
"""Signs where a letter is an agreement, or a department's; the settings may have changed since it was issued."""
TALK = {"interviewer": "-", "recorder": "-"}
"""A talk of which nothing is known: one person may lead it and take the notes, and a companion need not be there."""


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody who signs a paper. ``key``: what a confirmation calls them. ``is_due``: they are on each paper of the
    kind, so that a confirmation that leaves them out is not whole."""

    key: str
    label: Words
    is_due: bool


def roles(issued: Issued, definitions: Definitions, settings: Mapping[str, Any]) -> tuple[Role, ...]:
    """All who may have signed it, in the order of its signature block; none of a form that is no longer defined."""
    form = definitions.forms.get(issued.form)
    if form is None:
        return ()
    due, known = list(_due(issued, form, settings)), definitions.lists[LIST].choices
    keys = dict.fromkeys((*(key for key, _ in due), *form.signers, ALSO))
    labels = {key: known.get(key) or Words(key, key) for key in keys} | {key: label for key, label in due if label}
    return tuple(Role(key, labels[key], key in dict(due)) for key in keys)


def lacking(confirmed: Sequence[Signer], of: Iterable[Role]) -> list[Role]:
    """Those of whom nobody has said whether they signed, refused or were absent."""
    named = {one.role for one in confirmed}
    return [role for role in of if role.is_due and role.key not in named]


def _due(issued: Issued, form: Form, settings: Mapping[str, Any]) -> Iterator[tuple[str, Words | None]]:
    """Each with the words of their role, where the settings have it."""
    holder = issued.holder
    case = {
        "party": "employee" if holder.employee_no or holder.name else "department",
        "employee_name": holder.name,
        "supervisor_name": holder.supervisor_name,
        "department_head": "",
    }
    for one in signers(form, case, TALK, settings):
        role = one["role"]
        if one["key"]:
            yield one["key"], None
        elif isinstance(role, Words):
            yield role.en, role
        elif role:
            yield str(role), Words(str(role), str(role))
