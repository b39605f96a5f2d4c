"""The markers of lists, as the theme shows them: the same in Word's numbering and in the PDF."""

from __future__ import annotations

from docgen.layout.theme import Theme
from docgen.model.document import Language, Listing


def marker(theme: Theme, language: str, ordered: bool, depth: int, number: int) -> str:
    """The marker of item ``number`` (from 1) of a list nested ``depth`` deep (from 0)."""
    shapes = theme.lists.markers(language) if ordered else theme.lists.bullets
    shape = shapes[min(depth, len(shapes) - 1)]
    return counted(shape, number) if ordered else shape


def marker_of(listing: Listing, theme: Theme, language: Language, depth: int, number: int) -> str:
    """The marker of an item of ``listing``, or '' where lists of its role have none.

    Raises:
        TemplateError: the theme doesn't have the role.
    """
    marked = theme.looks(language).role(listing.role, listing.place).markers
    return marker(theme, language, listing.ordered, depth, number) if marked else ""


def counted(shape: str, number: int) -> str:
    """``shape`` shows the first marker, such as ``(a)``; count on from it."""
    for first, count in (("1", str), ("a", _letter), ("i", _roman), ("①", _circled)):
        if first in shape:
            return shape.replace(first, count(number))
    return shape


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        written += sign * count
    return written


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else f"({number})"
