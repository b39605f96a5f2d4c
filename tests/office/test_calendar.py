"""The calendar file, read back by a library and byte by byte."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import icalendar
import pytest

from docgen.model.problems import Position, Words
from docgen.office.calendar import calendar_file
from docgen.office.due import Due

DAY = date(2026, 3, 31)


def item(what: str = "培训，两天", on: date = date(2026, 4, 10), key: str = "a", case_id: str = "S1-202601") -> Due:
    return Due(
        kind="support",
        on=on,
        days=10,
        what=Words(what, what),
        person="王某",
        employee_no="S1",
        department="销售部",
        supervisor="李某",
        supervisor_no="S9",
        case_id=case_id,
        position=Position("team.xlsx", cell="Support!C5"),
        key=key,
    )


def events(*items: Due) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(calendar_file(items, DAY, "zh"))
    return list(calendar.walk("VEVENT"))


def test_an_item_is_an_entry_of_the_whole_day() -> None:
    (event,) = events(item())
    assert event.decoded("dtstart") == date(2026, 4, 10) and event.decoded("dtend") == date(2026, 4, 11)
    assert event.decoded("dtstamp") == datetime.fromisoformat("2026-03-31T00:00:00+00:00")
    assert str(event["summary"]) == "承诺的支持：王某：培训，两天" and str(event["class"]) == "CONFIDENTIAL"
    assert str(event["description"]) == "培训，两天\n人员：王某（S1）\n位置：team.xlsx › Support!C5"


def test_the_same_item_has_the_same_uid_and_others_have_others() -> None:
    others = [item(on=date(2026, 4, 11)), item(key="b"), item(case_id="S2-202601")]
    uids = [str(one["uid"]) for one in events(item(), item("其他"), *others)]
    assert uids[0] == uids[1] and len(set(uids)) == 4


def test_the_same_day_makes_the_same_bytes() -> None:
    assert calendar_file([item()], DAY, "en") == calendar_file([item()], DAY, "en")


@pytest.mark.parametrize("what", ["长" * 300, "a\nBEGIN:VEVENT\r\nX:1", 'a;b,c\\d:e"', "e\u0301" * 80, "\x07\u202e"])
def test_whatever_is_typed_the_file_keeps_to_its_form(what: str) -> None:
    content = calendar_file([item(what), item("nächster")], DAY, "en")
    assert content.decode("utf-8") and content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    lines = content.split(b"\r\n")
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == 2
    assert not any(line.startswith((b"METHOD", b"X:")) for line in lines)
    assert lines.count(b"PRODID:-//docgen//due//EN") == lines.count(b"VERSION:2.0") == 1
    first, second = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(second["summary"]).endswith("nächster") and len(str(first["summary"])) <= 120


def test_a_calendar_of_nothing_is_one_too() -> None:
    assert events() == []
