"""The tags in the paragraphs of a Word form: found, cleaned as docxtpl cleans them, and each looked at by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from docgen.model.problems import Words
from docgen.wordforms.faults import Fault, fault
from docgen.wordforms.story import Line
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
SIGNS = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}|[{｛]｛|｛[{%]|｛％|[}％%]?｝｝|[%％]｝|[{｛]％|％\}")
KIND = re.compile(r"(tr|tc|p|r)\s(.*)", re.DOTALL)
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
"""What comes with text that was copied from elsewhere."""
QUOTES = str.maketrans("“”‘’", "\"\"''")
FULL_WIDTH = re.compile("[（），：；“”‘’＋－＊／＝＜＞！｜％．［］｛｝＿０-９Ａ-Ｚａ-ｚ]")
OPENS, BETWEEN, CLOSES = ("for", "if"), ("elif", "else"), ("endfor", "endif")
BOXES = ("tr", "tc", "p", "r")
SINGLE = ("set", "colspan", "cellbg", "hm", "vm")
FILES = ("include", "import", "from", "extends", "block")
MOST_SHOWN = 60
THINGS = {
    **dict.fromkeys(("drawing", "pict", "object"), Words("[picture]", "[图片]")),
    **dict.fromkeys(("fldChar", "instrText", "fldSimple"), Words("[field]", "[域]")),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), Words("[footnote]", "[脚注]")),
    "tbl": Words("[table]", "[表格]"),
    "sym": Words("[symbol]", "[符号]"),
    "sectPr": Words("[section break]", "[分节符]"),
}
"""What is no text, and would be lost with a tag that it lies in or beside."""
PAGE_BREAK = Words("[page break]", "[分页符]")
_SPLITTING = tuple(f"{_W}{name}" for name in THINGS)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: where it stands, and what it says.

    ``opening`` is one of ENDS; ``kind`` what it takes away around it (``tr tc p r``, or '' for nothing); ``inner`` its
    text without braces and kind; ``trims``: the signs that eat the white around it.
    """

    line: Line
    start: int
    end: int
    opening: str
    kind: str
    inner: str
    before: str = ""
    after: str = ""

    @property
    def place(self) -> Words:
        return self.line.place

    @property
    def whole(self) -> str:
        """As it stands in the form, cut where it is long."""
        text = " ".join(self.line.text[self.start : self.end].split())
        return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"

    @property
    def word(self) -> str:
        """The first word of a statement."""
        return self.inner.split(None, 1)[0] if self.opening == "{%" and self.inner.split() else ""

    @property
    def source(self) -> str:
        """The tag as Jinja is to read it."""
        return f"{self.opening} {self.inner} {ENDS[self.opening]}"

    @property
    def runs(self) -> list[etree._Element]:
        """The runs that it is spread over."""
        found = [
            one.element.getparent()
            for one in self.line.pieces
            if one.start < self.end and one.start + len(one.element.text or "") > self.start
        ]
        return [one for one in found if one is not None]


def tags_of(line: Line) -> tuple[list[Tag], list[Fault]]:
    """The tags of a paragraph, and what is wrong with their braces."""
    tags: list[Tag] = []
    faults: list[Fault] = []
    text, at = line.text, 0
    while found := SIGNS.search(text, at):
        sign, at = found[0], found.end()
        if sign not in ENDS:
            shown = _shown(text[max(0, found.start() - 10) : found.end() + 12])
            faults.append(fault("stray_end" if sign.isascii() else "full_width", line.place, tag=shown))
            continue
        end = text.find(ENDS[sign], at)
        following = text.find(sign, at)
        if end < 0 or 0 <= following < end:
            faults.append(fault("not_closed", line.place, tag=_shown(text[found.start() :][:24]), end=ENDS[sign]))
            continue
        at = end + 2
        tag = _tag(line, found.start(), at, sign)
        tags.append(tag)
        faults += _alone(tag)
    return tags, faults


def _tag(line: Line, start: int, end: int, opening: str) -> Tag:
    inner = line.text[start + 2 : end - 2]
    before = inner[:1] if inner[:1] in ("-", "+") else ""
    after = inner[-1:] if inner[-1:] in ("-", "+") else ""
    inner = inner[len(before) : len(inner) - len(after)]
    kind = KIND.fullmatch(inner.rstrip() + " ") if not before else None
    inner = kind[2] if kind else inner
    cleaned = " ".join(UNSEEN.sub("", inner).translate(QUOTES).split())
    return Tag(line, start, end, opening, kind[1] if kind else "", cleaned, before, after)


def _alone(tag: Tag) -> Iterator[Fault]:
    """What is wrong with a tag wherever it stands."""
    if _is_split(tag):
        yield fault("split", tag.place, tag=tag.whole)
    if tag.opening == "{#":
        return
    if tag.kind in ("tr", "tc", "p") and ("%" in tag.inner or "}" in tag.inner):
        yield fault("sign_in_tag", tag.place, tag=tag.whole)
    if tag.opening == "{{" and tag.kind in ("p", "tr", "tc"):
        yield fault("subdocument", tag.place, tag=tag.whole)
    if not is_known(tag):
        kind = "no_files" if tag.word in FILES else "parted" if tag.word in BOXES else "unknown_statement"
        yield fault(kind, tag.place, tag=tag.whole, name=tag.word or "{% %}")


def is_known(tag: Tag) -> bool:
    """Is it a value, a comment, or a statement that forms may hold?"""
    return tag.opening != "{%" or tag.word in (*OPENS, *BETWEEN, *CLOSES, *SINGLE)


def _is_split(tag: Tag) -> bool:
    """Does anything lie in it that the filling would throw away?"""
    runs = tag.runs
    if len({run.getparent() for run in runs}) > 1:
        return True
    between = runs[:1]
    for run in runs[:1]:
        for other in run.itersiblings():
            if other in runs[1:] or runs[-1] in other.itersiblings():
                between.append(other)
    inside = [element for run in between[1:-1] if run not in runs for element in run.iter(*_SPLITTING)]
    return bool(inside) or any(True for run in runs[:-1] for _ in run.iter(*_SPLITTING))


def boxes(tags: Sequence[Tag]) -> Iterator[Fault]:
    """What is wrong with how tags stand: those that take a row, a cell or a paragraph away stand alone in it."""
    for tag in tags:
        if tag.kind in ("tr", "tc") and tag.line.above(f"{_W}{tag.kind}") is None:
            yield fault("not_in_table", tag.place, tag=tag.whole)
        elif tag.kind in ("tr", "tc", "p"):
            name = {"tr": "row_beside", "tc": "cell_beside", "p": "paragraph_beside"}[tag.kind]
            if (text := _beside(tag)).en:
                yield fault(name, tag.place, tag=tag.whole, text=text)
        if tag.word in ("hm", "vm", "colspan", "cellbg") and tag.line.above(f"{_W}tc") is None:
            yield fault("not_in_table", tag.place, tag=tag.whole)


def _beside(tag: Tag) -> Words:
    """The text, or else the first thing, that stands in the box of a tag beside it."""
    box = tag.line.element if tag.kind == "p" else tag.line.above(f"{_W}{tag.kind}")
    assert box is not None
    own = tag.line.text[: tag.start] + tag.line.text[tag.end :]
    others = [
        "".join(one.text or "" for one in paragraph.iter(f"{_W}t"))
        for paragraph in box.iter(f"{_W}p")
        if paragraph is not tag.line.element
    ]
    text = _shown(" ".join((own, *others)))
    things = [THINGS[etree.QName(one).localname] for one in box.iter(*_SPLITTING)]
    things += [PAGE_BREAK for one in box.iter(f"{_W}br") if one.get(f"{_W}type") == "page"]
    thing = next(iter(things), None)
    return Words(text, text) if text or thing is None else thing


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"


def wrong_sign(tag: Tag) -> str:
    """A full-width sign outside of quotation marks, which a Chinese keyboard gives easily; '' where there is none."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", tag.inner)
    found = FULL_WIDTH.search(bare)
    return found[0] if found else ""
