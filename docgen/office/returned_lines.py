"""The lines of the ledger on what came back: piles, copies, pages that wait, confirmations, and the filings by which
their files are put in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import Any, Literal

from docgen.model.returned import Attachment, Confirmation, Copy, KeptFile, Pile, PileFile, Waiting
from docgen.office.ledger import Entry
from docgen.office.line_fields import read_as

FILING, FILED, UNFILED = "filing", "filed", "unfiled"
TAKEN_IN, SORTED = "taken_in", "sorted"
RETURNED, ATTACHED, CONFIRMED = "returned", "attached", "confirmed"
WAITING, SETTLED, REQUEUED = "waiting", "settled", "requeued"
MARKS = (FILING, FILED, UNFILED)
"""Of the lines of a filing the last says how it stands."""
ODD_IN_PATHS = frozenset("\\:\0")
HowSettled = Literal["filed", "attached", "dismissed"]
Was = Literal["filed", "attached", "dismissed", "blank"]


@dataclass(frozen=True, slots=True)
class Filing:
    """Files about to be put into the archive, and the lines that then hold.

    ``files`` are published, then ``lines`` are written down, then what lies at ``gone`` is removed. ``mark`` tells a
    filing from others; paths are relative to OUT/archive.
    """

    mark: str
    on: date
    files: Sequence[KeptFile] = ()
    gone: Sequence[str] = ()
    lines: Sequence[Entry] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person did with a page that waited; ``number``: of the paper to which it was filed, else ''."""

    leaf: str
    how: HowSettled
    why: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Requeued:
    """That a page waits again which was dealt with, and why. ``was``: what was held of it before; ``number`` to
    ``page``: where it was, '' and 0 where it was nowhere, or no page of the paper. ``file``: the path of what stands no
    more since: its copy as it was, or itself where it was attached."""

    leaf: str
    was: Was
    why: str
    number: str
    revision: int
    copy: int
    page: int
    file: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """That a pile is dealt with: the ``report`` of it, and how many of its pages met which fate."""

    pile: str
    report: KeptFile
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _TakenIn:
    pile: str
    files: Sequence[PileFile]


@dataclass(frozen=True, slots=True)
class _Mark:
    mark: str


def filing_entry(filing: Filing) -> Entry:
    """That files are about to be put in place; it holds all that the lines say which follow."""
    files = [asdict(one) for one in filing.files]
    lines = [[one.event, dict(one.details)] for one in filing.lines]
    return Entry(FILING, filing.on, {"mark": filing.mark, "files": files, "gone": [*filing.gone], "lines": lines})


def filed_entries(filing: Filing) -> list[Entry]:
    """What holds from then on, and that they are in place. That comes last: where only some of these lines reach the
    disk, the filing still counts as unfinished, and all of them are written once more."""
    return [*filing.lines, Entry(FILED, filing.on, {"mark": filing.mark})]


def unfiled_entry(filing: Filing) -> Entry:
    """That it did not come about."""
    return Entry(UNFILED, filing.on, {"mark": filing.mark})


def taken_in_entry(pile: Pile, on: date) -> Entry:
    return Entry(TAKEN_IN, on, {"pile": pile.name, "files": [asdict(one) for one in pile.files]})


def sorted_entry(pile: str, report: KeptFile, counts: Mapping[str, int], on: date) -> Entry:
    return Entry(SORTED, on, {"pile": pile, "report": asdict(report), "counts": dict(counts)})


def returned_entry(copy: Copy, on: date) -> Entry:
    return Entry(RETURNED, on, asdict(copy))


def attached_entry(attachment: Attachment, on: date) -> Entry:
    return Entry(ATTACHED, on, asdict(attachment))


def confirmed_entry(confirmation: Confirmation, on: date) -> Entry:
    return Entry(CONFIRMED, on, asdict(confirmation))


def waiting_entry(waiting: Waiting, on: date) -> Entry:
    return Entry(WAITING, on, asdict(waiting))


def settled_entry(leaf: str, how: HowSettled, why: str, number: str, on: date) -> Entry:
    return Entry(SETTLED, on, {"leaf": leaf, "how": how, "why": why, "number": number})


def requeued_entry(requeued: Requeued, on: date) -> Entry:
    return Entry(REQUEUED, on, asdict(requeued))


def copy_key(of: Copy | Confirmation | Attachment) -> str:
    """What tells a copy from all others."""
    return f"{of.number}-r{of.revision}.s{of.copy}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line: how it is read, what it is of, and which files it says are kept; of one key the last counts.

    ``story``: the lines of all kinds of one story and key follow on one another, so that it matters which came later.
    """

    read: Callable[[Mapping[str, Any]], Any]
    key: Callable[[Any], str]
    files: Callable[[Any], Sequence[KeptFile]] = lambda _: ()
    story: str = ""


def _pile(plain: Mapping[str, Any]) -> Pile:
    line = read_as(_TakenIn, plain)
    return Pile(line.pile, line.files)


def _copy(plain: Mapping[str, Any]) -> Copy:
    copy = read_as(Copy, plain)
    pages = [one.page for one in copy.pages]
    if len(set(pages)) < len(pages) or not all(1 <= page <= copy.of for page in pages):
        raise ValueError(pages)
    return copy


def _filing(plain: Mapping[str, Any]) -> Filing:
    announced = [*plain["lines"]]
    filing = read_as(Filing, {**plain, "lines": []})
    if not all(map(_is_inside, filing.gone)):
        raise ValueError(filing.gone)
    lines = tuple(_announced(event, details, filing.on) for event, details in announced)
    return Filing(filing.mark, filing.on, filing.files, filing.gone, lines)


def _announced(event: str, details: Mapping[str, Any], on: date) -> Entry:
    """A line that a filing announces: of a kind that it may hold, and fit to be written down."""
    if event in MARKS:
        raise ValueError(event)
    told(event, details)
    return Entry(event, on, details)


KINDS: Mapping[str, Kind] = {
    FILING: Kind(_filing, lambda one: str(one.mark), lambda one: tuple(one.files), story="filing"),
    FILED: Kind(partial(read_as, _Mark), lambda one: str(one.mark), story="filing"),
    UNFILED: Kind(partial(read_as, _Mark), lambda one: str(one.mark), story="filing"),
    TAKEN_IN: Kind(_pile, lambda pile: str(pile.name), lambda pile: [one.file for one in pile.files]),
    SORTED: Kind(partial(read_as, Sorted), lambda one: str(one.pile), lambda one: [one.report]),
    RETURNED: Kind(_copy, copy_key, lambda copy: [copy.file], story="copy"),
    ATTACHED: Kind(partial(read_as, Attachment), lambda one: str(one.file.path), lambda one: [one.file]),
    CONFIRMED: Kind(partial(read_as, Confirmation), copy_key, story="copy"),
    WAITING: Kind(partial(read_as, Waiting), lambda one: str(one.leaf), lambda one: [one.picture], story="page"),
    SETTLED: Kind(partial(read_as, Settled), lambda one: str(one.leaf), story="page"),
    REQUEUED: Kind(partial(read_as, Requeued), lambda one: str(one.leaf)),
}


def told(event: str, details: Mapping[str, Any]) -> Any:
    """What a line of that kind says; a filing is told with its day, under ``on``.

    Raises:
        KeyError, TypeError, ValueError: it lacks what makes it one, or one of its files would lie elsewhere.
    """
    kind = KINDS[event]
    found = kind.read(details)
    if not all(_is_inside(file.path) for file in kind.files(found)):
        raise ValueError(found)
    return found


def _is_inside(path: str) -> bool:
    """Whether it leads nowhere but into the archive: what is recorded there may one day be removed by docgen."""
    return not ODD_IN_PATHS & set(path) and not {"", ".", ".."} & set(path.split("/"))
