"""Turn a theme into the style sheet of its PDF: the page, its heads and feet, and a rule for every element and role."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.layout.first_page import Opening, first_page, letterhead_width
from docgen.layout.theme import Look, Theme

ELEMENTS = {
    "paragraph": "p",
    "heading-1": "h1",
    "heading-2": "h2",
    "heading-3": "h3",
    "list": "ul, ol",
    "caption": "caption",
    "table": "table",
    "table-head": "th",
    "rule": "hr",
}
VALIGN = {"top": "top", "center": "middle", "bottom": "bottom"}


def stylesheet(theme: Theme, language: str, *, landscape: bool, opening: Opening = "plain") -> str:
    """The CSS text of ``theme`` for a document of ``language``; rules of a company's print.css may follow it."""
    looks = theme.looks(language)
    custom = "".join(f"{name}:{value};" for name, value in theme.css_properties(language).items())
    rules = [
        f"html{{{custom}}}",
        "body{font-family:var(--font-body);font-size:var(--size-body);color:var(--colour-text)}",
        _page(theme, landscape=landscape),
        _first_page(theme, opening, landscape=landscape),
    ]
    for name, look in looks.elements.items():
        rules += _rules(ELEMENTS[name], look, theme)
    for name, look in looks.roles.items():
        rules += _rules(f".{name}", look, theme, inside=True)
    for name, look in looks.spans.items():
        rules += _rules(f"span.{name}", look, theme)
    return "\n".join(rules)


def _page(theme: Theme, *, landscape: bool) -> str:
    """Heads stand in the upper margin, feet in the lower, both centred and clear of the code fields."""
    page, margins = theme.page, theme.page.margins
    width, height = (page.height, page.width) if landscape else (page.width, page.height)
    inner = width - margins.left - margins.right - 2 * theme.head_indent
    size = f"width:{inner:g}mm;margin:0"
    head = f"{size};vertical-align:top;padding-top:{page.head:g}mm"
    foot = f"{size};vertical-align:bottom;padding-bottom:{page.foot:g}mm"
    return (
        f"@page{{size:{width:g}mm {height:g}mm;"
        f"margin:{margins.top:g}mm {margins.right:g}mm {margins.bottom:g}mm {margins.left:g}mm;"
        f"@top-center{{content:element(running);{head}}}@bottom-center{{content:element(foot);{foot}}}}}"
        "@page:first{@top-center{content:element(opening)}}"
        "header,footer{text-align:center}header{position:running(running)}header.first{position:running(opening)}footer{position:running(foot)}"
        ".page-number::before{content:counter(page)}.page-count::before{content:counter(pages)}"
    )


def _first_page(theme: Theme, opening: Opening, *, landscape: bool) -> str:
    """What is other on the first page: a letterhead has room of its own and keeps clear of the code field only."""
    room = first_page(theme, opening)
    head = ""
    if opening == "letterhead":
        width = letterhead_width(theme, landscape=landscape)
        head = f"@top-center{{width:{width:g}mm;padding-right:{theme.head_indent:g}mm}}"
    foot = f"@bottom-center{{padding-bottom:{room.foot:g}mm}}" if opening == "background" else ""
    margins = f"margin-top:{room.top:g}mm;margin-bottom:{room.bottom:g}mm;" if opening != "plain" else ""
    return f"@page:first{{{margins}{head}{foot}}}" if margins else ""


def _rules(selector: str, look: Look, theme: Theme, *, inside: bool = False) -> Iterator[str]:
    """The rules of one look; ``inside``: text looks also reach the paragraphs, cells and heads within."""
    text, box = ";".join(_text(look, theme)), ";".join(_box(look, theme))
    cells = f"{selector} td,{selector} th"  # by name, as the engine tries what ends in :is(…) on every element
    if text:
        yield f"{selector}{{{text}}}"
        if inside:
            yield f"{selector} p,{cells}{{{text}}}"
    if box:
        # A cell's own role must outweigh what its table says of all cells.
        yield f"{selector},table tbody tr>{selector}{{{box}}}" if inside else f"{selector}{{{box}}}"
    line = f"{theme.table.hair:g}pt solid {theme.colours['rule']}"
    if look.row_height is not None:
        inner = max(look.row_height - 2 * theme.table.padding_y, 0)  # as in Word, a row's height holds its padding
        yield f"tr{selector} td,table{selector} td,td{selector}{{height:{inner:g}mm}}"
        yield f"p{selector}{{height:{look.row_height:g}mm}}"
    match look.lines:
        case "rows":
            yield f"{cells}{{border-bottom:{line}}}{selector} tr:first-child>*{{border-top:{line}}}"
        case "grid":
            yield f"{cells}{{border:{line}}}"
        case "none":
            yield f"{selector} tr>td,{selector} tr>th{{border:none}}"
    if look.head == "plain":
        yield f"{selector} th{{background:none;font-weight:normal;color:{theme.colours['label']}}}"
    if look.valign:
        yield f"{cells},{selector}{{vertical-align:{VALIGN[look.valign]}}}"


def _text(look: Look, theme: Theme) -> Iterator[str]:
    if look.size:
        yield f"font-size:{theme.sizes[look.size]:g}pt"
    if look.weight:
        yield f"font-weight:{look.weight}"
    if look.colour:
        yield f"color:{theme.colours[look.colour]}"
    if look.font:
        yield f"font-family:var(--font-{look.font})"
    if look.align:
        yield f"text-align:{look.align}"
    if look.line_height is not None:
        yield f"line-height:{look.line_height:g}"


def _box(look: Look, theme: Theme) -> Iterator[str]:
    width, colour = (theme.table.writing, "label") if look.for_hands else (theme.table.hair, "rule")
    line = f"{width:g}pt solid {theme.colours[colour]}"
    if look.before is not None:
        yield f"margin-top:{look.before:g}pt"
    if look.after is not None:
        yield f"margin-bottom:{look.after:g}pt"
    if look.indent is not None:
        yield f"margin-left:{look.indent:g}mm"
    match look.border:
        case "box":
            yield f"border:{line}"
        case "top" | "bottom" as side:
            yield f"border-{side}:{line}"
    if look.tint:
        yield f"background:{theme.colours[look.tint]}"
    if look.padding is not None:
        yield f"padding:{look.padding:g}mm"
    if look.keep_with_next:
        yield "break-after:avoid"
    if look.keep_together:
        yield "break-inside:avoid"
