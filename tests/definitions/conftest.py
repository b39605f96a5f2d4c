"""Small definitions, written out whole, that a test changes in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.definitions.review import SHEETS

PARENTS = {
    **{"evidence": "gaps", "causes": "gaps", "options": "gaps", "milestones": "targets", "actions": "interviews"},
    **dict.fromkeys(("indicators", "differences", "measures"), "months"),
}
FIELD = "type: {type}, entry: typed, phase: before, label: {{en: {name}, zh: 字段{name}}}, hint: {{en: Type, zh: 填}}"


def field(name: str, type: str = "text", more: str = "") -> str:
    return f"      {name}: {{{FIELD.format(type=type, name=name)}{', ' + more if more else ''}}}\n"


def case_file() -> str:
    text = "version: 1\nlists:\n  direction:\n    higher: {en: Higher, zh: 越高越好}\n"
    text += "    lower: {en: Lower, zh: 越低越好}\n  signer: {employee: {en: Employee, zh: 员工}}\nsheets:\n"
    for sheet in SHEETS:
        text += f"  {sheet}:\n    label: {{en: {sheet}, zh: 表}}\n"
        text += "" if sheet == "case" else f"    parent: {PARENTS.get(sheet, 'case')}\n"
        text += "    single: true\n" if sheet in ("case", "checks") else ""
        text += "    fields:\n" + field(f"{sheet}_note")
        if sheet == "case":
            text += field("period_start", "date") + field("period_end", "date")
        if sheet == "targets":
            text += field("weight", "percent", "limits: {min: 0, max: 100}") + field("name")
            text += field("direction", "choice", "list: direction, default: Higher")
    return text


SETTINGS = """version: 1
fields:
  use_weights: {type: yes_no, label: {en: Weights, zh: 权重}, derive: policy == 'x'}
  policy: {type: text, label: {en: Policy, zh: 制度}, default: x}
  limit: {type: integer, label: {en: Limit, zh: 上限}, default: 3, limits: {min: 1, max: 20}}
  departments:
    type: table
    key: department
    label: {en: Departments, zh: 部门}
    columns:
      department_head: {type: text, label: {en: Head, zh: 负责人}}
      since: {type: date, label: {en: Since, zh: 任职日期}}
  signers: {type: table, label: {en: Signers, zh: 签署人}, columns: {role: {type: text, label: {en: Role, zh: 身份}}}}
"""
RULES = """version: 1
rules:
- code: E103
  severity: error
  check: kind
  messages:
    unknown_key:
      message: {en: "{{ value }} in {{ sheet }}; {{ nearest }}", zh: "{{ value }}"}
      fix: {en: Fix, zh: 更正}
    out_of_range: {message: {en: "{{ label }} {{ limit }}", zh: "{{ label }} {{ limit }}"}, fix: {en: Fix, zh: 更正}}
    no_such_day: {message: {en: "{{ label }}: {{ value }}", zh: "{{ label }}"}, fix: {en: Fix, zh: 更正}}
    not_a_mapping: {message: {en: "{{ label }}", zh: "{{ label }}"}, fix: {en: Fix, zh: 更正}}
- code: E105
  severity: error
  expect: period_start < period_end
  at: period_end
  needs: [period_start, period_end]
  message: {en: "ends on {{ period_end }}", zh: "于{{ period_end }}结束"}
  fix: {en: Change it., zh: 请更正。}
"""
LETTER = """version: 1
name: letter
code: L
title: {en: Letter, zh: 责任书}
unit: case
asked_when: targets or case.period_start
template: letter.html
signers: [employee]
requires:
  case: [period_start]
  targets: [name, {field: weight, when: settings.use_weights}]
rows: {targets: 1}
prints:
  case: [period_start, period_end]
  targets: [name, weight]
"""


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """A folder of definitions without faults."""
    folder = tmp_path / "forms"
    folder.mkdir()
    texts = {"case": case_file(), "settings": SETTINGS, "rules": RULES, "letter": LETTER}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


Change = Callable[[str, str, str], int]


@pytest.fixture
def change(forms: Path) -> Change:
    """Replace a text in one of the files; returns the line (from 1) in which it stood."""

    def changed(name: str, old: str, new: str) -> int:
        path = forms / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    return changed
