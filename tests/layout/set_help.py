"""Template sets made of a few lines, and what they render to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.layout.context import Mode
from docgen.layout.render import Renderer
from docgen.layout.sets import load_set
from docgen.model.document import Document

SETTINGS = {"jurisdiction": "other", "letter_effect": "notice"}


@cache
def definitions() -> Definitions:
    return load_definitions()


def renderer(folder: Path, files: Mapping[str, str], mode: Mode = "final") -> Renderer:
    """A renderer of the standard set with ``files`` (name → text) before it."""
    place = folder / "templates"  # a template's place is told from the names of folders in a traceback
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        (place / name).write_text(text, "utf-8")
    return Renderer(load_set("standard", [place]), definitions(), mode)


def render(
    folder: Path,
    template: str,
    language: str = "en",
    mode: Mode = "final",
    files: Mapping[str, str] | None = None,
    **context: Any,
) -> Document:
    """The document that ``template`` (a text) makes of ``context``."""
    made = renderer(folder, {"form.html": template, **(files or {})}, mode)
    values = {"settings": SETTINGS, **context}
    return made.render("form.html", values, title="Plan", language=language)


def said(*args: Any, **more: Any) -> str:
    return render(*args, **more).text()


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
