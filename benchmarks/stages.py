"""Where the time of a document goes: the real flow, with a stopwatch at each of its steps.

A step within another doesn't count as that one's time.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from unittest.mock import patch

import docgen.generate
import docgen.layout.render
import docgen.writers.bare_cff
import docgen.writers.pdf
from benchmarks.clock import Stopwatch
from benchmarks.sample import TODAY
from docgen.generate import make
from docgen.kit import Kit
from docgen.paper import Paper

ENGINE = "WeasyPrint: parse, layout, draw, write"
LOOK = "look at the layout"
PARITY = "parity"
OTHER = "everything else"
STEPS = (
    ("context", docgen.generate, "context"),
    ("render the template", docgen.layout.render.Renderer, "render"),
    ("read the markup", docgen.layout.render, "read_markup"),
    ("content hash", docgen.generate, "content_and_parts"),
    ("write Word", docgen.generate, "write_docx"),
    ("write HTML", docgen.writers.pdf, "write_html"),
    (ENGINE, docgen.writers.pdf.PdfWriter, "_laid_out"),
    (LOOK, docgen.writers.pdf.PdfWriter, "_settled"),
    ("make fonts small", docgen.writers.bare_cff.BareCff, "cut"),
    ("draw page codes", docgen.writers.pdf, "draw"),
    (ENGINE, docgen.writers.pdf.PdfWriter, "write"),
    (PARITY, docgen.generate, "check_parity"),
)


def make_all(kit: Kit, papers: Sequence[Paper]) -> dict[str, float]:
    """Make the documents; milliseconds by stage."""
    watch = Stopwatch()
    with ExitStack() as patches:
        for stage, owner, name in STEPS:
            patches.enter_context(patch.object(owner, name, watch.wrapped(stage, getattr(owner, name))))
        for paper in papers:
            with watch.stage(OTHER):
                make(paper, kit, issued=TODAY)
    return watch.spent
