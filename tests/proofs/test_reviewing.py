"""What a review of a company's files tells before anything is made with them."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.shared import RGBColor

from docgen.proofs.finding import Finding
from docgen.proofs.reviewing import review
from tests.proofs.plant_help import Plant, company
from tests.writers.docx_help import put, saved


def two_colours(folder: Path, in_word: str, in_theme: str) -> list[Finding]:
    """What is told where a letterhead's headings have one colour, and the theme's another."""
    letterhead = docx.Document()
    for level in (1, 2, 3):
        letterhead.styles[f"Heading {level}"].font.color.rgb = RGBColor.from_string(in_word)
    put(folder, saved(letterhead))
    looks = "".join(f"  heading-{level}: {{colour: accent}}\n" for level in (1, 2, 3))
    theme = f"colours: {{accent: '#{in_theme}'}}\nelements:\n{looks}"
    seen = review(company(folder, [Plant("templates/theme.yaml", "", theme, "")]))
    return [one for one in seen.findings if one.code == "two-colours"]


def test_headings_of_one_colour_in_word_and_another_in_the_pdf_are_told_once(tmp_path: Path) -> None:
    [found] = two_colours(tmp_path, "1F6F78", "8A2BE2")
    assert found.place("en") == "letterhead.docx"
    assert "Heading 1, Heading 2, Heading 3: #1F6F78 in Word" in found.message.en
    assert "#8A2BE2" in found.message.zh and "标题 1、标题 2、标题 3" in found.message.zh


@pytest.mark.parametrize("in_theme", ["1F6F78", "206E7A"])
def test_those_that_no_eye_tells_apart_are_not(tmp_path: Path, in_theme: str) -> None:
    assert two_colours(tmp_path, "1F6F78", in_theme) == []
