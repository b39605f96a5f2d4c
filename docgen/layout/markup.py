"""Read rendered markup, a small closed subset of XHTML, strictly into the document tree.

Every tag is preceded by ``<?at template:line?>`` (see ``render``), so each refusal names the template's own line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NoReturn

from lxml import etree

from docgen.engine_words import engine_words
from docgen.errors import TemplateError
from docgen.layout.inlines import MAX_DEPTH, VOID, Style, check, inherit, inlines, near, number, place_of, refuse
from docgen.model.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Inline,
    Language,
    Listing,
    Paragraph,
    Row,
    Rule,
    Section,
    Table,
)
from docgen.model.problems import Words

MAX_CHARACTERS = 5_000_000
MAX_SPAN = 50
SPANS = frozenset(range(1, MAX_SPAN + 1))

MISMATCH = re.compile(r"tag mismatch: (?P<name>\S+) line (?P<line>\d+)")
NOT_CLOSED = Words(
    "<{name}> is opened here and not closed where it must be; write {end}",
    "<{name}> 在此处打开，但没有在应有的位置关闭；请写上 {end}",
)

BLOCKS = frozenset({"h1", "h2", "h3", "p", "ul", "ol", "table", "hr", "figure", "section"})


MOST_KNOWN = 4096
NO_DRAWINGS: Mapping[str, str] = MappingProxyType({})


def read_markup(
    text: str,
    *,
    title: str,
    lang: Language,
    landscape: bool = False,
    drawings: Mapping[str, str] = NO_DRAWINGS,
    known: dict[tuple[str, bytes], Block] | None = None,
) -> Document:
    """Read ``text`` into a Document; ``drawings``: the SVGs that it may show, by name.

    ``known``: where given, blocks that were read before are taken from it: of documents in one language whose drawings
    nobody looks at.

    Raises:
        TemplateError: not well-formed, or outside the subset; the text names template and line.
    """
    if len(text) > MAX_CHARACTERS:
        refuse(
            title,
            f"the rendered document is longer than {MAX_CHARACTERS:,} characters",
            f"生成的文件超过 {MAX_CHARACTERS:,} 个字符",
        )
    if declared := re.search(r"<!(?!--)", text):
        refuse(
            _place(text[: declared.start()]),
            "<!DOCTYPE>, <!ENTITY> and CDATA have no place in a template; take it out",
            "模板中不能有 <!DOCTYPE>、<!ENTITY> 或 CDATA；请删去",
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(f"<document>{text}</document>".encode(), parser)
    except etree.XMLSyntaxError as error:
        place, said = _said(text, error)
        raise TemplateError(Words(f"{place}: {said.en}", f"{place}：{said.zh}")) from error
    heads: dict[str, tuple[Block, ...] | None] = {"header": None, "header.first": None, "footer": None}
    body: list[Block] = []
    style = Style(lang, drawings=drawings)
    for element, place in _children(root, "", 0):
        if element.tag in ("header", "footer"):
            role = element.get("class")
            key = f"{element.tag}.{role}" if role else element.tag
            if key not in heads:
                refuse(
                    place,
                    f"<{element.tag} class={role!r}> is unknown; use <header>, <header class='first'>, <footer>",
                    f"没有 <{element.tag} class={role!r}>；请用 <header>、<header class='first'>、<footer>",
                )
            if heads[key] is not None:
                refuse(
                    place,
                    f"<{element.tag}> stands here once more; the one before would be lost",
                    f"<{element.tag}> 重复出现；前一个会丢失",
                )
            heads[key] = _blocks(element, place, style, 1)
        else:
            body.append(_block(element, place, style, 0) if known is None else _known(element, place, style, known))
    head, first = heads["header"] or (), heads["header.first"]
    # A first head that is there and empty keeps the first page free.
    return Document(title, lang, landscape, head if first is None else first, head, heads["footer"] or (), tuple(body))


def _known(element: etree._Element, place: str, style: Style, known: dict[tuple[str, bytes], Block]) -> Block:
    mark = place, etree.tostring(element, with_tail=False)
    if mark not in known:
        if len(known) >= MOST_KNOWN:
            known.clear()
        known[mark] = _block(element, place, style, 0)
    return known[mark]


def _said(text: str, error: etree.XMLSyntaxError) -> tuple[str, Words]:
    """Where the markup is at fault, and in what; of a tag that is never closed, where it was opened."""
    if found := MISMATCH.search(error.msg or ""):
        name, line = found["name"], int(found["line"])
        *before, opened = text.split("\n")[:line]
        at = opened.rfind(f"<{name}")
        if at >= 0:
            end = f"<{name}/>" if name in VOID else f"</{name}>"
            return _place("\n".join([*before, opened[:at]])), NOT_CLOSED.filled(name=name, end=end)
    return _place_before(text, error), engine_words(re.sub(r", line \d+, column \d+.*", "", error.msg or ""))


def _place_before(text: str, error: etree.XMLSyntaxError) -> str:
    """The last ``<?at …?>`` before the point where the parser gave up."""
    line, column = error.position
    lines = text.split("\n")
    before = "\n".join([*lines[: line - 1], lines[line - 1][:column] if line <= len(lines) else ""])
    return _place(before)


def _place(before: str) -> str:
    """The last place that ``before`` names."""
    found = re.findall(r"<\?at ([^?]+)\?>", before)
    return found[-1] if found else "template"


def _children(parent: etree._Element, place: str, depth: int) -> Iterator[tuple[etree._Element, str]]:
    """Yield the child elements with their places; text beside them is refused."""
    if depth > MAX_DEPTH:
        refuse(place, f"elements are nested deeper than {MAX_DEPTH}", f"标记嵌套超过 {MAX_DEPTH} 层")
    if parent.text and parent.text.strip():
        _refuse_text(place, parent.text)
    for child in parent:
        if isinstance(child, etree._ProcessingInstruction):
            place = place_of(child, place)
        else:
            check(child, place)
            yield child, place
        if child.tail and child.tail.strip():
            _refuse_text(place, child.tail)


def _refuse_text(place: str, text: str) -> NoReturn:
    short = repr(text.strip()[:30])
    refuse(
        place,
        f"text {short} stands outside a paragraph; wrap it in <p>",
        f"文字 {short} 不在段落中；请放入 <p>",
    )


def _blocks(parent: etree._Element, place: str, style: Style, depth: int) -> tuple[Block, ...]:
    """The blocks in ``parent``; where it holds inlines only, they are one paragraph."""
    style = inherit(parent, place, style)
    elements = [child for child in parent if not isinstance(child, etree._ProcessingInstruction)]
    if any(child.tag in BLOCKS for child in elements):
        return tuple(_block(child, at, style, depth + 1) for child, at in _children(parent, place, depth))
    content = inlines(parent, place, style)
    return (Paragraph(content, place=place),) if content else ()


def _block(element: etree._Element, place: str, style: Style, depth: int) -> Block:
    role = element.get("class") or ""
    style = inherit(element, place, style)
    match element.tag:
        case "p":
            return Paragraph(inlines(element, place, style), role, place)
        case "h1" | "h2" | "h3" as tag:
            return Heading({"h1": 1, "h2": 2, "h3": 3}[tag], inlines(element, place, style), role, place)  # type: ignore[arg-type]
        case "ul" | "ol":
            items = []
            for child, at in _children(element, place, depth):
                if child.tag != "li":
                    refuse(
                        at,
                        f"<{child.tag}> in a list; only <li> may stand there",
                        f"列表中只能有 <li>，不能有 <{child.tag}>",
                    )
                items.append(_blocks(child, at, style, depth + 1))
            return Listing(tuple(items), element.tag == "ol", role, place)
        case "table":
            return _table(element, role, place, style, depth)
        case "hr":
            return Rule(place)
        case "section":
            return Section(_blocks(element, place, style, depth + 1), role, place)
        case "figure":
            return Paragraph(inlines(element, place, style), role or "figure", place)
        case tag:
            like = near(str(tag), BLOCKS)
            refuse(place, f"<{tag}> can't stand here{like.en}", f"此处不能有 <{tag}>{like.zh}")


def _table(element: etree._Element, role: str, place: str, style: Style, depth: int) -> Table:
    columns: list[Column] = []
    caption: tuple[Inline, ...] = ()
    rows: dict[str, list[Row]] = {"thead": [], "tbody": []}
    for child, at in _children(element, place, depth):
        match child.tag:
            case "colgroup":
                columns += [
                    Column(number(col, "width", at_col), col.get("class") or "")
                    for col, at_col in _children(child, at, depth + 1)
                ]
            case "caption":
                if caption:
                    refuse(at, "a table has one <caption>; put both into it", "一个表格只能有一个 <caption>；请合并")
                caption = inlines(child, at, style)
            case "thead" | "tbody" as part:
                rows[part] += [_row(row, at_row, style, depth + 1) for row, at_row in _children(child, at, depth)]
            case tag:
                refuse(
                    at,
                    f"<{tag}> in a table; put rows into <thead> or <tbody>",
                    f"表格中有 <{tag}>；请把行放入 <thead> 或 <tbody>",
                )
    whole = sum(column.width for column in columns)
    if whole <= 0 or any(column.width <= 0 for column in columns):
        refuse(
            place,
            "a table needs <colgroup> with a <col width='…'/> above 0 for each column",
            "表格须有 <colgroup>，每列一个宽度大于 0 的 <col width='…'/>",
        )
    columns = [Column(column.width * 100 / whole, column.role) for column in columns]
    made = Table(tuple(columns), tuple(rows["thead"]), tuple(rows["tbody"]), caption, role, place)
    for grid in (made.head, made.body):
        _check_grid(grid, len(columns), place)
    return made


def _row(element: etree._Element, place: str, style: Style, depth: int) -> Row:
    if element.tag != "tr":
        refuse(
            place, f"<{element.tag}> in a table; only <tr> may stand there", f"此处只能有 <tr>，不能有 <{element.tag}>"
        )
    cells = []
    for child, at in _children(element, place, depth):
        if child.tag not in ("td", "th"):
            refuse(
                at,
                f"<{child.tag}> in a row; only <td> and <th> may stand there",
                f"行中只能有 <td> 和 <th>，不能有 <{child.tag}>",
            )
        colspan, rowspan = (number(child, name, at, 1) for name in ("colspan", "rowspan"))
        if not {colspan, rowspan} <= SPANS:
            refuse(
                at,
                f"colspan and rowspan go from 1 to {MAX_SPAN}, in whole numbers",
                f"colspan 和 rowspan 须为 1 至 {MAX_SPAN} 的整数",
            )
        blocks = _blocks(child, at, style, depth + 1)
        cells.append(Cell(blocks, int(colspan), int(rowspan), child.tag == "th", child.get("class") or "", at))
    return Row(tuple(cells), element.get("class") or "")


def _check_grid(rows: tuple[Row, ...], width: int, place: str) -> None:
    """Every row must fill the columns exactly, counting cells that reach down from above."""
    reaching: list[int] = []
    for row in rows:
        taken = sum(1 for left in reaching if left > 0)
        filled = taken + sum(cell.colspan for cell in row.cells)
        if filled != width:
            at = row.cells[0].place if row.cells else place
            refuse(
                at,
                f"this row fills {filled} of the table's {width} columns",
                f"该行占 {filled} 列，而表格有 {width} 列",
            )
        columns = [max(left - 1, 0) for left in reaching] or [0] * width
        free = iter([index for index in range(width) if not (reaching and reaching[index] > 0)])
        for cell in row.cells:
            for _ in range(cell.colspan):
                columns[next(free)] = cell.rowspan - 1
        reaching = columns
    if any(reaching):
        refuse(place, "a cell's rowspan reaches below the last row", "单元格的 rowspan 超出最后一行")
