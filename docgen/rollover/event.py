"""What the roll-over did with a case, one sentence each, by the rule that asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.layout.formatting import date_text, month_text, number_text, quantity_text
from docgen.model.case import Month, Quantity
from docgen.model.problems import Path, UiLanguage, Words
from docgen.rollover.rows import text

SENTENCES: Mapping[str, Words] = {
    # figures of the month that ended
    "result": Words(
        "“{target}” in {month}: {actual} against a target of {month_target}, a difference of {difference}, "
        "a rate of {rate}%: {status}.",
        "{month}“{target}”：实际{actual}，目标{month_target}，差异{difference}，完成率{rate}%，{status}。",
    ),
    "result_sum": Words(
        "“{target}” in {month}: {actual} against a target of {month_target}, a difference of {difference}, "
        "a rate of {rate}%; {cumulative} so far: {status}.",
        "{month}“{target}”：实际{actual}，目标{month_target}，差异{difference}，完成率{rate}%，累计{cumulative}，{status}。",
    ),
    "result_average": Words(
        "“{target}” in {month}: {actual} against a target of {month_target}, a difference of {difference}, "
        "a rate of {rate}%; an average of {cumulative} so far: {status}.",
        "{month}“{target}”：实际{actual}，目标{month_target}，差异{difference}，完成率{rate}%，至今平均{cumulative}，"
        "{status}。",
    ),
    "result_in_words": Words(
        "“{target}” in {month}: “{actual}”: {status}.", "{month}“{target}”：“{actual}”，{status}。"
    ),
    "ask_status": Words(
        "“{target}” in {month}: “{actual}”. docgen can't judge this: choose its status there.",
        "{month}“{target}”：“{actual}”。此项无法自动判定，请在该月选择状态。",
    ),
    "ask_actual": Words(
        "“{target}” has no figure for {month}, which counts as no data, not as zero: type it there, or the reason why "
        "there is none.",
        "{month}“{target}”没有实际值，按“无数据”处理，不计为零：请在该月补填，或填写无数据的原因。",
    ),
    "no_data": Words(
        "“{target}” has no figure for {month}: {reason}.", "{month}“{target}”没有实际值，原因：{reason}。"
    ),
    "ask_cause": Words(
        "“{target}” was not reached in {month}, and no cause is given: type the cause there; until then the plan of "
        "{next_month} is not made.",
        "{month}“{target}”未达成，但没有原因分析：请在该月填写差异原因；填写之前不生成{next_month}的计划。",
    ),
    "missing_months": Words(
        "There is no plan for {months}; {next_month} follows on {month}.",
        "{months}没有月度计划，{next_month}接续{month}。",
    ),
    "absent": Words(
        "{month} was a month of absence ({reason}): no causes are asked for, indicators and measures go on as they "
        "were.",
        "{month}整月不在岗（{reason}）：不要求原因分析，指标和措施照原样延续。",
    ),
    # indicators
    "new_indicator": Words(
        "“{target}” is among the indicators from {next_month} on.", "“{target}”自{next_month}起列入指标。"
    ),
    "done": Words(
        "“{target}” was reached and is past its date; it is not among the indicators of {next_month}.",
        "“{target}”已达成且已到期，不再列入{next_month}的指标。",
    ),
    "done_early": Words(
        "“{target}” was reached before its date; it is not among the indicators of {next_month}.",
        "“{target}”已提前达成，不再列入{next_month}的指标。",
    ),
    "all_reached": Words(
        "“{target}” was reached before its date; it stays among the indicators of {next_month} only because nothing "
        "else is left to reach. Think of holding the final talk.",
        "“{target}”已提前达成；因已无其他未达成的指标，仍列入{next_month}。可考虑提前进行期末面谈。",
    ),
    "past": Words(
        "“{target}” is past its date ({due}), and nothing of it can be made up; it is not among the indicators of "
        "{next_month}.",
        "“{target}”已于{due}到期且无法再弥补，不再列入{next_month}的指标。",
    ),
    "unfinished": Words(
        "“{target}” was due on {due} and was not reached; it was copied to {next_month}. Agree what becomes of it.",
        "“{target}”应于{due}达成，但未达成，已转入{next_month}，请商定如何处理。",
    ),
    "unfinished_unknown": Words(
        "“{target}” was due on {due} and has no result yet; it was copied to {next_month}. Type the result, or agree "
        "what becomes of it.",
        "“{target}”应于{due}达成，目前尚无结果，已转入{next_month}：请补填结果，或商定如何处理。",
    ),
    "unfinished_rest": Words(
        "“{target}” was due on {due}; {rest} is still open and was copied to {next_month}. Agree what becomes of it.",
        "“{target}”应于{due}达成，尚差{rest}，已转入{next_month}，请商定如何处理。",
    ),
    "carried_in": Words(
        "“{target}”: {carried} left open up to {month} is added to {next_month}, whose target is {month_target}.",
        "“{target}”：截至{month}未完成的{carried}计入{next_month}，当月目标为{month_target}。",
    ),
    "excess": Words(
        "“{target}”: a further {excess} left open up to {month} is not added to {next_month}, as a month's target may "
        "not exceed {limit}% of its plan.",
        "“{target}”：截至{month}未完成的另外{excess}不计入{next_month}，当月目标不得超过计划的{limit}%。",
    ),
    "rescaled": Words(
        "The indicators changed, so the weights were brought to 100 again: {weights}. Please confirm them, with the "
        "reason, or correct them.",
        "指标有变化，权重已重新折算为合计100：{weights}。请确认并填写调整原因，或自行更正。",
    ),
    # measures
    "carried": Words(
        "The measure “{what}” is not finished ({status}) and was carried to {next_month}, for the {count} time: give "
        "it a new date.",
        "措施“{what}”尚未完成（{status}），第{count}次结转，已转入{next_month}：请重新确定完成时间。",
    ),
    "paused": Words(
        "The measure “{what}” paused in {month} and goes on in {next_month}: give it a new date.",
        "措施“{what}”在{month}暂停，{next_month}继续：请重新确定完成时间。",
    ),
    "closed": Words("The measure “{what}” is done and closed.", "措施“{what}”已完成，予以关闭。"),
    "dropped": Words("The measure “{what}” was dropped and is not carried.", "措施“{what}”已取消，不再结转。"),
    "variance": Words(
        "Proposed: a measure for “{target}” that answers its cause, “{why}”. Say what is done, how, by when, and what "
        "shows it.",
        "建议：针对“{target}”的原因“{why}”制定一项措施。请填写做什么、怎么做、完成时间和衡量标准。",
    ),
    "variance_open": Words(
        "Proposed: a measure for “{target}”. Once its cause is known, say what is done, how, by when, and what shows "
        "it.",
        "建议：为“{target}”制定一项措施。原因明确后，请填写做什么、怎么做、完成时间和衡量标准。",
    ),
    "no_measure": Words(
        "{next_month} has no measure yet, and without one its plan is not made: say what is done for “{target}”, or "
        "for another target.",
        "{next_month}尚无工作措施，没有措施不能生成计划：请填写针对“{target}”或其他目标的措施。",
    ),
    "remedy": Words(
        "Proposed: “{what}”, which answers the cause “{why}” of the gap “{gap}”. Say how, by when, and what shows it.",
        "建议：针对差距“{gap}”的原因“{why}”，措施为“{what}”。请填写怎么做、完成时间和衡量标准。",
    ),
    "step": Words(
        "Proposed: “{what}”, a step of the plan. Fill in what is still missing.",
        "建议：“{what}”，来自改进计划的步骤。请补填空缺项。",
    ),
    "talk_action": Words(
        "Proposed: “{what}”, as agreed in the talk of {talk}. Fill in what is still missing.",
        "建议：“{what}”，来自{talk}面谈的约定。请补填空缺项。",
    ),
    "keep": Words(
        "Proposed: “{what}”, to keep up what went well with “{target}”. Fill in what is still missing.",
        "建议：“{what}”，保持“{target}”的好做法。请补填空缺项。",
    ),
    "went_well": Words("“{target}” is done; what went well there: “{what}”.", "“{target}”已完成，其好做法：“{what}”。"),
    "seeded": Words(
        "Proposed: a step of the plan from the chosen option for “{gap}”: “{what}”. Give it a date and its effect.",
        "建议：根据差距“{gap}”选定的方案增加步骤“{what}”。请填写完成日期和预期效果。",
    ),
    # the file
    "moved": Words(
        "{employee} is led by {supervisor}, everybody else in this file by {other}: hand the case over to "
        "{supervisor}.",
        "{employee}的直接主管是{supervisor}，本文件其他人员的直接主管是{other}：请将此个案移交{supervisor}。",
    ),
    # talks, and the end
    "talk": Words("Proposed: the talk of the month on {day}.", "建议：{day}进行当月面谈。"),
    "interim": Words(
        "The last two talks both found results declining, so an interim talk is proposed on {day}.",
        "最近两次面谈的结论均为“有退步”，建议于{day}进行中期面谈。",
    ),
    "final_talk": Words("Proposed: the final talk on {day}.", "建议：{day}进行期末面谈。"),
    "past_end": Words(
        "The period ended on {end}; no further month is planned.", "计划期已于{end}结束，不再制定后续月度计划。"
    ),
    "end_unplanned": Words(
        "{month}, the last month of the period, has no plan and no figures: type them, or hold the final talk; a case "
        "for the next cycle is prepared after that.",
        "计划期最后一个月{month}既无月度计划也无实际值：请补填，或完成期末面谈；此后才准备下一期的个案。",
    ),
    "end_open": Words(
        "{month}, the last month of the period, has no figure for {targets}: type it, or the reason why there is none, "
        "or hold the final talk; a case for the next cycle is prepared after that.",
        "计划期最后一个月{month}缺少{targets}的实际值：请补填实际值或数据缺失原因，或完成期末面谈；此后才准备下一期的个案。",
    ),
    "starts_later": Words(
        "The period begins on {start}; the case stays as it is until then.", "计划期自{start}开始，此前照原样保留。"
    ),
    "no_dates": Words(
        "The case has no period yet; it stays as it is until both days are filled in.",
        "尚未填写计划期，填写开始和结束日期之前照原样保留。",
    ),
    "finished": Words(
        "The final talk has its result ({result}); there is nothing more to plan.",
        "期末面谈已有结论（{result}），无需再制定计划。",
    ),
    "case_closed": Words(
        "The case was closed on {day} ({why}); it stays as it is (docgen reopen).",
        "个案已于{day}关闭（{why}），照原样保留（如需重新开启：docgen reopen）。",
    ),
    "case_paused": Words(
        "The case is paused from {start} to {until} ({why}); it stays as it is until then.",
        "个案自{start}至{until}暂停（{why}），此前照原样保留。",
    ),
    "case_paused_on": Words(
        "The case is paused since {start} ({why}); it stays as it is until docgen resume.",
        "个案自{start}起暂停（{why}），恢复（docgen resume）之前照原样保留。",
    ),
    "left": Words(
        "{employee} left on {day}; there is nothing more to plan.", "{employee}已于{day}离职，无需再制定计划。"
    ),
    "new_case": Words(
        "A case for cycle {cycle} is prepared, to be approved, with what is still open: {gaps}.",
        "已准备第{cycle}次改进计划的个案，待审批，仍需改进的内容：{gaps}。",
    ),
}
"""What is told of each kind of event; the names in braces are the event's details."""

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was carried, closed, dropped, rescaled, proposed or is asked.

    ``kind``: a key of ``SENTENCES``. ``rule``: R1 to R15. ``path``: the row or field of the new record it is about, ()
    where there is none. ``details``: what the sentence names: texts, figures, days and months as values, or Words where
    both languages differ.
    """

    kind: str
    rule: str
    path: Path = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    def told(self, language: UiLanguage) -> str:
        """The sentence in ``language``."""
        names = {name: said(of, language) for name, of in self.details.items()}
        return SENTENCES[self.kind][language].format(**names)

    def facts(self, language: UiLanguage) -> dict[str, Any]:
        """The details as plain text (figures and days as somebody would type them), or lists of it."""
        return {name: _plain(of, language) for name, of in self.details.items()}


def said(value: Any, language: UiLanguage) -> str:
    """A detail as documents of ``language`` have it."""
    if isinstance(value, tuple):
        return {"en": ", ", "zh": "、"}[language].join(said(one, language) for one in value)
    for kind, form in FORMS.items():
        if isinstance(value, kind):
            return form(value, language)
    return str(value)


FORMS: Mapping[type, Callable[[Any, UiLanguage], str]] = {
    Words: lambda words, language: str(words[language]),
    Quantity: quantity_text,
    Decimal: number_text,
    int: number_text,
    Month: month_text,
    date: date_text,
}


def _plain(value: Any, language: UiLanguage) -> Any:
    if isinstance(value, tuple):
        return [_plain(one, language) for one in value]
    return value[language] if isinstance(value, Words) else None if value is None else text(value)


def ordinal(number: int) -> Words:
    """How many times, for a sentence: ``second`` / ``2``."""
    return Words(ORDINALS[number - 1] if 0 < number <= len(ORDINALS) else f"{number}th", str(number))
