"""What a worker made becomes a document on record: compared with what is there, published, written down and told."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from docgen.errors import UsageError
from docgen.model.issued import Issued, IssuedFile
from docgen.model.problems import Words
from docgen.office.judging import MADE
from docgen.office.lives import life
from docgen.office.outcome import (
    AGAIN,
    EARLIER,
    FOREIGN,
    GONE,
    KEEPS_DATE,
    NEVER,
    NOTHING,
    OTHER_LOOK,
    STANDS,
    TOLD,
    Order,
    Outcome,
)
from docgen.office.planning import Task, flag
from docgen.office.publish import publish
from docgen.office.shelf import Revision, copies_of, holder_of, iso, month_of_paper, path_of, period_of, talk_of
from docgen.office.signers import signers_of
from docgen.office.working import Work
from docgen.paper import Format


def outcome_of(task: Task, work: Work, order: Order) -> Outcome:
    """Publish what was made, and tell what became of the document.

    Raises:
        EnvironmentLacks: the disk is full or the folder can't be written: the next would fail alike.
    """
    paper, place, before = task.paper, task.place, task.job.standing
    if work.verdict is None:
        return Outcome(paper, "failed", reason=work.reason, crash=work.crash)
    there = task.recorded.values()
    known = Outcome(
        paper,
        "unchanged",
        reason=_together(_told(task, work, order), work.note),
        verdict=work.verdict,
        revision=work.revision,
        content_hash=work.content,
        pages=work.extent.pages or max((file.pages for file in there), default=0),
        size=sum(map(len, work.files.values())) or sum(file.size for file in there),
        last_page=work.extent.last_page,
        rare=work.rare,
    )
    if work.verdict == "frozen" and task.job.lacking:
        return _lost(task, known)
    if work.verdict not in MADE:
        return replace(known, state="refused" if work.verdict == "ask" else "unchanged")
    if work.verdict == "revise" and before and work.printed < before.printed:
        return replace(known, state="refused", reason=EARLIER.filled(date=work.printed, before=before.printed))
    paths = _paths(task, work, order)
    made = _files(paths, work)
    if order.mode == "final" and (fault := _in_the_way(task, made, order.planned)):
        return replace(known, state="failed", reason=fault)
    if order.planned:
        return replace(known, state="planned", files=tuple(place.out / path for path in paths.values()))
    try:
        if place.store:
            return replace(known, state="made", files=place.store.issue(_issued(task, work, order, made), work.files))
        contents = {paths[name]: content for name, content in work.files.items()}
        return replace(known, state="made", files=publish(contents, place.out, place.access), revision=0)
    except UsageError as error:  # a link stands in the way of this one
        return replace(known, state="failed", reason=error.words)


def _lost(task: Task, known: Outcome) -> Outcome:
    """Of a frozen document that says something else now, no file can be made any more."""
    gone = [file for name, file in task.recorded.items() if name in task.job.lacking]
    if gone:
        reason = GONE.filled(file=task.place.out / gone[0].path, flag=flag(task.paper))
        return replace(known, state="failed", reason=reason)
    formats = ", ".join(task.job.lacking)
    return replace(known, state="refused", reason=NEVER.filled(formats=formats, flag=flag(task.paper)))


def _paths(task: Task, work: Work, order: Order) -> dict[Format, Path]:
    """Where its files go: a further format lies beside what was issued, wherever the person's folder would be now."""
    revision: Revision = work.revision if order.mode == "final" else order.mode
    asked = task.job.lacking if work.verdict == "add" else order.formats
    made = asked if order.planned else work.files  # of an own Word form there may be no PDF
    formats = tuple(name for name in asked if name in made)
    paths = {name: path_of(task.paper, task.checked, task.office.settings, revision, name) for name in formats}
    if work.verdict != "add":
        return paths
    beside = Path(next(iter(task.recorded.values())).path).parent
    return {name: beside / path.name for name, path in paths.items()}


def _files(paths: Mapping[Format, Path], work: Work) -> dict[str, IssuedFile]:
    """What is to be recorded of each file; of one that is not made yet, only its place."""
    contents = {name: work.files.get(name, b"") for name in paths}
    pages = work.extent.pages
    return {
        name: IssuedFile(
            paths[name].as_posix(), sha256(content).hexdigest(), len(content), pages if name == "pdf" else 0
        )
        for name, content in contents.items()
    }


def _in_the_way(task: Task, made: Mapping[str, IssuedFile], planned: bool) -> Words | None:
    """Why the files can't be put where they belong: something else stands there, or what was issued was other bytes."""
    place, store = task.place, task.place.store
    for name, file in made.items():
        before = task.recorded.get(name) if name in task.job.lacking else None
        if before and not planned and before.sha256 != file.sha256:
            return GONE.filled(file=place.out / before.path, flag=flag(task.paper))
        target = place.out / file.path
        if before or not os.path.lexists(target):
            continue
        own = store and (store.is_reserved(task.paper.number, Path(file.path)) or store.state(file) == "there")
        if not own:
            return FOREIGN.filled(file=target)
    return None


def _issued(task: Task, work: Work, order: Order, made: Mapping[str, IssuedFile]) -> Issued:
    """What is to be on record of it."""
    if task.job.standing and work.verdict == "add":
        return replace(task.job.standing, on=order.on, files=made)
    start, end = period_of(task.checked)
    return Issued(
        task.paper.number,
        work.revision,
        task.paper.case.id,
        task.paper.form.name,
        order.on,
        work.printed,
        work.content,
        work.look,
        work.parts,
        made,
        holder_of(task.checked),
        task.job.leave.reason if work.verdict == "revise" else "",
        month=str(month_of_paper(task.paper) or ""),
        changed=work.notice.changed if work.notice else (),
        replaced=work.notice.date.isoformat() if work.notice else "",
        start=start,
        end=end,
        talk=talk_of(task.paper),
        given=iso(task.paper.printed_date),
        copies=copies_of(task.paper, task.office.settings),
        withdrawn=bool(work.notice and work.notice.withdrawn),
        language=task.paper.case.language,
        signers=signers_of(task.paper, task.office.settings),
        ending=life(task.paper.case).ending if task.paper.form.made == "closed" else "",
    )


def _told(task: Task, work: Work, order: Order) -> Words:
    """What is to be told of a document that is not simply made or unchanged."""
    before, verdict = task.job.standing, work.verdict
    if before is None or verdict is None:
        return NOTHING
    words = TOLD.get(verdict, NOTHING)
    given = _other_date(task, order)
    if verdict == "same" and task.job.leave.to_revise(task.paper.form.unit != "case"):
        words = STANDS
    elif verdict in ("same", "other_look") and given:
        words = KEEPS_DATE
    elif verdict == "add" and all(name in task.recorded for name in task.job.lacking):
        words = AGAIN
    elif verdict == "add" and work.look != before.look:
        words = OTHER_LOOK
    return words.filled(
        number=before.number,
        revision=work.revision,
        next=before.revision + 1,
        on=before.on.isoformat(),
        printed=before.printed.isoformat(),
        given=given,
        reason=task.job.leave.reason,
        void=before.void,
        flag=flag(task.paper),
    )


def _together(told: Words, note: Words) -> Words:
    if not (told.en and note.en):
        return told if told.en else note
    return Words(f"{told.en}; {note.en}", f"{told.zh}；{note.zh}")


def _other_date(task: Task, order: Order) -> str:
    """The date that is given now, and was not when it was issued, where the document on record bears another."""
    before, given = task.job.standing, iso(order.dated) or iso(task.paper.printed_date)
    if before is None or given == before.printed.isoformat():
        return ""
    return given if order.dated or (before.given and given != before.given) else ""
