"""Piles sorted by what their pages say, without pictures: so many that what comes about once in a thousand does too."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import pytest

from docgen.archive.leaves import Leaf
from docgen.archive.sorting import Decision, Known, Papers, sort
from docgen.model.identity import paper_id
from docgen.model.page_code import check_of
from docgen.model.returned import Copy, CopyPage, KeptFile
from tests.scans.laying import BLANK, PAGE, STRUCK_OUT, Side, lay
from tests.scans.office import EVERY_REVISED, LENGTHS, SHARES
from tests.scans.papers import Paper
from tests.scans.strangers import TWO_ON_A_SHEET

PAPERS, IN_A_PILE = 50, 10
UNSEEN = 0.012
"""The share of blank sides that aren't found blank; about as the pictures tell."""
ENOUGH = 0.99

Key = tuple[str, int, int]


@dataclass(slots=True)
class Office:
    """What was issued, and the copies that came back, each with the truth about its pages."""

    papers: list[Paper]
    copies: dict[Key, Copy] = field(default_factory=dict)
    really: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))

    @property
    def known(self) -> Papers:
        issued: dict[str, dict[int, Paper]] = defaultdict(dict)
        for one in self.papers:
            issued[paper_id(one.number)][one.revision] = one
        return lambda paper: _known(issued.get(paper, {}))

    def file(self, side: Side, one: Decision, leaf: str) -> None:
        key = (one.number, one.revision, one.copy)
        self.really[key].add((side.truth.number, side.truth.revision, side.truth.copy))
        assert side.paper
        before = self.copies[key].pages if key in self.copies else ()
        pages = (*before, CopyPage(one.page, leaf))
        self.copies[key] = Copy(*key, KeptFile("a.pdf", "0" * 64, 1), side.paper.pages, pages)


def office(seed: int) -> Office:
    seeded = random.Random(f"office {seed}")
    papers: list[Paper] = []
    for at in range(PAPERS):
        revision = 2 if at % EVERY_REVISED == EVERY_REVISED - 1 else 1
        number = papers[-1].number if revision > 1 else f"S{1000 + at}-202601-L"
        content = sha256(f"{number} {revision}".encode()).hexdigest()
        papers.append(Paper(number, revision, content, b"", seeded.choices(LENGTHS, SHARES)[0]))
    return Office(seeded.sample(papers, len(papers)))


def _known(issued: Mapping[int, Paper]) -> dict[int, Known]:
    latest = max(issued, default=0)
    return {
        revision: Known(one.number, revision, one.pages, check_of(one.content), latest)
        for revision, one in issued.items()
    }


def read(side: Side, number: int, seeded: random.Random) -> Leaf:
    """What is read on it, most of the time."""
    if side.truth.what == BLANK:
        return Leaf(number, is_blank=seeded.random() >= UNSEEN)
    if STRUCK_OUT in side.truth.tags:
        return Leaf(number)
    if side.truth.what == PAGE and side.paper:
        return Leaf(number, (side.paper.code(side.page),))
    fault = "misplaced_code" if side.truth.what == TWO_ON_A_SHEET else ""
    return Leaf(number, tuple(sorted({mark.text for mark in side.marks})), fault=fault)


@pytest.mark.campaign("piles sorted", full=2000, small=40)
def test_no_copy_is_put_together_from_two_and_hardly_any_page_waits(rounds: range, figures: Counter[str]) -> None:
    for round in rounds:
        work_through(office(round), round, figures)
    assert figures["pages that count: filed"] >= ENOUGH * figures["pages that count"], figures
    assert figures["pages of copies that nobody could tell apart: filed"], "or the harder half isn't made"
    assert figures["suggestions that are not"] <= 0.05 * figures["suggestions"]


def work_through(at: Office, round: int, figures: Counter[str]) -> None:
    """Several piles of an office, one after the other."""
    seeded = random.Random(f"read {round}")
    later: Sequence[Side] = ()
    for pile in range(PAPERS // IN_A_PILE):
        number = round * PAPERS // IN_A_PILE + pile
        laid = lay(number, at.papers[pile * IN_A_PILE :][:IN_A_PILE], later)
        later = laid.later
        leaves = [read(side, place, seeded) for place, side in enumerate(laid.sides, start=1)]
        for side, one in zip(laid.sides, sort(leaves, at.known, list(at.copies.values())), strict=True):
            if one.copy:
                at.file(side, one, f"{number:08}-{one.leaf}")
            judge(side, one, figures)
    mixed = {copy: really for copy, really in at.really.items() if len(really) > 1}
    assert not mixed, f"round {round}"


def judge(side: Side, one: Decision, figures: Counter[str]) -> None:
    truth, is_filed = side.truth, one.fate in ("filed", "incomplete")
    if is_filed:
        assert (truth.what, truth.hope) in ((PAGE, "filed"), (PAGE, "any")), truth
        assert (one.number, one.revision, one.page) == (truth.number, truth.revision, truth.page)
    assert one.fate != "blank" or truth.what == BLANK
    kind = {"filed": "pages that count", "any": "pages of copies that nobody could tell apart"}.get(truth.hope, "")
    if kind:
        figures.update((kind, f"{kind}: filed" if is_filed else f"{kind}: {one.why}"))
    if one.suggestion and truth.number:
        figures["suggestions"] += 1
        fits = (one.suggestion.number, one.suggestion.revision) == (truth.number, truth.revision)
        figures["suggestions that are not"] += not (fits and one.suggestion.page in (0, truth.page))
