"""The lists of words: whole Latin words, Chinese anywhere, harmless phrases left alone, a company's own list."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.checking.validate import Checker
from docgen.checking.wording import too_short
from docgen.definitions.load import load_definitions
from docgen.definitions.wordlists import WordLists, load_wordlists
from docgen.errors import DefinitionError
from docgen.resources import shipped


@pytest.fixture(scope="module")
def words() -> WordLists:
    return load_wordlists()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He is always late", "always"),
        ("ALWAYS late", "ALWAYS"),
        ("Pregnancy", "Pregnancy"),
        ("A folder with old plans", "old"),
        ("The gold customer", ""),
        ("Marriage registry", ""),
        ("The machine is 5 years old", ""),
        ("工作态度差", "态度差"),
        ("末位淘汰", "末位淘汰"),
        ("淘汰旧设备", ""),
        ("优化流程", ""),
        ("被优化", "优化"),
        ("休产假", "产假"),
        ("拜访十家客户", ""),
    ],
)
def test_risky_words_are_found_as_words(text: str, word: str, words: WordLists) -> None:
    assert words.first(words.risky, text) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("长期应收账款回收率", ""),
        ("长期客户回访", ""),
        ("长期坚持", "长期"),
        ("Long-term contracts signed", ""),
        ("Long-term", "Long-term"),
    ],
)
def test_long_is_no_date_but_may_be_part_of_a_name(text: str, word: str, words: WordLists) -> None:
    assert words.first(words.no_date, text) == word


@pytest.mark.parametrize("name", ["team", "The whole team", "everyone", "大家", "销售部门", "相关部门"])
def test_nobody_in_particular(name: str, words: WordLists) -> None:
    assert words.nobody.search(name)


@pytest.mark.parametrize("name", ["Alex Morgan", "部门负责人陈某", "A. Teamer", "李某"])
def test_somebody(name: str, words: WordLists) -> None:
    assert not words.nobody.search(name)


@pytest.mark.parametrize(
    ("fact", "short"), [("Sales low", True), ("Sales were low", False), ("业绩较差", True), ("全年销售额偏低", False)]
)
def test_a_fact_needs_twelve_characters_or_six_han(fact: str, short: bool) -> None:
    assert too_short(fact) is short


def test_a_company_may_have_its_own_list(tmp_path: Path) -> None:
    own = (shipped("forms") / "wordlists.yaml").read_text("utf-8").replace('"last chance"', '"final warning"')
    (tmp_path / "wordlists.yaml").write_text(own, "utf-8")
    words = load_wordlists((tmp_path,))
    assert words.first(words.risky, "This is a final warning") == "final warning"
    assert not words.first(words.risky, "This is the last chance")


def test_a_company_may_add_to_the_list_and_its_cases_are_checked_by_it(tmp_path: Path) -> None:
    more = "extends: shipped\nrisky: {en: [slacker], zh: [磨洋工]}\n"
    (tmp_path / "wordlists.yaml").write_text(more, "utf-8")
    words = Checker(load_definitions((tmp_path,))).words
    assert words.first(words.risky, "a slacker") == "slacker" and words.first(words.risky, "He is always late")


@pytest.mark.parametrize("text", ["version: 1", "vague: [", "vague: {en: [a]}", "extends: shipped\nrisky: {en: [[]]}"])
def test_a_faulty_list_is_refused_with_its_file(text: str, tmp_path: Path) -> None:
    (tmp_path / "wordlists.yaml").write_text(text, "utf-8")
    with pytest.raises(DefinitionError, match=r"wordlists\.yaml:\d+: "):
        load_wordlists((tmp_path,))
