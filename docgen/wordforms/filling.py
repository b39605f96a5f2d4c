"""Fill a Word form with docxtpl, the only module that knows it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from jinja2 import Environment
from jinja2 import TemplateError as JinjaError
from lxml import etree
from markupsafe import escape

from docgen.errors import EnvironmentLacks, TemplateError
from docgen.layout import located
from docgen.model.problems import Words
from docgen.sandbox import Sandbox
from docgen.wordforms.environment import Kept
from docgen.wordforms.faults import WordFormError, fault
from docgen.wordforms.form import FormPart, WordForm
from docgen.wordforms.gallery import Gallery, Shown
from docgen.wordforms.reasons import reason_of
from docgen.wordforms.values import OWN, Drawn
from docgen.writers.given_parts import parse
from docgen.writers.rasterise import Vector, rasteriser

LACKS = Words(
    "a Word form of your own needs the Python package docxtpl: python3 -m pip install 'docgen[word-forms]'",
    "使用自有 Word 模板需要 Python 包 docxtpl：python3 -m pip install 'docgen[word-forms]'",
)
NO_LONGER_WORD = Words(
    "{form}: filled in, it would be no Word file any more ({reason}); look where its loops and conditions end",
    "{form}：填写后将不再是有效的 Word 文件（{reason}）；请检查循环和条件的起止位置",
)
FAULTS = (*located.FAULTS, JinjaError, etree.XMLSyntaxError, NameError, AssertionError)
"""What an expression of a form can raise, and what comes of loops that leave no XML."""
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
NAMED = re.compile('(<wp:docPr [^>]*?)name="[^"]*"')
Names = Mapping[str, Any]


def said(read: WordForm, names: Names, made: Environment, gallery: Gallery) -> dict[str, str]:
    """What the filled form says, by part, worked out without Word.

    Raises:
        WordFormError: a tag can't be printed; with its place.
    """
    told = gallery.told(names)
    _renew(made)
    return {part.name: _said(read, part, told, made) for part in read.parts}


def _said(read: WordForm, part: FormPart, names: Names, made: Environment) -> str:
    try:
        return unescape(made.from_string(part.skeleton.source).render(names))
    except FAULTS as error:
        chunk = part.skeleton.at(_line_of(error))
        tag = chunk.tag.whole if chunk.tag else " ".join(chunk.source.split())
        raise WordFormError(read.name, [fault("failed", chunk.place, tag=tag, reason=reason_of(error))]) from error


def _line_of(error: BaseException) -> int:
    """The line of the template in which it was raised: Jinja lets its tracebacks name it."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return lines[-1] or 1 if lines else 1


def filled(read: WordForm, names: Names, made: Kept, gallery: Gallery) -> dict[str, bytes]:
    """The parts of the filled Word file.

    Raises:
        EnvironmentLacks: docxtpl is not there, or what makes points of drawings.
        TemplateError: what came out is no Word file.
    """
    try:
        kind = _forms()
    except ImportError as error:
        raise EnvironmentLacks(LACKS) from error
    from docx.shared import Mm
    from docxtpl import InlineImage

    template = kind(BytesIO(read.content))
    template.init_docx()
    for name in ("author", "comments", "identifier", "language", "subject", "title", "keywords", "category"):
        setattr(template.docx.core_properties, name, "")  # docgen's own follow; nothing in them is run
    template.init_docx = lambda reload=True: None

    def show(shown: Shown, width: float, height: float, alt: Any) -> Drawn:
        measures = {"width": Mm(width) if width else None, "height": Mm(height) if height else None}
        content = shown.picture
        if not isinstance(content, bytes):
            (content,) = rasteriser().drawings([Vector(content.svg, width)])
        said = shown.said or OWN.sub("", str(made.printed(alt))) or shown.name.rpartition(".")[0]
        image = InlineImage(template, BytesIO(content), **measures)
        return Drawn("", _Described(image, shown.listed, " ".join(said.split())))

    _renew(made.made)
    try:
        template.render(gallery.hung(names, show), jinja_env=made, autoescape=True)
        stream = BytesIO()
        template.docx.save(stream)
    except FAULTS as error:
        raise TemplateError(NO_LONGER_WORD.filled(form=read.name, reason=reason_of(error))) from error
    with ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@lru_cache(maxsize=1)
def _forms() -> Any:
    """docxtpl's kind of template, loaded when the first form is filled."""
    from docxtpl import DocxTemplate

    class Form(DocxTemplate):  # type: ignore[misc]
        """One that reads ``&`` in tags, and refuses what is no XML any more in the place of dropping the rest of it."""

        def patch_xml(self, src_xml: str) -> str:
            return TAG.sub(lambda found: found[0].replace("&amp;", "&"), super().patch_xml(src_xml))

        def fix_tables(self, xml: str) -> etree._Element:
            return parse(xml.encode())  # finishing.py fits the columns of tables, in heads too

    return Form


def _renew(made: Environment) -> None:
    """Each document has its own budget."""
    if isinstance(made, Sandbox) and made.budget:
        made.budget.renew()


class _Described:
    """A picture of docxtpl with a name, and the text that is read aloud in its place."""

    def __init__(self, image: Any, name: str, alt: str) -> None:
        self.image = image
        self.about = f'name="{escape(name)}" descr="{escape(alt)}"'

    def __str__(self) -> str:
        return NAMED.sub(lambda found: f"{found[1]}{self.about}", str(self.image), count=1)
