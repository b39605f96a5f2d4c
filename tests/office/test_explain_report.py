"""Explanations as rows of a table."""

from __future__ import annotations

from docgen.model.problems import Position, Words
from docgen.office.explain_report import rows
from docgen.office.explaining import Explained, What
from docgen.office.origins import Origin

WHY = Origin("typed", ("interviews", 0, "type"), Words("Type of talk", "类型"), Position("a.yaml", 14, 11))
KEPT = Origin("typed", ("interviews", 0, "keep"), Words("Practice to keep", "应保持的做法"), Position("a.yaml", 15, 23))


def stretch(what: What, text: str, *origins: Origin) -> Explained:
    return Explained(what, "body", "Next", 0, text, "To keep: one page, a note.", origins, False, (WHY,), ())


def test_a_value_in_a_line_that_a_choice_decides_on_keeps_its_own_row_and_cell() -> None:
    found = rows([stretch("decided", "To keep:"), stretch("value", "one page, a note.", KEPT)], "en")
    assert [row[1:4] for row in found] == [
        ("To keep:", "", "there because of Type of talk a.yaml:14:11"),
        ("one page, a note.", "Practice to keep", "a.yaml:15:23"),
    ]


def test_fixed_words_that_a_choice_decides_on_are_one_row_a_line() -> None:
    found = rows([stretch("decided", "To keep: one page,"), stretch("decided", "a note.")], "en")
    assert [row[1] for row in found] == ["To keep: one page, a note."]
