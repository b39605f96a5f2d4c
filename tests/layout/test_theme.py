"""A theme is read strictly, may be changed in part, and serves both writers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.errors import TemplateError
from docgen.layout.theme import Theme, load_theme
from docgen.resources import shipped

STANDARD = shipped("templates") / "standard" / "theme.yaml"


def company(folder: Path, text: str) -> Theme:
    """The standard theme with a company's own file before it."""
    (folder / "theme.yaml").write_text(text, "utf-8")
    return load_theme([folder / "theme.yaml", STANDARD])


def test_the_standard_theme_keeps_heads_clear_of_the_page_codes() -> None:
    theme = load_theme([STANDARD])
    assert theme.head_indent >= theme.code_field.from_side + theme.code_field.size - theme.page.margins.right


def test_a_value_may_differ_by_language() -> None:
    theme = load_theme([STANDARD])
    assert (theme.looks("en").elements["heading-1"].align, theme.looks("zh-CN").elements["heading-1"].align) == (
        "left",
        "center",
    )


def test_a_company_changes_what_its_file_says_and_nothing_else(tmp_path: Path) -> None:
    theme = company(tmp_path, "sizes: {title: 20}\nroles:\n  stamp: {align: right}\n  note: {before: 9}\n")
    assert (theme.sizes["title"], theme.sizes["body"]) == (20, 10.5)
    assert theme.en.role("stamp").align == "right"
    assert (theme.en.role("note").before, theme.en.role("note").size) == (9, "note")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sizes:\n  titel: 20\n", r"theme.yaml:2: sizes: titel is unknown; did you mean title"),
        ("colors: {text: '#000000'}\n", r"theme.yaml:1: .*did you mean colours"),
        ("\nsizes: {body: big}\n", r"theme.yaml:2: sizes.body: 'big' must be a number"),
        ("sizes: {body: nan}\n", r"sizes.body: 'nan' must be a number"),
        ("sizes: 12\n", r"sizes: must be a mapping"),
        ("colours: {text: black}\n", r"colours.text: 'black' is no colour"),
        ("roles: {note: {colour: grey}}\n", r"roles.note.colour: 'grey' is unknown"),
        ("roles: {note: {align: middle}}\n", r"roles.note.align: 'middle' is unknown"),
        ("roles: {note: {keep_together: yes}}\n", r"roles.note.keep_together: 'yes' must be true or false"),
        ("roles: {note: {before: {en: 1, fr: 2}}}\n", r"roles.note.before: fr is unknown"),
        ("roles: {note: {before: {en: 1}}}\n", r"roles.note.before: zh is missing"),
        ("roles: {note: {size: [1, 2]}}\n", r"roles.note.size: must be a single value"),
        ("elements: {paragraf: {}}\n", r"elements: paragraf is unknown; did you mean paragraph"),
        ("lists: {bullets: x}\n", r"lists.bullets: must be a list"),
        ("lists: {numbers: {en: ['*']}}\n", r"lists.numbers.en: '\*' shows none of"),
        ("code_field: {size: 15}\n", r"theme.yaml:1: code_field.size: must be 20 to 25 mm"),
        ("code_field: {size: 30}\n", r"code_field.size: must be 20 to 25 mm"),
        ("code_field: {from_side: 60}\n", r"code_field.from_side: must be 2 to 10 mm"),
        ("code_field: {from_edge: 0}\n", r"code_field.from_edge: must be 2 to 10 mm"),
        ("page: {margins: {top: 20}}\n", r"page.margins.top: must be 23 mm at least"),
        ("page: {margins: {bottom: 20}}\n", r"page.margins.bottom: must be 23 mm at least"),
        ("fonts: {word: {ticks: }}\n", r"fonts.word.ticks: must be a single value"),
        ("a: 1\na: 2\n", r"theme.yaml:2: "),
        ("roles: {'a}p{display:none': {}}\n", r"theme.yaml:1: roles: .* can't be a name here"),
        ("colours: {'x;}': '#000000'}\n", r"colours: 'x;}' can't be a name here"),
        ("fonts: {pdf: {mono: 'A\"; } p { display: none'}}\n", r"fonts.pdf.mono: .* is no name of a font"),
        ("lists: {bullets: ['not ']}\n", r"'not ' is no marker of a list"),
        ("lists: {numbers: {zh: ['不1']}}\n", r"'不1' is no marker of a list"),
        ("sizes: {note: 0.5}\n", r"sizes.note: must be 6 to 72"),
        ("roles: {clause: {line_height: 0.2}}\n", r"roles.clause.line_height: must be 1 to 4"),
        ("page: {width: 100, margins: {left: 60, right: 25}}\n", r"page.margins.left: leaves 15 mm to the text"),
        ("roles: {clause: {tint: text}}\n", r"roles.clause.tint: letters in 'text' can't be read on 'text'"),
        ("colours: {accent: '#FFFFFF'}\n", r"colours.accent: 'accent' is too pale"),
    ],
)
def test_a_faulty_theme_is_refused_with_its_place_in_both_languages(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message) as refused:
        company(tmp_path, text)
    said = refused.value.words
    assert said.zh != said.en and "：" in said.zh and not re.search("must|unknown|missing|known are", said.zh)


def test_a_theme_of_remarks_alone_changes_nothing(tmp_path: Path) -> None:
    assert company(tmp_path, "# sizes: {body: 12}\n") == load_theme([STANDARD])


def test_beside_the_page_codes_a_page_may_be_filled(tmp_path: Path) -> None:
    assert company(tmp_path, "page: {margins: {top: 15, right: 25}}\n").page.margins.top == 15


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "theme.yaml"
    path.write_text(STANDARD.read_text("utf-8").replace("  width: 210\n", ""), "utf-8")
    with pytest.raises(TemplateError, match="page: width is missing"):
        load_theme([path])
    with pytest.raises(TemplateError, match="there is no theme file"):
        load_theme([tmp_path / "other.yaml"])


def test_an_unknown_role_is_named_with_the_nearest() -> None:
    looks = load_theme([STANDARD]).en
    with pytest.raises(TemplateError, match=r"plan.html:9: class 'sgnatures' .* did you mean signatures"):
        looks.role("sgnatures", "plan.html:9")


def test_css_properties_carry_units_fonts_and_looks_of_one_language() -> None:
    theme = load_theme([STANDARD])
    en, zh = theme.css_properties("en"), theme.css_properties("zh-CN")
    assert en["--size-body"] == "10.5pt" and en["--page-width"] == "210mm"
    assert en["--font-body"].startswith('"Carlito"') and zh["--font-body"] == '"Noto Serif CJK SC"'
    assert en["--note-size"] == "8.5pt" and en["--lines-row-height"] == "8mm"
    assert (en["--heading-1-align"], zh["--heading-1-align"]) == ("left", "center")
    assert all(value for value in (en | zh).values())
