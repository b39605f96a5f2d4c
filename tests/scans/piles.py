"""Piles as offices scan them: signed papers in some order, with what gets lost, doubled, mixed in or spilled on them,
and the truth about each page. The same number and the same papers give the same pile."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from PIL import Image

from tests.scans.effects import EFFECTS, FAXES, MM, TO_BLANKS, shown_through, signed, struck_out, written
from tests.scans.papers import A4, Paper, picture
from tests.scans.scanner import Form, Scanned, Shot, scan
from tests.scans.strangers import STATEMENT, STRANGERS, stranger

Hope = Literal["filed", "waits", "blank", "any"]
"""What the archive should make of a page. ``any``: nobody could do it without a person, and no harm may be done; so
where one of several signed copies of a paper lacks a page."""
Order = Literal["as printed", "reversed", "interleaved", "shuffled", "fronts, then backs"]

PAGE, BLANK = "page", "blank"
STRUCK_OUT = "both codes blackened"
TO_STRANGERS = ("clean", "noisy", "turned", "punched", "coloured", "shifted")
"""Under a stain or a stroke, what is wrong with a page could be hidden from anybody."""
SIGNED_OFTEN, MOST_COPIES = 0.3, 3
"""The share of papers that several sign, each a copy, and how many copies at most."""
TURNED_BY_FILE = 0.08
ENOUGH_DPI = 150


@dataclass(frozen=True, slots=True)
class Truth:
    """What a page of a pile is. ``what``: PAGE, BLANK or a kind of stranger. Of a page of a paper also which: its
    ``page``, and of which signed ``copy`` of that paper. ``tags``: what happened to it on the way, to count by;
    ``dpi``: the lesser one of its two resolutions."""

    what: str
    hope: Hope
    number: str = ""
    revision: int = 0
    page: int = 0
    copy: int = 0
    tags: tuple[str, ...] = ()
    dpi: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is one of those of which hardly any may need a person."""
        return self.hope == "filed" and self.dpi >= ENOUGH_DPI


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: a page of a paper, or what shines through of it, or nothing."""

    truth: Truth
    paper: Paper | None = None
    page: int = 1


Sheet = tuple[Side, Side]
"""Front and back."""


@dataclass(frozen=True, slots=True)
class Flavour:
    """How an office prints and scans. ``copies``: some papers are signed more than once; ``strangers``: so many pages
    get in that don't belong."""

    order: Order
    form: Form
    printed_on_both: bool = False
    scanned_on_both: bool = True
    copies: bool = False
    strangers: int = 0
    effects: tuple[str, ...] = tuple(EFFECTS)
    dpis: tuple[int, ...] = ()


FLAVOURS = (
    Flavour("as printed", "pdf", copies=True, strangers=1),
    Flavour("reversed", "pdf", printed_on_both=True, copies=True, strangers=1),
    Flavour("interleaved", "jpg", scanned_on_both=False, strangers=2),
    Flavour("as printed", "tiff", printed_on_both=True, effects=("fine fax",), dpis=(150,)),
    Flavour("shuffled", "pdf with text", scanned_on_both=False, strangers=2),
    Flavour("fronts, then backs", "pdf", printed_on_both=True, strangers=1),
    Flavour("reversed", "png", scanned_on_both=False, copies=True, strangers=1),
    Flavour("interleaved", "pdf", printed_on_both=True, copies=True, strangers=1),
    Flavour("shuffled", "tiff", effects=("black and white", "dithered"), dpis=(200,)),
    Flavour("as printed", "pdf", scanned_on_both=False, copies=True, strangers=4),
    Flavour("fronts, then backs", "jpg", printed_on_both=True, copies=True, strangers=1),
)
"""In turn; the first six are those of every test run. There are eleven, so that each part of a campaign has of all."""


@dataclass(frozen=True, slots=True)
class Pile:
    """What was scanned at once, with the truth page by page, and the pages that were lost and turn up ``later``."""

    files: Sequence[Scanned]
    truths: Sequence[Truth]
    later: Sequence[Side]


def pile(number: int, papers: Sequence[Paper], dpis: Sequence[int], earlier: Sequence[Side] = ()) -> Pile:
    """The pile of that number.

    Args:
        papers: each comes back signed, once or more often.
        dpis: resolutions that its pages are scanned with, one of them each.
        earlier: pages that were lost from former piles, and lie on top of this one.
    """
    seeded = random.Random(f"pile {number}")
    flavour = FLAVOURS[number % len(FLAVOURS)]
    bundles: list[list[Sheet]] = []
    later: list[Side] = []
    for paper in papers:
        made, lost = _bundles(paper, flavour, seeded)
        bundles += made
        later += lost
    sheets = _ordered(bundles, flavour.order, seeded)
    for what in _some_strangers(number, flavour.strangers):
        known, other = seeded.sample(papers, 2)
        hopeless = Side(Truth(what, "waits"), stranger(what, known, other))
        sheets.insert(seeded.randint(0, len(sheets)), (hopeless, _back_of(hopeless)))
    sides = [*earlier, *_scanned(sheets, flavour)]
    taken = [_shot(side, flavour, flavour.dpis or dpis, seeded) for side in sides]
    files = scan([shot for shot, _ in taken], flavour.form, f"scan-{number:03}")
    return Pile(files, [truth for _, truth in taken], later)


def _bundles(paper: Paper, flavour: Flavour, seeded: random.Random) -> tuple[list[list[Sheet]], list[Side]]:
    """The signed copies of a paper, sheet by sheet, and the pages that a feeder swallowed.

    At most one thing goes wrong with a paper in a pile: two copies that lack a page each would look like one whole.
    """
    copies = seeded.randint(2, MOST_COPIES) if flavour.copies and seeded.random() < SIGNED_OFTEN else 1
    mishap = seeded.choices(("", "lost", "doubled", STRUCK_OUT), (76, 12, 6, 6))[0]
    mixed = copies > 1 and flavour.order not in ("as printed", "reversed")
    hope: Hope = "any" if mixed or (mishap and copies > 1) or mishap == "doubled" else "filed"
    sides = [
        [
            Side(Truth(PAGE, hope, paper.number, paper.revision, page, copy), paper, page)
            for page in range(1, paper.pages + 1)
        ]
        for copy in range(1, copies + 1)
    ]
    hit = seeded.choice(sides)
    lost: list[Side] = []
    at = seeded.randrange(len(hit))
    if mishap == "lost" and paper.pages > 1:
        lost = [hit.pop(at)]
    elif mishap == "doubled":
        hit.insert(at, hit[at])
    elif mishap == STRUCK_OUT:
        hit[at] = replace(hit[at], truth=replace(hit[at].truth, hope="waits", tags=(STRUCK_OUT,)))
    return [_sheets(one, flavour.printed_on_both) for one in sides], lost


def _sheets(sides: Sequence[Side], printed_on_both: bool) -> list[Sheet]:
    if not printed_on_both:
        return [(side, _back_of(side)) for side in sides]
    pairs = zip_longest(sides[::2], sides[1::2])
    return [(front, back or _back_of(front)) for front, back in pairs]


def _back_of(side: Side) -> Side:
    return Side(Truth(BLANK, "blank"), side.paper, side.page)


def _ordered(bundles: list[list[Sheet]], order: Order, seeded: random.Random) -> list[Sheet]:
    match order:
        case "interleaved":
            return [sheet for layer in zip_longest(*bundles) for sheet in layer if sheet]
        case "shuffled":
            sheets = [sheet for bundle in bundles for sheet in bundle]
            return seeded.sample(sheets, len(sheets))
        case "reversed":
            return [(back, front) for bundle in bundles[::-1] for front, back in bundle[::-1]]
        case _:
            return [sheet for bundle in bundles for sheet in bundle]


def _scanned(sheets: Sequence[Sheet], flavour: Flavour) -> list[Side]:
    """The sides in the order in which the scanner sees them."""
    if flavour.order == "fronts, then backs":
        return [sheet[0] for sheet in sheets] + [sheet[1] for sheet in sheets[::-1]]
    if not flavour.scanned_on_both:
        return [next(side for side in sheet if side.truth.what != BLANK) for sheet in sheets]
    return [side for sheet in sheets for side in sheet]


def _some_strangers(number: int, count: int) -> Iterator[str]:
    """Another choice for each pile, so that all come about as often."""
    names = list(STRANGERS)
    yield from (names[(3 * number + at) % len(names)] for at in range(count))


def _shot(side: Side, flavour: Flavour, dpis: Sequence[int], seeded: random.Random) -> tuple[Shot, Truth]:
    """A side as the scanner takes it, and the truth about that."""
    truth, dpi = side.truth, _resolution(side.truth, dpis, seeded)
    effect = seeded.choice(_fitting(truth, flavour, dpi))
    page = _as_it_lies(side, dpi, seeded)
    if STRUCK_OUT in truth.tags:
        page = struck_out(page, dpi, seeded)
    taken = EFFECTS[effect](page, dpi, seeded)
    resolution, quality = FAXES.get(effect, (dpi, dpi)), seeded.randint(10, 60)
    turn = seeded.choice((90, 180, 270)) if seeded.random() < TURNED_BY_FILE else 0
    tags = [*truth.tags, effect, f"{dpi} dpi"] if effect not in FAXES else [*truth.tags, effect]
    if taken.mode != "1" and flavour.form in ("pdf", "pdf with text", "jpg"):
        tags.append("JPEG 10 to 19" if quality < 20 else "JPEG 20 to 60")
    return Shot(taken, resolution, quality, turn), replace(truth, tags=tuple(tags), dpi=min(resolution))


def _resolution(truth: Truth, dpis: Sequence[int], seeded: random.Random) -> int:
    """All pages of a paper are scanned alike, so that one of a low resolution spoils no other paper."""
    return (random.Random(f"scanned {truth.number}") if truth.number else seeded).choice(dpis)


def _fitting(truth: Truth, flavour: Flavour, dpi: int) -> Sequence[str]:
    """Effects that leave the truth as it is; a fax of few pixels is only what has few of them anyway."""
    if truth.what == PAGE:
        return [one for one in flavour.effects if dpi < ENOUGH_DPI or min(FAXES.get(one, (dpi,))) >= ENOUGH_DPI]
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
    assert side.paper
    page = picture(side.paper, side.page, dpi)
    return signed(page, dpi, seeded) if side.page == side.paper.pages else page


def _white(dpi: int) -> Image.Image:
    return Image.new("L", (round(A4[0] * dpi / MM), round(A4[1] * dpi / MM)), 255)
