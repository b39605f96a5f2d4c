"""``docgen explain``: where what a document says comes from, and where what a cell holds is printed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.making import tell_problems
from docgen.cli.options import (
    FORM,
    json_option,
    known,
    missing,
    only_option,
    password_option,
    report_option,
)
from docgen.cli.reports import write_report
from docgen.errors import EXIT_DATA, EXIT_FINE, UsageError
from docgen.model.problems import Severity, Words
from docgen.office import explain_report
from docgen.office.asked_place import asked
from docgen.office.bench import Bench
from docgen.office.explaining import explain
from docgen.office.named_paper import named_paper, with_earlier
from docgen.office.printed_from import printed_from
from docgen.office.report import as_json
from docgen.office.run import definitions_near, has_errors, load_run
from docgen.office.sheets import sheet_file
from docgen.office.subject import subject
from docgen.office.visible import visible
from docgen.sources.cases import read_cases

HERE = Path(".")
USAGE = Words(
    "name a document: docgen explain ID FORM [FILE...]; or a place: docgen explain --cell 'Targets!F12' [FILE...]",
    "请指定文档：docgen explain 编号 表单 [文件...]；或指定位置：docgen explain --cell '目标!F12' [文件...]",
)


@click.command("explain")
@click.argument("words", nargs=-1, metavar="[ID FORM] [FILE...]")
@click.option("--cell", metavar="TAB!CELL", default="", help="Tell where this cell is printed, as 'Targets!F12'.")
@click.option(
    "--at",
    metavar="FILE:LINE",
    default="",
    help="Tell where this line is printed: of a case file, of docgen.yaml, of the wording or a template.",
)
@click.option("--words", "fixed", is_flag=True, help="List fixed words too, with the line of the wording or template.")
@only_option
@report_option
@password_option
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    cell: str,
    at: str,
    fixed: bool,
    only: tuple[str, ...],
    report: Path | None,
    password: str,
    for_programs: bool,
) -> None:
    """Tell for each value of a document the cell or line it comes from, and the line of the template that prints it.

    ID is a case or employee number, FORM such as plan, or monthly 2026-03, notes 2; or ID alone is the number of a
    document, as it stands on the paper. FILE: workbooks, case files or folders of them, by default the one here.
    With --cell or --at the other way round: where that is printed, what is worked out of it, and what it decides.
    """
    language, today = ui_language(), date.today()
    if not words and not (cell or at):
        raise UsageError(USAGE)
    place = asked(cell, at) if cell or at else None
    wish = Wish((), words) if place else _wish(words)
    definitions = definitions_near(*wish.files)
    run = load_run(read_cases(wish.files, definitions, password), definitions, (), today, only=only, handwrite=True)
    unread = [one for one in run.problems if one.severity is Severity.ERROR]
    if not for_programs:
        tell_problems(unread, language)
    if not run.cases and unread:
        ctx.exit(max(EXIT_DATA, missing(wish.files)))
    bench = Bench(definitions)
    run = with_earlier(run, bench.checker, today)
    brief = terminal.is_terminal() and not for_programs and not report
    if place:
        uses = printed_from(bench, run, place, today, language)
        columns, rows = explain_report.USE_COLUMNS, explain_report.use_rows(uses, language, brief)
        plain = explain_report.uses_as_plain(uses, place.text)
        told = explain_report.use_total(uses, place.text, language)
    else:
        known(wish.names[1:2], definitions.forms, FORM)
        named = named_paper(run, wish.names)
        form, path = named.paper.form.name, named.paper.path
        one = subject(bench, named.checked, named.office, form, path, today, language)
        found = explain(one)
        columns, rows = explain_report.COLUMNS, explain_report.rows(found, language, fixed, brief)
        plain = explain_report.as_plain(one, found, named.closed)
        told = explain_report.total(one, found, language, named.closed)
    if for_programs:
        click.echo(as_json(unread, language, plain).encode("utf-8", "backslashreplace"))
    else:
        if rows:
            click.echo(terminal.table(columns, rows, language))
        click.echo(visible(told), err=True)
    if report:
        write_report(report, sheet_file(explain_report.TITLE, columns, rows, language), language)
    ctx.exit(EXIT_DATA if has_errors(unread) else EXIT_FINE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: ``names`` are those before the files."""

    names: tuple[str, ...]
    given: tuple[str, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(map(Path, self.given)) or (HERE,)


def _wish(words: Sequence[str]) -> Wish:
    """The first word is an ID; what follows is the form and which of its papers, until a file is named.

    These may stand between quotes together: "notes 2".
    """
    if len(words) > 1 and not os.path.exists(words[1]):
        words = (words[0], *words[1].split(), *words[2:])
    count = 1
    while count < min(len(words), 3) and not os.path.exists(words[count]) and not Path(words[count]).suffix:
        count += 1
    return Wish(tuple(words[:count]), tuple(words[count:]))
