from __future__ import annotations

import pickle
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.marked_yaml import FAULTS, MAX_BYTES, YamlError, YamlFault, load_marked


def refused(content: str | bytes) -> tuple[YamlFault, ...]:
    with pytest.raises(YamlError) as caught:
        load_marked(content, "case.yaml")
    return caught.value.faults


def kinds(content: str | bytes) -> list[tuple[str, int, int]]:
    return [(fault.kind, fault.line, fault.column) for fault in refused(content)]


def test_scalars_stay_text_as_typed() -> None:
    text = "a: 007\nb: No\nc: 12:30\nd: 2026-02-30\ne: 1e5\nf: '~'\ng: \"\"\n"
    assert load_marked(text, "x").data == {
        **{"a": "007", "b": "No", "c": "12:30", "d": "2026-02-30", "e": "1e5"},
        **{"f": "~", "g": ""},
    }


@pytest.mark.parametrize("blank", ["", "~", "null", "Null", "NULL"])
def test_plain_nothing_is_none(blank: str) -> None:
    assert load_marked(f"a: {blank}\nb: [{blank or '~'}]\n", "x").data == {"a": None, "b": [None]}


def test_every_value_and_key_has_its_place() -> None:
    marked = load_marked("case: {employee_no: S1}\ntargets:\n- name: 销售额\n  weight: 60\n- name:\n", "wang.yaml")
    assert {path: str(place) for path, place in marked.positions.items()} == {
        (): "wang.yaml:1:1",
        ("case",): "wang.yaml:1:7",
        ("case", "employee_no"): "wang.yaml:1:21",
        ("targets",): "wang.yaml:3:1",
        ("targets", 0): "wang.yaml:3:3",
        ("targets", 0, "name"): "wang.yaml:3:9",
        ("targets", 0, "weight"): "wang.yaml:4:11",
        ("targets", 1): "wang.yaml:5:3",
        ("targets", 1, "name"): "wang.yaml:5:8",
    }
    assert str(marked.keys[("targets", 0, "weight")]) == "wang.yaml:4:3"


def test_columns_count_characters_not_bytes() -> None:
    assert str(load_marked("姓名: 王某\n", "x").positions[("姓名",)]) == "x:1:5"


def test_every_line_end_that_yaml_knows_begins_a_line() -> None:
    positions = load_marked("a: 1\r\nb: 2\rc: 𠮷\nd: [x,\u2028 e]\n", "case.yaml").positions
    places = [(positions[path].line, positions[path].column) for path in [("a",), ("b",), ("c",), ("d", 0), ("d", 1)]]
    assert places == [(1, 4), (2, 4), (3, 4), (4, 5), (5, 2)]


def test_positions_inside_a_part_are_seen_from_there() -> None:
    positions = load_marked("- a: 1\n- a: 2\n", "x").positions.inside((1,))
    assert {path: place.line for path, place in positions.items()} == {(): 2, ("a",): 2}
    assert len(positions) == 2
    assert positions.get(("b",)) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_utf8_and_utf16_are_read_with_and_without_bom(encoding: str) -> None:
    marked = load_marked("name: 王某\n".encode(encoding), "x")
    assert marked.data == {"name": "王某"}
    assert str(marked.positions[("name",)]) == "x:1:7"


def test_windows_and_old_line_ends_are_read() -> None:
    assert load_marked("a: 1\r\nb: 2\rc: 3\n", "x").data == {"a": "1", "b": "2", "c": "3"}


def test_gbk_is_refused_with_its_line() -> None:
    assert kinds(b"a: 1\nname: " + "张三".encode("gbk")) == [("not_utf8", 2, 7)]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_place_of_a_wrong_byte_is_counted_in_characters(mark: str) -> None:
    assert kinds(f"{mark}a: 1\nname: 张三".encode() + b"\xff") == [("not_utf8", 2, 9)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: *x", ("alias", 2, 4)),
        ("a: &x 1", ("anchor", 1, 4)),
        ("a: &x {b: 1}", ("anchor", 1, 4)),
        ("a: !!str 1", ("tag", 1, 4)),
        ("a: !!python/object/apply:os.system [x]", ("tag", 1, 4)),
        ("a: ! x", ("tag", 1, 4)),
        ("a:\n  <<: {b: 1}", ("merge_key", 2, 3)),
        ("a: 1\nb: 2\na: 3", ("duplicate_key", 3, 1)),
        ("{a: 1, a: 2}", ("duplicate_key", 1, 8)),
        ("~: 1", ("empty_key", 1, 1)),
        ("? [a]\n: b", ("complex_key", 1, 3)),
        ("? {a: b}\n: c", ("complex_key", 1, 3)),
        ("a: 1\n---\nb: 2", ("several_documents", 2, 1)),
        ("a: 1\n...\nb: 2", ("several_documents", 3, 1)),
        ("a: x\x07y", ("control_character", 1, 5)),
        ("a: 1\r\nb: \0", ("control_character", 2, 4)),
        ("a: \x85", ("control_character", 1, 4)),
        ("a: \ud800", ("control_character", 1, 4)),
        ("a:\n\tb: 1", ("tab", 2, 1)),
        ("a: b: c", ("second_colon", 1, 5)),
        ("a: 1\n  b: 2", ("second_colon", 2, 4)),
        ("a: 1\nb", ("no_colon", 2, 1)),
        ("a: 1\nb:2\nc: 3", ("no_blank", 2, 1)),
        ("a: @x", ("bad_start", 1, 4)),
        ("a: %x", ("bad_start", 1, 4)),
        ("a: 1\nb: 'x", ("open_quote", 2, 4)),
        ('a: "\\q"', ("bad_escape", 1, 5)),
        ("a: [1, 2\nb: 3", ("open_bracket", 2, 2)),
        ("a: - b", ("bad_item", 1, 4)),
        ("a:\n  b: 1\n c: 2", ("bad_indent", 3, 2)),
        ("a: 'x'y", ("bad_indent", 1, 7)),
        ("a: 1\n" + "b" * 1025 + ": 2", ("long_name", 2, 1)),
        ("a:\n  - " + "b c " * 500 + ": 2", ("long_name", 2, 5)),
        ('a: 1\n"' + "b" * 1025 + '":', ("long_name", 2, 1)),
        ("a: 1\n" + "b" * 1025, ("no_colon", 2, 1)),
        ("a: " + "b" * 1025 + ": 2", ("second_colon", 1, 1029)),
    ],
)
def test_what_could_mean_two_things_is_refused_with_line_and_column(text: str, expected: tuple[str, int, int]) -> None:
    assert kinds(text) == [expected]


def test_an_alias_bomb_is_refused_without_unfolding_it() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    assert {kind for kind, _, _ in kinds(bomb)} == {"alias", "anchor"}


def test_all_refusals_of_a_file_are_told_at_once() -> None:
    assert [kind for kind, _, _ in kinds("a: !!str 1\nb: *x\na: 2\n<<: 3")] == [
        "tag",
        "alias",
        "duplicate_key",
        "merge_key",
    ]


def test_the_first_of_two_keys_is_named() -> None:
    assert "line 1" in refused("a: 1\nb: 2\na: 3")[0].message.en


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_and_never_crashes(opening: str) -> None:
    assert kinds(opening * 100_000)[0][0] in ("too_deep", "complex_key")


def test_twenty_levels_are_read() -> None:
    assert load_marked("[" * 20 + "]" * 20, "x").data


@pytest.mark.parametrize("content", ["a" * (MAX_BYTES + 1), b"a" * (MAX_BYTES + 1)])
def test_more_than_five_megabytes_are_refused(content: str | bytes) -> None:
    assert kinds(content) == [("too_large", 0, 0)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name：张三", 1),
        ("a: 1\nname：张三\nb: 2\n", 2),
        ("a: 1\nc:\n  name：张三\n", 3),
        ("- name：张三\n  b: 2\n", 1),
        ("case: {name：张三, b: 1}", 1),
        ("case：\n  a: 1\n", 1),
        ("gaps:\n- area: 销售额\n  standard：350000 元\n", 3),
        ("姓名：张三\n工号: 1\n", 1),
    ],
)
def test_a_full_width_colon_is_named(text: str, line: int) -> None:
    faults = refused(text)
    assert [fault.kind for fault in faults][-1] == "full_width_colon"
    assert line in [fault.line for fault in faults]


@pytest.mark.parametrize(
    "text",
    [
        "a: 说明：如下",
        "- KPI：达成",
        'a: "name：张三"',
        "a: |\n  name：张三",
        "a: 客户反馈\n  问题：多",
        "a: '姓名：张三'",
    ],
)
def test_a_full_width_colon_in_prose_is_text(text: str) -> None:
    assert "：" in str(load_marked(text, "x").data)


def test_every_line_with_a_full_width_colon_is_named_at_once() -> None:
    text = "case:\n  no：1\n  name：张三\n  a: 备注：好\n  b: |\n    one：1\n  post：x\ntargets:\n- name：y\n  w: 3\n"
    assert kinds(text) == [("full_width_colon", line, column) for line, column in ((2, 5), (3, 7), (7, 7), (9, 7))]


def test_a_text_that_goes_on_is_no_line_of_its_own() -> None:
    assert kinds("a: 客户反馈\n  问题：多\nb：1\n") == [("full_width_colon", 3, 2)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a: 1\nb: "x\nc: "y"\nd: 2\n', (2, 4)),
        ("a: 1\nb: 'x\nc: z\nd: 'y'\n", (2, 4)),
        ('- a: "x\n  b: "y"\n', (1, 6)),
        ('a: "x\n', (1, 4)),
    ],
)
def test_a_quotation_mark_that_is_left_open_is_blamed_where_it_stands(text: str, place: tuple[int, int]) -> None:
    assert kinds(text) == [("open_quote", *place)]


def test_a_closed_text_of_two_lines_is_not_blamed_for_a_later_fault() -> None:
    assert kinds("a: \"x\n  y\"\nb: 'z'w\n")[0][0] == "bad_indent"


def test_a_full_width_comma_in_the_faulty_line_is_pointed_at() -> None:
    assert "，" in refused("a: {x: 1，y: 2}")[0].fix.zh


@pytest.mark.parametrize(
    ("text", "place", "rest"),
    [
        ("[{fact: 全年实际销售额21.9万元,公司平均35万元, source: 销售系统}]", (1, 23), "公司平均35万元"),
        ("{fact: sold 21, of 35}", (1, 17), "of 35"),
        ("{fact: sold 21,\n  of 35, source: s}", (2, 3), "of 35"),
        ("\ufeff{事实: 一, 二}", (1, 9), "二"),
        ("{fact: 1, 2, 3, source: s}", (1, 11), "2"),
    ],
)
def test_a_comma_that_splits_a_text_between_braces_is_told_once(text: str, place: tuple[int, int], rest: str) -> None:
    (fault,) = refused(text)
    assert (fault.kind, fault.line, fault.column) == ("comma_splits_text", *place)
    assert f"“{rest}”" in fault.message.en and "quotes" in fault.fix.en
    assert f"“{rest}”" in fault.message.zh and "引号" in fault.fix.zh


def test_two_split_texts_are_two_faults() -> None:
    assert kinds("- {a: 1, 2}\n- {a: 3, 4, b: 5}\n- {a: 6, 7, b: 8, 9}") == [
        ("comma_splits_text", line, column) for line, column in ((1, 10), (2, 10), (3, 10), (3, 19))
    ]


def test_a_name_with_colon_and_nothing_after_it_is_empty() -> None:
    data = load_marked("{a: , b: ~, c: # later\n}", "x").data
    assert data == {"a": None, "b": None, "c": None}


def test_an_empty_file_holds_nothing() -> None:
    for text in ("", "# a comment\n", "---\n"):
        assert load_marked(text, "x").data is None


def test_every_fault_is_worded_in_both_languages() -> None:
    for texts in FAULTS.values():
        assert all(texts) and len(texts) == 4
        assert any("\u4e00" <= letter <= "\u9fff" for letter in texts[1])
        assert any("\u4e00" <= letter <= "\u9fff" for letter in texts[3])


def test_an_error_survives_a_process_border() -> None:
    error = YamlError(refused("a: *b"))
    assert pickle.loads(pickle.dumps(error)).faults == error.faults


@given(st.text(alphabet=string.printable + "：，“张\u200b\u00a0\u2028[]{}&*!|>'\"%@`#-?:, \n\t", max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        marked = load_marked(text, "x")
    except YamlError as error:
        assert all(fault.message.zh and fault.fix.en for fault in error.faults)
    else:
        assert marked.data is None or () in marked.positions
