"""Render many variants of one document, as explanations need them: figures, dates and pictures alike are made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from docgen.definitions.definition import Definitions
from docgen.layout.followed import compiled, make_followed
from docgen.layout.markup import read_markup
from docgen.layout.picturing import Picture, lacks_any
from docgen.layout.render import Renderer
from docgen.layout.sets import TemplateSet
from docgen.model.case import Month, Quantity
from docgen.model.document import Block, Document, Written
from docgen.model.problems import Path

MOST_OTHERS = 4
"""So many drawings of other data are kept beside the first."""


ALIKE = frozenset((Decimal, Quantity, date, Month, int, str))
"""Kinds of values that print alike where they read alike."""


class _Known(NamedTuple):
    """A picture, the settings it was drawn under, and what was looked up for it."""

    drawn: Picture | None
    settings: Mapping[str, Any]
    seen: Sequence[tuple[Path, Any]]

    def is_of(self, data: Any, settings: Mapping[str, Any]) -> bool:
        return self.settings == settings and all(_told(_at(data, path)) == value for path, value in self.seen)


class Variants(Renderer):
    """Renders variants of documents: pictures whose data are as they were are not drawn again."""

    def __init__(self, templates: TemplateSet, definitions: Definitions) -> None:
        super().__init__(templates, definitions, "draft", compiled())
        self._drawn_of: dict[tuple[Any, ...], list[_Known]] = {}
        self._blocks: dict[str, dict[tuple[str, bytes], Block]] = {}

    def environment(self, language: Written, second: Written | None) -> Environment:
        is_new = (language, second) not in self._environments
        made = super().environment(language, second)
        if is_new:
            assert made.finalize
            made.finalize = _remembering(made.finalize)
            make_followed(made)  # compiled as the Tracer's templates, which are compiled before
        return made

    def sketch(self, name: str, kind: str, data: Mapping[str, Any], context: Context, width: float) -> Picture | None:
        mark = name, width, *map(context.get, ("first", "second"))
        settings = context["settings"]
        known = self._drawn_of.setdefault(mark, [])
        if lacks_any(data):
            return None
        found = next((one for one in known if one.is_of(data, settings)), None)
        if found is None:
            seen: list[tuple[Path, Any]] = [((key,), _told(value)) for key, value in data.items()]
            drawn = super().sketch(name, kind, _watched(dict(data), seen, ()), context, width)
            found = _Known(drawn, settings, seen)
            known[1:] = [*known[1:], found][-MOST_OTHERS:]  # the first is the document's own
        return found.drawn

    def _read(self, text: str, **more: Any) -> Document:
        return read_markup(text, **more, known=self._blocks.setdefault(more["lang"], {}))


class _Row(dict[str, Any]):
    """A row that notes what of it is looked up."""

    def __init__(self, row: Mapping[str, Any], seen: list[tuple[Path, Any]], path: Path) -> None:
        super().__init__((name, _watched(value, seen, (*path, name))) for name, value in row.items())
        self._seen, self._path = seen, path

    def __getitem__(self, name: str) -> Any:
        return self._note(name, super().__getitem__(name))

    def get(self, name: str, default: Any = None) -> Any:
        return self._note(name, super().get(name, default))

    def _note(self, name: str, value: Any) -> Any:
        self._seen.append(((*self._path, name), _told(value)))
        return value


def _watched(value: Any, seen: list[tuple[Path, Any]], path: Path) -> Any:
    match value:
        case Mapping():
            return _Row(value, seen, path)
        case list() | tuple():
            return [_watched(one, seen, (*path, index)) for index, one in enumerate(value)]
        case _:
            return value


def _told(value: Any) -> Any:
    """What a look at a value tells: of rows how many there are; what is in them is looked up."""
    match value:
        case Mapping():
            return Mapping
        case list() | tuple():
            return [_told(one) for one in value]
        case _:
            return value


def _at(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return None
    return data


def _remembering(finalize: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    known: dict[tuple[type, str], Any] = {}

    @pass_context
    def remembered(context: Context, value: Any) -> Any:
        kind = type(value)
        if kind not in ALIKE:
            return finalize(context, value)
        mark = kind, str(value)
        if mark not in known:
            known[mark] = finalize(context, value)
        return known[mark]

    return remembered


@lru_cache(maxsize=8)
def variants(templates: TemplateSet, definitions: Definitions) -> Variants:
    """That of a set, with the templates that it compiled."""
    return Variants(templates, definitions)
