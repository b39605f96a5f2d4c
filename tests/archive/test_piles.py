"""What a file of a pile is found to be, and which files are refused, each with the cure."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from docgen.archive import piles
from docgen.archive.piles import Examined, Refused, as_pdf, examine
from tests.archive.scan_help import Plan, jpeg, opened, packed, page, pdf, scan, sheet

SCAN = sheet(50)


def look(tmp_path: Path, content: bytes, name: str = "scan.pdf") -> Examined | Refused:
    path = tmp_path / name
    path.write_bytes(content)
    return examine(path)


def examined(tmp_path: Path, content: bytes, name: str = "scan.pdf") -> Examined:
    found = look(tmp_path, content, name)
    assert isinstance(found, Examined), found
    return found


def refusal(tmp_path: Path, content: bytes, name: str = "scan.pdf") -> str:
    """What is told, which begins with the file, in both languages."""
    found = look(tmp_path, content, name)
    assert isinstance(found, Refused), found
    assert found.words.en.startswith(f"{tmp_path / name}: ")
    assert found.words.zh.startswith(f"{tmp_path / name}：")
    return found.words.en


def saved(made: Pdf, **options: object) -> bytes:
    target = BytesIO()
    made.save(target, **options)  # type: ignore[arg-type]
    return target.getvalue()


def test_a_pdf_is_known_with_its_hash_its_size_and_its_pages(tmp_path: Path) -> None:
    content = pdf(scan(SCAN), scan(SCAN))
    found = examined(tmp_path, content)
    assert found.kind == "pdf" and found.pages == 2 and found.size == len(content) and not found.is_signed
    assert found.sha256 == sha256(content).hexdigest()
    assert as_pdf(found) == found.path


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("pdf", b"\n junk of a printer \n" + pdf(scan(SCAN))),
        ("jpeg", jpeg(SCAN)),
        ("png", packed(SCAN, "PNG")),
        ("tiff", packed(SCAN, "TIFF")),
    ],
)
def test_a_file_is_what_its_bytes_say_and_not_its_name(tmp_path: Path, kind: str, content: bytes) -> None:
    found = examined(tmp_path, content, "scan.txt")
    assert (found.kind, found.pages) == (kind, 1)


@pytest.mark.parametrize("content", [b"PK\3\4 a letter", b"GIF89a", b"BM", b"\0\0\0\x18ftypheic", b"hello"])
def test_what_is_no_scan_is_refused_whatever_it_is_called(tmp_path: Path, content: bytes) -> None:
    assert "neither PDF, TIFF, JPG nor PNG" in refusal(tmp_path, content)


def test_an_empty_file_and_one_that_is_not_there_are_refused(tmp_path: Path) -> None:
    assert "is empty" in refusal(tmp_path, b"")
    found = examine(tmp_path / "lost.pdf")
    assert isinstance(found, Refused) and "No such file" in found.words.en


@pytest.mark.parametrize("user", ["secret", ""])
def test_a_protected_file_is_refused_even_if_it_can_be_opened(tmp_path: Path, user: str) -> None:
    with opened(scan(SCAN)) as made:
        content = saved(made, encryption=pikepdf.Encryption(owner="owner", user=user))
    assert "protected" in refusal(tmp_path, content)


def test_a_file_that_was_cut_off_is_refused_at_any_length(tmp_path: Path) -> None:
    content = pdf(scan(SCAN), scan(SCAN))
    for share in (0.3, 0.7, 0.95):
        assert "is damaged" in refusal(tmp_path, content[: int(len(content) * share)])
    assert "is damaged" in refusal(tmp_path, jpeg(SCAN)[:12], "scan.jpg")


def with_attachment(made: Pdf) -> None:
    made.attachments["note.txt"] = b"hidden"


def as_portfolio(made: Pdf) -> None:
    made.Root.Collection = Dictionary(Type=Name.Collection)


def as_dynamic_form(made: Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array(), XFA=String("<xdp/>"))


def without_pages(made: Pdf) -> None:
    del made.pages[:]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (with_attachment, "holds other files"),
        (as_portfolio, "holds other files"),
        (as_dynamic_form, "dynamic form"),
        (without_pages, "has no page"),
    ],
)
def test_a_file_of_which_something_would_be_lost_is_refused(
    tmp_path: Path, change: Callable[[Pdf], None], told: str
) -> None:
    with opened(scan(SCAN)) as made:
        change(made)
        content = saved(made)
    assert told in refusal(tmp_path, content)


def test_a_file_of_which_two_readers_count_different_pages_is_refused(tmp_path: Path) -> None:
    """One believes what the file says, the other one counts."""
    content = pdf(scan(SCAN)).replace(b"/Count 1 ", b"/Count 9 ")
    assert "has 1 pages to one reader and 9 to another" in refusal(tmp_path, content)


def signed(made: Pdf, **more: object) -> None:
    value = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x"))
    field = made.make_indirect(Dictionary(FT=Name.Sig, T=String("employee"), V=value))
    group = made.make_indirect(Dictionary(T=String("signatures"), Kids=Array([field])))
    field.Parent = group
    made.Root.AcroForm = Dictionary(Fields=Array([group]), SigFlags=3)


def test_a_digital_signature_is_noticed_wherever_its_field_is(tmp_path: Path) -> None:
    with opened(scan(SCAN)) as made:
        signed(made)
        with_attachment(made)  # such a file stays in one piece, so nothing is lost
        content = saved(made)
    assert examined(tmp_path, content).is_signed


def test_a_field_that_waits_for_a_signature_is_none(tmp_path: Path) -> None:
    with opened(scan(SCAN)) as made:
        signed(made)
        del made.Root.AcroForm.Fields[0].Kids[0].V
        content = saved(made)
    assert not examined(tmp_path, content).is_signed


def test_fields_that_are_their_own_children_come_to_an_end(tmp_path: Path) -> None:
    with opened(scan(SCAN)) as made:
        signed(made)
        field = made.Root.AcroForm.Fields[0]
        del field.Kids[0].V
        field.Kids[0].Kids = Array([field, field])
        content = saved(made)
    assert not examined(tmp_path, content).is_signed


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docgen.archive import examining

    monkeypatch.setattr(examining, "MOST_PAGES", 2)
    found = examining.look(saved_at(tmp_path, pdf(*[scan(SCAN)] * 3)))
    assert isinstance(found, Refused) and "has more than 2 pages" in found.words.en
    monkeypatch.setattr(examining, "MOST_BYTES", 2**20)
    found = examining.look(saved_at(tmp_path, pdf(scan(SCAN)) + bytes(2**20)))
    assert isinstance(found, Refused) and "has more than 1 MB" in found.words.en


def saved_at(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(content)
    return path


def test_a_process_that_takes_too_long_refuses_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piles, "SECONDS", 0)
    assert "was stopped" in refusal(tmp_path, pdf(scan(SCAN)))


def pages_of(content: Path | bytes) -> list[tuple[int, ...]]:
    """Width and height in millimetres, and how each page is turned."""
    assert isinstance(content, bytes)
    with Pdf.open(BytesIO(content)) as made:
        return [
            (*map(millimetres, (one.mediabox[2], one.mediabox[3])), int(one.obj.get("/Rotate", 0)))
            for one in made.pages
        ]


def millimetres(points: Any) -> int:
    return round(float(points) * 25.4 / 72)


def test_a_tiff_has_a_page_for_each_of_its_pictures(tmp_path: Path) -> None:
    pictures = [page(dpi=60).convert("1"), sheet(60).convert("1"), page(dpi=60).convert("1")]
    content = packed(pictures[0], "TIFF", compression="group4", save_all=True, append_images=pictures[1:], dpi=(60, 60))
    found = examined(tmp_path, content, "fax.tif")
    assert (found.kind, found.pages) == ("tiff", 3)
    assert pages_of(as_pdf(found)) == [(210, 297, 0)] * 3


def test_a_picture_becomes_a_pdf_with_its_own_bytes_the_same_each_time(tmp_path: Path) -> None:
    content = jpeg(page())
    found = examined(tmp_path, content, "scan.jpg")
    made = as_pdf(found)
    assert made == as_pdf(found) and pages_of(made) == [(210, 297, 0)]
    assert isinstance(made, bytes)
    with Pdf.open(BytesIO(made)) as one:
        (image,) = one.pages[0].Resources.XObject.values()
        assert image.read_raw_bytes() == content


@pytest.mark.parametrize("dpi", [None, (1, 1), (72, 72), (2400, 2400)])
def test_a_photo_that_knows_no_size_of_paper_fits_a_sheet(tmp_path: Path, dpi: tuple[int, int] | None) -> None:
    options = {"dpi": dpi} if dpi else {}
    upright, across = Image.new("L", (1500, 2000), 255), Image.new("L", (2000, 1500), 255)
    assert pages_of(as_pdf(examined(tmp_path, packed(upright, "JPEG", **options), "a.jpg"))) == [(210, 280, 0)]
    assert pages_of(as_pdf(examined(tmp_path, packed(across, "JPEG", **options), "b.jpg"))) == [(280, 210, 0)]


def test_a_photo_that_was_held_across_is_shown_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    content = packed(page().rotate(90, expand=True), "JPEG", exif=exif, dpi=(100, 100))
    assert pages_of(as_pdf(examined(tmp_path, content, "photo.jpg"))) == [(297, 210, 90)]


def test_a_png_that_is_transparent_is_taken(tmp_path: Path) -> None:
    content = packed(page().convert("RGBA"), "PNG", dpi=(100, 100))
    assert pages_of(as_pdf(examined(tmp_path, content, "scan.png"))) == [(210, 297, 0)]


def png(width: int, height: int, kind: int, depth: int, rows: bytes) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_a_picture_that_would_lose_something_is_refused(tmp_path: Path) -> None:
    deep_and_transparent = png(4, 4, 6, 16, (b"\0" + bytes(32)) * 4)
    assert "without loss" in refusal(tmp_path, deep_and_transparent, "scan.png")


def test_a_damaged_picture_is_told_as_such(tmp_path: Path) -> None:
    sound = packed(page(dpi=50), "PNG")
    assert "is damaged" in refusal(tmp_path, sound[:400] + b"?" + sound[401:], "scan.png")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = png(20_000, 20_000, 0, 8, bytes(1000))
    assert "million pixels" in refusal(tmp_path, bomb, "scan.png")


def test_a_picture_that_is_gone_when_it_is_needed_is_told(tmp_path: Path) -> None:
    found = examined(tmp_path, jpeg(page(dpi=50)), "scan.jpg")
    found.path.unlink()
    with pytest.raises(ValueError):
        as_pdf(found)


def test_a_page_without_a_picture_is_still_a_page(tmp_path: Path) -> None:
    assert examined(tmp_path, pdf(Plan(content=""), scan(SCAN))).pages == 2
