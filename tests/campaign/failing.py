"""A call of the system that fails when its turn comes."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

CALLS = ("write", "fsync", "replace", "open", "mkdir", "link", "close")
ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES)


class Failing:
    """The ``turn``-th call fails with the error ``number``; if it ``stays``, those after it too."""

    def __init__(self, turn: int, number: int, stays: bool) -> None:
        self.left, self.number, self.stays = turn, number, stays
        self.failed = 0

    def stand_in(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left == 0 or (self.stays and self.left < 0):
                self.failed += 1
                if name == "close":  # closed all the same, as the system does it
                    call(*arguments, **options)
                raise OSError(self.number, os.strerror(self.number))
            return call(*arguments, **options)

        return counted
