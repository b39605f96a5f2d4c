"""``docgen void``: documents that were issued are withdrawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.cli.deciding import decision_options, names_argument, on_record, tell, why_option
from docgen.office.decisions import withdraw


@click.command("void")
@names_argument("NUMBER")
@why_option
@decision_options
def command(names: tuple[str, ...], why: str, out: Path | None, dry_run: bool) -> None:
    """Withdraw issued documents, by their numbers.

    That is kept in the ledger with the reason; the files stay where they are. From then on the document is not made
    again, unless it is named: docgen generate FILE --revise NUMBER --reason TEXT.
    """
    with on_record(out, dry_run) as store:
        tell(withdraw(store, names, why, date.today(), dry_run), dry_run)
