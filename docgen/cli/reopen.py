"""``docgen reopen``: a case that was closed goes on."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.deciding import carry_out, cases_argument, decision_options, why_option
from docgen.model.life import Life
from docgen.office.decisions import Decision
from docgen.office.entries import REOPENED


@click.command("reopen")
@cases_argument
@why_option
@decision_options
def command(names: tuple[str, ...], why: str, out: Path | None, dry_run: bool) -> None:
    """Open closed cases again. CASE is a case number, or the number of an employee who has one case."""
    carry_out(Decision(REOPENED, Life.reopen, why), names, out, dry_run)
