"""``docgen new --roster``: a workbook for each supervisor or department, and what the ledger says of it."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from docgen.definitions.load import load_definitions
from docgen.sources.cases import Reading, read_cases
from tests.cli.conftest import Docgen
from tests.office.roster_help import COMPLETE, HEADS, TEAM, fill, roster

LETTER = ("--forms", "letter")
"""A workbook with fewer columns is made in half the time."""


def ledger(folder: Path = Path("out")) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "ledger.jsonl").read_text("utf-8").splitlines()]


def read(path: Path) -> Reading:
    return read_cases([path], load_definitions())


def names(folder: str = "send") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def test_each_supervisor_gets_a_workbook_with_their_people_filled_in(docgen: Docgen) -> None:
    result = docgen("new", "--roster", roster(Path("people.xlsx")), "-o", "send")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == ["send/李某-S0310.xlsx: 2 people", "send/苗某-C0108.xlsx: 1 person"]
    assert "2 workbooks for 3 people; 2 new in out/ledger.jsonl" in result.stderr
    assert [one.data["case"] for one in read(Path("send/李某-S0310.xlsx")).waiting] == [
        {
            "employee_no": number,
            "employee_name": name,
            "department": "销售部",
            "position": position,
            "supervisor_name": "李某",
            "supervisor_no": "S0310",
        }
        for number, name, position in (("S1", "王某", "销售代表"), ("S2", "赵某", "销售内勤"))
    ]


def test_each_department_gets_a_workbook(docgen: Docgen) -> None:
    people = (*TEAM, ("S3", "孙某", "销售部", "代表", "周某", "S0400", ""))
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people), "--by", "department", "-o", "send", *LETTER)
    assert result.exit_code == 0 and names() == ["客户服务部.xlsx", "销售部.xlsx"]
    of_sales = next(one for one in ledger() if one["department"] == "销售部")
    assert of_sales["people"] == ["S1", "S2", "S3"] and of_sales["supervisor_name"] == ""


def test_the_ledger_says_what_was_sent_to_whom(docgen: Docgen) -> None:
    docgen("new", "--roster", roster(Path("people.xlsx")), "-o", "send", "--forms", "letter")
    first, second = ledger()
    assert first["event"] == "sent" and first["file"] == "李某-S0310.xlsx" and first["folder"] == "../send"
    assert first["people"] == ["S1", "S2"] and first["forms"] == ["letter"] and first["supervisor_no"] == "S0310"
    assert read(Path("send/李某-S0310.xlsx")).sources["send/李某-S0310.xlsx"].sent == first["id"] != second["id"]


def test_the_ledger_lies_in_the_folder_that_the_settings_name(docgen: Docgen) -> None:
    Path("hr").mkdir()
    Path("hr/docgen.yaml").write_text("out: store\n", "utf-8")
    docgen("new", "--roster", roster(Path("hr/people.xlsx")), "-o", "hr/send")
    assert [one["folder"] for one in ledger(Path("hr/store"))] == ["../send", "../send"]


def test_running_again_changes_nothing_and_records_nothing(docgen: Docgen) -> None:
    docgen("new", "--roster", roster(Path("people.xlsx")), "-o", "send", *LETTER)
    before = {name: Path("send", name).read_bytes() for name in names()}
    lines = Path("out/ledger.jsonl").read_bytes()
    result = docgen("new", "--roster", "people.xlsx", "-o", "send", *LETTER)
    assert result.exit_code == 0 and result.stdout.count("(unchanged)") == 2
    assert {name: Path("send", name).read_bytes() for name in names()} == before
    assert Path("out/ledger.jsonl").read_bytes() == lines


def test_a_workbook_that_was_filled_in_is_never_written_over(docgen: Docgen) -> None:
    docgen("new", "--roster", roster(Path("people.xlsx")), "-o", "send", *LETTER)
    filled = fill(Path("send/李某-S0310.xlsx"), "王某", COMPLETE).read_bytes()
    Path("send/苗某-C0108.xlsx").unlink()
    result = docgen("new", "--roster", "people.xlsx", "-o", "send", *LETTER)
    assert result.exit_code == 2 and "send/李某-S0310.xlsx: already there" in result.stderr
    assert Path("send/李某-S0310.xlsx").read_bytes() == filled and names() == ["李某-S0310.xlsx"]


def test_what_was_written_but_not_recorded_is_recorded_by_the_next_run(docgen: Docgen) -> None:
    docgen("new", "--roster", roster(Path("people.xlsx")), "-o", "send", *LETTER)
    for name in ("ledger.jsonl", "register.sqlite"):
        Path("out", name).unlink()
    result = docgen("new", "--roster", "people.xlsx", "-o", "send", *LETTER)
    assert "2 new in" in result.stderr and len(ledger()) == 2


def test_nothing_is_sent_while_the_ledger_lacks_what_the_register_knows(docgen: Docgen) -> None:
    docgen("new", "--roster", roster(Path("people.xlsx")), "-o", "send", *LETTER)
    Path("out/ledger.jsonl").unlink()
    result = docgen("new", "--roster", "people.xlsx", "-o", "more")
    assert result.exit_code == 5 and "docgen recover" in result.stderr and not Path("more").exists()
    assert docgen("recover", "--why", "no backup").exit_code == 0
    assert len(ledger()) == 3 and docgen("new", "--roster", "people.xlsx", "-o", "send", *LETTER).exit_code == 0


def test_nothing_is_written_that_the_ledger_could_not_record(docgen: Docgen) -> None:
    Path("out/ledger.jsonl").mkdir(parents=True)
    result = docgen("new", "--roster", roster(Path("people.xlsx")), "-o", "send", *LETTER)
    assert result.exit_code == 4 and "stands where the ledger is to be" in result.stderr
    assert not Path("send").exists()


def test_cases_that_have_begun_go_along_with_all_they_hold(docgen: Docgen) -> None:
    docgen("new", "--roster", roster(Path("people.xlsx")), "-o", "send", *LETTER)
    fill(Path("send/李某-S0310.xlsx"), "王某", COMPLETE, Path("begun.xlsx"))
    result = docgen("new", "--roster", "people.xlsx", "--roster", "begun.xlsx", "-o", "again")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == ["again/李某-S0310.xlsx: 2 people", "again/苗某-C0108.xlsx: 1 person"]
    (begun,) = read(Path("again/李某-S0310.xlsx")).records
    assert begun.data["targets"][0]["name"] == "订单录入差错率"


def test_an_english_list_with_other_headings(docgen: Docgen) -> None:
    heads = ("Staff No", "Full Name", "Dept", "Job Title", "Line Manager", "Manager ID", "Bus")
    people = [
        ("E1", "A. Wang", "Sales", "Rep", "M. Li", "E9", "x"),
        ("E2", "B. Zhao", "Sales", "Rep", "M. Li", "E9", ""),
    ]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, heads), "-o", "send", *LETTER)
    assert result.exit_code == 0 and names() == ["M. Li-E9.xlsx"]


def test_a_supervisor_known_by_number_alone_is_looked_up_among_the_people(docgen: Docgen) -> None:
    people = [
        ("S1", "王某", "销售部", "代表", "S0310", ""),
        ("S2", "赵某", "销售部", "代表", "", "s0310"),
        ("S0310", "李某", "销售部", "主管", "Z9", ""),
    ]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, HEADS[:6]), "-o", "send", *LETTER)
    assert result.exit_code == 0, result.stderr
    assert names() == ["Z9.xlsx", "李某-S0310.xlsx"]
    assert {one.data["case"]["supervisor_name"] for one in read(Path("send/李某-S0310.xlsx")).waiting} == {"李某"}


def test_two_supervisors_of_one_name_are_told_apart_by_their_numbers(docgen: Docgen) -> None:
    people = [("S1", "王某", "销售部", "代表", "李某", "S0310"), ("C1", "钱某", "客服部", "专员", "李某", "C0310")]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, HEADS[:6]), "-o", "send", *LETTER)
    assert result.exit_code == 0 and names() == ["李某-C0310.xlsx", "李某-S0310.xlsx"]


def test_one_name_in_two_departments_without_numbers_is_refused(docgen: Docgen) -> None:
    people = [("S1", "王某", "销售部", "代表", "李某"), ("C1", "钱某", "客服部", "专员", "李某")]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, HEADS[:5]), "-o", "send", *LETTER)
    assert result.exit_code == 1 and not Path("send").exists() and not Path("out").exists()
    assert "“李某” has no number, and people in 销售部, 客服部" in result.stderr
    assert "Type the supervisor's number" in result.stderr and "--by department" in result.stderr
    by_department = docgen("new", "--roster", "people.xlsx", "--by", "department", "-o", "send", *LETTER)
    assert by_department.exit_code == 0 and names() == ["客服部.xlsx", "销售部.xlsx"]


@pytest.mark.parametrize(
    "heading", ["Boss staff no.", "Line manager ID", "Team Lead number", "直属上级工号", "汇报对象编号"]
)
def test_the_number_of_the_supervisor_goes_by_many_names(heading: str, docgen: Docgen) -> None:
    people = [("S1", "王某", "销售部", "代表", "李某", "S0310"), ("C1", "钱某", "客服部", "专员", "李某", "C0310")]
    heads = (*HEADS[:5], heading)
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, heads), "-o", "send", *LETTER)
    assert result.exit_code == 0 and names() == ["李某-C0310.xlsx", "李某-S0310.xlsx"]


def test_columns_that_are_not_read_are_told_with_the_nearest_name(docgen: Docgen) -> None:
    people = [("S1", "王某", "销售部", "代表", "李某", "S0310", "x")]
    heads = (*HEADS[:5], "Number of the supervisor", "Remarks")
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, heads), "-o", "send", *LETTER)
    assert result.exit_code == 0 and "known: Number of the supervisor, Remarks." in result.stderr
    near = docgen(
        "new", "--roster", roster(Path("near.xlsx"), people, (*HEADS[:5], "分管领导的号", "Remarks")), "-o", "n"
    )
    assert "Is “分管领导的号” perhaps “Supervisor number”?" in near.stderr


def test_who_is_listed_twice_with_the_same_data_is_told(docgen: Docgen) -> None:
    result = docgen("new", "--roster", roster(Path("people.xlsx"), (*TEAM, TEAM[0])), "-o", "send", *LETTER)
    assert result.exit_code == 0 and result.stdout.splitlines()[0] == "send/李某-S0310.xlsx: 2 people"
    assert "Sheet!A7: “S1” stands in the roster at people.xlsx › Sheet!A4 too" in result.stderr


def test_one_number_with_two_names_is_told(docgen: Docgen) -> None:
    people = [("S1", "王某", "销售部", "代表", "李某", "S0310"), ("S2", "钱某", "销售部", "专员", "李木", "S0310")]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, HEADS[:6]), "-o", "send", *LETTER)
    assert result.exit_code == 0 and names() == ["李某-S0310.xlsx"]
    assert "supervisor S0310 is called “李木” here and “李某” elsewhere" in result.stderr


def test_a_number_that_other_rows_of_the_department_have_is_filled_in(docgen: Docgen) -> None:
    people = [("S1", "王某", "销售部", "代表", "李某", ""), ("S2", "赵某", "销售部", "代表", "李某", "S0310")]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, HEADS[:6]), "-o", "send", *LETTER)
    assert result.exit_code == 0 and names() == ["李某-S0310.xlsx"] and "李某" not in result.stderr
    numbers = {one.data["case"]["supervisor_no"] for one in read(Path("send/李某-S0310.xlsx")).waiting}
    assert numbers == {"S0310"}


def test_a_namesake_without_a_number_in_another_department_is_asked_about(docgen: Docgen) -> None:
    people = [("S1", "王某", "销售部", "代表", "李某", "S0310"), ("C1", "钱某", "客服部", "专员", "李某", "")]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, HEADS[:6]), "-o", "send", *LETTER)
    assert result.exit_code == 0 and names() == ["李某-S0310.xlsx", "李某.xlsx"]
    assert "“李某” has no number here, but S0310 elsewhere" in result.stderr


def test_a_department_that_the_settings_do_not_have_is_told_once(docgen: Docgen) -> None:
    Path("docgen.yaml").write_text("departments: {销售部: {department_head: 顾某}}\n", "utf-8")
    result = docgen("new", "--roster", roster(Path("people.xlsx"), (*TEAM, *TEAM[2:])), "-o", "send", *LETTER)
    assert result.exit_code == 0 and result.stderr.count("docgen.yaml has no department “客户服务部”") == 1


@pytest.mark.parametrize(
    ("person", "by", "told"),
    [
        (("S9", "孙某", "销售部", "代表", "", ""), "supervisor", "“Supervisor” is missing"),
        (("S9", "孙某", "", "代表", "李某", "S0310"), "department", "“Department” is missing"),
        (("", "孙某", "销售部", "代表", "李某", "S0310"), "supervisor", "“Employee number” is missing"),
        (("S9", "", "销售部", "代表", "李某", "S0310"), "supervisor", "“Employee name” is missing"),
        (("S9", "孙某", "销售部", "代表", "孙某", "S9"), "supervisor", "Employee and supervisor have the same number"),
        (("110101199003077758", "孙某", "销售部", "代表", "李某", "S1"), "supervisor", "identity card number"),
    ],
)
def test_who_can_not_be_sent_keeps_everything_back(person: tuple[str, ...], by: str, told: str, docgen: Docgen) -> None:
    people = [*(one[:6] for one in TEAM), person]
    result = docgen(
        "new", "--roster", roster(Path("people.xlsx"), people, HEADS[:6]), "--by", by, "-o", "send", *LETTER
    )
    assert result.exit_code == 1 and "people.xlsx › Sheet!" in result.stderr and told in result.stderr
    assert "Nothing was written" in result.stderr and not Path("send").exists() and not Path("out").exists()


def test_what_the_supervisor_can_fill_in_keeps_nothing_back(docgen: Docgen) -> None:
    people = [("S1", "王某", "李某"), ("S2", "赵某", "李某")]
    result = docgen(
        "new", "--roster", roster(Path("people.xlsx"), people, ("工号", "姓名", "主管")), "-o", "send", *LETTER
    )
    assert result.exit_code == 0 and names() == ["李某.xlsx"]


def test_one_number_for_two_people_is_told_with_both_places(docgen: Docgen) -> None:
    people = [*TEAM, ("S1", "孙某", "销售部", "代表", "李某", "S0310", "")]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people), "-o", "send", *LETTER)
    assert result.exit_code == 1 and "“S1” is on the list of people more than once" in result.stderr
    assert "Sheet!A4" in result.stderr and "Sheet!A7" in result.stderr and not Path("send").exists()


def test_a_list_without_supervisors_is_told(docgen: Docgen) -> None:
    people = [one[:4] for one in TEAM]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, HEADS[:4]), "-o", "send", *LETTER)
    assert result.exit_code == 1 and "Supervisor" in result.stderr and not Path("send").exists()


def test_an_empty_list_is_told(docgen: Docgen) -> None:
    result = docgen("new", "--roster", roster(Path("people.xlsx"), []), "-o", "send", *LETTER)
    assert result.exit_code == 1 and not Path("send").exists()


def test_a_list_that_is_not_there_is_told(docgen: Docgen) -> None:
    result = docgen("new", "--roster", "people.xlsx", "-o", "send", *LETTER)
    assert result.exit_code == 2 and "no file or folder of this name" in result.stderr


def test_names_that_no_file_may_have_are_made_safe(docgen: Docgen) -> None:
    supervisors = ("CON", "A/B\\C", "..", "长" * 59, "con", "=cmd|x", "-rf", "a:b")
    people = [(f"S{index}", "王某", "销售部", "代表", name, "") for index, name in enumerate(supervisors)]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, HEADS[:6]), "-o", "send", *LETTER)
    assert result.exit_code == 0, result.stderr
    made = names()
    assert len({name.casefold() for name in made}) == len(made) == 7
    assert all(len(name.encode()) <= 105 and not set(name) & set('/\\:*?"<>|') for name in made)
    assert not any(name.startswith((".", "-")) or name.casefold() == "con.xlsx" for name in made)


def test_a_name_that_is_no_name_is_refused(docgen: Docgen) -> None:
    people = [("S1", "王某", "销售部", "代表", "长" * 300, "")]
    result = docgen("new", "--roster", roster(Path("people.xlsx"), people, HEADS[:6]), "-o", "send", *LETTER)
    assert result.exit_code == 1 and not Path("send").exists()


@pytest.mark.usefixtures("few_rounds")
def test_a_protected_list_is_opened_with_its_password(docgen: Docgen) -> None:
    note = Random(1).randbytes(4000).hex()  # small files are encrypted faultily by the library that does it here
    people = tuple((f"S{index}", "王某", "销售部", "代表", "李某", "S0310", note * (not index)) for index in range(2))
    plain, made = roster(Path("plain.xlsx"), people), BytesIO()
    OOXMLFile(BytesIO(plain.read_bytes())).encrypt("geheim", made)
    Path("people.xlsx").write_bytes(made.getvalue())
    assert docgen("new", "--roster", "people.xlsx", "-o", "send", *LETTER).exit_code == 1
    result = docgen("new", "--roster", "people.xlsx", "-o", "send", "--password", "geheim")
    assert result.exit_code == 0 and "send/李某-S0310.xlsx: 2 people" in result.stdout
    assert "not protected by a password" in result.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("send.xlsx", "-o", "send", *LETTER), ("-o", ""), ("-o", "send", "--from", "people.xlsx")]
)
def test_what_a_roster_does_not_go_with_is_told(arguments: tuple[str, ...], docgen: Docgen) -> None:
    result = docgen("new", "--roster", roster(Path("people.xlsx")), *arguments)
    assert result.exit_code == 2 and not Path("send").exists()


def test_new_without_a_file_is_told(docgen: Docgen) -> None:
    assert "--roster" in docgen("new").stderr


def test_the_sample_goes_to_four_supervisors(samples: Path, docgen: Docgen) -> None:
    result = docgen("--language", "zh", "new", "--roster", samples / "roster" / "people.xlsx", "-o", "send")
    assert result.exit_code == 0
    assert names() == ["李某-S0310.xlsx", "罗某-J0102.xlsx", "苗某-C0108.xlsx", "𠮷某-P0101.xlsx"]
    assert "共4个工作簿、14人" in result.stderr
