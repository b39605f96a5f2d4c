"""A company's folder stands before the shipped set, file by file and sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.errors import DocgenError, TemplateError, UsageError
from docgen.layout.sets import load_set
from docgen.layout.wording import base_key
from tests.layout.set_help import said


def company(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return folder


def test_the_standard_set_says_every_sentence_in_both_languages() -> None:
    wording = load_set().wording
    assert {base_key(key) for key in wording["en"]} == {base_key(key) for key in wording["zh"]}
    assert wording["en"]["date"][0] == "Date"


def test_an_unknown_set_is_told_with_those_that_are_known() -> None:
    with pytest.raises(UsageError, match="'standart' is unknown; shipped: coloured, dark_ink, large_print, standard"):
        load_set("standart")


def test_a_file_of_the_company_comes_before_the_shipped_one(tmp_path: Path) -> None:
    company(tmp_path, print__css="/* ours */")
    made = load_set("standard", [tmp_path])
    assert made.file("print.css") == tmp_path / "print.css"
    assert made.file("letter.html").parent.name == "standard"


def test_the_first_of_several_folders_wins(tmp_path: Path) -> None:
    folders = [tmp_path / "office", tmp_path / "group"]
    for folder in folders:
        folder.mkdir()
        company(folder, wording__en__yaml=f"date: {folder.name}")
    assert load_set("standard", folders).wording["en"]["date"][0] == "office"


def test_a_missing_file_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"the template set has no logo\.png"):
        load_set("standard", [tmp_path]).file("logo.png")


def test_a_company_may_change_one_sentence_in_one_language(tmp_path: Path) -> None:
    company(tmp_path, wording__en__yaml="date: Day")
    wording = load_set("standard", [tmp_path]).wording
    assert (wording["en"]["date"], wording["zh"]["date"][0]) == (("Day", "wording.en.yaml:1"), "日期")


def test_a_plain_sentence_of_the_company_replaces_all_variants(tmp_path: Path) -> None:
    files = {"wording.en.yaml": "party: {a: Our firm}"}
    settings = {"jurisdiction": "cn", "letter_effect": "notice"}
    assert said(tmp_path, "<p>{{ say('party.a') }}</p>", files=files, settings=settings) == "Our firm"


def test_a_variant_of_the_company_leaves_the_other_variants(tmp_path: Path) -> None:
    files = {"wording.en.yaml": "party: {a: {cn: Firm A}}"}
    seen = [
        said(tmp_path, "<p>{{ say('party.a') }}</p>", files=files, settings={"jurisdiction": j, "letter_effect": ""})
        for j in ("cn", "uk")
    ]
    assert seen == ["Firm A", "The Company"]


@pytest.mark.parametrize(("language", "lacking"), [("en", "zh"), ("zh", "en")])
def test_a_sentence_missing_in_one_language_is_refused(tmp_path: Path, language: str, lacking: str) -> None:
    (tmp_path / f"wording.{language}.yaml").write_text("motto: {first: x}", "utf-8")
    with pytest.raises(
        TemplateError, match=rf"wording\.{language}\.yaml:1: motto\.first is missing in wording\.{lacking}\.yaml; every"
    ):
        load_set("standard", [tmp_path])


@pytest.mark.parametrize("wrong", ["date: [a, b]", "date:", "- date"])
def test_what_is_no_sentence_is_refused_with_its_line(tmp_path: Path, wrong: str) -> None:
    company(tmp_path, wording__en__yaml=f"# ours\n{wrong}")
    with pytest.raises(TemplateError, match=r"wording\.en\.yaml:2:.*must be a sentence"):
        load_set("standard", [tmp_path])


def test_wording_that_is_no_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    company(tmp_path, wording__en__yaml="end: .\ndate: &a x\n")
    with pytest.raises(DocgenError, match=r"wording\.en\.yaml:2:"):
        load_set("standard", [tmp_path])


@pytest.mark.parametrize(
    ("key", "base"),
    [("party.a.cn", "party.a"), ("party.a", "party.a"), ("letter.effect.notice", "letter.effect"), ("date", "date")],
)
def test_the_key_of_a_sentence_without_its_variant(key: str, base: str) -> None:
    assert base_key(key) == base
