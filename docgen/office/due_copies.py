"""What the cases of a run owe by what their offices have on record: signed copies, and how they ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from docgen.checking.checked import Checked
from docgen.definitions.definition import Definitions, Form
from docgen.model.problems import Words
from docgen.office.due_facts import Item, OnRecord, shifted
from docgen.office.lives import life
from docgen.office.owed import Owed, Terms, owed
from docgen.office.owed_report import OLDER, form_of, missing
from docgen.office.register import may_be_read
from docgen.office.returns import Returns
from docgen.office.run import Office, Run
from docgen.office.store import looked_at

Copies = Mapping[Path | None, Mapping[str, OnRecord]]
"""By the settings file of an office, and by case."""
NONE: Copies = {}
WHAT = Words("{form} {number}", "{form} {number}")
REVISED = Words(", revision {revision}", "，第{revision}版")
MORE = Words(" ({what})", "（{what}）")
TO_MAKE = Words(
    "{form}: to be made (docgen generate --forms {name})", "{form}：待生成（docgen generate --forms {name}）"
)
PLACE = ()
"""In the record: where the case begins, as nothing in it is at fault."""


def copies_owed(run: Run, today: date, out: Path | None = None) -> Copies:
    """What is owed by what is on record of the cases of ``run``; nothing where one may not read.

    Args:
        out: the folder on whose record they are; by default that of the settings.

    Raises:
        EnvironmentLacks: something stands in the place of a ledger that is none, or it can't be read.
    """
    offices: dict[Path | None, tuple[Office, list[Checked]]] = {}
    for checked, office in run.cases:
        offices.setdefault(office.file, (office, []))[1].append(checked)
    return {
        file: _owed_in(out or office.out, office, cases, run.definitions, today)
        for file, (office, cases) in offices.items()
    }


def _owed_in(
    folder: Path, office: Office, cases: Sequence[Checked], definitions: Definitions, today: date
) -> dict[str, OnRecord]:
    if not may_be_read(folder):
        return {}
    ids, copies = {one.case.id for one in cases}, defaultdict[str, list[Item]](list)
    with looked_at(folder) as store:
        if store is None:
            return {}
        papers = [paper for paper in store.register.all() if paper.case in ids]
        terms = Terms(office.lives, definitions, office.settings, today)
        for one in owed(papers, Returns(store.register).back() if papers else (), terms):
            if one.is_owing:
                copies[one.paper.case].append(_item(one, office, definitions))
    known = {paper.case for paper in papers}
    made = {(paper.case, paper.form): paper.on for paper in papers if not paper.void}
    return {
        of.case.id: OnRecord(
            copies[of.case.id],
            of.case.id in known and not life(of.case).is_closed,
            [
                _letter(form, closed)
                for form, closed in _after_closing(of, definitions)
                if made.get((of.case.id, form.name), date.min) < closed  # one of an earlier closing tells another end
            ],
        )
        for of in cases
    }


def _after_closing(checked: Checked, definitions: Definitions) -> list[tuple[Form, date]]:
    """What a closed case asks for, and the day on which it was closed."""
    closed = life(checked.case).closed_on
    forms = [definitions.forms[name] for name in checked.forms]
    return [(form, closed) for form in forms if form.made == "closed"] if closed else []


def _letter(form: Form, closed: date) -> Item:
    return Item(closed, TO_MAKE.filled(form=form.title, name=form.name), PLACE, form.name)


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
