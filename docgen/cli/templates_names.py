"""``docgen templates names``: what a Word form of one's own may print, in English and in Chinese."""

from __future__ import annotations

import json
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.options import CasePath, json_option, known
from docgen.model.problems import Words
from docgen.office.report import JSON_FORMAT
from docgen.office.run import HERE, definitions_near
from docgen.office.sheets import Column
from docgen.office.visible import visible
from docgen.wordforms.drawings import listed_drawings
from docgen.wordforms.names import listed

FORM = Words("form", "表单")
COLUMNS = (
    Column(Words("Chinese name", "中文名称"), in_one=True),
    Column(Words("English name", "英文名称"), in_one=True),
    Column(Words("What it is", "含义")),
)
USE = Words(
    "Write {{{{ {name} }}}}, in either language. What ends in [] has rows: {{%tr for row in {rows} %}}, then "
    "{{{{ row.… }}}} with the rest of the name. Fields of the "
    "case, and of the month or talk at hand, may be written without its name before them: {{{{ {field} }}}}.",
    "写作 {{{{ {name} }}}}，中英文均可。以 [] 结尾的是多行数据：先写 {{%tr for 行 in {rows} %}}，再写 {{{{ 行.… }}}}，"
    "其中 … 为名称的后半部分。个案以及本月、本次面谈的字段可省略前面的名称：{{{{ {field} }}}}。",
)


@click.command("names")
@click.argument("form", metavar="FORM")
@click.argument("folder", metavar="[FOLDER]", default=HERE, type=CasePath(path_type=Path))
@json_option
@language_option
def command(form: str, folder: Path, for_programs: bool) -> None:
    """List the names that your own Word form in the place of FORM may print.

    FOLDER is the company's, whose own fields are listed too; by default the one you are in.
    """
    language, definitions = ui_language(), definitions_near(folder)
    (name,) = known([form], definitions.forms, FORM)
    of = definitions.forms[name], definitions
    names = [one for one in (*listed(*of), *listed_drawings(*of)) if one.label.en]
    if for_programs:
        plain = [{"en": one.english, "zh": one.chinese, "label": one.label[language]} for one in names]
        content = {"format": JSON_FORMAT, "form": name, "names": plain}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))
        return
    rows = [[visible(one.chinese), visible(one.english), visible(_meaning(one.label[language]))] for one in names]
    click.echo(terminal.table(COLUMNS, rows, language))
    shown = Words("case.employee_name", "个案.姓名"), Words("targets", "目标"), Words("employee_name", "姓名")
    click.echo(USE.filled(name=shown[0], rows=shown[1], field=shown[2])[language], err=True)


def _meaning(label: str) -> str:
    """A label as words; of what belongs to no field it is a name like the others."""
    return label.replace("_", " ").capitalize() if label.islower() else label
