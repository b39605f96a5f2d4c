"""Render a document so that each stretch of its text tells what it is and which line printed it; for explanations only.

The documents that are issued never pass here: ``render.Renderer`` knows nothing of marks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from types import FrameType, GeneratorType
from typing import Any, cast

from jinja2 import Environment, Template, Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from docgen.definitions.definition import Definitions
from docgen.layout.followed import ASKED, HELD, MET, compiled, make_followed
from docgen.layout.formatting import BETWEEN
from docgen.layout.picturing import Picture
from docgen.layout.render import Renderer
from docgen.layout.sets import TemplateSet
from docgen.layout.trace import END, FOREIGN, MARKS, Mark, Spot, Trace, plain, unmarked
from docgen.model.document import Document, Written
from docgen.model.problems import Path

TAG = re.compile("<[^<>]*>")
FOREIGN_MARKS = dict.fromkeys(MARKS, FOREIGN)
TEMPLATE = "__jinja_template__"
VARIED = "jurisdiction", "letter_effect"
"""Settings that choose among the sentences of a key."""


class Tracer(Renderer):
    """A Renderer whose documents bear marks; what they mean stands in the Trace. Gaps show as in drafts."""

    def __init__(self, templates: TemplateSet, definitions: Definitions) -> None:
        super().__init__(templates, definitions, "draft", compiled())
        self.definitions = definitions
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
        trace = self.begin(names, known)
        made = self.render(template, trace.names, title=title, language=language, landscape=landscape)
        return made, trace

    def begin(self, names: Mapping[str, Any], known: Mapping[int, Path]) -> Trace:
        """The trace of what is printed from now on."""
        self._budget.renew()
        self._trace = Trace(names, known)
        return self._trace

    def environment(self, language: Written, second: Written | None) -> Environment:
        is_new = (language, second) not in self._environments
        made = super().environment(language, second)
        if is_new:
            assert made.finalize
            made.template_class = _Marked
            made.finalize = self._marking(made.finalize, BETWEEN[language])
            self.follow(made)
        return made

    def follow(self, made: Environment) -> None:
        """Let the filters, sums and statements of an environment pass on where their values come from."""
        make_followed(made)
        made.filters = {name: self._following(made_of) for name, made_of in made.filters.items()}
        made.filters |= {ASKED: self._asking, HELD: self._holding, MET: self._meeting}
        made.tests = {name: _unflagged(cast("Callable[..., Any]", test)) for name, test in made.tests.items()}
        self._follow_sums(made)

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
        name = self._variant(language, key, context["settings"])
        self._trace.ask(key, *(context["settings"][one] for one in VARIED))
        place = self.templates.wording[language][name][1]
        return _Sentence(self._trace.mark("sentence", (), (_spot(place), *_spots()), said, False))

    def _following(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def following(*given: Any, **more: Any) -> Any:
            given = tuple(list(one) if isinstance(one, GeneratorType) else one for one in given)
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

        sums.call_unop, sums.call_binop = one, two

    def _asking(self, value: Any) -> Any:
        self._trace.ask(value)
        return value

    def _holding(self, value: Any) -> Any:
        return self._asking(value) if isinstance(value, int) else self._meeting(value)

    def _meeting(self, value: Any) -> Any:
        self._trace.touch(value)
        return value

    def sketch(self, name: str, kind: str, data: Mapping[str, Any], context: Context, width: float) -> Picture | None:
        """What a picture says is no text, and bears no marks; it is made of what is looked up for it."""
        trace, self._trace = self._trace, Trace({}, {}, is_silent=True)
        seen: list[Any] = list(data.values())
        try:
            made = super().sketch(name, kind, _watched(data, seen), context, width)
        finally:
            self._trace = trace
        if made:
            paths = dict.fromkeys(path for value in seen for path in trace.paths(value))
            trace.drawings[name] = Mark("value", tuple(paths), _spots(), True)
        return made


@lru_cache(maxsize=8)
def tracer(templates: TemplateSet, definitions: Definitions) -> Tracer:
    """The tracer of a set, with the templates that it compiled."""
    return Tracer(templates, definitions)


class _Watched(dict[str, Any]):
    """A row that notes which of its values are looked up."""

    def __init__(self, row: Mapping[str, Any], seen: list[Any]) -> None:
        super().__init__((name, _watched(value, seen)) for name, value in row.items())
        self._seen = seen

    def __getitem__(self, name: str) -> Any:
        self._seen.append(super().__getitem__(name))
        return self._seen[-1]

    def get(self, name: str, default: Any = None) -> Any:
        found = super().get(name, default)
        self._seen.append(found)
        return found


def _watched(value: Any, seen: list[Any]) -> Any:
    match value:
        case Mapping():
            return _Watched(value, seen)
        case list() | tuple():
            seen += value  # what stands in it is not looked up by name
            return [_watched(one, seen) for one in value]
        case _:
            return value


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
            name = _file(template)
            spot = Spot(name, template.get_corresponding_lineno(frame.f_lineno)) if name else _spot(str(template.name))
            if spot not in found:
                found.append(spot)
        frame = frame.f_back
    return tuple(found)


def _file(template: Template) -> str:
    """That of a template, or the part of a Word form; of a sentence '', as its name says the line."""
    if template.filename and template.filename != "<template>":
        return template.filename
    return str(template.name) if template.name and ".docx#" in template.name else ""
