"""A Word file is read as its reader sees it."""

from __future__ import annotations

import io
import zipfile

import pytest

from docgen.writers.outline import shown
from docgen.writers.word_read import read_word
from tests.writers.pdf_help import docx, row, table, tree

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(body: str) -> str:
    """The outline of a file whose document.xml has this body."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(tree("<p>a</p>")))) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                content = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
            new.writestr(info.filename, content)
    return shown(read_word(made.getvalue()).body.text)


def p(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def tc(words: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(words)}</w:tc>"


def tbl(*rows: str) -> str:
    made = "".join(f"<w:tr>{cells}</w:tr>" for cells in rows)
    return f"<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{made}</w:tbl>"


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.mark.parametrize(
    ("body", "outline"),
    [
        (p("a b") + p("") + p("c"), "ab c"),
        (f"<w:sdt><w:sdtContent>{p('in a control')}</w:sdtContent></w:sdt>", "inacontrol"),
        (tbl(tc("a") + tc("b")), "|tableof2 |row |cell a |cell b |end"),
        (tbl(tc("a")), "a"),
        (tbl(tc("a") + tc("b"), tc("c")), "|tableof2 |row |cell a |cell b |row |1columnsfilled |cell c |end"),
        (
            tbl(tc("a", DOWN) + tc("b"), tc("not shown", ON) + tc("c"), tc("d") + tc("e")),
            "|tableof2 |row |cell1×2 a |cell b |row |cell c |row |cell d |cell e |end",
        ),
        (
            tbl(tc("a") + tc("b"), tc("shown", ON) + tc("c")),
            "|tableof2 |row |cell a |cell b |row |cell shown |cell c |end",
        ),
        (
            tbl(tc("a") + f"<w:tc><w:tcPr/>{tbl(tc('b') + tc('c'))}{p('d')}</w:tc>"),
            "|tableof2 |row |cell a |cell |tableof2 |row |cell b |cell c |end d |end",
        ),
    ],
    ids=[
        "paragraphs", "wrapped", "table", "single cell", "too few cells", "merged down", "nothing above", "nested",
    ],
)  # fmt: skip
def test_it_is_what_word_shows_that_counts(body: str, outline: str) -> None:
    assert read(body) == outline


def test_heads_and_feet_are_stories_of_their_own() -> None:
    heads = '<header class="first"><p>a</p></header><header><p>b</p></header><footer><p>c</p></footer>'
    found = read_word(docx(tree(heads + table(row("x", "y"), 2))))
    assert {place: story.text for place, story in found.running.items()} == {
        ("header", "first"): "a",
        ("header", "default"): "b",
        ("footer", "first"): "c",
        ("footer", "default"): "c",
    }


def test_page_fields_and_hidden_text_are_found_in_order() -> None:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    made = io.BytesIO()
    body = f"<w:p>{field}<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>"
    with zipfile.ZipFile(io.BytesIO(docx(tree("<p>a</p>")))) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            document = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
            new.writestr(info.filename, document if info.filename == "word/document.xml" else old.read(info))
    found = read_word(made.getvalue()).body
    assert (found.fields, found.text) == (("page-number", "hidden text"), "x")
