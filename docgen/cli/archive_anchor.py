"""``docgen archive anchor``: what vouches for the ledger, to be kept where nobody can change both."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.archive.anchor import anchor_of
from docgen.archive.verify_report import told
from docgen.archive.witnesses import heard
from docgen.cli.language import language_option, ui_language
from docgen.cli.office import no_record, office_argument, office_of
from docgen.errors import EXIT_VERIFICATION
from docgen.model.problems import Words
from docgen.office.ledger import Ledger
from docgen.office.lock import refuse_if_held
from docgen.office.run import definitions_near
from docgen.office.store import looked_at
from docgen.office.visible import visible

KEEP = Words(
    "Keep this line elsewhere, on paper or in a mail; docgen archive verify --anchor LINE tells whether the ledger "
    "still holds all that it vouches for.",
    "请将此行保存在别处（打印或邮件）；今后用 docgen archive verify --anchor 该行内容，"
    "可核验台账是否仍完整包含截至此刻的记录。",
)


@click.command("anchor")
@office_argument
@language_option
@click.pass_context
def command(ctx: click.Context, store: Path | None) -> None:
    """Print one line that vouches for all lines that the ledger of OUT has now: how many, and the hash of the last.

    Whoever changes the ledger, its register and all files of the archive can't change a line that lies elsewhere.
    """
    _, folder = office_of(store, definitions_near(store))
    refuse_if_held(folder)
    with looked_at(folder) as seen:
        faults = [one for one in heard(seen.register, None) if one.is_fault] if seen else []
    if faults:  # an anchor would vouch for the damage
        for line in told(faults, ui_language()):
            click.echo(visible(line), err=True)
        ctx.exit(EXIT_VERIFICATION)
    anchor = anchor_of(Ledger(folder))
    if not anchor:
        raise no_record(folder)
    click.echo(str(anchor))
    click.echo(KEEP[ui_language()], err=True)
