"""What is read off the pages themselves is what PDFium reads there; what isn't plain is left to it."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from pikepdf import Array, Name, Pdf

from docgen.errors import DocumentError
from docgen.writers import pdf_text
from docgen.writers.comparison import drawn
from docgen.writers.parity import check_parity
from docgen.writers.pdf_content import Contents, Sheet
from tests import sample_help as wang
from tests.writers.pdf_help import pdf, row, table, templates, tree

NEAR = 12.0
"""Points: PDFium tells where ink is, and full-width signs are half empty."""
PLAIN = '<p>One <strong>two</strong> three, four</p><p lang="zh">目标：完成率～99.5%。</p>'


def sheets(content: bytes) -> list[Sheet | None]:
    with Pdf.open(io.BytesIO(content)) as found:
        contents = Contents()
        return [contents.sheet(page) for page in found.pages]


def seen(content: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """The pages as PDFium has them."""
    with monkeypatch.context() as changed:
        changed.setattr(Contents, "sheet", lambda *_: None)
        return pdf_text.sheets(content)


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    """The PDF with its first page changed."""
    made = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as document:
        change(document.pages[0].obj)
        document.save(made)
    return made.getvalue()


def more(drawing: bytes) -> Callable[[Any], None]:
    """A change that draws something more, behind all else."""

    def add(page: Any) -> None:
        page.Contents.write(page.Contents.read_bytes() + b"\n" + drawing)

    return add


LONG_NAME = "约翰·史密斯" * 9


def of_sample(form: str) -> bytes:
    return wang.made(form).files["pdf"]


@pytest.mark.parametrize(
    "made",
    [
        *(partial(of_sample, form) for form in wang.FORMS),
        partial(pdf, tree(PLAIN)),
        partial(pdf, tree("<h2>ﬁrst – “one” 测试；①☐☑μ • ‧ ・</h2><ol><li>a</li><li>b</li></ol>", "zh-CN")),
        partial(pdf, tree(table(row("x " * 40, LONG_NAME) * 30, 2, row("H", "I", tag="th")), "zh-CN", landscape=True)),
    ],
    ids=[*wang.FORMS, "paragraphs", "signs", "a table over pages"],
)
def test_it_is_what_pdfium_reads_and_lies_where_pdfium_finds_it(
    made: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = made()
    own, other = sheets(content), seen(content, monkeypatch)
    assert len(own) == len(other)
    for one, there in zip(own, other, strict=True):
        assert one is not None
        assert (one.width, one.height) == pytest.approx((there.width, there.height), abs=0.01)
        assert [drawn(piece.text) for piece in one.pieces] == [drawn(piece.text) for piece in there.pieces]
        for piece, found in zip(one.pieces, there.pieces, strict=True):
            assert piece[1:] == pytest.approx(found[1:], abs=NEAR)


STRANGE = {
    "text that isn't filled": b"3 Tr",
    "raised text": b"BT\n1 0 0 1 9 9 Tm\n3 Ts\nET",
    "spaced text": b"2 Tc",
    "slanted pages": b"1 0.2 0 1 0 0 cm",
    "text upside down": b"BT\n1 0 0 1 9 9 Tm\n/F 9 Tf\n[<0001>] TJ\nET",
    "text without a place": b"BT\n[<0001>] TJ\nET",
    "a letter in another form": b"BT\n(a) Tj\nET",
    "a page within": b"/x1 Do",
    "two things on a line": b"q 3 Tr",
    "a mark that says other words": b"/Span <</ActualText (x)>> BDC\nEMC",
    "an end without a beginning": b"Q\n" * 99,
    "no operator at all": b"[<",
}


@pytest.mark.parametrize("drawing", STRANGE.values(), ids=STRANGE.keys())
def test_where_anything_else_is_drawn_nothing_is_said(drawing: bytes) -> None:
    content = changed(pdf(tree(PLAIN)), more(drawing))
    assert sheets(content) == [None]


def lose_what_codes_say(page: Any) -> None:
    for font in page.Resources.Font.values():
        font.ToUnicode.write(b"1 beginbfchar\n<0001> <0041>\nendbfchar")


def say_it_in_ranges(page: Any) -> None:
    for font in page.Resources.Font.values():
        font.ToUnicode.write(font.ToUnicode.read_bytes() + b"1 beginbfrange\n<0001> <0002> <0041>\nendbfrange")


def change_the_codes(page: Any) -> None:
    for font in page.Resources.Font.values():
        font.Encoding = Name("/Identity-V")


def turn(page: Any) -> None:
    page.Rotate = 90


def cut(page: Any) -> None:
    page.CropBox = Array([0, 0, 100, 100])


def part_the_content(page: Any) -> None:
    page.Contents = Array([page.Contents, page.Contents])


@pytest.mark.parametrize(
    "change", [lose_what_codes_say, say_it_in_ranges, change_the_codes, turn, cut, part_the_content]
)
def test_nor_where_fonts_or_page_are_other_than_the_engine_makes_them(change: Callable[[Any], None]) -> None:
    assert sheets(changed(pdf(tree(PLAIN)), change)) == [None]


def test_words_from_right_to_left_are_left_to_pdfium() -> None:
    assert sheets(pdf(tree("<p>שלום world</p>"))) == [None]


@pytest.mark.parametrize("drawing", [b"", b"0 Tc"], ids=["read here", "read by PDFium"])
def test_the_pages_texts_are_the_same_either_way(drawing: bytes) -> None:
    document = tree(f"<header class='first'><p>head</p></header><footer><p>foot</p></footer>{PLAIN}")
    (page,) = pdf_text.page_texts(changed(pdf(document), more(drawing)), templates().theme)
    assert (page.head.strip(), page.foot.strip()) == ("head", "foot")
    assert drawn(page.body) == drawn(document.text())
    assert 0.03 < page.filled < 0.1


@pytest.mark.parametrize("kind", ["text", "place"])
def test_a_page_that_says_otherwise_is_caught(kind: str) -> None:
    """The file itself is changed: a letter goes, or a piece is moved over the edge of the sheet."""

    def change(page: Any) -> None:
        lines = page.Contents.read_bytes().split(b"\n")
        at = next(index for index, line in enumerate(lines) if line.endswith(b" TJ"))
        if kind == "text":
            lines[at] = b"[<" + lines[at][6:]
        else:
            at = next(index for index, line in enumerate(lines) if line.endswith(b" Tm"))
            lines[at] = b"1 0 0 -1 780 100 Tm"
        page.Contents.write(b"\n".join(lines))

    document = tree(PLAIN)
    content = changed(pdf(document), change)
    assert sheets(content) != [None]
    with pytest.raises(DocumentError, match="does not say what the document says"):
        check_parity(document, templates().theme, None, content)


def test_a_damaged_file_is_read_as_a_viewer_would() -> None:
    document = tree(PLAIN)
    content = pdf(document)
    damaged = content[: content.rindex(b"startxref")] + b"startxref\n5\n%%EOF\n"
    check_parity(document, templates().theme, None, damaged)
