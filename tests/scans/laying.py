"""Signed papers as they lie on a scanner: in some order, with what gets lost, doubled or mixed in, and the truth about
each page. The same number and the same papers lie in the same way."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from tests.scans.effects import EFFECTS
from tests.scans.papers import Mark, Paper
from tests.scans.scanner import Form
from tests.scans.strangers import STICKER, STRANGERS

Hope = Literal["filed", "waits", "blank", "any"]
"""What the archive should make of a page. ``any``: nobody could do it without a person, and no harm may be done; so
where one of several signed copies of a paper lacks a page."""
Order = Literal["as printed", "reversed", "last sheet first", "interleaved", "shuffled", "fronts, then backs"]

PAGE, BLANK = "page", "blank"
STRUCK_OUT = "both codes blackened"
SIGNED_OFTEN, MOST_COPIES = 0.5, 3
"""The share of papers that several sign, each a copy, and how many copies at most."""
SCANNED_AGAIN = 0.3
"""The share of piles of which a paper that lacks nothing is scanned once more, with the next pile."""
ENOUGH_DPI = 150


@dataclass(frozen=True, slots=True)
class Truth:
    """What a page of a pile is. ``what``: PAGE, BLANK or a kind of stranger. Of a page of a paper also which: its
    ``page``, and of which signed ``copy`` of that paper; of a blank back whose. ``tags``: what happened to it on the
    way, to count by; ``dpi``: the lesser one of its two resolutions."""

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
    """One side of a sheet: a page of a paper, or what shines through of it, or nothing; of a stranger its ``marks``."""

    truth: Truth
    paper: Paper | None = None
    page: int = 1
    marks: Sequence[Mark] = ()


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
    Flavour("as printed", "pdf", scanned_on_both=False, copies=True, strangers=4),
    Flavour("reversed", "pdf", printed_on_both=True, copies=True, strangers=2),
    Flavour("interleaved", "jpg", scanned_on_both=False, strangers=2),
    Flavour("as printed", "tiff", printed_on_both=True, copies=True, effects=("fine fax",), dpis=(150,)),
    Flavour("shuffled", "pdf with text", scanned_on_both=False, strangers=2),
    Flavour("fronts, then backs", "pdf", printed_on_both=True, strangers=2),
    Flavour("as printed", "pdf", copies=True, strangers=2),
    Flavour("reversed", "png", scanned_on_both=False, copies=True, strangers=3),
    Flavour("interleaved", "pdf", printed_on_both=True, copies=True, strangers=2),
    Flavour("shuffled", "tiff", effects=("black and white", "dithered"), dpis=(200,)),
    Flavour("last sheet first", "pdf", printed_on_both=True, copies=True, strangers=3),
    Flavour("as printed", "pdf with text", printed_on_both=True, copies=True, strangers=2),
    Flavour("fronts, then backs", "jpg", printed_on_both=True, copies=True, strangers=2),
)
"""In turn; the first six are those of every test run. There are thirteen: each part of a campaign has others."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What lies on the scanner, side by side, and what turns up with the next pile: lost pages, and second scans."""

    sides: Sequence[Side]
    later: Sequence[Side]


def flavour_of(number: int) -> Flavour:
    return FLAVOURS[number % len(FLAVOURS)]


def lay(number: int, papers: Sequence[Paper], earlier: Sequence[Side] = ()) -> Laid:
    """The pile of that number.

    Args:
        papers: each comes back signed, once or more often.
        earlier: what turns up of former piles; it lies on top of this one.
    """
    seeded = random.Random(f"pile {number}")
    flavour = flavour_of(number)
    bundles: list[list[Sheet]] = []
    later: list[Side] = []
    whole: list[Paper] = []
    for paper in papers:
        made, lost = _bundles(paper, flavour, seeded)
        bundles += made
        later += lost
        if not lost and all(side.truth.hope in ("filed", "blank") for one in made for sheet in one for side in sheet):
            whole.append(paper)
    if whole and seeded.random() < SCANNED_AGAIN:
        later += _pages(seeded.choice(whole), MOST_COPIES + 1, "filed")
    sheets = _ordered(bundles, flavour.order, seeded)
    for what in _some_strangers(number, flavour.strangers):
        known, other = seeded.sample(papers, 2)
        hopeless = Side(_truth_of(what, known), marks=STRANGERS[what](known, other))
        sheets.insert(seeded.randint(0, len(sheets)), (hopeless, _back_of(hopeless)))
    return Laid([*earlier, *_seen(sheets, flavour)], later)


def _bundles(paper: Paper, flavour: Flavour, seeded: random.Random) -> tuple[list[list[Sheet]], list[Side]]:
    """The signed copies of a paper, sheet by sheet, and the pages that a feeder swallowed.

    No more goes wrong with a paper in a pile than what the archive can bear: where it was signed several times, one
    thing, or if these lie one after the other fewer pages than it has. Two copies that lack a page each may look like
    one whole.
    """
    copies = seeded.randint(2, MOST_COPIES) if flavour.copies and seeded.random() < SIGNED_OFTEN else 1
    mishap = seeded.choices(("", "lost", "doubled", STRUCK_OUT, "lost and struck out"), (74, 12, 6, 6, 2))[0]
    among = copies > 1 and flavour.order in ("interleaved", "shuffled", "fronts, then backs")
    hope: Hope = "any" if among or (mishap and copies > 1) or mishap == "doubled" else "filed"
    sides = [_pages(paper, copy, hope) for copy in range(1, copies + 1)]
    hit = seeded.choice(sides)
    lost: list[Side] = []
    if mishap in ("lost", "lost and struck out") and paper.pages > 1:
        lost = [hit.pop(seeded.randrange(len(hit)))]
    if mishap == "doubled":
        at = seeded.randrange(len(hit))
        hit.insert(at, hit[at])
    if mishap == STRUCK_OUT or (mishap == "lost and struck out" and paper.pages > 2 and not among):
        hit = seeded.choice(sides)
        at = seeded.randrange(len(hit))
        hit[at] = replace(hit[at], truth=replace(hit[at].truth, hope="waits", tags=(STRUCK_OUT,)))
    return [_sheets(one, flavour.printed_on_both) for one in sides], lost


def _pages(paper: Paper, copy: int, hope: Hope) -> list[Side]:
    return [
        Side(Truth(PAGE, hope, paper.number, paper.revision, page, copy), paper, page)
        for page in range(1, paper.pages + 1)
    ]


def _sheets(sides: Sequence[Side], printed_on_both: bool) -> list[Sheet]:
    if not printed_on_both:
        return [(side, _back_of(side)) for side in sides]
    pairs = zip_longest(sides[::2], sides[1::2])
    return [(front, back or _back_of(front)) for front, back in pairs]


def _back_of(side: Side) -> Side:
    truth = side.truth if side.truth.what == PAGE else Truth(BLANK, "blank")
    return Side(Truth(BLANK, "blank", truth.number, truth.revision), side.paper, side.page)


def _ordered(bundles: list[list[Sheet]], order: Order, seeded: random.Random) -> list[Sheet]:
    match order:
        case "interleaved":
            return [sheet for layer in zip_longest(*bundles) for sheet in layer if sheet]
        case "shuffled":
            sheets = [sheet for bundle in bundles for sheet in bundle]
            return seeded.sample(sheets, len(sheets))
        case "reversed":
            return [(back, front) for bundle in bundles[::-1] for front, back in bundle[::-1]]
        case "last sheet first":
            return [sheet for bundle in bundles[::-1] for sheet in bundle[::-1]]
        case _:
            return [sheet for bundle in bundles for sheet in bundle]


def _seen(sheets: Sequence[Sheet], flavour: Flavour) -> list[Side]:
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


def _truth_of(what: str, known: Paper) -> Truth:
    """With a sticker on it, it is a page of a paper all the same."""
    return Truth(what, "waits", known.number, known.revision, 1) if what == STICKER else Truth(what, "waits")
