"""How large and how small the measures of a theme may be, so that every word has room and can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from docgen.layout.theme_file import Node
from docgen.model.problems import Words

if TYPE_CHECKING:
    from docgen.layout.theme import Theme

SMALLEST = 6.0
"""Points of the smallest letters, in both formats."""
LEAST_ROOM = 80
"""Millimetres that the margins must leave to the text, across and down."""
Limits = Mapping[str, tuple[float, float]]
SIZES: tuple[float, float] = (SMALLEST, 72)
OF_PARTS: Mapping[str, Limits] = {
    "page": {"width": (100, 450), "height": (100, 600), "head": (3, 100), "foot": (3, 100)},
    "page.margins": dict.fromkeys(("top", "bottom", "left", "right"), (5, 150)),
    "letterhead": {"top": (5, 200)},
    "letterhead.logo": {"height": (3, 100), "width": (3, 200)},
    "letterhead.background": {"top": (5, 200), "bottom": (5, 200), "foot": (3, 150)},
    "table": {"hair": (0.1, 6), "writing": (0.25, 6), "padding_x": (0, 10), "padding_y": (0, 10)},
    "lists": {"indent": (2, 40)},
    "": {"writing_line": (4, 60), "short_table": (1, 200)},
}
OF_LOOKS: Limits = {
    "line_height": (1, 4),
    "before": (0, 200),
    "after": (0, 200),
    "indent": (0, 80),
    "padding": (0, 30),
    "row_height": (3, 100),
}
RANGE = Words("must be {least:g} to {most:g}", "应在 {least:g} 至 {most:g} 之间")
NO_ROOM = Words(
    "leaves {room:g} mm to the text; make the margins smaller, at least {least} mm are needed",
    "只为正文留出 {room:g} mm；请减小页边距，至少须有 {least} mm",
)


def check_limits(theme: Theme, root: Node) -> None:
    """Refuse measures with which words would have no room, or could not be read.

    Raises:
        TemplateError: with file and line of the value.
    """
    for node, (least, most) in _limited(root):
        for one in _values(node):
            if not least <= float(one.value) <= most:
                one.refuse(RANGE.filled(least=least, most=most))
    page, margins = theme.page, theme.page.margins
    for room, side in ((page.width - margins.left - margins.right, "left"),
                       (page.height - margins.top - margins.bottom, "top")):  # fmt: skip
        if room < LEAST_ROOM:
            root["page"]["margins"][side].refuse(NO_ROOM.filled(room=room, least=LEAST_ROOM))


def _limited(root: Node) -> Iterator[tuple[Node, tuple[float, float]]]:
    """Each measure that the theme gives, with its limits."""
    for size in root["sizes"].value.values():
        yield size, SIZES
    for part, limits in OF_PARTS.items():
        node = root
        for key in filter(None, part.split(".")):
            node = node[key]
        for name, limit in limits.items():
            yield node[name], limit
    for part in ("elements", "roles", "spans"):
        for look in root[part].value.values():
            for name, limit in OF_LOOKS.items():
                if name in look.value:
                    yield look.value[name], limit


def _values(node: Node) -> list[Node]:
    """The value, or those of both languages."""
    return [*node.value.values()] if isinstance(node.value, dict) else [node]
