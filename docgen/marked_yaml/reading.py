"""YAML is read as text, lists and mappings, each with its line and column; what could mean two things is refused.

Built in one pass over libyaml's events: its own tree builder crashes on deep nesting, and PyYAML's constructors turn
``007``, ``No`` and ``12:30`` into something nobody typed (https://yaml.org/spec/1.1/#id858600).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from yaml import YAMLError, events
from yaml._yaml import CParser

from docgen.marked_yaml.faults import SYNTAX, YamlError, YamlFault, fault, short
from docgen.model.problems import Path, Position, Words

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_FAULTS = 50

NULLS = frozenset(("", "~", "null", "Null", "NULL"))
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile(r"\r\n|\r|\n")
# A line that begins like "name：张三": a key, but with the full-width colon of a Chinese keyboard.
FULL_WIDTH_KEY = re.compile(r"""\s*(?:-\s+)*[{"']?[\w.\- ]{1,40}["']?：""")
FULL_WIDTH_NAME = re.compile(r"(?:^|\s)[A-Za-z_]\w*：")
FULL_WIDTH_MARKS = dict(zip("：，“”‘’｛｝［］", ":,\"\"''{}[]", strict=True))

Mark = tuple[int, int]


class Positions(Mapping[Path, Position]):
    """Places by path, made into Positions only when somebody asks; ``inside`` is the view of one part of a file."""

    __slots__ = ("_marks", "_prefix", "source")

    def __init__(self, source: str, marks: dict[Path, Mark], prefix: Path = ()) -> None:
        self.source = source
        self._marks = marks
        self._prefix = prefix

    def __getitem__(self, path: Path) -> Position:
        line, column = self._marks[self._prefix + path]
        return Position(self.source, line + 1, column + 1)

    def __iter__(self) -> Iterator[Path]:
        size = len(self._prefix)
        return (path[size:] for path in self._marks if path[:size] == self._prefix)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def inside(self, path: Path) -> Positions:
        return Positions(self.source, self._marks, self._prefix + path)


@dataclass(frozen=True, slots=True)
class Marked:
    """What a file holds. Scalars are text (None when empty, ``~`` or ``null``); ``keys`` has the place of each key."""

    data: Any
    positions: Positions
    keys: Positions


def load_marked(content: str | bytes, source: str) -> Marked:
    """Read one YAML document; ``source`` names it in positions.

    Raises:
        YamlError: the content is no YAML, or uses what is refused (see FAULTS).
    """
    text = content if isinstance(content, str) else decode(content)
    if len(text) > MAX_BYTES:
        _refuse("too_large", limit=MAX_BYTES // 1_000_000)
    found = CONTROL.search(text)
    if found:
        _refuse("control_character", *_place(text, found.start()), point=f"U+{ord(found[0]):04X}")
    builder = _Builder()
    try:
        builder.run(CParser(text))
    except YAMLError as error:
        last = _syntax_fault(error, text)
        # One cause, one fault: the full-width colon that misled the scanner may have been noticed on the way already.
        before = (found for found in builder.faults if (found.kind, found.line) != (last.kind, last.line))
        raise YamlError((*before, last)) from error
    if builder.faults:
        raise YamlError(tuple(builder.faults))
    return Marked(builder.root, Positions(source, builder.marks), Positions(source, builder.keys))


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
        before = content[: error.start]
        _refuse("not_utf8", before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if content[:1] == b"\0":
        return "utf-16-be"
    return "utf-16-le" if content[1:2] == b"\0" else "utf-8-sig"


class _Builder:
    """Turns events into plain data; what can be passed over is noted in ``faults``, so that all are told at once."""

    def __init__(self) -> None:
        self.root: Any = None
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.faults: list[YamlFault] = []
        self._documents = 0
        self._stack: list[tuple[Any, str | None, Path]] = []
        self._node: Any = None  # the mapping or list being filled
        self._key: str | None = None  # the key whose value comes next; None: a key comes next
        self._path: Path = ()

    def run(self, parser: CParser) -> None:
        actions: dict[type, Callable[[Any], None]] = {
            events.ScalarEvent: self._scalar,
            events.MappingStartEvent: self._mapping,
            events.SequenceStartEvent: self._sequence,
            events.MappingEndEvent: self._end,
            events.SequenceEndEvent: self._end,
            events.AliasEvent: self._alias,
            events.DocumentStartEvent: self._document,
        }
        take = parser.get_event
        while (event := take()) is not None:
            action = actions.get(event.__class__)
            if action:
                action(event)

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark.line, event.start_mark.column
        if event.tag is not None or event.anchor is not None:
            self._refuse_decoration(event, mark)
        value: str = event.value
        node = self._node
        if node.__class__ is dict:
            if self._key is None:
                self._take_key(value, mark, plain=not event.style)
                return
            path = (*self._path, self._key)
            if not event.style:
                if "：" in value:
                    self._suspect_colon(value, event, path)
                node[self._key] = None if value in NULLS else value
            else:
                node[self._key] = value
            self._key = None
        else:
            kept = None if not event.style and value in NULLS else value
            if node is None:
                path, self.root = (), kept
                if value and not event.style and FULL_WIDTH_KEY.match(value):
                    self._fault("full_width_colon", mark, text=short(value))
            else:
                path = (*self._path, len(node))
                node.append(kept)
        self.marks[path] = mark

    def _take_key(self, key: str, mark: Mark, plain: bool) -> None:
        path = (*self._path, key)
        if key in self._node:
            self._fault("duplicate_key", mark, key=short(key), first=self.keys[path][0] + 1)
        elif plain and key == "<<":
            self._fault("merge_key", mark)
        elif plain and key in NULLS:
            self._fault("empty_key", mark)
        elif plain and "：" in key:
            self._fault("full_width_colon", mark, text=short(key))
        else:
            self.keys[path] = mark
        self._key = key

    def _suspect_colon(self, value: str, event: Any, path: Path) -> None:
        """A key swallowed into the value of the line above: ``area: 销售额`` / ``  standard：350000 元``."""
        key_line = self.keys.get(path, (-1, 0))[0]
        if event.end_mark.line > key_line and FULL_WIDTH_NAME.search(value):
            self._fault("full_width_colon", (event.start_mark.line, event.start_mark.column), text=short(value))

    def _mapping(self, event: Any) -> None:
        self._start(event, {})

    def _sequence(self, event: Any) -> None:
        self._start(event, [])

    def _start(self, event: Any, made: Any) -> None:
        mark = event.start_mark.line, event.start_mark.column
        if event.tag is not None or event.anchor is not None:
            self._refuse_decoration(event, mark)
        node = self._node
        key = self._key
        path = self._path
        if len(self._stack) >= MAX_DEPTH:
            _refuse("too_deep", mark[0] + 1, mark[1] + 1, limit=MAX_DEPTH)
        self._stack.append((node, None, path))
        if node is None:
            self.root = made
        elif node.__class__ is dict:
            if key is None:
                _refuse("complex_key", mark[0] + 1, mark[1] + 1)
            node[key] = made
            self._path = (*path, key)
        else:
            self._path = (*path, len(node))
            node.append(made)
        self.marks[self._path] = mark
        self._node = made
        self._key = None

    def _end(self, event: Any) -> None:
        self._node, self._key, self._path = self._stack.pop()

    def _alias(self, event: Any) -> None:
        mark = event.start_mark.line, event.start_mark.column
        self._fault("alias", mark, name=short(event.anchor))
        if self._node.__class__ is dict:
            # As a key or as a value: the next event is read as if a scalar had stood here.
            self._key = f"*{event.anchor}" if self._key is None else None

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            _refuse("several_documents", event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse_decoration(self, event: Any, mark: Mark) -> None:
        if event.anchor is not None:
            self._fault("anchor", mark, name=short(event.anchor))
        if event.tag is not None:
            self._fault("tag", mark, name=short(event.tag.replace("tag:yaml.org,2002:", "!!")))

    def _fault(self, kind: str, mark: Mark, **details: object) -> None:
        self.faults.append(fault(kind, mark[0] + 1, mark[1] + 1, **details))
        if len(self.faults) >= MAX_FAULTS:
            raise YamlError(tuple(self.faults))


def _refuse(kind: str, line: int = 0, column: int = 0, **details: object) -> NoReturn:
    raise YamlError((fault(kind, line, column, **details),))


def _syntax_fault(error: YAMLError, text: str) -> YamlFault:
    """libyaml's complaint in the reader's words; the full-width colon, its most frequent cause here, is looked for."""
    problem = str(getattr(error, "problem", "") or "")
    kind = SYNTAX.get(problem, "syntax")
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    if context is not None and (kind in ("no_colon", "open_quote") or mark is None):
        mark = context
    if mark is None:
        return fault(kind, problem=problem)
    lines = LINE_END.split(text)
    for number in sorted({mark.line, max(mark.line - 1, 0)}):
        line = lines[number] if number < len(lines) else ""
        if found := FULL_WIDTH_KEY.match(line):
            return fault("full_width_colon", number + 1, found.end(), text=short(line.strip()))
    line = lines[mark.line] if mark.line < len(lines) else ""
    if kind == "bad_start" and line[mark.column : mark.column + 1] == "\t":
        kind = "tab"
    made = fault(kind, mark.line + 1, mark.column + 1, problem=problem, text=short(line.strip()))
    wide = next((letter for letter in line if letter in FULL_WIDTH_MARKS), "")
    if not wide:
        return made
    half = FULL_WIDTH_MARKS[wide]
    hint = Words(
        f" The line holds the full-width {wide}: where YAML's own sign is meant, type {half} instead.",
        f"该行含有全角“{wide}”：如用作 YAML 符号，请改为半角 {half}。",
    )
    return YamlFault(
        made.kind, made.line, made.column, made.message, Words(made.fix.en + hint.en, made.fix.zh + hint.zh)
    )


def _place(text: str, offset: int) -> tuple[int, int]:
    line, start = 1, 0
    for found in LINE_END.finditer(text, 0, offset):
        line, start = line + 1, found.end()
    return line, offset - start + 1
