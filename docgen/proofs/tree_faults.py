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

PYTHON = re.compile(
    r"\b(?:None|True|False|nan|NaN|Undefined|(?:Decimal|Code|Quantity|Month|Gap|Markup|Words)\(|datetime\.)"
    r"|<(?:function|bound|Macro)\b|\bobject at 0x"
)
BEFORE, AFTER = re.compile(r"\S+\s*$"), re.compile(r"\s*\S+")
RAW_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
TAGS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]{2,}")
HAN = re.compile("[\u3400-\u9fff]+")
HANDS = frozenset({"lines", "line"})
"""Roles of what is empty on purpose: a hand writes there."""
SIGNATURES = frozenset({"signatures", "signers", "acknowledgement"})
"""Roles of what is signed, and of what is ticked right above."""
TO_SIGN = SIGNATURES - {"acknowledgement"}
PROGRAM, EMPTY = "program", "empty"
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
DATE_SAID = Words("prints the date {text} as the program writes it.", "日期{text}未按文档语言的格式打印。")
DATE_FIX = Words(
    "Print the value by itself ({{{{ value }}}}), not joined with ~ or through a filter.",
    "请直接打印该值（{{{{ 值 }}}}），不要用 ~ 连接或经过过滤器。",
)
NO_TEXT = Words("a heading says nothing.", "标题没有文字。")
NO_TEXT_FIX = Words("Give it a sentence, or take it out.", "请填写文字，或删去该标题。")
UNSIGNED = Words(
    "nobody can sign: the form names {count} signers, and no signature block is printed.",
    "没有签字栏：该表单列有 {count} 位签字人，但未打印签字栏。",
)
UNSIGNED_FIX = Words(
    "Put in {{{{ m.signatures(signers) }}}}, or a table with class='signatures'.",
    "请加入 {{{{ m.signatures(signers) }}}}，或 class='signatures' 的表格。",
)
NO_NUMBER = Words("the number of the document is nowhere printed.", "未打印文档编号。")
NO_NUMBER_FIX = Words(
    "Put in {{{{ m.running(…) }}}}, or print {{{{ number }}}}: by it people find the paper.",
    "请加入 {{{{ m.running(…) }}}}，或打印 {{{{ number }}}}：人们据此查找文档。",
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


def tree_faults(
    document: Document, *, language: str, data: Collection[str], tame: bool, words: Collection[str] = ()
) -> Iterator[Fault]:
    """The faults of ``document``.

    Args:
        language: ``en``, ``zh`` or ``both``.
        data: what was typed, and other texts that are no words of the set.
        tame: whether the data hold no braces and no words of a program.
        words: the sentences of the set; "None" may begin one.
    """
    everything = (*document.first_head, *document.head, *document.body, *document.foot)
    yield from _unheaded(document.body)
    if not tame:
        return
    known = [said for said in (*data, *words) if PYTHON.search(said)]
    dates = {date for said in (*data, *words) if not RAW_DATE.fullmatch(said) for date in RAW_DATE.findall(said)}
    found = [fault for place, text in texts(everything) for fault in _of_program(place, text, known, dates)]
    yield from found
    if language != "both":
        told = {fault.place for fault in found}
        typed = [*data, *(said for said in words if HAN.search(said))] if language == "zh" else data
        yield from (fault for fault in _foreign(everything, language, typed) if fault.place not in told)


def left_out(document: Document, number: str, signers: Sequence[str], template: str) -> Iterator[Fault]:
    """What every paper must have and this one lacks: its number, and where its ``signers`` sign.

    A block that has no cells to write in is a template's own, and taken as it is.
    """
    everything = (*document.first_head, *document.head, *document.body, *document.foot)
    if number not in "\n".join(text for _, text in texts(everything)):
        yield Fault(template, "no-number", Severity.WARNING, NO_NUMBER, NO_NUMBER_FIX.filled())
    hands = sum(map(_hands, document.body))
    if signers and not (
        any(is_signed(block, TO_SIGN) for block in document.body) and (hands >= 2 * min(2, len(signers)) or not hands)
    ):
        said = UNSIGNED.filled(count=len(signers))
        yield Fault(template, "no-signatures", Severity.WARNING, said, UNSIGNED_FIX.filled())


def is_signed(block: Block, roles: Collection[str] = SIGNATURES) -> bool:
    """Is it, or does it hold, a block of signatures?"""
    match block:
        case Section():
            return block.role in roles or any(is_signed(inner, roles) for inner in block.blocks)
        case Table():
            return block.role in roles
    return False


def _hands(block: Block) -> int:
    """How many cells of signature tables a hand writes into; each signer has two, the refusal of one in all three."""
    match block:
        case Section():
            return sum(map(_hands, block.blocks))
        case Table(role=role) if role in SIGNATURES:
            return sum(cell.role == "write" for row in block.body for cell in row.cells)
    return 0


def written_on(blocks: Sequence[Block]) -> bool:
    """Does a hand write on it?"""
    return any(
        (isinstance(block, Paragraph) and block.role in HANDS)
        or (isinstance(block, Section) and written_on(block.blocks))
        for block in blocks
    )


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
            case Heading(content=content, place=place) if not plain(content).strip():
                yield Fault(place, "empty-heading", Severity.ERROR, NO_TEXT, NO_TEXT_FIX)
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
                        EMPTY,
                    )
            case Section():
                yield from _unheaded(block.blocks)
            case Table(head=head) if head and not block.body:
                text = quoted(" ".join(map(plain, contents((block,)))))
                yield Fault(
                    block.place, "empty-table", Severity.ERROR, NO_ROWS.filled(text=text), NO_ROWS_FIX.filled(), EMPTY
                )
            case _:
                pass


def _of_program(place: str, text: str, known: Sequence[str], dates: Collection[str]) -> Iterator[Fault]:
    if raw := [date for date in RAW_DATE.findall(text) if date not in dates]:
        said = quoted(raw[0])
        yield Fault(place, "raw-date", Severity.ERROR, DATE_SAID.filled(text=said), DATE_FIX.filled(), PROGRAM)
    if words := [found[0] for found in PYTHON.finditer(text) if not _is_said(found, known)]:
        said = quoted(words[0])
        yield Fault(place, "program-word", Severity.ERROR, PYTHON_SAID.filled(text=said), PYTHON_FIX.filled(), PROGRAM)
    if found := TAGS.search(text):
        yield Fault(place, "open-tag", Severity.ERROR, TAG_SAID.filled(text=quoted(found[0])), TAG_FIX.filled())


def _is_said(found: re.Match[str], known: Sequence[str]) -> bool:
    """Does it stand so, with the word before or behind it, in a sentence of the set or in what was typed?"""
    before, after = BEFORE.search(found.string[: found.start()]), AFTER.match(found.string[found.end() :])
    beside = [*([before[0] + found[0]] if before else []), *([found[0] + after[0]] if after else [])]
    return any(one in said for said in known for one in beside) if beside else found[0] in known


def _foreign(blocks: Sequence[Block], language: str, data: Collection[str]) -> Iterator[Fault]:
    """Words of the other language that nobody typed. Abbreviations in capitals are at home in both.

    ``data`` may hold Chinese sentences: the name of a program or a brand in one of them stands there on purpose.
    """
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
