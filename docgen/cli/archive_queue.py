"""``docgen archive queue``: the pages that wait for a person."""

from __future__ import annotations

import json
from pathlib import Path

import click

from docgen.archive.queue import dealt_with, queue
from docgen.archive.queue_report import TITLE, Telling, as_blocks, as_plain, columns, rows, total
from docgen.cli import record, terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.office import no_record, office_argument, office_of
from docgen.cli.options import json_option, report_option
from docgen.cli.reports import write_report
from docgen.office.listing import as_lines
from docgen.office.run import definitions_near
from docgen.office.sheets import sheet_file
from docgen.office.store import looked_at
from docgen.office.visible import visible


@click.command("queue")
@office_argument
@click.option("--all", "all_of_them", is_flag=True, help="Those too that somebody has dealt with, and how.")
@report_option
@json_option
@language_option
@click.pass_context
def command(ctx: click.Context, store: Path | None, all_of_them: bool, report: Path | None, for_programs: bool) -> None:
    """List the scanned pages that wait for a person: why, what each probably is, and where its picture lies.

    OUT is the folder of the documents; by default that of docgen.yaml, else ./out. What docgen takes a page for is
    only a suggestion: look at the picture, then type the command beside it, or another. A page that came back in the
    meantime is not suggested any more.
    """
    language = ui_language()
    _, folder = office_of(store, definitions_near(store))
    with looked_at(folder) as held:
        if held is None:
            raise no_record(folder)
        damage = record.tell(held.register.faults)
        waiting = queue(held)
        settled = dealt_with(held) if all_of_them else []
    found, to = [*waiting, *settled], Telling(folder, store, language)
    if for_programs:
        content = json.dumps(as_plain(waiting, settled if all_of_them else None, to), ensure_ascii=False, indent=2)
        click.echo(content.encode("utf-8", "backslashreplace"))
    elif found and terminal.is_terminal():
        click.echo(as_blocks(found, to, terminal.width(), terminal.has_colour()))
    elif found:
        click.echo(as_lines(columns(all_of_them), rows(found, to, all_of_them), language))
    click.echo(visible(total(len(waiting), language)), err=True)
    if report:
        write_report(report, sheet_file(TITLE, columns(all_of_them), rows(found, to, all_of_them), language), language)
    ctx.exit(damage)
