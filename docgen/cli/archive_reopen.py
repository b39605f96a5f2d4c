"""``docgen archive reopen``: pages that were filed wrongly go back into the queue."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.archive.recall import Named
from docgen.archive.reopening import Order, reopen
from docgen.cli.archive import archived
from docgen.cli.archive_file import NUMBERS
from docgen.cli.deciding import decision_options, tell, why_option


@click.command("reopen")
@click.argument("what", nargs=-1, required=True, metavar="PAGE|NUMBER...")
@click.option("--page", metavar="N", type=NUMBERS, help="Only that page of the copy; by default all of them.")
@click.option("--copy", metavar="K", type=NUMBERS, help="Which copy, where several are there.")
@click.option("--revision", metavar="R", type=NUMBERS, help="Of which revision, where copies of several are there.")
@why_option
@decision_options
def command(
    what: tuple[str, ...],
    page: int | None,
    copy: int | None,
    revision: int | None,
    why: str,
    out: Path | None,
    dry_run: bool,
) -> None:
    """Put pages back into the queue that were filed wrongly, attached, dismissed, or taken for blank.

    PAGE is a name such as 1a2b3c4d-17; NUMBER that of a document, of whose copy all pages are meant, or one with
    --page. The pages wait again, for docgen archive file or dismiss; a copy that loses a page is incomplete, and what
    was confirmed of it no longer counts. A digitally signed file goes back as a whole. The reason is kept in the
    ledger.
    """
    with archived(out, dry_run) as store:
        order = Order(Named(what, page, copy, revision), why, date.today(), dry_run)
        tell(reopen(store, order), dry_run)
