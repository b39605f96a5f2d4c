"""A company's own print.css: what a style sheet may say beyond the theme, and what it must not, each with its line.

It changes looks of the PDF alone. It can't add, change or hide words, reach other files, or move pages and heads.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tinycss2

from docgen.errors import TemplateError
from docgen.layout.css_properties import ALLOWED, BOXES, FONTS, REASONS
from docgen.layout.css_selectors import (
    DEEPEST,
    LONGEST_SELECTOR,
    WRITTEN,
    depth_of,
    flat,
    is_block,
    never_written,
    subjects,
)
from docgen.layout.css_values import Fault, of_colours, of_value
from docgen.model.problems import Words

if TYPE_CHECKING:
    from docgen.layout.theme import Theme

NAME = "print.css"
MOST_BYTES = 200_000
MOST_TOLD = 50
FUNCTIONS = frozenset(("var", "calc", "rgb", "rgba", "hsl", "hsla"))
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
NO_BLOCK = Words(
    "{name} can't be set for {selector}: only for a block (p, td, …) or a class of one, as on running text it could "
    "cover the lines beside it",
    "不可为{selector}设置{name}：只能用于块（p、td等）或其class，用于行内文字时可能遮住相邻各行",
)
SELECTOR = Words(
    "the selector is too long or nested too deep; at most {most} characters and {deepest} brackets in one another",
    "选择器过长或嵌套过深；最多{most}个字符、{deepest}层括号",
)
NEVER = Words(
    "docgen writes no {what}, so the rule would never hold{near}", "docgen不会写出{what}，此规则永远不会生效{near}"
)
MORE = Words("… and {more} more", "……另有{more}处")


def read_styles(folders: Sequence[Path], theme: Theme) -> tuple[str, ...]:
    """The style sheets of a set: the shipped one of the last folder, then those that follow it, the company's last.

    Raises:
        TemplateError: a company's says what it must not; with all that is wrong, each with file and line.
    """
    *own, base = folders
    found = [folder / NAME for folder in reversed(own) if (folder / NAME).is_file()]
    classes = {*theme.en.roles, *theme.en.spans, *theme.zh.roles, *theme.zh.spans}
    return ((base / NAME).read_text("utf-8"), *(read_own(path, classes) for path in found))


def read_own(path: Path, classes: Collection[str]) -> str:
    """A company's style sheet; ``classes``: those that the theme knows.

    Raises:
        TemplateError: it says what it must not; with all that is wrong, each with file and line.
    """
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        raise _refusal([(0, TOO_BIG.filled(size=len(content), most=MOST_BYTES))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal([(0, NO_TEXT)]) from error
    if found := [*_faults(text, WRITTEN | {f".{name}" for name in classes})]:
        raise _refusal(found)
    return text


def _refusal(found: Sequence[Fault]) -> TemplateError:
    """All that is wrong, a line each."""
    places = [f"{NAME}:{line}" if line else NAME for line, _ in found[:MOST_TOLD]]
    told = [
        Words(f"{at}: {said.en}", f"{at}：{said.zh}") for at, (_, said) in zip(places, found[:MOST_TOLD], strict=True)
    ]
    if more := len(found) - len(told):
        told.append(MORE.filled(more=more))
    return TemplateError(Words("\n".join(one.en for one in told), "\n".join(one.zh for one in told)))


def _faults(text: str, written: Collection[str]) -> Iterator[Fault]:
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        match rule.type:
            case "qualified-rule":
                yield from _of_selector(rule, written)
                yield from _of_rule(rule)
            case "at-rule":
                yield rule.source_line, AT_RULE.filled(name=rule.at_keyword)
            case _:
                yield rule.source_line, BROKEN.filled(what=getattr(rule, "message", rule.type))


def _of_selector(rule: Any, written: Collection[str]) -> Iterator[Fault]:
    said = tinycss2.serialize(rule.prelude)
    if len(said) > LONGEST_SELECTOR or depth_of(rule.prelude) > DEEPEST:
        yield rule.source_line, SELECTOR.filled(most=LONGEST_SELECTOR, deepest=DEEPEST)
        return
    for token in flat(rule.prelude):
        if token.type in ("error", "{} block"):
            yield token.source_line, BROKEN.filled(what=tinycss2.serialize([token]))
    if not said.strip():
        yield rule.source_line, BROKEN.filled(what="{")
    for line, name, near in never_written(rule.prelude, written):
        yield line, NEVER.filled(what=name, near=NEAREST.filled(name=near) if near else Words("", ""))


def _of_rule(rule: Any) -> Iterator[Fault]:
    declared = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    for one in declared:
        if one.type == "at-rule":
            yield one.source_line, AT_RULE.filled(name=one.at_keyword)
        elif one.type != "declaration":
            what = getattr(one, "message", "") or tinycss2.serialize(getattr(one, "prelude", ())).strip()
            yield one.source_line, BROKEN.filled(what=what)
        elif said := _of_name(one):
            yield one.source_line, said
        elif outside := [*_of_tokens(one)]:
            yield from outside
        else:
            yield from of_value(one)
            if one.lower_name.startswith(BOXES) and not all(map(is_block, subjects(rule.prelude))):
                selector = tinycss2.serialize(rule.prelude).strip()
                yield one.source_line, NO_BLOCK.filled(name=one.lower_name, selector=selector)
    yield from of_colours([one for one in declared if one.type == "declaration"])


def _of_name(one: Any) -> Words | None:
    """Why it may not be set."""
    name = one.lower_name
    if name in ALLOWED:
        return None
    if name.startswith("--"):
        return CUSTOM.filled(name=one.name)
    if name.startswith("font-variant"):
        return REFUSED.filled(name=name, why=VARIANT)
    if why := REASONS.get(name):
        return (FONT if why is FONTS else REFUSED).filled(name=name, why=why)
    close = difflib.get_close_matches(name, sorted(ALLOWED), 1, 0.6)
    return UNKNOWN.filled(name=name, hint=NEAREST.filled(name=close[0]) if close else Words("", ""))


def _of_tokens(one: Any) -> Iterator[Fault]:
    """What no value may hold."""
    for token in flat(one.value):
        if token.type == "url":
            yield token.source_line, FUNCTION.filled(name="url")
        if token.type == "function" and token.lower_name not in FUNCTIONS:
            yield token.source_line, FUNCTION.filled(name=token.lower_name)
        if token.type == "error":
            yield token.source_line, BROKEN.filled(what=token.message)
