"""The PDF is an archive file, tagged, the same from the same tree, made from the set's own files and nothing else."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2.raw as pdfium
import pytest

from docgen.errors import DocumentError, EnvironmentLacks
from docgen.layout.sets import TemplateSet, load_set
from docgen.model.document import Document, Paragraph, Picture, Text
from docgen.writers.parity import check_parity
from docgen.writers.pdf import BASE, PdfWriter
from tests import sample_help as wang
from tests.writers.pdf_help import POINTS, PROPERTIES, opened, page_texts, pdf, row, table, templates, tree, writer
from tests.writers.test_word_structure import png

ROOT = Path(__file__).resolve().parent.parent.parent
SHORT = '<h1>Plan</h1><p>王某 <strong>2026</strong> ☐</p><ol><li>a</li></ol><p lang="zh">中文</p>'


def company(folder: Path, css: str = "", **files: bytes) -> TemplateSet:
    """The standard set with a company's folder before it, and ``css`` that nobody looked through (see print_css)."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return replace(load_set("standard", [folder]), styles=(*templates().styles, css))


def objects(content: bytes) -> bytes:
    """The PDF with its streams inflated."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return content + b"\n".join(_inflated(stream) for stream in streams)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


# The same from the same


def test_the_same_tree_gives_the_same_bytes() -> None:
    assert pdf(tree(SHORT)) == pdf(tree(SHORT)) == PdfWriter(templates()).write(tree(SHORT), PROPERTIES)


MAKE = f"""
import hashlib
from tests.writers.pdf_help import pdf, tree
print(hashlib.sha256(pdf(tree({SHORT!r}))).hexdigest())
"""


def test_another_process_zone_folder_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    environment = os.environ | {
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": "1",
    }
    made = subprocess.run(
        [sys.executable, "-c", MAKE], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert made.stdout.strip() == hashlib.sha256(pdf(tree(SHORT))).hexdigest()


def test_what_was_written_before_leaves_no_trace() -> None:
    fresh = PdfWriter(templates())
    fresh.write(tree("<h1>另一份文件</h1>" + table(row("a", "b") * 20, 2), "zh-CN"), PROPERTIES)
    assert fresh.write(tree(SHORT), PROPERTIES) == pdf(tree(SHORT))


# What the file says of itself


def test_it_claims_pdf_a_and_unicode_text() -> None:
    said = objects(pdf(tree(SHORT)))
    assert b'pdfaid:part="2"' in said and b'pdfaid:conformance="U"' in said
    assert b"/OutputIntents" in said


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_it_is_tagged_with_title_and_language(lang: Any) -> None:
    content = pdf(tree(SHORT, lang))
    said = objects(content)
    assert b"/StructTreeRoot" in said and re.search(rb"/Marked true", said)
    assert f"/Lang ({lang})".encode() in said
    with opened(content) as found:
        assert found.get_metadata_dict()["Title"] == "Plan"


def test_heads_of_tables_headings_and_lists_are_tagged_as_what_they_are() -> None:
    said = objects(pdf(tree(SHORT + table(row("a"), 1, row("h", tag="th")))))
    for tag in (b"/H1", b"/P", b"/L", b"/LI", b"/Table", b"/TR", b"/TH", b"/TD"):
        assert re.search(rb"/S " + tag + rb"\b", said), tag


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_letters_are_not_joined(lang: Any) -> None:
    """Each glyph stands for one letter."""
    with pikepdf.open(io.BytesIO(pdf(tree("<p>office fluffy attention fit</p>", lang)))) as opened_again:
        maps = [one.ToUnicode.read_bytes() for one in opened_again.objects if "/ToUnicode" in keys(one)]
    told = [text for one in maps for text in re.findall(rb"^<[0-9a-fA-F]+> <([0-9a-fA-F]+)>", one, re.M)]
    assert len(told) >= len(set("officefluffyattentionfit"))
    assert {len(text) for text in told} == {len("0041")}


def keys(one: Any) -> Any:
    return one.keys() if isinstance(one, pikepdf.Dictionary) else ()


@pytest.mark.parametrize("form", wang.FORMS)
def test_nothing_is_asked_of_the_engine_that_it_never_frees(form: str) -> None:
    """It makes what CSS says of font features anew for each line, and keeps it for ever."""
    wang.made(form)
    assert not wang.kit().pdf._fonts.font_features


def test_dates_are_the_printed_date_and_never_now() -> None:
    content = writer().write(tree(SHORT), replace(PROPERTIES, created=date(2020, 2, 29)))
    with opened(content) as found:
        about = found.get_metadata_dict()
    assert about["CreationDate"] == about["ModDate"] == "D:20200229"
    assert f"{date.today():%Y%m%d}".encode() not in objects(content)
    assert f"{date.today():%Y-%m-%d}".encode() not in objects(content)


def test_its_identifier_is_the_hash_of_what_it_says() -> None:
    made = wang.made("notes")
    assert f"/ID [({made.content_hash})".encode() in made.files["pdf"]


def test_it_names_the_company_and_docgen_and_no_person() -> None:
    with opened(wang.made("letter").files["pdf"]) as found:
        about = found.get_metadata_dict()
    assert about["Creator"].startswith("docgen ")
    assert about["Author"] == wang.kit().settings["company_name"].zh
    case = wang.checked().case.values["case"]
    assert not [value for value in about.values() if case["employee_name"] in value or case["supervisor_name"] in value]


def test_it_holds_no_path_of_the_machine() -> None:
    said = objects(wang.made("letter").files["pdf"])
    assert b"file://" not in said and str(ROOT).encode() not in said and b".invalid" not in said


# Nothing but the set's own files


class Watch:
    """What is opened and whom is spoken to, while ``active``."""

    active = False
    seen: list[str]


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if Watch.active and (event == "open" or event.startswith("socket.")):
        Watch.seen.append(f"{event} {arguments[0]} {arguments[1:]}")


@pytest.fixture(scope="module")
def hooked() -> None:
    sys.addaudithook(_hook)


@contextmanager
def watched() -> Iterator[list[str]]:
    Watch.seen, Watch.active = [], True
    try:
        yield Watch.seen
    finally:
        Watch.active = False


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.png"
    path.write_bytes(png(1, 1))
    return path


@pytest.mark.usefixtures("hooked")
@pytest.mark.parametrize(
    "css",
    [
        "p { background: url(file://SECRET) }",
        "p { background: url(SECRET) }",
        "p { background: url(../secret.png) }",
        "p { background: url(%2e%2e/secret.png) }",
        f"p {{ background: url({BASE}../secret.png) }}",
        f"p {{ background: url({BASE}/SECRET) }}",
        "p { background: url(link.png) }",
        "p { background: url(folder/secret.png) }",
        "p { background: url(http://127.0.0.1:9/x.png) }",
        "p { background: url(https://example.org/x.png) }",
        "p { background: url(ftp://127.0.0.1/x.png) }",
        "p { background: url(//127.0.0.1/x.png) }",
        "p { background: url('data:image/png;base64,AAAA') }",
        "@font-face { font-family: x; src: url(file://SECRET) } p { font-family: x }",
        "@import url(http://127.0.0.1:9/x.css);",
        "@import url(file://SECRET);",
        "p { list-style: url(nowhere.png); display: list-item }",
    ],
)
def test_a_style_sheet_reaches_no_other_file_and_no_network(tmp_path: Path, secret: Path, css: str) -> None:
    ours = company(tmp_path / "company", css.replace("SECRET", str(secret)))
    (ours.folders[0] / "link.png").symlink_to(secret)
    (ours.folders[0] / "folder").symlink_to(tmp_path)
    made = PdfWriter(ours)
    with watched() as seen, pytest.raises(DocumentError, match="may only use files of its template set"):
        ours.file("theme.yaml").read_bytes()
        made.write(tree("<p>a</p>"), PROPERTIES)
    assert seen, "the watch must see something, or it proves nothing"
    assert not [event for event in seen if "secret" in event or event.startswith("socket.")]


@pytest.mark.parametrize("name", ["../secret.png", "file:///etc/hostname", "http://127.0.0.1:9/x.png", "nowhere.png"])
def test_nor_does_a_picture_of_the_tree(tmp_path: Path, secret: Path, name: str) -> None:
    document = Document("Plan", "en", False, (), (), (), (Paragraph((Picture(name, "alt", 9),)),))
    with pytest.raises(DocumentError, match="may only use files of its template set"):
        PdfWriter(company(tmp_path / "company")).write(document, PROPERTIES)


def test_a_picture_of_the_set_is_drawn(tmp_path: Path) -> None:
    made = PdfWriter(company(tmp_path / "company", logo__png=png(40, 20)))
    with opened(made.write(tree('<figure><img src="logo.png" alt="Logo" width="30"/></figure>'), PROPERTIES)) as found:
        (drawn,) = [one for one in found[0].get_objects() if one.type == pdfium.FPDF_PAGEOBJ_IMAGE]
        left, bottom, right, top = drawn.get_bounds()
    assert (right - left, top - bottom) == pytest.approx((30 * POINTS, 15 * POINTS), abs=0.5)


# Warnings of the engine


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("p { nonsense: 1 }", "nonsense"),
        ("p { color: reddish }", "reddish"),
        ("p { color red }", "EOF"),
        ("p { background: url(notes.txt) }", "Failed to load image"),
    ],
)
def test_whatever_the_engine_warns_of_is_an_error_each_time(tmp_path: Path, css: str, told: str) -> None:
    made = PdfWriter(company(tmp_path / "company", css, notes__txt=b"no picture"))
    for _ in range(2):
        with pytest.raises(DocumentError, match=told):
            made.write(tree("<p>a</p>"), PROPERTIES)


def test_a_character_without_a_glyph_is_an_error() -> None:
    document = Document("Plan", "en", False, (), (), (), (Paragraph((Text("a\U0010fffdb", "en"),)),))
    with pytest.raises(DocumentError, match=r"(?i)glyph.*10FFFD"):
        pdf(document)


def test_what_xml_cannot_say_is_left_to_the_engines_own_reader() -> None:
    """Bodies were read as XML; a title of a company's form was not."""
    assert page_texts(pdf(replace(tree(SHORT), title="Plan\x0b"))) == page_texts(pdf(tree(SHORT)))


def test_after_an_error_the_next_document_is_made() -> None:
    with pytest.raises(DocumentError):
        pdf(tree("<p>\U0010fffd</p>"))
    assert pdf(tree(SHORT))


def test_without_pango_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(EnvironmentLacks, match="libpango"):
        PdfWriter(templates())


# Words are the template's alone


@pytest.mark.parametrize(
    "css",
    [
        "p::before { content: 'added' }",
        "p::after { content: counter(page) }",
        "li { display: list-item; list-style: decimal inside }",
        "p { display: none }",
        "p { text-transform: uppercase }",
        "p { visibility: hidden }",
        "@page { @top-left { content: 'added' } }",
    ],
)
def test_a_style_sheet_can_neither_add_nor_change_nor_hide_words(tmp_path: Path, css: str) -> None:
    document = tree("<p>some words</p><ul><li>item</li></ul>")
    with pytest.raises(DocumentError, match=r"does not say what the document says|printed one over the other"):
        made = PdfWriter(company(tmp_path / "company", css)).write(document, PROPERTIES)
        check_parity(document, templates().theme, None, made)


# The fields of the page codes


def code_fields(width: float, height: float) -> list[tuple[float, float, float, float]]:
    field = templates().theme.code_field
    right = width - field.from_side * POINTS
    left = right - field.size * POINTS
    low, high = field.from_edge * POINTS, (field.from_edge + field.size) * POINTS
    return [(left, low, right, high), (left, height - high, right, height - low)]


def boxes(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Every piece of text and every drawing of a page."""
    for one in page.get_objects():
        yield one.get_bounds()


def meets(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def within(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return other[0] <= one[0] < one[2] <= other[2] and other[1] <= one[1] < one[3] <= other[3]


@pytest.mark.parametrize("form", wang.FORMS)
def test_nothing_but_the_codes_stands_in_their_fields(form: str) -> None:
    """A code is two drawings: its white ground, and all that is black."""
    with opened(wang.made(form).files["pdf"]) as found:
        for page in found:
            width, height = page.get_size()
            assert (width > height) is wang.wang(form).form.landscape
            *others, top_white, top_black, low_white, low_black = boxes(page)
            fields = code_fields(width, height)
            assert others and not [box for box in others for field in fields if meets(box, field)]
            low, top = fields
            assert within(top_white, top) and within(top_black, top) and within(low_white, low)
            assert within(low_black, low)


def test_some_sample_is_landscape_and_some_is_not() -> None:
    assert {wang.wang(form).form.landscape for form in wang.FORMS} == {True, False}


@pytest.mark.parametrize("landscape", [False, True])
def test_a_long_head_and_foot_keep_clear_of_the_codes_too(landscape: bool) -> None:
    words = '<p class="head">' + "鹭汀机电设备有限公司 " * 14 + "</p>"
    document = tree(f"<header>{words}</header><footer>{words}</footer><p>a</p>", "zh-CN", landscape=landscape)
    with opened(pdf(document)) as found:
        width, height = found[0].get_size()
        fields = code_fields(width, height)
        assert not [box for box in boxes(found[0]) for field in fields if meets(box, field)]


def test_the_watch_over_the_fields_sees_what_stands_in_them(tmp_path: Path) -> None:
    css = "header p { position: absolute; top: 0; right: -10mm }"
    made = PdfWriter(company(tmp_path / "company", css)).write(tree("<header><p>in</p></header><p>a</p>"), PROPERTIES)
    with opened(made) as found:
        width, height = found[0].get_size()
        assert [box for box in boxes(found[0]) for field in code_fields(width, height) if meets(box, field)]
