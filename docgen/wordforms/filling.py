"""Fill a Word form with docxtpl, the only module that knows it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from html import unescape
from io import BytesIO
from typing import Any

from jinja2 import Environment
from jinja2.exceptions import TemplateRuntimeError
from markupsafe import escape

from docgen.errors import EnvironmentLacks, TemplateError
from docgen.model.problems import Words
from docgen.wordforms.environment import Kept, without_drawing
from docgen.wordforms.faults import WordFormError, fault
from docgen.wordforms.form import FormPart, WordForm
from docgen.wordforms.limits import counting
from docgen.wordforms.values import Drawn

LACKS = Words(
    "a Word form of your own needs the Python package docxtpl: python3 -m pip install 'docgen[word-forms]'",
    "使用自有 Word 模板需要 Python 包 docxtpl：python3 -m pip install 'docgen[word-forms]'",
)
NO_LONGER_WORD = Words(
    "{form}: filled in, it would be no Word file any more ({reason}); look where its loops and conditions end",
    "{form}：填写后将不再是有效的 Word 文件（{reason}）；请检查循环和条件的起止位置",
)
FAULTS = (
    TemplateRuntimeError,
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    RecursionError,
    LookupError,
    AssertionError,
)
"""What an expression of a form can raise."""
Names = Mapping[str, Any]
Pictures = Callable[[str], bytes]
"""A company's picture, as PNG or JPEG, by name."""


def said(read: WordForm, names: Names, made: Environment, pictures: Pictures) -> dict[str, str]:
    """What the filled form says, by part, worked out without Word.

    Raises:
        WordFormError: a tag can't be printed; with its place.
    """
    told = without_drawing(names, pictures)
    return {part.name: _said(read, part, told, made) for part in read.parts}


def _said(read: WordForm, part: FormPart, names: Names, made: Environment) -> str:
    try:
        return unescape(made.from_string(part.skeleton.source).render(names))
    except FAULTS as error:
        chunk = part.skeleton.at(_line_of(error))
        reason = error.words if isinstance(error, TemplateError) else Words(str(error), str(error))
        tag = chunk.tag.whole if chunk.tag else " ".join(chunk.source.split())
        raise WordFormError(read.name, [fault("failed", chunk.place, tag=tag, reason=reason)]) from error


def _line_of(error: BaseException) -> int:
    """The line of the template in which it was raised: Jinja lets its tracebacks name it."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return lines[-1] or 1 if lines else 1


def filled(read: WordForm, names: Names, made: Kept, pictures: Pictures) -> dict[str, bytes]:
    """The parts of the filled Word file.

    Raises:
        EnvironmentLacks: docxtpl is not there.
        TemplateError: what came out is no Word file.
    """
    try:
        from docxtpl import DocxTemplate, InlineImage, RichText
    except ImportError as error:
        raise EnvironmentLacks(LACKS) from error
    import zipfile

    from docx.shared import Mm

    template = DocxTemplate(BytesIO(read.content))
    template.init_docx()
    for name in ("author", "comments", "identifier", "language", "subject", "title", "keywords", "category"):
        setattr(template.docx.core_properties, name, "")  # docgen's own follow; nothing in them is run
    template.init_docx = lambda reload=True: None

    def picture(name: str, width: float = 0, height: float = 0, alt: str = "") -> Drawn:
        measures = {"width": Mm(width) if width else None, "height": Mm(height) if height else None}
        image = InlineImage(template, BytesIO(pictures(name)), **measures)
        return Drawn("", _Described(image, alt or name.rpartition(".")[0]))

    def rich(value: Any, **look: Any) -> Drawn:
        text = made.made.finalize(None, value) if made.made.finalize else value
        return Drawn(text, RichText(text, **look))

    whole = {**names, "picture": picture, "rich": rich, "range": counting()}
    try:
        template.render(whole, jinja_env=made, autoescape=True)
        stream = BytesIO()
        template.docx.save(stream)
    except FAULTS as error:
        reason = error.words if isinstance(error, TemplateError) else str(error)
        raise TemplateError(NO_LONGER_WORD.filled(form=read.name, reason=reason)) from error
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class _Described:
    """A picture of docxtpl with the text that is read aloud in its place."""

    def __init__(self, image: Any, alt: str) -> None:
        self.image = image
        self.alt = alt

    def __str__(self) -> str:
        return str(self.image).replace("<wp:docPr ", f'<wp:docPr descr="{escape(self.alt)}" ', 1)
