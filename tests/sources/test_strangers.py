from __future__ import annotations

from docgen.model.problems import Severity
from tests.sources.books import problems, records

FLAT = """
| 工号 | 姓 名 | 计划期\\n开始 | 指标 | 目标值 | 权重 | 支持内容 | 支持时间 | 备注栏 |
| S1 | 王某 | @2026-01-05 | 销售额 | =80 | =60 | 培训 | @2026-02-01 | x |"""


def test_columns_of_another_tab_are_told_with_its_name() -> None:
    found = problems(People=FLAT)
    warnings = [one for one in found if one.severity is Severity.WARNING]
    assert [(one.code, one.position.cell) for one in warnings] == [("W241", "People!D1")]
    assert warnings[0].message.en == "Not read here, as it belongs on a tab of its own, Targets: 指标, 目标值, 权重."
    assert "“目标”" in warnings[0].message.zh
    assert records(People=FLAT)[0].data["case"]["period_start"] == "2026-01-05"


def test_a_lone_column_of_another_tab_is_only_not_read() -> None:
    (note,) = problems(People="| Employee number | Period starts | Weight |\n| S1 | @2026-01-05 | =60 |")
    assert note.code == "I206" and note.message.en.endswith("Weight.")


def test_thirty_unread_headings_are_named() -> None:
    more = " | ".join(f"Own {number}" for number in range(1, 33))
    (note,) = problems(People=f"| Employee number | Period starts | {more} |\n| S1 | @2026-01-05 | x |")
    assert "Own 30, …" in note.message.en and "Own 31" not in note.message.en
