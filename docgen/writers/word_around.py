"""What stands around docgen's own text in a body, head or foot: the letterhead's, or nothing but the part's element."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.writers.word_read import Story
from docgen.writers.word_xml import DECLARATION, NAMESPACES

RELATIONSHIPS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
TAGS = {"body": "document", "header": "hdr", "footer": "ftr"}
ENDS = {"body": "</w:body></w:document>", "header": "</w:hdr>", "footer": "</w:ftr>"}


@dataclass(frozen=True, slots=True)
class Around:
    """``opening`` and ``closing`` are markup, without the end of the part's element; ``blocks`` counts those in them.

    ``said`` is what must be read back of the blocks before and after; ``relationships`` are those that they need.
    """

    opening: str
    closing: str = ""
    relationships: str = ""
    blocks: tuple[int, int] = (0, 0)
    said: tuple[Story, Story] = (Story(), Story())


def nothing_around(kind: str) -> Around:
    """Of a package without a letterhead; ``kind`` is ``body``, ``header`` or ``footer``."""
    body = "<w:body>" if kind == "body" else ""
    return Around(f"{DECLARATION}<w:{TAGS[kind]} {NAMESPACES}>{body}")
