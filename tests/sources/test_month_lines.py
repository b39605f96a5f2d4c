"""Mistakes in the months of a workbook: each is told once, at its cell, with its cure."""

from __future__ import annotations

import pytest

from docgen.model.problems import Problem
from tests.sources.books import book, run

PEOPLE = """
| Employee number | Name | Period starts | Period ends | Department | Position | Supervisor | Supervisor no. |
| S1 | A. Wang | 2026-01-05 | 2026-06-30 | Sales | Clerk | Kim Reed | S9 |
"""
TARGETS = """
| Employee number | Target | Now | Target value | Unit | Due | Data source | Months count as | Weight |
| S1 | Sales | =100 | =600 | pieces | 2026-06-30 | Books | sum | =60 |
| S1 | Answers | =5 | =2 | days | 2026-06-30 | Books | | =40 |
"""
HEADINGS = (
    "| case.employee_no | months.month | indicators.target_ref | indicators.actual | measures.target_ref "
    "| measures.what | measures.when_due | measures.how | measures.check_standard |"
)
FIRST = "| S1 | 2026-01 | Sales | =100 | Sales | Visit customers | 2026-01-20 | Two a week | Ten reports |"
SECOND = "| S1 | | Answers | =4 | | | | | |"
PLANNED = "| Sales | Visit them again | 2026-02-20 | Two a week | Ten reports |"


def errors(*lines: str, targets: str = TARGETS) -> list[Problem]:
    months = "\n".join((HEADINGS, *lines))
    found = run(book(People=PEOPLE, Targets=targets, Months=months), forms=("monthly",)).all_problems
    return [one for one in found if one.code[0] == "E"]


@pytest.mark.parametrize(
    ("lines", "code", "cell", "said", "cure"),
    [
        ((FIRST.replace("=100", "about 100"), SECOND), "E103", "D2", "“about 100”", "Type digits"),
        ((FIRST.replace("Sales | =100", "Rent | =100"), SECOND), "E102", "C2", "“Rent” is nowhere", "Use one of these"),
        ((FIRST, SECOND, FIRST), "E102", "B4", "more than one row of Months", "leave “Month” blank"),
        ((FIRST, SECOND, "| S1 | | Sales | =90 " + PLANNED), "E102", "C4", "twice", "needs a row of that month"),
        ((FIRST, SECOND, "| S1 | 2026-02 | Sales | =90 | | | | | |"), "E107", "E4", "but no plan", "move the actuals"),
        ((FIRST, SECOND, "| S1 | 2026-08 | Sales | =90 " + PLANNED), "E105", "B4", "lies outside", "Correct the month"),
    ],
)
def test_a_mistake_in_a_line_of_a_month(lines: tuple[str, ...], code: str, cell: str, said: str, cure: str) -> None:
    (problem,) = errors(*lines)
    assert (problem.code, problem.position.cell) == (code, f"Months!{cell}")
    assert said in problem.message.en
    assert cure in problem.fix.en


def test_a_target_removed_by_hand_is_told_where_it_is_still_named() -> None:
    without = "\n".join(line for line in TARGETS.splitlines() if "Answers" not in line)
    found = errors(FIRST, SECOND, targets=without.replace("=60", "=100"))
    assert [(one.code, one.position.cell) for one in found] == [("E102", "Months!C3")]
    assert "“Answers” is nowhere in Targets" in found[0].message.en
    assert found[0].fix.en == "Use one of these: Sales.", "each target once, and not by its number too"


def test_targets_of_one_name_are_offered_by_their_numbers() -> None:
    twins = TARGETS.replace("=60", "=40") + "| S1 | Answers | =5 | =3 | days | 2026-06-30 | Desk | | =20 |\n"
    (found,) = errors(FIRST.replace("| Sales |", "| Rent |", 1), targets=twins)
    assert found.fix.en == "Use one of these: Sales, T2, T3."


def test_what_is_right_is_not_told() -> None:
    assert errors(FIRST, SECOND) == []
