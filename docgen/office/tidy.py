"""What a document leaves behind in memory goes back to the system before the next one: layout trees are circles of
boxes, which wait for Python's collector, and the C library keeps what it got for the largest."""

from __future__ import annotations

import ctypes
import gc
from functools import cache
from typing import Any


def tidy() -> None:
    """Collect the garbage of this process, and give free memory back, where the C library can (glibc)."""
    gc.collect()
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library, another system
        return None
