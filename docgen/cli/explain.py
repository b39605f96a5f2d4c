"""``docgen explain``: where what a document says comes from, and where what a cell holds is printed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import click

from docgen.checking.checked import Checked
from docgen.cli import terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.making import tell_problems
from docgen.cli.options import (
    FORM,
    json_option,
    missing,
    only_option,
    password_option,
    report_option,
    unknown,
)
from docgen.cli.reports import write_report
from docgen.definitions.definition import Definitions
from docgen.errors import EXIT_DATA, EXIT_FINE, UsageError
from docgen.model.identity import folded
from docgen.model.problems import Severity, UiLanguage, Words
from docgen.office import explain_report
from docgen.office.asked_place import asked
from docgen.office.bench import Bench
from docgen.office.explaining import explain
from docgen.office.printed_from import printed_from
from docgen.office.report import as_json
from docgen.office.run import MOST_NAMED, Office, Run, definitions_near, has_errors, load_run
from docgen.office.sheets import sheet_file
from docgen.office.subject import subject
from docgen.office.visible import visible
from docgen.paper import Paper, papers
from docgen.sources.cases import read_cases

HERE = Path(".")
USAGE = Words(
    "name a document: docgen explain ID FORM [FILE...]; or a place: docgen explain --cell 'Targets!F12' [FILE...]",
    "请指定文档：docgen explain 编号 表单 [文件...]；或指定位置：docgen explain --cell '目标!F12' [文件...]",
)
NO_CASE = Words(
    "no case “{name}” was read{near} Read: {known}",
    "没有读到个案“{name}”{near}已读入：{known}",
)
NOT_ASKED = Words(
    "{case}: no {form} is asked for by its data; there are {known}",
    "{case}：其数据未要求生成{form}；可用：{known}",
)
WHICH = Words(
    "{case} has several documents: name one behind the ID: {known}",
    "{case} 有多份文档，请在编号后注明其中一份：{known}",
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
    brief = terminal.is_terminal() and not for_programs and not report
    if place:
        uses = printed_from(bench, run, place, today, language)
        columns, rows = explain_report.USE_COLUMNS, explain_report.use_rows(uses, language, brief)
        plain = explain_report.uses_as_plain(uses, place.text)
        told = explain_report.use_total(uses, place.text, language)
    else:
        checked, office, paper = _paper(run, wish, definitions, language)
        one = subject(bench, checked, office, paper.form.name, paper.path, today, language)
        found = explain(one)
        columns, rows = explain_report.COLUMNS, explain_report.rows(found, language, fixed, brief)
        plain, told = explain_report.as_plain(one, found), explain_report.total(one, found, language)
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


def _paper(run: Run, wish: Wish, definitions: Definitions, language: UiLanguage) -> tuple[Checked, Office, Paper]:
    name, *more = wish.names
    every = [(checked, office, paper) for checked, office in run.cases for paper in papers(checked, definitions)]
    if not more:
        for found in every:
            if folded(found[2].number) == folded(name):
                return found
    checked = _case(run, name)
    form = more[0] if more else ""
    own = [found for found in every if found[0] is checked]
    if not form and len(checked.forms) == 1:
        form = checked.forms[0]
    if not form:
        raise UsageError(WHICH.filled(case=checked.case.id, known=", ".join(checked.forms)))
    if form not in definitions.forms:
        raise UsageError(unknown(form, definitions.forms, FORM))
    own_of_form = [found for found in own if found[2].form.name == form]
    if not own_of_form:
        known = ", ".join(checked.forms)
        raise UsageError(NOT_ASKED.filled(case=checked.case.id, form=definitions.forms[form].title, known=known))
    which = {found[2].number.removeprefix(f"{checked.case.id}-")[2:]: found for found in own_of_form}
    wanted = more[1] if len(more) > 1 else ""
    if len(own_of_form) == 1 and not wanted:
        return own_of_form[0]
    if wanted not in which:
        known = ", ".join(f"{form} {one}" for one in which if one)
        raise UsageError(WHICH.filled(case=checked.case.id, known=known))
    return which[wanted]


def _case(run: Run, name: str) -> Checked:
    numbers = {str(checked.case.values["case"]["employee_no"] or ""): checked for checked, _ in run.cases}
    every = numbers | {checked.case.id: checked for checked, _ in run.cases}
    found = next((checked for one, checked in every.items() if folded(one) == folded(name)), None)
    if found:
        return found
    ids = [checked.case.id for checked, _ in run.cases]
    close = "".join(get_close_matches(name, filter(None, every), 1))
    known = ", ".join([*ids[:MOST_NAMED], *(["…"] if len(ids) > MOST_NAMED else [])]) or "–"
    near = Words(f"; did you mean “{close}”?" if close else ".", f"，是否指“{close}”？" if close else "。")
    raise UsageError(NO_CASE.filled(name=name, near=near, known=known))
