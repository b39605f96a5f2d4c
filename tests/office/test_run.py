"""Cases are checked with the settings of their own office."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.errors import UsageError
from docgen.office.report import as_json
from docgen.office.run import Run, load_run
from docgen.sources.cases import read_cases

ACCEPTED = "accept: [{rule: w222, reason: namesakes are known}]\n"


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


def office(folder: Path, settings: str, employee_no: str) -> Path:
    folder.mkdir()
    (folder / "docgen.yaml").write_text(settings, "utf-8")
    (folder / "case.yaml").write_text(
        f"case: {{employee_no: {employee_no}, employee_name: 王某, period_start: 2026-01-05}}\n", "utf-8"
    )
    return folder


def run(definitions: Definitions, *paths: Path, only: tuple[str, ...] = ()) -> Run:
    return load_run(read_cases(paths, definitions), definitions, ["letter"], date(2026, 1, 5), only=only)


@pytest.mark.parametrize(("accepting", "told"), [("first", ["W222"]), ("second", []), ("none", ["W222"])])
def test_an_office_accepts_warnings_of_its_own_cases_only(
    definitions: Definitions, tmp_path: Path, accepting: str, told: list[str]
) -> None:
    """A warning that lies between two cases stands in the later one."""
    folders = [
        office(tmp_path / name, ACCEPTED if name == accepting else "copies: 2\n", number)
        for name, number in (("first", "S1"), ("second", "S2"))
    ]
    assert [one.code for one in run(definitions, *folders).all_problems if one.code == "W222"] == told


def test_an_identity_number_is_nowhere_repeated(definitions: Definitions, tmp_path: Path) -> None:
    found = run(definitions, office(tmp_path / "a", "copies: 2\n", "110101 19900307 8515")).all_problems
    (problem,) = [one for one in found if one.code == "E110"]
    assert problem.value == "110…15"
    told = as_json(found, "en") + as_json(found, "zh")
    assert "19900307" not in told and json.loads(as_json(found, "en"))["problems"]


def test_of_a_file_that_can_not_be_read_its_problem_is_told_and_not_the_missing_case(
    definitions: Definitions, tmp_path: Path
) -> None:
    (tmp_path / "case.yaml").write_text("case: [", "utf-8")
    assert [one.code for one in run(definitions, tmp_path / "case.yaml", only=("S1",)).all_problems] == ["E100"]
    with pytest.raises(UsageError):
        run(definitions, office(tmp_path / "a", "copies: 2\n", "S2"), only=("S1",))


def test_cases_whose_rows_lack_what_belongs_below_them_are_compared_nevertheless(
    definitions: Definitions, tmp_path: Path
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    for number in ("S1", "S2"):
        (folder / f"{number}.yaml").write_text(
            f"case: {{employee_no: {number}}}\ngaps: [{{area: 拜访}}]\nmonths: [{{}}]\n", "utf-8"
        )
    found = load_run(read_cases([folder], definitions), definitions, ["plan", "monthly"], date(2026, 1, 5)).all_problems
    assert {"S1", "S2"} <= {Path(one.position.source).stem for one in found}


PRIVATE = "\ue123"


def glyphs(definitions: Definitions, *paths: Path, handwrite: bool = False) -> list[tuple[str, tuple[int, int]]]:
    found = load_run(
        read_cases(paths, definitions), definitions, ["letter"], date(2026, 1, 5), handwrite=handwrite
    ).all_problems
    return [
        (Path(one.position.source).name, (one.position.line, one.position.column))
        for one in found
        if one.code == "E118"
    ]


def test_a_character_without_a_glyph_in_the_settings_is_told_once_at_its_place(
    definitions: Definitions, tmp_path: Path
) -> None:
    folder = office(tmp_path / "a", f"copies: 2\ncompany_name: 华{PRIVATE}公司\n", "S1")
    (folder / "other.yaml").write_text((folder / "case.yaml").read_text("utf-8").replace("S1", "S2"), "utf-8")
    assert glyphs(definitions, folder) == [("docgen.yaml", (2, 15))]
    assert glyphs(definitions, folder, handwrite=True) == []


def test_a_character_without_a_glyph_that_is_written_as_an_escape_is_found(
    definitions: Definitions, tmp_path: Path
) -> None:
    folder = office(tmp_path / "a", "copies: 2\n", "S1")
    (folder / "case.yaml").write_text(
        'case:\n  employee_no: S1\n  employee_name: "王\\ue123"\n  period_start: 2026-01-05\n', "utf-8"
    )
    assert glyphs(definitions, folder) == [("case.yaml", (3, 18))]


def test_what_only_a_comment_holds_is_no_problem(definitions: Definitions, tmp_path: Path) -> None:
    folder = office(tmp_path / "a", f"copies: 2  # {PRIVATE}\n", "S1")
    case = folder / "case.yaml"
    case.write_text(f"# {PRIVATE}\n{case.read_text('utf-8')}", "utf-8")
    assert glyphs(definitions, folder) == []


def test_the_same_text_is_judged_alike_in_every_case(definitions: Definitions, tmp_path: Path) -> None:
    """What a short text was read as is kept; a fault or a note is told of each case nevertheless."""
    folder = office(tmp_path / "a", "copies: 2\n", "S1")
    for number in ("S2", "S3"):
        (folder / f"{number}.yaml").write_text(
            f"case: {{employee_no: {number}, employee_name: 王某, period_start: 20260230, issue_date: 46027}}\n",
            "utf-8",
        )
    found = run(definitions, folder).all_problems
    for code in ("E103", "I206"):
        places = [Path(one.position.source).stem for one in found if one.code == code]
        assert {"S2", "S3"} <= set(places), (code, places)
