from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from docgen.definitions.choices import choice_key
from docgen.definitions.fields import Fault, parse
from docgen.definitions.load import load_definitions, read_definitions
from docgen.definitions.review import SHEETS
from docgen.errors import DefinitionError
from docgen.model.case import Code
from docgen.model.problems import Severity, Words
from docgen.resources import shipped

Change = Callable[[str, str, str], int]

WORKBOOK = "workbook: {identity: [], tabs: {}, blocks: {}, afterwards: %s}\nsheets:\n  case:"


HAN = re.compile(r"[\u4e00-\u9fff]")
SAID = re.compile(r"[a-z]{3,} (?:is|are|has|have|must|needs?|no|not|known|the|that)\b")


def refusal(forms: Path) -> str:
    """What is told in English; each line is told in Chinese too, and no English is left there."""
    with pytest.raises(DefinitionError) as caught:
        read_definitions([forms])
    told = caught.value.words
    assert len(told.en.splitlines()) == len(told.zh.splitlines())
    for line in told.zh.splitlines():
        assert HAN.search(line) and not SAID.search(line.partition("：")[2]), line
    return told.en


def test_definitions_without_faults_are_read(forms: Path) -> None:
    read = read_definitions([forms])
    assert tuple(read.sheets) == SHEETS
    assert read.sheets["gaps"].children == ("evidence", "causes", "options")
    assert read.sheets["case"].single and not read.sheets["gaps"].single
    weight = read.sheets["targets"].fields["weight"]
    assert (weight.limits.minimum, weight.limits.maximum) == (Decimal(0), Decimal(100))
    letter = read.forms["letter"]
    assert letter.requires["targets"][1].field == "weight"
    assert letter.rows == {"targets": 1}
    assert read.wordings["unknown_key"][0].code == "E103"


def test_a_default_is_a_value_of_its_field(forms: Path) -> None:
    default = read_definitions([forms]).sheets["targets"].fields["direction"].default
    assert (default, type(default)) == ("higher", Code)


def test_what_may_be_ticked_on_a_form_is_read_and_none_need_have_boxes(forms: Path, change: Change) -> None:
    assert read_definitions([forms]).forms["letter"].acknowledges == {}
    change("letter.yaml", "rows:", "acknowledges: {yes: {en: Agreed, zh: 同意}}\nrows:")
    assert read_definitions([forms]).forms["letter"].acknowledges == {"yes": Words("Agreed", "同意")}


def test_a_rule_holds_and_speaks(forms: Path) -> None:
    rule = next(rule for rule in read_definitions([forms]).rules if rule.code == "E105")
    names = {"period_start": date(2026, 1, 5), "period_end": date(2026, 1, 4)}
    assert rule.severity is Severity.ERROR
    assert rule.expect is not None and rule.wording is not None
    assert not rule.expect(names)
    assert rule.wording.message.render(names) == Words("ends on 2026-01-04", "于2026-01-04结束")
    assert rule.wording.fix.render(names) == Words("Change it.", "请更正。")


def test_a_sentence_that_asks_for_what_cant_be_done_is_told_with_its_line(forms: Path, change: Change) -> None:
    line = change("rules.yaml", "ends on {{ period_end }}", "ends on {{ period_end + 1 }}")
    rule = next(rule for rule in read_definitions([forms]).rules if rule.code == "E105")
    assert rule.wording is not None
    with pytest.raises(DefinitionError, match=rf"rules\.yaml:{line}: .*can't join two values") as caught:
        rule.wording.message.render({"period_end": date(2026, 1, 4)})
    assert "不能这样计算" in caught.value.words.zh


def test_definitions_can_be_handed_to_another_process(forms: Path) -> None:
    read = read_definitions([forms])
    rule = next(rule for rule in read.rules if rule.expect)
    assert rule.expect is not None
    rule.expect({"period_start": 1, "period_end": 2})
    again = pickle.loads(pickle.dumps(read))
    assert again.rules == read.rules
    assert again.sheets["targets"].fields["direction"].default.list == "direction"


def test_a_file_of_the_company_stands_in_for_the_shipped_one(forms: Path, tmp_path: Path) -> None:
    company = tmp_path / "company"
    company.mkdir()
    text = (forms / "letter.yaml").read_text("utf-8")
    (company / "letter.yaml").write_text(text.replace("en: Letter", "en: Our letter"), "utf-8")
    (company / "memo.yaml").write_text(
        text.replace("name: letter", "name: memo")
        .replace("code: L", "code: Q")
        .replace("Letter, zh: 责任书", "M, zh: 函"),
        "utf-8",
    )
    read = read_definitions([company, forms])
    assert read.forms["letter"].title.en == "Our letter"
    assert list(read.forms) == ["letter", "memo"]


def test_forms_stand_in_the_order_that_they_name_and_those_without_one_last(forms: Path) -> None:
    text = (forms / "letter.yaml").read_text("utf-8")
    for name, code, order in (("memo", "Q", ""), ("zeal", "Z", "order: 5\n"), ("note", "O", "order: 90\n")):
        other = text.replace("name: letter", f"name: {name}\n{order}").replace("code: L", f"code: {code}")
        other = other.replace("Letter, zh: 责任书", f"{name}, zh: {name}")
        (forms / f"{name}.yaml").write_text(other, "utf-8")
    read = read_definitions([forms])
    assert list(read.forms) == ["zeal", "note", "letter", "memo"]
    assert [*read.lists["form"].choices] == [*read.forms], "the list of forms is made of them"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("case.yaml", "type: percent", "type: procent", "did you mean 'percent'?"),
        ("case.yaml", "name: {type", "name: {typ", "'typ' is not known here; did you mean 'type'?"),
        ("case.yaml", "entry: typed", "entry: typd", "did you mean 'typed'?"),
        ("case.yaml", "max: 100", "max: many", "must be a number"),
        ("case.yaml", "limits: {min: 0, max: 100}", "limits: {pattern: '['}", "is no regular expression"),
        ("case.yaml", "list: direction", "list: directions", "'direction': choice and choices"),
        ("case.yaml", "default: Higher", "default: Middle", "the default of 'direction' is no choice"),
        ("case.yaml", "      direction: {", "      items: {", "'items' has a meaning of its own"),
        ("case.yaml", "      direction: {", "      Direction: {", "'Direction' must be a name"),
        ("case.yaml", "  gaps:", "  gap:", "did you mean 'gaps'?"),
        ("case.yaml", "    parent: months", "    parent: month", "did you mean 'months'?"),
        ("case.yaml", "sheets:\n  case:", WORKBOOK % "{letter: {targets: [wait]}}", "targets has no field 'wait'"),
        ("case.yaml", "sheets:\n  case:", WORKBOOK % "{letter: {target: [name]}}", "did you mean 'targets'?"),
        ("case.yaml", "sheets:\n  case:", WORKBOOK % "{leter: {targets: [name]}}", "did you mean 'letter'?"),
        ("settings.yaml", "policy == 'x'", "polcy == 'x'", "'polcy' is not known here; did you mean 'policy'?"),
        ("settings.yaml", "default: 3", "default: 30", "the default of 'limit' is no integer (out_of_range)"),
        ("settings.yaml", "version: 1\n", "", "'version' is missing"),
        ("letter.yaml", "rows:", "acknowledges: {maybe: {en: Maybe, zh: 或许}}\nrows:", "'maybe' is not known here"),
        (
            "rules.yaml",
            "expect: period_start < period_end",
            "expect: period_start < period_ende",
            "did you mean 'period_end'?",
        ),
        ("rules.yaml", "expect: period_start < period_end", "expect: period_start <", "is no expression"),
        (
            "rules.yaml",
            "expect: period_start < period_end",
            "expect: targets | count_by",
            "there is no filter 'count_by'",
        ),
        (
            "rules.yaml",
            "expect: period_start < period_end",
            "expect: period_start is unset",
            "there is no test 'unset'",
        ),
        ("rules.yaml", "expect: period_start < period_end", "expect: case.period", "a row of case has no 'period'"),
        ("rules.yaml", "expect: period_start < period_end", "expect: settings.limits", "did you mean 'limit'?"),
        (
            "rules.yaml",
            "expect: period_start < period_end",
            "expect: targets.weight",
            "the rows of targets (a list) have no",
        ),
        ("rules.yaml", "expect: period_start < period_end", "expect: targets[0].wait", "did you mean 'weight'?"),
        (
            "rules.yaml",
            "expect: period_start < period_end",
            "expect: targets | sum(attribute='wait')",
            "did you mean 'weight'?",
        ),
        ("rules.yaml", "expect: period_start < period_end", "expect: (targets | first).wait", "did you mean 'weight'?"),
        (
            "rules.yaml",
            "expect: period_start < period_end",
            "expect: " + "(" * 300 + "1" + ")" * 300,
            "nested too deep",
        ),
        ("rules.yaml", "expect: period_start < period_end", f"expect: {' + '.join('1' * 250)}", "nested too deep"),
        ("rules.yaml", "expect: period_start < period_end", "expect: parent.name", "'parent' is not known here"),
        ("rules.yaml", "at: period_end", "at: period_ends", "case has no 'period_ends'"),
        ("rules.yaml", "needs: [period_start,", "needs: [period_begin,", "case has no 'period_begin'"),
        ("rules.yaml", "ends on {{ period_end }}", "ends on {{ period_ende }}", "'period_ende' is not known here"),
        ("rules.yaml", "ends on {{ period_end }}", "ends on {{ period_end }", "is no expression"),
        (
            "rules.yaml",
            "code: E105\n  severity: error",
            "code: E105\n  severity: warning",
            "must begin with the first letter",
        ),
        ("rules.yaml", "  at: period_end", "  each: target\n  at: period_end", "did you mean 'targets'?"),
        ("rules.yaml", "  at: period_end", "  forms: [leter]\n  at: period_end", "did you mean 'letter'?"),
        ("rules.yaml", "  at: period_end", "  check: dates\n  at: period_end", "either `expect` or `check`"),
        ("rules.yaml", "  fix: {en: Change it., zh: 请更正。}\n", "", "needs `message` and `fix`"),
        ("case.yaml", "zh: 字段weight", "zh: 字段name", "'字段name' stands for 'weight' already"),
        ("case.yaml", "en: Lower, zh", "en: HIGHER, zh", "'HIGHER' stands for 'higher' already"),
        ("case.yaml", "      direction: {", "      not: {", "'not' has a meaning of its own"),
        ("case.yaml", "      case_note: {", "      end: {", "'end' has a meaning of its own"),
        ("case.yaml", "      gaps_note: {", "      causes: {", "'causes' has a meaning of its own"),
        ("case.yaml", "      interviews_note: {", "      agenda: {", "'agenda' has a meaning of its own"),
        (
            "settings.yaml",
            "fields:",
            "lists: {direction: {up: {en: Up, zh: 升}}}\nfields:",
            "there is a list 'direction'",
        ),
        ("letter.yaml", "code: L", "code: LL", "must be one capital letter"),
        ("letter.yaml", "rows:", "made: close\nrows:", "did you mean 'closed'?"),
        ("letter.yaml", "rows:", "dated: period_strat\nrows:", "case has no field 'period_strat'; did you mean"),
        ("letter.yaml", "rows:", "dated: case_note\nrows:", "'case_note' is no date"),
        ("letter.yaml", "rows:", "shares: [E999]\nrows:", "'E999' is no rule of other forms"),
        (
            "case.yaml",
            "    single: true\n",
            "    single: true\n    recorded: {outcom: {type: text, label: {en: O, zh: 果}}}\n",
            "'outcom' is nothing that is recorded of a case; did you mean 'outcome'?",
        ),
        ("letter.yaml", "[period_start, period_end]", "[period_start, period_stop]", "case has no field 'period_stop'"),
        ("letter.yaml", "targets: [name, {", "targets: [nam, {", "targets has no field 'nam'; did you mean 'name'?"),
        ("letter.yaml", "rows: {targets: 1}", "rows: {target: 1}", "'target' is no sheet; did you mean 'targets'?"),
        ("letter.yaml", "when: settings.use_weights", "when: settings.use_wights", "did you mean 'use_weights'?"),
        ("letter.yaml", "title: {en: Letter, zh: 责任书}", "title: {en: Letter}", "'zh' is missing"),
        ("letter.yaml", "name: letter", "name: lettre", "must be the name of the file"),
        ("letter.yaml", "[employee]", "[employe]", "'employe' is no signer; did you mean 'employee'?"),
        ("letter.yaml", "unit: case", "unit: *case", "such references are not accepted"),
    ],
)
def test_a_fault_is_refused_with_file_line_and_cure(
    forms: Path, change: Change, file: str, old: str, new: str, said: str
) -> None:
    change(file, old, new)
    text = refusal(forms)
    assert said in text
    assert all(line.startswith(f"{forms / file}:") for line in text.splitlines())


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("case.yaml", "max: 100", "max: many"),
        ("settings.yaml", "policy == 'x'", "polcy == 'x'"),
        ("rules.yaml", "expect: period_start < period_end", "expect: period_start < ende"),
        ("rules.yaml", "ends on {{ period_end }}", "ends on {{ ende }}"),
        ("letter.yaml", "[period_start, period_end]", "[period_start, period_stop]"),
        ("letter.yaml", "targets: [name, {", "targets: [nam, {"),
    ],
)
def test_the_line_is_that_of_the_fault(forms: Path, change: Change, file: str, old: str, new: str) -> None:
    line = change(file, old, new)
    assert refusal(forms).startswith(f"{forms / file}:{line}: ")


def test_all_faults_are_told_at_once(forms: Path, change: Change) -> None:
    change("case.yaml", "type: percent", "type: procent")
    change("letter.yaml", "code: L", "code: LL")
    assert len(refusal(forms).splitlines()) == 2


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("theme.yaml", "page: {size: A4}\n", "this is a theme; it belongs in templates/"),
        ("theme.yaml", "extends: shipped\n", "this is a theme; it belongs in templates/"),
        ("wording.zh.yaml", "letter: {title: 信}\n", "this is wording; it belongs in templates/"),
        ("docgen.yaml", "company_name: X\n", "this is settings of an office"),
        ("wang.yaml", "case: {employee_no: S1}\n", "this is a case, and no form"),
        ("mine.yaml", "colours: {accent: red}\n", "this is no form: it has none of name, code, title"),
        ("empty.yaml", "", "this is no form"),
    ],
)
def test_a_file_of_another_kind_is_told_in_one_sentence(forms: Path, file: str, text: str, said: str) -> None:
    (forms / file).write_text(text, "utf-8")
    told = refusal(forms)
    assert told.startswith(f"{forms / file}:1: {said}") and len(told.splitlines()) == 1


def test_a_missing_file_is_named(forms: Path) -> None:
    (forms / "rules.yaml").unlink()
    assert str(forms / "rules.yaml") in refusal(forms)


def test_the_names_of_a_check_in_python_may_stand_in_its_message(forms: Path, change: Change) -> None:
    change("rules.yaml", "expect: period_start < period_end", "check: some_check")
    change("rules.yaml", "ends on {{ period_end }}", "found {{ word }}")
    assert read_definitions([forms])


# --- the shipped definitions


def test_the_shipped_definitions_have_no_fault() -> None:
    read = load_definitions()
    assert list(read.forms)[:4] == ["letter", "plan", "monthly", "notes"]
    assert [form.code for form in read.forms.values()][:4] == ["L", "P", "M", "N"]


KINDS = (
    *("not_a_number", "not_an_integer", "out_of_range", "no_such_day", "ambiguous_date", "not_a_date", "not_a_month"),
    *(
        "not_a_time",
        "not_yes_or_no",
        "not_in_list",
        "none_among_others",
        "too_long",
        "too_many",
        "wrong_pattern",
        "control_character",
    ),
    *("invisible_in_id", "identity_number", "not_a_list", "not_a_mapping", "not_a_single_value", "unknown_key"),
    *("one_language", "missing", "missing_column", "case_twice"),
    *("error_cell", "no_stored_value", "damaged_number", "number_for_day"),
    *("read_as", "invisible"),
)


def test_every_kind_of_fault_has_its_words_in_the_shipped_rules() -> None:
    assert not set(KINDS) - set(load_definitions().wordings)


def test_every_spelling_of_a_choice_means_one_code() -> None:
    for choices in load_definitions().lists.values():
        spelled = [text for label in choices.choices.values() for text in (label.en, label.zh)]
        assert len(spelled) == len(set(spelled)), choices.name


def test_an_alias_means_one_choice_and_is_no_label() -> None:
    lists = yaml.load((shipped("forms") / "case.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)["lists"]
    for name, choices in lists.items():
        aliases = [choice_key(alias) for one in choices.values() for alias in one.get("aliases", ())]
        labels = {choice_key(text) for code, one in choices.items() for text in (code, one["en"], one["zh"])}
        assert len(aliases) == len(set(aliases)) and not labels & set(aliases), name


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        *(("measure_status", typed, "done") for typed in ("完成", "做完", "已办", "Finished", "completed")),
        *(
            ("interview_type", typed, code)
            for typed, code in (("启动", "launch"), ("月度", "monthly"), ("中期", "interim"))
        ),
        *(("interview_type", typed, code) for typed, code in (("期末", "final"), ("异议", "objection"))),
        *(
            ("progress", typed, code)
            for typed, code in (("进步", "improved"), ("持平", "steady"), ("退步", "declined"))
        ),
        ("indicator_status", "达标", "met"),
        ("indicator_status", "没达标", "gap"),
        ("final_result", "达标", "met"),
    ],
)
def test_what_people_say_for_a_choice_is_understood(name: str, typed: str, code: str) -> None:
    assert load_definitions().lists[name].lookup[choice_key(typed)] == code


def test_the_hints_examples_and_labels_of_all_fields_are_there() -> None:
    read = load_definitions()
    for sheet in read.sheets.values():
        for field in sheet.fields.values():
            assert field.hint.en and field.hint.zh and field.label.zh and field.example, (sheet.name, field.name)
            assert not isinstance(parse(field, field.example.zh), Fault)
