"""Two open cases of one person at one time are told; people of one name, and cases that follow each other, are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from docgen.model.issued import Holder, Issued
from docgen.model.life import NEW
from docgen.office.people import Open, People, is_same, people

DAY = date(2026, 3, 2)
WANG = Holder("Sales", "S1024", "王某", "M1", "赵某")
FIRST = Open("A", WANG, "2026-01-05", "2026-06-30")


@pytest.fixture
def known() -> People:
    made = People()
    made.add(FIRST)
    return made


@pytest.mark.parametrize(
    ("start", "end", "is_twin"),
    [
        ("2026-01-05", "2026-06-30", True),
        ("2026-02-02", "2026-07-31", True),
        ("2025-10-01", "2026-01-05", True),
        ("2026-01-05", "", True),
        ("2026-07-01", "2026-12-31", False),
        ("2025-07-01", "2026-01-04", False),
        ("", "", False),
    ],
)
def test_cases_of_one_person_that_overlap_are_one(start: str, end: str, is_twin: bool, known: People) -> None:
    assert (known.twin(Open("B", WANG, start, end)) == FIRST) is is_twin


def test_a_number_is_compared_as_people_type_it(known: People) -> None:
    assert known.twin(replace(FIRST, case="B", holder=replace(WANG, employee_no="ｓ1024"))) == FIRST


def test_a_case_is_no_twin_of_its_own_and_keeps_its_first_holder(known: People) -> None:
    assert known.twin(FIRST) is None and known.namesake(FIRST, ()) is None
    known.add(replace(FIRST, holder=Holder("HR", "S1", "x")))
    assert known.holder("A") == WANG and known.holder("B") is None


@pytest.mark.parametrize(
    ("other", "present", "found"),
    [
        (Open("B", replace(WANG, employee_no="S1042"), "2026-01-05", "2026-06-30"), (), True),
        (Open("B", replace(WANG, employee_no="S1042"), "2026-01-05", "2026-06-30"), ("A",), False),
        (Open("B", replace(WANG, employee_no="S1042"), "2026-01-06", "2026-06-30"), (), False),
        (Open("B", replace(WANG, employee_no="S1042", department="HR"), "2026-01-05", "2026-06-30"), (), True),
        (Open("B", Holder("HR", "S1042", "王某", "M9", "李某"), "2026-01-05", "2026-06-30"), (), False),
        (Open("B", Holder("HR", "S1042", "王某"), "2026-01-05", "2026-06-30"), (), False),
        (Open("B", Holder("Sales", "S1042", ""), "2026-01-05", ""), (), False),
    ],
)
def test_a_namesake_that_begins_on_the_same_day_may_be_the_same_person(
    other: Open, present: tuple[str, ...], found: bool, known: People
) -> None:
    assert (known.namesake(other, present) == FIRST) is found


def test_an_extended_case_lasts_longer_and_a_closed_one_is_over() -> None:
    paper = Issued("A-L", 1, "A", "letter", DAY, DAY, "c", "l", holder=WANG, start=FIRST.start, end=FIRST.end)
    later = Open("B", WANG, "2026-07-15", "2026-12-31")
    assert people({"A": paper}, {}).twin(later) is None
    found = people({"A": paper}, {"A": NEW.extend(date(2026, 9, 30))}).twin(later)
    assert found and (found.case, found.end) == ("A", "2026-09-30")
    assert people({"A": paper}, {"A": NEW.close(DAY, "left")}).twin(FIRST) is None


def test_of_a_closed_case_it_is_known_whose_it_is_and_its_letter_has_no_twin() -> None:
    paper = Issued("A-L", 1, "A", "letter", DAY, DAY, "c", "l", holder=WANG, start=FIRST.start, end=FIRST.end)
    found = people({"A": paper}, {"A": NEW.close(DAY, "left", "met")})
    next_one = replace(FIRST, case="B")
    assert found.holder("A") == WANG and found.twin(next_one) is None
    found.add(next_one)
    assert found.twin(FIRST) is None, "the letter of a closed case is made beside one that runs"
    assert found.twin(replace(FIRST, case="C")) == next_one


def test_a_person_is_the_same_however_typed() -> None:
    assert is_same(Holder("Sales", "S1024", "Wang Wei"), Holder("HR", "ｓ1024", "WANG  Wei"))
    assert not is_same(WANG, replace(WANG, name="赵某")) and not is_same(WANG, replace(WANG, employee_no="S1"))


def test_people_without_a_number_are_nobodys_twins() -> None:
    made = People()
    made.add(Open("A", Holder("Sales", "", "x"), "2026-01-05", "2026-06-30"))
    assert made.twin(Open("B", Holder("Sales", "", "y"), "2026-01-05", "2026-06-30")) is None
