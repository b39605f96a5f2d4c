"""What in a Word form would be handed out unnoticed: never filled, hidden, crossed out, or always new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from docgen.model.problems import Words
from docgen.wordforms.faults import Fault, fault
from docgen.wordforms.story import FALLBACK, Line, Story, story
from docgen.wordforms.tags import ENDS, tags_of
from docgen.writers.given_docx import field_kinds
from docgen.writers.given_parts import GivenDocx, parse
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
COMMENTS, ENDNOTES, LINK = Words("comment", "批注"), Words("endnote", "尾注"), Words("address of a link", "链接地址")
CLOCKS = ("DATE", "TIME", "PRINTDATE", "SAVEDATE", "CREATEDATE", "EDITTIME")
RENEWED = (
    *("FILENAME", "FILESIZE", "TEMPLATE", "USERNAME", "USERINITIALS", "USERADDRESS", "LASTSAVEDBY", "REVNUM"),
    *("AUTHOR", "TITLE", "SUBJECT", "KEYWORDS", "COMMENTS", "INFO", "DOCPROPERTY", "DOCVARIABLE", "NUMWORDS"),
    *("NUMCHARS", "ASK", "FILLIN", "MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "NEXTIF", "SKIPIF", "AUTOTEXT"),
)
"""Fields that say something else on another machine, or when they are renewed."""
CHANGES = (
    *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
    *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange"),
)
TRACKED = tuple(f"{_W}{name}" for name in CHANGES)
DRAWN = ("/diagrams/", "/charts/", "/embeddings/")
"""Parts of diagrams and charts, whose words are no text of the form."""
OFF = ("0", "false", "off")
MOST_SHOWN = 40


def leftovers(given: GivenDocx, stories: Mapping[str, Story]) -> Iterator[Fault]:
    """All of it; ``stories``: the parts that are filled, by name."""
    for relation in given.relations(given.main):
        if relation.external or relation.target not in given.parts:
            continue
        if relation.kind == "comments" and given.tree(relation.target).find(f"{_W}comment") is not None:
            yield fault("comment", COMMENTS)
        elif relation.kind == "endnotes":
            for line in story(ENDNOTES, given.tree(relation.target)).lines:
                yield from (fault("not_filled", line.place, tag=tag.whole) for tag in tags_of(line)[0])
    for relation in (one for name in stories for one in given.relations(name) if one.external):
        if _holds_tag(address := unquote(relation.target)):
            yield fault("not_filled", LINK, tag=_shown(address))
    for name, content in given.parts.items():
        if any(one in f"/{name}" for one in DRAWN) and name.endswith(".xml"):
            for text in map(str, parse(content).itertext()):
                if _holds_tag(text):
                    yield fault("not_filled", Words(name, name), tag=_shown(text))
    hidden = hidden_styles(given)
    for told in stories.values():
        yield from _fields(told)
        if next(told.root.iter(*TRACKED), None) is not None:
            yield fault("tracked", told.name)
        yield from _outside(told)
        for line in told.lines:
            yield from _hidden(line, hidden)


def _fields(told: Story) -> Iterator[Fault]:
    for kind in field_kinds(told.root):
        if kind in CLOCKS:
            yield fault("clock", told.name, name=kind)
        elif kind in RENEWED:
            yield fault("renewed", told.name, name=kind)


def _outside(told: Story) -> Iterator[Fault]:
    """Tags that are no text: in a field, a link, the description of a picture, or where nobody looks."""
    seen = {id(piece.element) for line in told.lines for piece in line.pieces}
    places = {id(line.element): line.place for line in told.lines}
    for element in told.root.iter():
        if element.tag == FALLBACK or any(True for _ in element.iterancestors(FALLBACK)):
            continue
        texts = [str(value) for value in element.attrib.values()] if isinstance(element.tag, str) else []
        texts += [element.tail or ""] + ([element.text or ""] if id(element) not in seen else [])
        for text in filter(_holds_tag, texts):
            above = (places[id(one)] for one in (element, *element.iterancestors()) if id(one) in places)
            yield fault("not_filled", next(above, told.name), tag=_shown(text))


def _holds_tag(text: str) -> bool:
    return any(sign in text for sign in ENDS)


def _shown(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= MOST_SHOWN else f"{said[: MOST_SHOWN - 1]}…"


def _hidden(line: Line, styles: frozenset[str]) -> Iterator[Fault]:
    """Hidden text is read back like any other, and printed by nobody."""
    of_paragraph = line.element.find(f"{_W}pPr/{_W}pStyle")
    for piece in line.pieces:
        run = piece.element.getparent()
        looks = None if run is None else run.find(f"{_W}rPr")
        own = None if looks is None else looks.find(f"{_W}vanish")
        named = [of_paragraph] if looks is None else [of_paragraph, looks.find(f"{_W}rStyle")]
        by_style = any(one is not None and one.get(f"{_W}val") in styles for one in named)
        is_hidden = by_style if own is None else own.get(f"{_W}val") not in OFF
        if is_hidden and (piece.element.text or "").strip():
            yield fault("hidden", line.place, text=_shown(piece.element.text or ""))
            return


def hidden_styles(given: GivenDocx) -> frozenset[str]:
    """The styles whose text is hidden, by themselves or by what they are based on."""
    found: dict[str, bool] = {}
    based: dict[str, str] = {}
    for relation in given.relations(given.main):
        if relation.kind != "styles" or relation.target not in given.parts:
            continue
        for style in given.tree(relation.target).iterfind(f"{_W}style"):
            name = str(style.get(f"{_W}styleId"))
            own, above = style.find(f"{_W}rPr/{_W}vanish"), style.find(f"{_W}basedOn")
            if own is not None:
                found[name] = own.get(f"{_W}val") not in OFF
            elif above is not None:
                based[name] = str(above.get(f"{_W}val"))
    for name in based:
        above_it, seen = based[name], {name}
        while above_it in based and above_it not in seen:
            seen.add(above_it)
            above_it = based[above_it]
        found[name] = found.get(above_it, False)
    return frozenset(name for name, is_hidden in found.items() if is_hidden)


def on_first_page(given: GivenDocx) -> frozenset[str]:
    """The heads and feet that the first page shows; others may never be printed."""
    section = next(given.tree(given.main).iter(f"{_W}sectPr"), None)
    if section is None:
        return frozenset()
    title = section.find(f"{_W}titlePg")
    kind = "first" if title is not None and title.get(f"{_W}val") not in OFF else "default"
    shown = {
        str(one.get(f"{_R}id"))
        for name in ("headerReference", "footerReference")
        for one in section.iterfind(f"{_W}{name}")
        if one.get(f"{_W}type", "default") == kind
    }
    return frozenset(one.target for one in given.relations(given.main) if one.identity in shown)
