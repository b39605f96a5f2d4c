"""What a theme must not say, though each of its values is one of its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from docgen.layout.contrast import LEAST, contrast, parsed
from docgen.layout.inlines import nearest
from docgen.layout.theme_file import Node

if TYPE_CHECKING:
    from docgen.layout.theme import Theme

# The first numbers of lists that both writers can count on from.
COUNTED = ("1", "a", "i", "①")
CODE_LIMITS: Mapping[str, tuple[float, float]] = {"size": (20, 25), "from_side": (2, 10), "from_edge": (2, 10)}
"""Millimetres within which the archive reads the codes of scanned pages, and knows them as printed by docgen."""
SMALLEST = 6.0
"""Points of the smallest letters."""
WHITE = parsed("#FFFFFF")
AIR, FOOT = 3, 12
"""Millimetres between a letterhead and the text below it, and of a foot's three lines, at least."""


def check(theme: Theme, root: Node) -> None:
    """Refuse what only shows when all values are there.

    Raises:
        TemplateError: with file and line of the value.
    """
    for name, size in theme.sizes.items():
        if size < SMALLEST:
            root["sizes"][name].refuse(f"must be {SMALLEST:g} pt at least, or nobody can read it")
    _check_colours(theme, root)
    _check_contrast(theme, root)
    _check_markers(theme, root)
    _check_code_field(theme, root)
    _check_letterhead(theme, root)


def _check_markers(theme: Theme, root: Node) -> None:
    for language in ("en", "zh"):
        for marker in theme.lists.markers(language):
            if not any(first in marker for first in COUNTED):
                node = root["lists"]["numbers"][language]
                node.refuse(f"{marker!r} shows none of {' '.join(COUNTED)}, from which to count on")


def _check_colours(theme: Theme, root: Node) -> None:
    for name, colour in theme.colours.items():
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
            root["colours"][name].refuse(f"{colour!r} is no colour; write it as '#5F6368'")
    for looks in (theme.en, theme.zh):
        for part in ("elements", "roles", "spans"):
            for name, look in getattr(looks, part).items():
                for key in ("colour", "tint"):
                    colour = getattr(look, key)
                    if colour is not None and colour not in theme.colours:
                        node = root[part][name][key]
                        node.refuse(f"colour {colour!r} is unknown{nearest(colour, theme.colours)}")


def _check_contrast(theme: Theme, root: Node) -> None:
    """White letters are hidden, and pale ones fade in a copy; where a look has a ground of its own, that counts."""
    for looks in (theme.en, theme.zh):
        for part in ("elements", "roles", "spans"):
            for name, look in getattr(looks, part).items():
                if look.colour is None:
                    continue
                ground = parsed(theme.colours[look.tint]) if look.tint else WHITE
                found = contrast(parsed(theme.colours[look.colour]), ground)
                if found < LEAST:
                    chosen, colour = root[part][name]["colour"], root["colours"][look.colour]
                    node = colour if colour.rank < chosen.rank else chosen  # the company's line is at fault
                    shown = f"of {part}.{name} " if node is colour else ""
                    needed = f"(contrast {found:.1f}; {LEAST:g} is needed)"
                    node.refuse(f"{look.colour!r} {shown}is too pale to be read {needed}")


def _check_code_field(theme: Theme, root: Node) -> None:
    """A code that is too small, or elsewhere, shows as a fault only when the signed paper is back."""
    field, margins, background = theme.code_field, theme.page.margins, theme.letterhead.background
    for name, (least, most) in CODE_LIMITS.items():
        if not least <= getattr(field, name) <= most:
            root["code_field"][name].refuse(f"must be {least} to {most} mm, or scanned pages are not recognised")
    if margins.right >= field.from_side + field.size:
        return
    reach = field.from_edge + field.size
    for length, *path in (
        (margins.top, "page", "margins", "top"),
        (margins.bottom, "page", "margins", "bottom"),
        (theme.letterhead.top, "letterhead", "top"),
        (background.top, "letterhead", "background", "top"),
        (background.bottom, "letterhead", "background", "bottom"),
    ):
        if length < reach:
            _at(root, path).refuse(f"must be {reach:g} mm at least: page codes are drawn there")


def _check_letterhead(theme: Theme, root: Node) -> None:
    """The first page has room for the logo above its text, and for a foot of some lines below it."""
    lowest = theme.page.head + theme.letterhead.logo.height + AIR
    if theme.letterhead.top < lowest:
        root["letterhead"]["top"].refuse(f"must be {lowest:g} mm at least, to lie below the head and the logo's height")
    background = theme.letterhead.background
    if background.bottom < background.foot + FOOT:
        node = root["letterhead"]["background"]["bottom"]
        node.refuse(f"must be {background.foot + FOOT:g} mm at least, so that the foot has room")


def _at(root: Node, path: Sequence[str]) -> Node:
    return reduce(lambda node, key: node[key], path, root)
