"""What the commands that make documents have in common: they tell what was made and what not, and end with a code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click
from rich.console import Console
from rich.progress import track

from docgen.cli import terminal
from docgen.cli.language import ui_language
from docgen.errors import EXIT_DATA, EXIT_DOCUMENT, EXIT_FINE
from docgen.model.problems import Problem, Severity, UiLanguage, Words
from docgen.office.batch import Batch, counts
from docgen.office.outcome import Outcome, State
from docgen.office.report import as_json, summary
from docgen.office.run import has_errors
from docgen.office.visible import visible

WORKING = Words("Documents", "文档")
TOLD: dict[State, Words] = {
    "made": Words("{number}: {reason}", "{number}：{reason}"),
    "unchanged": Words("{number}: {reason}", "{number}：{reason}"),
}
NOT_MADE = Words("{number}: not made: {reason}", "{number}：未生成：{reason}")
STATES: dict[State, Words] = {
    "made": Words("{count} made, each read back and compared", "已生成 {count} 份，均已回读核对"),
    "planned": Words("{count} would be made", "将生成 {count} 份"),
    "unchanged": Words("{count} unchanged", "无变化 {count} 份"),
    "refused": Words("{count} refused", "未通过检查 {count} 份"),
    "failed": Words("{count} failed", "生成失败 {count} 份"),
}
DOCUMENTS = Words("Documents: {count} = {parts}", "文档：{count} = {parts}")
NOTHING = Words("No document was asked for.", "没有需要生成的文档。")


def carry_out(batch: Batch, for_programs: bool) -> int:
    """Make the documents of ``batch``: paths (or JSON) to standard output, all else to standard error.

    Returns:
        The exit code.
    """
    language, problems = ui_language(), batch.run.all_problems
    outcomes: list[Outcome] = []
    if not for_programs:
        tell_problems(wrong(batch) if batch.order.mode == "blank" else problems, language)
    try:
        for outcome in _shown(batch, language):
            outcomes.append(outcome)
            if not for_programs:
                tell(outcome, language)
    finally:  # also when the disk is full: what was made before is there, and is told
        if for_programs:
            click.echo(programs(problems, outcomes, language))
        elif outcomes or not batch.papers():
            click.echo(total(outcomes, language), err=True)
    return exit_code(batch, problems, outcomes)


def _shown(batch: Batch, language: UiLanguage) -> Iterator[Outcome]:
    """The outcomes, behind a bar where a person looks on."""
    total = len(batch.papers())
    if not terminal.is_terminal(err=True) or total < 2:
        return batch.outcomes()
    console = Console(stderr=True, no_color=not terminal.has_colour(err=True))
    return iter(track(batch.outcomes(), WORKING[language], total=total, console=console, transient=True))


def tell_problems(problems: Sequence[Problem], language: UiLanguage) -> None:
    if problems:
        click.echo(f"{terminal.listed(problems, language, err=True)}\n{summary(problems, language)}", err=True)


def wrong(batch: Batch) -> list[Problem]:
    """What a person must know who asked for a blank: not what is missing, but what was typed and can't be printed."""
    errors = [problem for problem in batch.run.all_problems if problem.severity is Severity.ERROR]
    return [problem for problem in errors if problem.value or problem in batch.run.problems]


def tell(outcome: Outcome, language: UiLanguage) -> None:
    for path in outcome.files:
        click.echo(str(path))
    if outcome.crash:
        click.echo(outcome.crash, err=True, nl=False)
    if outcome.reason[language]:
        words = TOLD.get(outcome.state, NOT_MADE)[language]
        reason = words.format(number=outcome.paper.number, reason=outcome.reason[language])
        click.echo(visible(reason), err=True)


def programs(problems: Sequence[Problem], outcomes: Sequence[Outcome], language: UiLanguage) -> bytes:
    documents = {"documents": [outcome.plain(language) for outcome in outcomes]}
    return as_json(problems, language, documents).encode("utf-8", "backslashreplace")


def total(outcomes: Sequence[Outcome], language: UiLanguage) -> str:
    """``36 documents = 30 made + 6 unchanged``: what was planned is what became of it."""
    found = counts(outcomes)
    assert found.total() == len(outcomes)
    parts = [words[language].format(count=found[state]) for state, words in STATES.items() if found[state]]
    return DOCUMENTS[language].format(count=len(outcomes), parts=" + ".join(parts)) if parts else NOTHING[language]


def exit_code(batch: Batch, problems: Sequence[Problem], outcomes: Sequence[Outcome]) -> int:
    """A draft is made in spite of its problems; files that can't be read are a fault even so."""
    found = counts(outcomes)
    if found["failed"]:
        return EXIT_DOCUMENT
    wrong = has_errors(problems if batch.order.mode == "final" else batch.run.problems)
    return EXIT_DATA if wrong or found["refused"] or not outcomes else EXIT_FINE
