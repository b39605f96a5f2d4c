from __future__ import annotations

from docgen.sources.grid import Grid
from docgen.sources.lines import groups_of, spread
from docgen.sources.records import BookReader
from tests.sources.books import FOREIGN, definitions, grid, problems, records

PEOPLE = """
| Employee number | Employee name | Department | Period starts |
| S1 | A. Wang | Sales | @2026-01-05 |
| S2 | B. Zhao | | @2026-01-05 |
| S3 | C. Sun | | @2026-01-05 |
"""


def test_a_department_merged_over_three_persons_is_that_of_each() -> None:
    people = grid("People", PEOPLE, merged=((2, 3, 4, 3),))
    assert [one.data["case"]["department"] for one in records(people)] == ["Sales"] * 3
    assert [one.code for one in problems(people)] == ["I206"]
    assert "department" not in records(grid("People", PEOPLE))[1].data["case"]


def test_a_number_merged_over_its_rows_is_not_noted_as_merged() -> None:
    targets = grid("Targets", "| Employee number | Indicator |\n| S1 | Sales |\n| | Test |", merged=((2, 1, 3, 1),))
    (note,) = problems(grid("People", PEOPLE), targets)
    assert note.message.en.startswith("Rows without a number")


def test_merged_areas_cost_no_more_than_what_is_typed() -> None:
    areas = tuple((2, column, 1_000_000_000, column) for column in range(3, 2000)) * 20
    rows = {1: ["Employee number", "Target", "Unit"], 2: ["S1", "Sales", "%"], 900_000_000: ["", "Test"]}
    (found,) = BookReader(definitions(), FOREIGN).finder.find([Grid("Targets", rows, areas)])
    (block,) = found.blocks
    changed = spread(block, groups_of(block, definitions(), skip_case=True))
    assert changed == {900_000_000: ["", "Test", "%"]}


def test_of_areas_that_overlap_the_first_counts() -> None:
    table = "| Employee number | Indicator | Unit |\n| S1 | Sales | % |\n| | Test | days |\n| | Calls |\n| | Mails |"
    areas = ((3, 3, 5, 3), (2, 3, 4, 3), (2, 3, 4, 3))
    (wang, *_) = records(grid("People", PEOPLE), grid("Targets", table, merged=areas))
    assert [row.get("unit") for row in wang.data["targets"]] == ["%", "%", "%", None]


def test_a_child_on_a_line_without_its_parent_is_not_that_of_another_tab() -> None:
    gaps = "| Employee number | Area to improve |\n| S1 | Sales |"
    wang, *_ = records(People=PEOPLE, Gaps=gaps, Why="| Employee number | Area to improve | Fact |\n| S1 | | 12 |")
    assert wang.data["gaps"] == [{"area": "Sales"}, {"evidence": [{"fact": "12"}]}]
