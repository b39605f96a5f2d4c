"""Records written as YAML are read back as they were."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.checking.validate import Checker
from docgen.definitions.load import load_definitions
from docgen.marked_yaml import load_marked
from docgen.model.record import Record, RolledOver
from docgen.office.case_file import case_file
from docgen.sources.cases import read_cases
from docgen.sources.grid import Figure, Stamp

DEFINITIONS = load_definitions()
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SOUND = [
    *("wang.yaml", "en/wang.yaml", "late-report.yaml", "short.yaml", "team.yaml", "uk/support-desk.yaml"),
    *("workbooks/team-table-zh.xlsx", "workbooks/team-card-en.xlsx"),
]
TODAY = date(2026, 6, 30)
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

HOSTILE = [
    *("a: b", "a #b", "#a", "- a", "-", "---", "...", "? a", ": a", "a:", "null", "~", "yes", "No", "12:30", "007"),
    *("<<", "=", "!!str a", "&a", "*a", "[a, b]", "{a: b}", "%a", "@a", "`a`", "'a'", '"a"', 'a "b" c', "it's", "\\n"),
    *("a\nb", "a\n\nb", "a\n b", " a\nb", "a\nb\n", "a\nb\n\n", "\na", "a \nb", "#a\n- b\nc: d", "---\n...", "a\tb"),
    *(" a", "a ", "\ta", "\u3000a", "a\u3000b", "\u00a0a", "a\u2028b", "a\u0085b", "a\rb", "\ufeffa", "a\u200bb"),
    *("姓名：张三", "２０２６年３月５日", "（a）", "👩‍👩‍👧 😀", "é", "e\u0301", "|", ">", ">-", "| a", ",", "%", "30%"),
    "很长。" * 900,
    "long " * 900 + "end",
    "x" * 3000,
    "a: " * 500 + "#",
]
SIGNS = [
    *"a:b #'\"\\\n\t -?{}[],&*!|>%@`~=<\u3000\u00a0\u0085\u2028\ufeff😀\u200d中：。é0\r\x07",
    "---",
    "null",
    ": ",
    " #",
]


def written(data: dict[str, Any]) -> Any:
    return load_marked(case_file([Record("", data, {})], DEFINITIONS), "x").data


def values(records: Sequence[Record]) -> list[Any]:
    checker = Checker(DEFINITIONS)
    return [checker.validate(record, {}, ["letter", "monthly", "notes"], TODAY).case.values for record in records]


@pytest.mark.parametrize("name", SOUND)
def test_the_values_of_a_sample_come_back(name: str, tmp_path: Path) -> None:
    records = read_cases([SAMPLES / name], DEFINITIONS).records
    path = tmp_path / "again.yaml"
    path.write_text(case_file(records, DEFINITIONS, ["head"]), "utf-8")
    again = read_cases([path], DEFINITIONS)
    assert not again.problems and values(again.records) == values(records)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_as_it_was(text: str) -> None:
    data = {
        "case": {"employee_no": "S1", "employee_name": text, "strengths": [text, "x"]},
        "gaps": [{"area": text, "evidence": [{"fact": text}, {"fact": "x"}]}],
    }
    assert written(data) == data


def test_texts_of_all_signs_come_back_as_they_were() -> None:
    choose = random.Random(7)
    texts = ["".join(choose.choices(SIGNS, k=choose.randint(1, 7))) for _ in range(3000)]
    rows = [{"fact": text} for text in texts if not text.isspace()]
    assert written({"case": {"employee_no": "S1"}, "gaps": [{"evidence": rows}]})["gaps"][0]["evidence"] == rows


def test_most_texts_stand_without_quotation_marks() -> None:
    fields = {"employee_name": "王某（S1）", "position": "No", "department": "R&D: it's 30%"}
    text = case_file([Record("", {"case": fields}, {})], DEFINITIONS)
    assert "employee_name: 王某（S1）\n" in text and "position: No\n" in text
    assert 'department: "R&D: it\'s 30%"\n' in text


def test_lines_stand_as_a_block() -> None:
    text = case_file([Record("", {"case": {"job_requirement": "first: a\n\n# second"}}, {})], DEFINITIONS)
    assert text == "case:\n  job_requirement: |-\n    first: a\n\n    # second\n"


def test_sheets_and_fields_stand_in_order_under_their_own_names_without_blanks() -> None:
    data = {
        "目标": [{"目标值": "90", "指标": "成绩"}],
        "case": {"姓名": "王某", "工号": "S1", "position": " ", "x": None},
    }
    text = case_file([Record("", data, {})], DEFINITIONS)
    assert text == "case:\n  employee_no: S1\n  employee_name: 王某\ntargets:\n  - name: 成绩\n    target_value: 90\n"


def test_an_empty_row_counts() -> None:
    data = {"case": {"employee_no": "S1"}, "targets": [{"name": None}, {"name": "a"}]}
    assert written(data)["targets"] == [{}, {"name": "a"}]


def test_what_is_not_known_stays() -> None:
    assert written({"case": {"employee_no": "S1", "shoe size": "43", "名：": "a"}, "other": {"a": "b"}}) == {
        "case": {"employee_no": "S1", "shoe size": "43", "名：": "a"},
        "other": {"a": "b"},
    }


def test_items_of_a_cell_become_a_list_and_none_is_parted_anew() -> None:
    assert written({"case": {"strengths": "• a; b\n• c"}})["case"]["strengths"] == ["a; b", "c"]
    assert written({"case": {"strengths": ["a; b"]}})["case"]["strengths"] == ["a; b"]
    assert written({"case": {"consequence_codes": "coaching, extend"}})["case"]["consequence_codes"] == [
        "coaching",
        "extend",
    ]


def test_cells_become_what_a_person_types() -> None:
    data = {
        "case": {"employee_no": Figure("007"), "issue_date": Stamp("2026-03-05")},
        "targets": [{"weight": Figure("30%")}],
    }
    text = case_file([Record("", data, {})], DEFINITIONS)
    assert "employee_no: 007\n" in text and "issue_date: 2026-03-05\n" in text and "weight: 30%\n" in text


def test_one_case_is_a_mapping_and_several_are_a_list() -> None:
    one = Record("", {"case": {"employee_no": "S1"}}, {})
    assert load_marked(case_file([one], DEFINITIONS), "x").data == {"case": {"employee_no": "S1"}}
    assert load_marked(case_file([one, one], DEFINITIONS, ["head"]), "x").data == [{"case": {"employee_no": "S1"}}] * 2


def test_where_it_comes_from_stands_first(tmp_path: Path) -> None:
    record = Record(
        "", {"case": {"employee_no": "S1", "employee_name": "A"}}, {}, rolled=RolledOver("2026-04", (DIGEST,))
    )
    path = tmp_path / "april.yaml"
    path.write_text(case_file([record], DEFINITIONS), "utf-8")
    assert path.read_text("utf-8").startswith("rolled_over:\n  month: 2026-04\n")
    (again,) = read_cases([path], DEFINITIONS).records
    assert again.rolled == record.rolled and again.data == record.data
