"""JSON Schemas (draft-07) for editors: of a case file, of ``docgen.yaml``, and of the definition files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from docgen.definitions.definition import ChoiceList, Definitions, Field, Sheet
from docgen.definitions.grammar import DRAFT, definition_schema
from docgen.model.problems import UiLanguage, Words

__all__ = ["definition_schema", "json_schema", "settings_schema"]

Schema = dict[str, Any]

CASE_TITLE = Words("A case of performance improvement", "绩效改进个案")
ROLLED_TITLE = Words("Rolled over from", "结转来源")
SETTINGS_TITLE = Words("Settings of docgen", "docgen 设置")

DIGESTS = {"type": "array", "items": {"type": "string", "pattern": "^[0-9A-Fa-f]{64}$"}, "minItems": 1}
ROLLED_OVER = {
    "type": "object",
    "properties": {"month": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}, "from": DIGESTS},
    "required": ["month", "from"],
    "additionalProperties": False,
}
"""What ``docgen rollover`` writes before a case: the month it was rolled over to, and the SHA-256 of earlier files."""

TEXT = ["string", "number", "null"]
BOOLEANS = {"yes": True, "no": False}
YES_NO = [True, False, "yes", "no", "是", "否", None]


def json_schema(definitions: Definitions, language: UiLanguage = "en") -> Schema:
    """The schema of a case file: one case, or a list of them; titles and hints in ``language``."""
    sheets = definitions.sheets
    record = {
        "type": "object",
        "properties": {
            "rolled_over": {"title": ROLLED_TITLE[language], **ROLLED_OVER},
            **{name: _sheet_reference(one, language) for name, one in sheets.items() if one.parent in ("", "case")},
        },
        "required": ["case"],
        "additionalProperties": False,
    }
    return {
        "$schema": DRAFT,
        "title": CASE_TITLE[language],
        "anyOf": [{"$ref": "#/definitions/record"}, {"type": "array", "items": {"$ref": "#/definitions/record"}}],
        "definitions": {
            "record": record,
            **{name: _row(sheet, definitions, language) for name, sheet in sheets.items()},
        },
    }


def settings_schema(definitions: Definitions, language: UiLanguage = "en") -> Schema:
    """The schema of ``docgen.yaml``; titles and hints in ``language``."""
    return {
        "$schema": DRAFT,
        "title": SETTINGS_TITLE[language],
        "type": "object",
        "properties": _properties(definitions.settings.values(), language),
        "additionalProperties": False,
    }


def _sheet_reference(sheet: Sheet, language: UiLanguage) -> Schema:
    row = {"$ref": f"#/definitions/{sheet.name}"}
    if sheet.single:
        return row
    return {"title": sheet.label[language], "type": ["array", "null"], "items": row}


def _row(sheet: Sheet, definitions: Definitions, language: UiLanguage) -> Schema:
    children = {} if sheet.name == "case" else {name: definitions.sheets[name] for name in sheet.children}
    return {
        "title": sheet.label[language],
        "type": ["object", "null"],
        "properties": {
            **_properties(sheet.fields.values(), language),
            **{name: _sheet_reference(child, language) for name, child in children.items()},
        },
        "additionalProperties": False,
    }


def _properties(fields: Iterable[Field], language: UiLanguage) -> Schema:
    return {field.name: _property(field, language) for field in fields}


def _property(field: Field, language: UiLanguage) -> Schema:
    made: Schema = {"title": field.label[language], **VALUES.get(field.type, _text)(field, language)}
    if field.hint.en:
        made["description"] = field.hint[language]
    if field.example is not None and field.type not in LISTS:
        made["examples"] = list(dict.fromkeys((field.example.en, field.example.zh)))
    return made


def _text(field: Field, language: UiLanguage) -> Schema:
    return {"type": TEXT}


def _prose(field: Field, language: UiLanguage) -> Schema:
    limit = field.limits.max_length
    text: Schema = {"type": TEXT, **({"maxLength": limit} if limit else {})}
    if field.sheet != "settings":
        return text
    both = {"type": "object", "properties": {"en": text, "zh": text}, "required": ["en", "zh"]}
    return {"anyOf": [text, {**both, "additionalProperties": False}]}


def _figure(field: Field, language: UiLanguage) -> Schema:
    limits = {"minimum": field.limits.minimum, "maximum": field.limits.maximum}
    return {"type": TEXT, **{name: float(limit) for name, limit in limits.items() if limit is not None}}


def _choice(field: Field, language: UiLanguage) -> Schema:
    return {"enum": [*_spellings(field.choices), None]}


def _choices(field: Field, language: UiLanguage) -> Schema:
    # A list of choices may also be written as one text, the choices separated by commas.
    return {"type": ["array", "string", "null"], "items": {"enum": _spellings(field.choices)}}


def _yes_no(field: Field, language: UiLanguage) -> Schema:
    return {"enum": YES_NO}


def _list(field: Field, language: UiLanguage) -> Schema:
    return {"type": ["array", *TEXT], "items": {"type": TEXT}}


def _table(field: Field, language: UiLanguage) -> Schema:
    row = {
        "type": ["object", "null"],
        "properties": _properties(field.columns.values(), language),
        "additionalProperties": False,
    }
    return {"type": ["object", "null"], "additionalProperties": row} if field.key else {"type": "array", "items": row}


def _spellings(choices: ChoiceList | None) -> list[Any]:
    """Codes first, then what they are called in both languages; a code also as what YAML 1.1 makes of it.

    That is a number of digits, and a boolean of yes and no.
    """
    if choices is None:
        return []
    labels = [text for label in choices.choices.values() for text in (label.en, label.zh)]
    digits = [int(code) for code in choices.choices if code.isdecimal()]
    booleans = [read for code, read in BOOLEANS.items() if code in choices.choices]
    return [*dict.fromkeys((*choices.choices, *labels, *digits)), *booleans]


LISTS = frozenset(("list", "choices", "table"))
VALUES: dict[str, Callable[[Field, UiLanguage], Schema]] = {
    "text": _prose,
    "longtext": _prose,
    "integer": _figure,
    "decimal": _figure,
    "percent": _figure,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "list": _list,
    "table": _table,
}
