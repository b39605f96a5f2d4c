"""The JSON Schemas (draft-07) of the definition files themselves."""

from __future__ import annotations

from typing import Any

from docgen.model.problems import Words

SAYS = "says"
"""The key under which a schema has its own words for what it wants; no key of JSON Schema."""
DRAFT = "http://json-schema.org/draft-07/schema#"

TYPES = (
    *("id", "text", "longtext", "integer", "decimal", "quantity", "percent", "date", "month", "time"),
    *("choice", "choices", "yes_no", "ref", "list", "table"),
)

WORDS: dict[str, Any] = {
    "type": "object",
    SAYS: Words("a text in both languages: {en: …, zh: …}", "两种语言的文字：{en: …, zh: …}"),
    "properties": {"en": {"type": "string", "minLength": 1}, "zh": {"type": "string", "minLength": 1}},
    "required": ["en", "zh"],
    "additionalProperties": False,
}
HINT = {
    **WORDS,
    "properties": {language: {"type": "string", "minLength": 1, "maxLength": 200} for language in ("en", "zh")},
}
NAME: dict[str, Any] = {
    "type": "string",
    "pattern": r"^[a-z][a-z0-9_]*\Z",
    SAYS: Words("a name: small letters, digits and _", "名称：小写字母、数字和 _"),
}
CODE = {
    "type": "string",
    "pattern": r"^[a-z0-9][a-z0-9_]*\Z",
    SAYS: Words("a code: small letters, digits and _", "代码：小写字母、数字和 _"),
}
PLACE = {
    "type": "string",
    "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?\Z",
    SAYS: Words("a field, a sheet or sheet.field", "字段、表或“表.字段”"),
}
RULE_CODE = {
    "type": "string",
    "pattern": r"^[EWI][0-9]{3}\Z",
    SAYS: Words("E, W or I and three digits", "E、W 或 I 加三位数字"),
}
TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
NAMES = {"type": "array", "items": NAME}
TRUTH = {"type": ["boolean", "string"], "enum": [True, False, "true", "false"]}
NUMBER = {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?\Z", SAYS: Words("a number", "数字")}
COUNT = {"type": ["integer", "string"], "pattern": r"^[0-9]{1,6}\Z", SAYS: Words("a whole number", "整数")}
VERSION = {"enum": [1, "1"], "type": ["integer", "string"]}
SCALAR = ["string", "number", "boolean"]

FIELD: dict[str, Any] = {
    "type": "object",
    SAYS: Words("a field: {type: …, label: …}", "字段：{type: …, label: …}"),
    "properties": {
        "type": {"type": "string", "enum": list(TYPES)},
        "entry": {"type": "string", "enum": ["typed", "optional", "derived", "hand"]},
        "phase": {"type": "string", "enum": ["before", "month", "end"]},
        "label": {"$ref": "#/definitions/words"},
        "hint": {"$ref": "#/definitions/hint"},
        "example": {**WORDS, "type": [*SCALAR, "object"]},
        "aliases": {"type": "array", "items": {"type": SCALAR, "minLength": 1}},
        "list": NAME,
        "to": NAME,
        "limits": {
            "type": "object",
            "properties": {
                "min": NUMBER,
                "max": NUMBER,
                "max_length": COUNT,
                "max_items": COUNT,
                "plain": TRUTH,
                "pattern": TEXT,
            },
            "additionalProperties": False,
        },
        "default": {"type": [*SCALAR, "array", "object"], "items": {"type": SCALAR}},
        "derive": TEXT,
        "key": NAME,
        "columns": {"type": "object", "additionalProperties": {"$ref": "#/definitions/field"}, "propertyNames": NAME},
    },
    "required": ["type", "label"],
    "additionalProperties": False,
}
SHEET_FIELD = {**FIELD, "required": ["type", "entry", "phase", "label", "hint"]}
WORDING: dict[str, Any] = {
    "type": "object",
    "properties": {"message": {"$ref": "#/definitions/words"}, "fix": {"$ref": "#/definitions/words"}},
    "required": ["message", "fix"],
    "additionalProperties": False,
}
RULE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "code": RULE_CODE,
        "severity": {"type": "string", "enum": ["error", "warning", "info"]},
        "forms": NAMES,
        "scope": {"type": "string", "enum": ["case", "run"]},
        "each": NAME,
        "when": TEXT,
        "expect": TEXT,
        "check": NAME,
        "at": {
            "type": "string",
            "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?\Z",
            SAYS: Words("a field or sheet", "字段或表"),
        },
        "needs": {"type": "array", "items": PLACE},
        "message": {"$ref": "#/definitions/words"},
        "fix": {"$ref": "#/definitions/words"},
        "messages": {
            "type": "object",
            "additionalProperties": {"$ref": "#/definitions/wording"},
            "propertyNames": NAME,
        },
    },
    "required": ["code", "severity"],
    "additionalProperties": False,
}
SHARED: dict[str, Any] = {
    "words": WORDS,
    "hint": HINT,
    "field": FIELD,
    "sheet_field": SHEET_FIELD,
    "wording": WORDING,
    "rule": RULE,
}
FIELDS = {"type": "object", "additionalProperties": {"$ref": "#/definitions/field"}, "propertyNames": NAME}
SHEET: dict[str, Any] = {
    "type": "object",
    "properties": {
        "label": {"$ref": "#/definitions/words"},
        "hint": {"$ref": "#/definitions/hint"},
        "key": NAME,
        "names": NAMES,
        "parent": NAME,
        "single": TRUTH,
        "derive": NAME,
        "fields": {**FIELDS, "additionalProperties": {"$ref": "#/definitions/sheet_field"}},
        "recorded": FIELDS,
    },
    "required": ["label", "fields"],
    "additionalProperties": False,
}


def _file(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "$schema": DRAFT,
        "type": "object",
        "properties": {"version": VERSION, **properties},
        "required": ["version", *required],
        "additionalProperties": False,
        "definitions": SHARED,
    }


CHOICE = {**WORDS, "properties": {**WORDS["properties"], "aliases": {"type": "array", "items": TEXT}}}
LISTS = {
    "type": "object",
    "propertyNames": NAME,
    "additionalProperties": {
        "type": "object",
        "propertyNames": CODE,
        "additionalProperties": CHOICE,
    },
}
TAB = {
    "type": "object",
    "properties": {
        "label": {"$ref": "#/definitions/words"},
        "sheets": NAMES,
        "note": {"$ref": "#/definitions/words"},
    },
    "required": ["label", "sheets", "note"],
    "additionalProperties": False,
}
TABS = {"type": "object", "additionalProperties": TAB, "propertyNames": NAME}
AFTERWARDS = {
    "type": "object",
    "additionalProperties": {"type": "object", "additionalProperties": NAMES, "propertyNames": NAME},
    "propertyNames": NAME,
}
WORKBOOK = {
    "type": "object",
    "properties": {"identity": NAMES, "afterwards": AFTERWARDS, "tabs": TABS, "blocks": TABS},
    "required": ["identity", "tabs", "blocks"],
    "additionalProperties": False,
}
CASE_FILE = _file(
    {
        "lists": LISTS,
        "workbook": WORKBOOK,
        "conditions": {"type": "object", "additionalProperties": {"$ref": "#/definitions/words"}},
        "sheets": {"type": "object", "additionalProperties": SHEET, "propertyNames": NAME},
    },
    ["sheets"],
)
SETTINGS_FILE = _file({"lists": LISTS, "fields": FIELDS}, ["fields"])
RULES_FILE = _file({"rules": {"type": "array", "items": {"$ref": "#/definitions/rule"}}}, ["rules"])
FORM_FILE = _file(
    {
        "name": NAME,
        "code": {"type": "string", "pattern": r"^[A-Z]\Z", SAYS: Words("one capital letter", "一个大写字母")},
        "title": {"$ref": "#/definitions/words"},
        "short": {"$ref": "#/definitions/words"},
        "order": COUNT,
        "unit": {"type": "string", "enum": ["case", "months", "interviews"]},
        "made": {
            "type": "string",
            "enum": ["open", "closed"],
            SAYS: Words("open or closed: the cases it is for", "open 或 closed：用于哪些个案"),
        },
        "asked_when": TEXT,
        "dated": NAME,
        "in_copies": TRUTH,
        "agreement": TRUTH,
        "shares": {"type": "array", "items": RULE_CODE},
        "template": TEXT,
        "landscape": TRUTH,
        "signers": NAMES,
        "acknowledges": {
            "type": "object",
            "properties": {answer: {"$ref": "#/definitions/words"} for answer in ("yes", "part", "no")},
            "additionalProperties": False,
            SAYS: Words(
                "what is ticked above the signatures: yes, part or no, each with what it says",
                "签名栏上方的勾选项：yes、part 或 no，各附其文字",
            ),
        },
        "requires": {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "items": {
                    "type": ["string", "object"],
                    "properties": {"field": NAME, "when": TEXT},
                    "required": ["field", "when"],
                    "additionalProperties": False,
                },
            },
        },
        "rows": {"type": "object", "additionalProperties": COUNT},
        "prints": {"type": "object", "additionalProperties": NAMES},
        "keeps": {
            "type": "object",
            "additionalProperties": NAMES,
            SAYS: Words(
                "fields that are typed in its rows for later: not printed, but told if they are wrong",
                "其各行中供以后使用的字段：不打印，但有误时提示",
            ),
        },
        "pages": {
            "type": "object",
            "properties": {kind: COUNT for kind in ("empty", "normal", "longest", "hostile")},
            "additionalProperties": False,
            SAYS: Words(
                "the most pages that the invented cases of docgen templates check may fill",
                "docgen templates check 的虚构个案最多占用的页数",
            ),
        },
        "rules": {"type": "array", "items": {"$ref": "#/definitions/rule"}},
    },
    ["name", "code", "title", "unit", "asked_when", "template", "requires", "prints"],
)

LISTED = {"type": "array", "items": TEXT}
WORD_LIST = {
    "type": "object",
    "properties": {"en": LISTED, "zh": LISTED},
    "required": ["en", "zh"],
    "additionalProperties": False,
}
WORD_LISTS = ("vague", "no_date", "traits", "risky", "nobody", "harmless", "foreign")
WORDS_FILE = _file(dict.fromkeys(WORD_LISTS, WORD_LIST), [*WORD_LISTS])
FILES = {
    "case.yaml": CASE_FILE,
    "settings.yaml": SETTINGS_FILE,
    "rules.yaml": RULES_FILE,
    "wordlists.yaml": WORDS_FILE,
}


def definition_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of the definition file ``name``; every other name is a form's."""
    return FILES.get(name, FORM_FILE)
