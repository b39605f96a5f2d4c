"""What a person saw of the signatures on a copy, written down; until then a paper that is back counts as returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docgen.archive.cautions import cautions, joined
from docgen.archive.signatures import signers_named, told
from docgen.definitions.definition import Definitions
from docgen.errors import UsageError
from docgen.model.issued import Issued
from docgen.model.problems import Words
from docgen.model.returned import Agreed, Confirmation, Copy
from docgen.office.decisions import NO_NUMBER, NOTHING, each_known
from docgen.office.returned_lines import confirmed_entry
from docgen.office.returns import Returns
from docgen.office.signers import lacking, roles
from docgen.office.store import Store

CONFIRMED = Words(
    "{number}, revision {revision}, copy {copy}: confirmed: {who}.{more}",
    "{number} 第{revision}版签署件{copy}：已确认：{who}。{more}",
)
ALREADY = Words(
    "{number}, revision {revision}, copy {copy}: the same was confirmed already.",
    "{number} 第{revision}版签署件{copy}：此前已作过相同确认，无需重复。",
)
TICKED = Words(" Ticked: {answer}.", "勾选意见：{answer}。")
LACKS = Words(
    " Nothing is said yet of: {roles}. Until then it counts as returned; once that is known, confirm it again and name "
    "all of them.",
    "尚未确认：{roles}。在此之前仍按“已交回”计；情况明确后，请列出全部签署人重新确认。",
)
REPLACES = Words(" It replaces what was confirmed before.", "此前的确认由本次取代。")

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
    "{number}: of revision {latest}, which counts, no whole copy is back, only of revision {older}. To confirm that "
    "one all the same, add --revision {older}",
    "{number}：现行第{latest}版尚无完整的签署件交回，只有第{older}版的；如仍要确认该版，请加 --revision {older}",
)
WHICH = Words(
    "{number}: copy {copy} is there of several older revisions; say which with --revision: {older}",
    "{number}：多个旧版都有签署件{copy}，请用 --revision 指定版次：{older}",
)
ONE_COPY = Words("copy {copy} of revision {revision}", "第{revision}版签署件{copy}")
ANY_COPY = Words("copy of revision {revision}", "第{revision}版的签署件")
ANY_REVISION = Words("copy {copy}", "签署件{copy}")
NO_FORM = Words(
    "{number}: its form {form!r} is no longer defined, so nobody knows who signs it; put the form's file back",
    "{number}：其表单“{form}”已无定义，无法得知应由谁签署；请恢复该表单的定义文件",
)
NO_BOXES = Words(
    "--agreed: {number} has no boxes to tick; leave it out", "--agreed：{number} 没有供勾选的意见栏；请去掉该选项"
)
NO_BOX = Words(
    "--agreed {agreed}: {number} has no such box; write one of: {known}",
    "--agreed {agreed}：{number} 没有这一选项；可用：{known}",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person says. ``signed_by``: as it was typed, ``ROLE``, ``ROLE=HOW`` or ``ROLE=refused:WITNESS`` each.

    ``revision`` and ``copy``: which copy it is of; None: the newest whole one of the revision that counts.
    """

    number: str
    signed_by: Sequence[str]
    agreed: Agreed = ""
    note: str = ""
    revision: int | None = None
    copy: int | None = None


def confirm(
    store: Store, seen: Seen, definitions: Definitions, settings: Mapping[str, Any], on: date, dry_run: bool = False
) -> Words:
    """Write it down; what was confirmed of the copy before no longer counts.

    Returns:
        What is told of it.

    Raises:
        UsageError: no such paper, no such copy, one that lacks pages, or somebody named who doesn't sign it.
    """
    (number,) = each_known(store, [seen.number], store.register.numbers(), NO_NUMBER)
    returns = Returns(store.register)
    latest = store.register.standing(number)
    assert latest is not None
    copy = _chosen(returns.copies(number), latest, seen)
    of = returns.revisions(number).get(copy.revision, latest)
    may_sign = roles(of, definitions, settings)
    if not may_sign:
        raise UsageError(NO_FORM.filled(number=number, form=of.form))
    signers = signers_named(seen.signed_by, may_sign, definitions, number)
    answers = definitions.forms[of.form].acknowledges
    _refuse_answer(seen.agreed, answers, number)
    new = Confirmation(number, copy.revision, copy.copy, signers, seen.agreed, " ".join(seen.note.split()))
    names = {"number": number, "revision": copy.revision, "copy": copy.copy}
    before = returns.confirmation(copy)
    if before == new:
        return ALREADY.filled(**names)
    if not dry_run:
        store.record([confirmed_entry(new, on)])
    left = lacking(signers, may_sign)
    more = [
        TICKED.filled(answer=answers[seen.agreed]) if seen.agreed else NOTHING,
        LACKS.filled(roles=_listed(role.label for role in left)) if left else NOTHING,
        REPLACES if before else NOTHING,
        cautions(of, latest),
    ]
    return CONFIRMED.filled(**names, who=told(signers, may_sign, definitions), more=joined(more))


def _refuse_answer(agreed: Agreed, answers: Mapping[str, Words], number: str) -> None:
    if agreed and not answers:
        raise UsageError(NO_BOXES.filled(number=number))
    if agreed and agreed not in answers:
        known = Words(*(", ".join(f"{code} ({said[one]})" for code, said in answers.items()) for one in ("en", "zh")))
        raise UsageError(NO_BOX.filled(agreed=agreed, number=number, known=known))


def _chosen(copies: Sequence[Copy], latest: Issued, seen: Seen) -> Copy:
    """The copy that is meant: the newest whole one of the revision that counts, unless another is named.

    Raises:
        UsageError: it isn't there, or lacks pages, or is of an older revision and nobody said so.
    """
    number, last = latest.number, latest.revision
    if not copies:
        raise UsageError(NOT_BACK.filled(number=number))
    fitting = [one for one in copies if seen.revision in (None, one.revision) and seen.copy in (None, one.copy)]
    if not fitting:
        raise UsageError(NO_COPY.filled(number=number, given=_given(seen), known=_copies(copies)))
    whole = [one for one in fitting if one.is_complete]
    if not whole:
        pages = sorted({page for one in fitting for page in one.missing})
        pages_told = Words(*(between.join(map(str, pages)) for between in (", ", "、")))
        raise UsageError(LACKING.filled(number=number, copies=_copies(fitting), pages=pages_told))
    newest = max(whole, key=lambda one: (one.revision, one.copy))
    older = sorted({one.revision for one in whole if one.revision < last})
    if newest.revision < last and seen.revision is None:
        if seen.copy is None:
            raise UsageError(ONLY_OLDER.filled(number=number, latest=last, older=newest.revision))
        if len(older) > 1:
            raise UsageError(WHICH.filled(number=number, copy=seen.copy, older=", ".join(map(str, older))))
    return newest


def _given(seen: Seen) -> Words:
    words = ONE_COPY if seen.revision and seen.copy else ANY_COPY if seen.revision else ANY_REVISION
    return words.filled(revision=seen.revision, copy=seen.copy)


def _copies(copies: Iterable[Copy]) -> Words:
    ordered = sorted(copies, key=lambda one: (one.revision, one.copy))
    return _listed(ONE_COPY.filled(revision=one.revision, copy=one.copy) for one in ordered)


def _listed(told: Iterable[Words]) -> Words:
    parts = list(told)
    return Words(", ".join(one.en for one in parts), "、".join(one.zh for one in parts))
