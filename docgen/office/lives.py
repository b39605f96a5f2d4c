"""How the cases of an office stand: closed, paused, extended; and what of a run is left out for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from docgen.definitions.definition import Definitions, Made
from docgen.definitions.naming import CASE
from docgen.model.case import Case
from docgen.model.life import Life, Pause
from docgen.model.problems import UiLanguage, Words
from docgen.office.run import Run

CLOSED = Words(
    "{case}: closed since {on} ({why}); no documents are made for it (docgen reopen {case})",
    "{case}：已于{on}关闭（{why}），不再生成文档（如需重新开启：docgen reopen {case}）",
)
ITS_OWN = Words(
    "{case}: closed since {on} ({why}); of what is made for it there is only: {forms} (docgen reopen {case})",
    "{case}：已于{on}关闭（{why}），仅生成：{forms}（如需重新开启：docgen reopen {case}）",
)
NO_OUTCOME = Words(
    "{case}: closed since {on} ({why}) without an outcome (docgen close --outcome adds it, for: {forms}); no documents "
    "are made for it (docgen reopen {case})",
    "{case}：已于{on}关闭（{why}），未登记结果（可用 docgen close --outcome 补登，以生成：{forms}），不再生成文档"
    "（如需重新开启：docgen reopen {case}）",
)
OPEN = Words(
    "{case}: is not closed; what is made once it is: {forms} (docgen close {case} --outcome)",
    "{case}：尚未关闭；关闭后才生成：{forms}（docgen close {case} --outcome）",
)
PAUSED = Words(
    "{case}: paused from {start} to {until} ({why}); {count} of its monthly plans and notes fall into that time and "
    "are not made",
    "{case}：{start}至{until}暂停（{why}），其间的月度计划和面谈记录共{count}份不生成",
)
PAUSED_ON = Words(
    "{case}: paused since {start} ({why}); {count} of its monthly plans and notes fall into that time and are not made",
    "{case}：自{start}起暂停（{why}），其间的月度计划和面谈记录共{count}份不生成",
)


MARKS: Mapping[UiLanguage, str] = {"en": ", ", "zh": "、"}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Documents of a case that a run doesn't ask for: those of a closed one that are made of open ones (``open``: the
    other way round), or ``count`` that lie in a pause."""

    case: str
    state: Literal["closed", "open", "paused"]
    count: int
    reason: Words

    def plain(self, language: UiLanguage) -> dict[str, Any]:
        """As docs/json.md describes it."""
        return {"case": self.case, "state": self.state, "count": self.count, "reason": self.reason[language]}


def life(case: Case) -> Life:
    found: Life = case.values[CASE]["life"]
    return found


def in_time(run: Run) -> tuple[Run, tuple[LeftOut, ...]]:
    """The run with what is made of each case as it stands: of an open one, or of a closed one, whose other problems are
    nobody's any more; and what is told of the rest."""
    left: list[LeftOut] = []
    cases = []
    for checked, office in run.cases:
        made: Made = "closed" if life(checked.case).is_closed else "open"
        forms = tuple(name for name in checked.forms if run.definitions.forms[name].made == made)
        if forms == checked.forms and forms:
            cases.append((checked, office))
            continue
        left.append(_left(checked.case, run.definitions))
        if forms:
            problems = tuple(one for one in checked.problems if not one.forms or one.forms & set(forms))
            cases.append((replace(checked, forms=forms, problems=problems), office))
    return (replace(run, cases=tuple(cases)) if left else run), tuple(left)


def _left(case: Case, definitions: Definitions) -> LeftOut:
    of, later = life(case), [form.title for form in definitions.forms.values() if form.made == "closed"]
    forms = Words(*(mark.join(one[code] for one in later) for code, mark in MARKS.items()))
    closed = ITS_OWN if of.outcome else NO_OUTCOME
    words = OPEN if not of.is_closed else closed if later else CLOSED
    reason = words.filled(case=case.id, on=of.closed_on, why=of.closed, forms=forms)
    return LeftOut(case.id, "closed" if of.is_closed else "open", 0, reason)


def told_of_pauses(resting: Iterable[tuple[str, Pause]]) -> list[LeftOut]:
    """What is told of documents that lie in a pause, each with its case; once a pause."""
    told = []
    for (case, pause), count in Counter(resting).items():
        words = PAUSED if pause.until else PAUSED_ON
        reason = words.filled(case=case, start=pause.start, until=pause.until, why=pause.why, count=count)
        told.append(LeftOut(case, "paused", count, reason))
    return told
