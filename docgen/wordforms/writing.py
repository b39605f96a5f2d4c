"""The third writer: a company's own Word form, filled for one document, as Word and as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

from jinja2 import Environment
from lxml import etree

from docgen.definitions.definition import Definitions, Form
from docgen.layout.context import Mode
from docgen.layout.render import renderer
from docgen.layout.sets import TemplateSet
from docgen.layout.theme import Theme
from docgen.model.document import Language, Written
from docgen.model.identity import printed_paper_id
from docgen.wordforms.drawings import drawings_of
from docgen.wordforms.environment import Kept, form_environment
from docgen.wordforms.faults import WordFormError, fault
from docgen.wordforms.filling import filled, said
from docgen.wordforms.finishing import packed, trees_of, write_by_hand
from docgen.wordforms.form import WHOLE, WordForm, refuse_faulty, review
from docgen.wordforms.gallery import Files, Gallery
from docgen.wordforms.heads import with_codes
from docgen.wordforms.libreoffice import libreoffice
from docgen.wordforms.names import names_of
from docgen.wordforms.pdf import check_pdf, finished, refuse_unshown
from docgen.wordforms.reading import check_word, lines_of
from docgen.wordforms.values import DRAWING, OWN, at_top
from docgen.writers.comparison import bare
from docgen.writers.fonts import Coverage
from docgen.writers.page_codes import Codes
from docgen.writers.parity import Extent
from docgen.writers.properties import Properties

Format = Literal["docx", "pdf"]


def _language(properties: Properties) -> Language:
    return "en" if properties.language == "en" else "zh-CN"


class FormWriter:
    """Fills one Word form for documents of a language; what it compiled is kept between them.

    Raises:
        WordFormError: the form has faults; all of them.
    """

    def __init__(
        self,
        read: WordForm,
        form: Form,
        definitions: Definitions,
        templates: TemplateSet,
        files: Files,
        coverage: Coverage,
        mode: Mode,
        languages: tuple[Written, Written | None],
    ) -> None:
        refuse_faulty(read, review(read, form, definitions, templates))
        self.read = read
        self.known = names_of(form, definitions)
        self.templates = templates
        self.theme: Theme = templates.theme
        self.gallery = Gallery(files, drawings_of(form, definitions), renderer(templates, definitions, mode))
        self.coverage = coverage
        self.languages = languages
        self.made: Environment = form_environment(templates, definitions, mode, *languages)
        self.kept = Kept(self.made)

    def filling(self, names: Mapping[str, Any]) -> Filling:
        """The form to be filled with the names of layout/context.py."""
        first, second = self.languages
        return Filling(self, at_top({**names, "first": first, "second": second}, self.known))


@dataclass(frozen=True, slots=True)
class Filling:
    """A form and what it is to be filled with; ``by_hand``: lines stand for characters that no font can show."""

    writer: FormWriter
    names: Mapping[str, Any]
    by_hand: bool = False

    def content(self) -> str:
        """SHA-256 of what the filled form says; call it with names that hold no number and no date of issue."""
        told = said(self.writer.read, self.names, self.writer.made, self.writer.gallery)
        return sha256(
            "\n".join(bare(OWN.sub("", DRAWING.sub(r"\2", one))) for one in told.values()).encode()
        ).hexdigest()

    def write(
        self, formats: tuple[Format, ...], properties: Properties, codes: Codes | None, on_word: Codes | None
    ) -> tuple[dict[Format, bytes], Extent]:
        """The files, read back.

        Args:
            codes, on_word: what the codes of the PDF's and of the Word file's pages say; None: they have none.

        Raises:
            TemplateError: the form can't be filled.
            DocumentError: a file does not say what it should.
            EnvironmentLacks: docxtpl is not there; LibreOffice is not, and a PDF was asked for.
        """
        writer, read = self.writer, self.writer.read
        gallery = replace(writer.gallery, by_hand=writer.coverage if self.by_hand else None)
        told = said(read, self.names, writer.made, gallery)
        self._refuse_without_number(told)
        parts = filled(read, self.names, writer.kept, gallery)
        trees = trees_of(parts, tuple(part.name for part in read.parts), read.name)
        check_word(read, trees, told)
        if self.by_hand:
            write_by_hand(trees, writer.coverage)
        files: dict[Format, bytes] = {}
        extent = Extent()
        if "docx" in formats:
            files["docx"] = self._word(parts, trees, properties, on_word)
        if "pdf" in formats:
            every = [line for name in trees for line in lines_of(read, name, trees[name])]
            refuse_unshown(every, writer.coverage, read.name)
            plain = packed(parts, trees, properties, _language(properties))
            files["pdf"] = finished(libreoffice().pdf(plain), properties, codes, writer.theme, read.name)
            shown = [
                one.name for one in read.parts if one.is_first or "footnotes" in one.name
            ]  # other heads may not be
            lines = [line for name in shown for line in lines_of(read, name, trees[name])]
            extent = Extent(check_pdf(files["pdf"], lines, read.name))
        return files, extent

    def _refuse_without_number(self, told: Mapping[str, str]) -> None:
        """A form may print its number on a condition that doesn't hold."""
        number = str(self.names["number"])
        first = {part.name for part in self.writer.read.parts if part.is_first}
        whole = bare("".join(text for name, text in told.items() if name in first))
        if number and not any(bare(one) in whole for one in (number, printed_paper_id(number))):
            raise WordFormError(self.writer.read.name, [fault("no_number", WHOLE)])

    def _word(
        self,
        parts: dict[str, bytes],
        trees: dict[str, etree._Element],
        properties: Properties,
        codes: Codes | None,
    ) -> bytes:
        read = self.writer.read
        if codes:
            main = read.given.main
            parts, trees = with_codes(parts, trees, main, codes, self.writer.theme, _language(properties))
        return packed(parts, trees, properties, _language(properties))
