"""``docgen close``: nothing more is made for a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.cli.deciding import carry_out, cases_argument, decision_options, why_option
from docgen.office.decisions import Decision
from docgen.office.entries import CLOSED


@click.command("close")
@cases_argument
@why_option
@decision_options
def command(names: tuple[str, ...], why: str, out: Path | None, dry_run: bool) -> None:
    """Close cases: no documents are made for them any more, and nothing is owed.

    CASE is a case number, or the number of an employee who has one case. What was issued stays as it is; docgen reopen
    opens a case again.
    """
    carry_out(Decision(CLOSED, lambda life: life.close(date.today(), why), why), names, out, dry_run)
