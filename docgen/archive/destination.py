"""Where a page goes that a person files: of which revision of the paper, to which of its copies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docgen.archive.originals import PDF
from docgen.archive.queue import fitting
from docgen.errors import UsageError
from docgen.model.issued import Issued
from docgen.model.problems import Words
from docgen.model.returned import Copy, Waiting
from docgen.office.decisions import NOTHING

NOT_ISSUED = Words(
    "{number}: revision {revision} was never issued; on record: {known}",
    "{number}：从未签发第{revision}版；已登记的版次：{known}",
)
NO_PDF = Words(
    "{number}, revision {revision}, was issued as Word only, so nobody knows how many pages it has; issue the PDF too "
    "(docgen generate FILE --formats pdf), then file the page",
    "{number} 第{revision}版只签发了 Word 文件，无法得知页数；请先补签发 PDF（docgen generate 文件 --formats pdf），"
    "再归档该页",
)
BEYOND = Words(
    "--page {page}: {number}, revision {revision}, has pages 1 to {of}; correct the page, or leave --page out to "
    "attach what belongs to a copy besides",
    "--page {page}：{number} 第{revision}版只有第1至{of}页；请更正页码；如为附带的页，请去掉 --page，作为附件归档",
)
NO_SUCH_COPY = Words(
    "--copy {copy}: {number}, revision {revision}, has no such copy{known}. Correct it; with --page and without "
    "--copy, the page goes to the copy that lacks it, or begins one",
    "--copy {copy}：{number} 第{revision}版没有这一签署件{known}。请更正；如带 --page 而不带 --copy，"
    "该页将归入缺该页的签署件，或另起一份",
)
THERE_ARE = Words(" (there are: {copies})", "（现有：{copies}）")
HAS_IT = Words(
    "--copy {copy}: page {page} of that copy has come back already ({leaf}); without --copy, the page goes to a copy "
    "that lacks it, or begins one",
    "--copy {copy}：该签署件的第{page}页此前已交回（{leaf}）；去掉 --copy，该页将归入缺该页的签署件，或另起一份",
)
WHICH_LACKS = Words(
    "{number}: several copies lack page {page}; look at them, and say which with --copy: {copies}",
    "{number}：有多份签署件缺第{page}页；请核对后用 --copy 指定：{copies}",
)
WHICH = Words(
    "{number}: several copies are there; say with --copy to which the page belongs: {copies}",
    "{number}：有多份签署件；请用 --copy 指定该页属于哪一份：{copies}",
)
CODE_SAYS = Words(
    " Mind that the code on it says: page {page} of {number}, revision {revision}.",
    "请注意：页面二维码显示为 {number} 第{revision}版第{page}页。",
)
NOTHING_THERE = Words(
    "{number}: no copy of revision {revision} is there to attach the page to; with --page N it becomes a page of one",
    "{number}：第{revision}版尚无签署件可供附加；如该页是文件中的一页，请加 --page 页码",
)


def revision_meant(revisions: Mapping[int, Issued], latest: Issued, given: int | None, waiting: Waiting) -> Issued:
    """The revision that is named; else the one that the page itself says, where it names this paper; else the one that
    was suggested of it; else the one that counts.

    Raises:
        UsageError: it was never issued.
    """
    if given is not None and given not in revisions:
        known = ", ".join(map(str, sorted(revisions)))
        raise UsageError(NOT_ISSUED.filled(number=latest.number, revision=given, known=known))
    if given is None:
        given = _said(waiting, latest.number) or _suggested(waiting, latest.number)
    return revisions.get(given or latest.revision, latest)


def _said(waiting: Waiting, number: str) -> int:
    revision = waiting.details.get("revision", "")
    return int(revision) if waiting.details.get("number") == number and revision.isdecimal() else 0


def _suggested(waiting: Waiting, number: str) -> int:
    suggested = waiting.suggestion
    return suggested.revision if suggested and suggested.number == number else 0


def doubts(waiting: Waiting, issued: Issued, page: int) -> Words:
    """To be added to what is told: that the code on the page says other than the person; ``page`` 0: none of the
    paper's, of which its code may say what it likes."""
    said = waiting.details
    if "number" not in said or "page" not in said:
        return NOTHING
    claimed = (said["number"], said.get("revision", ""), said["page"])
    agrees = claimed == (issued.number, str(issued.revision), str(page)) if page else claimed[0] == issued.number
    return NOTHING if agrees else CODE_SAYS.filled(number=claimed[0], revision=claimed[1], page=claimed[2])


def pages_of(issued: Issued, page: int) -> int:
    """How many pages the paper has, of which ``page`` is to be one.

    Raises:
        UsageError: it isn't, or there is no PDF on record to tell.
    """
    names = {"number": issued.number, "revision": issued.revision}
    if PDF not in issued.files:
        raise UsageError(NO_PDF.filled(**names))
    of = issued.files[PDF].pages
    if not 1 <= page <= of:
        raise UsageError(BEYOND.filled(**names, page=page, of=of))
    return of


def copy_to_complete(copies: Sequence[Copy], issued: Issued, page: int, given: int | None) -> Copy | None:
    """The copy to which a page goes; None where it begins one.

    Args:
        copies: all of that revision.
        given: the copy that is named.

    Raises:
        UsageError: it isn't there or has the page, or none is named and several lack it.
    """
    if given is None:
        lacking = fitting(copies, issued.number, issued.revision, page)
        if len(lacking) > 1:
            raise UsageError(WHICH_LACKS.filled(number=issued.number, page=page, copies=_listed(lacking)))
        return lacking[0] if lacking else None
    copy = _named(copies, issued, given)
    for one in copy.pages:
        if one.page == page:
            raise UsageError(HAS_IT.filled(copy=given, page=page, leaf=one.leaf))
    return copy


def copy_to_attach_to(copies: Sequence[Copy], issued: Issued, given: int | None) -> Copy:
    """The copy to which something is attached.

    Raises:
        UsageError: it isn't there, or none is named and there is none, or several.
    """
    if given is not None:
        return _named(copies, issued, given)
    if not copies:
        raise UsageError(NOTHING_THERE.filled(number=issued.number, revision=issued.revision))
    if len(copies) > 1:
        raise UsageError(WHICH.filled(number=issued.number, copies=_listed(copies)))
    return copies[0]


def _named(copies: Sequence[Copy], issued: Issued, given: int) -> Copy:
    for one in copies:
        if one.copy == given:
            return one
    known = THERE_ARE.filled(copies=_listed(copies)) if copies else NOTHING
    raise UsageError(NO_SUCH_COPY.filled(number=issued.number, revision=issued.revision, copy=given, known=known))


def _listed(copies: Iterable[Copy]) -> Words:
    """``1 (archive/signed/…), 2 (…)``: a person has to look at them."""
    told = [f"{one.copy} ({one.file.path})" for one in copies]
    return Words(", ".join(told), "、".join(told))
