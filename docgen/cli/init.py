"""``docgen init``: a folder for a company's settings, forms, templates and letterhead."""

from __future__ import annotations

import os
from pathlib import Path

import click

from docgen.cli.language import language_option, ui_language
from docgen.company import FORMS, SETTINGS_FILES, TEMPLATES, find_settings
from docgen.definitions.load import load_definitions
from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.office.publish import publish
from docgen.office.starter import starting_settings
from docgen.office.visible import visible

THERE = Words("{file}: there is a company's folder already; it stays as it is", "{file}：此处已是公司文件夹，未作改动")
NO_NAME = Words("COMPANY is empty; name the folder to make", "COMPANY 为空；请写出要建立的文件夹")
INSIDE = Words(
    "{folder} lies in the folder of another company, {above}; cases in it follow its own settings from now on",
    "{folder} 位于另一公司的文件夹中（{above}）；其中的个案今后采用它自己的设置",
)
IN_FORMS = Words(
    """The company's own forms (YAML).

A file here stands in for the shipped one of the same name (docgen templates copy letter.yaml), or adds a form.
docgen templates list says which file each thing comes from; docs/templates.md is the guide.
""",
    """公司自有的表单定义（YAML）。

此处的文件会代替同名的内置文件（docgen templates copy letter.yaml），也可增加新的表单或字段。
docgen templates list 列出各项内容来自哪个文件；说明见 docs/templates.md。
""",
)
IN_TEMPLATES = Words(
    """The company's own words and look.

wording.en.yaml, wording.zh.yaml  sentences, only those that differ
theme.yaml                        fonts, sizes, colours, margins, only what differs
<form>.html                       a template in place of the shipped one (docgen templates copy letter.html)
<form>.docx                       the company's own Word form, with tags such as {{ case.employee_name }}
print.css                         for those who know CSS

Beside docgen.yaml: letterhead.docx (for Word), letterhead.pdf (for PDF), logo.svg or logo.png.
docgen templates check looks for mistakes; docgen templates preview FORM --watch shows each change.
""",
    """公司自有的文字和外观。

wording.en.yaml、wording.zh.yaml  文字，只写与内置不同的句子
theme.yaml                        字体、字号、颜色、页边距，只写不同之处
<表单>.html                       代替内置模板（docgen templates copy letter.html）
<表单>.docx                       公司自有的 Word 表单，含 {{ case.employee_name }} 等标记
print.css                         供熟悉 CSS 的人使用

与 docgen.yaml 同放：letterhead.docx（Word 信笺）、letterhead.pdf（PDF 信笺）、logo.svg 或 logo.png。
docgen templates check 检查错误；docgen templates preview FORM --watch 随时查看修改效果。
""",
)
MADE = Words(
    "{folder}: fill in docgen.yaml, then try docgen templates list there",
    "{folder}：请填写 docgen.yaml，然后在该文件夹运行 docgen templates list",
)


@click.command("init")
@click.argument("name", metavar="COMPANY")
@language_option
def command(name: str) -> None:
    """Make the folder COMPANY: docgen.yaml with every setting explained, places for own forms and templates.

    It is written in the language of --language; nothing that is there already is touched.
    """
    language, folder = ui_language(), Path(name)
    if not name.strip():  # as of a variable that is not set; it would be the folder one is in
        raise UsageError(NO_NAME)
    for file in SETTINGS_FILES:
        if os.path.lexists(folder / file):
            raise UsageError(THERE.filled(file=folder / file))
    given = {"default_language": language, "set": "standard", "out": "out"}
    files = {
        Path(FORMS, "README.txt"): IN_FORMS[language].encode(),
        Path(TEMPLATES, "README.txt"): IN_TEMPLATES[language].encode(),
        # last, as it makes the folder a company's: what a stopped run left, the same command completes
        Path(SETTINGS_FILES[0]): starting_settings(load_definitions(), language, given).encode(),
    }
    new = {path: content for path, content in files.items() if not os.path.lexists(folder / path)}
    for written in publish(new, folder):
        click.echo(visible(str(written)))
    if above := find_settings(folder.absolute().parent):
        click.echo(visible(INSIDE.filled(folder=folder, above=above)[language]), err=True)
    click.echo(visible(MADE.filled(folder=folder)[language]), err=True)
