"""One document as a job for a worker process or another machine: data in, bytes out, nothing touched on the way."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from docgen.company import Company
from docgen.errors import DocumentError, EnvironmentLacks, TemplateError
from docgen.generate import content_of, drawn, filling, write
from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp
from docgen.model.case import Case
from docgen.model.issued import Issued, Notice
from docgen.model.problems import Path, Words
from docgen.office.judging import MADE, Leave, Verdict, judge
from docgen.paper import Format, Paper
from docgen.wordforms.shelf import can_be_made
from docgen.writers.fonts import rare
from docgen.writers.parity import Extent

OFFICES = 32
"""So many offices' settings are kept prepared in a process."""
NOTHING = Words("", "")
WORD_ONLY = Words(
    "Word only: the PDF of this form needs LibreOffice, which is not here",
    "仅生成 Word：此模板的 PDF 需要 LibreOffice，本机未安装",
)
NEEDS_OFFICE = Words(
    "the PDF of this form needs LibreOffice, which is not here; install it, or make Word files (--formats docx)",
    "此模板的 PDF 需要 LibreOffice，本机未安装；请安装，或只生成 Word（--formats docx）",
)
CRASHED = Words("docgen failed on it ({error}); please report this", "docgen 处理时出错（{error}），请反馈")


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be made.

    ``office``: settings and company, as ``packed`` makes them. ``on``: the day of the run; ``dated``: printed instead
    of any other date. ``standing``: what is on record of it; ``lacking``: formats that the record doesn't have;
    ``changed``: whether a file of it was changed by hand.
    """

    case: Case
    form: str
    path: Path
    number: str
    office: bytes
    formats: tuple[Format, ...]
    mode: Mode
    handwrite: bool
    on: date
    dated: date | None = None
    standing: Issued | None = None
    lacking: tuple[Format, ...] = ()
    changed: bool = False
    leave: Leave = field(default_factory=Leave)


@dataclass(frozen=True, slots=True)
class Work:
    """What became of a job: the files, and what is to be recorded; or the ``reason`` why there are none.

    ``extent``: of the PDF, where one was made; ``rare``: letters that few documents have. ``crash``: the traceback
    where a bug of docgen stopped it. ``note``: what else is to be told of it.
    """

    verdict: Verdict | None
    revision: int = 1
    printed: date = date.min
    content: str = ""
    look: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[Format, bytes] = field(default_factory=dict)
    extent: Extent = field(default_factory=Extent)
    rare: str = ""
    reason: Words = NOTHING
    crash: str = ""
    notice: Notice | None = None
    note: Words = NOTHING


@lru_cache(maxsize=OFFICES)
def kit_of(office: bytes) -> Kit:
    """What the documents of an office share in this process; made before a fork, the workers have it for nothing."""
    return Kit.of(*pickle.loads(office))


def packed(settings: Mapping[str, Any], company: Company) -> bytes:
    """An office as jobs carry it; its company's folder must lie at the same place on each machine."""
    return pickle.dumps((dict(settings), company))


def work(job: Job) -> Work:
    """Make the document of ``job``, where what is on record doesn't say the same already.

    Raises:
        EnvironmentLacks: the machine lacks something, and the next job would fail alike.
    """
    try:
        return _work(job)
    except (DocumentError, TemplateError) as error:
        return Work(None, reason=error.words)
    except (EnvironmentLacks, MemoryError):
        raise
    except Exception as error:  # a bug must cost one document, not the rest of the batch; its traceback is kept
        kind = type(error).__name__
        reason = Words(*(CRASHED[one].format(error=kind) for one in ("en", "zh")))
        places = traceback.format_tb(error.__traceback__)  # and not its text, which may hold what was typed
        return Work(None, reason=reason, crash="".join((*places, kind, "\n")))


def _work(job: Job) -> Work:
    kit = kit_of(job.office)
    paper = _paper(job, kit)
    before = job.standing
    stamp = Stamp(job.number, before.revision, before.printed, before.notice) if before else _first(job, paper)
    document = drawn(paper, kit, stamp, job.mode, job.handwrite)
    (content, parts), look = content_of(document, paper, kit, job.mode), kit.look
    frozen = paper.form.unit != "case"
    verdict = judge(
        before,
        content,
        look,
        job.leave,
        frozen=frozen,
        lacking=job.lacking,
        dated=job.dated,
        changed=job.changed,
    )
    if verdict == "revise" and before:
        # What says the same has changed nowhere, even where an older docgen parted it otherwise.
        told = {**parts, **before.parts} if content != before.content else {}
        changed = tuple(name for name in told if parts.get(name) != before.parts.get(name))
        notice = Notice(before.revision, before.printed, changed, job.leave.reason, bool(before.void))
        stamp = Stamp(job.number, before.revision + 1, _revised_on(job, paper, before), notice)
        document = drawn(paper, kit, stamp, job.mode, job.handwrite)
    files: Mapping[Format, bytes] = {}
    extent = Extent()
    own = filling(paper, kit, stamp, job.mode, job.handwrite)
    wanted = tuple(name for name in job.formats if verdict != "add" or name in job.lacking)
    formats = can_be_made(wanted, own)
    note = WORD_ONLY if verdict in MADE and formats != wanted else NOTHING
    cannot = bool(wanted) and not formats  # a trial wants none
    if before and verdict == "add" and cannot and not any(name in before.files for name in wanted):
        verdict = "same" if look == before.look else "other_look"
    if verdict in MADE:
        if cannot:
            raise DocumentError(NEEDS_OFFICE)
        files, extent = write(document, kit, stamp, job.on, formats, content, own)
    printed = stamp.issued or job.on
    return Work(
        verdict,
        stamp.revision,
        printed,
        content,
        look,
        parts,
        files,
        extent,
        rare(document.text()),
        notice=stamp.notice,
        note=note,
    )


def _paper(job: Job, kit: Kit) -> Paper:
    row: Any = job.case.values["case"]
    if job.path:
        sheet, index = job.path
        row = job.case.values[str(sheet)][index]
    return Paper(job.case, kit.definitions.forms[job.form], row, job.number, job.path)


def _revised_on(job: Job, paper: Paper, before: Issued) -> date:
    """A later date that the data give since, else the day of the run; never before that of the one it replaces, unless
    that date was asked for."""
    given = paper.printed_date
    later = given if given and given > before.printed else max(job.on, before.printed)
    return job.dated or later


def _first(job: Job, paper: Paper) -> Stamp:
    """Of a draft or a blank form nothing is stamped."""
    if job.mode != "final":
        return Stamp("", 1, None)
    return Stamp(job.number, 1, job.dated or paper.printed_date or job.on)
