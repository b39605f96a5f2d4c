"""What a document tree shows to be wrong with its template, before any page is laid out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from docgen.model.document import (
    Block,
    Document,
    Field,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Rule,
    Section,
    Table,
    Text,
    contents,
    plain,
)
from docgen.model.problems import Severity, Words

PYTHON = re.compile(r"\b(?:None|nan|NaN|Undefined|Decimal\(|datetime\.|<function|<bound|Code\()")
TAGS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]{2,}")
HAN = re.compile("[\u3400-\u9fff]+")
HANDS = frozenset({"lines", "line"})
"""Roles of what is empty on purpose: a hand writes there."""
SHOWN = 30

NOTHING_BELOW = Words("nothing stands below the heading {text}.", "标题{text}下面没有内容。")
NOTHING_BELOW_FIX = Words(
    "Put the heading inside the {{% if %}} of what it heads.", "请把标题移到其内容所在的 {{% if %}} 之内。"
)
NO_ROWS = Words("the table with the head {text} has no rows.", "表头为{text}的表格没有任何行。")
NO_ROWS_FIX = Words("Put the table inside an {{% if %}} of its rows.", "请用 {{% if %}} 判断有行时才输出表格。")
PYTHON_SAID = Words("prints {text}, a word of the program and none of the data.", "打印出了程序内部的值{text}。")
PYTHON_FIX = Words(
    "Print the value by itself ({{{{ value }}}}), or ask first whether it is there.",
    "请直接打印该值（{{{{ 值 }}}}），或先用 {{% if %}} 判断它是否存在。",
)
TAG_SAID = Words("the tag {text} is printed as text.", "标签{text}被当作文字打印。")
TAG_FIX = Words("Close it, or write each bracket once only.", "请补全标签的结束符，或检查花括号的个数。")
ENGLISH = Words("English words stand in the Chinese page: {text}.", "中文页面中出现英文：{text}。")
ENGLISH_FIX = Words("Say it in wording.zh.yaml, and print it with say().", "请写入 wording.zh.yaml，并用 say() 输出。")
CHINESE = Words("Chinese words stand in the English page: {text}.", "英文页面中出现中文：{text}。")
CHINESE_FIX = Words("Say it in wording.en.yaml, and print it with say().", "请写入 wording.en.yaml，并用 say() 输出。")


class Fault(NamedTuple):
    """What is wrong at a place such as ``letter.html:42``; ``cause`` is the same for all that have one cause."""

    place: str
    code: str
    severity: Severity
    message: Words
    fix: Words
    cause: str = ""


def quoted(text: str) -> Words:
    short = " ".join(text.split())
    short = short if len(short) <= SHOWN else short[:SHOWN] + "…"
    return Words(f"“{short}”", f"“{short}”")


def tree_faults(document: Document, *, language: str, data: Collection[str], tame: bool) -> Iterator[Fault]:
    """The faults of ``document``.

    Args:
        language: ``en``, ``zh`` or ``both``.
        data: what was typed, and other texts that are no words of the set.
        tame: whether the data hold no braces and no words of a program.
    """
    everything = (*document.first_head, *document.head, *document.body, *document.foot)
    yield from _unheaded(document.body)
    for block, text in texts(everything):
        if tame:
            yield from _of_program(block, text)
    if tame and language != "both":
        yield from _foreign(everything, language, data)


def texts(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """The text of each paragraph, with its place in a template."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.place, plain(block.content)
            case Listing():
                for item in block.items:
                    yield from texts(item)
            case Table():
                if block.caption:
                    yield block.place, plain(block.caption)
                for row in block.head + block.body:
                    for cell in row.cells:
                        for place, text in texts(cell.blocks):
                            yield place or cell.place or block.place, text
            case Section():
                yield from texts(block.blocks)
            case Rule():
                pass


def holds_something(block: Block) -> bool:
    """Is there anything to read, to see or to write on?"""
    match block:
        case Rule():
            return False
        case Section():
            return any(map(holds_something, block.blocks))
        case Listing():
            return any(holds_something(inner) for item in block.items for inner in item)
        case Table():
            return bool(block.body)
        case Paragraph() if block.role in HANDS:
            return True
    return any(
        isinstance(one, Picture | Field) or (isinstance(one, Text) and (one.text.strip() or one.role in HANDS))
        for content in contents((block,))
        for one in content
    )


def _unheaded(blocks: Sequence[Block]) -> Iterator[Fault]:
    """Headings with nothing below them, and tables with a head and no rows."""
    for at, block in enumerate(blocks):
        match block:
            case Heading(level=level) if level > 1:
                below: list[Block] = []
                for other in blocks[at + 1 :]:
                    if isinstance(other, Heading) and other.level <= level:
                        break
                    below.append(other)
                if not any(isinstance(one, Heading) or holds_something(one) for one in below):
                    text = quoted(plain(block.content))
                    yield Fault(
                        block.place,
                        "empty-section",
                        Severity.ERROR,
                        NOTHING_BELOW.filled(text=text),
                        NOTHING_BELOW_FIX.filled(),
                    )
            case Section():
                yield from _unheaded(block.blocks)
            case Table(head=head) if head and not block.body:
                text = quoted(" ".join(map(plain, contents((block,)))))
                yield Fault(block.place, "empty-table", Severity.ERROR, NO_ROWS.filled(text=text), NO_ROWS_FIX.filled())
            case _:
                pass


def _of_program(place: str, text: str) -> Iterator[Fault]:
    if found := PYTHON.search(text):
        said = quoted(found[0])
        yield Fault(place, "program-word", Severity.ERROR, PYTHON_SAID.filled(text=said), PYTHON_FIX.filled())
    if found := TAGS.search(text):
        yield Fault(place, "open-tag", Severity.ERROR, TAG_SAID.filled(text=quoted(found[0])), TAG_FIX.filled())


def _foreign(blocks: Sequence[Block], language: str, data: Collection[str]) -> Iterator[Fault]:
    """Words of the other language that nobody typed. Abbreviations in capitals are at home in both."""
    typed = "\n".join(data)
    known = {word.casefold() for word in LATIN_WORD.findall(typed)}
    for place, text in texts(blocks):
        if language == "zh":
            words = [word for word in LATIN_WORD.findall(text) if not word.isupper() and word.casefold() not in known]
            words = [word for word in words if word not in typed]
            message, fix, code = ENGLISH, ENGLISH_FIX, "english-in-chinese"
        else:
            words = [word for word in HAN.findall(text) if word not in typed]
            message, fix, code = CHINESE, CHINESE_FIX, "chinese-in-english"
        if words:
            said = quoted(" ".join(words))
            yield Fault(place, code, Severity.WARNING, message.filled(text=said), fix, cause=code)
