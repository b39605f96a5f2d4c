"""What a page of a pile was found to say, before anybody decides where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Way = Literal["image", "drawn", ""]
"""How a page was looked at: the scanned picture itself, the page drawn as a viewer shows it, or not at all."""


@dataclass(frozen=True, slots=True)
class SeenCode:
    """A QR code on a page. ``turn``: by how many degrees, clockwise, the page must be turned so that it is upright.

    ``top``: it stands in the upper half of the page that was turned so. ``is_placed``: it stands where docgen prints
    its codes, beside the other one or on the page, and is as large as they are.
    """

    text: str
    turn: int
    top: bool
    is_placed: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a pile. ``number`` counts over the files of the pile, from 1.

    ``codes``: the different texts of all QR codes that were read on it, sorted; those that shine through from the back
    are left out. ``turn``: by how many degrees, clockwise, what a viewer shows must be turned to stand upright; 0 where
    nothing tells. ``fault``: a kind of reasons.py that keeps the page from being filed by its code, or ''. ``tries``:
    how many pictures were searched for codes.
    """

    number: int
    codes: tuple[str, ...] = ()
    turn: int = 0
    is_blank: bool = False
    fault: str = ""
    tries: int = 0
    way: Way = ""
