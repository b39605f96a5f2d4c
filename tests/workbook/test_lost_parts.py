"""Which files are marked themselves, and which only get a list."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from docgen.model.problems import Words
from docgen.workbook.lost_parts import BUTTONS, MACROS, SIGNED, STRICT, TRACKED, UNREADABLE, reasons_against
from docgen.workbook.package import Package
from tests.workbook.mark_help import parts, plain, rich, workbook


def packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    return out.getvalue()


def reasons(files: dict[str, bytes]) -> tuple[Words, ...]:
    return reasons_against(Package.read(packed(files)))


def test_nothing_is_lost_of_plain_and_rich_workbooks() -> None:
    assert reasons(parts(workbook(plain))) == reasons(parts(workbook(rich))) == ()


def test_workbooks_of_other_writers_are_marked() -> None:
    out = BytesIO()
    openpyxl.Workbook().save(out)
    assert reasons(parts(out.getvalue())) == ()


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("_xmlsignatures/sig1.xml", SIGNED),
        ("xl/revisions/revisionHeaders.xml", TRACKED),
        ("xl/vbaProject.bin", MACROS),
    ],
)
def test_parts_that_no_changed_copy_can_have_are_a_reason(part: str, reason: Words) -> None:
    assert reasons(parts(workbook(plain)) | {part: b"x"}) == (reason,)


@pytest.mark.parametrize(
    "kind", ["application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/vnd.ms-excel.template.macroEnabled"]
)
def test_what_is_no_ordinary_workbook_is_a_reason(kind: str) -> None:
    files = parts(workbook(plain))
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind.encode()
    )
    assert reasons(files) == (MACROS,)


def test_the_strict_kind_is_a_reason() -> None:
    files = parts(workbook(plain))
    files["xl/workbook.xml"] = files["xl/workbook.xml"].replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    assert reasons(files) == (STRICT,)


def test_boxes_that_are_no_xml_are_a_reason() -> None:
    files = parts(workbook(rich))
    files["xl/drawings/vmlDrawing1.vml"] = files["xl/drawings/vmlDrawing1.vml"].replace(b"A button", b"A<br>button")
    assert reasons(files) == (BUTTONS,)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "_rels/.rels", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [None, b"", b"<x/>", b"\xff\xfe"])
def test_a_damaged_part_is_a_reason_and_no_crash(part: str, content: bytes | None) -> None:
    files = parts(workbook(plain))
    if content is None:
        del files[part]
    else:
        files[part] = content
    found = reasons(files)
    assert found in ((UNREADABLE,), (MACROS,), ())
