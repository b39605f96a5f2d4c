"""A print of a document with the fonts that Word shows it in, as far as they are here: its columns may lack room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from docgen.checking.specimens import TODAY
from docgen.errors import DocumentError
from docgen.kit import Kit
from docgen.layout.first_page import opening_of
from docgen.layout.sets import STANDARD, load_set
from docgen.layout.theme import Faces, Fonts
from docgen.model.document import Document
from docgen.proofs.broken_words import broken_words
from docgen.proofs.tree_faults import Fault
from docgen.writers.fonts import identity
from docgen.writers.letterhead_look import in_look_of
from docgen.writers.pdf import PdfWriter
from docgen.writers.properties import Properties


@dataclass(frozen=True)
class WordPrint:
    """Prints for Word's fonts with one kit."""

    kit: Kit

    def faults(self, document: Document) -> Iterator[Fault]:
        """The words that Word's fonts cut in columns; none where they are those that ship, or are not here."""
        faces = self._fonts.of(document.lang)
        if faces == self.kit.templates.theme.fonts.pdf.of(document.lang):
            return
        try:
            pdf = self._writer.write(document, Properties("", "", TODAY, "", document.lang))
        except DocumentError:  # what Word does with a text that has no room is another matter
            return
        opening = opening_of(document, has_background=False)
        font = " / ".join(dict.fromkeys((faces.body.latin, faces.heading.latin)))
        yield from broken_words(document, self.kit.templates.theme, pdf, opening, font)

    @cached_property
    def _writer(self) -> PdfWriter:
        """What a company's print.css says is for PDF alone."""
        templates = self.kit.templates
        theme = replace(templates.theme, fonts=replace(templates.theme.fonts, pdf=self._fonts))
        return PdfWriter(replace(templates, theme=theme, styles=templates.styles[:1]), self.kit.head.for_pdf)

    @cached_property
    def _fonts(self) -> Fonts:
        """The PDF's fonts, and in the place of those for Latin letters Word's, the letterhead's before the theme's."""
        theme, letterhead = self.kit.templates.theme, self.kit.letterhead
        word = (in_look_of(letterhead, theme) if letterhead else theme).fonts.word
        usual = load_set(STANDARD).theme.fonts.word
        en, zh = (_faces(theme.fonts.pdf.of(one), word.of(one), usual.of(one)) for one in ("en", "zh"))
        return replace(theme.fonts.pdf, en=en, zh=zh)


def _faces(pdf: Faces, word: Faces, usual: Faces) -> Faces:
    def latin(printed: str, shown: str, shipped: str) -> str:
        return shown if shown != shipped and shown.casefold() in identity([shown]).casefold() else printed

    body = replace(pdf.body, latin=latin(pdf.body.latin, word.body.latin, usual.body.latin))
    heading = replace(pdf.heading, latin=latin(pdf.heading.latin, word.heading.latin, usual.heading.latin))
    return replace(pdf, body=body, heading=heading)
