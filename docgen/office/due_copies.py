"""The signed copies that the cases of a run owe, by what the offices of these cases have on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from docgen.definitions.definition import Definitions
from docgen.model.problems import Words
from docgen.office.due_facts import Item, shifted
from docgen.office.owed import Owed, Terms, owed
from docgen.office.owed_report import OLDER, form_of, missing
from docgen.office.register import may_be_read
from docgen.office.returns import Returns
from docgen.office.run import Office, Run
from docgen.office.store import looked_at

Copies = Mapping[Path | None, Mapping[str, Sequence[Item]]]
"""By the settings file of an office, and by case."""
NONE: Copies = {}
WHAT = Words("{form} {number}", "{form} {number}")
REVISED = Words(", revision {revision}", "，第{revision}版")
MORE = Words(" ({what})", "（{what}）")
PLACE = ()
"""In the record: where the case begins, as nothing in it is at fault."""


def copies_owed(run: Run, today: date, out: Path | None = None) -> Copies:
    """What is owed of papers that were issued for the cases of ``run``; nothing where one may not read.

    Args:
        out: the folder on whose record they are; by default that of the settings.

    Raises:
        EnvironmentLacks: something stands in the place of a ledger that is none, or it can't be read.
    """
    offices: dict[Path | None, tuple[Office, set[str]]] = {}
    for checked, office in run.cases:
        offices.setdefault(office.file, (office, set()))[1].add(checked.case.id)
    return {
        file: _owed_in(out or office.out, office, cases, run.definitions, today)
        for file, (office, cases) in offices.items()
    }


def _owed_in(
    folder: Path, office: Office, cases: set[str], definitions: Definitions, today: date
) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    if not may_be_read(folder):
        return found
    with looked_at(folder) as store:
        if store is None:
            return found
        papers = [paper for paper in store.register.all() if paper.case in cases]
        terms = Terms(office.lives, definitions, office.settings, today)
        for one in owed(papers, Returns(store.register).back() if papers else (), terms):
            if one.is_owing:
                found[one.paper.case].append(_item(one, office, definitions))
    return found


def _item(one: Owed, office: Office, definitions: Definitions) -> Item:
    """Where the case rests without an end the copy is owed on its first day, which lies in the pause."""
    paper = one.paper
    on = one.due or shifted(paper.on, int(office.settings["return_days"]))
    what = WHAT.filled(form=form_of(one, definitions), number=paper.number)
    if paper.revision > 1:
        what = _with(what, REVISED.filled(revision=paper.revision))
    if one.back and one.state == "incomplete":
        what = _with(what, MORE.filled(what=_inside(missing(one.back.copy.missing, one.back.copy.of))))
    if one.back and one.state == "outdated":
        what = _with(
            what, MORE.filled(what=_inside(OLDER.filled(back=one.back.copy.revision, revision=paper.revision)))
        )
    return Item(on, what, PLACE, paper.number)


def _with(what: Words, more: Words) -> Words:
    return Words(what.en + more.en, what.zh + more.zh)


def _inside(sentence: Words) -> Words:
    """A sentence as it stands within another."""
    return Words(sentence.en[0].lower() + sentence.en[1:].rstrip("."), sentence.zh.rstrip("。"))
