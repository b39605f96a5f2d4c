"""The file a person starts from: every field to fill in, with its label, hint and example as comments."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from docgen.checking.names import Derivations, derivations
from docgen.definitions.definition import Definitions, Field, Form, Rule, Sheet
from docgen.model.problems import Severity, UiLanguage, Words

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
OFFERED = frozenset(("typed", "optional", "derived"))
NUMBERED = frozenset(("id", "integer"))
"""Keys of these types are counted by docgen; any other key (a month) is for a person to choose."""
INDENT = "  "


@dataclass(frozen=True, slots=True)
class _Choice:
    """What goes into the file."""

    definitions: Definitions
    forms: tuple[Form, ...]
    language: UiLanguage
    with_optional: bool
    derived: Derivations

    def fields(self, sheet: Sheet) -> list[Field]:
        asked = {name for form in self.forms for name in self._asked(form, sheet)}
        return [field for name, field in sheet.fields.items() if name in asked]

    def may_be_empty(self, field: Field) -> bool:
        """Whether every form can do without a person typing this."""
        sheet = self.definitions.sheets.get(field.sheet)
        lacked = {name for form in self.forms for name in _never_derived(form, sheet)} if sheet else ()
        return field.entry != "typed" and field.name not in lacked

    def children(self, sheet: Sheet) -> list[Sheet]:
        return [self.definitions.sheets[name] for name in sheet.children if self.holds(self.definitions.sheets[name])]

    def holds(self, sheet: Sheet) -> bool:
        return bool(self.fields(sheet) or any(self.holds(self.definitions.sheets[name]) for name in sheet.children))

    def _asked(self, form: Form, sheet: Sheet) -> set[str]:
        """The fields that ``form`` asks a person for: what it needs, what its rules look at, what it prints beside.

        A sheet of which it only prints what there is, is typed for another form; the optional ones are offered.
        """
        own = sheet.name == form.unit
        required = {one.field for one in form.requires.get(sheet.name, ())}
        judged = {rule.at for rule in self.definitions.rules if _blocks(rule, form) and rule.each == sheet.name}
        before = {name for name, field in sheet.fields.items() if field.phase == "before"}
        printed = set(form.prints.get(sheet.name, ()))
        named = required | self._sources(form, sheet)
        if own or required or (sheet.single and judged and printed):  # of a single sheet there is always a row
            named |= printed | judged
        elif self.with_optional:
            named |= printed & before
        asked = {
            name
            for name, field in sheet.fields.items()
            if name in named and self._typed(field, own and name in required)
        }
        if asked:
            asked |= _never_derived(form, sheet) | self._missed(form, sheet)
        if own and sheet.key and sheet.fields[sheet.key].type not in NUMBERED:
            asked.add(sheet.key)
        return asked

    def _missed(self, form: Form, sheet: Sheet) -> set[str]:
        """The fields whose absence alone is a warning, and those missed once such a field is there."""
        missed: set[str] = set()
        for rule in self.definitions.rules:
            asks = rule.expect is not None and rule.expect.source == rule.at and rule.each == sheet.name
            concerned = not rule.forms or form.name in rule.forms
            if asks and concerned and (rule.when is None or rule.when.source in missed):
                missed.add(rule.at)
        return missed & sheet.fields.keys()

    def _typed(self, field: Field, before_the_talk: bool) -> bool:
        if self.with_optional:
            return field.entry in OFFERED
        return field.entry == "typed" and (field.phase != "end" or before_the_talk)

    def _sources(self, form: Form, sheet: Sheet) -> set[str]:
        """The fields of ``sheet`` that something required follows from, such as the case number."""
        found: set[str] = set()
        waiting = [(name, one.field) for name, requirements in form.requires.items() for one in requirements]
        for place in waiting:
            used = self.derived.get(place)
            if used is None:
                continue
            near = used.plain | used.attributes("row")
            follows = [(place[0], name) for name in near] + [("case", name) for name in used.attributes("case")]
            for holder, name in follows:
                known = name in self.definitions.sheets[holder].fields
                if known and (holder, name) not in waiting:
                    waiting.append((holder, name))
                    if holder == sheet.name:
                        found.add(name)
        return found


def _blocks(rule: Rule, form: Form) -> bool:
    return rule.severity is Severity.ERROR and (not rule.forms or form.name in rule.forms)


def _never_derived(form: Form, sheet: Sheet) -> set[str]:
    """What ``form`` requires in every row although nothing is ever filled in for it."""
    required = [sheet.fields[one.field] for one in form.requires.get(sheet.name, ()) if one.when is None]
    return {field.name for field in required if field.derive is None and field.default is None}


def starting_file(
    definitions: Definitions, forms: Collection[str], language: UiLanguage, with_optional: bool, file: str
) -> str:
    """The text of a YAML file with an empty field for all that ``forms`` ask a person to type.

    ``with_optional`` adds what may be typed; ``file`` is the name that the comments tell the reader to use.
    """
    choice = _Choice(
        definitions, tuple(definitions.forms[name] for name in forms), language, with_optional, derivations(definitions)
    )
    lines = [f"# {line}" for line in (*HEAD[language].splitlines(), NEXT[language].format(file=file))]
    for sheet in definitions.sheets.values():
        if sheet.parent in ("", "case") and choice.holds(sheet):
            lines += ["", *_sheet(sheet, choice, "")]
    return "\n".join(lines) + "\n"


def starting_settings(definitions: Definitions, language: UiLanguage) -> str:
    """The text of a ``docgen.yaml`` with every setting: a few to fill in, the others commented with defaults."""
    choice = _Choice(definitions, (), language, with_optional=True, derived={})
    lines = [f"# {line}" for line in SETTINGS_HEAD[language].splitlines()]
    for field in definitions.settings.values():
        block = list(_table(field, choice) if field.columns else _field(field, choice, ""))
        if field.name == LANGUAGE:
            block[-1] += f" {language}"
        elif field.name not in FIRST_SETTINGS and not field.columns:
            default = "" if field.default is None else f" {_plain(field.default)}"
            block = [*block[:-1], f"# {block[-1]}{default}"]
        lines += ["", *block]
    return "\n".join(lines) + "\n"


def _plain(default: object) -> str:
    return {True: "yes", False: "no"}.get(default, str(default)) if isinstance(default, bool) else str(default)


def _table(field: Field, choice: _Choice) -> Iterator[str]:
    """A table setting with one commented row as example."""
    yield from list(_field(replace(field, choices=None), choice, ""))[:-1]
    row = [
        f"{column.name}: {column.example[choice.language] if column.example else ''}"
        for column in field.columns.values()
    ]
    yield f"# {field.name}:"
    if field.key:
        named = choice.definitions.sheets["case"].fields.get(field.key, field)
        yield f"#   {(named.example or field.label)[choice.language]}:"
        yield from (f"#     {line}" for line in row)
    else:
        yield f"#   - {row[0]}"
        yield from (f"#     {line}" for line in row[1:])


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
