"""Processes that may die of what they do; all else goes on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from docgen.archive.children import MEMORY, Stopped, Task, in_order, limited


def twice(number: int) -> int:
    return 2 * number


def slow(number: int, seconds: float) -> int:
    time.sleep(seconds)
    return number


def dying(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def greedy(number: int) -> int:
    return len(bytearray(MEMORY + 2**28))


def failing(number: int) -> int:
    raise ValueError(f"{number}")


def busy(number: int) -> int:
    while True:
        number += 1


def loud(number: int) -> int:
    os.write(1, b"remarks of a library")
    os.write(2, b"remarks of a library")
    return number


def test_what_a_process_makes_comes_back() -> None:
    assert limited(twice, 21, seconds=20) == 42


@pytest.mark.parametrize(("does", "seconds"), [(dying, 20), (greedy, 20), (busy, 0.3)])
def test_a_process_that_dies_or_wants_too_much_only_stops_itself(does: object, seconds: float) -> None:
    assert callable(does)
    with pytest.raises(Stopped):
        limited(does, 1, seconds=seconds)
    assert active_children() == []


def test_an_error_comes_back_with_where_it_was() -> None:
    with pytest.raises(ValueError, match="7") as found:
        limited(failing, 7, seconds=20)
    assert "in failing" in found.value.__notes__[0]


class Senseless:
    """What can be sent, and not be made anew of what was sent."""

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        return int, ("none",)


def senseless(_: int) -> Senseless:
    return Senseless()


def test_an_answer_that_makes_no_sense_here_stops_its_own_task_and_no_other() -> None:
    tasks: list[Task[Any]] = [Task(senseless, (1,), 20), Task(twice, (2,), 20)]
    first, second = in_order(tasks, 1)
    assert isinstance(first, Stopped) and second == 4


def test_results_come_in_the_order_of_the_tasks_and_a_death_costs_only_its_own() -> None:
    tasks = [Task(slow, (0, 0.2), 20), Task(slow, (1, 0.0), 20), Task(dying, (2,), 20), Task(twice, (3,), 20)]
    results = in_order(tasks, 2)
    found = list(results)
    assert [None if isinstance(one, Stopped) else one for one in found] == [0, 1, None, 6]


def test_a_task_is_asked_for_only_when_its_turn_is_near() -> None:
    asked: list[int] = []

    def tasks() -> Iterator[Task[int]]:
        for number in range(100):
            asked.append(number)
            yield Task(twice, (number,), 20)

    results = in_order(tasks(), 2)
    assert next(results) == 0
    assert len(asked) <= 9
    results.close()
    assert active_children() == []


def test_whoever_leaves_early_leaves_no_process_behind() -> None:
    results = in_order([Task(twice, (1,), 20), Task(slow, (2, 60.0), 90)], 2)
    assert next(results) == 2
    results.close()
    assert active_children() == []


def test_what_libraries_remark_is_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert limited(loud, 1, seconds=20) == 1
    assert capfd.readouterr() == ("", "")


def test_a_large_result_comes_back_whole(tmp_path: Path) -> None:
    assert limited(bytes, 5_000_000, seconds=20) == bytes(5_000_000)
