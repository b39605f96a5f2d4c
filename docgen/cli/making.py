"""What the commands that make documents have in common: they tell what was made and what not, and end with a code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click

from docgen.cli import asking, record, terminal
from docgen.cli.language import ui_language
from docgen.cli.progress import watched
from docgen.cli.reports import write_report
from docgen.company import Company, FileStates
from docgen.errors import EXIT_DATA, EXIT_DOCUMENT, EXIT_FINE
from docgen.model.problems import Problem, Severity, UiLanguage, Words
from docgen.office.batch import Batch, counts
from docgen.office.batch_report import COLUMNS, TITLE, as_plain, rows
from docgen.office.outcome import Outcome, State
from docgen.office.report import as_json, summary
from docgen.office.run import has_errors
from docgen.office.sheets import sheet_file
from docgen.office.visible import visible

TOLD: dict[State, Words] = {
    "made": Words("{number}: {reason}", "{number}：{reason}"),
    "planned": Words("{number}: would be made: {reason}", "{number}：将生成：{reason}"),
    "unchanged": Words("{number}: {reason}", "{number}：{reason}"),
}
NOT_MADE = Words("{number}: not made: {reason}", "{number}：未生成：{reason}")
STATES: dict[State, Words] = {
    "made": Words("{count} made, each read back and compared", "已生成 {count} 份，均已回读核对"),
    "planned": Words("{count} would be made", "将生成 {count} 份"),
    "unchanged": Words("{count} unchanged", "无变化 {count} 份"),
    "refused": Words("{count} refused", "未予签发 {count} 份"),
    "failed": Words("{count} failed", "生成失败 {count} 份"),
}
KEPT: dict[str, Words] = {
    "frozen": Words("{count} kept as they were handed out", "保持签发时的内容 {count} 份"),
    "void": Words("{count} withdrawn", "已作废 {count} 份"),
}
"""Of those that are left as they are, what isn't simply unchanged."""
STOPPED = Words("{count} not begun", "未处理 {count} 份")
DOCUMENTS = Words("Documents: {count} = {parts}", "文档：{count} = {parts}")
MANY = 10
FEW: dict[str, int] = {"frozen": 3}
"""Talks are typed up after their notes were handed out, month by month: of these it is enough to know that they are."""
MORE = Words(
    "{count} more as {number}; --json and --xlsx list all of them",
    "另有 {count} 份与 {number} 情况相同；--json 和 --xlsx 可全部列出",
)
CHANGED = Words(
    "{folder}: {files} changed while documents were made; some may be as before, others as it is now: look through "
    "them, and run the same command again",
    "{folder}：生成过程中 {files} 被修改；各文档可能有的按修改前、有的按修改后生成：请检查，并重新运行同一命令",
)
NOTHING = Words("No document was asked for.", "没有需要生成的文档。")
NOT_SEEN: Mapping[Company, FileStates] = {}


def carry_out(
    batch: Batch, for_programs: bool = False, report: Path | None = None, begun: Mapping[Company, FileStates] = NOT_SEEN
) -> int:
    """Make the documents of ``batch``: paths (or JSON) to standard output, all else to standard error.

    Args:
        report: a workbook with a row for each document, written too once all are done.
        begun: the files of companies before anything of them was read; of others they are looked at now.

    Returns:
        The exit code.
    """
    language, problems = ui_language(), batch.run.all_problems
    asks = not for_programs and batch.order.mode == "final" and not batch.order.planned and asking.can_ask()
    planned = len(batch.papers())
    before = {**{office.company: office.company.state() for _, office in batch.run.cases}, **begun}
    outcomes: list[Outcome] = []
    teller = Teller(language)
    if not for_programs:
        tell_problems(wrong(batch) if batch.order.mode == "blank" else problems, language)
        for left in batch.left_out():
            click.echo(visible(left.reason[language]), err=True)
    try:
        with watched(planned, language) as note:
            for outcome in batch.outcomes(record.tell_fault):
                outcomes.append(outcome)
                if not (for_programs or (asks and outcome.verdict == "ask")):
                    teller.tell(outcome)
                note(outcome)
        assert len(outcomes) == planned, "a document was lost on the way"
        if asks:
            revise(batch, outcomes, teller)
    finally:  # also when the disk is full: what was made before is there, and is told
        if for_programs:
            click.echo(programs(batch, outcomes, planned, language))
        else:
            teller.rest()
            click.echo(total(outcomes, planned, language), err=True)
        changed = [tell_changed(company, state, language) for company, state in before.items()]
    if report:  # not of a run that was stopped: the same command is to go on
        write_report(report, sheet_file(TITLE, COLUMNS, rows(outcomes, language), language), language)
    return max(exit_code(batch, problems, outcomes), EXIT_DATA if any(changed) else EXIT_FINE)


def revise(batch: Batch, outcomes: list[Outcome], teller: Teller) -> None:
    """Ask once for the reason of all that says something else now, and issue it; without one it is left as it is."""
    numbers = [outcome.paper.number for outcome in outcomes if outcome.verdict == "ask"]
    if not numbers:
        return
    order, wanted = batch.order, frozenset(numbers)
    order = replace(order, reason=asking.of_changed(numbers, teller.language), numbers=wanted)
    places = [at for at, outcome in enumerate(outcomes) if outcome.paper.number in wanted]
    again = Batch(batch.run, order, batch.crew).outcomes() if order.reason else (outcomes[at] for at in places)
    for at, outcome in zip(places, again, strict=True):
        outcomes[at] = outcome
        teller.tell(outcome)


def tell_changed(company: Company, before: FileStates, language: UiLanguage) -> bool:
    """Which of its files are others than they were when the documents were begun, and whether any is."""
    now = company.state()
    if changed := sorted(name for name in {*before, *now} if before.get(name) != now.get(name)):
        files = Words(", ".join(changed[:MANY]), "、".join(changed[:MANY]))
        click.echo(visible(CHANGED.filled(folder=company.folder, files=files)[language]), err=True)
    return bool(changed)


def tell_problems(problems: Sequence[Problem], language: UiLanguage) -> None:
    if problems:
        click.echo(f"{terminal.listed(problems, language, err=True)}\n{summary(problems, language)}", err=True)


def wrong(batch: Batch) -> list[Problem]:
    """What a person must know who asked for a blank: not what is missing, but what was typed and can't be printed."""
    errors = [problem for problem in batch.run.all_problems if problem.severity is Severity.ERROR]
    return [problem for problem in errors if problem.value or problem in batch.run.problems]


@dataclass(slots=True)
class Teller:
    """Tells the outcomes as they come; where more than ``MANY`` are told the same, the rest are counted only.

    What failed is told each time.
    """

    language: UiLanguage
    _alike: dict[tuple[State, str], list[str]] = field(default_factory=dict)

    def tell(self, outcome: Outcome) -> None:
        for path in outcome.files:
            click.echo(str(path))
        if outcome.crash:
            click.echo(outcome.crash, err=True, nl=False)
        reason, number = outcome.reason[self.language], outcome.paper.number
        if not reason:
            return
        alike = self._alike.setdefault((outcome.state, outcome.verdict or reason), [])
        alike.append(number)
        if len(alike) <= FEW.get(outcome.verdict or "", MANY) or outcome.state == "failed":
            said = TOLD.get(outcome.state, NOT_MADE)[self.language].format(number=number, reason=reason)
            click.echo(visible(said), err=True)

    def rest(self) -> None:
        for (state, kind), numbers in self._alike.items():
            most = FEW.get(kind, MANY)
            if len(numbers) > most and state != "failed":
                more = MORE[self.language].format(count=len(numbers) - most, number=numbers[0])
                click.echo(visible(more), err=True)


def programs(batch: Batch, outcomes: Sequence[Outcome], planned: int, language: UiLanguage) -> bytes:
    found = counts(outcomes)
    content: dict[str, Any] = {
        "counts": {
            "documents": planned,
            **{str(state): found[state] for state in STATES},
            "stopped": planned - len(outcomes),
        },
        "documents": as_plain(outcomes, language),
        "left_out": [left.plain(language) for left in batch.left_out()],
    }
    return as_json(batch.run.all_problems, language, content).encode("utf-8", "backslashreplace")


def total(outcomes: Sequence[Outcome], planned: int, language: UiLanguage) -> str:
    """``36 documents = 30 made + 6 unchanged``: what was planned is what became of it."""
    found = Counter(_kind(outcome) for outcome in outcomes)
    figures = [(words, found[kind]) for kind, words in (*STATES.items(), *KEPT.items())]
    figures.append((STOPPED, planned - len(outcomes)))
    assert sum(count for _, count in figures) == planned
    parts = [words[language].format(count=count) for words, count in figures if count]
    return DOCUMENTS[language].format(count=planned, parts=" + ".join(parts)) if parts else NOTHING[language]


def _kind(outcome: Outcome) -> str:
    """By what it is counted."""
    verdict = outcome.verdict
    return verdict if outcome.state == "unchanged" and verdict and verdict in KEPT else outcome.state


def exit_code(batch: Batch, problems: Sequence[Problem], outcomes: Sequence[Outcome]) -> int:
    """The highest that applies. A draft is made in spite of problems; files that can't be read are a fault even so."""
    found = counts(outcomes)
    wrong = has_errors(problems if batch.order.mode == "final" else batch.run.problems)
    nothing = not (outcomes or batch.left_out())
    return max(
        record.exit_code(batch.faults),
        EXIT_DOCUMENT if found["failed"] else EXIT_FINE,
        EXIT_DATA if wrong or found["refused"] or nothing else EXIT_FINE,
    )
