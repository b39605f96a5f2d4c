"""The properties that a company's style sheet may set, and why it may set no others."""

from __future__ import annotations

from docgen.model.problems import Words

_SIDES = ("top", "right", "bottom", "left")
_BORDERS = ("color", "style", "width")
ALLOWED = frozenset(
    ("color", "background", "background-color", "border-radius", "border-collapse", "border-spacing",
     "break-before", "break-after", "break-inside", "orphans", "widows", "font-size", "font-weight", "font-style",
     "line-height", "letter-spacing", "word-spacing", "text-align", "text-align-last", "text-decoration",
     "text-decoration-line", "text-decoration-color", "text-decoration-style", "text-underline-offset",
     "vertical-align", "width", "min-width", "max-width", "height", "min-height", "overflow-wrap", "word-break",
     "white-space", "margin", "padding", "border",
     *(f"{name}-{side}" for name in ("margin", "padding", "border") for side in _SIDES),
     *(f"border-{side}-{part}" for side in _SIDES for part in _BORDERS), *(f"border-{part}" for part in _BORDERS))
)  # fmt: skip
NOT_BELOW_ZERO = frozenset(
    ("letter-spacing", "word-spacing", "text-underline-offset", "margin", *(f"margin-{side}" for side in _SIDES))
)
BOXES = ("background", "border", "padding", "margin", "width", "height", "min-", "max-")
"""What a box may have; on running text it would lie over the lines beside it."""

HIDES = Words("could hide words", "可能遮住或隐去文字")
MOVES = Words("could lay words over others", "可能使文字互相重叠")
WORDS = Words("changes words; those are the template's and the wording's", "会改变文字；文字由模板和措辞文件决定")
FONTS = Words("fonts stand in theme.yaml, for both formats", "字体请在theme.yaml中设置，两种格式均会采用")
REASONS = {
    **dict.fromkeys(
        ("display", "visibility", "opacity", "clip", "clip-path", "overflow", "text-overflow", "filter", "mask",
         "mix-blend-mode", "text-indent", "max-height", "block-ellipsis", "max-lines", "continue"), HIDES,
    ),
    **dict.fromkeys(
        ("caption-side", "position", "float", "transform", "top", "left", "right", "bottom", "inset", "z-index",
         "columns", "column-count", "flex", "grid", "direction", "writing-mode", "unicode-bidi"), MOVES,
    ),
    **dict.fromkeys(
        ("content", "text-transform", "list-style", "list-style-type", "quotes", "counter-increment", "counter-reset",
         "counter-set", "string-set", "hyphens", "hyphenate-character", "bookmark-label"), WORDS,
    ),
    **dict.fromkeys(("font", "font-family", "font-feature-settings", "font-stretch", "font-language-override"), FONTS),
}  # fmt: skip
