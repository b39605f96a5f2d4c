"""Read what stands inside a paragraph: runs of text with their weight, role and language, breaks, fields, pictures."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import nan
from operator import attrgetter
from typing import NoReturn

from lxml import etree

from docgen.errors import TemplateError
from docgen.model.document import Break, Drawing, Field, Inline, Language, Picture, Text
from docgen.model.problems import Words

MAX_DEPTH = 40
MOST_LISTED = 30
DRAWN = "drawn:"
"""Begins the src of a picture that docgen drew."""

ATTRIBUTES: dict[str, frozenset[str]] = {
    name: frozenset(extra.split()) | {"class", "lang"}
    for name, extra in {
        "h1": "", "h2": "", "h3": "", "p": "", "ul": "", "ol": "", "li": "", "table": "", "colgroup": "",
        "col": "width", "caption": "", "thead": "", "tbody": "", "tr": "", "th": "colspan rowspan",
        "td": "colspan rowspan", "strong": "", "em": "", "u": "", "br": "", "hr": "", "span": "", "figure": "",
        "img": "src alt width", "header": "", "footer": "", "section": "",
    }.items()
}  # fmt: skip
VOID = frozenset(("br", "hr", "col", "img"))
LARGEST = 1_000_000
"""The largest number of an attribute."""
LANGUAGES: dict[str, Language] = {"en": "en", "zh": "zh-CN", "zh-CN": "zh-CN"}
FIELDS = ("page-number", "page-count")
STAMPS = frozenset({"stamp", "page-code"})
SPAN_ROLES = frozenset({"gap", "code", "nobreak", "label", "line", "note", *STAMPS, *FIELDS})

_SPACE = re.compile(r"[ \t\r\n]+")
# A line end of the template between two full-width characters is no space (W3C css-text-4, segment break rules).
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u3000-\u303f\U00020000-\U0003ffff]"
_WIDE_LINE_END = re.compile(rf"(?<={_WIDE})[ \t]*\r?\n[ \t\r\n]*(?={_WIDE})")
_NO_TEXT = "\ufffc"
_LOOK = attrgetter("lang", "strong", "em", "underline", "role")
"""All of a run but its text."""


@dataclass(frozen=True, slots=True)
class Style:
    """What an inline inherits from the elements around it; ``drawings``: SVGs by name, those of the whole document."""

    lang: Language
    strong: bool = False
    em: bool = False
    underline: bool = False
    role: str = ""
    drawings: Mapping[str, str] = field(default_factory=dict, repr=False)


def refuse(place: str, english: str, chinese: str) -> NoReturn:
    """Stop at ``place`` of a template, which is told in both languages."""
    at = place or "template"
    raise TemplateError(Words(f"{at}: {english}", f"{at}：{chinese}"))


def place_of(instruction: etree._ProcessingInstruction, place: str) -> str:
    """The place that an ``<?at …?>`` names; no other instruction may stand in a template."""
    if instruction.target != "at":
        what = f"<?{instruction.target!s} …?>"
        refuse(place, f"{what} has no place in a template; take it out", f"模板中不能有 {what}；请删去")
    return instruction.text or place


def check(element: etree._Element, place: str) -> None:
    """Refuse elements and attributes outside the subset."""
    tag = str(element.tag)
    allowed = ATTRIBUTES.get(tag)
    if allowed is None:
        like = near(tag, ATTRIBUTES)
        refuse(place, f"<{tag}> is not part of the markup{like.en}", f"标记中没有 <{tag}>{like.zh}")
    if tag in VOID:
        refuse_content(element, f"<{tag}>", place)
    for name in element.attrib:
        if str(name) not in allowed:
            like = near(str(name), allowed)
            refuse(
                place, f"attribute {name!s} is not allowed on <{tag}>{like.en}", f"<{tag}> 不能有属性 {name!s}{like.zh}"
            )


def refuse_content(element: etree._Element, name: str, place: str) -> None:
    """Refuse what stands inside an element that prints nothing of it."""
    if len(element) or (element.text or "").strip():
        refuse(
            place,
            f"{name} prints nothing that stands inside it; close it at once, and write the rest beside it",
            f"{name} 内的内容不会印出；请立即关闭，并把内容写在其外",
        )


def nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), 1, 0.5)
    return f"; did you mean {close[0]}?" if close else f"; known are {', '.join(sorted(known))}"


def near(name: str, known: Iterable[str]) -> Words:
    """The known name most like ``name``, or all that are known; nothing where these are too many to list."""
    names = sorted(known)
    if close := difflib.get_close_matches(name, names, 1, 0.5):
        return Words(f"; did you mean {close[0]}?", f"，是否指 {close[0]}？")
    listed = ", ".join(names)
    return Words(f"; known are {listed}", f"；可用的有 {listed}") if 0 < len(names) <= MOST_LISTED else Words("", "")


def inherit(element: etree._Element, place: str, style: Style) -> Style:
    lang = element.get("lang")
    if lang is None:
        return style
    if lang not in LANGUAGES:
        like = near(lang, LANGUAGES)
        refuse(place, f"lang={lang!r} is unknown{like.en}", f"没有 lang={lang!r}{like.zh}")
    return replace(style, lang=LANGUAGES[lang])


def number(
    element: etree._Element, name: str, place: str, default: float | None = None, least: float = -LARGEST
) -> float:
    typed = element.get(name)
    if typed is None and default is not None:
        return default
    try:
        found = float(typed or "")
    except ValueError:
        found = nan
    if not least <= found <= LARGEST:
        refuse(
            place,
            f"<{element.tag}> needs {name} as a number, not {typed!r}",
            f"<{element.tag}> 的 {name} 须为数字，不能是 {typed!r}",
        )
    return found


def inlines(element: etree._Element, place: str, style: Style) -> tuple[Inline, ...]:
    """The runs in ``element``, white space folded as a browser would, trimmed at both ends and beside breaks."""
    runs: list[Inline] = []
    _gather(element, place, style, runs, 0)
    runs = _joined(runs)
    folded: list[Inline] = []
    for run in runs:
        if isinstance(run, Text) and run.role != "line":
            text = _SPACE.sub(" ", run.text)
            before = folded[-1] if folded else Break()
            if isinstance(before, Break) or (isinstance(before, Text) and before.text.endswith(" ")):
                text = text.lstrip(" ")
            if not text:
                continue
            if isinstance(before, Text) and _LOOK(before) == _LOOK(run):
                folded[-1] = replace(before, text=before.text + text)
                continue
            folded.append(run if text == run.text else replace(run, text=text))
        else:
            if isinstance(run, Break):
                _trim_end(folded)
            folded.append(run)
    _trim_end(folded)
    return tuple(folded)


def _joined(runs: list[Inline]) -> list[Inline]:
    """The runs without the line ends between full-width characters, whichever runs these stand in."""
    texts = [run.text if isinstance(run, Text) and run.role != "line" else _NO_TEXT for run in runs]
    whole = "".join(texts)
    kept = _WIDE_LINE_END.sub(lambda found: "\0" * len(found[0]), whole)
    if kept == whole:
        return runs
    joined, at = [], 0
    for run, text in zip(runs, texts, strict=True):
        left = kept[at : at + len(text)].replace("\0", "")
        joined.append(replace(run, text=left) if isinstance(run, Text) and left != text else run)
        at += len(text)
    return joined


def _trim_end(runs: list[Inline]) -> None:
    last = runs[-1] if runs else None
    if isinstance(last, Text) and last.text.endswith(" ") and last.role != "line":
        text = last.text.rstrip(" ")
        runs[-1:] = [replace(last, text=text)] if text else []


def _gather(element: etree._Element, place: str, style: Style, runs: list[Inline], depth: int) -> None:
    if depth > MAX_DEPTH:
        refuse(place, f"elements are nested deeper than {MAX_DEPTH}", f"标记嵌套超过 {MAX_DEPTH} 层")

    def add(text: str | None) -> None:
        if text:
            runs.append(Text(text, style.lang, style.strong, style.em, style.underline, style.role))

    add(element.text)
    for child in element:
        if isinstance(child, etree._ProcessingInstruction):
            place = place_of(child, place)
        else:
            check(child, place)
            _inline(child, place, style, runs, depth)
        add(child.tail)


def _inline(element: etree._Element, place: str, style: Style, runs: list[Inline], depth: int) -> None:
    inner = inherit(element, place, style)
    match element.tag:
        case "strong":
            _gather(element, place, replace(inner, strong=True), runs, depth + 1)
        case "em":
            _gather(element, place, replace(inner, em=True), runs, depth + 1)
        case "u":
            _gather(element, place, replace(inner, underline=True), runs, depth + 1)
        case "br":
            runs.append(Break())
        case "img":
            source, alt = element.get("src") or "", element.get("alt") or ""
            if source.startswith(DRAWN):
                name = source.removeprefix(DRAWN)
                if name not in style.drawings or not alt:
                    refuse(
                        place,
                        f"there is no drawing {name!r}; {{{{ drawn(…) }}}} in a template makes one",
                        f"没有图 {name!r}；模板中用 {{{{ drawn(…) }}}} 生成",
                    )
                runs.append(Drawing(name, alt, number(element, "width", place, least=1), style.drawings[name]))
                return
            if not re.fullmatch(r"[\w.-]+", source) or not alt:
                refuse(
                    place,
                    "<img> needs src, the plain name of a picture of the set, and alt, its text",
                    "<img> 须有 src（模板集中图片的文件名）和 alt（图片的文字说明）",
                )
            runs.append(Picture(source, alt, number(element, "width", place, least=1)))
        case "span":
            role = element.get("class") or ""
            if role and role not in SPAN_ROLES:
                like = near(role, SPAN_ROLES)
                refuse(place, f"class {role!r} is unknown on <span>{like.en}", f"<span> 没有 class {role!r}{like.zh}")
            if role in FIELDS or role == "line":
                refuse_content(element, f"<span class='{role}'>", place)
            if role in FIELDS:
                runs.append(Field(role))  # type: ignore[arg-type]
            elif role == "line":
                runs.append(Text("", inner.lang, role="line"))
            else:
                # A date in a stamp is stamp: what a document says does not change with the day it is issued on.
                kept = inner.role if inner.role in STAMPS else role or inner.role
                _gather(element, place, replace(inner, role=kept), runs, depth + 1)
        case tag:
            refuse(place, f"<{tag}> can't stand inside a paragraph", f"段落中不能有 <{tag}>")
