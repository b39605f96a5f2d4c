from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from docgen.model.problems import Problem
from docgen.office.run import Run, load_run
from docgen.sources.cases import Reading, read_cases
from tests.sources.books import TODAY, definitions, saved

MARCH = """
- case: {employee_no: S1, employee_name: A. Wang, period_start: 2026-01-05}
  months: [{month: 2026-03, prepared_on: 2026-03-01}]
- case: {employee_no: S2, employee_name: B. Chen, period_start: 2026-01-05}
  months: [{month: 2026-03, prepared_on: 2026-03-01}]
"""


def rolled(text: str, month: str, *before: str) -> str:
    """The file that rolling ``before`` over would give: a head and a new month in each case."""
    digests = ", ".join(sha256(one.encode()).hexdigest() for one in before)
    head = f"- rolled_over: {{month: {month}, from: [{digests}]}}\n  case:"
    kept = "\n".join(line for line in text.splitlines() if "rolled_over" not in line).replace("  case:", "- case:")
    return (
        kept.replace("- - case:", "- case:")
        .replace("- case:", head)
        .replace("months: [", f"months: [{{month: {month}}}, ")
    )


APRIL = rolled(MARCH, "2026-04", MARCH)
MAY = rolled(APRIL, "2026-05", APRIL)


def read(folder: Path, **files: str) -> Reading:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return read_cases([folder], definitions())


def run(reading: Reading) -> Run:
    return load_run(reading, definitions(), ["monthly"], TODAY)


def about_files(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    """Code, file, and what is said, with the names of files alone."""
    found = [one for one in problems if one.code == "E102"]
    folder = str(Path(found[0].position.source).parent) + "/" if found else ""
    return [(one.code, Path(one.position.source).name, one.message.en.replace(folder, "")) for one in found]


def sources(reading: Reading) -> list[str]:
    return [Path(record.source).name for record in reading.records]


def test_of_a_file_and_its_successor_the_successor_counts(tmp_path: Path) -> None:
    reading = read(tmp_path, a=APRIL, b=MARCH)
    assert sources(reading) == ["a.yaml", "a.yaml"]
    said = "a.yaml holds all that it says, and the month 2026-04. It was left out."
    assert about_files(reading.problems) == [("E102", "b.yaml", f"This file was rolled over: {said}")]
    assert reading.problems[0].kind != ""
    assert about_files(run(reading).all_problems) == about_files(reading.problems)
    assert "E102" not in {one.code for checked, _ in run(reading).cases for one in checked.problems}


def test_of_three_generations_each_older_one_is_named_with_the_newest(tmp_path: Path) -> None:
    reading = read(tmp_path, a=MARCH, b=APRIL, c=MAY)
    assert sources(reading) == ["c.yaml", "c.yaml"]
    assert [(file, "c.yaml holds" in said) for _, file, said in about_files(reading.problems)] == [
        ("a.yaml", True),
        ("b.yaml", True),
    ]


def test_each_copy_of_an_older_file_is_named(tmp_path: Path) -> None:
    reading = read(tmp_path, a=MARCH, b=APRIL, c=MARCH)
    assert sources(reading) == ["b.yaml", "b.yaml"]
    assert [file for _, file, _ in about_files(reading.problems)] == ["a.yaml", "c.yaml"]


def test_a_generation_may_lie_between(tmp_path: Path) -> None:
    reading = read(tmp_path, a=MARCH, c=MAY)
    assert sources(reading) == ["c.yaml", "c.yaml"]
    assert [(file, "2026-05" in said) for _, file, said in about_files(run(reading).all_problems)] == [("a.yaml", True)]


def test_a_file_changed_after_its_roll_over_is_told_once_and_keeps_the_newer_back(tmp_path: Path) -> None:
    reading = read(tmp_path, march=MARCH + "  support: [{item: Course}]\n", april=APRIL)
    assert sources(reading) == ["april.yaml", "april.yaml"]
    found = run(reading)
    said = "Cases in both: S1-202601, S2-202601."
    assert about_files(found.all_problems) == [
        ("E102", "march.yaml", f"april.yaml was rolled over to 2026-04, but not from this file as it is now. {said}")
    ]
    assert [checked.blocked for checked, _ in found.cases] == [frozenset({"monthly"})] * 2


def test_talks_kept_in_another_file_go_on_with_the_successor(tmp_path: Path) -> None:
    talk = "case: {employee_no: S1, period_start: 2026-01-05}\ninterviews: [{type: monthly, date: 2026-03-31}]\n"
    one = MARCH[: MARCH.index("- case: {employee_no: S2")]
    later = talk + "support: [{item: Course}]\n"
    (record,) = read(tmp_path, talks=later, team=rolled(one, "2026-04", one, talk)).records
    assert (len(record.data["months"]), len(record.data["interviews"])) == (2, 1)
    assert record.rolled is not None
    assert record.rolled.month == "2026-04"


def test_files_that_were_never_rolled_over_are_told_as_before(tmp_path: Path) -> None:
    reading = read(tmp_path, a=MARCH, b=MARCH.replace("Wang", "Wong"))
    assert len(reading.records) == 4
    assert {one.message.en[:16] for record in reading.records for one in record.problems} >= {"The month 2026-0"}


def test_a_workbook_replaces_the_workbook_it_was_made_of(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [["Employee number", "Name", "Period starts"]]
    rows += [["S1", "A. Wang", "2026-01-05"], ["S2", "B. Chen", None]]
    march = saved(tmp_path / "march.xlsx", *rows)
    digest = sha256(march.read_bytes()).hexdigest()
    april = saved(tmp_path / "april.xlsx", *rows, rolled_over="2026-04", predecessor=digest)
    reading = read_cases([march, april], definitions())
    assert (sources(reading), len(reading.waiting)) == (["april.xlsx"], 1)
    assert about_files(reading.problems)[0][1] == "march.xlsx"
    (problem,) = [one for one in reading.problems if one.code == "E102"]
    assert problem.fix.zh.startswith("请只指定") and str(april) in problem.fix.zh


def without(text: str, number: str) -> str:
    """The file without the case of this employee."""
    first, *cases = text.split("- ", 1)[1].split("\n- ")
    return "".join(f"- {one.strip(chr(10))}\n" for one in (first, *cases) if f"employee_no: {number}," not in one)


def test_a_case_that_the_successor_lacks_is_read_from_the_older_file_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, march=MARCH, april=without(APRIL, "S2"))
    assert [(Path(one.source).name, one.data["case"]["employee_no"]) for one in reading.records] == [
        ("april.yaml", "S1"),
        ("march.yaml", "S2"),
    ]
    ((_, file, said),) = about_files(reading.problems)
    assert file == "march.yaml" and "S2-202601" in said and "S1" not in said and "april.yaml" in said
    assert not reading.replaced and len(reading.sources) == 2


def test_a_file_cut_in_two_after_its_roll_over_replaces_the_whole(tmp_path: Path) -> None:
    reading = read(tmp_path, a=without(APRIL, "S1"), b=without(APRIL, "S2"), march=MARCH)
    assert sources(reading) == ["a.yaml", "b.yaml"]
    ((_, file, said),) = about_files(reading.problems)
    assert file == "march.yaml" and "a.yaml, b.yaml holds" in said


def test_what_a_generation_between_still_holds_is_read_from_there(tmp_path: Path) -> None:
    reading = read(tmp_path, a=MARCH, b=APRIL, c=without(MAY, "S2"))
    assert sources(reading) == ["b.yaml", "c.yaml"]
    assert [(file, "S2-202601" in said) for _, file, said in about_files(reading.problems)] == [
        ("a.yaml", False),
        ("b.yaml", True),
    ]


def test_a_case_whose_number_changed_with_its_period_is_not_missed(tmp_path: Path) -> None:
    reading = read(tmp_path, a=MARCH, b=APRIL.replace("2026-01-05", "2026-02-02"))
    assert sources(reading) == ["b.yaml", "b.yaml"]


def test_an_earlier_cycle_of_somebody_who_is_there_is_missed(tmp_path: Path) -> None:
    march = MARCH + "- case: {employee_no: S1, employee_name: A. Wang, period_start: 2025-01-06}\n"
    april = rolled(march, "2026-04", march)
    reading = read(tmp_path, a=march, b=april[: april.rindex("- rolled_over")])
    first = reading.records[0]
    assert (Path(first.source).name, first.data["case"]["period_start"]) == ("a.yaml", "2025-01-06")


def test_a_replaced_file_is_no_source_any_more(tmp_path: Path) -> None:
    reading = read(tmp_path, a=MARCH, b=APRIL)
    assert [Path(name).name for name in reading.sources] == ["b.yaml"]
    assert [Path(name).name for name in reading.replaced] == ["a.yaml"]
