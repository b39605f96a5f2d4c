"""Which of the copies of a paper a person means who looked at one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docgen.errors import UsageError
from docgen.model.issued import Issued
from docgen.model.problems import Words
from docgen.model.returned import Copy

NOT_BACK = Words(
    "{number}: no signed copy of it is in the archive; take the scan in first (docgen archive add FILE), or look at "
    "what waits (docgen archive queue)",
    "{number}：档案中没有其签署件；请先归档扫描件（docgen archive add 文件），或查看待处理页（docgen archive queue）",
)
NO_COPY = Words(
    "{number}: no {given} is in the archive; there are: {known}", "{number}：档案中没有{given}；现有：{known}"
)
LACKING = Words(
    "{number}: pages of {copies} are missing ({pages}), and only a whole copy can be confirmed; take in what is "
    "missing (docgen archive add FILE), or file it from what waits (docgen archive queue)",
    "{number}：{copies}缺页（缺第{pages}页），只有完整的签署件才能确认；请归档所缺的页（docgen archive add 文件），"
    "或从待处理页中归档（docgen archive queue）",
)
ONLY_OLDER = Words(
    "{number}: of revision {latest}, the latest, no whole copy is back, only of revision {older}. To confirm that "
    "one all the same, add --revision {older}",
    "{number}：最新的第{latest}版尚无完整的签署件交回，只有第{older}版的；如仍要确认该版，请加 --revision {older}",
)
WHICH = Words(
    "{number}: copy {copy} is there of several older revisions; say which with --revision: {older}",
    "{number}：多个旧版都有签署件{copy}，请用 --revision 指定版次：{older}",
)
ONE_COPY = Words("copy {copy} of revision {revision}", "第{revision}版签署件{copy}")
ANY_COPY = Words("copy of revision {revision}", "第{revision}版的签署件")
ANY_REVISION = Words("copy {copy}", "签署件{copy}")


def copy_meant(copies: Sequence[Copy], latest: Issued, revision: int | None, copy: int | None) -> Copy:
    """The copy that is meant: the newest whole one of the revision that counts, unless another is named.

    Raises:
        UsageError: it isn't there, or lacks pages, or is of an older revision and nobody said so.
    """
    number, last = latest.number, latest.revision
    if not copies:
        raise UsageError(NOT_BACK.filled(number=number))
    fitting = [one for one in copies if revision in (None, one.revision) and copy in (None, one.copy)]
    if not fitting:
        raise UsageError(NO_COPY.filled(number=number, given=_given(revision, copy), known=copies_told(copies)))
    whole = [one for one in fitting if one.is_complete]
    if not whole:
        pages = sorted({page for one in fitting for page in one.missing})
        pages_told = Words(*(between.join(map(str, pages)) for between in (", ", "、")))
        raise UsageError(LACKING.filled(number=number, copies=copies_told(fitting), pages=pages_told))
    newest = max(whole, key=lambda one: (one.revision, one.copy))
    older = sorted({one.revision for one in whole if one.revision < last})
    if newest.revision < last and revision is None:
        if copy is None:
            raise UsageError(ONLY_OLDER.filled(number=number, latest=last, older=newest.revision))
        if len(older) > 1:
            raise UsageError(WHICH.filled(number=number, copy=copy, older=", ".join(map(str, older))))
    return newest


def _given(revision: int | None, copy: int | None) -> Words:
    words = ONE_COPY if revision and copy else ANY_COPY if revision else ANY_REVISION
    return words.filled(revision=revision, copy=copy)


def copies_told(copies: Iterable[Copy]) -> Words:
    """``copy 1 of revision 1, copy 2 of revision 1``."""
    ordered = sorted(copies, key=lambda one: (one.revision, one.copy))
    told = [ONE_COPY.filled(revision=one.revision, copy=one.copy) for one in ordered]
    return Words(", ".join(one.en for one in told), "、".join(one.zh for one in told))
