from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from docgen.model.record import Record
from docgen.office.run import Run, load_run
from docgen.sources.cases import read_cases
from tests.sources.books import TODAY, definitions

CASE = """
case: {employee_no: S1, employee_name: A. Wang, period_start: 2026-01-05, period_end: 2026-06-30}
targets:
- {name: Sales, weight: 60}
- {name: Test, weight: 40}
"""
SAME = """
个案: {工号: s1, 姓名: A. Wang, 计划期开始: 2026年1月5日, position: Sales representative}
目标:
- {指标: Sales, 权重: 60%}
- {指标: Test, 权重: "40"}
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def read(folder: Path, **files: str) -> list[Record]:
    return list(read_cases([write(folder, **files)], definitions()).records)


def checked(folder: Path, **files: str) -> Run:
    return load_run(read_cases([write(folder, **files)], definitions()), definitions(), ["letter"], TODAY)


def months(*names: str) -> str:
    return "months:\n" + "".join(f"- {{month: {name}, prepared_on: 2026-03-01}}\n" for name in names)


def told(records: list[Record]) -> list[list[tuple[str, str, str]]]:
    return [[(one.code, one.position.source[-6:], one.message.en) for one in record.problems] for record in records]


def test_a_case_in_two_files_that_agree_is_one(tmp_path: Path) -> None:
    (record,) = read(tmp_path, a=CASE, b=SAME.replace("s1", "S1"))
    assert record.data["case"] == {
        **{"employee_no": "S1", "employee_name": "A. Wang", "period_start": "2026-01-05", "period_end": "2026-06-30"},
        "position": "Sales representative",
    }
    assert [row["name"] for row in record.data["targets"]] == ["Sales", "Test"]
    places = {
        ("case", "period_end"): ("a.yaml", 2),
        ("case", "position"): ("b.yaml", 2),
        ("targets", 1, "weight"): ("a.yaml", 5),
        ("targets", 1, "due_date"): ("a.yaml", 5),
        ("support",): ("a.yaml", 2),
    }
    found = {path: record.position(path) for path in places}
    assert {path: (Path(one.source).name, one.line) for path, one in found.items()} == places
    assert [Path(one.source).name for one in record.again_at(("case", "period_start"))] == ["b.yaml"]
    assert record.again_at(("case", "position")) == []


def test_months_and_talks_are_put_together_in_their_order(tmp_path: Path) -> None:
    talk = "interviews:\n- {type: monthly, date: 2026-0%d-05}\n"
    a, b = CASE + months("2026-03", "2026-05") + talk % 4, CASE + "月度计划:\n- 月份: 2026年4月\n" + talk % 3 + "- {}\n"
    (record,) = read(tmp_path, a=a, b=b.replace("- {}\n", ""))
    names = [row.get("month") or row["月份"] for row in record.data["months"]]
    assert names == ["2026-03", "2026年4月", "2026-05"]
    assert Path(record.position(("months", 1)).source).name == "b.yaml"
    assert record.position(("months", 1, "月份")).line == record.position(("months", 1)).line
    assert [row["date"] for row in record.data["interviews"]] == ["2026-03-05", "2026-04-05"]
    (case,) = checked(tmp_path).cases
    assert [str(row["month"]) for row in case[0].case.values["months"]] == ["2026-03", "2026-04", "2026-05"]


def test_the_same_talk_in_both_is_one_talk(tmp_path: Path) -> None:
    talk = "interviews:\n- {type: monthly, date: 2026-04-05, place: Room 3}\n"
    (record,) = read(tmp_path, a=CASE + talk, b=CASE + talk)
    assert len(record.data["interviews"]) == 1
    assert [one.line for one in record.again_at(("interviews", 0, "place"))] == [7]
    records = read(tmp_path, a=CASE + talk, b=CASE + talk.replace("Room 3", "Room 4"))
    assert [[one.code for one in record.problems] for record in records] == [["E102"], ["E102"]]


@pytest.mark.parametrize(
    ("changed", "label", "lines"),
    [
        (CASE.replace("2026-06-30", "2026-07-31"), "Period ends", (2, 2)),
        (CASE.replace("60", "70"), "Weight", (4, 4)),
        (CASE + "- {name: Calls, weight: 10}\n", "Targets", (4, 6)),
    ],
)
def test_what_differs_keeps_both_back(tmp_path: Path, changed: str, label: str, lines: tuple[int, int]) -> None:
    run = checked(tmp_path, a=CASE, b=changed)
    assert len(run.cases) == 2 and all(one.blocked for one, _ in run.cases)
    found = [one for one in run.all_problems if one.code == "E102"]
    assert [one.position.line for one in found] == [*lines]
    here, there = (one.message.en for one in found)
    assert here.startswith(f"“{label}” is different for the same case in {tmp_path / 'b.yaml'}:{lines[1]}:")
    assert there.startswith(f"“{label}” is different for the same case in {tmp_path / 'a.yaml'}:{lines[0]}:")


def test_the_same_month_in_both_keeps_both_back(tmp_path: Path) -> None:
    run = checked(tmp_path, a=CASE + months("2026-03", "2026-04"), b=CASE + months("2026-04"))
    found = [one for one in run.all_problems if one.code == "E102"]
    assert [one.position.line for one in found] == [8, 7]
    assert found[0].message.en.startswith(f"The month 2026-04 of this case stands in {tmp_path / 'b.yaml'}:7:")
    assert all(one.blocked for one, _ in run.cases)


def test_a_case_twice_in_one_file_stays_twice(tmp_path: Path) -> None:
    both = "".join("- " + CASE.strip().replace("\n", "\n  ") + "\n" for _ in range(2))
    run = checked(tmp_path, a=both, b=CASE)
    assert [one.message.en[:11] for one in run.all_problems if one.code == "E102"] == ["Case S1-202"] * 3


def test_three_files_are_one_case(tmp_path: Path) -> None:
    (record,) = read(tmp_path, a=CASE, b=CASE + months("2026-03"), c=CASE + months("2026-04"))
    assert [row["month"] for row in record.data["months"]] == ["2026-03", "2026-04"]
    assert [Path(record.position(("months", at)).source).name for at in (0, 1)] == ["b.yaml", "c.yaml"]


def test_a_broken_sheet_is_no_reason_to_drop_the_other(tmp_path: Path) -> None:
    records = read(tmp_path, a=CASE, b=CASE.split("targets")[0] + "targets: many\n")
    assert [[one.code for one in record.problems] for record in records] == [["E102"], ["E102"]]


def test_months_kept_in_a_workbook_join_the_case_in_yaml(tmp_path: Path) -> None:
    made = Workbook()
    people, found = made.create_sheet("People"), made.create_sheet("Months")
    for row in (["Employee number", "Period starts"], ["S1", date(2026, 1, 5)]):
        people.append(row)
    for row in (["Employee number", "Month", "Note on means"], ["S1", date(2026, 3, 1), ""], ["", "2026-04", ""]):
        found.append(row)
    made.save(tmp_path / "months.xlsx")
    (record,) = read(tmp_path, wang=CASE)
    assert [row["month"] for row in record.data["months"]] == ["2026-03-01", "2026-04"]
    places = [
        record.position(path) for path in (("months", 0, "month"), ("months", 1, "month"), ("targets", 1, "name"))
    ]
    assert [(Path(one.source).name, one.cell) for one in places] == [
        *(("months.xlsx", "Months!B2"), ("months.xlsx", "Months!B3")),
        ("wang.yaml", ""),
    ]
    assert Path(record.position(("case", "employee_no")).source).name == "months.xlsx"
    assert Path(record.position(("case", "period_end")).source).name == "wang.yaml"


def test_what_is_no_sheet_is_kept_or_told(tmp_path: Path) -> None:
    (record,) = read(tmp_path, a=CASE + "remark: A\n", b=CASE + "remark: A\nmemo: B\n")
    assert (record.data["remark"], record.data["memo"]) == ("A", "B")
    records = read(tmp_path, a=CASE + "remark: A\n", b=CASE + "remark: B\n")
    assert [[text[:8] for _, _, text in found] for found in told(records)] == [["“remark”"], ["“remark”"]]


def test_a_sheet_that_stands_twice_in_a_file_is_told_after_merging_too(tmp_path: Path) -> None:
    (record,) = read(tmp_path, a=CASE, b=CASE + "目标:\n- {指标: Calls, 权重: 10}\n")
    assert len(record.data["targets"]) == 2 and len(record.data["目标"]) == 1
    assert Path(record.position(("目标", 0, "指标")).source).name == "b.yaml"


def test_the_same_talk_without_a_date_is_one_talk(tmp_path: Path) -> None:
    talk = "interviews:\n- {type: monthly, place: Room 3}\n"
    (record,) = read(tmp_path, a=CASE + talk, b=CASE + talk)
    assert len(record.data["interviews"]) == 1
    (record,) = read(tmp_path, a=CASE + talk, b=CASE + talk.replace("Room 3", "Room 4"))
    assert len(record.data["interviews"]) == 2


def test_two_talks_of_one_day_find_their_own_in_the_other_file(tmp_path: Path) -> None:
    rows = [f"- {{type: monthly, date: 2026-04-05, place: Room {number}}}\n" for number in (3, 4, 5)]
    head = CASE + "interviews:\n"
    for theirs in (rows[:1], rows[:2], rows[1:2], [rows[1], rows[0]]):
        (record,) = read(tmp_path, a=head + rows[0] + rows[1], b=head + "".join(theirs))
        assert [row["place"] for row in record.data["interviews"]] == ["Room 3", "Room 4"]
    (record,) = read(tmp_path, a=head + rows[0], b=head + rows[1] + rows[0])
    assert len(record.data["interviews"]) == 2
    records = read(tmp_path, a=head + rows[0] + rows[1], b=head + rows[2])
    assert [[one.code for one in record.problems] for record in records] == [["E102"], ["E102"]]


def test_a_merged_case_keeps_the_problems_and_the_places_of_names_of_both(tmp_path: Path) -> None:
    made = Workbook()
    people, talks = made.create_sheet("People"), made.create_sheet("Interviews")
    for row in (["Employee number", "Period starts"], ["S1", date(2026, 1, 5)]):
        people.append(row)
    for row in (["Employee number", "Type", "Date"], ["", "monthly", date(2026, 3, 5)]):
        talks.append(row)
    made.save(tmp_path / "talks.xlsx")
    (record,) = read(
        tmp_path, wang=CASE.replace("targets", "case2: {wieght: 1}\ntargets").replace("60}", "60, wieght: 1}")
    )
    assert [(one.code, one.position.cell) for one in record.problems] == [("E102", "Interviews!A2")]
    for path in (("targets", 0, "wieght"), ("case2",)):
        place = record.key_position(path)
        assert Path(place.source).name == "wang.yaml" and place != record.position(path)
