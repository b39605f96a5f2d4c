"""The theme: all that both writers know about the look of a document, read from theme.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from docgen.errors import TemplateError
from docgen.layout.first_page import LetterheadRoom
from docgen.layout.inlines import near
from docgen.layout.theme_checks import check
from docgen.layout.theme_css import css_properties
from docgen.layout.theme_file import Node, build, read_files
from docgen.model.document import Written
from docgen.model.problems import Words

NO_ROLE = Words("{place}: {what} {name!r} is not in the theme{near}", "{place}：主题中没有 {what} {name!r}{near}")
KEYS = (
    "page", "letterhead", "code_field", "fonts", "sizes", "colours", "table", "writing_line", "short_table", "lists",
    "elements", "roles", "spans",
)  # fmt: skip
ELEMENTS = (
    "paragraph", "heading-1", "heading-2", "heading-3", "list", "caption", "table", "table-head", "rule",
)  # fmt: skip

# Colours that the writers themselves use; a theme may name more.
COLOURS = ("text", "label", "rule", "tint", "accent")

Size = Literal["title", "heading", "body", "table", "note"]


@dataclass(frozen=True, slots=True)
class Margins:
    """Millimetres."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Page:
    """Portrait, in millimetres; ``head`` and ``foot`` are their distances from the page's edges."""

    width: float
    height: float
    margins: Margins
    head: float
    foot: float


@dataclass(frozen=True, slots=True)
class CodeField:
    """The square at the right edge, above and below, that page codes need; in millimetres."""

    size: float
    from_side: float
    from_edge: float
    clearance: float


@dataclass(frozen=True, slots=True)
class Face:
    """The fonts for Latin and for East Asian characters."""

    latin: str
    east_asian: str


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts of one language; without ``bold`` strong words take the heading's fonts, as fake bold smears."""

    body: Face
    heading: Face
    bold: bool


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of one writer."""

    en: Faces
    zh: Faces
    ticks: str
    mono: str

    def of(self, language: str) -> Faces:
        return self.zh if written(language) == "zh" else self.en

    @property
    def families(self) -> tuple[str, ...]:
        faces = (self.en.body, self.en.heading, self.zh.body, self.zh.heading)
        return (*(face.latin for face in faces), *(face.east_asian for face in faces), self.ticks, self.mono)


@dataclass(frozen=True, slots=True)
class FontSets:
    word: Fonts
    pdf: Fonts


@dataclass(frozen=True, slots=True)
class TableLook:
    """``hair`` and ``writing`` (a line to write on) in points, the padding in millimetres."""

    hair: float
    writing: float
    padding_x: float
    padding_y: float


@dataclass(frozen=True, slots=True)
class Numbers:
    en: tuple[str, ...]
    zh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """``indent`` of a level in millimetres; markers level by level, each shown by its first, such as ``(a)``."""

    indent: float
    bullets: tuple[str, ...]
    numbers: Numbers

    def markers(self, language: str) -> tuple[str, ...]:
        return self.numbers.zh if written(language) == "zh" else self.numbers.en


@dataclass(frozen=True, slots=True)
class Look:
    """How an element, a role or a span looks in one language; None: as what stands around it.

    ``before`` and ``after`` in points; ``indent``, ``padding`` and ``row_height`` in millimetres. ``lines`` and
    ``head`` are a table's: which lines are drawn, and whether its heads are tinted and bold or plain grey labels.
    """

    size: Size | None = None
    weight: Literal["normal", "bold"] | None = None
    colour: str | None = None
    font: Literal["body", "heading", "mono"] | None = None
    align: Literal["left", "center", "right"] | None = None
    line_height: float | None = None
    before: float | None = None
    after: float | None = None
    indent: float | None = None
    border: Literal["top", "bottom", "box"] | None = None
    tint: str | None = None
    padding: float | None = None
    keep_with_next: bool = False
    keep_together: bool = False
    row_height: float | None = None
    valign: Literal["top", "center", "bottom"] | None = None
    lines: Literal["rows", "grid", "none"] | None = None
    head: Literal["tinted", "plain"] | None = None
    markers: bool = True

    @property
    def for_hands(self) -> bool:
        """Is it a line to write on?"""
        return self.border == "bottom" and self.row_height is not None

    @property
    def writes(self) -> bool:
        """Does it change how text looks?"""
        return any((self.size, self.weight, self.colour, self.font, self.line_height))


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Looks:
    """All looks in one language."""

    elements: Mapping[str, Look]
    roles: Mapping[str, Look]
    spans: Mapping[str, Look]

    def role(self, name: str, place: str = "") -> Look:
        """The look of a block's, row's or cell's role; '' is plain.

        Raises:
            TemplateError: the theme has no such role; the text names the nearest.
        """
        return self._find(self.roles, name, place, "class")

    def span(self, name: str, place: str = "") -> Look:
        """The look of a role of running text.

        Raises:
            TemplateError: the theme has no such role.
        """
        return self._find(self.spans, name, place, "span class")

    @staticmethod
    def _find(looks: Mapping[str, Look], name: str, place: str, what: str) -> Look:
        if not name:
            return PLAIN
        found = looks.get(name)
        if found is None:
            at = {"place": place or "document", "what": what}
            raise TemplateError(NO_ROLE.filled(**at, name=name, near=near(name, looks)))
        return found


@dataclass(frozen=True, slots=True)
class Theme:
    """The whole look of a template set."""

    page: Page
    letterhead: LetterheadRoom
    code_field: CodeField
    fonts: FontSets
    sizes: Mapping[str, float]
    colours: Mapping[str, str]
    table: TableLook
    writing_line: float
    short_table: int
    lists: Lists
    en: Looks
    zh: Looks

    def looks(self, language: str) -> Looks:
        return self.zh if written(language) == "zh" else self.en

    @property
    def head_indent(self) -> float:
        """Millimetres that heads and feet stay away from the right margin, to keep clear of the code fields."""
        field = self.code_field
        return max(0.0, field.from_side + field.size + field.clearance - self.page.margins.right)

    def css_properties(self, language: str) -> dict[str, str]:
        """The theme as CSS custom properties, such as ``--size-body`` and ``--heading-2-before``, units included."""
        return dict(css_properties(self, language))


def written(language: str) -> Written:
    """``zh-CN`` and ``zh`` are both written Chinese."""
    return "zh" if language.startswith("zh") else "en"


def load_theme(paths: Sequence[Path]) -> Theme:
    """Read the theme from the files that exist; what stands in an earlier file wins.

    Raises:
        TemplateError: a key is unknown, missing or has a wrong value; with file and line.
    """
    root = read_files(paths)
    root.refuse_unknown(KEYS)
    root["elements"].refuse_unknown(ELEMENTS)
    for part, names in (("sizes", get_args(Size)), ("colours", COLOURS), ("elements", ELEMENTS)):
        for name in names:
            root[part][name]
    root["sizes"].refuse_unknown(get_args(Size))
    theme = Theme(
        page=build(Page, root["page"]),
        letterhead=build(LetterheadRoom, root["letterhead"]),
        code_field=build(CodeField, root["code_field"]),
        fonts=build(FontSets, root["fonts"]),
        sizes=build(dict[str, float], root["sizes"]),
        colours=build(dict[str, str], root["colours"]),
        table=build(TableLook, root["table"]),
        writing_line=build(float, root["writing_line"]),
        short_table=build(int, root["short_table"]),
        lists=build(Lists, root["lists"]),
        en=_looks(root, "en"),
        zh=_looks(root, "zh"),
    )
    check(theme, root)
    return theme


def _looks(root: Node, language: Written) -> Looks:
    return Looks(*(build(dict[str, Look], root[part], language) for part in ("elements", "roles", "spans")))
