"""docgen's package printed on a company's letterhead: the parts of both, put together once for all documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from docgen.layout.theme import Theme
from docgen.writers.given_parts import GivenDocx, parse
from docgen.writers.letterhead import BODY, Letterhead, Place
from docgen.writers.letterhead_around import Preparing
from docgen.writers.letterhead_faults import PLACES
from docgen.writers.letterhead_fit import lines_of
from docgen.writers.letterhead_parts import Carried
from docgen.writers.letterhead_styles import merged, read_styles
from docgen.writers.word_around import Around, nothing_around
from docgen.writers.word_xml import W, escape

_W = f"{{{W}}}"
Arounds = tuple[Around, Around]
"""For pages that stand upright, and for those that lie on their side."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a letterhead makes of a package.

    Args:
        parts: more parts by name, and ``types``, their kinds.
        relationships: more of the document's.
        settings: markup that belongs after the language of the theme's fonts.
    """

    styles: bytes
    numbering: str
    around: Mapping[Place, Arounds]
    parts: Mapping[str, bytes]
    types: Mapping[str, str]
    relationships: str
    settings: str


def print_on(letterhead: Letterhead, theme: Theme, styles: bytes, numbering: str) -> Printed:
    """Put ``styles`` and the beginning of ``numbering``, which are docgen's, together with those of ``letterhead``."""
    given = letterhead.given
    ours = parse(styles)
    theirs = read_styles(given, ours)
    carried = Carried(given)
    preparing = Preparing(letterhead, theirs, carried, lines_of(theirs.root))
    around = {
        place: tuple(preparing.around(place, lies) or nothing_around(place[0]) for lies in (False, True))
        for place in (BODY, *(one for one in PLACES if one != BODY))
    }
    relationships = carried.of_document("theme", "fontTable")
    parts, types = carried.contents()
    return Printed(
        *merged(theirs, ours, numbering, preparing.written),
        {place: (pair[0], pair[1]) for place, pair in around.items()},
        parts,
        types,
        relationships,
        _colour_map(given),
    )


def _colour_map(given: GivenDocx) -> str:
    """Which colours of the theme its names for text and background mean."""
    settings = next((one.target for one in given.relations(given.main) if one.kind == "settings"), None)
    found = given.tree(settings).find(f"{_W}clrSchemeMapping") if settings else None
    if found is None:
        return ""
    colours = sorted((etree.QName(key).localname, escape(str(value))) for key, value in found.attrib.items())
    return "<w:clrSchemeMapping" + "".join(f' w:{name}="{value}"' for name, value in colours) + "/>"


def overrides(types: Mapping[str, str]) -> bytes:
    """The entries of [Content_Types].xml for parts."""
    return "".join(
        f'<Override PartName="/{escape(name)}" ContentType="{escape(kind)}"/>' for name, kind in sorted(types.items())
    ).encode()
