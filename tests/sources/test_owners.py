from __future__ import annotations

from docgen.sources.grid import Grid
from tests.sources.books import book, grid, problems, records, run, said

PEOPLE = """
| Employee number | Employee name | Period starts | Case number |
| S1 | A. Wang | @2026-01-05 | C1 |
| S2 | B. Zhao | @2026-01-05 | C2 |
"""
BOTH = "| Case number | Employee number | Indicator |\n| {} | {} | Sales |"


def test_two_numbers_of_different_persons_keep_both_back() -> None:
    both = records(People=PEOPLE, Targets=BOTH.format("C2", "S1"))
    for one in both:
        assert "targets" not in one.data
        assert said(one.problems) == [("E102", "Targets!A2", "“C2” and S1 are not the same case.")]


def test_a_number_that_is_nobodys_beside_one_that_is_somebodys_keeps_that_person_back() -> None:
    wang, zhao = records(People=PEOPLE, Targets=BOTH.format("X9", "S1"))
    assert [one.code for one in wang.problems] == ["E102"] and not zhao.problems and "targets" not in wang.data


def test_two_numbers_together_say_which_case_of_a_person_is_meant() -> None:
    people = PEOPLE.replace("S2 | B. Zhao", "S1 | A. Wang")
    first, second = records(People=people, Targets=BOTH.format("C2", "S1"))
    assert "targets" not in first.data and second.data["targets"] == [{"name": "Sales"}] and not second.problems


def test_several_lines_of_one_fault_are_told_once() -> None:
    found = problems(People=PEOPLE, Targets="| Employee number | Indicator |\n| | Sales |\n| | Test |\n| | Calls |")
    assert said(found) == [("E102", "Targets!A2", "Nothing says whose row this is.")]
    wang, _ = records(People=PEOPLE, Targets="| Employee number | Indicator |\n| | Sales |\n| | Test |")
    assert len(wang.problems) == 1


def test_of_very_many_faults_that_are_anybodys_the_file_has_the_rest() -> None:
    tab = Grid("Targets", {1: ["Employee number", "Indicator"]} | {n: [f"~~{n}~~", "Sales"] for n in range(2, 32)})
    both = records(grid("People", PEOPLE), tab)
    whole = run(book(grid("People", PEOPLE), tab)).all_problems
    assert [len(one.problems) for one in both] == [20, 20]
    assert len({one.position.cell for one in whole if "is nobody in this file" in one.message.en}) == 30


def test_rows_of_one_person_apart_from_each_other_are_suspected_where_others_name_nobody() -> None:
    head = "| Employee number | Indicator |\n"
    sorted_tab = head + "| S1 | Calls |\n| S2 | Calls |\n| S1 | Sales |\n| | Test |"
    found = problems(People=PEOPLE, Targets=sorted_tab)
    assert [(one.code, one.position.cell) for one in found] == [("I206", "Targets!A5"), ("W239", "Targets!A4")]
    assert "rows of C1 stand in several places of this tab (2, 4–5)" in found[1].message.en
    assert problems(People=PEOPLE, Targets=sorted_tab.replace("| | Test |", "| S1 | Test |")) == []
    found = problems(People=PEOPLE, Targets=head + "| S1 | Calls |\n| | Sales |\n| S2 | Calls |\n| | Test |")
    assert [one.code for one in found] == ["I206"] and "C1 (2–3), C2 (4–5)" in found[0].message.en
