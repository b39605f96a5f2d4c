"""The flow of one document: a checked case becomes a tree, the tree Word and PDF, and both are proved alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp, context
from docgen.layout.render import renderer
from docgen.model.document import Document, Language
from docgen.model.identity import combined, content_and_parts
from docgen.model.problems import Words
from docgen.paper import FORMATS, Format, Paper
from docgen.wordforms.shelf import UNSTAMPED
from docgen.wordforms.writing import Filling
from docgen.writers.fonts import handwritten
from docgen.writers.page_codes import Codes
from docgen.writers.parity import Extent, check_parity
from docgen.writers.word import Properties, write_docx
from docgen.writers.word_code import without_words


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document: its files' bytes by format, and the hash of what it says."""

    paper: Paper
    files: Mapping[Format, bytes]
    content_hash: str


def render(paper: Paper, kit: Kit, stamp: Stamp, mode: Mode) -> Document:
    """The document tree of ``paper``."""
    language = paper.case.language
    names = context(paper.case, paper.form, paper.row, kit.settings, stamp, kit.definitions, mode)
    names["letterhead"] = kit.head.names(landscape=paper.form.landscape)
    english = language == "en" or (language == "both" and kit.settings.get("prevailing_language") == "en")
    title = paper.form.title["en" if english else "zh"]
    return renderer(kit.templates, kit.definitions, mode).render(
        paper.form.template, names, title=title, language=language, landscape=paper.form.landscape
    )


def filling(paper: Paper, kit: Kit, stamp: Stamp, mode: Mode, handwrite: bool = False) -> Filling | None:
    """The company's own Word form for ``paper``, ready to be filled; None where it has none."""
    own = kit.shelf.filling(paper.case, paper.form, paper.row, stamp, mode)
    return replace(own, by_hand=handwrite) if own else None


def drawn(paper: Paper, kit: Kit, stamp: Stamp, mode: Mode, handwrite: bool = False) -> Document:
    """The tree of ``paper`` as it is to be written; ``handwrite``: lines where no font shows a character."""
    document = render(paper, kit, stamp, mode)
    return handwritten(document, kit.coverage) if handwrite else document


def content_of(document: Document, paper: Paper, kit: Kit, mode: Mode) -> tuple[str, dict[str, str]]:
    """The hash of what ``paper`` says, and of its parts; what the company's own Word form says counts, too.

    The form is filled without number, date and notice for it: they say what a paper is called.
    """
    content, parts = content_and_parts(document)
    own = filling(paper, kit, UNSTAMPED, mode)
    return (combined(content, own.content()) if own else content), parts


def write(
    document: Document,
    kit: Kit,
    stamp: Stamp,
    made_on: date,
    formats: Sequence[Format],
    content: str,
    own: Filling | None = None,
) -> tuple[dict[Format, bytes], Extent]:
    """The files of ``document``, each read back and compared with it, and how long the PDF is.

    Args:
        content: its hash, by which the files know it, and whose beginning stands in the codes of its pages.
        own: the company's own Word form, which then is what is written.

    Raises:
        DocumentError: an engine warned, or a file does not say what the tree says.
    """
    if own:
        properties, codes = _described(document, kit, stamp, made_on, content)
        return own.write(tuple(formats), properties, codes, codes if kit.has_word_code else None)
    files, theme = unread(document, kit, stamp, made_on, formats, content), kit.templates.theme
    if "docx" in files:
        check_parity(_for_word(document, kit), theme, files["docx"], None, package=kit.package(document.lang))
    if "pdf" not in files:
        return files, Extent()
    return files, check_parity(document, theme, None, files["pdf"], background=kit.head.background)


def unread(
    document: Document, kit: Kit, stamp: Stamp, made_on: date, formats: Sequence[Format], content: str
) -> dict[Format, bytes]:
    """The same files as the writers made them: nobody has read them back yet."""
    properties, codes = _described(document, kit, stamp, made_on, content)
    files: dict[Format, bytes] = {}
    if "docx" in formats:
        package, on_word = kit.package(document.lang), codes if kit.has_word_code else None
        files["docx"] = write_docx(_for_word(document, kit), package, properties, kit.pictures(document), on_word)
    if "pdf" in formats:
        files["pdf"] = kit.pdf.write(document, properties, codes)
    return files


def _described(
    document: Document, kit: Kit, stamp: Stamp, made_on: date, content: str
) -> tuple[Properties, Codes | None]:
    """What the files of ``document`` say of themselves, and what the codes of its pages say; a draft has none."""
    properties = Properties(
        title=" ".join(filter(None, (document.title, stamp.number))),
        author=author(kit.settings, document.lang),
        created=stamp.issued or made_on,
        identifier=content,
        language=document.lang,
        number=stamp.number,
    )
    return properties, Codes(stamp.number, stamp.revision, content) if stamp.number else None


def _for_word(document: Document, kit: Kit) -> Document:
    """``document`` as its Word file says it: the head of a letterhead, no words on codes where there are none."""
    return kit.package(document.lang).of(document if kit.has_word_code else without_words(document))


def make(
    paper: Paper,
    kit: Kit,
    *,
    issued: date,
    formats: Sequence[Format] = FORMATS,
    mode: Mode = "final",
    handwrite: bool = False,
) -> Made:
    """Make one document, as the first revision: a pure function of case, settings, set, fonts and date.

    Args:
        issued: the printed date, where the data give none.
        mode: ``draft`` prints gaps in red, ``blank`` as lines to write on; both carry no number.
        handwrite: print a line for each character that no font can show.

    Raises:
        TemplateError: the template is faulty.
        DocumentError: an engine warned, or a file does not say what the tree says.
    """
    final = mode == "final"
    stamp = Stamp(paper.number if final else "", 1, (paper.printed_date or issued) if final else None)
    document = drawn(paper, kit, stamp, mode, handwrite)
    content, _ = content_of(document, paper, kit, mode)
    files, _ = write(document, kit, stamp, issued, formats, content, filling(paper, kit, stamp, mode, handwrite))
    return Made(paper, files, content)


def author(settings: Mapping[str, Any], language: Language) -> str:
    company = settings.get("company_name") or ""
    return company["en" if language == "en" else "zh"] if isinstance(company, Words) else str(company)
