"""A pile of scans on its way into the archive: kept as it was given, read, sorted, and filed copy by copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from docgen.archive import reading
from docgen.archive.filing import carry_out, copied, is_there, kept_file, planned
from docgen.archive.intake_record import report_file
from docgen.archive.leaves import Leaf
from docgen.archive.papers import papers_of
from docgen.archive.piles import Examined, examine
from docgen.archive.queue import TURN
from docgen.archive.result import Page, Result
from docgen.archive.shelves import archive_in, picture_path, pile_mark, pile_name, pile_path, report_path
from docgen.archive.splitting import Desk, Key, Split, split
from docgen.archive.spool import Keep, passing, spool
from docgen.errors import RecordFault
from docgen.model.problems import Words
from docgen.model.returned import Copy, KeptFile, Pile, PileFile, Waiting
from docgen.office.ledger import Entry
from docgen.office.publish import Content
from docgen.office.returned_lines import returned_entry, sorted_entry, taken_in_entry, waiting_entry
from docgen.office.returns import Returns
from docgen.office.store import Store

SUFFIXES = {"pdf": ".pdf", "tiff": ".tif", "jpeg": ".jpg", "png": ".png"}
"""By the kind of a file, whatever it was called."""
CHANGED = Words(
    "{file}: is no longer what was taken in, or is gone, and its pages are not sorted yet; put it back from a backup "
    "(docgen archive verify says what else is wrong), then run docgen archive add again",
    "{file}：与收存时不符或已丢失，而其中各页尚未整理；请从备份恢复（其他问题请运行 docgen archive verify 查看），"
    "然后重新运行 docgen archive add",
)
Note = Callable[[int], None]
"""Told of how many more pages are read."""


@dataclass(frozen=True, slots=True)
class Means:
    """How pages are read and shown: by children, so many at a time. A trial writes nothing."""

    read: Callable[[Sequence[Examined], int, Note], Iterator[Leaf]] = reading.read
    picture: Callable[[Examined, int, int], bytes] = reading.picture
    workers: int = 1
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A pile, and its files where they can be read. ``resumed``: an earlier run took it in, and was stopped."""

    pile: Pile
    files: tuple[Examined, ...]
    resumed: bool = False


def left_unsorted(store: Store) -> list[Taken]:
    """The piles that stopped runs have taken in and not sorted.

    Raises:
        RecordFault: a file of one is no longer what it was.
    """
    return [Taken(pile, _kept_files(store, pile), True) for pile in Returns(store.register).unsorted()]


def take_in(store: Store, files: Sequence[Examined], on: date, is_trial: bool = False) -> Taken:
    """Keep ``files``, none of which is in a pile, as a pile of their own: from then on they can't be lost.

    Raises:
        EnvironmentLacks: the archive can't be written, or a file changed meanwhile; then nothing is kept.
    """
    taken = {pile_mark(pile.name) for pile in Returns(store.register).piles()}
    name = pile_name(on, [file.sha256 for file in files], taken)
    kept: list[PileFile] = []
    first = 1
    for at, file in enumerate(files, start=1):
        path = pile_path(name, at, file.path.name, SUFFIXES[file.kind])
        kept.append(PileFile(file.path.name, KeptFile(path, file.sha256, file.size), first, file.pages))
        first += file.pages
    pile = Pile(name, tuple(kept))
    if is_trial:
        return Taken(pile, tuple(files))
    filing = planned(store, on, [one.file for one in kept], [taken_in_entry(pile, on)])
    contents = {one.file.path: copied(file.path, one.file) for one, file in zip(kept, files, strict=True)}
    carry_out(store, filing, contents)
    return Taken(pile, tuple(replace(file, path=_place(store, one)) for one, file in zip(kept, files, strict=True)))


def sort_out(store: Store, piles: Sequence[Taken], on: date, means: Means, note: Note) -> Iterator[Result]:
    """Read the pages of ``piles``, one pile after another, and file what they are.

    Raises:
        EnvironmentLacks: the archive can't be written; the piles are kept, and the next run sorts them.
        RecordFault: what is kept of a copy to which a page belongs is damaged.
    """
    standing: dict[Key, Copy] = {_key(one): one for one in Returns(store.register).copies()}
    for taken in piles:
        leaves = list(means.read(taken.files, means.workers, note))
        assert [leaf.number for leaf in leaves] == list(range(1, taken.pile.pages + 1)), "a page was lost on the way"
        keeping: AbstractContextManager[Keep] = nullcontext(passing)
        if not means.is_trial:
            keeping = spool(archive_in(store.out))
        with keeping as keep:
            returns = Returns(store.register)
            papers, there, used = papers_of(returns), [*standing.values()], returns.used()
            desk = Desk(store.out, taken.pile, taken.files, returns, papers, there, keep, means.workers, used)
            found = split(desk, leaves)
            result = _result(taken, found)
            if not means.is_trial:
                _file(store, result, found, _waiting(desk, leaves, result, means, keep, found), on)
        standing.update((_key(one), one) for one in result.copies)
        yield result


def _result(taken: Taken, found: Split) -> Result:
    pile = taken.pile
    by_leaf = {page.leaf: copy for copy in found.copies for page in copy.pages}
    pages = [
        Page(
            pile.leaf(number),
            file.name,
            number - file.first + 1,
            found.decisions[number],
            by_leaf.get(pile.leaf(number)),
        )
        for file in pile.files
        for number in range(file.first, file.first + file.pages)
    ]
    return Result(pile, tuple(pages), tuple(found.copies), taken.resumed)


def _waiting(
    desk: Desk, leaves: Sequence[Leaf], result: Result, means: Means, keep: Keep, found: Split
) -> list[Waiting]:
    """The pages that wait, each with a picture, which goes to what is published."""
    waiting: list[Waiting] = []
    for leaf, page in zip(leaves, result.pages, strict=True):
        decision = page.decision
        if decision.fate != "waiting":
            continue
        sheet = desk.sheet(leaf)
        content = means.picture(sheet.file, sheet.page, sheet.turn)
        picture = kept_file(picture_path(page.leaf), content)
        found.contents[picture.path] = keep(content)
        details = {**decision.details, TURN: str(leaf.turn)} if leaf.turn else decision.details
        waiting.append(Waiting(page.leaf, desk.pile.name, decision.why, picture, details, decision.suggestion))
    return waiting


def _file(store: Store, result: Result, found: Split, waiting: Sequence[Waiting], on: date) -> None:
    """Copies, pictures and the report, all at once."""
    pile = result.pile.name
    content = report_file(result)
    report = kept_file(report_path(pile), content)
    contents: dict[str, Content] = {**found.contents, report.path: content}
    lines: list[Entry] = [returned_entry(one, on) for one in result.copies]
    lines += [waiting_entry(one, on) for one in waiting]
    lines.append(sorted_entry(pile, report, result.counts, on))
    files = [*(one.file for one in result.copies), *(one.picture for one in waiting), report]
    gone = [one.replaces for one in result.copies if one.replaces]
    carry_out(store, planned(store, on, files, lines, gone), contents)


def _kept_files(store: Store, pile: Pile) -> tuple[Examined, ...]:
    files: list[Examined] = []
    for one in pile.files:
        place = _place(store, one)
        found = examine(place) if is_there(place, one.file) else None
        if not isinstance(found, Examined) or found.pages != one.pages:
            raise RecordFault(CHANGED.filled(file=place))
        files.append(found)
    return tuple(files)


def _place(store: Store, file: PileFile) -> Path:
    return archive_in(store.out) / file.file.path


def _key(copy: Copy) -> Key:
    return copy.number, copy.revision, copy.copy
