"""``docgen due``."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import icalendar
import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Docgen
from tests.ooxml import schema_problems

DAY = ("--date", "2026-03-31")


def test_what_falls_due_is_listed_by_supervisor(samples: Path, docgen: Docgen) -> None:
    result = docgen("due", samples / "team.yaml", *DAY)
    heads, first, *_ = (line.split("\t") for line in result.stdout.splitlines())
    assert result.exit_code == 0
    assert heads == ["Supervisor", "Supervisor no.", "Person", "Number", "Due on", "Days left", "Kind", "What", "Place"]
    assert first[:7] == ["Peter Novak", "E0102", "Grace Tan", "E0147", "2026-04-10", "in 10 days", "Support"]
    assert "overdue" in result.stderr and "due until 2026-04-14" in result.stderr


def test_how_far_ahead_is_asked_for(samples: Path, docgen: Docgen) -> None:
    count = [
        len(docgen("due", samples / "team.yaml", *DAY, "--days", days).stdout.splitlines()) for days in (0, 14, 60)
    ]
    assert count == sorted(set(count))


def test_nothing_due_is_told(samples: Path, docgen: Docgen) -> None:
    result = docgen("due", samples / "team.yaml", "--date", "2025-01-01", "--language", "zh")
    assert result.exit_code == 0 and result.stdout == "" and "2025-01-15前无到期事项" in result.stderr


def test_one_case(samples: Path, docgen: Docgen) -> None:
    everything = json.loads(docgen("due", samples / "team.yaml", *DAY, "--json").stdout)["due"]
    number = everything[0]["employee_no"]
    for name in (number.lower(), everything[0]["case"]):
        found = json.loads(docgen("due", samples / "team.yaml", *DAY, "--only", name, "--json").stdout)["due"]
        assert found == [one for one in everything if one["employee_no"] == number] and found != everything
    result = docgen("due", samples / "team.yaml", *DAY, "--only", "nobody")
    assert result.exit_code == 2 and "--only: no case 'nobody' was read" in result.stderr


def test_one_supervisor(samples: Path, docgen: Docgen) -> None:
    result = docgen("due", samples / "team.yaml", *DAY, "--supervisor", "苗某", "--json")
    assert {one["supervisor_no"] for one in json.loads(result.stdout)["due"]} == {"C0108"}
    assert docgen("due", samples / "team.yaml", *DAY, "--supervisor", "苗").exit_code == 2


def test_for_programs(samples: Path, docgen: Docgen) -> None:
    found = json.loads(docgen("due", samples / "wang.yaml", *DAY, "--json").stdout)
    assert (found["format"], found["date"], found["days"], found["problems"]) == (1, "2026-03-31", 14, [])
    actuals = next(one for one in found["due"] if one["kind"] == "actuals")
    assert actuals["date"] == "2026-02-28" and actuals["days"] == -31 and actuals["source"].endswith("wang.yaml")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_as_a_workbook(language: str, samples: Path, docgen: Docgen, tmp_path: Path) -> None:
    docgen("--language", language, "due", samples / "team.yaml", *DAY, "--xlsx", "due.xlsx")
    sheet = load_workbook("due.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert all(isinstance(row[4], datetime) and isinstance(row[5], int) for row in rows)
    assert sheet.auto_filter.ref and sheet.page_setup.orientation == "landscape"
    assert sheet["A1"].value == {"en": "Supervisor", "zh": "主管"}[language]
    assert schema_problems(Path("due.xlsx").read_bytes(), tmp_path) == []


def test_one_calendar_for_all_is_kept_up(samples: Path, docgen: Docgen) -> None:
    for day in ("2026-03-31", "2026-04-01"):
        assert docgen("due", samples / "team.yaml", "--date", day, "--ics", "due.ics").exit_code == 0
    assert len(icalendar.Calendar.from_ical(Path("due.ics").read_bytes()).walk("VEVENT")) > 10


def test_a_calendar_for_each_supervisor(samples: Path, docgen: Docgen) -> None:
    found = json.loads(docgen("due", samples / "team.yaml", *DAY, "--ics", "calendars", "--json").stdout)["due"]
    made = {path.name for path in Path("calendars").iterdir()}
    assert made == {f"{one['supervisor']}-{one['supervisor_no']}.ics" for one in found}
    one = icalendar.Calendar.from_ical(Path("calendars", "苗某-C0108.ics").read_bytes())
    assert len(one.walk("VEVENT")) == sum(item["supervisor"] == "苗某" for item in found)


@pytest.mark.parametrize("flag", [("--xlsx", "mine.xlsx"), ("--ics", "mine.ics")])
def test_a_file_of_somebody_else_is_never_written_over(flag: tuple[str, str], samples: Path, docgen: Docgen) -> None:
    Path(flag[1]).write_text("mine", "utf-8")
    result = docgen("due", samples / "team.yaml", *DAY, *flag)
    assert result.exit_code == 2 and Path(flag[1]).read_text("utf-8") == "mine"


def test_an_error_that_may_hide_something_is_told(docgen: Docgen, samples: Path) -> None:
    text = (samples / "wang.yaml").read_text("utf-8").replace("2026-02-28", "2026-02-30")
    Path("case.yaml").write_text(text, "utf-8")
    result = docgen("due", "case.yaml", *DAY)
    assert result.exit_code == 1 and "2026-02-30" in result.stderr and "Actuals of 2026-02" in result.stdout
    assert docgen("due", "nowhere.yaml", *DAY).exit_code == 2


def test_errors_elsewhere_are_not_told(docgen: Docgen, faulty: Path) -> None:
    result = docgen("due", faulty, *DAY)
    assert result.exit_code == 0 and "E104" not in result.stderr


def test_a_workbook_names_the_cell(samples: Path, docgen: Docgen) -> None:
    found = json.loads(docgen("due", samples / "workbooks" / "team-card-zh.xlsx", *DAY, "--json").stdout)["due"]
    assert all("xlsx › " in one["position"] for one in found)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-05"])
def test_no_day_is_too_early_or_too_late(day: str, samples: Path, docgen: Docgen) -> None:
    result = docgen("due", samples / "team.yaml", "--date", day, "--ics", "due.ics", "--xlsx", "due.xlsx")
    assert result.exit_code == 0, result.output


def test_a_month_that_was_just_rolled_over_is_no_error(samples: Path, docgen: Docgen) -> None:
    assert docgen("rollover", samples / "month" / "team-2026-03.yaml", "--month", "2026-04", "-o", "next.yaml")
    result = docgen("due", "next.yaml", "--date", "2026-04-01")
    assert result.exit_code == 0 and "E107" not in result.stderr and "Measure" in result.stdout


def test_of_a_file_that_can_not_be_read_nobody_says_that_nothing_is_due(docgen: Docgen) -> None:
    Path("torn.xlsx").write_bytes(b"PK\x03\x04 torn")
    result = docgen("due", "torn.xlsx", *DAY)
    assert result.exit_code == 1 and "Nothing is overdue" not in result.stderr
    assert "the errors above may hide something" in result.stderr
