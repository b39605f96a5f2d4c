"""The same document with python-docx, and as a docxtpl template that is filled in.

Both get what is easy for them: no widths, no boxes, no keeping together, one tag for a whole paragraph.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, assert_never

import docx
from docx.oxml import OxmlElement
from docxtpl import DocxTemplate
from jinja2 import Environment

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
    plain,
)

FIELDS = {"page-number": "PAGE", "page-count": "NUMPAGES"}


class Builder:
    """Builds the document with python-docx, text by text."""

    def build(self, document: Document) -> bytes:
        made = docx.Document()
        made.core_properties.title = document.title
        section = made.sections[0]
        section.different_first_page_header_footer = True
        for story, blocks in (
            (section.first_page_header, document.first_head),
            (section.header, document.head),
            (section.first_page_footer, document.foot),
            (section.footer, document.foot),
        ):
            story.is_linked_to_previous = False
            self.story(story, blocks)
        self.blocks(made, document.body)
        stream = io.BytesIO()
        made.save(stream)
        return stream.getvalue()

    def story(self, container: Any, blocks: Sequence[Block]) -> None:
        """Head, foot or cell: they hold one empty paragraph from the start."""
        match blocks:
            case (Paragraph() as first, *rest):
                self.inlines(container.paragraphs[0], first.content, first.role)
                self.blocks(container, rest)
            case _:
                self.blocks(container, blocks)

    def blocks(self, container: Any, blocks: Sequence[Block]) -> None:
        for block in blocks:
            match block:
                case Heading():
                    self.fixed(container.add_paragraph(style=f"Heading {block.level}"), block.content)
                case Paragraph():
                    self.inlines(container.add_paragraph(), block.content, block.role)
                case Listing():
                    self.listing(container, block)
                case Table():
                    self.table(container, block)
                case Section():
                    self.blocks(container, block.blocks)
                case Rule():
                    container.add_paragraph()
                case _:
                    assert_never(block)

    def inlines(self, paragraph: Any, content: Sequence[Inline], role: str = "") -> None:
        self.fixed(paragraph, content)

    def fixed(self, paragraph: Any, content: Sequence[Inline]) -> None:
        for inline in content:
            match inline:
                case Text():
                    self.text(paragraph, inline)
                case Break():
                    paragraph.add_run().add_break()
                case Field():
                    _field(paragraph, FIELDS[inline.kind])
                case Picture() | Drawing():
                    pass
                case _:
                    assert_never(inline)

    def text(self, paragraph: Any, inline: Text) -> None:
        run = paragraph.add_run(inline.text)
        if inline.strong:
            run.bold = True
        if inline.em:
            run.italic = True

    def listing(self, container: Any, block: Listing) -> None:
        for item in block.items:
            style = "List Number" if block.ordered else "List Bullet"
            lead, rest = (item[0], item[1:]) if item and isinstance(item[0], Paragraph) else (Paragraph(()), item)
            self.inlines(container.add_paragraph(style=style), lead.content)
            self.blocks(container, rest)

    def table(self, container: Any, block: Table) -> None:
        if block.caption:
            self.fixed(container.add_paragraph(style="Caption"), block.caption)
        rows = block.head + block.body
        made = container.add_table(len(rows), len(block.columns))
        made.style = "Table Grid"
        for row, given in zip(made.rows, rows, strict=True):
            self.row(row, given)

    def row(self, row: Any, given: Row) -> None:
        cells = row.cells
        column = 0
        for cell in given.cells:
            if cell.rowspan > 1:
                raise NotImplementedError("the sample has no cells over several rows")
            target = cells[column]
            if cell.colspan > 1:
                target = target.merge(cells[column + cell.colspan - 1])
            self.cell(target, cell)
            column += cell.colspan

    def cell(self, target: Any, cell: Cell) -> None:
        self.story(target, cell.blocks)


class TemplateBuilder(Builder):
    """Builds the docxtpl template: heads, labels and headings stand in it, all other text is a tag.

    ``values`` is the context that fills it.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def inlines(self, paragraph: Any, content: Sequence[Inline], role: str = "") -> None:
        if role == "label" or (content and all(isinstance(one, Text) and one.role == "label" for one in content)):
            self.fixed(paragraph, content)
        elif any(isinstance(inline, Field) for inline in content):
            for inline in content:
                if isinstance(inline, Text):
                    paragraph.add_run(self._tag(inline.text))
                else:
                    self.fixed(paragraph, (inline,))
        elif content:
            paragraph.add_run(self._tag(plain(tuple(content))))

    def table(self, container: Any, block: Table) -> None:
        if not _regular(block):
            super().table(container, block)
            return
        if block.caption:
            self.fixed(container.add_paragraph(style="Caption"), block.caption)
        name = f"rows{len(self.values)}"
        self.values[name] = [[_words(cell) for cell in row.cells] for row in block.body]
        made = container.add_table(len(block.head) + 3, len(block.columns))
        made.style = "Table Grid"
        rows = list(made.rows)
        for row, given in zip(rows, block.head, strict=False):
            self.row(row, given)
        start, middle, end = rows[-3:]
        start.cells[0].paragraphs[0].add_run(f"{{%tr for row in {name} %}}")
        for index, cell in enumerate(middle.cells):
            cell.paragraphs[0].add_run(f"{{{{ row[{index}] }}}}")
        end.cells[0].paragraphs[0].add_run("{%tr endfor %}")

    def cell(self, target: Any, cell: Cell) -> None:
        match cell.blocks:
            case (Paragraph(content=content),) if cell.head or cell.role == "label":
                self.fixed(target.paragraphs[0], content)
            case _:
                super().cell(target, cell)

    def _tag(self, text: str) -> str:
        name = f"text{len(self.values)}"
        self.values[name] = text
        return f"{{{{ {name} }}}}"


class Filler:
    """A docxtpl template of one document, ready to be filled with its values."""

    def __init__(self, document: Document) -> None:
        builder = TemplateBuilder()
        self.template = builder.build(document)
        self.values = builder.values
        self.environment = Environment()

    def fill(self) -> bytes:
        # A template object can't be filled twice: docxtpl renders in place.
        template = DocxTemplate(io.BytesIO(self.template))
        template.render(self.values, jinja_env=self.environment, autoescape=True)
        stream = io.BytesIO()
        template.save(stream)
        return stream.getvalue()


def _regular(table: Table) -> bool:
    """Rows that a loop can make: all alike, of plain cells."""
    return len(table.body) > 1 and all(
        len(row.cells) == len(table.columns)
        and not any(cell.head or cell.role == "label" or len(cell.blocks) > 1 for cell in row.cells)
        and all(isinstance(block, Paragraph) for cell in row.cells for block in cell.blocks)
        for row in table.body
    )


def _words(cell: Cell) -> str:
    return "\n".join(plain(block.content) for block in cell.blocks if isinstance(block, Paragraph))


def _field(paragraph: Any, name: str) -> None:
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        if kind:
            character = OxmlElement("w:fldChar")
            character.set(docx.oxml.ns.qn("w:fldCharType"), kind)
            run._r.append(character)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = f" {name} "
            run._r.append(instruction)
