"""The flow of one document: which papers a case has, what keeps one back, and what its files say."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from docgen.checking.validate import Checker
from docgen.errors import DocumentError, TemplateError
from docgen.generate import make, render
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.sets import load_set
from docgen.model.case import Case, Gap
from docgen.model.problems import Path as DataPath
from docgen.model.problems import Position, Problem, Severity, Words
from docgen.paper import Paper, blocking, papers
from docgen.sources.cases import read_cases
from tests import sample_help as wang
from tests.writers.test_word_structure import png
from tests.writers.word_help import part, said

CASE = "S1024-202601"


def every() -> list[Paper]:
    return list(papers(wang.checked(), wang.definitions()))


def paper(number: str) -> Paper:
    return next(one for one in every() if one.number == f"{CASE}-{number}")


def changed(**sheets: Any) -> Any:
    checked = wang.checked()
    return replace(checked, case=Case(checked.case.id, {**checked.case.values, **sheets}))


def word(content: bytes) -> str:
    return said(part(content, "word/document.xml"))


def foot(content: bytes) -> str:
    return said(part(content, "word/footer1.xml"))


# Which papers


def test_papers_come_form_by_form_and_row_by_row_each_with_its_number() -> None:
    assert [(one.form.name, one.number, one.path) for one in every()] == [
        ("letter", f"{CASE}-L", ()),
        ("plan", f"{CASE}-P", ()),
        ("monthly", f"{CASE}-M-2026-01", ("months", 0)),
        ("monthly", f"{CASE}-M-2026-02", ("months", 1)),
        ("notes", f"{CASE}-N-1", ("interviews", 0)),
        ("notes", f"{CASE}-N-2", ("interviews", 1)),
    ]


def test_only_asked_forms_make_papers() -> None:
    asked = replace(wang.checked(), forms=("notes",))
    assert [one.number for one in papers(asked, wang.definitions())] == [f"{CASE}-N-1", f"{CASE}-N-2"]


def test_a_month_that_nobody_typed_is_counted_instead() -> None:
    months = [{**row, "month": Gap("months.month", ())} for row in wang.checked().case.values["months"]]
    found = [one.number for one in papers(changed(months=months), wang.definitions()) if one.form.name == "monthly"]
    assert found == [f"{CASE}-M-x1", f"{CASE}-M-x2"]


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("L", date(2026, 1, 5)),
        ("P", date(2026, 1, 5)),
        ("M-2026-01", date(2026, 1, 5)),
        ("M-2026-02", date(2026, 2, 5)),
        ("N-1", None),
        ("N-2", None),
    ],
)
def test_the_printed_date_is_the_one_that_the_data_give(number: str, day: date | None) -> None:
    assert paper(number).printed_date == day


def test_a_missing_date_is_no_date() -> None:
    case = {**wang.checked().case.values["case"], "issue_date": Gap("case.issue_date", ())}
    assert next(papers(changed(case=case), wang.definitions())).printed_date is None


# What keeps a paper back


def problem(path: DataPath, *forms: str, severity: Severity = Severity.ERROR) -> Problem:
    words = Words("", "")
    return Problem("E101", severity, path, Position(""), "", words, words, frozenset(forms), CASE)


@pytest.mark.parametrize(
    ("path", "forms", "kept"),
    [
        ((), (), "L P M-2026-01 M-2026-02 N-1 N-2"),
        (("case", "position"), (), "L P M-2026-01 M-2026-02 N-1 N-2"),
        (("case", "position"), ("letter",), "L"),
        (("targets", 0, "weight"), ("letter", "plan"), "L P"),
        (("months", 1, "measures", 0, "what"), ("monthly",), "M-2026-02"),
        (("months", 0), ("monthly",), "M-2026-01"),
        (("months",), ("monthly",), "M-2026-01 M-2026-02"),
        (("months", 1, "month"), (), "L P M-2026-02 N-1 N-2"),
        (("interviews", 0, "date"), ("notes",), "N-1"),
    ],
)
def test_a_fault_keeps_back_the_papers_it_concerns_and_no_others(
    path: DataPath, forms: tuple[str, ...], kept: str
) -> None:
    fault = problem(path, *forms)
    assert [one.number.removeprefix(f"{CASE}-") for one in every() if blocking(one, [fault])] == kept.split()


def test_a_fault_that_the_next_month_repeats_keeps_that_back_too() -> None:
    first, second = wang.checked().case.values["months"]
    place = ("months", 0, "indicators", 1, "actual")
    gap = Gap("indicators.actual", place, wrong=True)
    last = {"indicators": [{**first["indicators"][0]}, {**first["indicators"][1], "actual": gap}]}
    months = [first, {**second, "last": last}]
    for cause in (place, (*place[:4], "target_ref")):  # what lacks may follow from another value of that month
        fault = problem(cause, "monthly")
        kept = [one.path for one in papers(changed(months=months), wang.definitions()) if blocking(one, [fault])]
        assert kept == [("months", 0), ("months", 1)]


def test_rows_that_lack_in_a_month_keep_back_the_one_that_repeats_it() -> None:
    first, second = wang.checked().case.values["months"]
    place = ("months", 0, "measures")
    months = [first, {**second, "last": {"indicators": [], "measures": Gap("months.measures", place)}}]
    kept = [one.path for one in papers(changed(months=months), wang.definitions()) if blocking(one, [problem(place)])]
    assert ("months", 1) in kept


def test_what_another_form_lacks_keeps_nothing_back_and_prints_as_nothing() -> None:
    """A carried measure without its new date stands on the agenda of the talk, though its plan can't be made yet."""
    (record,) = read_cases([wang.WANG], wang.definitions()).records
    months = record.data["months"]
    late = {**months[1]["measures"][0], "carried_count": "1"}
    late.pop("when_due")
    data = {**record.data, "months": [months[0], {**months[1], "measures": [late, *months[1]["measures"][1:]]}]}
    case = Checker(wang.definitions()).validate(replace(record, data=data), wang.kit().settings, None, wang.TODAY)
    made = {one.number.removeprefix(f"{CASE}-"): one for one in papers(case, wang.definitions())}
    assert [name for name, one in made.items() if blocking(one, case.problems)] == ["M-2026-02"]
    stamp = Stamp(CASE, 1, wang.TODAY)
    assert late["what"] in render(made["N-2"], wang.kit(), stamp, "final").text()
    label = f"[{wang.definitions().sheets['measures'].fields['when_due'].label.zh}]"
    assert label not in render(made["N-2"], wang.kit(), stamp, "draft").text()
    assert label in render(made["M-2026-02"], wang.kit(), stamp, "draft").text()
    with pytest.raises(TemplateError):
        render(made["M-2026-02"], wang.kit(), stamp, "final")


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.INFO])
def test_what_is_no_error_keeps_nothing_back(severity: Severity) -> None:
    assert not [one for one in every() if blocking(one, [problem((), severity=severity)])]


def test_what_keeps_a_paper_back_is_told() -> None:
    faults = [problem((), "letter"), problem((), "plan"), problem((), severity=Severity.WARNING)]
    assert blocking(paper("L"), faults) == (faults[0],)


# What is made


def test_a_plan_whose_month_was_not_typed_can_be_drafted() -> None:
    record = wang.checked().record
    months = [{name: value for name, value in record.data["months"][0].items() if name != "month"}]
    record = replace(record, data={**record.data, "months": months})
    checked = Checker(wang.definitions()).validate(record, wang.kit().settings, ["monthly"], wang.TODAY)
    (draft,) = papers(checked, wang.definitions())
    assert "半年销售额" in render(draft, wang.kit(), Stamp("", 1, None), "draft").text()


def test_both_files_carry_number_and_date_in_foot_and_properties() -> None:
    files = wang.made("letter").files
    assert f"{CASE}-L" in foot(files["docx"]) and "2026年1月5日" in foot(files["docx"])
    about = pypdfium2.PdfDocument(files["pdf"]).get_metadata_dict()
    assert about["Title"].endswith(f"{CASE}-L")
    assert about["CreationDate"] == "D:20260105"


def test_where_the_data_give_no_date_the_day_of_issue_is_printed() -> None:
    made = make(paper("N-2"), wang.kit(), issued=date(2026, 2, 9), formats=("docx",))
    assert "2026年2月9日" in foot(made.files["docx"])


def test_only_the_wanted_formats_are_made() -> None:
    made = make(paper("N-1"), wang.kit(), issued=wang.TODAY, formats=("docx",))
    assert list(made.files) == ["docx"]


def test_a_draft_carries_its_mark_and_no_number() -> None:
    made = make(paper("L"), wang.kit(), issued=wang.TODAY, mode="draft")
    mark = wang.kit().templates.wording["zh"]["draft"][0]
    assert mark in word(made.files["docx"])
    assert mark not in word(wang.made("letter").files["docx"])
    with zipfile.ZipFile(io.BytesIO(made.files["docx"])) as package:
        assert not [name for name in package.namelist() if f"{CASE}-L".encode() in package.read(name)]
    pdf = pypdfium2.PdfDocument(made.files["pdf"])
    assert f"{CASE}-L" not in "".join(page.get_textpage().get_text_range() for page in pdf)
    assert f"{CASE}-L" not in str(pdf.get_metadata_dict())


def test_a_blank_carries_no_number_and_no_draft_mark() -> None:
    made = make(paper("L"), wang.kit(), issued=wang.TODAY, mode="blank", formats=("docx",))
    text = word(made.files["docx"]) + foot(made.files["docx"])
    assert f"{CASE}-L" not in text
    assert wang.kit().templates.wording["zh"]["draft"][0] not in text


def test_a_gap_is_printed_in_a_draft_and_refused_in_a_final_document() -> None:
    case = {**wang.checked().case.values["case"], "position": Gap("case.position", ("case", "position"))}
    letter = next(papers(changed(case=case), wang.definitions()))
    label = wang.definitions().sheets["case"].fields["position"].label.zh
    drafted = make(letter, wang.kit(), issued=wang.TODAY, mode="draft", formats=("docx",))
    assert f"[{label}]" in word(drafted.files["docx"])
    with pytest.raises(TemplateError, match=r"^\w+\.html:\d+: case\.position is missing"):
        make(letter, wang.kit(), issued=wang.TODAY, formats=("docx",))


@pytest.mark.parametrize(("field", "label"), [("unit", "targets.unit"), ("data_source", "targets.source")])
def test_a_draft_shows_what_only_a_rule_asks_of_a_target(field: str, label: str) -> None:
    first, *others = wang.checked().case.values["targets"]
    red = f"[{wang.kit().templates.wording['zh'][label][0]}]"
    for targets, times in (([first, *others], 0), ([{**first, field: None}, *others], 1)):
        letter = next(papers(changed(targets=targets), wang.definitions()))
        assert render(letter, wang.kit(), Stamp("", 1, None), "draft").text().count(red) == times


def test_the_hash_is_of_what_is_said_not_of_when_it_is_issued() -> None:
    first, second = (
        make(paper("N-2"), wang.kit(), issued=day, formats=("docx",)) for day in (wang.TODAY, date(2027, 1, 1))
    )
    assert first.content_hash == second.content_hash
    assert first.files != second.files
    talk = {**paper("N-2").row, "achievements": "别的"}
    other = make(replace(paper("N-2"), row=talk), wang.kit(), issued=wang.TODAY, formats=("docx",))
    assert other.content_hash != first.content_hash


def test_the_same_paper_made_twice_is_the_same_to_the_byte() -> None:
    kit = Kit(wang.definitions(), wang.kit().settings, load_set())
    again = make(paper("N-2"), kit, issued=wang.TODAY)
    assert again.files == wang.made("notes").files


def test_what_no_font_shows_is_an_error_or_a_line_to_write_on() -> None:
    row = {**paper("N-1").row, "place": "二楼\U000f0000室"}
    talk = replace(paper("N-1"), row=row)
    with pytest.raises(DocumentError, match="glyph"):
        make(talk, wang.kit(), issued=wang.TODAY)
    made = make(talk, wang.kit(), issued=wang.TODAY, handwrite=True)
    assert "\U000f0000" not in word(made.files["docx"])


def test_a_picture_of_the_company_is_in_both_files(tmp_path: Path) -> None:
    (tmp_path / "seal.png").write_bytes(png(4, 4))
    (tmp_path / "notes.html").write_text('<p>a</p><figure><img src="seal.png" alt="Seal" width="20"/></figure>')
    kit = Kit(wang.definitions(), wang.kit().settings, load_set("standard", [tmp_path]))
    made = make(paper("N-1"), kit, issued=wang.TODAY)
    with zipfile.ZipFile(io.BytesIO(made.files["docx"])) as package:
        assert package.read("word/media/seal.png") == png(4, 4)
    page = pypdfium2.PdfDocument(made.files["pdf"])[0]
    assert [one for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]


def test_a_document_whose_files_differ_is_not_handed_out() -> None:
    templates = replace(load_set(), styles=(*load_set().styles, "h2 { display: none }"))
    kit = Kit(wang.definitions(), wang.kit().settings, templates)
    with pytest.raises(DocumentError, match="the PDF does not say what the document says"):
        make(paper("N-1"), kit, issued=wang.TODAY)


def test_a_picture_that_the_set_does_not_have_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.html").write_text('<p><img src="nowhere.png" alt="Seal" width="20"/></p>')
    kit = Kit(wang.definitions(), wang.kit().settings, load_set("standard", [tmp_path]))
    with pytest.raises(TemplateError, match=r"the template set has no nowhere\.png"):
        make(paper("N-1"), kit, issued=wang.TODAY)


def test_other_fonts_are_another_look(monkeypatch: pytest.MonkeyPatch) -> None:
    def look() -> str:
        return Kit(wang.definitions(), wang.kit().settings, load_set()).look

    before = look()
    assert look() == before
    monkeypatch.setattr("docgen.kit.identity", lambda families: " ".join(sorted(families)))
    assert look() != before
