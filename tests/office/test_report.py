"""Problems as a table, as lines and as JSON."""

from __future__ import annotations

import json

from rich.cells import cell_len

from docgen.model.problems import Position, Problem, Severity, Words
from docgen.office.report import Line, as_json, as_lines, as_table, each, grouped, ordered, summary

WEIGHTS = Problem(
    code="E104",
    severity=Severity.ERROR,
    path=("targets", 1, "weight"),
    position=Position("wang.yaml", 18, 9),
    value="30",
    message=Words("The weights add up to 90 %, not 100 %.", "权重合计为 90%，不是 100%。"),
    fix=Words("Change one of the weights.", "请修改其中一个权重。"),
    forms=frozenset({"plan", "letter"}),
    case_id="S1024-202601",
)


def warning(line: int, code: str = "W214", source: str = "wang.yaml") -> Problem:
    message = Words("The word “lazy” is risky.", "“懒”一词有风险。")
    fix = Words("Describe behaviour.", "请描述行为。")
    return Problem(code, Severity.WARNING, ("gaps", line), Position(source, line, 1), "lazy", message, fix)


def test_errors_come_first_then_the_order_of_the_file() -> None:
    problems = [warning(9), warning(2), WEIGHTS]
    assert [one.position.line for one in ordered(problems)] == [18, 2, 9]


def test_rows_are_ordered_by_number_and_not_by_letter() -> None:
    rows = [
        Problem("E101", Severity.ERROR, ("targets", row), Position("a"), "", Words("", ""), Words("", ""))
        for row in (10, 9)
    ]
    assert [one.path for one in ordered(rows)] == [("targets", 9), ("targets", 10)]


def test_many_warnings_of_one_rule_are_one_line_with_their_count() -> None:
    lines = grouped([*(warning(line) for line in range(1, 13)), warning(1, "W207"), WEIGHTS])
    assert [(line.problem.code, line.more) for line in lines] == [("E104", 0), ("W207", 0), ("W214", 11)]


def missing(case: int, field: str = "department") -> Problem:
    """The same thing said of another case; what stands in the message is a value of its own."""
    words = Words(f"{field} of case {case} is missing.", "")
    path, position = ("targets", case, field), Position(f"{case:04d}.yaml", 3, 1)
    return Problem("E101", Severity.ERROR, path, position, "", words, Words("", ""), kind=f"{field} of case n")


def test_an_error_that_many_cases_have_in_common_is_told_of_the_first_with_the_count_of_the_rest() -> None:
    lines = grouped([*(missing(case) for case in range(1000)), missing(7, "position")])
    assert [(line.problem.position.source, line.more) for line in lines] == [
        ("0000.yaml", 0),
        ("0001.yaml", 0),
        ("0002.yaml", 997),
        ("0007.yaml", 0),
    ]


def test_errors_of_a_few_cases_are_each_told() -> None:
    assert len(grouped([*(missing(case) for case in range(10)), *[WEIGHTS] * 12])) == 22


def test_every_problem_is_told_to_who_asks_for_all() -> None:
    problems = [*(missing(case) for case in range(20)), *(warning(line) for line in range(5))]
    assert each(problems) == tuple(map(Line, ordered(problems)))


def test_a_line_names_place_severity_rule_cause_and_cure() -> None:
    assert as_lines(each([WEIGHTS]), "en") == (
        "wang.yaml:18:9: error E104: The weights add up to 90 %, not 100 %. Change one of the weights."
    )
    assert (
        as_lines(each([WEIGHTS]), "zh") == "wang.yaml:18:9: 错误 E104: 权重合计为 90%，不是 100%。请修改其中一个权重。"
    )


def test_a_message_of_many_lines_stays_one_line() -> None:
    broken = Problem("E103", Severity.ERROR, (), Position("a"), "", Words("a\nb", ""), Words("", ""))
    assert as_lines(each([broken]), "en") == "a: error E103: a b"


def test_a_grouped_line_says_how_many_more() -> None:
    lines = grouped(warning(line) for line in range(5))
    assert "(and 4 more like this; docgen check --all lists them)" in as_lines(lines, "en")
    assert "（另有 4 处同类问题；" in as_lines(lines, "zh")


def test_a_table_keeps_to_the_width_of_the_terminal_also_in_chinese() -> None:
    table = as_table(each([WEIGHTS, warning(3)]), "zh", 40, colour=False)
    assert max(map(cell_len, table.splitlines())) <= 40
    assert "权重合计" in table


def test_a_table_has_colour_only_when_asked() -> None:
    assert "\x1b[" not in as_table(each([WEIGHTS]), "en", 80, colour=False)
    assert "\x1b[" in as_table(each([WEIGHTS]), "en", 80, colour=True)


def test_brackets_in_a_message_are_text_and_no_markup() -> None:
    tricky = Problem("E103", Severity.ERROR, (), Position("a[red]"), "", Words("[bold]x[/bold]", ""), Words("", ""))
    assert "[bold]x[/bold]" in as_table(each([tricky]), "en", 80, colour=False)


def test_a_hostile_value_can_not_steer_the_terminal() -> None:
    tricky = Problem(
        "E103", Severity.ERROR, (), Position("a\x1b[2J"), "", Words("\x1b]0;x\x07\u202e", ""), Words("\x9b1m", "")
    )
    for text in (as_lines(each([tricky]), "en"), as_table(each([tricky]), "en", 80, colour=False)):
        assert "\\x1b]0;x\\x07\\u202e" in text
        assert not set("\x1b\x07\x9b\u202e") & set(text)


def test_json_holds_every_problem_with_all_its_parts() -> None:
    read = json.loads(as_json([warning(line) for line in range(1, 6)] + [WEIGHTS], "en", {"documents": []}))
    assert read["format"] == 1 and read["documents"] == [] and len(read["problems"]) == 6
    assert read["problems"][0] == {
        "code": "E104",
        "severity": "error",
        "position": "wang.yaml:18:9",
        "source": "wang.yaml",
        "line": 18,
        "column": 9,
        "cell": None,
        "path": "targets.1.weight",
        "value": "30",
        "message": "The weights add up to 90 %, not 100 %.",
        "fix": "Change one of the weights.",
        "forms": ["letter", "plan"],
        "case": "S1024-202601",
    }


def test_the_summary_counts_in_both_languages() -> None:
    assert summary([WEIGHTS, warning(1), warning(2)], "en") == "1 error, 2 warnings"
    assert summary([WEIGHTS, warning(1)], "zh") == "1 个错误，1 个警告"
    assert summary([], "en") == "No problems."
