"""The file a person starts from: every field to fill in, with its label, hint and example as comments."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from docgen.definitions.definition import Definitions, Field, Form, Sheet
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
EXAMPLE = Words("Example: {example}", "例：{example}")
OPTIONAL = Words("(optional)", "（可不填）")
COMMENTED = Words("# {label}{mark}: {hint} {example}", "# {label}{mark}：{hint}{example}")
ENTRIES: dict[bool, Collection[str]] = {False: ("typed",), True: ("typed", "optional", "derived")}
INDENT = "  "


@dataclass(frozen=True, slots=True)
class _Choice:
    """What goes into the file."""

    definitions: Definitions
    forms: tuple[Form, ...]
    language: UiLanguage
    with_optional: bool

    def fields(self, sheet: Sheet) -> list[Field]:
        named = {name for form in self.forms for name in form.prints.get(sheet.name, ())}
        named |= {one.field for form in self.forms for one in form.requires.get(sheet.name, ())}
        return [field for name, field in sheet.fields.items() if name in named and self._asked(field)]

    def children(self, sheet: Sheet) -> list[Sheet]:
        return [self.definitions.sheets[name] for name in sheet.children if self.holds(self.definitions.sheets[name])]

    def holds(self, sheet: Sheet) -> bool:
        return bool(self.fields(sheet) or any(self.holds(self.definitions.sheets[name]) for name in sheet.children))

    def _asked(self, field: Field) -> bool:
        return field.entry in ENTRIES[self.with_optional] and (self.with_optional or field.phase != "end")


def starting_file(
    definitions: Definitions, forms: Collection[str], language: UiLanguage, with_optional: bool, file: str
) -> str:
    """The text of a YAML file with an empty field for all that ``forms`` ask a person to type.

    ``with_optional`` adds what may be typed; ``file`` is the name that the comments tell the reader to use.
    """
    choice = _Choice(definitions, tuple(definitions.forms[name] for name in forms), language, with_optional)
    lines = [f"# {line}" for line in (*HEAD[language].splitlines(), NEXT[language].format(file=file))]
    for sheet in definitions.sheets.values():
        if sheet.parent in ("", "case") and choice.holds(sheet):
            lines += ["", *_sheet(sheet, choice, "")]
    return "\n".join(lines) + "\n"


def _sheet(sheet: Sheet, choice: _Choice, indent: str) -> Iterator[str]:
    yield f"{indent}# ── {sheet.label[choice.language]} ──"
    yield f"{indent}{sheet.name}:"
    inner = indent + INDENT
    body = [line for field in choice.fields(sheet) for line in _field(field, choice, inner)]
    if sheet.parent:  # the children of the case are its siblings
        body += [line for child in choice.children(sheet) for line in _sheet(child, choice, inner)]
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


def _field(field: Field, choice: _Choice, indent: str) -> Iterator[str]:
    language = choice.language
    example = field.example[language] if field.example else ""
    shown = "" if field.type == "list" else EXAMPLE[language].format(example=example) if example else ""
    mark = "" if field.entry == "typed" else {"en": " ", "zh": ""}[language] + OPTIONAL[language]
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
