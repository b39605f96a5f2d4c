"""How the cases of an office stand: closed, paused, extended; and what of a run is left out for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from docgen.definitions.naming import CASE
from docgen.model.case import Case
from docgen.model.life import Life, Pause
from docgen.model.problems import UiLanguage, Words
from docgen.office.run import Run

CLOSED = Words(
    "{case}: closed since {on} ({why}); no documents are made for it (docgen reopen {case})",
    "{case}：已于{on}关闭（{why}），不再生成文档（如需重新开启：docgen reopen {case}）",
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


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Documents of a case that a run doesn't ask for: all of a closed one, or ``count`` that lie in a pause."""

    case: str
    state: Literal["closed", "paused"]
    count: int
    reason: Words

    def plain(self, language: UiLanguage) -> dict[str, Any]:
        """As docs/json.md describes it."""
        return {"case": self.case, "state": self.state, "count": self.count, "reason": self.reason[language]}


def life(case: Case) -> Life:
    found: Life = case.values[CASE]["life"]
    return found


def without_closed(run: Run) -> tuple[Run, tuple[LeftOut, ...]]:
    """The run without its closed cases, whose problems are nobody's any more; and what is told of these."""
    closed = []
    for checked, _ in run.cases:
        of = life(checked.case)
        if of.closed_on:
            name = checked.case.id
            closed.append(LeftOut(name, "closed", 0, CLOSED.filled(case=name, on=of.closed_on, why=of.closed)))
    open_ones = tuple(one for one in run.cases if not life(one[0].case).is_closed)
    return (replace(run, cases=open_ones) if closed else run), tuple(closed)


def told_of_pauses(resting: Iterable[tuple[str, Pause]]) -> list[LeftOut]:
    """What is told of documents that lie in a pause, each with its case; once a pause."""
    told = []
    for (case, pause), count in Counter(resting).items():
        words = PAUSED if pause.until else PAUSED_ON
        reason = words.filled(case=case, start=pause.start, until=pause.until, why=pause.why, count=count)
        told.append(LeftOut(case, "paused", count, reason))
    return told
