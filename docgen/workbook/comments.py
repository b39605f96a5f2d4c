"""Comments on cells: docgen's text goes below the user's own, under a line by which it is found and cut off again."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from docgen.sources.grid import Cell, cell_of
from docgen.workbook.book_file import text_of
from docgen.workbook.boxes import Boxes
from docgen.workbook.package import MAIN, OFFICE, SHEET_TYPES, Package, Tree, child, parsed, q, written
from docgen.workbook.places import View, name_of

AUTHOR = "docgen"
LINE = "── docgen ──"
NEXT = "\u00a0\n"
"""A new line after a run; programs may drop the blanks that a text begins with, but not a non-breaking one."""

EMPTY = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'


def comment(package: Package, part: str, texts: Mapping[Cell, str], view: View, number: int) -> None:
    """Write ``texts`` on the cells of the tab ``part``; ``number`` is its own among the tabs of the file."""
    if not texts:
        return
    comments = package.tree(_comments(package, part))
    boxes = Boxes(package, part, number)
    found = {cell_of(one.get("ref", "")): one for one in comments.iter(q("comment"))}
    authors, many = child(comments, "authors"), child(comments, "commentList")
    for cell, text in sorted(texts.items()):
        one = found.get(cell)
        if one is not None and _is_thread(one, authors):
            continue
        if one is None:
            one = etree.SubElement(many, q("comment"), ref=name_of(cell), authorId=str(_author(authors)))
            etree.SubElement(one, q("text"))
        _append(one, text)
        boxes.place(cell, text_of(one), view)


def clear_comments(package: Package, part: str) -> None:
    """Cut docgen's text off all comments of a tab; what held nothing else goes, and its box with it."""
    name = package.related(part, "comments")
    if name is None or LINE not in text_of(package.look(name)):
        return  # a part that isn't touched stays as it was
    tree = package.tree(name)
    many = child(tree, "commentList")
    gone: list[Tree] = []
    for one in many:
        text = text_of(one)
        if LINE not in text:
            continue
        own = text[: text.index(LINE)].removesuffix("\n").removesuffix(NEXT[0])
        if own.strip():
            _keep(one, len(own))
        else:
            gone.append(one)
    boxes = Boxes(package, part, 1)
    for one in gone:
        many.remove(one)
        boxes.remove(cell_of(one.get("ref", "")))


def _comments(package: Package, part: str) -> str:
    name = package.related(part, "comments")
    if name is None:
        name = package.free("xl/comments{}.xml")
        package.add(name, parsed(EMPTY), f"{SHEET_TYPES}comments+xml", part, f"{OFFICE}/comments")
    return name


def _author(authors: Tree) -> int:
    for index, one in enumerate(authors):
        if one.text == AUTHOR:
            return index
    etree.SubElement(authors, q("author")).text = AUTHOR
    return len(authors) - 1


def _is_thread(one: Tree, authors: Tree) -> bool:
    """Whether this only stands for a talk kept elsewhere in the file, which programs show in its place."""
    index = int(one.get("authorId", 0))
    return index < len(authors) and (authors[index].text or "").startswith("tc=")


def _append(one: Tree, text: str) -> None:
    """Put docgen's line and ``text`` below what the comment says, as plain text where it has no runs of its own."""
    holder = child(one, "text")
    said = written(f"{LINE}\n{text}".rstrip())
    if holder.find(q("r")) is None:
        plain = holder.find(q("t"))
        if plain is None:
            plain = etree.SubElement(holder, q("t"))
        plain.text = f"{plain.text}\n{said}" if plain.text else said
        return
    run = etree.SubElement(holder, q("r"))
    look = etree.SubElement(run, q("rPr"))
    for name, value in (("sz", "9"), ("color", "81"), ("rFont", "Tahoma"), ("family", "2")):
        etree.SubElement(look, q(name), {"indexed" if name == "color" else "val": value})
    piece = etree.SubElement(run, q("t"))
    piece.text = f"{NEXT}{said}"


def _keep(one: Tree, length: int) -> None:
    """Leave the first ``length`` characters of a comment; docgen's own are in runs, or some program's copy of them."""
    holder = child(one, "text")
    for run in [run for run in holder if run.tag in (q("r"), q("t"))]:
        piece = run if run.tag == q("t") else run.find(q("t"))
        text = "" if piece is None else piece.text or ""
        if piece is not None and length > 0:
            piece.text = text[:length]
        else:
            holder.remove(run)
        length -= len(text)
