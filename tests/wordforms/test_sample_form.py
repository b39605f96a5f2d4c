"""The Word form of the sample company: made by its script, without fault, and complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.wordforms.drawings import listed_drawings
from docgen.wordforms.form import read_form, review
from docgen.wordforms.names import listed
from samples import make_company_form
from tests.sample_help import definitions, kit

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FORM = SAMPLES / "company" / "templates" / "notes.zh.docx"


def test_it_has_no_fault_and_prints_all_that_notes_print() -> None:
    found = review(read_form(FORM), definitions().forms["notes"], definitions(), kit().templates)
    assert found.faults == ()
    assert found.unprinted == ()


def test_its_script_makes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_company_form, "FORM", tmp_path / "notes.zh.docx")
    make_company_form.main()
    made, kept = (
        [line.text for part in read_form(path).parts for line in part.story.lines]
        for path in (tmp_path / "notes.zh.docx", FORM)
    )
    assert made == kept


def test_the_names_that_a_form_may_use_are_listed_in_both_languages() -> None:
    of = definitions().forms["notes"], definitions()
    names = {(one.english, one.chinese) for one in (*listed(*of), *listed_drawings(*of))}
    assert {
        ("case.employee_name", "个案.姓名"),
        ("targets[].weight", "目标[].权重"),
        ("interview.date", "面谈.面谈日期"),
        ("number", "文档编号"),
        ("signers[].role", "签字人[].角色"),
        ("picture('trend')", "图片('走势图')"),
    } <= names
