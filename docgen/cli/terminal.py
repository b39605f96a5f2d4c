"""What kind of output this is: a terminal with its width and colours, or a pipe."""

from __future__ import annotations

import os
import shutil
import sys

WIDEST = 160
PIPE = 120


def is_terminal() -> bool:
    return sys.stdout.isatty()


def has_colour() -> bool:
    """Colour only on a terminal that knows it, and never against NO_COLOR (no-color.org)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns to fill: those of the terminal, but lines longer than ``WIDEST`` read badly."""
    return min(shutil.get_terminal_size().columns, WIDEST) if is_terminal() else PIPE
