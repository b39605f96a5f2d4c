"""The theme as CSS custom properties, units included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.layout.theme import Look, Theme

_UNITS = {
    "before": "pt",
    "after": "pt",
    "indent": "mm",
    "padding": "mm",
    "row_height": "mm",
}


def css_properties(theme: Theme, language: str) -> Iterator[tuple[str, str]]:
    """Yield names and values for ``language``: page, fonts, sizes, colours, then whatever each look sets."""
    page, code, faces = theme.page, theme.code_field, theme.fonts.pdf.of(language)
    lengths = {
        "page-width": page.width, "page-height": page.height,
        "margin-top": page.margins.top, "margin-bottom": page.margins.bottom,
        "margin-left": page.margins.left, "margin-right": page.margins.right,
        "head-distance": page.head, "foot-distance": page.foot, "head-indent": theme.head_indent,
        "code-size": code.size, "code-side": code.from_side, "code-edge": code.from_edge,
        "cell-padding-x": theme.table.padding_x, "cell-padding-y": theme.table.padding_y,
        "writing-line": theme.writing_line, "list-indent": theme.lists.indent,
    }  # fmt: skip
    for name, length in lengths.items():
        yield f"--{name}", f"{length:g}mm"
    yield "--hair", f"{theme.table.hair:g}pt"
    yield "--writing", f"{theme.table.writing:g}pt"
    for name, size in theme.sizes.items():
        yield f"--size-{name}", f"{size:g}pt"
    for name, colour in theme.colours.items():
        yield f"--colour-{name}", colour
    stacks = {
        "body": (faces.body.latin, faces.body.east_asian),
        "heading": (faces.heading.latin, faces.heading.east_asian),
        "ticks": (theme.fonts.pdf.ticks,),
        "mono": (theme.fonts.pdf.mono, faces.body.east_asian),
    }
    for name, stack in stacks.items():
        yield f"--font-{name}", ", ".join(f'"{font}"' for font in dict.fromkeys(stack))
    looks = theme.looks(language)
    for group, prefix in ((looks.elements, ""), (looks.roles, ""), (looks.spans, "span-")):
        for name, look in group.items():
            for key, value in _css_look(theme, look, stacks):
                yield f"--{prefix}{name}-{key}", value


def _css_look(theme: Theme, look: Look, stacks: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """What ``look`` sets, as CSS values."""
    for field in fields(look):
        value = getattr(look, field.name)
        key = field.name.replace("_", "-")
        match field.name, value:
            case _, None | bool():
                continue
            case "size", str():
                yield key, f"{theme.sizes[value]:g}pt"
            case "colour" | "tint", str():
                yield key, theme.colours[value]
            case "font", str():
                yield key, ", ".join(f'"{font}"' for font in dict.fromkeys(stacks[value]))
            case _, float():
                yield key, f"{value:g}{_UNITS.get(field.name, '')}"
            case _:
                yield key, str(value)
