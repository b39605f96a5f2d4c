"""What hangs on a value: it is changed, the case checked again, and what comes out otherwise hung on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from docgen.checking.checked import Checked
from docgen.checking.reporting import SETTINGS
from docgen.checking.validate import Checker
from docgen.definitions.definition import Field
from docgen.errors import DocgenError
from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp, context
from docgen.layout.render import renderer
from docgen.layout.sets import TemplateSet
from docgen.model.case import Code, Month, Quantity
from docgen.model.document import Document, lines
from docgen.model.identity import COUNTED
from docgen.model.life import Life
from docgen.model.problems import Path, Words
from docgen.model.record import Record
from docgen.office.origins import Given
from docgen.paper import Paper, papers

MORE = "※"
SHIFT = 40
"""Days: more than a month, since much is worked out by months."""
DECIDING = frozenset(("choice", "choices", "yes_no", "integer"))
"""Types whose values decide what is printed, besides being printed; which decimals do is found for one cell only."""
OTHER_CODES = 2
IN_CODE = frozenset(("jurisdiction", "letter_effect", "prevailing_language", "seal_required", "use_weights"))
SPOKEN = re.compile(r"settings\.(\w+)")
"""Settings that decide what is printed: by way of docgen itself, and those that templates speak of."""
Names = Mapping[str, Any]


@dataclass
class Effects:
    """Tries out changes of one case for one of its documents.

    ``base``: the names of the document as it is, ``document``: what it says.
    """

    checker: Checker
    kit: Kit
    record: Record
    forms: tuple[str, ...]
    today: date
    lives: Mapping[str, Life]
    paper: Paper
    stamp: Stamp
    mode: Mode
    base: Names
    _known: dict[tuple[Path, str], tuple[Paper, Names] | None] = field(default_factory=dict)
    _values: dict[Path, Any] = field(init=False)

    def __post_init__(self) -> None:
        self._values = _leaves(self.base)

    def of_values(self, given: Given, other: Any) -> tuple[Path, ...]:
        """The other names of the document that have another value, or none, where ``given`` is ``other``."""
        changed = self._changed(given, other)
        if changed is None:
            return ()
        values, own = _leaves(changed[1]), given.origin.path
        different = [path for path, value in self._values.items() if values.get(path) != value]
        return tuple(path for path in different if path[: len(own)] != own)

    def value_at(self, path: Path) -> Any:
        return self._values.get(path)

    def on_page(self, before: list[str], given: Given, other: Any) -> dict[int, str]:
        """The lines (by number in ``before``) that are said otherwise, or not at all, where ``given`` is ``other``,
        each with what is said instead."""
        changed = self._changed(given, other)
        document = self._said(*changed) if changed else None
        if document is None:
            return {}
        after = said(document)
        found: dict[int, str] = {}
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, _uncounted(before), _uncounted(after), False).get_opcodes():
            if tag != "equal":
                pairs = dict(zip(range(i1, i2), after[j1:j2], strict=True)) if i2 - i1 == j2 - j1 else {}
                found |= {line: pairs.get(line, "\n".join(after[j1:j2])) for line in range(i1, i2)}
        return found

    def before(self) -> list[str]:
        """The lines of the document as it is."""
        document = self._said(self.paper, self.base)
        assert document is not None
        return said(document)

    def _changed(self, given: Given, other: Any) -> tuple[Paper, Names] | None:
        mark = given.origin.path, repr(other)
        if mark not in self._known:
            self._known[mark] = self._tried(given, other)
        return self._known[mark]

    def _tried(self, given: Given, other: Any) -> tuple[Paper, Names] | None:
        record, settings = self.record, self.kit.settings
        if given.origin.path[0] == SETTINGS:
            settings = with_value(settings, given.typed, other)
        else:
            record = replace(record, data=with_value(record.data, given.typed, other))
        try:
            checked = self._checked(record, settings)
            found = [one for one in papers(checked, self.kit.definitions) if one.form.name == self.paper.form.name]
            paper = next(one for one in found if one.path == self.paper.path)
            stamp = replace(self.stamp, number=paper.number if self.stamp.number else "")
            form, row = paper.form, paper.row
            return paper, context(paper.case, form, row, settings, stamp, self.kit.definitions, self.mode)
        except (DocgenError, StopIteration, ArithmeticError, LookupError, TypeError, ValueError):
            return None  # such a case can't be: nothing is learned from it

    def _checked(self, record: Record, settings: Names) -> Checked:
        """Of a document without gaps, values are enough; a draft shows what the rules find missing."""
        if self.mode == "final":
            case = self.checker.complete(record, settings, self.today, self.lives)
            return Checked(case, self.forms, (), record)
        return self.checker.validate(record, settings, list(self.forms), self.today, self.lives)

    def _said(self, paper: Paper, names: Names) -> Document | None:
        try:
            return renderer(self.kit.templates, self.kit.definitions, "draft").render(
                paper.form.template, names, title="-", language=paper.case.language, landscape=paper.form.landscape
            )
        except DocgenError:
            return None


def said(document: Document) -> list[str]:
    """The lines of a document, as stretches.read_stretches has them."""
    blocks = (document.head or document.first_head) + document.body + document.foot
    return [line for line in lines(blocks) if line.strip()]


def _uncounted(texts: Iterable[str]) -> list[str]:
    return [COUNTED.sub("", text) for text in texts]


def others(given: Given) -> list[Any]:
    """Other values of the same kind, as somebody might type them; of a setting as values."""
    is_setting = given.origin.path[0] == SETTINGS
    found = _OTHERS.get(type(given.value), _nothing)(given.value, given.field)
    return found if is_setting else [_typed(one) for one in found]


def _more(value: Decimal) -> Decimal:
    """A tenth more: what is rounded shows it, and a figure below another mostly stays below it."""
    return value * Decimal("1.1") if value else Decimal(1)


def _other_codes(value: Code, of: Field) -> list[Any]:
    codes = [code for code in (of.choices.choices if of.choices else ()) if code != value]
    return [Code(code, value.list) for code in codes[:OTHER_CODES]]


def _other_list(value: list[Any], of: Field) -> list[Any]:
    if not value:
        return []
    first = _OTHERS.get(type(value[0]), _nothing)(value[0], of)
    return [[one, *value[1:]] for one in first[:1]]


def _nothing(value: Any, of: Field) -> list[Any]:
    return []


_OTHERS: dict[type, Callable[[Any, Field], list[Any]]] = {
    str: lambda value, of: [f"{value}9" if of.type == "id" else f"{value}{MORE}"],
    Code: _other_codes,
    bool: lambda value, of: [not value],
    int: lambda value, of: [value + 1],
    Decimal: lambda value, of: [_more(value)],
    Quantity: lambda value, of: [Quantity(_more(value.number), value.unit)],
    date: lambda value, of: [value + timedelta(days=SHIFT)],
    Month: lambda value, of: [Month(value.year + value.month // 12, value.month % 12 + 1)],
    Words: lambda value, of: [Words(value.en + MORE, value.zh + MORE)],
    list: _other_list,
}


def _typed(value: Any) -> Any:
    match value:
        case bool():
            return "yes" if value else "no"
        case Quantity():
            return f"{value.number} {value.unit}".strip()
        case list():
            return [_typed(one) for one in value]
        case _:
            return str(value)


def with_value(data: Any, path: Path, value: Any) -> Any:
    """``data`` with another value at ``path``; what is not changed is shared."""
    if not path:
        return value
    step = path[0]
    if isinstance(data, list | tuple):
        return [with_value(one, path[1:], value) if index == step else one for index, one in enumerate(data)]
    return {**data, step: with_value(data.get(step), path[1:], value)}


def _leaves(names: Names) -> dict[Path, Any]:
    """Every value by its first path; the settings are no names of the document's own."""
    found: dict[Path, Any] = {}
    seen: set[int] = set()

    def walk(value: Any, path: Path) -> None:
        kind = value.__class__
        if kind is dict:
            if id(value) not in seen:
                seen.add(id(value))
                for name, inner in value.items():
                    walk(inner, (*path, name))
        elif kind is list or kind is tuple:
            for index, inner in enumerate(value):
                walk(inner, (*path, index))
        else:
            found[path] = value

    for name, value in names.items():
        if name != SETTINGS:
            walk(value, (name,))
    return found


def deciding(all_given: Iterable[Given], paper: Paper, templates: TemplateSet) -> list[Given]:
    """Those of a kind that decides what is printed, and that the form of ``paper`` knows of."""
    names = IN_CODE | set(SPOKEN.findall("\n".join(_sources(paper.form.template, templates))))
    return [given for given in all_given if given.typed[-1] != "language" and _may_decide(given, paper, names)]


def _may_decide(given: Given, paper: Paper, settings: Collection[str]) -> bool:
    if given.origin.path[0] == SETTINGS:
        return isinstance(given.value, bool | Code | int) and given.typed[0] in settings
    prints = paper.form.prints.get(given.row.sheet, ()) if given.row else ()
    return given.field.type in DECIDING and given.field.name in prints


def _sources(template: str, templates: TemplateSet) -> Iterator[str]:
    for name in (template, "macros.html"):
        yield templates.file(name).read_text("utf-8")
    for sentences in templates.wording.values():
        yield from (sentence for sentence, _ in sentences.values())
