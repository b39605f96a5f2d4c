"""A company's letterhead, colours and words show in Word and PDF alike; the shipped variants keep what they promise."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from docgen.company import Company
from docgen.errors import TemplateError
from docgen.generate import Made, make, render
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.contrast import contrast, parsed
from docgen.layout.logo import NAME
from docgen.layout.sets import load_set
from docgen.layout.theme import Theme
from docgen.model.document import Block, Section, Table
from docgen.model.identity import content_hash
from docgen.office.working import kit_of, packed
from docgen.paper import Format, Paper
from docgen.writers.columns import MOST, needs, widths
from docgen.writers.pdf_content import Contents
from docgen.writers.tall_rows import text_width
from tests import sample_help as wang
from tests.writers.pdf_help import page_texts

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "company"
TEAL, TEAL_IN_PDF = "1F6F78", b"0.121569 0.435294 0.470588 rg"
ADDRESS = "青禾路8号3幢"
SENTENCE = "本公司要求的完成期限如下："
SAID = {"en": "The company of this test says so.", "zh": SENTENCE}
CHANGED = {
    "letter": "period_clause", "plan": "scope", "monthly": "receipt", "notes": "confirmation", "outcome": "copies",
}  # fmt: skip
"""A sentence that each form says, whatever its case."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("company")
    (made / "docgen.yaml").write_text("company_name: 青禾仪器有限公司\n", "utf-8")
    (made / "logo.svg").write_bytes((SAMPLE / "logo.svg").read_bytes())
    (made / "templates").mkdir()
    theme = f"colours: {{accent: '#{TEAL}'}}\nelements: {{heading-2: {{colour: accent}}}}\n"
    (made / "templates" / "theme.yaml").write_text(theme, "utf-8")
    for language, said in SAID.items():
        wording = "".join(f"{form}: {{{key}: '{said}'}}\n" for form, key in CHANGED.items())
        (made / "templates" / f"wording.{language}.yaml").write_text(wording, "utf-8")
    return made


def kit_for(folder: Path, **settings: Any) -> Kit:
    return Kit.of({**wang.kit().settings, "company_address": ADDRESS, **settings}, Company(folder))


@pytest.fixture(scope="module")
def ours(folder: Path) -> Kit:
    return kit_for(folder)


def paper_of(form: str, language: str) -> Paper:
    """A paper of Wang's case in ``language``, also of the form that his case does not ask for."""
    definition, values = wang.definitions().forms[form], wang.checked().case.values
    case = replace(wang.checked().case, values={**values, "case": {**values["case"], "language": language}})
    row = case.values["case"] if definition.unit == "case" else case.values[definition.unit][-1]
    return Paper(case, definition, row, "", ())


@pytest.fixture(scope="module")
def letter(ours: Kit) -> Made:
    return make(wang.wang("letter"), ours, issued=wang.TODAY)


def contents(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as found:
        return b"\n".join(page.Contents.read_bytes() for page in found.pages)


def parts(docx: bytes, name: str = "") -> str:
    """The texts of the parts whose names hold ``name``."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return "\n".join(package.read(part).decode() for part in package.namelist() if name in part and ".xml" in part)


def words(docx: bytes) -> str:
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", parts(docx, "document.xml")))


def test_a_changed_colour_shows_in_both_formats(letter: Made) -> None:
    plain = wang.made("letter")
    assert TEAL_IN_PDF in contents(letter.files["pdf"])
    assert TEAL_IN_PDF not in contents(plain.files["pdf"])
    heading = r'w:styleId="Heading2".*?<w:color w:val="1F6F78"/>.*?</w:style>'
    assert re.search(heading, parts(letter.files["docx"], "styles.xml"))
    assert TEAL not in parts(plain.files["docx"])


def test_a_changed_sentence_shows_in_both_formats(letter: Made) -> None:
    plain = wang.made("letter")
    assert SENTENCE in page_texts(letter.files["pdf"])[0]
    assert SENTENCE in words(letter.files["docx"])
    assert SENTENCE not in page_texts(plain.files["pdf"])[0] + words(plain.files["docx"])


@pytest.mark.parametrize("language", [*SAID])
@pytest.mark.parametrize("form", [*CHANGED])
def test_sentence_and_colour_show_in_each_form_and_language(ours: Kit, form: str, language: str) -> None:
    with_pdf = (form, language) == ("outcome", "en")  # the letter in Chinese is one above
    formats: tuple[Format, ...] = ("docx", "pdf") if with_pdf else ("docx",)
    files = make(paper_of(form, language), ours, issued=wang.TODAY, formats=formats, mode="draft").files
    assert SAID[language] in words(files["docx"])
    assert re.search(r'w:styleId="Heading2".*?w:val="1F6F78"/>.*?</w:style>', parts(files["docx"], "styles.xml"))
    if with_pdf:
        assert SAID[language] in " ".join("".join(page_texts(files["pdf"])).split())
        assert TEAL_IN_PDF in contents(files["pdf"])


def test_the_letterhead_stands_on_the_first_page_of_both_formats(letter: Made) -> None:
    first, *others = page_texts(letter.files["pdf"])
    assert ADDRESS in first and others and not [page for page in others if ADDRESS in page]
    heads = {name: parts(letter.files["docx"], name) for name in ("header1.xml", "header2.xml")}
    assert [ADDRESS in said for said in heads.values()].count(True) == 1


def test_the_logo_is_lines_in_the_pdf_and_a_picture_in_word(letter: Made) -> None:
    with pikepdf.open(io.BytesIO(letter.files["pdf"])) as found:
        page: Any = found.pages[0].obj
        assert not [one for one in page.Resources.get("/XObject", {}).values() if one.Subtype == "/Image"]
        assert b"0.309804 0.639216 0.560784 rg" in page.Contents.read_bytes()  # its second green
        assert all(map(Contents().sheet, found.pages)), "read back without PDFium, which takes longer"
    with zipfile.ZipFile(io.BytesIO(letter.files["docx"])) as package:
        assert package.read(f"word/media/{NAME}").startswith(b"\x89PNG")


def test_the_same_company_makes_the_same_bytes_in_a_worker(ours: Kit, letter: Made) -> None:
    there = kit_of(packed(ours.settings, ours.company))
    assert make(wang.wang("letter"), there, issued=wang.TODAY).files == letter.files


def test_logo_and_address_are_look_and_no_revision(folder: Path, letter: Made) -> None:
    paper = wang.wang("notes")
    stamp = Stamp(paper.number, 1, wang.TODAY)
    kits = [kit_for(folder, company_address=one) for one in ("a", "b", None)]
    assert len({content_hash(render(paper, kit, stamp, "final")) for kit in kits}) == 1
    assert len({kit.look for kit in kits}) == 3
    assert letter.content_hash != wang.made("letter").content_hash  # a sentence was changed


def test_a_company_with_an_address_alone_has_a_letterhead_without_logo(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "docgen.yaml").touch()
    document = render(wang.wang("notes"), kit_for(tmp_path), Stamp("", 1, None), "draft")
    (section,) = document.first_head
    assert isinstance(section, Section) and isinstance(section.blocks[0], Table)
    assert len(section.blocks[0].columns) == 1


def test_a_logo_that_is_none_stops_the_document_with_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "docgen.yaml").touch()
    (tmp_path / "logo.svg").write_text("<!DOCTYPE svg>\n<svg/>", "utf-8")
    with pytest.raises(TemplateError, match=r"logo.svg:1: declares a document type or entities"):
        render(wang.wang("notes"), kit_for(tmp_path), Stamp("", 1, None), "draft")


# The shipped variants


VARIANTS = ("dark_ink", "coloured", "large_print")


def theme(name: str) -> Theme:
    return load_set(name).theme


def test_dark_ink_is_black_without_tints_and_grey_and_its_lines_are_stronger() -> None:
    dark = theme("dark_ink")
    assert {name: colour for name, colour in dark.colours.items() if colour != "#000000"} == {"tint": "#FFFFFF"}
    assert dark.table.hair > theme("standard").table.hair and dark.table.writing > theme("standard").table.writing


def test_large_print_has_letters_of_14_points_and_12_in_tables() -> None:
    sizes = theme("large_print").sizes
    assert sizes["body"] >= 14
    assert min(sizes.values()) >= 12


def test_the_coloured_one_reads_as_well_in_grey() -> None:
    colours = theme("coloured").colours
    assert colours["accent"] != colours["text"]
    assert contrast(parsed(colours["accent"]), parsed(colours["tint"])) > 4.5


def tables(blocks: tuple[Block, ...]) -> list[Table]:
    found: list[Table] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append(block)
        elif isinstance(block, Section):
            found += tables(block.blocks)
    return found


@pytest.mark.parametrize("name", ["standard", *VARIANTS])
@pytest.mark.parametrize("form", wang.FORMS)
def test_no_word_breaks_in_the_columns_of_any_variant(name: str, form: str) -> None:
    ours = Kit(wang.definitions(), wang.kit().settings, load_set(name))
    paper = wang.wang(form)
    document = render(paper, ours, Stamp(paper.number, 1, wang.TODAY), "final")
    room, em = text_width(theme(name), landscape=document.landscape), theme(name).sizes["table"] * 25.4 / 72
    found = tables(document.body)
    assert found
    for table in found:
        for need, width in zip(needs(table), widths(table, theme(name), room), strict=True):
            wanted = (need * em + 2 * theme(name).table.padding_x) * 100 / room
            assert not need or min(wanted, MOST * 100) <= width + 0.01, (table.role, need, width)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_says_the_same_words(name: str) -> None:
    ours = Kit(wang.definitions(), wang.kit().settings, load_set(name))
    paper = wang.wang("plan")
    stamp = Stamp(paper.number, 1, paper.printed_date or wang.TODAY)
    assert content_hash(render(paper, ours, stamp, "final")) == content_hash(wang.tree("plan"))
