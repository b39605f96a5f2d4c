"""The example case that explains the record, as far as the letter goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from docgen.checking.validate import Checker
from docgen.definitions.load import load_definitions
from docgen.office.run import has_errors
from docgen.sources.cases import read_cases
from docgen.sources.settings import read_settings

DEFINITIONS = load_definitions()

SETTINGS = Path(__file__).resolve().parent.parent.parent / "samples" / "docgen.yaml"
SPLIT = "全年实际销售额21.9万元,公司平均35万元"
EXAMPLE = f"""\
case: {{case_id: S1024-202601, employee_no: S1024, employee_name: 王某, department: 销售部, position: 销售代表,
  supervisor_name: 李某, supervisor_no: S0310, trigger_reason: raise_level, issue_date: 2026-01-05,
  period_start: 2026-01-05, period_end: 2026-06-30, aligned_goal: 公司人均销售额35万元,
  strengths: [基本销售技能, 良好的协作能力]}}
gaps:
- area: 年销售额
  standard: 350000 元
  actual: 219000 元
  benchmark_type: peer_average        # he met his own quota of 200,000
  level_status: acceptable_raise
  expected_level: 能独立解答客户常见产品问题
  reason_selected: 已达个人指标20万元,但低于公司平均
  evidence: [{{date: 2025-12-31, fact: "{SPLIT}", source: 销售系统}}]
  causes: [{{viewpoint: employee, category: knowledge, description: "入行一年,产品专业知识不足",
    remedy: 产品培训、自学、老员工带教}}]
targets:
- {{name: 半年销售额, current_value: 109500, target_value: 150000, unit: 元, data_source: 销售系统, weight: 60,
  accumulation: sum, due_date: 2026-06-30}}
- {{name: 产品知识测试成绩, current_value: 60, target_value: 90, unit: 分, data_source: 培训部测试, weight: 40,
  due_date: 2026-03-31}}
support:
- {{item: 产品培训, by_date: 2026-02-28}}
"""


def test_its_letter_is_complete(tmp_path: Path) -> None:
    (tmp_path / "wang.yaml").write_text(EXAMPLE, "utf-8")
    reading = read_cases([tmp_path / "wang.yaml"], DEFINITIONS)
    definitions = load_definitions()
    settings, problems = read_settings(SETTINGS, definitions)
    checked = Checker(definitions).validate(reading.records[0], settings, ["letter"], date(2026, 1, 5))
    assert not has_errors((*problems, *reading.problems, *checked.problems))
    assert checked.case.values["gaps"][0]["evidence"][0]["fact"] == SPLIT


def test_without_quotes_the_comma_is_named_as_the_cause(tmp_path: Path) -> None:
    (tmp_path / "wang.yaml").write_text(EXAMPLE.replace(f'"{SPLIT}"', SPLIT), "utf-8")
    (problem,) = read_cases([tmp_path / "wang.yaml"], DEFINITIONS).problems
    assert "公司平均35万元" in problem.message.zh and problem.position.line == 13
