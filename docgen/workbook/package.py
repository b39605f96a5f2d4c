"""An Office file as its parts: changed as XML and zipped again; what isn't touched stays byte for byte."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from itertools import chain, count

from lxml import etree

from docgen.sources.guard import Refusal, damage_refused, open_zip
from docgen.writers.word_zip import deflated, zip_bytes

Tree = etree._Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = f"{PACKAGE}/relationships"
TYPES = f"{PACKAGE}/content-types"
SHEET_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
CONTENT_TYPES = "[Content_Types].xml"

LONGEST = 32_000
"""Excel takes 32,767 characters a cell."""
NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)


class Damaged(Exception):
    """A part that should be there isn't, or is no XML."""


def q(name: str, namespace: str = MAIN) -> str:
    """The name of an element as lxml has it."""
    return f"{{{namespace}}}{name}"


def parsed(xml: str | bytes) -> Tree:
    """``xml`` as a tree; entities of its own stay unread.

    Raises:
        Damaged: it is no XML.
    """
    try:
        return etree.fromstring(xml, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(str(error)) from error


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points to: ``kind`` is the last word of the relation's type, ``target`` a part or an address."""

    id: str
    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """The parts by name. A tree that was asked for is written anew, everything else as it was."""

    parts: dict[str, bytes]
    _trees: dict[str, Tree] = field(default_factory=dict)

    @classmethod
    def read(cls, content: bytes) -> Package:
        """The package in ``content``.

        Raises:
            Damaged: it is no zip, or one that the guard against hostile files refuses.
        """
        try:
            with open_zip(content) as file, damage_refused():
                return cls({one.filename: file.read(one) for one in file.infolist() if not one.is_dir()})
        except Refusal as error:
            raise Damaged(str(error)) from error

    def tree(self, name: str) -> Tree:
        """The part ``name``, to be changed in place."""
        if name not in self._trees:
            if name not in self.parts:
                raise Damaged(name)
            self._trees[name] = parsed(self.parts[name])
        return self._trees[name]

    def look(self, name: str) -> Tree:
        """The part ``name``, to be read only."""
        if name in self._trees:
            return self._trees[name]
        if name not in self.parts:
            raise Damaged(name)
        return parsed(self.parts[name])

    def relations(self, name: str) -> tuple[Relation, ...]:
        """What the part ``name`` (empty: the package) points to, inside the package."""
        rels = _rels(name)
        if rels not in self.parts:
            return ()
        return tuple(
            Relation(
                one.get("Id", ""),
                one.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", posixpath.dirname(name), one.get("Target", "")))[1:],
            )
            for one in self.look(rels).iter(q("Relationship", RELATIONS))
            if one.get("TargetMode") != "External"
        )

    def related(self, name: str, kind: str) -> str | None:
        """The first part of that ``kind`` which the part ``name`` points to."""
        return next((one.target for one in self.relations(name) if one.kind == kind), None)

    def add(self, name: str, tree: Tree, content_type: str, of: str, relation: str) -> str:
        """A new part, to which the part ``of`` (empty: the package) points; returns the id of the relation."""
        self.parts[name] = b""
        self._trees[name] = tree
        types = self.tree(CONTENT_TYPES)
        extension = name.rpartition(".")[2]
        if extension == "xml":
            etree.SubElement(types, q("Override", TYPES), {"PartName": f"/{name}", "ContentType": content_type})
        elif not any(one.get("Extension", "").lower() == extension for one in types):
            types.insert(0, etree.Element(q("Default", TYPES), {"Extension": extension, "ContentType": content_type}))
        rels = _rels(of)
        if rels not in self.parts:
            self.parts[rels] = f'<Relationships xmlns="{RELATIONS}"/>'.encode()
        known = {one.get("Id") for one in self.tree(rels)}
        id = next(f"rId{number}" for number in range(1, len(known) + 2) if f"rId{number}" not in known)
        target = posixpath.relpath(f"/{name}", posixpath.join("/", posixpath.dirname(of)))
        etree.SubElement(self.tree(rels), q("Relationship", RELATIONS), {"Id": id, "Type": relation, "Target": target})
        return id

    def remove(self, name: str, of: str) -> None:
        """Take the part ``name`` out, which only the part ``of`` points to, with its own relations."""
        for one in self.relations(of):
            if one.target == name:
                _drop(self.tree(_rels(of)), "Id", one.id)
        _drop(self.tree(CONTENT_TYPES), "PartName", f"/{name}")
        for gone in (name, _rels(name)):
            self.parts.pop(gone, None)
            self._trees.pop(gone, None)

    def free(self, pattern: str, *first: str) -> str:
        """The first name by ``pattern`` that no part has, ``first`` or a number in the place of ``{}``."""
        taken = {name.lower() for name in self.parts}
        return next(name for name in map(pattern.format, chain(first, count(1))) if name.lower() not in taken)

    def content(self) -> bytes:
        """The package as a file; the same parts give the same bytes."""
        for name, tree in self._trees.items():
            head = b"" if name.endswith(".vml") else b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            self.parts[name] = head + etree.tostring(tree, encoding="utf-8", xml_declaration=False)
        return zip_bytes(deflated(name, content) for name, content in self.parts.items())


def child(tree: Tree, name: str) -> Tree:
    """The child of that name, which must be there.

    Raises:
        Damaged: it isn't.
    """
    found = tree.find(q(name))
    if found is None:
        raise Damaged(name)
    return found


def insert(tree: Tree, child: Tree, order: tuple[str, ...]) -> None:
    """Put ``child`` among the children of ``tree`` where the format wants it: before the first that comes later.

    ``order``: the names of the children in the order of the schema.
    """
    later = order[order.index(etree.QName(child).localname) :]
    after = next((one for one in tree.iterchildren(etree.Element) if etree.QName(one).localname in later), None)
    if after is None:
        tree.append(child)
    else:
        after.addprevious(child)


def written(text: str) -> str:
    """``text`` as a cell or comment takes it: what XML can't hold becomes a mark, nothing is taken for an escape."""
    return LOOKS_ESCAPED.sub("_x005F_", NO_XML.sub("\ufffd", text[:LONGEST].replace("\r\n", "\n")))


def _rels(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _drop(tree: Tree, attribute: str, value: str) -> None:
    for one in [one for one in tree if one.get(attribute) == value]:
        tree.remove(one)
