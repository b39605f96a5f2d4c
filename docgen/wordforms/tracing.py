"""What a filled Word form says, paragraph by paragraph; traced, each stretch knows what it is and what prints it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from docgen.layout.render import LANG
from docgen.layout.trace import Trace
from docgen.layout.tracing import Tracer
from docgen.model.document import Block, Document, Drawing, Paragraph, Text
from docgen.model.problems import Path, UiLanguage
from docgen.wordforms.environment import form_environment
from docgen.wordforms.form import FormPart
from docgen.wordforms.gallery import Gallery
from docgen.wordforms.values import DRAWING, OWN, at_top, finalizer, plain
from docgen.wordforms.writing import FormWriter

PARAGRAPH, APART = "\ufdde", "\ufddf"
"""Signs that no text may hold: a paragraph begins, with the number of its first piece; what stands between two pieces.
"""
NEXT = f"{APART}{{#\n#}}"
HEADS, FEET = "header", "footer"


def document_of(writer: FormWriter, names: Mapping[str, Any]) -> Document:
    """What the form says with ``names``, those of layout/context.py; gaps and marks as they are."""
    return _document(writer, names, writer.made, writer.gallery)


def traced(
    writer: FormWriter, tracer: Tracer, names: Mapping[str, Any], known: Mapping[int, Path]
) -> tuple[Document, Trace]:
    """The same with marks; ``known`` as of ``Tracer.traced``."""
    first, second = writer.languages
    made = form_environment(writer.templates, tracer.definitions, "draft", first, second)
    made.finalize = _each_time(finalizer(tracer, first, second))
    tracer.follow(made)
    made.globals["say"] = _said(tracer.environment(first, second).globals["say"])
    trace = tracer.begin(names, known)
    return _document(writer, trace.names, made, replace(writer.gallery, renders=tracer)), trace


def place_of(writer: FormWriter, name: str, line: int, language: UiLanguage) -> str:
    """The paragraph that a line of ``name``, a part's own, stands in: ``templates/notes.docx: body ¶2``."""
    part = writer.read.parts[int(name.rpartition("#")[2])]
    return f"templates/{writer.read.name}: {part.skeleton.at(line).place[language]}"


def is_place(name: str) -> bool:
    return ".docx#" in name


def _document(writer: FormWriter, names: Mapping[str, Any], made: Environment, gallery: Gallery) -> Document:
    first, second = writer.languages
    told = gallery.told(at_top({**names, "first": first, "second": second}, writer.known))
    parts: dict[str, list[Block]] = {HEADS: [], FEET: [], "": []}
    for number, part in enumerate(writer.read.parts):
        kind = next((one for one in (HEADS, FEET) if part.story.name.en.startswith(one)), "")
        parts[kind] += _paragraphs(part, f"{writer.read.name}#{number}", told, made, first)
    return Document("-", LANG[first], False, (), tuple(parts[HEADS]), tuple(parts[FEET]), tuple(parts[""]))


def _paragraphs(
    part: FormPart, name: str, names: Mapping[str, Any], made: Environment, language: Any
) -> Iterator[Paragraph]:
    compiled = made.from_string(_source(part))
    compiled.name = name
    for said in unescape(compiled.render(names)).split(PARAGRAPH)[1:]:
        line, _, text = said.partition(APART)
        drawings = [Drawing(called, OWN.sub("", alt), 0, "") for called, alt in DRAWING.findall(text)]
        words = Text(OWN.sub("", DRAWING.sub("", text)), LANG[language])
        yield Paragraph((words, *drawings), place=f"{name}:{line}")


def _source(part: FormPart) -> str:
    """The skeleton with a sign before each paragraph; a comment ends each line, so that lines remain what they were."""
    pieces, place = [], None
    for number, chunk in enumerate(part.skeleton.chunks, 1):
        opening = f"{PARAGRAPH}{number}{APART}" if chunk.place != place else ""
        pieces.append(f"{opening}{chunk.source}")
        place = chunk.place
    return NEXT.join(pieces)


def _each_time(printed: Callable[[Any], Any]) -> Callable[[Context, Any], Any]:
    @pass_context
    def finalize(context: Context, value: Any) -> Any:
        return printed(value)

    return finalize


def _said(say: Any) -> Callable[..., Markup]:
    @pass_context
    def said(context: Context, key: str | list[str], between: str | None = "<br/>", **more: Any) -> Markup:
        return Markup(escape(plain(say(context, key, between, **more))))

    return said
