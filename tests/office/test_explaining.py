"""Where printed text comes from: every stretch of every document, and back again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docgen.model.problems import Path as DataPath
from docgen.office.bench import Bench
from docgen.office.explaining import Explained, derived_from
from docgen.office.origins import Given, Origin
from docgen.office.printed_from import Use, uses
from docgen.office.run import load_run
from docgen.office.subject import Subject, subject
from docgen.sources.cases import read_cases
from tests.office.explain_help import BENCH, SAMPLES, SHORT, all_paths, bare, document, documents, explained, run_of
from tests.office.record_help import ON, on_record
from tests.sample_help import DEFINITIONS, TODAY, WANG

TABLE, CARD = SAMPLES / "workbooks/team-table-zh.xlsx", SAMPLES / "workbooks/team-card-en.xlsx"
UK, COMPANY = SAMPLES / "uk/support-desk.yaml", SAMPLES / "company/cases.yaml"
TEMPLATES = SAMPLES.parent / "templates/standard"
STEERING = {("case", "language"), ("targets", "target_id"), ("gaps", "gap_id")}


def saying(text: str, form: str = "plan", file: Path = SHORT) -> list[Explained]:
    found = [one for one in explained(file, form) if one.text == text]
    assert found, text
    return found


def line_of(origin: Origin) -> str:
    assert origin.position and origin.position.line
    return Path(origin.position.source).read_text("utf-8").splitlines()[origin.position.line - 1]


def given_at(one: Subject, *path: str | int) -> Given:
    return next(given for given in one.origins.all_given if given.origin.path == path)


@pytest.mark.parametrize(("file", "forms"), [(WANG, ("monthly", "notes")), (UK, ("letter",))], ids=["wang", "uk"])
def test_every_stretch_of_every_document_is_accounted_for(file: Path, forms: tuple[str, ...]) -> None:
    for one in (document(file, form) for form in forms):
        assert [bare(line.text) for line in one.lines] == [bare(text) for text in one.said]
        for line in one.lines:
            for stretch in line.stretches:
                mark = stretch.value
                places = one.places(line, stretch, mark.paths[0] if mark else ())
                assert places and all(place.rpartition(":")[2].isdigit() for place in places), stretch
                for path in mark.paths if mark else ():
                    origin = one.origins.of(path)
                    assert origin.kind in ("derived", "register") or origin.position, path


def test_what_was_typed_stands_on_the_line_that_is_told() -> None:
    texts = set()
    for one in (document(WANG, form) for form in ("monthly", "notes")):
        for given in one.origins.all_given:
            if given.field.type in ("text", "longtext") and given.origin.path in one.printed and given.row:
                assert str(given.value)[:12] in line_of(given.origin)
                texts.add(given.origin.path)
    assert len(texts) > 30


@pytest.mark.parametrize("file", [TABLE, CARD], ids=lambda file: file.name)
def test_what_was_typed_stands_in_the_cell_that_is_told(file: Path) -> None:
    """Both layouts; openpyxl reads the cells once more."""
    book = load_workbook(file, read_only=False, data_only=True)
    cells = 0
    for one in documents(file, "C0412", ("plan",) if file == TABLE else ("letter",)):
        for path in sorted(one.printed, key=str):
            origin = one.origins.of(path)
            if origin.kind == "typed" and isinstance(one.effects.value_at(path), str):
                assert origin.position
                tab, _, cell = origin.position.cell.rpartition("!")
                shown = str(book[tab][cell].value)
                label = one.effects.value_at(path)
                is_code = hasattr(label, "list")
                words = DEFINITIONS.lists[label.list].choices[str(label)] if is_code else None
                assert shown in (words.en, words.zh) if words else label[:10] in shown, (path, shown)
                cells += 1
    assert cells > 10


def test_a_gap_is_worked_out_from_standard_and_actual() -> None:
    (gap,) = saying("14")
    (origin,) = gap.origins
    assert origin.kind == "derived"
    assert [line_of(one).strip() for one in origin.inputs] == ["standard: 80 %", "actual: 66 %"]
    assert gap.places[0].startswith("wording.zh.yaml:") and gap.places[-1].startswith("plan.html:")


def test_settings_defaults_and_both_dates_are_told_apart() -> None:
    company = saying("上海鹭汀机电设备有限公司")[0].origins[0]
    assert (company.kind, company.position and Path(company.position.source).name) == ("setting", "docgen.yaml")
    decision = saying("列入改进")[0].origins[0]
    assert decision.kind == "default" and "decision:" in line_of(decision)
    head = saying("汤某")[0].origins[0]  # nobody typed it in the case: it is taken over from the settings
    assert head.kind == "setting" and "department_head: 汤某" in line_of(head)
    start, issue = (one.origins[0] for one in saying("2026年3月2日")[:2])
    assert [line_of(one).split(":")[0].strip() for one in (start, issue)] == ["period_start", "issue_date"]


def test_a_tick_is_there_because_of_a_choice() -> None:
    ticks = [one for one in explained(SHORT, "plan") if one.text in "☑☐" and one.what == "decided"]
    assert [line_of(one.decided_by[0]).strip() for one in ticks[:2]] == ["chosen: yes", "chosen: no"]


def test_a_total_is_made_of_all_that_counts_in() -> None:
    (total,) = saying("100")
    assert total.made and len(total.origins) == 3
    assert {one.label.en for one in total.origins} == {"Weight"}


def test_dates_of_reviews_come_from_the_period() -> None:
    dates = [one for one in explained(SHORT, "plan") if one.origins and one.origins[0].path[0] == "reviews"]
    assert dates
    for one in dates:
        assert {each.path for each in one.origins[0].inputs} <= {("case", "period_start"), ("case", "period_end")}


def test_every_field_that_the_form_prints_is_found_from_its_cell() -> None:
    """The canary's question, put to one case: what of it reaches the page?"""
    found = explained(SHORT, "plan")
    known = {path for one in found for each in (*one.origins, *one.decided_by) for path in all_paths(each)}
    prints = {(sheet, name) for sheet, names in DEFINITIONS.forms["plan"].prints.items() for name in names} - STEERING
    one = document(SHORT, "plan")
    lost = [given.origin.path for given in one.origins.all_given if is_of(given, prints) and not reached(given, known)]
    assert lost == []


def is_of(given: Given, prints: set[tuple[str, str]]) -> bool:
    return given.row is not None and (given.row.sheet, given.field.name) in prints


def reached(given: Given, known: set[DataPath]) -> bool:
    own = given.origin.path
    return any(path[: len(own)] == own for path in known)


def test_the_way_back_agrees_with_the_way_there() -> None:
    one = document(SHORT, "plan")
    for path in (("gaps", 0, "standard"), ("targets", 0, "target_value"), ("case", "period_end")):
        (given,) = (each for each in one.origins.all_given if each.origin.path == path)
        there = [each.text for each in explained(SHORT, "plan") for origin in each.origins if path == origin.path]
        through = {
            each.text for each in explained(SHORT, "plan") for origin in each.origins if path in all_paths(origin)[1:]
        }
        back = list(uses(one, given))
        assert [each.text for each in back if each.how in ("as_typed", "drawn")] == there
        assert through <= {each.text for each in back if each.how == "through"} | set(there)


def test_a_choice_tells_what_hangs_on_it() -> None:
    one = document(SHORT, "plan")
    given = given_at(one, "gaps", 0, "causes", 0, "viewpoint")
    found = {(each.how, each.text) for each in uses(one, given)}
    assert ("as_typed", "员工") in found
    assert any(how == "through" for how, _ in found)  # the category and the aspect are worked out of it


def test_the_party_decides_on_much_of_a_letter() -> None:
    one = document(SHORT, "letter")
    given = given_at(one, "settings", "jurisdiction")
    assert all(isinstance(use, Use) and use.how.startswith("decides") for use in uses(one, given))


def test_the_letterhead_of_the_first_page_is_explained() -> None:
    one = document(COMPANY, "letter")
    values = [stretch.value for line in one.lines if line.part == "first" for stretch in line.stretches]
    lines = [line_of(one.origins.of(value.paths[0])).split(":")[0] for value in values if value]
    assert lines == ["company_name", "company_address", "company_contact"]


def test_a_picture_tells_what_it_is_drawn_of() -> None:
    (fishbone,) = (one for one in explained(SHORT, "plan") if one.what == "picture" and "鱼骨图" in one.text)
    assert {path[-1] for origin in fishbone.origins for path in all_paths(origin)} >= {"description", "area"}
    cause = given_at(document(SHORT, "plan"), "gaps", 0, "causes", 0, "description")
    assert [(use.how, use.text) for use in uses(document(SHORT, "plan"), cause)][-1] == ("drawn", fishbone.text)


def test_what_conditions_ask_of_a_worked_out_code_is_told_with_the_cells_it_hangs_on() -> None:
    (lower,) = (one for one in explained(SHORT, "letter") if one.text == "（越低越好）")
    (direction,) = lower.decided_by
    assert direction.path == ("targets", 2, "direction")
    assert {one.path[-1] for one in direction.inputs} >= {"current_value", "target_value"}


def test_what_chooses_the_figures_of_an_outcome_letter_is_told_with_them() -> None:
    """A reference names the target that a month's figure counts for; a due date says which months must have one."""
    found = explained(SAMPLES / "closed/wang.yaml", "outcome")
    (actual,) = (one for one in found if one.text == "71")  # taken over as it was typed
    assert {one.path for one in actual.decided_by} >= {
        ("targets", 2, "due_date"),
        ("months", 5, "indicators", 1, "target_ref"),
    }
    (summed,) = (one for one in found if one.text == "152,700")
    references = {("months", month, "indicators", 0, "target_ref") for month in range(6)}
    assert {path for origin in summed.origins for path in all_paths(origin)} >= references


def test_what_is_compared_for_a_macro_is_told_as_deciding() -> None:
    (ticks,) = (one for one in explained(WANG, "notes") if "有进步" in one.within and one.text == "☑")
    assert ("interviews", 1, "progress") in {one.path for one in ticks.decided_by}


def test_what_chooses_rows_for_a_table_is_told_with_its_heading() -> None:
    heads = [one for one in explained(WANG, "notes") if one.text == "支持事项"]
    assert {one.path for one in heads[0].decided_by} == {("interviews", 1, "date"), ("support", 1, "by_date")}


def test_a_time_hangs_on_both_cells_that_it_is_made_of() -> None:
    inputs = derived_from(document(WANG, "notes")).inputs
    assert {given.field.name for given in inputs[("times",)]} == {"start", "end"}


def test_a_value_in_a_sentence_is_told_with_the_line_that_says_the_sentence() -> None:
    one = document(COMPANY, "letter")
    every = [(line, stretch, stretch.value) for line in one.lines for stretch in line.stretches]
    reviewed = [each for each in every if each[2] and each[2].paths[0][-1] in ("hr_reviewed_by", "hr_reviewed_on")]
    (places,) = {one.places(line, stretch, value.paths[0]) for line, stretch, value in reviewed if value}
    file, _, line = places[-1].partition(":")
    assert "fact.reviewed" in (TEMPLATES / file).read_text("utf-8").splitlines()[int(line) - 1]


def test_number_revision_and_date_come_from_the_record(tmp_path: Path) -> None:
    (tmp_path / "docgen.yaml").write_text((SAMPLES / "docgen.yaml").read_text("utf-8") + "\nout: out\n", "utf-8")
    (tmp_path / "short.yaml").write_text(SHORT.read_text("utf-8"), "utf-8")
    on_record(tmp_path / "out", {"K0371-202603": "K0371"})
    run = load_run(read_cases([tmp_path / "short.yaml"], DEFINITIONS), DEFINITIONS, ["letter"], TODAY, handwrite=True)
    checked, office = run.cases[0]
    one = subject(Bench(DEFINITIONS), checked, office, "letter", (), date(2026, 7, 1))
    revision, issued = (one.origins.of((name,)) for name in ("revision", "issued"))
    assert {origin.kind for origin in (revision, issued)} == {"register"}
    assert revision.position and Path(revision.position.source).name == "ledger.jsonl"
    assert one.stamp.issued == ON


def test_a_case_with_problems_is_explained_as_a_draft() -> None:
    run = run_of(SAMPLES / "faulty/missing-required.yaml")
    checked, office = run.cases[0]
    one = subject(BENCH, checked, office, checked.forms[0], (), TODAY)
    assert one.mode == "draft" and one.lines
