"""Plain data of the definition files, right in shape, become fields, sheets, forms and rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from docgen.definitions.definition import (
    ChoiceList,
    Field,
    Form,
    Limits,
    Requirement,
    Rule,
    Sheet,
    Wording,
)
from docgen.definitions.fields import ReadAs, choice_key, parse
from docgen.definitions.formula import Formula, Labels, Sentence
from docgen.definitions.tabs import Plan, Tab
from docgen.model.problems import Path, Position, Severity, Words

Place = Callable[[Path], Position]
"""Where in its file a path of the data lies."""


def build_lists(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, ChoiceList]:
    """Choice lists, each with every spelling that means one of its codes: code, label in either language, alias."""
    made = {}
    for name, choices in raw.items():
        labels = {code: words(label) for code, label in choices.items()}
        spellings = [(spelling, code) for code, label in labels.items() for spelling in (label.en, label.zh)]
        aliases = {choice_key(alias): code for code, one in choices.items() for alias in one.get("aliases", ())}
        lookup = {choice_key(spelling): code for spelling, code in spellings}
        # A code stands before a label that happens to be spelt like it, and both before an alias.
        made[name] = ChoiceList(name, labels, aliases | lookup | {choice_key(code): code for code in labels})
    return made


def build_fields(
    raw: Mapping[str, Any], sheet: str, path: Path, place: Place, lists: Mapping[str, ChoiceList]
) -> dict[str, Field]:
    """The fields that stand at ``path`` of a file."""
    return {name: _field(one, name, sheet, (*path, name), place, lists) for name, one in raw.items()}


def build_sheets(raw: Mapping[str, Any], place: Place, lists: Mapping[str, ChoiceList]) -> dict[str, Sheet]:
    children: dict[str, list[str]] = {name: [] for name in raw}
    for name, sheet in raw.items():
        children.setdefault(sheet.get("parent", ""), []).append(name)
    made = {}
    for name, sheet in raw.items():
        path: Path = ("sheets", name)
        made[name] = Sheet(
            name=name,
            label=words(sheet["label"]),
            fields=build_fields(sheet["fields"], name, (*path, "fields"), place, lists),
            key=sheet.get("key", ""),
            names=tuple(sheet.get("names", (sheet["key"],) if "key" in sheet else ())),
            parent=sheet.get("parent", ""),
            single=sheet.get("single") == "true",
            derive=sheet.get("derive", ""),
            children=tuple(children[name]),
            place=place(path),
            recorded={
                of.name: replace(of, entry="recorded", phase="end")
                for of in build_fields(sheet.get("recorded", {}), name, (*path, "recorded"), place, lists).values()
            },
        )
    return made


def build_plan(raw: Mapping[str, Any]) -> Plan:
    """The layout of workbooks; an empty one where the file has none."""
    tabs, blocks = (
        {name: Tab(name, words(one["label"]), tuple(one["sheets"]), words(one["note"])) for name, one in given.items()}
        for given in (raw.get("tabs", {}), raw.get("blocks", {}))
    )
    afterwards = {
        form: tuple((sheet, name) for sheet, names in given.items() for name in names)
        for form, given in raw.get("afterwards", {}).items()
    }
    return Plan(tuple(raw.get("identity", ())), afterwards, tabs, blocks)


def build_form(raw: Mapping[str, Any], place: Place, labels: Labels) -> Form:
    name = raw["name"]
    return Form(
        name=name,
        code=raw["code"],
        title=words(raw["title"]),
        unit=raw["unit"],
        asked_when=_formula(raw["asked_when"], place(("asked_when",))),
        template=raw["template"],
        landscape=raw.get("landscape") == "true",
        signers=tuple(raw.get("signers", ())),
        acknowledges={answer: words(said) for answer, said in raw.get("acknowledges", {}).items()},
        requires={
            sheet: tuple(_requirement(one, place(("requires", sheet, index))) for index, one in enumerate(needed))
            for sheet, needed in raw["requires"].items()
        },
        rows={sheet: int(count) for sheet, count in raw.get("rows", {}).items()},
        prints={sheet: tuple(fields) for sheet, fields in raw["prints"].items()},
        keeps={sheet: tuple(fields) for sheet, fields in raw.get("keeps", {}).items()},
        rules=build_rules(raw.get("rules", []), place, labels, (name,)),
        pages={kind: int(most) for kind, most in raw.get("pages", {}).items()},
        place=place(("template",)),
        short=words(raw.get("short", raw["title"])),
        made=raw.get("made", "open"),
        dated=raw.get("dated", ""),
        in_copies=raw.get("in_copies") == "true",
        agreement=raw.get("agreement") == "true",
        shares=frozenset(raw.get("shares", ())),
    )


def build_rules(raw: list[Any], place: Place, labels: Labels, forms: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """The rules of a file; those of a form's own file hold for ``forms``."""
    return tuple(_rule(one, ("rules", index), place, labels, forms) for index, one in enumerate(raw))


def words(raw: Mapping[str, str]) -> Words:
    return Words(raw["en"], raw["zh"])


def _field(
    raw: Mapping[str, Any], name: str, sheet: str, path: Path, place: Place, lists: Mapping[str, ChoiceList]
) -> Field:
    field = Field(
        name=name,
        sheet=sheet,
        type=raw["type"],
        entry=raw.get("entry", "optional"),
        phase=raw.get("phase", "before"),
        label=words(raw["label"]),
        hint=words(raw["hint"]) if "hint" in raw else Words("", ""),
        example=_example(raw.get("example")),
        aliases=tuple(raw.get("aliases", ())),
        choices=lists.get(raw.get("list", "")),
        to=raw.get("to", ""),
        limits=_limits(raw["limits"]) if "limits" in raw else Limits(),
        derive=_formula(raw["derive"], place((*path, "derive"))) if "derive" in raw else None,
        columns=build_fields(raw.get("columns", {}), sheet, (*path, "columns"), place, lists),
        key=raw.get("key", ""),
        place=place(path),
    )
    # A default that is no value of its field stays a Fault until review.py refuses it.
    default = parse(field, raw.get("default"))
    return (
        field if default is None else replace(field, default=default.value if isinstance(default, ReadAs) else default)
    )


def _limits(raw: Mapping[str, str]) -> Limits:
    return Limits(
        minimum=Decimal(raw["min"]) if "min" in raw else None,
        maximum=Decimal(raw["max"]) if "max" in raw else None,
        max_length=int(raw["max_length"]) if "max_length" in raw else None,
        max_items=int(raw["max_items"]) if "max_items" in raw else None,
        plain=raw.get("plain") == "true",
        pattern=raw.get("pattern", ""),
    )


def _example(raw: Any) -> Words | None:
    if raw is None:
        return None
    return words(raw) if isinstance(raw, Mapping) else Words(str(raw), str(raw))


def _requirement(raw: Any, place: Position) -> Requirement:
    return Requirement(raw) if isinstance(raw, str) else Requirement(raw["field"], _formula(raw["when"], place))


def _rule(raw: Mapping[str, Any], path: Path, place: Place, labels: Labels, forms: tuple[str, ...]) -> Rule:
    return Rule(
        code=raw["code"],
        severity=Severity(raw["severity"]),
        each=raw.get("each", "case"),
        forms=frozenset(forms or raw.get("forms", ())),
        when=_formula(raw["when"], place((*path, "when"))) if "when" in raw else None,
        expect=_formula(raw["expect"], place((*path, "expect"))) if "expect" in raw else None,
        check=raw.get("check", ""),
        at=raw.get("at", ""),
        needs=tuple(raw.get("needs", ())),
        wording=_wording(raw, path, place, labels) if "message" in raw and "fix" in raw else None,
        messages={
            name: _wording(one, (*path, "messages", name), place, labels)
            for name, one in raw.get("messages", {}).items()
        },
        over_run=raw.get("scope") == "run",
        place=place(path),
    )


def _wording(raw: Mapping[str, Any], path: Path, place: Place, labels: Labels) -> Wording:
    return Wording(*(Sentence(words(raw[part]), labels, _line(place((*path, part)))) for part in ("message", "fix")))


def _formula(source: str, place: Position) -> Formula:
    return Formula(source, _line(place))


def _line(place: Position) -> str:
    return f"{place.source}:{place.line}"
