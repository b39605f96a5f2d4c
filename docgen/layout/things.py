"""What templates and sentences speak of, as far as the definitions tell: rows, their fields, texts that are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from docgen.definitions.definition import Definitions, Field, Form
from docgen.definitions.rules import COMPUTED
from docgen.layout.blanks import BY_HAND
from docgen.layout.context import Stamp, context
from docgen.model.case import Case


@dataclass(eq=False, slots=True)
class Row:
    """A thing with named parts; each part is a thing itself, or None where nothing is known of it."""

    title: str
    names: dict[str, Thing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Many:
    """A list of things of one kind."""

    item: Thing


@dataclass(frozen=True, slots=True)
class Items:
    """A tuple, of which each part is known."""

    items: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """One of these texts. ``open``: a text that begins like one of them; ``maybe``: not all of them need come up.

    Without any: nothing at all.
    """

    texts: frozenset[str]
    open: bool = False
    maybe: bool = False


@dataclass(eq=False, slots=True)
class Callable:
    """What can be called: a macro of a template, or ``say``; ``made`` is the walk's own."""

    name: str
    made: Any = None


Thing = Row | Many | Items | Texts | Callable | None
NOTHING = Texts(frozenset())
SAY = Callable("say")
LOOP_NAMES = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "depth", "depth0",
              "previtem", "nextitem", "changed")  # fmt: skip
LOOP = Row("loop", dict.fromkeys(LOOP_NAMES))

LAST = ("month", "absent", "indicators", "differences", "measures")
RESULTS = ("target_id", "name", "unit", "direction", "target_value", "actual", "rate", "status", "month_target",
           "missing")  # fmt: skip
BEFORE = ("date", "interviewer", "support_promised", "practice_to_keep", "actions")
AGREED = ("what", "owner", "due", "status")
NOTICE = ("revision", "date", "reason", "changed", "withdrawn")
SIGNER = ("role", "name", "seal")
PACK = ("settings", "draft", "blank", "confidentiality", "by", "group", "made_on", "people", "documents", "part",
        "parts", "pages_in_all", "sheets_in_all", "duplex")  # fmt: skip
PACK_ROW = ("name", "employee_no", "title", "time", "number", "revision", "pages", "copies", "sheets")
"""What the list on top of a pack speaks of; see office/pack_cover.py."""
RENDERED = ("language", "first", "second", "landscape", "drawings")
"""What every template is given besides; see Renderer.render."""


def merge(one: Thing, other: Thing) -> Thing:
    """What is known of a thing that is either of the two."""
    if one == other or other == NOTHING:
        return one
    match one, other:
        case Texts(texts) as first, _ if not texts and not first.open:
            return other
        case Many(item), Many(another):
            return Many(merge(item, another))
        case Texts(texts, was_open, maybe), Texts(others, is_open, perhaps) if was_open == is_open:
            return Texts(texts | others, was_open, maybe or perhaps)
        case Items(items), Items(others) if len(items) == len(others):
            return Items(tuple(map(merge, items, others)))
        case _:
            return None


def merged(things: Iterable[Thing]) -> Thing:
    found: Thing = NOTHING
    for thing in things:
        found = merge(found, thing)
    return found


def item_of(thing: Thing) -> Thing:
    """What a loop over ``thing`` yields."""
    match thing:
        case Many(item):
            return item
        case Items(items):
            return merged(items)
        case Texts(texts, is_open, _):
            return None if is_open else Texts(frozenset(letter for text in texts for letter in text))
        case _:
            return None


class Vocabulary:
    """The names of a set's templates, by form."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.rows: dict[str, Row] = {}
        for sheet in definitions.sheets.values():
            self.rows[sheet.name] = Row(sheet.name)
        for sheet in definitions.sheets.values():
            names = self.rows[sheet.name].names
            names |= {name: _of(one) for name, one in sheet.printable.items()}
            names |= {f"{name}_name": None for name, one in sheet.fields.items() if one.type == "ref"}
            names |= {child: self.of_sheet(child) for child in sheet.children}
            names |= dict.fromkeys((*COMPUTED.get(sheet.name, ()), "index", BY_HAND))
        self._computed()
        self.settings = Row("settings", {name: _of(one) for name, one in definitions.settings.items()})

    def of_sheet(self, name: str) -> Thing:
        row = self.rows[name]
        return row if self.definitions.sheets[name].single else Many(row)

    def _computed(self) -> None:
        result = Many(Row("result", dict.fromkeys(RESULTS)))
        last = Row("last", dict.fromkeys(LAST))
        last.names |= {name: self.of_sheet(name) for name in LAST if name in self.rows}
        before = Row("before", dict.fromkeys(BEFORE) | {"actions": Many(Row("action", dict.fromkeys(AGREED)))})
        self.rows["case"].names["results"] = result
        self.rows["months"].names["last"] = last
        self.rows["interviews"].names |= {
            "last": last,
            "results": result,
            "agenda": self.of_sheet("measures"),
            "before": before,
        }

    def of_form(self, form: Form) -> dict[str, Thing]:
        """The names of the template of ``form``; those that ``context`` gives it."""
        sheets = self.definitions.sheets
        hollow: dict[str, Any] = {
            name: _Hollow() if one.single else [] for name, one in sheets.items() if one.parent in ("", "case")
        }
        hollow["case"] = _Hollow()
        stamp = Stamp("", 1, None)
        given = context(Case("", hollow), form, _Hollow(), _Hollow(), stamp, self.definitions, "final")
        found: dict[str, Thing] = dict.fromkeys((*given, *RENDERED))
        found |= {name: self.of_sheet(name) for name in found if name in sheets}
        signer = dict.fromkeys(SIGNER) | {"key": Texts(frozenset((*form.signers, "company", "department_head")))}
        interview = self.rows["interviews"].names
        figure = Row("figure", self.rows["indicators"].names | dict.fromkeys(RESULTS))
        known: dict[str, Thing] = {
            "case": self.rows["case"],
            "settings": self.settings,
            "revision_notice": Row("revision_notice", dict.fromkeys(NOTICE)),
            "signers": Many(Row("signer", signer)),
            "month": self.rows["months"],
            "previous": self.rows["months"].names["last"],
            "due_support": self.of_sheet("support"),
            "interview": self.rows["interviews"],
            "agenda": interview["agenda"],
            "before": interview["before"],
            "figures": Many(figure),
            "first": Texts(frozenset(("en", "zh"))),
        }
        return {name: known.get(name, thing) for name, thing in found.items()}

    def of_pack(self) -> dict[str, Thing]:
        """The names of the list on top of a pack."""
        found: dict[str, Thing] = dict.fromkeys((*PACK, *RENDERED))
        return found | {"settings": self.settings, "rows": Many(Row("row", dict.fromkeys(PACK_ROW)))}

    def of_all(self) -> dict[str, Thing]:
        """The names of any template, where it isn't known whose a macro is."""
        found = self.of_pack()
        for form in self.definitions.forms.values():
            found |= self.of_form(form)
        return found


class _Hollow(dict[str, Any]):
    """A row with nothing in it."""

    def __missing__(self, name: str) -> None:
        return None


def _of(one: Field) -> Thing:
    if one.choices is not None:
        codes = Texts(frozenset(one.choices.choices), maybe=True)  # a template may have asked which it is
        return Many(codes) if one.type == "choices" else codes
    if one.columns and not one.key:
        return Many(Row(one.name, {name: _of(column) for name, column in one.columns.items()}))
    return None
