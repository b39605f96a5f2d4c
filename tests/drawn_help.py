"""What was written once in a session: equal trees in an equal look have equal files, and need not be drawn again."""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from docgen import generate
from docgen.generate import author, write
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.model.document import Document
from docgen.paper import Format
from docgen.wordforms.writing import Filling
from docgen.writers.parity import Extent, check_parity
from docgen.writers.pdf import PdfWriter

DRAW = PdfWriter.write
Written = tuple[dict[Format, bytes], Extent]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The files that were written, in a ``folder`` that all processes of a session share."""

    folder: Path

    def write(
        self,
        document: Document,
        kit: Kit,
        stamp: Stamp,
        made_on: date,
        formats: Sequence[Format],
        content: str,
        own: Filling | None = None,
    ) -> Written:
        """As ``generate.write``; what a company brings, and what is made by stand-ins, is written anew."""
        given = (document, kit, stamp, made_on, formats, content, own)
        brought = own or kit.company.templates or kit.company.look_parts()
        if brought or PdfWriter.write is not DRAW or vars(generate)["check_parity"] is not check_parity:
            return write(*given)
        by = author(kit.settings, document.lang)
        look = (kit.look, kit.has_word_code)
        asked = repr((document, look, by, stamp.number, stamp.revision, stamp.issued, made_on, tuple(formats), content))
        place = self.folder / sha256(asked.encode()).hexdigest()
        if place.exists():
            known: Written = pickle.loads(place.read_bytes())
            return known
        made = write(*given)
        half = place.with_suffix(f".{os.getpid()}")
        half.write_bytes(pickle.dumps(made))
        half.replace(place)
        return made
