"""``docgen check --marked``: a copy of each workbook with its problems in red, written beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from docgen.company import SETTINGS_FILES
from docgen.model.problems import Problem, Severity, UiLanguage, Words
from docgen.office.publish import publish
from docgen.office.run import Run
from docgen.office.visible import visible
from docgen.sources.cases import YAML
from docgen.workbook.mark import Findings
from docgen.workbook.marked_files import MarkedCopy, earlier_copy, marked_copy

MARKED = Words("{path}: the problems are marked in it", "已生成 {path}：问题已在其中标出")
LISTED = Words(
    "{path}: lists the problems; {source} itself could not be marked: {reasons}",
    "已生成 {path}：其中列出了全部问题；无法在 {source} 中直接标记：{reasons}",
)
KEPT = Words(
    "{path}: was changed since docgen wrote it, or is not docgen's; it stays as it is",
    "{path}：在 docgen 写入后被改动过，或并非 docgen 所写，已原样保留",
)
NOTHING = Words("{source}: nothing is wrong, so nothing is marked", "{source}：没有错误或警告，无需标记")
OUTDATED = Words("{path}: is outdated; delete it when you need it no more", "{path}：内容已过时，不再需要时请删除")
NOT_MARKED = Words(
    "{source}: only workbooks are marked; the problems of this file are in the list, line by line",
    "{source}：只有工作簿才会标记；此文件的问题请按行号查看列表",
)


def write_marked(run: Run, problems: Sequence[Problem], password: str, language: UiLanguage) -> None:
    """Write the marked copy of each workbook of the run that has more than notes, and say where it is.

    Raises:
        DocgenError: a copy could not be written.
    """
    people = {checked.case.id: str(checked.case.values["case"].get("employee_name") or "") for checked, _ in run.cases}
    written: set[Path] = set()
    for source in _sources(run, problems):
        if source.suffix.lower() in YAML:
            _say(NOT_MARKED, language, source=source)
            continue
        of_source = [one for one in problems if one.position.source == str(source)]
        if any(one.severity is not Severity.INFO for one in of_source):
            findings = Findings(source.name or source.resolve().name, of_source, people, language)
            copy = marked_copy(source, findings, password, written)
            written.update(publish({Path(copy.path.name): copy.content}, copy.path.parent))
            _tell(copy, source, written, language)
        else:
            _say(NOTHING, language, source=source)
            old = earlier_copy(source)
            if old:
                _say(OUTDATED, language, path=old)


def _sources(run: Run, problems: Sequence[Problem]) -> list[Path]:
    """The files of the run, each once: those of cases, and those that could not be read."""
    read = dict.fromkeys(checked.record.source for checked, _ in run.cases)
    errors = [one for one in problems if one.severity is Severity.ERROR]
    others = dict.fromkeys(one.position.source for one in errors if one.position.source not in read)
    there = [Path(name) for name in others if name and Path(name).is_file()]
    return [*map(Path, read), *(path for path in there if path.name.lower() not in SETTINGS_FILES)]


def _tell(copy: MarkedCopy, source: Path, written: set[Path], language: UiLanguage) -> None:
    for path in copy.kept:
        if path not in written:
            _say(KEPT, language, path=path)
    reasons = {"en": "; ", "zh": "；"}[language].join(one[language] for one in copy.reasons)
    _say(LISTED if reasons else MARKED, language, path=copy.path, source=source.name, reasons=reasons)


def _say(words: Words, language: UiLanguage, **details: object) -> None:
    known: Mapping[str, str] = {name: str(value) for name, value in details.items()}
    click.echo(visible(words[language].format(**known)), err=True)
