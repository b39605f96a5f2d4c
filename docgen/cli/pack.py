"""``docgen pack``: what is to be signed, as one file to print for each supervisor or department."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import cast

import click

from docgen.cli import record, terminal
from docgen.cli.deciding import held_or_seen
from docgen.cli.language import language_option, ui_language
from docgen.cli.office import no_record, office_of
from docgen.cli.options import (
    FORM,
    CasePath,
    date_option,
    empty,
    folder_given,
    forms_option,
    json_option,
    known,
    month_named,
    month_option,
    only_option,
    report_option,
)
from docgen.cli.reports import write_report
from docgen.errors import EXIT_DATA, EXIT_DOCUMENT, EXIT_FINE, UsageError
from docgen.model.problems import Words
from docgen.office.pack_report import COLUMNS, TITLE, as_plain, rows, told, total
from docgen.office.packing import Packed, Wrap, packed, planned
from docgen.office.packs import By, Choice, packs
from docgen.office.run import definitions_near
from docgen.office.sheets import sheet_file
from docgen.office.store import is_on_record
from docgen.office.visible import visible

NOT_YET = Words(
    "{out}: nothing to print: nothing has been issued there yet; docgen generate makes the documents",
    "{out}：没有可打印的文档：尚未签发任何文档；请先用 docgen generate 生成",
)
NOTHING = Words(
    "{out}: nothing to print: no document on record there fits --forms, --month, --only and --since, or all of them "
    "were withdrawn; leave out one of these options, or name another folder",
    "{out}：没有可打印的文档：已登记的文档都不符合 --forms、--month、--only、--since 的条件，或均已作废；"
    "请去掉其中某个选项，或指定其他文件夹",
)
PASSWORD, AGAIN = Words("Password of the packs", "打印包密码"), Words("The same again", "请再次输入")
TOO_LONG = Words(
    "--password: longer than {most} bytes, which is all that PDF takes; choose a shorter one",
    "--password：密码超过 PDF 允许的 {most} 字节，请改用较短的密码",
)
MOST_BYTES = 127
"""Of a password, as the format takes it; what is longer would be cut."""
NOT_ARCHIVAL = Words("Encrypted packs are for sending; they are no PDF/A.", "加密的打印包仅供传送，不符合 PDF/A 规范。")
WORST = {"made": EXIT_FINE, "planned": EXIT_FINE, "refused": EXIT_DATA, "failed": EXIT_DOCUMENT}


def _password(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> str:
    if value is None:
        return ""
    if value == "-":
        language = ui_language()
        again = AGAIN[language]
        value = str(click.prompt(PASSWORD[language], hide_input=True, confirmation_prompt=again, err=True))
    if not value:
        raise empty(parameter)
    if len(value.encode()) > MOST_BYTES:
        raise UsageError(TOO_LONG.filled(most=MOST_BYTES))
    return value


@click.command("pack")
@click.argument("store", metavar="[OUT]", required=False, type=CasePath(path_type=Path))
@click.option(
    "--by",
    type=click.Choice(["supervisor", "department"]),
    default="supervisor",
    show_default=True,
    help="For whom a pack is made.",
)
@forms_option()
@only_option
@month_option("Only the plans of this month, and the notes of its talks.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only what was issued since then.")
@click.option("--duplex/--no-duplex", default=True, help="For both sides of the paper (the default), or for one.")
@click.option(
    "--copies",
    type=click.IntRange(1, 20),
    help="Of each document; by default as many of a letter as it says, else one.",
)
@click.option("--zip", "zipped", is_flag=True, help="One zip of all packs.")
@click.option(
    "--password",
    metavar="TEXT",
    envvar="DOCGEN_PACK_PASSWORD",
    callback=_password,
    help='Encrypt the packs; "-" asks for it, so that it stands in no list of commands.',
)
@click.option(
    "-o",
    "--out",
    metavar="PATH",
    callback=folder_given,
    help="Where the packs go; by default a new folder in OUT/packs.",
)
@date_option("The date on the lists; by default today.")
@click.option("--dry-run", is_flag=True, help="List what would be packed, and write no packs.")
@report_option
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    store: Path | None,
    by: str,
    forms: tuple[str, ...],
    only: tuple[str, ...],
    month_text: str | None,
    since: datetime | None,
    duplex: bool,
    copies: int | None,
    zipped: bool,
    password: str,
    out: Path | None,
    day: datetime | None,
    dry_run: bool,
    report: Path | None,
    for_programs: bool,
) -> None:
    """Put what is on record in OUT together for printing: a PDF for each supervisor or department.

    People follow by number; of each the letter, the plan, the monthly plans, the notes; on top a list to tick off what
    is signed and returned. Each document is compared with its record first; a pack that lacks one is not made (exit
    code 1). Packs go to a new folder below OUT/packs, or to that of -o; nothing is overwritten.
    """
    definitions, language = definitions_near(store), ui_language()
    office, folder = office_of(store, definitions)
    choice = Choice(
        cast("By", by),
        known(forms, definitions.forms, FORM),
        month_named(month_text, definitions) if month_text is not None else None,
        only,
        since.date() if since else None,
        duplex,
        copies,
    )
    if not is_on_record(folder):
        raise no_record(folder)
    kit, access = office.kit, office.access
    on, wrap = day.date() if day else date.today(), Wrap(duplex, zipped, password)
    found: list[Packed] = []
    with held_or_seen(folder, access, dry_run) as held:
        damage = record.tell(held.register.faults)
        papers = list(held.register.all())
        chosen = packs(papers, choice, office.settings, list(definitions.forms)) if papers else ()
        planning = planned(chosen, folder, out, on, wrap)
        for one in planning if dry_run else packed(chosen, folder, out, kit, on, wrap, access):
            found.append(one)
            for line in told(one, language):
                click.echo(visible(line), err=True)
            if one.file and not (zipped or for_programs or dry_run):
                click.echo(str(one.file))
    files = [one.file for one in found if one.file]
    if for_programs:
        content = json.dumps(as_plain(found, language), ensure_ascii=False, indent=2)
        click.echo(content.encode("utf-8", "backslashreplace"))
    elif dry_run and files:
        click.echo(terminal.table(COLUMNS, rows(found, definitions, language), language))
    elif zipped and files:
        click.echo(str(files[0].parent))
    nothing = (NOTHING if papers else NOT_YET)[language].format(out=folder)
    click.echo(visible(total(found, language) if found else nothing), err=True)
    if password and files and not dry_run:
        click.echo(NOT_ARCHIVAL[language], err=True)
    if report:
        write_report(report, sheet_file(TITLE, COLUMNS, rows(found, definitions, language), language), language)
    codes = [WORST[one.state] for one in found] or [EXIT_DATA]
    ctx.exit(max(*codes, damage))
