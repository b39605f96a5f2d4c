"""The fishbone of the causes."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.layout.pictures.measure import CUT
from docgen.model.case import Gap
from tests.layout.pictures.picture_help import COMPLEX, HOSTILE, assert_readable, drawn, picture

ASPECTS = ("man", "machine", "material", "method", "environment")


def cause(text: Any, aspect: str | None = "man", root: bool = False) -> dict[str, Any]:
    return {"description": text, "aspect": aspect, "is_root": root}


def fish(*causes: dict[str, Any], language: str = "en", problem: Any = "Annual sales", **more: Any) -> Any:
    return drawn("fishbone", language, problem=problem, causes=list(causes), **more)


def test_each_cause_stands_at_its_aspect_and_the_problem_at_the_head() -> None:
    made = fish(*(cause(f"reason of {name}", name) for name in ASPECTS))
    texts = made.texts
    assert texts[0] == "Annual sales"
    for label, name in zip(("People", "Equipment", "Material", "Method", "Environment"), ASPECTS, strict=True):
        assert texts[texts.index(label) + 1] == f"reason of {name}"


def test_a_root_cause_has_a_star_a_bold_label_and_a_key_and_no_other_has() -> None:
    made = fish(cause("plain"), cause("deep", "method", root=True))
    assert len(made.shapes(sides=10)) == 2  # one at its twig, one in the key
    weights = {node.text: node.attrib["font-weight"] for node in made.root.iter() if node.text}
    assert (weights["deep"], weights["plain"]) == ("700", "400")
    assert "root cause" in made.texts
    without = fish(cause("plain"))
    assert without.shapes(sides=10) == [] and "root cause" not in without.texts


def test_what_is_read_aloud_says_all_in_the_documents_language() -> None:
    causes = (cause("no training", root=True), cause("no review", "method"), cause("no tools", "method"))
    assert fish(*causes).alt == (
        "Fishbone of the causes of: Annual sales. People: no training (root cause). Equipment: none found. "
        "Material: none found. Method: no review; no tools. Environment: none found."
    )
    chinese = fish(*causes, language="zh", problem="年销售额")
    assert chinese.alt.startswith("鱼骨图，问题：年销售额。人：no training（根本原因）。机：未发现。")
    assert {"人", "机", "料", "法", "环", "根本原因"} <= set(chinese.texts)
    both = fish(*causes, language="both")
    assert {"人 People", "环 Environment"} <= set(both.texts) and "People" not in both.alt


LONG = "客户问到选型参数时不能当场答复，须回公司查资料、问同事，"


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.parametrize("text", [*HOSTILE, LONG * 3, "Questions stay open; nobody says so. " * 6])
def test_what_it_shows_is_there_to_the_last_letter_and_no_two_labels_lie_over_each_other(
    text: str, language: str
) -> None:
    """The table whose place it takes would cut nothing either."""
    for causes in ([cause(text, "man", root=True), cause("b", "method")], [cause(text, name) for name in ASPECTS]):
        made = fish(*causes, language=language, problem=[text[:60], "Sales"])
        if made is None:  # the table then says it all
            continue
        assert_readable(made)
        assert CUT not in made.said
        for one in causes:
            assert "".join(one["description"].split()) in made.said
        assert "".join(text[:60].split()) in made.said


def test_long_causes_have_a_picture_as_long_as_it_is_no_page() -> None:
    assert fish(cause(LONG * 3, "man", root=True), cause(LONG, "method"), language="zh") is not None
    assert fish(*(cause(LONG * 12, name) for name in ASPECTS), language="zh") is None


@pytest.mark.parametrize("text", COMPLEX)
def test_letters_that_cannot_be_measured_leave_it_to_the_table(text: str) -> None:
    assert fish(cause("known"), cause(text)) is None
    assert fish(cause("known"), problem=text) is None


def test_no_cause_no_picture() -> None:
    assert fish() is None
    assert fish(cause("nowhere", None)) is None


def test_more_causes_than_can_be_read_are_left_to_the_table_and_ten_are_not() -> None:
    assert_readable(fish(*(cause(f"reason {n}", ASPECTS[n % 5]) for n in range(10))))
    assert fish(*(cause(f"reason {n}", "man") for n in range(20))) is None


@pytest.mark.parametrize("field", ["description", "aspect", "is_root"])
def test_a_gap_in_what_is_shown_leaves_it_out_and_one_elsewhere_does_not(field: str) -> None:
    missing = Gap(f"causes.{field}", ("gaps", 0, "causes", 0, field))
    assert fish(cause("known"), {**cause("b"), field: missing}) is None
    assert fish({**cause("known"), "remedy": missing}) is not None


def test_it_is_left_out_where_the_setting_does_not_name_it() -> None:
    assert fish(cause("known"), pictures=["gap_bars", "trend"]) is None
    assert fish(cause("known"), pictures=["none"]) is None
    assert fish(cause("known"), pictures=["fishbone"]) is not None


def test_it_is_as_wide_as_the_text_and_never_higher_than_a_third_of_a_page() -> None:
    for count in (1, 5, 10):
        made = picture("fishbone", problem="x", causes=[cause("word " * 20, ASPECTS[n % 5]) for n in range(count)])
        width, height = (length / 72 * 25.4 for length in made.size)
        assert width == pytest.approx(170, abs=0.1) and height < 91
    assert fish(*(cause("word " * 30, ASPECTS[n % 5]) for n in range(15))) is None


def test_what_is_read_aloud_ends_each_sentence_once() -> None:
    assert "People: nobody asked. Equipment" in fish(cause("nobody asked.")).alt
    assert "人：没有人问。机" in fish(cause("没有人问。"), language="zh").alt
