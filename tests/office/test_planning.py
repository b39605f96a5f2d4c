"""What is known of a document before it is made: that it is on record under another number, or that its case rests."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docgen.definitions.load import load_definitions
from docgen.errors import EnvironmentLacks, UsageError
from docgen.model.life import NEW
from docgen.office.batch import Batch
from docgen.office.crew import Alone
from docgen.office.entries import CLOSED
from docgen.office.outcome import Order, Outcome
from docgen.office.publish import PRIVATE
from docgen.office.run import Run, load_run
from docgen.office.store import opened
from docgen.sources.cases import read_cases
from tests.office import stubs

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DAY = date(2026, 3, 2)
CASE = "S1024-202601"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case with its settings, whose letter was issued."""
    shutil.copy(SAMPLES / "wang.yaml", tmp_path / "case.yaml")
    shutil.copy(SAMPLES / "docgen.yaml", tmp_path)
    assert [one.state for one in made(tmp_path)] == ["made"]
    return tmp_path


def change(folder: Path, before: str, after: str, into: str = "case.yaml") -> None:
    text = (folder / "case.yaml").read_text("utf-8")
    assert before in text
    (folder / into).write_text(text.replace(before, after), "utf-8")


def read(folder: Path) -> Run:
    definitions = load_definitions()
    reading = read_cases(sorted(folder.glob("*.yaml")), definitions)
    return load_run(reading, definitions, ("letter",), DAY, out=folder / "out")


def made(folder: Path, order: Order | None = None, run: Run | None = None) -> list[Outcome]:
    order = replace(order or Order(DAY), out=folder / "out")
    return list(Batch(run or read(folder), order, Alone(stubs.does)).outcomes())


def close(folder: Path) -> None:
    with opened(folder / "out", PRIVATE) as store:
        store.live(CASE, CLOSED, NEW.close(DAY, "opened anew"), "opened anew", DAY)


def renumbered(folder: Path) -> None:
    """The case gets a number of its own after its letter was issued."""
    change(folder, "employee_no: S1024", "case_id: PIP-7\n  employee_no: S1024")


def corrected(folder: Path) -> None:
    """The number of the employee was mistyped, and with it that of the case changes."""
    change(folder, "employee_no: S1024", "employee_no: S1042")


@pytest.mark.parametrize("how", [renumbered, corrected])
def test_a_case_on_record_under_another_number_is_not_issued_twice(how: object, folder: Path) -> None:
    assert callable(how)
    how(folder)
    (outcome,) = made(folder)
    assert outcome.state == "refused" and f"case_id: {CASE}" in outcome.reason.en and CASE in outcome.reason.zh
    close(folder)
    assert [one.state for one in made(folder)] == ["made"]


def test_a_person_whose_number_was_corrected_is_issued_anew_only_by_name(folder: Path) -> None:
    change(folder, "employee_no: S1024", f"case_id: {CASE}\n  employee_no: S1042")
    order = Order(DAY, reason="monthly run")
    (outcome,) = made(folder, order)
    assert outcome.state == "refused" and f"--revise {CASE}-L" in outcome.reason.en and "S1024" in outcome.reason.zh
    (named,) = made(folder, replace(order, revise=frozenset((f"{CASE}-L",))))
    assert (named.state, named.revision) == ("made", 2)
    assert [one.verdict for one in made(folder)] == ["same"], "from then on the case is known by the corrected number"


def test_a_copied_case_does_not_revise_the_letter_of_another(folder: Path) -> None:
    change(folder, "employee_name: 王某", "employee_name: 赵某")
    (outcome,) = made(folder, Order(DAY, reason="monthly run"))
    assert outcome.state == "refused" and "王某" in outcome.reason.en


def test_two_new_cases_of_one_person_are_not_both_issued(folder: Path) -> None:
    shutil.rmtree(folder / "out")
    renumbered(folder)
    change(folder, "PIP-7", "PIP-8", into="again.yaml")
    assert {one.paper.case.id: one.state for one in made(folder)} == {"PIP-8": "made", "PIP-7": "refused"}


def test_a_namesake_whose_case_is_numbered_by_hand_is_another_person(folder: Path) -> None:
    change(folder, "employee_no: S1024", "case_id: PIP-9\n  employee_no: S1042")
    assert [one.state for one in made(folder)] == ["made"]


def test_two_namesakes_of_one_run_are_two_people(folder: Path) -> None:
    change(folder, "employee_no: S1024", "employee_no: S1042", into="namesake.yaml")
    assert {one.paper.case.id: one.state for one in made(folder)} == {CASE: "unchanged", "S1042-202601": "made"}


def test_what_was_decided_while_a_run_was_reading_counts(folder: Path) -> None:
    run = read(folder)
    close(folder)
    (outcome,) = made(folder, run=run)
    assert outcome.state == "refused" and "run it again" in outcome.reason.en and "重新运行" in outcome.reason.zh


def test_two_offices_of_one_folder_must_agree_who_may_read_it(folder: Path) -> None:
    other = folder / "other"
    other.mkdir()
    settings = (folder / "docgen.yaml").read_text("utf-8")
    (other / "docgen.yaml").write_text(settings + "\ngroup: yes\n", "utf-8")
    change(folder, "employee_no: S1024", "employee_no: S1042", into="other/case.yaml")
    definitions = load_definitions()
    reading = read_cases([folder / "case.yaml", other / "case.yaml"], definitions)
    run = load_run(reading, definitions, ("letter",), DAY, out=folder / "out")
    with pytest.raises(UsageError, match="group"):
        made(folder, run=run)


def notes(folder: Path, order: Order | None = None) -> dict[str, str]:
    definitions = load_definitions()
    run = load_run(read_cases([folder / "case.yaml"], definitions), definitions, ("notes",), DAY, out=folder / "out")
    order = replace(order or Order(DAY), out=folder / "out")
    return {one.paper.number[-3:]: one.reason.en for one in Batch(run, order, Alone(stubs.does)).outcomes()}


LAUNCH, INTERIM, FORGOTTEN = "2025-12-30", "2026-02-05", "2026-01-20"


def talk(folder: Path) -> tuple[str, str]:
    """The case as text, parted before its second talk."""
    text = (folder / "case.yaml").read_text("utf-8")
    at = text.index(f"date: {INTERIM}")
    at = text.rindex("  - ", 0, at)
    return text[:at], text[at:]


def test_a_talk_that_was_put_in_before_others_does_not_take_their_notes(folder: Path) -> None:
    assert set(notes(folder)) == {"N-1", "N-2"}
    before, rest = talk(folder)
    second = rest.replace(INTERIM, FORGOTTEN, 1)
    (folder / "case.yaml").write_text(f"{before}{second.rstrip()}\n{rest}", "utf-8")
    told = notes(folder)
    assert not told["N-1"] and all("N-2 is on record for the talk of 2026-02-05" in told[one] for one in ("N-2", "N-3"))
    numbered = f"{before}{second.rstrip()}\n    interview_no: 3\n{rest.rstrip()}\n    interview_no: 2\n"
    (folder / "case.yaml").write_text(numbered, "utf-8")
    assert notes(folder) == {"N-1": "", "N-3": "", "N-2": ""}


def test_a_talk_that_was_taken_out_does_not_shift_the_notes_of_others(folder: Path) -> None:
    notes(folder)
    before, rest = talk(folder)
    (folder / "case.yaml").write_text(before[: before.index("interviews:")] + "interviews:\n" + rest, "utf-8")
    assert "N-2 is on record for the talk of 2026-02-05" in notes(folder)["N-1"]


def test_a_talk_that_was_put_off_keeps_its_notes(folder: Path) -> None:
    notes(folder)
    change(folder, f"date: {INTERIM}", "date: 2026-02-12")
    assert notes(folder) == {"N-1": "", "N-2": ""}


def test_a_trial_waits_for_a_run_that_is_writing(folder: Path) -> None:
    with opened(folder / "out", PRIVATE), pytest.raises(EnvironmentLacks, match="another run"):
        made(folder, Order(DAY, planned=True))


def test_a_trial_tells_what_stands_in_the_way(folder: Path) -> None:
    out = folder / "out"
    shutil.rmtree(out)
    made(folder)
    (letter,) = [path for path in out.rglob("*.docx")]
    content = letter.read_bytes()
    for name in ("ledger.jsonl", "register.sqlite"):
        (out / name).unlink()
    (outcome,) = made(folder, Order(DAY, planned=True))
    assert outcome.state == "failed" and letter.name in outcome.reason.en and letter.read_bytes() == content
