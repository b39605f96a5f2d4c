"""The file a person starts from: every field to fill in, with its label, hint and example as comments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from docgen.checking.asked import Asked, asked
from docgen.definitions.definition import Definitions, Field, Sheet
from docgen.model.problems import UiLanguage, Words

HEAD = Words(
    "A case for docgen. Type after each colon; leave empty what does not apply.\n"
    "A block that begins with - stands for one row: copy it to add another, delete it if there is none.\n"
    "Settings of the office (company, departments, policy) belong in docgen.yaml beside this file.",
    "docgen 个案文件。请在每个冒号后填写；不适用的留空。\n"
    "以 - 开头的一段为一行：需要多行时复制该段，没有则删除。\n"
    "公司、部门、制度等办公室设置写在同一文件夹的 docgen.yaml 中。",
)
NEXT = Words(
    "Then: docgen check {file}, and docgen generate {file}",
    "然后运行：docgen check {file}，再运行 docgen generate {file}",
)
SETTINGS_HEAD = Words(
    "Settings of the office for docgen; they hold for the cases in this folder and below it.\n"
    "A line that begins with # is off: take the # away to set it. A text may be given in both languages: "
    "{en: …, zh: …}",
    "docgen 公司设置，对本文件夹及其下级文件夹中的个案生效。\n"
    "以 # 开头的行不生效，去掉 # 后填写即可。文字可分别给出两种语言：{en: …, zh: …}",
)
FIRST_SETTINGS = frozenset(("company_name", "company_representative", "policy_name", "policy_ref", "objection_contact"))
LANGUAGE = "default_language"
EXAMPLE = Words("Example: {example}", "例：{example}")
OPTIONAL = Words("(optional)", "（可不填）")
COMMENTED = Words("# {label}{mark}: {hint} {example}", "# {label}{mark}：{hint}{example}")
INDENT = "  "


def starting_file(
    definitions: Definitions, forms: Collection[str], language: UiLanguage, with_optional: bool, file: str
) -> str:
    """The text of a YAML file with an empty field for all that ``forms`` ask a person to type.

    ``with_optional`` adds what may be typed; ``file`` is the name that the comments tell the reader to use.
    """
    choice = asked(definitions, forms, with_optional)
    lines = [f"# {line}" for line in (*HEAD[language].splitlines(), NEXT[language].format(file=file))]
    for sheet in definitions.sheets.values():
        if sheet.parent in ("", "case") and choice.holds(sheet):
            lines += ["", *_sheet(sheet, choice, language, "")]
    return "\n".join(lines) + "\n"


def starting_settings(
    definitions: Definitions, language: UiLanguage, given: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The text of a ``docgen.yaml`` with every setting: a few to fill in, the others commented with defaults.

    ``given``: values to begin with; the language of documents is that of the file, unless it is among them.
    """
    given = {LANGUAGE: language, **given}
    choice = Asked(definitions, ())
    lines = [f"# {line}" for line in SETTINGS_HEAD[language].splitlines()]
    for field in definitions.settings.values():
        block = list(_table(field, choice, language) if field.columns else _field(field, choice, language, ""))
        if field.name in given:
            block[-1] += f" {given[field.name]}"
        elif field.name not in FIRST_SETTINGS and not field.columns:
            default = "" if field.default is None else f" {_plain(field.default)}"
            block = [*block[:-1], f"# {block[-1]}{default}"]
        lines += ["", *block]
    return "\n".join(lines) + "\n"


def _plain(default: object) -> str:
    return {True: "yes", False: "no"}.get(default, str(default)) if isinstance(default, bool) else str(default)


def _table(field: Field, choice: Asked, language: UiLanguage) -> Iterator[str]:
    """A table setting with one commented row as example."""
    yield from list(_field(replace(field, choices=None), choice, language, ""))[:-1]
    row = [f"{column.name}: {column.example[language] if column.example else ''}" for column in field.columns.values()]
    yield f"# {field.name}:"
    if field.key:
        named = choice.definitions.sheets["case"].fields.get(field.key, field)
        yield f"#   {(named.example or field.label)[language]}:"
        yield from (f"#     {line}" for line in row)
    else:
        yield f"#   - {row[0]}"
        yield from (f"#     {line}" for line in row[1:])


def _sheet(sheet: Sheet, choice: Asked, language: UiLanguage, indent: str) -> Iterator[str]:
    yield f"{indent}# ── {sheet.label[language]} ──"
    yield f"{indent}{sheet.name}:"
    inner = indent + INDENT
    body = [line for field in choice.fields(sheet) for line in _field(field, choice, language, inner)]
    if sheet.parent:  # the children of the case are its siblings
        body += [line for child in choice.children(sheet) for line in _sheet(child, choice, language, inner)]
    yield from body if sheet.single or not sheet.parent else _row(body, inner)


def _row(body: list[str], indent: str) -> Iterator[str]:
    """The lines of one row: shifted to the right of a dash, which stands at the first line that is no comment."""
    dashed = False
    for line in body:
        if dashed or line.lstrip().startswith("#"):
            yield INDENT + line
        else:
            dashed = True
            yield f"{indent}- {line.lstrip()}"


def _field(field: Field, choice: Asked, language: UiLanguage, indent: str) -> Iterator[str]:
    example = field.example[language] if field.example else ""
    shown = "" if field.type == "list" else EXAMPLE[language].format(example=example) if example else ""
    mark = {"en": " ", "zh": ""}[language] + OPTIONAL[language] if choice.may_be_empty(field) else ""
    comment = COMMENTED[language].format(
        label=field.label[language], mark=mark, hint=" ".join(field.hint[language].split()), example=shown
    )
    yield indent + comment.rstrip()
    if field.choices:
        codes = "; ".join(f"{code} = {label[language]}" for code, label in field.choices.choices.items())
        yield f"{indent}#   {codes}"
    yield f"{indent}{field.name}:"
    if field.type == "list" and example:
        yield f"{indent}#  - {example}"
