"""Every requirement of the source essays is answered by a field, a rule or a section that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "seed-requirements.md"
REQUIREMENTS = 71

ROW = re.compile(r"^\| *(\d+) *\|(.*)\|$", re.MULTILINE)
FIELD = re.compile(r"`([a-z]+)\.([a-z_0-9]+)`")
RULE = re.compile(r"(?<![\w`])([EWI]\d{3})(?!\w)")
SECTION = re.compile(r"`([a-z]+)#([a-z-]+)`")


def rows() -> dict[int, str]:
    """The last column of each row, by its number."""
    found = ROW.findall(TABLE.read_text(encoding="utf-8"))
    return {int(number): cells.split("|")[-1] for number, cells in found}


def load(name: str) -> dict[str, object]:
    loaded = yaml.load((ROOT / "forms" / name).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def known_fields() -> set[tuple[str, str]]:
    sheets = load("case.yaml")["sheets"]
    settings = load("settings.yaml")["fields"]
    assert isinstance(sheets, dict) and isinstance(settings, dict)
    in_sheets = {(sheet, field) for sheet, defined in sheets.items() for field in defined["fields"]}
    return in_sheets | {("settings", field) for field in settings}


def known_rules() -> set[str]:
    codes: set[str] = set()
    for path in sorted((ROOT / "forms").glob("*.yaml")):
        for rule in load(path.name).get("rules") or ():  # type: ignore[attr-defined]
            codes.add(rule["code"])
    return codes


def test_the_table_numbers_all_requirements() -> None:
    assert sorted(rows()) == list(range(1, REQUIREMENTS + 1))


@pytest.mark.parametrize("number", range(1, REQUIREMENTS + 1))
def test_each_requirement_names_an_answer(number: int) -> None:
    answer = rows()[number]
    assert FIELD.search(answer) or RULE.search(answer) or SECTION.search(answer)


def test_the_last_column_holds_nothing_but_names() -> None:
    for number, answer in rows().items():
        left = SECTION.sub("", FIELD.sub("", RULE.sub("", answer)))
        assert not left.replace(",", "").strip(), f"row {number}: {left.strip()}"


def test_every_field_exists() -> None:
    known = known_fields()
    missing = {
        f"{number}: {sheet}.{name}"
        for number, answer in rows().items()
        for sheet, name in FIELD.findall(answer)
        if (sheet, name) not in known
    }
    assert not missing


def test_every_rule_exists() -> None:
    known = known_rules()
    missing = {f"{number}: {code}" for number, answer in rows().items() for code in RULE.findall(answer)}
    assert not {entry for entry in missing if entry.split(": ")[1] not in known}


def test_every_section_is_marked_in_its_template() -> None:
    missing = set()
    for number, answer in rows().items():
        for form, section in SECTION.findall(answer):
            template = ROOT / "templates" / "standard" / f"{form}.html"
            if f"{{# section: {section} #}}" not in template.read_text(encoding="utf-8"):
                missing.add(f"{number}: {form}#{section}")
    assert not missing
