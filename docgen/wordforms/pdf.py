"""LibreOffice's PDF of a filled Word form becomes docgen's: codes on each page, its own properties, the same bytes."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf

from docgen.errors import DocumentError
from docgen.layout.theme import CodeField, Theme
from docgen.model.problems import Words
from docgen.wordforms.reading import settled
from docgen.wordforms.steady import steady
from docgen.wordforms.story import Line
from docgen.writers.comparison import drawn
from docgen.writers.fonts import Coverage, free_font
from docgen.writers.page_codes import POINTS, Codes, code_of, drawings_of
from docgen.writers.pdf_content import Sheet
from docgen.writers.pdf_text import seen_sheets
from docgen.writers.properties import Properties

IN_THE_WAY = Words(
    "{name}: “{text}” on page {page} lies where the page code goes, at the right edge {where}; keep {size:g} mm clear",
    "{name}：第{page}页的“{text}”位于页面二维码处（右侧{where}）；请在此留出{size:g}毫米空白",
)
LOST = Words(
    "{name}: the PDF lacks “{text}” ({place}); LibreOffice lays it out otherwise than Word: make room for it, or print "
    "the Word file",
    "{name}：PDF 中缺少“{text}”（{place}）；LibreOffice 的排版与 Word 不同：请留出空间，或打印 Word 文件",
)
NO_GLYPH = Words(
    "{name}: no font here shows “{character}” ({point}, {place}); install one that does{font}, or write it otherwise",
    "{name}：已安装的字体都无法显示“{character}”（{point}，{place}）；请安装含有该字符的字体{font}，或改用其他写法",
)
TOP, BOTTOM = Words("above", "上方"), Words("below", "下方")
SHOWN = 40
MOST_PIECES = 8
SLACK = 0.5
"""Points that a letter may reach into a field."""


def finished(pdf: bytes, properties: Properties, codes: Codes | None, theme: Theme, name: str) -> bytes:
    """``pdf`` with the codes of ``codes``, docgen's properties and no trace of when it was made.

    Raises:
        DocumentError: text lies where a code goes.
    """
    if codes:
        _refuse_in_the_way(seen_sheets(pdf), theme.code_field, name)
    with pikepdf.open(BytesIO(pdf)) as file:
        if codes:
            for number, page in enumerate(file.pages, 1):
                _draw(page, codes.text(number, len(file.pages)), theme.code_field)
        _describe(file, properties)
        steady(file)
        out = BytesIO()
        file.save(out, deterministic_id=True)
    return out.getvalue()


def _draw(page: Any, text: str, field: CodeField) -> None:
    _, low, right, high = (float(one) for one in page.trimbox)
    drawings = drawings_of(code_of(text).matrix, field, right, low, high)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\n".join((b"\nQ", b"/Artifact <</Type /Pagination>> BDC", *drawings, b"EMC")))


def _describe(file: pikepdf.Pdf, properties: Properties) -> None:
    made = f"docgen {properties.version}"
    day = f"{properties.created:%Y%m%d}000000Z"
    for key, value in {
        "/Title": properties.title,
        "/Author": properties.author,
        "/Subject": properties.number,
        "/Creator": made,
        "/CreationDate": f"D:{day}",
        "/ModDate": f"D:{day}",
    }.items():
        file.docinfo[key] = pikepdf.String(value)
    with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        stamp = _xmp_date(properties.created)
        for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            xmp[key] = stamp
        xmp["xmp:CreatorTool"] = made
        xmp["dc:title"] = properties.title
        xmp["dc:description"] = properties.number
        if properties.author:
            xmp["dc:creator"] = [properties.author]


def _xmp_date(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _refuse_in_the_way(sheets: list[Sheet], field: CodeField, name: str) -> None:
    for number, sheet in enumerate(sheets, 1):
        left = sheet.width - (field.from_side + field.size) * POINTS + SLACK
        right = sheet.width - field.from_side * POINTS - SLACK
        reach = (field.from_edge + field.size) * POINTS - SLACK
        for piece in sheet.pieces:
            if not piece.text.strip() or piece.right < left or piece.left > right:
                continue
            where = TOP if piece.top > sheet.height - reach else BOTTOM if piece.bottom < reach else None
            if where:
                words = IN_THE_WAY.filled(
                    name=name, text=piece.text.strip()[:SHOWN], page=number, where=where, size=field.size
                )
                raise DocumentError(words)


def refuse_unshown(lines: list[Line], coverage: Coverage, name: str) -> None:
    """LibreOffice would print a box, and say in the PDF that it is the character.

    Raises:
        DocumentError: a character that no font of this machine shows.
    """
    for line in lines:
        for character in coverage.missing(line.text):
            font = free_font(character)
            raise DocumentError(
                NO_GLYPH.filled(
                    name=name,
                    character=character,
                    point=f"U+{ord(character):04X}",
                    place=line.place,
                    font=Words(f" ({font})", f"（{font}）") if font else "",
                )
            )


def check_pdf(pdf: bytes, lines: list[Line], name: str) -> int:
    """Is all of a form's text in its PDF?

    Every character must be there as often as in the form, and each paragraph in its order.

    Returns:
        How many pages the PDF has.

    Raises:
        DocumentError: a paragraph lacks.
    """
    sheets = seen_sheets(pdf)
    whole = _told("".join(piece.text for sheet in sheets for piece in sheet.pieces))
    in_order = _without_signs(whole)
    left = Counter(whole)
    for line in lines:
        wanted = _told(settled(line))
        left.subtract(wanted)
        if any(left[one] < 0 for one in wanted) or not _in_pieces(_without_signs(wanted), in_order):
            raise DocumentError(LOST.filled(name=name, text=line.text.strip()[:SHOWN], place=line.place))
    return len(sheets)


def _told(text: str) -> str:
    """What of a text counts; hyphens may stand at the end of a line, or be lost there."""
    return drawn(text).replace("-", "")


def _without_signs(text: str) -> str:
    """Without boxes to tick and the like: LibreOffice draws what a font lacks behind the rest of its run."""
    return "".join(one for one in text if unicodedata.category(one) != "So")


def _in_pieces(wanted: str, whole: str) -> bool:
    """Is it there in a few pieces, each as long as can be? A paragraph may run over the end of a page or a column."""
    for _ in range(MOST_PIECES):
        if not wanted:
            return True
        reach = _longest(wanted, whole)
        if reach == 0:
            return False
        wanted = wanted[reach:]
    return not wanted


def _longest(wanted: str, whole: str) -> int:
    """How much of the beginning of ``wanted`` stands together in ``whole``."""
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        if wanted[:middle] in whole:
            low = middle
        else:
            high = middle - 1
    return low
