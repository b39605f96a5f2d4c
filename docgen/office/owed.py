"""Which papers still owe their signed copy, and how it stands with those that are back: one state for each paper."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from docgen.definitions.definition import Definitions
from docgen.model.issued import Issued
from docgen.model.life import NEW, Life
from docgen.office.due_facts import shifted
from docgen.office.packs import with_their_holders
from docgen.office.returns import Back
from docgen.office.signers import Role, lacking, roles

State = Literal["overdue", "out", "incomplete", "outdated", "returned", "confirmed", "closed", "void"]
"""``incomplete``: some pages are back. ``outdated``: something is back, but of an older revision. ``returned``: a
complete copy of the revision that counts, of which nobody has said yet that all signatures were seen. ``closed`` and
``void``: the case is closed, or the paper withdrawn, and no copy is asked for any more."""
OWING: frozenset[State] = frozenset(("overdue", "out", "incomplete", "outdated"))
BACK: frozenset[State] = frozenset(("returned", "confirmed"))


@dataclass(frozen=True, slots=True)
class Owed:
    """A paper and its signed copy.

    ``paper``: the revision that counts, held by whom the latest paper of its case names. ``due``: the day until which
    the copy is to be back; None where the case rests without an end, and where none is asked for. ``days``: so many
    days over, 0 while there is time. ``back``: the copy of which the state speaks; ``whole``: how many complete ones of
    this revision there are, ``in_part``: how many beside them lack pages. ``unnamed``: the signers of whom a
    confirmation says nothing; ``signers``: all who may have signed it, of one that is back.
    """

    paper: Issued
    state: State
    due: date | None = None
    days: int = 0
    back: Back | None = None
    whole: int = 0
    in_part: int = 0
    unnamed: Sequence[Role] = ()
    signers: Sequence[Role] = ()

    @property
    def is_owing(self) -> bool:
        return self.state in OWING

    @property
    def is_back(self) -> bool:
        return self.state in BACK


@dataclass(frozen=True, slots=True)
class Terms:
    """What a paper is judged by: how cases stand, who signs which form, and how many days a copy may take."""

    lives: Mapping[str, Life]
    definitions: Definitions
    settings: Mapping[str, Any]
    today: date


def owed(papers: Iterable[Issued], back: Iterable[Back], terms: Terms) -> list[Owed]:
    """How it stands with each of ``papers`` that has a PDF, the paper that is signed; in their order.

    Args:
        papers: as they count now; ``back``: the copies that came back, by number, revision and copy.
    """
    copies: dict[str, list[Back]] = defaultdict(list)
    for one in back:
        copies[one.copy.number].append(one)
    known = list(papers)
    held = {one.number: one for one in with_their_holders([one for one in known if not one.void])}
    signed = [held.get(one.number, one) for one in known if "pdf" in one.files]
    return [_owed(one, copies.get(one.number, ()), terms) for one in signed]


def _owed(paper: Issued, copies: Sequence[Back], terms: Terms) -> Owed:
    now = [one for one in copies if one.copy.revision == paper.revision]
    whole = [one for one in now if one.copy.is_complete]
    if paper.void:
        return Owed(paper, "void", whole=len(whole))
    if whole:
        return replace(_returned(paper, whole, terms), in_part=len(now) - len(whole))
    life = terms.lives.get(paper.case, NEW)
    form = terms.definitions.forms.get(paper.form)
    if life.is_closed and not (form and form.made == "closed"):
        return Owed(paper, "closed")
    due = due_day(paper.on, int(terms.settings["return_days"]), life)
    days = max((terms.today - due).days, 0) if due else 0
    if now:
        return Owed(paper, "incomplete", due, days, now[-1])
    if copies:
        return Owed(paper, "outdated", due, days, copies[-1])
    return Owed(paper, "overdue" if days else "out", due, days)


def _returned(paper: Issued, whole: Sequence[Back], terms: Terms) -> Owed:
    """Confirmed where one of the complete copies is; only that one need come back, however many were signed."""
    signers = roles(paper, terms.definitions, terms.settings)
    partly: Owed | None = None
    for one in reversed(whole):
        if one.confirmation:
            unnamed = lacking(one.confirmation.signers, signers)
            if not unnamed:
                return Owed(paper, "confirmed", back=one, whole=len(whole), signers=signers)
            partly = partly or Owed(paper, "returned", back=one, whole=len(whole), unnamed=unnamed, signers=signers)
    return partly or Owed(paper, "returned", back=whole[-1], whole=len(whole), signers=signers)


def due_day(issued: date, days: int, life: Life) -> date | None:
    """The day until which a copy is to be back: so many days after it was issued, or where that lies in a pause, after
    its end; None where the pause has none."""
    due = shifted(issued, days)
    for pause in life.pauses:
        if pause.holds(due):
            if pause.until is None:
                return None
            due = shifted(pause.until, days)
    return due


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many papers a copy was asked for, and of how many it is back, confirmed, or overdue."""

    issued: int
    back: int
    confirmed: int
    overdue: int


def tally(found: Iterable[Owed]) -> Tally:
    """Withdrawn papers don't count, nor those of closed cases of which nothing is back."""
    asked = [one for one in found if one.is_owing or one.is_back]
    states = Counter(one.state for one in asked)
    return Tally(len(asked), sum(one.is_back for one in asked), states["confirmed"], sum(one.days > 0 for one in asked))
