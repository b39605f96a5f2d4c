"""Pictures that become pages: how they lie, and how many of those in a file count."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf
from PIL import Image

from docgen.archive.picture_files import bound, pages_of
from docgen.archive.piles import Kind
from docgen.archive.unfit import Unfit
from tests.archive.scan_help import packed, page

SCAN = page(dpi=50)
WRITTEN: dict[Kind, str] = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF"}


def kept(tmp_path: Path, content: bytes) -> Path:
    file = tmp_path / "picture"
    file.write_bytes(content)
    return file


def lying(kind: Kind, orientation: int) -> bytes:
    """A picture that says how it lies."""
    if kind == "tiff":
        written = packed(SCAN, "TIFF", tiffinfo={274: 1}, dpi=(50, 50))
        one, other = ((274).to_bytes(2, "little") + b"\3\0\1\0\0\0" + bytes([to]) for to in (1, orientation))
        assert written.count(one) == 1
        return written.replace(one, other)
    exif = Image.Exif()
    exif[274] = orientation
    return packed(SCAN, WRITTEN[kind], exif=exif, dpi=(50, 50))


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("orientation", [0, 1, 9])
def test_what_says_nothing_sensible_of_how_it_lies_is_taken_as_it_is(
    kind: Kind, orientation: int, tmp_path: Path
) -> None:
    file = kept(tmp_path, lying(kind, orientation))
    assert pages_of(file, kind) == 1
    with Pdf.open(BytesIO(bound(file))) as made:
        assert int(made.pages[0].obj.get("/Rotate", 0)) == 0


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("orientation", [2, 4, 5, 7])
def test_a_mirrored_picture_is_refused(kind: Kind, orientation: int, tmp_path: Path) -> None:
    refused(kept(tmp_path, lying(kind, orientation)), kind, "mirrored", "镜像")


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_tiff_that_is_marked_as_turned_is_refused(orientation: int, tmp_path: Path) -> None:
    """It would come out turned twice, or as noise, by how it is packed."""
    refused(kept(tmp_path, lying("tiff", orientation)), "tiff", "turned", "旋转")


def refused(file: Path, kind: Kind, reason: str, reason_zh: str) -> None:
    with pytest.raises(Unfit) as found:
        pages_of(file, kind)
    words = found.value.words.filled(file=file, **found.value.names)
    assert "without loss" in words.en and reason in words.en and reason_zh in words.zh and "--" not in words.en


def test_the_small_picture_beside_a_photo_is_no_page(tmp_path: Path) -> None:
    """It shows the same, code and all, and would count as another copy."""
    photo, small = SCAN.convert("RGB"), SCAN.convert("RGB").reduce(2)
    file = kept(tmp_path, packed(photo, "MPO", save_all=True, append_images=[small]))
    assert pages_of(file, "jpeg") == 1


def test_a_second_picture_of_which_no_page_comes_is_not_lost_without_a_word(tmp_path: Path) -> None:
    file = kept(tmp_path, packed(SCAN, "PNG", save_all=True, append_images=[page("", "", dpi=50)]))
    with pytest.raises(Unfit, match="a page may be lost"):
        pages_of(file, "png")


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("length", [3, 300])
def test_damage_is_told_as_such(kind: Kind, length: int, tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="damaged"):
        pages_of(kept(tmp_path, packed(SCAN, WRITTEN[kind])[:length]), kind)
