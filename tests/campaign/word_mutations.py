"""One small change to the lists or tables of a finished Word file, as a faulty writer might make it."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, NUMBERING = "word/document.xml", "word/numbering.xml"

Mutation = Callable[[Any, Any, random.Random], bool]
"""Changes document.xml or numbering.xml; False where there is nothing to change in this way."""


def mutated(docx: bytes, mutation: Mutation, seeded: random.Random) -> bytes | None:
    """The file with its change, or None where it offers none."""
    with zipfile.ZipFile(io.BytesIO(docx)) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    document, numbering = (etree.fromstring(parts[name]) for name in (DOCUMENT, NUMBERING))
    if not mutation(document, numbering, seeded):
        return None
    parts |= {DOCUMENT: etree.tostring(document), NUMBERING: etree.tostring(numbering)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def value(element: Any, path: str) -> str:
    found = element.find("/".join(W + step for step in path.split("/")))
    return "" if found is None else found.get(f"{W}val") or ""


def items(document: Any) -> list[Any]:
    """The paragraphs that carry a number or bullet."""
    return [one for one in document.iter(f"{W}p") if one.find(f"{W}pPr/{W}numPr") is not None]


def ordered(document: Any, numbering: Any) -> dict[str, list[Any]]:
    """The items of each ordered list, by the list's number, in the order of the document."""
    restarted = {
        str(one.get(f"{W}numId")) for one in numbering.iter(f"{W}num") if one.find(f"{W}lvlOverride") is not None
    }
    found: dict[str, list[Any]] = {}
    for one in items(document):
        if (number := value(one, "pPr/numPr/numId")) in restarted:
            found.setdefault(number, []).append(one)
    return found


def set_number(paragraph: Any, number: str) -> None:
    paragraph.find(f"{W}pPr/{W}numPr/{W}numId").set(f"{W}val", number)


def count_on(document: Any, numbering: Any, seeded: random.Random) -> bool:
    """A list goes on counting from one of its level before it."""
    lists = ordered(document, numbering)
    pairs = [
        (first, second)
        for place, first in enumerate(lists)
        for second in list(lists)[place + 1 :]
        if value(lists[first][0], "pPr/numPr/ilvl") == value(lists[second][0], "pPr/numPr/ilvl") == "0"
    ]
    if not pairs:
        return False
    first, second = seeded.choice(pairs)
    for one in lists[second]:
        set_number(one, first)
    return True


def lose_start(document: Any, numbering: Any, seeded: random.Random) -> bool:
    """A list that is not the first has lost the number that it starts at."""
    lists = [number for number, of in ordered(document, numbering).items() if value(of[0], "pPr/numPr/ilvl") == "0"][1:]
    if not lists:
        return False
    number = seeded.choice(lists)
    (one,) = (one for one in numbering.iter(f"{W}num") if one.get(f"{W}numId") == number)
    one.remove(one.find(f"{W}lvlOverride"))
    return True


def change_start(document: Any, numbering: Any, seeded: random.Random) -> bool:
    lists = list(ordered(document, numbering))
    if not lists:
        return False
    number = seeded.choice(lists)
    for one in numbering.iter(f"{W}num"):
        if one.get(f"{W}numId") == number:
            start = one.find(f"{W}lvlOverride/{W}startOverride")
            start.set(f"{W}val", str(int(start.get(f"{W}val")) + 1))
    return True


def change_level(document: Any, numbering: Any, seeded: random.Random) -> bool:
    found = items(document)
    if not found:
        return False
    level = seeded.choice(found).find(f"{W}pPr/{W}numPr/{W}ilvl")
    level.set(f"{W}val", "1" if level.get(f"{W}val") == "0" else "0")
    return True


def lose_number(document: Any, numbering: Any, seeded: random.Random) -> bool:
    found = items(document)
    if not found:
        return False
    properties = seeded.choice(found).find(f"{W}pPr")
    properties.remove(properties.find(f"{W}numPr"))
    return True


def change_format(document: Any, numbering: Any, seeded: random.Random) -> bool:
    lists = ordered(document, numbering)
    if not lists:
        return False
    one = seeded.choice([one for of in lists.values() for one in of])
    level = value(one, "pPr/numPr/ilvl")
    for form in numbering.iterfind(f"{W}abstractNum/{W}lvl[@{W}ilvl='{level}']/{W}numFmt"):
        form.set(f"{W}val", "upperRoman")
    return True


def rows_of_many(document: Any) -> list[list[Any]]:
    return [cells for row in document.iter(f"{W}tr") if len(cells := row.findall(f"{W}tc")) > 1]


def spread(cell: Any) -> int:
    return int(value(cell, "tcPr/gridSpan") or 1)


def set_spread(cell: Any, count: int) -> None:
    properties = cell.find(f"{W}tcPr")
    span = properties.find(f"{W}gridSpan")
    if span is None:
        span = etree.Element(f"{W}gridSpan")
        properties.find(f"{W}tcW").addnext(span)
    span.set(f"{W}val", str(count))


def merge_cells(document: Any, numbering: Any, seeded: random.Random) -> bool:
    """Two neighbours become one cell that is as wide and says what both said."""
    rows = rows_of_many(document)
    if not rows:
        return False
    cells = seeded.choice(rows)
    at = seeded.randrange(len(cells) - 1)
    left, right = cells[at], cells[at + 1]
    set_spread(left, spread(left) + spread(right))
    left.extend(right.findall(f"{W}p"))
    right.getparent().remove(right)
    return True


def drop_empty_cell(document: Any, numbering: Any, seeded: random.Random) -> bool:
    empty = [cell for cells in rows_of_many(document) for cell in cells if not "".join(cell.itertext()).strip()]
    if not empty:
        return False
    cell = seeded.choice(empty)
    cell.getparent().remove(cell)
    return True


def move_to_neighbour(document: Any, numbering: Any, seeded: random.Random) -> bool:
    """What a cell says stands in the next one, before what that says."""
    pairs = [
        (left, right)
        for cells in rows_of_many(document)
        for left, right in pairwise(cells)
        if "".join(left.itertext()).strip()
    ]
    if not pairs:
        return False
    left, right = seeded.choice(pairs)
    for child in reversed([one for one in left if one.tag != f"{W}tcPr"]):
        right.find(f"{W}tcPr").addnext(child)
    etree.SubElement(left, f"{W}p")
    return True


def lose_reach(document: Any, numbering: Any, seeded: random.Random) -> bool:
    """A cell no longer reaches over columns or down."""
    found = [one for one in document.iter(f"{W}gridSpan", f"{W}vMerge")]
    if not found:
        return False
    one = seeded.choice(found)
    one.getparent().remove(one)
    return True


def split_row(document: Any, numbering: Any, seeded: random.Random) -> bool:
    """The last cells of a row stand in a row of their own."""
    rows = rows_of_many(document)
    if not rows:
        return False
    cells = seeded.choice(rows)
    row = cells[0].getparent()
    new = etree.Element(f"{W}tr")
    new.extend(cells[seeded.randrange(1, len(cells)) :])
    row.addnext(new)
    return True


def lose_head(document: Any, numbering: Any, seeded: random.Random) -> bool:
    found = list(document.iter(f"{W}tblHeader"))
    if not found:
        return False
    one = seeded.choice(found)
    one.getparent().remove(one)
    return True


WORD_MUTATIONS: dict[str, Mutation] = {
    "list counted on": count_on,
    "start lost": lose_start,
    "start changed": change_start,
    "level changed": change_level,
    "number lost": lose_number,
    "numbers of another kind": change_format,
    "cells merged": merge_cells,
    "empty cell dropped": drop_empty_cell,
    "text in the neighbour's cell": move_to_neighbour,
    "span lost": lose_reach,
    "row split": split_row,
    "head row lost": lose_head,
}
