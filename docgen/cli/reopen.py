"""``docgen reopen``: a case that was closed goes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.cli.deciding import cases_argument, decision_options, on_record, tell, why_option
from docgen.office.closing import reopened
from docgen.office.decisions import decide
from docgen.office.run import definitions_near


@click.command("reopen")
@cases_argument
@why_option
@decision_options
def command(names: tuple[str, ...], why: str, out: Path | None, dry_run: bool) -> None:
    """Open closed cases again. CASE is a case number, or the number of an employee who has one case.

    A letter that told the outcome stays on record as it is: what is to be done about it is told.
    """
    with on_record(out, dry_run) as store:
        decision = reopened(definitions_near(), store, why)
        tell(decide(store, decision, names, date.today(), dry_run), dry_run)
