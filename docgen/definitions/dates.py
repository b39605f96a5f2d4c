"""Days, months and times as people write them in China, Britain and America; what could be two days is refused."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from docgen.definitions.cleaning import half_width
from docgen.definitions.definition import Field
from docgen.definitions.results import Fault, Options, ReadAs, Result, shown
from docgen.model.case import Month

FIRST_YEAR, LAST_YEAR = 1900, 2199

DASHES = str.maketrans({dash: "-" for dash in "‐‑‒–—−"})
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
YEAR_FIRST = re.compile(r"([0-9]{4})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})(?:[T ]+00?:00(?::00(?:\.0+)?)?Z?)?")
YEAR_FIRST_ZH = re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]?")
COMPACT = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})")
YEAR_LAST = re.compile(r"([0-9]{1,2})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{2})")
# A date cell may hold a time of day, which nobody sees; a time that was meant may hold its day.
TIME_AFTER = re.compile(r"[T\s]+(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?Z?")
DAY_BEFORE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]+(.+)")
SERIAL = re.compile(r"[2-9][0-9]{4}")
NAMED = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?|([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?)"
    r"[\s,-]+([0-9]{4})",
    re.IGNORECASE,
)
MONTH = re.compile(r"([0-9]{4})\s*(?:[-/.]|年)\s*([0-9]{1,2})\s*月?")
MONTH_COMPACT = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})")
MONTH_LAST = re.compile(r"([0-9]{1,2})\s*[/-]\s*([0-9]{4})")
MONTH_NAMED = re.compile(r"([a-z]{3,9})\.?[\s,-]+([0-9]{4})", re.IGNORECASE)
CLOCK = re.compile(
    r"(上午|下午|晚上|中午)?\s*([0-9]{1,2})(?::([0-9]{2})(?::[0-5][0-9])?|[点时](?:([0-9]{1,2})分|(半))?)", re.I
)
# What hour of the day is meant by an hour that is said with its part of the day; what nobody says is refused.
PARTS_OF_DAY = {
    "上午": {hour: hour for hour in range(13)},
    "中午": {hour: hour for hour in range(10, 15)} | {1: 13, 2: 14},
    "下午": {hour: hour % 12 + 12 for hour in range(24)},
    "晚上": {0: 0, 12: 0} | {hour: hour + 12 for hour in range(5, 12)} | {hour: hour for hour in range(17, 24)},
}
NO_HOUR = 24
CLOCK_EN = re.compile(r"([0-9]{1,2})(?::([0-9]{2})(?::[0-5][0-9])?)?\s*([ap])\.?m\.?", re.IGNORECASE)
HAN_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号]?)?"
)

HAN_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# Day 1 of the serial numbers that spreadsheets count with, allowing for their belief in 29 February 1900.
SERIAL_START = date(1899, 12, 30)


def parse_date(field: Field, raw: str, options: Options) -> Result:
    """A day to date.

    Takes 2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日, full-width and Chinese numerals, 5 March 2026; with a note also
    20260305, the serial 46086, and a day with a time behind it. 3/5/2026 is taken only where ``date_order`` or the
    figures leave no doubt.
    """
    if len(raw) == 10 and (found := ISO.fullmatch(raw)):
        return _day(raw, int(found[1]), int(found[2]), int(found[3]))
    text = _figures(raw)
    if found := YEAR_FIRST.fullmatch(text):
        return _day(raw, int(found[1]), int(found[3]), int(found[4]))
    if found := YEAR_FIRST_ZH.fullmatch(text):
        return _day(raw, int(found[1]), int(found[2]), int(found[3]))
    if (found := HAN_DATE.fullmatch(text)) and found[3]:
        return _day(raw, _han_year(found[1]), _han_number(found[2]), _han_number(found[3]))
    if found := NAMED.fullmatch(text):
        month = _month_number(found[2] or found[3])
        return _day(raw, int(found[5]), month, int(found[1] or found[4])) if month else Fault("not_a_date", shown(raw))
    if found := COMPACT.fullmatch(text):
        return _noted(_day(raw, int(found[1]), int(found[2]), int(found[3])))
    if found := YEAR_LAST.fullmatch(text):
        return _year_last(raw, (found[1], found[3], found[4]), options.date_order)
    if SERIAL.fullmatch(text):
        return _noted(SERIAL_START + timedelta(days=int(text)))
    if (found := TIME_AFTER.search(text)) and found.end() == len(text) and found.start():
        day = parse_date(field, text[: found.start()], options)
        return _noted(day) if isinstance(day, date) else day
    return Fault("not_a_date", shown(raw))


def parse_month(field: Field, raw: str, options: Options) -> Result:
    """2026-04, 2026/4, 2026年4月, 二〇二六年四月, April 2026 or 4/2026 to Month; of a day its month, with a note."""
    text = _figures(raw)
    year = month = 0
    if found := MONTH.fullmatch(text) or MONTH_COMPACT.fullmatch(text):
        year, month = int(found[1]), int(found[2])
    elif found := MONTH_LAST.fullmatch(text):
        year, month = int(found[2]), int(found[1])
    elif found := MONTH_NAMED.fullmatch(text):
        year, month = int(found[2]), _month_number(found[1])
    elif (found := HAN_DATE.fullmatch(text)) and not found[3]:
        year, month = _han_year(found[1]), _han_number(found[2])
    elif YEAR_FIRST.fullmatch(text) or YEAR_FIRST_ZH.fullmatch(text):
        day = parse_date(field, raw, options)
        return ReadAs(Month(day.year, day.month), "read_as", {"read": f"{day:%Y-%m}"}) if isinstance(day, date) else day
    if not 1 <= month <= 12:
        return Fault("not_a_month", shown(raw))
    return Month(year, month) if FIRST_YEAR <= year <= LAST_YEAR else _other_century(raw)


def parse_time(field: Field, raw: str, options: Options) -> Result:
    """9:30, 09：30, 9:30 pm, 上午9点, 下午2点半 to time (hours and minutes); a day before it doesn't count (note)."""
    text = half_width(raw)
    if found := DAY_BEFORE.fullmatch(text):
        clock = parse_time(field, found[1], options)
        return ReadAs(clock, "read_as", {"read": f"{clock:%H:%M}"}) if isinstance(clock, time) else clock
    if found := CLOCK_EN.fullmatch(text):
        hour, minute = int(found[1]), int(found[2] or 0)
        if not 1 <= hour <= 12:
            return Fault("not_a_time", shown(raw))
        return _clock(raw, hour % 12 + (12 if found[3] in "pP" else 0), minute)
    found = CLOCK.fullmatch(text)
    if not found:
        return Fault("not_a_time", shown(raw))
    hour, minute = int(found[2]), 30 if found[5] else int(found[3] or found[4] or 0)
    if found[1]:
        hour = PARTS_OF_DAY[found[1]].get(hour, NO_HOUR)
    return _clock(raw, hour, minute)


def _figures(raw: str) -> str:
    text = half_width(raw)
    return text if text.isascii() else text.translate(DASHES)


def _clock(raw: str, hour: int, minute: int) -> Result:
    return time(hour, minute) if hour < 24 and minute < 60 else Fault("not_a_time", shown(raw))


def _day(raw: str, year: int, month: int, day: int) -> date | Fault:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _other_century(raw)
    try:
        return date(year, month, day)
    except ValueError:
        return Fault("no_such_day", shown(raw))


def _year_last(raw: str, parts: tuple[str, str, str], order: str) -> Result:
    """3/5/2026, 13/5/2026 or 05/06/26: by the order that was set, else only where a single reading gives a day."""
    first, second, third = (int(part) for part in parts)
    if len(parts[2]) == 4:
        readings = {"dmy": (third, second, first), "mdy": (third, first, second)}
    else:
        readings = {
            "ymd": (2000 + first, second, third),
            "dmy": (2000 + third, second, first),
            "mdy": (2000 + third, first, second),
        }
        if not order:
            return Fault("ambiguous_date", shown(raw))
    if order in readings:
        return _noted(_day(raw, *readings[order]))
    days = [day for reading in readings.values() if isinstance(day := _day(raw, *reading), date)]
    if len(set(days)) > 1:
        return Fault("ambiguous_date", shown(raw))
    return _noted(days[0]) if days else Fault("no_such_day", shown(raw))


def _noted(day: date | Fault) -> Result:
    return day if isinstance(day, Fault) else ReadAs(day, "read_as", {"read": day.isoformat()})


def _other_century(raw: str) -> Fault:
    return Fault("out_of_range", shown(raw), {"limit": f"{FIRST_YEAR}–{LAST_YEAR}"})


def _month_number(text: str) -> int:
    """1 to 12 for a month's English name or its usual short form, else 0."""
    low = text.lower()
    if low == "sept":
        return 9
    return next((number for number, name in enumerate(MONTH_NAMES, 1) if low in (name, name[:3])), 0)


def _han_year(text: str) -> int:
    return int("".join(str(HAN_DIGITS[digit]) for digit in text))


def _han_number(text: str) -> int:
    """一 to 九十九 as a number; 0 where the characters make none."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return HAN_DIGITS[text] if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (HAN_DIGITS[tens] if tens else 1) * 10 + (HAN_DIGITS[ones] if ones else 0)
