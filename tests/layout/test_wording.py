"""Wording files: each fault with its place, all at once; variants by jurisdiction, by letter effect, or by both."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.errors import TemplateError
from docgen.layout.findings import FaultySet
from docgen.layout.sets import load_set
from docgen.layout.tags import sentence_faults
from docgen.layout.wording import base_key, candidates, merged, read_file, situations, variant
from tests.layout.set_help import said

BOTH_WAYS = {
    "wording.en.yaml": """
close:
  notice: Received.
  agreement: {cn: Signed by both parties., default: Signed.}
""",
    "wording.zh.yaml": """
close:
  notice: 已收到。
  agreement: {cn: 双方已签。, default: 已签。}
""",
}


def faults(folder: Path, **wording: str | bytes) -> list[tuple[str, int, str]]:
    """File, line and kind of what is refused in the company's ``wording`` (by language)."""
    for language, text in wording.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / f"wording.{language}.yaml").write_bytes(content)
    with pytest.raises(FaultySet) as refused:
        load_set("standard", [folder])
    return [(one.place.source, one.place.line, one.kind) for one in refused.value.findings]


# Variants


@pytest.mark.parametrize(
    ("jurisdiction", "effect", "shown"),
    [
        ("cn", "notice", "Received."),
        ("uk", "notice", "Received."),
        ("cn", "agreement", "Signed by both parties."),
        ("uk", "agreement", "Signed."),
    ],
)
def test_a_variant_may_have_variants_of_its_own(tmp_path: Path, jurisdiction: str, effect: str, shown: str) -> None:
    settings = {"jurisdiction": jurisdiction, "letter_effect": effect}
    assert said(tmp_path, "<p>{{ say('close') }}</p>", files=BOTH_WAYS, settings=settings) == shown


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (["a.cn.notice", "a.notice.cn", "a.cn", "a.notice", "a.default", "a"], "a.notice.cn"),
        (["a.cn.notice", "a.cn", "a.notice", "a"], "a.cn.notice"),
        (["a.cn", "a.notice", "a"], "a.cn"),
        (["a.cn.default", "a.notice"], "a.cn.default"),
        (["a.notice", "a.default"], "a.notice"),
        (["a.notice.default", "a.default"], "a.notice.default"),
        (["a.default", "a"], "a.default"),
        (["a.uk", "a"], "a"),
        (["a.uk"], None),
    ],
)
def test_the_most_particular_sentence_is_said(known: list[str], found: str | None) -> None:
    assert variant("a", "cn", "notice", known) == found


def test_a_sentence_may_stand_under_each_of_its_candidates() -> None:
    assert {base_key(key) for key in candidates("letter.effect", "us", "agreement")} == {"letter.effect"}
    assert len([*situations()]) == 10


def test_a_variant_of_the_company_leaves_the_plain_sentence_to_the_others(tmp_path: Path) -> None:
    for language in ("en", "zh"):
        (tmp_path / f"wording.{language}.yaml").write_text("letter: {changes_clause: {uk: Ours}}", "utf-8")
    wording = load_set("standard", [tmp_path]).wording["en"]
    assert wording["letter.changes_clause.uk"][0] == "Ours"
    assert variant("letter.changes_clause", "cn", "notice", wording) == "letter.changes_clause"


def test_a_plain_sentence_replaces_variants_of_variants(tmp_path: Path) -> None:
    texts = ("a: {notice: {cn: x, default: y}, agreement: z}", "a: plain")
    files = []
    for name, text in zip(("first", "second"), texts, strict=True):
        (tmp_path / name).mkdir()
        (tmp_path / name / "wording.en.yaml").write_text(text, "utf-8")
        files.append(read_file(tmp_path / name, "en"))
    assert merged([file for file in files if file]) == {"a": ("plain", "wording.en.yaml:1")}


# Faults


@pytest.mark.parametrize(
    ("text", "line", "kind"),
    [
        ("date: x\nletter:\n\topening: x\n", 3, "tab"),
        ("date: x\nseal: y\ndate: z\n", 3, "duplicate_key"),
        ("date: x\nseal：y\n", 2, "full_width_colon"),
        ("date: x\nseal: [a, b]\n", 2, "no_sentence"),
        ("date: x\nseal:\n", 2, "no_sentence"),
        ("date: &a x\n", 1, "anchor"),
        ("date: 'x\n", 1, "open_quote"),
        (b"date: \xff\xfe\xfa\n", 1, "not_utf8"),
        (f"date: {'x' * 20_001}\n", 1, "long_sentence"),
        ("- date\n- seal\n", 1, "no_sentence"),
    ],
)
def test_a_faulty_wording_is_refused_with_its_line(tmp_path: Path, text: str | bytes, line: int, kind: str) -> None:
    assert ("wording.zh.yaml", line, kind) in faults(tmp_path, zh=text)


def test_all_faults_of_both_languages_are_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, en="date: [a]\nmotto: x\nseal: {b: [c]}\n", zh="date: x\ndate: y\n")
    assert {
        ("wording.en.yaml", 1, "no_sentence"),
        ("wording.en.yaml", 2, "missing_language"),
        ("wording.en.yaml", 3, "no_sentence"),
        ("wording.zh.yaml", 2, "duplicate_key"),
    } <= set(found)


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_a_sentence_in_one_language_names_the_file_that_lacks_it(tmp_path: Path, language: str, other: str) -> None:
    assert faults(tmp_path, **{language: "motto: {first: x,\n second: y}"}) == [
        (f"wording.{language}.yaml", 1, "missing_language"),
        (f"wording.{language}.yaml", 2, "missing_language"),
    ]
    with pytest.raises(TemplateError) as refused:
        load_set("standard", [tmp_path])
    assert f"motto.first is missing in wording.{other}.yaml" in refused.value.words.en
    assert f"wording.{other}.yaml 缺少 motto.first" in refused.value.words.zh


def test_a_wrong_variant_is_told_with_the_nearest(tmp_path: Path) -> None:
    text = "letter:\n  effect:\n    notcie: x\n"
    assert faults(tmp_path, en=text) == [("wording.en.yaml", 3, "unknown_variant")]
    with pytest.raises(
        TemplateError, match=r"letter\.effect\.notcie is no variant of its sentence; did you mean notice\?"
    ):
        load_set("standard", [tmp_path])


def test_a_sentence_of_variants_must_cover_every_office(tmp_path: Path) -> None:
    found = faults(tmp_path, en="motto: {cn: a, uk: b}", zh="motto: {cn: a, default: b}")
    assert found == [("wording.en.yaml", 1, "uncovered")]
    with pytest.raises(TemplateError, match=r"motto says nothing for us, notice.*Add a default"):
        load_set("standard", [tmp_path])


def test_both_effects_cover_every_office(tmp_path: Path) -> None:
    for language in ("en", "zh"):
        (tmp_path / f"wording.{language}.yaml").write_text("motto: {notice: a, agreement: b}", "utf-8")
    assert load_set("standard", [tmp_path]).faults == ()


def test_a_wording_that_leads_elsewhere_is_not_read(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "templates", tmp_path / "secret.yaml"
    folder.mkdir()
    elsewhere.write_text("date: secret", "utf-8")
    (folder / "wording.en.yaml").symlink_to(elsewhere)
    with pytest.raises(TemplateError, match=r"wording\.en\.yaml leads out of the folder templates") as refused:
        load_set("standard", [folder])
    assert "指向文件夹" in refused.value.words.zh and "secret" not in str(refused.value).replace("secret.yaml", "")


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("letter:\n  opening: See annex #3 on page 2.\n", "cut_sentence", 2),
        ("letter.opening: a\nletter:\n  opening: b\n", "dotted_key", 1),
    ],
)
def test_what_yaml_would_cut_off_or_hide_is_told(tmp_path: Path, text: str, kind: str, line: int) -> None:
    (tmp_path / "wording.en.yaml").write_text(text, "utf-8")
    file = read_file(tmp_path, "en")
    assert file is not None
    assert [(one.kind, one.place.line) for one in file.faults] == [(kind, line)]


def test_a_remark_behind_a_sentence_is_one(tmp_path: Path) -> None:
    (tmp_path / "wording.en.yaml").write_text("draft: Draft  # until 2027\nseal: '#1 seal'\n", "utf-8")
    file = read_file(tmp_path, "en")
    assert file is not None and not file.faults
    assert file.sentences["seal"].text == "#1 seal"


@pytest.mark.parametrize("sentence", ["{ case.period_start }", "a }} b", "a %} b", "｛｛ case.period_start ｝｝"])
def test_braces_that_would_be_printed_are_told(sentence: str) -> None:
    assert [one.message for one in sentence_faults(sentence)]
    assert not [*sentence_faults("{{ case.period_start }}{% if a %}x{% endif %}{# no #}")]
