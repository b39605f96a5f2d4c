"""``docgen extend``: a case ends later than its period was typed to end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from docgen.cli.deciding import carry_out, cases_argument, day_option, decision_options, why_option
from docgen.office.decisions import Decision
from docgen.office.entries import EXTENDED


@click.command("extend")
@cases_argument
@day_option("--to", "last", "The day on which they end now.", required=True)
@why_option
@decision_options
def command(names: tuple[str, ...], last: datetime, why: str, out: Path | None, dry_run: bool) -> None:
    """Move the end of cases to a later day: for the checks, for what is owed, and for roll-over.

    CASE is a case number, or the number of an employee who has one case. The period that the letter prints stays as it
    was typed, until its new end is typed and a revision is issued.
    """
    to = last.date()
    carry_out(Decision(EXTENDED, lambda life: life.extend(to), why, {"to": to}), names, out, dry_run)
