"""Make the letterhead of samples/company anew: that of an invented company, as its own people would draw it in Word.

``python -m samples.make_company``, after a change of what follows; the same bytes each time.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image, ImageDraw

from docgen.writers.word_zip import deflated, zip_bytes

FOLDER = Path(__file__).parent / "company"
TEAL, LEAF, TEXT, GREY = "1F6F78", "4FA38F", "1A1A1A", "5F6368"
NAMES = ("青禾仪器有限公司", "Qinghe Instruments Ltd")
ADDRESS = ("苏州市莲溪路8号3幢 215000", "8 Lianxi Road, Building 3, Suzhou", "0512-5550-0100 · hr@qinghe.example")
FOOT = "统一社会信用代码 91320500MA0QHYQ00X  ·  www.qinghe.example"
LATIN, HAN, HAN_BOLD = "Calibri", "SimSun", "SimHei"
WIDE = 165
"""Millimetres of a head; right of it is the room for the code of the page."""
SCALE = 4
"""Points of the logo's drawing are so many pixels."""


def main() -> None:
    (FOLDER / "letterhead.docx").write_bytes(letterhead())


def letterhead() -> bytes:
    """The .docx: a first page with the address, following pages with the names alone, a line at the foot."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(25), Mm(20)
    section.header_distance, section.footer_distance = Mm(8), Mm(7)
    section.different_first_page_header_footer = True
    _styles(document)
    _head(section.first_page_header, 15, 14, ADDRESS)
    _head(section.header, 8, 10.5, ())
    for foot in (section.first_page_footer, section.footer):
        line = foot.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(line, FOOT, 8, GREY)
        _rule(line, "top")
    document.add_paragraph("[[ document ]]")
    properties = document.core_properties
    properties.author = properties.last_modified_by = NAMES[1]
    properties.title, properties.comments = "Letterhead", ""
    properties.created = properties.modified = datetime(2026, 1, 5)
    return steady(document)


def steady(document: Any) -> bytes:
    """The file without the hour at which it was made."""
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return zip_bytes([deflated(name, archive.read(name)) for name in archive.namelist()])


def logo() -> bytes:
    """The mark of logo.svg, a sprout in a ring, as PNG."""
    image = Image.new("RGBA", (120 * SCALE, 120 * SCALE), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    teal, leaf = f"#{TEAL}", f"#{LEAF}"
    draw.ellipse([point * SCALE for point in (3.5, 3.5, 116.5, 116.5)], outline=teal, width=7 * SCALE)
    draw.line([(60 * SCALE, 52 * SCALE), (60 * SCALE, 96 * SCALE)], fill=teal, width=7 * SCALE)
    draw.ellipse([point * SCALE for point in (56.5, 92.5, 63.5, 99.5)], fill=teal)
    draw.polygon(_leaf((60, 62), ((60, 38), (74, 26), (95, 27)), ((96, 49), (83, 62), (60, 62))), fill=teal)
    draw.polygon(_leaf((60, 76), ((60, 58), (49, 47), (28, 47)), ((28, 66), (40, 76), (60, 76))), fill=leaf)
    stream = io.BytesIO()
    image.resize((240, 240), Image.Resampling.LANCZOS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _leaf(start: tuple[float, float], *curves: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """The outline of cubic Bézier curves that follow each other."""
    outline = []
    for one, two, end in curves:
        for step in range(21):
            t = step / 20
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            places = (start, one, two, end)
            outline.append(tuple(sum(w * place[axis] for w, place in zip(weights, places, strict=True)) * SCALE
                                 for axis in (0, 1)))  # fmt: skip
        start = end
    return [(x, y) for x, y in outline]


def _styles(document: Any) -> None:
    headings = [(f"Heading {level}", HAN_BOLD, TEAL) for level in (1, 2, 3)]
    for name, han, colour in [("Normal", HAN, TEXT), *headings]:
        style = document.styles[name]
        style.font.name = LATIN
        style.font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        fonts.set(qn("w:eastAsia"), han)


def _head(head: Any, mark: float, size: float, address: tuple[str, ...]) -> None:
    """A table of logo, names and address, with a rule below it."""
    widths = (mark + 5, 85, WIDE - mark - 90) if address else (mark + 4, WIDE - mark - 4)
    table = head.add_table(1, len(widths), Mm(WIDE))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    cells = table.rows[0].cells
    for cell, column, width in zip(cells, table.columns, widths, strict=True):
        cell.width = column.width = Mm(width)
        cell.vertical_alignment = 1
    _close(cells[0].paragraphs[0])
    cells[0].paragraphs[0].add_run().add_picture(io.BytesIO(logo()), width=Mm(mark))
    drawn = cells[0].paragraphs[0]._p.find(".//" + qn("wp:inline"))
    drawn.find(qn("wp:docPr")).set("descr", " ".join(NAMES))
    for side in "TBLR":  # else LibreOffice keeps three millimetres on each
        drawn.set(f"dist{side}", "0")
    line = cells[1].paragraphs[0]
    if address:
        _write(line, NAMES[0], size, TEAL, bold=True)
        _write(cells[1].add_paragraph(), NAMES[1], size - 4, TEAL)
        for index, text in enumerate(address):
            line = cells[2].paragraphs[0] if index == 0 else cells[2].add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _write(line, text, 8, GREY)
    else:
        _write(line, f"{NAMES[0]}\t{NAMES[1]}", size, TEAL, bold=True)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(45), WD_TAB_ALIGNMENT.LEFT)
    head._element.remove(head.paragraphs[0]._p)  # Word has one there from the beginning, above the table
    _rule(head.add_paragraph(), "bottom")


def _write(line: Any, text: str, size: float, colour: str, bold: bool = False) -> None:
    _close(line)
    run = line.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold or None
    run.font.color.rgb = RGBColor.from_string(colour)
    run.font.name = LATIN
    run._element.rPr.rFonts.set(qn("w:eastAsia"), HAN_BOLD if bold else HAN)


def _close(line: Any) -> None:
    form = line.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), 1.0


def _rule(line: Any, side: str) -> None:
    _close(line)
    line.paragraph_format.line_spacing = Pt(12 if side == "top" else 4)
    borders = OxmlElement("w:pBdr")
    border = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "3" if side == "top" else "1"), ("color", TEAL)):
        border.set(qn(f"w:{key}"), value)
    borders.append(border)
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


if __name__ == "__main__":
    main()
