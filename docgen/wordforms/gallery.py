"""What ``picture(…)`` shows in the Word forms of a language: files of the company, and drawings of the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from docgen.errors import TemplateError
from docgen.layout.pictures.drawing import words_in
from docgen.layout.picturing import Picture
from docgen.layout.render import Renderer
from docgen.model.problems import Words
from docgen.wordforms.drawings import asked, data_of
from docgen.wordforms.values import OWN, SAYING, SHOWN, SHOWN_END, Drawn, fit
from docgen.writers.fonts import Coverage

HERE = "_picture"
"""What the filling calls ``picture`` by: with the millimetres that there are where its tag stands."""
CALL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|(?<![\w.])(?:picture|图片)\s*\(""")
OF_FILE, OF_CASE = "docgen picture", "docgen drawing"
"""How the names begin by which Word lists what tags have put in."""
MOST_MILLIMETRES = 400
NO_SIZE = Words(
    "a picture is up to {most} mm wide and high: picture('logo.png', 30)",
    "图片的宽和高不超过{most}毫米：picture('logo.png', 30)",
)
Names = Mapping[str, Any]
Files = Callable[[str], bytes]
"""A company's picture, as PNG or JPEG, by name."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture at its place: a drawing or the bytes of a file; ``name``: none other of the document is called so."""

    name: str
    picture: Picture | bytes

    @property
    def listed(self) -> str:
        return f"{OF_CASE if isinstance(self.picture, Picture) else OF_FILE} {self.name}"

    @property
    def said(self) -> str:
        """What stands in a drawing's place for those who can't see it."""
        return fit(" ".join(OWN.sub("", self.picture.alt).split())) if isinstance(self.picture, Picture) else ""


@dataclass(frozen=True, slots=True)
class Gallery:
    """``kinds``: those of drawings that the form may show, by what they are called.

    ``by_hand``: what the fonts show, where lines to write on stand for the rest: a drawing has no such lines, and what
    it says is printed in its place.
    """

    files: Files
    kinds: Mapping[str, str]
    renders: Renderer
    by_hand: Coverage | None = None

    def hung(self, names: Names, show: Callable[..., Drawn]) -> dict[str, Any]:
        """``names`` with what shows a picture.

        ``show`` is called with a Shown, and the width, height and text that the tag asks for. It is not called, and
        nothing is printed, where the case has nothing to draw, or the drawing is switched off.
        """
        numbers = count(1)

        @pass_context
        def picture(
            context: Context, room: float, name: Any, width: float = 0, height: float = 0, alt: Any = ""
        ) -> Drawn | str:
            sized(width, height)
            drawing = asked(self.kinds, room, name, width, height, alt)
            if drawing is None:
                return show(Shown(str(name), self.files(name)), width, height, alt)
            kind, wide = drawing
            called = f"{kind.replace('_', '-')}-{next(numbers)}"
            made = self.renders.sketch(called, kind, data_of(kind, names), context, wide)
            if made and self.by_hand and self.by_hand.missing("".join(words_in(made.svg))):
                return fit(made.alt)
            return show(Shown(called, made), wide, 0, "") if made else ""

        return {**names, HERE: picture}

    def told(self, names: Names) -> dict[str, Any]:
        """``names`` for the skeleton: of a drawing it says what the drawing says."""

        def show(shown: Shown, *_: Any) -> Drawn:
            return Drawn(f"{SHOWN}{shown.name}{SAYING}{shown.said}{SHOWN_END}" if shown.said else "", None)

        return self.hung(names, show)


def shows_picture(expression: str) -> bool:
    return "picture" in expression or "图片" in expression


def with_room(expression: str, room: float) -> str:
    """``expression``, its pictures told how many millimetres there are for them."""
    return CALL.sub(lambda found: found[0] if found[0][0] in "'\"" else f"{HERE}({room:.1f}, ", expression)


def sized(*millimetres: Any) -> None:
    """
    Raises:
        TemplateError: that is no size of a picture on a page.
    """
    for one in millimetres:
        if isinstance(one, bool) or not isinstance(one, (int, float, Decimal)) or not 0 <= one <= MOST_MILLIMETRES:
            raise TemplateError(NO_SIZE.filled(most=MOST_MILLIMETRES))
