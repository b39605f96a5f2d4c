"""``docgen status``: which of the workbooks that were sent out are back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from docgen.cli import record, terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.office import office_argument, office_of
from docgen.cli.options import CasePath, date_option, json_option, password_option, report_option
from docgen.cli.reports import write_report
from docgen.definitions.definition import Definitions
from docgen.errors import EXIT_FINE, EXIT_USAGE, UsageError
from docgen.model.problems import Words
from docgen.office.ledger import Ledger
from docgen.office.owed import Tally, Terms, owed, tally
from docgen.office.owed_report import told
from docgen.office.returns import Returns
from docgen.office.run import Office, definitions_near
from docgen.office.sent import each_once, sendings
from docgen.office.sheets import sheet_file
from docgen.office.status import files_of, latest, look_through, names_of, overview
from docgen.office.status_report import COLUMNS, TITLE, as_plain, remarks, rows, total
from docgen.office.store import Store, looked_at
from docgen.office.visible import visible

NOTHING = Words(
    "{file}: nothing was sent yet; docgen new --roster PEOPLE -o FOLDER writes the workbooks and records them",
    "{file}：尚未发出任何工作簿；可用 docgen new --roster 名单 -o 文件夹 生成并登记",
)
NO_LEDGER = Words(
    "{file}: there is no ledger here. Name the folder of the ledger, as docgen status OUT (by default the “out” of "
    "docgen.yaml, else ./out), and with --back the folder of the workbooks that came back.",
    "{file}：此处没有台账。请用 docgen status OUT 指定台账所在的文件夹（默认为 docgen.yaml 中的 out，否则为 ./out），"
    "并用 --back 指定交回工作簿所在的文件夹。",
)
NO_FOLDER = Words("{path}: there is no such file or folder", "{path}：没有此文件或文件夹")


@click.command("status")
@office_argument
@click.option(
    "--back",
    multiple=True,
    metavar="FOLDER",
    type=CasePath(path_type=Path),
    help="Where the returned workbooks lie; may be given several times. By default the folders they were sent to.",
)
@click.option("--all", "all_of_them", is_flag=True, help="Earlier rounds too.")
@date_option("The day to count from; by default today.")
@report_option
@password_option
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    store: Path | None,
    back: tuple[Path, ...],
    all_of_them: bool,
    day: datetime | None,
    report: Path | None,
    password: str,
    for_programs: bool,
) -> None:
    """Tell which workbooks of "docgen new --roster" are back, and what is wrong with them.

    OUT is the folder whose ledger is read; by default that of docgen.yaml, else ./out. A file that was renamed is
    found; one that lies where it was written, as it was written, is not back. With --xlsx the list is written as a
    workbook, a row for each, fit for a mail merge of reminders. To miss one is no failure: exit code 0. Where papers
    were issued, a last line counts their signed copies (docgen archive status).
    """
    definitions, language = definitions_near(store), ui_language()
    today = day.date() if day else date.today()
    office, folder = office_of(store, definitions)
    for path in back:
        if not path.exists():
            raise UsageError(Words(*(NO_FOLDER[one].format(path=path) for one in ("en", "zh"))))
    ledger = Ledger(folder)
    with looked_at(folder) as held:
        faults = held.register.faults if held else ()
        copies = copies_in(held, office, definitions, today) if held else None
    damage = record.tell(faults)
    sent = sendings(ledger.read().entries)
    if not sent:
        words = NOTHING if ledger.file.exists() or not store else NO_LEDGER
        click.echo(visible(words[language].format(file=ledger.file)), err=True)
    once = each_once(sent, folder)
    originals = {one.sent.id: one.place(folder) for one in once}
    folders = back or tuple({one.parent: None for one in originals.values() if one.parent.is_dir()})
    returned = look_through(files_of(folders), definitions, folder, today, password)
    there = {mark for mark, file in originals.items() if file.is_file()} | {file.sent for file in returned}
    last = latest(once, there)
    current = once if all_of_them else last.current
    names = names_of(current, returned, originals, definitions, password)
    found = overview(current, sent, returned, originals, names, last.gone)
    lines = rows(found, language, today)
    if for_programs:
        plain = as_plain(found, language, today) | {"copies": asdict(copies) if copies else None}
        content = json.dumps(plain, ensure_ascii=False, indent=2)
        click.echo(content.encode("utf-8", "backslashreplace"))
    elif lines:
        click.echo(terminal.table(COLUMNS, lines, language, groups=False))
        click.echo(total(found, language), err=True)
    for remark in remarks(found, language):
        click.echo(visible(remark), err=True)
    if copies:
        click.echo(told(copies, language, store), err=True)
    if report:
        write_report(report, sheet_file(TITLE, COLUMNS, lines, language), language)
    ctx.exit(max(damage, EXIT_USAGE if store and not store.exists() else EXIT_FINE))


def copies_in(store: Store, office: Office, definitions: Definitions, today: date) -> Tally | None:
    """How it stands with the signed copies of what was issued; None where no copy is asked for."""
    register = store.register
    terms = Terms(register.lives(), definitions, office.settings, today)
    found = tally(owed(register.all(), Returns(register).back(), terms))
    return found if found.issued else None
