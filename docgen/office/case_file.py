"""Records as the text of a YAML file, which docgen reads back as they were: for people who type in an editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from docgen.definitions.cleaning import tidy
from docgen.definitions.definition import Definitions, Sheet
from docgen.definitions.items import codes, listed
from docgen.definitions.naming import CASE, Names, children_of, names_beside_case, names_in_rows
from docgen.definitions.results import Fault, as_text
from docgen.marked_yaml.reading import NO_KEYS, NULLS
from docgen.model.record import Record, RolledOver
from docgen.sources.origin import FROM, ROLLED_OVER

INDENT = "  "
BEGINS_OTHERWISE = re.compile(r"[\s\[\]{},#&*!|>'\"%@`]|[-?:](?:\s|$)|---|\.\.\.|=$|<<$")
"""What a plain text may not begin with: YAML takes it for a sign of its own."""
ENDS_OR_PARTS = re.compile(r":(?:\s|$)|\s#")
"""What ends a plain text, or makes a name of it."""
UNSEEN = re.compile("[\u00a0\u0085\u2028\u2029\ufeff]")
SHORT_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
PARTED = {"list": listed, "choices": codes}
"""Fields of several items, and how a text is taken apart where it holds them all."""


def case_file(records: Sequence[Record], definitions: Definitions, head: Sequence[str] = ()) -> str:
    """The text of a file with these cases, one as a mapping, several as a list; ``head``: comments to begin with.

    Sheets and fields stand in the order of the definitions and under their own names, blanks are left out. Reading the
    file gives the values that the records have.
    """
    writing = _Writing(definitions)
    lines = [f"# {line}".rstrip() for line in head]
    if len(records) == 1:
        lines += ["", *_mapping(writing.case(records[0]), "")] if lines else _mapping(writing.case(records[0]), "")
    else:
        for record in records:
            lines += ["", *_item(writing.case(record), "")]
    return "\n".join(lines).lstrip("\n") + "\n"


class _Writing:
    """Puts the data of records in order; what it knows of the sheets is worked out once."""

    def __init__(self, definitions: Definitions) -> None:
        self.sheets = definitions.sheets
        self.children = children_of(self.sheets)
        self.top = names_beside_case(self.sheets)
        self.names = names_in_rows(definitions)

    def case(self, record: Record) -> dict[str, Any]:
        ordered = [CASE, *self.children[CASE]]
        data = {} if record.rolled is None else {ROLLED_OVER: _origin(record.rolled)}
        for name, raw in self._in_order(record.data, self.top, ordered):
            sheet = self.sheets.get(name)
            held = self._sheet(sheet, raw) if sheet else _typed(raw)
            if held not in (None, "", [], {}):
                data[name] = held
        return data

    def _sheet(self, sheet: Sheet, raw: Any) -> Any:
        if isinstance(raw, Mapping):
            return self._row(sheet, raw)
        if isinstance(raw, (list, tuple)):  # an empty row counts too: T2 is the second one
            return [self._row(sheet, row) if isinstance(row, Mapping) else _typed(row) for row in raw]
        return _typed(raw)

    def _row(self, sheet: Sheet, raw: Mapping[str, Any]) -> dict[str, Any]:
        children = () if sheet.name == CASE else self.children[sheet.name]
        row: dict[str, Any] = {}
        for name, value in self._in_order(raw, self.names[sheet.name], [*sheet.fields, *children]):
            of = sheet.fields.get(name)
            if of is not None:
                held = _items(value, of.type) if of.type in PARTED else _typed(value)
            else:
                held = self._sheet(self.sheets[name], value) if name in children else _typed(value)
            if held not in (None, "", [], {}):
                row[name] = held
        return row

    @staticmethod
    def _in_order(data: Mapping[str, Any], names: Names, order: Sequence[str]) -> Iterator[tuple[str, Any]]:
        """What is known under its own name and in order; then the rest as it was typed."""
        known: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        for key, value in data.items():
            name = names.find(str(key))
            if name and name not in known:
                known[name] = value
            else:
                rest[str(key)] = value
        yield from ((name, known[name]) for name in order if name in known)
        yield from rest.items()


def _origin(rolled: RolledOver) -> dict[str, Any]:
    return {"month": rolled.month, FROM: list(rolled.predecessors)}


def _items(raw: Any, kind: str) -> Any:
    """The items of a field that takes several, each by itself where a text with all of them would be parted."""
    if isinstance(raw, (list, tuple)):
        return [item for item in map(_typed, raw) if item not in (None, "")]
    text = _typed(raw)
    if not isinstance(text, str):
        return text
    items = [item for item in map(tidy, PARTED[kind](text)) if item]
    return items[0] if len(items) == 1 and PARTED[kind](items[0]) == items else items


def _typed(raw: Any) -> Any:
    """A value as somebody types it; a blank is None."""
    if isinstance(raw, Fault):
        return raw.value
    if isinstance(raw, Mapping):
        return {str(key): _typed(value) for key, value in raw.items()}
    if isinstance(raw, (list, tuple)):
        return [_typed(value) for value in raw]
    text = as_text(raw)
    return None if text is None or not text or text.isspace() else str(text)


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        name = f"{indent}{_key(key)}:"
        match value:
            case dict() if value:
                yield name
                yield from _mapping(value, indent + INDENT)
            case list() if value:
                yield name
                for item in value:
                    yield from _item(item, indent + INDENT)
            case _:
                yield from _scalar(name, value, indent + INDENT)


def _key(text: str) -> str:
    """A name; a full-width colon in it is meant, as the quotation marks tell."""
    plain = _one_line(text)
    return f'"{text}"' if plain == text and (text in NO_KEYS or "：" in text) else plain


def _item(value: Any, indent: str) -> Iterator[str]:
    """An item of a list: its first line begins with a dash."""
    if isinstance(value, dict) and value:
        first, *rest = _mapping(value, indent + INDENT)
        yield f"{indent}- {first[len(indent) + 2 :]}"
        yield from rest
    elif isinstance(value, list) and value:
        first, *rest = (line for item in value for line in _item(item, indent + INDENT))
        yield f"{indent}- {first[len(indent) + 2 :]}"
        yield from rest
    else:
        yield from _scalar(f"{indent}-", value, indent + INDENT)


def _scalar(begun: str, value: Any, indent: str) -> Iterable[str]:
    """A text behind its name or dash; one of several lines as a block below it."""
    if value is None:
        return [begun]
    if not isinstance(value, str):
        return [f"{begun} {'{}' if isinstance(value, dict) else '[]'}"]
    if not _is_block(value):
        return [f"{begun} {_one_line(value)}"]
    ending = "" if value.endswith("\n") else "-"
    lines = value.removesuffix("\n").split("\n")
    return [f"{begun} |{ending}", *(f"{indent}{line}" if line else "" for line in lines)]


def _is_block(text: str) -> bool:
    """Whether the lines of ``text``, each set in, are read as just this text."""
    return (
        "\n" in text
        and not text[:1].isspace()
        and not text.endswith("\n\n")
        and all(_is_seen(line) for line in text.split("\n"))
    )


def _one_line(text: str) -> str:
    """``text`` plain where that is read as it stands, else in quotation marks."""
    if _is_seen(text):
        if (
            text not in NULLS
            and text == text.strip()
            and not (BEGINS_OTHERWISE.match(text) or ENDS_OR_PARTS.search(text))
        ):
            return text
        if '"' not in text and "\\" not in text:
            return f'"{text}"'
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _is_seen(text: str) -> bool:
    """Whether YAML takes every character as it stands, and a person sees it."""
    return (text.isprintable() or text.replace("\u3000", "").isprintable()) and not UNSEEN.search(text)


def _escaped(letter: str) -> str:
    if letter in SHORT_ESCAPES or _is_seen(letter):
        return SHORT_ESCAPES.get(letter, letter)
    code = ord(letter)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
