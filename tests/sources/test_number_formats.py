from __future__ import annotations

from typing import Any

import pytest

from docgen.definitions.results import Fault
from docgen.sources.grid import Figure, Stamp
from docgen.sources.number_formats import show_of


def shown(stored: str, code: str = "General", epoch_1904: bool = False) -> Any:
    return show_of(code, epoch_1904)(stored)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        *(("7", "7"), ("007", "7"), ("0", "0"), ("-0", "0"), ("-0.0", "0"), ("219000", "219000")),
        *(("0.30000000000000004", "0.3"), ("1.1000000000000001", "1.1"), ("2.675", "2.675"), ("-12.5", "-12.5")),
        *(("1E+5", "100000"), ("1.5E-5", "0.000015"), ("999999999999999", "999999999999999")),
        *(("123456789.123456789", "123456789.123457"), ("5.5511151231257827E-17", "0"), ("35.000000000000007", "35")),
    ],
)
def test_a_number_has_15_digits_and_no_exponent(stored: str, expected: str) -> None:
    found = shown(stored)
    assert (found, type(found)) == (expected, Figure)


@pytest.mark.parametrize("stored", ["110101199003078888", "1.1010119900307899E+17", "-1234567890123456", "1e15"])
def test_a_whole_number_of_more_digits_is_damaged(stored: str) -> None:
    for code in ("General", "0", "0%", '0"元"', "000000000000000000"):
        found = shown(stored, code)
        assert isinstance(found, Fault) and found.kind == "damaged_number" and found.details["limit"] == 15


def test_a_damaged_number_is_not_repeated_in_full() -> None:
    assert shown("110101199003078888").value == "1.101E+17"


@pytest.mark.parametrize("stored", ["", "x", "1_000", "nan", "inf", "1e999", "0x10", "１２", "--1", "1,5"])
def test_what_is_no_number_is_told(stored: str) -> None:
    for code in ("General", "yyyy-mm-dd", "[h]:mm", "000", "0%"):
        with pytest.raises(ValueError):
            shown(stored, code)


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        *(("0.3", "0%", "30%"), ("0.66", "0.00%", "66%"), ("0.285", "0.0%", "28.5%"), ("0.285", "0%", "28.5%")),
        *(("0.30000000000000004", "0%", "30%"), ("1", "0%", "100%"), ("12", "0%;[Red]-0%", "1200%")),
        *(("-0.05", "0%", "-5%"), ("0", "0%", "0%"), ("1E-3", "0.0%", "0.1%"), ("30", '0"%"', "30%")),
    ],
)
def test_a_share_is_shown_in_percent_and_never_rounded(stored: str, code: str, expected: str) -> None:
    assert shown(stored, code) == expected


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        *(("7", "000", "007"), ("7", "000;-000", "007"), ("1234", "000", "1234"), ("7.5", "000", "7.5")),
        *(("7", '"S"0000', "S0007"), ("7", "0", "7"), ("-7", "000", "-7"), ("7", "[Red]000", "007")),
        *(("7", "0.00", "7"), ("7", "#,##0", "7"), ("7", "000-0000", "7")),
        *(("7", '"P-"0000', "P-0007"), ("7", '"P"0', "P7"), ("7", "\\P0000", "P0007"), ("-7", '"P"0', "-P7")),
        *(("3", '"第"0"名"', "第3名"), ("3", '"No. "General', "No. 3"), ("7", '"¥"000', "007"), ("7", '"RMB "0', "7")),
    ],
)
def test_a_format_of_zeros_keeps_the_zeros_of_a_number(stored: str, code: str, expected: str) -> None:
    assert shown(stored, code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *(
            ('#,##0"元"', "350000 元"),
            ("#,##0元", "350000 元"),
            ('0.00" 元/月"', "350000 元/月"),
            ("0\\元", "350000 元"),
        ),
        *(('General"元"', "350000 元"), ('G/通用格式"件"', "350000 件"), ('[Red]#,##0"元";-#,##0"元"', "350000 元")),
        *(("#,##0 [$€-407]", "350000 €"), ('"US$"0"元"', "350000 元"), ('0,"千元"', "350000"), ('0.0,,"M"', "350000")),
        *(('0!.0,"万元"', "350000"), ('0"."0000"万"', "350000"), ("0.00E+00", "350000"), ("# ?/?", "350000")),
        *(
            ('"¥"#,##0.00', "350000"),
            ("#,##0.00_);(#,##0.00)", "350000"),
            ("_ * #,##0.00_ ", "350000"),
            ("@", "350000"),
        ),
        *(("", "350000"), ('"闭合', "350000"), ("[", "350000"), (";;;", "350000"), ("#,##0.00_-", "350000")),
    ],
)
def test_a_unit_of_the_format_stands_after_the_number(code: str, expected: str) -> None:
    found = shown("350000", code)
    assert (found, type(found)) == (expected, Figure)


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        *(("3", '[<5]0"天";0"周"', "3 天"), ("10", '[<5]0"天";0"周"', "10 周"), ("5", '[>1000]0"件";0"箱"', "5 箱")),
        *(("1001", '[Red][>1000]0"件";0"箱"', "1001 件"), ("7", '[>9]0"a";[>5]0"b";0"c"', "7 b")),
        *(("1", '[>9]0"a";[>5]0"b";0"c"', "1 c"), ("1", '[>9]0"a";0"b";0"c"', "1"), ("9", '[<5]0"天"', "9")),
        *(("-3", '0"分";-0"度";"零"', "-3 度"), ("0", '0"分";-0"分";"零"', "0"), ("3", '0"分";-0"度"', "3 分")),
        *(("0", '0"分";-0"度"', "0 分"), ("-3", '0"分"', "-3 分"), ("0", '#,##0_ ;-#,##0_ ;"-"??_ ;@', "0")),
        *(("-12", "#,##0_);[Red](#,##0)", "-12"), ("-12", '#,##0"元"_);(#,##0"元")', "-12 元")),
        *(("-5", '"增加"0"件";"减少"0"件"', "减少5件"), ("5", '"增加"0"件";"减少"0"件"', "增加5件")),
        *(("3", '0"元";0"元";0"元";@', "3 元"), ("46086", "yyyy-mm-dd;@", "2026-03-05"), ("-0.05", "0%;-0%", "-5%")),
        *(("3", '0"件(套)"', "3 件(套)"), ("-3", "0;;", "-3")),
    ],
)
def test_the_section_is_that_for_the_number(stored: str, code: str, expected: str) -> None:
    assert shown(stored, code) == expected


def test_a_number_that_is_none_is_told_whatever_the_sections() -> None:
    for code in ("0;-0", "[>5]0;0"):
        with pytest.raises(ValueError):
            shown("x", code)


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        *(("46086", "yyyy-mm-dd", "2026-03-05"), ("46086", 'yyyy"年"m"月"d"日"', "2026-03-05")),
        *(
            ("46086", "[$-804]yyyy年m月d日;@", "2026-03-05"),
            ("46086", "m/d", "2026-03-05"),
            ("46086", "d-mmm", "2026-03-05"),
        ),
        *(("46086", "yyyy-mm", "2026-03-05"), ("46082", "yyyy-mm", "2026-03"), ("46082", 'yyyy"年"m"月"', "2026-03")),
        *(("46082", "yyyy-mm-dd", "2026-03-01"), ("46086.604166666664", "yyyy-mm-dd hh:mm", "2026-03-05 14:30")),
        *(("46086.604166666664", "h:mm AM/PM", "2026-03-05 14:30"), ("0.604166666666667", "h:mm", "14:30")),
        *(("0.604166666666667", '上午/下午h"时"mm"分"', "14:30"), ("0.6042824074", "h:mm:ss", "14:30:10")),
        *(
            ("46085.999999999", "yyyy-mm-dd", "2026-03-05"),
            ("0", "yyyy-mm-dd", "00:00"),
            ("1", "yyyy-mm-dd", "1900-01-01"),
        ),
        *(
            ("59", "yyyy-mm-dd", "1900-02-28"),
            ("61", "yyyy-mm-dd", "1900-03-01"),
            ("2958465", "yyyy-mm-dd", "9999-12-31"),
        ),
        *(("1.25", "[h]:mm", "30:00"), ("0.0625", "[hh]:mm:ss", "01:30"), ("0.5", "[m]", "12:00")),
    ],
)
def test_a_date_is_a_stamp(stored: str, code: str, expected: str) -> None:
    found = shown(stored, code)
    assert (found, type(found)) == (expected, Stamp)


def test_days_may_be_counted_from_1904() -> None:
    assert shown("44624", "yyyy-mm-dd", epoch_1904=True) == "2026-03-05"
    assert shown("0", "yyyy-mm-dd", epoch_1904=True) == "1904-01-01"
    assert shown("0.5", "h:mm", epoch_1904=True) == "12:00"


@pytest.mark.parametrize("stored", ["-1", "2958466", "99999999", "1e14", "-0.5"])
def test_a_number_that_is_no_day_is_a_fault(stored: str) -> None:
    assert shown(stored, "yyyy-mm-dd").kind == "number_for_day"
    assert shown(stored, "yyyy-mm-dd", epoch_1904=True).kind == "number_for_day"
