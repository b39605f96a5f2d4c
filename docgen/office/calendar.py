"""What falls due as a calendar file (.ics) that Outlook and others take: an all-day entry each.

https://www.rfc-editor.org/rfc/rfc5545
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import icalendar

from docgen.model.problems import UiLanguage, Words
from docgen.office.due import Due
from docgen.office.due_rules import KINDS
from docgen.office.visible import visible

PRODID = "-//docgen//due//EN"
PLACE = Words("Person: {person} ({number})\nPlace: {place}", "人员：{person}（{number}）\n位置：{place}")
LONGEST = 120
"""Characters of a summary; the whole text stands in the description."""


def calendar_file(found: Iterable[Due], today: date, language: UiLanguage) -> bytes:
    """The calendar of ``found``, made on ``today``. The same item has the same UID in each, so that it is kept up."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    stamp = datetime(today.year, today.month, today.day, tzinfo=UTC)
    for one in found:
        calendar.add_component(_event(one, stamp, language))
    made: bytes = calendar.to_ical()
    return made


def _event(one: Due, stamp: datetime, language: UiLanguage) -> icalendar.Event:
    event = icalendar.Event()
    kind, what = KINDS[one.kind].label[language], one.what[language]
    summary = visible(f"{kind}: {one.person}: {what}" if language == "en" else f"{kind}：{one.person}：{what}")
    place = PLACE[language].format(person=one.person, number=one.employee_no, place=one.position)
    event.add("uid", _uid(one))
    event.add("dtstamp", stamp)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    line = " ".join(summary.split())
    event.add("summary", line if len(line) <= LONGEST else line[: LONGEST - 1] + "…")
    event.add("description", visible(f"{what}\n{place}"))
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    return event


def _uid(one: Due) -> str:
    said = "\0".join((one.kind, one.case_id, one.key, one.on.isoformat()))
    return f"{sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@docgen"
