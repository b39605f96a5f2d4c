"""How a case ends and is opened again: its outcome, the letter that tells it, and what speaks against either."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from docgen.definitions.choices import choice_key
from docgen.definitions.definition import Definitions, Form
from docgen.definitions.shape import nearest
from docgen.errors import UsageError
from docgen.model.life import OUTCOME, Life
from docgen.model.problems import Words
from docgen.office.decisions import Decision, Subject
from docgen.office.entries import CLOSED, REOPENED
from docgen.office.store import Store

AFTER = frozenset(("partly", "not_met"))
"""Outcomes that nobody can state before the case has ended (E112)."""
BEFORE = "met_early"
WITHDRAWN = "withdrawn"
"""What may be said of a case that never began."""
NO_OUTCOME = Words(
    "--outcome: {value!r} is none{near}; there are: {known}", "--outcome：没有“{value}”这一结果{near}；可用：{known}"
)
NEAR = Words("; did you mean {near}?", "，是否指“{near}”？")
TO_COME = Words(
    "--date {on}: that day is still to come; close the case when it has", "--date {on}：日期未到，请届时再关闭"
)
NOT_BEGUN = Words(
    "{name} begins on {begin}, after {on}; correct --date (most likely the year)",
    "{name} 自{begin}开始，晚于{on}；请更正 --date（多为年份有误）",
)
TOO_SOON = Words(
    "{name} ends on {end}, and “{outcome}” can't be stated on {on}, before that: close it afterwards, or, if it goes "
    "no further, with --outcome withdrawn",
    "{name} 于{end}结束，不能在{on}就认定为“{outcome}”：请期满后再关闭；如不再继续，请用 --outcome 撤销",
)
NOT_EARLY = Words(
    "{name} ended on {end}, so that on {on} it isn't met early: close it with --outcome met",
    "{name} 已于{end}结束，{on}不属于提前达成：请用 --outcome 达成",
)
IS_OTHER = Words(
    "{name} was closed on {on} as “{before}” ({why}); to change that, open it again first (docgen reopen)",
    "{name} 已于{on}以“{before}”关闭（{why}）；如需更改，请先重新开启（docgen reopen）",
)
AS = Words(" as “{outcome}”", "，结果为“{outcome}”")
BUT = Words(" but for: {forms}", "除{forms}外")
MAKE = Words(
    " To make it: docgen generate FILE --forms {names}", "生成该文件：docgen generate 个案文件 --forms {names}"
)
WITHOUT = Words(
    " No outcome was named, so that no {forms} can be made; docgen close {name} --outcome adds it.",
    "未登记结果，因此不能生成{forms}；可用 docgen close {name} --outcome 补登。",
)
IS_OUT = Words(
    " What told how it ended is out: {numbers}. Take it back and withdraw it (docgen void {numbers} --why TEXT); once "
    "the case is closed again, docgen generate with --revise and --reason issues it anew.",
    "告知结果的文件已签发：{numbers}。请收回并作废（docgen void {numbers} --why 原因）；重新关闭个案后，用 docgen "
    "generate 加 --revise 和 --reason 重新签发。",
)
NOTHING = Words("", "")


def outcome_named(text: str, definitions: Definitions) -> str:
    """The code of an outcome by its code, label or alias, in either language.

    Raises:
        UsageError: there is no such outcome.
    """
    known = definitions.lists[OUTCOME]
    if found := known.lookup.get(choice_key(text)):
        return found
    meant = nearest(text, tuple(known.choices))
    near = NEAR.filled(near=meant) if meant else NOTHING
    both = Words(", ".join(known.choices), "、".join(one.zh for one in known.choices.values()))
    raise UsageError(NO_OUTCOME.filled(value=text, near=near, known=both))


def closed(definitions: Definitions, on: date, why: str, outcome: str = "", today: date | None = None) -> Decision:
    """A case ends on that day, with that outcome ('': nobody says); what is told is what makes its letter.

    Raises:
        UsageError: the day is still to come.
    """
    if today and on > today:
        raise UsageError(TO_COME.filled(on=on))
    labels = definitions.lists[OUTCOME].choices
    letters = _after_closing(definitions)

    def against(of: Subject) -> Words | None:
        names = {"name": of.name, "on": on, "begin": of.begin, "end": of.end, "outcome": labels.get(outcome)}
        life = of.life
        if life.is_closed:
            told = {**names, "on": life.closed_on, "why": life.closed, "before": labels.get(life.outcome, life.outcome)}
            return IS_OTHER.filled(**told) if life.outcome and outcome not in ("", life.outcome) else None
        if outcome not in ("", WITHDRAWN) and of.begin and on < of.begin:
            return NOT_BEGUN.filled(**names)
        if outcome in AFTER and of.end and on < of.end:
            return TOO_SOON.filled(**names)
        return NOT_EARLY.filled(**names) if outcome == BEFORE and of.end and on >= of.end else None

    def told(of: Subject, after: Life) -> Mapping[str, object]:
        forms = Words(", ".join(one.title.en for one in letters), "、".join(one.title.zh for one in letters))
        if not letters or not after.outcome:
            more = WITHOUT.filled(forms=forms, name=of.name) if letters else NOTHING
            return {"outcome": NOTHING, "but": NOTHING, "more": more}
        names = ",".join(one.name for one in letters)
        as_that = AS.filled(outcome=labels.get(after.outcome, after.outcome))
        return {"outcome": as_that, "but": BUT.filled(forms=forms), "more": MAKE.filled(names=names)}

    return Decision(CLOSED, lambda life: life.close(on, why, outcome), why, told, against)


def reopened(definitions: Definitions, store: Store, why: str) -> Decision:
    """A closed case goes on; what is told is which papers say how it ended, and must be withdrawn."""
    after_closing = {form.name for form in _after_closing(definitions)}

    def told(of: Subject, after: Life) -> Mapping[str, object]:
        papers = store.register.all() if of.life.is_closed else ()
        out = [one.number for one in papers if one.case == of.name and one.form in after_closing and not one.void]
        return {"more": IS_OUT.filled(numbers=" ".join(out)) if out else NOTHING}

    return Decision(REOPENED, Life.reopen, why, told)


def _after_closing(definitions: Definitions) -> list[Form]:
    return [form for form in definitions.forms.values() if form.made == "closed"]
