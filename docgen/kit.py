"""What the documents of an office share: its settings, template set and company, and what is prepared of them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date
from functools import cached_property
from importlib.metadata import version
from typing import Any

from docgen import __version__
from docgen.company import NOBODY, Company
from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.errors import TemplateError
from docgen.layout.logo import NAME
from docgen.layout.pictures.drawing import Drawing as Sketch
from docgen.layout.pictures.drawing import Label, svg
from docgen.layout.render import renderer
from docgen.layout.sets import STANDARD, TemplateSet, load_set
from docgen.model.document import Document, Drawing, Heading, Language, Paragraph, Picture, Text, contents
from docgen.model.identity import look_hash
from docgen.model.problems import Words
from docgen.wordforms.shelf import Shelf
from docgen.writers.company_head import CompanyHead
from docgen.writers.fonts import Coverage, identity
from docgen.writers.given_docx import open_given
from docgen.writers.given_parts import GivenDocx
from docgen.writers.page_codes import Codes
from docgen.writers.pdf import PdfWriter
from docgen.writers.press import Press
from docgen.writers.rasterise import Vector, rasteriser
from docgen.writers.word import Properties, WordPackage, build_package

LANGUAGES: tuple[Language, ...] = ("en", "zh-CN")
LETTERHEAD = "letterhead.docx"
OTHER_KINDS = (".dotx", ".doc", ".docm", ".dot", ".dotm", ".odt", ".rtf")
ONLY_DOCX = Words(
    "{file}: only a .docx can be a letterhead; open it in Word and save it as letterhead.docx",
    "{file}：信笺只能是 .docx；请用 Word 打开后另存为 letterhead.docx",
)


class Kit:
    """What the documents of a run share: settings, template set, prepared packages and fonts.

    Making one costs little; each part is prepared when the first document needs it.
    """

    def __init__(
        self,
        definitions: Definitions,
        settings: Mapping[str, Any],
        templates: TemplateSet,
        company: Company = NOBODY,
        press: Press | None = None,
    ) -> None:
        self.definitions = definitions
        self.settings = settings
        self.templates = templates
        self.company = company
        self.coverage = Coverage()
        self._packages: dict[Language, WordPackage] = {}
        self.press = press or Press()
        self.rasteriser = rasteriser()
        self.shelf = Shelf(definitions, settings, templates, company, self.coverage)

    @classmethod
    def of(cls, settings: Mapping[str, Any], company: Company) -> Kit:
        """The kit of an office: forms and templates of its company, where it has some, before those that ship.

        Raises:
            DefinitionError, TemplateError: a file of the company is faulty; with its place.
        """
        templates = load_set(str(settings.get("set") or STANDARD), company.templates)
        return cls(load_definitions(company.forms), settings, templates, company)

    def under(self, settings: Mapping[str, Any]) -> Kit:
        """The same with other settings, to render with."""
        other = copy(self)
        other.settings = settings
        return other

    @cached_property
    def pdf(self) -> PdfWriter:
        return PdfWriter(self.templates, self.head.for_pdf, self.head.background, self.press)

    @cached_property
    def head(self) -> CompanyHead:
        return CompanyHead(self.company, self.templates.theme, self.settings)

    @cached_property
    def look(self) -> str:
        """The hash of all that shapes how a document looks, but for what it says."""
        theme = self.templates.theme
        parts: dict[str, str | bytes] = {
            "theme": repr(theme),
            "css": "".join(self.templates.styles),
            "docgen": __version__,
            "engine": version("weasyprint"),
            "fonts": identity(theme.fonts.pdf.families),
            **self.company.look_parts(),
            **self.head.look_parts,
        }
        if not self.has_word_code:  # only then: what an office never touched must not change its looks
            parts["word_code"] = "no"
        return look_hash(parts)

    @property
    def has_word_code(self) -> bool:
        return self.settings.get("word_code") is not False

    def warm(self) -> None:
        """Load what takes long, before processes are made that share it: templates, fonts, packages, style sheets."""
        for form in self.definitions.forms.values():
            renderer(self.templates, self.definitions, "final").compiled(form.template)
        for language in LANGUAGES:
            self.package(language)
            words = tuple(Text("☐ docgen 文档", language, strong=strong) for strong in (False, True))
            page = Document("docgen", language, False, (), (), (), (Heading(2, words), Paragraph(words)))
            self.pdf.write(page, Properties("", "", date(2026, 1, 1), "", language), Codes("", 1, "0000"))
            labels = tuple(Label(0, 9, "docgen 文档", 9, 90, bold=bold) for bold in (False, True))
            self.rasteriser.png(svg(Sketch(90, 9, labels, ()), self.templates.theme, language), 30)

    @cached_property
    def letterhead(self) -> GivenDocx | None:
        """The company's letterhead for Word.

        Raises:
            TemplateError: its file is not to be opened; the text says why.
        """
        path = self.company.file(LETTERHEAD)
        if path:
            return open_given(path, self.company.folder)
        for suffix in OTHER_KINDS:
            if self.company.file(f"letterhead{suffix}"):
                raise TemplateError(ONLY_DOCX.filled(file=f"letterhead{suffix}"))
        return None

    def package(self, language: Language) -> WordPackage:
        if language not in self._packages:
            self._packages[language] = build_package(
                self.templates.theme, language, self.letterhead, has_code=self.has_word_code
            )
        return self._packages[language]

    def pictures(self, document: Document) -> dict[str, bytes]:
        """The pictures that ``document`` shows, by name, as PNG: those of set and company, and those drawn for it.

        Raises:
            EnvironmentLacks: the engine that draws them can't be loaded.
        """
        blocks = document.first_head + document.head + document.foot + document.body
        every = (inline for content in contents(blocks) for inline in content)
        shown = list(dict.fromkeys(one for one in every if isinstance(one, Picture | Drawing)))
        drawn = {one.file: Vector(one.svg, one.width) for one in shown if isinstance(one, Drawing)}
        names = sorted({one.name for one in shown if isinstance(one, Picture)})
        own = self.head.for_word if NAME in names else {}
        found = {name: own[name] if name in own else self.templates.file(name).read_bytes() for name in names}
        return found | dict(zip(drawn, self.rasteriser.drawings(list(drawn.values())), strict=True))
