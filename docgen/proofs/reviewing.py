"""Review a company's files before anything is made with them: what can be told without a case, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from docgen.checking.specimens import TODAY
from docgen.company import Company, find_settings
from docgen.definitions.definition import Definitions
from docgen.definitions.load import read_definitions
from docgen.errors import DefinitionError, DocumentError, TemplateError
from docgen.generate import LANGUAGES, Kit
from docgen.layout.review import review_set
from docgen.layout.sets import STANDARD, load_set
from docgen.model.document import Document, Paragraph, Text
from docgen.model.problems import Severity
from docgen.proofs.finding import MEND, Finding, Shelf, by_cause
from docgen.resources import shipped
from docgen.sources.settings import read_settings
from docgen.writers.properties import Properties

STYLES = "print.css"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A company's files as far as they could be opened; ``kit`` None: no document can be made with them."""

    shelf: Shelf
    findings: tuple[Finding, ...]
    kit: Kit | None = None
    chosen: str = ""


def review(company: Company, chosen: str = "") -> Reviewed:
    """Open the company's files, and tell what is wrong in them that can be told without a case.

    Raises: as ``opened``.
    """
    seen = opened(company, chosen)
    if seen.kit is None:
        return seen
    return replace(seen, findings=_told(chain(_static(seen.kit, seen.shelf), _styled(seen.kit, seen.shelf))))


def opened(company: Company, chosen: str = "", before: Reviewed | None = None) -> Reviewed:
    """Open forms, settings, templates, wording and theme of ``company``; what keeps them from being opened is found.

    Nothing is kept from an earlier time: a file changed since is read anew. ``before``: the last opening, whose
    definitions hold where no file of ``forms/`` has changed since.

    Args:
        chosen: another set than that of the settings.

    Raises:
        UsageError: there is no such set, or a file of the company is a link that leads out of its folder.
    """
    forms = (*company.forms, shipped("forms"))
    shelf = Shelf(company.folder, (*company.templates, *forms))
    try:
        definitions = (before and before.kit and before.kit.definitions) or read_definitions(forms)
    except DefinitionError as error:
        return Reviewed(shelf, _told(shelf.each(error.words, "definition", MEND, "forms")))
    definitions = replace(definitions, folders=company.forms)
    settings = settings_of(company, definitions)
    name = chosen or str(settings.get("set") or STANDARD)
    sets = dict.fromkeys((shipped("templates") / name, shipped("templates") / STANDARD))
    shelf = Shelf(company.folder, (*company.templates, *sets, *forms))
    try:
        templates = load_set(name, company.templates, faulty=True)
    except TemplateError as error:
        return Reviewed(shelf, _told(shelf.each(error.words, "set", MEND, "theme.yaml")))
    return Reviewed(shelf, (), Kit(definitions, settings, templates, company), chosen)


def settings_of(company: Company, definitions: Definitions) -> Mapping[str, Any]:
    """The office's settings; what is wrong with them, ``docgen check`` tells."""
    settings, _ = read_settings(find_settings(company.folder) if company.folder else None, definitions)
    return settings


def _told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(by_cause(findings))


def _static(kit: Kit, shelf: Shelf) -> Iterator[Finding]:
    """What the review of the set finds, wording and templates."""
    for one in review_set(kit.templates, kit.definitions):
        yield Finding(shelf.named(one.place.source), one.place.line, one.kind, one.severity, one.message, one.fix)


def _styled(kit: Kit, shelf: Shelf) -> Iterator[Finding]:
    """The company's own style sheet, of which the PDF engine warns without a line."""
    if not any((folder / STYLES).is_file() for folder in kit.company.templates):
        return
    for language in LANGUAGES:
        try:
            page = Document(STYLES, language, False, (), (), (), (Paragraph((Text("docgen", language),)),))
            kit.pdf.write(page, Properties("", "", TODAY, "", language))
        except (DocumentError, TemplateError) as error:
            yield shelf.placed(error.words, "style-sheet", Severity.ERROR, MEND, STYLES)


def own_files(company: Company) -> list[Path]:
    """Every file of the company that shapes its documents, to watch for changes."""
    folder = company.folder
    if folder is None:
        return []
    tops = [path for path in folder.iterdir() if path.is_file()]
    below = [path for name in ("forms", "templates") for path in (folder / name).rglob("*") if path.is_file()]
    return sorted(path for path in (*tops, *below) if not path.name.startswith((".", "~")))
