"""The pictures that tags have put into a form: no wider than their place, seen whole, told to those who can't see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from docgen.errors import DocumentError
from docgen.model.problems import Words
from docgen.wordforms.gallery import OF_CASE, OF_FILE
from docgen.wordforms.room import Rooms, height_of
from docgen.wordforms.values import OWN
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
ABOUT = f"{_WP}docPr"
"""What Word lists a picture by, and says in its place."""
EMU = 36000
"""Of a millimetre."""
BEHIND_SPACING = (
    *("ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
    *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
)
"""What may follow the spacing among the properties of a paragraph (ECMA-376 part 1, 17.3.1.26)."""
TOO_LOW = Words(
    "{form}: a text box shows {room} mm of a picture that is {high} mm high; make the box higher, or let it grow "
    "with its text (Format Shape, Resize shape to fit text)",
    "{form}：文本框只能显示{high}毫米高的图片中的{room}毫米；请加高文本框，或勾选“根据文字调整形状大小”",
)


def hang(parts: Iterable[etree._Element], main: etree._Element, form: str) -> None:
    """What tags have put in is no wider than its place; of a drawing, lines of a fixed height would show but a strip.

    Raises:
        DocumentError: a text box would show but a part.
    """
    shown = [one for root in parts for one in root.iter(ABOUT) if str(one.get("name")).startswith((OF_FILE, OF_CASE))]
    if not shown:
        return
    rooms = Rooms(main)
    for about in shown:
        above, paragraph = about.getparent(), next(about.iterancestors(f"{_W}p"))
        assert above is not None
        about.set("descr", OWN.sub("", about.get("descr", "")))
        for side in ("distT", "distB", "distL", "distR"):
            above.set(side, above.get(side, "0"))  # where nothing is said, LibreOffice takes three millimetres
        extents = [*above.iterfind(f"{_WP}extent"), *above.iter(f"{_A}ext")]
        _make_fit(extents, rooms.of(paragraph))
        if str(about.get("name")).startswith(OF_CASE):
            _show_whole(paragraph)
            high, room = int(extents[0].get("cy", "0")) / EMU, height_of(paragraph)
            if room is not None and high > room:
                raise DocumentError(TOO_LOW.filled(form=form, high=round(high), room=round(room)))


def _make_fit(extents: Sequence[etree._Element], room: float) -> None:
    too_wide = int(extents[0].get("cx", "0")) / (room * EMU) if room > 0 else 0
    for one in extents if too_wide > 1 else ():
        for side in ("cx", "cy"):
            one.set(side, str(int(int(one.get(side, "0")) / too_wide)))


def _show_whole(paragraph: etree._Element) -> None:
    """Chinese forms like lines of a fixed height, by their style or by themselves; and a cell has lines around it."""
    looks = paragraph.find(f"{_W}pPr")
    if looks is None:
        looks = etree.Element(f"{_W}pPr")
        paragraph.insert(0, looks)
    spacing = looks.find(f"{_W}spacing")
    if spacing is None:
        spacing = etree.Element(f"{_W}spacing")
        behind = next((one for one in looks if etree.QName(one).localname in BEHIND_SPACING), None)
        if behind is None:
            looks.append(spacing)
        else:
            behind.addprevious(spacing)
    own, rule = spacing.get(f"{_W}line"), spacing.get(f"{_W}lineRule")
    if rule == "exact" or (own is None and rule is None):
        spacing.set(f"{_W}line", "240")
        spacing.set(f"{_W}lineRule", "auto")
    for side in ("before", "after"):  # else LibreOffice lays it over the lines of its cell
        if spacing.get(f"{_W}{side}") is None and next(paragraph.iterancestors(f"{_W}tc"), None) is not None:
            spacing.set(f"{_W}{side}", "40")
