"""A company's Word file is looked through before anything of it is used; each refusal says where, what and the cure."""

from __future__ import annotations

import io
import os
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import TemplateError
from docgen.writers import given_docx
from docgen.writers.given_docx import FILE_LIMIT, MAIN, MOST_USES, open_given
from docgen.writers.given_faults import FAULTS
from docgen.writers.word_xml import W
from tests.writers.docx_help import (
    CONTENT_TYPES,
    Change,
    changed,
    huge_png,
    in_body,
    packed,
    part,
    plain_docx,
    put,
    related,
    swapped,
    unpacked,
    without,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
SETTINGS_RELS = "word/_rels/settings.xml.rels"
IMAGE = "word/media/image1.png"


def refusal(path: Path, kind: str, folder: Path | None = None) -> TemplateError:
    """The error with which ``path`` is refused, quickly, for the reason ``kind`` and in both languages."""
    began = time.monotonic()
    with pytest.raises(TemplateError) as caught:
        open_given(path, folder)
    assert time.monotonic() - began < 5
    words = caught.value.words
    for language, said in (("en", words.en), ("zh", words.zh)):
        what, cure = (one[language] for one in FAULTS[kind])  # type: ignore[index]
        assert said.startswith(path.name) and said.endswith(cure)
        assert what.partition("{")[0] in said
    return caught.value


def test_a_plain_file_gives_its_parts_and_kinds(tmp_path: Path) -> None:
    given = open_given(put(tmp_path, plain_docx()))
    assert given.name == "letterhead.docx"
    assert given.main == "word/document.xml" and given.types[given.main] == MAIN
    assert given.types[IMAGE] == "image/png"
    assert dict(given.parts) == unpacked(plain_docx())
    assert ("image", IMAGE) in {(one.kind, one.target) for one in given.relations(given.main)}


SPOILED: dict[str, tuple[str, str, tuple[Change, ...]]] = {
    "a template": ("template", "", (swapped(CONTENT_TYPES, MAIN, f"{MAIN_TYPES}.template.main+xml"),)),
    "a file with macros": ("macros", MACROS, (swapped(CONTENT_TYPES, MAIN, MACROS),)),
    "a macro project": ("macros", "word/vbaProject.bin", (part("word/vbaProject.bin", b"x"),)),
    "a macro project, called otherwise": (
        "macros",
        "vbaProject",
        (part("word/a.bin", b"x"), related("vbaProject", "a.bin", external=False)),
    ),
    "a workbook": (
        "no_word",
        "spreadsheetml",
        (swapped(CONTENT_TYPES, MAIN, MAIN.replace("wordprocessingml.document", "spreadsheetml.sheet")),),
    ),
    "a picture from outside": ("outside", "image https://", (related("image", "https://example.com/a.png"),)),
    "a picture of another file": ("outside", "image file:", (related("image", "file:///etc/passwd"),)),
    "an attached template": (
        "attached",
        "Normal.dotm",
        (related("attachedTemplate", "file:///C:/Users/x/Normal.dotm", owner=SETTINGS_RELS),),
    ),
    "a linked object": ("outside", "oleObject", (related("oleObject", "file:///a.xlsx"),)),
    "a document inside": ("outside", "subDocument", (related("subDocument", "chapter.docx"),)),
    "a link to a program": ("link", "javascript:", (related("hyperlink", "javascript:alert(1)"),)),
    "a link to a share": ("link", "file:", (related("hyperlink", "file://server/share"),)),
    "an embedded object": (
        "embedded",
        "oleObject",
        (part("word/embeddings/a.bin", b"x"), related("oleObject", "embeddings/a.bin", external=False)),
    ),
    "an ActiveX control": (
        "embedded",
        "control",
        (part("word/activeX/a.xml", b"<a/>"), related("control", "activeX/a.xml", external=False)),
    ),
    "an altChunk": (
        "embedded",
        "aFChunk",
        (part("word/a.html", b"<p>x</p>"), related("aFChunk", "a.html", external=False)),
    ),
    "a picture as a head": (
        "bad_xml",
        IMAGE,
        (related("header", "media/image1.png", external=False),),
    ),
    "a head that is called otherwise": (
        "field",
        "INCLUDEPICTURE",
        (
            part(
                "word/h.bin",
                b'<w:hdr xmlns:w="%s"><w:fldSimple w:instr="INCLUDEPICTURE&quot;http://x&quot;"/></w:hdr>' % W.encode(),
            ),
            related("header", "h.bin", external=False),
        ),
    ),
    "an altChunk in the text": ("embedded", "altChunk", (in_body('<w:altChunk r:id="rId1"/>'),)),
    "an object in the text": ("embedded", "object", (in_body("<w:p><w:r><w:object/></w:r></w:p>"),)),
    "a document type": ("entities", "", (swapped("word/document.xml", "<w:document", "<!DOCTYPE a><w:document"),)),
    "an entity": (
        "entities",
        "",
        (swapped("word/styles.xml", "<w:styles", '<!DOCTYPE a [<!ENTITY x "y">]><w:styles'),),
    ),
    "broken XML": ("bad_xml", "word/styles.xml:", (swapped("word/styles.xml", "</w:styles>", ""),)),
    "XML too deep": ("bad_xml", "word/a.xml:", (part("word/a.xml", b"<a>" * 5000 + b"</a>" * 5000),)),
    "a picture of 100 megapixels": (
        "picture_size",
        f"{IMAGE}: 10000 × 10000 > 40 megapixels",
        (part(IMAGE, huge_png(10_000, 10_000)),),
    ),
    "a picture of a thousand megapixels": ("picture_size", IMAGE, (part(IMAGE, huge_png(100_000, 10_000)),)),
    "a picture that is none": ("picture", IMAGE, (part(IMAGE, b"GIF"),)),
    "an SVG with a picture from outside": (
        "outside",
        "a.svg, file:",
        (
            part(
                "word/media/a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
            ),
        ),
    ),
    "an SVG with a style from outside": (
        "outside",
        "a.svg",
        (part("word/media/a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><style>@import "x.css";</style></svg>'),),
    ),
    "an SVG of many uses": (
        "picture_size",
        "use",
        (
            part(
                "word/media/a.svg",
                b'<svg xmlns="http://www.w3.org/2000/svg">' + b'<use href="#a"/>' * (MOST_USES + 1) + b"</svg>",
            ),
        ),
    ),
    "a field that reads a file": (
        "field",
        "INCLUDETEXT",
        (in_body('<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;/etc/passwd&quot; "/></w:p>'),),
    ),
    "a field spread over runs": (
        "field",
        "INCLUDEPICTURE",
        (
            in_body(
                '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE</w:instrText></w:r>'
                "<w:r><w:instrText>PICTURE &quot;http://example.com&quot;</w:instrText></w:r>"
                '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            ),
        ),
    ),
    "a part that is missing": ("damaged", "word/media/gone.png", (related("image", "media/gone.png", external=False),)),
    "an absolute name": ("unsafe_names", "", (part("/etc/passwd", b"x"),)),
    "a name that leads out": ("unsafe_names", "", (part("../a.xml", b"<a/>"),)),
    "no content types": ("no_word", "zip", (without(CONTENT_TYPES),)),
    "no body": ("no_word", "zip", (without("_rels/.rels"),)),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_may_do_harm_is_refused_with_its_place(what: str, tmp_path: Path) -> None:
    kind, place, changes = SPOILED[what]
    assert place in str(refusal(put(tmp_path, changed(plain_docx(), *changes)), kind))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.7", "no_zip"),
        (b"", "no_zip"),
        (packed({"readme.txt": b"x"}), "no_word"),
        (plain_docx()[:-400], "damaged"),
        (packed({"bomb.xml": b" " * 30_000_000}), "swollen"),
    ],
)
def test_what_is_no_docx_is_refused_with_what_it_is(content: bytes, kind: str, tmp_path: Path) -> None:
    refusal(put(tmp_path, content), kind)


def test_a_strict_document_is_told_apart(tmp_path: Path) -> None:
    strict = swapped(
        "_rels/.rels",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
    )
    refusal(put(tmp_path, changed(plain_docx(), strict)), "strict")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    stream = io.BytesIO(plain_docx())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", b"<a/>")
    refusal(put(tmp_path, stream.getvalue()), "unsafe_names")


def test_a_missing_file_a_folder_and_a_file_too_large_are_told(tmp_path: Path) -> None:
    refusal(tmp_path / "letterhead.docx", "missing")
    refusal(tmp_path, "no_file", tmp_path.parent)
    with put(tmp_path, plain_docx()).open("r+b") as file:
        file.truncate(FILE_LIMIT + 1)
    assert "20 MiB" in str(refusal(tmp_path / "letterhead.docx", "too_large"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_must_stay_in_the_folder_and_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    inside, outside = tmp_path / "company", tmp_path / "elsewhere"
    inside.mkdir()
    outside.mkdir()
    put(outside, plain_docx())
    (inside / "letterhead.docx").symlink_to(outside / "letterhead.docx")
    refusal(inside / "letterhead.docx", "elsewhere")
    put(inside, plain_docx(), "other.docx")
    (inside / "good.docx").symlink_to("other.docx")
    assert open_given(inside / "good.docx").main
    (inside / "loop.docx").symlink_to("loop.docx")
    with pytest.raises(TemplateError):
        open_given(inside / "loop.docx")
    os.mkfifo(inside / "pipe.docx")
    refusal(inside / "pipe.docx", "no_file")


def test_more_xml_than_a_letter_can_hold_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given_docx, "XML_LIMIT", 1_000)
    refusal(put(tmp_path, plain_docx()), "swollen")


def test_links_that_people_follow_are_fine(tmp_path: Path) -> None:
    for address in ("https://example.com", "mailto:hr@example.com", "tel:+861012345678"):
        content = changed(plain_docx(), related("hyperlink", address))
        assert any(one.external for one in open_given(put(tmp_path, content)).relations("word/document.xml"))


def test_a_field_of_the_page_is_fine(tmp_path: Path) -> None:
    content = changed(plain_docx(), in_body('<w:p><w:fldSimple w:instr=" PAGE "/></w:p>'))
    assert open_given(put(tmp_path, content)).main


def test_nothing_but_the_file_itself_is_opened_and_nothing_called(tmp_path: Path) -> None:
    """Of hostile files too."""
    open_given(put(tmp_path, plain_docx()))  # loads what is loaded once
    seen: list[str] = []
    hook_on = True

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if hook_on and (event in ("open", "socket.connect", "socket.getaddrinfo") or event.startswith("subprocess")):
            seen.append(f"{event} {given[0]}")

    sys.addaudithook(hook)
    try:
        for name, (_, _, changes) in SPOILED.items():
            hook_on = False
            path = put(tmp_path, changed(plain_docx(), *changes), "hostile.docx")
            hook_on = True
            with pytest.raises(TemplateError):
                open_given(path)
            assert set(seen) <= {f"open {path}"}, name
    finally:
        hook_on = False
