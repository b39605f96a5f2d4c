"""A company's own Word form, explained: it says what it says untraced, each value with its paragraph."""

from __future__ import annotations

from docgen.office.printed_from import uses
from docgen.wordforms.filling import said
from tests.office.explain_help import SAMPLES, bare, document

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


def test_from_a_cell_it_is_told_where_the_form_prints_it() -> None:
    one = document(COMPANY, "notes")
    (given,) = (given for given in one.origins.all_given if given.origin.path == ("case", "position"))
    assert [(use.how, use.places) for use in uses(one, given) if use.how == "as_typed"] == [
        ("as_typed", ("templates/notes.zh.docx: table 1 row 2 cell 2",))
    ]
