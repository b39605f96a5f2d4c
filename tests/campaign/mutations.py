"""One small change to a document tree, as a faulty writer might make it."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from docgen.model.document import Document, Heading, Listing, Paragraph, Row, Table, Text

Place = tuple[str | int, ...]
"""The way to a part of a tree: names of attributes, and indexes of tuples."""

Mutation = Callable[[Document, random.Random], Document | None]
"""Gives the changed tree, or None where the tree has nothing to change in this way."""

LOOK_ALIKES = (
    *("0O", "1l", "5S", "8B", "il", "ce", "mn", "uv", ",.", "-–"),
    *("未末", "土士", "己已", "人入", "大太", "日目", "天夫", "，。", "；："),
)
RUNNING = ("first_head", "head", "foot")


def nodes(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Everything in a tree with the way to it."""
    yield place, value
    if isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from nodes(inner, (*place, index))
    elif is_dataclass(value):
        for field in fields(value):
            yield from nodes(getattr(value, field.name), (*place, field.name))


def part(value: Any, place: Place) -> Any:
    for step in place:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def put(value: Any, place: Place, new: Any) -> Any:
    """``value`` with ``new`` at ``place``."""
    if not place:
        return new
    step, *rest = place
    inner = put(part(value, (step,)), tuple(rest), new)
    return (*value[:step], inner, *value[step + 1 :]) if isinstance(step, int) else replace(value, **{step: inner})


def letters(value: Any) -> str:
    """What a part of a tree says, told by no code of docgen: all text in NFC without white space."""
    said = "".join(node.text for _, node in nodes(value) if isinstance(node, Text))
    return "".join(unicodedata.normalize("NFC", said).split())


def _found(document: Document, wanted: Callable[[Any], bool], within: str = "body") -> list[Place]:
    return [(within, *place) for place, node in nodes(getattr(document, within)) if wanted(node)]


def _without(document: Document, place: Place) -> Document:
    *around, last = place
    assert isinstance(last, int)
    held = part(document, tuple(around))
    return _put(document, tuple(around), (*held[:last], *held[last + 1 :]))


def _put(document: Document, place: Place, new: Any) -> Document:
    made = put(document, place, new)
    assert isinstance(made, Document)
    return made


def _swapped(document: Document, one: Place, other: Place) -> Document:
    first, second = part(document, one), part(document, other)
    return _put(_put(document, one, second), other, first)


def _says_something(node: Any) -> bool:
    return isinstance(node, Text) and bool(node.text.strip())


def _in_a_row(place: Place) -> bool:
    """Does ``place`` lead into a tuple, so that its part can be left out?"""
    return isinstance(place[-1], int)


def drop_run(document: Document, seeded: random.Random) -> Document | None:
    found = _found(document, _says_something)
    return _without(document, seeded.choice(found)) if found else None


def change_digit(document: Document, seeded: random.Random) -> Document | None:
    found = _found(document, lambda node: isinstance(node, Text) and any("0" <= sign <= "9" for sign in node.text))
    if not found:
        return None
    place = seeded.choice(found)
    text = part(document, place).text
    at = seeded.choice([index for index, sign in enumerate(text) if "0" <= sign <= "9"])
    other = seeded.choice([digit for digit in "0123456789" if digit != text[at]])
    return _put(document, (*place, "text"), text[:at] + other + text[at + 1 :])


def change_to_look_alike(document: Document, seeded: random.Random) -> Document | None:
    signs = "".join(LOOK_ALIKES)
    found = _found(document, lambda node: isinstance(node, Text) and any(sign in signs for sign in node.text))
    if not found:
        return None
    place = seeded.choice(found)
    text = part(document, place).text
    at = seeded.choice([index for index, sign in enumerate(text) if sign in signs])
    pair = seeded.choice([pair for pair in LOOK_ALIKES if text[at] in pair])
    return _put(document, (*place, "text"), text[:at] + pair.replace(text[at], "") + text[at + 1 :])


def swap_cells(document: Document, seeded: random.Random) -> Document | None:
    rows = _found(document, lambda node: isinstance(node, Row) and len(node.cells) > 1)
    if not rows:
        return None
    row = seeded.choice(rows)
    one, other = seeded.sample(range(len(part(document, row).cells)), 2)
    return _swapped(document, (*row, "cells", one, "blocks"), (*row, "cells", other, "blocks"))


def swap_rows(document: Document, seeded: random.Random) -> Document | None:
    """The texts of two rows of one shape change places."""
    tables = _found(document, lambda node: isinstance(node, Table) and len(node.body) > 1)
    if not tables:
        return None
    body = (*seeded.choice(tables), "body")
    rows = part(document, body)
    one, other = seeded.sample(range(len(rows)), 2)
    shapes = [[(cell.colspan, cell.rowspan) for cell in rows[index].cells] for index in (one, other)]
    return _swapped(document, (*body, one), (*body, other)) if shapes[0] == shapes[1] else None


def swap_paragraphs(document: Document, seeded: random.Random) -> Document | None:
    found = _found(document, lambda node: isinstance(node, Paragraph | Heading))
    if len(found) < 2:
        return None
    one, other = seeded.sample(found, 2)
    return _swapped(document, (*one, "content"), (*other, "content"))


def drop_paragraph(document: Document, seeded: random.Random) -> Document | None:
    found = _found(document, lambda node: isinstance(node, Paragraph | Heading))
    return _without(document, seeded.choice(found)) if found else None


def repeat_paragraph(document: Document, seeded: random.Random) -> Document | None:
    found = _found(document, lambda node: isinstance(node, Paragraph | Heading))
    if not found:
        return None
    *around, at = seeded.choice(found)
    assert isinstance(at, int)
    held = part(document, tuple(around))
    return _put(document, tuple(around), (*held[: at + 1], *held[at:]))


def drop_item(document: Document, seeded: random.Random) -> Document | None:
    lists = _found(document, lambda node: isinstance(node, Listing) and len(node.items) > 1)
    if not lists:
        return None
    place = seeded.choice(lists)
    return _without(document, (*place, "items", seeded.randrange(len(part(document, place).items))))


def change_running(document: Document, seeded: random.Random) -> Document | None:
    """A word is put into a head or foot, or one of its runs is lost."""
    within = seeded.choice(RUNNING)
    found = _found(document, _says_something, within)
    if not found:
        return None
    place = seeded.choice(found)
    return seeded.choice(
        (_without(document, place), _put(document, (*place, "text"), f"{part(document, place).text} x"))
    )


def swap_running(document: Document, seeded: random.Random) -> Document | None:
    """Head and foot, or the heads of the first and of the further pages, change places."""
    one, other = seeded.sample(RUNNING, 2)
    return _swapped(document, (one,), (other,))


MUTATIONS: dict[str, Mutation] = {
    "run dropped": drop_run,
    "digit changed": change_digit,
    "look-alike": change_to_look_alike,
    "cells swapped": swap_cells,
    "rows swapped": swap_rows,
    "paragraphs swapped": swap_paragraphs,
    "paragraph dropped": drop_paragraph,
    "paragraph twice": repeat_paragraph,
    "list item dropped": drop_item,
    "head or foot changed": change_running,
    "head and foot swapped": swap_running,
}
