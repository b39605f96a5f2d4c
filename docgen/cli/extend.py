"""``docgen extend``: a case ends later than its period was typed to end."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from docgen.cli.deciding import carry_out, cases_argument, day_option, decision_options, why_option
from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.office.decisions import extended

PAST = Words(
    "--to {to} is over (today is {today}); correct the day, or add --earlier where an extension that was agreed before "
    "is recorded late",
    "--to {to} 已过（今天是{today}）；请更正日期；如系补登此前已商定的延长，请加 --earlier",
)


@click.command("extend")
@cases_argument
@day_option("--to", "last", "The day on which they end now.", required=True)
@click.option(
    "--earlier", is_flag=True, help="Also to a day that is over, or before the one on record: to correct a mistake."
)
@why_option
@decision_options
def command(names: tuple[str, ...], last: datetime, earlier: bool, why: str, out: Path | None, dry_run: bool) -> None:
    """Move the end of cases to a later day: for the checks, for what is owed, and for roll-over.

    CASE is a case number, or the number of an employee who has one case. The period that the letter prints stays as it
    was typed, until its new end is typed and a revision is issued.
    """
    to, today = last.date(), date.today()
    if to < today and not earlier:
        raise UsageError(PAST.filled(to=to, today=today))
    carry_out(extended(to, why, earlier), names, out, dry_run)
