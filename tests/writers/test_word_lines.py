"""In a Word cell a box and its word, a date and a short remark stay on one line."""

from __future__ import annotations

import pytest

from docgen.model.document import Break, Inline, Text
from docgen.writers.word_lines import unparted

EM = 200
"""Twips, where letters have 10 points."""


def lines(*content: Inline, room: float) -> list[str]:
    """The text of each line that ``unparted`` parts."""
    found = unparted(content, 10, round(room * EM))
    whole = "".join("\n" if isinstance(one, Break) else one.text for one in found if isinstance(one, Text | Break))
    assert whole.replace("\n", "") == "".join(one.text for one in content if isinstance(one, Text))
    return whole.split("\n")


@pytest.mark.parametrize(
    ("words", "room", "found"),
    [
        ("员工未签字：☐ 拒绝　☐ 未到场", 13.5, ["员工未签字：☐ 拒绝　", "☐ 未到场"]),
        ("员工未签字：☐ 拒绝　☐ 未到场", 15.5, ["员工未签字：☐ 拒绝　☐ 未到场"]),
        ("校准报告交付（重点）", 8.5, ["校准报告交付", "（重点）"]),
        ("上月结转（第1次）", 7, ["上月结转", "（第1次）"]),
        ("校准报告交付（重点） ", 8.5, ["校准报告交付", "（重点） "]),
        ("校准报告交付（重点）", 10.5, ["校准报告交付（重点）"]),
        ("校准报告按时的交付（重点）", 8.0, ["校准报告按时的交付（重点）"]),  # it stands whole on the second line
        ("校准（重点）报告的交付", 4.5, ["校准（重点）报告的交付"]),  # no remark at the end
        ("☐ done ☐ partly ☐ not done", 11, ["☐ done ☐ partly ", "☐ not done"]),
        ("☐ I don’t know what matters most", 8, ["☐ I don’t know what matters most"]),
        ("a ☐ not met", 1.5, ["a ☐ not met"]),  # no line holds it
        ("☐ 是　☐ 否", 3.5, ["☐ 是　", "☐ 否"]),
    ],
)
def test_a_line_ends_before_what_would_be_parted(words: str, room: float, found: list[str]) -> None:
    assert lines(Text(words, "zh-CN"), room=room) == found


def test_a_date_in_a_text_stays_whole() -> None:
    dated = (Text("起止时间：自", "zh-CN"), Text("2026年3月31日", "zh-CN", role="nobreak"), Text("起", "zh-CN"))
    assert lines(*dated, room=12) == ["起止时间：自", "2026年3月31日起"]
    assert lines(*dated, room=16) == ["起止时间：自2026年3月31日起"]
    assert lines(Text("至", "zh-CN"), Break(), dated[1], room=8.5) == ["至", "2026年3月31日"]


def test_a_bracket_goes_with_the_date_that_it_opens() -> None:
    dated = (Text("陪同拜访（", "zh-CN"), Text("2026年3月7日", "zh-CN", role="nobreak"), Text("承诺）", "zh-CN"))
    assert lines(*dated, room=11) == ["陪同拜访", "（2026年3月7日承诺）"]
    assert lines(Text("（", "zh-CN"), *dated[1:], room=7.8) == ["（2026年3月7日承诺）"]


def test_far_down_in_a_cell_and_beside_lines_to_write_on_nothing_is_parted() -> None:
    words = Text("校准报告按时交付" * 5 + "的（重点）", "zh-CN")
    assert len(lines(words, room=10)) == 1
    assert len(lines(Text("交付", "zh-CN"), Text("", "zh-CN", role="line"), Text("☐ 未到场", "zh-CN"), room=3)) == 1
