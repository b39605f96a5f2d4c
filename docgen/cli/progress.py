"""How far a run is: a bar where a person looks on, a line now and then in a log, nothing of a short run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from docgen.cli import terminal
from docgen.model.problems import UiLanguage, Words
from docgen.office.outcome import Outcome

SECONDS, SHARE, LONGEST = 10.0, 0.05, 60.0
"""A log gets a line after ``SECONDS`` at the earliest, once such a ``SHARE`` is done or ``LONGEST`` has passed."""
SETTLED = 1.0
"""Seconds until a rate says anything."""
REDRAWN = 0.1
"""Seconds between two drawings of the bar."""

FAILED = Words("{failed} failed", "失败 {failed} 份")
LEFT = Words("{left} left", "剩余约 {left}")
BETWEEN = Words(", ", "，")

Note = Callable[[Outcome | int], None]
"""Told of each outcome, or of how many more are done."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: so many are done, and so many a minute."""

    done: Words
    rate: Words


DOCUMENTS = Unit(
    Words("{done} of {total} documents", "已处理 {done}/{total} 份"), Words("{rate} a minute", "每分钟 {rate} 份")
)
PAGES = Unit(Words("{done} of {total} pages", "已处理 {done}/{total} 页"), Words("{rate} a minute", "每分钟 {rate} 页"))


@dataclass(slots=True)
class Pace:
    """Counts of a run that began when this was made; ``clock`` tells seconds."""

    total: int
    language: UiLanguage
    clock: Callable[[], float] = time.monotonic
    unit: Unit = DOCUMENTS
    done: int = 0
    failed: int = 0
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.clock()

    def count(self, what: Outcome | int) -> None:
        if isinstance(what, int):
            self.done += what
        else:
            self.done += 1
            self.failed += what.state == "failed"

    def said(self) -> str:
        """``120 of 400 documents, 1 failed, 300 a minute, 0:56 left``."""
        passed = self.clock() - self.begun
        unit, settled = self.unit, self.done and passed >= SETTLED
        parts = [unit.done, *([FAILED] if self.failed else []), *([unit.rate, LEFT] if settled else [])]
        each = passed / max(self.done, 1)
        names = {
            "done": self.done,
            "total": self.total,
            "failed": self.failed,
            "rate": round(60 / max(each, 0.001)),
            "left": duration(each * (self.total - self.done)),
        }
        return BETWEEN[self.language].join(words[self.language].format(**names) for words in parts)


def duration(seconds: float) -> str:
    """``0:05``, ``12:34``, ``1:02:03``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@contextmanager
def watched(total: int, language: UiLanguage, unit: Unit = DOCUMENTS) -> Iterator[Note]:
    """Show how far a run of ``total`` documents is, or of another ``unit``; what it yields is told of each done."""
    pace = Pace(total, language, unit=unit)
    if total < 2:
        yield pace.count
    elif terminal.is_terminal(err=True):
        with _bar(pace) as note:
            yield note
    else:
        yield lines(pace)


@contextmanager
def _bar(pace: Pace) -> Iterator[Note]:
    """What is printed meanwhile stands above the bar; what goes into a file or a pipe stays as it is.

    It is drawn as documents are done, and not by a thread of its own: workers are forked meanwhile.
    """
    console = Console(stderr=True, no_color=not terminal.has_colour(err=True), soft_wrap=True)
    columns = BarColumn(), TextColumn("{task.description}", markup=False)
    redirect = terminal.is_terminal()
    with Progress(*columns, console=console, auto_refresh=False, transient=True, redirect_stdout=redirect) as bar:
        task = bar.add_task(pace.said(), total=pace.total)
        bar.refresh()
        drawn = [pace.begun]

        def note(what: Outcome | int) -> None:
            pace.count(what)
            bar.update(task, completed=pace.done, description=pace.said())
            if pace.clock() - drawn[0] >= REDRAWN:
                drawn[0] = pace.clock()
                bar.refresh()

        yield note


def lines(pace: Pace) -> Note:
    """Lines to standard error."""
    last = [pace.begun, 0.0]

    def note(what: Outcome | int) -> None:
        pace.count(what)
        now, share = pace.clock(), pace.done / pace.total
        waited = now - last[0]
        if pace.done < pace.total and waited >= SECONDS and (share - last[1] >= SHARE or waited >= LONGEST):
            last[:] = now, share
            click.echo(pace.said(), err=True)

    return note
