"""Faults of a company's own Word forms are found with their place in the file, by review or by filling them."""

from __future__ import annotations

from pathlib import Path

from docgen.proofs.finding import by_cause, seen_in
from docgen.proofs.previewing import Wanted, shown
from docgen.proofs.proving import Proofs
from docgen.proofs.reviewing import opened, review
from docgen.proofs.trial import Trial
from tests.proofs.plant_help import Plant, company
from tests.wordforms.form_help import saved, table, written

FORM = "templates/notes.docx"


def test_all_faults_of_a_word_form_are_told_with_their_places(tmp_path: Path) -> None:
    planted = company(tmp_path, [Plant("templates/README.txt", "", "x", "")])
    document = written("{{ case.employe_name }}", "{% if case.department %}", "{{ case.department | upercase }}")
    table(document, "Target | Unit", "{{ targets[0].nam }} | {{ targets[0].unit }}")
    document.add_paragraph("｛｛ case.position ｝｝")
    saved(tmp_path, document)
    found = [(one.place("en"), one.message.en) for one in review(planted).findings if one.file == FORM]
    places = [place.removeprefix(f"{FORM}, ") for place, _ in found]
    assert {"body ¶1", "body ¶2", "body ¶3", "body ¶4"} <= set(places) and "table 1 row 2 cell 1" in " ".join(places)
    assert "employee_name" in dict(zip(places, (said for _, said in found), strict=True))["body ¶1"]


def test_what_only_filling_it_shows_is_told_with_its_place(tmp_path: Path) -> None:
    planted = company(tmp_path, [Plant("templates/README.txt", "", "x", "")])
    saved(tmp_path, written("{{ case.employee_name }}", "{{ 10 / (interview.index - interview.index) }}"))
    seen = opened(planted)
    assert seen.kit
    trial = Trial(seen.kit.definitions.forms["notes"], "normal", "en")
    (finding,) = by_cause(seen_in(Proofs(seen.kit, seen.shelf).tried(trial), trial.name))
    assert (finding.file, finding.spot.en) == (FORM, "body ¶2")
    assert "zero" in finding.message.en


def test_a_file_that_is_no_word_form_is_told(tmp_path: Path) -> None:
    planted = company(tmp_path, [Plant(FORM, "", "no zip at all", "")])
    (finding,) = review(planted).findings
    assert finding.file == FORM and "no .docx" in finding.message.en


def test_a_word_form_that_prints_less_than_is_declared_is_warned_of(tmp_path: Path) -> None:
    planted = company(tmp_path, [Plant("templates/README.txt", "", "x", "")])
    saved(tmp_path, written("{{ case.employee_name }}"))
    (finding,) = review(planted).findings
    assert (finding.code, str(finding.severity)) == ("not-printed", "warning")
    assert "case.department" in finding.message.en
    assert "others (docgen forms notes lists all)" in finding.message.en and len(finding.message.en) < 400


def test_a_preview_tells_each_fault_of_a_word_form_by_itself(tmp_path: Path) -> None:
    planted = company(tmp_path, [Plant("templates/README.txt", "", "x", "")])
    saved(tmp_path, written("{{ case.employe_name }}", "{{ case.positon }}"))
    made = shown(planted, Wanted("notes", language="en", kind="empty"))
    assert [(one.file, one.spot.en) for one in made.findings] == [(FORM, "body ¶1"), (FORM, "body ¶2")]
