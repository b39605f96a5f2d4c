"""``docgen new``: a commented file or a workbook to start cases from."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import cast

import click

from docgen.cli.language import language_option, ui_language
from docgen.cli.making import tell_problems
from docgen.cli.options import FORM, CasePath, folder_given, forms_option, known, missing, password_option
from docgen.cli.roster import send
from docgen.company import SETTINGS_FILES, find_settings
from docgen.definitions.definition import Definitions
from docgen.errors import EXIT_DATA, EXIT_FINE, UsageError
from docgen.model.problems import Severity, UiLanguage, Words
from docgen.model.record import Record
from docgen.office.publish import publish
from docgen.office.roster import By
from docgen.office.run import definitions_near, has_errors
from docgen.office.starter import starting_file, starting_settings
from docgen.office.visible import visible
from docgen.rollover.steps import seeded
from docgen.sources.cases import YAML, read_cases
from docgen.sources.settings import read_settings
from docgen.workbook.creating import Order, forms_of, new_workbook
from docgen.workbook.guide import Layout

WORKBOOK = ".xlsx"
MOST_ROWS = 5000
WRITTEN = Words("{file}: fill it in, then run docgen check {file}", "{file} 已生成：填写后运行 docgen check {file}")
SETTINGS_WRITTEN = Words(
    "{file}: fill it in; it holds for the cases beside it", "{file} 已生成：填写后对同一文件夹中的个案生效"
)
UNPROTECTED = Words(
    "{file}: is not protected by a password; protect it in Excel if it is to be",
    "{file} 未设密码保护；如需保护，请在 Excel 中设置密码",
)
NOTHING_WRITTEN = Words("{file}: not written, because of these errors", "因存在上述错误，{file} 未生成")
FOR_WORKBOOKS = Words(
    "{flag} belongs to a workbook; name the file .xlsx", "{flag} 仅用于工作簿，请将文件名改为以 .xlsx 结尾"
)

ROSTER_TO = Words(
    "--roster writes a workbook for each supervisor: name a folder for them with -o, and neither FILE nor --from",
    "--roster 为每名主管生成一个工作簿：请用 -o 指定文件夹，不要同时指定 FILE 或 --from",
)
NO_FILE = Words(
    "Name one FILE to write; or --roster PEOPLE with -o FOLDER for a workbook for each supervisor",
    "请指定一个要生成的 FILE；如需为每名主管各生成一个工作簿，请用 --roster 名单 和 -o 文件夹",
)


@click.command("new")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@forms_option("For these forms; by default those made once for each open case, with --from those that it has.")
@click.option("--with-optional", is_flag=True, help="With the fields that may be left empty.")
@click.option(
    "--layout",
    type=click.Choice(["card", "table"]),
    help="Of a workbook: a tab for each person, or tables for all; by default cards up to 30 people.",
)
@click.option(
    "--rows", type=click.IntRange(1, MOST_ROWS), metavar="N", help="Of a workbook: rows of each table, or people."
)
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="CASES",
    type=click.Path(path_type=Path, readable=False),
    help="Write the cases of this file or folder into the workbook; may be given several times.",
)
@click.option(
    "--roster",
    "rosters",
    multiple=True,
    metavar="PEOPLE",
    type=CasePath(path_type=Path, readable=False),
    help="A workbook for each supervisor of this list of people, in the folder of -o; may be given several times.",
)
@click.option(
    "--by",
    type=click.Choice(["supervisor", "department"]),
    default="supervisor",
    show_default=True,
    help="With --roster: for whom there is a workbook.",
)
@click.option("-o", "--out", "folder", metavar="FOLDER", callback=folder_given, help="With --roster: where to write.")
@password_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    file: Path | None,
    forms: tuple[str, ...],
    with_optional: bool,
    layout: str | None,
    rows: int | None,
    sources: tuple[Path, ...],
    rosters: tuple[Path, ...],
    by: By,
    folder: Path | None,
    password: str,
) -> None:
    """Write FILE to start cases from, in the language of --language: a workbook (.xlsx) or a commented file (.yaml).

    A FILE named docgen.yaml becomes the settings of the office instead: company, departments, policy, thresholds.
    "-" writes YAML to the terminal. A file that is already there is never touched.

    With --roster a list of people becomes a workbook for each supervisor or department, their people filled in. What
    was sent is recorded in the ledger of the output folder; "docgen status" tells what is back.
    """
    language = ui_language()
    definitions = definitions_near(folder or (file.parent if file else None))
    wanted = known(forms, definitions.forms, FORM)
    if rosters:
        if file or sources or folder is None:
            raise UsageError(ROSTER_TO)
        names = _known_names(rosters[0], definitions)
        common = Order(wanted, language, "", cast("Layout | None", layout), with_optional, rows or 0, names)
        ctx.exit(send(rosters, by, folder, common, password, definitions))
    if file is None or folder:
        raise UsageError(NO_FILE)
    if file.suffix.lower() == WORKBOOK:
        _refuse_existing(file)
        chosen = cast("Layout | None", layout)
        known_names = _known_names(file, definitions)
        order = Order(wanted, language, file.name, chosen, with_optional, rows or 0, known_names)
        ctx.exit(_workbook(file, order, sources, password, definitions))
    for flag, given in (("--layout", layout), ("--rows", rows), ("--from", sources)):
        if given:
            raise UsageError(Words(*(FOR_WORKBOOKS[one].format(flag=flag) for one in ("en", "zh"))))
    text, written = _text(file, wanted, with_optional, definitions, language)
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    if file.suffix.lower() not in YAML:
        raise UsageError(Words(f"{file}: name it .yaml or .xlsx", f"{file}：文件名须以 .yaml 或 .xlsx 结尾"))
    _refuse_existing(file)
    publish({Path(file.name): text.encode()}, file.parent)
    click.echo(written[language].format(file=file), err=True)


def _text(
    file: Path, wanted: tuple[str, ...], with_optional: bool, definitions: Definitions, language: UiLanguage
) -> tuple[str, Words]:
    if file.name in SETTINGS_FILES:
        return starting_settings(definitions, language), SETTINGS_WRITTEN
    name = "case.yaml" if str(file) == "-" else file.name
    chosen = forms_of(definitions, wanted, ())
    return starting_file(definitions, chosen, language, with_optional, name), WRITTEN


def _workbook(file: Path, order: Order, sources: tuple[Path, ...], password: str, definitions: Definitions) -> int:
    """Write the workbook; nothing where a file of ``sources`` can't be read, which would lack unseen."""
    language = order.language
    records: tuple[Record, ...] = ()
    if sources:
        reading = read_cases(sources, definitions, password)
        of_cases = dict.fromkeys(problem for record in reading.records for problem in record.problems)
        problems = [one for one in (*reading.problems, *of_cases) if one.severity is not Severity.INFO]
        tell_problems(problems, language)
        if has_errors(problems):
            click.echo(NOTHING_WRITTEN[language].format(file=file), err=True)
            return max(EXIT_DATA, missing(sources))
        seeds = [seeded(record, definitions) for record in (*reading.records, *reading.waiting)]
        records = tuple(record for record, _ in seeds)
        for record, event in ((record, event) for record, events in seeds for event in events):
            click.echo(visible(f"{record.position(())}: {event.told(language)}"), err=True)
        if len(sources) == 1 and sources[0].is_file():
            order = replace(order, predecessors=(sha256(sources[0].read_bytes()).hexdigest(),))
    content, lost = new_workbook(order, definitions, records)
    publish({Path(file.name): content}, file.parent)
    for one in lost:
        click.echo(visible(one.told(language)), err=True)
    click.echo(WRITTEN[language].format(file=file), err=True)
    if sources and password:
        click.echo(UNPROTECTED[language].format(file=file), err=True)
    return EXIT_DATA if lost else EXIT_FINE


def _known_names(file: Path, definitions: Definitions) -> dict[str, tuple[str, ...]]:
    """The names in the settings beside ``file``, by the field that they belong in: departments."""
    settings, _ = read_settings(find_settings(file.parent), definitions)
    return {of.key: tuple(settings[name] or ()) for name, of in definitions.settings.items() if of.key}


def _refuse_existing(file: Path) -> None:
    if file.exists() or file.is_symlink():
        raise UsageError(
            Words(
                f"{file}: is already there, and stays as it is; choose another name",
                f"{file}：文件已存在，未作改动；请换一个文件名",
            )
        )
