"""What keeps a file from being marked: parts that a changed copy would lose, or that docgen can't change."""

from __future__ import annotations

from docgen.model.problems import Words
from docgen.workbook.book_file import BookFile
from docgen.workbook.boxes import drawing_of
from docgen.workbook.package import CONTENT_TYPES, SHEET_TYPES, TYPES, Damaged, Package, q

UNREADABLE = Words(
    "it can't be read as a workbook of Excel (.xlsx)",
    "该文件无法作为 Excel 工作簿（.xlsx）读取",
)
OTHER_FORMAT = Words(
    "only workbooks of the kind .xlsx can be marked; save it as one to get red cells",
    "只有 .xlsx 工作簿才能标记；如需标红单元格，请先另存为 .xlsx",
)
STRICT = Words(
    "it was saved as “Strict Open XML”; save it as an ordinary workbook (.xlsx) to get red cells",
    "该文件保存为“严格的 Open XML”格式；如需标红单元格，请另存为普通工作簿（.xlsx）",
)
MACROS = Words(
    "it is a template or holds macros, which a workbook (.xlsx) may not hold",
    "该文件是模板或含有宏，而普通工作簿（.xlsx）不能包含宏",
)
SIGNED = Words("it is signed digitally, and no changed copy can be", "该文件带有数字签名，改动后签名即失效")
TRACKED = Words(
    "it is shared with its changes being tracked; the list of changes would no longer be right",
    "该文件为共享工作簿并启用了修订记录，改动后修订记录将不再正确",
)
BUTTONS = Words(
    "its buttons or boxes are written in a way that docgen can't read",
    "其中的按钮或文本框的写法 docgen 无法读取",
)

BOOK_TYPE = f"{SHEET_TYPES}sheet.main+xml"
STRICT_SPACE = "http://purl.oclc.org/ooxml/"
BY_NAME = {"_xmlsignatures/": SIGNED, "xl/revisions/": TRACKED, "xl/vbaproject.bin": MACROS}


def reasons_against(package: Package) -> tuple[Words, ...]:
    """Why the file isn't marked itself; empty where it can be, and then nothing of it is lost."""
    try:
        found = [
            reason for start, reason in BY_NAME.items() if any(name.lower().startswith(start) for name in package.parts)
        ]
        main = package.look(package.related("", "officeDocument") or "")
        if main.tag.startswith(f"{{{STRICT_SPACE}"):
            return (STRICT,)
        book = BookFile(package)
        types = package.look(CONTENT_TYPES).iter(q("Override", TYPES))
        kind = next((one.get("ContentType") for one in types if one.get("PartName") == f"/{book.part}"), BOOK_TYPE)
        if kind != BOOK_TYPE and MACROS not in found:
            found.append(MACROS)
        if not all(_boxes_can_be_read(package, tab.part) for tab in book.tabs):
            found.append(BUTTONS)
    except Damaged:
        return (UNREADABLE,)
    return tuple(found)


def _boxes_can_be_read(package: Package, part: str) -> bool:
    drawing = drawing_of(package, part)
    if drawing is None:
        return True
    try:
        package.look(drawing)
    except Damaged:
        return False
    return True
