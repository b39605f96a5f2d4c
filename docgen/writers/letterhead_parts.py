"""The parts that a letterhead's text refers to, carried over into a folder of their own: no name can meet another."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from docgen.writers.given_parts import GivenDocx, Relation, relationships_of
from docgen.writers.word_xml import DECLARATION, escape

FOLDER = "word/letterhead"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_UNKNOWN = "application/octet-stream"
_RELID = "{urn:schemas-microsoft-com:office:office}relid"


@dataclass(slots=True)
class Carried:
    """What was carried over from ``given`` so far: new names by old ones, and those whose own parts are to come."""

    given: GivenDocx
    names: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)

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
        """Carry over ``part``; returns its new name."""
        if part not in self.names:
            # Word takes names for alike whatever their case, and some programs none with spaces or Han characters.
            name = re.sub(r"[^A-Za-z0-9._-]", "-", posixpath.basename(part))
            taken = {one.casefold() for one in self.names.values()}
            while f"{FOLDER}/{name}".casefold() in taken:
                name = f"x-{name}"
            self.names[part] = f"{FOLDER}/{name}"
            self.waiting.append(part)
        return self.names[part]

    def contents(self) -> tuple[dict[str, bytes], dict[str, str]]:
        """All parts by their new names, with whatever they refer to, and their content types."""
        parts: dict[str, bytes] = {}
        while self.waiting:
            part = self.waiting.pop()
            parts[self.names[part]] = self.given.parts[part]
            relations = [self.related(one, one.identity) for one in self.given.relations(part) if one.target]
            if relations:
                parts[relationships_of(self.names[part])] = (
                    f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{"".join(relations)}</Relationships>'
                ).encode()
        return parts, {self.names[part]: self.given.types.get(part, _UNKNOWN) for part in self.names}

    def of_document(self, *kinds: str) -> str:
        """Relationships of the document itself to its parts of these kinds, such as the theme; as markup."""
        found = [one for one in self.given.relations(self.given.main) if one.kind in kinds and not one.external]
        return "".join(self.related(one, f"rIdLetterhead-{one.kind}") for one in found)
