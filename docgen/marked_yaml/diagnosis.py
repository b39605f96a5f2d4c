"""Why a text is no YAML, in its reader's words and where its cause stands: libyaml only tells where it stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from yaml import YAMLError

from docgen.marked_yaml.faults import SYNTAX, YamlFault, fault, short
from docgen.model.problems import Words

LINE_END = re.compile(r"\r\n|\r|\n")
# A line that begins like "name：张三": a key, but with the full-width colon of a Chinese keyboard.
FULL_WIDTH_KEY = re.compile(r"""\s*(?:-\s+)*[{"']?[\w.\- ]{1,40}["']?：""")
ASCII_NAME = re.compile(r"""\s*(?:-\s+)*[{"']?[A-Za-z_]\w*["']?：""")
FULL_WIDTH_MARKS = dict(zip("：，“”‘’｛｝［］", ":,\"\"''{}[]", strict=True))
BLOCK_TEXT = re.compile(r"(\s*)(?:-\s+)*[^#]*:\s+[|>][+-]?\d?\s*(?:#.*)?")
OPENED = re.compile(r"""\s*(?:-\s+)*(?:[^"'#\s][^"'#]*:\s+)?(["'])""")
NO_BLANK = re.compile(r"""\s*(?:-\s+)*["']?[\w.\- ]{1,40}["']?:\S""")
NAME_END = re.compile(r":(?:\s|$)")
LONGEST_NAME = 1024
"""What follows a longer name libyaml doesn't take for its colon."""
STOPPED_LATER = frozenset(("bad_indent", "second_colon", "no_colon", "open_bracket", "bad_start", "bad_item", "syntax"))
"""What libyaml says where the next quotation mark of the file has closed the one that was left open."""


def diagnosed(found: Sequence[YamlFault], error: YAMLError | None, text: str) -> tuple[YamlFault, ...]:
    """All faults of ``text``: those ``found`` on the way, and what stopped libyaml, by line; one cause, one fault."""
    faults = [*found, *([_stopped(error, text)] if error else [])]
    if not any(one.kind == "full_width_colon" for one in faults):
        return _once(faults)
    lines = LINE_END.split(text)
    swallowed = list(_full_width_keys(lines))
    others = [one for one in faults if one.kind != "full_width_colon"]
    inline = [one for one in faults if one.kind == "full_width_colon" and not FULL_WIDTH_KEY.match(_line(lines, one))]
    known = {one.line for one in swallowed}
    first = [one for one in inline if not any(line in known for line in (one.line, one.line + 1))]
    return _once(sorted([*others, *first, *swallowed], key=lambda one: (one.line, one.column)))


def _once(faults: Sequence[YamlFault]) -> tuple[YamlFault, ...]:
    return tuple({(one.kind, one.line, one.column): one for one in faults}.values())


def _line(lines: Sequence[str], one: YamlFault) -> str:
    return lines[one.line - 1] if 0 < one.line <= len(lines) else ""


def _full_width_keys(lines: Sequence[str]) -> Iterator[YamlFault]:
    """Every line that begins like a name with a full-width colon; a Chinese one only where no text goes on."""
    text_from = -1  # the indentation of a name whose value is a text of many lines
    before = 0
    for number, line in enumerate(lines, start=1):
        indent = len(line) - len(line.lstrip())
        if not line.strip() or (text_from >= 0 and indent > text_from):
            continue
        block = BLOCK_TEXT.fullmatch(line)
        text_from = len(block[1]) if block else -1
        key = FULL_WIDTH_KEY.match(line)
        if key and (indent <= before or ASCII_NAME.match(line)):
            yield fault("full_width_colon", number, key.end(), text=short(line.strip()))
        before = len(line) - len(line.lstrip(" -"))


def _stopped(error: YAMLError, text: str) -> YamlFault:
    """libyaml's complaint; the full-width colon and the open quotation mark, its usual causes here, are looked for."""
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
    if kind in STOPPED_LATER and (opened := _left_open(lines, mark.line, mark.column)):
        return fault("open_quote", *opened)
    line = lines[mark.line] if mark.line < len(lines) else ""
    if kind == "bad_start" and line[mark.column : mark.column + 1] == "\t":
        kind = "tab"
    if kind == "no_colon" and NO_BLANK.match(line):
        kind = "no_blank"
    elif kind in ("no_colon", "second_colon"):
        name = line.lstrip(" -")
        end = NAME_END.search(name)
        if end and end.start() > LONGEST_NAME:
            column = len(line) - len(name) + 1
            details = {"length": end.start(), "limit": LONGEST_NAME, "text": short(name)}
            return fault("long_name", mark.line + 1, column, **details)
    made = fault(kind, mark.line + 1, mark.column + 1, problem=problem, text=short(line.strip()))
    wide = next((letter for letter in line if letter in FULL_WIDTH_MARKS), "") if kind != "second_colon" else ""
    if not wide:
        return made
    half = FULL_WIDTH_MARKS[wide]
    return replace(
        made,
        fix=Words(
            f"{made.fix.en} The line holds the full-width {wide}: where YAML's own sign is meant, type {half} instead.",
            f"{made.fix.zh}该行含有全角“{wide}”：如用作 YAML 符号，请改为半角 {half}。",
        ),
    )


def _left_open(lines: Sequence[str], stopped: int, column: int) -> tuple[int, int] | None:
    """Line and column (from 1) of a quotation mark that only its next like, where libyaml stopped, has closed."""
    for number in range(min(stopped, len(lines)) - 1, -1, -1):
        opened = OPENED.match(lines[number])
        if opened and opened[1] not in lines[number][opened.end() :]:
            between = lines[number + 1 : stopped]
            closed = lines[stopped].find(opened[1]) if stopped < len(lines) else -1
            ends_there = not any(opened[1] in line for line in between) and 0 <= closed <= column
            return (number + 1, opened.end()) if ends_there else None
    return None
