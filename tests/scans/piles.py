"""Piles as a scanner sends them: what lies there, with what was spilled on it, as files, and the truth about each page.
The same number and the same papers give the same pile."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from tests.scans.effects import EFFECTS, FAXES, MM, TO_BLANKS, grained, shown_through, signed, struck_out, written
from tests.scans.laying import BLANK, PAGE, STRUCK_OUT, Flavour, Side, Truth, flavour_of, lay
from tests.scans.papers import A4, Paper, picture
from tests.scans.scanner import Scanned, Shot, scan
from tests.scans.strangers import STATEMENT, printed

TO_STRANGERS = ("clean", "noisy", "turned", "punched", "coloured", "shifted")
"""Under a stain or a stroke, what is wrong with a page could be hidden from anybody."""
TURNED_BY_FILE = 0.08
GRAIN = 3
"""Levels of grey. No lamp sees two copies of a page in the same way; equal files would be one file to the archive."""


@dataclass(frozen=True, slots=True)
class Pile:
    """What was scanned at once, with the truth page by page, and what turns up ``later``."""

    files: Sequence[Scanned]
    truths: Sequence[Truth]
    later: Sequence[Side]


def pile(number: int, papers: Sequence[Paper], dpis: Sequence[int], earlier: Sequence[Side] = ()) -> Pile:
    """The pile of that number.

    Args:
        papers: each comes back signed, once or more often.
        dpis: resolutions that its pages are scanned with, one of them each.
        earlier: what turns up of former piles; it lies on top of this one.
    """
    seeded, flavour, laid = random.Random(f"scan {number}"), flavour_of(number), lay(number, papers, earlier)
    taken = [_shot(side, flavour, flavour.dpis or dpis, seeded) for side in laid.sides]
    files = scan([shot for shot, _ in taken], flavour.form, f"scan-{number:03}")
    return Pile(files, [truth for _, truth in taken], laid.later)


def _shot(side: Side, flavour: Flavour, dpis: Sequence[int], seeded: random.Random) -> tuple[Shot, Truth]:
    """A side as the scanner takes it, and the truth about that."""
    truth, dpi = side.truth, _resolution(side.truth, dpis, seeded)
    effect = seeded.choice(_fitting(truth, flavour))
    page = _as_it_lies(side, dpi, seeded)
    if STRUCK_OUT in truth.tags:
        page = struck_out(page, dpi, seeded)
    taken = EFFECTS[effect](grained(page, GRAIN, seeded), dpi, seeded)
    resolution, quality = FAXES.get(effect, (dpi, dpi)), seeded.randint(10, 60)
    turn = seeded.choice((90, 180, 270)) if seeded.random() < TURNED_BY_FILE else 0
    tags = [*truth.tags, effect, f"{dpi} dpi"] if effect not in FAXES else [*truth.tags, effect]
    if taken.mode != "1" and flavour.form in ("pdf", "pdf with text", "jpg"):
        tags.append("JPEG 10 to 19" if quality < 20 else "JPEG 20 to 60")
    return Shot(taken, resolution, quality, turn), replace(truth, tags=tuple(tags), dpi=min(resolution))


def _resolution(truth: Truth, dpis: Sequence[int], seeded: random.Random) -> int:
    """All pages of a paper are scanned alike, so that one of a low resolution spoils no other paper."""
    return (random.Random(f"scanned {truth.number}") if truth.number else seeded).choice(dpis)


def _fitting(truth: Truth, flavour: Flavour) -> Sequence[str]:
    """Effects that leave the truth as it is."""
    if truth.what == PAGE:
        return flavour.effects
    harmless = TO_BLANKS if truth.what == BLANK else TO_STRANGERS
    return [one for one in flavour.effects if one in harmless] or flavour.effects


def _as_it_lies(side: Side, dpi: int, seeded: random.Random) -> Image.Image:
    """A side before it goes through the scanner, with what was written on it."""
    match side.truth.what:
        case "blank" if side.paper:
            return shown_through(picture(side.paper, side.page, dpi), dpi, seeded)
        case "blank":
            return _white(dpi)
        case what if what == STATEMENT:
            return written(_white(dpi), dpi, seeded)
    if not side.paper:
        return picture(printed(side.truth.what, side.marks), 1, dpi)
    page = picture(side.paper, side.page, dpi)
    return signed(page, dpi, seeded) if side.page == side.paper.pages else page


def _white(dpi: int) -> Image.Image:
    return Image.new("L", (round(A4[0] * dpi / MM), round(A4[1] * dpi / MM)), 255)
