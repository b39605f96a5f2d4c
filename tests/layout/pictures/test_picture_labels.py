"""Labels of several lines in the boxes of pictures."""

from __future__ import annotations

from docgen.layout.pictures.measure import Letters, balanced, wrapped

LETTERS = Letters(8.0)


def test_no_line_of_a_heading_is_a_single_character() -> None:
    problem, room = "校准报告按时交付率", 72.0
    assert wrapped(problem, room, LETTERS, 7, bold=True) == ["校准报告按时交付", "率"]
    lines = balanced(problem, room, LETTERS, 7, bold=True)
    assert "".join(lines) == problem
    assert [len(line) for line in lines] == [6, 3]


def test_lines_that_are_well_filled_stay_and_words_stay_whole() -> None:
    for text in ("Requests answered", "Responsibilities unclear to a", "校准报告", "校" * 100):
        room, most = 72.0, 4
        words = balanced(text, room, LETTERS, most, bold=True)
        assert len(words) == len(wrapped(text, room, LETTERS, most, bold=True))
    assert balanced("Responsibilities a", 72.0, LETTERS, 4, bold=True)[0] == "Responsibilities"
