"""``docgen blank``: a form to fill in by hand, with what is known already printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.cli.language import language_option, ui_language
from docgen.cli.making import carry_out
from docgen.cli.options import FORM, CasePath, known, missing, only_option, out_option, password_option
from docgen.office.batch import Batch
from docgen.office.outcome import Order
from docgen.office.run import definitions_near, load_run, with_lines
from docgen.sources.cases import read_cases


@click.command("blank")
@click.argument("form")
@click.argument("paths", nargs=-1, metavar="[FILE...]", type=CasePath(path_type=Path, readable=False))
@only_option
@out_option
@password_option
@language_option
@click.pass_context
def command(
    ctx: click.Context, form: str, paths: tuple[Path, ...], only: tuple[str, ...], out: Path | None, password: str
) -> None:
    """Make FORM to fill in by hand: what the cases in FILE hold is printed, the rest is lines to write on.

    Without FILE all of it is lines. It carries no number: what is signed comes from "docgen generate".
    """
    definitions, today = definitions_near(*paths), date.today()
    chosen = known([form], definitions.forms, FORM)
    reading = with_lines(read_cases(paths, definitions, password), definitions.forms[form], ui_language())
    run = load_run(reading, definitions, chosen, today, only=only)
    ctx.exit(max(carry_out(Batch(run, Order(today, out=out, mode="blank"))), missing(paths)))
