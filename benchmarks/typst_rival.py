"""The same pages by Typst, which takes no Word: a template that is ready gets the tree's text as data.

It gets it easy: no look of single roles, no boxes, nothing kept together but heads and rows. The pages have the size,
margins, fonts and sizes of the theme, running heads and feet with page figures, repeated table heads; PDF/A-2u, tagged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, assert_never

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
    Rule,
    Section,
    Table,
    Text,
)

TEMPLATE = """
#let doc = json(bytes(sys.inputs.document))
#let inline(one) = {
  if one.kind == "text" {
    let said = text(lang: one.lang, one.text)
    if one.strong { strong(said) } else { said }
  } else if one.kind == "break" { linebreak() }
  else if one.kind == "page-number" { context counter(page).display() }
  else if one.kind == "page-count" { context counter(page).final().at(0) }
}
#let inlines(content) = content.map(inline).join()
#let blocks(all) = all.map(one => {
  if one.kind == "paragraph" { par(inlines(one.content)) }
  else if one.kind == "heading" { heading(level: one.level, outlined: false, inlines(one.content)) }
  else if one.kind == "bullets" { list(..one.items.map(blocks)) }
  else if one.kind == "numbers" { enum(..one.items.map(blocks)) }
  else if one.kind == "rule" { line(length: 100%, stroke: 0.25pt) }
  else if one.kind == "section" { blocks(one.blocks) }
  else if one.kind == "table" {
    let cell(of) = table.cell(colspan: of.colspan, rowspan: of.rowspan, blocks(of.blocks))
    if one.caption.len() > 0 { block(sticky: true, strong(inlines(one.caption))) }
    let rows = one.body.flatten().map(cell)
    let head = one.head.flatten().map(cell)
    let widths = one.columns.map(width => width * 1%)
    set text(size: 9pt)
    if head.len() > 0 { table(columns: widths, table.header(..head), ..rows) }
    else { table(columns: widths, ..rows) }
  }
}).join()
#set document(title: doc.title)
#set text(font: doc.fonts, size: 10.5pt, lang: doc.lang)
#set table(stroke: 0.25pt, inset: (x: 1.6mm, y: 0.9mm))
#set page(
  width: 210mm, height: 297mm, margin: (x: 20mm, y: 25mm), flipped: doc.landscape,
  header: context text(size: 8.5pt, blocks(if counter(page).get().at(0) == 1 { doc.first_head } else { doc.head })),
  footer: text(size: 8.5pt, blocks(doc.foot)),
)
#blocks(doc.body)
"""
FONTS = {"en": ["Carlito", "Noto Serif CJK SC", "DejaVu Sans"], "zh-CN": ["Noto Serif CJK SC", "DejaVu Sans"]}


def typst_data(document: Document) -> str:
    """What the template is given, as JSON."""
    return json.dumps(
        {
            "title": document.title,
            "lang": document.lang[:2],
            "landscape": document.landscape,
            "fonts": FONTS[document.lang],
            "first_head": list(_blocks(document.first_head)),
            "head": list(_blocks(document.head)),
            "foot": list(_blocks(document.foot)),
            "body": list(_blocks(document.body)),
        },
        ensure_ascii=False,
    )


def typst_pdfs(every: Sequence[str]) -> Iterator[bytes]:
    """The PDF of each document's data, all by one compiler, which looks for fonts once."""
    import typst

    compiler = typst.Compiler()
    for data in every:
        made = compiler.compile(TEMPLATE.encode(), sys_inputs={"document": data}, pdf_standards=["a-2u"], format="pdf")
        assert isinstance(made, bytes)
        yield made


def _blocks(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        match block:
            case Paragraph():
                yield {"kind": "paragraph", "content": _inlines(block.content)}
            case Heading():
                yield {"kind": "heading", "level": block.level, "content": _inlines(block.content)}
            case Listing():
                kind = "numbers" if block.ordered else "bullets"
                yield {"kind": kind, "items": [list(_blocks(item)) for item in block.items]}
            case Table():
                yield {
                    "kind": "table",
                    "caption": _inlines(block.caption),
                    "columns": [column.width for column in block.columns],
                    "head": [[_cell(cell) for cell in row.cells] for row in block.head],
                    "body": [[_cell(cell) for cell in row.cells] for row in block.body],
                }
            case Rule():
                yield {"kind": "rule"}
            case Section():
                yield {"kind": "section", "blocks": list(_blocks(block.blocks))}
            case _:
                assert_never(block)


def _cell(cell: Cell) -> dict[str, Any]:
    return {"colspan": cell.colspan, "rowspan": cell.rowspan, "blocks": list(_blocks(cell.blocks))}


def _inlines(content: Sequence[Inline]) -> list[dict[str, Any]]:
    return [made for inline in content if (made := _inline(inline))]


def _inline(inline: Inline) -> dict[str, Any] | None:
    match inline:
        case Text():
            return {"kind": "text", "text": inline.text, "strong": inline.strong, "lang": inline.lang[:2]}
        case Break():
            return {"kind": "break"}
        case Field():
            return {"kind": inline.kind}
        case Picture() | Drawing():
            return None
        case _:
            assert_never(inline)
