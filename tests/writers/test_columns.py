"""No column is so narrow that a word in it breaks; what it lacks comes from those with room to spare."""

from __future__ import annotations

import io
from dataclasses import replace

import docx as word
import pytest

from docgen.layout.sets import load_set
from docgen.model.document import Cell, Column, Paragraph, Row, Table, Text
from docgen.writers.columns import MOST, widths
from tests.writers.pdf_help import docx, page_texts, pdf, row, templates, tree
from tests.writers.pdf_help import table as markup
from tests.writers.word_help import W

THEME = load_set().theme
LARGE = replace(THEME, sizes={**THEME.sizes, "table": 12.0})


def table(*rows: str, shares: tuple[float, ...], head: bool = False, role: str = "") -> Table:
    made = tuple(
        Row(tuple(Cell((Paragraph((Text(words.strip(), "en", role=role),)),), head=head) for words in line.split("|")))
        for line in rows
    )
    return Table(tuple(map(Column, shares)), (), made)


def test_columns_with_room_for_their_words_stay_as_the_template_says() -> None:
    made = table("No. | Environment and people", shares=(10, 90))
    assert widths(made, THEME, 170) == [10, 90]


def test_a_starved_column_takes_from_those_with_most_to_spare() -> None:
    narrow, wide, exact = widths(table("Environment | a b | c", shares=(8, 62, 30)), THEME, 170)
    assert narrow > 8
    assert 62 - wide > 30 - exact > 0
    assert narrow + wide + exact == pytest.approx(100)


def test_a_cell_without_words_asks_for_no_room() -> None:
    made = table("No. | Environment and people", shares=(10, 90))
    empty = replace(made.body[0], cells=(Cell((Paragraph(()),)), *made.body[0].cells[1:]))
    assert widths(replace(made, body=(empty,)), THEME, 170) == [10, 90]


def test_larger_letters_need_wider_columns() -> None:
    made = table("Environment | a b", shares=(13, 87))
    assert widths(made, THEME, 170) == [13, 87]
    assert widths(made, LARGE, 170)[0] > 13


@pytest.mark.parametrize(
    ("words", "whole"), [("责任人", True), ("权重%", True), ("责任人姓名", False), ("甲方（某某有限责任公司）", False)]
)
def test_short_labels_of_han_characters_stay_whole_too(words: str, whole: bool) -> None:
    assert (widths(table(f"{words} | b", shares=(3, 97)), THEME, 170)[0] > 7) is whole


@pytest.mark.parametrize(("words", "whole"), [("人力资源联系人", True), ("Delivered by", True), ("日期 Date", False)])
def test_the_label_of_a_value_stays_whole_longer(words: str, whole: bool) -> None:
    made = table(f"{words} | b", shares=(3, 97))
    labels = replace(made, body=tuple(replace(row, cells=(replace(row.cells[0], role="label"),)) for row in made.body))
    assert (widths(labels, THEME, 170)[0] > widths(made, THEME, 170)[0] + 1) is whole


def test_what_must_not_break_counts_as_one_word() -> None:
    dated = table("2026年3月5日 | b", shares=(5, 95), role="nobreak")
    assert widths(dated, THEME, 170)[0] > widths(table("2026年3月5日 | b", shares=(5, 95)), THEME, 170)[0]


@pytest.mark.parametrize(("whole", "parted"), [("☐ 未到场", "☐　未到场"), ("按期交付（重点）", "按期交付（重点）率")])
def test_a_box_and_its_word_and_a_short_remark_count_as_one_word(whole: str, parted: str) -> None:
    wide, narrow = (widths(table(f"{one} | b", shares=(3, 97)), THEME, 170)[0] for one in (whole, parted))
    assert wide > narrow + 3


def test_no_word_takes_more_than_its_part_of_the_table() -> None:
    assert widths(table(f"{'x' * 500} | b", shares=(5, 95)), THEME, 170)[0] == pytest.approx(100 * MOST)


def test_cells_over_several_columns_or_rows_do_not_confuse_it() -> None:
    def cell(words: str, colspan: int = 1, rowspan: int = 1) -> Cell:
        return Cell((Paragraph((Text(words, "en"),)),), colspan, rowspan)

    rows = (Row((cell("a", rowspan=2), cell("Donaudampfschiff", colspan=2))), Row((cell("b"), cell("Environment"))))
    first, second, third = widths(Table((Column(40), Column(55), Column(5)), (), rows), THEME, 170)
    assert third > 5 and first < 40 and second < 55


def test_both_formats_have_the_same_columns_and_whole_words() -> None:
    shares = '<col width="5"/><col width="95"/>'
    document = tree(markup(row("Environment", "x " * 300), 2).replace('<col width="1"/>' * 2, shares))
    share, _ = widths(document.body[0], templates().theme, 170)  # type: ignore[arg-type]
    assert "Environment" in page_texts(pdf(document))[0]
    grid = [int(one.get(f"{W}w")) for one in word.Document(io.BytesIO(docx(document))).element.iter(f"{W}gridCol")]
    assert grid[0] / sum(grid) * 100 == pytest.approx(share, abs=0.1)


def test_latin_words_beside_chinese_ones_have_the_wider_letters_of_a_chinese_font() -> None:
    plain = table("见证人 Wonderful | b", shares=(3, 97))
    zh = Text("见证人", "zh-CN")
    cells = (Cell((Paragraph((zh, Text(" Wonderful", "en"))),)), plain.body[0].cells[1])
    mixed = replace(plain, body=(replace(plain.body[0], cells=cells),))
    assert widths(mixed, THEME, 170)[0] > widths(plain, THEME, 170)[0] + 0.7


def test_in_a_head_these_are_bold_and_wider_still() -> None:
    content = (Text("地点 ", "zh-CN"), Text("Where", "en"))
    plain, head = (
        widths(Table((Column(3), Column(97)), (), (Row((Cell((Paragraph(content),), head=head),)),)), THEME, 170)[0]
        for head in (False, True)
    )
    assert head > plain


def test_letters_with_two_stems_are_wider_than_others() -> None:
    stems, others = (widths(table(f"{word} | b", shares=(3, 97)), THEME, 170)[0] for word in ("unpunned", "asseccos"))
    assert stems > others
