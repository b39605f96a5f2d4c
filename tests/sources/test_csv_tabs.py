from __future__ import annotations

import pytest

from docgen.sources.csv_tabs import LONGEST_CELL, read_table
from docgen.sources.guard import Refusal
from docgen.sources.sheet import Room

TABLE = "employee_no,employee_name\nS1,王某\n"
ROWS = {1: ["employee_no", "employee_name"], 2: ["S1", "王某"]}


def rows(content: str | bytes) -> object:
    return read_table(content.encode() if isinstance(content, str) else content, "people", Room()).rows


def refusal(content: str | bytes) -> tuple[str, str]:
    with pytest.raises(Refusal) as found:
        rows(content)
    return found.value.kind, found.value.cell


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_the_encodings_that_spreadsheets_write_are_read(encoding: str) -> None:
    assert rows(TABLE.encode(encoding)) == ROWS


def test_utf_16_of_either_order_is_told_by_its_mark() -> None:
    assert rows(b"\xfe\xff" + TABLE.encode("utf-16-be")) == ROWS


def test_bytes_of_no_encoding_are_refused() -> None:
    assert refusal(b"employee_no\n\xff\xff\xff\n") == ("unknown_encoding", "")
    assert refusal(b"\xff\xfe" + b"\x00\xd8" * 3) == ("unknown_encoding", "")


@pytest.mark.parametrize("content", [b"a\0b", "a,b\n".encode("utf-16-le"), b"\xff\xfea\0\0\0"])
def test_what_holds_nul_is_no_text(content: bytes) -> None:
    assert refusal(content) == ("not_text", "")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    assert rows(TABLE.replace(",", delimiter)) == ROWS


def test_the_delimiter_is_that_of_most_rows_and_not_the_commonest_sign() -> None:
    assert rows("a;b\n1,2,3,4;x\n5,6;y\n") == {1: ["a", "b"], 2: ["1,2,3,4", "x"], 3: ["5,6", "y"]}
    assert rows('a,b\n"1;2;3",x\n') == {1: ["a", "b"], 2: ["1;2;3", "x"]}
    assert rows("targets\n销售, 客户, 培训; 其他\n") == {1: ["targets"], 2: ["销售", " 客户", " 培训; 其他"]}


@pytest.mark.parametrize("title", ["Team", "Team A, 2026", "Spring, 2026, north, south"])
def test_a_title_above_the_table_tells_nothing_of_the_delimiter(title: str) -> None:
    table = {2: ["no", "weight"], 3: ["S1", "0,3"], 4: ["S2", "0,4"]}
    found = rows(f"{title}\nno;weight\nS1;0,3\nS2;0,4\n")
    assert found == {1: [title], **table}


def test_a_comma_in_every_number_is_no_delimiter() -> None:
    assert rows("Team A, 2026\nno;weight\nS1;0,3\n") == {1: ["Team A, 2026"], 2: ["no", "weight"], 3: ["S1", "0,3"]}


def test_a_blank_before_a_quotation_mark_splits_no_cell() -> None:
    assert rows('no, name\nS1, "a, b"\n  "S2",   c\n') == {1: ["no", "name"], 2: ["S1", "a, b"], 3: ["S2", "c"]}
    assert refusal('no,name\nS1, "a" b\n') == ("open_quote", "people!A2")


def test_a_table_of_one_column_has_no_delimiter() -> None:
    assert rows("name\n王某\n") == {1: ["name"], 2: ["王某"]}


def test_a_first_line_may_name_the_delimiter_and_is_no_lost_row_number() -> None:
    assert rows("sep=;\r\na;b\r\n1,5;2\r\n") == {2: ["a", "b"], 3: ["1,5", "2"]}


def test_a_row_is_a_record_whatever_line_breaks_it_holds() -> None:
    assert rows('a,b\r\n"x\ny\r\nz",1\r\n\r\n2,3\r\n') == {1: ["a", "b"], 2: ["x\ny\r\nz", "1"], 4: ["2", "3"]}
    assert rows("a,b\rc,d\r") == {1: ["a", "b"], 2: ["c", "d"]}


def test_blank_rows_and_cells_shift_nothing() -> None:
    assert rows("\n,,\n , a,\u3000,\n\n,,b") == {3: [None, " a"], 5: [None, None, "b"]}


def test_numbers_stay_as_typed() -> None:
    assert rows("007,1e5,3/5/2026,30%\n") == {1: ["007", "1e5", "3/5/2026", "30%"]}


def test_an_apostrophe_before_the_sign_of_a_formula_is_taken_off() -> None:
    assert rows("'=1+1,'+86 21,'-5,'@x,'quoted',',''\n") == {1: ["=1+1", "+86 21", "-5", "@x", "'quoted'", "'", "''"]}


def test_quotation_marks_are_halved_or_kept() -> None:
    assert rows('"a ""b""",5" pipe\n') == {1: ['a "b"', '5" pipe']}


@pytest.mark.parametrize("content", ['a,b\n1,"open\n2,3\n', 'a,b\n1,"x"y\n', 'a,b\n1,"\n'])
def test_a_lone_quotation_mark_is_told_with_its_row(content: str) -> None:
    assert refusal(content) == ("open_quote", "people!A2")


def test_a_cell_without_end_is_told_with_its_row() -> None:
    assert refusal("a,b\n" + "x" * (LONGEST_CELL + 1) + "\n") == ("long_row", "people!A2")
    assert refusal("a,b\n" + "x" * 1_000_000) == ("long_row", "people!A2")
    assert refusal("a,b\n" + "x," * 500_000)[0] == "cell_outside"


def test_a_table_that_is_too_wide_or_long_is_refused_with_its_cell() -> None:
    assert refusal("," * 200 + "x") == ("cell_outside", "people!GS1")
    assert refusal("\n" * 200_000 + "x") == ("cell_outside", "people!A200001")
    assert rows("," * 300 + "\nx") == {2: ["x"]}
