"""The Word forms of a company: found by the form they stand in for, read once, checked before use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from docgen.company import Company
from docgen.definitions.definition import Definitions, Form
from docgen.layout.context import Mode, Stamp, context
from docgen.layout.render import written_in
from docgen.layout.sets import TemplateSet
from docgen.model.case import Case, Code
from docgen.model.problems import Words
from docgen.wordforms.form import form_file, read_form
from docgen.wordforms.libreoffice import program
from docgen.wordforms.pictures import company_picture
from docgen.wordforms.writing import Filling, FormWriter
from docgen.writers.fonts import Coverage

Format = TypeVar("Format", bound=str)
UNSTAMPED = Stamp("", 1, None)
"""For what a form says whatever the paper is called."""


class Shelf:
    """The Word forms of one company."""

    def __init__(
        self,
        definitions: Definitions,
        settings: Mapping[str, Any],
        templates: TemplateSet,
        company: Company,
        coverage: Coverage,
    ) -> None:
        self.definitions = definitions
        self.settings = settings
        self.templates = templates
        self.company = company
        self.coverage = coverage
        self._writers: dict[tuple[Any, ...], FormWriter] = {}

    def filling(self, case: Case, form: Form, row: Mapping[str, Any], stamp: Stamp, mode: Mode) -> Filling | None:
        """The company's own form in place of ``form``, ready to be filled; None where it has none.

        Raises:
            WordFormError: it has faults; all of them.
        """
        writer = self.writer(case, form, mode)
        if writer is None:
            return None
        return writer.filling(self.told(case, context(case, form, row, self.settings, stamp, self.definitions, mode)))

    def writer(self, case: Case, form: Form, mode: Mode) -> FormWriter | None:
        """What fills the company's own form for ``form``; None where it has none.

        Raises:
            WordFormError: it has faults; all of them.
        """
        languages = written_in(case.language, self.settings)
        path = form_file(self.company.templates, form.name, languages[0])
        if path is None:
            return None
        read = read_form(path, self.company.folder)
        key = (path, mode, *languages)
        known = self._writers.get(key)
        if known is None or known.read is not read:
            known = self._writers[key] = FormWriter(
                read, form, self.definitions, self.templates, self.picture, self.coverage, mode, languages
            )
        return known

    def told(self, case: Case, names: Mapping[str, Any]) -> dict[str, Any]:
        """The names of a document as Word forms know them: with what its signers are called."""
        signers = [{**one, "role": one["role"] or self._role(str(one["key"]))} for one in names["signers"]]
        return {**names, "signers": signers, "language": Code(case.language, "language")}

    def _role(self, key: str) -> Words:
        """What a signer is called, in the words of the set."""
        en, zh = (self.templates.wording[language][f"signer.{key}"][0] for language in ("en", "zh"))
        return Words(en, zh)

    def picture(self, name: str) -> bytes:
        """A picture of the company or its template set.

        Raises:
            TemplateError: there is none of that name, or Word can't show it.
        """
        beside = self.company.file(name) if Path(name).name == name else None
        return company_picture(name, beside, self.templates)


def can_be_made(formats: Sequence[Format], own: Filling | None) -> tuple[Format, ...]:
    """Those of ``formats`` that this machine can make: the PDF of an own Word form needs LibreOffice."""
    return tuple(one for one in formats if one != "pdf" or own is None or program())
