"""Expressions and sentences of the definition files: kept as source, compiled on first use, safe to pickle."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

import jinja2

from docgen import sandbox
from docgen.engine_words import engine_words
from docgen.errors import DefinitionError
from docgen.model.case import Code, Month, Quantity
from docgen.model.problems import UiLanguage, Words

KEYS = re.compile(
    r" \((?:\{\{ field \}\}|[a-z_.]+(?:, [a-z_]+)*|[a-z_]+: [^()]*)\)"
    r"|（(?:\{\{ field \}\}|[a-z_.]+(?:、[a-z_]+)*|[a-z_]+: [^（）]*)）"
)
"""What a sentence adds for those who write YAML: the names of fields, in brackets behind their labels."""

Labels = Mapping[str, Mapping[str, Words]]
"""Choice lists: list name -> code -> label."""


FAILS = Words(
    "{place}: {what}: {why}; write it so that it holds for every row",
    "{place}：{what}：{why}；请改写，使其对每一行都成立",
)
FAILURES = (jinja2.TemplateError, TypeError, ValueError, ArithmeticError)
"""What an expression or sentence raises that asks for what can't be done, such as a day and a number together."""


def failing(place: object, what: str, error: Exception) -> DefinitionError:
    """What to tell of an expression that fails although all it uses is there."""
    why = getattr(error, "words", None) or engine_words(str(error))
    return DefinitionError(FAILS.filled(place=place, what=what, why=why))


class Formula:
    """A Jinja expression; called with the names it may use. ``place`` is ``file:line`` of its source."""

    __slots__ = ("_compiled", "place", "source")

    def __init__(self, source: str, place: str = "") -> None:
        self.source = source
        self.place = place
        self._compiled: sandbox.Expression | None = None

    def __call__(self, names: Mapping[str, Any]) -> Any:
        if self._compiled is None:
            self._compiled = sandbox.expression(self.source)
        return self._compiled(names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formula) and self.source == other.source

    def __hash__(self) -> int:
        return hash(self.source)

    def __repr__(self) -> str:
        return f"Formula({self.source!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Formula, (self.source, self.place)


class Sentence:
    """A sentence of a rule in both languages, with Jinja placeholders for what was found."""

    __slots__ = ("_compiled", "_without_keys", "labels", "place", "words")

    def __init__(self, words: Words, labels: Labels, place: str = "") -> None:
        self.words = words
        self.labels = labels
        self.place = place
        self._compiled: tuple[Callable[..., str], Callable[..., str]] | None = None
        self._without_keys: Sentence | None = None

    @property
    def without_keys(self) -> Sentence:
        """The same for those who fill in a workbook and never see the names that fields have in YAML."""
        if self._without_keys is None:
            plain = Words(*(KEYS.sub("", self.words[language]) for language in ("en", "zh")))
            self._without_keys = self if plain == self.words else Sentence(plain, self.labels, self.place)
        return self._without_keys

    def render(self, names: Mapping[str, Any]) -> Words:
        """Fill in ``names``; values print as a reader of that language expects them.

        Raises:
            DefinitionError: the sentence asks for what can't be done; with its place.
        """
        if "{" not in self.words.en and "{" not in self.words.zh:
            return self.words
        if self._compiled is None:
            self._compiled = self._compile("en"), self._compile("zh")
        english, chinese = self._compiled
        try:
            return Words(english(names), chinese(names))
        except FAILURES as error:
            raise failing(self.place, self.words.en, error) from error

    def _compile(self, language: UiLanguage) -> Callable[..., str]:
        environment = sandbox.environment(autoescape=False, finalize=show(language, self.labels))
        return environment.from_string(self.words[language]).render

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and self.words == other.words

    def __hash__(self) -> int:
        return hash(self.words)

    def __repr__(self) -> str:
        return f"Sentence({self.words.en!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Sentence, (self.words, self.labels, self.place)


def show(language: UiLanguage, labels: Labels) -> Callable[[Any], Any]:
    """Return the function that prints a value inside a message of ``language``."""
    comma = ", " if language == "en" else "、"

    def shown(value: Any) -> Any:
        match value:
            case None:
                return "–"
            case bool():
                return {"en": ("no", "yes"), "zh": ("否", "是")}[language][value]
            case Code():
                label = labels.get(value.list, {}).get(str(value))
                return label[language] if label else str(value)
            case Words():
                return value[language]
            case Decimal():
                return plain_number(value)
            case Quantity():
                return f"{plain_number(value.number)} {value.unit}".rstrip()
            case date() | Month():
                return str(value)
            case time():
                return f"{value:%H:%M}"
            case list() | tuple():
                return comma.join(str(shown(item)) for item in value)
            case _:
                return value

    return shown


def plain_number(number: Decimal) -> str:
    """The number without exponent and without zeros that say nothing: ``90``, ``0.5``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
