"""Render many variants of one document, as explanations need them: what is alike is made once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2.runtime import Context

from docgen.definitions.definition import Definitions
from docgen.layout.picturing import Picture
from docgen.layout.render import Renderer
from docgen.layout.sets import TemplateSet


class Variants(Renderer):
    """Renders variants of documents: pictures whose data are as they were are not drawn again."""

    def __init__(self, templates: TemplateSet, definitions: Definitions) -> None:
        super().__init__(templates, definitions, "draft")
        self._drawn_of: dict[tuple[Any, ...], tuple[Mapping[str, Any], Mapping[str, Any], Picture | None]] = {}

    def _picture(self, kind: str, data: Mapping[str, Any], context: Context) -> Picture | None:
        mark = kind, *map(context.get, ("first", "second", "landscape")), len(context["drawings"])
        settings = context["settings"]
        known = self._drawn_of.get(mark)
        if known is None or known[0] != data or known[1] != settings:
            known = self._drawn_of[mark] = data, settings, super()._picture(kind, data, context)
        return known[2]


@lru_cache(maxsize=8)
def variants(templates: TemplateSet, definitions: Definitions) -> Variants:
    """That of a set, with the templates that it compiled."""
    return Variants(templates, definitions)
