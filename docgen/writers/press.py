"""What PDFs are printed with, whatever they say: the engine, the fonts of this machine, style sheets that were read."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from docgen.errors import DocumentError
from docgen.model.problems import Words
from docgen.writers.engine import Warnings, engine_fonts, load_engine
from docgen.writers.opened import Opened

SHEETS = 16
"""Style sheets that are kept; whoever changes one and looks at each change makes many."""
NOT_TAKEN = Words("print.css: the PDF engine warned: {told}", "print.css：PDF引擎不接受此处的内容（{told}）")


class Press:
    """Made once and handed on, as each part of it takes long to prepare and is the same for the next document.

    Fonts that are installed meanwhile are not seen.
    """

    def __init__(self) -> None:
        self._opened: dict[int, Any] = {}
        self._sheets: dict[str, Any] = {}

    @cached_property
    def engine(self) -> Any:
        """Raises EnvironmentLacks: WeasyPrint or Pango can't be loaded."""
        return load_engine()

    @cached_property
    def fonts(self) -> Any:
        """Raises as ``engine``."""
        assert self.engine
        return engine_fonts()

    def opened(self) -> Opened:
        """The fonts of one document, none of them used so far."""
        return Opened(self._opened)

    def sheet(self, text: str, base: str, fetcher: Any) -> Any:
        """A style sheet as the engine takes it; one that was read before is taken again.

        Raises:
            DocumentError: the engine warned of it.
        """
        if text not in self._sheets:
            with Warnings() as warnings:
                sheet = self.engine.CSS(string=text, base_url=base, url_fetcher=fetcher, font_config=self.fonts)
            if warnings.messages:
                raise DocumentError(NOT_TAKEN.filled(told="; ".join(warnings.messages)))
            self._sheets[text] = sheet
            while len(self._sheets) > SHEETS:
                del self._sheets[next(iter(self._sheets))]
        return self._sheets[text]
