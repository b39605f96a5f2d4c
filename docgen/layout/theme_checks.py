"""What a theme must not say, though each of its values is one of its kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from docgen.layout.contrast import LEAST, WHITE, contrast, parsed
from docgen.layout.inlines import near
from docgen.layout.theme_file import UNKNOWN_VALUE, Node
from docgen.layout.theme_limits import check_limits
from docgen.model.problems import Words

if TYPE_CHECKING:
    from docgen.layout.theme import Theme

# The first numbers of lists that both writers can count on from.
COUNTED = ("1", "a", "i", "①")
CODE_LIMITS: Mapping[str, tuple[float, float]] = {"size": (20, 25), "from_side": (2, 10), "from_edge": (2, 10)}
"""Millimetres within which the archive reads the codes of scanned pages, and knows them as printed by docgen."""
AIR, FOOT = 3, 12
"""Millimetres between a letterhead and the text below it, and of a foot's three lines, at least."""
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
FONT = re.compile(r"[^\W_](?:[\w .+&'-]{0,62}\w)?")
COUNTERS = "第条款项章节"
"""Characters that may stand beside the number of a list; no other word may, for it would be none of the template's."""
LONGEST_MARKER = 4
PICTURED = ("text", "label", "accent")
"""Colours that pictures are drawn in."""

NO_NAME = Words(
    "{name!r} can't be a name here; use letters, digits and hyphens, at most 40",
    "{name!r} 不能用作名称；请用字母、数字和连字符，最多 40 个字符",
)
NO_FONT = Words(
    "{name!r} is no name of a font; write one name, such as Noto Sans CJK SC",
    "{name!r} 不是字体名称；请写一个名称，例如 Noto Sans CJK SC",
)
NO_COLOUR = Words("{value!r} is no colour; write it as '#5F6368'", "{value!r} 不是颜色；请写成 '#5F6368' 的形式")
UNCOUNTED = Words(
    "{marker!r} shows none of {known}, from which to count on", "{marker!r} 中没有可接续编号的 {known} 之一"
)
WORDED = Words(
    "{marker!r} is no marker of a list; use a sign or two that are no letters, as words belong to the wording",
    "{marker!r} 不能用作列表标记；请用一两个非文字的符号，文字应写在措辞文件中",
)
TOO_PALE = Words(
    "{colour!r}{where} is too pale to be read (contrast {found:.1f}; {least:g} is needed)",
    "{where}{colour!r} 太浅，难以辨认（对比度 {found:.1f}，至少须为 {least:g}）",
)
OF_LOOK = Words(" of {look}", "{look} 的")
TOO_DARK = Words(
    "letters in {colour!r} can't be read on {tint!r} (contrast {found:.1f}; {least:g} is needed); give the letters a "
    "colour, too",
    "{tint!r} 底色上的 {colour!r} 文字难以辨认（对比度 {found:.1f}，至少须为 {least:g}）；请同时指定文字的颜色",
)
CODE_RANGE = Words(
    "must be {least} to {most} mm, or scanned pages are not recognised", "须为 {least} 至 {most} mm，否则无法识别扫描页"
)
CODE_ROOM = Words(
    "must be {reach:g} mm at least: page codes are drawn there", "至少须为 {reach:g} mm：此处印有页面二维码"
)
LOGO_ROOM = Words(
    "must be {lowest:g} mm at least, to lie below the head and the logo's height",
    "至少须为 {lowest:g} mm，以位于页眉和标志之下",
)
FOOT_ROOM = Words("must be {lowest:g} mm at least, so that the foot has room", "至少须为 {lowest:g} mm，以容纳页脚")


def check(theme: Theme, root: Node) -> None:
    """Refuse what only shows when all values are there.

    Raises:
        TemplateError: with file and line of the value.
    """
    check_limits(theme, root)
    _check_names(root)
    _check_fonts(root["fonts"])
    _check_colours(theme, root)
    _check_contrast(theme, root)
    _check_markers(theme, root)
    _check_code_field(theme, root)
    _check_letterhead(theme, root)


def _check_names(root: Node) -> None:
    """They become names of styles in Word and classes of the style sheet."""
    for part in ("colours", "roles", "spans"):
        for name, node in root[part].items():
            if not NAME.fullmatch(name):
                Node(None, node.at, part).refuse(NO_NAME.filled(name=name))


def _check_fonts(node: Node) -> None:
    """They stand in quotes in the style sheet."""
    for name, inner in node.items():
        if isinstance(inner.value, dict):
            _check_fonts(inner)
        elif name != "bold" and not FONT.fullmatch(inner.value):
            inner.refuse(NO_FONT.filled(name=inner.value))


def _check_markers(theme: Theme, root: Node) -> None:
    """What stands before an item of a list is no word: words are the template's and the wording's."""
    lists = root["lists"]
    for node in lists["bullets"].value:
        _check_marker(node.value, node.value, node)
    for language in ("en", "zh"):
        for node in lists["numbers"][language].value:
            first = next((one for one in COUNTED if one in node.value), None)
            if first is None:
                lists["numbers"][language].refuse(UNCOUNTED.filled(marker=node.value, known=" ".join(COUNTED)))
            _check_marker("".join(node.value.split(first, 1)) or first, node.value, node)


def _check_marker(beside: str, marker: str, node: Node) -> None:
    shown = [one for one in beside if not one.isspace()]
    signs = all(one in (*COUNTERS, *COUNTED[3]) or unicodedata.category(one)[0] in "PS" for one in shown)
    if not shown or not signs or len(beside) > LONGEST_MARKER:
        node.refuse(WORDED.filled(marker=marker))


def _check_colours(theme: Theme, root: Node) -> None:
    for name, colour in theme.colours.items():
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
            root["colours"][name].refuse(NO_COLOUR.filled(value=colour))
    for looks in (theme.en, theme.zh):
        for part in ("elements", "roles", "spans"):
            for name, look in getattr(looks, part).items():
                for key in ("colour", "tint"):
                    colour = getattr(look, key)
                    if colour is not None and colour not in theme.colours:
                        node = root[part][name][key]
                        node.refuse(UNKNOWN_VALUE.filled(value=colour, near=near(colour, theme.colours)))


def _check_contrast(theme: Theme, root: Node) -> None:
    """White letters are hidden, and pale ones fade in a copy; where a look has a ground of its own, that counts."""
    for name in PICTURED:
        if (found := contrast(parsed(theme.colours[name]), WHITE)) < LEAST:
            root["colours"][name].refuse(TOO_PALE.filled(colour=name, where="", found=found, least=LEAST))
    for looks in (theme.en, theme.zh):
        for part in ("elements", "roles", "spans"):
            for name, look in getattr(looks, part).items():
                if look.colour is None and look.tint is None:
                    continue
                colour, ground = look.colour or "text", parsed(theme.colours[look.tint]) if look.tint else WHITE
                found = contrast(parsed(theme.colours[colour]), ground)
                if found < LEAST and look.colour:
                    chosen, given = root[part][name]["colour"], root["colours"][colour]
                    node = given if given.rank < chosen.rank else chosen  # the company's line is at fault
                    where = OF_LOOK.filled(look=f"{part}.{name}") if node is given else ""
                    node.refuse(TOO_PALE.filled(colour=colour, where=where, found=found, least=LEAST))
                elif found < LEAST:
                    said = TOO_DARK.filled(colour=colour, tint=look.tint, found=found, least=LEAST)
                    root[part][name]["tint"].refuse(said)


def _check_code_field(theme: Theme, root: Node) -> None:
    """A code that is too small, or elsewhere, shows as a fault only when the signed paper is back."""
    field, margins, background = theme.code_field, theme.page.margins, theme.letterhead.background
    for name, (least, most) in CODE_LIMITS.items():
        if not least <= getattr(field, name) <= most:
            root["code_field"][name].refuse(CODE_RANGE.filled(least=least, most=most))
    if margins.right >= field.from_side + field.size:
        return
    reach = field.from_edge + field.size
    for length, *path in (
        (margins.top, "page", "margins", "top"),
        (margins.bottom, "page", "margins", "bottom"),
        (theme.letterhead.top, "letterhead", "top"),
        (background.top, "letterhead", "background", "top"),
        (background.bottom, "letterhead", "background", "bottom"),
    ):
        if length < reach:
            _at(root, path).refuse(CODE_ROOM.filled(reach=reach))


def _check_letterhead(theme: Theme, root: Node) -> None:
    """The first page has room for the logo above its text, and for a foot of some lines below it."""
    lowest = theme.page.head + theme.letterhead.logo.height + AIR
    if theme.letterhead.top < lowest:
        root["letterhead"]["top"].refuse(LOGO_ROOM.filled(lowest=lowest))
    background = theme.letterhead.background
    if background.bottom < background.foot + FOOT:
        node = root["letterhead"]["background"]["bottom"]
        node.refuse(FOOT_ROOM.filled(lowest=background.foot + FOOT))


def _at(root: Node, path: Sequence[str]) -> Node:
    return reduce(lambda node, key: node[key], path, root)
