"""Pages that get into a pile and must wait for a person: forged codes, foreign ones, prints from Word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from docgen.model.identity import paper_id
from docgen.model.page_code import PageCode, check_of, page_code
from tests.scans.papers import A4, ACROSS, Mark, Paper, placed, plain_pdf

STATEMENT, TWO_ON_A_SHEET, STICKER = "statement", "two on a sheet", "foreign code beside"
"""Lines written by hand and no code at all; a copy of two papers; a page on which somebody put another code."""
SMALLER = 0.5**0.5

Marks = Callable[[Paper, Paper], Sequence[Mark]]


def _nothing(known: Paper, other: Paper) -> Sequence[Mark]:
    return ()


def _foreign(known: Paper, other: Paper) -> Sequence[Mark]:
    return [Mark("https://example.com/menu", 30, 60, 40)]


def _sticker(known: Paper, other: Paper) -> Sequence[Mark]:
    return [*placed(known.code(1), known.code(1)), Mark("https://example.com/asset/4711", 20, 225, 25)]


def _wrong_check(known: Paper, other: Paper) -> Sequence[Mark]:
    return _both(page_code(known.number, known.revision, 1, known.pages, known.content[::-1]))


def _wrong_total(known: Paper, other: Paper) -> Sequence[Mark]:
    return _both(page_code(known.number, known.revision, 1, known.pages + 1, known.content))


def _unknown_paper(known: Paper, other: Paper) -> Sequence[Mark]:
    return _both(page_code(f"X{known.number}", 1, 1, 2, known.content))


def _unknown_revision(known: Paper, other: Paper) -> Sequence[Mark]:
    return _both(page_code(known.number, known.revision + 7, 1, known.pages, known.content))


def _word_print(known: Paper, other: Paper) -> Sequence[Mark]:
    return placed(str(PageCode(paper_id(known.number), known.revision, 0, 0, check_of(known.content))), "")


def _two_papers(known: Paper, other: Paper) -> Sequence[Mark]:
    return placed(known.code(1), other.code(1))


def _damaged(known: Paper, other: Paper) -> Sequence[Mark]:
    return placed(known.code(1)[:-2], known.code(1)[:-2])


def _two_on_a_sheet(known: Paper, other: Paper) -> Sequence[Mark]:
    """Two pages side by side, each made as much smaller as a copier does it."""
    sides = ((known.code(1), 0.0), (other.code(1), ACROSS[0] / 2))
    return [
        Mark(mark.text, beside + SMALLER * mark.left, SMALLER * mark.top, SMALLER * mark.side)
        for code, beside in sides
        for mark in placed(code, code)
    ]


STRANGERS: Mapping[str, Marks] = {
    "foreign code": _foreign,
    "wrong check": _wrong_check,
    STATEMENT: _nothing,
    "two papers": _two_papers,
    "Word print": _word_print,
    "wrong total": _wrong_total,
    STICKER: _sticker,
    "unknown paper": _unknown_paper,
    TWO_ON_A_SHEET: _two_on_a_sheet,
    "unknown revision": _unknown_revision,
    "damaged code": _damaged,
}
"""By what they are; each made of a paper that is on record, and another one."""


def printed(what: str, marks: Sequence[Mark]) -> Paper:
    """The page with the codes of such a stranger."""
    size = ACROSS if what == TWO_ON_A_SHEET else A4
    return Paper("", 0, "", plain_pdf([marks], what, size), 1)


def _both(code: PageCode) -> Sequence[Mark]:
    return placed(str(code), str(code))
