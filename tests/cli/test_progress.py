"""How far a run is, as a log and a terminal show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice
from typing import Any

import pytest
from rich.console import Console
from rich.progress import Progress

from docgen.cli import progress, terminal
from docgen.cli.progress import PAGES, Pace, duration, lines, watched
from docgen.model.problems import UiLanguage
from docgen.office.outcome import Outcome
from tests import sample_help as wang

MADE = Outcome(wang.wang("letter"), "made")
FAILED = replace(MADE, state="failed")


@dataclass
class Clock:
    """Seconds, which pass when a test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def logged(total: int, seconds_each: float, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of a run whose documents take so many seconds each."""
    clock = Clock()
    note = lines(Pace(total, "en", clock))
    for outcome in islice(cycle([MADE]), total):
        clock.now += seconds_each
        note(outcome)
    caught = capsys.readouterr()
    assert caught.out == ""
    return caught.err.splitlines()


def test_a_log_tells_counts_rate_and_time_left_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    told = logged(100, 1.0, capsys)
    assert told[0] == "10 of 100 documents, 60 a minute, 1:30 left"
    assert len(told) == 9 and told[-1] == "90 of 100 documents, 60 a minute, 0:10 left"


def test_a_short_run_is_told_nothing_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert logged(40, 0.2, capsys) == []


def test_a_long_run_is_told_of_by_its_twentieths_and_at_least_once_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(logged(4000, 0.25, capsys)) == 19  # 1000 seconds: a twentieth takes 50
    assert len(logged(40_000, 0.25, capsys)) == 166  # 10,000 seconds: a twentieth takes 500


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "3 of 8 documents, 1 failed, 18 a minute, 0:17 left"),
        ("zh", "已处理 3/8 份，失败 1 份，每分钟 18 份，剩余约 0:17"),
    ],
)
def test_what_failed_is_counted(language: UiLanguage, said: str) -> None:
    clock = Clock()
    pace = Pace(8, language, clock)
    for outcome in (MADE, FAILED, MADE):
        pace.count(outcome)
    clock.now = 10.0
    assert pace.said() == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "6 of 8 pages, 36 a minute, 0:03 left"), ("zh", "已处理 6/8 页，每分钟 36 页，剩余约 0:03")],
)
def test_pages_are_counted_several_at_a_time(language: UiLanguage, said: str) -> None:
    clock = Clock()
    pace = Pace(8, language, clock, PAGES)
    pace.count(2)
    pace.count(4)
    clock.now = 10.0
    assert pace.said() == said


def test_nothing_is_said_of_a_rate_before_there_is_one() -> None:
    assert Pace(8, "en", Clock()).said() == "0 of 8 documents"


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "0:00"), (65, "1:05"), (3599.6, "1:00:00"), (3723, "1:02:03")])
def test_durations_are_told_as_on_a_clock(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What the bar and its console are made with."""
    made: list[dict[str, Any]] = []

    def console(**options: Any) -> Any:
        made.append(options)
        return Console(**{**options, "force_terminal": True, "width": 80})

    def bar(*columns: Any, **options: Any) -> Any:
        made.append(options)
        return Progress(*columns, **options)

    monkeypatch.setattr(progress, "Console", console)
    monkeypatch.setattr(progress, "Progress", bar)
    monkeypatch.setattr(terminal, "is_terminal", lambda err=False: err)
    yield made


def test_a_terminal_shows_a_bar_that_leaves_nothing_behind(
    on_a_terminal: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    with watched(2, "en") as note:
        note(MADE)
        print("out/a.docx")
        note(FAILED)
    caught = capsys.readouterr()
    assert "2 of 2 documents, 1 failed" in caught.err and "━" in caught.err
    assert caught.out == "out/a.docx\n", "what goes into a file is no business of the bar"
    assert on_a_terminal[1]["transient"]


def test_no_colour_is_honoured_by_the_bar(on_a_terminal: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with watched(2, "en"):
        pass
    assert on_a_terminal[0]["no_color"]


def test_a_single_document_needs_no_bar(on_a_terminal: list[dict[str, Any]]) -> None:
    with watched(1, "en") as note:
        note(MADE)
    assert on_a_terminal == []
