"""Outlines of a CFF font as each glyph alone needs them: what glyphs share put into each, what screens need left out.

A glyph is a program: operands, then the operator that takes them all. The language is described in Adobe's Technical
Note 5177. Hints, which say where stems lie, are left out: paper needs none, and the engine's own subsets have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

CALL, CALL_GLOBAL, RETURN, END = 10, 29, 11, 14
STEMS, MASKS = frozenset((1, 3, 18, 23)), frozenset((19, 20))
OPERAND = re.compile(rb"[\x20-\xf6]|[\xf7-\xfe].|\x1c..|\xff.{4}", re.DOTALL)
_OPERANDS = rb"(?:[\x20-\xf6]|[\xf7-\xfe].|\x1c..|\xff.{4})*"
DRAWING = re.compile(
    rb"((?:%b(?:[\x04-\x08\x15\x16\x18-\x1b\x1e\x1f]|\x0c[\x22-\x25]))*)(%b)" % (_OPERANDS, _OPERANDS), re.DOTALL
)
"""Operators that draw, each with its operands; and operands of another."""
DEEPEST = 10
"""So deep may calls be nested, by the standard."""


class Strange(ValueError):
    """A program that does more than to draw."""


class Shared(NamedTuple):
    """What programs call, by numbers that are counted from the middle; ``routine``: by those that begin with 0."""

    size: int
    routine: Callable[[int], bytes]

    def called(self, number: int) -> bytes:
        index = number + (107 if self.size < 1240 else 1131 if self.size < 33900 else 32768)
        if not 0 <= index < self.size:
            raise Strange(f"there is no routine {number}")
        return self.routine(index)


def whole(program: bytes, own: Shared, of_all: Shared) -> bytes:
    """``program`` without calls and hints.

    Raises:
        Strange: it computes, is put together of accents, calls what isn't there, or has no end.
        IndexError: an operand is missing.
    """
    glyph = _Glyph(own, of_all)
    glyph.run(program)
    if not glyph.ended:
        raise Strange("it has no end")
    return b"".join(glyph.made)


class _Glyph:
    """One program while it is gone through: operands that wait for their operator, and how many stems were told."""

    def __init__(self, own: Shared, of_all: Shared) -> None:
        self.own = own
        self.of_all = of_all
        self.operands = b""
        self.made: list[bytes] = []
        self.stems = 0
        self.ended = False

    def run(self, program: bytes, depth: int = 0) -> None:
        if depth > DEEPEST:
            raise Strange("it calls too deep")
        at = 0
        while not self.ended:
            found = DRAWING.match(program, at)
            assert found
            drawing, operands = found.groups()
            if drawing:
                self.made.append(self.operands + drawing)
                self.operands = operands
            else:
                self.operands += operands
            at = found.end()
            if at == len(program):
                return  # what was called may leave operands behind
            operator = program[at]
            at += 1
            if operator in (CALL, CALL_GLOBAL):
                number = OPERAND.findall(self.operands)[-1]
                self.operands = self.operands[: -len(number)]
                shared = self.own if operator == CALL else self.of_all
                self.run(shared.called(_integer(number)), depth + 1)
            elif operator in STEMS or operator in MASKS:
                # Two operands are a stem; one more is the glyph's width, and goes to the next operator.
                pending = OPERAND.findall(self.operands)
                self.stems += len(pending) // 2
                self.operands = pending[0] if len(pending) % 2 else b""
                at += (self.stems + 7) // 8 if operator in MASKS else 0
            elif operator == RETURN:
                return
            elif operator == END and len(OPERAND.findall(self.operands)) <= 1:
                self.made.append(self.operands + bytes((END,)))
                self.ended = True
            else:
                raise Strange(f"operator {operator}")


def _integer(operand: bytes) -> int:
    first = operand[0]
    if first == 28:
        return int.from_bytes(operand[1:], "big", signed=True)
    if first < 247:
        return first - 139
    if first == 255:
        raise Strange("a fraction calls nothing")
    high, sign = (first - 247, 1) if first < 251 else (first - 251, -1)
    return sign * (high * 256 + operand[1] + 108)
