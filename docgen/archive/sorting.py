"""What becomes of each page of a pile: filed by its code where that leaves no doubt, else it waits for a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from docgen.archive.gathering import NONE, Gathered, Lying, Place, Stray, gather
from docgen.archive.leaves import Leaf
from docgen.archive.suggesting import suggestions
from docgen.model.page_code import PageCode, read_code
from docgen.model.returned import Copy, Suggestion

Fate = Literal["filed", "incomplete", "waiting", "blank"]
OURS = "DG"
"""What each code of docgen begins with, also of one that can't be read, or of a later docgen."""


@dataclass(frozen=True, slots=True)
class Known:
    """A revision of a paper as it was issued: how many pages its PDF has, and the check of its codes.

    ``latest``: the revision of the paper that counts now; ``void``: whether this one was withdrawn.
    """

    number: str
    revision: int
    pages: int
    check: str
    latest: int
    void: bool = False

    @property
    def remarks(self) -> dict[str, str]:
        """What is to be said loudly of a page of it, as details: ``outdated`` and ``withdrawn``."""
        outdated = {"outdated": str(self.latest)} if self.revision < self.latest else {}
        return outdated | ({"withdrawn": "yes"} if self.void else {})


Papers = Callable[[str], Mapping[int, Known]]
"""The revisions of a paper by its paper id; none where nobody knows it, or two papers share it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a leaf. ``filed``: its copy is whole now; ``incomplete``: its copy lacks pages even so.

    ``number`` to ``copy``: where it belongs; '' and 0 where it waits or is blank. ``joins``: the copy is an incomplete
    one of an earlier pile. ``why``: the kind of reasons.py that it waits for; ``details``: what that sentence says, and
    of a filed page ``outdated`` (with the latest revision) and ``withdrawn``.
    """

    leaf: int
    fate: Fate
    number: str = ""
    revision: int = 0
    page: int = 0
    copy: int = 0
    joins: bool = False
    why: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    suggestion: Suggestion | None = None


def sort(
    leaves: Sequence[Leaf], papers: Papers, copies: Sequence[Copy], used: Mapping[tuple[str, int], int] = NONE
) -> tuple[Decision, ...]:
    """One decision for each of ``leaves``, in their order.

    The pages of two copies of a paper bear the same codes. What is guaranteed of the copies that come of it:

    1. None holds pages of two papers or revisions, or a page twice.
    2. None is put together from two that lie one after the other, each in one of the orders of runs.py, and together
       lack fewer pages than the paper has: lost or unreadable ones; those that all of them lack count on neither side.
       Pages of other papers, sound or not, may lie among them, and leaves that are blank, or say nothing.
    3. Nor from two that lie among each other, page by page, sheet by sheet, or all fronts before all backs, where at
       most one of their pages is lost, doubled or unreadable; again with such leaves among them.
    4. Nor where no page is lost and they lie one after the other, in the order in which most other papers of the pile
       lie, however many pages can't be read.
    5. A page of a later pile joins an incomplete copy only if there is no other, and nothing beside the page speaks
       against it.

    Page 1 of one copy and page 2 of another, alone in a pile, are taken for a copy: nobody could tell.

    Args:
        leaves: the pages of one pile.
        papers: what was issued.
        copies: what came back before.
        used: of each paper and revision the last number that a copy ever had: it is given to no other.
    """
    judged = [_judged(leaf, papers) for leaf in leaves]
    line = [at for at, one in enumerate(judged) if isinstance(one, Place) or one.fate != "blank"]
    gathered = gather([_lying(leaves[at], judged[at], papers) for at in line], copies, used)
    whose = {line[at]: one for one in gathered for at in one.leaves}
    decisions = [
        _placed(leaf.number, one, whose[at]) if isinstance(one, Place) else one
        for at, (leaf, one) in enumerate(zip(leaves, judged, strict=True))
    ]
    silent = {place for place, at in enumerate(line) if not leaves[at].codes}
    for place, suggestion in suggestions(len(line), silent, gathered).items():
        decisions[line[place]] = replace(decisions[line[place]], suggestion=suggestion)
    return tuple(decisions)


def _placed(leaf: int, place: Place, copy: Gathered) -> Decision:
    """The decision for a leaf whose code is sound."""
    if copy.why:
        details = {**_said(place.number, place.revision, place.page, place.of), **place.remarks}
        if copy.candidates:
            details["copies"] = ", ".join(map(str, copy.candidates))
        return Decision(leaf, "waiting", why=copy.why, details=details)
    fate: Fate = "incomplete" if copy.missing else "filed"
    number, revision = place.number, place.revision
    return Decision(leaf, fate, number, revision, place.page, copy.copy, copy.joins, details=place.remarks)


def _lying(leaf: Leaf, judged: Decision | Place, papers: Papers) -> Lying:
    """What a leaf is to the papers of the pile. One that waits, though its codes of ours can be understood, may be a
    page of the papers that they name, and of no others; any other leaf may be one of any."""
    if isinstance(judged, Place):
        return judged
    codes = [read_code(text) for text in leaf.codes if text.startswith(OURS)]
    if leaf.fault or not codes or None in codes:
        return None
    return Stray(frozenset(known.number for code in codes if code for known in papers(code.paper).values()))


def _judged(leaf: Leaf, papers: Papers) -> Decision | Place:
    """Where a leaf belongs by its code; else what becomes of it."""
    if leaf.fault:
        return _waiting(leaf, leaf.fault)
    if not leaf.codes:
        return Decision(leaf.number, "blank") if leaf.is_blank else _waiting(leaf, "no_code")
    ours = [code for text in leaf.codes if (code := read_code(text))]
    damaged = [text for text in leaf.codes if text.startswith(OURS) and not read_code(text)]
    if len(ours) + len(damaged) > 1:
        codes = [*(_printed(one, papers) for one in ours), *("?" for _ in damaged)]
        return _waiting(leaf, "two_papers", codes=" + ".join(codes))
    if damaged:
        return _waiting(leaf, "damaged_code")
    if not ours:
        return _waiting(leaf, "foreign_code")
    place = _claimed(leaf, ours[0], papers(ours[0].paper))
    if len(leaf.codes) == 1 or isinstance(place, Decision):
        return place
    number, revision, page = place.number, place.revision, place.page
    waiting = _waiting(leaf, "foreign_beside", **_said(number, revision, page, place.of), **place.remarks)
    return replace(waiting, suggestion=Suggestion(number, revision, page))


def _claimed(leaf: Leaf, code: PageCode, issued: Mapping[int, Known]) -> Decision | Place:
    """What a code says, held against what was ``issued`` of its paper."""
    number = next((one.number for one in issued.values()), "")
    said = _said(number or printed_id(code.paper), code.revision, code.page, code.pages)
    known = issued.get(code.revision)
    if not issued:
        return _waiting(leaf, "unknown_paper", **said)
    if code.is_of_word:
        return _waiting(leaf, "word_print", **said)
    if known is None:
        return _waiting(leaf, "unknown_revision", **said, latest=str(max(issued)))
    if code.check != known.check:
        return _waiting(leaf, "wrong_check", **said)
    if code.pages != known.pages:
        return _waiting(leaf, "wrong_total", **said, issued=str(known.pages))
    return Place(number, known.revision, code.page, known.pages, known.remarks)


def _waiting(leaf: Leaf, why: str, **details: str) -> Decision:
    return Decision(leaf.number, "waiting", why=why, details=details)


def _said(number: str, revision: int, page: int, pages: int) -> dict[str, str]:
    """What a code says, as details."""
    return {"number": number, "revision": str(revision), "page": str(page), "pages": str(pages)}


def _printed(code: PageCode, papers: Papers) -> str:
    number = next((one.number for one in papers(code.paper).values()), printed_id(code.paper))
    return f"{number} r{code.revision} {code.page}/{code.pages}"


def printed_id(paper: str) -> str:
    """A paper id as it is printed beside the code."""
    return f"{paper[:5]}-{paper[5:]}"
