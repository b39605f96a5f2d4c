"""A filled Word form becomes a file of docgen's: sound XML, gaps in red, docgen's properties, codes, the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lxml import etree

from docgen.errors import TemplateError
from docgen.model.document import Language
from docgen.wordforms.filling import NO_LONGER_WORD
from docgen.wordforms.hanging import hang
from docgen.wordforms.looks import shape, signed
from docgen.wordforms.values import OWN
from docgen.writers.fonts import BY_HAND, Coverage
from docgen.writers.given_parts import parse
from docgen.writers.properties import Properties
from docgen.writers.word_package import CORE, core_properties
from docgen.writers.word_xml import DECLARATION, W
from docgen.writers.word_zip import deflated, zip_bytes

_W = f"{{{W}}}"
OF_CELL = {
    name: number
    for number, name in enumerate(
        ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
         "tcFitText", "vAlign", "hideMark")
    )
}  # fmt: skip
"""The properties of a cell, as they must follow each other (ECMA-376 part 1, 17.4.69)."""


def trees_of(parts: Mapping[str, bytes], names: tuple[str, ...], form: str) -> dict[str, etree._Element]:
    """The filled parts as XML, mended where loops left something that Word can't open.

    Raises:
        TemplateError: they are no XML any more.
        DocumentError: a picture has no room.
    """
    found = {}
    for name in names:
        try:
            root = parse(parts[name])
        except etree.XMLSyntaxError as error:
            raise TemplateError(NO_LONGER_WORD.filled(form=form, reason=error.msg)) from error
        _mend(root)
        _keep_apart(root)
        shape(root)
        for text in root.iter(f"{_W}t"):
            if text.text and OWN.search(text.text):
                text.text = OWN.sub("", text.text)
        found[name] = root
    hang(found.values(), found[names[0]], form)
    return found


def packed(
    parts: Mapping[str, bytes], trees: Mapping[str, etree._Element], properties: Properties, language: Language
) -> bytes:
    """The file: ``parts`` with ``trees`` in the place of those of their names, and docgen's own properties."""
    whole = dict(parts)
    for name, root in trees.items():
        whole[name] = serialised(root)
    whole[CORE] = core_properties(properties, language)
    return zip_bytes([deflated(name, content) for name, content in whole.items()])


def serialised(root: etree._Element) -> bytes:
    return DECLARATION.encode() + etree.tostring(root, encoding="utf-8")


def write_by_hand(trees: Mapping[str, etree._Element], coverage: Coverage) -> None:
    """Put a short line in the place of each character that no font can show."""
    for root in trees.values():
        for text in root.iter(f"{_W}t"):
            if missing := coverage.missing(text.text or ""):
                line = signed(BY_HAND, {"underline": True})
                text.text = "".join(line if one in missing else one for one in text.text or "")
        shape(root)


def _mend(root: etree._Element) -> None:
    """Rows, cells and tables that a loop or a condition emptied: Word opens no file that has them."""
    for row in list(root.iter(f"{_W}tr")):
        if next(row.iter(f"{_W}tc"), None) is None:
            _drop(row)
    for table in list(root.iter(f"{_W}tbl")):
        if next(table.iter(f"{_W}tr"), None) is None:
            _drop(table)
    for table in root.iter(f"{_W}tbl"):
        _fit_grid(table)
    for cell in root.iter(f"{_W}tcPr"):
        cell[:] = sorted(cell, key=lambda one: OF_CELL.get(str(one.tag).rpartition("}")[2], len(OF_CELL)))
    for box in root.iter(f"{_W}tc", f"{_W}txbxContent", f"{_W}hdr", f"{_W}ftr", f"{_W}footnote"):
        blocks = [one for one in box if one.tag in (f"{_W}p", f"{_W}tbl", f"{_W}sdt")]
        if not blocks or (box.tag == f"{_W}tc" and blocks[-1].tag == f"{_W}tbl"):
            box.append(etree.Element(f"{_W}p"))


def _keep_apart(root: etree._Element) -> None:
    """Bookmarks and content controls that a loop repeats: a name, or a number, may stand in a file but once."""
    seen: set[tuple[str, str | None]] = set()
    ends: Counter[str | None] = Counter()
    numbers = [one for properties in root.iter(f"{_W}sdtPr") for one in properties.iterfind(f"{_W}id")]
    for one in (*numbers, *root.iter(f"{_W}bookmarkStart")):
        mark = str(one.tag), one.get(f"{_W}val") or one.get(f"{_W}name")
        if mark in seen:
            ends[one.get(f"{_W}id")] += 1
            _drop(one)
        seen.add(mark)
    for one in reversed(list(root.iter(f"{_W}bookmarkEnd"))):
        if ends[one.get(f"{_W}id")] > 0:
            ends[one.get(f"{_W}id")] -= 1
            _drop(one)


def _fit_grid(table: etree._Element) -> None:
    """As many columns as its widest row has, together as wide as before: a loop may have made more or fewer cells."""
    rows = [row for row in table.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl")) is table]
    needed = max(map(_columns, rows), default=0)
    grid = table.find(f"{_W}tblGrid")
    if grid is None:
        grid = etree.Element(f"{_W}tblGrid")
        before = table.find(f"{_W}tblPr")
        table.insert(0 if before is None else table.index(before) + 1, grid)
    columns = list(grid.iterfind(f"{_W}gridCol"))
    if len(columns) == needed:
        return
    widths = [int(float(one.get(f"{_W}w") or 0)) for one in columns]
    left = widths[:needed] + [sum(widths) // max(len(widths), 1)] * (needed - len(widths))
    for one in columns:
        grid.remove(one)
    for number, width in enumerate(left):
        shown = width * sum(widths) // (sum(left) or 1)
        grid.insert(number, etree.Element(f"{_W}gridCol", {f"{_W}w": str(shown)} if shown else {}))


def _columns(row: etree._Element) -> int:
    cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
    spans = [cell.find(f"{_W}tcPr/{_W}gridSpan") for cell in cells]
    beside = [one for name in ("gridBefore", "gridAfter") for one in row.iterfind(f"{_W}trPr/{_W}{name}")]
    return sum(1 if one is None else int(str(one.get(f"{_W}val"))) for one in spans) + sum(
        int(str(one.get(f"{_W}val"))) for one in beside
    )


def _drop(element: etree._Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)
