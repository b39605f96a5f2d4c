"""Who owes signed copies, as rows for a table and a workbook that can be sent on, and as plain data.

Why a case is paused or closed, or a paper withdrawn, stands in none of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import SIGNER
from docgen.model.problems import UiLanguage, Words
from docgen.office.owed import Owed, State, Tally
from docgen.office.packs import By
from docgen.office.sheets import Cell, Column
from docgen.office.visible import in_command

HOWS = "signature"
"""The choice list of forms/case.yaml of how somebody signed."""
TITLE = Words("Signed copies", "签署件")
STATES: Mapping[State, Words] = {
    "overdue": Words("overdue", "逾期未交回"),
    "incomplete": Words("incomplete", "缺页"),
    "outdated": Words("outdated", "仅有旧版"),
    "out": Words("not back", "未交回"),
    "returned": Words("returned", "已交回"),
    "confirmed": Words("confirmed", "已确认"),
    "closed": Words("case closed", "个案已关闭"),
    "void": Words("withdrawn", "已作废"),
}
"""In the order in which they are counted: those first that somebody has to do something about."""
COUNTED = Words("{count} {state}", "{state} {count}")
TOTAL = Words("Signed copies: {count} = {parts}", "签署件：{count} = {parts}")
NONE = Words("Signed copies: 0", "签署件：0")
TALLY = Words(
    "Signed copies: {issued} issued, {back} back ({confirmed} of them confirmed), {overdue} overdue; "
    "docgen archive status{out}",
    "签署件：已签发 {issued} 份，已交回 {back} 份（其中已确认 {confirmed} 份），逾期 {overdue} 份；"
    "详见 docgen archive status{out}",
)
LACKING = Words("Of {of} pages these are missing: {pages}.", "共{of}页，缺第{pages}页。")
LACKING_ONE = Words("Page {pages} of {of} is missing.", "共{of}页，缺第{pages}页。")
OLDER = Words("Revision {back} came back; revision {revision} counts.", "交回的是第{back}版，应交回第{revision}版。")
RESTING = Words("The case is paused.", "个案暂停中。")
UNNAMED = Words("Not confirmed yet: {roles}.", "尚未确认：{roles}。")
DIGITAL = Words("Digitally signed; docgen did not check the signature.", "为电子签名文件；docgen 未核验其签名。")
IN_PART = Words("Another copy lacks pages.", "另有一份签署件缺页。")
SEVERAL = Words("{count} copies are back.", "已交回{count}份。")
NOT_SIGNED = Words("{role}: {how}.", "{role}：{how}。")
REMARKED = Words("{numbers}: {remark}", "{numbers}：{remark}")


def columns(by: By) -> tuple[Column, ...]:
    """Those of ``rows``; a terminal shows of supervisor and department only the one that the list is ordered by."""
    first = (
        Column(Words("Supervisor", "主管"), 16, on_terminal=by == "supervisor"),
        Column(Words("Supervisor no.", "主管工号"), 14, on_terminal=False),
        Column(Words("Department", "部门"), 18, on_terminal=by == "department"),
    )
    return (
        *(first if by == "supervisor" else (first[2], *first[:2])),
        Column(Words("Number", "文件编号"), 26, in_one=True),
        Column(Words("Person", "人员"), 24),
        Column(Words("Employee no.", "工号"), 12, on_terminal=False),
        Column(Words("Form", "表单"), 22, on_terminal=False),
        Column(Words("Revision", "版次"), 10, on_terminal=False),
        Column(Words("Issued on", "签发日期"), 12, on_terminal=False),
        Column(Words("Due on", "应交回日期"), 12, in_one=True),
        Column(Words("State", "状态"), 14),
        Column(Words("Days over", "逾期天数"), 10, on_terminal=False),
        Column(Words("Back since", "交回日期"), 12, on_terminal=False),
        Column(Words("Remark", "备注"), 44, on_terminal=False),
    )


def ordered(found: Iterable[Owed], by: By) -> list[Owed]:
    """By whom they are asked of, then person by person."""

    def place(one: Owed) -> tuple[str, ...]:
        holder = one.paper.holder
        who = (holder.supervisor_name, holder.supervisor_no)
        group = who if by == "supervisor" else (holder.department, *who)
        return (*group, holder.employee_no, one.paper.case, one.paper.number)

    return sorted(found, key=place)


def rows(found: Iterable[Owed], by: By, definitions: Definitions, language: UiLanguage) -> list[list[Cell]]:
    """A row a paper, in the order of ``columns``."""
    return [_row(one, by, definitions, language) for one in found]


def _row(one: Owed, by: By, definitions: Definitions, language: UiLanguage) -> list[Cell]:
    paper, holder = one.paper, one.paper.holder
    first: list[Cell] = [holder.supervisor_name, holder.supervisor_no, holder.department]
    return [
        *(first if by == "supervisor" else (first[2], *first[:2])),
        paper.number,
        holder.name or holder.department,
        holder.employee_no,
        form_of(one, definitions)[language],
        paper.revision,
        paper.on,
        one.due,
        STATES[one.state][language],
        one.days or None,
        one.back.on if one.back else None,
        remark(one, definitions)[language],
    ]


def form_of(one: Owed, definitions: Definitions) -> Words:
    """What its form is called."""
    form = definitions.forms.get(one.paper.form)
    return form.title if form else Words(one.paper.form, one.paper.form)


def remark(one: Owed, definitions: Definitions) -> Words:
    """What is to be known of it besides; no reason of a pause, no note of a person."""
    said: list[Words] = []
    if one.back:
        copy, signers = one.back.copy, one.back.confirmation.signers if one.back.confirmation else ()
        labels = {role.key: role.label for role in one.signers}
        if one.state == "incomplete":
            said.append(missing(copy.missing, copy.of))
        if one.state == "outdated":
            said.append(OLDER.filled(back=copy.revision, revision=one.paper.revision))
        if one.unnamed:
            said.append(UNNAMED.filled(roles=_listed([role.label for role in one.unnamed])))
        said += [
            NOT_SIGNED.filled(
                role=labels.get(signer.role) or _label(SIGNER, signer.role, definitions),
                how=_label(HOWS, signer.how, definitions),
            )
            for signer in signers
            if signer.how != "signed"
        ]
        if copy.kind == "digital":
            said.append(DIGITAL)
    if one.whole > 1:
        said.append(SEVERAL.filled(count=one.whole))
    if one.in_part:
        said.append(IN_PART)
    if one.is_owing and not one.due:
        said.append(RESTING)
    return Words(" ".join(words.en for words in said), "".join(words.zh for words in said))


def remarks(found: Iterable[Owed], definitions: Definitions, language: UiLanguage) -> list[str]:
    """What is to be known of papers of which the copy is owed, or a signature not confirmed, and for which a table on a
    terminal has no room: each remark once, with their numbers."""
    alike: dict[str, list[str]] = defaultdict(list)
    for one in found:
        if (one.is_owing or one.unnamed) and (said := remark(one, definitions)[language]):
            alike[said].append(one.paper.number)
    between = {"en": ", ", "zh": "、"}[language]
    return [REMARKED[language].format(numbers=between.join(numbers), remark=said) for said, numbers in alike.items()]


def missing(pages: Sequence[int], of: int) -> Words:
    """Which pages of a paper are not back."""
    words = LACKING_ONE if len(pages) == 1 else LACKING
    return words.filled(pages=_listed([Words(str(page), str(page)) for page in pages]), of=of)


def _label(of: str, key: str, definitions: Definitions) -> Words:
    """What a choice of forms/case.yaml is called; a signer of the settings' own by the words that were recorded."""
    return definitions.lists[of].choices.get(key) or Words(key, key)


def _listed(many: Sequence[Words]) -> Words:
    return Words(", ".join(one.en for one in many), "、".join(one.zh for one in many))


def counts(found: Iterable[Owed]) -> dict[State, int]:
    """How many papers are in which state; of each state that there is."""
    known = Counter(one.state for one in found)
    return {state: known[state] for state in STATES}


def total(found: Iterable[Owed], language: UiLanguage) -> str:
    """``Signed copies: 40 = 5 overdue + 4 not back + 19 returned + 12 confirmed``."""
    known = counts(found)
    parts = [COUNTED[language].format(count=known[one], state=STATES[one][language]) for one in STATES if known[one]]
    return (TOTAL if parts else NONE)[language].format(count=sum(known.values()), parts=" + ".join(parts))


def told(of: Tally, language: UiLanguage, out: Path | None = None) -> str:
    """The same in short, for who looks at something else. ``out``: the folder as it was named."""
    named = {"issued": of.issued, "back": of.back, "confirmed": of.confirmed, "overdue": of.overdue}
    return TALLY[language].format(**named, out=in_command(out))


def as_plain(found: Iterable[Owed]) -> list[dict[str, Any]]:
    """As docs/json.md describes it."""
    return [_plain(one) for one in found]


def _plain(one: Owed) -> dict[str, Any]:
    paper, holder, back = one.paper, one.paper.holder, one.back
    confirmation = back.confirmation if back else None
    return {
        "number": paper.number,
        "form": paper.form,
        "case": paper.case,
        "revision": paper.revision,
        "person": holder.name,
        "employee_no": holder.employee_no,
        "department": holder.department,
        "supervisor": holder.supervisor_name,
        "supervisor_no": holder.supervisor_no,
        "issued_on": paper.on.isoformat(),
        "state": one.state,
        "due_on": _iso(one.due),
        "days_over": one.days,
        "copies": one.whole,
        "back": {
            "revision": back.copy.revision,
            "copy": back.copy.copy,
            "kind": back.copy.kind,
            "file": back.copy.file.path,
            "on": back.on.isoformat(),
            "missing": list(back.copy.missing),
        }
        if back
        else None,
        "confirmed_on": _iso(back.confirmed_on) if back else None,
        "signers": [{"role": signer.role, "how": signer.how} for signer in confirmation.signers]
        if confirmation
        else [],
        "unnamed": [role.key for role in one.unnamed],
        "agreed": confirmation.agreed if confirmation else "",
    }


def _iso(of: date | None) -> str | None:
    return of.isoformat() if of else None
