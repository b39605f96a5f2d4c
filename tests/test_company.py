"""A company's folder: what is found in it, and that it wins over what ships, in every room."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.cli.making import tell_changed
from docgen.company import NOBODY, Company, company_near
from docgen.definitions.load import load_definitions
from docgen.errors import UsageError
from docgen.generate import make
from docgen.kit import Kit
from docgen.layout.sets import load_set
from docgen.office.run import definitions_near, load_run
from docgen.office.working import kit_of, packed
from docgen.paper import papers
from docgen.resources import shipped
from docgen.sources.cases import read_cases
from docgen.writers.pdf_text import page_texts
from docgen.writers.word_read import read_word
from tests import sample_help as sample

SHORT = Path(__file__).parents[1] / "samples" / "short.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docgen.yaml").write_text("company_name: Qinghe Instruments\n", encoding="utf-8")
    return tmp_path


def test_a_company_is_the_folder_of_the_nearest_settings(folder: Path) -> None:
    deep = folder / "2026" / "march"
    deep.mkdir(parents=True)
    assert company_near(deep / "team.xlsx") == Company(folder)
    assert company_near(Path("/")) == NOBODY


def test_only_folders_that_are_there_win(folder: Path) -> None:
    company = Company(folder)
    assert (company.forms, company.templates) == ((), ())
    (folder / "forms").mkdir()
    (folder / "forms" / "README.txt").touch()
    (folder / "templates").mkdir()
    assert not company.forms
    (folder / "forms" / "case.yaml").touch()
    assert company.forms == (folder / "forms",)
    assert company.templates == (folder / "templates",)
    assert (NOBODY.forms, NOBODY.templates, NOBODY.file("logo.svg")) == ((), (), None)


def test_a_file_that_leads_out_of_the_folder_is_refused(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.png"
    secret.write_bytes(b"secret")
    (folder / "logo.png").symlink_to(secret)
    with pytest.raises(UsageError, match=r"logo\.png leads out of"):
        Company(folder).file("logo.png")


def test_letterhead_logo_and_pictures_are_part_of_the_look(folder: Path) -> None:
    company, plain = Company(folder), Kit.of({}, Company(folder)).look
    assert plain == Kit.of({}, NOBODY).look  # what holds nothing of its own looks as shipped
    (folder / "templates").mkdir()
    (folder / "templates" / "stamp.png").write_bytes(b"stamp")
    (folder / "templates" / "letter.html").write_text("<p>words count as content</p>", encoding="utf-8")
    (folder / "letterhead.pdf").write_bytes(b"one")
    assert list(company.look_parts()) == ["letterhead.pdf", "templates/stamp.png"]
    first = Kit.of({}, company).look
    (folder / "letterhead.pdf").write_bytes(b"two")
    assert len({plain, first, Kit.of({}, company).look}) == 3


def test_a_file_that_changes_while_documents_are_made_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "templates").mkdir()
    (folder / "templates" / "theme.yaml").write_text("colours: {}\n", encoding="utf-8")
    (folder / "templates" / "~$letter.docx").write_bytes(b"open in Word")
    company, before = Company(folder), Company(folder).state()
    assert not tell_changed(company, before, "en")
    (folder / "templates" / "~$letter.docx").unlink()
    assert capsys.readouterr().err == ""
    (folder / "templates" / "theme.yaml").write_text("colours: {ink: '#000080'}\n", encoding="utf-8")
    (folder / "logo.svg").write_text("<svg/>", encoding="utf-8")
    assert tell_changed(company, before, "en")
    assert f"{folder}: logo.svg, templates/theme.yaml changed while documents were made" in capsys.readouterr().err
    assert NOBODY.state() == {}


def test_own_wording_and_forms_reach_the_document(folder: Path) -> None:
    (folder / "templates").mkdir()
    said = "letter: {period: {default: 我们的期限}}\n"
    (folder / "templates" / "wording.zh.yaml").write_text(said, encoding="utf-8")
    (folder / "templates" / "wording.en.yaml").write_text(said, encoding="utf-8")
    (folder / "forms").mkdir()
    own = (shipped("forms") / "letter.yaml").read_text(encoding="utf-8").replace("绩效改进责任书", "改进约定书")
    (folder / "forms" / "letter.yaml").write_text(own, encoding="utf-8")
    case = folder / "short.yaml"
    case.write_bytes(SHORT.read_bytes())
    (folder / "docgen.yaml").write_bytes(SHORT.with_name("docgen.yaml").read_bytes())
    definitions = definitions_near(case)
    run = load_run(read_cases([case], definitions), definitions, ("letter",), date(2026, 3, 2))
    ((checked, office),) = run.cases
    (paper,) = papers(checked, definitions)
    kit = kit_of(packed(office.settings, office.company))  # as a worker makes it
    assert kit.company == Company(folder)
    assert kit.templates.wording["zh"]["letter.period.default"][0] == "我们的期限"
    assert paper.form.title.zh == "改进约定书"
    assert make(paper, kit, issued=date(2026, 3, 2), formats=("docx",)).files["docx"]


def test_cases_of_two_companies_with_other_forms_are_not_made_together(folder: Path) -> None:
    one, other = folder / "one", folder / "other"
    for place in (one, other):
        (place / "forms").mkdir(parents=True)
        (place / "forms" / "case.yaml").write_text("extends: shipped\n", encoding="utf-8")
        (place / "docgen.yaml").write_text("", encoding="utf-8")
        (place / "case.yaml").write_bytes(SHORT.read_bytes())
    with pytest.raises(UsageError, match="forms of their own"):
        definitions_near(one / "case.yaml", other / "case.yaml")
    definitions = load_definitions()  # as where a folder that was named holds links into several offices
    with pytest.raises(UsageError, match="forms of their own"):
        load_run(read_cases([one / "case.yaml"], definitions), definitions, (), date(2026, 3, 2))


def test_changing_one_sentence_shows_in_both_formats(folder: Path) -> None:
    """The sentence of the company stands where the shipped one stood, once, in Word and in PDF."""
    (folder / "templates").mkdir()
    ours = "我们一起改进，本句仅见于青禾。"
    (folder / "templates" / "wording.zh.yaml").write_text(f"letter: {{changes_clause: {ours}}}\n", encoding="utf-8")
    theirs = load_set().wording["zh"]["letter.changes_clause"][0]
    kit = Kit(sample.definitions(), sample.kit().settings, load_set("standard", [folder / "templates"]))
    made = make(sample.wang("letter"), kit, issued=sample.TODAY)
    word = read_word(made.files["docx"]).body.text
    pdf = "".join(one.body for one in page_texts(made.files["pdf"], kit.templates.theme))
    for text in ("".join(word.split()), "".join(pdf.split())):
        assert text.count(ours) == 1 and theirs not in text
