"""What of a company stands on the first page of its documents: logo, name, address, or the page of a letterhead.pdf."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from docgen.company import LETTERHEADS, Company
from docgen.layout.logo import NAME, Logo, find_logo, letterhead_names
from docgen.layout.theme import Theme
from docgen.writers.background import Background, read_background
from docgen.writers.rasterise import rasteriser

DOTS = 400
"""An inch, of a logo that is drawn for Word."""
BACKGROUND = "letterhead.pdf"
PRINTED = ("company_address", "company_contact")
"""The settings that a letterhead prints beside the company's name."""


class CompanyHead:
    """The first head of one company in one look; its files are read when the first document needs them.

    Raises:
        UsageError: a file leads out of the company's folder.
        TemplateError: a file is not to be printed; with the cure.
    """

    def __init__(self, company: Company, theme: Theme, settings: Mapping[str, Any]) -> None:
        self._company = company
        self._theme = theme
        self._settings = settings

    @cached_property
    def logo(self) -> Logo | None:
        return find_logo(self._company, self._settings)

    @cached_property
    def background(self) -> Background | None:
        path = self._company.file(BACKGROUND)
        return read_background(path, self._theme) if path else None

    def names(self, *, landscape: bool) -> Mapping[str, Any] | None:
        """What templates are told of it; None: the company has no letterhead."""
        has_file = any(map(self._company.file, LETTERHEADS))
        return letterhead_names(self.logo, self._theme, self._settings, has_file=has_file, landscape=landscape)

    @property
    def look_parts(self) -> dict[str, str | bytes]:
        """What shapes the look and is no file that a company always has by that name."""
        told = {name: self._settings.get(name) for name in PRINTED if self._settings.get(name)}
        named = {"logo": self.logo.content} if self._settings.get("logo") and self.logo else {}
        return named | ({"letterhead": repr(told)} if told else {})

    @property
    def for_pdf(self) -> dict[str, bytes]:
        """The logo as PDFs take it, by its name in documents."""
        return {NAME: self.logo.content} if self.logo else {}

    @cached_property
    def for_word(self) -> dict[str, bytes]:
        """The logo as PNG."""
        if not self.logo or not self.logo.is_drawing:
            return self.for_pdf
        width = self.logo.width(self._theme.letterhead.logo)
        return {NAME: rasteriser().png(self.logo.content.decode(), width, DOTS)}
