"""``docgen blank`` and ``docgen preview``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Docgen = Callable[..., Result]


@pytest.mark.parametrize("form", ["letter", "plan", "monthly", "notes"])
def test_a_blank_form_needs_no_case(docgen: Docgen, tmp_path: Path, form: str) -> None:
    result = docgen("blank", form)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [f"out/blank/{form}.docx", f"out/blank/{form}.pdf"]
    assert "missing" not in result.stderr


def test_a_blank_of_a_case_lies_with_its_papers_and_carries_no_revision(docgen: Docgen, samples: Path) -> None:
    result = docgen("blank", "notes", samples / "wang.yaml")
    assert result.exit_code == 0, result.stderr
    assert "out/销售部/S1024-王某/S1024-202601-N-1-blank.pdf" in result.stdout.splitlines()


def test_a_blank_is_made_for_a_case_that_has_no_talk_yet(docgen: Docgen, samples: Path) -> None:
    result = docgen("blank", "notes", samples / "late-report.yaml")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("blank.pdf") == 1


def test_an_unknown_form_is_refused(docgen: Docgen) -> None:
    result = docgen("blank", "leter")
    assert result.exit_code == 2 and "did you mean 'letter'?" in result.stderr


def test_a_preview_is_one_pdf(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    result = docgen("preview", samples / "wang.yaml", "--only", "S1024", "--form", "notes")
    assert (result.exit_code, result.stdout) == (0, "preview.pdf\n")
    assert (tmp_path / "preview.pdf").read_bytes().startswith(b"%PDF")


def test_a_preview_can_be_a_picture_for_each_page(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    result = docgen("preview", samples / "wang.yaml", "--form", "letter", "-o", "look/page.png", "--dpi", "40")
    assert result.exit_code == 0
    pages = sorted((tmp_path / "look").iterdir())
    assert [str(page.relative_to(tmp_path)) for page in pages] == result.stdout.splitlines()
    assert all(page.read_bytes().startswith(b"\x89PNG") for page in pages)


def test_a_case_with_problems_is_previewed_as_a_draft(docgen: Docgen, faulty: Path) -> None:
    result = docgen("preview", faulty)
    assert result.exit_code == 0 and "E104" in result.stderr


def test_a_preview_of_nothing_is_refused(docgen: Docgen, tmp_path: Path) -> None:
    result = docgen("preview", "nowhere.yaml")
    assert result.exit_code == 2 and "E100" in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("only", [(), ("--only", "S1024")])
def test_a_preview_of_what_can_not_be_read_tells_why(docgen: Docgen, tmp_path: Path, only: tuple[str, ...]) -> None:
    (tmp_path / "case.yaml").write_text("case: [", "utf-8")
    result = docgen("preview", "case.yaml", *only)
    assert result.exit_code == 1 and "E100" in result.stderr and "nothing to preview" not in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_a_preview_is_a_pdf_or_a_picture(docgen: Docgen, samples: Path) -> None:
    assert docgen("preview", samples / "wang.yaml", "-o", "x.docx").exit_code == 2
