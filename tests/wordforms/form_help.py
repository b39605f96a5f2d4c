"""Small Word forms, written with python-docx as a person would with Word, read and filled for the notes of Wang."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from PIL import Image

from docgen.company import Company
from docgen.errors import TemplateError
from docgen.generate import filling
from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp
from docgen.layout.sets import load_set
from docgen.model.problems import Words
from docgen.paper import Paper, papers
from docgen.wordforms.form import Review, WordForm, read_form, read_part, review
from docgen.wordforms.room import Rooms
from docgen.wordforms.story import story
from docgen.writers.given_parts import GivenDocx, parse
from docgen.writers.page_codes import Codes
from docgen.writers.properties import Properties
from docgen.writers.word_xml import NAMESPACES, escape
from tests.sample_help import TODAY, checked, definitions, kit

PROPERTIES = Properties("绩效面谈记录", "某公司", TODAY, "abc123", "zh-CN", "S1024-202601-N-2")
CODES = Codes("S1024-202601-N-2", 1, "3fa9" * 16)
NUMBER = "{{ number }}"


@cache
def paper(form: str = "notes") -> Paper:
    """The last document of a form that Wang's case has."""
    return [one for one in papers(checked(), definitions()) if one.form.name == form][-1]


def saved(folder: Path, document: WordDocument, name: str = "notes") -> Path:
    """``document`` as the Word form of a company in ``folder``."""
    path = folder / "templates" / f"{name}.docx"
    path.parent.mkdir(exist_ok=True)
    document.save(str(path))
    return path


@cache
def _small() -> bytes:
    """python-docx's own template without the styles and parts that nobody uses here: each test opens and saves it."""
    document = docx.Document()
    for identity, relation in list(document.part.rels.items()):
        if relation.reltype.rpartition("/")[2] not in ("styles", "settings"):
            del document.part.rels[identity]
    package = document.part.package
    for identity, relation in list(package.rels.items()):
        if relation.reltype.rpartition("/")[2] not in ("officeDocument", "core-properties"):
            del package.rels[identity]
    styles = document.styles.element
    for style in list(styles):
        if style.get(qn("w:default")) is None and style.get(qn("w:styleId")) not in ("Header", "Footer"):
            styles.remove(style)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def written(*paragraphs: str, number: bool = True) -> WordDocument:
    """A form of some paragraphs, with the number in its head."""
    document = docx.Document(io.BytesIO(_small()))
    for text in paragraphs:
        document.add_paragraph(text)
    if number:
        document.sections[0].header.paragraphs[0].text = NUMBER
    return document


def table(document: WordDocument, *rows: str) -> Any:
    """Add a table from lines such as ``a | b``."""
    cells = [[one.strip() for one in row.split("|")] for row in rows]
    made = document.add_table(rows=len(cells), cols=max(map(len, cells)))
    for index, row in enumerate(cells):
        for column, text in enumerate(row):
            made.cell(index, column).text = text
    return made


def read(folder: Path, document: WordDocument) -> WordForm:
    return read_form(saved(folder, document))


def reviewed(folder: Path, document: WordDocument, form: str = "notes") -> Review:
    return review(read(folder, document), definitions().forms[form], definitions(), kit().templates)


def told_of(*paragraphs: str) -> list[tuple[str, str]]:
    """The faults of a body of some paragraphs: kind and place; no file is made for it."""
    text = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    root = parse(f"<w:document {NAMESPACES}><w:body>{text}</w:body></w:document>".encode())
    part, faults = read_part("word/document.xml", story(Words("body", "正文"), root[0]), Rooms(root))
    form = WordForm(Path("notes.docx"), b"", GivenDocx("notes.docx", {}, {}, part.name), (part,), tuple(faults))
    found = review(form, definitions().forms["notes"], definitions(), kit().templates)
    return [(one.kind, one.place.en) for one in found.faults]


def told(folder: Path, document: WordDocument) -> list[tuple[str, str]]:
    """The faults of a form: kind and place."""
    return [(one.kind, one.place.en) for one in reviewed(folder, document).faults]


def kit_in(folder: Path, **settings: Any) -> Kit:
    """Wang's office, with ``folder`` as its company's."""
    company = Company(folder)
    return Kit(definitions(), {**kit().settings, **settings}, load_set(), company)


def filled(
    folder: Path,
    document: WordDocument,
    *,
    of: Paper | None = None,
    mode: Mode = "final",
    change: Mapping[str, Any] | None = None,
    codes: Codes | None = None,
) -> WordDocument:
    """The form, filled, read back by docgen and opened again; ``change``: other values of the talk."""
    return docx.Document(io.BytesIO(filled_bytes(folder, document, of=of, mode=mode, change=change, codes=codes)))


def filled_bytes(
    folder: Path,
    document: WordDocument,
    *,
    of: Paper | None = None,
    mode: Mode = "final",
    change: Mapping[str, Any] | None = None,
    codes: Codes | None = None,
) -> bytes:
    asked = of or paper()
    saved(folder, document, asked.form.name)
    if change:
        asked = Paper(asked.case, asked.form, {**asked.row, **change}, asked.number, asked.path)
    own = filling(asked, kit_in(folder), Stamp(asked.number if mode == "final" else "", 1, TODAY), mode)
    assert own
    files, _ = own.write(("docx",), PROPERTIES, None, codes)
    return files["docx"]


def texts(document: WordDocument) -> list[str]:
    """What its paragraphs say, those without text left out."""
    return [one.text for one in document.paragraphs if one.text]


def rows(document: WordDocument, index: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[index].rows]


def refusal(act: Callable[[], object]) -> Words:
    """What is said by a form that can't be filled."""
    try:
        act()
    except TemplateError as error:
        return error.words
    raise AssertionError("nothing was refused")


def add_field(paragraph: Any, code: str, shown: str) -> None:
    """A field as Word writes it, with what it showed when the form was saved."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind != "shown":
            element = docx.oxml.OxmlElement("w:fldChar" if kind else "w:instrText")
            element.text = text or None
            if kind:
                element.set(qn("w:fldCharType"), kind)
            run._r.append(element)


def picture(width: int = 40, height: int = 20) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), (20, 90, 160)).save(made, "PNG")
    return made.getvalue()
