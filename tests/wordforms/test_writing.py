"""A company's own Word form as a third writer: what counts of it, what is made of it, and what without LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
import zxingcpp
from PIL import Image

from docgen.errors import DocumentError
from docgen.generate import content_of, filling, make, render
from docgen.layout.context import Stamp
from docgen.office.outcome import Order, Outcome
from docgen.office.working import NEEDS_OFFICE, WORD_ONLY
from docgen.paper import Paper
from docgen.wordforms.libreoffice import LibreOffice, libreoffice, program
from docgen.wordforms.shelf import UNSTAMPED
from docgen.writers.fonts import BY_HAND
from docgen.writers.pages import page_pictures
from tests.sample_help import TODAY, checked
from tests.wordforms.form_help import add_field, filled_bytes, kit_in, paper, saved, table, texts, written

DAY = date(2026, 2, 10)
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def content(folder: Path, form: Any, of: Paper | None = None, stamp: Stamp = UNSTAMPED) -> str:
    """The content hash of the notes where the company has ``form``."""
    saved(folder, form)
    kit, of = kit_in(folder), of or paper()
    return content_of(render(of, kit, stamp, "final"), of, kit, "final")[0]


def changed(**values: Any) -> Paper:
    of = paper()
    return Paper(of.case, of.form, {**of.row, **values}, of.number, of.path)


def test_other_words_of_the_form_are_another_content(tmp_path: Path) -> None:
    assert content(tmp_path, written("姓名：{{ 姓名 }}")) == content(tmp_path, written("姓名： {{ 个案.姓名 }}"))
    assert content(tmp_path, written("姓名：{{ 姓名 }}")) != content(tmp_path, written("员工：{{ 姓名 }}"))


def test_what_the_paper_is_called_is_no_content(tmp_path: Path) -> None:
    form = written("{{ 姓名 }} {{ number }} {{ issued }} {{ revision }}")
    stamps = [Stamp("S1024-202601-N-2", revision, TODAY) for revision in (1, 3)]
    assert len({content(tmp_path, form, stamp=one) for one in stamps}) == 1


def test_a_value_that_the_form_alone_prints_is_content(tmp_path: Path) -> None:
    form = written("{{ 面谈.next_date }}{{ case.hire_date }}")
    other = paper()
    case = {**other.case.values, "case": {**other.case.values["case"], "hire_date": date(2020, 3, 1)}}
    hired = Paper(type(other.case)(other.case.id, case), other.form, other.row, other.number, other.path)
    assert content(tmp_path, form) != content(tmp_path, form, hired)


def test_another_look_of_the_form_is_another_look(tmp_path: Path) -> None:
    form = written("{{ 姓名 }}")
    before = content(tmp_path, form), kit_in(tmp_path).look
    form.paragraphs[0].runs[0].bold = True
    after = content(tmp_path, form), kit_in(tmp_path).look
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_a_company_without_forms_has_the_content_of_the_tree(tmp_path: Path) -> None:
    from docgen.model.identity import content_and_parts

    kit, of = kit_in(tmp_path), paper()
    document = render(of, kit, UNSTAMPED, "final")
    assert content_of(document, of, kit, "final") == content_and_parts(document)


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Path]:
    """A company with a Word form for its notes, and a case of its own."""
    from tests.sample_help import WANG

    (tmp_path / "docgen.yaml").write_text(WANG.with_name("docgen.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "wang.yaml").write_text(WANG.read_text("utf-8"), "utf-8")
    saved(tmp_path, written("姓名：{{ 姓名 }}"))
    yield tmp_path


def outcomes(company: Path, formats: tuple[Any, ...] = ("docx", "pdf")) -> list[Outcome]:
    from docgen.office.batch import Batch
    from docgen.office.run import definitions_near, load_run
    from docgen.sources.cases import read_cases

    definitions = definitions_near(company)
    run = load_run(read_cases([company / "wang.yaml"], definitions), definitions, ["notes"], DAY)
    order = Order(DAY, out=company / "out", formats=formats, numbers=frozenset({"S1024-202601-N-2"}))
    return list(Batch(run, order).outcomes())


def test_without_libreoffice_word_is_made_and_that_is_told(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.wordforms.shelf.program", lambda: None)
    (made,) = outcomes(company)
    assert (made.state, made.reason, [path.suffix for path in made.files]) == ("made", WORD_ONLY, [".docx"])
    (again,) = outcomes(company)
    assert (again.state, again.files) == ("unchanged", ())
    (further,) = outcomes(company, ("pdf",))
    assert (further.state, further.reason) == ("unchanged", WORD_ONLY)
    assert texts(docx.Document(str(made.files[0]))) == ["姓名：王某"]


def test_a_pdf_alone_needs_libreoffice(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.wordforms.shelf.program", lambda: None)
    (made,) = outcomes(company, ("pdf",))
    assert (made.state, made.reason) == ("failed", NEEDS_OFFICE)


def test_a_faulty_form_costs_its_documents_and_tells_all_faults(company: Path) -> None:
    saved(company, written("{{ 姓名们 }}", "{{ nobody }}"))
    (made,) = outcomes(company)
    assert made.state == "failed"
    assert "正文第1段" in made.reason.zh
    assert "正文第2段" in made.reason.zh


def test_other_words_of_the_form_leave_frozen_notes_as_they_are(company: Path) -> None:
    assert [one.state for one in outcomes(company, ("docx",))] == ["made"]
    saved(company, written("员工：{{ 姓名 }}"))
    (again,) = outcomes(company, ("docx",))
    assert (again.state, again.verdict) == ("unchanged", "frozen")


@pytest.mark.skipif(program() is None, reason="LibreOffice is not here")
def test_the_pdf_has_codes_properties_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    form = written("姓名：{{ 姓名 }}", *(["{{ 员工自述 }}"] * 3), "{{ picture('result_bars') }}")
    foot = form.sections[0].footer.paragraphs[0]
    foot.add_run("共 ")
    add_field(foot, "NUMPAGES", shown="7")
    table(form, "指标 | 权重", "{%tr for t in 目标 %} |", "{{ t.指标 }} | {{ t.权重 }}", "{%tr endfor %} |")
    saved(tmp_path, form)
    kit, of = kit_in(tmp_path), changed(employee_words="一段较长的自述，" * 90)
    try:
        first = make(of, kit, issued=DAY, formats=("pdf",)).files["pdf"]
        assert make(of, kit, issued=DAY, formats=("pdf",)).files["pdf"] == first
    finally:
        libreoffice().close()
    with pikepdf.open(io.BytesIO(first)) as file:
        assert str(file.docinfo["/CreationDate"]) == "D:20260210000000Z"
        assert str(file.docinfo["/Title"]).endswith(of.number)
        assert file.open_metadata()["pdfaid:part"] == "2"
        pages = len(file.pages)
        streams = [one for one in file.objects if isinstance(one, pikepdf.Stream)]
        assert [str(one.get("/Subtype")) for one in streams].count("/Image") == 1
    assert pages > 1
    for number, picture in enumerate(page_pictures(first, 150), 1):
        codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)), formats=QR)
        assert [f":{number}/{pages}:" in code.text for code in codes] == [True, True]


def test_what_no_font_shows_is_told_with_its_place_before_there_is_a_pdf(tmp_path: Path) -> None:
    saved(tmp_path, written("姓名：{{ 姓名 }}", "\u0378"))
    with pytest.raises(DocumentError, match=r"no font here shows .*U\+0378, body ¶2"):
        make(paper(), kit_in(tmp_path), issued=DAY, formats=("pdf",))


def test_a_line_to_write_on_stands_for_what_no_font_shows_where_that_is_asked_for(tmp_path: Path) -> None:
    saved(tmp_path, written("{{ 员工自述 }}。", "{{ picture('result_bars') }}"))
    figures = paper().row["last"]
    rare = {**figures, "indicators": [{**figures["indicators"][0], "name": "销售\u0378额"}]}
    of = changed(employee_words="王\u0378某", last=rare)
    made = make(of, kit_in(tmp_path), issued=DAY, formats=("docx",), handwrite=True)
    name, bars = docx.Document(io.BytesIO(made.files["docx"])).paragraphs
    assert [(run.text, bool(run.underline)) for run in name.runs if run.text] == [
        ("王", False), (BY_HAND, True), ("某", False), ("。", False)
    ]  # fmt: skip
    assert bars.text.startswith(f"销售{BY_HAND}额：实际")


def test_a_form_of_one_language_serves_that_language_alone(tmp_path: Path) -> None:
    saved(tmp_path, written("English {{ number }}"), "notes.en")
    assert filling(paper(), kit_in(tmp_path), UNSTAMPED, "final") is None
    assert filling(paper("letter"), kit_in(tmp_path), UNSTAMPED, "final") is None


def test_a_form_may_stand_in_for_each_kind_of_document(tmp_path: Path) -> None:
    for form in ("letter", "plan", "monthly"):
        if form in checked().forms:
            own = written("{{ 姓名 }}：{{ targets | length }}，{{ 月份 }}" if form == "monthly" else "{{ 姓名 }}")
            assert "王某" in texts(docx.Document(io.BytesIO(filled_bytes(tmp_path, own, of=paper(form)))))[0]


def test_libreoffice_is_one_for_the_process() -> None:
    assert libreoffice() is libreoffice()
    assert isinstance(libreoffice(), LibreOffice)
