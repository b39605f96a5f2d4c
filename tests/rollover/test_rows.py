"""Values back to text, in rows that spell names as the record does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from docgen.model.case import Code, Month, Quantity
from docgen.rollover.rows import Spelling, Vocabulary, text
from docgen.sources.grid import Figure, Stamp
from tests.rollover.month_help import definitions

MONTHS = definitions().sheets["months"].label.zh


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(definitions())


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        (date(2026, 4, 30), "2026-04-30"),
        (Month(2026, 4), "2026-04"),
        (Decimal("60.00"), "60"),
        (Decimal("1E+2"), "100"),
        (Decimal("0.00"), "0"),
        (Decimal("16.66"), "16.66"),
        (Quantity(Decimal("35.0"), "万元"), "35 万元"),
        (Code("gap", "indicator_status"), "gap"),
        (2, "2"),
        (True, "yes"),
        (["a", Decimal("2.0")], ["a", "2"]),
    ],
)
def test_values_become_what_a_person_would_type(value: object, typed: object) -> None:
    assert text(value) == typed
    assert type(text(value)) is type(typed)


def test_cells_of_a_workbook_stay_what_they_are() -> None:
    assert isinstance(text(Figure("30%")), Figure) and isinstance(text(Stamp("2026-03-05")), Stamp)


def test_a_new_row_spells_its_fields_as_the_rows_of_its_sheet_do() -> None:
    speller = Spelling(vocabulary(), {"case": {}, MONTHS: [{"月份": "2026-03", "measures": [{"What": "x"}]}]})
    assert speller.key("", "months") == MONTHS and speller.key("months", "month") == "月份"
    assert speller.key("measures", "what") == "What"


def test_fields_that_stand_nowhere_yet_are_spelled_in_the_manner_of_the_others() -> None:
    chinese = Spelling(vocabulary(), {"case": {"工号": "E1"}})
    english = Spelling(vocabulary(), {"case": {"Employee number": "E1"}})
    keys = Spelling(vocabulary(), {"case": {"employee_no": "E1"}})
    spelled = [one.key("measures", "when_due") for one in (chinese, english, keys)]
    labels = definitions().sheets["measures"].fields["when_due"].label
    assert spelled == [labels.zh, labels.en, "when_due"]


def test_a_copied_row_keeps_its_own_spelling_and_loses_what_is_taken_out() -> None:
    speller = Spelling(vocabulary(), {"case": {}})
    copied = {"What": "Visit", "status": "open", "完成时间": "2026-03-01"}
    made = speller.row("measures", {"status": None, "when_due": None, "origin": "carried"}, copied)
    assert made == {"What": "Visit", "origin": "carried"}
    assert copied == {"What": "Visit", "status": "open", "完成时间": "2026-03-01"}


def test_a_place_is_told_in_the_words_of_the_record() -> None:
    data = {"case": {}, MONTHS: [{"月份": "2026-03"}]}
    speller = Spelling(vocabulary(), data)
    assert speller.place(data, ("months", 0, "month")) == (MONTHS, 0, "月份")
    assert speller.place(data, ("targets", 3, "name")) == ("targets", 3, "name")
