"""A finding says where, what, and what to write instead, in both languages; a faulty set tells all of them at once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from docgen.errors import EXIT_DOCUMENT
from docgen.layout.findings import MOST_TOLD, FaultySet, Finding, error, in_order, refuse
from docgen.model.problems import Position, Severity, Words


def finding(line: int, severity: Severity = Severity.ERROR, kind: str = "markup") -> Finding:
    place = Position("letter.html", line, 3)
    return Finding(kind, severity, place, Words(f"Wrong {line}.", f"错误{line}。"), Words("Mend it.", "请修改。"))


def test_a_finding_is_told_with_its_place_in_both_languages() -> None:
    assert finding(7).words == Words("letter.html:7: Wrong 7. Mend it.", "letter.html:7：错误7。请修改。")


def test_findings_come_in_the_order_of_their_files_each_once() -> None:
    found = in_order([finding(9), finding(2), finding(9), finding(2, kind="alias")])
    assert [(one.place.line, one.kind) for one in found] == [(2, "alias"), (2, "markup"), (9, "markup")]


def test_errors_stop_a_run_with_all_of_them() -> None:
    with pytest.raises(FaultySet) as refused:
        refuse([finding(9), finding(4, Severity.WARNING), finding(2)])
    assert [one.place.line for one in refused.value.findings] == [2, 9]
    assert refused.value.words.en.split("\n") == [finding(2).words.en, finding(9).words.en]
    assert refused.value.words.zh.split("\n") == [finding(2).words.zh, finding(9).words.zh]
    assert refused.value.exit_code == EXIT_DOCUMENT


def test_warnings_stop_nothing() -> None:
    refuse([finding(4, Severity.WARNING)])


def test_more_than_can_be_read_are_counted() -> None:
    with pytest.raises(FaultySet) as refused:
        refuse([finding(line) for line in range(1, MOST_TOLD + 4)])
    assert refused.value.words.en.endswith("\n… and 3 more")
    assert refused.value.words.zh.endswith("\n……另有 3 处")
    assert len(refused.value.findings) == MOST_TOLD + 3


def test_a_faulty_set_survives_the_way_between_processes() -> None:
    refused = pickle.loads(pickle.dumps(FaultySet((finding(1),))))
    assert refused.findings == (finding(1),)


def test_a_question_needs_no_full_stop() -> None:
    said = error("x", Position("a"), Words("No b; did you mean c?.", "没有 b，是否指 c？。"), Words("", "")).message
    assert said == Words("No b; did you mean c?", "没有 b，是否指 c？")


def test_a_finding_among_the_problems_names_the_file_in_its_folder() -> None:
    problem = finding(7).problem(Path("ours/templates"))
    assert (problem.code, str(problem.position)) == ("E260", str(Path("ours/templates/letter.html")) + ":7:3")
