"""What is decided on cases and documents is recorded once, found by every later run, and refused where unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from docgen.errors import UsageError
from docgen.model.life import NEW, Life, Pause
from docgen.model.problems import Words
from docgen.office.decisions import Decision, decide, extended, paused, resumed, withdraw
from docgen.office.entries import CLOSED, EXTENDED, PAUSED, REOPENED, RESUMED
from docgen.office.index import INDEX
from docgen.office.ledger import Ledger
from docgen.office.publish import PRIVATE
from docgen.office.register import lives_in
from docgen.office.store import looked_at, opened
from tests.office.record_help import issue, on_record

TODAY, CASE = date(2026, 3, 20), "S1-202601"
PAUSE = Pause(date(2026, 4, 1), date(2026, 5, 31), "illness")
DECISIONS = {
    CLOSED: Decision(CLOSED, lambda life: life.close(TODAY, "moved on"), "moved on"),
    REOPENED: Decision(REOPENED, Life.reopen, "by mistake"),
    PAUSED: paused(PAUSE),
    RESUMED: resumed(date(2026, 5, 1)),
    EXTENDED: extended(date(2026, 9, 30), "agreed"),
}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return on_record(tmp_path / "out", {CASE: "S1", "S2-202601": "S2", "S2-202607": "S2"})


def decided(out: Path, what: str | Decision, *names: str, dry_run: bool = False) -> list[Words]:
    decision = what if isinstance(what, Decision) else DECISIONS[what]
    with opened(out, PRIVATE) as store:
        return list(decide(store, decision, names, TODAY, dry_run))


def lives(out: Path) -> Mapping[str, Life]:
    return lives_in(out)[0]


def lines(out: Path, *events: str) -> list[str]:
    return [entry.event for entry in Ledger(out).read().entries if entry.event in (events or DECISIONS)]


def test_each_decision_is_a_line_that_later_runs_find(out: Path) -> None:
    for event in (PAUSED, EXTENDED, RESUMED, CLOSED):
        decided(out, event, CASE)
    assert lines(out) == [PAUSED, EXTENDED, RESUMED, CLOSED]
    shortened = Pause(PAUSE.start, date(2026, 4, 30), "illness")
    assert lives(out) == {CASE: Life(TODAY, "moved on", (shortened,), date(2026, 9, 30))}
    decided(out, REOPENED, CASE)
    assert not lives(out)[CASE].is_closed


def test_lines_read_twice_change_nothing(out: Path) -> None:
    """A run notes what it writes, and the next one may read it again: as it closes, or where it was stopped."""
    with opened(out, PRIVATE) as store:
        for event in (CLOSED, REOPENED, PAUSED, EXTENDED, RESUMED):
            list(decide(store, DECISIONS[event], [CASE], TODAY))
        noted = store.register.lives()
    assert lives(out) == noted
    (out / INDEX).unlink()
    assert lives(out) == noted


def test_what_is_so_already_is_told_and_not_recorded_again(out: Path) -> None:
    for event, before in ((PAUSED, PAUSED), (EXTENDED, EXTENDED), (REOPENED, None), (CLOSED, CLOSED)):
        if before:
            decided(out, before, CASE)
        count = len(lines(out))
        (told,) = decided(out, event, CASE)
        assert len(lines(out)) == count and told.en.startswith(CASE) and told.zh.startswith(CASE)


def test_a_dry_run_tells_and_records_nothing(out: Path) -> None:
    ledger = (out / "ledger.jsonl").read_bytes()
    (told,) = decided(out, EXTENDED, CASE, dry_run=True)
    assert "2026-09-30" in told.en and "period_end" in told.zh
    assert (out / "ledger.jsonl").read_bytes() == ledger


def test_what_is_told_of_a_pause_is_how_long_the_case_rests(out: Path) -> None:
    (alone,) = decided(out, PAUSED, CASE)
    assert "from 2026-04-01 to 2026-05-31 (illness)" in alone.en and "2026-04-01至2026-05-31暂停（illness）" in alone.zh
    assert "docgen resume" not in alone.en + alone.zh
    (joined,) = decided(out, paused(Pause(date(2026, 5, 4), date(2026, 5, 8), "leave")), CASE)
    for told in (joined.en, joined.zh):
        assert "2026-04-01" in told and "2026-05-31" in told and "illness; leave" in told and "2026-05-08" not in told
        assert f"docgen resume {CASE}" in told
    (endless,) = decided(out, paused(Pause(date(2026, 6, 1), None, "leave")), CASE)
    assert "from 2026-04-01 until further notice" in endless.en and "自2026-04-01起至另行通知为止" in endless.zh
    assert lives(out)[CASE].pauses == (Pause(date(2026, 4, 1), None, "illness; leave"),)


SUMMER = Pause(date(2026, 7, 1), date(2026, 7, 31), "leave")


def test_to_go_on_ends_the_pause_of_that_day_and_tells_which_others_stay(out: Path) -> None:
    decided(out, PAUSED, CASE)
    decided(out, paused(SUMMER), CASE)
    (told,) = decided(out, RESUMED, CASE)
    assert "from 2026-04-01 to 2026-05-31 (illness) now ends on 2026-04-30" in told.en
    assert "2026-04-01至2026-05-31（illness）的暂停改为2026-04-30结束" in told.zh
    assert "from 2026-07-01 to 2026-07-31 (leave)" in told.en and "2026-07-01至2026-07-31（leave）" in told.zh
    assert lives(out)[CASE].pauses == (Pause(PAUSE.start, date(2026, 4, 30), "illness"), SUMMER)


def test_a_pause_that_was_recorded_by_mistake_is_taken_back_by_its_first_day(out: Path) -> None:
    decided(out, PAUSED, CASE)
    decided(out, paused(SUMMER), CASE)
    (told,) = decided(out, resumed(SUMMER.start), CASE)
    assert "from 2026-07-01 to 2026-07-31 (leave) is taken back" in told.en and "已全部撤销" in told.zh
    assert lives(out)[CASE].pauses == (PAUSE,)
    decided(out, resumed(PAUSE.start), CASE)
    assert lives(out)[CASE] == NEW


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 8, 1), date.min])
def test_a_day_on_which_a_case_does_not_rest_is_refused_with_its_pauses(out: Path, day: date) -> None:
    decided(out, PAUSED, CASE)
    decided(out, paused(SUMMER), CASE)
    with pytest.raises(UsageError, match=str(day)) as raised:
        decided(out, resumed(day), CASE)
    for told in (raised.value.words.en, raised.value.words.zh):
        assert (
            all(str(one) in told for one in (PAUSE.start, PAUSE.until, SUMMER.start, SUMMER.until)) and "--from" in told
        )
    assert lines(out) == [PAUSED, PAUSED]


def test_a_case_that_was_never_paused_does_not_go_on(out: Path) -> None:
    with pytest.raises(UsageError, match="no pause of it is on record") as raised:
        decided(out, RESUMED, CASE)
    assert "没有登记过暂停" in raised.value.words.zh and lines(out) == []


def test_a_pause_before_the_case_begins_is_refused(out: Path) -> None:
    with opened(out, PRIVATE) as store:
        issue(store, "S3-202603-L", "S3-202603", "S3", start="2026-03-02")
    wrong = Pause(date(2025, 4, 1), date(2026, 3, 1), "illness")
    with pytest.raises(UsageError, match=r"begins on 2026-03-02.*2026-03-01.*--from and --until") as raised:
        decided(out, paused(wrong), CASE, "S3")
    assert "自2026-03-02开始" in raised.value.words.zh and lines(out) == []
    assert decided(out, paused(Pause(wrong.start, date(2026, 3, 2), "illness")), "S3")  # its first day is one of rest


@pytest.mark.parametrize("until", [date(2027, 3, 31), None])
def test_a_pause_after_the_case_ends_is_told_with_how_to_take_it_back(out: Path, until: date | None) -> None:
    with opened(out, PRIVATE) as store:
        issue(store, "S3-202603-L", "S3-202603", "S3", start="2026-03-02", end="2026-08-31")
        issue(store, "S4-202603-L", "S4-202603", "S4", start="", end="")
    late = paused(Pause(date(2026, 9, 1), until, "illness"))
    (told,) = decided(out, late, "S3", dry_run=True)
    assert "ends on 2026-08-31" in told.en and "于2026-08-31结束" in told.zh
    assert "docgen resume S3-202603 --from 2026-09-01" in told.en and "docgen resume S3-202603 --from" in told.zh
    (fits,) = decided(out, paused(Pause(date(2026, 8, 31), until, "illness")), "S3", dry_run=True)
    decided(out, extended(date(2026, 9, 30), "agreed"), "S3")
    (longer,) = decided(out, late, "S3", dry_run=True)
    unknown = decided(out, late, CASE, "S4", dry_run=True)
    assert not any("docgen resume" in one.en + one.zh for one in (fits, longer, *unknown))


@pytest.mark.parametrize("event", [CLOSED, RESUMED])
def test_who_is_named_by_name_is_offered_the_case(out: Path, event: str) -> None:
    with opened(out, PRIVATE) as store:
        for case in ("S3-202603", "S4-202603"):
            issue(store, f"{case}-L", case, case[:2], name="陈某" if case[:2] == "S3" else "Lee")
    with pytest.raises(UsageError, match=r"'陈某'.*S3-202603.*by its number, or by that of its employee") as raised:
        decided(out, event, "陈某")
    assert "员工姓名，其个案为：S3-202603" in raised.value.words.zh and "员工工号" in raised.value.words.zh
    with pytest.raises(UsageError, match="by its number, or by that of its employee"):
        decided(out, event, "nobody")


def test_a_pause_that_lies_in_one_on_record_is_told_with_the_end_of_that(out: Path) -> None:
    decided(out, PAUSED, CASE)
    (told,) = decided(out, paused(Pause(PAUSE.start, date(2026, 4, 30), "illness")), CASE)
    assert "2026-05-31" in told.en and "2026-05-31" in told.zh and f"docgen resume {CASE}" in told.zh
    assert lines(out) == [PAUSED]


def test_an_extension_is_not_shortened_by_chance(out: Path) -> None:
    decided(out, EXTENDED, CASE)
    earlier = date(2026, 8, 31)
    with pytest.raises(UsageError, match=r"extended to 2026-09-30.*--earlier.*docgen close") as raised:
        decided(out, extended(earlier, "typed wrongly"), "S2-202601", CASE)
    assert "2026-09-30" in raised.value.words.zh and "--earlier" in raised.value.words.zh
    assert lines(out) == [EXTENDED]
    (told,) = decided(out, extended(earlier, "typed wrongly", earlier=True), CASE)
    assert "2026-08-31" in told.en and lives(out)[CASE].extended == earlier


@pytest.mark.parametrize("event", [PAUSED, RESUMED, EXTENDED])
def test_a_closed_case_is_opened_before_anything_else_is_decided(out: Path, event: str) -> None:
    decided(out, CLOSED, CASE)
    with pytest.raises(UsageError, match="docgen reopen"):
        decided(out, event, CASE)


def test_a_case_that_is_not_on_record_stops_all_and_the_nearest_is_named(out: Path) -> None:
    with pytest.raises(UsageError, match=f"did you mean '{CASE}'") as raised:
        decided(out, CLOSED, "S2-202601", "S1-202610")
    assert CASE in raised.value.words.zh and lines(out) == []


def test_a_case_is_also_known_by_the_number_of_its_employee(out: Path) -> None:
    decided(out, CLOSED, "s1")
    assert lives(out)[CASE].is_closed
    with pytest.raises(UsageError, match="S2-202601, S2-202607"):
        decided(out, CLOSED, "S2")


def test_a_withdrawn_document_keeps_its_reason_until_it_is_issued_anew(out: Path) -> None:
    number = f"{CASE}-L"
    with opened(out, PRIVATE) as store:
        (told,) = withdraw(store, [number.lower()], "wrong person", TODAY)
        (again,) = withdraw(store, [number], "twice", TODAY)
    assert "wrong person" in told.zh and "wrong person" in again.en
    assert lines(out, "void") == ["void"]
    with opened(out, PRIVATE) as store:
        standing = store.register.standing(number)
        assert standing and standing.void == "wrong person"
        issue(store, number, CASE, revision=2)
    with looked_at(out) as seen:
        assert seen and (standing := seen.register.standing(number)) and standing.void == ""


def test_a_number_that_is_not_on_record_is_refused(out: Path) -> None:
    with opened(out, PRIVATE) as store, pytest.raises(UsageError, match=f"'{CASE}-L'"):
        list(withdraw(store, [f"{CASE}-M"], "x", TODAY))


def test_who_only_looks_changes_no_file_and_sees_what_the_index_lacks(out: Path) -> None:
    decided(out, CLOSED, CASE)
    before = (out / INDEX).read_bytes()
    assert lives(out)[CASE].is_closed
    assert (out / INDEX).read_bytes() == before
    index = before
    decided(out, REOPENED, CASE)
    (out / INDEX).write_bytes(index)  # as if the run had been stopped before it was brought up to date
    assert lives(out) == {CASE: NEW}
    assert (out / INDEX).read_bytes() == index


def test_nothing_is_known_where_nothing_is_on_record(tmp_path: Path) -> None:
    assert lives_in(tmp_path) == ({}, ()) and list(tmp_path.iterdir()) == []
