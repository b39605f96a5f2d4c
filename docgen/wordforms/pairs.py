"""Loops and conditions of a Word form: each ends where it can, in the same paragraph, row or cell that it began in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from docgen.model.problems import Words
from docgen.wordforms.faults import Fault, fault
from docgen.wordforms.tags import BETWEEN, CLOSES, OPENS, Tag
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
BOXES = {
    "": Words("paragraph or group of paragraphs", "段落或同一组段落"),
    "r": Words("paragraph or group of paragraphs", "段落或同一组段落"),
    "p": Words("cell or part of the text", "单元格或同一部分正文"),
    "tr": Words("table", "表格"),
    "tc": Words("row", "行"),
}


def pair_up(tags: Iterable[Tag]) -> tuple[list[Fault], set[int], list[Tag]]:
    """Follow the beginnings and ends.

    Returns:
        The faults; the places in the sequence of ends and ``else`` that belong to nothing; the beginnings without end,
        the innermost last.
    """
    faults: list[Fault] = []
    lost: set[int] = set()
    open_tags: list[Tag] = []
    for index, tag in enumerate(tags):
        if tag.opening != "{%":
            continue
        if tag.word in OPENS:
            open_tags.append(tag)
        elif tag.word in (*BETWEEN, *CLOSES):
            wanted = _begun_by(tag)
            start = open_tags[-1] if open_tags else None
            if start is None:
                faults.append(fault("stray_end", tag.place, tag=tag.whole))
                lost.add(index)
            elif start.word not in wanted:
                faults.append(fault("wrong_end", tag.place, tag=tag.whole, start=start.whole, other=start.place))
                lost.add(index)
            else:
                faults += _fit(start, tag)
                if tag.word in CLOSES:
                    open_tags.pop()
        elif tag.word in ("hm", "vm") and not any(one.word == "for" for one in open_tags):
            faults.append(fault("outside_loop", tag.place, tag=tag.whole))
    faults += [fault("not_ended", one.place, tag=one.whole, end=_end(one)) for one in open_tags]
    return faults, lost, open_tags


def _end(tag: Tag) -> str:
    return f"{{%{tag.kind} end{tag.word} %}}"


def _begun_by(tag: Tag) -> tuple[str, ...]:
    return {"elif": ("if",), "else": ("if", "for"), "endfor": ("for",), "endif": ("if",)}[tag.word]


def _fit(start: Tag, end: Tag) -> Iterator[Fault]:
    if start.kind != end.kind and {start.kind, end.kind} != {"", "r"}:
        yield fault("other_kind", start.place, tag=start.whole, end=end.whole, other=end.place)
    elif not _same_box(start, end):
        box = BOXES[start.kind]
        yield fault("across", start.place, tag=start.whole, end=end.whole, other=end.place, box=box)


def _same_box(start: Tag, end: Tag) -> bool:
    """Can what lies between two tags be repeated or left out, and what is left still be a document?"""
    match start.kind:
        case "tr":
            return _parent(start.line.above(f"{_W}tr")) is _parent(end.line.above(f"{_W}tr"))
        case "tc":
            return start.line.above(f"{_W}tr") is end.line.above(f"{_W}tr")
        case "p":
            return _parent(start.line.element) is _parent(end.line.element)
        case _:
            around = [_parent(run) for run in (start.runs[0], end.runs[-1])]
            if start.line is end.line:
                return around[0] is around[1]
            plain = around[0] is start.line.element and around[1] is end.line.element
            return plain and _parent(start.line.element) is _parent(end.line.element)


def _parent(element: etree._Element | None) -> etree._Element | None:
    return None if element is None else element.getparent()
