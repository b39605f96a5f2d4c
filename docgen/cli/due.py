"""``docgen due``: what falls due in the coming days, and what is overdue."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import click

from docgen.cli import record, terminal
from docgen.cli.deciding import NOTHING
from docgen.cli.language import language_option, ui_language
from docgen.cli.making import tell_problems
from docgen.cli.options import (
    date_option,
    folder_given,
    json_option,
    missing,
    only_option,
    password_option,
    paths_argument,
    report_option,
)
from docgen.cli.reports import write_report
from docgen.errors import EXIT_DATA, EXIT_FINE, UsageError
from docgen.model.identity import safe_name
from docgen.model.problems import UiLanguage
from docgen.office.calendar import PRODID, calendar_file
from docgen.office.due import Due, due, resting, wrong
from docgen.office.due_copies import copies_owed
from docgen.office.due_facts import shifted
from docgen.office.due_report import COLUMNS, TITLE, as_plain, rows, told_of_pauses, total
from docgen.office.report import as_json
from docgen.office.run import definitions_near, load_run
from docgen.office.sheets import sheet_file
from docgen.office.store import is_on_record
from docgen.sources.cases import read_cases

DAYS = 14
CALENDAR = ".ics"


@click.command("due")
@paths_argument
@click.option("--days", type=click.IntRange(0, 366), default=DAYS, show_default=True, help="So many days ahead.")
@date_option("The day to count from; by default today.")
@only_option
@click.option(
    "-o",
    "--out",
    metavar="PATH",
    callback=folder_given,
    help="The folder of the documents, whose record is read; by default that of docgen.yaml, else ./out.",
)
@click.option("--supervisor", metavar="NAME", default="", help="Only what this one has to see to: name or number.")
@report_option
@click.option(
    "--ics",
    "calendar",
    metavar="PATH",
    callback=folder_given,
    help="Also for calendars: one file (.ics), or a folder with a file for each supervisor.",
)
@password_option
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    days: int,
    day: datetime | None,
    only: tuple[str, ...],
    out: Path | None,
    supervisor: str,
    report: Path | None,
    calendar: Path | None,
    password: str,
    for_programs: bool,
) -> None:
    """List what the cases in FILE owe within the coming days, and what is overdue, by supervisor.

    Reviews and talks, the month's actuals, measures, steps, agreed actions, promised support, answers to objections,
    cases past their end or to be closed, outcome letters to be made, signed copies that are not back. Nobody types
    whether a step, an agreed action, promised support or an answer was done; these, and cases to be closed, are told as
    overdue for 31 days and then left out. Exit code 1 when an error may keep something off the list.
    """
    definitions, language = definitions_near(*paths), ui_language()
    today = day.date() if day else date.today()
    if out and not is_on_record(out):  # a slip of the pen would hide what is closed, paused, or not back
        raise UsageError(NOTHING.filled(out=out))
    run = load_run(read_cases(paths, definitions, password), definitions, (), today, only=only, handwrite=True, out=out)
    damage = record.tell(run.faults)
    copies = copies_owed(run, today, out)
    problems, found = wrong(run), due(run, today, days, supervisor, copies)
    paused = resting(run, today, days, supervisor, copies)
    if for_programs:
        more = {"date": today.isoformat(), "days": days, "due": as_plain(found, language), "paused": paused}
        click.echo(as_json(problems, language, more).encode("utf-8", "backslashreplace"))
    else:
        tell_problems(problems, language)
        if found:
            click.echo(terminal.table(COLUMNS, rows(found, language, in_words=True), language))
        last = shifted(today, days).isoformat()
        click.echo(total(found, last, language, sure=not problems), err=True)
        if paused:
            click.echo(told_of_pauses(paused, language), err=True)
    if report:
        write_report(report, sheet_file(TITLE, COLUMNS, rows(found, language), language), language)
    if calendar:
        _write_calendars(calendar, found, today, language)
    ctx.exit(max(EXIT_DATA if problems else EXIT_FINE, missing(paths), damage))


def _write_calendars(path: Path, found: tuple[Due, ...], today: date, language: UiLanguage) -> None:
    """One file for all; or one for each supervisor, where ``path`` doesn't end in .ics."""
    if path.suffix.lower() == CALENDAR:
        write_report(path, calendar_file(found, today, language), language, PRODID.encode())
        return
    for (name, number), many in groupby(found, key=lambda one: (one.supervisor, one.supervisor_no)):
        stem = safe_name("-".join(filter(None, (name, number))) or "-")
        write_report(path / (stem + CALENDAR), calendar_file(many, today, language), language, PRODID.encode())
