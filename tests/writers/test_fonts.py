"""A character that no font can show is known before printing, and a line to write on can stand for it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from docgen.definitions.definition import Definitions
from docgen.model.case import Case
from docgen.model.document import Document, Text
from docgen.model.problems import Severity
from docgen.office.glyphs import Glyphs
from docgen.writers.fonts import BY_HAND, UNSEEN, Coverage, free_font, handwritten, identity, rare
from docgen.writers.pdf_text import sheets
from tests import sample_help as wang
from tests.writers.pdf_help import POINTS, prove, row, table, templates, tree

PRIVATE = "\ue123"


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return Coverage()


def test_common_and_rare_characters_are_shown(coverage: Coverage) -> None:
    assert coverage.missing("王𠮷 The “ﬁrst” 测试；😀☐☑①μ") == []


def test_a_character_of_private_use_is_missing(coverage: Coverage) -> None:
    assert not coverage.shows(PRIVATE)
    assert coverage.missing(f"王{PRIVATE}某{PRIVATE}\U0010fffd") == [PRIVATE, "\U0010fffd"]
    assert not coverage.shows(PRIVATE), "nor is it the second time"


def test_what_is_never_drawn_needs_no_font(coverage: Coverage) -> None:
    assert coverage.missing("".join(sorted(UNSEEN))) == []


def test_without_fontconfig_all_is_taken_as_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: object) -> Any:
        raise OSError("no such library")

    monkeypatch.setattr("ctypes.CDLL", none)
    assert Coverage().missing(PRIVATE) == []


@pytest.mark.parametrize(
    ("character", "font"),
    [("𠮷", "Plangothic"), ("😀", "Noto Emoji"), (PRIVATE, ""), ("王", "Noto Serif CJK"), ("ש", "Noto Sans")],
)
def test_a_free_font_is_named_for_it(character: str, font: str) -> None:
    assert free_font(character).startswith(font)
    assert bool(free_font(character)) is bool(font)


# Which fonts they are


def test_a_family_is_known_by_its_cuts_and_their_versions_and_not_by_its_place() -> None:
    found = identity(templates().theme.fonts.pdf.families)
    assert re.search(r"^Noto Serif CJK SC Bold \d+$", found, re.MULTILINE)
    assert "/" not in found
    assert found == identity(reversed(templates().theme.fonts.pdf.families))
    assert found != identity(["Noto Serif CJK SC"]) != identity(["Noto Sans CJK SC"])


def test_for_a_family_that_is_not_installed_stands_what_is_used_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    there = identity(["No Such Font"])
    assert there and "No Such Font" not in there
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert identity(["No Such Font"]) == there


def test_without_fontconfig_no_fonts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.writers.fonts._fontconfig", lambda: None)
    assert identity(["Noto Serif CJK SC"]) == ""


# Written by hand


def runs(document: Document) -> list[tuple[str, bool]]:
    (block,) = document.body
    return [(run.text, run.underline) for run in block.content if isinstance(run, Text)]  # type: ignore[union-attr]


def test_a_line_stands_for_each_missing_character_and_for_nothing_else(coverage: Coverage) -> None:
    document = tree(f"<p>王{PRIVATE}{PRIVATE}某 <strong>a{PRIVATE}</strong></p>", "zh-CN")
    made = handwritten(document, coverage)
    line = (BY_HAND, True)
    assert runs(made) == [("王", False), line, line, ("某 ", False), ("a", False), line]
    prove(made)


def test_a_name_stays_on_one_line_though_a_character_of_it_is_written_by_hand(coverage: Coverage) -> None:
    document = tree(table(row(f"员工 王{PRIVATE}某", *["日期"] * 7), 8), "zh-CN")
    (sheet,) = sheets(prove(handwritten(document, coverage)))
    (before,) = [piece for piece in sheet.pieces if "王" in piece.text]
    (after,) = [piece for piece in sheet.pieces if "某" in piece.text]
    assert before.bottom == after.bottom
    assert 6 < (after.left - before.right) / POINTS < 10


def test_weight_role_and_language_stay(coverage: Coverage) -> None:
    document = tree(f'<p><strong><span class="label" lang="en">a{PRIVATE}b</span></strong></p>', "zh-CN")
    (block,) = handwritten(document, coverage).body
    assert block.content == tuple(  # type: ignore[union-attr]
        Text(words, "en", strong=True, underline=words == BY_HAND, role="label") for words in ("a", BY_HAND, "b")
    )


def test_a_document_that_can_be_shown_stays_as_it_is(coverage: Coverage) -> None:
    document = wang.tree("notes")
    assert handwritten(document, coverage) == document


def test_heads_and_feet_are_written_by_hand_too(coverage: Coverage) -> None:
    document = tree(f"<header><p>a{PRIVATE}</p></header><footer><p>{PRIVATE}</p></footer><p>b</p>")
    made = handwritten(document, coverage)
    assert PRIVATE not in repr(made)
    assert made.body == document.body


# Problems


def with_value(sheet: str, field: str, value: str) -> Any:
    """Wang's case with another value in the first row of a sheet."""
    checked = wang.checked()
    values = dict(checked.case.values)
    rows = values[sheet]
    if isinstance(rows, list):
        values[sheet] = [{**rows[0], field: value}, *rows[1:]]
    else:
        values[sheet] = {**rows, field: value}
    record = replace(checked.record, text="")  # the values are no longer those of its file
    return replace(checked, record=record, case=Case(checked.case.id, values))


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return wang.definitions()


def test_a_sound_case_has_no_such_problem(coverage: Coverage, definitions: Definitions) -> None:
    assert Glyphs(definitions, coverage).in_case(wang.checked()) == ()


def test_a_problem_names_value_place_and_cure(coverage: Coverage, definitions: Definitions) -> None:
    (problem,) = Glyphs(definitions, coverage).in_case(with_value("case", "employee_name", f"王{PRIVATE}"))
    assert (problem.severity, problem.path) == (Severity.ERROR, ("case", "employee_name"))
    assert problem.position == wang.checked().record.position(("case", "employee_name"))
    assert problem.position.line > 1
    assert "U+E123" in problem.message.en and "U+E123" in problem.message.zh
    assert "--handwrite-missing" in problem.fix.en and "--handwrite-missing" in problem.fix.zh
    assert problem.forms == frozenset(wang.FORMS)


def test_a_problem_names_a_font_where_one_is_free(definitions: Definitions, monkeypatch: pytest.MonkeyPatch) -> None:
    poor = Coverage()
    monkeypatch.setattr(poor, "shows", lambda character: character != "𠮷")
    (problem,) = Glyphs(definitions, poor).in_case(with_value("targets", "name", "𠮷"))
    assert problem.path == ("targets", 0, "name")
    assert "Plangothic" in problem.fix.en and "Plangothic" in problem.fix.zh
    assert "𠮷" in problem.message.zh


def test_only_forms_that_print_the_value_are_concerned(coverage: Coverage, definitions: Definitions) -> None:
    (problem,) = Glyphs(definitions, coverage).in_case(with_value("steps", "action", PRIVATE))
    printing = {name for name, form in definitions.forms.items() if "action" in form.prints.get("steps", ())}
    assert problem.forms == printing != set(wang.FORMS)


def test_what_no_form_prints_is_no_problem(coverage: Coverage, definitions: Definitions) -> None:
    printed = {field for form in definitions.forms.values() for field in form.prints.get("case", ())}
    unprinted = sorted(set(definitions.sheets["case"].fields) - printed - {"language", "party"})
    assert unprinted, "there is no such field any more; this test can go"
    assert Glyphs(definitions, coverage).in_case(with_value("case", unprinted[0], PRIVATE)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王某 wang Müller “测试”——①☐☑≥–…・", ""),
        ("陶喆、李䶮、陶喆", "䶮喆"),
        ("Łukasz", "Ł"),
        ("個", "個"),
        ("𠮷😀", "😀𠮷"),
    ],
)
def test_letters_that_few_documents_have_are_found(text: str, found: str) -> None:
    assert rare(text) == found


def test_no_sample_has_letters_of_the_templates_that_are_rare() -> None:
    for form in wang.FORMS:
        assert rare(wang.tree(form).text()) == ""
