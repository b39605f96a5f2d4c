"""Render a case through a form's template into the document tree."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, Template, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.exceptions import TemplateRuntimeError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from markupsafe import Markup

from docgen.definitions.definition import Definitions
from docgen.errors import TemplateError
from docgen.layout.context import Mode
from docgen.layout.filters import FILTERS, TESTS
from docgen.layout.formatting import Written, formatter
from docgen.layout.inlines import nearest
from docgen.layout.markup import read_markup
from docgen.layout.sets import TemplateSet
from docgen.model.case import Gap
from docgen.model.document import Document
from docgen.sandbox import environment

OTHER: dict[Written, Written] = {"en": "zh", "zh": "en"}
LANG: dict[Written, Literal["en", "zh-CN"]] = {"en": "en", "zh": "zh-CN"}


class Places(Extension):
    """Put ``<?at template:line?>`` before each tag of template text; it survives includes, macros and loops."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data" and "<" in token.value:
                yield Token(token.lineno, "data", self._marked(token, stream.name or "template"))
            else:
                yield token

    @staticmethod
    def _marked(token: Token, name: str) -> str:
        pieces, line = [], token.lineno
        for index, piece in enumerate(token.value.split("<")):
            if index:
                pieces.append(f"<?at {name}:{line}?><" if piece[:1].isalpha() or piece[:1] == "!" else "<")
            pieces.append(piece)
            line += piece.count("\n")
        return "".join(pieces)


def written_in(language: str, settings: Mapping[str, Any]) -> tuple[Written, Written | None]:
    """The language of a document, and the one that stands beside it where it is in ``both``."""
    if language == "both":
        first: Written = "en" if settings.get("prevailing_language") == "en" else "zh"
        return first, OTHER[first]
    return ("en" if language == "en" else "zh"), None


class Renderer:
    """Renders the documents of one template set; environments and compiled sentences are kept between documents.

    Args:
        templates: the set.
        definitions: its choice lists give the labels of codes, its fields those of gaps.
        mode: what a Gap prints as: an error, red words, or a line to write on.
    """

    def __init__(self, templates: TemplateSet, definitions: Definitions, mode: Mode = "final") -> None:
        self.templates = templates
        self.labels = definitions.lists
        self.sheets = definitions.sheets
        self.mode: Mode = mode
        self._sentences: dict[tuple[Written, str], Template | Markup] = {}
        self._environments: dict[tuple[Written, Written | None], Environment] = {}

    def environment(self, language: Written, second: Written | None) -> Environment:
        """The environment that writes values in ``language``; choices also in ``second``."""
        made = self._environments.get((language, second))
        if made is None:
            made = environment(
                self.templates.loader,
                finalize=formatter(language, second, self.labels, self._gap),
                extensions=(Places,),
            )
            made.globals["say"] = self._say
            made.filters |= FILTERS
            made.tests |= TESTS
            self._environments[language, second] = made
        return made

    def _gap(self, gap: Gap, language: Written) -> Markup:
        match self.mode:
            case "blank":
                return Markup('<span class="line"></span>')
            case "draft":
                sheet, _, field = gap.field.partition(".")
                label = self.sheets[sheet].fields[field].label
                return Markup('<span class="gap">{}</span>').format(f"[{label[language]}]")
            case "final":
                raise TemplateError(f"{'.'.join(map(str, gap.path))} is missing; only a draft can be made")

    def render(
        self, template: str, context: Mapping[str, Any], *, title: str, language: str, landscape: bool = False
    ) -> Document:
        """Render ``template`` with ``context`` and read the result.

        Args:
            language: ``en``, ``zh``, or ``both``: then labels and clauses are in both, the prevailing one first.

        Raises:
            TemplateError: with the template's file and line.
        """
        first, second = written_in(language, context["settings"])
        values = {**context, "language": language, "first": first, "second": second}
        with _located(template):
            text = self.environment(first, second).get_template(template).render(values)
        return read_markup(text, title=title, lang=LANG[first], landscape=landscape)

    @pass_context
    def _say(self, context: Context, key: str | list[str], between: str | None = "<br/>", **more: Any) -> Markup:
        """The sentence ``key`` of the wording (or several in a row), in both languages where the document is.

        ``between`` parts the two languages; None leaves the second out.
        """
        first, second = context["first"], context["second"]
        said = self._sentences_in(first, key, context, more)
        if second is None or between is None:
            return said
        other = self._sentences_in(second, key, context, more)
        if other == said:
            return said
        if between != "<br/>":  # two labels on one line need one colon
            said = said.rstrip(":： ")
        return Markup('{}{}<span lang="{}">{}</span>').format(said, Markup(between), second, other)

    def _sentences_in(
        self, language: Written, key: str | list[str], context: Context, more: Mapping[str, Any]
    ) -> Markup:
        if isinstance(key, str):
            return self._sentence(language, key, context, more)
        said = [self._sentence(language, one, context, more) for one in key]
        return self._sentence(language, "space", context, more).join(filter(None, said))

    def _sentence(self, language: Written, key: str, context: Context, more: Mapping[str, Any]) -> Markup:
        name = self._variant(language, key, context["settings"])
        known = self._sentences.get((language, name))
        if known is None:
            known = self._sentences[language, name] = self._compiled(language, name)
        if isinstance(known, Markup):
            return known
        with _located(str(known.name)):
            return Markup(known.render({**context.get_all(), **more}))

    def _compiled(self, language: Written, name: str) -> Template | Markup:
        """A sentence of the wording; one that speaks of no value is rendered here, once for all."""
        source, place = self.templates.wording[language][name]
        with _located(place):
            compiled = self.environment(language, None).from_string(source)
        compiled.name = place
        return compiled if "{" in source else Markup(compiled.render())

    def _variant(self, language: Written, key: str, settings: Mapping[str, Any]) -> str:
        """The key of the sentence for this jurisdiction or letter effect, where the wording tells them apart."""
        known = self.templates.wording[language]
        for variant in (settings["jurisdiction"], settings["letter_effect"], "default"):
            if f"{key}.{variant}" in known:
                return f"{key}.{variant}"
        if key not in known:
            raise TemplateError(f"the wording has no sentence {key!r}{nearest(key, known)}")
        return key


@lru_cache(maxsize=8)
def renderer(templates: TemplateSet, definitions: Definitions, mode: Mode) -> Renderer:
    """The renderer of a set, whichever office asks: compiling its templates costs ten times what rendering does."""
    return Renderer(templates, definitions, mode)


# What an expression of a template can raise; ``{{ 1 / 0 }}`` is its author's mistake, not docgen's.
FAULTS = (TemplateRuntimeError, TemplateError, TypeError, ValueError, ArithmeticError, RecursionError)


class _located:
    """Turn what Jinja raises into a TemplateError that names the template's file and line."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        match error:
            case TemplateSyntaxError():
                at = f"{error.name}:{error.lineno}" if error.name else self.name
                raise Located(f"{at}: {error.message}") from error
            case TemplateNotFound():
                raise Located(f"{self._frame(trace)}: there is no template {error.name}") from error
            case Exception() if isinstance(error, FAULTS) and not isinstance(error, Located):
                raise Located(f"{self._frame(trace)}: {error}") from error

    def _frame(self, trace: Any) -> str:
        """The last place in a template: Jinja lets its tracebacks name templates as if they were modules."""
        frames = [frame for frame in traceback.extract_tb(trace) if not frame.filename.endswith((".py", ">"))]
        return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else self.name


class Located(TemplateError):
    """A TemplateError that names its place already."""
