"""Values as a Word form prints them: in the document's language, as plain text in which a new line is a line break."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from html import unescape
from math import isfinite
from typing import Any

from markupsafe import Markup

from docgen.errors import TemplateError
from docgen.layout.render import Renderer
from docgen.model.document import Written
from docgen.model.problems import Words
from docgen.wordforms.names import Known

GAP, GAP_END, APART = "\ufdd0", "\ufdd1", "\ufdd2"
"""Signs that no text may hold (they are no characters): what is missing, and what docxtpl must not take for a tag."""
SHOWN, SAYING, SHOWN_END = "\ufdd5", "\ufdd6", "\ufdd7"
"""Signs around a drawing: what it is called, and what it says in words."""
DRAWING = re.compile(f"{SHOWN}([^{SAYING}]*){SAYING}([^{SHOWN_END}]*){SHOWN_END}")
OWN = re.compile("[\ufdd0-\ufdef]")
UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TAG_LIKE = re.compile(r"(?<=[{}%])_(?=[{%}])")
LINE = "_" * 10
NO_BREAK = "\u00a0"
ENDLESS = Words("the number is too large to be printed", "数值过大，无法输出")
NESTED = Words("rows can't be printed as a whole; go through them with for", "不能整体输出多行；请用 for 逐行输出")
_MARKUP = re.compile(r"(<[^>]*>)")
_CLASS = re.compile(r'class="([a-z-]+)"')


class Drawn:
    """What prints itself as Word markup: a picture, or text with a look of its own. ``text``: what a reader sees."""

    def __init__(self, text: str, drawing: Any) -> None:
        self.text = text
        self.drawing = drawing

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        return str(self.drawing) if self.drawing is not None else str(Markup.escape(self.text))


class Year(int):
    """The year of a date, which is printed without a comma."""


def finalizer(renderer: Renderer, first: Written, second: Written | None) -> Callable[[Any], Any]:
    """What turns a value that a tag prints into text; the same formatter as that of the HTML templates."""
    form = renderer.environment(first, second).finalize
    assert form

    def printed(value: Any) -> Any:
        if isinstance(value, (Drawn, Markup)):
            return value
        if isinstance(value, Iterator):  # what filters give until somebody counts it
            value = list(value)
        if isinstance(value, Year):
            return str(int(value))
        if isinstance(value, (list, tuple)) and any(isinstance(one, (list, tuple, dict)) for one in value):
            raise TemplateError(NESTED)
        if isinstance(value, float) and not isfinite(value):
            raise TemplateError(ENDLESS)
        if isinstance(value, float):
            value = Decimal(repr(value))
        return fit(plain(form(None, value)))

    return printed


def plain(written: Any) -> str:
    """Markup of the formatter or the wording as text: breaks are new lines, what must not break has hard blanks."""
    if not isinstance(written, Markup):
        return OWN.sub("", str(written))
    said: list[str] = []
    roles: list[str] = []
    for piece in _MARKUP.split(str(written)):
        if not piece.startswith("<"):
            text = OWN.sub("", unescape(piece))
            said.append(text.replace(" ", NO_BREAK) if "nobreak" in roles else text)
        elif piece.startswith("<br"):
            said.append("\n")
        elif piece.startswith("</"):
            if roles and roles.pop() == "gap":
                said.append(GAP_END)
        elif piece[1:2].isalpha() and not piece.endswith("/>"):
            found = _CLASS.search(piece)
            roles.append(found[1] if found else "")
            said.append({"gap": GAP, "line": LINE}.get(roles[-1], ""))
    return "".join(said)


def fit(text: str) -> str:
    """``text`` without what Word or docxtpl would take for something else."""
    text = UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return TAG_LIKE.sub(f"{APART}_", text)


class Named(dict[str, Any]):
    """A row whose fields go by other spellings, too."""

    __slots__ = ("_spelled",)

    def __init__(self, row: Mapping[str, Any], spelled: Mapping[str, str]) -> None:
        super().__init__(row)
        self._spelled = spelled

    def __missing__(self, key: str) -> Any:
        return self[self._spelled[key]]


def named(value: Any, known: Known, seen: dict[tuple[int, int], Any] | None = None) -> Any:
    """Plain data with all the names that a Word form may use for what is in them."""
    seen = {} if seen is None else seen
    key = id(value), id(known)
    if key in seen:
        return seen[key]
    match value:
        case Mapping() if known.shape in ("row", "rows"):
            made: Any = Named(value, known.spelled)
            seen[key] = made
            for name, inner in value.items():
                if below := known.below.get(name):
                    made[name] = named(inner, below, seen)
            return made
        case list() | tuple() if known.shape == "rows":
            return [named(inner, known, seen) for inner in value]
        case _:
            return value


def at_top(names: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The names of the document with their other spellings, and those that may be called without their row."""
    whole = named(names, known)
    found = {**whole, **{spelled: whole[key] for spelled, key in known.spelled.items() if key in whole}}
    for row in (whole.get("interview"), whole.get("month"), whole["case"]):
        if isinstance(row, Named):
            own = {**row, **{spelled: row[key] for spelled, key in row._spelled.items() if key in row}}
            found.update({name: of for name, of in own.items() if name in known.below and name not in found})
    return found
