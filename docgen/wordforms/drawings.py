"""The pictures that docgen draws of a case, as Word forms know them: what they are called and made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from docgen.definitions.definition import Definitions, Form
from docgen.errors import TemplateError
from docgen.layout.inlines import near
from docgen.model.case import Month
from docgen.model.problems import Words
from docgen.wordforms.names import Name, word

Names = Mapping[str, Any]
RESULTS = Words("Result bars", "结果对照图")
"""What ``result_bars`` is called; the others are choices of the setting ``pictures``."""
LEAST = 70.0
"""Millimetres: narrower, a drawing can't be read."""
OF_FILES = "./\\"
"""Signs that no name of a drawing has."""
UNKNOWN = Words(
    "nothing called {name} is drawn in this form (a file needs its whole name, such as 'logo.png'){nearest}",
    "此表单中没有可绘制的图“{name}”（图片文件须写完整文件名，如 'logo.png'）{nearest}",
)
WIDTH_ALONE = Words(
    "a drawing takes a width alone: picture('{name}', 120); its height and its description follow from the case",
    "绘制的图只能指定宽度：picture('{name}', 120)；高度和说明由个案数据决定",
)
NO_ROOM = Words(
    "there is no room for a picture here, in a footnote or a cell without width; put it into the text",
    "此处（脚注或没有宽度的单元格）放不下图片；请放到正文中",
)
TOO_NARROW = Words(
    "a drawing needs {least:g} mm, here it has {width:g}; put it into a wider cell, or outside of the table",
    "绘制的图至少需要{least:g}毫米宽，此处只有{width:g}毫米；请放到更宽的单元格或表格之外",
)


def drawings_of(form: Form, definitions: Definitions) -> dict[str, str]:
    """The kinds of drawings that a Word form in place of ``form`` may show, by what each is called."""
    found: dict[str, str] = {}
    for kind, label in labels(form, definitions).items():
        found |= dict.fromkeys((kind, word(label.en), word(label.zh)), kind)
    return found


def labels(form: Form, definitions: Definitions) -> dict[str, Words]:
    """The same, each with its label: what has its data in this kind of document."""
    choices = definitions.lists["picture"].choices
    found = {kind: choices[kind] for kind in ("fishbone", "gap_bars", "time_line")}
    if form.unit != "case" or form.made == "closed":
        found["trend"] = choices["trend"]
    if form.unit == "interviews":
        found["result_bars"] = RESULTS
    return found


def listed_drawings(form: Form, definitions: Definitions) -> Iterator[Name]:
    """How each is asked for, for ``docgen templates names``."""
    for kind, label in labels(form, definitions).items():
        yield Name(f"picture('{kind}')", f"图片('{word(label.zh)}')", label)


def asked(
    kinds: Mapping[str, str], room: float, name: object, width: float = 0, height: float = 0, alt: object = ""
) -> tuple[str, float] | None:
    """The kind of the drawing that a tag asks for, and how wide it is to be; None where it asks for a file.

    Args:
        room: millimetres that there are where the tag stands.

    Raises:
        TemplateError: there is no such drawing, or not so.
    """
    if room <= 0:
        raise TemplateError(NO_ROOM)
    if not isinstance(name, str) or any(one in name for one in OF_FILES):
        return None
    kind = kinds.get(word(name))
    if kind is None:
        raise TemplateError(UNKNOWN.filled(name=name, nearest=near(name, kinds)))
    if height or alt:
        raise TemplateError(WIDTH_ALONE.filled(name=name))
    wide = min(float(width), room) if width else room
    if wide < LEAST:
        raise TemplateError(TOO_NARROW.filled(least=LEAST, width=round(wide)))
    return kind, wide


def data_of(kind: str, names: Names) -> dict[str, Any]:
    """What a drawing is made of, as in the templates that ship."""
    return DATA[kind](names)


def _fishbone(names: Names) -> dict[str, Any]:
    gaps = _included(names)
    causes = [cause for gap in gaps for cause in gap["causes"] or ()]
    return {"problem": [gap["area"] for gap in gaps], "causes": causes}


def _gap_bars(names: Names) -> dict[str, Any]:
    return {"gaps": _included(names), "targets": names["targets"]}


def _time_line(names: Names) -> dict[str, Any]:
    case = names["case"]
    rows = {name: names[name] for name in ("steps", "reviews", "support")}
    return {"start": case["period_start"], "end": case["period_end"], **rows}


def _trend(names: Names) -> dict[str, Any]:
    return {"months": names["months"], "before": _first_unknown(names)}


def _result_bars(names: Names) -> dict[str, Any]:
    return {"figures": names["figures"]}


def _included(names: Names) -> list[Any]:
    return [gap for gap in names["gaps"] if gap["decision"] != "exclude"]


def _first_unknown(names: Names) -> Month | None:
    """The first month of which the document knows nothing: what is typed later must not change it."""
    if "month" in names:
        month: Month = names["month"]["month"]
        return month
    if "interview" in names:
        last = (names["interview"].get("last") or {}).get("month")
        return _after(last) if isinstance(last, Month) else None
    closed = names["case"]["closed_on"]
    return _after(Month(closed.year, closed.month)) if isinstance(closed, date) else None


def _after(month: Month) -> Month:
    return Month(month.year + month.month // 12, month.month % 12 + 1)


DATA: Mapping[str, Callable[[Names], dict[str, Any]]] = {
    "fishbone": _fishbone,
    "gap_bars": _gap_bars,
    "time_line": _time_line,
    "trend": _trend,
    "result_bars": _result_bars,
}
