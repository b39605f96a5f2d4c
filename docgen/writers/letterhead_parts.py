"""The parts that a letterhead's text refers to, carried over into a folder of their own: no name can meet another."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from docgen.writers.given_parts import GivenDocx, Relation, relationships_of
from docgen.writers.word_xml import DECLARATION, escape

FOLDER = "word/letterhead"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELID = "{urn:schemas-microsoft-com:office:office}relid"


@dataclass(slots=True)
class Carried:
    """What was carried over from ``given`` so far: contents and content types by new names."""

    given: GivenDocx
    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def referred(self, owner: str, blocks: Iterable[etree._Element]) -> str:
        """Give the relationships of ``blocks`` ids of their own and carry over what they name.

        Returns:
            The relationships, as markup.
        """
        known = {one.identity: one for one in self.given.relations(owner)}
        renamed: dict[str, str] = {}
        found: list[str] = []
        for block in blocks:
            for element in block.iter(etree.Element):
                for key in [key for key in element.attrib if str(key).startswith(_R) or key == _RELID]:
                    old = str(element.get(key))
                    if old not in known:
                        continue
                    if old not in renamed:
                        renamed[old] = f"rIdLetterhead{len(renamed) + 1}"
                        found.append(self.related(known[old], renamed[old]))
                    element.set(key, renamed[old])
        return "".join(found)

    def related(self, relation: Relation, identity: str) -> str:
        """A relationship like ``relation``, called ``identity``; its part is carried over."""
        about = f'<Relationship Id="{escape(identity)}" Type="{escape(relation.type)}"'
        if relation.external:
            return f'{about} Target="{escape(relation.target)}" TargetMode="External"/>'
        return f'{about} Target="/{escape(self.carry(relation.target))}"/>'

    def carry(self, part: str) -> str:
        """Carry over ``part`` and whatever it refers to; returns its new name."""
        name = posixpath.join(FOLDER, part.removeprefix("word/").replace("/", "-"))
        if name in self.parts:
            return name
        self.parts[name] = self.given.parts[part]
        self.types[name] = self.given.types.get(part, "application/octet-stream")
        relations = [self.related(one, one.identity) for one in self.given.relations(part) if one.target]
        if relations:
            self.parts[relationships_of(name)] = (
                f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{"".join(relations)}</Relationships>'
            ).encode()
        return name

    def of_document(self, *kinds: str) -> str:
        """Relationships of the document itself to its parts of these kinds, such as the theme; as markup."""
        found = [one for one in self.given.relations(self.given.main) if one.kind in kinds and not one.external]
        return "".join(self.related(one, f"rIdLetterhead-{one.kind}") for one in found)
