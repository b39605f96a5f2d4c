from __future__ import annotations

from docgen.model.problems import Position, Problem, Severity, Words
from docgen.office.cells import told_once


def problem(
    cell: str, column: int = 1, said: str = "“Due” is missing.", case: str = "A", severity: Severity = Severity.ERROR
) -> Problem:
    position = Position("team.xlsx" if cell else "team.yaml", 2, column, cell)
    forms = frozenset({"letter" if case == "A" else "plan"})
    return Problem("E101", severity, (), position, "", Words(said, said), Words("", ""), forms, case, "kind")


def test_the_same_of_one_cell_is_told_once_for_all_cases() -> None:
    (one,) = told_once([problem("Targets!B1"), problem("Targets!B1", case="B"), problem("Targets!B1")])
    assert one.case_id == "" and sorted(one.forms) == ["letter", "plan"]
    (one,) = told_once([problem("Targets!B1"), problem("Targets!B1")])
    assert one.case_id == "A" and sorted(one.forms) == ["letter"]


def test_another_cell_or_another_fault_is_told_by_itself() -> None:
    found = [problem("Targets!B1"), problem("Targets!B2"), problem("Targets!B1", said="“Unit” is missing.")]
    assert told_once(found) == found


def test_what_stands_in_a_file_of_text_is_told_each_time() -> None:
    found = [problem(""), problem("")]
    assert told_once(found) == found


def test_notes_on_a_column_become_one_with_their_count() -> None:
    note = Severity.INFO
    found = [problem(f"Targets!B{row}", 2, f"{row} was read", severity=note) for row in (2, 3, 4)]
    (one,) = told_once(found)
    assert one.position.cell == "Targets!B2"
    assert one.message.en == "2 was read So it is with 2 more cells of this column."
    others = [*found[:1], problem("Targets!C2", 3, severity=note), problem("People!B2", 2, severity=note)]
    assert told_once(others) == others
