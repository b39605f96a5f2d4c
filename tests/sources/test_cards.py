from __future__ import annotations

from docgen.definitions.results import Fault
from docgen.sources.grid import Grid
from docgen.sources.records import BookReader
from tests.sources.books import FOREIGN, book, definitions, grid, problems, records, said

LIST = """
| docgen:people | card | case.employee_no | case.employee_name | case.department |
| docgen:- | Tab | Employee number | Employee name | Department |
| | Person 1 | S1 | A. Wang | Sales |
| | Person 2 | S2 | B. Zhao | Sales |
"""
CARD = """
| docgen:- | What is to be reached |
| docgen:targets | targets.name | targets.unit |
| docgen:- | Indicator | Unit |
| | {} | % |
"""
UNMARKED = "| What is to be reached |\n| Indicator 1 |\n| {} |"


def card(name: str, table: str = CARD) -> Grid:
    return grid(name, table.format(f"Goal of {name}"))


def both(*tabs: Grid, people: str = LIST) -> list[tuple[str, str, str]]:
    return said(problems(grid("People", people), *tabs))


def test_a_card_without_its_marks_is_an_error_of_its_person_alone() -> None:
    tabs = grid("People", LIST), card("Person 1"), card("Person 2", UNMARKED)
    (wang,) = records(*tabs)
    ((code, cell, message),) = said(problems(*tabs))
    assert (code, cell[:8]) == ("E102", "Person 2") and "“Person 2” can't be read" in message
    assert not wang.problems


def test_a_card_of_which_only_its_own_rows_are_left_is_an_error() -> None:
    table = "| docgen:- | What is to be reached |\n| docgen:- | Indicator |\n| | {} |"
    found = both(card("Person 1", table), card("Person 2", table))
    assert [(code, cell[:8]) for code, cell, _ in found] == [("E102", "Person 1"), ("E102", "Person 2")]


def test_an_emptied_card_is_an_error() -> None:
    ((code, cell, _),) = both(card("Person 1"), Grid("Person 2", {}))
    assert (code, cell) == ("E102", "Person 2!A1")


def test_a_named_tab_that_does_not_exist_is_an_error_at_its_name() -> None:
    assert both(card("Person 1")) == [("E102", "People!B4", "The tab “Person 2” does not exist.")]
    nobody = LIST.replace("S2 | B. Zhao | Sales", "| | ")
    assert both(card("Person 1"), people=nobody) == []


def test_a_renamed_tab_that_bears_its_persons_name_is_theirs() -> None:
    tabs = grid("People", LIST), card("Person 1"), card("B. Zhao")
    _, zhao = records(*tabs)
    assert zhao.data["targets"][0]["name"] == "Goal of B. Zhao" and problems(*tabs) == []


def test_a_renamed_tab_is_perhaps_that_of_the_person_whose_own_is_missing() -> None:
    for name, near in (("Stranger", "S2"), ("A. Wang", "S2, S1")):
        (found,) = problems(grid("People", LIST), card("Person 1"), card(name))
        assert said([found]) == [("E102", f"{name}!B1", f"The tab “{name}” is nobody's.")]
        assert f"Perhaps it is that of {near}." in found.fix.en


def test_two_persons_of_one_tab_are_told_and_are_not_said_to_have_not_begun() -> None:
    found = both(card("Person 1"), card("Person 2"), people=LIST.replace("Person 2", "Person 1"))
    assert [(code, cell) for code, cell, _ in found] == [("E102", "Person 1!B1"), ("E102", "Person 2!B1")]


def test_a_cell_for_the_tab_that_cannot_be_read_is_an_error() -> None:
    people = grid("People", LIST)
    people.rows[4][1] = Fault("error_cell", "#REF!")  # type: ignore[index]
    found = said(problems(people, card("Person 1")))
    assert [(code, cell) for code, cell, _ in found] == [("E103", "People!B4")]


def test_a_list_before_docgens_own_keeps_the_cards() -> None:
    lists = grid("People", LIST)
    first, second = records(
        grid("人员", "| 工号 | 姓名 |\n| S1 | A. Wang |"), lists, card("Person 1"), card("Person 2")
    )
    assert first.data["targets"] == [{"name": "Goal of Person 1", "unit": "%"}]
    assert first.position(("targets", 0, "name")).cell == "Person 1!B4" and second.data["targets"]


def test_two_cards_of_one_person_stay_two_after_another_list() -> None:
    staff = grid("人员", "| 工号 | 姓名 |\n| S1 | A. Wang |")
    people = grid("People", LIST.replace("S2 | B. Zhao", "S1 | A. Wang"))
    both = records(staff, people, card("Person 1"), card("Person 2"))
    assert [one.data["targets"][0]["name"] for one in both] == ["Goal of Person 1", "Goal of Person 2"]


def test_nobody_has_begun_and_a_tab_was_not_read_is_an_error() -> None:
    people = "| Employee number | Employee name |\n| S1 | A. Wang |"
    found = problems(People=people, Goals="| Red | Green |\n| 1 | 2 |")
    assert [(one.code, one.position.cell) for one in found] == [
        *(("E102", "Goals!A1"), ("I206", "Goals!A1"), ("I206", "People!A2")),
    ]


def test_those_who_have_not_begun_are_records_apart() -> None:
    people = LIST + "| | Person 3 | S3 | C. Sun | |\n| | Person 4 | | | |"
    tabs = [card(f"Person {number}") for number in (1, 2)]
    blank = [grid(f"Person {n}", CARD.replace("| | {} | % |", "")) for n in (3, 4)]
    found = BookReader(definitions(), FOREIGN).read(book(grid("People", people), *tabs, *blank))
    assert [one.data["case"]["employee_no"] for one in found.begun] == ["S1", "S2"]
    assert [one.data["case"] for one in found.waiting] == [{"employee_no": "S3", "employee_name": "C. Sun"}]
    assert found.waiting[0].position(("case", "employee_name")).cell == "People!D5"
