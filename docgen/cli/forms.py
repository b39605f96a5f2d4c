"""``docgen forms``: what there is to fill in, what each form requires and prints, and which rules check it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import click
from rich import box
from rich.table import Table
from rich.text import Text

from docgen.cli import terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.options import known
from docgen.definitions.definition import Definitions, Field, Form, Sheet
from docgen.definitions.rules import Rule
from docgen.model.problems import SEVERITIES, UiLanguage, Words
from docgen.office.report import paint
from docgen.office.run import definitions_near

NAME = Words("form or sheet", "表单或数据表")
UNITS = {
    "case": Words("one for each case", "每个案一份"),
    "closed": Words("one for each closed case", "每个已关闭的个案一份"),
    "months": Words("one for each month", "每月一份"),
    "interviews": Words("one for each talk", "每次面谈一份"),
}
ENTRIES = {
    "typed": Words("typed", "填写"),
    "optional": Words("optional", "可选"),
    "derived": Words("filled in", "自动填入"),
    "hand": Words("by hand", "手写"),
    "recorded": Words("recorded", "登记"),
}
FORMS, SHEETS = Words("Forms", "表单"), Words("Sheets", "数据表")
REQUIRED, PRINTED, RULES = Words("Required", "必填"), Words("Also printed", "另印"), Words("Rules", "规则")
KEPT = Words("Not printed, kept for later", "不打印，留待以后使用")
FIELD_HEADS = (Words("Field", "字段"), Words("Label", "名称"), Words("Entry", "填写方式"), Words("Help", "说明"))
REQUIRED_HEADS = (*FIELD_HEADS[:2], Words("Filled in", "填写"), Words("Only when", "仅当"))
BY_DOCGEN = Words("by docgen. {hint}", "自动填入。{hint}")
BY_DEFAULT = Words("by docgen: {value}, unless something else is typed", "自动填入：{value}（可改填）")
SOMETIMES = Words("sometimes, when: {source}", "部分情况，条件：{source}")
TITLE = Words("{name} ({code}): {title}, {unit}", "{name}（{code}）：{title}，{unit}")
LEAST = Words("at least {least}", "至少 {least} 行")
COMMA = Words(", ", "、")
RULE_HEADS = (Words("Rule", "规则"), Words("Severity", "级别"), Words("Says", "提示内容"))
MORE = Words("docgen forms NAME tells more of one.", "用 docgen forms 名称 查看详情。")


@click.command("forms")
@click.argument("name", required=False)
@language_option
def command(name: str | None) -> None:
    """List the forms and sheets; with NAME the fields and rules of one."""
    definitions, language = definitions_near(), ui_language()
    if name is None:
        click.echo(overview(definitions, language))
        return
    known([name], [*definitions.forms, *definitions.sheets], NAME)
    form = definitions.forms.get(name)
    click.echo(describe(form, definitions, language) if form else fields(definitions.sheets[name], language))


def overview(definitions: Definitions, language: UiLanguage) -> str:
    forms = [
        (form.name, form.code, form.title[language], UNITS[_unit(form)][language])
        for form in definitions.forms.values()
    ]
    sheets = [(sheet.name, sheet.label[language], str(len(sheet.fields))) for sheet in definitions.sheets.values()]
    return "\n".join((FORMS[language], table(forms), "", SHEETS[language], table(sheets), "", MORE[language]))


def _unit(form: Form) -> str:
    return form.made if form.made == "closed" and form.unit == "case" else form.unit


def describe(form: Form, definitions: Definitions, language: UiLanguage) -> str:
    """A form: its title, the fields it requires and prints, the rules that bear on it."""
    required = {(sheet, one.field): one.when for sheet, many in form.requires.items() for one in many}
    demanded = [
        (
            f"{sheet}.{name}",
            definitions.sheets[sheet].field(name).label[language],
            origin(definitions.sheets[sheet].field(name), definitions.sheets[sheet], language),
            condition(when.source, definitions, language) if when else "",
        )
        for (sheet, name), when in required.items()
    ]
    demanded += [
        (sheet, definitions.sheets[sheet].label[language], LEAST[language].format(least=least), "")
        for sheet, least in form.rows.items()
    ]
    printed, kept = (
        [
            (f"{sheet}.{name}", definitions.sheets[sheet].field(name).label[language])
            for sheet, names in of.items()
            for name in names
            if (sheet, name) not in required
        ]
        for of in (form.prints, form.keeps)
    )
    rules = [
        row for rule in definitions.rules if not rule.forms or form.name in rule.forms for row in said(rule, language)
    ]
    return "\n".join(
        (
            TITLE[language].format(
                name=form.name, code=form.code, title=form.title[language], unit=UNITS[_unit(form)][language]
            ),
            *("", REQUIRED[language], table(demanded, REQUIRED_HEADS, language)),
            *("", PRINTED[language], table(printed)),
            *(("", KEPT[language], table(kept)) if kept else ()),
            *("", RULES[language], table(rules, RULE_HEADS, language)),
        )
    )


def origin(field: Field, sheet: Sheet, language: UiLanguage) -> str:
    """Who fills a required field in: a person, or docgen, and from what."""
    if field.default is not None:
        codes = field.default if isinstance(field.default, list) else [field.default]
        labels = [field.choices.choices[code][language] if field.choices else str(code) for code in codes]
        return BY_DEFAULT[language].format(value=COMMA[language].join(labels))
    if field.entry == "recorded":
        return field.hint[language]
    if field.entry == "derived" and (field.derive is not None or sheet.derive):
        return BY_DOCGEN[language].format(hint=field.hint[language])
    return ENTRIES["typed"][language]


def condition(source: str, definitions: Definitions, language: UiLanguage) -> str:
    said = definitions.conditions.get(source)
    return said[language] if said else SOMETIMES[language].format(source=source)


def fields(sheet: Sheet, language: UiLanguage) -> str:
    rows = [
        (field.name, field.label[language], ENTRIES[field.entry][language], help(field, language))
        for field in sheet.printable.values()
    ]
    return f"{sheet.name}: {sheet.label[language]}\n{table(rows, FIELD_HEADS, language)}"


def help(field: Field, language: UiLanguage) -> str:
    codes = [f"{code} ({label[language]})" for code, label in field.choices.choices.items()] if field.choices else []
    return "\n".join(filter(None, (field.hint[language], ", ".join(codes))))


def said(rule: Rule, language: UiLanguage) -> Iterator[tuple[str, str, str]]:
    """A row for each thing that a rule may say; what it fills in shows as ``…``."""
    for wording in filter(None, (rule.wording, *rule.messages.values())):
        text = re.sub(r"{{.*?}}", "…", re.sub(r"{%.*?%}", "", wording.message.words[language], flags=re.DOTALL))
        yield rule.code, SEVERITIES[rule.severity][language], text


def table(rows: Sequence[Sequence[str]], heads: Sequence[Words] = (), language: UiLanguage = "en") -> str:
    made = Table(box=box.SIMPLE_HEAD if heads else None, show_header=bool(heads), show_edge=False, pad_edge=False)
    for index in range(max(map(len, rows), default=0)):
        made.add_column(heads[index][language] if heads else "", overflow="fold", no_wrap=index == 0)
    for row in rows:
        made.add_row(*map(Text, row))
    return paint(made, terminal.width(), terminal.has_colour())
