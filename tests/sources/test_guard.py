from __future__ import annotations

import struct
from zipfile import ZIP_BZIP2, ZIP_STORED

import pytest

from docgen.sources.guard import MOST_PARTS, SMALL, Refusal, open_zip
from tests.sources.packages import cells, sheet, xlsx, zipped

NAMES = zip("abcdefgh", "bcdefghi", strict=True)
ENTITIES = "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in NAMES)
LAUGHS = f'<!DOCTYPE x [<!ENTITY a "ha">{ENTITIES}]>' + sheet(cells(A1='t="str"|<v>&i;</v>'))


def refused(content: bytes) -> str:
    with pytest.raises(Refusal) as found:
        open_zip(content)
    return found.value.kind


def lying(content: bytes, name: str, size: int) -> bytes:
    """The zip with another size of the part ``name`` in its directory and before the part."""
    changed = bytearray(content)
    for sign, offset, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = changed.find(sign)
        while changed[at + name_at : at + name_at + len(name)] != name.encode():
            at = changed.find(sign, at + 1)
        changed[at + offset : at + offset + 4] = struct.pack("<I", size)
    return bytes(changed)


def test_a_sound_workbook_passes() -> None:
    archive = open_zip(xlsx(sheet(cells(A1="|<v>1</v>"))))
    assert "xl/workbook.xml" in archive.namelist()


def test_a_small_part_may_be_packed_as_tightly_as_it_likes() -> None:
    assert open_zip(zipped({"xl/a.xml": "<a>" + " " * (SMALL // 2) + "</a>"}))


def test_a_part_that_grows_out_of_measure_is_refused() -> None:
    assert refused(zipped({"xl/a.xml": b" " * (SMALL + 1)})) == "swollen_parts"


def test_a_bomb_whose_directory_lies_about_its_sizes_is_refused() -> None:
    bomb = zipped({"xl/a.xml": b" " * (SMALL + 1)})
    assert refused(lying(bomb, "xl/a.xml", 100)) == "damaged_book"
    assert refused(lying(bomb, "xl/a.xml", 2**31)) == "swollen_parts"


def test_parts_that_are_harmless_alone_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.sources.guard.WHOLE_LIMIT", 10_000)
    assert open_zip(zipped({f"{number}": "x" * 1000 for number in range(10)}, ZIP_STORED))
    assert refused(zipped({f"{number}": "x" * 1000 for number in range(11)}, ZIP_STORED)) == "swollen_parts"


def test_many_small_parts_may_not_grow_out_of_measure_together() -> None:
    assert refused(zipped({f"{number}": b" " * (SMALL // 2) for number in range(4)})) == "swollen_parts"


def test_a_part_over_the_limit_is_refused_however_it_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.sources.guard.PART_LIMIT", 1000)
    assert refused(zipped({"a": b"x" * 1001}, ZIP_STORED)) == "swollen_parts"


def test_too_many_parts_are_refused() -> None:
    assert refused(zipped({f"{number}": "" for number in range(MOST_PARTS + 1)})) == "too_many_parts"
    assert refused(zipped({f"{number}": "" for number in range(2 * MOST_PARTS + 1)})) == "too_many_parts"


@pytest.mark.parametrize("name", ["/etc/passwd", "xl/../../x", "..\\x", "C:\\x", "\\x"])
def test_names_that_lead_out_of_the_file_are_refused(name: str) -> None:
    assert refused(zipped({"xl/workbook.xml": "<a/>", name: "x"})) == "unsafe_parts"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused() -> None:
    assert refused(zipped({"xl/a.xml": "<a/>", "XL/A.xml": "<b/>"})) == "unsafe_parts"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_document_type_is_refused_in_any_encoding_and_behind_any_comment(encoding: str) -> None:
    for before in ("", f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?><!--{'x' * 70_000}-->\n"):
        content = (before + LAUGHS).encode(encoding)
        assert refused(xlsx(sheet(""), extra={"xl/worksheets/sheet1.xml": content})) == "declares_entities"
        assert refused(xlsx(sheet(""), extra={"xl/media/image1.png": content})) == "declares_entities"


def test_the_word_doctype_within_a_text_is_harmless() -> None:
    assert open_zip(xlsx(sheet(cells(A1='t="inlineStr"|<is><t>&lt;!DOCTYPE x></t></is>'))))


def test_a_part_with_a_password_is_refused() -> None:
    content = bytearray(zipped({"a": "x"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(sign) + offset] |= 1
    assert refused(bytes(content)) == "locked_parts"


def test_a_packing_that_no_workbook_has_is_refused() -> None:
    assert refused(zipped({"a": "x" * 100}, ZIP_BZIP2)) == "damaged_book"


def test_a_wrong_checksum_is_damage() -> None:
    content = xlsx(sheet(cells(A1="|<v>1</v>")))
    for at in (content.find(b"PK\x01\x02") + 16, content.find(b"PK\x03\x04") + 60):
        damaged = bytearray(content)
        damaged[at] ^= 4
        assert refused(bytes(damaged)) == "damaged_book"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_off_is_damaged(share: float) -> None:
    content = xlsx(sheet(cells(A1="|<v>1</v>")))
    assert refused(content[: int(len(content) * share)]) == "damaged_book"


def test_millions_of_cells_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.sources.guard.MOST_CELLS", 20)
    monkeypatch.setattr("docgen.sources.guard.MOST_TAGS", 100)
    assert open_zip(xlsx(sheet("<row>" + "<c><v>1</v></c>" * 20 + "</row>")))
    assert refused(xlsx(sheet("<row>" + "<c><v>1</v></c>" * 21 + "</row>"))) == "too_many_cells"
    assert refused(xlsx(sheet("<row>" + "<c/>" * 100 + "</row>"))) == "too_many_cells"


def test_elements_within_elements_without_end_are_refused() -> None:
    assert open_zip(zipped({"a.xml": "<a>" * 5000 + "</a>" * 5000, "b.png": b"\x89PNG" + b"<" * 50_000}))
    assert refused(zipped({"a.xml": "<a>" * 20_000 + "</a>" * 20_000})) == "damaged_book"
