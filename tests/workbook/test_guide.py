"""The first tab."""

from __future__ import annotations

import pytest

from docgen.model.problems import UiLanguage
from docgen.workbook.creating import Order, new_workbook
from docgen.workbook.guide import GUIDE, PAGE, Layout, pages
from tests.workbook.new_help import ALL, definitions, new, opened


def text(layout: Layout, language: UiLanguage, forms: tuple[str, ...] = ("letter",)) -> str:
    sheet = opened(new(layout, language, forms))[GUIDE[language]]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("layout", ["card", "table"])
def test_it_says_what_to_do_next(layout: Layout, language: UiLanguage) -> None:
    shown = text(layout, language)
    for words in ("docgen check team.xlsx", "docgen generate team.xlsx", "--marked", "docgen.yaml"):
        assert words in shown


def test_it_names_the_blocks_in_their_order() -> None:
    assert "The case, Targets, Support promised" in text("card", "en")


def test_its_example_has_every_field_that_is_asked_for() -> None:
    shown = text("card", "en", ALL)
    for name in ("area", "expected_level"):
        example = definitions().sheets["gaps"].fields[name].example
        assert example and example.en in shown


def test_choices_and_references_are_shown_as_a_person_fills_them_in() -> None:
    shown = text("card", "en", ALL)
    assert "Acceptable, but a higher level is needed" in shown and "raise_level" not in shown
    assert "\nT1\n" not in shown


def test_its_example_leaves_out_what_may_stay_empty() -> None:
    everything = opened(new("card", "zh", ALL, True, 1))[GUIDE["zh"]]
    assert everything.max_row < 120, "two pages"
    assert "征求意见日期" not in text("card", "zh")


def test_of_tables_it_says_what_belongs_in_each() -> None:
    why = definitions().workbook.tabs["why"]
    assert why.note.en in text("table", "en", ALL) and why.note.en not in text("card", "en", ALL)


def test_commands_quote_a_name_with_blanks() -> None:
    content, _ = new_workbook(Order(("letter",), "en", "M. Li-E9.xlsx", "card"), definitions())
    rows = opened(content)[GUIDE["en"]].iter_rows(values_only=True)
    shown = "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    assert 'docgen check "M. Li-E9.xlsx" lists' in shown and 'docgen generate "M. Li-E9.xlsx" makes' in shown


@pytest.mark.parametrize(
    ("height", "high"),
    [(700, 0), (PAGE, 1), (PAGE * 1.1, 1), (PAGE * 1.2, 0), (PAGE * 1.9, 0), (PAGE * 2.2, 2), (PAGE * 2.35, 0)],
)
def test_a_few_rows_make_no_page_of_their_own(height: float, high: int) -> None:
    """Rows that would spill over are printed a little smaller with the others."""
    assert pages(height) == high


def test_the_guide_of_a_card_for_letters_is_printed_on_one_page() -> None:
    sheet = opened(new("card", "en", ("letter",)))[GUIDE["en"]]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight in (None, 1), "0 stands for as many as it takes, nothing for one"
