"""Values read as a reader of the document's language writes them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup

from docgen.errors import TemplateError
from docgen.layout.formatting import formatter
from docgen.model.case import Code, Gap, Month, Quantity
from docgen.model.document import Written
from docgen.model.problems import Words
from tests.layout.set_help import definitions


def form(value: Any, language: Written = "en", second: Written | None = None) -> Any:
    def gap(gap: Gap, language: Written) -> Markup:
        return Markup("<i>{}</i>").format(f"{gap.field} {language}")

    return formatter(language, second, definitions().lists, gap)(value)


def shown(value: Any, language: Written = "en") -> str:
    """What is printed, without its markup."""
    return (
        Markup(form(value, language)).striptags()
        if isinstance(form(value, language), Markup)
        else form(value, language)
    )


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (None, "", ""),
        ("text", "text", "text"),
        (True, "Yes", "是"),
        (False, "No", "否"),
        (0, "0", "0"),
        (350000, "350,000", "350,000"),
        (Decimal("1234567.80"), "1,234,567.8", "1,234,567.8"),
        (Decimal("0.005"), "0.005", "0.005"),
        (Decimal("2.6750"), "2.675", "2.675"),
        (Decimal("-0.0"), "0", "0"),
        (Decimal("-0.5"), "-0.5", "-0.5"),
        (Decimal("1E+3"), "1,000", "1,000"),
        (Decimal("1E+29"), "100" + ",000" * 9, "100" + ",000" * 9),
        (Quantity(Decimal(350000), "元"), "350,000 元", "350,000元"),
        (Quantity(Decimal("12.50"), "%"), "12.5%", "12.5%"),
        (Quantity(Decimal(7)), "7", "7"),
        (date(2026, 3, 5), "5 March 2026", "2026年3月5日"),
        (Month(2026, 4), "April 2026", "2026年4月"),
        (time(9, 5), "9:05", "9:05"),
        (Words("Office", "办公室"), "Office", "办公室"),
        (["a", "b"], "a; b", "a；b"),
        ([date(2026, 3, 5), None, 2], "5 March 2026; ; 2", "2026年3月5日；；2"),
        ([], "", ""),
    ],
)
def test_each_kind_of_value_in_both_languages(value: object, en: str, zh: str) -> None:
    assert (shown(value, "en"), shown(value, "zh")) == (en, zh)


@pytest.mark.parametrize(
    "value", [date(2026, 3, 5), Month(2026, 4), Quantity(Decimal(350000), "元"), Quantity(Decimal(3), "days")]
)
def test_dates_and_amounts_stay_on_one_line(value: object) -> None:
    assert form(value).startswith('<span class="nobreak">')


@pytest.mark.parametrize("value", ["<b>&\"'", Words("<b>", "<b>"), Quantity(Decimal(1), "<b>"), ["<b>"]])
def test_what_was_typed_is_escaped(value: object) -> None:
    assert "<b>" not in form(value)
    assert "&lt;b&gt;" in form(value)


def test_the_lines_of_a_text_stay_lines() -> None:
    assert form("a\n<b>\n") == "a<br/>&lt;b&gt;<br/>"


def test_markup_of_the_template_itself_passes() -> None:
    assert form(Markup("<b>")) == "<b>"


def test_a_code_is_its_label_and_never_the_code() -> None:
    label = definitions().lists["direction"].choices["higher"]
    assert form(Code("higher", "direction")) == label.en
    assert form(Code("higher", "direction"), "zh") == label.zh
    assert form(Code("higher", "direction"), "zh", "en") == f'{label.zh} <span lang="en">{label.en}</span>'
    assert "higher" not in form([Code("higher", "direction")], "zh")


def test_a_setting_in_both_languages_is_printed_in_both_where_the_document_is() -> None:
    assert form(Words("Office", "办公室"), "zh", "en") == '办公室 <span lang="en">Office</span>'
    assert form(Words("A&B", "A&B"), "zh", "en") == "A&amp;B"


def test_a_gap_is_left_to_the_mode_of_the_document() -> None:
    assert form(Gap("case.position", ()), "zh") == "<i>case.position zh</i>"


def test_a_missing_name_says_its_name() -> None:
    with pytest.raises(UndefinedError, match="salary"):
        form(StrictUndefined(name="salary"))


@pytest.mark.parametrize("value", [{"a": 1}, object(), 2.5, {1}, print])
def test_an_object_of_python_is_never_printed(value: object) -> None:
    with pytest.raises(TemplateError, match="a template prints a"):
        form(value)
