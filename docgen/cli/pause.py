"""``docgen pause``: a case rests, as in a long illness or parental leave."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from docgen.cli.deciding import carry_out, cases_argument, day_option, decision_options, why_option
from docgen.errors import UsageError
from docgen.model.life import Pause
from docgen.model.problems import Words
from docgen.office.decisions import UNTIL_FURTHER, Decision
from docgen.office.entries import PAUSED

BACKWARDS = Words("--until {until} lies before --from {start}", "--until {until} 早于 --from {start}")


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

    CASE is a case number, or the number of an employee who has one case. A pause that meets one on record is joined
    with it, and then ends where the new one does. The end of the case stays as it is: docgen extend moves it.
    """
    start, until = first.date() if first else date.today(), last.date() if last else None
    if until and until < start:
        raise UsageError(Words(*(BACKWARDS[one].format(until=until, start=start) for one in ("en", "zh"))))
    details = {"start": start, "until": until or UNTIL_FURTHER}
    pause = Pause(start, until, why)
    carry_out(Decision(PAUSED, lambda life: life.pause(pause), why, details), names, out, dry_run)
