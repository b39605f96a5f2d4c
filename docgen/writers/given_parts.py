"""The parts of a Word file that a company gave, their kinds, and how they refer to each other (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

TYPES = "[Content_Types].xml"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(NamedTuple):
    """``kind`` is the last word of the relationship's type, ``target`` a part's name or an address outside."""

    identity: str
    kind: str
    target: str
    external: bool
    type: str


@dataclass(frozen=True, slots=True)
class GivenDocx:
    """A Word file that was looked through: harmless, well-formed, nothing of it outside.

    ``name`` is for messages, ``main`` the part of the body; ``types`` gives the content type of each part.
    """

    name: str
    parts: Mapping[str, bytes]
    types: Mapping[str, str]
    main: str

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What ``part`` refers to; '' is the file as a whole."""
        return relations(self.parts, part)

    def tree(self, part: str) -> etree._Element:
        """The XML of ``part``, parsed anew: it may be changed."""
        return parse(self.parts[part])


def parse(content: bytes) -> etree._Element:
    """Well-formed XML of ordinary depth; nothing is fetched and no entity put in.

    Raises:
        etree.XMLSyntaxError: it is not.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def relationships_of(part: str) -> str:
    """The name of the part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def owner_of(rels: str) -> str:
    """The part whose relationships ``rels`` holds."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def relations(parts: Mapping[str, bytes], part: str) -> tuple[Relation, ...]:
    content = parts.get(relationships_of(part))
    if content is None:
        return ()
    found = []
    for one in parse(content).iter(_RELATIONSHIP):
        kind, target = str(one.get("Type", "")), str(one.get("Target", ""))
        external = one.get("TargetMode") == "External"
        if not external:
            target = resolved(part, target)
        found.append(Relation(str(one.get("Id", "")), kind.rpartition("/")[2], target, external, kind))
    return tuple(found)


def resolved(part: str, target: str) -> str:
    """The name of the part that ``part`` calls ``target``."""
    path = unquote(target.partition("#")[0])
    whole = posixpath.join("/", posixpath.dirname(part), path)
    return posixpath.normpath(whole).lstrip("/")


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The content type of each part; parts that have none are left out."""
    usual: dict[str, str] = {}
    own: dict[str, str] = {}
    for one in parse(parts[TYPES]):
        kind = str(one.get("ContentType", ""))
        if one.get("Extension") is not None:
            usual[str(one.get("Extension")).casefold()] = kind
        elif one.get("PartName") is not None:
            own[str(one.get("PartName")).lstrip("/").casefold()] = kind
    found = {}
    for name in parts:
        kind = own.get(name.casefold()) or usual.get(name.rpartition(".")[2].casefold(), "")
        if kind:
            found[name] = kind
    return found
