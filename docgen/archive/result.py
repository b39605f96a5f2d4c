"""What became of a pile: of each of its pages, and the copies that it made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from docgen.archive.sorting import Decision, Fate
from docgen.model.returned import Copy, Pile

FATES: tuple[Fate, ...] = get_args(Fate)


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what was decided on it. It is the ``page``-th of the file that was called ``file``; ``copy``: what it
    is a page of by now."""

    leaf: str
    file: str
    page: int
    decision: Decision
    copy: Copy | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """``copies``: those that are new, or have new pages. ``resumed``: the pile was taken in by an earlier run, which
    was stopped."""

    pile: Pile
    pages: tuple[Page, ...]
    copies: tuple[Copy, ...]
    resumed: bool = False

    def __post_init__(self) -> None:
        assert len(self.pages) == self.pile.pages, "a page was lost on the way"

    @property
    def counts(self) -> Mapping[str, int]:
        """Of its pages, by what became of them."""
        found = Counter(one.decision.fate for one in self.pages)
        return {fate: found[fate] for fate in FATES}
