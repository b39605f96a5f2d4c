"""Workbooks made part by part, so that a test can hold what no library would write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A tab of the XML of its rows; ``before`` and ``after`` stand around them."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cells(**values: str) -> str:
    """Rows of cells that are given by their place: the XML between the tags, with attributes before a ``|``."""
    rows: dict[int, str] = {}
    for place, inner in values.items():
        attributes, _, content = inner.rpartition("|")
        number = int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        rows[number] = rows.get(number, "") + f'<c r="{place}" {attributes}>{content}</c>'
    return "".join(f'<row r="{number}">{row}</row>' for number, row in sorted(rows.items()))


def xlsx(
    tabs: Mapping[str, str] | str,
    strings: Sequence[str] = (),
    formats: Sequence[str | int] = (),
    properties: str = "",
    extra: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook of ``tabs`` (XML of sheets by their names), shared texts (XML inside si), and cell styles.

    ``formats``: the number format of style 1, 2, …, as its code or its number. ``extra``: further parts.
    """
    if isinstance(tabs, str):
        tabs = {"Tab": tabs}
    numbers = [(f"xl/worksheets/sheet{number}.xml", text) for number, text in enumerate(tabs.values(), 1)]
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(tabs) + 1)
    )
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(tabs, 1)
    )
    codes = [(164 + index, code) for index, code in enumerate(formats) if isinstance(code, str)]
    styles = "".join(
        f'<xf numFmtId="{164 + index if isinstance(code, str) else code}"/>' for index, code in enumerate(formats)
    )
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{TYPE}{kind}+xml"/>'
        for name, kind in (
            ("xl/workbook.xml", "sheet.main"),
            *((name, "worksheet") for name, _ in numbers),
            ("xl/styles.xml", "styles"),
            ("xl/sharedStrings.xml", "sharedStrings"),
        )
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr {properties}/>'
        f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}'
        f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>'
        + "".join(f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>' for number, code in codes)
        + f'</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si>{text}</si>" for text in strings)}</sst>',
        **dict(numbers),
        **(extra or {}),
    }
    return zipped(parts)


def text(words: str) -> str:
    """What a shared text of no formatting consists of."""
    return f'<t xml:space="preserve">{escape(words)}</t>'


def zipped(parts: Mapping[str, str | bytes], compression: int = ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
