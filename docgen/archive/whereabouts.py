"""Where a page of a pile is now: in a copy, attached to one, waiting for a person, dismissed, or blank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from docgen.model.returned import Attachment, Copy, Pile, PileFile, Waiting
from docgen.office.returned_lines import Settled
from docgen.office.returns import Returns

Fate = Literal["waiting", "unsorted", "filed", "attached", "dismissed", "blank"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a leaf lies: the ``page``-th, from 1, of a file of its pile."""

    pile: Pile
    file: PileFile
    page: int


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What has become of a page. ``copy`` or ``attachment``: what it is in; ``waiting``: as it waits, or waited last;
    ``settled`` on the day ``on``: by a person. ``place`` is None where its pile isn't on record."""

    leaf: str
    fate: Fate
    place: Place | None
    copy: Copy | None = None
    attachment: Attachment | None = None
    waiting: Waiting | None = None
    settled: Settled | None = None
    on: date | None = None

    @property
    def page(self) -> int:
        """Which page of the paper it is; 0 where it is none."""
        return next((one.page for one in self.copy.pages if one.leaf == self.leaf), 0) if self.copy else 0


class Map:
    """Where all pages are, as it is now."""

    def __init__(self, returns: Returns) -> None:
        self.piles: Sequence[Pile] = returns.piles()
        self._unsorted = {pile.name for pile in returns.unsorted()}
        self._copies = {page.leaf: copy for copy in returns.copies() for page in copy.pages}
        self._attached = {one.leaf: one for one in returns.attachments()}
        self._waited = {one.leaf: one for one in returns.waited()}
        self._settled = returns.settlements()

    def find(self, leaf: str) -> Whereabouts | None:
        """None where no page of that name ever came."""
        place, waiting = place_of(leaf, self.piles), self._waited.get(leaf)
        on, settled = self._settled.get(leaf, (None, None))
        copy, attachment = self._copies.get(leaf), self._attached.get(leaf)
        fate: Fate
        if waiting and not settled:
            fate = "waiting"
        elif copy:
            fate = "filed"
        elif attachment:
            fate = "attached"
        elif settled:
            fate = "dismissed"
        elif place:
            fate = "unsorted" if place.pile.name in self._unsorted else "blank"
        else:
            return None
        return Whereabouts(leaf, fate, place, copy, attachment, waiting, settled, on)


def place_of(leaf: str, piles: Iterable[Pile]) -> Place | None:
    """Where a leaf lies; None where no pile on record has it."""
    mark, number = parts_of(leaf)
    for pile in piles:
        if pile.leaf(number) == f"{mark}-{number}":
            for file in pile.files:
                if file.first <= number < file.first + file.pages:
                    return Place(pile, file, number - file.first + 1)
    return None


def parts_of(leaf: str) -> tuple[str, int]:
    """The mark of its pile, and its number there; 0 where it has none."""
    mark, _, text = leaf.rpartition("-")
    return mark, int(text) if text.isascii() and text.isdigit() else 0
