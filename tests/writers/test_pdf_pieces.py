"""What the layout would hide is noticed before it is drawn, and laid out again where that helps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import DocumentError
from docgen.model.document import Document
from docgen.writers import html, pdf
from docgen.writers.html import EVERYWHERE, RIGID, Give
from docgen.writers.pdf import PdfWriter
from tests.writers.pdf_help import PROPERTIES, page_texts, prove, row, table, tree
from tests.writers.test_pdf import company

EN = "The quick brown fox jumps over the lazy dog and some more words follow to fill the line. "
WORD = "Donaudampfschifffahrtsgesellschaftskapitän"
FIGURE = '<span class="nobreak">123,456,789,012,345,678,901.00</span>'
FIRST = frozenset(("1",))
NARROW = table(row(FIGURE, "neighbour", WORD, WORD, *"efgh") + row(*"abcdefgh"), 8, row(*[WORD] * 8, tag="th"))


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[Give]:
    """What each layout was given."""
    given: list[Give] = []
    real = html.write_html

    def noted(document: Document, theme: Any, give: Give) -> str:
        given.append(give)
        return real(document, theme, give)

    monkeypatch.setattr(pdf, "write_html", noted)
    return given


# Too little room


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_a_figure_breaks_only_where_its_column_is_narrower(lang: Any, layouts: list[Give]) -> None:
    wide = table(row(FIGURE, "neighbour"), 2)
    assert "123,456,789,012,345,678,901.00" in page_texts(prove(tree(wide, lang)))[0]
    assert layouts == [RIGID]
    assert "123,456,789,012,345,678,901.00" not in page_texts(prove(tree(NARROW, lang)))[0]
    assert layouts == [RIGID, RIGID, Give(loose=FIRST)]


def test_words_that_no_line_holds_are_broken(layouts: list[Give]) -> None:
    prove(tree(f'<p><span class="nobreak">{"x" * 200}</span></p>'))
    assert layouts == [RIGID, Give(loose=frozenset((EVERYWHERE,)))]


@pytest.mark.parametrize("cell", ["x☑Unternehmensführung", f"字<strong>{WORD}</strong>{WORD}"])
def test_words_that_the_engine_breaks_at_no_end_of_a_run_are_broken_anywhere(cell: str, layouts: list[Give]) -> None:
    prove(tree(table(row(*[cell, "neighbour"] * 5), 10), "zh-CN"))
    assert layouts == [RIGID, Give(loose=FIRST), Give(loose=FIRST, broken=FIRST)]


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_markers_wider_than_their_indent_make_room_for_themselves(lang: Any, layouts: list[Give]) -> None:
    deep = "<ol><li><p>a</p><ol><li><p>b</p><ol>" + "<li>item</li>" * 40 + "</ol></li></ol></li></ol>"
    prove(tree("<ol>" + "<li>item</li>" * 120 + "</ol>" + deep, lang))
    assert layouts == [RIGID]


OVER = "printed one over the other"
EDGE = "over the edge of its room"


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("td { white-space: nowrap }", f"{OVER}|{EDGE}"),
        ("td + td { text-indent: -20mm }", OVER),
        ("p { margin-bottom: -6mm !important }", OVER),
        ("p { position: absolute; top: 0 }", OVER),
        ("p { position: absolute; left: 300mm }", EDGE),
        ("p { position: absolute; top: -20mm }", EDGE),
        ("p { position: absolute; bottom: -20mm }", EDGE),
        ("p { width: 20mm; white-space: nowrap; overflow: hidden }", EDGE),
        ("p { height: 5mm; overflow: hidden }", EDGE),
        ("footer { height: 260mm }", EDGE),
    ],
)
def test_a_style_sheet_can_not_hide_text_under_text_or_behind_an_edge(tmp_path: Path, css: str, told: str) -> None:
    running = "<header><p>Head</p></header><footer><p>Foot</p></footer>"
    grid = table(row(EN, "Neighbour in the way"), 2)
    document = tree(f"{running}<p>{EN * 2}</p><p>Next</p>{grid}")
    with pytest.raises(DocumentError, match=f"^Plan: .* on page 1 of the PDF .*({told})"):
        PdfWriter(company(tmp_path / "company", css)).write(document, PROPERTIES)


def test_the_message_names_what_lies_over_what(tmp_path: Path) -> None:
    document = tree(table(row("Donaudampfschifffahrtsgesellschaft" * 3, "Neighbour in the way"), 2))
    with pytest.raises(DocumentError) as found:
        PdfWriter(company(tmp_path / "company", "td { white-space: nowrap }")).write(document, PROPERTIES)
    assert str(found.value) == (
        "Plan: 'DonaudampfschifffahrtsgesellschaftDonaud…' and 'Neighbour in the way' on page 1 of the PDF are printed "
        "one over the other, as one of them has too little room"
    )


@pytest.mark.parametrize(("lang", "word"), [("en", "line"), ("zh-CN", "行")])
@pytest.mark.parametrize(("part", "last"), [("header class='first'", 5), ("footer", 1)])
def test_a_head_or_foot_has_room_for_four_lines_and_beyond_that_the_cure_is_told(
    part: str, last: int, lang: Any, word: str
) -> None:
    def written(lines: int) -> bytes:
        said = "<br/>".join(f"{word} {number}" for number in range(1, lines + 1))
        return prove(tree(f"<{part}><p class='foot'>{said}</p></{part.split()[0]}><p>text</p>", lang))

    written(4)
    told = f"^Plan: '{word} {last}' on page 1 .* its room; heads .* shorten the company's"
    with pytest.raises(DocumentError, match=told):
        written(5)


@pytest.mark.parametrize(
    "cell",
    ["字" + "\u3000" * 40, "word" + "\u00a0" * 3, "“。”" * 9, "<strong>已确认</strong>。" * 7, "e\u0301\u0323 ẨǺ " * 9],
    ids=["blanks at the end", "blanks that stay", "signs with a blank half", "signs after a run", "towers"],
)
def test_what_only_seems_to_touch_is_no_fault(cell: str, layouts: list[Give]) -> None:
    tables = ""
    for width in range(6, 16):
        cols = f'<col width="{width}"/><col width="{width}"/><col width="{100 - 2 * width}"/>'
        rows = row(cell, "……" * 20, "end")
        tables += f"<p>x</p><table><colgroup>{cols}</colgroup><tbody>{rows}</tbody></table>"
    prove(tree(tables, "zh-CN"))
    assert layouts == [RIGID]


# Rows that fit on no page


@pytest.fixture
def unforeseen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No row is known to be tall beforehand."""
    monkeypatch.setattr(html, "tall_rows", lambda table, theme, *, landscape: [False] * len(table.body))
    yield


ITEMS = "<ol>" + "".join(f"<li>{number} {EN}</li>" for number in range(60)) + "</ol>"


@pytest.mark.usefixtures("unforeseen")
@pytest.mark.parametrize(
    ("cells", "before"),
    [(("a", EN * 80), 0), (("a", ITEMS), 10), ((EN * 60, ITEMS), 10)],
    ids=["text on top", "list", "both"],
)
def test_a_tall_row_that_nobody_foresaw_is_printed_whole(
    cells: tuple[str, str], before: int, layouts: list[Give]
) -> None:
    rows = row(*cells) + row("b", "c")
    prove(tree("<p>x</p>" * before + table(rows, 2, row("Head", "Text", tag="th"))))
    assert layouts == [RIGID, Give(rows=True)]


@pytest.mark.usefixtures("unforeseen")
def test_heads_that_are_repeated_make_up_for_nothing(layouts: list[Give]) -> None:
    rows = row("Text", "Head " * 3) * 90 + row("a", "Head " * 900)
    prove(tree(table(rows, 2, row("Head", "Text", tag="th"))))
    assert layouts[0] == RIGID
