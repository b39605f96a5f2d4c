from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.company import find_settings
from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.model.case import Code
from docgen.model.problems import Problem, Severity
from docgen.sources.settings import read_settings


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


def settings_file(folder: Path, text: str) -> Path:
    path = folder / "docgen.yaml"
    path.write_text(text, "utf-8")
    return path


def test_settings_are_found_beside_the_input_then_upward(tmp_path: Path) -> None:
    above = settings_file(tmp_path, "copies: 2\n")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    case = deep / "wang.yaml"
    case.touch()
    assert find_settings(case) == above.resolve()
    assert find_settings(deep) == above.resolve()
    beside = settings_file(deep, "copies: 3\n")
    assert find_settings(case) == beside.resolve()


def test_a_link_takes_the_settings_of_the_place_where_it_lies(tmp_path: Path) -> None:
    office, store = tmp_path / "office" / "cases", tmp_path / "store"
    office.mkdir(parents=True)
    store.mkdir()
    own, above = settings_file(store, "copies: 1\n"), settings_file(tmp_path / "office", "copies: 2\n")
    (store / "wang.yaml").touch()
    (office / "wang.yaml").symlink_to(store / "wang.yaml")
    (office / "all").symlink_to(store)
    assert find_settings(store / "wang.yaml") == own
    assert find_settings(office / "wang.yaml") == above
    assert find_settings(office / "all" / "wang.yaml") == office / "all" / "docgen.yaml"
    assert find_settings(office / "all" / ".." / "office" / "cases" / "wang.yaml") == above  # .. leads out of the store


def test_without_a_file_the_defaults_hold(definitions: Definitions) -> None:
    settings, problems = read_settings(None, definitions)
    assert problems == ()
    assert settings["copies"] == 3
    assert settings["departments"] == {}
    assert settings["extra_signers"] == []
    assert settings["company_name"] is None
    assert isinstance(settings["jurisdiction"], Code)
    assert set(settings) == set(definitions.settings)


def test_what_is_derived_follows_what_was_set(definitions: Definitions, tmp_path: Path) -> None:
    assert read_settings(None, definitions)[0]["use_weights"] is True
    settings, problems = read_settings(settings_file(tmp_path, "jurisdiction: uk\n"), definitions)
    assert (settings["use_weights"], problems) == (False, ())


def test_tables_are_typed(definitions: Definitions, tmp_path: Path) -> None:
    text = (
        "policy_published_on: 2025年3月1日\n"
        "departments:\n  销售部: {department_head: 顾某, aligned_goal: 目标}\n  空部:\n    hr_contact: 周某\n"
        "extra_signers:\n- {role: 工会代表, forms: [letter, plan]}\n"
        "accept: [{rule: W202, reason: 按公司统一设定}]\n"
    )
    settings, problems = read_settings(settings_file(tmp_path, text), definitions)
    assert problems == ()
    assert settings["policy_published_on"] == date(2025, 3, 1)
    assert settings["departments"]["销售部"]["department_head"] == "顾某"
    assert settings["departments"]["销售部"]["hr_contact"] is None
    assert settings["extra_signers"][0]["forms"][0] == "letter"
    assert settings["accept"] == [{"rule": "W202", "reason": "按公司统一设定"}]


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ("copies: 2\ncompany_nam: X\n", "E103", 2, "company_name"),
        ("copies: many\n", "E103", 1, "many"),
        ("copies: 99\n", "E103", 1, "20"),
        ("departments:\n  销售部:\n    head: 顾某\n", "E103", 3, "head"),
        ("departments:\n- 销售部\n", "E103", 2, ""),
        ("departments:\n  销售部: 顾某\n", "E103", 2, ""),
        ("accept: W202\n", "E103", 1, ""),
        ("accept:\n- rule: W202\n  reason: [a]\n", "E103", 3, ""),
        ("policy_published_on: 2025-02-30\n", "E103", 1, "2025-02-30"),
        ("- copies\n", "E100", 1, "names and values"),
        ("copies: 2\ncopies: 3\n", "E100", 2, "copies"),
        ("company_name: {zh: 上海鹭汀}\n", "E103", 1, "en is missing"),
        ("company_name: {en: Luting, zh: }\n", "E103", 1, "zh is missing"),
        ("company_name: {en: Luting, fr: Luting}\n", "E103", 1, "one value"),
        ("departments:\n  销售部:\n    department_head: {zh: 顾某}\n", "E103", 3, "one text for both"),
    ],
)
def test_a_faulty_setting_is_told_with_its_place(
    definitions: Definitions, tmp_path: Path, text: str, code: str, line: int, said: str
) -> None:
    settings, (problem,) = read_settings(settings_file(tmp_path, text), definitions)
    assert (problem.code, problem.position.line) == (code, line)
    assert said in problem.message.en + problem.fix.en
    assert problem.message.zh
    assert settings["copies"] in (2, 3)


def test_a_text_in_neither_language_counts_as_not_set(definitions: Definitions, tmp_path: Path) -> None:
    settings, problems = read_settings(settings_file(tmp_path, "company_name: {en: , zh: }\n"), definitions)
    assert (settings["company_name"], problems) == (None, ())


def test_a_missing_settings_file_is_told(definitions: Definitions, tmp_path: Path) -> None:
    _, (problem,) = read_settings(tmp_path / "docgen.yaml", definitions)
    assert problem.message.en.startswith("There is no file")


def test_an_empty_settings_file_holds_the_defaults(definitions: Definitions, tmp_path: Path) -> None:
    settings, problems = read_settings(settings_file(tmp_path, "# nothing yet\n"), definitions)
    assert (settings["copies"], problems) == (3, ())


def told(problems: tuple[Problem, ...]) -> list[tuple[str, int, int, tuple[str | int, ...]]]:
    return [(one.code, one.position.line, one.position.column, one.path) for one in problems]


def test_a_bad_cell_costs_no_other_cell_and_every_fault_is_told(definitions: Definitions, tmp_path: Path) -> None:
    text = (
        "departments:\n"
        "  销售部: {department_head: [顾某], hr_contact: 周曼, head: X}\n"
        "  财务部: 何某\n"
        "  仓储部: {department_head: 戴某, hr_contact: {a: b}}\n"
        "extra_signers:\n"
        "- {role: 工会代表, forms: [leter]}\n"
        "- {role: 见证人}\n"
    )
    settings, problems = read_settings(settings_file(tmp_path, text), definitions)
    assert told(problems) == [
        ("E103", 2, 48, ("departments", "销售部", "head")),
        ("E103", 2, 26, ("departments", "销售部", "department_head")),
        ("E103", 3, 8, ("departments", "财务部")),
        ("E103", 4, 42, ("departments", "仓储部", "hr_contact")),
        ("E103", 6, 24, ("extra_signers", 0, "forms", 0)),
    ]
    assert list(settings["departments"]) == ["销售部", "仓储部"]
    assert settings["departments"]["销售部"]["hr_contact"] == "周曼"
    assert settings["departments"]["仓储部"]["department_head"] == "戴某"
    assert [signer["role"] for signer in settings["extra_signers"]] == ["工会代表", "见证人"]
    assert "Department head" in problems[1].message.en and "部门负责人" in problems[1].message.zh
    assert "Forms" in problems[4].message.en


def test_codes_of_accepted_rules_count_in_any_case(definitions: Definitions, tmp_path: Path) -> None:
    settings, problems = read_settings(settings_file(tmp_path, "accept: [{rule: w202, reason: a}]\n"), definitions)
    assert problems == () and settings["accept"] == [{"rule": "W202", "reason": "a"}]


@pytest.mark.parametrize(
    ("entry", "column", "said"),
    [
        ("{rule: W999, reason: a}", 10, "W999"),
        ("{rule: E104, reason: a}", 10, "E104"),
        ("{rule: W202}", 10, "W202"),
        ("{rule: W202, reason: ' '}", 10, "W202"),
        ("{reason: a}", 3, "no rule"),
        ("W202", 3, ""),
        ("{rule: W 202, reason: a}", 10, "W 202"),
    ],
)
def test_an_entry_that_accepts_nothing_is_told(
    definitions: Definitions, tmp_path: Path, entry: str, column: int, said: str
) -> None:
    text = f"accept:\n- {{rule: W203, reason: a}}\n- nothing\n- {entry}\n"
    settings, problems = read_settings(settings_file(tmp_path, text), definitions)
    assert [(line, at) for _, line, at, _ in told(problems)] == [(3, 3), (4, column)]
    assert said in problems[1].message.en and problems[1].severity is Severity.ERROR
    assert [entry["rule"] for entry in settings["accept"]] == ["W203"]


def test_the_file_s_own_order_of_dates_holds_for_its_dates(definitions: Definitions, tmp_path: Path) -> None:
    text = "policy_published_on: 03/04/2025\ndate_order: dmy\n"
    settings, problems = read_settings(settings_file(tmp_path, text), definitions)
    assert (settings["policy_published_on"], problems) == (date(2025, 4, 3), ())


@pytest.mark.parametrize("typed", ["fishbone, none", "[none, trend]", "无，鱼骨图"])
def test_none_beside_others_is_refused_and_none_alone_is_none(tmp_path: Path, typed: str) -> None:
    path = tmp_path / "docgen.yaml"
    path.write_text(f"pictures: {typed}", "utf-8")
    settings, (problem,) = read_settings(path, load_definitions())
    assert "none" in problem.message.en and "无" in problem.fix.zh and problem.position.line == 1
    assert "trend" in settings["pictures"]  # as if nothing had been typed
    path.write_text("pictures: 无", "utf-8")
    assert read_settings(path, load_definitions())[0]["pictures"] == ["none"]


def test_an_invisible_character_is_told_as_in_a_case(definitions: Definitions, tmp_path: Path) -> None:
    text = 'policy_name: a\ncompany_name: "a\\u202eb"\ncompany_address: {en: a\u200bb, zh: 甲}\n'
    _, problems = read_settings(settings_file(tmp_path, text), definitions)
    assert [(one.severity, one.position.line, one.path) for one in problems] == [
        (Severity.WARNING, 2, ("company_name",)),
        (Severity.WARNING, 3, ("company_address", "en")),
    ]
    assert "U+202E" in problems[0].message.en and "U+200B" in problems[1].message.zh
