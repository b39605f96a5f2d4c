from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.definitions.building import build_lists
from docgen.definitions.choices import not_in_list
from docgen.definitions.definition import Field, Limits
from docgen.definitions.fields import FIELD_TYPES, Fault, Options, ReadAs, parse, typed
from docgen.definitions.grammar import TYPES
from docgen.definitions.load import load_definitions
from docgen.model.case import Code, Month, Quantity
from docgen.model.problems import Words

DIRECTION = build_lists(
    {
        "direction": {
            "higher": {"en": "Higher is better", "zh": "越高越好"},
            "lower": {"en": "Lower is better", "zh": "越低越好"},
            "on_date": {"en": "By a day", "zh": "按期完成"},
        }
    }
)["direction"]


def field(type: str, **limits: Any) -> Field:
    label = Words("Field", "字段")
    choices = DIRECTION if type in ("choice", "choices") else None
    return Field("f", "case", type, "typed", "before", label, label, choices=choices, limits=Limits(**limits))


def read(type: str, raw: Any, order: str = "", **limits: Any) -> Any:
    return parse(field(type, **limits), raw, Options(order))


def fault_of(type: str, raw: Any, order: str = "", **limits: Any) -> str:
    found = read(type, raw, order, **limits)
    assert isinstance(found, Fault), found
    return found.kind


def noted(type: str, raw: Any, order: str = "") -> Any:
    found = read(type, raw, order)
    assert isinstance(found, ReadAs), found
    return found.value


def test_there_is_a_parser_for_every_type() -> None:
    assert set(FIELD_TYPES) == set(TYPES)


@pytest.mark.parametrize("type", FIELD_TYPES)
@pytest.mark.parametrize("blank", [None, "", "  \u3000\n"])
def test_blank_is_no_value(type: str, blank: str | None) -> None:
    assert read(type, blank) is None


# --- text


def test_prose_is_nfc_with_unix_line_ends_and_no_blanks_around() -> None:
    assert read("longtext", " cafe\u0301\r\nzwei\rdrei\u2028vier \n") == "caf\u00e9\nzwei\ndrei\nvier"


def test_prose_keeps_its_full_width_punctuation() -> None:
    assert read("text", "（目标）：１") == "（目标）：１"


@pytest.mark.parametrize(
    ("letter", "point"),
    [
        ("\x07", "U+0007"),
        ("\0", "U+0000"),
        ("\x0c", "U+000C"),
        ("\x7f", "U+007F"),
        ("\x9f", "U+009F"),
        ("\ud800", "U+D800"),
        ("\uffff", "U+FFFF"),
    ],
)
@pytest.mark.parametrize("type", ["text", "longtext", "id", "list"])
def test_a_character_that_no_document_holds_is_refused_by_name(type: str, letter: str, point: str) -> None:
    found = read(type, f"a{letter}b")
    assert isinstance(found, Fault)
    assert (found.kind, found.details["point"]) == ("control_character", point)
    assert letter not in found.value


def test_a_control_character_at_the_end_is_not_stripped_silently() -> None:
    assert fault_of("text", "a\x1f") == "control_character"
    assert fault_of("id", "\x1cS1") == "control_character"


@pytest.mark.parametrize("letter", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u3164", "\u200d"])
def test_an_invisible_character_stays_in_prose_with_a_note_and_is_refused_in_ids_and_names(letter: str) -> None:
    found = read("text", f"a{letter}b")
    assert found == ReadAs(f"a{letter}b", "invisible", {"point": f"U+{ord(letter):04X}"})
    assert fault_of("id", f"a{letter}b") == "invisible_in_id"
    assert fault_of("text", f"a{letter}b", plain=True) == "invisible_in_id"


def test_lengths_are_limited() -> None:
    assert fault_of("text", "x" * 501) == "too_long"
    assert fault_of("longtext", "x" * 5001) == "too_long"
    assert read("longtext", "x" * 5000) == "x" * 5000
    found = read("text", "x" * 2_000_000, max_length=300)
    assert isinstance(found, Fault)
    assert found.details == {"limit": 300, "length": 2_000_000}
    assert len(found.value) <= 60


def test_a_list_is_no_text() -> None:
    assert fault_of("text", ["a"]) == "not_a_single_value"
    assert fault_of("date", {"a": "b"}) == "not_a_single_value"


# --- ids


def test_an_id_keeps_its_leading_zeros_and_loses_its_width() -> None:
    assert read("id", " 007 ") == "007"
    assert noted("id", "Ｓ１０２４") == "S1024"


@pytest.mark.parametrize("number", ["110101199003078515", "11010119900307851X", "１１０１０１１９９００３０７８５１５"])
def test_an_identity_card_number_is_refused_and_not_repeated(number: str) -> None:
    found = read("id", number)
    assert isinstance(found, Fault)
    assert found.kind == "identity_number"
    assert "19900307" not in found.value


@pytest.mark.parametrize("name", ["employee_no", "supervisor_no", "former_employee_no"])
@pytest.mark.parametrize(
    "number",
    [
        *("110101 19900307 8515", "110101-19900307-851x", "110101\u200b199003078515", " 1101 0119 9003 0785 15 "),
        *("110101900307851", "110101 900307 851", "１１０１０１－９００３０７－８５１"),
    ],
)
def test_where_a_person_s_number_belongs_an_identity_number_is_known_however_it_is_written(
    name: str, number: str
) -> None:
    found = parse(replace(field("id", max_length=20), name=name), number)
    assert isinstance(found, Fault) and found.kind == "identity_number"
    assert len(found.value) == 6 and "9003" not in found.value and not found.details


def test_other_numbers_may_be_long() -> None:
    assert read("id", "20260101-1234567") == "20260101-1234567"
    assert parse(replace(field("id"), name="employee_no"), "S-1101019003078") == "S-1101019003078"
    assert parse(replace(field("id"), name="employee_no"), "1101-0190-0307-85") == "1101-0190-0307-85"


@pytest.mark.parametrize("text", ["1.23457E+17", " 1E+11\n", "-1.1E+05"])
def test_what_a_spreadsheet_left_of_a_long_number_is_no_id(text: str) -> None:
    assert fault_of("id", text) == "damaged_number"
    assert read("id", "1E7") == "1E7" and read("id", "E+17") == "E+17"


@pytest.mark.parametrize("text", ["S 1", "a/b", "a\\b", "a;b", "a\nb"])
def test_an_id_is_one_word(text: str) -> None:
    assert fault_of("id", text) == "wrong_pattern"


def test_an_id_keeps_to_its_pattern() -> None:
    assert read("id", "S-1", pattern="[A-Z0-9-]+") == "S-1"
    assert fault_of("id", "s-1", pattern="[A-Z0-9-]+") == "wrong_pattern"


# --- numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("90", "90"),
        ("1,234.5", "1234.5"),
        ("１２．５", "12.5"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("+4", "4"),
        ("007", "7"),
        ("0.1", "0.1"),
        ("1,234,567", "1234567"),
        (" 5 ", "5"),
    ],
)
def test_decimals(text: str, number: str) -> None:
    assert read("decimal", text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["abc", "1e5", "1,5", "12,34", "1.2.3", "10²", "①", "½", "NaN", "Infinity", "1 2", "0x1", "٣"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert fault_of("decimal", text) == "not_a_number"


def test_whole_numbers() -> None:
    assert read("integer", "12.0") == 12
    assert fault_of("integer", "1.5") == "not_an_integer"
    assert fault_of("integer", "x") == "not_a_number"


@pytest.mark.parametrize(
    ("text", "number"), [("30%", "30"), ("30 %", "30"), ("３０％", "30"), ("30", "30"), ("0.3", "0.3")]
)
def test_percent_is_counted_in_percent(text: str, number: str) -> None:
    assert read("percent", text) == Decimal(number)


def test_numbers_keep_to_their_limits() -> None:
    found = read("integer", "21", minimum=Decimal(1), maximum=Decimal(20))
    assert found == Fault("out_of_range", "21", {"limit": "1–20"})
    assert read("integer", "20", maximum=Decimal(20)) == 20


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("350000 元", "350000", "元"),
        ("35万元", "35", "万元"),
        ("1,234.5", "1234.5", ""),
        ("30 %", "30", "%"),
        ("６日", "6", "日"),
        ("3 months", "3", "months"),
        ("-2 °C", "-2", "°C"),
        ("5 件/月", "5", "件/月"),
    ],
)
def test_quantities_keep_their_unit_as_typed(text: str, number: str, unit: str) -> None:
    assert read("quantity", text) == Quantity(Decimal(number), unit)


@pytest.mark.parametrize(
    "text",
    [
        "能独立解答客户常见产品问题",
        "about 5",
        "3 of the 5 reports were late",
        "2026-03-05",
        "2-3 次",
        "9:30",
        "5，其中2个",
    ],
)
def test_words_stay_words_where_a_quantity_may_stand(text: str) -> None:
    assert read("quantity", text) == text


# --- dates


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "２０２６／３／５",
        "２０２６年３月５日",
        "二〇二六年三月五日",
        "二零二六年三月五日",
        "2026年3月5号",
        "2026-03-05 00:00:00",
        "2026-03-05T00:00:00",
        "5 March 2026",
        "5 Mar 2026",
        "March 5, 2026",
        "5th March 2026",
        "2026–03–05",
    ],
)
def test_dates_as_people_write_them(text: str) -> None:
    assert read("date", text) == date(2026, 3, 5)


@pytest.mark.parametrize(("text", "day"), [("三十一", 31), ("二十", 20), ("十", 10), ("十二", 12)])
def test_days_in_chinese_numerals(text: str, day: int) -> None:
    assert read("date", f"二〇二六年十二月{text}日") == date(2026, 12, day)


@pytest.mark.parametrize("text", ["2026-03-05 09:30", "2026/3/5 9:30:00", "2026年3月5日 14:30", "2026-03-05T14:30Z"])
def test_the_time_behind_a_day_does_not_count_and_is_noted(text: str) -> None:
    assert noted("date", text) == date(2026, 3, 5)
    assert fault_of("date", "3/5/2026 9:30") == "ambiguous_date"


def test_the_day_before_a_time_does_not_count_and_is_noted() -> None:
    assert noted("time", "2026-03-05 14:30") == time(14, 30)
    assert fault_of("time", "2026-03-05 soon") == "not_a_time"


@pytest.mark.parametrize("text", ["2026-04-01", "2026/4/30", "2026年4月1日"])
def test_a_day_stands_for_its_month_with_a_note(text: str) -> None:
    assert noted("month", text) == Month(2026, 4)
    assert fault_of("month", "2026-02-30") == "no_such_day"


def test_a_serial_number_or_compact_date_is_taken_with_a_note() -> None:
    assert read("date", "46086") == ReadAs(date(2026, 3, 5), "read_as", {"read": "2026-03-05"})
    assert noted("date", "20260305") == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["3/5/2026", "05/06/26", "3.5.2026", "26-03-05"])
def test_a_date_with_two_readings_is_refused(text: str) -> None:
    assert fault_of("date", text) == "ambiguous_date"


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("3/5/2026", "dmy", date(2026, 5, 3)),
        ("3/5/2026", "mdy", date(2026, 3, 5)),
        ("05/06/26", "dmy", date(2026, 6, 5)),
        ("26-03-05", "ymd", date(2026, 3, 5)),
    ],
)
def test_the_order_of_the_office_decides(text: str, order: str, day: date) -> None:
    assert noted("date", text, order) == day


def test_a_date_with_one_possible_reading_is_taken_with_a_note() -> None:
    assert noted("date", "25/12/2026") == date(2026, 12, 25)
    assert noted("date", "12/25/2026") == date(2026, 12, 25)
    assert noted("date", "5/5/2026") == date(2026, 5, 5)


def test_the_order_of_the_office_is_not_stretched() -> None:
    assert fault_of("date", "25/12/2026", "mdy") == "no_such_day"
    assert fault_of("date", "3/5/2026", "ymd") == "ambiguous_date"


@pytest.mark.parametrize("text", ["2026-02-30", "2026年13月1日", "31/31/2026", "二〇二六年二月三十日", "30 Feb 2026"])
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    assert fault_of("date", text) == "no_such_day"


@pytest.mark.parametrize(
    "text", ["6日", "6", "3月5日", "soon", "2026-03", "2026-3/5", "5 Foo 2026", "2026-03-05 29:30", "0", "12:30", "1e5"]
)
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert fault_of("date", text) == "not_a_date"


def test_years_of_other_centuries_are_refused() -> None:
    assert fault_of("date", "0026-03-05") == "out_of_range"
    assert fault_of("date", "1026年3月5日") == "out_of_range"


@pytest.mark.parametrize(
    "text",
    ["2026-04", "2026/4", "2026.4", "2026年4月", "２０２６年４月", "二〇二六年四月", "April 2026", "4/2026", "202604"],
)
def test_months(text: str) -> None:
    assert read("month", text) == Month(2026, 4)


@pytest.mark.parametrize("text", ["2026-13", "April", "4", "2026", "2026-04-01 soon"])
def test_what_names_no_month_is_refused(text: str) -> None:
    assert fault_of("month", text) == "not_a_month"


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:30", time(9, 30)),
        ("02:00:00 PM", time(14, 0)),
        ("09：30", time(9, 30)),
        ("上午9点", time(9)),
        ("下午2点半", time(14, 30)),
        ("9:30:00", time(9, 30)),
        ("2:15 pm", time(14, 15)),
        ("12 am", time(0)),
        ("14时05分", time(14, 5)),
        ("中午12点", time(12)),
        ("中午1点", time(13)),
        ("中午11点半", time(11, 30)),
        ("下午12点10分", time(12, 10)),
        ("下午14:30", time(14, 30)),
        ("晚上7点", time(19)),
        ("晚上20:15", time(20, 15)),
        ("晚上12点", time(0)),
        ("晚上0点", time(0)),
        ("14:30:59", time(14, 30)),
    ],
)
def test_times(text: str, clock: time) -> None:
    assert read("time", text) == clock


@pytest.mark.parametrize(
    "text", ["25:00", "9:75", "9", "13 pm", "noon", "0.5", "14:30:99", "中午9点", "晚上2点", "上午15点"]
)
def test_what_names_no_time_is_refused(text: str) -> None:
    assert fault_of("time", text) == "not_a_time"


# --- choices


@pytest.mark.parametrize(
    "text", ["on_date", "On date", "ON-DATE", "By a day", " by A  DAY", "按期完成", "按期 完成", "ｏｎ＿ｄａｔｅ"]
)
def test_a_choice_by_code_or_label_of_either_language(text: str) -> None:
    found = read("choice", text)
    assert found == "on_date"
    assert isinstance(found, Code)
    assert found.list == "direction"


def test_an_unknown_choice_names_the_nearest_and_all_that_are_known() -> None:
    found = read("choice", "heigher")
    assert isinstance(found, Fault)
    assert (found.kind, found.details["nearest"]) == ("not_in_list", Words("higher", "越高越好"))
    assert found.details["known"] == Words("higher, lower, on_date", "越高越好、越低越好、按期完成")
    assert read("choice", "whim").details["nearest"] == ""


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("measure_status", typed) for typed in ("不完成", "无完成")),
        *(("progress", typed) for typed in ("无进步", "没有进步", "not improved", "unimproved")),
        *(("final_result", typed) for typed in ("不达成", "不达标", "unmet")),
    ],
)
def test_the_opposite_is_never_suggested(name: str, typed: str) -> None:
    found = not_in_list(typed, load_definitions().lists[name])
    assert (found.details["nearest"], found.details["nearest_label"]) == ("", "")


@pytest.mark.parametrize(("typed", "code"), [("not don", "not_done"), ("未作完成", "not_done"), ("已完城", "done")])
def test_a_negation_that_both_have_is_no_opposite(typed: str, code: str) -> None:
    near = not_in_list(typed, load_definitions().lists["measure_status"]).details["nearest"]
    assert isinstance(near, Words) and near.en == code


@pytest.mark.parametrize(
    "raw",
    [["higher", "按期完成"], "higher、On date", "higher，on_date", "higher, on_date", ["higher", None, "on date"]],
)
def test_choices_from_a_list_or_a_text(raw: Any) -> None:
    assert read("choices", raw) == ["higher", "on_date"]


def test_a_choice_given_twice_counts_once() -> None:
    assert read("choices", "higher, Higher is better") == ["higher"]


def test_the_fault_of_an_item_tells_which() -> None:
    found = read("choices", ["higher", "x"])
    assert isinstance(found, Fault)
    assert found.within == (1,)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[(text, True) for text in ("yes", "TRUE", "y", "是", "√", "☑", "Ｙ")],
        *[(text, False) for text in ("no", "False", "n", "否", "×", "☐", "N")],
    ],
)
def test_yes_and_no(text: str, value: bool) -> None:
    assert read("yes_no", text) is value


def test_neither_yes_nor_no() -> None:
    assert fault_of("yes_no", "maybe") == "not_yes_or_no"
    assert fault_of("yes_no", ["yes"]) == "not_yes_or_no"


@pytest.mark.parametrize("text", ["x", "X", "ｘ"])
def test_an_x_is_neither_yes_nor_no(text: str) -> None:
    """It ticks a box, and crosses an answer out."""
    assert fault_of("yes_no", text) == "not_yes_or_no"


# --- lists


@pytest.mark.parametrize(
    "raw", [["基本技能", "协作"], "基本技能；协作", "基本技能\n\n协作\n", "基本技能; 协作", ["基本技能", "", "协作"]]
)
def test_a_list_or_a_text_of_items(raw: Any) -> None:
    assert read("list", raw) == ["基本技能", "协作"]


@pytest.mark.parametrize(
    ("raw", "items"),
    [
        ("• a; b", ["a; b"]),
        ("• a；b\n\n •\tc", ["a；b", "c"]),
        ("• • a", ["• a"]),
        ("• a\nb; c", ["• a", "b; c"]),
        ("a; • b", ["a", "• b"]),
        ("•a; b", ["•a", "b"]),
        (["• a", "b; c"], ["• a", "b; c"]),
    ],
)
def test_where_every_line_has_a_bullet_each_is_an_item(raw: Any, items: list[str]) -> None:
    assert read("list", raw) == items


def test_lists_keep_to_their_limits() -> None:
    assert fault_of("list", ["a"] * 11, max_items=10) == "too_many"
    found = read("list", ["a", "x" * 301], max_length=300)
    assert isinstance(found, Fault)
    assert (found.kind, found.within) == ("too_long", (1,))
    assert fault_of("list", {"a": "b"}) == "not_a_list"
    assert fault_of("list", [{"a": "b"}]) == "not_a_single_value"


def test_the_note_of_an_item_is_the_note_of_the_list() -> None:
    assert read("list", ["a", "b\u200b"]) == ReadAs(["a", "b\u200b"], "invisible", {"point": "U+200B"})


# --- what expressions and other readers give


def test_values_of_expressions_take_the_type_of_their_field() -> None:
    code = typed(field("choice"), "higher")
    assert (code, type(code)) == ("higher", Code)
    assert typed(field("decimal"), 1) == Decimal(1)
    assert typed(field("integer"), Decimal("2")) == 2
    assert typed(field("yes_no"), True) is True
    assert typed(field("date"), date(2026, 1, 1)) == date(2026, 1, 1)
    assert typed(field("quantity"), Quantity(Decimal(1), "元")) == Quantity(Decimal(1), "元")
    assert typed(field("text"), None) is None


@pytest.mark.parametrize(
    ("type", "raw", "value"),
    [
        ("decimal", 1.5, Decimal("1.5")),
        ("id", 1024, "1024"),
        ("date", date(2026, 3, 5), date(2026, 3, 5)),
        ("yes_no", True, True),
        ("month", Month(2026, 4), Month(2026, 4)),
        ("time", time(9, 30), time(9, 30)),
    ],
)
def test_values_that_are_no_text_are_read_too(type: str, raw: Any, value: Any) -> None:
    assert read(type, raw) == value


ANYTHING = st.text(max_size=40) | st.lists(st.none() | st.text(max_size=10), max_size=3)
WRITTEN = st.text(alphabet="0123456789-/.,年月日:： %+上下午点半一二三〇十元万NO是否yes", max_size=20)


@pytest.mark.parametrize("type", sorted(FIELD_TYPES.keys() - {"table"}))
@given(raw=ANYTHING | WRITTEN)
def test_no_text_stops_a_parser(type: str, raw: Any) -> None:
    for order in ("", "dmy"):
        read(type, raw, order)


@pytest.mark.parametrize("kind", ["decimal", "quantity", "integer"])
@pytest.mark.parametrize("text", ["1000000000000000", "-999999999999999999999999999999"])
def test_a_figure_too_long_for_an_amount_is_refused(kind: str, text: str) -> None:
    assert fault_of(kind, text) == "out_of_range"


def test_lines_are_items_and_a_text_of_one_line_is_parted_at_semicolons() -> None:
    strengths = load_definitions().sheets["case"].fields["strengths"]
    assert parse(strengths, "one; two；three") == ["one", "two", "three"]
    assert parse(strengths, "one; two\nthree") == ["one; two", "three"]
    assert parse(strengths, "one; two\n") == ["one; two"]


def test_none_is_no_choice_beside_others() -> None:
    field = load_definitions().settings["pictures"]
    assert getattr(parse(field, "fishbone, none"), "kind", "") == "none_among_others"
    assert getattr(parse(field, "none"), "kind", "") == ""
