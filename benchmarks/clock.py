"""Measure rivals in turn, so that whatever else the machine does meets all of them alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import Any

Task = Callable[[], object]
Times = Mapping[str, list[float]]


def measure(tasks: Mapping[str, Task], rounds: int) -> Times:
    """CPU milliseconds of each task, round by round; one round of warming up doesn't count."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds + 1):
        for name, task in tasks.items():
            gc.collect()
            start = time.process_time()
            task()
            if number:
                times[name].append((time.process_time() - start) * 1000)
    return times


def ratio(times: Times, one: str, other: str) -> float:
    """How many times as long ``one`` takes as ``other``: the median of the ratios of each round."""
    return median(first / second for first, second in zip(times[one], times[other], strict=True))


class Stopwatch:
    """Shares out the time of a call among the functions it calls; each gets what those inside it don't."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._inside = [0.0]

    def wrapped(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **options: Any) -> Any:
            with self.stage(stage):
                return function(*args, **options)

        return timed

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._inside.append(0.0)
        start = time.process_time()
        try:
            yield
        finally:
            taken = time.process_time() - start
            own = taken - self._inside.pop()
            self._inside[-1] += taken
            self.spent[name] = self.spent.get(name, 0.0) + own * 1000
