"""``docgen resume``: a case that was paused goes on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from docgen.cli.deciding import carry_out, cases_argument, day_option, decision_options
from docgen.office.decisions import Decision
from docgen.office.entries import RESUMED


@click.command("resume")
@cases_argument
@day_option("--from", "first", "The first day on which they go on; by default today.")
@decision_options
def command(names: tuple[str, ...], first: datetime | None, out: Path | None, dry_run: bool) -> None:
    """End the pause of cases; one that lies ahead is called off.

    CASE is a case number, or the number of an employee who has one case.
    """
    on = first.date() if first else date.today()
    carry_out(Decision(RESUMED, lambda life: life.resume(on), "", lambda *_: {"on": on}), names, out, dry_run)
