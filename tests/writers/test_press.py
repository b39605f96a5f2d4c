"""What PDFs are printed with is made ready once."""

from __future__ import annotations

import pytest

from docgen.company import NOBODY
from docgen.errors import DocumentError
from docgen.proofs.reviewing import opened
from docgen.writers import press as subject
from docgen.writers.press import Press


def test_a_style_sheet_is_read_again_only_where_its_text_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "SHEETS", 2)
    press = Press()
    first = press.sheet("p{margin:0}", "http://a.invalid/", None)
    assert press.sheet("p{margin:0}", "http://a.invalid/", None) is first
    for width in (1, 2):
        assert press.sheet(f"p{{margin:{width}px}}", "http://a.invalid/", None) is not first
    assert press.sheet("p{margin:0}", "http://a.invalid/", None) is not first, "no more than a few are kept"


def test_one_that_is_faulty_is_told_each_time() -> None:
    press = Press()
    for _ in range(2):
        with pytest.raises(DocumentError, match=r"print\.css"):
            press.sheet("p{margin:oops}", "http://a.invalid/", None)


def test_whoever_opens_a_company_again_takes_over_the_press() -> None:
    before = opened(NOBODY)
    again = opened(NOBODY, before=before)
    assert before.kit and again.kit and again.kit is not before.kit
    assert again.kit.press is before.kit.press
