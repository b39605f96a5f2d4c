"""What the finished pages show: a signature block, a heading or a table's head left alone, and too many pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from docgen.layout.first_page import Opening, first_page, opening_of
from docgen.layout.sets import STANDARD, load_set
from docgen.layout.theme import Theme
from docgen.model.document import (
    Block,
    Document,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Rule,
    Section,
    Table,
    drawings,
    lines,
    plain,
)
from docgen.model.letterhead import without_letterhead
from docgen.model.problems import Severity, Words
from docgen.proofs.broken_words import SAME_LINE, broken_words
from docgen.proofs.tree_faults import Fault, is_signed, quoted, written_on
from docgen.writers.background import Background, taken_off
from docgen.writers.comparison import drawn
from docgen.writers.markers import marker_of
from docgen.writers.pdf_text import POINTS, SLACK, page_texts, sheets

LEAST_LINES = 2
"""Lines of text that stand before the signatures on their page."""

ALONE = Words(
    "the signature block stands on page {page} of {pages}; {lines} of {least} lines needed before it are there.",
    "签字栏位于第 {page} 页（共 {pages} 页），其前仅有 {lines} 行正文，至少应有 {least} 行。",
)
ALONE_FIX = Words(
    "Wrap it and the paragraph before it in <section class='keep'>.",
    "请将签字栏与其前一段落一并放入 <section class='keep'>。",
)
PARTED = Words("the signature block is parted by the end of page {page}.", "签字栏在第 {page} 页末被分开。")
PARTED_FIX = Words("Wrap all of it in one <section class='keep'>.", "请把整个签字栏放入一个 <section class='keep'>。")
LONE_HEADING = Words("the heading {text} stands alone at the end of page {page}.", "标题{text}单独留在第 {page} 页末。")
LONE_CAPTION = Words(
    "the title {text} of a table stands alone at the end of page {page}.", "表题{text}单独留在第 {page} 页末。"
)
LONE_HEADING_FIX = Words(
    "Let it keep with what follows: keep_with_next in theme.yaml, break-after: avoid in print.css.",
    "请使其与下文同页：theme.yaml 的 keep_with_next，或 print.css 的 break-after: avoid。",
)
LONE_HEAD = Words(
    "the head of the table {text} stands at the end of page {page} without a row.",
    "表头{text}留在第 {page} 页末，其下没有任何行。",
)
LONE_HEAD_FIX = Words(
    "Let thead keep with the first row (break-after: avoid).", "请使 thead 与首行同页（break-after: avoid）。"
)
BLANK = Words("page {page} of {pages} is blank.", "第 {page} 页（共 {pages} 页）为空白页。")
BLANK_FIX = Words(
    "Take out what makes it: break-before or break-after in print.css, an empty section or paragraph.",
    "请去掉其原因：print.css 中的 break-before 或 break-after、空的 section 或段落。",
)
TOO_LONG = Words(
    "the {kind} case fills {pages} pages; {most} are the most that the form allows (pages in {form}).",
    "“{kind}”个案占 {pages} 页，超过该表单允许的 {most} 页（见 {form} 的 pages）。",
)
TOO_LONG_FIX = Words(
    "Shorten the wording or the template, or allow more pages there.", "请精简文字或模板，或在该处放宽页数。"
)


@dataclass(frozen=True, slots=True)
class Landmark:
    """Something that must not be left alone: its kind, and where its drawn text begins and ends in the body's."""

    kind: str
    start: int
    end: int
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Break:
    """The begin of a page but the first: how much of the body's drawn text stands before it."""

    page: int
    at: int


def page_faults(
    document: Document, theme: Theme, pdf: bytes, background: Background | None = None, *, tame: bool = True
) -> tuple[int, list[Fault]]:
    """The number of pages of ``pdf``, which says what ``document`` does, and what stands wrongly on them.

    ``background``: the letterhead that lies under the first page; its words are none of the document's. ``tame``:
    whether the data hold no words that no column could have room for.
    """
    opening = opening_of(document, has_background=background is not None)
    if background and opening == "background":
        document, pdf = without_letterhead(document), taken_off(pdf, background)
    pages = list(page_texts(pdf, theme, opening))
    marks = list(landmarks(document, theme))
    breaks = page_breaks([page.body for page in pages], marks)
    found = [*left_alone(marks, breaks), *_signed(marks, breaks, len(pages), pdf, theme, opening)]
    if not drawings(document.body) and not written_on(document.body):
        found += _blank([page.body for page in pages], document)
    if tame:
        found += broken_words(document, theme, pdf, opening)
    return len(pages), found


def growth(theme: Theme) -> float:
    """How many times the pages a document may fill under ``theme``: a form's limits are for the standard sizes."""
    usual = load_set(STANDARD).theme.sizes
    return max(1.0, (theme.sizes["body"] / usual["body"]) ** 2)


def landmarks(document: Document, theme: Theme) -> Iterator[Landmark]:
    """Headings, captions, table heads and the block of signatures, in the order of the text (see writers/printed)."""
    at = 0
    found: list[Landmark] = []

    def said(text: str) -> None:
        nonlocal at
        at += len(drawn(text))

    def mark(kind: str, start: int, text: str, place: str) -> None:
        found.append(Landmark(kind, start, at, " ".join(text.split()), place))

    def walk(
        blocks: Sequence[Block], depth: int, lead: str = "", in_cell: bool = False, after: Block | None = None
    ) -> None:
        for block, following in zip(blocks, (*blocks[1:], after), strict=False):
            start = at
            match block:
                case Heading():
                    said(lead + plain(block.content))
                    if following is None or any(text.strip() for text in lines((following,))):  # no lines for a hand
                        mark("heading", start, plain(block.content), block.place)
                case Paragraph():
                    said(lead + plain(block.content))
                case Listing():
                    for number, item in enumerate(block.items, 1):
                        sign = marker_of(block, theme, document.lang, depth, number)
                        led = bool(item) and isinstance(item[0], Paragraph | Heading)
                        if not led:
                            said(sign)
                        walk(item, depth + 1, sign if led else "", in_cell)
                case Section():
                    walk(block.blocks, depth, "", in_cell)
                case Table():
                    table(block, in_cell)
                case Rule():
                    pass
                case _:
                    assert_never(block)
            lead = ""

    def table(block: Table, in_cell: bool) -> None:
        start = at
        said(plain(block.caption))
        if block.caption and not in_cell:
            mark("caption", start, plain(block.caption), block.place)
        start = at
        for row in block.head:
            for cell in row.cells:
                walk(cell.blocks, 0, "", True)
        if block.head and block.body and not in_cell:
            head = " ".join(
                plain(content) for row in block.head for cell in row.cells for content in _first(cell.blocks)
            )
            mark("head", start, head, block.place)
        for row in block.body:
            for cell in row.cells:
                walk(cell.blocks, 0, "", True)

    signed: list[tuple[int, int, str]] = []
    for block, following in zip(document.body, (*document.body[1:], None), strict=False):
        start = at
        walk((block,), 0, after=following)
        if is_signed(block):
            if signed and signed[-1][1] == start:
                start, place = signed[-1][0], signed[-1][2]
                signed[-1] = (start, at, place)
            else:
                signed.append((start, at, getattr(block, "place", "")))
    if signed:
        found.append(Landmark("signatures", signed[-1][0], signed[-1][1], "", signed[-1][2]))
    yield from found


def _first(blocks: Sequence[Block]) -> Iterator[tuple[Inline, ...]]:
    return (block.content for block in blocks if isinstance(block, Paragraph | Heading))


def _blank(bodies: Sequence[str], document: Document) -> Iterator[Fault]:
    place = next((place for block in reversed(document.body) if (place := getattr(block, "place", ""))), "")
    for number, body in enumerate(bodies, 1):
        if not drawn(body):
            yield Fault(
                place, "blank-page", Severity.ERROR, BLANK.filled(page=number, pages=len(bodies)), BLANK_FIX, "blank"
            )


def page_breaks(bodies: Sequence[str], marks: Sequence[Landmark]) -> list[Break]:
    """Where each page but the first begins in the body's drawn text; ``bodies``: what each page says of it.

    A table's head is printed once more where its rows go on, and is no text of the body there.
    """
    heads = [drawn(mark.text) for mark in marks if mark.kind == "head"]
    breaks: list[Break] = []
    at = 0
    for number, body in enumerate(map(drawn, bodies), 1):
        if number > 1:
            breaks.append(Break(number, at))
            starts = {mark.start for mark in marks if mark.kind == "head"}
            again = next((head for head in heads if head and body.startswith(head)), "")
            if again and at not in starts:
                body = body[len(again) :]
        at += len(body)
    return breaks


LONE: dict[str, tuple[Words, Words, str]] = {
    "heading": (LONE_HEADING, LONE_HEADING_FIX, "lone-heading"),
    "caption": (LONE_CAPTION, LONE_HEADING_FIX, "lone-heading"),
    "head": (LONE_HEAD, LONE_HEAD_FIX, "lone-table-head"),
}


def left_alone(marks: Sequence[Landmark], breaks: Sequence[Break]) -> Iterator[Fault]:
    """What ends a page although it heads what follows."""
    for page in breaks:
        for mark in marks:
            if mark.kind in LONE and mark.start < mark.end == page.at:
                said, fix, code = LONE[mark.kind]
                message = said.filled(text=quoted(mark.text), page=page.page - 1)
                yield Fault(mark.place, code, Severity.ERROR, message, fix, cause=mark.kind)


def _signed(
    marks: Sequence[Landmark], breaks: Sequence[Break], pages: int, pdf: bytes, theme: Theme, opening: Opening
) -> Iterator[Fault]:
    for mark in marks:
        if mark.kind != "signatures":
            continue
        for page in breaks:
            if mark.start < page.at < mark.end:
                yield Fault(
                    mark.place,
                    "parted-signatures",
                    Severity.ERROR,
                    PARTED.filled(page=page.page - 1),
                    PARTED_FIX,
                    "signed",
                )
        begun = [page for page in breaks if page.at <= mark.start]
        if begun and (lines := _lines(pdf, theme, opening, begun[-1].page, mark.start - begun[-1].at)) < LEAST_LINES:
            message = ALONE.filled(page=begun[-1].page, pages=pages, lines=lines, least=LEAST_LINES)
            yield Fault(mark.place, "lonely-signatures", Severity.ERROR, message, ALONE_FIX, "signed")


def _lines(pdf: bytes, theme: Theme, opening: Opening, page: int, length: int) -> int:
    """How many lines the first ``length`` drawn characters of a page's body take."""
    sheet = sheets(pdf)[page - 1]
    room = first_page(theme, opening if page == 1 else "plain")
    low, high = (room.bottom - SLACK) * POINTS, sheet.height - (room.top - SLACK) * POINTS
    seen, bases = 0, list[float]()
    for piece in sheet.pieces:
        if seen >= length:
            break
        if low <= (piece.bottom + piece.top) / 2 <= high and (text := drawn(piece.text)):
            seen += len(text)
            if not any(abs(base - piece.bottom) < SAME_LINE for base in bases):
                bases.append(piece.bottom)
    return len(bases)
