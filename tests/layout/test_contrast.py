"""Letters must stand out from their ground."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.errors import TemplateError
from docgen.layout.contrast import contrast, parsed
from docgen.layout.theme import load_theme
from docgen.resources import shipped

STANDARD = shipped("templates") / "standard" / "theme.yaml"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(parsed("#000000"), parsed("#FFFFFF")) == pytest.approx(21)
    assert contrast(parsed("#777777"), parsed("#FFFFFF")) == pytest.approx(4.48, abs=0.01)
    assert contrast(parsed("#123456"), parsed("#123456")) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colours: {text: '#FFFFFF'}\n", r"colours.text: 'text' is too pale to be read \(contrast 1.0; 3 is needed\)"),
        (
            "colours: {pale: '#DDDDDD'}\nroles:\n  clause: {colour: pale}\n",
            r"theme.yaml:3: roles.clause.colour: 'pale'",
        ),
        ("elements: {table-head: {tint: text, colour: text}}\n", r"elements.table-head.colour: 'text' is too pale"),
    ],
)
def test_a_theme_can_not_hide_words_by_their_colour(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "theme.yaml").write_text(text, "utf-8")
    with pytest.raises(TemplateError, match=message):
        load_theme([tmp_path / "theme.yaml", STANDARD])


def test_a_colour_that_is_too_pale_is_told_in_the_file_that_chose_it(tmp_path: Path) -> None:
    """And not at the look of the shipped theme that is drawn in it."""
    (tmp_path / "theme.yaml").write_text("sizes: {body: 11}\ncolours:\n  note: '#FFFFFF'\n", "utf-8")
    with pytest.raises(TemplateError, match=r"^theme.yaml:3: colours.note: 'note' of roles.note is too pale"):
        load_theme([tmp_path / "theme.yaml", STANDARD])


def test_light_letters_on_a_dark_ground_may_be(tmp_path: Path) -> None:
    (tmp_path / "theme.yaml").write_text(
        "colours: {light: '#FFFFFF', dark: '#1F6F78'}\nelements: {table-head: {tint: dark, colour: light}}\n", "utf-8"
    )
    assert load_theme([tmp_path / "theme.yaml", STANDARD]).en.elements["table-head"].colour == "light"
