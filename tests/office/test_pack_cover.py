"""The list on top of a pack."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from docgen.kit import Kit
from docgen.layout.sets import load_set
from docgen.office.pack_cover import cover
from docgen.office.packs import Choice, Pack, Sheaf, packs
from docgen.writers.pdf_text import page_texts
from tests.office.pack_help import DEFINITIONS, FORMS, ON, SETTINGS, paper

HAN = re.compile("[\u3400-\u9fff]")


@cache
def kit_in(language: str) -> Kit:
    settings: dict[str, Any] = {**SETTINGS, "default_language": language, "company_name": None}
    return Kit(DEFINITIONS, settings, load_set())


def said(pack: Pack, language: str, duplex: bool = True) -> list[str]:
    kit = kit_in(language)
    pages = page_texts(cover(pack, kit, ON, duplex), kit.templates.theme)
    return [" ".join(page.body.split()) for page in pages]


def one_pack(**more: Any) -> Pack:
    (pack,) = packs([paper("E1-1-L", **more)], Choice(), SETTINGS, FORMS)
    return pack


def test_it_says_whose_papers_lie_below_and_how_many_sheets() -> None:
    (page,) = said(one_pack(), "en")
    for text in ("Lee S1", "Name E1", "E1-1-L · revision 1", "5 March 2026", "both sides", "Signed", "Returned"):
        assert text.replace(" ", "") in page.replace(" ", "")
    assert page.count("☐") == 2
    assert not HAN.search(page)


def test_in_chinese_no_english_is_left_over() -> None:
    (page,) = said(one_pack(name="王某", supervisor_name="李某"), "zh", duplex=False)
    assert "请单面打印" in page and "2026年3月5日" in page
    assert not re.search("[a-z]", page)


def test_in_two_languages_both_are_there() -> None:
    (page,) = said(one_pack(), "both")
    assert "待签文件清单" in page and "Papers" in page


@pytest.mark.parametrize(("language", "part"), [("en", "1of2"), ("zh", "第1册（共2册）")])
def test_a_part_says_which_it_is(language: str, part: str) -> None:
    pack = Pack("department", "Sales-1", "", "Sales", (Sheaf(paper("E1-1-L"), 1, True),), 1, 2)
    (page,) = said(pack, language)
    assert part in page.replace(" ", "")


def test_a_departments_letter_stands_under_its_name() -> None:
    (page,) = said(one_pack(name="", department="Stores"), "en")
    assert "Stores" in page


@pytest.mark.parametrize(
    ("languages", "office", "title"),
    [
        (("en", "en"), "zh", "PaperstoSign"),
        (("zh",), "en", "待签文件清单"),
        (("en", "zh"), "zh", "待签文件清单"),
        (("en", "both"), "zh", "待签文件清单"),
        (("en", ""), "zh", "待签文件清单"),
    ],
)
def test_it_speaks_the_language_of_its_papers_or_of_the_office(
    languages: tuple[str, ...], office: str, title: str
) -> None:
    sheaves = tuple(Sheaf(paper(f"E{at}-1-L", language=one), 1, True) for at, one in enumerate(languages))
    (page,) = said(Pack("supervisor", "S1", "S1", "Lee", sheaves), office)
    assert page.replace(" ", "").startswith(title)


@pytest.mark.parametrize(
    ("language", "told"), [("en", ("April 2026", "9 May 2026")), ("zh", ("2026年4月", "2026年5月9日"))]
)
def test_plans_have_their_month_and_talks_their_day(language: str, told: tuple[str, str]) -> None:
    papers = [
        paper("E1-1-M-2026-04", "monthly", month="2026-04"),
        paper("E1-1-N-2", "notes", month="2026-05", talk="2026-05-09"),
    ]
    sheaves = tuple(Sheaf(one, 1, True) for one in papers)
    (page,) = said(Pack("supervisor", "S1", "S1", "Lee", sheaves), language)
    assert all(text.replace(" ", "") in page.replace(" ", "") for text in told)


def test_a_long_list_goes_on_with_its_head_on_the_next_page() -> None:
    sheaf = Sheaf(paper("E1-1-L"), 1, True)
    pages = said(Pack("supervisor", "S1", "S1", "Lee", (sheaf,) * 40), "en")
    assert len(pages) > 1 and all("Returned" in page for page in pages)


def test_a_name_that_no_font_can_show_becomes_a_line_to_write_on() -> None:
    assert said(one_pack(name="A\U000303a8"), "en")
