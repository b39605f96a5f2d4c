"""``docgen archive file``: a scanned page that waits is filed by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.archive.by_hand import Wanted, file_by_hand
from docgen.cli.archive import archived
from docgen.cli.deciding import decision_options, tell

MOST = 9999
"""Pages, copies and revisions as a page code may have them."""
NUMBERS = click.IntRange(1, MOST)


@click.command("file")
@click.argument("leaf", metavar="PAGE")
@click.argument("number")
@click.option("--page", metavar="N", type=NUMBERS, help="Which page of the paper it is.")
@click.option("--copy", metavar="K", type=NUMBERS, help="To which copy it goes, where there are several.")
@click.option(
    "--revision", metavar="R", type=NUMBERS, help="Of which revision; by default that suggested, or the latest."
)
@click.option("--turn", type=click.Choice(["90", "180", "270"]), help="Turn its picture upright: degrees clockwise.")
@click.option("--why", metavar="TEXT", default="", help="What it is, kept in the ledger.")
@decision_options
def command(
    leaf: str,
    number: str,
    page: int | None,
    copy: int | None,
    revision: int | None,
    turn: str | None,
    why: str,
    out: Path | None,
    dry_run: bool,
) -> None:
    """File a waiting page as a person sees what it is.

    PAGE is a name such as 1a2b3c4d-17, as docgen archive queue lists it; NUMBER that of a document. With --page it
    becomes that page of the copy that lacks it, else it begins a copy. Without, it is attached to the copy that is
    there: a statement, a back that was written on. A digitally signed file is filed whole, whichever of its pages is
    named.
    """
    wanted = Wanted(leaf, number, page, copy, revision, " ".join(why.split()), int(turn or 0))
    with archived(out, dry_run) as store:
        tell([file_by_hand(store, wanted, date.today(), dry_run)], dry_run)
