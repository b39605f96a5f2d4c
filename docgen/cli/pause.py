"""``docgen pause``: a case rests, as in a long illness or parental leave."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from docgen.cli.deciding import carry_out, cases_argument, day_option, decision_options, why_option
from docgen.errors import UsageError
from docgen.model.life import Pause
from docgen.model.problems import Words
from docgen.office.decisions import paused

BACKWARDS = Words(
    "--until {until} lies before --from {start}; correct one of the two days",
    "--until {until} 早于 --from {start}，请更正其中一个日期",
)


@click.command("pause")
@cases_argument
@day_option("--from", "first", "The first day of the pause; by default today.")
@day_option("--until", "last", "The last day of the pause; by default until docgen resume.")
@why_option
@decision_options
def command(
    names: tuple[str, ...], first: datetime | None, last: datetime | None, why: str, out: Path | None, dry_run: bool
) -> None:
    """Let cases rest for a time: no monthly plans and notes of it are made, and nothing that falls into it is owed.

    CASE is a case number, or the number of an employee who has one case. A pause that overlaps or touches one on
    record is joined with it, and lasts as long as the longer of the two; docgen resume ends it earlier. The end of the
    case stays as it is: docgen extend moves it.
    """
    start, until = first.date() if first else date.today(), last.date() if last else None
    if until and until < start:
        raise UsageError(BACKWARDS.filled(until=until, start=start))
    carry_out(paused(Pause(start, until, why)), names, out, dry_run)
