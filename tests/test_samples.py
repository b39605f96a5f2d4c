"""The samples are what they claim to be: sound cases, and faulty ones with exactly their fault."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from docgen.checking.across_cases import across
from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.cli.app import app
from docgen.company import find_settings
from docgen.definitions.definition import Definitions, Form
from docgen.definitions.load import load_definitions
from docgen.model.problems import Problem, Severity
from docgen.model.record import Record
from docgen.office.glyphs import Glyphs
from docgen.office.report import plain
from docgen.office.run import load_run
from docgen.sources.cases import read_cases
from docgen.sources.settings import read_settings

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SOUND = ("wang.yaml", "en/wang.yaml", "late-report.yaml", "short.yaml", "team.yaml", "uk/support-desk.yaml")
ENDED = ("closed/wang.yaml", "closed/wang-en.yaml")
FAULTY = sorted((SAMPLES / "faulty").glob("*.yaml"))
NOT_HERE = {
    **{
        "E121": "only in the United Kingdom",
        "W223": "lies in the settings",
        "E124": "told of rolling over",
        "W249": "told of rolling over",
        **dict.fromkeys(("I207", "W251", "W252", "W253"), "told of what was decided on a case"),
    },
    **dict.fromkeys(("E260", "W260", "W261"), "told of a company's templates"),
    **dict.fromkeys(("W237", "W238", "W239", "W240", "W241"), "told of workbooks"),
}
TODAY = date(2026, 6, 30)
ALL_FORMS = ("letter", "plan", "monthly", "notes")


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


@pytest.fixture(scope="module")
def checker(definitions: Definitions) -> Checker:
    return Checker(definitions)


def check(path: Path, checker: Checker) -> tuple[list[Checked], list[Problem]]:
    """Every case of a file as checked, and all problems of the file."""
    settings, problems = read_settings(find_settings(path), checker.definitions)
    assert not problems
    reading = read_cases([path], load_definitions())
    checked = [checker.validate(record, settings, None, TODAY) for record in reading.records]
    found = [*reading.problems, *(problem for one in checked for problem in one.problems)]
    found += [problem for one in checked for problem in Glyphs(checker.definitions).in_case(one)]
    return checked, [*found, *across(checked, checker.definitions, settings)]


def warnings(problems: list[Problem]) -> Counter[str]:
    return Counter(problem.code for problem in problems if problem.severity is not Severity.ERROR)


@pytest.mark.parametrize("name", (*SOUND, *ENDED))
def test_sound_samples_have_no_errors(name: str, checker: Checker) -> None:
    _, problems = check(SAMPLES / name, checker)
    assert [str(one.position) + " " + one.code for one in problems if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize("name", ["wang.yaml", "en/wang.yaml", "late-report.yaml", "uk/support-desk.yaml", *ENDED])
def test_single_samples_have_no_warnings_either(name: str, checker: Checker) -> None:
    assert warnings(check(SAMPLES / name, checker)[1]) == {}


def test_the_team_warns_only_of_what_it_shows(checker: Checker) -> None:
    assert warnings(check(SAMPLES / "team.yaml", checker)[1]) == {"W222": 1, "I205": 1}


@pytest.mark.parametrize("name", ["wang.yaml", "en/wang.yaml"])
def test_wang_asks_for_all_four_forms_with_two_months_and_two_talks(name: str, checker: Checker) -> None:
    checked, _ = check(SAMPLES / name, checker)
    assert checked[0].forms == ALL_FORMS
    values = checked[0].case.values
    assert [str(month["month"]) for month in values["months"]] == ["2026-01", "2026-02"]
    assert [talk["type"] for talk in values["interviews"]] == ["launch", "monthly"]
    assert not values["interviews"][0]["achievements"]


def test_both_wangs_tell_the_same_case(checker: Checker) -> None:
    chinese, english = (check(SAMPLES / name, checker)[0][0].case.values for name in ("wang.yaml", "en/wang.yaml"))
    for sheet in ("gaps", "targets", "steps", "support", "reviews", "months", "interviews"):
        assert len(chinese[sheet]) == len(english[sheet])
    for field in ("target_value", "weight", "due_date", "smart"):
        assert [row[field] for row in chinese["targets"]] == [row[field] for row in english["targets"]]


def test_the_late_report_is_two_days_late(checker: Checker) -> None:
    gap = check(SAMPLES / "late-report.yaml", checker)[0][0].case.values["gaps"][0]
    assert (gap["direction"], gap["gap_value"]) == ("on_date", 2)
    assert {cause["viewpoint"] for cause in gap["causes"]} == {"environment", "supervisor", "employee"}


def test_the_team_shows_every_kind_of_case(checker: Checker) -> None:
    checked, _ = check(SAMPLES / "team.yaml", checker)
    values = [one.case.values for one in checked]
    cases = [one["case"] for one in values]
    names = Counter(case["employee_name"] for case in cases)
    assert len(cases) == 12
    assert len({case["department"] for case in cases}) >= 6
    assert max(names.values()) == 2
    assert [case["party"] for case in cases].count("department") == 1
    assert [one.forms for one in checked].count(("monthly",)) == 1
    assert Counter(case["language"] for case in cases) == {"zh": 9, "en": 2, "both": 1}
    assert any(case["cycle_number"] == 2 and case["previous_case_id"] for case in cases)
    assert {target["measure_class"] for one in values for target in one["targets"]} == {
        "quantitative",
        "qualitative",
        "milestone",
    }
    assert any(getattr(t["target_value"], "number", None) == 0 for one in values for t in one["targets"])
    assert any(ord(letter) > 0xFFFF for case in cases for letter in case["supervisor_name"])


def test_the_longest_of_the_team_is_long_and_the_shortest_short(checker: Checker) -> None:
    sizes = [
        tuple(len(one.case.values[sheet]) for sheet in ("gaps", "targets", "steps", "support"))
        for one in check(SAMPLES / "team.yaml", checker)[0]
    ]
    assert max(sizes) == (3, 6, 8, 5)
    assert min(sizes) == (0, 1, 0, 1)


# The faulty ones: each alone, and all of them in one run, where they must not be taken for copies of one another.

Found = dict[str, list[tuple[str, str, str, int | None]]]


def expected(path: Path) -> list[Mapping[str, Any]]:
    problems: list[Mapping[str, Any]] = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))["problems"]
    return problems


def by_file(problems: Iterable[Mapping[str, Any]]) -> Found:
    found: Found = defaultdict(list)
    for one in problems:
        found[Path(one["source"]).name].append((one["code"], one["severity"], one["path"], one["line"]))
    return {name: sorted(of, key=str) for name, of in found.items()}


EXPECTED = by_file({"source": path.name, **one} for path in FAULTY for one in expected(path))


CHECK = ("check", *(str(path.relative_to(SAMPLES.parent)) for path in FAULTY), "--language", "en")
"""``docgen check samples/faulty/*.yaml`` as it is typed in the folder of the project."""


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.stem)
def test_each_faulty_sample_has_exactly_its_fault(path: Path, checker: Checker) -> None:
    found = [plain(problem, "en") for problem in check(path, checker)[1]]
    assert by_file(found) == {path.name: EXPECTED[path.name]}
    assert all(one["message"] and one["fix"] for one in found)


def test_all_faulty_samples_together_have_exactly_their_faults(definitions: Definitions) -> None:
    run = load_run(read_cases(FAULTY, definitions), definitions, (), TODAY)
    assert by_file(plain(problem, "en") for problem in run.all_problems) == EXPECTED


def test_the_folder_of_faulty_samples_gives_the_same_as_its_files(definitions: Definitions) -> None:
    run = load_run(read_cases([SAMPLES / "faulty"], definitions), definitions, (), TODAY)
    assert by_file(plain(problem, "en") for problem in run.all_problems) == EXPECTED


def test_check_finds_exactly_what_the_files_beside_the_samples_say() -> None:
    command = [sys.executable, "-X", "utf8", "-m", "docgen", *CHECK, "--json"]
    result = subprocess.run(command, cwd=SAMPLES.parent, capture_output=True, encoding="utf-8", check=False)
    assert (result.returncode, result.stderr) == (1, "")
    assert by_file(json.loads(result.stdout)["problems"]) == EXPECTED


def test_check_names_every_fault_with_its_place_to_a_reader(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(SAMPLES.parent)
    result = CliRunner().invoke(app, CHECK, catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (1, "")
    *lines, summary = result.stdout.splitlines()
    told = Counter(_place_and_code(line) for line in lines)
    assert told == Counter((name, line, code) for name, of in EXPECTED.items() for code, _, _, line in of)
    severities = Counter(severity for of in EXPECTED.values() for _, severity, _, _ in of)
    assert summary == f"{severities['error']} errors, {severities['warning']} warnings, {severities['info']} notes"


def _place_and_code(line: str) -> tuple[str, int | None, str]:
    """``samples/faulty/a.yaml:3:1: error E101: …`` without its words."""
    place, severity_and_code, _ = line.split(": ", 2)
    file, *at = place.split(":")
    return Path(file).name, int(at[0]) if at else None, severity_and_code.split()[1]


def test_every_faulty_sample_says_what_to_expect_and_nothing_else_does() -> None:
    said = {path.name.removesuffix(".expected.json") for path in (SAMPLES / "faulty").glob("*.expected.json")}
    assert said == {path.stem for path in FAULTY}
    assert all(EXPECTED[path.name] for path in FAULTY)


def test_every_rule_that_these_settings_let_a_case_break_has_a_sample(definitions: Definitions) -> None:
    rules = {rule.code for rule in definitions.rules} | {"E100"}
    shown = {code for of in EXPECTED.values() for code, *_ in of}
    assert rules - shown == set(NOT_HERE)
    assert shown <= rules


def test_a_character_that_no_font_has_is_named(checker: Checker) -> None:
    (problem,) = check(SAMPLES / "faulty" / "no-glyph.yaml", checker)[1]
    assert "U+3134A" in problem.message.en


def test_two_megabytes_in_one_field_are_one_problem(tmp_path: Path, checker: Checker) -> None:
    text = (SAMPLES / "wang.yaml").read_text(encoding="utf-8")
    huge = tmp_path / "huge.yaml"
    huge.write_text(text.replace("area: 年销售额", "area: " + "销" * 700_000), encoding="utf-8")
    (tmp_path / "docgen.yaml").write_bytes((SAMPLES / "docgen.yaml").read_bytes())
    (problem,) = check(huge, checker)[1]
    assert (problem.code, problem.path) == ("E103", ("gaps", 0, "area"))
    assert len(problem.value) < 100


# The budget of what has to be typed, held by a sample with nothing but typed fields.


def typed_cells(data: Any, sheet: str, definitions: Definitions) -> Iterator[tuple[str, str]]:
    """(sheet, field) of every cell below one row of ``sheet`` that somebody has to type; a list counts item by item."""
    for key, value in data.items():
        field = definitions.sheets[sheet].fields.get(key)
        if field is None:
            for row in value:
                yield from typed_cells(row, key, definitions)
        elif field.entry == "typed":
            yield from [(sheet, key)] * (len(value) if isinstance(value, list) else 1)


def cells_of(record: Record, definitions: Definitions) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for sheet, content in record.data.items():
        for row in [content] if isinstance(content, Mapping) else content:
            counted.update(typed_cells(row, sheet, definitions))
    return counted


def used_by(form: Form) -> set[tuple[str, str]]:
    printed = {(sheet, name) for sheet, names in form.prints.items() for name in names}
    return printed | {(sheet, wanted.field) for sheet, found in form.requires.items() for wanted in found}


@pytest.fixture(scope="module")
def short(definitions: Definitions) -> Counter[tuple[str, str]]:
    (record,) = read_cases([SAMPLES / "short.yaml"], definitions).records
    rows = {sheet: len(record.data[sheet]) for sheet in ("gaps", "targets", "steps", "support")}
    assert rows == {"gaps": 1, "targets": 3, "steps": 3, "support": 2}
    return cells_of(record, definitions)


def test_a_letter_is_typed_in_at_most_35_cells(short: Counter[tuple[str, str]], definitions: Definitions) -> None:
    used = used_by(definitions.forms["letter"])
    assert 20 < sum(count for cell, count in short.items() if cell in used) <= 35


def test_the_plan_takes_at_most_40_cells_more(short: Counter[tuple[str, str]], definitions: Definitions) -> None:
    more = used_by(definitions.forms["plan"]) - used_by(definitions.forms["letter"])
    assert 20 < sum(count for cell, count in short.items() if cell in more) <= 40


def test_a_month_is_typed_in_at_most_25_cells(short: Counter[tuple[str, str]]) -> None:
    month = ("months", "indicators", "differences", "measures")
    assert 10 < sum(count for (sheet, _), count in short.items() if sheet in month) <= 25


def test_a_talk_is_prepared_in_at_most_5_cells(short: Counter[tuple[str, str]]) -> None:
    assert 1 < sum(count for (sheet, _), count in short.items() if sheet == "interviews") <= 5
