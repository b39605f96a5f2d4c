"""The pages of piles that wait for a person: where each lies, what it probably is, what became of those dealt with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from docgen.archive.shelves import archive_in
from docgen.archive.whereabouts import Fate, Map, Place, parts_of, place_of
from docgen.errors import RecordFault, UsageError
from docgen.model.problems import Words
from docgen.model.returned import Copy, Pile, Waiting
from docgen.office.returned_lines import Settled
from docgen.office.returns import Returns
from docgen.office.store import Store

TURN = "turn"
"""The detail of a page that waits, by how many degrees clockwise it must be turned, where a code on it tells."""
FAR = 1 << 30
"""How far a copy lies from a page of another pile."""

BACK = Words(
    "; to put it back into the queue: docgen archive reopen {leaf} --why TEXT",
    "；如需退回待处理：docgen archive reopen {leaf} --why 原因",
)
UNKNOWN = Words(
    "{leaf}: no page of that name is in the archive; docgen archive queue lists those that wait",
    "{leaf}：档案中没有这一页；可用 docgen archive queue 查看待处理页",
)
DISMISSED = Words(
    "{leaf} doesn't wait any more: it was dismissed on {on} ({why}). Its pile keeps it: {file}, page {page}{back}",
    "{leaf} 已不在待处理之列：已于{on}剔除（{why}）。原扫描件仍保留：{file} 第{page}页{back}",
)
IN_A_COPY = Words(
    "{leaf} doesn't wait: it is page {page} of copy {copy} of {number}, revision {revision} ({file}){back}",
    "{leaf} 不在待处理之列：已归为 {number} 第{revision}版签署件{copy}的第{page}页（{file}）{back}",
)
AT_A_COPY = Words(
    "{leaf} doesn't wait: it is attached to copy {copy} of {number}, revision {revision} ({file}){back}",
    "{leaf} 不在待处理之列：已附于 {number} 第{revision}版签署件{copy}（{file}）{back}",
)
UNSORTED = Words(
    "{leaf} can't be dealt with yet: its pile was taken in, and not sorted, as a run was stopped; docgen archive add "
    "without a file brings that to an end",
    "{leaf} 尚不能处理：该批扫描件已收存，但因运行中断尚未分拣；请运行不带文件的 docgen archive add 完成分拣",
)
BLANK = Words(
    "{leaf} doesn't wait: it was found blank; its pile keeps it: {file}, page {page}{back}",
    "{leaf} 不在待处理之列：被识别为空白页；原扫描件仍保留：{file} 第{page}页{back}",
)

NO_PILE = Words(
    "{leaf}: its pile {pile} is not on record, so the page can't be had; docgen archive verify tells what is wrong "
    "with the record",
    "{leaf}：其所在批次 {pile} 没有登记，无法取得该页；请运行 docgen archive verify 查看登记方面的问题",
)
BECAME: Mapping[Fate, Words] = {
    "filed": IN_A_COPY,
    "attached": AT_A_COPY,
    "dismissed": DISMISSED,
    "unsorted": UNSORTED,
    "blank": BLANK,
}
"""What is told of a page that doesn't wait."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done with a page at once. ``page`` 0: it goes to a copy without being one of its pages; ``copy``:
    which one, 0 where there is no choice."""

    number: str
    revision: int
    page: int
    copy: int = 0


@dataclass(frozen=True, slots=True)
class Queued:
    """A page that waits; or waited until a person dealt with it on the day ``on``, and what is ``settled`` since.

    ``place`` is None where its pile isn't on record.
    """

    waiting: Waiting
    place: Place | None
    offer: Offer | None = None
    settled: Settled | None = None
    on: date | None = None


def queue(store: Store) -> list[Queued]:
    """The pages that wait, by pile and place in it."""
    returns = Returns(store.register)
    piles = returns.piles()
    copies: dict[str, list[Copy]] = {number: [] for number in store.register.numbers()}
    for one in returns.copies():
        copies.setdefault(one.number, []).append(one)
    waiting = sorted(returns.waiting(), key=lambda one: _order(one, piles))
    return [Queued(one, place_of(one.leaf, piles), _offer(one, copies)) for one in waiting]


def dealt_with(store: Store) -> list[Queued]:
    """The pages that waited once and were dealt with by a person, in the order in which they were found."""
    returns = Returns(store.register)
    piles, settled = returns.piles(), returns.settlements()
    waited = [(one, *settled[one.leaf]) for one in returns.waited() if one.leaf in settled]
    return [Queued(one, place_of(one.leaf, piles), settled=how, on=on) for one, on, how in waited]


def waiting_pages(store: Store, leaves: Iterable[str]) -> list[tuple[Waiting, Place]]:
    """The pages of these names, each once, which wait, and where they lie.

    Raises:
        UsageError: one doesn't wait; what became of it is told.
        RecordFault: its pile isn't on record.
    """
    returns = Returns(store.register)
    waiting, piles = {one.leaf: one for one in returns.waiting()}, returns.piles()
    found = []
    for leaf in dict.fromkeys(one.strip().lower() for one in leaves):
        if leaf not in waiting:
            raise UsageError(_became(store, leaf))
        place = place_of(leaf, piles)
        if place is None:
            raise RecordFault(NO_PILE.filled(leaf=leaf, pile=waiting[leaf].pile))
        found.append((waiting[leaf], place))
    return found


def _became(store: Store, leaf: str) -> Words:
    found, folder = Map(Returns(store.register)).find(leaf), archive_in(store.out)
    if found is None:
        return UNKNOWN.filled(leaf=leaf)
    names: dict[str, object] = {"leaf": leaf, "page": found.page, "back": BACK.filled(leaf=leaf)}
    if of := found.copy or found.attachment:
        names |= {"number": of.number, "revision": of.revision, "copy": of.copy, "file": folder / of.file.path}
    elif found.place:
        names |= {"file": folder / found.place.file.file.path, "page": found.place.page}
    if found.settled:
        names |= {"on": found.on, "why": found.settled.why}
    return BECAME[found.fate].filled(**names)


def fitting(copies: Iterable[Copy], number: str, revision: int, page: int) -> list[Copy]:
    """The copies to which a page can go: those that lack it; ``page`` 0: all, as it is none of the paper's."""
    of_it = [one for one in copies if (one.number, one.revision) == (number, revision)]
    return [one for one in of_it if page in one.missing] if page else of_it


def nearest(leaf: str, copies: Sequence[Copy]) -> Copy:
    """The copy one of whose pages lay nearest to the leaf in its pile; else the first."""
    return min(
        copies, key=lambda copy: (min((_distance(leaf, one.leaf) for one in copy.pages), default=FAR), copy.copy)
    )


def _offer(waiting: Waiting, known: Mapping[str, Sequence[Copy]]) -> Offer | None:
    """What was suggested when the page came in, if that still holds: the page it lacked may have come back since.

    ``known``: the papers on record, each with its copies.
    """
    given = waiting.suggestion
    if given is None or given.number not in known:
        return None
    copies = known[given.number]
    lacking = fitting(copies, given.number, given.revision, given.page)
    if lacking:
        copy = nearest(waiting.leaf, lacking).copy if len(lacking) > 1 else 0
        return Offer(given.number, given.revision, given.page, copy)
    begins = given.page and not fitting(copies, given.number, given.revision, 0)
    return Offer(given.number, given.revision, given.page) if begins else None


def _distance(leaf: str, other: str) -> int:
    (mark, at), (its_mark, its_at) = parts_of(leaf), parts_of(other)
    return abs(at - its_at) if mark == its_mark else FAR


def _order(waiting: Waiting, piles: Sequence[Pile]) -> tuple[int, str, int]:
    """In the order in which the piles were taken in, then in that of their pages."""
    names = [pile.name for pile in piles]
    at = names.index(waiting.pile) if waiting.pile in names else len(names)
    return at, waiting.pile, parts_of(waiting.leaf)[1]
