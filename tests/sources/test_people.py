from __future__ import annotations

import pytest

from tests.sources.books import problems, records, said

CROSSED = """
| Employee number | Employee name | Period starts | Case number |
| 7 | A. Wang | @2026-01-05 | 8 |
| 8 | B. Zhao | @2026-01-05 | 9 |
"""


@pytest.mark.parametrize("heading", ["Employee number", "Case number"])
def test_a_number_that_is_another_persons_case_number_too_keeps_both_back(heading: str) -> None:
    targets = f"| {heading} | Indicator |\n| 8 | Sales |\n| {'7' if heading[0] == 'E' else '9'} | Test |"
    both = records(People=CROSSED, Targets=targets)
    for one in both:
        assert said(one.problems) == [("E102", "Targets!A2", "“8” may mean more than one case in this file.")]
    assert {*both[0].problems[0].fix.en.removeprefix("Type one that means a single case: ")[:-1].split(", ")} == {
        "7",
        "9",
    }
    names = [[row["name"] for row in one.data.get("targets", [])] for one in both]
    assert names == ([["Test"], []] if heading[0] == "E" else [[], ["Test"]])


def test_a_case_number_means_its_case_though_it_is_its_persons_employee_number() -> None:
    people = CROSSED.replace("| 7 | A. Wang | @2026-01-05 | 8 |", "| 8 | B. Zhao | @2025-01-05 | 8 |")
    first, second = records(People=people, Targets="| Case number | Indicator |\n| 8 | Sales |\n| 9 | Test |")
    assert [first.data["targets"], second.data["targets"]] == [[{"name": "Sales"}], [{"name": "Test"}]]
    both = records(People=people, Targets="| Employee number | Indicator |\n| 8 | Sales |")
    assert [[problem.code for problem in one.problems] for one in both] == [["E102"], ["E102"]]


def test_a_name_in_a_column_of_names_is_no_number() -> None:
    people = CROSSED.replace("A. Wang", "9")
    first, _ = records(People=people, Targets="| Employee name | Indicator |\n| 9 | Sales |")
    assert first.data["targets"] == [{"name": "Sales"}]


TWICE = """
| Employee number | Employee name | Period starts |
| S1 | A. Wang | @2026-01-05 |
| S1 | A. Wang | @2026-01-05 |
"""


def test_a_person_listed_twice_is_told_with_the_rows() -> None:
    found = problems(People=TWICE, Targets="| Employee number | Indicator |\n| S1 | Sales |\n| S11 | Test |")
    assert said(found) == [
        ("E102", "Targets!A2", "“S1” is on the list of people more than once: People!A2, People!A3."),
        ("E102", "Targets!A3", "“S11” is nobody in this file."),
    ]
    assert found[1].fix.en.startswith("Perhaps S1? ")
