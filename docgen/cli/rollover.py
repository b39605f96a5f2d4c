"""``docgen rollover``: next month's workbooks or YAML from those of this month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from docgen.cli import record as records
from docgen.cli.language import language_option, ui_language
from docgen.cli.making import tell_problems
from docgen.cli.options import json_option, missing, month_named, month_option, password_option, paths_argument
from docgen.definitions.definition import Definitions
from docgen.errors import EXIT_DATA, EXIT_FINE, UsageError
from docgen.model.case import Month
from docgen.model.problems import Problem, Severity, UiLanguage, Words
from docgen.office.next_cycles import prepared_once
from docgen.office.report import as_json
from docgen.office.rollover_files import NextFile, filled, planned, target
from docgen.office.rollover_report import counts, plain_case, sums, told_of
from docgen.office.rollover_run import Turned, bundled, turn_over
from docgen.office.rollover_sent import by_id, known_sent, record, rolled_before
from docgen.office.rollover_writing import held_back, settled, write
from docgen.office.run import definitions_near, has_errors
from docgen.office.visible import visible
from docgen.sources.cases import Reading, read_cases

NO_OUT = Words("-o is empty; name a file or a folder", "-o 为空：请指定文件或文件夹")
STATES = {
    "written": Words("{file}: written", "{file}：已写入"),
    "unchanged": Words("{file}: unchanged; it holds this already", "{file}：内容相同，未作改动"),
    "refused": Words("{file}: {reason}", "{file}：{reason}"),
    "nothing": Words("{file}: {reason}", "{file}：{reason}"),
}
FOR_APPROVAL = Words(
    "{file}: cases prepared for the next cycle, to be approved", "{file}：其中为下一期个案的准备稿，待审批"
)
NOT_THERE = Words("{position}: {message} The new file does not have it.", "{position}：{message}新文件中不含此内容。")
ONLY_LISTED = Words(
    "{file}: {count} people are only listed in the workbook, and not in this file",
    "{file}：工作簿中有{count}人只列出姓名，本文件中不含",
)
UNPROTECTED = Words(
    "{file}: is not protected by a password; protect it in Excel if it is to be",
    "{file}：未设密码保护；如需保护，请在 Excel 中设置密码",
)
TO_DO, TOLD = "☐", "·"
NOTHING = Words("There was no case to roll over.", "没有可结转的个案。")
LEFT_BEHIND = ("tab_not_read", "private_tab", "column_not_read", "column_elsewhere", "beside_columns")
"""Notes of reading on what a new file doesn't have."""


@click.command("rollover")
@paths_argument
@month_option("The month to plan.", required=True)
@click.option(
    "-o",
    "--out",
    required=True,
    metavar="NEXT",
    help="The new file (.xlsx or .yaml), or a folder with a new file for each FILE.",
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Check as of this day; by default today.")
@password_option
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    month_text: str,
    out: str,
    day: datetime | None,
    password: str,
    for_programs: bool,
) -> None:
    """Write the next month of all cases in FILE (workbooks, YAML files or folders of them) to NEXT.

    NEXT holds all that was typed before, and the new month, in which open measures, causes, steps and agreed actions
    stand. It takes the place of FILE, which is never changed; nor is a NEXT that is there already. What was carried,
    proposed or dropped is told person by person. Exit code 1 where somebody could not be rolled over, or the period is
    over.
    """
    definitions, language = definitions_near(*paths), ui_language()
    month, where = month_named(month_text, definitions), target(_named(out))
    reading = read_cases(paths, definitions, password)
    today = day.date() if day else date.today()
    run, _ = turned = turn_over(reading, month, definitions, today)
    damage = records.tell(run.faults)
    bundles = bundled(reading, turned[1], where.is_folder, definitions)
    bundles = prepared_once(bundles, where, month, definitions, password)
    known = known_sent(bundles)
    before = rolled_before(bundles, known, where, month, definitions)
    sent = by_id(known)
    files = [filled(file, month, definitions, language, sent) for file in planned(bundles, where, month)]
    files = settled(files, month, definitions)
    write(files)
    record(files, date.today())
    cases = [case for bundle in bundles for case in bundle.cases]
    problems = _problems((*run.problems, *before), cases)
    if for_programs:
        click.echo(_programs(month, files, cases, problems, language))
    else:
        tell_problems(problems, language)
        _tell(files, cases, month, reading, definitions, bool(password))
    ctx.exit(max(_exit_code(files, cases, problems), missing(paths), damage))


def _named(out: str) -> str:
    if not out.strip():
        raise UsageError(NO_OUT)
    return out


def _problems(of_files: Sequence[Problem], cases: Sequence[Turned]) -> list[Problem]:
    """What keeps somebody from being rolled over, each once, and what is wrong with files."""
    of_cases = [problem for case in cases for problem in case.rolled.problems]
    serious = [one for one in (*of_files, *of_cases) if one.severity is not Severity.INFO]
    return list(dict.fromkeys(serious))


def _tell(
    files: Sequence[NextFile],
    cases: Sequence[Turned],
    month: Month,
    reading: Reading,
    definitions: Definitions,
    protected: bool,
) -> None:
    """The summary goes to standard output, what became of the files to standard error."""
    language = ui_language()
    held = held_back(files)
    for case in cases:
        told = told_of(case, language, held.get(id(case)))
        lines = [told.person, *(f"  {TO_DO if line.to_do else TOLD} {line.text}" for line in told.lines), ""]
        click.echo(visible("\n".join(lines)))
    click.echo("\n".join(sums(cases, month, language, held)) or NOTHING[language])
    for problem in reading.problems:
        if problem.kind in {definitions.wordings[kind][1].message.words.en for kind in LEFT_BEHIND}:
            _say(NOT_THERE, language, position=problem.position, message=problem.message[language])
    for file in files:
        if file.new_cycle and file.state == "written":
            _say(FOR_APPROVAL, language, file=file.path)
        else:
            _say(STATES[file.state], language, file=file.path, reason=file.reason[language])
        for lost in file.lost:
            click.echo(visible(lost.told(language)), err=True)
        if file.left_out and file.state == "written":
            _say(ONLY_LISTED, language, file=file.path, count=file.left_out)
        if protected and file.state == "written":
            _say(UNPROTECTED, language, file=file.path)


def _say(words: Words, language: UiLanguage, **details: object) -> None:
    click.echo(visible(words[language].format(**{name: str(value) for name, value in details.items()})), err=True)


def _programs(
    month: Month,
    files: Sequence[NextFile],
    cases: Sequence[Turned],
    problems: Sequence[Problem],
    language: UiLanguage,
) -> bytes:
    """As docs/json.md describes it."""
    there = [file for file in files if file.state in ("written", "unchanged")]
    own = {id(case): str(file.path) for file in there if not file.new_cycle for case in file.bundle.cases}
    cycles = {
        id(case): str(file.path)
        for file in there
        if file.new_cycle
        for case in file.bundle.cases
        if case.rolled.new_case
    }
    more = {
        "month": str(month),
        "files": [_plain_file(file, language) for file in files],
        "cases": [plain_case(case, own.get(id(case), ""), cycles.get(id(case), ""), language) for case in cases],
        "counts": counts(cases, held_back(files)),
    }
    return as_json(problems, language, more).encode("utf-8", "backslashreplace")


def _plain_file(file: NextFile, language: UiLanguage) -> dict[str, object]:
    return {
        "file": str(file.path),
        "kind": "new_cycle" if file.new_cycle else "month",
        "state": file.state,
        "reason": file.reason[language],
        "sources": [str(source.path) for source in file.bundle.sources],
    }


def _exit_code(files: Sequence[NextFile], cases: Sequence[Turned], problems: Sequence[Problem]) -> int:
    stopped = any(case.state in ("refused", "past_end") for case in cases)
    refused = any(file.state == "refused" or file.lost for file in files)
    return EXIT_DATA if stopped or refused or has_errors(problems) or not cases else EXIT_FINE
