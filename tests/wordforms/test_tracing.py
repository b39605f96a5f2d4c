"""A company's own Word form, explained: it says what it says untraced, each value with its paragraph."""

from __future__ import annotations

from pathlib import Path

from docgen.layout.context import context
from docgen.layout.stretches import read_stretches
from docgen.layout.tracing import tracer
from docgen.office.printed_from import uses
from docgen.wordforms.filling import said
from docgen.wordforms.shelf import UNSTAMPED
from docgen.wordforms.tracing import traced
from tests.office.explain_help import SAMPLES, bare, document
from tests.wordforms.form_help import kit_in, paper, saved, written

COMPANY = SAMPLES / "company/cases.yaml"


def test_a_traced_form_says_what_the_filled_form_says() -> None:
    one = document(COMPANY, "notes")
    assert one.form
    filling = one.kit.shelf.filling(one.paper.case, one.paper.form, one.paper.row, one.stamp, one.mode)
    assert filling
    told = "".join(said(one.form.read, filling.names, one.form.made, one.form.gallery).values())
    assert sorted(bare(told)) == sorted(bare("".join(line.text for line in one.lines)))
    assert [bare(line.text) for line in one.lines] == list(map(bare, one.said))


def test_each_stretch_of_a_form_is_told_with_its_paragraph_and_values_with_their_cells() -> None:
    one = document(COMPANY, "notes")
    every = [(line, stretch) for line in one.lines for stretch in line.stretches]
    assert {line.part for line, _ in every} == {"head", "body", "foot"}
    assert all(place.startswith("templates/notes.zh.docx: ") for each in every for place in one.places(*each, ())[-1:])
    ((line, name), *_) = ((line, stretch) for line, stretch in every if stretch.text == "秦某")
    assert one.places(line, name, ()) == ("templates/notes.zh.docx: table 1 row 1 cell 2",)
    assert name.value and one.origins.of(name.value.paths[0]).path == ("case", "employee_name")


def test_what_a_drawing_says_is_a_line_with_what_it_is_drawn_of(tmp_path: Path) -> None:
    of, kit = paper(), kit_in(tmp_path)
    saved(tmp_path, written("{{ 姓名 }}{{ picture('result_bars') }}"))
    writer = kit.shelf.writer(of.case, of.form, "final")
    assert writer
    names = context(of.case, of.form, of.row, kit.settings, UNSTAMPED, kit.definitions, "final")
    document, trace = traced(writer, tracer(kit.templates, kit.definitions), kit.shelf.told(of.case, names), {})
    name, drawn = (line for line in read_stretches(document, trace) if line.part == "body")
    assert (name.text, drawn.is_picture, drawn.text[:9]) == ("王某", True, "半年销售额：实际1")
    assert drawn.stretches[0].value
    assert ("months", 0, "indicators", 0, "actual") in drawn.stretches[0].value.paths


def test_from_a_cell_it_is_told_where_the_form_prints_it() -> None:
    one = document(COMPANY, "notes")
    (given,) = (given for given in one.origins.all_given if given.origin.path == ("case", "position"))
    assert [(use.how, use.places) for use in uses(one, given) if use.how == "as_typed"] == [
        ("as_typed", ("templates/notes.zh.docx: table 1 row 2 cell 2",))
    ]
