"""Render many variants of one document, as explanations need them: figures, dates and pictures alike are made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from docgen.definitions.definition import Definitions
from docgen.layout.followed import compiled, make_followed
from docgen.layout.picturing import Picture
from docgen.layout.render import Renderer
from docgen.layout.sets import TemplateSet
from docgen.model.case import Month, Quantity
from docgen.model.document import Written

_Known = tuple[Mapping[str, Any], Mapping[str, Any], Picture | None]
MOST_OTHERS = 4
"""So many drawings of other data are kept beside the first."""


class Variants(Renderer):
    """Renders variants of documents: pictures whose data are as they were are not drawn again."""

    def __init__(self, templates: TemplateSet, definitions: Definitions) -> None:
        super().__init__(templates, definitions, "draft", compiled())
        self._drawn_of: dict[tuple[Any, ...], list[_Known]] = {}

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
        found = next((one for one in known if one[0] == data and one[1] == settings), None)
        if found is None:
            found = data, settings, super().sketch(name, kind, data, context, width)
            known[1:] = [*known[1:], found][-MOST_OTHERS:]  # the first is the document's own
        return found[2]


def _remembering(finalize: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    known: dict[tuple[type, str], Any] = {}

    @pass_context
    def remembered(context: Context, value: Any) -> Any:
        if not isinstance(value, Decimal | Quantity | date | Month):
            return finalize(context, value)
        mark = type(value), str(value)
        if mark not in known:
            known[mark] = finalize(context, value)
        return known[mark]

    return remembered


@lru_cache(maxsize=8)
def variants(templates: TemplateSet, definitions: Definitions) -> Variants:
    """That of a set, with the templates that it compiled."""
    return Variants(templates, definitions)
