from __future__ import annotations

import pickle
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from docgen.definitions.formula import Formula, Sentence
from docgen.model.case import Code, Month, Quantity
from docgen.model.problems import Words

LABELS = {"direction": {"higher": Words("Higher is better", "越高越好")}}


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (None, "–", "–"),
        (True, "yes", "是"),
        (Decimal("90.00"), "90", "90"),
        (Decimal("1E+3"), "1000", "1000"),
        (Quantity(Decimal("35.50"), "万元"), "35.5 万元", "35.5 万元"),
        (Quantity(Decimal(3)), "3", "3"),
        (date(2026, 3, 5), "2026-03-05", "2026-03-05"),
        (Month(2026, 3), "2026-03", "2026-03"),
        (time(9, 5), "09:05", "09:05"),
        (Code("higher", "direction"), "Higher is better", "越高越好"),
        (Code("other", "unknown"), "other", "other"),
        (Words("Weight", "权重"), "Weight", "权重"),
        ([Decimal(60), Decimal(40)], "60, 40", "60、40"),
        ("{{ x }} <b>", "{{ x }} <b>", "{{ x }} <b>"),
    ],
)
def test_values_in_a_message_print_in_its_language(value: Any, en: str, zh: str) -> None:
    assert Sentence(Words("{{ x }}", "{{ x }}"), LABELS).render({"x": value}) == Words(en, zh)


def test_a_sentence_without_placeholders_is_itself() -> None:
    assert Sentence(Words("Do it.", "请办理。"), {}).render({}) == Words("Do it.", "请办理。")


def test_a_formula_is_called_with_names_and_can_be_pickled() -> None:
    formula = Formula("a + b", "x.yaml:3")
    assert formula({"a": 1, "b": 2}) == 3
    again = pickle.loads(pickle.dumps(formula))
    assert (again, again.place, again({"a": 2, "b": 2})) == (formula, "x.yaml:3", 4)
