"""``docgen archive confirm``: a person saw who signed a copy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.archive.confirming import Seen, Signing, confirm
from docgen.archive.signatures import BETWEEN
from docgen.cli.archive import archived
from docgen.cli.archive_file import NUMBERS
from docgen.cli.deciding import decision_options, tell
from docgen.cli.office import office_of
from docgen.cli.options import empty
from docgen.office.run import definitions_near


def _named(_ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Nothing at all, as an unset shell variable gives, names nobody."""
    if values and not any(part.strip() for value in values for part in BETWEEN.split(value)):
        raise empty(parameter)
    return values


@click.command("confirm")
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER...")
@click.option(
    "--signed-by",
    multiple=True,
    required=True,
    metavar="ROLE[=HOW[:WITNESS]],...",
    callback=_named,
    help="Who signed; HOW: signed (so without it), commented, refused:WITNESS, absent.",
)
@click.option("--agreed", metavar="yes|part|no", default="", help="What was ticked, where there are boxes.")
@click.option("--note", metavar="TEXT", default="", help="What else is to be kept of it.")
@click.option("--copy", metavar="K", type=NUMBERS, help="Which copy; by default the newest that is complete.")
@click.option("--revision", metavar="R", type=NUMBERS, help="Of which revision; by default the latest.")
@decision_options
def command(
    numbers: tuple[str, ...],
    signed_by: tuple[str, ...],
    agreed: str,
    note: str,
    copy: int | None,
    revision: int | None,
    out: Path | None,
    dry_run: bool,
) -> None:
    """Record that you looked at signed copies, and who signed them. Until then what is back counts as returned.

    ROLE is a signer of the form, such as employee, supervisor, department_head, hr, or one of the settings
    (extra_signers); their Chinese names are understood too. Whoever refused or was absent is accounted for as well.
    Of several papers all must have been signed alike. Confirming again adds to what was confirmed before, or corrects
    it; both stay in the ledger. A code tells which paper a page is, never that it was signed.
    """
    seen = Seen(numbers, signed_by, agreed, note, revision, copy)
    definitions = definitions_near(out)
    office, _ = office_of(out, definitions)
    with archived(out, dry_run) as store:
        tell(confirm(store, seen, Signing(definitions, office.settings), date.today(), dry_run), dry_run)
