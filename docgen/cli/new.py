"""``docgen new``: a commented file to start a case from."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.language import language_option, ui_language
from docgen.cli.options import FORM, forms_option, known
from docgen.definitions.load import load_definitions
from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.office.publish import publish
from docgen.office.starter import starting_file, starting_settings
from docgen.sources.settings import SETTINGS_FILES

SUFFIXES = (".yaml", ".yml")
WRITTEN = Words("{file}: fill it in, then run docgen check {file}", "{file} 已生成：填写后运行 docgen check {file}")

SETTINGS_WRITTEN = Words(
    "{file}: fill it in; it holds for the cases beside it", "{file} 已生成：填写后对同一文件夹中的个案生效"
)


@click.command("new")
@click.argument("file", type=click.Path(path_type=Path))
@forms_option("For these forms; by default those made once a case (letter, plan).")
@click.option("--with-optional", is_flag=True, help="With the fields that may be left empty.")
@language_option
def command(file: Path, forms: tuple[str, ...], with_optional: bool) -> None:
    """Write a commented YAML FILE to start a case from, in the language of --language; "-" writes to the terminal.

    A FILE named docgen.yaml becomes the settings of the office instead: company, departments, policy, thresholds.
    A file that is already there is never touched.
    """
    language = ui_language()
    definitions = load_definitions()
    wanted = known(forms, definitions.forms, FORM)
    chosen = [
        form.name for form in definitions.forms.values() if form.name in wanted or not (wanted or form.unit != "case")
    ]
    if file.name in SETTINGS_FILES:
        text, written = starting_settings(definitions, language), SETTINGS_WRITTEN
    else:
        name = "case.yaml" if str(file) == "-" else file.name
        text, written = starting_file(definitions, chosen, language, with_optional, name), WRITTEN
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    if file.suffix.lower() not in SUFFIXES:
        raise UsageError(Words(f"{file}: name it .yaml", f"{file}：文件名须以 .yaml 结尾"))
    if file.exists() or file.is_symlink():
        raise UsageError(
            Words(
                f"{file}: is already there, and stays as it is; choose another name",
                f"{file}：文件已存在，未作改动；请换一个文件名",
            )
        )
    publish({Path(file.name): text.encode()}, file.parent)
    click.echo(written[language].format(file=file), err=True)
