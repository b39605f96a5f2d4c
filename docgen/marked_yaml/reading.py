"""YAML is read as text, lists and mappings, each with its line and column; what could mean two things is refused.

Built in one pass over libyaml's events: its own tree builder crashes on deep nesting, and PyYAML's constructors turn
``007``, ``No`` and ``12:30`` into something nobody typed (https://yaml.org/spec/1.1/#id858600).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from yaml import YAMLError, events
from yaml._yaml import CParser

from docgen.marked_yaml.diagnosis import FULL_WIDTH_KEY, LINE_END, diagnosed
from docgen.marked_yaml.faults import YamlError, YamlFault, fault, short
from docgen.marked_yaml.places import LineStarts, Places, Positions, mark_of_key

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_FAULTS = 50

NULLS = frozenset(("", "~", "null", "Null", "NULL"))
NO_KEYS = NULLS | {"<<"}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
FULL_WIDTH_NAME = re.compile(r"(?:^|\s)[A-Za-z_]\w*：")

ENDS = frozenset((events.MappingEndEvent, events.SequenceEndEvent))
STARTS = frozenset((events.MappingStartEvent, events.SequenceStartEvent))


@dataclass(frozen=True, slots=True)
class Marked:
    """What a file holds. Scalars are text (None when empty, ``~`` or ``null``); ``keys`` has the place of each key."""

    data: Any
    text: str
    positions: Positions
    keys: Positions


def load_marked(content: str | bytes, source: str) -> Marked:
    """Read one YAML document; ``source`` names it in positions.

    Raises:
        YamlError: the content is no YAML, or uses what is refused (see FAULTS).
    """
    text = content.removeprefix("\ufeff") if isinstance(content, str) else decode(content)
    if len(text) > MAX_BYTES:
        _refuse("too_large", limit=MAX_BYTES // 1_000_000)
    found = CONTROL.search(text)
    if found:
        _refuse("control_character", *_place(text, found.start()), point=f"U+{ord(found[0]):04X}")
    builder = _Builder(text)
    try:
        builder.run(CParser(text))
    except YAMLError as error:
        raise YamlError(diagnosed(builder.faults, error, text)) from error
    if builder.faults:
        raise YamlError(diagnosed(builder.faults, None, text))
    places = Places(builder.root, builder.marks, text)
    return Marked(builder.root, text, Positions(source, places.nodes), Positions(source, places.keys))


def decode(content: bytes) -> str:
    """UTF-8 (with or without BOM) or UTF-16 to text.

    Raises:
        YamlError: the bytes are something else, or too many.
    """
    if len(content) > MAX_BYTES:
        _refuse("too_large", limit=MAX_BYTES // 1_000_000)
    try:
        return content.decode(_encoding(content))
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(error.encoding, "ignore")
        _refuse("not_utf8", *_place(before, len(before)))


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if content[:1] == b"\0":
        return "utf-16-be"
    return "utf-16-le" if content[1:2] == b"\0" else "utf-8-sig"


class _Builder:
    """Turns events into plain data; what can be passed over is noted in ``faults``, so that all are told at once.

    ``marks`` has the offset of every node and key in the order of the file, whatever is wrong with them.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = LineStarts(text)
        self.root: Any = None
        self.marks: list[int] = []
        self.faults: list[YamlFault] = []
        self._split = 0  # how many marks there were at the last text that a comma split

    def run(self, parser: CParser) -> None:
        """Build ``root``, in one loop that calls nothing for a plain key or value: a big folder has a million."""
        take: Callable[[], Any] = parser.get_event
        marks = self.marks
        sound: dict[str, str] = {}  # keys that were looked at before: most come again and again
        around: list[tuple[Any, int]] = []
        node: Any = None  # the mapping or list being filled
        begin = 0  # where the marks of the node begin
        key: str | None = None  # the key whose value comes next; None: a key comes next, or this is no mapping
        named: Any = None  # the event of that key
        while (event := take()) is not None:
            kind = event.__class__
            if kind is events.ScalarEvent:
                marks.append(event.start_mark.index)
                made: Any = event.value
                if event.tag is not None or event.anchor is not None:
                    self._refuse_decoration(event)
                if key is None and node.__class__ is dict:
                    named, key = event, sound.get(made)
                    if key is None and (event.style or not (made in NO_KEYS or "：" in made)):
                        key = sound[made] = made
                    if key is None or key in node:
                        key = self._odd_key(made, node, begin)
                    continue
                if not event.style:
                    if made in NULLS:
                        if not made and key is not None:
                            self._suspect_comma(named, event)
                        made = None
                    elif "：" in made:
                        self._suspect_colon(made, event, named, node)
            elif kind in ENDS:
                node, begin = around.pop()
                continue
            elif kind in STARTS:
                marks.append(event.start_mark.index)
                made = {} if kind is events.MappingStartEvent else []
                if event.tag is not None or event.anchor is not None:
                    self._refuse_decoration(event)
                if len(around) >= MAX_DEPTH:
                    self._refuse("too_deep", event, limit=MAX_DEPTH)
                around.append((node, begin))
            elif kind is events.AliasEvent:
                marks.append(event.start_mark.index)
                made = None
                self._fault("alias", marks[-1], name=short(str(event.anchor)))
                if key is None and node.__class__ is dict:
                    key = self._stand_in(event.anchor)
                    continue
            else:
                if kind is events.DocumentStartEvent and marks:
                    self._refuse("several_documents", event)
                continue
            if key is not None:
                node[key] = made
                key = None
            elif node is None:
                self.root = made
            elif node.__class__ is dict:
                self._refuse("complex_key", event)
            else:
                node.append(made)
            if kind in STARTS:
                node, begin = made, len(marks) - 1

    def _odd_key(self, key: str, node: dict[str, Any], begin: int) -> str:
        """Note what is wrong with a key; its value goes where it hides no other."""
        mark = self.marks[-1]
        if key in node:
            first = mark_of_key(node, key, begin, self.marks)
            self._fault("duplicate_key", mark, key=short(key), first=self.lines.place(first)[0] + 1)
            return self._stand_in(key)
        kind = "merge_key" if key == "<<" else "empty_key" if key in NULLS else "full_width_colon"
        self._fault(kind, mark, **{"text": short(key)} if kind == "full_width_colon" else {})
        return key

    def _stand_in(self, key: str) -> str:
        return f"{key} {len(self.marks)}"

    def _suspect_colon(self, value: str, event: Any, key: Any, node: Any) -> None:
        """A key swallowed into the value of the line above: ``area: 销售额`` / ``  standard：350000 元``."""
        if node is None:
            swallowed = FULL_WIDTH_KEY.match(value)
        elif node.__class__ is dict and event.end_mark.line > key.start_mark.line:
            swallowed = FULL_WIDTH_NAME.search(value)
        else:
            return
        if swallowed:
            self._fault("full_width_colon", self.marks[-1], text=short(value))

    def _suspect_comma(self, key: Any, value: Any) -> None:
        """A name without colon, which is the rest of a text: ``{fact: sold 21,of 35, source: …}``; told once a text."""
        start = value.start_mark.index
        if (
            "：" in key.value
            or self.text[start : start + 1] not in (",", "}")
            or ":" in self.text[key.end_mark.index : start]
        ):
            return
        if not self._split or self._split + 2 < len(self.marks):
            self._fault("comma_splits_text", self.marks[-2], text=short(key.value))
        self._split = len(self.marks)

    def _refuse_decoration(self, event: Any) -> None:
        mark = event.start_mark.index
        if event.anchor is not None:
            self._fault("anchor", mark, name=short(str(event.anchor)))
        if event.tag is not None:
            self._fault("tag", mark, name=short(event.tag.replace("tag:yaml.org,2002:", "!!")))

    @staticmethod
    def _refuse(kind: str, event: Any, **details: object) -> NoReturn:
        _refuse(kind, event.start_mark.line + 1, event.start_mark.column + 1, **details)

    def _fault(self, kind: str, mark: int, **details: object) -> None:
        line, column = self.lines.place(mark)
        self.faults.append(fault(kind, line + 1, column + 1, **details))
        if len(self.faults) >= MAX_FAULTS:
            raise YamlError(tuple(self.faults))


def _refuse(kind: str, line: int = 0, column: int = 0, **details: object) -> NoReturn:
    raise YamlError((fault(kind, line, column, **details),))


def _place(text: str, offset: int) -> tuple[int, int]:
    line, start = 1, 0
    for found in LINE_END.finditer(text, 0, offset):
        line, start = line + 1, found.end()
    return line, offset - start + 1
