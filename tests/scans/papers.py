"""Papers before anybody signs them: plain ones that are drawn in a moment, and any page of a PDF as a picture."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO

import pypdfium2
import segno
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

from docgen.layout.sets import load_set
from docgen.layout.theme import CodeField
from docgen.model.page_code import page_code
from docgen.writers.page_codes import MASK

A4, ACROSS = (210.0, 297.0), (297.0, 210.0)
"""Width and height of a page, in millimetres."""
POINTS = 72 / 25.4
CODE_SIDE, QUIET = 15.0, 4
"""Millimetres of a code, and modules of white around it."""
KEPT_PICTURES = 40
WORDS = (
    *("target", "review", "supervisor", "agreed", "by the end of", "the report", "improves", "support", "month"),
    *("weekly", "customer", "on time", "complaints", "quality", "first-pass yield", "training", "measure", "result"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """A revision of a document as it was printed; ``content``: its content hash. Each is one of its kind, so that
    pictures of its pages can be kept."""

    number: str
    revision: int
    content: str
    pdf: bytes
    pages: int

    def code(self, page: int) -> str:
        return str(page_code(self.number, self.revision, page, self.pages, self.content))


@dataclass(frozen=True, slots=True)
class Mark:
    """A QR code on a page: its left upper corner from that of the page, and its side, in millimetres."""

    text: str
    left: float
    top: float
    side: float = CODE_SIDE


@lru_cache(maxsize=KEPT_PICTURES)
def picture(paper: Paper, page: int, dpi: int) -> Image.Image:
    """A page (from 1) as a printer puts it on paper, in shades of grey; not to be changed."""
    document = pypdfium2.PdfDocument(paper.pdf)
    try:
        found: Image.Image = document[page - 1].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        return found
    finally:
        document.close()


def plain_paper(number: str, revision: int, pages: int, content: str, size: tuple[float, float] = A4) -> Paper:
    """A paper with codes where docgen prints them, and lines of text."""
    codes = [str(page_code(number, revision, page, pages, content)) for page in range(1, pages + 1)]
    drawn = plain_pdf([placed(code, code, size) for code in codes], number, size)
    return Paper(number, revision, content, drawn, pages)


def placed(upper: str, lower: str, size: tuple[float, float] = A4) -> list[Mark]:
    """The two codes of a page, in the middle of their fields; '' for none."""
    field = code_field()
    quiet = (field.size - CODE_SIDE) / 2
    left = size[0] - field.from_side - field.size + quiet
    bottom = size[1] - field.from_edge - field.size + quiet
    found = ((upper, field.from_edge + quiet), (lower, bottom))
    return [Mark(text, left, top) for text, top in found if text]


@cache
def code_field() -> CodeField:
    return load_set().theme.code_field


def plain_pdf(pages: Sequence[Sequence[Mark]], seed: str, size: tuple[float, float] = A4) -> bytes:
    """A PDF with a page of invented text for each list of marks; the last one has lines to sign on."""
    seeded = random.Random(seed)
    target = BytesIO()
    with Pdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number, marks in enumerate(pages, start=1):
            pdf.add_blank_page(page_size=(size[0] * POINTS, size[1] * POINTS))
            page = pdf.pages[-1]
            page.Resources = Dictionary(Font=Dictionary(F1=font))
            lines = [*_text(seeded, seed, number, size), *(_rules(size) if number == len(pages) else ())]
            lines += [line for mark in marks for line in _squares(mark, size[1])]
            page.Contents = pdf.make_stream("\n".join(lines).encode("ascii"))
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _text(seeded: random.Random, title: str, page: int, size: tuple[float, float]) -> Iterator[str]:
    height = size[1] * POINTS
    yield f"BT /F1 15 Tf 57 {height - 90:.0f} Td ({title}, page {page}) Tj ET"
    down = height - 120
    while down > 190:
        words = " ".join(seeded.choice(WORDS) for _ in range(seeded.randint(4, 11)))
        yield f"BT /F1 10 Tf 57 {down:.0f} Td ({words}) Tj ET"
        down -= seeded.choice((14, 14, 14, 24))


def _rules(size: tuple[float, float]) -> Iterator[str]:
    for at, who in enumerate(("Employee", "Supervisor", "Human Resources")):
        down = 150 - 28 * at
        yield f"BT /F1 9 Tf 57 {down} Td ({who}) Tj ET 150 {down} 180 0.5 re f"


@lru_cache(maxsize=4)
def _modules(text: str) -> tuple[bytearray, ...]:
    """Of a code in the pattern in which docgen prints it; to look for the fairest of all eight takes long."""
    return segno.make(text, error="q", micro=False, boost_error=False, mask=MASK).matrix


def _squares(mark: Mark, height: float) -> Iterator[str]:
    """White with its quiet zone, as of a sticker; then the dark modules, those of a row that touch as one rectangle."""
    matrix = _modules(mark.text)
    module = mark.side / len(matrix)
    quiet, whole = QUIET * module, mark.side + 2 * QUIET * module
    yield f"1 g {_box(mark.left - quiet, height - mark.top - mark.side - quiet, whole, whole)} 0 g"
    for at, row in enumerate(matrix):
        bottom = height - mark.top - (at + 1) * module
        start = 0
        for end in range(1, len(row) + 1):
            if end < len(row) and row[end] == row[start]:
                continue
            if row[start]:
                yield _box(mark.left + start * module, bottom, (end - start) * module, module)
            start = end


def _box(left: float, bottom: float, width: float, height: float) -> str:
    """A filled rectangle; lengths in millimetres."""
    return " ".join(f"{length * POINTS:.3f}" for length in (left, bottom, width, height)) + " re f"
