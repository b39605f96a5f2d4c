"""Drawings of the case in a Word form: what the templates that ship show, as wide as the place of the tag."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt

from docgen.errors import DocumentError, TemplateError
from docgen.generate import filling, render
from docgen.model.document import drawings
from docgen.wordforms.drawings import asked, drawings_of
from docgen.wordforms.filling import said
from docgen.wordforms.gallery import OF_CASE, with_room
from docgen.wordforms.hanging import ABOUT
from docgen.wordforms.reading import check_word
from docgen.wordforms.shelf import UNSTAMPED
from docgen.writers.comparison import bare
from tests.sample_help import definitions
from tests.wordforms.form_help import filled_bytes, kit_in, paper, picture, rows, saved, table, written
from tests.wordforms.test_filling import own_problems


def test_drawings_are_those_of_the_templates_that_ship_and_as_wide_as_their_place(tmp_path: Path) -> None:
    form = written("{{ picture('鱼骨图') }}", "{{ 图片('gap_bars', 300) }} behind", "{{ picture('Time line', 120) }}")
    section = form.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(210), Mm(20), Mm(30)
    form.paragraphs[1].paragraph_format.line_spacing = Pt(20)
    form.paragraphs[1].paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    table(form, "{{ picture('差距对照图') }} | {{ 'too narrow' if not picture('fishbone') }}")
    content = filled_bytes(tmp_path, form, of=paper("plan"))
    made = docx.Document(io.BytesIO(content))
    assert [round(shape.width.mm) for shape in made.inline_shapes] == [160, 160, 120, 76]
    assert made.paragraphs[1].paragraph_format.line_spacing_rule == WD_LINE_SPACING.SINGLE
    assert rows(made)[0][1] == "too narrow"  # for the causes as they are
    assert own_problems(content, tmp_path) == []
    tree = render(paper("plan"), kit_in(tmp_path), UNSTAMPED, "final")
    fishbone, bars, time_line = [one.alt for one in drawings(tree.body)]
    shown = [one for one in made.element.body.iter(ABOUT) if one.get("name").startswith(OF_CASE)]
    assert [one.get("descr") for one in shown] == [fishbone, bars, time_line, bars]


def test_a_drawing_that_is_not_there_leaves_nothing_and_can_be_asked_for(tmp_path: Path) -> None:
    of = paper()
    saved(tmp_path, written("[{{ picture('trend') }}]{% if not picture('结果对照图') %} none{% endif %}"))
    own = filling(of, kit_in(tmp_path, pictures=[]), UNSTAMPED, "final")
    assert own
    told = said(own.writer.read, own.names, own.writer.made, own.writer.gallery)
    assert bare(told[own.writer.read.given.main]) == "[]none"


def test_what_a_drawing_says_is_content_and_is_read_back(tmp_path: Path) -> None:
    of, kit = paper(), kit_in(tmp_path)
    saved(tmp_path, written("{{ picture('result_bars') }}"))
    own = filling(of, kit, UNSTAMPED, "final")
    other = filling(replace(of, row={**of.row, "last": None}), kit, UNSTAMPED, "final")
    assert own and other and own.content() != other.content()
    saved(tmp_path, written("{% if picture('结果对照图') %}{{ picture('result_bars') }}{% endif %}"))
    asking = filling(of, kit, UNSTAMPED, "final")
    assert asking and asking.content() == own.content()
    told = said(own.writer.read, own.names, own.writer.made, own.writer.gallery)
    empty = docx.Document()
    name = own.writer.read.given.main
    with pytest.raises(DocumentError, match="is not where it should be"):
        check_word(own.writer.read, {**dict.fromkeys(told, empty.element.body[:0]), name: empty.element}, told)


def test_a_file_that_is_too_wide_is_shown_as_wide_as_its_place(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture(400, 100))
    form = written("{{ picture('logo.png', 300) }}", "{{ picture('logo.png', 30) }}")
    made = docx.Document(io.BytesIO(filled_bytes(tmp_path, form)))
    section = made.sections[0]
    room = float(section.page_width or 0) - float(section.left_margin or 0) - float(section.right_margin or 0)
    room /= Mm(1)
    sizes = [(round(shape.width.mm), round(shape.height.mm)) for shape in made.inline_shapes]
    assert sizes == [(round(room), round(room / 4)), (30, 8)]


@pytest.mark.parametrize(
    ("form", "room", "given", "reason"),
    [
        ("letter", 160, ("fishbon",), "did you mean fishbone"),
        ("letter", 160, ("鱼刺图",), "鱼骨图"),
        ("letter", 160, ("trend",), "nothing called trend is drawn in this form"),
        ("plan", 160, ("result_bars",), "nothing called result_bars"),
        ("notes", 60, ("trend",), "needs 70 mm, here it has 60"),
        ("notes", 160, ("trend", 50), "needs 70 mm, here it has 50"),
        ("notes", 160, ("trend", 100, 50), "takes a width alone"),
    ],
)
def test_what_cannot_be_drawn_is_told(form: str, room: float, given: tuple[str, float], reason: str) -> None:
    with pytest.raises(TemplateError) as told:
        asked(drawings_of(definitions().forms[form], definitions()), room, *given)
    assert reason in f"{told.value.words.en} {told.value.words.zh}"


def test_a_tag_learns_what_room_it_has() -> None:
    assert with_room("图片 ('鱼骨图') if \"picture('x')\" else my.picture(1)", 80) == (
        "_picture(80.0, '鱼骨图') if \"picture('x')\" else my.picture(1)"
    )
