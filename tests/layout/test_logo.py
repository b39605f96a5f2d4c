"""The logo is found beside docgen.yaml, looked through by its head, and made into what both formats can take."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from docgen.company import NOBODY, Company
from docgen.errors import TemplateError, UsageError
from docgen.layout.first_page import LogoRoom
from docgen.layout.logo import FINEST, find_logo, letterhead_names, read_logo
from docgen.layout.sets import load_set
from tests.audit import watched

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def seen() -> Iterator[list[str]]:
    """What is opened, and whom is spoken to."""
    with watched() as found:
        yield found


def picture(across: int, down: int, mode: str = "RGB", kind: str = "PNG", **more: Any) -> bytes:
    made = io.BytesIO()
    Image.new(mode, (across, down)).save(made, kind, **more)
    return made.getvalue()


def huge_png() -> bytes:
    """10,000 by 10,000 pixels by its head, and nothing behind it."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + b"\0\0\xff\xffIDAT"
    )


def company(folder: Path, **files: bytes) -> Company:
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return Company(folder)


def test_the_file_that_the_settings_name_wins_then_svg_then_png(tmp_path: Path) -> None:
    ours = company(tmp_path, logo__svg=SVG, logo__png=picture(30, 10), mark__jpg=picture(10, 10, kind="JPEG"))
    found = [find_logo(ours, {"logo": name}) for name in ("mark.jpg", "logo.png", None)]
    assert [(one.is_drawing, one.shape) for one in found if one] == [(False, 1), (False, 3), (True, 2)]
    assert find_logo(NOBODY, {}) is None


def test_a_named_file_that_is_not_there_is_told_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"docgen.yaml: logo: there is no file brand.svg beside it"):
        find_logo(Company(tmp_path), {"logo": "brand.svg"})


@pytest.mark.parametrize("name", ["../secret.png", "link.png", "deep/../../secret.png"])
def test_no_picture_from_outside_the_folder_is_read(tmp_path: Path, seen: list[str], name: str) -> None:
    (tmp_path / "secret.png").write_bytes(picture(9, 9))
    folder = tmp_path / "company"
    (folder / "deep").mkdir(parents=True)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    seen.clear()
    with pytest.raises(UsageError, match="leads out of"):
        find_logo(Company(folder), {"logo": name})
    assert not [one for one in seen if "secret" in one or one.startswith("socket")]


def test_an_svg_that_refers_elsewhere_makes_nobody_read_or_fetch(tmp_path: Path, seen: list[str]) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG.replace(b"<path", b'<use href="file:///etc/hostname"/><path'))
    with pytest.raises(TemplateError, match=r"logo.svg:1: href refers to file:///etc/hostname, outside"):
        read_logo(tmp_path / "logo.svg")
    assert [one for one in seen if "logo.svg" in one]
    assert not [one for one in seen if "hostname" in one or one.startswith("socket")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (huge_png(), "logo.png: has 10000 × 10000 pixels; at most 25 million"),
        (picture(900, 10), "logo.png: has 900 × 10 pixels, too long"),
        (b"GIF89a", "logo.png: is no picture that can be printed"),
        (picture(50, 50)[:60], "logo.png: is no picture that can be read"),
        (picture(50, 50, kind="GIF"), "logo.png: is no picture that can be printed"),
        (b"\x89PNG" + b"0" * 10_000_001, "logo.png: has 10000005 bytes"),
    ],
    ids=["100 megapixels", "a thread", "no picture", "cut off", "a GIF", "10 MB"],
)
def test_what_can_not_be_printed_is_refused_at_once(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    started = time.monotonic()
    with pytest.raises(TemplateError) as found:
        read_logo(tmp_path / "logo.png")
    assert str(found.value).startswith(told)
    assert found.value.words.zh.startswith("logo.png：")
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("made", "mode"),
    [
        (picture(60, 30, "CMYK", "JPEG"), "RGB"),
        (picture(60, 30, "L"), "RGB"),
        (picture(60, 30, "RGBA"), "RGBA"),
        (picture(60, 30, "P", transparency=0), "RGBA"),
        (picture(60, 30, "I;16"), "RGB"),
    ],
    ids=["CMYK", "grey", "clear", "palette", "16 bit"],
)
def test_whatever_colours_it_has_they_become_those_of_a_screen(tmp_path: Path, made: bytes, mode: str) -> None:
    (tmp_path / "logo.jpg").write_bytes(made)
    logo = read_logo(tmp_path / "logo.jpg")
    with Image.open(io.BytesIO(logo.content)) as seen:
        assert (seen.format, seen.mode, seen.size) == ("PNG", mode, (60, 30))


def test_a_photo_lies_as_it_was_taken_and_says_nothing_of_itself(tmp_path: Path) -> None:
    notes = Image.Exif()
    notes[274], notes[315] = 6, "who took it"
    (tmp_path / "logo.jpg").write_bytes(picture(60, 30, kind="JPEG", exif=notes))
    logo = read_logo(tmp_path / "logo.jpg")
    assert logo.shape == 0.5
    assert b"who took it" not in logo.content


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture(3000, 1500))
    with Image.open(io.BytesIO(read_logo(tmp_path / "logo.png").content)) as seen:
        assert seen.size == (FINEST, FINEST // 2)


@pytest.mark.parametrize(("size", "width"), [((100, 100), 14), ((400, 100), 45), ((50, 100), 7)])
def test_a_logo_is_as_large_as_its_room_allows(tmp_path: Path, size: tuple[int, int], width: float) -> None:
    (tmp_path / "logo.png").write_bytes(picture(*size))
    assert read_logo(tmp_path / "logo.png").width(LogoRoom(height=14, width=45)) == width


def test_who_has_neither_logo_nor_address_nor_letterhead_has_a_plain_head() -> None:
    theme = load_set().theme
    assert letterhead_names(None, theme, {"company_name": "X"}, has_file=False, landscape=False) is None
    for settings, has_file in (({"company_address": "a"}, False), ({"company_contact": "b"}, False), ({}, True)):
        assert letterhead_names(None, theme, settings, has_file=has_file, landscape=False)
