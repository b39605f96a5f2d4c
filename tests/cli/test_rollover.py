"""``docgen rollover``: what is written, what is told, and what is refused with place and cure."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from docgen.definitions.load import load_definitions
from docgen.model.record import Record
from docgen.sources.cases import Reading, read_cases
from tests.cli.conftest import Docgen

DEFINITIONS = load_definitions()
CASE = """\
case:
  employee_no: {number}
  employee_name: {name}
  department: 销售部
  position: 销售代表
  supervisor_name: {supervisor}
  supervisor_no: {supervisor_no}
  period_start: {start}
  period_end: {end}
targets:
  - {{name: 客户拜访记录完整率, current_value: 70, target_value: 95, unit: "%", due_date: {end}, data_source: 客户系统}}
months:
  - month: 2026-03
    indicators:
      - {{target_ref: 客户拜访记录完整率, actual: {actual}}}
    measures:
      - {{target_ref: 客户拜访记录完整率, what: 拜访后当天登记, when_due: 2026-03-27, how: 用手机登记,
         check_standard: 每周抽查十份, status: {status}}}
"""
USUAL = {
    **{"number": "S1", "name": "王某", "supervisor": "李某", "supervisor_no": "S0310"},
    **{"start": "2026-03-02", "end": "2026-08-31", "actual": "95", "status": "partly"},
}
SETTINGS = "company_name: 上海鹭汀机电设备有限公司\n"
APRIL = ("--month", "2026-04", "--date", "2026-04-01")
MADE: dict[tuple[str, ...], bytes] = {}
"""Workbooks by text, name and options, and months by what they follow: many tests begin with the same."""


def case(**changes: str) -> str:
    return CASE.format(**(USUAL | changes))


def file(path: Path, *cases: str) -> Path:
    """A YAML file with these cases, and settings beside it."""
    path.parent.mkdir(exist_ok=True)
    (path.parent / "docgen.yaml").write_text(SETTINGS, "utf-8")
    cases = cases or (case(),)
    listed = "".join("- " + one.replace("\n", "\n  ").rstrip(" ") for one in cases)
    path.write_text(cases[0] if len(cases) == 1 else listed, "utf-8")
    return path


def workbook(docgen: Docgen, source: Path, *options: str) -> Path:
    """The same as a workbook; the text goes."""
    path, wanted = source.with_suffix(".xlsx"), (source.read_text("utf-8"), source.name, *options)
    if wanted in MADE:
        path.write_bytes(MADE[wanted])
    else:
        made = docgen("new", path, "--from", source, *options)
        assert made.exit_code == 0, made.output
        MADE[wanted] = path.read_bytes()
    source.unlink()
    return path


def rolled(docgen: Docgen, source: Path, path: Path) -> None:
    """April of ``source``, as ``path``."""
    wanted = (source.read_bytes().hex(), source.name, path.name)
    if wanted not in MADE:
        done = docgen("rollover", source, *APRIL, "-o", path)
        assert done.exit_code == 0, done.output
        MADE[wanted] = path.read_bytes()
    path.write_bytes(MADE[wanted])


def read(path: Path) -> Reading:
    reading = read_cases([path], DEFINITIONS)
    assert reading.records, reading.problems
    return reading


def months(path: Path) -> list[list[str]]:
    return [[str(row.get("month")) for row in one.data["months"]] for one in read(path).records]


def change(path: Path, old: str, new: str) -> None:
    """Type something else into a case, whatever kind of file it stands in."""
    if path.suffix == ".yaml":
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        return
    book = load_workbook(path)
    cells = [cell for tab in book for row in tab.iter_rows() for cell in row if str(cell.value) == old]
    assert cells
    for cell in cells:
        cell.value = new
    book.save(path)


KINDS = ("yaml", "table", "card")


def march(kind: str, docgen: Docgen, path: Path, *cases: str) -> Path:
    """March of these cases, as YAML or as a workbook of a layout."""
    source = file(path, *cases)
    if kind == "yaml":
        return source
    return workbook(docgen, source, "--layout", kind, "--rows", "3")


def as_next(kind: str, name: str) -> str:
    return f"{name}.yaml" if kind == "yaml" else f"{name}.xlsx"


# What is written


@pytest.mark.parametrize("kind", KINDS)
def test_the_new_month_stands_first_and_all_that_was_typed_stays(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    source = march(kind, docgen, tmp_path / "team.yaml")
    before = source.read_bytes()
    done = docgen("rollover", source, *APRIL, "-o", as_next(kind, "april"))
    assert done.exit_code == 0, done.output
    (record,) = read(tmp_path / as_next(kind, "april")).records
    assert [str(row["month"]) for row in record.data["months"]] == ["2026-04", "2026-03"]
    assert record.data["months"][0]["measures"][0]["what"] == "拜访后当天登记"
    assert record.rolled is not None and record.rolled.month == "2026-04"
    assert source.read_bytes() == before


def test_each_person_is_told_what_is_to_be_done_first(docgen: Docgen, tmp_path: Path) -> None:
    done = docgen("rollover", file(tmp_path / "team.yaml"), *APRIL, "-o", "april.yaml")
    lines = done.stdout.splitlines()
    assert lines[0] == "王某 (S1, S1-202603)"
    assert "give it a new date" in lines[1] and lines[1].split()[0] == "☐"
    assert "People: 1 rolled over." in lines and "Measures: 1 carried, 0 proposed." in lines
    assert "april.yaml: written" in done.stderr


def test_a_workbook_keeps_layout_language_and_forms(docgen: Docgen, tmp_path: Path) -> None:
    source = workbook(
        docgen, file(tmp_path / "team.yaml"), "--layout", "table", "--language", "zh", "--forms", "letter"
    )
    assert docgen("rollover", source, *APRIL, "-o", "april.xlsx").exit_code == 0
    (made,) = read(tmp_path / "april.xlsx").sources.values()
    assert (made.layout, made.language, made.forms) == ("table", "zh", ("letter", "monthly"))
    tabs = load_workbook(tmp_path / "april.xlsx").sheetnames
    assert tabs[:2] == ["填写说明", "上月结转"]


def test_what_is_typed_when_a_month_has_ended_has_its_columns(docgen: Docgen, tmp_path: Path) -> None:
    docgen("rollover", file(tmp_path / "team.yaml"), *APRIL, "-o", "april.xlsx")
    book = load_workbook(tmp_path / "april.xlsx")
    keys = {str(cell.value) for tab in book for row in tab.iter_rows() for cell in row if cell.value}
    assert {"indicators.actual", "indicators.data_missing_reason", "measures.status", "measures.result"} <= keys
    assert {"indicators.keep", "months.absent", "months.weight_change_reason", "indicators.status"} <= keys


def test_the_tab_of_last_month_is_not_read(docgen: Docgen, tmp_path: Path) -> None:
    docgen("rollover", file(tmp_path / "team.yaml"), *APRIL, "-o", "april.xlsx", "--language", "en")
    tab = load_workbook(tmp_path / "april.xlsx")["From last month"]
    said = [str(cell.value) for row in tab.iter_rows() for cell in row if cell.value]
    assert "王某 (S1, S1-202603)" in said and any("give it a new date" in one for one in said)
    assert not [one for one in read(tmp_path / "april.xlsx").problems if "From last month" in str(one.position)]


def test_several_files_become_one_or_each_its_own(docgen: Docgen, tmp_path: Path) -> None:
    file(tmp_path / "march" / "a-2026-03.yaml")
    workbook(docgen, file(tmp_path / "march" / "b.yaml", case(number="S2", name="陈某")))
    assert docgen("rollover", "march", *APRIL, "-o", "april/").exit_code == 0
    assert sorted(one.name for one in (tmp_path / "april").iterdir()) == ["a-2026-04.yaml", "b-2026-04.xlsx"]
    assert docgen("rollover", "march", *APRIL, "-o", "all.xlsx").exit_code == 0
    reading = read(tmp_path / "all.xlsx")
    assert len(reading.records) == 2
    (made,) = reading.sources.values()
    assert made.rolled is not None and len(made.rolled.predecessors) == 2


def test_a_folder_of_tables_a_stranger_and_what_is_not_xlsx_become_workbooks(docgen: Docgen, tmp_path: Path) -> None:
    samples = Path(__file__).resolve().parents[2] / "samples" / "workbooks"
    (tmp_path / "march").mkdir()
    shutil.copy(samples / "team.ods", tmp_path / "march" / "team.ods")
    done = docgen("rollover", "march/team.ods", "--month", "2026-08", "-o", "next", "--date", "2026-08-01", "--json")
    assert json.loads(done.stdout)["files"][0]["file"] == str(Path("next/team-2026-08.xlsx"))


def test_those_only_listed_stay_listed(docgen: Docgen, tmp_path: Path) -> None:
    source = workbook(docgen, file(tmp_path / "team.yaml"), "--layout", "table")
    book = load_workbook(source)
    people = book.worksheets[2]
    keys = {cell.value: cell.column or 0 for cell in people[1]}
    people.cell(5, keys["case.employee_no"]).value = "S7"
    people.cell(5, keys["case.employee_name"]).value = "新某"
    book.save(source)
    assert docgen("rollover", source, *APRIL, "-o", "april.xlsx").exit_code == 0
    assert [one.data["case"]["employee_name"] for one in read(tmp_path / "april.xlsx").waiting] == ["新某"]
    told = docgen("rollover", source, *APRIL, "-o", "april.yaml")
    assert told.exit_code == 0 and "1 people are only listed" in told.stderr


def test_a_case_past_its_end_stays_and_a_new_cycle_is_prepared(docgen: Docgen, tmp_path: Path) -> None:
    over = case(number="S2", name="陈某", end="2026-03-31", actual="80").replace(
        "  period_start", "  issue_date: 2026-03-02\n  period_start"
    )
    source = file(tmp_path / "team.yaml", case(), over + "support: [{item: 培训, by_date: 2026-03-20}]\n")
    done = docgen("rollover", source, *APRIL, "-o", "april.yaml")
    assert done.exit_code == 1 and "E124" in done.stderr and "final talk" in done.stderr
    assert months(tmp_path / "april.yaml") == [["2026-04", "2026-03"], ["2026-03"]]
    (record,) = read(tmp_path / "new-cycle" / "april.yaml").records
    assert record.data["case"]["previous_case_id"] == "S2-202603" and record.rolled is None


OVER = case(number="S2", name="陈某", end="2026-03-31", actual="80").replace(
    "  period_start", "  issue_date: 2026-03-02\n  period_start"
)
MAY = ("--month", "2026-05", "--date", "2026-05-01")


def next_cycles(docgen: Docgen, *arguments: str | Path) -> list[str]:
    """Of whom a roll-over prepares the next cycle."""
    done = docgen("rollover", *arguments, "--json")
    cases = json.loads(done.stdout)["cases"]
    told = [one["case"] for one in cases if any(event["kind"] == "new_case" for event in one["events"])]
    written = [one["case"] for one in cases if one["new_cycle"]]
    assert {*written} <= {*told}
    return written


FINAL = "interviews: [{type: final, date: 2026-03-31, achievements: 完成, progress: improved, final_result: not_met}]\n"


@pytest.mark.parametrize("kind", KINDS)
def test_the_next_cycle_is_prepared_in_the_first_roll_over_after_the_final_talk_alone(
    kind: str, docgen: Docgen, tmp_path: Path
) -> None:
    source = march(kind, docgen, tmp_path / "team.yaml", case(), OVER + FINAL)
    april, may = as_next(kind, "april"), as_next(kind, "may")
    assert next_cycles(docgen, source, *APRIL, "-o", Path("one") / april) == ["S2-202603"]
    assert next_cycles(docgen, Path("one") / april, *MAY, "-o", Path("other") / may) == []
    assert (tmp_path / "other" / may).exists() and not (tmp_path / "other" / "new-cycle").exists()


def test_a_month_passed_over_still_prepares_the_next_cycle(docgen: Docgen, tmp_path: Path) -> None:
    source = file(tmp_path / "team.yaml", case(), OVER + FINAL)
    assert next_cycles(docgen, source, *MAY, "-o", "may.yaml") == ["S2-202603"]


def test_a_last_figure_that_came_late_still_prepares_the_next_cycle(docgen: Docgen, tmp_path: Path) -> None:
    late = OVER.replace("actual: 80", "actual: ")
    assert next_cycles(docgen, file(tmp_path / "team.yaml", case(), late), *APRIL, "-o", "a/april.yaml") == []
    text = (tmp_path / "a" / "april.yaml").read_text("utf-8")
    indicator = "- target_ref: 客户拜访记录完整率\n"
    at = text.index(indicator, text.index("employee_no: S2"))
    indent = " " * (at - text.rindex("\n", 0, at) - 1 + 2)
    filled = text[: at + len(indicator)] + f"{indent}actual: 80\n" + text[at + len(indicator) :]
    (tmp_path / "a" / "april.yaml").write_text(filled, "utf-8")
    assert next_cycles(docgen, "a/april.yaml", *MAY, "-o", "b/may.yaml") == ["S2-202603"]


def test_a_next_cycle_that_lies_beside_the_new_file_is_not_prepared_again(docgen: Docgen, tmp_path: Path) -> None:
    source = file(tmp_path / "team.yaml", case(), OVER)
    assert next_cycles(docgen, source, *APRIL, "-o", "next/") == ["S2-202603"]
    folder = tmp_path / "next" / "new-cycle"
    assert next_cycles(docgen, source, *APRIL, "-o", "next/") == ["S2-202603"]
    (folder / "team-2026-04.yaml").rename(folder / "陈某.yaml")
    assert next_cycles(docgen, source, *APRIL, "-o", "next/another.yaml") == []
    assert [one.name for one in folder.iterdir()] == ["陈某.yaml"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_becomes_of_the_next_cycle_changes_nothing_in_the_new_month(
    kind: str, docgen: Docgen, tmp_path: Path
) -> None:
    source, made = march(kind, docgen, tmp_path / "team.yaml", case(), OVER), as_next(kind, "april")
    docgen("rollover", source, *APRIL, "-o", made)
    folder, before = tmp_path / "new-cycle", (tmp_path / made).read_bytes()
    (folder / made).rename(folder / as_next(kind, "chen"))
    again = docgen("rollover", source, *APRIL, "-o", made)
    assert f"{made}: unchanged" in again.stderr and [one.name for one in folder.iterdir()] == [as_next(kind, "chen")]
    folder.rename(tmp_path / "approved")
    again = docgen("rollover", source, *APRIL, "-o", made)
    assert f"{made}: unchanged" in again.stderr and f"new-cycle/{made}: cases prepared" in again.stderr
    assert (tmp_path / made).read_bytes() == before
    change(folder / made, "陈某", "陈某某")
    again = docgen("rollover", source, *APRIL, "-o", made)
    assert f"{made}: unchanged" in again.stderr and f"new-cycle/{made}: is there already, and has" in again.stderr


def test_the_next_cycle_is_not_written_where_the_month_is_refused(docgen: Docgen, tmp_path: Path) -> None:
    source = file(tmp_path / "team.yaml", case(), OVER)
    docgen("rollover", source, *APRIL, "-o", "april.yaml")
    (tmp_path / "new-cycle" / "april.yaml").unlink()
    change(tmp_path / "april.yaml", "用手机登记", "用语音登记")
    again = docgen("rollover", source, *APRIL, "-o", "april.yaml")
    assert again.exit_code == 1 and "new-cycle/april.yaml: not written, as april.yaml was not" in again.stderr
    assert not list((tmp_path / "new-cycle").iterdir())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("out", ["teams", "may"])
def test_of_a_folder_with_two_months_the_later_one_goes_on(kind: str, out: str, docgen: Docgen, tmp_path: Path) -> None:
    source = march(kind, docgen, tmp_path / "teams" / "team.yaml")
    rolled(docgen, source, tmp_path / "teams" / as_next(kind, "team-2026-04"))
    name = as_next(kind, "team-2026-05") if out == "teams" else as_next(kind, "may")
    done = docgen("rollover", "teams", *MAY, "-o", out if out == "teams" else name)
    assert done.exit_code == 1 and "E102" in done.stderr and "was rolled over" in done.stderr
    path = Path(out if out == "teams" else "") / name
    assert [line for line in done.stderr.splitlines() if line.startswith(str(path))] == [f"{path}: written"]
    assert months(tmp_path / path) == [["2026-05", "2026-04", "2026-03"]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_grandchild_takes_the_place_of_all_before_it(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    source = march(kind, docgen, tmp_path / "team.yaml")
    april, may = as_next(kind, "april"), as_next(kind, "may")
    rolled(docgen, source, tmp_path / april)
    docgen("rollover", april, *MAY, "-o", may)
    (made,) = read(tmp_path / may).sources.values()
    (before,) = read(tmp_path / april).sources.values()
    (first,) = read(source).sources.values()
    assert made.rolled is not None and made.rolled.predecessors == (before.digest, first.digest)
    reading = read_cases([source, tmp_path / may], DEFINITIONS)
    assert [Path(record.source).name for record in reading.records] == [may]
    assert [problem.message.en[:26] for problem in reading.problems] == ["This file was rolled over:"]


def test_a_case_left_out_of_the_new_file_keeps_the_older_one_apart(docgen: Docgen, tmp_path: Path) -> None:
    source = file(tmp_path / "teams" / "team.yaml", case(), case(number="S2", name="陈某"))
    docgen("rollover", source, *APRIL, "-o", "teams")
    text = (tmp_path / "teams" / "team-2026-04.yaml").read_text("utf-8")
    (tmp_path / "teams" / "team-2026-04.yaml").write_text(text[: text.rindex("- rolled_over")], "utf-8")
    done = docgen("rollover", "teams", *MAY, "-o", "teams")
    assert done.exit_code == 1 and "missing there (1): S2-202603" in done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith("teams/team-2026-05.yaml")]
    assert sorted(told) == [
        "teams/team-2026-05.yaml: holds nothing of team.yaml, because of the problems listed",
        "teams/team-2026-05.yaml: written",
    ]


def test_one_of_another_supervisor_is_to_be_handed_over(docgen: Docgen, tmp_path: Path) -> None:
    cases = [case(number=f"S{one}", name=f"员工{one}") for one in range(2)]
    other = case(number="S9", name="尤某", supervisor="顾某", supervisor_no="S0201")
    done = docgen("rollover", file(tmp_path / "team.yaml", *cases, other), *APRIL, "-o", "april.yaml")
    assert "尤某 is led by 顾某, everybody else in this file by 李某" in done.stdout
    alone = docgen("rollover", file(tmp_path / "pair.yaml", cases[0], other), *APRIL, "-o", "two.yaml")
    assert "is led by" not in alone.stdout


# What is there already


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_same_changes_nothing(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    source, made = march(kind, docgen, tmp_path / "team.yaml"), as_next(kind, "april")
    rolled(docgen, source, tmp_path / made)
    before = (tmp_path / made).read_bytes()
    again = docgen("rollover", source, *APRIL, "-o", made)
    assert again.exit_code == 0 and "unchanged" in again.stderr
    assert (tmp_path / made).read_bytes() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_month_that_was_filled_in_is_not_overwritten(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    source, made = march(kind, docgen, tmp_path / "team.yaml"), as_next(kind, "april")
    rolled(docgen, source, tmp_path / made)
    change(tmp_path / made, "用手机登记", "用语音登记")
    before = (tmp_path / made).read_bytes()
    again = docgen("rollover", source, *APRIL, "-o", made)
    assert again.exit_code == 1 and "has been filled in since, or docgen.yaml" in again.stderr
    assert (tmp_path / made).read_bytes() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_late_correction_of_last_month_is_told(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    source, made = march(kind, docgen, tmp_path / "team.yaml"), as_next(kind, "april")
    rolled(docgen, source, tmp_path / made)
    before = (tmp_path / made).read_bytes()
    change(source, "用手机登记", "用语音登记")
    again = docgen("rollover", source, *APRIL, "-o", made)
    assert again.exit_code == 1 and "made from another state of team" in again.stderr
    assert (tmp_path / made).read_bytes() == before


def test_another_file_in_the_way_stays(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "april.yaml").write_text("mine", "utf-8")
    done = docgen("rollover", file(tmp_path / "team.yaml"), *APRIL, "-o", "april.yaml")
    assert done.exit_code == 1 and "is another file; choose another name" in done.stderr
    assert (tmp_path / "april.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize("kind", KINDS)
def test_a_source_is_never_written(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    source = march(kind, docgen, tmp_path / "team.yaml")
    before = source.read_bytes()
    done = docgen("rollover", source, *APRIL, "-o", source)
    assert done.exit_code == 2 and "one of the files that are rolled over" in done.stderr
    assert source.read_bytes() == before


@pytest.mark.parametrize("kind", KINDS)
def test_new_files_beside_the_old_are_known_when_it_runs_again(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    source = march(kind, docgen, tmp_path / "teams" / "team.yaml")
    assert docgen("rollover", "teams", *APRIL, "-o", "teams").exit_code == 0
    names = sorted(one.name for one in (tmp_path / "teams").iterdir())
    again = docgen("rollover", "teams", *APRIL, "-o", "teams")
    assert again.exit_code == 1 and "was rolled over" in again.stderr and "E102" in again.stderr
    assert (
        sorted(one.name for one in (tmp_path / "teams").iterdir())
        == names
        == sorted(["docgen.yaml", source.name, source.stem + "-2026-04" + source.suffix])
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_month_that_is_there_is_not_made_again(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    source = march(kind, docgen, tmp_path / "team.yaml")
    done = docgen("rollover", source, "--month", "2026-03", "-o", as_next(kind, "next"))
    assert done.exit_code == 1 and "E124" in done.stderr and "2026-03 already" in done.stderr
    assert not (tmp_path / as_next(kind, "next")).exists()


# Bad input


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_the_month_before_last_is_told(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    source = march(kind, docgen, tmp_path / "team.yaml")
    done = docgen("rollover", source, "--month", "2026-05", "-o", as_next(kind, "may"))
    assert done.exit_code == 0 and "There is no plan for April 2026" in done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_for_an_actual_is_no_figure(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    source = march(kind, docgen, tmp_path / "team.yaml", case(actual="约九成"))
    done = docgen("rollover", source, *APRIL, "-o", as_next(kind, "april"))
    assert "约九成" in done.output


@pytest.mark.parametrize("kind", KINDS)
def test_a_target_removed_by_hand_is_told_at_its_place(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    row = '  - {name: 回访率, current_value: 1, target_value: 2, unit: "%", due_date: 2026-08-31, data_source: 系统}'
    two = case().replace("months:", f"{row}\nmonths:")
    source = march(kind, docgen, tmp_path / "team.yaml", two)
    if kind == "yaml":
        change(source, "name: 客户拜访记录完整率", "name: 另一项指标")
    else:
        book = load_workbook(source)
        tab = next(tab for tab in book if any(str(cell.value) == "70" for row in tab.iter_rows() for cell in row))
        cell = next(cell for row in tab.iter_rows() for cell in row if cell.value == "客户拜访记录完整率")
        cell.value = "另一项指标"
        book.save(source)
    done = docgen("rollover", source, *APRIL, "-o", as_next(kind, "april"))
    assert done.exit_code == 1 and "E102" in done.stderr and "客户拜访记录完整率" in done.stderr
    assert not (tmp_path / as_next(kind, "april")).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_case_keeps_back_its_file_and_no_other(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    march(kind, docgen, tmp_path / "march" / "a.yaml", case(), case(number="S2", name="陈某", end="2026-02-30"))
    march(kind, docgen, tmp_path / "march" / "b.yaml", case(number="S3", name="曹某"))
    done = docgen("rollover", "march", *APRIL, "-o", "april/")
    assert done.exit_code == 1 and "E103" in done.stderr and "because of the problems listed" in done.stderr
    assert [one.name for one in (tmp_path / "april").iterdir()] == [as_next(kind, "b-2026-04")]
    assert "☐ not written, because of 陈某 in the same file" in done.stdout
    assert "People: 1 rolled over, 1 refused, 1 not written." in done.stdout


def test_a_file_in_which_nobody_has_begun_is_told_so(docgen: Docgen, tmp_path: Path) -> None:
    source = tmp_path / "team.yaml"
    source.write_text(case(start="2026-05-04").split("months:")[0], "utf-8")
    done = docgen("rollover", source, *APRIL, "-o", "april.yaml")
    assert "april.yaml: not written, as nobody in it has begun" in done.stderr


def test_a_file_that_cannot_be_read_keeps_back_a_whole(docgen: Docgen, tmp_path: Path) -> None:
    file(tmp_path / "march" / "a.yaml")
    (tmp_path / "march" / "b.yaml").write_text("case: [", "utf-8")
    assert docgen("rollover", "march", *APRIL, "-o", "april.yaml").exit_code == 1
    assert not (tmp_path / "april.yaml").exists()
    assert docgen("rollover", "march", *APRIL, "-o", "april/").exit_code == 1
    assert (tmp_path / "april" / "a-2026-04.yaml").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_two_supervisors_who_claim_one_person_are_both_told(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    march(kind, docgen, tmp_path / "march" / "a.yaml", case())
    march(
        kind, docgen, tmp_path / "march" / "b.yaml", case(start="2026-02-02", supervisor="顾某", supervisor_no="S0201")
    )
    march(kind, docgen, tmp_path / "march" / "c.yaml", case(number="S3", name="曹某"))
    done = docgen("rollover", "march", *APRIL, "-o", "april/")
    assert done.exit_code == 1 and done.stderr.count("two files claim this person") == 2
    assert as_next(kind, "a") in done.stderr and as_next(kind, "b") in done.stderr
    assert [one.name for one in (tmp_path / "april").iterdir()] == [as_next(kind, "c-2026-04")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("changes", [{}, {"supervisor": "顾某", "supervisor_no": "S0201"}])
def test_one_case_in_two_files_is_written_to_neither(
    kind: str, changes: Mapping[str, str], docgen: Docgen, tmp_path: Path
) -> None:
    march(kind, docgen, tmp_path / "march" / "a.yaml", case())
    march(kind, docgen, tmp_path / "march" / "b.yaml", case(**changes))
    done = docgen("rollover", "march", *APRIL, "-o", "april/")
    assert done.exit_code == 1 and not (tmp_path / "april").exists()
    for name in ("a", "b"):
        place = str(Path("march") / as_next(kind, name))
        assert any(line.startswith(place) and "rror" in line for line in done.stderr.splitlines()), done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_where_nobody_goes_on_nothing_is_written(kind: str, docgen: Docgen, tmp_path: Path) -> None:
    final = (
        "interviews:\n  - {type: final, date: 2026-08-31, achievements: 完成, progress: improved, final_result: met}\n"
    )
    source = march(kind, docgen, tmp_path / "team.yaml", case() + final)
    done = docgen("rollover", source, "--month", "2026-09", "-o", as_next(kind, "next"))
    assert done.exit_code == 0 and "nobody in it goes on" in done.stderr and "1 finished" in done.stdout
    assert not (tmp_path / as_next(kind, "next")).exists()


def test_without_a_case_there_is_nothing_to_do(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "march").mkdir()
    done = docgen("rollover", "march", *APRIL, "-o", "april/")
    assert done.exit_code == 1 and "no case to roll over" in done.stdout
    assert docgen("rollover", "nowhere.yaml", *APRIL, "-o", "april/").exit_code == 2


def test_two_files_that_would_get_one_name_are_told(docgen: Docgen, tmp_path: Path) -> None:
    file(tmp_path / "a" / "team.yaml")
    file(tmp_path / "b" / "team.yaml", case(number="S2", name="陈某"))
    done = docgen("rollover", "a", "b", *APRIL, "-o", "april/")
    assert done.exit_code == 2 and "would both become" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--month", "april", "-o", "next"), "--month april"),
        (("--month", "2026-13", "-o", "next"), "--month 2026-13"),
        ((*APRIL, "-o", "next.txt"), "name it .xlsx or .yaml"),
        ((*APRIL, "-o", " "), "-o is empty"),
    ],
)
def test_what_can_not_be_done_is_told(arguments: Sequence[str], told: str, docgen: Docgen, tmp_path: Path) -> None:
    done = docgen("rollover", file(tmp_path / "team.yaml"), *arguments)
    assert done.exit_code == 2 and told in done.stderr


def test_a_foreign_tab_is_not_carried_and_that_is_told(docgen: Docgen, tmp_path: Path) -> None:
    source = workbook(docgen, file(tmp_path / "team.yaml"), "--layout", "table")
    book = load_workbook(source)
    book.create_sheet("My notes")["A1"] = "call them"
    book.save(source)
    done = docgen("rollover", source, *APRIL, "-o", "april.xlsx")
    assert "My notes" in done.stderr and "The new file does not have it" in done.stderr
    assert "My notes" not in load_workbook(tmp_path / "april.xlsx").sheetnames


# For programs


def test_json_tells_all_of_it(docgen: Docgen, tmp_path: Path) -> None:
    done = docgen("rollover", file(tmp_path / "team.yaml"), *APRIL, "-o", "april.yaml", "--json")
    told: dict[str, Any] = json.loads(done.stdout)
    assert done.stderr == "" and told["month"] == "2026-04" and told["problems"] == []
    (made,) = told["files"]
    assert (made["file"], made["kind"], made["state"], made["reason"]) == ("april.yaml", "month", "written", "")
    (one,) = told["cases"]
    assert (one["case"], one["state"], one["file"], one["new_cycle"]) == ("S1-202603", "rolled", "april.yaml", "")
    carried = one["events"][0]
    assert (carried["kind"], carried["rule"], carried["to_do"]) == ("carried", "R7", True)
    assert carried["path"] == "months.0.measures.0" and carried["details"]["what"] == "拜访后当天登记"
    assert carried["details"]["month"] == "2026-03" and carried["details"]["status"] == "Partly done"
    assert told["counts"] == {
        **{"rolled": 1, "not_begun": 0, "finished": 0, "past_end": 0, "refused": 0, "not_written": 0},
        **{"closed": 0, "paused": 0},
        **{"measures_carried": 1, "measures_proposed": 0, "to_fill": one["to_fill"]},
    }
    assert one["to_fill"] == 1


def test_the_new_record_is_that_of_the_file(docgen: Docgen, tmp_path: Path) -> None:
    docgen("rollover", file(tmp_path / "team.yaml"), *APRIL, "-o", "april.yaml")
    (record,) = read(tmp_path / "april.yaml").records
    assert isinstance(record, Record)
    text = (tmp_path / "april.yaml").read_text("utf-8")
    assert text.startswith("# Cases for docgen, rolled over to 2026-04 from team.yaml.")


@pytest.mark.parametrize(("written", "said"), [("foo", "foo"), ("steady", "")])
def test_a_wrong_verdict_of_a_talk_keeps_a_case_back_and_nothing_else_of_it_is_asked(
    written: str, said: str, docgen: Docgen, tmp_path: Path
) -> None:
    talk = f"interviews:\n  - {{type: monthly, date: 2026-03-30, progress: {written}}}\n"
    march = file(tmp_path / "march" / "march.yaml", case() + talk)
    result = docgen("rollover", march, *APRIL, "-o", tmp_path / "april.yaml", "--language", "en")
    assert result.exit_code == (1 if said else 0), result.output
    assert (said in result.stderr) and "trength" not in result.stderr
