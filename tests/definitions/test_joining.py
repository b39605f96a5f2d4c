"""A company's file may add to the shipped one instead of standing in for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.definitions.load import load_definitions, read_definitions
from docgen.errors import DefinitionError
from docgen.resources import shipped

COST = """extends: shipped
sheets:
  support:
    fields:
      hours:
        type: decimal
        entry: optional
        phase: before
        label: {en: Hours, zh: 课时}
        hint: {en: How long it took., zh: 用时。}
        limits: {min: 0, max: 400}
"""


def company(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(DefinitionError) as caught:
        load_definitions((folder,))
    return str(caught.value)


def test_a_field_is_added_in_a_few_lines_and_all_else_stays(tmp_path: Path) -> None:
    plain, own = load_definitions(), load_definitions((company(tmp_path, case=COST),))
    assert list(own.sheets["support"].fields) == [*plain.sheets["support"].fields, "hours"]
    assert own.sheets["targets"] == plain.sheets["targets"] and own.forms.keys() == plain.forms.keys()


def test_a_form_requires_and_prints_more_behind_what_it_did(tmp_path: Path) -> None:
    letter = "extends: shipped\nrequires: {case: [reference_no, position]}\nprints: {support: [hours, item]}\n"
    own = load_definitions((company(tmp_path, case=COST, letter=letter),)).forms["letter"]
    plain = load_definitions().forms["letter"]
    assert own.requires["case"][: len(plain.requires["case"])] == plain.requires["case"]
    assert [one.field for one in own.requires["case"][len(plain.requires["case"]) :]] == ["reference_no", "position"]
    assert own.prints["support"] == (*plain.prints["support"], "hours"), "what is there already comes once"


def test_a_value_is_replaced_and_a_key_without_one_taken_out(tmp_path: Path) -> None:
    letter = "extends: shipped\ntitle: {zh: 绩效责任书}\nagreement:\nacknowledges:\n"
    own, plain = (
        load_definitions((company(tmp_path, letter=letter),)).forms["letter"],
        load_definitions().forms["letter"],
    )
    assert (own.title.zh, own.title.en) == ("绩效责任书", plain.title.en)
    assert plain.agreement and not own.agreement and plain.acknowledges and not own.acknowledges


def test_a_rule_a_choice_and_a_setting_are_added(tmp_path: Path) -> None:
    rules = (
        "extends: shipped\nrules:\n- {code: W901, severity: warning, each: support, when: item, expect: type,"
        "   at: type,\n"
        "   message: {en: No kind., zh: 未写类别。}, fix: {en: Choose one., zh: 请选择。}}\n"
    )
    case = "extends: shipped\nlists: {support_type: {coach: {en: Coach, zh: 教练}}}\n"
    settings = "extends: shipped\nfields: {training_site: {type: text, label: {en: Site, zh: 培训地点}}}\n"
    plain = load_definitions()
    own = load_definitions((company(tmp_path, rules=rules, case=case, settings=settings),))
    assert [one.code for one in own.rules if one not in plain.rules or one.code == "W901"][-1] == "W901"
    assert "coach" in own.lists["support_type"].choices and "training" in own.lists["support_type"].choices
    assert own.settings.keys() - plain.settings.keys() == {"training_site"}


def test_a_fault_is_told_where_it_stands_in_the_company_file(tmp_path: Path) -> None:
    wrong = COST.replace("type: decimal", "type: decimals")
    told = refusal(company(tmp_path, case=wrong))
    assert told.startswith(f"{tmp_path / 'case.yaml'}:6:") and "did you mean 'decimal'" in told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("case", "sheets: {steps: {fields: {start_date: {\nexample: soon}}}}\n"),
        ("settings", "fields: {retention_years: {\ndefault: many}}\n"),
        ("settings", "fields: {departments: {columns: {department_head: {\nlimits: {pattern: '('}}}}}\n"),
        ("letter", "requires: {}\ncase: {employee_no: S1}\n"),
    ],
)
def test_a_fault_in_a_part_of_what_ships_is_told_where_the_company_changed_it(
    name: str, text: str, tmp_path: Path
) -> None:
    told = refusal(company(tmp_path, **{name: f"extends: shipped\n{text}"}))
    assert told.startswith(f"{tmp_path / name}.yaml:3: ")


def test_a_fault_in_a_list_that_is_added_to_is_told_at_its_line(tmp_path: Path) -> None:
    letter = "extends: shipped\nprints:\n  support:\n  - item\n  - hour\n"
    told = refusal(company(tmp_path, case=COST, letter=letter))
    assert told == f"{tmp_path / 'letter.yaml'}:5: support has no field 'hour'; did you mean 'hours'?"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("training", "extends: shipped\n", "no training.yaml ships"),
        ("letter", "extends: company\n", "write `extends: shipped`"),
        ("letter", "extends: shipped\ntitel: {en: x}\n", "did you mean 'title'"),
        ("letter", "extends: shipped\nrequires: [case_id]\n", "must be a mapping"),
        ("letter", "extends: shipped\nlandscap:\n", "did you mean 'landscape'"),
        ("letter", "extends: shipped\nname:\n", ":2: 'name' is missing"),
    ],
)
def test_what_adds_to_nothing_or_has_another_shape_is_refused(name: str, text: str, said: str, tmp_path: Path) -> None:
    told = refusal(company(tmp_path, **{name: text}))
    assert said in told and told.startswith(str(tmp_path / f"{name}.yaml"))


def test_a_code_that_is_taken_is_told_in_the_own_form_alone(tmp_path: Path) -> None:
    text = (shipped("forms") / "letter.yaml").read_text("utf-8").replace("name: letter", "name: memo")
    text = text.replace("en: Performance Improvement Letter", "en: Memo").replace("zh: 绩效改进责任书", "zh: 备忘录")
    told = refusal(company(tmp_path, memo=text))
    assert told.startswith(f"{tmp_path / 'memo.yaml'}:") and len(told.splitlines()) == 1


FIELD = "extends: shipped\nsheets: {{{sheet}: {{fields: {{{field}}}}}}}\n"
WHOLE = "version: 1\nrules: []\n"
NO_SUCH = "{code: E901, severity: error, check: nosuch, message: {en: a, zh: 甲}, fix: {en: b, zh: 乙}}"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("case", FIELD.format(sheet="targets", field="weight: {type: text, limits: }"), "'weight' as type: percent"),
        ("case", FIELD.format(sheet="case", field="cycle_number: "), "docgen reckons with 'cycle_number', so"),
        ("case", "extends: shipped\nsheets: {gaps: {key: }}\n", "key: gap_id of the sheet 'gaps'"),
        ("settings", "extends: shipped\nfields: {copies: {type: text}}\n", "'copies' as type: integer"),
        ("rules", WHOLE, "the words for template_fault are missing"),
        ("rules", f"extends: shipped\nrules: [{NO_SUCH}]\n", "E901: docgen has no check 'nosuch'"),
    ],
)
def test_what_docgen_reckons_with_stays(name: str, text: str, said: str, tmp_path: Path) -> None:
    told = refusal(company(tmp_path, **{name: text}))
    assert said in told and all(line.startswith(str(tmp_path / f"{name}.yaml")) for line in told.splitlines())


def test_a_whole_file_still_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    text = (shipped("forms") / "letter.yaml").read_text("utf-8").replace("zh: 绩效改进责任书", "zh: 责任书甲")
    own = read_definitions([company(tmp_path, letter=text), shipped("forms")])
    assert own.forms["letter"].title.zh == "责任书甲"
