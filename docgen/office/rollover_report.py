"""What a roll-over came to, for people: per person what is to be done first, and the sums; nothing is printed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from docgen.definitions.results import as_text
from docgen.model.problems import UiLanguage, Words
from docgen.office.rollover_run import Turned
from docgen.rollover.event import Event
from docgen.rollover.rolled import State
from docgen.workbook.last_month import Line, Told

TO_DO = (
    *(
        "missing_months",
        "moved",
        "past_end",
        "end_unplanned",
        "end_open",
        "final_talk",
        "interim",
        "ask_actual",
        "ask_status",
        "ask_cause",
    ),
    *(
        "unfinished",
        "unfinished_rest",
        "unfinished_unknown",
        "carried",
        "paused",
        "variance",
        "variance_open",
        "no_measure",
        "remedy",
        "step",
        "talk_action",
        "keep",
        "rescaled",
    ),
    *("seeded", "all_reached", "new_case"),
)
"""Events that ask somebody for something, the most urgent first."""
TOLD = (
    *(
        "starts_later",
        "no_dates",
        "finished",
        "case_closed",
        "case_paused",
        "case_paused_on",
        "left",
        "talk",
        "carried_in",
        "excess",
        "new_indicator",
        "done",
        "done_early",
    ),
    *(
        "went_well",
        "past",
        "closed",
        "dropped",
        "absent",
        "no_data",
        "result",
        "result_sum",
        "result_average",
        "result_in_words",
    ),
)
"""Events that are only told."""
IMPORTANCE = {kind: at for at, kind in enumerate((*TO_DO, *TOLD))}
CARRIED = frozenset(("carried", "paused"))
PROPOSED = frozenset(("variance", "variance_open", "no_measure", "remedy", "step", "talk_action", "keep"))

PERSON = Words("{name} ({numbers})", "{name}（{numbers}）")
REFUSED = Words("not rolled over, because of the problems listed", "因存在所列问题，未结转")
STATES: Mapping[State, Words] = {
    "rolled": Words("{count} rolled over", "已结转{count}人"),
    "not_begun": Words("{count} not begun", "尚未开始{count}人"),
    "finished": Words("{count} finished", "已结束{count}人"),
    "closed": Words("{count} closed", "已关闭{count}人"),
    "paused": Words("{count} paused", "暂停{count}人"),
    "past_end": Words("{count} past the end of the period", "计划期已过{count}人"),
    "refused": Words("{count} refused", "未通过检查{count}人"),
}
NOT_WRITTEN = Words("{count} not written", "未写入{count}人")
PEOPLE = Words("People: {counts}.", "人员：{counts}。")
MEASURES = Words("Measures: {carried} carried, {proposed} proposed.", "措施：结转{carried}项，建议{proposed}项。")
CELLS = Words(
    "Cells still to fill in before the plans of {month} can be made: {count}.",
    "生成{month}计划前尚需填写{count}个单元格。",
)


def ordered(events: Iterable[Event]) -> list[Event]:
    """What is to be done first, then what is only told; each kind in the order of the case."""
    return sorted(events, key=lambda event: IMPORTANCE[event.kind])


def person(case: Turned, language: UiLanguage) -> str:
    """``王某（S1024，S1024-202601）``."""
    values = case.values
    numbers = dict.fromkeys(str(one) for one in (values["employee_no"], case.checked.case.id) if one)
    name = str(values["employee_name"] or values["department"] or "–")
    joined = {"en": ", ", "zh": "，"}[language].join(numbers)
    return PERSON[language].format(name=name, numbers=joined) if numbers else name


def told_of(case: Turned, language: UiLanguage, held: Words | None = None) -> Told:
    """What a person is told of a case, line by line; ``held``: why it was not written, though it was rolled over."""
    if held is not None:
        return Told(person(case, language), [Line(held[language], True)])
    lines = [Line(event.told(language), event.kind in TO_DO) for event in ordered(case.rolled.events)]
    if case.state == "refused":
        lines = [Line(REFUSED[language], True)]
    return Told(person(case, language), lines)


def counts(cases: Sequence[Turned], held: Mapping[int, Words]) -> dict[str, int]:
    """How many people, measures and cells were written; ``held``: why some were not, by the id() of the case."""
    written = [case for case in cases if id(case) not in held]
    states = Counter(case.state for case in written)
    kinds = Counter(event.kind for case in written for event in case.rolled.events)
    return {
        **{state: states[state] for state in STATES},
        "not_written": len(cases) - len(written),
        "measures_carried": sum(kinds[kind] for kind in CARRIED),
        "measures_proposed": sum(kinds[kind] for kind in PROPOSED),
        "to_fill": sum(case.to_fill for case in written),
    }


def sums(cases: Sequence[Turned], month: object, language: UiLanguage, held: Mapping[int, Words]) -> Iterator[str]:
    """The last lines of the summary."""
    found = counts(cases, held)
    lines: dict[str, Words] = {**{str(state): words for state, words in STATES.items()}, "not_written": NOT_WRITTEN}
    parts = [words[language].format(count=found[state]) for state, words in lines.items() if found[state]]
    if parts:
        yield PEOPLE[language].format(counts={"en": ", ", "zh": "，"}[language].join(parts))
    if found["rolled"]:
        yield MEASURES[language].format(carried=found["measures_carried"], proposed=found["measures_proposed"])
        yield CELLS[language].format(month=month, count=found["to_fill"])


def plain_event(event: Event, language: UiLanguage) -> dict[str, Any]:
    """An event as docs/json.md describes it."""
    return {
        "kind": event.kind,
        "rule": event.rule,
        "to_do": event.kind in TO_DO,
        "path": ".".join(map(str, event.path)),
        "message": event.told(language),
        "details": {name: _plain(value, language) for name, value in event.details.items()},
    }


def _plain(value: Any, language: UiLanguage) -> Any:
    match value:
        case None | bool() | int():
            return value
        case Words():
            return value[language]
        case list() | tuple():
            return [_plain(one, language) for one in value]
        case _:
            return as_text(value)


def plain_case(case: Turned, file: str, new_cycle: str, language: UiLanguage) -> dict[str, Any]:
    """A case as docs/json.md describes it."""
    return {
        "case": case.checked.case.id,
        "employee_no": str(case.values["employee_no"] or ""),
        "employee_name": str(case.values["employee_name"] or ""),
        "source": case.source,
        "state": case.state,
        "file": file,
        "new_cycle": new_cycle,
        "to_fill": case.to_fill,
        "events": [plain_event(event, language) for event in ordered(case.rolled.events)],
    }
