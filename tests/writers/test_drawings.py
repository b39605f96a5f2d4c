"""Pictures that docgen drew, in both files: how they are drawn, what is said in their place, how they are proved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from docgen.errors import DocumentError, EnvironmentLacks
from docgen.generate import render
from docgen.layout.context import Stamp
from docgen.layout.pictures.drawing import words_in
from docgen.layout.theme import Theme
from docgen.model.document import Block, Document, Drawing, Inline, Paragraph, Picture, Text, drawings
from docgen.model.identity import content_hash
from docgen.model.rewrite import rewrite
from docgen.writers import engine, pdf_text, press, rasterise
from docgen.writers.comparison import bare, drawn
from docgen.writers.fonts import Coverage, handwritten
from docgen.writers.parity import check_parity
from docgen.writers.pdf_content import Contents
from tests import sample_help as wang
from tests.ooxml import schema_problems
from tests.writers import word_help
from tests.writers.pdf_help import pdf, templates, tree

FONT = 'font-family="Carlito, Noto Serif CJK SC" font-size="9" font-weight="400" text-anchor="start" data-room="300"'
ALT = 'Sales: "60" & 80 元'


def svg(*labels: str, fill: str = "#336699") -> str:
    texts = "".join(f'<text x="10" y="{20 + 12 * n}" {FONT}>{text}</text>' for n, text in enumerate(labels))
    shapes = f'<polygon points="5,5 60,5 60,9 5,9" fill="{fill}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 60">{shapes}{texts}</svg>'


def with_drawing(*labels: str, before: str = "before", name: str = "bars-1", **more: Any) -> Document:
    one = Drawing(name, ALT, 170, svg(*labels, **more))
    plain = tree("<p>x</p>")

    def line(content: Inline, role: str = "") -> Block:
        return Paragraph((content,), role)

    body = (line(Text(before, "en")), line(one, "figure"), line(Text("after", "en")))
    return replace(plain, body=body)


def check(document: Document, word: bytes | None, printed: bytes | None) -> None:
    check_parity(document, templates().theme, word, printed)


def structure(node: Any) -> Iterator[Any]:
    for kid in node.K if isinstance(node.get("/K"), pikepdf.Array) else [node.get("/K")]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


# PDF


def test_in_the_plans_pdf_they_are_vectors_whose_tags_say_what_they_show() -> None:
    shown = drawings(wang.tree("plan").body)
    assert [one.name for one in shown] == ["fishbone-1", "gap-bars-2", "time-line-3"]
    with pikepdf.open(io.BytesIO(wang.made("plan").files["pdf"])) as made:
        forms = [form for page in made.pages for form in page.obj.Resources.get("/XObject", {}).values()]
        assert not any(form.Subtype == "/Image" for form in forms)
        tags = [one for one in structure(made.Root.StructTreeRoot) if one.S == "/Figure"]
        assert [str(one.Alt) for one in tags] == [one.alt for one in shown]


def test_the_words_of_pictures_are_read_back_apart_from_the_text() -> None:
    document = wang.tree("plan")
    pages = list(pdf_text.page_texts(wang.made("plan").files["pdf"], templates().theme))
    labels = "".join(label for one in drawings(document.body) for label in words_in(one.svg))
    assert bare("".join(page.drawn for page in pages)) == bare(labels)
    assert "根本原因" in labels and "根本原因" not in "".join(page.body for page in pages)


@pytest.mark.parametrize("reader", ["streams", "PDFium"])
def test_text_beside_a_picture_is_still_compared_to_the_letter(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if reader == "PDFium":
        monkeypatch.setattr(Contents, "sheet", lambda *_: None)
    made = with_drawing("inside 里面")
    check(made, None, pdf(made))
    for other in (with_drawing("inside 里面", before="befor"), with_drawing("inside 里", before="before")):
        with pytest.raises(DocumentError, match="does not say what the document says"):
            check(made, None, pdf(other))
    # What stands in a picture is no text, and text is not in the picture.
    swapped = with_drawing("before", before="inside 里面")
    with pytest.raises(DocumentError):
        check(made, None, pdf(swapped))


def test_both_readers_of_pages_tell_the_same_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf(with_drawing("inside 里面", "5 &lt; 6 &amp; 7"))

    def told() -> list[tuple[str, bool]]:
        return [(drawn(piece.text), piece.drawn) for sheet in pdf_text.sheets(content) for piece in sheet.pieces]

    plain = told()
    assert ("".join(text for text, inside in plain if inside)) == "inside里面5<6&7"
    monkeypatch.setattr(Contents, "sheet", lambda *_: None)
    seen = told()
    for inside in (True, False):
        assert "".join(t for t, one in seen if one is inside) == "".join(t for t, one in plain if one is inside)


def test_what_is_marked_inside_a_picture_is_left_to_the_slower_reader() -> None:
    content = pdf(with_drawing("inside"))
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        page = document.pages[0].obj
        before = page.Contents.read_bytes()
        at = before.index(b"BT", before.index(b"/Figure\n"))
        page.Contents.write(before[:at] + b"/Span\n<</MCID 0>>\nBDC\nEMC\n" + before[at:])
        assert Contents().sheet(document.pages[0]) is None
        document.save(made)
    check(with_drawing("inside"), None, made.getvalue())


def test_a_sign_that_no_font_has_stops_the_document() -> None:
    with pytest.raises(DocumentError, match=r"no glyph|notdef"):
        pdf(with_drawing("\U000f1234"))


def test_the_same_drawing_gives_the_same_bytes_and_is_not_kept() -> None:
    assert pdf(with_drawing("a")) == pdf(with_drawing("a"))
    other = with_drawing("b")  # of the same name, in another document
    check(other, None, pdf(other))


def test_a_drawing_may_use_nothing_but_what_it_holds() -> None:
    made = with_drawing("a")
    bad = svg("a").replace("</svg>", '<image href="file:///etc/hostname" width="9" height="9"/></svg>')

    def change(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(replace(one, svg=bad) if isinstance(one, Drawing) else one for one in content)

    with pytest.raises(DocumentError):
        pdf(rewrite(made, change))


def test_a_picture_with_a_sign_that_a_hand_must_write_is_told_in_words() -> None:
    one = with_drawing("\U000f1234")
    said = handwritten(one, Coverage())
    assert drawings(said.body) == [] and ALT in said.text()
    assert handwritten(with_drawing("a"), Coverage()) == with_drawing("a")


# Word


def test_in_word_they_are_small_pngs_with_the_same_words_in_their_place() -> None:
    shown = drawings(wang.tree("plan").body)
    with zipfile.ZipFile(io.BytesIO(wang.made("plan").files["docx"])) as package:
        for one in shown:
            content = package.read(f"word/media/{one.file}")
            image = Image.open(io.BytesIO(content))
            assert image.format == "PNG" and len(content) < 60_000
            assert image.width == pytest.approx(one.width / 25.4 * rasterise.DOTS, abs=1)
        document = package.read("word/document.xml").decode()
    assert document.count("<wp:inline") == len(shown)


def test_a_picture_of_the_set_that_is_called_as_a_drawing_is_still_its_own() -> None:
    own, drawing = Picture("bars-1.png", "own", 20), Drawing("bars-1", ALT, 170, svg("a"))
    assert not re.fullmatch(r"[\w.-]+", drawing.file)  # what a template may call its pictures
    given = {name: rasterise.Rasteriser().png(svg(name), 20) for name in (own.name, drawing.file)}
    made = word_help.written(replace(tree("<p>x</p>"), body=(Paragraph((own, drawing)),)), given)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {name: package.read(f"word/media/{name}") for name in given} == given


def test_a_word_file_with_pictures_is_valid(tmp_path: Path) -> None:
    assert schema_problems(wang.made("plan").files["docx"], tmp_path) == []


def test_a_picture_that_word_lost_or_renamed_is_found() -> None:
    document, content = wang.tree("plan"), wang.made("plan").files["docx"]

    def lost(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(one for one in content if not isinstance(one, Drawing))

    def renamed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(replace(one, alt="something") if isinstance(one, Drawing) else one for one in content)

    check(document, content, None)
    for change in (lost, renamed):
        with pytest.raises(DocumentError, match="a picture of Word"):
            check(rewrite(document, change), content, None)


def test_word_files_alone_can_do_without_the_engine_and_without_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking() -> Any:
        raise EnvironmentLacks("no Pango")

    monkeypatch.setattr(press, "load_engine", lacking)
    kit = type(wang.kit()).of({**wang.kit().settings}, wang.kit().company)
    kit.rasteriser = rasterise.Rasteriser()  # that has drawn nothing yet
    with pytest.raises(EnvironmentLacks, match="pictures: none"):
        kit.pictures(wang.tree("plan"))
    assert kit.pictures(wang.tree("letter")) == {}


# What counts


def test_the_content_is_what_is_said_and_not_how_it_is_drawn() -> None:
    document = wang.tree("plan")

    def repainted(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(replace(one, svg="<svg/>", width=9) if isinstance(one, Drawing) else one for one in content)

    def otherwise(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(replace(one, alt=one.alt + ".") if isinstance(one, Drawing) else one for one in content)

    assert content_hash(rewrite(document, repainted)) == content_hash(document)
    assert content_hash(rewrite(document, otherwise)) != content_hash(document)


def test_the_themes_colours_and_fonts_are_those_of_the_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = templates().theme
    (first, *_) = drawings(wang.tree("plan").body)
    for colour in ("accent", "text", "label"):
        assert theme.colours[colour] in first.svg
    assert theme.fonts.pdf.zh.body.latin in first.svg

    blue: Theme = replace(theme, colours={**theme.colours, "accent": "#0000CC"})
    paper, templates_of = wang.wang("plan"), wang.kit().templates
    kit = type(wang.kit())(wang.definitions(), wang.kit().settings, replace(templates_of, theme=blue))
    other = render(paper, kit, Stamp(paper.number, 1, paper.printed_date or wang.TODAY), "final")
    assert "#0000CC" in drawings(other.body)[0].svg
    assert content_hash(other) == content_hash(wang.tree("plan"))


def test_the_engine_is_told_where_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    with pytest.raises(EnvironmentLacks, match="Pango"):
        engine.load_engine()
