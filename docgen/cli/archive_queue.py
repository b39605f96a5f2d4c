"""``docgen archive queue``: the pages that wait for a person."""

from __future__ import annotations

import json
from pathlib import Path

import click

from docgen.archive.queue import dealt_with, queue
from docgen.archive.queue_report import COLUMNS, TITLE, Telling, as_blocks, as_plain, rows, total
from docgen.cli import record, terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.options import CasePath, json_option, report_option
from docgen.cli.reports import write_report
from docgen.definitions.load import load_definitions
from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.office.ledger import Ledger
from docgen.office.listing import as_lines
from docgen.office.run import office_near
from docgen.office.sheets import sheet_file
from docgen.office.store import looked_at
from docgen.office.visible import visible

NO_RECORD = Words(
    "{file}: there is no ledger here; name the folder of the documents, as docgen archive queue OUT (by default the "
    "“out” of docgen.yaml, else ./out)",
    "{file}：此处没有台账；请用 docgen archive queue OUT 指定文档所在的文件夹"
    "（默认为 docgen.yaml 中的 out，否则为 ./out）",
)


@click.command("queue")
@click.argument("out", required=False, type=CasePath(path_type=Path))
@click.option("--all", "all_of_them", is_flag=True, help="Those too that somebody has dealt with, and how.")
@report_option
@json_option
@language_option
@click.pass_context
def command(ctx: click.Context, out: Path | None, all_of_them: bool, report: Path | None, for_programs: bool) -> None:
    """List the scanned pages that wait for a person: why, what each probably is, and where its picture lies.

    OUT is the folder of the documents; by default that of docgen.yaml, else ./out. What docgen takes a page for is
    only a suggestion: look at the picture, then type the command beside it, or another. A page that came back in the
    meantime is not suggested any more.
    """
    language = ui_language()
    folder = out or office_near(Path("."), load_definitions()).out
    with looked_at(folder) as store:
        if store is None:
            raise UsageError(NO_RECORD.filled(file=Ledger(folder).file))
        damage = record.tell(store.register.faults)
        waiting = queue(store)
        settled = dealt_with(store) if all_of_them else []
    found, to = [*waiting, *settled], Telling(folder, out, language)
    if for_programs:
        content = json.dumps(as_plain(waiting, settled if all_of_them else None, to), ensure_ascii=False, indent=2)
        click.echo(content.encode("utf-8", "backslashreplace"))
    elif found and terminal.is_terminal():
        click.echo(as_blocks(found, to, terminal.width(), terminal.has_colour()))
    elif found:
        click.echo(as_lines(COLUMNS, rows(found, to), language))
    click.echo(visible(total(len(waiting), language)), err=True)
    if report:
        write_report(report, sheet_file(TITLE, COLUMNS, rows(found, to), language), language)
    ctx.exit(damage)
