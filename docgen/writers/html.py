"""Write the document tree as the HTML that the PDF engine lays out; well-formed, as XML is read ten times as fast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import assert_never

from docgen.layout.inlines import DRAWN
from docgen.layout.theme import Theme
from docgen.model.document import (
    Block,
    Break,
    Cell,
    Document,
    Drawing,
    Field,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Picture,
    Row,
    Rule,
    Section,
    Table,
    Text,
)
from docgen.writers.columns import TOGETHER, widths
from docgen.writers.direction import undirected
from docgen.writers.markers import marker_of
from docgen.writers.tall_rows import held_rows, tall_rows, text_width

QUOTES = re.compile("([‘’“”]+)")
TICKS = re.compile("([☐☑]+)")
SOFT_HYPHEN = "\u00ad"
NUMBER = "data-table"
"""The attribute with the number of a table."""
EVERYWHERE = ""
"""In place of a table's number: the whole document, or what stands in no table."""


@dataclass(frozen=True, slots=True)
class Give:
    """What may be broken so that the pages hold all text.

    ``rows``: each row of a table. ``loose``: the tables, by their numbers, in which what should stay in one line may
    break; ``broken``: those in which every word may, anywhere. EVERYWHERE among them: in the whole document.
    """

    rows: bool = False
    loose: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()

    def more(self, *, lost: bool, hidden: frozenset[str]) -> Give:
        """What to give after a layout in which text is lost, or hidden in some tables (EVERYWHERE: outside of them).

        The same where no more can be given.
        """
        if hidden and hidden <= self.broken:  # nothing more can break in these tables: what is around them must
            hidden |= {EVERYWHERE}
        return Give(self.rows or lost, self.loose | hidden, self.broken | (hidden & self.loose))


RIGID = Give()


def write_html(document: Document, theme: Theme, give: Give = RIGID) -> str:
    """The whole page source, without style sheet; head and foot as running elements."""
    parts = [
        f'<!DOCTYPE html><html lang="{document.lang}"><head>',
        f"<title>{escape(document.title)}</title></head>",
        '<body style="word-break:break-all">' if EVERYWHERE in give.broken else "<body>",
    ]
    serializer = Serializer(document, theme, give)
    for tag, blocks in (
        ('header class="first"', document.first_head),
        ("header", document.head),
        ("footer", document.foot),
    ):
        if blocks:
            parts += [f"<{tag}>", *serializer.blocks(blocks), f"</{tag.split()[0]}>"]
    parts += serializer.blocks(document.body)
    parts.append("</body></html>")
    return "".join(parts)


class Serializer:
    def __init__(self, document: Document, theme: Theme, give: Give = RIGID) -> None:
        self.give = give
        self.lang = document.lang
        self.theme = theme
        self.landscape = document.landscape
        self.looks = theme.looks(document.lang)
        self.tables = 0
        """How many tables there were so far that stand in no other."""
        self.at = EVERYWHERE
        """The number of the one that is written."""

    @property
    def is_loose(self) -> bool:
        return not self.give.loose.isdisjoint((self.at, EVERYWHERE))

    def blocks(self, blocks: tuple[Block, ...], depth: int = 0, lead: str = "") -> Iterator[str]:
        """The blocks as HTML; ``lead`` is put at the start of the first paragraph (a list item's marker)."""
        for block in blocks:
            yield from self.block(block, depth, lead)
            lead = ""

    def block(self, block: Block, depth: int, lead: str) -> Iterator[str]:
        match block:
            case Paragraph():
                yield f"<p{self.role(block.role, block.place)}>{lead}{self.inlines(block.content)}</p>"
            case Heading():
                tag = f"h{block.level}"
                yield f"<{tag}{self.role(block.role, block.place)}>{lead}{self.inlines(block.content)}</{tag}>"
            case Listing():
                tag = "ol" if block.ordered else "ul"
                yield f"<{tag}{self.role(block.role, block.place)}>"
                for number, item in enumerate(block.items, 1):
                    sign = marker_of(block, self.theme, self.lang, depth, number)
                    lead = f'<span class="marker">{escape(sign)}</span>' if sign else ""
                    led = bool(item) and isinstance(item[0], Paragraph | Heading)
                    yield "<li>" if led or not lead else f"<li><p>{lead}</p>"
                    yield from self.blocks(item, depth + 1, lead if led else "")
                    yield "</li>"
                yield f"</{tag}>"
            case Table() if self.at == EVERYWHERE:
                self.tables += 1
                self.at = str(self.tables)
                broken = ' style="word-break:break-all"' if self.at in self.give.broken else ""
                yield from self.table(block, f' {NUMBER}="{self.at}"{broken}')
                self.at = EVERYWHERE
            case Table():
                yield from self.table(block, "")
            case Rule():
                yield "<hr/>"
            case Section():
                yield f"<section{self.role(block.role, block.place)}>"
                yield from self.blocks(block.blocks, depth)
                yield "</section>"
            case _:
                assert_never(block)

    def role(self, role: str, place: str) -> str:
        if not role:
            return ""
        self.looks.role(role, place)
        return f' class="{role}"'

    def table(self, table: Table, more: str) -> Iterator[str]:
        tall = [self.give.rows or tall for tall in tall_rows(table, self.theme, landscape=self.landscape)]
        room = text_width(self.theme, landscape=self.landscape)
        held = held_rows(table, self.theme, self.looks, room)
        yield f"<table{self.role(table.role, table.place)}{more}>"
        if table.caption:
            yield f"<caption>{self.inlines(table.caption)}</caption>"
        yield "<colgroup>"
        for width in widths(table, self.theme, room):
            yield f'<col style="width:{width:.3f}%"/>'
        yield "</colgroup>"
        kinds = [
            " ".join(("tall",) * breaks + ("held",) * (stays and not self.give.rows))
            for breaks, stays in zip(tall, held, strict=True)
        ]
        for tag, rows, added in (("thead", table.head, [""] * len(table.head)), ("tbody", table.body, kinds)):
            if rows:
                yield f"<{tag}>"
                for row, kind in zip(rows, added, strict=True):
                    yield from self.row(row, table.place, kind)
                yield f"</{tag}>"
        yield "</table>"

    def row(self, row: Row, place: str, kind: str) -> Iterator[str]:
        self.role(row.role, place)
        classes = " ".join(filter(None, (row.role, kind)))
        yield f'<tr class="{classes}">' if classes else "<tr>"
        for cell in row.cells:
            yield from self.cell(cell)
        yield "</tr>"

    def cell(self, cell: Cell) -> Iterator[str]:
        tag = "th" if cell.head else "td"
        spans = "".join(
            f' {name}="{span}"' for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if span > 1
        )
        yield f"<{tag}{self.role(cell.role, cell.place)}{spans}>"
        match cell.blocks:
            case (Paragraph(content=content, role=""),):
                yield self.inlines(content)
            case blocks:
                yield from self.blocks(blocks)
        yield f"</{tag}>"

    def inlines(self, content: tuple[Inline, ...]) -> str:
        return "".join(self.inline(inline) for inline in content)

    def inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return self.text(inline)
            case Break():
                return "<br/>"
            case Field():
                return f'<span class="{inline.kind}"></span>'
            case Picture():
                return f'<img src="{escape(inline.name)}" alt="{escape(inline.alt)}" style="width:{inline.width:g}mm"/>'
            case Drawing():
                name, alt = escape(DRAWN + inline.name), escape(inline.alt)
                return f'<img src="{name}" alt="{alt}" style="width:{inline.width:g}mm"/>'
            case _:
                assert_never(inline)

    def text(self, run: Text) -> str:
        classes = [name for name in ("strong", "em", "underline") if getattr(run, name)]
        if run.role:
            self.looks.span(run.role)
        if run.role and not (run.role == "nobreak" and self.is_loose):
            classes.append(run.role)
        # Where a line ends at a soft hyphen the engine prints a hyphen, which is no text of the document.
        shown = escape(undirected(run.text).replace(SOFT_HYPHEN, ""), quote=False)
        if not self.is_loose and run.role != "nobreak":
            shown = TOGETHER.sub(r'<span class="nobreak">\g<0></span>', shown)
        if run.lang != self.lang == "zh-CN":
            shown = QUOTES.sub(r'<span class="narrow">\1</span>', shown)
        body = TICKS.sub(r'<span class="tick">\1</span>', shown)
        lang = f' lang="{run.lang}"' if run.lang != self.lang else ""
        named = f' class="{" ".join(classes)}"' if classes else ""
        return f"<span{named}{lang}>{body}</span>" if lang or named else body
