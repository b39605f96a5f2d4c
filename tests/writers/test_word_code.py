"""A Word file carries one code, which says which paper it is and vouches for no page; an office may switch it off."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from docgen.generate import make
from docgen.kit import Kit
from docgen.layout.sets import load_set
from docgen.model.identity import printed_paper_id
from docgen.model.page_code import page_code
from docgen.writers.page_codes import Codes
from docgen.writers.parity import check_parity
from docgen.writers.word import write_docx
from docgen.writers.word_code import without_words
from tests import sample_help as wang
from tests.ooxml import schema_problems
from tests.writers.pdf_help import PROPERTIES, templates, tree
from tests.writers.word_help import media, package, running, said

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
CODES = Codes("S1-202601-P", 3, "0a1b2c3d")


def said_by(png: bytes) -> list[tuple[str, str]]:
    """What the codes of a picture say, and how well they are secured against damage."""
    image = Image.open(io.BytesIO(png))
    assert image.mode == "1"
    return [(one.text, one.ec_level) for one in zxingcpp.read_barcodes(image.convert("L"), formats=QR)]


def test_a_word_file_carries_one_code_that_vouches_for_no_page() -> None:
    made = wang.made("plan")
    content = media(made.files["docx"])["word/media/page-code.png"]
    assert said_by(content) == [(str(page_code(made.paper.number, 1, 0, 0, made.content_hash)), "Q")]


@pytest.mark.parametrize(("form", "across"), [("plan", 210), ("monthly", 297)])
def test_it_hangs_at_the_same_place_on_the_first_page_and_all_others(form: str, across: int) -> None:
    field = templates().theme.code_field
    found = running(wang.made(form).files["docx"], "header")
    assert len(found) == 2
    for head in found:
        (anchor,) = head.iter("{*}anchor")
        (extent,) = anchor.iterchildren("{*}extent")
        side = int(extent.get("cx", "0")) / 36000
        left, top = (int(offset.text or "") / 36000 for offset in anchor.iter("{*}posOffset"))
        assert {one.get("relativeFrom") for one in anchor.iter("{*}positionH", "{*}positionV")} == {"page"}
        assert side == pytest.approx(19.8, abs=0.01)  # 15 mm of code, and its quiet zone
        assert left + side / 2 == pytest.approx(across - field.from_side - field.size / 2, abs=0.01)
        assert top + side / 2 == pytest.approx(field.from_edge + field.size / 2, abs=0.01)


def test_it_says_what_it_is_in_the_language_of_the_document() -> None:
    for lang, words in (
        ("en", "Code: number, revision and check digits only"),
        ("zh-CN", "二维码：仅含编号、版次和校验码"),
    ):
        made = write_docx(tree("<p>a</p>", lang), package(lang), PROPERTIES, {}, CODES)  # type: ignore[arg-type]
        assert {one.get("descr") for head in running(made, "header") for one in head.iter("{*}docPr")} == {words}


def test_a_file_with_a_code_keeps_to_the_schema_and_to_what_the_tree_says(tmp_path: Path) -> None:
    """A picture of the template's own in the head keeps its place beside it."""
    picture = qr_picture()
    figure = '<figure><img src="logo.png" alt="Logo" width="20"/></figure>'
    document = tree(f"<header class='first'><p>head</p>{figure}</header><p>a</p>")
    made = write_docx(document, package("en"), PROPERTIES, {"logo.png": picture}, CODES)
    check_parity(document, templates().theme, made, None)
    assert sorted(media(made)) == ["word/media/logo.png", "word/media/page-code.png"]
    assert schema_problems(made, tmp_path) == []


def qr_picture() -> bytes:
    made = io.BytesIO()
    Image.new("1", (8, 8)).save(made, "PNG")
    return made.getvalue()


def test_an_office_may_switch_it_off_and_nothing_speaks_of_it_then() -> None:
    """In Word, that is: the pages of the PDF have their codes, and say so."""
    kit = Kit(wang.definitions(), {**wang.kit().settings, "word_code": False}, load_set())
    made = make(wang.wang("letter"), kit, issued=wang.TODAY)
    assert media(made.files["docx"]) == {}
    assert not [one for head in running(made.files["docx"], "header") for one in head.iter("{*}anchor")]
    feet = [said(foot) for foot in running(made.files["docx"], "footer")]
    assert len(feet) == 2 and all(foot.endswith(printed_paper_id(made.paper.number)) for foot in feet)
    assert made.files["pdf"] == wang.made("letter").files["pdf"]


def test_the_words_about_a_code_go_with_the_line_that_they_stand_on() -> None:
    after, words = '<span class="stamp"> · K7Q2M</span>', '<span class="page-code">the code</span>'
    for foot in (f"Page 1{after}{words}", f"Page 1{after}<br/>{words}", f"Page 1{after}<br/>{words}<br/>"):
        left = without_words(tree(f'<footer><p class="foot">{foot}</p></footer><p>a<br/>b</p>'))
        assert left == tree(f'<footer><p class="foot">Page 1{after}</p></footer><p>a<br/>b</p>')


def test_only_an_office_that_switched_it_off_gets_another_look() -> None:
    def look(**changed: Any) -> str:
        return Kit(wang.definitions(), {**wang.kit().settings, **changed}, wang.kit().templates).look

    before = {name: value for name, value in wang.kit().settings.items() if name != "word_code"}
    assert wang.kit().settings["word_code"] is True
    assert look() == look(word_code=True) == Kit(wang.definitions(), before, wang.kit().templates).look
    assert look(word_code=False) != look()
