"""Risky phrases are told with the reason and a better one; no document says that it is notice and agreement at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.definitions.phrases import load_phrases
from docgen.generate import render
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.spoken import spoken
from docgen.layout.wording import EFFECTS, JURISDICTIONS
from docgen.model.problems import Severity
from docgen.paper import Paper, papers
from docgen.resources import shipped
from tests.layout.test_review import both, found, places
from tests.sample_help import checked, definitions, kit

LISTED = yaml.safe_load((shipped("forms") / "phrases.yaml").read_text("utf-8"))
PHRASES = [
    (language, phrase) for one in LISTED["risky"] for language in ("en", "zh") for phrase in one["say"][language]
]


def test_every_listed_phrase_is_found() -> None:
    """With an ending, where any may follow, and in whatever case."""
    risky = load_phrases().risky
    for _, phrase in PHRASES:
        text = f"x {phrase.replace('*', 's')} y"
        assert any(one.pattern.search(text) and one.pattern.search(text.upper()) for one in risky), phrase


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_a_risky_phrase_of_a_company_is_told_with_its_place(tmp_path: Path, language: str, other: str) -> None:
    phrase = {"en": "voluntarily resigns", "zh": "自动离职"}[language]
    files = {
        f"wording.{language}.yaml": f"# ours\nletter:\n  formal_procedure: Who misses it {phrase}.\n",
        f"wording.{other}.yaml": "letter: {formal_procedure: x}",
    }
    (finding,) = found(tmp_path, files)
    assert (finding.severity, finding.code, str(finding.place)) == (
        Severity.WARNING, "W260", f"wording.{language}.yaml:3:35"
    )  # fmt: skip
    assert f"“{phrase}” is risky: a resignation is the employee's own declaration" in finding.message.en
    assert f"“{phrase}”有法律风险" in finding.message.zh
    assert "published policy" in finding.fix.en and "依法制定并公示的制度" in finding.fix.zh


def test_a_risky_phrase_of_a_template_is_told_too(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, {"notes.html": "<p>a</p>\n<p>This is your <strong>last chance</strong>.</p>"})
    assert (finding.code, str(finding.place)) == ("W260", "notes.html:2:25")


def test_a_phrase_that_jinja_may_print_is_found(tmp_path: Path) -> None:
    sentence = "{{ 'deemed agreed' if gaps else 'x' }}"
    assert places(found(tmp_path, both("date", sentence, "日期"))) == ["risky_phrase wording.en.yaml:1:12"]


@pytest.mark.parametrize(
    "sentence",
    [
        "自愿<strong>离职</strong>", "自 愿　离职", "自愿\n离职", "自愿{{ '' }}离职", "{{ '自愿' ~ '离职' }}",
        "自-愿离职",
        "自愿{# x #}离职", "自愿{% if gaps %}离职{% endif %}", "自愿&#31163;职", "{% set a = '自愿离职' %}{{ a }}",
        "自愿<!-- x -->离职", "ＶＯＬＵＮＴＡＲＩＬＹ Resigns", "voluntarily\nresign", "voluntarily<br/>resign",
        "deemed-agreed", "deemed\u2011agreed", "<em>at</em> will", "deemed <u>agree</u>d",
    ],
)  # fmt: skip
def test_a_phrase_does_not_hide_behind_marks_and_blanks(sentence: str) -> None:
    text = spoken(sentence)
    assert any([*text.phrases(one.pattern)] for one in load_phrases().risky)


@pytest.mark.parametrize(
    "sentence",
    [
        "签字仅表示已收到并已沟通，不视为同意。", "员工未提出异议的，不得视为放弃其权利。",
        "公司不会自动解除劳动合同。", "自愿参加培训；离职手续另行办理。", "本计划不是处分。",
        "自愿{{ case.position }}离职", "员工可以主动提出调整目标。",
        "未达成的，双方先复核原因及支持落实情况。", "不因提出异议而受到不利对待。", "<p>自愿</p>\n<p>离职</p>",
        "Signing does not mean agreed; silence is not deemed consent.", "Employment is never at will here.",
        "An objection has no adverse effect.", "The period ends after 30 days' notice.",
        "Nobody will be asked to resign; the decision is open to objection.", "Reviews may take place at any time.",
        "Either side may ask for a further talk.", "Both sides sign and date the form.", "The policy is published.",
    ],
)  # fmt: skip
def test_a_sound_sentence_is_not_told(sentence: str) -> None:
    assert [one.heard for each in load_phrases().risky for one in spoken(sentence).phrases(each.pattern)] == []


def test_who_has_no_choice_is_no_denial() -> None:
    text = spoken("公司不得不立即解除劳动合同")
    assert any([*text.phrases(one.pattern)] for one in load_phrases().risky)


def test_names_and_comments_of_a_template_are_no_phrases() -> None:
    assert spoken("{# last chance #}{{ last.chance }} a {{ 'b' }}").text.replace("\0", "") == " a b"


def test_what_the_law_of_a_place_allows_is_fine_there(tmp_path: Path) -> None:
    """Employment at will is told everywhere but in the sentence for the United States."""
    files = {
        f"wording.{name}.yaml": "not_a_contract:\n  us: at-will, 任意雇佣\n  uk: at-will, 任意雇佣\n"
        for name in ("en", "zh")
    }
    lines = [one.place.line for one in found(tmp_path, files) if one.code == "W260"]
    assert lines == [3, 3, 3, 3]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("effect: It takes effect on delivery.", "not_switched"),
        ("effect: {agreement: It takes effect on delivery.}", "both_effects"),
        ("effect: {notice: It takes effect when both sides have signed.}", "both_effects"),
        ("opening: It takes effect on delivery.", "both_effects"),
        ("copies_clause: '{{ settings.copies }}. It takes effect when both sides have signed.'", "both_effects"),
    ],
)
def test_a_company_cannot_say_both_effects(tmp_path: Path, sentence: str, kind: str) -> None:
    findings = found(tmp_path, {"wording.en.yaml": f"letter:\n  {sentence}\n"})
    assert kind in {one.kind for one in findings if one.severity is Severity.ERROR}
    assert all(
        "never both" in one.message.en and "不得混用" in one.message.zh
        for one in findings
        if one.kind == "both_effects"
    )


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_no_document_says_both_effects(language: str) -> None:
    """Whatever the jurisdiction: an agreement says nothing that only a notice says, nor the other way round."""
    phrases = load_phrases().effects
    (paper,) = [one for one in papers(checked(), definitions()) if one.form.name == "letter"]
    values = {**paper.case.values, "case": {**paper.case.values["case"], "language": language}}
    for jurisdiction in JURISDICTIONS:
        for effect, other in (EFFECTS, EFFECTS[::-1]):
            settings: dict[str, Any] = {**kit().settings, "jurisdiction": jurisdiction, "letter_effect": effect}
            other_kit = Kit(definitions(), settings, kit().templates)
            text = render(_of(paper, values), other_kit, Stamp("X", 1, None), "final").text()
            assert phrases[effect].search(text) and not phrases[other].search(text), (jurisdiction, effect)


def _of(paper: Paper, values: Any) -> Paper:
    return replace(paper, case=replace(paper.case, values=values), row=values["case"])
