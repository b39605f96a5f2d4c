"""``docgen resume``: a case that was paused goes on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from docgen.cli.deciding import carry_out, cases_argument, day_option, decision_options
from docgen.office.decisions import resumed


@click.command("resume")
@cases_argument
@day_option("--from", "first", "The first day on which they go on; by default today.")
@decision_options
def command(names: tuple[str, ...], first: datetime | None, out: Path | None, dry_run: bool) -> None:
    """End the pause in which that day lies, on the day before; one that begins on it is taken back, all of it.

    CASE is a case number, or the number of an employee who has one case. Other pauses stay as they are: to take back
    one that lies ahead, or was recorded by mistake, give its first day.
    """
    carry_out(resumed(first.date() if first else date.today()), names, out, dry_run)
