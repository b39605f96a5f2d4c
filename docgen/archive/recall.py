"""Which pages go back into the queue: those that a person names, and those that can't stay without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.archive.by_hand import DIGITAL
from docgen.archive.copy_meant import copies_told
from docgen.archive.whereabouts import Map, Whereabouts
from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.model.returned import Copy
from docgen.office.decisions import NO_NUMBER, each_known
from docgen.office.returned_lines import copy_key
from docgen.office.returns import Returns
from docgen.office.store import Store

LEAF = re.compile("[0-9a-f]{8}-[0-9]+")

UNKNOWN = Words(
    "{leaf}: no page of that name is in the archive; the report of its pile (docgen archive add) names all its pages",
    "{leaf}：档案中没有这一页；该批的归档报告（docgen archive add）列有各页的编号",
)
WAITS = Words("{leaf} waits for a person already", "{leaf} 本来就在待处理之列")
UNSORTED = Words(
    "{leaf}: its pile is not sorted yet, as a run was stopped; docgen archive add without a file brings that to an end",
    "{leaf}：该批扫描件因运行中断尚未分拣；请运行不带文件的 docgen archive add 完成分拣",
)
NO_PILE = Words(
    "{leaf}: its pile is not on record, so the page could not be filed again; docgen archive verify tells what is "
    "wrong with the record",
    "{leaf}：其所在批次没有登记，退回后将无法重新归档；请运行 docgen archive verify 查看登记方面的问题",
)
NOT_BACK = Words("{number}: no copy of it is in the archive", "{number}：档案中没有其签署件")
NO_COPY = Words(
    "{number}: no such copy is in the archive; there are: {known}", "{number}：档案中没有这一签署件；现有：{known}"
)
WHICH = Words(
    "{number}: several copies are there; say which with --revision and --copy: {known}",
    "{number}：有多份签署件；请用 --revision 和 --copy 指定：{known}",
)
NO_PAGE = Words(
    "--page {page}: {copy} of {number} has no such page; it has: {known}",
    "--page {page}：{number} 的{copy}没有这一页；现有各页：{known}",
)
OF_ONE = Words(
    "--page, --copy and --revision say which page of a paper is meant: name one paper, and nothing else, with them",
    "--page、--copy 和 --revision 用于指明某份文件的哪一页：此时请只写一个文件编号",
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a person names. ``what``: pages such as ``1a2b3c4d-17``, and numbers of papers, of which all pages of the
    one copy are meant; ``page``, ``copy`` and ``revision``: of a single number, which of them."""

    what: Sequence[str]
    page: int | None = None
    copy: int | None = None
    revision: int | None = None


def recalled(store: Store, named: Named) -> list[Whereabouts]:
    """The pages, each once, as they are now.

    A digitally signed file goes back as a whole; of a copy of which no page is left, what was attached to it too.

    Raises:
        UsageError: one is unknown or waits already, or it isn't clear which copy is meant.
    """
    returns = Returns(store.register)
    known = Map(returns)
    found = {leaf: _dealt_with(known, leaf) for leaf in _leaves(store, returns, named)}
    for leaf in [more for one in [*found.values()] for more in _whole_file(one)]:
        if leaf not in found and (beside := known.find(leaf)) and beside.fate not in ("waiting", "unsorted"):
            found[leaf] = beside
    emptied = {copy_key(one.copy) for one in found.values() if one.copy and _all_of(one.copy) <= found.keys()}
    for at in returns.attachments():
        if copy_key(at) in emptied and at.leaf not in found:
            found[at.leaf] = _dealt_with(known, at.leaf)
    return [*found.values()]


def _all_of(copy: Copy) -> set[str]:
    return {page.leaf for page in copy.pages}


def _leaves(store: Store, returns: Returns, named: Named) -> Iterator[str]:
    numbers = store.register.numbers()
    are_pages = [bool(LEAF.fullmatch(one.strip().lower())) and one not in numbers for one in named.what]
    if (named.page or named.copy or named.revision) and (len(named.what) > 1 or are_pages[0]):
        raise UsageError(OF_ONE)
    for what, is_page in zip(named.what, are_pages, strict=True):
        if is_page:
            yield what.strip().lower()
            continue
        (number,) = each_known(store, [what], numbers, NO_NUMBER)
        yield from _pages_of(returns.copies(number), number, named)


def _pages_of(copies: Sequence[Copy], number: str, named: Named) -> list[str]:
    """Those of the one copy that is meant, or the one that is named."""
    meant = [one for one in copies if named.revision in (None, one.revision) and named.copy in (None, one.copy)]
    if len(meant) != 1:
        words = WHICH if meant else NO_COPY if copies else NOT_BACK
        raise UsageError(words.filled(number=number, known=copies_told(meant or copies)))
    (copy,) = meant
    pages: Mapping[int, str] = {one.page: one.leaf for one in copy.pages}
    if named.page is None:
        return [*pages.values()]
    if named.page not in pages:
        known = ", ".join(map(str, pages))
        raise UsageError(NO_PAGE.filled(page=named.page, number=number, copy=copies_told([copy]), known=known))
    return [pages[named.page]]


def _dealt_with(known: Map, leaf: str) -> Whereabouts:
    found = known.find(leaf)
    if found is None:
        raise UsageError(UNKNOWN.filled(leaf=leaf))
    if found.fate in ("waiting", "unsorted") or found.place is None:
        words = WAITS if found.fate == "waiting" else UNSORTED if found.fate == "unsorted" else NO_PILE
        raise UsageError(words.filled(leaf=leaf))
    return found


def _whole_file(one: Whereabouts) -> Iterable[str]:
    """The pages of the digitally signed file that it is of; none where it is of another."""
    if not is_digital(one) or one.place is None:
        return ()
    place = one.place
    return [place.pile.leaf(place.file.first + at) for at in range(place.file.pages)]


def is_digital(one: Whereabouts) -> bool:
    """Whether it is a page of a digitally signed file, which is never taken apart."""
    return bool(one.copy and one.copy.kind == "digital") or bool(one.waiting and one.waiting.why in DIGITAL)
