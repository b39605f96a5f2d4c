"""``docgen templates list``: which file each thing of a document comes from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.options import CasePath, json_option
from docgen.model.problems import UiLanguage, Words
from docgen.office.originals import Kind, Source, State, sources
from docgen.office.report import JSON_FORMAT
from docgen.office.run import HERE, definitions_near, office_near
from docgen.office.sheets import Column
from docgen.office.visible import visible

KINDS: dict[Kind, Words] = {
    "form": Words("form", "表单定义"),
    "template": Words("template", "模板"),
    "wording": Words("wording", "文字"),
    "theme": Words("theme", "外观"),
    "style": Words("style sheet", "样式表"),
    "word form": Words("own Word form", "自有 Word 表单"),
    "letterhead": Words("letterhead", "信笺"),
    "logo": Words("logo", "标志"),
    "picture": Words("picture", "图片"),
    "other": Words("other", "其他"),
}
STATES: dict[State, Words] = {
    "shipped": Words("as shipped", "内置"),
    "own": Words("own", "自有"),
    "copy": Words("own, copied", "自有（复制）"),
    "stale": Words(
        "own, but the shipped one has changed since it was copied: docgen templates diff {name}",
        "自有，但复制之后内置文件已有变化：docgen templates diff {name}",
    ),
    "unused": Words("read by nothing; rename it, or take it away{near}", "没有任何地方读取，请改名或移走{near}"),
}
OVER_KEYS = Words("own, over the shipped one key by key", "自有，逐项覆盖内置内容")
NEAR = Words("; did you mean {near}?", "，是否指 {near}？")
COLUMNS = (
    Column(Words("Kind", "种类")),
    Column(Words("Name", "名称"), in_one=True),
    Column(Words("Comes from", "来源")),
    Column(Words("File", "文件")),
)
TOTAL = Words(
    "{own} of {all} files are the company's own, from {folder}; the others are as shipped, template set {name}",
    "{all} 项中有 {own} 项来自公司文件夹 {folder}，其余为内置；模板集 {name}",
)
NOBODY = Words(
    "All as shipped; there is no docgen.yaml here or above (docgen init FOLDER makes one). Template set {name}",
    "全部为内置；此处及上级文件夹没有 docgen.yaml（可用 docgen init FOLDER 建立）。模板集 {name}",
)


@click.command("list")
@click.argument("folder", metavar="[FOLDER]", default=HERE, type=CasePath(path_type=Path))
@json_option
@language_option
def command(folder: Path, for_programs: bool) -> None:
    """List the forms, templates, wording and pictures that documents are made of, and which file each comes from.

    FOLDER is the company's, or any below it; by default the one you are in.
    """
    language, definitions = ui_language(), definitions_near(folder)
    office = office_near(folder, definitions)
    name = str(office.settings["set"])
    found = list(sources(office.company, office.settings, tuple(definitions.forms.values())))
    if for_programs:
        rows = [
            {"name": one.name, "kind": one.kind, "state": one.state, "file": str(one.path), "near": one.near or None}
            for one in found
        ]
        content = {"format": JSON_FORMAT, "set": name, "folder": str(office.company.folder or ""), "files": rows}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))
        return
    click.echo(terminal.table(COLUMNS, [row(one, language) for one in found], language))
    click.echo(visible(total(found, office.company.folder, name)[language]), err=True)


def row(source: Source, language: UiLanguage) -> Sequence[str]:
    """The cells of one source."""
    near = NEAR.filled(near=source.near) if source.near else Words("", "")
    said = STATES[source.state].filled(name=source.name, near=near)
    if source.state == "own" and source.adds:
        said = OVER_KEYS
    path = "" if source.state == "shipped" else visible(str(source.path))
    return KINDS[source.kind][language], visible(source.name), said[language], path


def total(found: Sequence[Source], folder: Path | None, name: str) -> Words:
    if folder is None:
        return NOBODY.filled(name=name)
    own = sum(one.state != "shipped" for one in found)
    return TOTAL.filled(own=own, all=len(found), folder=folder, name=name)
