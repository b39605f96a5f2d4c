"""How a new row refers to the rows of the record."""

from __future__ import annotations

from typing import Any

from tests.rollover.month_help import april, new_month, roll


def first(row: dict[str, Any]) -> str:
    reference = row["indicators"][0]["target_ref"]
    assert isinstance(reference, str)
    return reference


def test_targets_are_named_as_the_record_names_them() -> None:
    assert first(april()) == "Sales"
    by_id = {f"months.0.indicators.{n}.target_ref": f"T{n + 1}" for n in (0, 1)}
    assert first(april(by_id)) == "T1"
    assert first(april({"targets.1.target_id": "X7"})) == "T1"


def test_a_name_that_two_targets_share_is_not_used() -> None:
    twice: dict[str, Any] = {"targets.1.name": "sales", "months.0": {"month": "2026-03"}}
    assert {row["target_ref"] for row in april(twice)["indicators"]} == {"T1", "T2"}


def test_a_name_that_is_the_number_of_another_target_is_not_used() -> None:
    mixed: dict[str, Any] = {"targets.0.name": "T2", "months.0": {"month": "2026-03"}}
    assert first(april(mixed)) == "T1"


def test_what_is_missing_in_the_case_is_never_written_into_the_new_month() -> None:
    done = roll({"months.0.measures.0.target_ref": None, "months.0.measures.0.how": None})
    (carried,) = [row for row in new_month(done)["measures"] if row["origin"] == "carried"]
    assert "target_ref" not in carried and "how" not in carried
    assert "Gap(" not in repr(done.record.data) + repr(done.events)
