"""What a case owes that was closed, paused or extended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.definitions.load import load_definitions
from docgen.model.life import NEW, Life, Pause
from docgen.office.due import due, resting
from docgen.office.due_copies import copies_owed
from docgen.office.entries import CLOSED
from docgen.office.publish import PRIVATE
from docgen.office.run import Run, load_run
from docgen.office.store import opened
from docgen.sources.cases import read_cases
from tests.office.record_help import ON, issue, on_record
from tests.office.test_due import QUIET, case

ID = "S1-202601"
REVIEWS = "reviews: [{date: 2026-03-31}, {date: 2026-05-29}, {date: 2026-06-30, type: final}]\n"


def run(folder: Path, text: str, life: Life) -> Run:
    """A case that stands on record like that."""
    folder.mkdir(exist_ok=True)
    (folder / "docgen.yaml").write_text("company_name: 某公司\n", "utf-8")
    (folder / "case.yaml").write_text(text, "utf-8")
    out = on_record(folder / "out", {ID: "S1"})
    with opened(out, PRIVATE) as store:
        store.live(ID, CLOSED, life, "", date(2026, 3, 2))
    reading = read_cases([folder / "case.yaml"], load_definitions())
    return load_run(reading, load_definitions(), (), date(2026, 3, 31), handwrite=True, out=out)


def owed(folder: Path, text: str, life: Life, today: str, days: int = 14) -> list[tuple[str, str]]:
    found = due(run(folder, text, life), date.fromisoformat(today), days)
    return [(one.kind, str(one.on)) for one in found]


def test_a_closed_case_owes_nothing(tmp_path: Path) -> None:
    assert owed(tmp_path, case(REVIEWS), NEW, "2026-04-30") == [("review", "2026-03-31")]
    assert owed(tmp_path, case(REVIEWS), NEW.close(date(2026, 4, 1), "moved on"), "2026-04-30") == []


FINAL = "interviews: [{{type: final, date: {on}, final_result: {result}, achievements: [x]}}]\n"


def on_the_record(folder: Path, text: str, life: Life, today: str, issued: bool = False) -> list[tuple[str, str]]:
    loaded, out = run(folder, text, life), folder / "out"
    if issued:
        with opened(out, PRIVATE) as store:
            issue(store, f"{ID}-O", ID, form="outcome")
    day = date.fromisoformat(today)
    found = due(loaded, day, 14, copies=copies_owed(loaded, day, out))
    assert all(one.what.zh != one.what.en for one in found)
    return [(one.kind, str(one.on)) for one in found if one.kind != "copy"]


@pytest.mark.parametrize(
    ("result", "on", "today", "owed_on"),
    [
        ("met", "2026-06-20", "2026-06-22", ["2026-06-20"]),
        ("partly", "2026-06-20", "2026-06-22", ["2026-06-30"]),
        ("not_met", "2026-07-02", "2026-07-10", ["2026-07-02"]),
        ("met", "2026-06-20", "2026-07-30", []),
    ],
)
def test_a_case_with_its_final_result_is_to_be_closed(
    result: str, on: str, today: str, owed_on: list[str], tmp_path: Path
) -> None:
    text = case(QUIET + FINAL.format(on=on, result=result))
    assert on_the_record(tmp_path, text, NEW, today) == [("close", day) for day in owed_on]
    assert owed(tmp_path, text, NEW, today) == [], "where nothing of it is on record there is nothing to close"


def test_the_letter_on_how_a_closed_case_ended_is_owed_until_it_is_made(tmp_path: Path) -> None:
    closed = NEW.close(date(2026, 7, 1), "done", "met")
    assert on_the_record(tmp_path, case(), closed, "2026-12-10") == [("letter", "2026-07-01")]
    assert on_the_record(tmp_path, case(), closed, "2026-12-10", issued=True) == [("letter", "2026-07-01")], "older"
    before = NEW.close(ON, "done", "met")
    assert on_the_record(tmp_path / "y", case(), before, "2026-12-10", issued=True) == []
    assert on_the_record(tmp_path / "x", case(), NEW.close(date(2026, 7, 1), "moved"), "2026-07-10") == []


@pytest.mark.parametrize(
    ("again", "void", "is_owed"),
    [
        (NEW.close(date(2026, 1, 30), "it was earlier", "met"), "", True),
        (NEW.close(ON, "misread", "partly"), "", True),
        (NEW.extend(date(2026, 9, 30)).close(ON, "done", "met"), "", True),
        (NEW.close(ON, "another reason, which nobody prints", "met"), "", False),
        (NEW.close(ON, "done", "met"), "a wrong name", True),
    ],
)
def test_a_letter_that_tells_another_end_or_was_withdrawn_is_owed_anew_whatever_its_day(
    again: Life, void: str, is_owed: bool, tmp_path: Path
) -> None:
    loaded, out, number = run(tmp_path, case(), again), tmp_path / "out", f"{ID}-O"
    with opened(out, PRIVATE) as store:
        issue(store, number, ID, form="outcome", kind="pdf", ending=NEW.close(ON, "done", "met").ending)
        if void and (letter := store.register.standing(number)):
            store.void(letter, void, ON)
    (record,) = copies_owed(loaded, ON, out)[tmp_path / "docgen.yaml"].values()
    assert (number in [one.key for one in record.copies]) is not is_owed, "nobody is to sign what no longer holds"
    assert [one.on for one in record.letters] == ([again.closed_on] if is_owed else [])
    assert all(f"--revise {number} --reason" in text for one in record.letters for text in (one.what.en, one.what.zh))


def test_nothing_is_owed_that_falls_into_a_pause_and_it_is_counted(tmp_path: Path) -> None:
    paused = NEW.pause(Pause(date(2026, 5, 1), date(2026, 6, 15), "illness"))
    loaded = run(tmp_path, case(REVIEWS), paused)
    assert [str(one.on) for one in due(loaded, date(2026, 3, 20), 120)] == ["2026-03-31", "2026-06-30"]
    assert resting(loaded, date(2026, 3, 20), 120) == 1 and resting(loaded, date(2026, 3, 20), 30) == 0


def test_an_end_in_a_pause_is_owed_once_the_pause_is_over(tmp_path: Path) -> None:
    paused = NEW.pause(Pause(date(2026, 6, 1), None, "illness"))
    assert owed(tmp_path, case(QUIET), paused, "2026-07-10") == []
    resumed = paused.resume(date(2026, 7, 6))
    assert owed(tmp_path, case(QUIET), resumed, "2026-07-10") == [("result", "2026-06-30")]


def test_an_extended_case_owes_its_reviews_and_its_result_until_the_new_end(tmp_path: Path) -> None:
    extended = NEW.extend(date(2026, 9, 30))
    assert owed(tmp_path, case(QUIET), NEW, "2026-07-20") == [("result", "2026-06-30")]
    assert owed(tmp_path, case(QUIET), extended, "2026-07-20") == [("review", "2026-07-31")]
    assert owed(tmp_path, case(QUIET), extended, "2026-09-25") == [("review", "2026-08-31"), ("review", "2026-09-30")]
    assert owed(tmp_path, case(QUIET), extended, "2026-10-10") == [("result", "2026-09-30")]


def test_reviews_that_were_typed_to_the_new_end_are_taken_as_they_are(tmp_path: Path) -> None:
    typed = "reviews: [{date: 2026-08-14}, {date: 2026-09-30, type: final}]\n"
    found = owed(tmp_path, case(typed), NEW.extend(date(2026, 9, 30)), "2026-08-10", 60)
    assert found == [("review", "2026-08-14"), ("review", "2026-09-30")]
