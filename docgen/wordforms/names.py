"""The names that a Word form may use: keys and labels in both languages, and what lies below each.

A field is called by its key (``employee_name``) or its label in either language, written as one word: letters, digits
and ``_`` (``姓名``, ``Employee_name`` in small letters). Where two of one row would be called alike, the key counts
first, then the field that stands earlier in the definitions. Of the form's own unit the label of the sheet means the
row at hand: ``{{ 面谈.日期 }}`` in notes; all of them are still called by the key (``interviews``). The fields of the
row at hand and of the case may be called without it: ``{{ 姓名 }}``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from docgen.definitions.definition import ChoiceList, Definitions, Field, Form
from docgen.definitions.rules import COMPUTED, OF_TARGET
from docgen.model.problems import Words

Shape = Literal["value", "row", "rows", "list", "anything"]
NOBODYS = Words("", "")


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What a name stands for: a value, a row, rows, or something whose insides are not looked at.

    ``below``: of a row or of rows, by key; ``spelled``: other spellings of these keys. ``sources``: the fields
    (sheet, field) that are printed with it. ``type`` and ``choices``: what a value can be, as of a field. ``held``:
    what each of a list is.
    """

    shape: Shape
    label: Words = NOBODYS
    below: Mapping[str, Known] = field(default_factory=dict)
    spelled: Mapping[str, str] = field(default_factory=dict)
    sources: frozenset[tuple[str, str]] = frozenset()
    type: str = ""
    choices: ChoiceList | None = None
    held: Known | None = None

    @property
    def each(self) -> Known | None:
        """What each of rows, or of a list, is; None of anything else."""
        if self.shape == "rows":
            return Known("row", self.label, self.below, self.spelled)
        return self.held

    def find(self, name: str) -> Known | None:
        return self.below.get(self.spelled.get(name, name))


VALUE, ANYTHING, NUMBER = Known("value"), Known("anything"), Known("value", type="decimal")
PRINTED_WITH: Mapping[str, frozenset[tuple[str, str]]] = {
    "number": frozenset({("case", "case_id"), ("interviews", "interview_no"), ("months", "month")}),
    "times": frozenset({("interviews", "start"), ("interviews", "end")}),
    "figures_month": frozenset({("months", "month")}),
}
"""What of the record stands in what docgen makes of it."""
CONTEXT = {
    "number": Words("document_number", "文档编号"),
    "revision": Words("revision_number", "版次"),
    "issued": Words("issued_on", "签发日期"),
    "paper_id": Words("paper", "纸号"),
    "revision_notice": Words("notice", "修订说明"),
    "settings": Words("office", "设置"),
    "signers": Words("signatures", "签字人"),
    "objection_contact": Words("objections_to", "异议受理人"),
    "weighted": Words("with_weights", "使用权重"),
    "draft": Words("is_draft", "草稿"),
    "blank": Words("is_blank", "空白表"),
    "coded": Words("has_code", "有二维码"),
    "language": Words("document_language", "语言"),
    "due_support": Words("support_due", "到期支持"),
    "previous": Words("last_month", "上月"),
    "agenda": Words("open_measures", "结转措施"),
    "before": Words("last_talk", "上次面谈"),
    "figures": Words("results", "指标结果"),
    "figures_month": Words("results_of", "结果月份"),
    "total_rate": Words("overall_rate", "总完成率"),
    "held": Words("was_held", "已面谈"),
    "declining": Words("results_decline", "持续下滑"),
    "times": Words("from_to", "起止时间"),
}
"""What is known of the document at hand, beside the case: the name of layout/context.py, and how else it is called."""
TYPES = {
    **dict.fromkeys(("number", "paper_id"), "id"),
    **dict.fromkeys(("weighted", "draft", "blank", "coded", "held", "declining"), "yes_no"),
    "revision": "integer",
    "issued": "date",
    "figures_month": "month",
}
"""Of which type these are; of others nothing is said."""
OWN_ROW = {"months": "month", "interviews": "interview"}
"""What the row at hand is called, by the unit of the form."""
SIGNER = {"name": Words("name", "姓名"), "role": Words("role", "角色"), "seal": Words("seal", "盖章"), "key": NOBODYS}


def word(label: str) -> str:
    """A label as one word that a tag can hold."""
    plain = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", label)).strip("_").lower()
    return f"_{plain}" if plain[:1].isdigit() else plain


def spellings(labels: Mapping[str, Words], taken: Mapping[str, Any]) -> dict[str, str]:
    """Other spellings → keys; a spelling that is a key, or that an earlier one has, is left out."""
    found: dict[str, str] = {}
    for key, label in labels.items():
        for text in (label.zh, label.en):
            if (spelled := word(text)) and spelled not in taken:
                found.setdefault(spelled, key)
    return found


def row(below: Mapping[str, Known], label: Words = NOBODYS, shape: Shape = "row") -> Known:
    """A row, or rows, of what is known below."""
    return Known(shape, label, below, spellings({key: one.label for key, one in below.items()}, below))


def names_of(form: Form, definitions: Definitions) -> Known:
    """All that a Word form in place of ``form`` may speak of; worked out once a process."""
    return _names(form.name, definitions)


@lru_cache(maxsize=64)
def _names(name: str, definitions: Definitions) -> Known:
    form = definitions.forms[name]
    sheets = {name: _sheet(name, definitions) for name in definitions.sheets}
    beside = {name: sheets[name] for name, of in definitions.sheets.items() if of.parent in ("", "case")}
    settings = {key: _value(of) for key, of in definitions.settings.items()}
    names: dict[str, Known] = {
        **beside,
        **{key: _of_document(key) for key in CONTEXT},
        "settings": row(settings, CONTEXT["settings"]),
        "language": Known("value", CONTEXT["language"], type="choice", choices=definitions.lists["language"]),
        "revision_notice": Known("anything", CONTEXT["revision_notice"]),
        "signers": row({key: Known("value", of) for key, of in SIGNER.items()}, CONTEXT["signers"], "rows"),
        "first": VALUE,
        "second": VALUE,
    }
    for key in ("due_support", "previous", "agenda", "before", "figures", "figures_month", "total_rate", "held"):
        del names[key]
    del names["declining"], names["times"]
    names |= _of_unit(form, definitions, sheets)
    own = names.get(OWN_ROW.get(form.unit, ""))
    labels = {key: one.label for key, one in names.items() if key != form.unit}
    return Known("row", NOBODYS, names | _alone(names, own), spellings(labels, names))


def _of_unit(form: Form, definitions: Definitions, sheets: Mapping[str, Known]) -> dict[str, Known]:
    """What stands in the names of layout/context.py for a month or a talk alone."""
    support = Known("rows", CONTEXT["due_support"], sheets["support"].below, sheets["support"].spelled)
    if form.unit == "months":
        previous = _again(sheets["months"], CONTEXT["previous"])
        return {"month": _again(sheets["months"], sheets["months"].label), "previous": previous, "due_support": support}
    if form.unit != "interviews":
        return {"total_rate": _of_document("total_rate")}
    talks = sheets["interviews"].below
    figures = {**talks["results"].below, "month_target": sheets["months"].below["indicators"].below["month_target"]}
    figures = {**sheets["months"].below["indicators"].below, **figures}
    for key, field_name in (
        ("month_target", "target_value"),
        ("weight", "weight"),
    ):  # in final talks that of the target
        sources = figures[key].sources | {("targets", field_name)}
        figures[key] = replace(figures[key], sources=sources)
    values = {key: _of_document(key) for key in ("figures_month", "total_rate", "held", "declining", "times")}
    return {
        "interview": _again(sheets["interviews"], sheets["interviews"].label),
        "agenda": Known("rows", CONTEXT["agenda"], talks["agenda"].below, talks["agenda"].spelled),
        "before": Known("row", CONTEXT["before"], talks["before"].below, talks["before"].spelled),
        "figures": row(figures, CONTEXT["figures"], "rows"),
        "due_support": support,
        **values,
    }


def _of_document(key: str) -> Known:
    return Known("value", CONTEXT[key], sources=PRINTED_WITH.get(key, frozenset()), type=TYPES.get(key, ""))


def _again(rows: Known, label: Words) -> Known:
    """One of the rows."""
    return Known("row", label, rows.below, rows.spelled)


def _alone(names: Mapping[str, Known], own: Known | None) -> dict[str, Known]:
    """The fields of the row at hand, then those of the case, that may be called without their row."""
    found: dict[str, Known] = {}
    taken = names.keys() | spellings({key: one.label for key, one in names.items()}, names).keys()
    for of in filter(None, (own, names["case"])):
        for key, known in of.below.items():
            others = [spelled for spelled, of_key in of.spelled.items() if of_key == key]
            for name in (key, *others):
                if name not in taken:
                    found.setdefault(name, known)
    return found


def _sheet(name: str, definitions: Definitions) -> Known:
    """The rows of a sheet with what lies in them."""
    sheet = definitions.sheets[name]
    below = {key: _value(of, name) for key, of in sheet.printable.items()}
    for key, of in sheet.fields.items():
        if of.type == "ref":
            below[f"{key}_name"] = VALUE
    for child in sheet.children:
        if name != "case":
            below[child] = _sheet(child, definitions)
    extras = {key: VALUE for key in (*COMPUTED.get(name, ()), "index")}
    if name == "indicators":
        of_targets = definitions.sheets["targets"].fields
        extras |= {key: _value(of_targets[key], "targets") for key in OF_TARGET}
        extras["reckoned"] = ANYTHING
    if name == "case":
        extras |= {"life": ANYTHING, "results": _results(definitions)}
    if name == "targets":
        extras["smart"] = ANYTHING
    if name == "months":
        extras["last"] = _last(below)
    if name == "interviews":
        months = _sheet("months", definitions).below
        measures = months["measures"]
        actions = row({**below["actions"].below, "status": measures.below["status"]}, below["actions"].label, "rows")
        before = {key: below[key] for key in ("date", "interviewer", "support_promised", "practice_to_keep")}
        extras |= {
            "last": _last(months),
            "agenda": measures,
            "results": _results(definitions),
            "before": row({**before, "actions": actions}),
        }
    return row({**extras, **below}, sheet.label, "row" if sheet.single else "rows")


def _results(definitions: Definitions) -> Known:
    """What each target came to."""
    targets, indicators = (_sheet(name, definitions).below for name in ("targets", "indicators"))
    results = {key: targets[key] for key in ("target_id", "name", "unit", "direction", "target_value")}
    results |= {key: indicators[key] for key in ("actual", "rate", "status")}
    return row({**results, "missing": VALUE}, shape="rows")


def _last(month: Mapping[str, Known]) -> Known:
    kept = ("month", "absent", "indicators", "differences", "measures")
    return row({key: month[key] for key in kept})


def _value(of: Field, sheet: str = "") -> Known:
    """What a field holds; of a ``sheet``, that it prints it."""
    sources = frozenset({(sheet, of.name)}) if sheet else frozenset()
    shape: Shape = "anything" if of.type == "table" else "value"
    return Known(shape, of.label, sources=sources, type=of.type, choices=of.choices)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is listed for people: how it is written in either language, and what it is."""

    english: str
    chinese: str
    label: Words


def listed(form: Form, definitions: Definitions) -> Iterator[Name]:
    """Every name that a Word form in place of ``form`` may use, with those below it, for ``docgen templates names``."""
    names = names_of(form, definitions)
    own = OWN_ROW.get(form.unit)
    top = {*definitions.sheets, *CONTEXT, own}
    for key, known in names.below.items():
        if key in top:
            yield from _listed(known, key, _chinese(names, key))


def _chinese(known: Known, key: str) -> str:
    return next((spelled for spelled, of in known.spelled.items() if of == key and not spelled.isascii()), key)


def _listed(known: Known, english: str, chinese: str) -> Iterator[Name]:
    yield Name(english, chinese, known.label)
    if known.shape in ("row", "rows"):
        more = "[]" if known.shape == "rows" else ""
        for key, one in known.below.items():
            yield from _listed(one, f"{english}{more}.{key}", f"{chinese}{more}.{_chinese(known, key)}")
