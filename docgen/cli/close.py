"""``docgen close``: nothing more is made for a case, but for the letter that tells how it ended."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from docgen.cli.deciding import carry_out, cases_argument, day_option, decision_options, why_option
from docgen.office.closing import closed, outcome_named
from docgen.office.run import definitions_near


@click.command("close")
@cases_argument
@click.option(
    "--outcome",
    metavar="OUTCOME",
    help="How it ended: met, met_early, partly, not_met or withdrawn. The employee is told in a letter.",
)
@why_option
@day_option("--date", "day", "The day on which it ended; by default today.")
@decision_options
def command(
    names: tuple[str, ...], outcome: str | None, why: str, day: datetime | None, out: Path | None, dry_run: bool
) -> None:
    """Close cases: no documents are made for them any more, and nothing is owed.

    CASE is a case number, or the number of an employee who has one case. What was issued stays as it is; docgen reopen
    opens a case again. With --outcome, "docgen generate FILE --forms outcome" makes the letter that tells it; the
    reason (--why) stays in the ledger and is not printed. "Partly" and "not met" are refused before the case has ended,
    "met early" afterwards.
    """
    definitions, today = definitions_near(), date.today()
    code = "" if outcome is None else outcome_named(outcome, definitions)
    on = day.date() if day else today
    carry_out(closed(definitions, on, why, code, today), names, out, dry_run)
