"""Pages that were filed wrongly, attached, dismissed or taken for blank go back into the queue, where they wait for a
person as any other page; their copies do without them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from docgen.archive import reading
from docgen.archive.bindery import bind
from docgen.archive.by_hand import TURNS
from docgen.archive.copies import NotCopied, Sheet
from docgen.archive.filing import carry_out, is_there, kept_file, planned
from docgen.archive.originals import DAMAGED, in_copy, in_pile, turned
from docgen.archive.piles import Examined
from docgen.archive.queue import TURN
from docgen.archive.recall import Named, is_digital, recalled
from docgen.archive.shelves import archive_in, copy_path, picture_path, unused
from docgen.archive.whereabouts import Fate, Whereabouts
from docgen.errors import RecordFault
from docgen.model.problems import Words
from docgen.model.returned import Copy, KeptFile, Waiting
from docgen.office.decisions import NOTHING
from docgen.office.publish import Content
from docgen.office.returned_files import Used
from docgen.office.returned_lines import Requeued, requeued_entry, returned_entry, waiting_entry
from docgen.office.returns import Back, Returns
from docgen.office.store import Store

WAS: Mapping[Fate, Words] = {
    "filed": Words(
        "page {page} of copy {copy} of {number}, revision {revision}",
        "归为 {number} 第{revision}版签署件{copy}的第{page}页",
    ),
    "attached": Words(
        "attached to copy {copy} of {number}, revision {revision}", "附于 {number} 第{revision}版签署件{copy}"
    ),
    "dismissed": Words("dismissed", "剔除"),
    "blank": Words("taken for blank", "被识别为空白页"),
}
REOPENED = Words(
    "{leaf}: waits for a person again ({why}); it was {was}.", "{leaf}：已退回待处理（{why}）；此前{was}。"
)
REDUCED = Words(
    "{number}, revision {revision}, copy {copy}: page {pages} missing now: {file}.{more}",
    "{number} 第{revision}版签署件{copy}：现缺第{pages}页：{file}。{more}",
)
EMPTY = Words(
    "{number}, revision {revision}, copy {copy}: no page of it is left, so it no longer counts as returned.{more}",
    "{number} 第{revision}版签署件{copy}：已无任何一页，不再计为交回。{more}",
)
UNCONFIRMED = Words(
    " Its confirmation of {on} no longer counts; once it is whole, look at it and confirm it again.",
    "其{on}的签字确认不再有效；齐全后请重新核对并确认。",
)
VOIDED = Words(" Its confirmation of {on} no longer counts.", "其{on}的签字确认不再有效。")

Picture = Callable[[Examined, int, int], bytes]


@dataclass(frozen=True, slots=True)
class Order:
    """What a person wants: which pages, and why; the day. A trial writes nothing."""

    named: Named
    why: str
    on: date
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """What goes back. ``pages``: as they are; ``copies``: those that lose pages, by the paths of their files, and what
    is left of each in ``reduced``, its file not made yet."""

    store: Store
    order: Order
    pages: Sequence[Whereabouts]
    copies: Mapping[str, Back]
    reduced: Mapping[str, Copy]
    used: Used


def reopen(store: Store, order: Order, picture: Picture = reading.picture) -> list[Words]:
    """Put pages back into the queue: with new pictures, and with copies that lack them from now on.

    Returns:
        What is told of each page, then of each copy.

    Raises:
        UsageError: one of the pages is unknown or waits already, or it isn't clear which is meant.
        RecordFault: a file of the archive is no longer what it was.
        EnvironmentLacks: the archive can't be written.
    """
    work = _work(store, order, recalled(store, order.named))
    if not order.is_trial:
        _carry_out(work, picture)
    told = [REOPENED.filled(leaf=one.leaf, why=order.why, was=_was(one)) for one in work.pages]
    return told + [_told_of(work, path) for path in work.copies]


def _work(store: Store, order: Order, pages: Sequence[Whereabouts]) -> Work:
    returns, leaves = Returns(store.register), {one.leaf for one in pages}
    used, reduced = returns.used(), dict[str, Copy]()
    concerned = {one.copy.file.path: one.copy.number for one in pages if one.copy}
    known = {one.copy.file.path: one for number in {*concerned.values()} for one in returns.back(number)}
    for path in concerned:
        before = known[path].copy
        if left := tuple(page for page in before.pages if page.leaf not in leaves):
            issued = returns.revisions(before.number)[before.revision]
            new = unused(copy_path(issued, before.copy, len(left), before.of), used.paths)
            reduced[path] = replace(before, file=replace(before.file, path=new), pages=left, replaces=path)
    return Work(store, order, pages, {path: known[path] for path in concerned}, reduced, used)


def _carry_out(work: Work, picture: Picture) -> None:
    """All of it at once, so that no page is in two places, or in none."""
    on, contents = work.order.on, dict[str, Content]()
    lines = [requeued_entry(_requeued(one, work.order.why), on) for one in work.pages]
    files = list[KeptFile]()
    for copy, content in _reduced(work):
        lines.append(returned_entry(copy, on))
        files.append(copy.file)
        contents[copy.file.path] = content
    for one, original in _originals(work):
        turn = 0 if is_digital(one) else _turn(work.store, one, original)
        content = picture(original.file, original.page, turn)
        kept = kept_file(unused(picture_path(one.leaf), work.used.paths), content)
        lines.append(waiting_entry(_waiting(work, one, turn, kept), on))
        files.append(kept)
        contents[kept.path] = content
    gone = [*work.copies, *(one.attachment.file.path for one in work.pages if one.attachment)]
    carry_out(work.store, planned(work.store, on, files, lines, gone), contents)


def _reduced(work: Work) -> Iterator[tuple[Copy, bytes]]:
    """What is left of each copy, with its file."""
    jobs = []
    for path, copy in work.reduced.items():
        before = work.copies[path].copy
        sheets = dict(zip(before.pages, in_copy(work.store, before), strict=True))
        jobs.append([sheets[page] for page in copy.pages])
    for (path, copy), content in zip(work.reduced.items(), bind(jobs, workers=1), strict=True):
        if isinstance(content, NotCopied):  # though it was once
            raise RecordFault(DAMAGED.filled(file=archive_in(work.store.out) / path)) from content
        yield replace(copy, file=kept_file(copy.file.path, content)), content


def _originals(work: Work) -> Iterator[tuple[Whereabouts, Sheet]]:
    """Each page with its place in its pile, which must still be there: it is to be filed from it."""
    files: dict[str, Examined] = {}
    for one in work.pages:
        assert one.place
        path = one.place.file.file.path
        if path not in files:
            files[path] = in_pile(work.store, one.place).file
        yield one, Sheet(files[path], one.place.page)


def _waiting(work: Work, one: Whereabouts, turn: int, picture: KeptFile) -> Waiting:
    """As it waits from now on."""
    assert one.place
    was = _was(one)
    details = {"reason": work.order.why, "was": was.en, "was_zh": was.zh}
    if is_digital(one):
        kind, more = "digital_reopened", {"file": one.place.file.name}
    else:
        kind, more = "reopened", {TURN: str(turn)} if turn else {}
    return Waiting(one.leaf, one.place.pile.name, kind, picture, {**details, **more})


def _turn(store: Store, one: Whereabouts, original: Sheet) -> int:
    """By how many degrees it was turned where it was; else as its code stood when it waited before."""
    if of := one.copy or one.attachment:
        page = [page.leaf for page in one.copy.pages].index(one.leaf) if one.copy else 0
        place = archive_in(store.out) / of.file.path
        if is_there(place, of.file):
            return turned(original, place, page)
    known = one.waiting.details.get(TURN, "") if one.waiting else ""
    return int(known) if known in TURNS else 0


def _requeued(one: Whereabouts, why: str) -> Requeued:
    assert one.fate != "waiting" and one.fate != "unsorted"
    of = one.copy or one.attachment
    if of is None:
        return Requeued(one.leaf, one.fate, why, "", 0, 0, 0, "")
    return Requeued(one.leaf, one.fate, why, of.number, of.revision, of.copy, one.page, of.file.path)


def _was(one: Whereabouts) -> Words:
    of = one.copy or one.attachment
    names = {"number": of.number, "revision": of.revision, "copy": of.copy, "page": one.page} if of else {}
    return WAS[one.fate].filled(**names)


def _told_of(work: Work, path: str) -> Words:
    """What has become of a copy."""
    before, now = work.copies[path], work.reduced.get(path)
    copy = before.copy
    names = {"number": copy.number, "revision": copy.revision, "copy": copy.copy}
    voided = (UNCONFIRMED if now else VOIDED).filled(on=before.confirmed_on) if before.confirmation else NOTHING
    if now is None:
        return EMPTY.filled(**names, more=voided)
    pages = Words(*(between.join(map(str, now.missing)) for between in (", ", "、")))
    return REDUCED.filled(**names, pages=pages, file=archive_in(work.store.out) / now.file.path, more=voided)
