"""A batch: every document of a run is made and published, or it is told why not; one that fails stops no other."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from docgen.checking.checked import Checked
from docgen.errors import DocumentError, EnvironmentLacks, TemplateError
from docgen.generate import FORMATS, Format, Kit, Made, Paper, blocking, make, papers
from docgen.layout.context import Mode
from docgen.layout.sets import TemplateSet, load_set
from docgen.model.case import Month
from docgen.model.identity import folded, paper_id, paper_path
from docgen.model.problems import Words
from docgen.office.publish import PRIVATE, SHARED, publish
from docgen.office.run import Office, Run, has_errors
from docgen.sandbox import month_of

State = Literal["made", "planned", "refused", "failed"]

NO_REASON = Words("", "")
REFUSED = Words("the data has problems", "数据存在问题")
SAME_NAME = Words("another document of this run has the same file name", "本次生成的另一文档与其文件同名")
CRASHED = Words("docgen failed on it ({error}); please report this", "docgen 处理时出错（{error}），请反馈")


@dataclass(frozen=True, slots=True)
class Order:
    """How documents are to be made.

    ``out`` None: where the settings say. ``month``: only its plans and the notes of its talks. ``issued`` is the
    printed date where the data give none. ``planned``: tell what would be made, and write nothing.
    """

    issued: date
    out: Path | None = None
    formats: tuple[Format, ...] = FORMATS
    mode: Mode = "final"
    handwrite: bool = False
    planned: bool = False
    month: Month | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document.

    ``crash`` is the traceback where a bug of docgen stopped it; ``replaced``: an earlier file said or looked otherwise.
    """

    paper: Paper
    state: State
    files: tuple[Path, ...] = ()
    reason: Words = NO_REASON
    content_hash: str = ""
    crash: str = ""
    replaced: bool = False

    def plain(self, language: Literal["en", "zh"]) -> dict[str, Any]:
        """The outcome as plain data, as docs/json.md describes it."""
        return {
            "number": self.paper.number,
            "paper_id": paper_id(self.paper.number),
            "form": self.paper.form.name,
            "case": self.paper.case.id,
            "state": self.state,
            "files": [path.as_posix() for path in self.files],
            "reason": self.reason[language],
            "content_hash": self.content_hash,
            "parity": self.state == "made",
            "replaced": self.replaced,
        }


@dataclass(slots=True)
class Batch:
    """The documents of a run, made one after another; what they share is prepared once for each office."""

    run: Run
    order: Order
    templates: TemplateSet = field(default_factory=load_set)
    _kits: dict[int, Kit] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def papers(self) -> list[tuple[Paper, Checked, Office]]:
        """Everything that was asked for, in the order of the cases."""
        return [
            (paper, checked, office)
            for checked, office in self.run.cases
            for paper in papers(checked, self.run.definitions)
            if self.order.month is None or month_of_paper(paper) == self.order.month
        ]

    def outcomes(self) -> Iterator[Outcome]:
        """Make and publish each document.

        Raises:
            EnvironmentLacks: the disk is full, the folder can't be written, a library lacks: the next would fail alike.
        """
        for paper, checked, office in self.papers():
            if self.order.mode == "final" and (has_errors(office.problems) or blocking(paper, checked.problems)):
                yield Outcome(paper, "refused", reason=REFUSED)
                continue
            out = self.order.out or office.out
            paths = {format: self._path(paper, checked, office, format) for format in self.order.formats}
            names = {folded(str(out / path)) for path in paths.values()}
            if names & self._taken:
                yield Outcome(paper, "failed", reason=SAME_NAME)
                continue
            self._taken |= names
            if self.order.planned:
                yield Outcome(paper, "planned", tuple(out / path for path in paths.values()))
            else:
                yield self._issue(paper, self._kit(office), paths, out)

    def _issue(self, paper: Paper, kit: Kit, paths: dict[Format, Path], out: Path) -> Outcome:
        made = self._make(paper, kit)
        if isinstance(made, Outcome):
            return made
        access = SHARED if kit.settings.get("group") else PRIVATE
        contents = {paths[format]: content for format, content in made.files.items()}
        replaced = self.order.mode == "final" and any(_differs(out / path, new) for path, new in contents.items())
        files = publish(contents, out, access)
        return Outcome(paper, "made", files, content_hash=made.content_hash, replaced=replaced)

    def _make(self, paper: Paper, kit: Kit) -> Made | Outcome:
        order = self.order
        try:
            return make(
                paper, kit, issued=order.issued, formats=order.formats, mode=order.mode, handwrite=order.handwrite
            )
        except (DocumentError, TemplateError) as error:
            return Outcome(paper, "failed", reason=error.words)
        except EnvironmentLacks:
            raise
        except Exception as error:  # a bug must cost one document, not the rest of the batch; its traceback is kept
            kind = type(error).__name__
            reason = Words(CRASHED.en.format(error=kind), CRASHED.zh.format(error=kind))
            return Outcome(paper, "failed", reason=reason, crash=traceback.format_exc())

    def _kit(self, office: Office) -> Kit:
        return self._kits.setdefault(id(office), Kit(self.run.definitions, office.settings, self.templates))

    def _path(self, paper: Paper, checked: Checked, office: Office, format: Format) -> Path:
        """A draft may lack what its number is made of; the place it was typed at stands in for it."""
        case, position = checked.case.values["case"], checked.record.position(())
        if not position.source:  # a blank that belongs to nobody
            return Path(self.order.mode, f"{paper.form.name}.{format}")
        revision: int | Literal["draft", "blank"] = 1 if self.order.mode == "final" else self.order.mode
        place = (Path(position.source).stem, position.line, *paper.path, paper.form.code)
        number = paper.number if case["case_id"] else "-".join(map(str, place))
        name = case["employee_name"] if office.settings.get("names_in_files") else ""
        texts = [str(value) if value else "" for value in (case["department"], case["employee_no"], name)]
        return paper_path(texts[0], texts[1], texts[2], number, revision, f".{format}")


def month_of_paper(paper: Paper) -> Month | None:
    """The month that a paper is for: a plan's own, that of the day of a talk; None for what is made once a case."""
    match paper.row.get("month"), paper.row.get("date"):
        case Month() as month, _:
            return month
        case _, date() as day if paper.form.unit != "case":
            return month_of(day)
        case _:
            return None


def _differs(path: Path, content: bytes) -> bool:
    """Is there a file already, and does it hold something else?"""
    try:
        return path.stat().st_size != len(content) or path.read_bytes() != content
    except OSError:
        return False


def count(outcomes: Sequence[Outcome], state: State) -> int:
    return sum(outcome.state == state for outcome in outcomes)
