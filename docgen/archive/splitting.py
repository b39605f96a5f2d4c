"""A pile is split: copies of papers out of its pages, each as one PDF; a digitally signed file is a copy as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.archive.bindery import bind
from docgen.archive.copies import NotCopied, Sheet
from docgen.archive.digital import recognised
from docgen.archive.filing import copied, is_there, kept_file
from docgen.archive.leaves import Leaf
from docgen.archive.piles import Examined, examine
from docgen.archive.shelves import archive_in, copy_path, unused
from docgen.archive.sorting import Decision, Papers, sort
from docgen.archive.spool import Keep
from docgen.archive.whereabouts import place_of
from docgen.errors import RecordFault
from docgen.model.problems import Words
from docgen.model.returned import Copy, CopyPage, Pile, PileFile
from docgen.office.publish import Content
from docgen.office.returned_files import Used
from docgen.office.returns import Returns

PDF = "pdf"
UNKNOWN, UNREADABLE = "digital_unknown", "unreadable"
Key = tuple[str, int, int]
GONE = Words(
    "{file}: is no longer what was filed, or is gone, and page {leaf} of its pile can't be had either; put them back "
    "from a backup (docgen archive verify says what else is wrong). The pile is kept, and is sorted by the next docgen "
    "archive add",
    "{file}：与归档时不符或已丢失，且原扫描件中的 {leaf} 页也无法读取；请从备份恢复（其他问题请运行 docgen archive "
    "verify 查看）。本批扫描件已保存，下次运行 docgen archive add 时继续处理",
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a pile is split on. ``files``: those of the pile, where they can be read; ``standing``: the copies that are
    there by now; ``keep`` puts a new file by; ``workers``: processes at a time that make copies; ``used``: paths and
    numbers of copies that none gets any more."""

    out: Path
    pile: Pile
    files: Sequence[Examined]
    returns: Returns
    papers: Papers
    standing: Sequence[Copy]
    keep: Keep
    workers: int = 1
    used: Used = field(default_factory=Used)

    def sheet(self, leaf: Leaf) -> Sheet:
        """A page of the pile."""
        at, file = next((at, one) for at, one in enumerate(self.pile.files) if leaf.number < one.first + one.pages)
        return Sheet(self.files[at], leaf.number - file.first + 1, leaf.turn)


@dataclass(slots=True)
class Split:
    """What each page became, the copies that are new or have new pages, and what writes their files."""

    decisions: dict[int, Decision] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)
    contents: dict[str, Content] = field(default_factory=dict)


class _Damaged(Exception):
    """Pages can't be copied: the leaves of these numbers."""

    def __init__(self, leaves: Collection[int]) -> None:
        super().__init__(", ".join(map(str, leaves)))
        self.leaves = frozenset(leaves)


def split(desk: Desk, leaves: Sequence[Leaf]) -> Split:
    """Decide on each page, and make the copies. What can't be copied waits, and its copy does without it."""
    found = Split()
    for file, given in zip(desk.files, desk.pile.files, strict=True):
        if file.is_signed:
            _take_whole(desk, file, given, leaves[given.first - 1 : given.first - 1 + given.pages], found)
    scans = [leaf for leaf in leaves if leaf.number not in found.decisions]
    standing = [*desk.standing, *found.copies]
    while True:
        decisions = sort(scans, desk.papers, standing, desk.used.copies)
        try:
            made = _made(desk, {leaf.number: leaf for leaf in scans}, decisions, standing)
        except _Damaged as error:
            scans = [replace(one, codes=(), fault=UNREADABLE) if one.number in error.leaves else one for one in scans]
            continue
        break
    for copy, content in made:
        found.copies.append(copy)
        found.contents[copy.file.path] = content
    found.decisions.update((one.leaf, one) for one in decisions)
    return found


def _take_whole(desk: Desk, file: Examined, given: PileFile, leaves: Sequence[Leaf], found: Split) -> None:
    """A digitally signed file is a copy, or all of it waits."""
    of = recognised(file, leaves, desk.returns, desk.papers)
    if of is None:
        found.decisions.update((leaf.number, _waits(leaf.number, given.name)) for leaf in leaves)
        return
    there = [
        one.copy for one in (*desk.standing, *found.copies) if (one.number, one.revision) == (of.number, of.revision)
    ]
    number = max((desk.used.copies.get((of.number, of.revision), 0), *there)) + 1
    issued = desk.returns.revisions(of.number)[of.revision]
    path = unused(copy_path(issued, number, of.pages, of.pages), desk.used.paths)
    pages = tuple(CopyPage(at, desk.pile.leaf(leaf.number)) for at, leaf in enumerate(leaves, start=1))
    kept = replace(given.file, path=path)
    found.copies.append(Copy(of.number, of.revision, number, kept, of.pages, pages, "digital"))
    found.contents[path] = copied(file.path, kept)
    for at, leaf in enumerate(leaves, start=1):
        found.decisions[leaf.number] = Decision(
            leaf.number, "filed", of.number, of.revision, at, number, details=of.remarks
        )


def _waits(leaf: int, file: str) -> Decision:
    return Decision(leaf, "waiting", why=UNKNOWN, details={"file": file})


def _made(
    desk: Desk, leaves: Mapping[int, Leaf], decisions: Sequence[Decision], standing: Sequence[Copy]
) -> list[tuple[Copy, Content]]:
    """The copies that ``decisions`` make, each with what writes it.

    Raises:
        _Damaged: some of the pages can't be copied.
    """
    by_key: dict[Key, list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.fate in ("filed", "incomplete"):
            by_key[one.number, one.revision, one.copy].append(one)
    before = {(one.number, one.revision, one.copy): one for one in standing}
    drafts = [_draft(desk, leaves, of_it, before.get(key)) for key, of_it in sorted(by_key.items())]
    damaged: set[int] = set()
    made: list[tuple[Copy, Content]] = []
    for draft, content in zip(drafts, bind([one.sheets for one in drafts], desk.workers), strict=True):
        if isinstance(content, NotCopied):
            new = {leaf for leaf in draft.leaves if leaf}
            damaged |= {draft.leaves[at] for at in content.places} & new or new
        elif not damaged:
            made.append((_copy(desk, draft, content), desk.keep(content)))
    if damaged:
        raise _Damaged(damaged)
    return made


@dataclass(frozen=True, slots=True)
class _Draft:
    """A copy before it is made: its pages in order, where each is taken from, and the numbers of the leaves that are of
    this pile, else 0. ``before``: the incomplete copy that it is, with new pages."""

    number: str
    revision: int
    copy: int
    pages: Sequence[CopyPage]
    sheets: Sequence[Sheet]
    leaves: Sequence[int]
    before: Copy | None


def _draft(desk: Desk, leaves: Mapping[int, Leaf], decisions: Sequence[Decision], before: Copy | None) -> _Draft:
    first = decisions[0]
    assert (before is not None) == first.joins, "a copy is joined that isn't there, or written over"
    parts = [
        (CopyPage(one.page, desk.pile.leaf(one.leaf)), desk.sheet(leaves[one.leaf]), one.leaf) for one in decisions
    ]
    if before:
        parts += [(page, sheet, 0) for page, sheet in zip(before.pages, _sheets_of(desk, before), strict=True)]
    parts.sort(key=lambda part: part[0].page)
    pages, sheets, numbers = zip(*parts, strict=True)
    return _Draft(first.number, first.revision, first.copy, pages, sheets, numbers, before)


def _copy(desk: Desk, draft: _Draft, content: bytes) -> Copy:
    issued = desk.returns.revisions(draft.number)[draft.revision]
    of = issued.files[PDF].pages
    return Copy(
        number=draft.number,
        revision=draft.revision,
        copy=draft.copy,
        file=kept_file(unused(copy_path(issued, draft.copy, len(draft.pages), of), desk.used.paths), content),
        of=of,
        pages=draft.pages,
        by_hand=draft.before.by_hand if draft.before else False,
        replaces=draft.before.file.path if draft.before else "",
    )


def _sheets_of(desk: Desk, copy: Copy) -> list[Sheet]:
    """The pages of a copy: from its file, or where that is damaged once more from the piles."""
    place = archive_in(desk.out) / copy.file.path
    if is_there(place, copy.file):
        file = Examined(place, "pdf", copy.file.sha256, copy.file.size, len(copy.pages), False)
        return [Sheet(file, page) for page in range(1, file.pages + 1)]
    return [_in_pile(desk, place, one.leaf) for one in copy.pages]


def _in_pile(desk: Desk, copy: Path, leaf: str) -> Sheet:
    place = place_of(leaf, desk.returns.piles())
    path = archive_in(desk.out) / place.file.file.path if place else None
    found = examine(path) if path and place and is_there(path, place.file.file) else None
    if not place or not isinstance(found, Examined):
        raise RecordFault(GONE.filled(file=copy, leaf=leaf))
    return Sheet(found, place.page)
