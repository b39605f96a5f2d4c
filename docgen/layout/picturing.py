"""A picture for a template: which are switched on, whether its data are complete, and what says it in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from docgen.errors import TemplateError
from docgen.layout.inlines import near
from docgen.layout.pictures.drawing import Drawing, svg
from docgen.layout.pictures.fishbone import fishbone
from docgen.layout.pictures.gap_bars import gap_bars, result_bars
from docgen.layout.pictures.ground import POINTS, Ground
from docgen.layout.pictures.measure import LATIN, Letters
from docgen.layout.pictures.time_line import time_line
from docgen.layout.pictures.trend import trend
from docgen.layout.theme import Theme
from docgen.model.case import Code, Gap
from docgen.model.problems import Words

DRAWERS: Mapping[str, Callable[..., Drawing | None]] = {
    "fishbone": fishbone,
    "gap_bars": gap_bars,
    "result_bars": result_bars,
    "time_line": time_line,
    "trend": trend,
}
SWITCHES = {"result_bars": "gap_bars"}
"""Which choice of the setting ``pictures`` a picture obeys, where it isn't called the same."""
SHOWN = frozenset((
    "aspect", "description", "is_root", "area", "standard", "actual", "name", "current_value", "target_value", "unit",
    "month_target", "action", "start_date", "due_date", "date", "by_date", "month", "indicators",
))  # fmt: skip
"""The fields that pictures are made of: where one of them is still missing, there is none."""

NO_PICTURE = Words("there is no picture {name!r}{near}", "没有名为 {name!r} 的图{near}")
OTHER_DATA = Words(
    "drawn({name!r}, …) can't be made of these data; docs/templates.md lists what it takes ({error})",
    "drawn({name!r}, …) 不能由这些数据生成；所需数据见 docs/templates.md（{error}）",
)
_TAGS, _BLANKS = re.compile("<[^>]*>"), re.compile(r"[ \t\r\n]+")


class Picture(NamedTuple):
    """``width`` in millimetres; ``alt`` says all that it shows."""

    svg: str
    alt: str
    width: float


def switched_off(kind: str, settings: Mapping[str, Any]) -> bool:
    """
    Raises:
        TemplateError: there is no such picture.
    """
    if kind not in DRAWERS:
        raise TemplateError(NO_PICTURE.filled(name=kind, near=near(kind, DRAWERS)))
    return SWITCHES.get(kind, kind) not in (settings.get("pictures") or ())


def picture(
    kind: str,
    data: Mapping[str, Any],
    theme: Theme,
    language: str,
    width: float,
    say: Callable[..., str],
    tell: Callable[..., str],
    form: Callable[[Any], Any],
) -> Picture | None:
    """A picture that is ``width`` millimetres wide, or None where there is nothing that it could show, or too much.

    Args:
        kind: one of DRAWERS.
        data: what its function asks for, by name.
        say: sentences of the wording for labels; ``tell``: for the text in its place.
        form: turns a value into what is printed of it.

    Raises:
        TemplateError: the template gives other data than this picture is made of.
    """
    if lacks_any(data):
        return None

    def text(value: Any) -> str:
        if isinstance(value, str) and not isinstance(value, Code | Markup):
            return " ".join(value.replace("\u00ad", "").split())
        return plain(escape(form(value)))

    letters = Letters(theme.sizes["note"], LATIN.get(theme.fonts.pdf.of(language).body.latin, 1.0))
    ground = Ground(width * POINTS, letters, say, tell, text)
    try:
        made = DRAWERS[kind](ground, **data)
    except (TypeError, LookupError, AttributeError) as error:  # what a template may give it
        raise TemplateError(OTHER_DATA.filled(name=kind, error=error)) from error
    if made is None:
        return None
    return Picture(svg(made, theme, language), tell("space").join(made.alt), width)


def plain(markup: Markup) -> str:
    """The text of ``markup``, blanks at its ends included."""
    return unescape(_BLANKS.sub(" ", _TAGS.sub("", markup)))


def lacks_any(data: Mapping[str, Any]) -> bool:
    """Whether something is still missing that the picture is made of."""
    return any(map(_lacks, data.values()))


def _lacks(value: Any) -> bool:
    match value:
        case Gap():
            return True
        case Mapping():
            return any(_lacks(inner) for name, inner in value.items() if name in SHOWN)
        case str():
            return False
        case Sequence():
            return any(map(_lacks, value))
        case _:
            return False
