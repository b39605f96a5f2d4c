"""Prove that both files say what the tree says: read them back and compare text with text.

Text is compared without white space, in NFC, without characters that no page shows; in a PDF, characters that share a
glyph count as one, and words that run from right to left are compared without their order. The body must be equal as a
sequence. What the PDF says beyond it must be exactly the heads and feet of so many pages, the markers of its lists, and
the heads of the tables that run on over a page end; Word keeps heads and feet in parts of their own and counts its
lists itself.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

from lxml import etree

from docgen.errors import DocumentError
from docgen.layout.theme import Theme
from docgen.model.document import (
    Block,
    Cell,
    Document,
    Field,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Rule,
    Section,
    Table,
    Text,
    contents,
    lines,
    plain,
)
from docgen.model.rewrite import rewrite
from docgen.writers.direction import unordered
from docgen.writers.markers import marker_of
from docgen.writers.pdf_text import page_texts
from docgen.writers.split_rows import follows_split_rows

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIPS = "word/_rels/document.xml.rels"
SHOWN = 30

_UNSEEN = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u2069\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\U000e0100-\U000e01ef]+"
)
# A PDF knows one character a glyph. Radicals, ligatures and compatibility forms may share theirs with plain characters,
# and in Noto CJK a middle dot may be a bullet; PDFium gives a hyphen at a line end as U+0002.
_SHARED_GLYPHS = re.compile("[\u00b5\u2126\u2e80-\u2fdf\u3131-\u3163\uf900-\ufb4f\uffa1-\uffdc]")
_ALIKE = str.maketrans(
    "\x02\u2010\u2011\u2012•‧⋯➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓⮕⺂⺃⺅⺉⺋⺎⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺞⺠⺡⺣⺤⺦"
    "⺨⺫⺭⺯⺰⺱⺲⺳⺹⺺⺾⺿⻀⻁⻂⻃⻅⻆⻈⻉⻋⻌⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰"
    "⻱⻲⼾〜・㦳㫚㬵㬺㮣䎛䐠壿／｀🄋🄌𠘨𠦄𣏌𤈎𤣩𤨁𥫗𦥑𧃰𧢲𧺯𧾷𨸏𩙿𩠐𩿗𭕄",
    "---–··…①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿➡乛乚亻刂㔾兀尣尢巳幺彑彐忄扌攵旡歺民氵灬爫丬"
    "犭罒礻糹纟罓罒㓁耂肀艹艹艹虎衤覀见角讠贝车辶钅長镸长门阝青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐齿竜龙"
    "龜亀户～·㘽曶胶幐槩㖈㬻墫∕‵⓪⓿⺇卉杞㶷⺩瑨⺮⺽䕫⻇﨣⻊⻕⻞⻡𩿎⺍",
)


def bare(text: str) -> str:
    """What of ``text`` counts in a comparison."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def drawn(text: str) -> str:
    """What of ``text`` the glyphs of a PDF can tell."""
    plain_forms = bare(text).translate(_ALIKE)
    return _SHARED_GLYPHS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), plain_forms)


def check_parity(document: Document, theme: Theme, docx: bytes | None, pdf: bytes | None) -> None:
    """Compare each file with the tree.

    Raises:
        DocumentError: a file says something else; the text shows where they part.
    """
    if docx is not None:
        _check_word(document, docx)
    if pdf is not None:
        _check_pdf(document, theme, pdf)


def _differ(document: Document, where: str, expected: str, found: str) -> None:
    if expected == found:
        return
    shorter = min(len(expected), len(found))
    at = next((index for index in range(shorter) if expected[index] != found[index]), shorter)
    start = max(0, at - SHOWN // 2)
    raise DocumentError(
        f"{document.title}: {where} does not say what the document says: expected "
        f"…{expected[start : at + SHOWN]!r}…, found …{found[start : at + SHOWN]!r}…"
    )


def _check_word(document: Document, docx: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
        targets = {one.get("Id"): one.get("Target") for one in etree.fromstring(package.read(RELATIONSHIPS))}
        found = {
            (kind, str(one.get(f"{W}type"))): package.read(f"word/{targets[one.get(f'{R}id')]}")
            for kind in ("header", "footer")
            for one in root.iter(f"{W}{kind}Reference")
        }
    _differ(document, "a page field of Word", _fields(document.body), _word_fields(root))
    _differ(document, "Word", bare(document.text()), bare(_word_text(root)))
    running = {
        ("header", "first"): document.first_head,
        ("header", "default"): document.head,
        ("footer", "first"): document.foot,
        ("footer", "default"): document.foot,
    }
    for place in {**running, **found}:
        expected = bare("\n".join(lines(running.get(place, ()))))
        part = etree.fromstring(found[place]) if place in found else etree.Element("none")
        where = " ".join(place)
        _differ(document, f"a page field of Word ({where})", _fields(running.get(place, ())), _word_fields(part))
        _differ(document, f"Word's head or foot ({where})", expected, bare(_word_text(part)))


def _fields(blocks: tuple[Block, ...]) -> str:
    """The page fields below ``blocks``, in order."""
    return " ".join(one.kind for content in contents(blocks) for one in content if isinstance(one, Field))


def _word_fields(root: etree._Element) -> str:
    """The same as Word counts them; hidden text, which no reader would see, stands among them as what it is."""
    kinds = {"PAGE": "page-number", "NUMPAGES": "page-count"}
    found = []
    for element in root.iter(f"{W}instrText", f"{W}fldSimple", f"{W}vanish"):
        if element.tag == f"{W}vanish":
            found.append("hidden text")
            continue
        code = (element.get(f"{W}instr") or element.text or "").split()
        found.append(kinds.get(code[0], code[0]) if code else "empty")
    return " ".join(found)


def _word_text(root: etree._Element) -> str:
    """The text of a part in order, without the results of its fields."""
    parts: list[str] = []
    in_result = False
    for field_result in root.iter(f"{W}fldSimple"):
        field_result.clear()
    for element in root.iter(f"{W}t", f"{W}fldChar", f"{W}p", f"{W}br", f"{W}tab"):
        match element.tag.removeprefix(W):
            case "fldChar":
                in_result = element.get(f"{W}fldCharType") == "separate"
            case "t" if not in_result:
                parts.append(element.text or "")
            case "p" | "br" | "tab":
                parts.append("\n")
    return "".join(parts)


@dataclass(slots=True)
class Printed:
    """The body as a PDF prints it: its text with list markers, and where the rows of its tables stand in it."""

    text: str = ""
    tables: list[tuple[int, int, str]] = field(default_factory=list)
    """Start and end of a table's rows, and the head that is repeated."""
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Start of a row, and its cells' texts."""


def printed(document: Document, mark: Callable[[Listing, int, int], str]) -> Printed:
    made = Printed()

    def walk(blocks: tuple[Block, ...], depth: int, lead: str = "", in_cell: bool = False) -> Iterator[str]:
        for block in blocks:
            match block:
                case Paragraph() | Heading():
                    yield lead + plain(block.content)
                case Listing():
                    for number, item in enumerate(block.items, 1):
                        sign = mark(block, depth, number)
                        led = bool(item) and isinstance(item[0], Paragraph | Heading)
                        if not led:
                            yield sign
                        yield from walk(item, depth + 1, sign if led else "", in_cell)
                case Section():
                    yield from walk(block.blocks, depth, "", in_cell)
                case Table() if in_cell:
                    yield plain(block.caption)
                    for row in block.head + block.body:
                        for cell in row.cells:
                            yield from walk(cell.blocks, 0, "", in_cell)
                case Table():
                    table(block)
                case Rule():
                    pass
                case _:
                    assert_never(block)
            lead = ""

    def table(block: Table) -> None:
        made.text += drawn(plain(block.caption))
        head = "".join(_cell(cell) for row in block.head for cell in row.cells)
        made.text += head
        start = len(made.text)
        for row in block.body:
            made.rows.append((len(made.text), tuple(_cell(cell) for cell in row.cells)))
            made.text += "".join(made.rows[-1][1])
        made.tables.append((start, len(made.text), head))

    def _cell(cell: Cell) -> str:
        return "".join(drawn(text) for text in walk(cell.blocks, 0, "", in_cell=True))

    for text in walk(document.body, 0):
        made.text += drawn(text)
    return made


def _check_pdf(document: Document, theme: Theme, pdf: bytes) -> None:
    expected = printed(document, lambda listing, *at: marker_of(listing, theme, document.lang, *at))
    pages = [(drawn(head), drawn(body), drawn(foot)) for head, body, foot in page_texts(pdf, theme)]
    for number, (head, _, foot) in enumerate(pages, 1):
        running = document.first_head if number == 1 else document.head
        for name, blocks, found in (("head", running, head), ("foot", document.foot, foot)):
            wanted = _running(replace(document, body=blocks), number, len(pages))
            _differ(document, f"the {name} of PDF page {number}", unordered(wanted), unordered(found))
    said = ""
    bodies = [body for _, body, _ in pages]
    for index, body in enumerate(bodies):
        said += body if index == 0 else _without_repeated_head(body, len(said), expected)
    if said != expected.text and follows_split_rows(expected.text, expected.rows, expected.tables, bodies):
        return
    _differ(document, "the PDF", unordered(expected.text), unordered(said))


def _without_repeated_head(body: str, position: int, expected: Printed) -> str:
    for start, end, head in expected.tables:
        if head and start < position < end and body.startswith(head):
            return body[len(head) :]
    return body


def _running(document: Document, page: int, pages: int) -> str:
    """The text of a head or foot, the body of ``document``, on one page."""
    figures = {"page-number": str(page), "page-count": str(pages)}

    def figured(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(Text(figures[one.kind], document.lang) if isinstance(one, Field) else one for one in content)

    return drawn(rewrite(document, figured).text())
