"""Render a case through a form's template into the document tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Literal

from jinja2 import Environment, Template, pass_context
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from markupsafe import Markup

from docgen.bounds import Budget
from docgen.definitions.definition import Definitions
from docgen.errors import TemplateError
from docgen.layout.context import Mode
from docgen.layout.filters import FILTERS, TESTS
from docgen.layout.formatting import formatter
from docgen.layout.inlines import DRAWN, near
from docgen.layout.located import located
from docgen.layout.markup import read_markup
from docgen.layout.picturing import Picture, picture, plain, switched_off
from docgen.layout.sets import TemplateSet
from docgen.layout.wording import variant
from docgen.model.case import Gap
from docgen.model.document import Document, Written
from docgen.model.problems import Words
from docgen.sandbox import Compiled, environment

NO_SENTENCE = Words("the wording has no sentence {key!r}{near}", "语句文件中没有 {key!r}{near}")
MARKED = frozenset("{<\r\n")
"""A sentence without any of these says what it is."""
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
        compiled: what other renderers have compiled.
    """

    def __init__(
        self,
        templates: TemplateSet,
        definitions: Definitions,
        mode: Mode = "final",
        compiled: Compiled | None = None,
    ) -> None:
        self.templates = templates
        self.labels = definitions.lists
        self.sheets = definitions.sheets
        self.mode: Mode = mode
        self._sentences: dict[tuple[Written, str], Template | Markup] = {}
        self._variants: dict[tuple[Written, str, str, str], str] = {}
        self._environments: dict[tuple[Written, Written | None], Environment] = {}
        self._values: dict[tuple[Written, Written | None], Callable[[Any], Any]] = {}
        self._budget = Budget()
        self._compiled_before = compiled

    def environment(self, language: Written, second: Written | None) -> Environment:
        """The environment that writes values in ``language``; choices also in ``second``."""
        made = self._environments.get((language, second))
        if made is None:
            written, printed = formatter(language, second, self.labels, self._gap), self._budget.printed
            self._values[language, second] = written
            made = environment(
                self.templates.loader,
                finalize=lambda value: printed(written(value)),
                extensions=(Places,),
                budget=self._budget,
                compiled=self._compiled_before,
            )
            made.globals["say"] = self._say
            made.globals["drawn"] = self._drawn
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
                label = self.sheets[sheet].field(field).label
                return Markup('<span class="gap">{}</span>').format(f"[{label[language]}]")
            case "final":
                name = ".".join(map(str, gap.path))
                raise TemplateError(Words(f"{name} is missing; only a draft can be made", f"缺少 {name}；只能生成草稿"))

    def compiled(self, template: str) -> Template:
        """``template``, ready to be rendered in Chinese: most is alike in the other languages.

        Raises:
            TemplateError: with the template's file and line.
        """
        with located(template, self.templates.loader.list_templates):
            return self.environment("zh", None).get_template(template)

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
        drawings: dict[str, str] = {}
        values = {**context, "language": language, "first": first, "second": second}
        values |= {"landscape": landscape, "drawings": drawings}
        self._budget.renew()
        with located(template, self.templates.loader.list_templates):
            text = self.environment(first, second).get_template(template).render(values)
        return self._read(text, title=title, lang=LANG[first], landscape=landscape, drawings=drawings)

    def _read(self, text: str, **more: Any) -> Document:
        return read_markup(text, **more)

    @pass_context
    def _drawn(self, context: Context, kind: str, **data: Any) -> Markup:
        """A picture of ``data``, or nothing: where it is switched off, where data lack, or where they are too many."""
        page = self.templates.theme.page
        across = page.height if context["landscape"] else page.width
        name = f"{kind.replace('_', '-')}-{len(context['drawings']) + 1}"
        made = self.sketch(name, kind, data, context, across - page.margins.left - page.margins.right)
        if made is None:
            return Markup("")
        context["drawings"][name] = made.svg
        return Markup('<figure><img src="{}{}" alt="{}" width="{}"/></figure>').format(
            DRAWN, name, made.alt, f"{made.width:g}"
        )

    def sketch(self, name: str, kind: str, data: Mapping[str, Any], context: Context, width: float) -> Picture | None:
        """The picture that is called ``name`` in its document, ``width`` millimetres wide; None where there is none.

        Raises:
            TemplateError: there is no such kind, or it is made of other data.
        """
        if switched_off(kind, context["settings"]):
            return None

        def say(between: str | None) -> Callable[..., str]:
            return lambda key, **more: plain(self._say(context, key, between, **more))

        first = context["first"]
        form = self._values[first, context["second"]]
        return picture(kind, data, self.templates.theme, first, width, say(" "), say(None), form)

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
        with located(str(known.name)):
            return Markup(known.render({**context.get_all(), **more}))

    def _compiled(self, language: Written, name: str) -> Template | Markup:
        """A sentence of the wording; one that speaks of no value is rendered here, once for all."""
        source, place = self.templates.wording[language][name]
        if MARKED.isdisjoint(source):
            return Markup(source)
        with located(place):
            compiled = self.environment(language, None).from_string(source)
        compiled.name = place
        return compiled if "{" in source else Markup(compiled.render())

    def _variant(self, language: Written, key: str, settings: Mapping[str, Any]) -> str:
        """The key of the sentence for this jurisdiction or letter effect, where the wording tells them apart."""
        mark = language, key, settings["jurisdiction"], settings["letter_effect"]
        if found := self._variants.get(mark):
            return found
        known = self.templates.wording[language]
        found = variant(*mark[1:], known)
        if found is None:
            raise TemplateError(NO_SENTENCE.filled(key=key, near=near(key, known)))
        self._variants[mark] = found
        return found


@lru_cache(maxsize=8)
def renderer(templates: TemplateSet, definitions: Definitions, mode: Mode) -> Renderer:
    """The renderer of a set, whichever office asks: compiling its templates costs ten times what rendering does."""
    return Renderer(templates, definitions, mode, compiled())


@cache
def compiled() -> Compiled:
    """What the renderers of this process have compiled: a set is often read anew with all but one file as before."""
    return {}
