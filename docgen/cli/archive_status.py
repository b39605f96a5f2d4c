"""``docgen archive status``: which signed copies are back, and who still owes one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import cast

import click

from docgen.cli import record, terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.office import no_record, office_argument, office_of
from docgen.cli.options import (
    FORM,
    date_option,
    forms_option,
    json_option,
    known,
    only_option,
    report_option,
)
from docgen.cli.reports import write_report
from docgen.model.identity import folded
from docgen.model.problems import UiLanguage, Words
from docgen.office.owed import Owed, Terms, owed
from docgen.office.owed_report import TITLE, as_plain, columns, counts, ordered, remarks, rows, total
from docgen.office.packs import By, check_names, names_of
from docgen.office.report import JSON_FORMAT
from docgen.office.returns import Returns
from docgen.office.run import definitions_near
from docgen.office.sheets import sheet_file
from docgen.office.store import looked_at
from docgen.office.visible import in_command, visible

WAITING = Words(
    "{count} pages wait for a person; docgen archive queue{out} lists them",
    "有{count}页待人工处理：docgen archive queue{out}",
)
WAITING_ONE = Words(
    "1 page waits for a person; docgen archive queue{out} lists it", "有1页待人工处理：docgen archive queue{out}"
)
UNSORTED = Words(
    "{count} scanned piles are not sorted yet, as a run was stopped; docgen archive add{out} goes on with them",
    "有{count}批扫描件因运行中断尚未分拣：docgen archive add{out} 可继续",
)
UNSORTED_ONE = Words(
    "1 scanned pile is not sorted yet, as a run was stopped; docgen archive add{out} goes on with it",
    "有1批扫描件因运行中断尚未分拣：docgen archive add{out} 可继续",
)
INCOMPLETE = Words(
    "Incomplete copies: scan the pages that are missing with the next pile; docgen archive add puts them in",
    "缺页的签署件：请将所缺的页随下一批扫描，docgen archive add 会自动补入",
)
RETURNED = Words(
    "Returned copies: look who signed, and record it with docgen archive confirm NUMBER --signed-by ROLE,…{out}",
    "已交回的签署件：请查看签名，并用 docgen archive confirm 文件编号 --signed-by 签署人,…{out} 登记",
)


@click.command("status")
@office_argument
@click.option(
    "--by",
    type=click.Choice(["supervisor", "department"]),
    default="supervisor",
    show_default=True,
    help="By whom the list is ordered.",
)
@click.option("--owing", is_flag=True, help="Only papers of which the signed copy is not back.")
@forms_option()
@only_option
@date_option("The day to count from; by default today.")
@report_option
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    store: Path | None,
    by: str,
    owing: bool,
    forms: tuple[str, ...],
    only: tuple[str, ...],
    day: datetime | None,
    report: Path | None,
    for_programs: bool,
) -> None:
    """List the papers on record in OUT, and whether their signed copies are back, by supervisor or department.

    OUT is the folder of the documents; by default that of docgen.yaml, else ./out. A copy is due some days after the
    paper was issued (return_days in docgen.yaml), or after a pause of its case. It is returned once all pages of the
    revision that counts are in the archive, and confirmed when a person has seen all signatures (docgen archive
    confirm). Nothing is asked for of withdrawn papers and closed cases. With --xlsx the list is written as a workbook
    that can be sent on: no reason of a pause, a closing or a withdrawal stands in it. To miss a copy is no failure:
    exit code 0.
    """
    definitions, language = definitions_near(store), ui_language()
    (office, folder), order = office_of(store, definitions), cast("By", by)
    today = day.date() if day else date.today()
    wanted = known(forms, definitions.forms, FORM)
    with looked_at(folder) as held:
        if held is None:
            raise no_record(folder)
        damage = record.tell(held.register.faults)
        papers, returns = list(held.register.all()), Returns(held.register)
        check_names(only, papers)
        terms = Terms(held.register.lives(), definitions, office.settings, today)
        names = {folded(name) for name in only}
        found = [
            one
            for one in ordered(owed(papers, returns.back(), terms), order)
            if (not wanted or one.paper.form in wanted) and (not names or names & names_of(one.paper))
        ]
        waiting, unsorted = len(returns.waiting()), len(returns.unsorted())
    listed = [one for one in found if one.is_owing] if owing else found
    lines = rows(listed, order, definitions, language)
    if for_programs:
        plain = {
            "format": JSON_FORMAT,
            "date": today.isoformat(),
            "papers": as_plain(listed),
            "counts": counts(found),
            "waiting": waiting,
            "unsorted": unsorted,
        }
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))
    else:
        if lines:
            click.echo(terminal.table(columns(order), lines, language))
        for remark in remarks(listed, definitions, language) if terminal.is_terminal() else ():
            click.echo(visible(remark))
        click.echo(total(found, language), err=True)
        _tell_what_to_do(listed, store, language)
    _tell_what_waits(waiting, unsorted, store, language)
    if report:
        write_report(report, sheet_file(TITLE, columns(order), lines, language), language)
    ctx.exit(damage)


def _tell_what_to_do(listed: Sequence[Owed], out: Path | None, language: UiLanguage) -> None:
    states = {one.state for one in listed}
    for state, words in (("incomplete", INCOMPLETE), ("returned", RETURNED)):
        if state in states:
            click.echo(visible(words[language].format(out=in_command(out))), err=True)


def _tell_what_waits(waiting: int, unsorted: int, out: Path | None, language: UiLanguage) -> None:
    for count, many, one in ((waiting, WAITING, WAITING_ONE), (unsorted, UNSORTED, UNSORTED_ONE)):
        if count:
            words = one if count == 1 else many
            click.echo(visible(words[language].format(count=count, out=in_command(out))), err=True)
