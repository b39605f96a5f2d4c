"""The files of a roll-over: their names, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast

from docgen.definitions.definition import Definitions
from docgen.errors import UsageError
from docgen.model.case import Month
from docgen.model.identity import folded
from docgen.model.problems import UiLanguage, Words
from docgen.model.record import Record
from docgen.office.case_file import case_file
from docgen.office.rollover_report import told_of
from docgen.office.rollover_run import Bundle
from docgen.office.sent import Sent, addressed
from docgen.sources.cases import YAML
from docgen.workbook.creating import Order, forms_of, new_workbook
from docgen.workbook.guide import Layout
from docgen.workbook.lines import Lost

WORKBOOK = ".xlsx"
FileState = Literal["written", "unchanged", "refused", "nothing"]
"""``refused``: its cases have problems, or another file stands there. ``nothing``: nobody in it goes on."""

NEW_CYCLE = "new-cycle"
"""The folder beside the new files with what is to be approved: no command that is given the new files reads it."""
MONTH_IN_NAME = re.compile(r"(?<![0-9])(20[0-9]{2})(?:([-_.]?)(0[1-9]|1[0-2])(?![-_.]?[0-9])|年(1[0-2]|0?[1-9])月)")
MONTHLY, NOTES, TALKS = "monthly", "notes", "interviews"

NAME_IT = Words(
    "-o {out}: name it .xlsx or .yaml, or name a folder", "-o {out}：请以 .xlsx 或 .yaml 结尾，或指定文件夹"
)
SAME_FILE = Words(
    "-o {out}: is one of the files that are rolled over; docgen never changes those. Choose another name",
    "-o {out}：是要结转的文件之一，docgen 不会改动原文件，请换一个名称",
)
SAME_NAME = Words(
    "{one} and {other} would both become {out}; roll them over one by one, each with a folder of its own",
    "{one}和{other}结转后都会成为{out}；请逐个结转，各用一个文件夹",
)
NO_REASON = Words("", "")
BLOCKED = Words("not written, because of the problems listed", "因存在所列问题，未写入")
NOBODY = Words("not written, as nobody in it goes on", "其中没有需要继续的人员，未写入")
NOT_BEGUN = Words("not written, as nobody in it has begun", "其中尚无人员开始，未写入")
BLOCKED_BESIDE = Words(
    "holds nothing of {sources}, because of the problems listed", "因存在所列问题，其中不含{sources}的内容"
)
HEAD = Words(
    "Cases for docgen, rolled over to {month} from {sources}.\n"
    "All that was typed before is here, so this file takes the place of that one: keep that one elsewhere.\n"
    "The month {month} stands first under months; fill in what is still missing there.\n"
    "Then: docgen check {file}, and docgen generate {file}",
    "docgen 个案文件，由{sources}结转至{month}。\n"
    "原已填写的内容均在其中，本文件取代原文件，请将原文件另存他处。\n"
    "{month}的计划列在 months 的最前面，请补填其中的空缺。\n"
    "然后运行：docgen check {file}，再运行 docgen generate {file}",
)
HEAD_OF_CYCLE = Words(
    "Cases for docgen: prepared for the next cycle from {sources}, where the period is over; to be approved.\n"
    "Nothing is made of them before somebody fills them in. What is not approved is deleted.",
    "docgen 个案文件：{sources}中计划期已结束，以下为下一期的准备稿，待审批。\n"
    "补填之前不会生成任何文件；未获批准的请删除。",
)


@dataclass(frozen=True, slots=True)
class NextFile:
    """A file that a roll-over writes, or would write.

    ``new_cycle``: it holds the cases that were prepared for the next cycle, and not the new month. ``lost``: what a
    workbook can't hold. ``left_out``: how many who are only listed a text file does not name. ``sent``: what the ledger
    is to know of it, where it takes the place of a workbook that was sent out.
    """

    path: Path
    bundle: Bundle
    records: Sequence[Record] = ()
    new_cycle: bool = False
    state: FileState = "written"
    reason: Words = NO_REASON
    content: bytes = b""
    lost: tuple[Lost, ...] = ()
    left_out: int = 0
    sent: Sent | None = None

    @property
    def names_of_sources(self) -> Words:
        names = [source.path.name for source in self.bundle.sources]
        return Words(", ".join(names), "、".join(names))

    def refused(self, reason: Words, **names: object) -> NextFile:
        said = [{name: of[one] if isinstance(of, Words) else of for name, of in names.items()} for one in ("en", "zh")]
        return replace(self, state="refused", reason=Words(reason.en.format(**said[0]), reason.zh.format(**said[1])))


@dataclass(frozen=True, slots=True)
class Target:
    """Where the new files go: one file of all, or a folder."""

    path: Path
    is_folder: bool


def target(out: str) -> Target:
    """What ``-o`` names: a folder where one is there, where the name ends with a slash, or has no suffix.

    Raises:
        UsageError: it is neither a folder nor a file of a kind that docgen writes.
    """
    path = Path(out)
    is_folder = path.is_dir() or out.endswith(("/", "\\")) or not path.suffix
    if not is_folder and path.suffix.lower() not in {*YAML, WORKBOOK}:
        raise UsageError(Words(NAME_IT.en.format(out=out), NAME_IT.zh.format(out=out)))
    return Target(path, is_folder)


def planned(bundles: Sequence[Bundle], where: Target, month: Month) -> list[NextFile]:
    """The files to write, by name: that of each bundle, and beside it the cases prepared for the next cycle.

    Raises:
        UsageError: a source would be overwritten, or two sources would get the same name.
    """
    files: list[NextFile] = []
    for bundle in bundles:
        path = next_path(bundle, where, month)
        own = NextFile(path, bundle, bundle.records(month))
        if bundle.is_blocked:
            files.append(own.refused(BLOCKED))
        elif not bundle.goes_on:
            files.append(replace(own, state="nothing", reason=NOBODY if bundle.has_begun else NOT_BEGUN))
        else:
            files.append(own)
        cycles = [case.rolled.new_case for case in bundle.cases if case.rolled.new_case]
        if cycles and not bundle.is_blocked:
            beside = path.parent / NEW_CYCLE / path.name
            files.append(NextFile(beside, bundle, cycles, new_cycle=True))
    _refuse_clashes(files)
    written = {folded(str(file.path)) for file in files if file.state == "written"}
    return [
        file.refused(BLOCKED_BESIDE, sources=file.names_of_sources)
        if file.state == "refused" and folded(str(file.path)) in written
        else file
        for file in files
    ]


def _refuse_clashes(files: Sequence[NextFile]) -> None:
    sources = {one.path.resolve() for file in files for one in file.bundle.sources}
    seen: dict[str, NextFile] = {}
    for file in (file for file in files if file.state == "written"):
        if file.path.resolve() in sources:
            raise UsageError(Words(*(text.format(out=file.path) for text in (SAME_FILE.en, SAME_FILE.zh))))
        other = seen.setdefault(folded(str(file.path)), file)
        if other is not file:
            names = {"one": other.bundle.sources[0].path, "other": file.bundle.sources[0].path, "out": file.path}
            raise UsageError(Words(SAME_NAME.en.format(**names), SAME_NAME.zh.format(**names)))


def next_path(bundle: Bundle, where: Target, month: Month) -> Path:
    return where.path / next_name(bundle, month) if where.is_folder else where.path


def next_name(bundle: Bundle, month: Month) -> str:
    """``team-2026-03.xlsx`` becomes ``team-2026-04.xlsx``; a name without month gets it."""
    source = bundle.sources[0]
    path = source.path.resolve() if source.path.name in ("", "..") else source.path
    stem = path.name if path.is_dir() else path.stem
    found = [*MONTH_IN_NAME.finditer(stem)]
    if not found:
        stem = f"{stem}-{month}"
    else:
        last = found[-1]
        written = f"{month.year}年{month.month}月" if last[4] else f"{month.year}{last[2]}{month.month:02d}"
        stem = stem[: last.start()] + written + stem[last.end() :]
    return stem + (WORKBOOK if source.workbook else path.suffix)


def filled(
    file: NextFile, month: Month, definitions: Definitions, language: UiLanguage, sent: Mapping[str, Sent]
) -> NextFile:
    """The file with its content; as it was, where there is none to write. ``sent``: what was sent before, by its id."""
    if file.state != "written":
        return file
    if file.path.suffix.lower() == WORKBOOK:
        return _as_workbook(file, month, definitions, language, sent)
    head = HEAD_OF_CYCLE if file.new_cycle else HEAD
    lines = (
        head[language].format(month=month, sources=file.names_of_sources[language], file=file.path.name).splitlines()
    )
    text = case_file(file.records, definitions, lines)
    return replace(file, content=text.encode(), left_out=0 if file.new_cycle else len(file.bundle.waiting))


def _as_workbook(
    file: NextFile, month: Month, definitions: Definitions, language: UiLanguage, sent: Mapping[str, Sent]
) -> NextFile:
    """In the layout, the language and the forms of its sources, where these agree."""
    bundle = file.bundle
    layouts, languages = ({getattr(one, name) for one in bundle.sources} for name in ("layout", "language"))
    layout = layouts.pop() if len(layouts) == 1 else ""
    (only,) = languages if len(languages) == 1 else [""]
    own = cast("UiLanguage", only) or language
    wanted = {form for source in bundle.sources for form in source.forms if form in definitions.forms}
    forms = {*(wanted or forms_of(definitions, (), file.records)), *(() if file.new_cycle else (MONTHLY,))}
    if any(TALKS in case.checked.case.values and case.checked.case.values[TALKS] for case in bundle.cases):
        forms.add(NOTES)
    order = Order(
        [] if file.new_cycle else sorted(forms),
        own,
        file.path.name,
        cast("Layout | None", layout or None),
        known=_known_names(bundle, definitions),
    )
    is_sent = len(bundle.sources) == 1 and not file.new_cycle and not bundle.is_over
    marked = bundle.sources[0].sent if is_sent else ""
    if marked:
        address = addressed((*file.records, *bundle.waiting), order.forms, str(month), sent.get(marked))
        address = replace(address, replaces=(marked,))
        file, order = replace(file, sent=address), replace(order, sent=address.id)
    if not file.new_cycle:
        told = [told_of(case, own) for case in bundle.cases]
        order = replace(order, rolled=str(month), predecessors=bundle.predecessors, told=told)
    waiting = () if file.new_cycle else bundle.waiting
    content, lost = new_workbook(order, definitions, (*file.records, *waiting))
    return replace(file, content=content, lost=lost)


def _known_names(bundle: Bundle, definitions: Definitions) -> dict[str, tuple[str, ...]]:
    """The names in the settings of the office, by the field of the case that they belong in: departments."""
    settings = bundle.cases[0].office.settings
    return {of.key: tuple(settings[name] or ()) for name, of in definitions.settings.items() if of.key}
