"""Render a document so that each stretch of its text tells what it is and which line printed it; for explanations only.

The documents that are issued never pass here: ``render.Renderer`` knows nothing of marks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from types import FrameType
from typing import Any, cast

from jinja2 import Environment, Template, Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from docgen.definitions.definition import Definitions
from docgen.layout.formatting import BETWEEN, Written
from docgen.layout.render import Renderer
from docgen.layout.sets import TemplateSet
from docgen.layout.trace import END, FOREIGN, MARKS, Spot, Trace, plain, unmarked
from docgen.model.document import Document
from docgen.model.problems import Path

TAG = re.compile("<[^<>]*>")
FOREIGN_MARKS = dict.fromkeys(MARKS, FOREIGN)
UNARY, BINARY = frozenset("+-"), frozenset(("+", "-", "*", "/", "//", "%", "**"))
PICTURES = frozenset(("drawn",))
"""What templates call for a picture."""
TEMPLATE = "__jinja_template__"


class Tracer(Renderer):
    """A Renderer whose documents bear marks; what they mean stands in the Trace. Gaps show as in drafts."""

    def __init__(self, templates: TemplateSet, definitions: Definitions) -> None:
        super().__init__(templates, definitions, "draft")
        self._trace = Trace({}, {})

    def traced(
        self,
        template: str,
        names: Mapping[str, Any],
        known: Mapping[int, Path],
        *,
        title: str,
        language: str,
        landscape: bool,
    ) -> tuple[Document, Trace]:
        """Render as ``render`` does.

        Args:
            known: paths of values by their ``id``; of all others the path is that in ``names``.

        Raises:
            TemplateError: with the template's file and line.
        """
        trace = self._trace = Trace(names, known)
        made = self.render(template, trace.names, title=title, language=language, landscape=landscape)
        return made, trace

    def environment(self, language: Written, second: Written | None) -> Environment:
        is_new = (language, second) not in self._environments
        made = super().environment(language, second)
        if is_new:
            assert made.finalize
            made.template_class = _Marked
            made.finalize = self._marking(made.finalize, BETWEEN[language])
            made.filters = {name: self._following(made_of) for name, made_of in made.filters.items()}
            made.tests = {name: _unflagged(cast("Callable[..., Any]", test)) for name, test in made.tests.items()}
            self._follow_sums(made)
            drawing: dict[str, Any] = {name: made.globals[name] for name in PICTURES & made.globals.keys()}
            made.globals |= {name: self._silent(draw) for name, draw in drawing.items()}
        return made

    def _marking(self, finalize: Callable[..., Any], between: str) -> Callable[[Any, Any], Any]:
        @pass_context
        def marked(context: Context, value: Any) -> Any:
            if isinstance(value, list | tuple):
                return Markup(between).join(marked(context, item) for item in value)
            said = finalize(context, plain(value))
            if isinstance(value, Markup | Undefined):
                return said
            text = escape(str(said).translate(FOREIGN_MARKS)) if not isinstance(said, Markup) else _own_marks(said)
            if not text:
                return said
            paths = self._trace.paths(value)
            return self._trace.mark("value" if paths else "fixed", paths, _spots(), text, self._trace.is_made(value))

        return marked

    def _sentence(self, language: Written, key: str, context: Context, more: Mapping[str, Any]) -> Markup:
        said = super()._sentence(language, key, context, more)
        if not said:
            return said
        place = self.templates.wording[language][self._variant(language, key, context["settings"])][1]
        return _Sentence(self._trace.mark("sentence", (), (_spot(place), *_spots()), said, False))

    def _following(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def following(*given: Any, **more: Any) -> Any:
            result = function(*map(plain, given), **more)
            return self._trace.derived(result, [one for one in given if not isinstance(one, Context | Environment)])

        return following

    def _follow_sums(self, made: Environment) -> None:
        sums: Any = made  # a sandbox; it lets its operators be looked at
        of_one, of_two = sums.call_unop, sums.call_binop

        def one(context: Context, operator: str, value: Any) -> Any:
            return self._trace.combined(of_one(context, operator, value), [value])

        def two(context: Context, operator: str, left: Any, right: Any) -> Any:
            return self._trace.combined(of_two(context, operator, left, right), [left, right])

        sums.intercepted_unops, sums.intercepted_binops = UNARY, BINARY
        sums.call_unop, sums.call_binop = one, two

    def _silent(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function``, in which nothing is marked: what a picture says is no text."""

        @wraps(function)
        def silent(*given: Any, **more: Any) -> Any:
            trace, self._trace = self._trace, Trace({}, {}, is_silent=True)
            try:
                return function(*given, **more)
            finally:
                self._trace = trace

        return silent


@lru_cache(maxsize=8)
def tracer(templates: TemplateSet, definitions: Definitions) -> Tracer:
    """The tracer of a set, with the templates that it compiled."""
    return Tracer(templates, definitions)


class _Marked(Template):
    """A template that leaves no marks in its tags."""

    def render(self, *given: Any, **names: Any) -> str:
        return TAG.sub(lambda tag: unmarked(tag[0]), super().render(*given, **names))


class _Sentence(Markup):
    """A sentence between marks; it compares, and loses its colon, as if they were not there."""

    def __eq__(self, other: object) -> bool:
        return unmarked(self) == (unmarked(other) if isinstance(other, str) else other)

    __hash__ = Markup.__hash__

    def rstrip(self, letters: str | None = None, /) -> _Sentence:
        whole = str(self)
        body = whole.rstrip(END)
        return _Sentence(body.rstrip(letters) + END * (len(whole) - len(body)))


def _unflagged(test: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(test)
    def asked(*given: Any) -> Any:
        return test(*map(plain, given))

    return asked


def _own_marks(said: Markup) -> Markup:
    return Markup(str(said).translate(FOREIGN_MARKS))


def _spot(place: str) -> Spot:
    file, _, line = place.rpartition(":")
    return Spot(file, int(line)) if line.isdigit() else Spot(place, 0)


def _spots() -> tuple[Spot, ...]:
    """The lines of templates that are at work, the innermost first."""
    found: list[Spot] = []
    frame: FrameType | None = sys._getframe(1)
    while frame:
        template = frame.f_globals.get(TEMPLATE)
        if template is not None:
            is_file = template.filename and template.filename != "<template>"
            spot = (
                Spot(template.filename, template.get_corresponding_lineno(frame.f_lineno))
                if is_file
                else _spot(str(template.name))
            )
            if spot not in found:
                found.append(spot)
        frame = frame.f_back
    return tuple(found)
