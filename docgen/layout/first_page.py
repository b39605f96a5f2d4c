"""How the first page of a document opens: where its text begins and ends, by the letterhead that it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from docgen.model.document import Document
from docgen.model.letterhead import has_letterhead

if TYPE_CHECKING:
    from docgen.layout.theme import Theme

Opening = Literal["plain", "letterhead", "background"]
"""A head like on all pages; a letterhead of logo, name and address; the page of a letterhead.pdf behind the text."""


@dataclass(frozen=True, slots=True)
class LogoRoom:
    """The most that a logo may take, in millimetres."""

    height: float
    width: float


@dataclass(frozen=True, slots=True)
class FirstPage:
    """Where the text begins and ends, and where the foot stands: distances from the edges, in millimetres."""

    top: float
    bottom: float
    foot: float


@dataclass(frozen=True, slots=True)
class LetterheadRoom:
    """``top``: where the text of the first page begins below a letterhead of logo, name and address."""

    logo: LogoRoom
    top: float
    background: FirstPage


def first_page(theme: Theme, opening: Opening) -> FirstPage:
    """The first page of documents that open so."""
    page = theme.page
    match opening:
        case "plain":
            return FirstPage(page.margins.top, page.margins.bottom, page.foot)
        case "letterhead":
            return FirstPage(theme.letterhead.top, page.margins.bottom, page.foot)
        case "background":
            return theme.letterhead.background


def letterhead_width(theme: Theme, *, landscape: bool) -> float:
    """Millimetres between the left margin and the field of the page code, which a letterhead may take."""
    page = theme.page
    across = page.height if landscape else page.width
    return across - page.margins.left - page.margins.right - theme.head_indent


def opening_of(document: Document, *, has_background: bool) -> Opening:
    """How ``document`` opens as PDF; a letterhead.pdf is upright, so landscape pages have the other letterhead."""
    if not has_letterhead(document):
        return "plain"
    return "background" if has_background and not document.landscape else "letterhead"
