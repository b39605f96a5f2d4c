"""``docgen check``: everything that is wrong with the data, in one run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.cli import record, terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.marking import write_marked
from docgen.cli.options import (
    FORM,
    forms_option,
    json_option,
    known,
    missing,
    only_option,
    password_option,
    paths_argument,
)
from docgen.errors import EXIT_DATA, EXIT_FINE
from docgen.office.report import as_json, summary
from docgen.office.run import definitions_near, has_errors, load_run
from docgen.sources.cases import read_cases


@click.command("check")
@paths_argument
@forms_option("Check for these forms; by default for those that each case asks for.")
@only_option
@click.option("--all", "all_of_them", is_flag=True, help="Every place of a problem that many have in common, too.")
@click.option("--marked", is_flag=True, help="Also write a copy of each workbook with its problems in red, beside it.")
@password_option
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    forms: tuple[str, ...],
    only: tuple[str, ...],
    all_of_them: bool,
    marked: bool,
    password: str,
    for_programs: bool,
) -> None:
    """Check the cases in FILE (workbooks, YAML files, folders of them) and list every problem with its place and cure.

    Warnings never block. Exit code 1 when a document could not be made.
    """
    definitions, language = definitions_near(*paths), ui_language()
    chosen, reading = known(forms, definitions.forms, FORM), read_cases(paths, definitions, password)
    run = load_run(reading, definitions, chosen, date.today(), only=only)
    damage, problems = record.tell(run.faults), run.all_problems
    if for_programs:
        click.echo(as_json(problems, language).encode("utf-8", "backslashreplace"))
    else:
        listed = terminal.listed(problems, language, all_of_them=all_of_them)
        click.echo("\n".join(filter(None, (listed, summary(problems, language)))))
    if marked:
        write_marked(run, problems, password, language)
    ctx.exit(max(EXIT_DATA if has_errors(problems) else EXIT_FINE, missing(paths), damage))
