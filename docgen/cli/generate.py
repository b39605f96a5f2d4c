"""``docgen generate``: the documents that the cases ask for, as Word and PDF."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import cast

import click

from docgen.cli import asking
from docgen.cli.language import language_option, ui_language
from docgen.cli.making import carry_out
from docgen.cli.options import (
    FORM,
    FORMAT,
    forms_option,
    json_option,
    known,
    missing,
    month_named,
    month_option,
    names_option,
    only_option,
    out_option,
    password_option,
    paths_argument,
    report_option,
)
from docgen.cli.reports import refuse_to_replace
from docgen.company import company_near
from docgen.office.batch import Batch
from docgen.office.outcome import Order
from docgen.office.run import definitions_near, load_run
from docgen.office.staffing import crew_for
from docgen.paper import FORMATS, Format
from docgen.sources.cases import read_cases


@click.command("generate")
@paths_argument
@out_option
@forms_option("Only these forms; by default those that each case asks for.")
@names_option("--formats", "docx, pdf, or both (the default).")
@only_option
@month_option("Only the plans of this month, and the notes of its talks.")
@click.option("--draft", is_flag=True, help="Also what has problems: gaps in red, no number.")
@click.option("--dry-run", is_flag=True, help="Check, tell what would be made, write nothing.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date to print on what is made; by default the one that the data give, else today.",
)
@click.option("--reason", metavar="TEXT", default="", help="Why documents that changed are issued as a new revision.")
@click.option("--reissue", is_flag=True, help="With --reason: a new revision also of what says the same.")
@names_option("--revise", "With --reason: also these issued monthly plans or notes, by document number.")
@click.option("--jobs", type=click.IntRange(1, 64), help="So many documents at a time; by default one for each core.")
@click.option("--scheduler", metavar="ADDRESS", help="Let a Dask cluster make them: tcp://host:8786.")
@click.option("--handwrite-missing", is_flag=True, help="Print a line for each character that no font can show.")
@report_option
@password_option
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    out: Path | None,
    forms: tuple[str, ...],
    formats: tuple[str, ...],
    only: tuple[str, ...],
    month_text: str | None,
    draft: bool,
    dry_run: bool,
    day: datetime | None,
    handwrite_missing: bool,
    reason: str,
    reissue: bool,
    revise: tuple[str, ...],
    jobs: int | None,
    scheduler: str | None,
    report: Path | None,
    password: str,
    for_programs: bool,
) -> None:
    """Make the documents of the cases in FILE (workbooks, YAML files or folders of them).

    Valid cases are made, others refused; Word and PDF of one document appear both or not at all. The paths of the files
    made go to standard output. What was issued is never overwritten: what says something else now is issued as
    the next revision, which takes a --reason; on a terminal docgen asks for it.
    """
    if report:
        refuse_to_replace(report)
    if reissue or revise:
        reason = asking.fit(reason) or asking.needed("--reissue" if reissue else "--revise", ui_language())
    begun = {one: one.state() for one in map(company_near, paths)}
    definitions, today = definitions_near(*paths), date.today()
    wanted = cast("tuple[Format, ...]", known(formats, FORMATS, FORMAT)) or FORMATS
    chosen = known(forms, definitions.forms, FORM)
    reading = read_cases(paths, definitions, password)
    run = load_run(reading, definitions, chosen, today, only=only, handwrite=handwrite_missing, out=out)
    order = Order(
        today,
        day.date() if day else None,
        out,
        wanted,
        "draft" if draft else "final",
        handwrite_missing,
        planned=dry_run,
        month=month_named(month_text, definitions) if month_text is not None else None,
        reason=asking.fit(reason),
        reissue=reissue,
        revise=frozenset(revise),
    )
    batch = Batch(run, order, crew_for(run, jobs, scheduler))
    asking.refuse_unknown(revise, batch)
    ctx.exit(max(carry_out(batch, for_programs, report, begun), missing(paths)))
