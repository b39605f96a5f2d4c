"""How the pages of a file are looked at one after another, in a process that may die of them."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.archive.ink import is_blank
from docgen.archive.leaves import Leaf, SeenCode
from docgen.archive.marks import OURS
from docgen.archive.pictures import Found, glance, search
from docgen.archive.piles import Examined, as_pdf
from docgen.archive.sheets import Sheet, Sheets


def look_at(file: Examined, pages: Iterable[int], number: int) -> list[Leaf]:
    """What ``pages`` of a file say, counted from 1; ``number``: which leaf of the pile the first of them is.

    A page that can't be read is a leaf with a fault, whatever is wrong with it.
    """
    try:
        sheets = Sheets(as_pdf(file))
    except MemoryError:
        raise
    except Exception:  # as damaged as a file may be; it was well when it was examined
        return [Leaf(at, fault="unreadable") for at, _ in enumerate(pages, number)]
    try:
        return [_leaf(sheets, page, at) for at, page in enumerate(pages, number)]
    finally:
        sheets.close()


def _leaf(sheets: Sheets, page: int, number: int) -> Leaf:
    try:
        with sheets.sheet(page) as sheet:
            return _looked_at(sheet, number)
    except MemoryError:
        return Leaf(number, fault="reader_stopped")
    except Exception:  # damage makes the readers raise errors of every kind
        return Leaf(number, fault="unreadable")


def _looked_at(sheet: Sheet, number: int) -> Leaf:
    view = sheet.view()
    if view.picture is None:
        return Leaf(number, fault=view.fault)
    if not view.fault and not sheet.is_whole():  # though its code can be read, what was signed may be lost
        return Leaf(number, fault="unreadable", way=view.way)
    found = glance(view.picture)
    if not view.fault:
        if not found.codes and is_blank(view.picture):
            hides = view.way == "drawn" and sheet.hides_ink()
            fault = "hidden_parts" if hides else ""
            return Leaf(number, is_blank=not hides, fault=fault, tries=found.tries, way=view.way)
        found = search(view.picture, found)
    ours = [code for code in found.codes if code.text.startswith(OURS)]
    turns = {code.turn for code in ours}
    return Leaf(
        number,
        tuple(sorted({code.text for code in found.codes})),
        turns.pop() if len(turns) == 1 else 0,
        fault=view.fault or _fault(found, ours),
        tries=found.tries,
        way=view.way,
    )


def _fault(found: Found, ours: list[SeenCode]) -> str:
    """Why codes that can be read don't prove that the page is one that docgen printed."""
    if found.is_mirrored:
        return "mirrored"
    ends = [(code.text, code.top) for code in ours]
    is_odd = len({code.turn for code in ours}) > 1 or len(set(ends)) < len(ends)
    return "misplaced_code" if is_odd or not all(code.is_placed for code in ours) else ""
