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
    return load_run(read_cases(paths), definitions, ["letter"], date(2026, 1, 5), only=only)


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
