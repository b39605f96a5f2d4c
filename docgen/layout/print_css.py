"""A company's own print.css: what a style sheet may say beyond the theme, and what it must not, each with its line.

It changes looks of the PDF alone. It can't add, change or hide words, reach other files, or move pages and heads.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import tinycss2
from tinycss2.color3 import parse_color

from docgen.errors import TemplateError
from docgen.layout.contrast import LEAST, contrast
from docgen.layout.css_properties import ALLOWED, BOXES, FONTS, NOT_BELOW_ZERO, REASONS
from docgen.layout.css_selectors import DEEPEST, LONGEST_SELECTOR, depth_of, inner, is_block, subjects
from docgen.layout.theme_limits import SMALLEST
from docgen.model.problems import Words

NAME = "print.css"
MOST_BYTES = 200_000
EM = 12.0
"""Points that a unit of the letters' size is taken for."""
POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0}

FUNCTIONS = frozenset(("var", "calc", "rgb", "rgba", "hsl", "hsla"))
FARTHEST = 100.0
"""Millimetres of the longest measure."""
LETTERS, GREY = frozenset(("text", "label", "note", "accent", "gap")), (0x5F / 255, 0x63 / 255, 0x68 / 255)
"""Colours of the theme that are dark, and the palest of them."""
BLACK, LIGHT = (0.1, 0.1, 0.1), (0.94, 0.94, 0.94)

TOO_BIG = Words("has {size} bytes; at most {most} are taken", "有{size}字节，最多{most}字节")
NO_TEXT = Words("is not written in UTF-8; save it so", "不是UTF-8编码；请以UTF-8保存")
BROKEN = Words("can't be understood here ({what})", "此处无法理解（{what}）")
AT_RULE = Words(
    "@{name} can't be used: only rules of the form “selector {{ property: value }}”; page, margins, heads, feet and "
    "fonts stand in theme.yaml",
    "不可使用@{name}，只能写“选择器 {{ 属性: 值 }}”；页面、边距、页眉页脚和字体请在theme.yaml中设置",
)
REFUSED = Words("{name} can't be used: it {why}", "不可使用{name}：{why}")
FONT = Words("{name} can't be used: {why}", "不可使用{name}：{why}")
UNKNOWN = Words("{name} is no property that may be set here{hint}", "不可在此设置属性{name}{hint}")
NEAREST = Words("; did you mean {name}?", "，是否指{name}？")
VARIANT = Words("joins or exchanges letters", "会合并或替换字形")
CUSTOM = Words(
    "{name} can't be set here: values of the theme stand in theme.yaml, for both formats",
    "不可在此设置{name}：主题的取值请写在theme.yaml中，两种格式均会采用",
)
FUNCTION = Words(
    "{name}() can't be used; nothing is fetched or worked out here", "不可使用{name}()；此处不取用外部内容"
)
TOO_SMALL = Words(
    "font-size must be {least:g} to 72 pt, in pt or mm, or var(--size-…) of the theme",
    "font-size须为{least:g}至72pt，以pt或mm为单位，或使用主题的var(--size-…)",
)
BELOW_ZERO = Words("{name} must not be below 0, or letters lie over each other", "{name}不可小于0，否则文字会重叠")
TOO_FAR = Words("{name} must be {most:g} mm at most", "{name}最多为{most:g}毫米")
TIGHT = Words("line-height must be 1 at least, or lines lie over each other", "line-height须不小于1，否则各行会重叠")
STRUCK = Words(
    "text-decoration can only be underline or none; words struck through say something else than in Word",
    "text-decoration只能为underline或none；划去的文字与Word中的含义不同",
)
NO_BLOCK = Words(
    "{name} can't be set for {selector}: only for a block (p, td, …) or a class of one, as on running text it could "
    "cover the lines beside it",
    "不可为{selector}设置{name}：只能用于块（p、td等）或其class，用于行内文字时可能遮住相邻各行",
)
SELECTOR = Words(
    "the selector is too long or nested too deep; at most {most} characters and {deepest} brackets in one another",
    "选择器过长或嵌套过深；最多{most}个字符、{deepest}层括号",
)
TOO_DARK = Words(
    "letters can't be read on {value}; give a lighter ground, or the colour of its letters in the same rule",
    "文字在{value}上无法辨认；请改用较浅的底色，或在同一规则中给出文字颜色",
)
TOO_PALE = Words(
    "{value} is too pale to be read on its ground (contrast {found:.1f}, {least:g} is needed)",
    "{value}在其底色上过浅，难以辨认（对比度{found:.1f}，至少须为{least:g}）",
)
NO_COLOUR = Words(
    "{value} is no colour that can be told; write it as #1F6F78", "无法识别颜色{value}；请写成#1F6F78的形式"
)


def read_styles(folders: Sequence[Path]) -> tuple[str, ...]:
    """The style sheets of a set: the shipped one of the last folder, then those that follow it, the company's last.

    Raises:
        TemplateError: a company's says what it must not; with file and line.
    """
    *own, base = folders
    found = [folder / NAME for folder in reversed(own) if (folder / NAME).is_file()]
    return ((base / NAME).read_text("utf-8"), *map(read_own, found))


def read_own(path: Path) -> str:
    """A company's style sheet.

    Raises:
        TemplateError: it says what it must not; with file and line.
    """
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        _refuse(0, TOO_BIG.filled(size=len(content), most=MOST_BYTES))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(0, NO_TEXT)
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        match rule.type:
            case "qualified-rule":
                _check_selector(rule)
                _check_rule(rule)
            case "at-rule":
                _refuse(rule.source_line, AT_RULE.filled(name=rule.at_keyword))
            case _:
                _refuse(rule.source_line, BROKEN.filled(what=getattr(rule, "message", rule.type)))
    return text


def _check_selector(rule: Any) -> None:
    written = tinycss2.serialize(rule.prelude)
    if len(written) > LONGEST_SELECTOR or depth_of(rule.prelude) > DEEPEST:
        _refuse(rule.source_line, SELECTOR.filled(most=LONGEST_SELECTOR, deepest=DEEPEST))
    for token in _tokens(rule.prelude):
        if token.type in ("error", "{} block"):
            _refuse(token.source_line, BROKEN.filled(what=tinycss2.serialize([token])))
    if not tinycss2.serialize(rule.prelude).strip():
        _refuse(rule.source_line, BROKEN.filled(what="{"))


def _check_rule(rule: Any) -> None:
    declared = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    for one in declared:
        if one.type == "at-rule":
            _refuse(one.source_line, AT_RULE.filled(name=one.at_keyword))
        if one.type != "declaration":
            what = getattr(one, "message", "") or tinycss2.serialize(getattr(one, "prelude", ())).strip()
            _refuse(one.source_line, BROKEN.filled(what=what))
        _check_name(one)
        for token in _tokens(one.value):
            if token.type == "url":
                _refuse(token.source_line, FUNCTION.filled(name="url"))
            if token.type == "function" and token.lower_name not in FUNCTIONS:
                _refuse(token.source_line, FUNCTION.filled(name=token.lower_name))
            if token.type == "error":
                _refuse(token.source_line, BROKEN.filled(what=token.message))
        _check_value(one)
        if one.lower_name.startswith(BOXES) and not all(map(is_block, subjects(rule.prelude))):
            selector = tinycss2.serialize(rule.prelude).strip()
            _refuse(one.source_line, NO_BLOCK.filled(name=one.lower_name, selector=selector))
    _check_colours(declared)


def _check_name(one: Any) -> None:
    name = one.lower_name
    if name in ALLOWED:
        return
    if name.startswith("--"):
        _refuse(one.source_line, CUSTOM.filled(name=one.name))
    if name.startswith("font-variant"):
        _refuse(one.source_line, REFUSED.filled(name=name, why=VARIANT))
    if why := REASONS.get(name):
        _refuse(one.source_line, (FONT if why is FONTS else REFUSED).filled(name=name, why=why))
    close = difflib.get_close_matches(name, sorted(ALLOWED), 1, 0.6)
    hint = NEAREST.filled(name=close[0]) if close else Words("", "")
    _refuse(one.source_line, UNKNOWN.filled(name=name, hint=hint))


def _check_value(one: Any) -> None:
    parts = [token for token in one.value if token.type not in ("whitespace", "comment")]
    if one.lower_name == "font-size" and not (len(parts) == 1 and _is_legible(parts[0])):
        _refuse(one.source_line, TOO_SMALL.filled(least=SMALLEST))
    if one.lower_name in NOT_BELOW_ZERO:
        for token in _tokens(parts):
            if (token.type == "function" and token.lower_name != "var") or _number(token) < 0:
                _refuse(one.source_line, BELOW_ZERO.filled(name=one.lower_name))
    if one.lower_name == "line-height" and any(not _is_loose(token) for token in parts):
        _refuse(one.source_line, TIGHT)
    if one.lower_name in ("text-decoration", "text-decoration-line"):
        struck = {"line-through", "overline", "blink", "spelling-error", "grammar-error"}
        if any(token.type == "ident" and token.lower_value in struck for token in _tokens(parts)):
            _refuse(one.source_line, STRUCK)
    for token in _tokens(parts):
        if token.type == "dimension" and abs(token.value) * POINTS.get(token.lower_unit, EM) > FARTHEST * POINTS["mm"]:
            _refuse(one.source_line, TOO_FAR.filled(name=one.lower_name, most=FARTHEST))


def _is_loose(token: Any) -> bool:
    """A line's height that leaves each line its room."""
    match token.type:
        case "number":
            return bool(token.value >= 1)
        case "percentage":
            return bool(token.value >= 100)
        case "dimension":
            return bool(token.value * POINTS.get(token.lower_unit, EM) >= SMALLEST)
        case _:
            return bool(token.type == "ident" or _variable(token))


def _is_legible(token: Any) -> bool:
    if token.type == "dimension":
        return bool(SMALLEST <= token.value * POINTS.get(token.lower_unit, 0) <= 72)
    return _variable(token).startswith("--size-")


def _variable(token: Any) -> str:
    """The name in ``var(--name)``; '' for all else, also where it has a value to fall back to."""
    if token.type != "function" or token.lower_name != "var":
        return ""
    inner = [one for one in token.arguments if one.type not in ("whitespace", "comment")]
    return str(inner[0].value) if len(inner) == 1 and inner[0].type == "ident" else ""


def _number(token: Any) -> float:
    return float(token.value) if token.type in ("number", "dimension", "percentage") else 0.0


def _check_colours(declared: Iterable[Any]) -> None:
    """Letters that can't be told from their ground are hidden; colours of the theme were looked at with it."""
    given = {one.lower_name: one for one in declared}
    ground = given.get("background-color") or given.get("background")
    letters = given.get("color")
    told = letters or ground
    if told is None or (letters is None and _says(told) in ("none", "transparent")):
        return
    below = _colour(ground) if ground and _says(ground) not in ("none", "transparent") else (1.0, 1.0, 1.0)
    found = min(contrast(one, below) for one in ((_colour(letters),) if letters else (GREY, BLACK)))
    if found < LEAST:
        _refuse(
            told.source_line, (TOO_PALE if letters else TOO_DARK).filled(value=_says(told), found=found, least=LEAST)
        )


def _says(one: Any) -> str:
    return str(tinycss2.serialize(one.value).strip())


def _colour(one: Any) -> tuple[float, float, float]:
    """The colour; of the theme's own, the palest letters or, for all others, a light grey as of its tint or rules."""
    parts = [token for token in one.value if token.type not in ("whitespace", "comment")]
    if len(parts) == 1 and (name := _variable(parts[0])).startswith("--colour-"):
        return GREY if name.removeprefix("--colour-") in LETTERS else LIGHT
    found: Any = parse_color(parts[0]) if len(parts) == 1 else None
    if not isinstance(found, tuple) or found[3] < 1:
        _refuse(one.source_line, NO_COLOUR.filled(value=tinycss2.serialize(one.value).strip()))
    red, green, blue, _ = found
    return red, green, blue


def _tokens(tokens: Iterable[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _tokens(inner(token))


def _refuse(line: int, words: Words) -> NoReturn:
    at = f"{NAME}:{line}" if line else NAME
    raise TemplateError(Words(f"{at}: {words.en}", f"{at}：{words.zh}"))
