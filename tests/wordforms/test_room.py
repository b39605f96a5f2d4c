"""How much room a picture has: told by cells, text boxes, columns and pages."""

from __future__ import annotations

import pytest

from docgen.wordforms.room import PARAGRAPH, Rooms, height_of
from docgen.writers.given_parts import parse
from docgen.writers.word_xml import NAMESPACES

HERE = '<w:p w:rsidR="1">{}<w:r/></w:p>'
PAGE = '<w:sectPr><w:pgSz w:w="11906"/><w:pgMar w:left="1134" w:right="1134"/>{}</w:sectPr>'
"""A4 with 20 mm at both sides."""
TABLE = '<w:tbl><w:tblGrid><w:gridCol w:w="2268"/><w:gridCol w:w="2268"/></w:tblGrid><w:tr>{}</w:tr></w:tbl>'
CELL = "<w:tc><w:tcPr>{}</w:tcPr>" + HERE.format("") + "</w:tc>"
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
BOX = f"<w:txbxContent>{HERE.format('')}</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "room"),
    [
        (HERE.format("") + PAGE.format(""), 170),
        (HERE.format('<w:pPr><w:ind w:left="567" w:firstLine="567"/></w:pPr>') + PAGE.format(""), 150),
        (HERE.format("") + PAGE.format('<w:cols w:num="2" w:space="567"/>'), 80),
        (HERE.format("") + PAGE.format('<w:cols w:num="2"><w:col w:w="2835"/><w:col w:w="5670"/></w:cols>'), 50),
        (HERE.format(f"<w:pPr>{PAGE.format('').replace('11906', '8391')}</w:pPr>") + PAGE.format(""), 108),
        (TABLE.format("<w:tc><w:p/></w:tc>" + CELL.format("")) + PAGE.format(""), 36.2),
        (TABLE.format(CELL.format('<w:gridSpan w:val="2"/>')) + PAGE.format(""), 76.2),
        (TABLE.format(CELL.format('<w:tcW w:w="1701" w:type="dxa"/>')) + PAGE.format(""), 26.2),
        (TABLE.format(CELL.format('<w:tcW w:w="2500" w:type="pct"/>')) + PAGE.format(""), 36.2),
        (
            TABLE.format(CELL.format('<w:tcMar><w:left w:w="0"/><w:right w:w="567"/></w:tcMar>')) + PAGE.format(""),
            30,
        ),
        (
            f'<w:p><w:r><w:drawing><wp:anchor><wp:extent cx="3600000"/>{BOX}</wp:anchor></w:drawing></w:r></w:p>',
            94.9,
        ),
        (
            f'<w:p><w:r><w:drawing><wp:anchor><wp:extent cx="9900000"/><wps:wsp {WPS}><wps:spPr><a:xfrm>'
            f'<a:ext cx="1800000"/></a:xfrm></wps:spPr>{BOX}<wps:bodyPr lIns="0"/></wps:wsp>'
            "</wp:anchor></w:drawing></w:r></w:p>",
            47.5,
        ),
        (f'<w:p><w:r><w:pict style="x:1;width:144pt;z:2">{BOX}</w:pict></w:r></w:p>', 45.7),
    ],
)
def test_the_room_of_a_picture(body: str, room: float) -> None:
    root = parse(f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode())
    here = next(one for one in root.iter(PARAGRAPH) if one.attrib)
    assert Rooms(root).of(here) == pytest.approx(room, abs=0.1)


def test_heads_have_that_of_the_narrowest_page_beside_its_code() -> None:
    narrow = f"<w:p><w:pPr>{PAGE.format('').replace('11906', '8391')}</w:pPr></w:p>"
    root = parse(f"<w:document {NAMESPACES}><w:body>{narrow}{PAGE.format('')}</w:body></w:document>".encode())
    head = parse(f"<w:hdr {NAMESPACES}><w:p/></w:hdr>".encode())
    assert Rooms(root).of(head[0]) == pytest.approx(103, abs=0.1)


@pytest.mark.parametrize(
    ("outer", "height"),
    [
        ('<wp:anchor><wp:extent cx="3600000" cy="1800000"/>{}</wp:anchor>', 47.5),
        ('<w:pict style="width:90pt;height:72pt">{}</w:pict>', 22.9),
        (f"<wps:wsp {WPS}>{{}}<wps:bodyPr><a:spAutoFit/></wps:bodyPr></wps:wsp>", None),
        ("{}", None),
    ],
)
def test_a_text_box_has_a_height_unless_it_grows(outer: str, height: float | None) -> None:
    root = parse(f"<w:p {NAMESPACES}>{outer.format(BOX)}</w:p>".encode())
    found = height_of(next(one for one in root.iter(PARAGRAPH) if one.attrib))
    assert found == (height and pytest.approx(height, abs=0.1))
    assert height_of(root) is None
