"""Look through an SVG before any engine draws it: a closed subset, nothing from elsewhere, nothing without end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from docgen.layout.inlines import near
from docgen.model.problems import Words

SVG = "http://www.w3.org/2000/svg"
HREFS = frozenset(("href", "{http://www.w3.org/1999/xlink}href"))
DRAWN = frozenset(
    ("svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
     "linearGradient", "radialGradient", "stop", "clipPath", "title", "desc", "metadata", "style")
)  # fmt: skip
MOST_BYTES, MOST_ELEMENTS, DEEPEST = 1_000_000, 5_000, 30
MOST_DRAWN = 10_000
"""Elements that are drawn when each ``use`` is followed."""
LONGEST, LONGEST_STYLE = 100_000, 20_000
"""Characters of one outline, and of all style: engines take the square of the one, and all of the other an element."""
WIDEST = 20
"""A picture is at most so many times as wide as it is high, or as high as it is wide."""

TOO_BIG = Words(
    "has {size} bytes; at most {most} are taken. Let the drawing program simplify it",
    "有{size}字节，最多{most}字节；请在绘图软件中简化图形",
)
NO_XML = Words("is no SVG: {what}. Export it again as “plain SVG”", "不是有效的SVG：{what}。请重新导出为“普通SVG”")
DOCTYPE = Words(
    "declares a document type or entities; take out the line with <!DOCTYPE …>, or export it as “plain SVG”",
    "含有文档类型或实体声明；请删去 <!DOCTYPE …> 一行，或重新导出为“普通SVG”",
)
ROOT = Words(
    "begins with <{name}> and is no SVG; export it as “plain SVG”", "以<{name}>开头，不是SVG；请导出为“普通SVG”"
)
ELEMENT = Words("<{name}> can't be in a logo{hint}", "标志中不可使用<{name}>{hint}")
TEXT = Words(
    "has text, which needs a font that other computers lack; let the drawing program convert text to paths",
    "含有文字，其他电脑可能缺少所需字体；请在绘图软件中将文字转换为路径（转曲）",
)
IMAGE = Words(
    "holds a picture made of pixels; save the logo as PNG instead, or draw it in lines",
    "内嵌位图；请将标志另存为PNG，或改用矢量图形",
)
SCRIPT = Words("holds a program (<{name}>); export it as “plain SVG”", "含有程序（<{name}>）；请导出为“普通SVG”")
EVENT = Words("attribute {name} would run a program; take it out", "属性{name}会运行程序；请删去")
ELSEWHERE = Words(
    "{name} refers to {value}, outside the picture; nothing is fetched. Only #names of the picture itself may be used",
    "{name}引用了图片以外的{value}；程序不会从外部取用任何内容，只可引用图片内部的#名称",
)
STYLE = Words(
    "its style holds {what}, which can't be used in a logo; take it out", "样式中含有{what}，标志中不可使用；请删去"
)
TOO_MANY = Words(
    "draws more than {most} elements; let the drawing program simplify it", "图形元素超过{most}个；请在绘图软件中简化"
)
TOO_DEEP = Words("has elements nested deeper than {most}; ungroup them", "元素嵌套超过{most}层；请在绘图软件中取消编组")
TOO_LONG = Words(
    "its {name} has {count} characters; at most {most} are taken. Let the drawing program simplify it",
    "{name}有{count}个字符，最多{most}个；请在绘图软件中简化",
)
REPEATS = Words(
    'has a gradient that repeats ({value}), which may be drawn without end; let it run once (spreadMethod="pad")',
    '含有重复的渐变（{value}），可能无法绘制完毕；请改为不重复（spreadMethod="pad"）',
)
CIRCLE = Words("what is drawn for #{name} leads back to itself; take it out", "#{name}又引用了自身；请删去")
NO_SIZE = Words(
    "has no viewBox, nor a width and height, so its shape is unknown; export it with its size",
    "既无viewBox也无width和height，无法得知其形状；请导出时带上尺寸",
)
TOO_THIN = Words(
    "is {width} × {height}, too long to be a logo; cut off what is empty",
    "尺寸为{width} × {height}，过于狭长；请裁去空白",
)

_URL = re.compile(r"url\(\s*[\"']?\s*(?!#)([^)\"']*)", re.IGNORECASE)
_OWN = re.compile(r"url\(\s*[\"']?\s*#([^)\"']*)")
_STYLED = re.compile(r"@[\w-]+|expression\s*\(|\\", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(?:px|pt|pc|mm|cm|in)?\s*")


class Refused(Exception):
    """What is wrong with a picture, and in which line of its file (0: nowhere in particular)."""

    def __init__(self, words: Words, line: int = 0) -> None:
        super().__init__(words.en)
        self.words, self.line = words, line


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that was looked through; ``content``: nothing else is given to an engine. The rest are its units."""

    content: bytes
    width: float
    height: float


def read_svg(content: bytes) -> Drawing:
    """The drawing, without what drawing programs note for themselves.

    Raises:
        Refused: it holds what no logo may hold, or is too much of it.
    """
    if len(content) > MOST_BYTES:
        raise Refused(TOO_BIG.filled(size=len(content), most=MOST_BYTES))
    # An encoding other than UTF-8 could hide the letters; the parser would know them.
    lowered = content.replace(b"\0", b"").lower()
    for sign in (b"<!doctype", b"<!entity"):
        if sign in lowered:
            raise Refused(DOCTYPE, lowered[: lowered.index(sign)].count(b"\n") + 1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        what = re.sub(r", line \d+, column \d+.*", "", str(getattr(error, "msg", "") or error))
        raise Refused(NO_XML.filled(what=what), getattr(error, "lineno", 0) or 0) from error
    if root.tag != f"{{{SVG}}}svg":
        raise Refused(ROOT.filled(name=etree.QName(root).localname), _line(root))
    _without_notes(root)
    elements = list(_elements(root))
    for element in elements:
        _check(element)
    style = sum(len(element.text or "") for element in root.iter(f"{{{SVG}}}style"))
    if style > LONGEST_STYLE:
        raise Refused(TOO_LONG.filled(name="<style>", count=style, most=LONGEST_STYLE), _line(root))
    _check_uses(root, {name: element for element in elements if (name := element.get("id"))})
    width, height = _size(root)
    if root.get("viewBox"):  # of which alone its shape was taken
        for side in ("width", "height"):
            root.attrib.pop(side, "")
    return Drawing(etree.tostring(root), width, height)


def _without_notes(root: etree._Element) -> None:
    """What belongs to other namespaces is a drawing program's own, and no part of the drawing."""
    for element in [one for one in root.iter(etree.Element) if etree.QName(one).namespace != SVG]:
        parent = element.getparent()
        if parent is not None:
            element.tail = None
            parent.remove(element)
    for element in root.iter(etree.Element):
        for name in [str(name) for name in element.attrib]:
            if name.startswith("{") and name not in HREFS:
                del element.attrib[name]


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    reached: list[tuple[etree._Element, int]] = [(root, 0)]
    count = 0
    while reached:
        element, depth = reached.pop()
        count += 1
        if count > MOST_ELEMENTS:
            raise Refused(TOO_MANY.filled(most=MOST_ELEMENTS), _line(element))
        if depth > DEEPEST:
            raise Refused(TOO_DEEP.filled(most=DEEPEST), _line(element))
        yield element
        reached += [(child, depth + 1) for child in reversed(element)]


def _check(element: etree._Element) -> None:
    name, line = etree.QName(element).localname, _line(element)
    match name:
        case "text" | "tspan" | "textPath" | "tref":
            raise Refused(TEXT, line)
        case "image" | "feImage":
            raise Refused(IMAGE, line)
        case "script" | "foreignObject" | "handler":
            raise Refused(SCRIPT.filled(name=name), line)
        case _ if name not in DRAWN:
            raise Refused(ELEMENT.filled(name=name, hint=near(name, DRAWN)), line)
    for key, value in element.attrib.items():
        key, value = str(key), str(value)
        if key.lower().startswith("on"):
            raise Refused(EVENT.filled(name=key), line)
        if key in HREFS and not value.strip().startswith("#"):
            raise Refused(ELSEWHERE.filled(name=etree.QName(key).localname, value=_short(value)), line)
        if key == "spreadMethod" and value.strip() != "pad":
            raise Refused(REPEATS.filled(value=_short(value)), line)
        if len(value) > LONGEST:
            raise Refused(TOO_LONG.filled(name=key, count=len(value), most=LONGEST), line)
        _check_style(value, key, line)
    if name == "style":
        _check_style(element.text or "", "style", line)


def _check_style(value: str, name: str, line: int) -> None:
    if found := _URL.search(value):
        raise Refused(ELSEWHERE.filled(name=name, value=_short(found[1])), line)
    if name == "style" and (found := _STYLED.search(value)):
        raise Refused(STYLE.filled(what=found[0]), line)


def _check_uses(root: etree._Element, named: Mapping[str, etree._Element]) -> None:
    """How much is drawn in the end: ten uses of ten uses of ten … are a picture without end."""
    known: dict[etree._Element, int] = {}
    open_: set[etree._Element] = set()

    def drawn(element: etree._Element) -> int:
        if element in known:
            return known[element]
        if element in open_:
            raise Refused(CIRCLE.filled(name=element.get("id")), _line(element))
        open_.add(element)
        count = 1 + sum(drawn(child) for child in element)
        count += sum(drawn(named[name]) for name in _used(element) if name in named)
        if count > MOST_DRAWN or len(open_) > 10 * DEEPEST:
            raise Refused(TOO_MANY.filled(most=MOST_DRAWN), _line(element))
        open_.discard(element)
        known[element] = count
        return count

    drawn(root)


def _used(element: etree._Element) -> Iterator[str]:
    """The names of what is drawn for ``element`` besides itself: by <use>, or as its clip or colours."""
    for key, value in element.attrib.items():
        if key in HREFS:
            yield str(value).strip()[1:]
        else:
            yield from _OWN.findall(str(value))


def _size(root: etree._Element) -> tuple[float, float]:
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    try:
        width, height = (
            (float(box[2]), float(box[3])) if len(box) == 4 else map(_length, (root.get("width"), root.get("height")))
        )
    except ValueError:
        width = height = 0.0
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise Refused(NO_SIZE, _line(root))
    if max(width / height, height / width) > WIDEST:
        raise Refused(TOO_THIN.filled(width=f"{width:g}", height=f"{height:g}"), _line(root))
    return width, height


def _length(written: str | None) -> float:
    found = _LENGTH.fullmatch(written or "")
    return float(found[1]) if found else 0.0


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:40] + "…"


def _line(element: etree._Element) -> int:
    line: Any = element.sourceline
    return line or 0
