"""What a run leaves out, and how it is told."""

from __future__ import annotations

from datetime import date

from docgen.model.life import Pause
from docgen.office.lives import told_of_pauses

SPRING = Pause(date(2026, 4, 1), date(2026, 5, 31), "illness")
AUTUMN = Pause(date(2026, 9, 1), None, "leave")


def test_each_pause_of_a_case_is_told_once_with_its_count() -> None:
    told = told_of_pauses([("S1", SPRING), ("S1", AUTUMN), ("S1", SPRING), ("S2", SPRING)])
    assert [(one.case, one.count) for one in told] == [("S1", 2), ("S1", 1), ("S2", 1)]
    spring, autumn, _ = told
    assert "2026-05-31" in spring.reason.en and "illness" in spring.reason.zh
    assert "None" not in autumn.reason.en + autumn.reason.zh


def test_for_programs_the_reason_is_in_the_language_asked_for() -> None:
    (told,) = told_of_pauses([("S1", SPRING)])
    assert told.plain("zh") == {"case": "S1", "state": "paused", "count": 1, "reason": told.reason.zh}
