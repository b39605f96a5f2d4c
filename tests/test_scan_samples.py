"""The pile in samples/scans is of the letters that samples/team.yaml gives today: taken in as the README tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.app import app
from tests.scans.office import issue_letters

PILE = Path(__file__).resolve().parent.parent / "samples" / "scans"
MOST = 600_000
LETTERS = ("C0412", "J0236", "P0588", "S0987", "S1101")
"""Employees whose letters are in the pile."""


def docgen(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose letters came back."""
    out = tmp_path_factory.mktemp("office") / "papers"
    issue_letters(out, LETTERS)
    result = docgen("archive", "add", PILE, "-o", out, "--jobs", "1", "--language", "en")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        1,
        "Pages: 12 = 9 filed + 1 of copies that lack pages + 1 waiting for a person + 1 blank",
    ), "python -m samples.make_scans, if the letters are meant to be others"
    return out


def test_the_pile_is_small() -> None:
    assert sum(file.stat().st_size for file in PILE.iterdir()) < MOST


def test_the_letters_find_their_cases(taken_in: Path) -> None:
    signed = sorted(file.name.split("-")[0] for file in (taken_in / "archive" / "signed").rglob("*.pdf"))
    lacking = [file.name.split("-")[0] for file in (taken_in / "archive" / "incomplete").glob("*.pdf")]
    assert signed == [one for one in LETTERS if one not in lacking]
    assert lacking == ["P0588"]


def test_the_statement_waits_for_a_person(taken_in: Path) -> None:
    (waiting,) = json.loads(docgen("archive", "queue", taken_in, "--json").stdout)["waiting"]
    assert (waiting["why"], waiting["file_page"]) == ("no_code", 3)


def test_status_and_verify_tell_the_rest_of_the_story(taken_in: Path) -> None:
    papers = json.loads(docgen("archive", "status", taken_in, "--json").stdout)["papers"]
    states = {paper["number"].split("-")[0]: paper["state"] for paper in papers}
    assert states == {one: "incomplete" if one == "P0588" else "returned" for one in LETTERS}
    assert docgen("archive", "verify", taken_in).exit_code == 0
