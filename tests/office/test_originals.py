"""A company's files beside the shipped ones: where each thing comes from, copies, and what became stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.company import NOBODY, Company
from docgen.definitions.load import load_definitions
from docgen.errors import UsageError
from docgen.office.originals import Source, compared, copied, difference, sources
from docgen.resources import shipped

SETTINGS = {"set": "standard"}


@pytest.fixture
def company(tmp_path: Path) -> Company:
    (tmp_path / "forms").mkdir()
    (tmp_path / "templates").mkdir()
    return Company(tmp_path)


def by_name(company: Company) -> dict[str, Source]:
    return {one.name: one for one in sources(company, SETTINGS, tuple(load_definitions().forms.values()))}


def write(company: Company, name: str, text: str = "") -> Path:
    assert company.folder
    path = company.folder / name
    path.write_text(text, encoding="utf-8")
    return path


def copy(company: Company, name: str) -> Path:
    place, content = copied(name, company)
    place.write_bytes(content)
    return place


def test_what_is_laid_over_the_shipped_file_is_told(company: Company) -> None:
    write(company, "forms/case.yaml", "# one field more\nextends: shipped\n")
    write(company, "forms/letter.yaml", "version: 1\n")
    write(company, "templates/theme.yaml")
    found = by_name(company)
    assert [found[name].adds for name in ("case.yaml", "letter.yaml", "theme.yaml")] == [True, False, True]


def test_without_a_company_all_is_as_shipped() -> None:
    found = by_name(NOBODY)
    assert {one.state for one in found.values()} == {"shipped"}
    assert found["letter.html"].path == shipped("templates") / "standard" / "letter.html"
    assert found["letter.yaml"].path == shipped("forms") / "letter.yaml"
    assert "wordlists.yaml" in found and "phrases.yaml" not in found


def test_what_the_company_has_is_told_with_its_file(company: Company) -> None:
    paths = {
        "theme.yaml": write(company, "templates/theme.yaml"),
        "letter.docx": write(company, "templates/letter.docx"),
        "logo.svg": write(company, "logo.svg"),
        "letterhead.docx": write(company, "letterhead.docx"),
    }
    found = by_name(company)
    assert {name: found[name].path for name in paths} == paths
    assert {found[name].state for name in paths} == {"own"}
    assert {found[name].kind for name in paths} == {"theme", "word form", "logo", "letterhead"}


@pytest.mark.parametrize("name", ["letter.html", "letter.yaml", "wording.zh.yaml"])
def test_a_copy_is_stale_once_the_shipped_file_has_changed(company: Company, name: str) -> None:
    place = copy(company, name)
    assert by_name(company)[name].state == "copy"
    first, rest = place.read_text("utf-8").split("\n", 1)
    place.write_text(f"{first.replace(first.split()[6], 'f' * 12)}\n{rest}", "utf-8")  # as of an earlier docgen
    assert by_name(company)[name].state == "stale"
    place.write_bytes(compared(name, company)[1])
    assert by_name(company)[name].state == "copy"
    assert place.read_text("utf-8").split("\n", 1)[1] == rest


def test_a_copy_renders_as_the_shipped_file_does(company: Company) -> None:
    place = copy(company, "letter.html")
    shipped_bytes = (shipped("templates") / "standard" / "letter.html").read_bytes()
    assert place.read_bytes().split(b"\n", 1)[1] == shipped_bytes


def test_a_style_sheet_is_laid_over_docgens_and_not_copied(company: Company) -> None:
    with pytest.raises(UsageError, match="write there only what is to look otherwise") as refused:
        copied("print.css", company)
    write(company, "templates/print.css", "p { color: #000 }")
    with pytest.raises(UsageError, match="no copy of it"):
        compared("print.css", company)
    assert "叠加" in refused.value.words.zh


def test_a_copy_never_takes_the_place_of_a_file(company: Company) -> None:
    copy(company, "letter.html")
    with pytest.raises(UsageError, match="is already there"):
        copied("letter.html", company)


def test_unknown_names_are_told_with_the_nearest(company: Company) -> None:
    with pytest.raises(UsageError, match=r"did you mean letter\.html"):
        copied("lettr.html", company)
    with pytest.raises(UsageError, match="docgen init"):
        copied("letter.html", NOBODY)


def test_a_file_that_nothing_reads_is_told_with_the_name_that_was_meant(company: Company) -> None:
    write(company, "templates/wordng.zh.yaml")
    write(company, "templates/leter.html")
    write(company, "templates/clauses.html", "<p>included</p>")
    write(company, "templates/plan.html", "{% include 'clauses.html' %}")
    write(company, "templates/README.txt", "not told at all")
    found = by_name(company)
    assert (found["wordng.zh.yaml"].state, found["wordng.zh.yaml"].near) == ("unused", "wording.zh.yaml")
    assert (found["leter.html"].state, found["leter.html"].near) == ("unused", "letter.html")
    assert found["clauses.html"].state == "own"
    assert "README.txt" not in found


def test_what_lies_beside_the_settings_and_is_not_read_is_told(company: Company) -> None:
    for name in ("letterhead.dotx", "wording.en.yaml", "letter.docx", "cases.yaml"):
        write(company, name)
    found = by_name(company)
    assert (found["letterhead.dotx"].state, found["letterhead.dotx"].near) == ("unused", "letterhead.docx")
    assert [one.name for one in sources(company, SETTINGS, ()) if one.state == "unused"] == [
        "letterhead.dotx",
        "wording.en.yaml",
    ]
    assert found["letter.docx"].state == "unused" and "cases.yaml" not in found


def test_of_two_logos_the_one_that_counts_is_the_companys_own(company: Company) -> None:
    for name in ("logo.svg", "logo.png", "brand.svg"):
        write(company, name)
    told = [
        {one.name: one.state for one in sources(company, settings, ()) if one.kind == "logo"}
        for settings in (SETTINGS, {**SETTINGS, "logo": "brand.svg"})
    ]
    assert told[0] == {"logo.svg": "own", "logo.png": "unused"}
    assert told[1] == {"brand.svg": "own", "logo.svg": "unused", "logo.png": "unused"}


def test_ends_of_lines_are_no_difference_and_what_is_no_text_is_told(company: Company) -> None:
    place = copy(company, "letter.html")
    place.write_bytes(b"\xef\xbb\xbf" + place.read_bytes().replace(b"\n", b"\r\n"))
    assert difference("letter.html", company) == "" and by_name(company)["letter.html"].state == "copy"
    assert b"\xef\xbb\xbf" not in compared("letter.html", company)[1], "it would stand in the middle"
    for content in ("信".encode("gbk"), "<p/>".encode("utf-16-le")):
        place.write_bytes(content)
        for read in (difference, compared):
            with pytest.raises(UsageError, match="is not UTF-8 text"):
                read("letter.html", company)


def test_what_a_system_or_word_leaves_there_is_neither_told_nor_part_of_the_look(company: Company) -> None:
    assert company.folder
    look = company.look_parts()
    for name in ("Thumbs.db", ".DS_Store", "~$letter.docx", "desktop.ini", "letter.docx.bak"):
        (company.folder / "templates" / name).write_bytes(b"x")
    (company.folder / "forms").mkdir(exist_ok=True)
    (company.folder / "forms" / "~$plan.yaml").write_bytes(b"x")
    assert company.look_parts() == look and load_definitions(company.forms)
    told = {one.name: one.state for one in sources(company, SETTINGS, ())}
    assert told.keys() & {"Thumbs.db", "~$letter.docx", "desktop.ini", "~$plan.yaml"} == set()
    assert told["letter.docx.bak"] == "unused"


def test_what_lies_in_the_wrong_folder_or_is_written_in_capitals_is_told(company: Company) -> None:
    assert company.folder
    (company.folder / "forms").mkdir(exist_ok=True)
    for name in ("forms/letter.yml", "forms/phrases.yaml", "templates/plan.yaml", "Letterhead.DOCX", "Logo.SVG"):
        (company.folder / name).write_text("x", "utf-8")
    told = {one.path: (one.state, one.near) for one in sources(company, SETTINGS, ())}
    assert told[company.folder / "forms" / "letter.yml"] == ("unused", "letter.yaml")
    assert told[company.folder / "forms" / "phrases.yaml"][0] == "unused"
    assert told[company.folder / "templates" / "plan.yaml"][0] == "unused"
    assert told[company.folder / "templates" / "plan.yaml"][1] != "plan.yaml"
    assert told[company.folder / "Letterhead.DOCX"] == ("unused", "letterhead.docx")
    assert told[company.folder / "Logo.SVG"] == ("unused", "logo.svg")


def test_the_difference_is_that_to_the_shipped_file_without_the_mark(company: Company) -> None:
    place = copy(company, "plan.html")
    assert difference("plan.html", company) == ""
    place.write_text(place.read_text("utf-8").replace("<table", "<table ", 1), "utf-8")
    changed = [line[0] for line in difference("plan.html", company).splitlines()[2:] if line[0] in "+-"]
    assert changed == ["-", "+"]
    with pytest.raises(UsageError, match="no file of its own"):
        difference("letter.html", company)


def test_of_wording_only_the_keys_that_differ_are_shown(company: Company) -> None:
    text = "date: Date\nletter:\n  privacy: Your data\n  effect: At once.\n"
    place = write(company, "templates/wording.en.yaml", text)
    told = difference("wording.en.yaml", company).splitlines()
    assert told[:2] == ["--- docgen/wording.en.yaml", "+++ templates/wording.en.yaml"]
    assert "-letter.privacy: Personal information" in told and "+letter.privacy: Your data" in told
    assert [line[:22] for line in told if "effect" in line] == [
        "-letter.effect.agreeme",
        "-letter.effect.notice:",
        "+letter.effect: At onc",
    ]
    assert len(told) == 7  # nothing of the keys that it leaves out
    place.write_text("letter:\n  privacy: [\n", "utf-8")
    with pytest.raises(UsageError, match=r"templates/wording.en.yaml:\d: "):
        difference("wording.en.yaml", company)


def test_what_a_form_adds_to_the_shipped_one_is_shown_and_nothing_else(company: Company) -> None:
    write(company, "forms/letter.yaml", "extends: shipped\nprints:\n  support: [attendees]\ncode: X\n")
    told = difference("letter.yaml", company).splitlines()[2:]
    assert told == ["-code: L", "+code: X", "+prints.support: [attendees]"]
