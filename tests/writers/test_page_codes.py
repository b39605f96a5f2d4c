"""Each page of a final document carries its two codes; what they say is read off the page.

The pages are rendered as a printer would have them and read by the reader that the archive uses.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from docgen.errors import DocumentError
from docgen.generate import Made, make
from docgen.kit import Kit
from docgen.layout.sets import load_set
from docgen.model.document import Document, Text, contents
from docgen.model.identity import printed_paper_id
from docgen.model.page_code import MOST, page_code, read_code
from docgen.office.run import load_run
from docgen.paper import papers
from docgen.sources.cases import read_cases
from docgen.writers.page_codes import Codes, code_of
from docgen.writers.pdf import PdfWriter
from docgen.writers.pdf_content import Contents
from docgen.writers.word import write_docx
from tests import sample_help as wang
from tests.writers.pdf_help import PROPERTIES, opened, pdf, templates, tree, writer
from tests.writers.test_pdf import company, objects
from tests.writers.word_help import media, package

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
DPI = 150
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)
CODES = Codes("S1-202601-P", 3, "0a1b2c3d")
LINES = '<p class="lines"></p>'
"""To write on: 30 of them fill a page at most."""

OTHERS = {
    "en/wang.yaml": ("E1024-202601-L", "E1024-202601-M-2026-01"),
    "uk/support-desk.yaml": ("0417-202605-L",),
    "late-report.yaml": ("F0217-202603-L",),
    "team.yaml": ("D-CC-202603-L", "I0311-202605-L"),
}
"""All pages of the English ones, one of each orientation; of the rest the first: a department, two languages …"""


class Seen(NamedTuple):
    """A code on a page: what it says, where it is in millimetres from the left upper corner, and how it stands."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    upright: bool


def seen(page: Any) -> list[Seen]:
    """The codes of a page, the upper one first."""
    image = page.render(scale=DPI / 72, grayscale=True).to_pil()
    found = [_seen(one) for one in zxingcpp.read_barcodes(image, formats=QR)]
    return sorted(found, key=lambda one: one.top)


def _seen(code: zxingcpp.Barcode) -> Seen:
    """Upright if its own corners are where the page has them."""
    at = code.position
    corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    across, down = [25.4 * one.x / DPI for one in corners], [25.4 * one.y / DPI for one in corners]
    upright = max(across[0], across[3]) < min(across[1], across[2]) and max(down[:2]) < min(down[2:])
    return Seen(code.text, min(across), min(down), max(across), max(down), upright)


def expected(made: Made, page: int, pages: int) -> str:
    return str(page_code(made.paper.number, 1, page, pages, made.content_hash))


@cache
def of_sample(name: str) -> Mapping[str, Made]:
    """The documents of OTHERS of one sample, by number."""
    definitions = wang.definitions()
    run = load_run(read_cases([SAMPLES / name], definitions), definitions, (), wang.TODAY)
    kit = Kit(definitions, run.cases[0][1].settings, load_set())
    found = [one for checked, _ in run.cases for one in papers(checked, definitions) if one.number in OTHERS[name]]
    return {one.number: make(one, kit, issued=wang.TODAY, formats=("pdf",)) for one in found}


def prove_codes(made: Made, first_only: bool = False) -> None:
    """Both codes of each page say what they should, stand upright where they should, 15 mm wide."""
    field = templates().theme.code_field
    with opened(made.files["pdf"]) as found:
        for number, page in enumerate(found, 1):
            codes = seen(page)
            assert [one.text for one in codes] == [expected(made, number, len(found))] * 2
            width, height = (length / 72 * 25.4 for length in page.get_size())
            left, top = width - field.from_side - field.size / 2 - 7.5, field.from_edge + field.size / 2 - 7.5
            for code, high in zip(codes, (top, height - top - 15), strict=True):
                assert code.upright
                assert code[1:5] == pytest.approx((left, high, left + 15, high + 15), abs=0.35)  # two pixels
            if first_only:
                break


@pytest.mark.parametrize("form", wang.FORMS)
def test_each_page_carries_its_two_codes(form: str) -> None:
    prove_codes(wang.made(form))


@pytest.mark.parametrize(("name", "number"), [(name, one) for name, numbers in OTHERS.items() for one in numbers])
def test_so_it_is_in_all_samples(name: str, number: str) -> None:
    prove_codes(of_sample(name)[number], first_only=not name.startswith("en/"))


def test_the_samples_are_of_both_languages_and_both_ways_round() -> None:
    papers_of = [wang.wang(form) for form in wang.FORMS] + [one.paper for one in of_sample("en/wang.yaml").values()]
    assert {(one.case.language, one.form.landscape) for one in papers_of} == {
        (language, landscape) for language in ("en", "zh") for landscape in (True, False)
    }


@pytest.mark.parametrize("landscape", [False, True])
def test_a_code_is_fifteen_millimetres_wide(landscape: bool) -> None:
    """So the drawing itself says; what a rendered page shows is right to a pixel only."""
    with opened(coded(tree("<p>a</p>", landscape=landscape))) as found:
        *_, top_white, top_black, low_white, low_black = (one.get_bounds() for one in found[0].get_objects())
    for box, side in ((top_black, 15), (low_black, 15), (top_white, 19.8), (low_white, 19.8)):
        assert [(box[end] - box[end - 2]) / 72 * 25.4 for end in (2, 3)] == pytest.approx([side, side], abs=0.02)


def sampled(image: Image.Image, left: float, top: float, module: float) -> list[list[bool]]:
    """Which modules of a code of 25 are dark, looked at in their middles."""
    grey, middles = image.convert("L"), [(index + 0.5) * module for index in range(25)]
    return [[grey.getpixel((int(left + x), int(top + y))) == 0 for x in middles] for y in middles]


def test_each_module_stands_where_the_code_has_it() -> None:
    """A code that is mirrored would be read all the same by some."""
    field = templates().theme.code_field
    with opened(coded(tree("<p>a</p>"))) as found:
        image = found[0].render(scale=DPI * 4 / 72, grayscale=True).to_pil()
    dots = DPI * 4 / 25.4
    left = (210 - field.from_side - field.size / 2 - 7.5) * dots
    dark = [[bool(one) for one in row] for row in code_of(CODES.text(1, 1)).matrix]
    for top in (field.from_edge + 2.5, 297 - field.from_edge - 17.5):
        assert sampled(image, left, top * dots, 0.6 * dots) == dark
    (content,) = media(write_docx(tree("<p>a</p>"), package("en"), PROPERTIES, {}, CODES)).values()
    in_word = [[bool(one) for one in row] for row in code_of(CODES.text()).matrix]
    assert sampled(Image.open(io.BytesIO(content)), 32, 32, 8) == in_word


def coded(document: Document, codes: Codes = CODES) -> bytes:
    return writer().write(document, PROPERTIES, codes)


def test_a_longer_document_than_anybody_planned_has_the_right_codes() -> None:
    with opened(coded(tree(LINES * 140))) as found:
        pages = len(found)
        assert pages > 4
        for number, page in enumerate(found, 1):
            assert {one.text for one in seen(page)} == {CODES.text(number, pages)}


@pytest.mark.parametrize(
    ("revision", "pages", "version"), [(1, 9, 2), (1, 999, 2), (999, 99, 2), (10, 100, 3), (MOST, MOST, 3)]
)
def test_a_code_that_is_too_long_gets_the_next_version(revision: int, pages: int, version: int) -> None:
    text = replace(CODES, revision=revision).text(pages, pages)
    assert len(code_of(text).matrix) == 17 + 4 * version  # ISO/IEC 18004
    assert (len(text) > 29) is (version == 3)
    assert read_code(text)


@pytest.mark.parametrize(("revision", "pages"), [(MOST + 1, 1), (1, MOST + 1)])
def test_what_counts_further_than_a_code_can_is_not_issued(revision: int, pages: int) -> None:
    """No pile would ever be filed by such codes."""
    assert read_code(str(page_code(CODES.number, revision, pages, pages, CODES.content))) is None
    with pytest.raises(DocumentError, match=f"S1-202601-P: revision {revision} with {pages} pages .* count to 9999"):
        replace(CODES, revision=revision).text(1, pages)


def test_no_file_is_made_with_such_a_code() -> None:
    codes = replace(CODES, revision=MOST + 1)
    with pytest.raises(DocumentError, match="can't be issued"):
        coded(tree("<p>a</p>"), codes)
    with pytest.raises(DocumentError, match="can't be issued"):
        write_docx(tree("<p>a</p>"), package("en"), PROPERTIES, {}, codes)


def test_the_next_version_is_read_too_and_no_larger() -> None:
    codes = replace(CODES, revision=9999)
    with opened(coded(tree("<p>a</p>" + LINES * 310), codes)) as found:
        assert len(found) > 9
        codes_of_last = seen(found[len(found) - 1])
        assert [one.text for one in codes_of_last] == [codes.text(len(found), len(found))] * 2
        assert [one.right - one.left for one in codes_of_last] == pytest.approx([15, 15], abs=0.35)


# What the PDF is beside its codes


def test_what_the_engine_drew_stays_as_it_was_and_the_codes_are_no_text_of_the_document() -> None:
    document = tree("<h1>Plan</h1><p>one <strong>two</strong></p>" + LINES * 40)
    plain, with_codes = pdf(document), coded(document)
    with pikepdf.open(io.BytesIO(plain)) as before, pikepdf.open(io.BytesIO(with_codes)) as after:
        assert len(before.pages) == len(after.pages) > 1
        for one, other in zip(before.pages, after.pages, strict=True):
            drawn = one.obj.Contents.read_bytes()
            added = other.obj.Contents.read_bytes().removeprefix(b"q\n" + drawn + b"\nQ\n")
            assert added.startswith(b"/Artifact\n<</Type /Pagination>>\nBDC\n") and added.endswith(b"\nEMC")
            assert added.count(b"BDC") == added.count(b"EMC") == 1
            assert added.split().count(b"q") == added.split().count(b"Q") == 2
        assert before.Root.keys() == after.Root.keys()
        assert before.Root.StructTreeRoot.keys() == after.Root.StructTreeRoot.keys()
        assert len(before.objects) == len(after.objects)  # no font, no state, nothing but lines in the pages' streams
    said = objects(with_codes)
    for claim in (b'pdfaid:part="2"', b'pdfaid:conformance="U"', b"/OutputIntents", b"/StructTreeRoot"):
        assert claim in said


def test_the_same_document_gets_the_same_bytes() -> None:
    document = tree("<h1>Plan</h1><p>one</p>")
    assert coded(document) == coded(document) == PdfWriter(templates()).write(document, PROPERTIES, CODES)
    assert coded(document, replace(CODES, revision=4)) != coded(document)


@pytest.mark.parametrize("form", wang.FORMS)
def test_its_pages_are_still_read_without_pdfium(form: str) -> None:
    with pikepdf.open(io.BytesIO(wang.made(form).files["pdf"])) as found:
        contents = Contents()
        assert all(contents.sheet(page) for page in found.pages)


def test_text_where_a_code_goes_is_refused(tmp_path: Path) -> None:
    css = "footer p { position: absolute; bottom: 0; right: -10mm }"
    made = PdfWriter(company(tmp_path / "company", css))
    document = tree("<footer><p>beside all else</p></footer><p>a</p>")
    made.write(document, PROPERTIES)
    with pytest.raises(DocumentError, match="'beside all else' on page 1 of the PDF stands in a field"):
        made.write(document, PROPERTIES, CODES)


# Who carries codes, and what is printed beside them


@pytest.mark.parametrize("mode", ["draft", "blank"])
def test_drafts_and_blanks_carry_none_and_do_not_speak_of_them(mode: Any) -> None:
    made = make(wang.wang("monthly"), wang.kit(), issued=wang.TODAY, mode=mode)
    with opened(made.files["pdf"]) as found:
        assert [seen(page) for page in found] == [[]] * len(found)
        assert "二维码" not in found[0].get_textpage().get_text_range()
    assert media(made.files["docx"]) == {}


def test_the_foot_names_the_paper_and_says_what_the_code_holds() -> None:
    said = [one for content in contents(wang.tree("letter").foot) for one in content if isinstance(one, Text)]
    assert said[-2:] == [
        Text(f" · {printed_paper_id(wang.wang('letter').number)}", "zh-CN", role="stamp"),
        Text(" · 本页二维码仅含编号、版次、页次和校验码", "zh-CN", role="page-code"),
    ]
