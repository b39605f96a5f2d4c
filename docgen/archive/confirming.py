"""What a person saw of the signatures on a copy, written down; until then a paper that is back counts as returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docgen.archive.cautions import cautions, joined
from docgen.archive.copy_meant import copy_meant
from docgen.archive.filing import is_there
from docgen.archive.shelves import archive_in
from docgen.archive.signatures import answer_meant, signers_named, told
from docgen.definitions.definition import Definitions
from docgen.errors import RecordFault, UsageError
from docgen.model.problems import Words
from docgen.model.returned import Confirmation, Copy, Signer
from docgen.office.decisions import NO_NUMBER, NOTHING, each_known
from docgen.office.returned_lines import confirmed_entry
from docgen.office.returns import Returns
from docgen.office.signers import Role, lacking, roles
from docgen.office.store import Store

CONFIRMED = Words(
    "{number}, revision {revision}, copy {copy}: confirmed: {who}.{more}",
    "{number} 第{revision}版签署件{copy}：已确认：{who}。{more}",
)
NOTED = Words(
    "{number}, revision {revision}, copy {copy}: noted: {who}.{more}",
    "{number} 第{revision}版签署件{copy}：已登记：{who}。{more}",
)
ALREADY = Words(
    "{number}, revision {revision}, copy {copy}: the same was confirmed already.",
    "{number} 第{revision}版签署件{copy}：此前已作过相同确认，无需重复。",
)
TICKED = Words(" Ticked: {answer}.", "勾选意见：{answer}。")
LACKS = Words(
    " It still counts as returned, as nothing is said yet of: {roles}. Once that is known, confirm it again and name "
    "them.",
    "尚未确认：{roles}，因此仍按“已交回”计；情况明确后，请再次运行 confirm 补充。",
)
OF_SEVERAL = Words(
    " Of {count} whole copies this is the newest: {file}. If you looked at another, confirm that with --copy too.",
    "共有{count}份完整的签署件，本次确认的是最新一份：{file}。如核对的是另一份，请加 --copy 另行确认。",
)
BEFORE = Words(" Before, it was: {who}.", "此前为：{who}。")
ONLY_ONE = Words(
    "--copy and --revision say which copy of a paper is meant: name one paper with them",
    "--copy、--revision 用于指明某份文件的签署件：此时请只写一个文件编号",
)

CHANGED = Words(
    "{file}: is gone, or no longer what was filed, so nobody can say who signed it; docgen archive verify tells more. "
    "Put it back from a backup, then confirm it. Nothing was recorded",
    "{file}：已丢失或与归档时不符，无法确认由谁签署；详情请运行 docgen archive verify。请从备份恢复后再确认。"
    "未登记任何内容",
)
NO_FORM = Words(
    "{number}: its form {form!r} is no longer defined, so nobody knows who signs it; put the form's file back",
    "{number}：其表单“{form}”已无定义，无法得知应由谁签署；请恢复该表单的定义文件",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person says of the copies of some papers. ``signed_by``: as it was typed, ``ROLE``, ``ROLE=HOW`` or
    ``ROLE=refused:WITNESS`` each; ``agreed``: what was ticked, as it was typed, '' where nothing was.

    ``revision`` and ``copy``: which copy of a single paper; None: the newest whole one of the revision that counts.
    """

    numbers: Sequence[str]
    signed_by: Sequence[str]
    agreed: str = ""
    note: str = ""
    revision: int | None = None
    copy: int | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs what, as the forms and the settings have it."""

    definitions: Definitions
    settings: Mapping[str, Any]


def confirm(store: Store, seen: Seen, terms: Signing, on: date, dry_run: bool = False) -> list[Words]:
    """Write it down of all papers that are named, or where that can't be of none. Whoever was named before, and isn't
    now, stays named as before.

    Returns:
        What is told of each.

    Raises:
        UsageError: no such paper, no such copy, one that lacks pages, or somebody named who doesn't sign it.
        RecordFault: the file of a copy is no longer what was filed.
    """
    numbers = each_known(store, seen.numbers, store.register.numbers(), NO_NUMBER)
    if len(numbers) > 1 and (seen.copy or seen.revision):
        raise UsageError(ONLY_ONE)
    found = [_confirmed(store, number, seen, terms) for number in numbers]
    lines = [confirmed_entry(new, on) for new, _ in found if new]
    if lines and not dry_run:
        store.record(lines)
    return [told for _, told in found]


def _confirmed(store: Store, number: str, seen: Seen, terms: Signing) -> tuple[Confirmation | None, Words]:
    """What is to be written down of a paper, None where that is known already; and what is told of it."""
    returns, definitions = Returns(store.register), terms.definitions
    latest = store.register.standing(number)
    assert latest is not None
    copies = returns.copies(number)
    copy = copy_meant(copies, latest, seen.revision, seen.copy)
    place = archive_in(store.out) / copy.file.path
    if not is_there(place, copy.file):
        raise RecordFault(CHANGED.filled(file=place))
    of = returns.revisions(number).get(copy.revision, latest)
    may_sign = roles(of, definitions, terms.settings)
    if not may_sign:
        raise UsageError(NO_FORM.filled(number=number, form=of.form))
    before = returns.confirmation(copy)
    signers = _with_those_before(signers_named(seen.signed_by, may_sign, definitions, number), before, may_sign)
    answers = definitions.forms[of.form].acknowledges
    agreed = answer_meant(seen.agreed, answers, number) or (before.agreed if before else "")
    note = " ".join(seen.note.split()) or (before.note if before else "")
    new = Confirmation(number, copy.revision, copy.copy, signers, agreed, note)
    names = {"number": number, "revision": copy.revision, "copy": copy.copy}
    if before == new:
        return None, ALREADY.filled(**names)
    left = lacking(signers, may_sign)
    more = [
        TICKED.filled(answer=answers[agreed]) if agreed else NOTHING,
        LACKS.filled(roles=_listed(role.label for role in left)) if left else NOTHING,
        BEFORE.filled(who=told(before.signers, may_sign, definitions)) if before else NOTHING,
        _of_several(store, copies, copy) if seen.copy is None else NOTHING,
        cautions(of, latest),
    ]
    words = NOTED if left else CONFIRMED
    return new, words.filled(**names, who=told(signers, may_sign, definitions), more=joined(more))


def _with_those_before(
    named: Sequence[Signer], before: Confirmation | None, may_sign: Sequence[Role]
) -> tuple[Signer, ...]:
    """In the order of the paper's signature block; those that a paper can't have any more come last."""
    known = {one.role: one for one in (*(before.signers if before else ()), *named)}
    order = [role.key for role in may_sign]
    return tuple(known[key] for key in sorted(known, key=lambda key: order.index(key) if key in order else len(order)))


def _of_several(store: Store, copies: Sequence[Copy], chosen: Copy) -> Words:
    """Which one it was, as a person may have looked at another."""
    whole = [one for one in copies if one.revision == chosen.revision and one.is_complete]
    file = archive_in(store.out) / chosen.file.path
    return OF_SEVERAL.filled(count=len(whole), file=file) if len(whole) > 1 else NOTHING


def _listed(told: Iterable[Words]) -> Words:
    parts = list(told)
    return Words(", ".join(one.en for one in parts), "、".join(one.zh for one in parts))
