"""Every rule has a case that keeps it and one that breaks it: the complete case, and a small change of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from docgen.checking.across_cases import across
from docgen.definitions.definition import Definitions, Wording
from docgen.sources.settings import Settings
from tests.checking.complete_case import FORMS, Changes, Check, dotted

LONG = "x" * 2000


@dataclass(frozen=True)
class Example:
    """A change of the complete case, and the one problem it must bring: its code and place.

    ``also``: other codes that rightly follow from the same change.
    """

    code: str
    changes: Changes
    path: str
    office: dict[str, Any] = field(default_factory=dict)
    also: frozenset[str] = frozenset()
    forms: tuple[str, ...] = FORMS

    def __str__(self) -> str:
        return f"{self.code} {', '.join(f'{path}={str(value)[:20]}' for path, value in self.changes.items())}"


def example(code: str, changes: Changes, path: str, *also: str, **office: Any) -> Example:
    return Example(code, changes, path, office, frozenset(also))


def letter(code: str, changes: Changes, path: str) -> Example:
    """A change that matters to the letter alone."""
    return Example(code, changes, path, forms=("letter",))


GAP = {
    "area": "Answering time",
    "standard": "1 day",
    "actual": "3 days",
    "direction": "lower",
    "expected_level": "Answers on the next day",
    "reason_selected": "Customers wait",
    "evidence": [{"date": "2025-12-01", "fact": "Forty of ninety mails were answered late", "source": "Mail system"}],
    "causes": [
        {"viewpoint": "employee", "description": "Mails are read twice a week", "remedy": "A fixed hour each day"},
        {"viewpoint": "environment", "description": "No shared mailbox", "remedy": "Set one up"},
    ],
    "options": [
        {"description": "A fixed hour for mails", "chosen": "yes", "choice_reason": "Simple"},
        {"description": "Another colleague answers", "chosen": "no", "choice_reason": "No learning"},
    ],
}
MEASURE = {
    "target_ref": "T1",
    "what": "Call five customers",
    "when_due": "2026-02-20",
    "how": "One a day in the morning",
    "check_standard": "Five call notes",
}
QUALITATIVE = {
    "name": "Handling of complaints",
    "target_value": "at least 4 points",
    "scoring_rule": "Two supervisors rate five answers from 1 to 5",
    "weight": "0",
    "due_date": "2026-06-30",
    "gap_ref": "G1",
}
APRIL = {"month": "2026-04", "measures": [MEASURE | {"when_due": "2026-04-20"}], "indicators": [{"target_ref": "T1"}]}
WEIGHTS = [{"target_ref": "T1", "weight": "70"}, {"target_ref": "T2", "weight": "30"}]
WORSE = {"type": "monthly", "date": "2026-01-30", "progress": "declined", "employee_causes": "Two weeks without stock"}
JANUARY = {"month": "2026-01", "value": "70"}
FEBRUARY = {"month": "2026-02", "value": "80"}
MONTH_ENDS = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]
EARLY = {"interviews.0.date": None, "case.hr_reviewed_on": "2025-01-03"}
DEPARTMENT = {"case.party": "department"}
TRANSFER = {"case.consequence_codes": ["transfer"]}

EXAMPLES = [
    # what is missing
    example("E101", {"case.employee_name": None}, "case.employee_name"),
    example("E101", {"support.+": None}, "support.1"),
    example("E101", {"steps.0.expected_effect": None}, "steps.0.expected_effect"),
    example("E101", {"case.department": "Stores"}, "case.department"),
    example(
        "E101",
        {},
        "settings.departments.Sales.hr_contact",
        departments={"Sales": {"department_head": "P", "aligned_goal": "Sales of 20 million"}},
    ),
    example("E101", {"interviews": []}, "interviews"),
    Example("E101", {"case.period_end": None}, "case.period_end", forms=("notes",)),
    example("E101", {}, "settings.company_name", company_name=None),
    # references and keys
    example("E102", {"steps": []}, "support.0.step_ref", "E106"),
    example("E102", {"months.1.measures.0.target_ref": "T9"}, "months.1.measures.0.target_ref"),
    example("E102", {"targets.0.target_id": "T1", "targets.1.target_id": "T1"}, "targets.1.target_id"),
    example("E102", {"months.0.indicators.+": {"target_ref": "T1"}}, "months.0.indicators.2.target_ref"),
    example(
        "E102",
        {"targets.1.name": "Sales of the half-year", "months.0.measures.0.target_ref": "sales of the half-year"},
        "months.0.measures.0.target_ref",
    ),
    # values of the wrong kind
    example("E103", {"targets.0.weight": "much"}, "targets.0.weight"),
    example("E103", {"case.cycle_number": "1.5"}, "case.cycle_number"),
    example("E103", {"case.issue_date": "2026-02-30"}, "case.issue_date"),
    example("E103", {"case.issue_date": "05/06/26"}, "case.issue_date"),
    example("E103", {"case.issue_date": "soon"}, "case.issue_date"),
    example("E103", {"months.1.month": "spring"}, "months.1.month"),
    example("E103", {"interviews.0.start": "noonish"}, "interviews.0.start"),
    example("E103", {"gaps.0.options.0.chosen": "perhaps"}, "gaps.0.options.0.chosen"),
    example("E103", {"case.trigger_reason": "raise_levels"}, "case.trigger_reason"),
    example("E103", {"targets.0.name": LONG}, "targets.0.name"),
    example("E103", {"case.strengths": [f"Strength {n}" for n in range(11)]}, "case.strengths"),
    example("E103", {"targets.0.weight": "101"}, "targets.0.weight"),
    example("E103", {"case.employee_name": ["Alex", "Morgan"]}, "case.employee_name"),
    example("E103", {"case.case_id": "E100 / 2026"}, "case.case_id"),
    example("E103", {"case.department": "Sa\x07les"}, "case.department"),
    example("E103", {"case.employee_no": "E1\u200b00"}, "case.employee_no"),
    example("E103", {"issue_date": "2026-01-05", "case.issue_date": None}, "issue_date"),
    example("E103", {"case.support": [{"item": "Course"}], "support": []}, "case.support"),
    example("E103", {"evidence": [{"fact": "Late"}], "gaps.0.evidence": []}, "evidence"),
    example("E103", {"指标": [{"name": "Sales"}], "targets": []}, "指标", "E102"),
    example("E103", {"Supports": [{"item": "Course"}], "support": []}, "Supports"),
    example("E103", {"case.positions": "Sales representative", "case.position": None}, "case.positions"),
    example("E103", {"case.reward_term": "A bonus"}, "case.reward_term"),
    example("E103", {"case.奖励": "A bonus"}, "case.奖励"),
    example("E103", {"support": "a course"}, "support"),
    example("E103", {"reviews": [{"date": "2026-02-01"}] * 501}, "reviews"),
    example("E103", {"checks": "all fine"}, "checks"),
    example("W230", {"case.date of birth": "1990-01-01"}, "case.date of birth"),
    example("W234", {"gaps.0.area": "Annual\u200b sales"}, "gaps.0.area"),
    example("I206", {"case.employee_no": "Ｅ100"}, "case.employee_no"),
    # weights
    example("E104", {"targets.0.weight": "50"}, "targets.0.weight"),
    example(
        "E104",
        {"months.1.indicators.0.weight": "50", "months.1.indicators.1.weight": "40"},
        "months.1.indicators.0.weight",
    ),
    Example("E104", {"targets.0.weight": "50"}, "targets.0.weight", forms=("monthly",)),
    example("E104", {"targets.0.weight": "0.6", "targets.1.weight": "0.4"}, "targets.0.weight"),
    example("E101", {"months.1.indicators.0.weight": "60"}, "months.1.indicators.1.weight"),
    example("W202", {"targets.0.weight": "52", "targets.1.weight": "48"}, "targets.0.weight"),
    example("W203", {"targets.0.weight": "40", "targets.1.weight": "60"}, "targets.0.weight"),
    example("W204", {"targets.0.weight": "70", "targets.1.weight": "30"}, "targets.0.weight"),
    # units, and figures that are words
    example("E119", {"gaps.0.actual": "219000 pieces"}, "gaps.0.actual"),
    example("E119", {"gaps.0.standard": "35万元", "gaps.0.actual": "219000"}, "gaps.0.actual"),
    example("E119", {"gaps.0.standard": "0.8", "gaps.0.actual": "66 %"}, "gaps.0.actual"),
    example("E119", {"gaps.0.standard": "80 %", "gaps.0.actual": "0.66"}, "gaps.0.actual"),
    example("E122", {"gaps.0.standard": "200000 CNY"}, "gaps.0.direction"),
    example(
        "E122",
        {"gaps.0.standard": "200000 CNY", "gaps.0.direction": "lower", "gaps.0.area": "Sales of the half-year"},
        "gaps.0.direction",
    ),
    example("E119", {"targets.0.current_value": "109500 pieces"}, "targets.0.current_value"),
    example("E119", {"targets.0.target_value": "150000 pieces"}, "targets.0.target_value"),
    example("E119", {"targets.1.target_value": "12万", "targets.1.unit": "%"}, "targets.1.target_value"),
    example("E119", {"targets.0.basis_value": "140000 pieces"}, "targets.0.basis_value"),
    example("E119", {"months.0.indicators.0.actual": "20 pieces"}, "months.0.indicators.0.actual"),
    example("E119", {"targets.1.milestones": [JANUARY, FEBRUARY | {"value": "80 %"}]}, "targets.1.milestones.1.value"),
    example("E119", {"months.1.indicators.1.planned": "80 %"}, "months.1.indicators.1.planned"),
    example("E103", {"gaps.0.standard": "350,00"}, "gaps.0.standard"),
    example("E103", {"gaps.0.actual": "¥219 000"}, "gaps.0.actual"),
    example("E103", {"targets.0.current_value": "about 100000"}, "targets.0.current_value"),
    example("E103", {"targets.0.basis_value": "1.234,5"}, "targets.0.basis_value"),
    example("E103", {"targets.1.milestones": [JANUARY, FEBRUARY | {"value": "80,5"}]}, "targets.1.milestones.1.value"),
    example("E103", {"months.0.indicators.0.actual": "n.a."}, "months.0.indicators.0.actual"),
    # dates
    example("E105", {"case.period_end": "2026-01-04"}, "case.period_end", "E105"),
    example("E105", {"case.issue_date": "2026-07-01"}, "case.issue_date"),
    letter("E105", EARLY | {"case.issue_date": "2025-01-05", "case.consulted_on": "2025-01-02"}, "case.issue_date"),
    letter("E105", {"case.consulted_on": "2024-12-29"}, "case.consulted_on"),
    letter("W206", EARLY | {"case.issue_date": "2025-12-20", "case.consulted_on": "2025-12-15"}, "case.issue_date"),
    example("E105", {"targets.0.due_date": "2026-07-01"}, "targets.0.due_date"),
    example("E105", {"targets.0.start_date": "2026-01-04"}, "targets.0.start_date"),
    example("E105", {"steps.0.due_date": "2026-07-01"}, "steps.0.due_date"),
    example("E105", {"steps.0.start_date": "2026-03-01"}, "steps.0.start_date"),
    example("E105", {"support.0.by_date": "2025-12-01"}, "support.0.by_date"),
    example("E105", {"reviews": [{"date": "2026-07-15", "type": "final"}]}, "reviews.0.date", "W206"),
    example("E105", {"months.1.month": "2026-07"}, "months.1.month"),
    example(
        "E105", {"targets.0.milestones": [{"month": "2026-07", "value": "1"}]}, "targets.0.milestones.0.month", "W250"
    ),
    example("E105", {"interviews.1.date": "2026-07-15"}, "interviews.1.date"),
    example("E113", {"gaps.0.evidence.0.date": "2026-01-06"}, "gaps.0.evidence.0.date"),
    example("E113", {"interviews.0.date": "2026-01-06"}, "interviews.0.date"),
    example("E113", {"case.consulted_on": "2026-01-06"}, "case.consulted_on"),
    example("W206", {"case.period_end": "2027-02-01", "interviews.1.date": "2027-02-01"}, "case.period_end"),
    example("W206", {"reviews": [{"date": "2026-06-30", "type": "final"}]}, "reviews.0.date"),
    example(
        "W206", {"reviews": [{"date": day} for day in [*MONTH_ENDS[:4], "2026-06-03", "2026-06-30"]]}, "reviews.4.date"
    ),
    example("W206", {"reviews": [{"date": day} for day in MONTH_ENDS[:4]]}, "reviews"),
    example("W228", {"case.probation_end": "2026-03-01"}, "case.probation_end"),
    # the plan
    example("E106", {"gaps.0.decision": "exclude"}, "gaps"),
    example("E106", {"gaps.0.evidence": []}, "gaps.0.evidence"),
    example("E106", {"gaps.0.causes": []}, "gaps.0.causes"),
    example("E106", {"gaps.0.options.0.chosen": "no"}, "gaps.0.options"),
    example(
        "E106",
        {"gaps.+": GAP, "targets.0.gap_ref": "G1", "targets.1.gap_ref": "G1", "steps.0.gap_ref": "G2"},
        "gaps.1.area",
        "E106",
    ),
    example(
        "E106",
        {"gaps.+": GAP, "targets.0.gap_ref": "G1", "targets.1.gap_ref": "G2", "steps.0.gap_ref": "G1"},
        "gaps.1.area",
    ),
    example("W201", {}, "gaps", max_focus_items=0),
    example("W212", {"gaps.0.decision_basis": "outside_control"}, "gaps.0.decision_basis"),
    example("W212", {"gaps.0.causes.0.category": "external"}, "gaps.0.causes"),
    example("W213", {"gaps.0.causes.0.category": "attitude"}, "gaps.0.causes.0.behaviour"),
    example("W213", {"gaps.0.causes.0.description": "Is lazy with notes"}, "gaps.0.causes.0.description"),
    example("W215", {"gaps.0.options.1": None}, "gaps.0.options"),
    example("W215", {"gaps.0.causes.1": None}, "gaps.0.causes"),
    example("W219", {"gaps.0.expected_level": "219000 CNY"}, "gaps.0.expected_level"),
    example("W219", {"gaps.0.actual": "350000 CNY"}, "gaps.0.actual"),
    example("W229", {"gaps.0.evidence.0.fact": "Sales low"}, "gaps.0.evidence.0.fact"),
    example(
        "W229",
        {"gaps.0.evidence.0.date": None, "gaps.0.evidence.0.fact": "Sales were below the standard"},
        "gaps.0.evidence.0.fact",
        "E101",
    ),
    example("E109", {"checks.trust": None}, "checks"),
    example("W233", {"checks.self_action": None}, "checks.self_action"),
    example("I205", {"case.cycle_number": "2", "case.previous_case_id": "E100-202507"}, "case.cycle_number"),
    example("W205", {"case.cycle_number": "3", "case.previous_case_id": "E100-202507"}, "case.cycle_number"),
    example("W220", {"case.previous_help": None}, "case.previous_help"),
    # targets
    example(
        "E108", {"targets.0.measure_class": "quantitative", "targets.0.target_value": "more"}, "targets.0.target_value"
    ),
    example("E108", {"targets.0.unit": None}, "targets.0.unit"),
    example("E108", {"targets.0.data_source": None}, "targets.0.data_source"),
    example(
        "E108",
        {"targets.+": {**QUALITATIVE, "target_value": "polite answers", "scoring_rule": ""}},
        "targets.2.scoring_rule",
        *("W204", "W225"),
    ),
    example(
        "E108",
        {"targets.+": {**QUALITATIVE, "target_value": "≥90%", "scoring_rule": ""}},
        "targets.2.target_value",
        *("W204", "W225"),
    ),
    example("W207", {"targets.+": {**QUALITATIVE, "name": "Improve service"}}, "targets.2.name", "W204", "W225"),
    example("W207", {"targets.0.name": "Sales"}, "targets.0.name"),
    example(
        "W208",
        {"targets.+": {**QUALITATIVE, "target_value": "good", "scoring_rule": "The supervisor rates"}},
        "targets.2.target_value",
        *("W204", "W225"),
    ),
    example("W209", {"targets.0.name": "Sales of the half-year, as soon as possible"}, "targets.0.name"),
    example("W210", {}, "case.aligned_goal", departments={"Sales": {"department_head": "P", "hr_contact": "J"}}),
    example("W211", {"targets.0.current_value": "150000"}, "targets.0.target_value"),
    example("W211", {"targets.0.basis_value": "100000"}, "targets.0.target_value"),
    example("W211", {"targets.0.basis_value": None}, "targets.0.basis_value"),
    # people
    example("E110", {"case.employee_no": "110101199003071234"}, "case.employee_no"),
    example("E110", {"case.supervisor_no": "E100"}, "case.supervisor_no"),
    example("E110", {"case.supervisor_no": "e100"}, "case.supervisor_no"),
    example("E110", DEPARTMENT, "steps.0.owner", "E101", "E107", "E110", "W210", departments={}),
    example("E110", DEPARTMENT, "interviews.1.actions.0.owner", "E101", "E107", "E110", "W210", departments={}),
    example("E107", DEPARTMENT, "months.1.measures.0.who", "E101", "E107", "E110", "W210", departments={}),
    example("W217", {"case.employee_name": "TBD"}, "case.employee_name"),
    example("W217", {"case.supervisor_name": "待定"}, "case.supervisor_name"),
    example("W217", {"steps.0.owner": "the whole team"}, "steps.0.owner"),
    example("W217", {"support.0.provided_by": "相关部门"}, "support.0.provided_by"),
    example("W217", {"months.1.measures.0.who": "everybody"}, "months.1.measures.0.who"),
    example("W217", {"interviews.1.actions.0.owner": "大家"}, "interviews.1.actions.0.owner"),
    example("W236", {"case.employee_no": "王某"}, "case.employee_no"),
    example("W236", {"case.supervisor_no": "李某"}, "case.supervisor_no"),
    example("W222", {"case.supervisor_name": "Alex Morgan"}, "case.supervisor_name"),
    # support and what follows
    letter("E114", {"support": []}, "support"),
    example("W227", {"support.0.by_date": "2026-03-05"}, "support.0.by_date"),
    example("E111", TRANSFER, "case.consequence_codes", policy_ref=None),
    example("E111", TRANSFER, "case.consequence_codes", policy_published_on=None),
    example("E111", TRANSFER, "case.consequence_codes", policy_published_on=date(2026, 2, 1)),
    example(
        "E111",
        {"interviews.1.next_step": "transfer"},
        "interviews.1.next_step",
        policy_ref=None,
    ),
    example("E116", TRANSFER | {"gaps.0.level_status": "acceptable_raise"}, "case.consequence_codes"),
    example("E116", TRANSFER | {"gaps.0.benchmark_type": "peer_average"}, "case.consequence_codes"),
    example(
        "E116",
        {"interviews.1.next_step": "formal_procedure", "gaps.0.level_status": "acceptable_raise"},
        "interviews.1.next_step",
    ),
    example("W220", TRANSFER | {"case.reward_terms": None}, "case.reward_terms"),
    example("W216", {"case.consulted_on": None}, "case.consulted_on"),
    example("W216", {"case.hr_reviewed_by": None}, "case.hr_reviewed_by"),
    example("W216", {"case.hr_reviewed_on": "2026-01-06"}, "case.hr_reviewed_on"),
    example("W216", {"case.hr_reviewed_on": None}, "case.hr_reviewed_on"),
    example("W223", {}, "settings.retention_policy", retention_policy=None),
    example("W223", {}, "settings.retention_years", retention_years=11),
    # months
    example("E107", {"months.0.measures": []}, "months.0.measures"),
    example("E107", {"months.1.measures": [], "months.0.indicators.0.actual": "30000"}, "months.1.measures"),
    example("E107", {"months.1.measures.0.what": None}, "months.1.measures.0.what"),
    example("E107", {"months.1.measures.0.when_due": None}, "months.1.measures.0.when_due"),
    example("E107", {"months.1.measures.0.how": None}, "months.1.measures.0.how"),
    example("E107", {"months.1.measures.0.check_standard": None}, "months.1.measures.0.check_standard"),
    example("E101", {"months.1.measures.0.target_ref": None}, "months.1.measures.0.target_ref"),
    example("E101", {"months.0.differences.0.target_ref": None}, "months.0.differences.0.target_ref"),
    example("E117", {"months.0.differences": []}, "months.0.differences"),
    example("E117", {"months.1.measures.0.target_ref": "T2"}, "months.1.measures"),
    example("W231", {"months.0.indicators.0.actual": "24000", "months.0.differences": []}, "months.0.differences"),
    example(
        "W231",
        {"months.0.indicators.0.actual": "24000", "months.1.measures.0.target_ref": "T2"},
        "months.1.measures",
    ),
    example("W224", {"months.1.measures.0.when_due": "2026-03-02"}, "months.1.measures.0.when_due"),
    example("W224", {"months.1.measures": [MEASURE] * 11}, "months.1.measures"),
    example("W225", {"months.1.indicators.0": None}, "months.1.indicators"),
    example("W225", {"targets.1.due_date": "2026-01-31", "months.0.indicators.1.actual": "90"}, "months.1.indicators"),
    example("W242", {"months.1": APRIL}, "months.1.month"),
    example("W243", {"months.1.indicators": WEIGHTS}, "months.1.weight_change_reason"),
    example("W246", {"months.0.indicators.0.cumulative_actual": "21000"}, "months.0.indicators.0.cumulative_actual"),
    example("W246", {"months.0.indicators.0.rate": "95"}, "months.0.indicators.0.rate", "W231", "E117"),
    example("W250", {"targets.0.milestones": [{"month": "2026-02", "value": "1"}]}, "targets.0.target_value"),
    example("W250", {"targets.1.milestones": [{"month": "2026-03", "value": "75"}]}, "targets.1.target_value", "E117"),
    example("W247", {"months.0.indicators.1.actual": None}, "months.0.indicators.1.actual"),
    example("W248", {"months.0.indicators.0.actual": "200000"}, "months.0.indicators.0.actual"),
    example(
        "W248",
        {"targets.1.direction": "lower", "targets.1.target_value": "30", "months.0.indicators.1.actual": "7.1"},
        "months.0.indicators.1.actual",
        *("W222", "W210", "W211", "W209"),
    ),
    example("E103", {"months.0.measures.0.status": "foo"}, "months.0.measures.0.status"),
    example("E123", {"months.1.indicators.0.carried_in": "5000"}, "months.1.indicators.0.carried_in"),
    example("E123", {"months.1.indicators.1.carried_in": "5"}, "months.1.indicators.1.carried_in", carry_policy="full"),
    example(
        "E123", {"months.1.indicators.0.carried_in": "-5"}, "months.1.indicators.0.carried_in", carry_policy="full"
    ),
    example(
        "E123", {"months.1.indicators.0.carried_in": "5001"}, "months.1.indicators.0.carried_in", carry_policy="full"
    ),
    example("W232", {"months.1.measures.0.carried_count": "2"}, "months.1.measures.0.carried_count"),
    # talks
    example(
        "E112", {"interviews.1.date": "2026-06-29", "interviews.1.final_result": "not_met"}, "interviews.1.final_result"
    ),
    example(
        "E112", {"interviews.1.date": "2026-06-29", "interviews.1.next_step": "transfer"}, "interviews.1.next_step"
    ),
    example("E115", {"interviews.1.progress": "declined"}, "interviews.1.employee_causes"),
    example("E115", {"interviews.1.practice_to_keep": None}, "interviews.1.practice_to_keep"),
    example("W221", {"interviews.0.formality": "formal"}, "interviews.0.companion_offered"),
    example("W244", {"interviews.+": WORSE | {"date": "2026-02-27"}, "interviews.1": WORSE}, "interviews.2.progress"),
    example("E121", {"interviews.0.formality": "formal"}, "interviews.0.companion_offered", jurisdiction="uk"),
    example("W235", {"interviews.1.type": "final"}, "interviews.1.type"),
    # wording
    example("W214", {"gaps.0.reason_selected": "He is always late with offers"}, "gaps.0.reason_selected"),
]


PERSON = {"case.employee_no": "E200", "case.employee_name": "Robin Day", "case.supervisor_no": "E008"}
OTHERS: list[Changes] = [
    {"case.employee_no": f"E{n}", "case.employee_name": f"Person {n}", "steps.0.action": f"Step of person {n}"}
    for n in (201, 202, 203)
]
NOT_IN_YAML = {"one_language", "error_cell", "no_stored_value", "damaged_number", "number_for_day", "missing_column"}
NOT_IN_YAML |= {"none_among_others", "not_recorded", "recorded_key"}
"""What is told of docgen.yaml and of cells: tests/sources; of what is recorded: test_closed.py."""
ACROSS: list[tuple[str, list[Changes], str]] = [
    ("E102", [{}, {}], "case.case_id"),
    ("W222", [{}, {"case.employee_no": "E200"}], "case.employee_name"),
    ("W218", [{}, PERSON, *OTHERS[:2]], "gaps.0.area"),
    ("W226", [{}, PERSON | {"targets.0.target_value": "140000"}], "targets.0.target_value"),
]
"""A code, the changes that make each case of a run, and the place in the last of them."""


@pytest.mark.parametrize("one", EXAMPLES, ids=str)
def test_a_change_brings_this_problem_and_no_other(one: Example, check: Check) -> None:
    problems = check(one.changes, forms=one.forms, office=one.office).problems
    assert (one.code, one.path) in {(problem.code, dotted(problem.path)) for problem in problems}
    others = [p for p in problems if (p.code, dotted(p.path)) != (one.code, one.path)]
    assert {p.code for p in others} <= one.also, [(p.code, dotted(p.path), p.message.en) for p in others]


@pytest.mark.parametrize(("code", "cases", "path"), ACROSS, ids=lambda value: value if isinstance(value, str) else "")
def test_several_cases_bring_this_problem(
    code: str, cases: list[Changes], path: str, check: Check, definitions: Definitions, settings: Settings
) -> None:
    problems = across([check(changes) for changes in cases], definitions, settings)
    assert (code, path) in {(problem.code, dotted(problem.path)) for problem in problems}


def test_a_case_that_stands_three_times_is_told_in_each_place(
    check: Check, definitions: Definitions, settings: Settings
) -> None:
    other_figure = {"targets.0.target_value": "140000"}  # no second standard for the post: it is one case
    found = across([check(), check(other_figure), check()], definitions, settings)
    assert [(one.code, one.case_id) for one in found] == [("E102", check().case.id)] * 3


def test_a_department_without_a_number_is_told_both_ways_to_give_one(check: Check) -> None:
    found = check({"case.party": "department", "case.employee_no": None}, forms=["letter"]).problems
    (problem,) = [one for one in found if one.path == ("case", "case_id")]
    for said in (problem.fix.en, problem.fix.zh):
        assert "case_id" in said and "employee_no" in said


@pytest.mark.parametrize("end", ["2026-07-03", "2026-07-04", "2026-07-05", "2026-07-31", "2026-08-02"])
def test_the_reviews_that_docgen_fills_in_have_no_problem_on_whatever_day_the_period_ends(
    end: str, check: Check
) -> None:
    checked = check({"case.period_end": end}, forms=("letter", "plan"))
    assert [one for one in checked.problems if one.path[0] == "reviews"] == []


def test_the_complete_case_has_no_problem_alone_or_beside_another_person(
    check: Check, definitions: Definitions, settings: Settings
) -> None:
    assert check().problems == ()
    assert across([check(), check(PERSON)], definitions, settings) == []


def test_every_wording_of_every_rule_has_an_example(check: Check, definitions: Definitions, settings: Settings) -> None:
    said = [
        (problem.code, problem.message.en)
        for one in EXAMPLES
        for problem in check(one.changes, forms=one.forms, office=one.office).problems
    ]
    for _, cases, _ in ACROSS:
        met = across([check(changes) for changes in cases], definitions, settings)
        said += [(problem.code, problem.message.en) for problem in met]
    silent = [
        (rule.code, wording.message.words.en)
        for rule in definitions.rules
        if rule.check not in ("glyphs", "workbook", "rollover", "templates")  # tests of generate, sources …
        and rule.code != "I207"  # test_end.py
        and rule.forms != {"outcome"}  # test_closed.py
        for kind, wording in (*rule.messages.items(), *((("", rule.wording),) if rule.wording else ()))
        if kind not in NOT_IN_YAML
        if not any(code == rule.code and may_say(wording, text) for code, text in said)
    ]
    assert silent == []


def may_say(wording: Wording, text: str) -> bool:
    """Whether ``text`` may be the message of ``wording``, its placeholders filled in."""
    parts = re.split(r"{{.*?}}|{%.*?%}", wording.message.words.en)
    return re.fullmatch(".*".join(map(re.escape, parts)), text, re.DOTALL) is not None
