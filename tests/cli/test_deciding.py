"""``docgen close``, ``pause``, ``extend``, ``void`` and their like, and what other commands make of them."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from docgen.office.ledger import Ledger
from tests.cli.conftest import Docgen
from tests.office.record_help import on_record

CASE, LETTER = "S1024-202601", "S1024-202601-L"
WHY = ("--why", "agreed with both")
COMMANDS = {
    "close": (CASE, *WHY),
    "reopen": (CASE, *WHY),
    "pause": (CASE, "--from", "2026-02-01", "--until", "2026-03-31", *WHY),
    "resume": (CASE, "--from", "2026-03-16"),
    "extend": (CASE, "--to", "2199-12-31", *WHY),
    "void": (LETTER, *WHY),
}
BEFORE = {"reopen": ["close"], "resume": ["pause"]}
"""What a command takes back."""


@pytest.fixture
def case(docgen: Docgen, samples: Path) -> Path:
    """A case beside its settings, of which something is on record in ./out."""
    shutil.copy(samples / "wang.yaml", "case.yaml")
    shutil.copy(samples / "docgen.yaml", ".")
    on_record(Path("out"), {CASE: "S1024"}, "王某")
    return Path("case.yaml")


def planned(docgen: Docgen, case: Path, *options: str) -> Result:
    return docgen("generate", case, "--dry-run", "--forms", "plan,monthly,notes", *options)


def events() -> list[str]:
    return [entry.event for entry in Ledger(Path("out")).read().entries][2:]


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_decision_is_told_and_recorded_with_its_reason(name: str, language: str, docgen: Docgen) -> None:
    for before in BEFORE.get(name, []):
        docgen(before, *COMMANDS[before])
    result = docgen("--language", language, name, *COMMANDS[name])
    assert result.exit_code == 0 and result.stdout.startswith(CASE) and result.stdout.count("\n") == 1
    (*_, last) = Ledger(Path("out")).read().entries
    assert last.on == date.today() and last.details["why"] == ("" if name == "resume" else WHY[1])


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_dry_run_records_nothing(name: str, docgen: Docgen) -> None:
    if name == "resume":
        docgen("pause", *COMMANDS["pause"])
    before = events()
    assert docgen(name, *COMMANDS[name], "--dry-run").stdout.startswith("Would be recorded: " + CASE)
    assert events() == before


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_not_on_record_is_refused_and_the_nearest_named(name: str, docgen: Docgen) -> None:
    wrong = COMMANDS[name][0].replace("1024", "1025")
    result = docgen(name, COMMANDS[name][0], wrong, *COMMANDS[name][1:])
    assert result.exit_code == 2 and f"did you mean {COMMANDS[name][0]!r}" in result.stderr
    assert events() == []


@pytest.mark.parametrize("name", COMMANDS)
def test_where_nothing_is_on_record_nothing_is_made(name: str, docgen: Docgen) -> None:
    result = docgen(name, *COMMANDS[name], "-o", "elsewhere")
    assert result.exit_code == 2 and "elsewhere" in result.stderr
    assert list(Path().iterdir()) == []


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"resume"}))
def test_a_reason_is_asked_for(name: str, docgen: Docgen) -> None:
    for without in (COMMANDS[name][:-2], (*COMMANDS[name][:-1], " ")):
        result = docgen(name, *without)
        assert result.exit_code == 2 and "--why" in result.stderr
    assert events() == []


@pytest.mark.usefixtures("case")
def test_a_pause_does_not_end_before_it_begins(docgen: Docgen) -> None:
    result = docgen("pause", CASE, "--from", "2026-03-02", "--until", "2026-03-01", *WHY)
    assert result.exit_code == 2 and "2026-03-01" in result.stderr and events() == []


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_day_that_is_over_is_no_end_unless_it_is_meant(language: str, docgen: Docgen) -> None:
    over = ("extend", CASE, "--to", "2020-12-31", *WHY)
    result = docgen("--language", language, *over)
    assert result.exit_code == 2 and "2020-12-31" in result.stderr and "--earlier" in result.stderr and events() == []
    assert docgen(*over, "--earlier").exit_code == 0 and events() == ["extended"]


@pytest.mark.usefixtures("case")
def test_the_whole_time_in_which_a_case_rests_is_told(docgen: Docgen) -> None:
    docgen("pause", *COMMANDS["pause"])
    result = docgen("pause", CASE, "--from", "2026-04-01", "--until", "2026-04-15", *WHY)
    assert result.exit_code == 0 and "from 2026-02-01 to 2026-04-15" in result.stdout


def test_of_a_closed_case_no_documents_are_made(docgen: Docgen, case: Path) -> None:
    docgen("close", CASE, *WHY)
    result = planned(docgen, case)
    assert result.exit_code == 0 and result.stdout == ""
    assert result.stderr.count(CASE) == 2 and "closed" in result.stderr  # told once, and how to open it
    docgen("reopen", CASE, *WHY)
    assert "5 would be made" in planned(docgen, case).stderr


def test_what_is_wrong_in_a_closed_case_stops_nobody(docgen: Docgen, case: Path) -> None:
    case.write_text(case.read_text("utf-8").replace("period_end: 2026-06-30", "period_end: 2026-06-31"), "utf-8")
    assert planned(docgen, case).exit_code == 1
    docgen("close", CASE, *WHY)
    assert planned(docgen, case).exit_code == 0


@pytest.fixture
def ended(docgen: Docgen, samples: Path) -> Path:
    """A case after its end, with its figures and its final talk."""
    shutil.copy(samples / "closed" / "wang.yaml", "case.yaml")
    shutil.copy(samples / "docgen.yaml", ".")
    on_record(Path("out"), {CASE: "S1024"}, "王某")
    return Path("case.yaml")


def test_of_a_case_with_an_outcome_its_letter_is_made_and_nothing_else(docgen: Docgen, ended: Path) -> None:
    trial = ("generate", ended, "--dry-run", "--json")
    assert "outcome" not in {one["form"] for one in json.loads(docgen(*trial).stdout)["documents"]}
    assert "--forms outcome" in docgen("close", CASE, "--outcome", "部分达成", *WHY).stdout
    result = json.loads(docgen(*trial).stdout)
    assert [(one["form"], one["number"]) for one in result["documents"]] == [("outcome", f"{CASE}-O")]
    assert result["left_out"] == [] and result["problems"] == []
    both = json.loads(docgen(*trial, "--forms", "letter,outcome").stdout)
    assert [one["form"] for one in both["documents"]] == ["outcome"]
    assert [(one["case"], one["state"]) for one in both["left_out"]] == [(CASE, "closed")]


def test_the_reason_for_closing_stays_in_the_ledger(docgen: Docgen, ended: Path) -> None:
    docgen("close", CASE, "--outcome", "partly", "--why", "XYZZY has left")
    assert docgen("generate", ended, "--formats", "docx").exit_code == 0
    (file,) = Path("out").rglob(f"{CASE}-O-r1.docx")
    with zipfile.ZipFile(file) as package:
        assert not any(b"XYZZY" in package.read(name) for name in package.namelist())
    assert "XYZZY" in Path("out/ledger.jsonl").read_text("utf-8")


def test_the_letter_of_the_outcome_is_not_made_of_an_open_case_and_told_how(docgen: Docgen, ended: Path) -> None:
    result = docgen("generate", ended, "--dry-run", "--forms", "outcome")
    assert result.exit_code == 0 and result.stdout == "" and "docgen close" in result.stderr
    draft = docgen("generate", ended, "--draft", "--forms", "outcome", "--formats", "docx")
    assert "1 made" in draft.stderr


def test_another_outcome_is_another_revision(docgen: Docgen, ended: Path) -> None:
    docgen("close", CASE, "--outcome", "partly", *WHY)
    docgen("generate", ended, "--formats", "docx")
    told = docgen("reopen", CASE, *WHY)
    assert f"docgen void {CASE}-O" in told.stdout
    docgen("close", CASE, "--outcome", "met", *WHY)
    assert "--reason" in docgen("generate", ended, "--formats", "docx").stderr
    assert "revision 2" in docgen("generate", ended, "--formats", "docx", "--reason", "corrected").stderr


def test_the_copy_of_the_letter_of_a_closed_case_is_asked_for(docgen: Docgen, ended: Path) -> None:
    docgen("close", CASE, "--outcome", "partly", *WHY)
    assert docgen("generate", ended).exit_code == 0
    asked = json.loads(docgen("due", ended, "--days", "30", "--json").stdout)["due"]
    assert [(one["kind"], f"{CASE}-O" in one["what"]) for one in asked] == [("copy", True)]
    packed = json.loads(docgen("pack", "--dry-run", "--json").stdout)["packs"]
    assert f"{CASE}-O" in [one["number"] for pack in packed for one in pack["documents"]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_blank_and_a_preview_of_it_are_made_of_an_open_case(language: str, docgen: Docgen, ended: Path) -> None:
    docgen("--language", language, "blank", "outcome", ended)
    assert list(Path("out").rglob("*-O-blank.docx"))


def test_a_draft_of_a_closed_case_is_made(docgen: Docgen, case: Path) -> None:
    docgen("close", CASE, *WHY)
    assert "1 made" in docgen("generate", case, "--draft", "--forms", "letter", "--formats", "docx").stderr


def test_of_a_pause_no_plans_and_notes_are_made(docgen: Docgen, case: Path) -> None:
    docgen("pause", CASE, "--from", "2026-02-01", "--until", "2026-02-28", *WHY)
    result = json.loads(planned(docgen, case, "--json").stdout)
    months = [one["number"] for one in result["documents"] if one["form"] != "plan"]
    (left,) = result["left_out"]
    assert (left["case"], left["state"]) == (CASE, "paused") and left["count"] + len(months) == 4
    assert f"{CASE}-M-2026-02" not in months and f"{CASE}-M-2026-01" in months
    told = planned(docgen, case)
    assert told.exit_code == 0 and left["reason"] in told.stderr


def test_a_plan_that_is_named_to_be_revised_is_made_even_in_a_pause(docgen: Docgen, case: Path) -> None:
    docgen("pause", CASE, "--from", "2026-02-01", "--until", "2026-02-28", *WHY)
    number = f"{CASE}-M-2026-02"
    found = json.loads(planned(docgen, case, "--revise", number, "--reason", "typo", "--json").stdout)
    assert number in {one["number"] for one in found["documents"]}


def test_what_was_decided_holds_for_the_folder_that_is_named(docgen: Docgen, case: Path) -> None:
    docgen("close", CASE, *WHY)
    assert "5 would be made" in planned(docgen, case, "-o", "another").stderr


def test_an_extended_case_has_months_behind_its_period(docgen: Docgen, case: Path) -> None:
    case.write_text(case.read_text("utf-8").replace("- month: 2026-02", "- month: 2026-07"), "utf-8")
    assert "E105" in docgen("check", case, "--forms", "monthly").stdout
    docgen("extend", CASE, "--to", "2026-09-30", "--earlier", *WHY)
    assert "E105" not in docgen("check", case, "--forms", "monthly").stdout


def test_what_falls_into_a_pause_is_counted_and_not_owed(docgen: Docgen, case: Path) -> None:
    asked = ("due", case, "--date", "2026-03-25", "--days", "60")
    before = json.loads(docgen(*asked, "--json").stdout)
    docgen("pause", CASE, "--from", "2026-03-01", *WHY)
    after = json.loads(docgen(*asked, "--json").stdout)
    assert before["paused"] == 0 and after["paused"] == len(before["due"]) - len(after["due"]) > 0
    assert f"{after['paused']} more fall into a pause" in docgen(*asked).stderr
    docgen("close", CASE, *WHY)
    assert json.loads(docgen(*asked, "--json").stdout)["due"] == []


@pytest.mark.parametrize(("name", "state"), [("close", "closed"), ("pause", "paused")])
def test_roll_over_leaves_a_case_that_rests_as_it_is(name: str, state: str, docgen: Docgen, case: Path) -> None:
    docgen(name, *COMMANDS[name])
    result = docgen("rollover", case, "--month", "2026-03", "--date", "2026-03-02", "-o", "next.yaml", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0 and [one["state"] for one in found["cases"]] == [state]
    assert found["counts"][state] == 1 and not Path("next.yaml").exists()


def test_a_withdrawn_document_is_told_by_the_next_run(docgen: Docgen, case: Path) -> None:
    docgen("void", LETTER, *WHY)
    result = docgen("generate", case, "--dry-run", "--forms", "letter", "--formats", "docx")
    assert "withdrawn" in result.stderr and WHY[1] in result.stderr and "1 withdrawn" in result.stderr
