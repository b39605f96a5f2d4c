"""Write the document tree as PDF/A with WeasyPrint."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docgen.errors import DocumentError
from docgen.layout.first_page import Opening, opening_of
from docgen.layout.inlines import DRAWN
from docgen.layout.sets import TemplateSet
from docgen.layout.stylesheet import stylesheet
from docgen.model.document import Document, drawings
from docgen.model.letterhead import without_letterhead
from docgen.model.problems import Words
from docgen.writers.background import Background, laid_under
from docgen.writers.engine import Warnings, drawing, page, shut_fetcher
from docgen.writers.html import RIGID, Give, write_html
from docgen.writers.opened import finish
from docgen.writers.page_codes import Codes, draw
from docgen.writers.pdf_pieces import faults, in_fields, lost, pieces_of
from docgen.writers.press import Press
from docgen.writers.properties import Properties

BASE = "http://assets.docgen.invalid/"
VARIANT = "pdf/a-2u"
PNG = b"\x89PNG"
STUMBLES = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the engine raises where a style sheet asks of it what it can't do."""
STOPPED = Words(
    "{title}: the PDF engine can't lay this out ({what}); take back what print.css or theme.yaml last changed",
    "{title}：PDF 引擎无法排版（{what}）；请撤销 print.css 或 theme.yaml 的最近改动",
)
WARNED = Words("{title}: the PDF engine warned: {told}", "{title}：PDF引擎报告问题（{told}）")
NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


class PdfWriter:
    """Writes PDFs of one template set.

    Args:
        press: taken over from another writer, in place of one of its own.

    Raises:
        EnvironmentLacks: WeasyPrint or Pango can't be loaded.
    """

    def __init__(
        self,
        templates: TemplateSet,
        pictures: Mapping[str, bytes] = NO_PICTURES,
        background: Background | None = None,
        press: Press | None = None,
    ) -> None:
        self._press = press or Press()
        self._fonts = self._press.fonts
        self._templates = templates
        self._background = background
        self._styles: dict[tuple[str, bool, Opening], list[Any]] = {}
        self._fetcher = _closed_fetcher(templates, pictures)
        self._images: dict[str, Any] = {}

    def write(self, document: Document, properties: Properties, codes: Codes | None = None) -> bytes:
        """Lay out ``document`` and return the PDF's bytes; the same for the same tree, codes, theme and versions.

        Args:
            codes: what the codes of its pages say; without, it has none.

        Raises:
            DocumentError: WeasyPrint warned of anything, a missing glyph among them, or a file was refused to it; text
                would be printed over other text or where a code goes, or be cut off.
        """
        from weasyprint.urls import FatalURLFetchingError

        try:
            return self._written(document, properties, codes)
        except DocumentError:
            self._images.clear()  # it also remembers what could not be read, and would not warn again
            raise
        except FatalURLFetchingError as error:  # no Exception: it would end the run
            raise DocumentError(WARNED.filled(title=document.title, told=error)) from error

    def _written(self, document: Document, properties: Properties, codes: Codes | None) -> bytes:
        def finished(_: Any, pdf: Any) -> None:
            finish(pdf)
            if codes:
                draw(pdf, codes, self._templates.theme.code_field)

        opening = opening_of(document, has_background=self._background is not None)
        if opening == "background":
            document = without_letterhead(document)
        styles = self._style_sheets(document.lang, document.landscape, opening)
        pictures = self._drawn(document)
        with Warnings() as warnings, self._beside(pictures):
            laid_out = self._settled(document, styles, coded=codes is not None)
            _describe(laid_out.metadata, properties)
            laid_out.fonts = self._press.opened()
            made: bytes = laid_out.write_pdf(
                pdf_variant=VARIANT,
                pdf_tags=True,
                pdf_identifier=properties.identifier.encode(),
                custom_metadata=False,
                finisher=finished,
            )
        missing = sorted({glyph for font in laid_out.fonts.values() for glyph in getattr(font, "missing", ())})
        if missing or warnings.messages:
            told = "; ".join(warnings.messages or [f"no glyph: {missing}"])
            raise DocumentError(WARNED.filled(title=document.title, told=told))
        return laid_under(made, self._background) if self._background and opening == "background" else made

    def _drawn(self, document: Document) -> dict[str, Any]:
        """The pictures drawn for ``document``, as the engine takes them, by their addresses."""
        shut = shut_fetcher("a drawing may use nothing but what it holds itself")
        return {DRAWN + one.name: drawing(one.svg, one.name, self._fonts, shut) for one in drawings(document.body)}

    @contextmanager
    def _beside(self, pictures: dict[str, Any]) -> Iterator[None]:
        """Pictures of one document among those of the set, which are kept."""
        self._images |= pictures
        try:
            yield
        finally:
            for name in pictures:
                self._images.pop(name, None)

    def _settled(self, document: Document, styles: Any, *, coded: bool) -> Any:
        """The first layout that shows all text.

        The engine loses some in rows that fit on no page, and lets what may not break run over all else.
        """
        give: Give | None = None
        more = RIGID
        while more != give:
            give = more
            laid_out = self._laid_out(document, styles, give)
            pieces = pieces_of(laid_out)
            in_the_way = in_fields(pieces, laid_out, self._templates.theme.code_field) if coded else ()
            found = [*faults(pieces), *in_the_way]
            hidden = frozenset[str]().union(*(one.tables for one in found))
            more = give.more(lost=lost(pieces, document, self._templates.theme), hidden=hidden)
        if found:
            fault = found[0].words
            raise DocumentError(Words(f"{document.title}: {fault.en}", f"{document.title}：{fault.zh}"))
        return laid_out

    def _laid_out(self, document: Document, styles: Any, give: Give) -> Any:
        source = write_html(document, self._templates.theme, give)
        try:
            return page(source, BASE, self._fetcher).render(
                font_config=self._fonts, stylesheets=styles, cache=self._images, pdf_variant=VARIANT, pdf_tags=True
            )
        except STUMBLES as error:
            stopped = STOPPED.filled(title=document.title, what=type(error).__name__)
            raise DocumentError(stopped) from error

    def _style_sheets(self, language: str, landscape: bool, opening: Opening) -> list[Any]:
        key = (language, landscape, opening)
        if key not in self._styles:
            theme = self._templates.theme
            base, *own = self._templates.styles
            base += stylesheet(theme, language, landscape=landscape, opening=opening)
            self._styles[key] = [self._press.sheet(text, BASE, self._fetcher) for text in (base, *own)]
        return self._styles[key]


def _describe(metadata: Any, properties: Properties) -> None:
    metadata.title = properties.title
    metadata.authors = [properties.author] if properties.author else []
    metadata.created = metadata.modified = properties.created.isoformat()
    metadata.generator = f"docgen {properties.version}"


def _closed_fetcher(templates: TemplateSet, pictures: Mapping[str, bytes]) -> Any:
    """A fetcher that serves ``pictures`` and files of the set's folders by plain names, and nothing else on earth."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    folders = [folder.resolve() for folder in templates.folders]

    class ClosedFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            name = url.removeprefix(BASE)
            if url.startswith(BASE):
                if known := pictures.get(name):
                    kind = "image/png" if known.startswith(PNG) else "image/svg+xml"
                    return URLFetcherResponse(url, known, {"Content-Type": kind})
                for folder in folders:
                    path = (folder / name).resolve()
                    if path.is_file() and folder in path.parents:
                        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _kind(path)})
            raise FatalURLFetchingError(f"{url}: a document may only use files of its template set")

    return ClosedFetcher(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)


def _kind(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
