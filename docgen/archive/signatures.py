"""Who signed a paper and how, and what was ticked on it, as a person types it on the command line:
``employee,hr=refused:K. Li``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from docgen.definitions.choices import choice_key
from docgen.definitions.definition import Definitions
from docgen.definitions.naming import SIGNER
from docgen.definitions.shape import nearest
from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.model.returned import Agreed, How, Signer
from docgen.office.decisions import NEAR, NOTHING
from docgen.office.signers import Role

BETWEEN = re.compile("[,，、;；]")
SAID = re.compile("(?P<role>[^=＝]*)(?:[=＝](?P<how>[^:：]*)(?:[:：](?P<witness>.*))?)?", re.DOTALL)
"""``ROLE=HOW:WITNESS``, as a Chinese keyboard types it too."""
HOWS = "signature"
"""The choice list of forms/case.yaml that names them in both languages."""
SIGNED = "signed"
"""What is meant where only the role is named."""
IN_SHORT: Mapping[str, Words] = {
    "yes": Words("yes", "同意"),
    "part": Words("part", "部分同意"),
    "no": Words("no", "不同意"),
}
"""What the boxes are called, whatever stands beside them."""
WITNESSED = frozenset(("refused", "absent"))
"""The line for it on the paper has a witness for both; for a refusal there must be one."""

NO_ROLE = Words(
    "--signed-by {given}: nobody of that name signs {number}{near}. Those who do: {known}",
    "--signed-by {given}：{number} 没有这一签署人{near}。可用：{known}",
)
SHARED = Words(
    "--signed-by {given}: more than one of those who sign it is called so; write exactly one of: {known}",
    "--signed-by {given}：有多位签署人使用这一名称；请准确填写其中之一：{known}",
)
TWICE = Words(
    "--signed-by {given}: named twice; say once how they signed", "--signed-by {given}：重复出现；每位签署人请只写一次"
)
NO_HOW = Words(
    "--signed-by {given}: write signed, commented, refused:WITNESS or absent behind the =",
    "--signed-by {given}：等号后请填写 signed（已签字）、commented（附意见）、refused:见证人（拒签）"
    "或 absent（未到场）",
)
NO_WITNESS = Words(
    "--signed-by {given}: a refusal needs a witness; write {role}=refused:NAME",
    "--signed-by {given}：拒签须有见证人；请写成 {role}=refused:见证人姓名",
)
NO_REFUSAL = Words(
    "--signed-by {given}: a witness belongs to a refusal, or to somebody who was absent; leave out {witness!r}",
    "--signed-by {given}：仅拒签或未到场时填写见证人；请去掉“{witness}”",
)
NO_BOXES = Words(
    "--agreed: {number} has no boxes to tick; leave it out", "--agreed：{number} 没有供勾选的意见栏；请去掉该选项"
)
NO_BOX = Words(
    "--agreed {agreed}: {number} has no such box; write one of: {known}",
    "--agreed {agreed}：{number} 没有这一选项；可用：{known}",
)
BY_WITNESS = Words("{role} {how} (witness: {witness})", "{role}{how}（见证人：{witness}）")
BY = Words("{role} {how}", "{role}{how}")


def signers_named(
    texts: Iterable[str], may_sign: Sequence[Role], definitions: Definitions, number: str
) -> tuple[Signer, ...]:
    """Who is named and how they signed, in the order of the paper's signature block.

    Raises:
        UsageError: somebody doesn't sign the paper, is named twice, or refused without a witness.
    """
    found: dict[str, Signer] = {}
    for given in (part.strip() for text in texts for part in BETWEEN.split(text)):
        if given:
            one = _signer(given, may_sign, definitions, number)
            if one.role in found:
                raise UsageError(TWICE.filled(given=given))
            found[one.role] = one
    return tuple(found[role.key] for role in may_sign if role.key in found)


def _signer(given: str, may_sign: Sequence[Role], definitions: Definitions, number: str) -> Signer:
    parts = SAID.fullmatch(given)
    assert parts is not None
    role = _role(parts["role"].strip(), may_sign, definitions, number)
    how = definitions.lists[HOWS].lookup.get(choice_key(parts["how"] if parts["how"] is not None else SIGNED))
    if how is None:
        raise UsageError(NO_HOW.filled(given=given))
    witness = (parts["witness"] or "").strip()
    if how == "refused" and not witness:
        raise UsageError(NO_WITNESS.filled(given=given, role=role))
    if witness and how not in WITNESSED:
        raise UsageError(NO_REFUSAL.filled(given=given, witness=witness))
    return Signer(role, cast(How, how), witness)


def _role(given: str, may_sign: Sequence[Role], definitions: Definitions, number: str) -> str:
    """What a confirmation calls them: by that itself, by the label in either language, or another name that people have
    for it. What two of them are called, as where the settings add one, names neither."""
    keys = [role.key for role in may_sign]
    if given in keys:
        return given
    spelled: dict[str, set[str]] = defaultdict(set)
    for name, key in definitions.lists[SIGNER].lookup.items():
        spelled[name] |= {key} & {*keys}
    for role in may_sign:
        for name in (role.label.en, role.label.zh, role.key):
            spelled[choice_key(name)].add(role.key)
    meant = choice_key(given)
    found = spelled.get(meant) or set()
    if len(found) == 1:
        return found.pop()
    if found:
        raise UsageError(SHARED.filled(given=given, known=", ".join(key for key in keys if key in found)))
    near = nearest(meant, [name for name, of in spelled.items() if of])
    raise UsageError(
        NO_ROLE.filled(
            given=given,
            number=number,
            near=NEAR.filled(near=min(spelled[near])) if near else NOTHING,
            known=Words(", ".join(keys), "、".join(f"{role.label.zh}（{role.key}）" for role in may_sign)),
        )
    )


def answer_meant(given: str, answers: Mapping[str, Words], number: str) -> Agreed:
    """Which of the boxes of a paper was ticked: by its code, by what stands beside it, or as people call it.

    Raises:
        UsageError: the paper has no such box, or none at all.
    """
    if not given:
        return ""
    if not answers:
        raise UsageError(NO_BOXES.filled(number=number))
    spelled = {choice_key(one.zh): code for code, one in IN_SHORT.items() if code in answers}
    for code, said in answers.items():
        spelled |= {choice_key(name): code for name in (code, said.en, said.zh)}
    meant = spelled.get(choice_key(given))
    if meant is None:
        known = Words(
            ", ".join(f"{code} ({said.en})" for code, said in answers.items()),
            "、".join(f"{code}（{said.zh}）" for code, said in answers.items()),
        )
        raise UsageError(NO_BOX.filled(agreed=given, number=number, known=known))
    return cast(Agreed, meant)


def told(signers: Sequence[Signer], may_sign: Sequence[Role], definitions: Definitions) -> Words:
    """``Employee signed, HR witness refused to sign (witness: Li)``."""
    labels, hows = {role.key: role.label for role in may_sign}, definitions.lists[HOWS].choices
    parts = [
        (BY_WITNESS if one.witness else BY).filled(role=labels[one.role], how=hows[one.how], witness=one.witness)
        for one in signers
    ]
    return Words(", ".join(one.en for one in parts), "、".join(one.zh for one in parts))
