from __future__ import annotations

import pytest

from docgen.sources.grid import Grid
from tests.sources.books import book, grid, problems, records, run, said

PEOPLE = """
| Employee number | Employee name | Period starts | Period ends |
| S1 | A. Wang | @2026-01-05 | @2026-06-30 |
| S2 | B. Zhao | @2026-01-05 | @2026-06-30 |
"""
CARDS = (
    grid(
        "People",
        """
        | docgen:people | card | case.employee_no | case.employee_name |
        | docgen:- | Tab | Employee number | Employee name |
        | | Wang | S1 | A. Wang |
        | | Zhao | S2 | B. Zhao |
        """,
    ),
    grid(
        "Wang",
        """
        | docgen:- | A. Wang |
        | docgen:facts | case.period_start | case.period_end |
        | docgen:- | Period starts | Period ends |
        | | @2026-01-05 | |
        | docgen:facts | case.trigger_reason | case.cycle_number |
        | docgen:- | Reason | Cycle |
        | | self_request | |
        | docgen:why | gaps.area | gaps.standard | evidence.fact | causes.remedy |
        | docgen:- | Gaps | | Evidence | Causes |
        | docgen:- | Area | Standard | Fact | Remedy |
        | | Sales | =350000 | 219,000 in 2025 | training |
        | | | | 12 offers without a call | |
        | | Tests | =80 | | |
        """,
    ),
    grid("Zhao", "| docgen:targets | targets.name |\n| docgen:- | Indicator |\n| | Sales |"),
)


def test_tables_become_nested_rows_by_person() -> None:
    wang, zhao = records(
        People=PEOPLE,
        Gaps_and_causes="""
        | Employee number | Area to improve | Date | Fact | Cause |
        | S1 | Sales | @2025-12-31 | 219,000 | habit |
        |    |       | @2025-11-30 | 180,000 |       |
        |    | Tests |             |         | time  |
        | S2 | Calls |             | 12 of 30 |      |
        """,
    )
    assert wang.data["case"]["employee_no"] == "S1" and wang.data["case"]["period_end"] == "2026-06-30"
    assert wang.data["gaps"] == [
        {
            "area": "Sales",
            "evidence": [{"date": "2025-12-31", "fact": "219,000"}, {"date": "2025-11-30", "fact": "180,000"}],
            "causes": [{"description": "habit"}],
        },
        {"area": "Tests", "causes": [{"description": "time"}]},
    ]
    assert zhao.data["gaps"] == [{"area": "Calls", "evidence": [{"fact": "12 of 30"}]}]
    assert all(type(value) is str for value in wang.data["case"].values())


def test_every_place_is_its_cell() -> None:
    wang, zhao = records(
        grid("People", PEOPLE),
        grid("Targets", "| Number | Employee number | Indicator | Weight |\n\n| 1 | S1 | Sales | |", first=3, left=1),
    )
    places = {
        ("targets", 0, "name"): "Targets!D5",
        ("targets", 0, "weight"): "Targets!E5",  # blank, and yet where the value belongs
        ("targets", 0): "Targets!D5",
        ("targets",): "Targets!D5",
        ("targets", 0, "due_date"): "Targets!D3",  # no such column: the labels
        ("case", "period_end"): "People!D2",
        ("case", "department"): "People!A1",
        ("case", "case_id"): "People!A2",  # docgen makes it: the person's row
        ("support",): "People!A2",
        (): "People!A2",
    }
    assert {path: wang.position(path).cell for path in places} == places
    place = wang.position(("targets", 0, "weight"))
    assert (str(place), place.line, place.column) == ("team.xlsx › Targets!E5", 5, 5)
    assert zhao.position(("targets",)).cell == "People!A3"


def test_a_card_is_the_case_of_the_person_who_names_it() -> None:
    wang, zhao = records(*CARDS)
    assert wang.data["case"] == {
        **{"employee_no": "S1", "employee_name": "A. Wang"},
        **{"period_start": "2026-01-05", "trigger_reason": "self_request"},
    }
    assert wang.data["gaps"] == [
        {
            **{"area": "Sales", "standard": "350000"},
            "evidence": [{"fact": "219,000 in 2025"}, {"fact": "12 offers without a call"}],
            "causes": [{"remedy": "training"}],
        },
        {"area": "Tests", "standard": "80"},
    ]
    assert zhao.data["targets"] == [{"name": "Sales"}]
    places = {
        ("case", "period_start"): "Wang!B4",
        ("case", "period_end"): "Wang!C4",
        ("case", "cycle_number"): "Wang!C7",
        ("case", "employee_name"): "People!D3",
        ("gaps", 0, "evidence", 1, "fact"): "Wang!D12",
        ("gaps", 1, "standard"): "Wang!C13",
        ("gaps", 1, "evidence"): "Wang!D13",
        ("gaps", 1, "actual"): "Wang!B10",
    }
    assert {path: wang.position(path).cell for path in places} == places


def test_inserted_rows_and_a_moved_column_of_marks_change_nothing() -> None:
    people, wang, zhao = CARDS
    moved = Grid("wang ", {number + (7 if number > 5 else 3): [None, *cells] for number, cells in wang.rows.items()})
    assert records(people, moved, zhao)[0].data == records(*CARDS)[0].data


def test_a_tab_without_marks_is_read_by_its_headings_wherever_the_table_begins() -> None:
    export = """
        | Personnel export | | | | | |
        | Staff no | Cost centre | 姓名 | Grade | Dept | PIP end | Plan start |
        | S1 | 4711 | A. Wang | C | Sales | @2026-06-30 | @2026-01-05 |
        """
    (wang,) = records(grid("Sheet1", export, first=4, left=2))
    assert wang.data["case"] == {
        **{"employee_no": "S1", "employee_name": "A. Wang", "department": "Sales"},
        **{"period_end": "2026-06-30", "period_start": "2026-01-05"},
    }
    assert wang.position(("case", "department")).cell == "Sheet1!G6"


def test_a_lone_blank_in_a_row_and_blank_rows_shift_nothing() -> None:
    wang, _ = records(
        People=PEOPLE,
        Targets="| Employee number | Indicator | Unit | Weight |\n| S1 | Sales |   | =60 |\n\n|  | Test | % | |",
    )
    assert wang.data["targets"] == [{"name": "Sales", "weight": "60"}, {"name": "Test", "unit": "%"}]
    assert wang.position(("targets", 1, "unit")).cell == "Targets!C4"


@pytest.mark.parametrize("number", ["S1", "s1", "Ｓ１", "S1-202601", "A. Wang"])
def test_a_row_names_its_person_by_any_number(number: str) -> None:
    wang, _ = records(People=PEOPLE, Targets=f"| Employee number | Indicator |\n| {number} | Sales |")
    assert wang.data["targets"] == [{"name": "Sales"}]


def test_a_row_that_names_nobody_known_keeps_back_the_nearest() -> None:
    found = dict(
        People=PEOPLE.replace("S2", "T77"), Targets="| Employee number | Indicator |\n| S11 | Sales |\n| | Test |"
    )
    wang, zhao = records(**found)
    assert "targets" not in wang.data and "targets" not in zhao.data
    assert [said(one.problems) for one in (wang, zhao)] == [
        [("E102", "Targets!A2", "“S11” is nobody in this file (2 rows).")],
        [],
    ]
    assert "Perhaps S1?" in wang.problems[0].fix.en


def test_a_row_that_may_be_anybodys_keeps_back_all() -> None:
    wang, zhao = records(People=PEOPLE, Targets="| Employee number | Indicator |\n| | Sales |")
    assert said(wang.problems) == said(zhao.problems) == [("E102", "Targets!A2", "Nothing says whose row this is.")]


def test_a_row_of_somebody_with_two_cases_must_name_the_case() -> None:
    people = (
        PEOPLE.replace("S2", "S1")
        .replace('| @2026-01-05 | @2026-06-30 |\n"', "")
        .replace("B. Zhao | @2026-01-05", "A. Wang | @2025-01-05")
    )
    targets = "| Employee number | Indicator |\n| {} | Sales |"
    first, second = records(People=people, Targets=targets.format("S1"))
    assert said(first.problems) == said(second.problems)
    assert said(first.problems) == [("E102", "Targets!A2", "“S1” may mean more than one case in this file.")]
    assert "S1-202601, S1-202501" in first.problems[0].fix.en
    first, second = records(People=people, Targets=targets.format("S1-202501"))
    assert "targets" not in first.data and second.data["targets"] == [{"name": "Sales"}] and not second.problems


def test_a_name_beside_the_number_must_be_that_persons() -> None:
    targets = "| Employee number | Employee name | Indicator |\n| S1 | {} | Sales |"
    assert problems(People=PEOPLE, Targets=targets.format("a.wang")) == []
    (problem,) = problems(People=PEOPLE, Targets=targets.format("B. Zhao"))
    assert said([problem]) == [("E102", "Targets!B2", "“B. Zhao” is not the name of S1 (A. Wang).")]


def test_a_card_that_is_nobodys_is_told() -> None:
    people, wang, zhao = CARDS
    found = problems(people, wang, Grid("Zhoa", zhao.rows))
    assert ("E102", "Zhoa!B2", "The tab “Zhoa” is nobody's.") in said(found)


def test_a_second_line_of_the_facts_is_told() -> None:
    people, wang, zhao = CARDS
    given = list(wang.rows.values())
    lines = Grid("Wang", dict(enumerate([*given[:4], [None, "2026-02-01"], *given[4:]], start=1)))
    found = records(people, lines, zhao)[0].problems
    assert said(found) == [("E102", "Wang!B5", "Case: this is filled in already, on a line above.")]


def test_who_is_only_listed_has_not_begun() -> None:
    people = PEOPLE + "| S3 | C. Sun | | |\n| S4 | D. Hu | | |"
    assert [record.data["case"]["employee_no"] for record in records(People=people)] == ["S1", "S2"]
    assert said(problems(People=people)) == [
        ("I206", "People!A4", "Left out, as nothing but who they are is filled in: S3, S4 (2).")
    ]


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"People": "| Employee number | Employee name | Period starts |"}, "Nothing is filled in in this workbook."),
        ({"Sheet1": "| red | green |\n| 1 | 2 |"}, "No tab of the workbook has headings that are known."),
    ],
)
def test_a_workbook_with_nothing_to_read_is_refused(tables: dict[str, str], message: str) -> None:
    assert next((one.code, one.message.en) for one in problems(**tables)) == ("E100", message)


def test_what_is_said_of_one_person_on_two_lists_is_put_together() -> None:
    dates = "| Staff no | Plan start | Plan end |\n| S1 | @2026-01-05 | @2026-06-30 |"
    (wang,) = records(People="| Employee number | Employee name |\n| S1 | A. Wang |", Dates=dates)
    assert wang.data["case"]["period_end"] == "2026-06-30" and wang.position(("case", "period_end")).cell == "Dates!C2"
    assert wang.position(("case", "employee_name")).cell == "People!B2"


def test_a_merged_cell_fills_the_lines_on_which_more_of_its_sheet_is_typed() -> None:
    targets = grid(
        "Targets",
        """
        | Employee number | Indicator | Data source |
        | S1 | Sales | System |
        |    | Calls | |
        |    | Tests | |
        """,
        merged=((2, 3, 4, 3), (2, 1, 4, 1)),
    )
    wang, _ = records(grid("People", PEOPLE), targets)
    assert [row["data_source"] for row in wang.data["targets"]] == ["System"] * 3
    why = grid(
        "Gaps and causes",
        "| Employee number | Area to improve | Fact |\n| S1 | Sales | 219,000 |\n| | | 180,000 |",
        merged=((2, 2, 3, 2),),
    )
    wang, _ = records(grid("People", PEOPLE), why)
    assert [len(gap["evidence"]) for gap in wang.data["gaps"]] == [2]


def test_a_child_without_its_parent_makes_the_parent_told_as_missing() -> None:
    wang, _ = records(
        People=PEOPLE, Gaps_and_causes="| Employee number | Area to improve | Fact |\n| S1 | | 12 calls |"
    )
    assert wang.data["gaps"] == [{"evidence": [{"fact": "12 calls"}]}]
    assert wang.position(("gaps", 0, "area")).cell == "Gaps and causes!B2"


def test_children_on_a_tab_of_their_own_need_their_parent() -> None:
    gaps = "| Employee number | Area to improve |\n| S1 | Sales |\n"
    evidence = "| Employee number | Date | Fact |\n| S1 | @2025-12-31 | 219,000 |"
    wang, _ = records(People=PEOPLE, Gaps=gaps, Evidence=evidence)
    assert wang.data["gaps"][0]["evidence"] == [{"date": "2025-12-31", "fact": "219,000"}]
    wang, _ = records(People=PEOPLE, Gaps=gaps + "| S1 | Tests |", Evidence=evidence)
    assert [one.code for one in wang.problems] == ["E102"] and "evidence" not in wang.data["gaps"][0]


def test_what_is_wrong_is_told_at_its_cell() -> None:
    found = run_problems(
        People=PEOPLE.replace("@2026-06-30", "2026-02-30", 1),
        Targets="| Employee number | Indicator | Weight | Due |\n| S1 | Sales | much | 3/5/2026 |",
    )
    assert ("E103", "People!D2", "Period ends: 2026-02-30 is no day of the calendar.") in found
    assert ("E103", "Targets!C2", "Weight: “much” is not a number.") in found
    assert ("E103", "Targets!D2", "Due: 3/5/2026 can be read as two different days.") in found


def test_a_column_that_lacks_is_told_once_at_the_labels() -> None:
    targets = "| Employee number | Indicator |\n" + "| S1 | Sales |\n| S2 | Calls |\n" * 3
    found = run_problems(People=PEOPLE, Targets=targets)
    assert found.count(("E101", "Targets!B1", "The table has no column “Due”, which is needed.")) == 1


def run_problems(**tables: str) -> list[tuple[str, str, str]]:
    return said(run(book(**tables)).all_problems)


def test_what_follows_from_a_row_that_is_nobodys_is_not_told_again() -> None:
    targets = "| Employee number | Indicator | Weight |\n| S1 | Sales | =60 |\n| {} | Test | =40 |"
    found = run_problems(People=PEOPLE.replace("S2", "T77"), Targets=targets.format("S11"))
    assert ("E102", "Targets!A3", "“S11” is nobody in this file.") in found
    assert not [one for one in found if one[0] == "E104"]
    found = run_problems(People=PEOPLE.replace("S2", "T77"), Targets=targets.format("T77"))
    assert [code for code, cell, _ in found if code == "E104"] == ["E104"] * 2


def test_a_card_filled_in_before_its_person_is_asked_for_who_it_is() -> None:
    people, wang, zhao = CARDS
    unnamed = Grid("People", {**people.rows, 3: [None, "Wang"], 5: [None, "Person 3"]})
    first, second = records(unnamed, wang, zhao)
    assert first.data["gaps"] and "employee_no" not in first.data["case"]
    assert first.position(("case", "employee_no")).cell == "People!C3"
    assert first.position(("case", "employee_name")).cell == "People!D3"
    assert second.data["targets"] == [{"name": "Sales"}] and problems(unnamed, wang, zhao) == []
