"""The theme alone decides the looks of the PDF: every element and role of it becomes a rule."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from docgen.layout.sets import load_set
from docgen.layout.stylesheet import ELEMENTS, stylesheet
from docgen.layout.theme import Look

THEME = load_set().theme


def css(language: str = "en", *, landscape: bool = False, **changes: Any) -> str:
    return stylesheet(replace(THEME, **changes), language, landscape=landscape)


def rules(text: str, selector: str) -> str:
    """All declarations that stand directly under ``selector``."""
    return ";".join(re.findall(rf"(?m)(?:^|}}){re.escape(selector)}\{{([^}}]*)\}}", text))


def with_role(**look: Any) -> str:
    return css(en=replace(THEME.en, roles={"test": Look(**look)}))


@pytest.mark.parametrize(
    ("landscape", "size", "inner"), [(False, "210mm 297mm", "width:154mm"), (True, "297mm 210mm", "width:241mm")]
)
def test_the_page_has_the_themes_size_and_margins(landscape: bool, size: str, inner: str) -> None:
    text = css(landscape=landscape)
    assert f"@page{{size:{size};margin:25mm 20mm 25mm 20mm;" in text
    assert text.count(inner) == 2


def test_heads_and_feet_keep_clear_of_the_code_fields_on_both_sides() -> None:
    field = replace(THEME.code_field, size=30)
    assert "width:134mm" in css(code_field=field)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_look_that_says_anything_becomes_a_rule(language: str) -> None:
    text, looks = css(language), THEME.looks(language)
    for name, look in looks.elements.items():
        assert look == Look() or rules(text, ELEMENTS[name]), name
    for name, look in looks.roles.items():
        assert look == Look() or f".{name}" in text, name
    for name, look in looks.spans.items():
        assert look == Look() or rules(text, f"span.{name}"), name


def test_cells_are_named_so_that_the_engine_need_not_try_each_rule_on_every_element() -> None:
    """It finds rules by the name, class or id that their selectors end in; ``:is(…)`` has none of them."""
    assert not re.findall(r":is\([^)]*\)(?=[{,])", css())


@pytest.mark.parametrize(
    ("look", "selector", "declared"),
    [
        ({"size": "note"}, ".test", "font-size:8.5pt"),
        ({"size": "note"}, ".test p,.test td,.test th", "font-size:8.5pt"),
        ({"weight": "bold"}, ".test", "font-weight:bold"),
        ({"colour": "gap"}, ".test", "color:#C00000"),
        ({"font": "heading"}, ".test", "font-family:var(--font-heading)"),
        ({"align": "right"}, ".test", "text-align:right"),
        ({"line_height": 1.4}, ".test", "line-height:1.4"),
        ({"before": 6.0}, ".test,table tbody tr>.test", "margin-top:6pt"),
        ({"after": 4.0}, ".test,table tbody tr>.test", "margin-bottom:4pt"),
        ({"indent": 2.5}, ".test,table tbody tr>.test", "margin-left:2.5mm"),
        ({"padding": 2.5}, ".test,table tbody tr>.test", "padding:2.5mm"),
        ({"tint": "tint"}, ".test,table tbody tr>.test", "background:#F0F1F3"),
        ({"border": "box"}, ".test,table tbody tr>.test", "border:0.25pt solid #A6A6A6"),
        ({"border": "top"}, ".test,table tbody tr>.test", "border-top:0.25pt solid #A6A6A6"),
        ({"keep_together": True}, ".test,table tbody tr>.test", "break-inside:avoid"),
        ({"keep_with_next": True}, ".test,table tbody tr>.test", "break-after:avoid"),
        ({"row_height": 9.0}, "tr.test td,table.test td,td.test", "height:7.2mm"),
        ({"row_height": 9.0}, "p.test", "height:9mm"),
        ({"lines": "grid"}, ".test td,.test th", "border:0.25pt solid #A6A6A6"),
        ({"lines": "none"}, ".test tr>td,.test tr>th", "border:none"),
        ({"head": "plain"}, ".test th", "background:none;font-weight:normal;color:#5F6368"),
        ({"valign": "center"}, ".test td,.test th,.test", "vertical-align:middle"),
    ],
)
def test_each_property_of_a_look_becomes_its_declaration(look: dict[str, Any], selector: str, declared: str) -> None:
    assert declared in rules(with_role(**look), selector)


def test_a_look_without_properties_makes_no_rule() -> None:
    assert ".test" not in with_role()


def test_a_look_may_differ_by_language() -> None:
    assert "text-align:left" in rules(css("en"), "h1")
    assert "text-align:center" in rules(css("zh-CN"), "h1")


def test_the_sheet_says_no_words() -> None:
    said = re.findall(r"content:([^;}]*)", css() + css("zh-CN", landscape=True))
    assert set(said) == {
        "element(running)", "element(foot)", "element(opening)", "counter(page)", "counter(pages)",
    }  # fmt: skip
