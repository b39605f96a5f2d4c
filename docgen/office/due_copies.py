"""What the cases of a run owe by what their offices have on record: signed copies, and how they ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from docgen.checking.checked import Checked
from docgen.definitions.definition import Definitions
from docgen.model.issued import Issued
from docgen.model.life import NEW, Life
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
ANEW = Words(
    "{form} {number}: tells another end or was withdrawn; issue it anew (docgen generate --forms {name} --revise "
    "{number} --reason TEXT)",
    "{form} {number}：所述结果已变更或已作废，须重新签发（docgen generate --forms {name} --revise {number} "
    "--reason 原因）",
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
            if one.is_owing and one.paper.ending in ("", office.lives.get(one.paper.case, NEW).ending):
                copies[one.paper.case].append(_item(one, office, definitions))
    made = defaultdict[str, list[Issued]](list)
    for paper in papers:
        made[paper.case].append(paper)
    return {
        of.case.id: OnRecord(
            copies[of.case.id],
            of.case.id in made and not life(of.case).is_closed,
            list(_letters(of, made[of.case.id], definitions)),
        )
        for of in cases
    }


def _letters(checked: Checked, papers: Sequence[Issued], definitions: Definitions) -> Iterator[Item]:
    """What a closed case asks for and nobody has made since; or what was made tells another end, or was withdrawn."""
    of = life(checked.case)
    for form in (definitions.forms[name] for name in checked.forms):
        own = [paper for paper in papers if paper.form == form.name]
        if of.closed_on and form.made == "closed" and not any(_tells(paper, of) for paper in own):
            words, number = (ANEW, own[-1].number) if own else (TO_MAKE, "")
            yield Item(of.closed_on, words.filled(form=form.title, name=form.name, number=number), PLACE, form.name)


def _tells(paper: Issued, of: Life) -> bool:
    """Whether a paper tells how the case ended; on a line of an older docgen only its day shows that it may."""
    return not paper.void and (paper.ending == of.ending if paper.ending else paper.on >= (of.closed_on or paper.on))


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
