"""The formats of a workbook: what docgen adds to them, each once, after those that are there."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from docgen.workbook.book_file import BookFile
from docgen.workbook.package import MAIN, OFFICE, SHEET_TYPES, Tree, insert, parsed, q

ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip
PLAIN = f"""<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell of docgen's own looks; colours as ``RRGGBB``, empty where as usual. ``size``: added to the usual;
    ``ruled``: a cell of a table, with a line below and its text wrapped."""

    bold: bool = False
    colour: str = ""
    fill: str = ""
    underline: bool = False
    size: int = 0
    ruled: bool = True


class Styles:
    """The part of the workbook that holds its formats; made where there is none."""

    def __init__(self, book: BookFile) -> None:
        part = book.package.related(book.part, "styles")
        if part is None:
            part = book.package.free("xl/styles{}.xml", "")
            book.package.add(part, parsed(PLAIN), f"{SHEET_TYPES}styles+xml", book.part, f"{OFFICE}/styles")
        self.tree = book.package.tree(part)

    def difference(self, fill: str, colour: str) -> int:
        """The number of a format that lays ``fill`` and the colour of the text over that of a cell."""
        return self._number(
            "dxfs",
            f'<dxf><font><color rgb="FF{colour}"/></font><fill><patternFill patternType="solid">'
            f'<fgColor rgb="FF{fill}"/><bgColor rgb="FF{fill}"/></patternFill></fill></dxf>',
        )

    def cell(self, look: Look) -> int:
        """The number of the format of cells that look so. Text stays text there when somebody edits it."""
        fill, border = 0, 0
        if look.fill:
            fill = self._number(
                "fills",
                f'<fill><patternFill patternType="solid"><fgColor rgb="FF{look.fill}"/><bgColor indexed="64"/>'
                "</patternFill></fill>",
            )
        if look.ruled:
            border = self._number(
                "borders",
                '<border><left/><right/><top/><bottom style="thin"><color rgb="FFD0D0D0"/></bottom>'
                "<diagonal/></border>",
            )
        wrap = ' wrapText="1"' if look.ruled else ""
        return self._number(
            "cellXfs",
            f'<xf numFmtId="0" fontId="{self._font(look)}" fillId="{fill}" borderId="{border}" xfId="0"'
            ' quotePrefix="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<alignment vertical="center"{wrap}/></xf>',
        )

    def _font(self, look: Look) -> int:
        """The workbook's usual font, altered."""
        fonts = self.tree.find(q("fonts"))
        if fonts is None or not len(fonts):
            return self._number("fonts", '<font><sz val="11"/><name val="Calibri"/></font>')
        font = deepcopy(fonts[0])
        size = font.find(q("sz"))
        altered: dict[str, dict[str, str]] = {"b": {}} if look.bold else {}
        if look.underline:
            altered["u"] = {}
        if look.colour:
            altered["color"] = {"rgb": f"FF{look.colour}"}
        if look.size and size is not None:
            altered["sz"] = {"val": f"{float(size.get('val', 11)) + look.size:g}"}
        for name, values in altered.items():
            for old in font.findall(q(name)):
                font.remove(old)
            insert(font, etree.Element(q(name), values), FONT_ORDER)
        return self._number("fonts", font)

    def _number(self, list_name: str, xml: str | Tree) -> int:
        """The number of this format in its list, where it is put unless it is there already."""
        many = self.tree.find(q(list_name))
        if many is None:
            many = etree.Element(q(list_name))
            insert(self.tree, many, ORDER)
        made = parsed(f'<list xmlns="{MAIN}">{xml}</list>')[0] if isinstance(xml, str) else xml
        wanted = _canonical(made)
        for number, one in enumerate(many):
            if _canonical(one) == wanted:
                return number
        many.append(made)
        many.set("count", str(len(many)))
        return len(many) - 1


def _canonical(element: Tree) -> tuple[object, ...]:
    inner = tuple(_canonical(one) for one in element.iterchildren(etree.Element))
    return etree.QName(element).localname, tuple(sorted(element.attrib.items())), inner
