"""The process that opens a letterhead.pdf: limited in memory and time, so that only it can die.

Input: a line of JSON with the page's width and height in millimetres, then the file. Output: a line of JSON, then
bytes. The line holds ``refused`` (a kind of REFUSALS in ``background``) and ``details``; or ``across`` and ``down`` of
the page's picture. That follows, a byte a point from black to white; then the page alone as PDF, fit for PDF/A.
"""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO
from typing import Any, NoReturn

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from docgen.sources.limits import limit
from docgen.writers.jpeg2000 import unfit

MEMORY = 800 * 2**20
SECONDS = 8
POINTS = 72 / 25.4
SLACK = 1.0
"""Millimetres by which a page may differ from the theme's."""
DEEPEST = 12
"""Drawings within drawings."""
MOST_SAVED = 28
"""States of drawing put aside at a time; PDF/A has no more."""
MOST_STREAMS, MOST_BYTES = 2_000, 20_000_000
"""Drawings in all, and what one of them unpacks to."""
FORM = "/Letterhead"
HIDING = frozenset((Name.AnyOff, Name.AllOff))
MARKS = frozenset(("BMC", "BDC", "EMC", "MP", "DP"))
"""Of screen readers and layers: in a background they mean nothing."""
CMYK = frozenset(("k", "K"))
OPERATORS = frozenset(
    ("b", "B", "b*", "B*", "BI", "BT", "BX", "c", "cm", "cs", "CS", "d", "d0", "d1", "Do", "EI", "ET", "EX", "f", "F",
     "f*", "g", "G", "gs", "h", "i", "ID", "INLINE", "j", "J", "l", "m", "M", "n", "q", "Q", "re", "rg", "RG", "ri",
     "s", "S", "sc", "SC", "scn", "SCN", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw",
     "Tz", "v", "w", "W", "W*", "y", "'", '"')
)  # fmt: skip
"""Those of PDF 1.7; PDF/A has no others."""


class Refused(Exception):
    def __init__(self, kind: str, **details: Any) -> None:
        super().__init__(kind)
        self.kind, self.details = kind, details


def main() -> None:
    """Do what was asked on standard input."""
    limit(MEMORY, SECONDS)
    order = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        page = page_of(content, order["width"], order["height"])
        across, down, points = shades(page)
        answer, rest = {"across": across, "down": down}, points + page
    except Refused as refused:
        answer, rest = {"refused": refused.kind, "details": refused.details}, b""
    except (pikepdf.PdfError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        # of a page that is put together in a way that no program writes
        answer, rest = {"refused": "no_pdf", "details": {"what": type(error).__name__}}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + rest)


def page_of(content: bytes, width: float, height: float) -> bytes:
    """The only page of ``content`` as a PDF of its own that holds nothing else; the same bytes for the same page."""
    if not content[:1024].lstrip().startswith(b"%PDF-"):
        _refuse("no_pdf", what="%PDF-")
    try:
        source = Pdf.open(BytesIO(content))
    except pikepdf.PasswordError:
        _refuse("encrypted")
    except pikepdf.PdfError as error:
        _refuse("no_pdf", what=re.sub("^stream <[^>]*>: ", "", str(error)).splitlines()[0][:80])
    with source:
        if source.is_encrypted:
            _refuse("encrypted")
        if len(source.pages) != 1:
            _refuse("pages", count=len(source.pages))
        page = source.pages[0]
        _check_page(source, page, width, height)
        made = Pdf.new()
        made.add_blank_page(page_size=(width * POINTS, height * POINTS))
        form = made.copy_foreign(page.as_form_xobject())
        _clean(form, 0, {})
        blank = made.pages[0]
        blank.obj.Resources = Dictionary(XObject=Dictionary({FORM: form}))
        placed = blank.calc_form_xobject_placement(
            form, Name(FORM), pikepdf.Rectangle(0, 0, width * POINTS, height * POINTS), allow_expand=True
        )
        blank.obj.Contents = made.make_stream(placed)
        saved = BytesIO()
        made.save(
            saved, deterministic_id=True, fix_metadata_version=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )  # fmt: skip
        return saved.getvalue()


def _refuse(kind: str, **details: Any) -> NoReturn:
    raise Refused(kind, **details)


def _check_page(source: Pdf, page: pikepdf.Page, width: float, height: float) -> None:
    left, low, right, high = (float(edge) for edge in page.trimbox)
    unit = float(page.obj.get("/UserUnit", 1))
    across, down = abs(right - left) * unit / POINTS, abs(high - low) * unit / POINTS
    if int(page.obj.get("/Rotate", 0)) % 180:
        across, down = down, across
    if abs(across - width) > SLACK or abs(down - height) > SLACK:
        _refuse("size", across=f"{across:.0f}", down=f"{down:.0f}", width=f"{width:g}", height=f"{height:g}")
    layers = source.Root.get("/OCProperties", Dictionary()).get("/D", Dictionary())
    if len(layers.get("/OFF", Array())) or layers.get("/BaseState", Name.ON) != Name.ON:
        _refuse("layers")
    shown = [one for one in page.obj.get("/Annots", ()) if one.get("/Subtype") != Name.Link]
    if shown:
        _refuse("fields", count=len(shown))


def _clean(form: Any, depth: int, known: dict[tuple[int, int], None]) -> None:
    """Refuse or take out of a drawing what PDF/A doesn't have, and look into all that it is made of."""
    if form.objgen in known:
        return
    known[form.objgen] = None
    if depth > DEEPEST or len(known) > MOST_STREAMS or len(form.read_bytes()) > MOST_BYTES:
        _refuse("too_much")
    resources = form.get("/Resources", Dictionary())
    for layer in (form.get("/OC"), *resources.get("/Properties", Dictionary()).values()):
        if isinstance(layer, Dictionary) and ("/VE" in layer or layer.get("/P") in HIDING):
            _refuse("layers")
    for kind in ("/OC", "/StructParents", "/StructParent", "/PieceInfo", "/Metadata", "/LastModified", "/Ref", "/OPI"):
        if kind in form:
            del form[kind]
    steps = _steps(form)
    form.write(pikepdf.unparse_content_stream([one for one in steps if str(one.operator) not in MARKS]))
    if "/Properties" in resources:
        del resources["/Properties"]
    _check_colours(form.get("/Group"), 0)
    for kind in ("/ColorSpace", "/Shading"):
        _check_colours(resources.get(kind), 0)
    for name, font in resources.get("/Font", Dictionary()).items():
        _check_font(font, str(name), depth, known)
    for state in resources.get("/ExtGState", Dictionary()).values():
        for key in ("/TR", "/TR2", "/HT", "/HTP"):
            if key in state:
                del state[key]
        if "/Font" in state:
            _check_font(state.Font[0], "Font", depth, known)
        if isinstance(state.get("/SMask"), Dictionary):
            _clean(state.SMask.G, depth + 1, known)
    for pattern in resources.get("/Pattern", Dictionary()).values():
        if isinstance(pattern, Stream):
            _clean(pattern, depth + 1, known)
        else:
            _check_colours(pattern, 0)
    for drawing in resources.get("/XObject", Dictionary()).values():
        match drawing.get("/Subtype"):
            case Name.Form:
                _clean(drawing, depth + 1, known)
            case Name.Image:
                _clean_image(drawing)
            case _:
                _refuse("strange")


def _steps(drawing: Any) -> list[Any]:
    """What a drawing does, step by step; colours of a press and steps that PDF/A doesn't know are refused.

    Each state that it puts aside is taken up again, and no other.
    """
    found: list[Any] = []
    saved = 0
    for step in pikepdf.parse_content_stream(drawing):
        operator = str(step.operator)
        if operator == "Q" and not saved:
            continue
        saved += (operator == "q") - (operator == "Q")
        if saved > MOST_SAVED:
            _refuse("too_much")
        if operator in CMYK:
            _refuse("colours")
        if operator in ("cs", "CS"):
            _check_colours(step.operands[0] if step.operands else None, 0)
        if isinstance(step, pikepdf.ContentStreamInlineImage):
            about: Any = step.iimage.obj
            _check_colours(about.get("/ColorSpace", about.get("/CS")), 0)
            filters = _filters(about.get("/Filter") or about.get("/F"))
            if any(one in (Name.LZW, Name.LZWDecode) for one in filters) or about.get("/Interpolate", about.get("/I")):
                _refuse("strange")
        elif operator not in OPERATORS | MARKS:
            _refuse("strange")
        found.append(step)
    return found + [pikepdf.ContentStreamInstruction([], pikepdf.Operator("Q"))] * saved


def _filters(given: Any) -> list[Any]:
    """How a stream is packed."""
    return list(given) if isinstance(given, Array) else [given]


def _clean_image(image: Any) -> None:
    for key in ("/Interpolate", "/Alternates", "/OC", "/OPI", "/Metadata", "/StructParent"):
        if key in image:
            del image[key]
    width, height = int(image.get("/Width", 0)), int(image.get("/Height", 0))
    if width * height > 40_000_000:
        _refuse("too_much")
    if Name.JPXDecode in (filters := _filters(image.get("/Filter"))):
        fault = unfit(image.read_raw_bytes(), width, height) if len(filters) == 1 else "strange"
        if fault:
            _refuse(fault)
    _check_colours(image.get("/ColorSpace"), 0)
    if isinstance(image.get("/SMask"), Stream):
        _clean_image(image.SMask)


def _check_colours(given: Any, depth: int) -> None:
    """No colours of a press: those of the file are a screen's."""
    if depth > DEEPEST:
        _refuse("too_much")
    match given:
        case Name():
            if given in (Name.DeviceCMYK, Name.CMYK):
                _refuse("colours")
        case Array():
            for one in list(given)[:50]:
                _check_colours(one, depth + 1)
        case Stream():
            if "/ColorSpace" in given:
                _check_colours(given.ColorSpace, depth + 1)
            if int(given.get("/N", 0) or 0) == 4 and "/FunctionType" not in given:
                _refuse("colours")
        case Dictionary():
            for key, one in given.items():
                if key not in ("/Parent", "/Function"):
                    _check_colours(one, depth + 1)
        case _:
            pass


def _check_font(font: Any, name: str, depth: int, known: dict[tuple[int, int], None]) -> None:
    called = str(font.get("/BaseFont", name)).removeprefix("/")
    if font.get("/Subtype") == Name.Type3:
        for glyph in font.get("/CharProcs", Dictionary()).values():
            _steps(glyph)
        if "/Resources" in font:
            for kind in ("/ColorSpace", "/Shading", "/Pattern"):
                _check_colours(font.Resources.get(kind), 0)
            for one in font.Resources.get("/XObject", Dictionary()).values():
                if one.get("/Subtype") == Name.Form:
                    _clean(one, depth + 1, known)
                else:
                    _clean_image(one)
    for holder in font.get("/DescendantFonts", Array([font])):
        descriptor = holder.get("/FontDescriptor", Dictionary())
        embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        if not embedded and font.get("/Subtype") != Name.Type3:
            _refuse("font", name=called)
    if "/ToUnicode" not in font and (font.get("/Subtype") in (Name.Type0, Name.Type3) or "/Encoding" not in font):
        _refuse("unreadable", name=called)


def shades(page: bytes) -> tuple[int, int, bytes]:
    """The page as a picture, a point for each of its points."""
    document = pypdfium2.PdfDocument(page)
    try:
        picture = document[0].render(scale=1, grayscale=True).to_pil().convert("L")
        return picture.width, picture.height, picture.tobytes()
    finally:
        document.close()


if __name__ == "__main__":
    main()
