"""What the shape can't say: that every field, sheet, list and name a definition speaks of is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import NamedTuple

from docgen import sandbox
from docgen.definitions.building import Place
from docgen.definitions.definition import Definitions, Field, Form, Rule, Sheet
from docgen.definitions.fields import Fault, parse
from docgen.definitions.formula import Formula, Sentence
from docgen.definitions.naming import SIGNER
from docgen.definitions.rules import Names
from docgen.definitions.shape import did_you_mean
from docgen.model.problems import Position, Words
from docgen.resources import shipped


class Finding(NamedTuple):
    """One fault of a definition file, and where it stands."""

    place: Position
    text: Words


SHEETS = (
    *("case", "gaps", "evidence", "causes", "options", "checks", "targets", "milestones", "steps", "support"),
    *("reviews", "months", "indicators", "differences", "measures", "interviews", "actions"),
)
RECORDED = ("outcome", "closed_on", "extended_to")
"""What the ledger keeps of a case; checking/validate.py joins it with the case."""
# Names that an expression needs for something else, and those that a row (a mapping) answers itself.
RESERVED = frozenset(("case", "parent", "row", "rows", "settings", "today", "range", "index", "loop"))
FUNCTIONS = frozenset(sandbox.FUNCTIONS)
METHODS = frozenset(name for name in dir(dict) if not name.startswith("_"))
LISTED = frozenset(("choice", "choices"))
NO_SHEET_LEFT = Words("the sheet {name!r} is missing", "缺少表 {name!r}")
NO_SHEET = Words("{name!r} is no sheet{near}", "没有名为 {name!r} 的表{near}")
NO_PARENT = Words("the parent of {name!r} must be a sheet{near}", "{name!r} 的上级（parent）应为一个表{near}")
NOT_RECORDED = Words("{name!r} is nothing that is recorded of a case{near}", "{name!r} 不是个案登记的内容{near}")
OWN_MEANING = Words(
    "{name!r} has a meaning of its own in expressions; choose another name",
    "{name!r} 在表达式中另有含义；请另取名称",
)
NEEDS_LIST = Words(
    "{name!r}: choice and choices, and only they, need `list`, one of {known}",
    "{name!r}：choice 和 choices（也只有它们）须写 `list`，可用：{known}",
)
NEEDS_TO = Words(
    "{name!r}: ref, and only it, needs `to`, a sheet{near}", "{name!r}：ref（也只有它）须写 `to`，即一个表{near}"
)
NEEDS_COLUMNS = Words("{name!r}: table, and only it, needs `columns`", "{name!r}：table（也只有它）须写 `columns`")
NO_PATTERN = Words(
    "the pattern of {name!r} is no regular expression: {why}", "{name!r} 的 pattern 不是有效的正则表达式：{why}"
)
NO_DEFAULT = Words("the default of {name!r} is no {type} ({kind})", "{name!r} 的 default 不是有效的 {type}（{kind}）")
NO_EXAMPLE = Words(
    "the example of {name!r}, {text!r}, is no {type} ({kind})",
    "{name!r} 的 example“{text}”不是有效的 {type}（{kind}）",
)
CODE_TAKEN = Words(
    "the code {code!r} is that of {other!r} too; give each its own", "代码 {code!r} 已用于 {other!r}；请另取一个"
)
NO_OTHER_RULE = Words("{code!r} is no rule of other forms{near}", "{code!r} 不是其他表单的规则{near}")
NO_FORM = Words("{name!r} is no form{near}", "没有名为 {name!r} 的表单{near}")
NO_SIGNER = Words(
    "{name!r} is no signer{near}; a further one is added to the list signer of case.yaml, its words (signer.{name}) to "
    "the wording",
    "没有签署人 {name!r}{near}；如需增加，请在 case.yaml 的列表 signer 中加入，并在 wording 中写明 signer.{name}",
)
NO_FIELD = Words("{sheet} has no field {name!r}{near}", "{sheet} 没有字段 {name!r}{near}")
NO_DATE = Words(
    "{name!r} is no date; name the field that holds the printed date", "{name!r} 不是日期字段；请写打印日期所在的字段"
)
FIRST_LETTER = Words(
    "{code} must begin with the first letter of its severity, {severity}",
    "{code} 的首字母应与 severity（{severity}）一致",
)
EXPECT_OR_CHECK = Words("{code} needs either `expect` or `check`", "{code} 须写 `expect` 或 `check` 之一")
NO_MESSAGE = Words("{code} needs `message` and `fix`, or `messages`", "{code} 须写 `message` 和 `fix`，或 `messages`")
OF_RULE = Words("{code}: {said}", "{code}：{said}")
NO_PLACE = Words("{sheet} has no {name!r}{near}", "{sheet} 没有 {name!r}{near}")
SIMPLE = re.compile(r"[^{}]*(?:\{\{ ?[a-z_]+ ?\}\}[^{}]*)*")
PLACEHOLDER = re.compile(r"\{\{ ?([a-z_]+) ?\}\}")


def review(definitions: Definitions, places: Mapping[str, Place]) -> list[Finding]:
    """All that is wrong across the files; ``places`` tells where a path stands, by form or name of the file."""
    names = Names(definitions.sheets, definitions.settings)
    found = [*_sheets(definitions.sheets)]
    if found:
        return found
    for sheet in definitions.sheets.values():
        for part, fields in (("fields", sheet.fields), ("recorded", sheet.recorded)):
            for field in fields.values():
                where = _inside(places["case.yaml"], "sheets", sheet.name, part, field.name)
                found += _field(field, definitions, names, sheet.name, where)
    for field in definitions.settings.values():
        found += _field(field, definitions, names, "", _inside(places["settings.yaml"], "fields", field.name))
    for form in definitions.forms.values():
        found += _form(form, definitions, names, places[form.name])
    for rule in definitions.rules:
        found += _rule(rule, definitions, names)
    found += _workbook(definitions, places["case.yaml"])
    return [*dict.fromkeys(found)]


def _sheets(sheets: Mapping[str, Sheet]) -> Iterator[Finding]:
    first = next(iter(sheets.values()), None)
    for name in SHEETS:
        if name not in sheets:
            yield Finding(first.place if first else Position(""), NO_SHEET_LEFT.filled(name=name))
    for sheet in sheets.values():
        if sheet.name not in SHEETS:
            yield Finding(sheet.place, NO_SHEET.filled(name=sheet.name, near=did_you_mean(sheet.name, SHEETS)))
        if (sheet.name == "case") != (not sheet.parent) or (sheet.parent and sheet.parent not in sheets):
            near = did_you_mean(sheet.parent, sheets)
            yield Finding(sheet.place, NO_PARENT.filled(name=sheet.name, near=near))
        for field in sheet.recorded.values():
            if sheet.name != "case" or field.name in sheet.fields or field.name not in RECORDED:
                near = did_you_mean(field.name, RECORDED)
                yield Finding(field.place, NOT_RECORDED.filled(name=field.name, near=near))
        for name in (sheet.key, *sheet.names):
            if name and name not in sheet.fields:
                yield _no_field(sheet.place, name, sheet)


def _inside(place: Place, *path: str) -> Place:
    """Where something stands that lies at ``path``: in the company's file, where that changed it."""
    return lambda inside: place((*path, *inside))


def _field(field: Field, definitions: Definitions, names: Names, sheet: str, where: Place) -> Iterator[Finding]:
    place = field.place
    if field.name in RESERVED | FUNCTIONS | METHODS:
        yield Finding(place, OWN_MEANING.filled(name=field.name))
    if (field.type in LISTED) != (field.choices is not None):
        known = ", ".join(definitions.lists)
        yield Finding(place, NEEDS_LIST.filled(name=field.name, known=known))
        return
    if (field.type == "ref") != (field.to in definitions.sheets):
        yield Finding(place, NEEDS_TO.filled(name=field.name, near=did_you_mean(field.to, definitions.sheets)))
    if (field.type == "table") != bool(field.columns):
        yield Finding(place, NEEDS_COLUMNS.filled(name=field.name))
    try:
        re.compile(field.limits.pattern)
    except re.error as error:
        yield Finding(where(("limits", "pattern")), NO_PATTERN.filled(name=field.name, why=error))
        return
    if isinstance(field.default, Fault):
        yield Finding(where(("default",)), NO_DEFAULT.filled(name=field.name, type=field.type, kind=field.default.kind))
    for text in {field.example.en, field.example.zh} if field.example else ():
        if isinstance(fault := parse(field, text), Fault):
            said = NO_EXAMPLE.filled(name=field.name, text=text, type=field.type, kind=fault.kind)
            yield Finding(where(("example",)), said)
    yield from _formula(field.derive, place, names, sheet)
    for column in field.columns.values():
        yield from _field(column, definitions, names, sheet, _inside(where, "columns", column.name))


def _form(form: Form, definitions: Definitions, names: Names, place: Place) -> Iterator[Finding]:
    sheets = definitions.sheets
    for other in definitions.forms.values():
        if other.code == form.code and other is not form and (_is_own(form) or not _is_own(other)):
            yield Finding(place(("code",)), CODE_TAKEN.filled(code=form.code, other=other.name))
    yield from _formula(form.asked_when, form.place, names, "case")
    if form.dated and form.dated not in sheets[form.unit].printable:
        yield _no_field(place(("dated",)), form.dated, sheets[form.unit])
    elif form.dated and sheets[form.unit].printable[form.dated].type != "date":
        yield Finding(place(("dated",)), NO_DATE.filled(name=form.dated))
    signers = definitions.lists[SIGNER].choices if SIGNER in definitions.lists else {}
    for index, name in enumerate(form.signers):
        if name not in signers:
            yield Finding(place(("signers", index)), NO_SIGNER.filled(name=name, near=did_you_mean(name, signers)))
    codes = {rule.code for rule in definitions.rules if form.name not in rule.forms or len(rule.forms) > 1}
    for code in sorted(form.shares - codes):
        near = did_you_mean(code, sorted(codes))
        yield Finding(place(("shares",)), NO_OTHER_RULE.filled(code=code, near=near))
    parts = {"requires": form.requires, "prints": form.prints, "keeps": form.keeps, "rows": form.rows}
    for part, name in [(part, name) for part, sheets_named in parts.items() for name in sheets_named]:
        if name not in sheets:
            yield Finding(place((part, name)), NO_SHEET.filled(name=name, near=did_you_mean(name, sheets)))
    for part, named in (("prints", form.prints), ("keeps", form.keeps)):
        for sheet in [sheets[name] for name in named if name in sheets]:
            for index, field in enumerate(named[sheet.name]):
                if field not in sheet.printable:
                    yield _no_field(place((part, sheet.name, index)), field, sheet)
    for name, requirements in form.requires.items():
        for index, requirement in enumerate(requirements):
            if name in sheets and requirement.field not in sheets[name].printable:
                yield _no_field(place(("requires", name, index)), requirement.field, sheets[name])
            elif name in sheets:
                yield from _formula(requirement.when, form.place, names, name)


def _is_own(form: Form) -> bool:
    """Whether it doesn't ship, so that it is the one to be mended."""
    return FilePath(form.place.source).parent != shipped("forms")


def _workbook(definitions: Definitions, place: Place) -> Iterator[Finding]:
    plan, sheets = definitions.workbook, definitions.sheets
    for index, name in enumerate(plan.identity):
        if name not in sheets["case"].fields:
            yield _no_field(place(("workbook", "identity", index)), name, sheets["case"])
    for part, tabs in (("tabs", plan.tabs), ("blocks", plan.blocks)):
        for tab, index, name in ((one.name, *at) for one in tabs.values() for at in enumerate(one.sheets)):
            if name not in sheets:
                where = place(("workbook", part, tab, "sheets", index))
                yield Finding(where, NO_SHEET.filled(name=name, near=did_you_mean(name, sheets)))
    for form, fields in plan.afterwards.items():
        path = ("workbook", "afterwards", form)
        if form not in definitions.forms:
            yield Finding(place(path), NO_FORM.filled(name=form, near=did_you_mean(form, definitions.forms)))
        for sheet, name in fields:
            if sheet not in sheets:
                yield Finding(place((*path, sheet)), NO_SHEET.filled(name=sheet, near=did_you_mean(sheet, sheets)))
            elif name not in sheets[sheet].fields:
                yield _no_field(place((*path, sheet)), name, sheets[sheet])


def _rule(rule: Rule, definitions: Definitions, names: Names) -> Iterator[Finding]:
    place = rule.place
    if rule.severity[0].upper() != rule.code[0]:
        yield Finding(place, FIRST_LETTER.filled(code=rule.code, severity=rule.severity))
    if bool(rule.check) == (rule.expect is not None):
        yield Finding(place, EXPECT_OR_CHECK.filled(code=rule.code))
    if rule.wording is None and not rule.messages:
        yield Finding(place, NO_MESSAGE.filled(code=rule.code))
    for form in sorted(rule.forms):
        if form not in definitions.forms:
            near = did_you_mean(form, definitions.forms)
            yield _of_rule(rule, NO_FORM.filled(name=form, near=near))
    sheet = definitions.sheets.get(rule.each)
    if sheet is None:
        near = did_you_mean(rule.each, definitions.sheets)
        yield _of_rule(rule, NO_SHEET.filled(name=rule.each, near=near))
        return
    for name in (*rule.needs, *((rule.at,) if rule.at else ())):
        if not _known_place(name, sheet, definitions):
            near = did_you_mean(name, sheet.fields)
            yield _of_rule(rule, NO_PLACE.filled(sheet=sheet.name, name=name, near=near))
    yield from _formula(rule.when, place, names, rule.each)
    yield from _formula(rule.expect, place, names, rule.each)
    wordings = [*rule.messages.values(), *((rule.wording,) if rule.wording else ())]
    open_names = bool(rule.check or rule.messages)
    for sentence in (part for wording in wordings for part in (wording.message, wording.fix)):
        yield from _sentence(sentence, names, rule.each, open_names)


def _known_place(name: str, sheet: Sheet, definitions: Definitions) -> bool:
    sheets = definitions.sheets
    if name in sheet.printable or name in sheets:
        return True
    owner, _, field = name.partition(".")
    if owner == "settings":
        return field in definitions.settings
    owner = sheet.parent if owner == "parent" else owner
    return bool(field) and owner in sheets and field in sheets[owner].printable


def _formula(formula: Formula | None, place: Position, names: Names, sheet: str) -> Iterator[Finding]:
    if formula is not None:
        where = _place(formula.place, place)
        yield from (Finding(where, text) for text in names.faults(formula.source, sheet))


def _sentence(sentence: Sentence, names: Names, sheet: str, open_names: bool) -> Iterator[Finding]:
    where = _place(sentence.place, Position(""))
    for source in (sentence.words.en, sentence.words.zh):
        if SIMPLE.fullmatch(source) and (open_names or names.simple(PLACEHOLDER.findall(source), sheet)):
            continue
        yield from (Finding(where, text) for text in names.faults(source, sheet, template=True, open_names=open_names))


def _place(text: str, otherwise: Position) -> Position:
    source, _, line = text.rpartition(":")
    return Position(source, int(line), 1) if line.isdigit() else otherwise


def _no_field(place: Position, name: str, sheet: Sheet) -> Finding:
    near = did_you_mean(name, sheet.printable)
    return Finding(place, NO_FIELD.filled(sheet=sheet.name, name=name, near=near))


def _of_rule(rule: Rule, said: Words) -> Finding:
    return Finding(rule.place, OF_RULE.filled(code=rule.code, said=said))
