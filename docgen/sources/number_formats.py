"""How a cell shows its number: plain, in percent, with zeros before it, with a unit, as a date or a time.

Nothing is rounded to what the format would show; a number has the 15 significant digits that spreadsheets keep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from docgen.definitions.numbers import DIGITS
from docgen.definitions.results import Fault
from docgen.sources.format_codes import (
    DATE_LETTERS,
    PLACEHOLDERS,
    Condition,
    Section,
    condition_of,
    literals_of,
    sections_of,
)
from docgen.sources.grid import CellValue, Figure, Stamp

Show = Callable[[str], CellValue]
"""From the number as the file stores it to what stands in the cell; raises ValueError for what is no number."""

TOO_LONG = 10**DIGITS
SECONDS = 86_400
MOST_REMEMBERED = 10_000
START_1900 = date(1899, 12, 30)
START_1904 = date(1904, 1, 1)
LAST_DAY = date(9999, 12, 31)

NUMBERS = 3
"""So many sections may be for numbers, one more for texts."""
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
# Of the numbers that a file need not explain: https://learn.microsoft.com/openspecs/office_standards/ms-oi29500
# (18.8.30); those of Chinese systems from 27 on.
BUILT_IN = {
    **{9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "yyyy/m/d h:mm"},
    **{18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss"},
    **{number: "yyyy/m/d" for number in (28, 29, 30, 31, 51, 53, 54, 58)},
    **{number: "yyyy/m" for number in (27, 36, 50, 52, 57)},
    **{number: "h:mm" for number in (32, 33, 34, 35, 55, 56)},
}


def plain(stored: str) -> str | Fault:
    """``stored`` in plain decimal notation, never 1E+5; a Fault where a whole number has lost digits already."""
    if stored.isascii() and stored.isdigit() and len(stored) <= DIGITS:
        return stored.lstrip("0") or "0"
    return number_text(_number(stored))


def number_text(number: float) -> str | Fault:
    """As plain(), of a number."""
    text = f"{number:.15g}"
    if abs(number) >= TOO_LONG and number == int(number):
        # What stands there may be an identity card's number, of which little may be repeated.
        return Fault("damaged_number", f"{number:.3E}", {"length": len(str(abs(int(number)))), "limit": DIGITS})
    if "e" in text:
        text = f"{Decimal(text):.15f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def show_of(code: str, epoch_1904: bool = False) -> Show:
    """What a number format makes of a number; ``epoch_1904``: days are counted from 1904."""
    sections = [section for section in sections_of(code) if not section.of_text][:NUMBERS]
    conditions = [condition_of(section) for section in sections]
    start = START_1904 if epoch_1904 else START_1900
    if not any(conditions):
        shows = [_show(section, start, negative=index == 1) for index, section in enumerate(sections)] or [_plain]
        return shows[0] if len(shows) == 1 else _remembered(_by_sign(shows))
    shows = [_show(section, start) for section in sections]
    others = [show for show, condition in zip(shows, conditions, strict=True) if condition is None]
    chosen = [(condition, show) for condition, show in zip(conditions, shows, strict=True) if condition]
    return _remembered(_by_condition(chosen, others[0] if len(others) == 1 else _plain))


def _show(section: Section, start: date, negative: bool = False) -> Show:
    """What one section makes of the numbers that it is for; ``negative``: these only, which it writes without sign."""
    signs = "".join(sign for kind, sign in section.tokens if kind == "sign").lower()
    if any(ELAPSED.fullmatch(bracket) for bracket in section.brackets):
        return _elapsed
    if DATE_LETTERS & set(signs.replace("general", "")):
        return _remembered(_dated(signs, start))
    if "%" in signs:
        return _remembered(_percent)
    before, after, between = literals_of(section.tokens)
    digits = "".join(sign for sign in signs if sign in PLACEHOLDERS) if signs != "general" else ""
    if between or "e" in digits or "/" in digits or digits.endswith(","):
        return _plain
    width = len(digits) if len(digits) > 1 and not digits.strip("0") else 0
    return dressed(before, width, after, negative) if before or width or after else _plain


def date_shown(moment: date | time | timedelta) -> Stamp:
    """A date, with its time unless that is midnight, or a time alone, without its seconds unless there are any."""
    match moment:
        case datetime():
            day, clock = moment.date(), moment.time()
            return Stamp(f"{day} {_clock(clock)}" if clock.replace(microsecond=0) != time() else f"{day}")
        case date():
            return Stamp(moment.isoformat())
        case time():
            return Stamp(_clock(moment))
        case _:
            return _hours(round(moment.total_seconds()))


def _by_sign(shows: Sequence[Show]) -> Show:
    """For positive numbers, for negative ones, for zero; the first is for what has none of its own."""

    def show(stored: str) -> CellValue:
        number = _number(stored)
        index = 1 if number < 0 else 2 if number == 0 else 0
        return shows[index if index < len(shows) else 0](stored)

    return show


def _by_condition(chosen: Sequence[tuple[Condition, Show]], other: Show) -> Show:
    def show(stored: str) -> CellValue:
        number = _number(stored)
        return next((show for condition, show in chosen if condition(number)), other)(stored)

    return show


def _plain(stored: str) -> CellValue:
    text = plain(stored)
    return Figure(text) if isinstance(text, str) else text


def _percent(stored: str) -> CellValue:
    text = plain(stored)
    if isinstance(text, Fault):
        return text
    text = f"{Decimal(text).scaleb(2):f}"
    return Figure(f"{text.rstrip('0').rstrip('.') if '.' in text else text}%")


def _remembered(show: Show) -> Show:
    """The same figures and days stand in many cells."""
    known: dict[str, CellValue] = {}

    def remember(stored: str) -> CellValue:
        if stored in known:
            return known[stored]
        found = show(stored)
        if len(known) < MOST_REMEMBERED:
            known[stored] = found
        return found

    return remember


def dressed(before: str, width: int, after: str, negative: bool = False) -> Show:
    """A number of so many digits at least, with what the cell shows around it."""
    gap = "" if before or after in ("", "%", "％") else " "

    def show(stored: str) -> CellValue:
        text = plain(stored)
        if isinstance(text, Fault):
            return text
        sign, figure = ("-", text[1:]) if text.startswith("-") else ("", text)
        if width and not sign and figure.isdigit():
            figure = figure.zfill(width)
        return Figure(f"{'' if negative and before else sign}{before}{figure}{gap}{after}")

    return show


def _elapsed(stored: str) -> CellValue:
    days = _number(stored)
    return _hours(round(days * SECONDS)) if days >= 0 else _no_day(stored)


def _dated(signs: str, start: date) -> Show:
    has_day = "d" in signs
    has_date = has_day or "y" in signs or ("m" in signs and not {"h", "s"} & set(signs))
    return lambda stored: _moment(stored, start, has_date, has_day)


def _moment(stored: str, start: date, has_date: bool, has_day: bool) -> CellValue:
    number = _number(stored)
    if not 0 <= number <= (LAST_DAY - start).days + 1:
        return _no_day(stored)
    days, seconds = divmod(round(number * SECONDS), SECONDS)
    if days == 0 and (not has_date or start == START_1900):
        return date_shown((datetime.min + timedelta(seconds=seconds)).time())
    if days < 60 and start == START_1900:
        days += 1  # 1900 is a leap year to them
    try:
        day = start + timedelta(days=days)
    except OverflowError:
        return _no_day(stored)
    if not seconds and not has_day and has_date and day.day == 1:
        return Stamp(f"{day:%Y-%m}")
    return date_shown(datetime.combine(day, time()) + timedelta(seconds=seconds))


def _number(stored: str) -> float:
    number = float(stored)  # which also takes 1_000 and digits of other scripts
    if not isfinite(number) or "_" in stored or not stored.isascii():
        raise ValueError(stored)
    return number


def _no_day(stored: str) -> Fault:
    text = plain(stored)
    return Fault("number_for_day", text) if isinstance(text, str) else text


def _clock(clock: time) -> str:
    return clock.strftime("%H:%M:%S" if clock.second else "%H:%M")


def _hours(seconds: int) -> Stamp:
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if seconds < 0 else ""
    return Stamp(f"{sign}{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else ""))
