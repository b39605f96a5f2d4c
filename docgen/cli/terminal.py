"""What kind of output this is: a terminal with its width and colours, or a pipe."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence

from docgen.model.problems import Problem, UiLanguage
from docgen.office import listing
from docgen.office.report import as_lines, as_table, each, grouped
from docgen.office.sheets import Column

WIDEST = 160
PIPE = 120


def is_terminal(err: bool = False) -> bool:
    stream = sys.stderr if err else sys.stdout
    return stream is not None and stream.isatty()  # None: the caller has closed it


def has_colour(err: bool = False) -> bool:
    """Colour only on a terminal that knows it, and never against NO_COLOR (no-color.org)."""
    return is_terminal(err) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(err: bool = False) -> int:
    """Columns to fill: those of the terminal, but lines longer than ``WIDEST`` read badly."""
    return min(shutil.get_terminal_size().columns, WIDEST) if is_terminal(err) else PIPE


def listed(problems: Iterable[Problem], language: UiLanguage, err: bool = False, all_of_them: bool = False) -> str:
    """The problems as a table on a terminal, one a line elsewhere; ``err`` when they go to standard error.

    Unless ``all_of_them`` are asked for, what many places have in common is told of the first.
    """
    lines = each(problems) if all_of_them else grouped(problems)
    if is_terminal(err):
        return as_table(lines, language, width(err), has_colour(err))
    return as_lines(lines, language)


def table(columns: Sequence[Column], rows: Sequence[listing.Row], language: UiLanguage, groups: bool = True) -> str:
    """Rows as a table on a terminal; parted by tabs, with all of their text on one line, elsewhere."""
    if is_terminal():
        return listing.as_table(columns, rows, language, width(), has_colour(), groups)
    return listing.as_lines(columns, rows, language)
