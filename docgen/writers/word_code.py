"""The code on the pages of a Word file: a picture at the upper right, anchored in the head of every page."""

from __future__ import annotations

from docgen.layout.theme import Theme
from docgen.model.document import Break, Document, Inline, Language
from docgen.model.problems import Words
from docgen.model.rewrite import rewrite
from docgen.writers.page_codes import QUIET, SHARE
from docgen.writers.word_xml import emu, escape, graphic

NAME = "page-code.png"
RELATION = "rIdCode"
ROLE = "page-code"
"""Of what a document says of its code."""
ALT = Words("Code: number, revision and check digits only", "二维码：仅含编号、版次和校验码")


def anchored(modules: int, document: Document, theme: Theme, identity: int) -> str:
    """A paragraph as good as invisible that the picture hangs on; its place is counted from the page's own edges.

    Args:
        modules: how many the code is wide.
        identity: the number of the drawing, that no other of the file has.
    """
    across = theme.page.height if document.landscape else theme.page.width
    run = hung(modules, across, theme, document.lang, identity)
    return f'<w:p><w:pPr><w:pStyle w:val="DocgenSpacer"/></w:pPr>{run}</w:p>'


def hung(modules: int, across: float, theme: Theme, language: Language, identity: int) -> str:
    """The run with the picture, for any paragraph of the head of a page that is ``across`` millimetres wide."""
    field = theme.code_field
    side = field.size * SHARE / modules * (modules + 2 * QUIET)
    left = across - field.from_side - (field.size + side) / 2
    top = field.from_edge + (field.size - side) / 2
    extent = f'cx="{emu(side)}" cy="{emu(side)}"'
    about = f'id="{identity}" name="Code {identity}" descr="{escape(ALT.written(language))}"'
    return (
        "<w:r><w:drawing>"
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="1"'
        ' layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{emu(left)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{emu(top)}</wp:posOffset></wp:positionV>'
        f"<wp:extent {extent}/><wp:wrapNone/>{graphic(RELATION, about, extent)}</wp:anchor></w:drawing></w:r>"
    )


def without_words(document: Document) -> Document:
    """``document`` without what it says of its code, for a file that has none; a line that this would end goes too."""

    def change(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        kept = [one for one in content if getattr(one, "role", "") != ROLE]
        while len(kept) < len(content) and kept and isinstance(kept[-1], Break):
            kept.pop()
        return tuple(kept)

    return rewrite(document, change)
