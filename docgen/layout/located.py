"""What goes wrong while a template is rendered, told with its file and line."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplateRuntimeError

from docgen.engine_words import engine_words
from docgen.errors import TemplateError
from docgen.layout.inlines import near
from docgen.model.problems import Words
from docgen.resources import shipped

# What an expression of a template can raise; ``{{ 1 / 0 }}`` is its author's mistake, not docgen's.
FAULTS = (
    *(TemplateRuntimeError, TemplateError, TypeError, ValueError, ArithmeticError, RecursionError, MemoryError),
    *(AttributeError, LookupError, AssertionError),
)
SHIPPED = shipped("templates")
NO_TEMPLATE = Words("there is no template {name}{near}", "没有模板 {name}{near}")


class located:
    """Turn what Jinja raises into a TemplateError that names the template's file and line."""

    def __init__(self, name: str, templates: Callable[[], Iterable[str]] = tuple) -> None:
        self.name = name
        self.templates = templates

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        match error:
            case TemplateSyntaxError():
                at = f"{error.name}:{error.lineno}" if error.name else self.name
                raise Located(_at(at, _words(error))) from error
            case TemplateNotFound():
                said = NO_TEMPLATE.filled(name=error.name, near=near(str(error.name), self.templates()))
                raise Located(_at(self._frame(trace), said)) from error
            case Exception() if isinstance(error, FAULTS) and not isinstance(error, Located):
                raise Located(_at(self._frame(trace), _words(error))) from error

    def _frame(self, trace: Any) -> str:
        """The last place in a template: Jinja lets its tracebacks name templates as if they were modules.

        Where a company's template calls a building block that ships, the call is at fault.
        """
        frames = [one for one in traceback.extract_tb(trace) if not one.filename.endswith((".py", ">"))]
        frames = [one for one in frames if not Path(one.filename).is_relative_to(SHIPPED)] or frames
        return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else self.name


def _words(error: Exception) -> Words:
    """What ``error`` says: docgen's own in both languages, the engine's in Chinese where it is known."""
    said = getattr(error, "words", None)
    if isinstance(said, Words):
        return said
    return engine_words((error.message or "") if isinstance(error, TemplateSyntaxError) else str(error))


def _at(place: str, said: Words) -> Words:
    return Words(f"{place}: {said.en}", f"{place}：{said.zh}")


class Located(TemplateError):
    """A TemplateError that names its place already."""
