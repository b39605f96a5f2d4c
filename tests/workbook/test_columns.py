"""Which columns a workbook has, and which of them somebody must fill in."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from docgen.checking.asked import asked
from docgen.workbook.columns import Block, Choosing, Column
from tests.workbook.new_help import ALL, definitions


def choosing(*forms: str, optional: bool = False, used: Iterable[tuple[str, str]] = ()) -> Choosing:
    return Choosing(asked(definitions(), forms, optional), frozenset(used))


def columns(blocks: Iterable[Block]) -> dict[str, Column]:
    return {column.key: column for block in blocks for column in block.columns}


def test_a_letter_asks_for_people_targets_and_support() -> None:
    assert [block.tab.name for block in choosing("letter").tabs()] == ["people", "targets", "support"]
    assert [block.tab.name for block in choosing("letter").cards()] == ["facts", "targets", "support"]


def test_a_card_has_each_column_once_and_none_that_the_list_of_people_has() -> None:
    of = choosing(*ALL, optional=True)
    listed, cards = [column.key for column in of.people().columns], [c.key for b in of.cards() for c in b.columns]
    assert len(cards) == len(set(cards)) and not set(cards) & set(listed)
    assert set(columns(of.tabs())) == {*listed, *cards}


def test_what_no_form_can_do_without_is_required() -> None:
    found = columns(choosing("letter").tabs())
    assert found["case.issue_date"].need == found["targets.name"].need == found["support.item"].need == "required"
    assert found["case.consulted_on"].need == "optional"


def test_a_condition_is_put_into_words() -> None:
    current = columns(choosing("letter").tabs())["targets.current_value"]
    assert current.need == "conditional"
    assert current.conditions == (definitions().conditions["measure_class == 'quantitative'"],)


@pytest.mark.parametrize(("key", "switch"), [("case.employee_no", "case.party"), ("evidence.fact", "gaps.decision")])
def test_what_is_needed_while_nothing_else_is_typed_is_required(key: str, switch: str) -> None:
    """The party is the employee and a gap stands in the plan, unless somebody says otherwise."""
    sheet, name = switch.split(".")
    assert columns(choosing("plan").tabs())[key].need == "required"
    assert columns(choosing("plan", used=[(sheet, name)]).tabs())[key].need == "required"


def test_what_is_needed_only_once_something_is_typed_is_conditional() -> None:
    previous = columns(choosing("plan", optional=True, used=[("case", "cycle_number")]).tabs())
    assert previous["case.previous_case_id"].need != "required"


def test_what_a_rule_asks_for_by_name_is_required() -> None:
    assert columns(choosing("plan").tabs())["checks.trust"].need == "required"
    trust = columns(choosing("letter", "plan").tabs())["checks.trust"]
    assert trust.need == "conditional" and "Performance Improvement Plan" in trust.conditions[0].en


def test_what_only_one_of_two_forms_needs_is_not_required_of_everybody() -> None:
    assert columns(choosing("plan").tabs())["case.strengths"].need == "required"
    strengths = columns(choosing("letter", "plan").tabs())["case.strengths"]
    assert strengths.need == "conditional" and "Performance Improvement Plan" in strengths.conditions[0].en


def test_what_docgen_fills_in_is_never_required() -> None:
    found = columns(choosing(*ALL, optional=True).tabs())
    assert found["case.case_id"].need == found["support.provided_by"].need == "optional"


@pytest.mark.parametrize("key", ["interviews.issues", "gaps.agreed", "interviews.career_wish"])
def test_what_is_typed_after_a_talk_has_a_place_with_optional(key: str) -> None:
    assert key in columns(choosing(*ALL, optional=True).tabs())
    assert key not in columns(choosing(*ALL).tabs())


@pytest.mark.parametrize("form", ["monthly", "notes"])
def test_what_is_typed_when_month_or_talk_is_over_stands_behind_what_is_planned(form: str) -> None:
    afterwards = definitions().workbook.afterwards[form]
    groups = {group.sheet.name: group for block in choosing(form).cards() for group in block.groups}
    for sheet, group in groups.items():
        own = [name for at, name in afterwards if at == sheet]
        assert [column.of.name for column in group.columns][len(group.columns) - len(own) :] == own
        assert all(column.need == "optional" for column in group.columns if column.of.name in own)
    assert {sheet for sheet, _ in afterwards} <= groups.keys()


def test_what_is_typed_afterwards_is_not_asked_for() -> None:
    of = choosing("monthly", "notes")
    asked_for = {(name, each.name) for name, sheet in definitions().sheets.items() for each in of.asked.fields(sheet)}
    afterwards = {place for form in ("monthly", "notes") for place in definitions().workbook.afterwards[form]}
    assert asked_for & afterwards == {("indicators", "actual")}
    assert "measures.status" not in columns(choosing("letter", "plan").cards())


def test_what_was_agreed_in_a_talk_always_has_a_place() -> None:
    assert "actions.what" in columns(choosing("notes").cards())


def test_every_sheet_of_the_record_can_be_filled_in() -> None:
    everything = [(sheet.name, name) for sheet in definitions().sheets.values() for name in sheet.fields]
    of = choosing("letter", used=everything)
    assert set(columns(of.tabs())) == {f"{sheet}.{name}" for sheet, name in everything}
    assert {*columns(of.cards()), *columns([of.people()])} == set(columns(of.tabs()))
