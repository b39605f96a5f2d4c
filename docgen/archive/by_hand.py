"""Pages that wait are filed by a person: as a page of a copy, attached to one, or with their whole signed file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from docgen.archive.bindery import bind
from docgen.archive.cautions import cautions, joined
from docgen.archive.copies import NotCopied, Sheet
from docgen.archive.destination import copy_to_attach_to, copy_to_complete, doubts, pages_of, revision_meant
from docgen.archive.filing import carry_out, copied, kept_file, planned
from docgen.archive.originals import PDF, in_copy, in_pile, unchanged
from docgen.archive.queue import TURN, waiting_pages
from docgen.archive.shelves import archive_in, attachment_path, copy_path, unused
from docgen.archive.whereabouts import Place
from docgen.errors import UsageError
from docgen.model.issued import Issued
from docgen.model.problems import Words
from docgen.model.returned import Attachment, Copy, CopyPage, KeptFile, Waiting
from docgen.office.decisions import NO_NUMBER, NOTHING, each_known
from docgen.office.ledger import Entry
from docgen.office.publish import Content
from docgen.office.returned_files import Used
from docgen.office.returned_lines import HowSettled, attached_entry, returned_entry, settled_entry
from docgen.office.returns import Returns
from docgen.office.store import Store

DIGITAL = frozenset({"digital_unknown", "digital_reopened"})
"""Why the pages of a digitally signed file wait: that it matches nothing, or was taken back."""
TURNS = ("90", "180", "270")

AS_A_PAGE = Words(
    "{leaf}: filed as page {page} of {of} of {number}, revision {revision}, copy {copy}: {file}.{more}",
    "{leaf}：已归为 {number} 第{revision}版签署件{copy}的第{page}页（共{of}页）：{file}。{more}",
)
ATTACHED = Words(
    "{leaf}: attached to copy {copy} of {number}, revision {revision}: {file}.{more}",
    "{leaf}：已附于 {number} 第{revision}版签署件{copy}：{file}。{more}",
)
AS_A_WHOLE = Words(
    "{name}: the digitally signed file is kept as it is, as copy {copy} of {number}, revision {revision}: {file}. "
    "docgen doesn't check its signature. These pages wait no more: {leaves}.{more}",
    "{name}：电子签名文件原样归档为 {number} 第{revision}版签署件{copy}：{file}。docgen 不验证其签名。"
    "下列页不再待处理：{leaves}。{more}",
)
OTHER_LENGTH = Words(
    " Mind that it has {pages} pages, and the paper was issued with {of}.",
    "请注意：该文件共{pages}页，而签发时共{of}页。",
)
WHOLE = Words(" The copy is whole now.", "该签署件已齐全。")
STILL_LACKS = Words(" Still missing: page {pages}.", "仍缺第{pages}页。")
IN_ONE_PIECE = Words(
    "{leaf} is of a digitally signed file ({name}), which is never taken apart; leave out {flag}, and the whole file "
    "is filed as a copy of {number}",
    "{leaf} 属于电子签名文件（{name}），不可拆分；请去掉 {flag}，整个文件将归为 {number} 的签署件",
)
UNREADABLE = Words(
    "{leaf}: the page can't be copied out of {file}: it is damaged, or has layers, of which a copy would show what is "
    "hidden. Scan the paper again, and dismiss this page: docgen archive dismiss {leaf} --why TEXT",
    "{leaf}：无法从 {file} 中取出该页：页面已损坏，或含有图层（取出后隐藏的内容会显示出来）。请重新扫描，并剔除此页："
    "docgen archive dismiss {leaf} --why 原因",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a page. ``page`` None: it is none of the paper's, but belongs to a copy. ``copy`` and
    ``revision`` None: whichever there is no choice of. ``turn``: by how many degrees, clockwise, it is to be turned."""

    leaf: str
    number: str
    page: int | None = None
    copy: int | None = None
    revision: int | None = None
    why: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of a page that is filed: where it lies, the paper, the copies that there are of that revision, and
    the paths and numbers that may not be used again."""

    store: Store
    wanted: Wanted
    waiting: Waiting
    place: Place
    issued: Issued
    latest: Issued
    copies: Sequence[Copy]
    used: Used
    on: date

    @property
    def names(self) -> dict[str, object]:
        """What every sentence may say."""
        return {"leaf": self.waiting.leaf, "number": self.issued.number, "revision": self.issued.revision}

    @property
    def next_copy(self) -> int:
        return self.used.copies.get((self.issued.number, self.issued.revision), 0) + 1

    def copy_path(self, copy: int, pages: int, of: int) -> str:
        return unused(copy_path(self.issued, copy, pages, of), self.used.paths)

    def shown(self, path: str) -> Path:
        """Where a file of the archive lies, as a person finds it."""
        return archive_in(self.store.out) / path

    @property
    def turn(self) -> int:
        """By how many degrees the page is turned: as its small picture is, and then as the person says who saw that."""
        known = self.waiting.details.get(TURN, "")
        return ((int(known) if known in TURNS else 0) + self.wanted.turn) % 360

    def settled(self, leaf: str, how: HowSettled) -> Entry:
        return settled_entry(leaf, how, self.wanted.why, self.issued.number, self.on)


@dataclass(frozen=True, slots=True)
class Done:
    """What it comes to: the new file and what it holds, the lines, the paths that go, and what is told."""

    file: KeptFile
    content: Content
    lines: Sequence[Entry]
    gone: Sequence[str]
    told: Words


def file_by_hand(store: Store, wanted: Wanted, on: date, dry_run: bool = False) -> Words:
    """File a page that waits where a person says it belongs.

    Returns:
        What is told of it.

    Raises:
        UsageError: it doesn't wait, there is no such paper, or it can't go there.
        RecordFault: a file of the archive is no longer what it was.
        EnvironmentLacks: the archive can't be written.
    """
    returns = Returns(store.register)
    ((waiting, place),) = waiting_pages(store, [wanted.leaf])
    (number,) = each_known(store, [wanted.number], store.register.numbers(), NO_NUMBER)
    latest = store.register.standing(number)
    assert latest is not None
    issued = revision_meant(returns.revisions(number), latest, wanted.revision, waiting)
    copies = [one for one in returns.copies(number) if one.revision == issued.revision]
    work = Work(store, wanted, waiting, place, issued, latest, copies, returns.used(), on)
    done = (_as_a_whole if waiting.why in DIGITAL else _attached if wanted.page is None else _as_a_page)(work)
    if not dry_run:
        carry_out(store, planned(store, on, [done.file], done.lines, done.gone), {done.file.path: done.content})
    return done.told


def _as_a_page(work: Work) -> Done:
    """The page goes to a copy that lacks it, or begins one."""
    page, issued, leaf = work.wanted.page or 0, work.issued, work.waiting.leaf
    of = pages_of(issued, page)
    before = copy_to_complete(work.copies, issued, page, work.wanted.copy)
    known = before.pages if before else ()
    pages = sorted((*known, CopyPage(page, leaf)), key=lambda one: one.page)
    copy = before.copy if before else work.next_copy
    path = work.copy_path(copy, len(pages), of)
    there = dict(zip(known, in_copy(work.store, before) if before else (), strict=True))
    content = _pdf(work, [there.get(one) or _own_sheet(work) for one in pages])
    replaces = before.file.path if before else ""
    new = Copy(
        issued.number,
        issued.revision,
        copy,
        kept_file(path, content),
        of,
        tuple(pages),
        by_hand=True,
        replaces=replaces,
    )
    missing = Words(*(between.join(map(str, new.missing)) for between in (", ", "、")))
    state = WHOLE if new.is_complete else STILL_LACKS.filled(pages=missing)
    more = joined([state, cautions(issued, work.latest), doubts(work.waiting, issued, page)])
    told = AS_A_PAGE.filled(**work.names, page=page, of=of, copy=copy, file=work.shown(path), more=more)
    lines = [returned_entry(new, work.on), work.settled(leaf, "filed")]
    return Done(new.file, content, lines, [*filter(None, [replaces]), work.waiting.picture.path], told)


def _attached(work: Work) -> Done:
    """The page goes to a copy without being one of the paper's."""
    copy, leaf = copy_to_attach_to(work.copies, work.issued, work.wanted.copy), work.waiting.leaf
    paths = (attachment_path(work.issued, copy.copy, at) for at in count(1))
    path = next(one for one in paths if one not in work.used.paths)
    content = _pdf(work, [_own_sheet(work)])
    new = Attachment(copy.number, copy.revision, copy.copy, kept_file(path, content), leaf, work.wanted.why)
    more = joined([cautions(work.issued, work.latest), doubts(work.waiting, work.issued, 0)])
    told = ATTACHED.filled(**work.names, copy=copy.copy, file=work.shown(path), more=more)
    lines = [attached_entry(new, work.on), work.settled(leaf, "attached")]
    return Done(new.file, content, lines, [work.waiting.picture.path], told)


def _as_a_whole(work: Work) -> Done:
    """A digitally signed file is kept byte for byte, and all its pages are dealt with."""
    given, source = work.wanted, work.place.file
    for flag, value in (("--page", given.page), ("--copy", given.copy), ("--turn", given.turn or None)):
        if value is not None:
            raise UsageError(IN_ONE_PIECE.filled(**work.names, name=source.name, flag=flag))
    leaves = [work.place.pile.leaf(source.first + at) for at in range(source.pages)]
    waited = [one for one in Returns(work.store.register).waiting() if one.leaf in leaves]
    path = work.copy_path(work.next_copy, source.pages, source.pages)
    new = Copy(
        work.issued.number,
        work.issued.revision,
        work.next_copy,
        replace(source.file, path=path),
        source.pages,
        tuple(CopyPage(page, leaf) for page, leaf in enumerate(leaves, start=1)),
        kind="digital",
        by_hand=True,
    )
    names = {**work.names, "name": source.name, "copy": new.copy, "file": work.shown(path)}
    of = work.issued.files[PDF].pages if PDF in work.issued.files else source.pages
    other = OTHER_LENGTH.filled(pages=source.pages, of=of) if of != source.pages else NOTHING
    listed, more = ", ".join(one.leaf for one in waited), joined([other, cautions(work.issued, work.latest)])
    told = AS_A_WHOLE.filled(**names, leaves=listed, more=more)
    lines = [returned_entry(new, work.on), *(work.settled(one.leaf, "filed") for one in waited)]
    content = copied(unchanged(work.store, source.file), source.file)
    return Done(new.file, content, lines, [one.picture.path for one in waited], told)


def _own_sheet(work: Work) -> Sheet:
    return in_pile(work.store, work.place, work.turn)


def _pdf(work: Work, sheets: Sequence[Sheet]) -> bytes:
    (made,) = bind([sheets], workers=1)
    if isinstance(made, NotCopied):
        file = work.shown(work.place.file.file.path)
        raise UsageError(UNREADABLE.filled(leaf=work.waiting.leaf, file=file)) from made
    return made
