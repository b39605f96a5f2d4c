"""``docgen status``: which of the workbooks that were sent out are back, and in what state."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from docgen.cli.app import app
from tests.cli.conftest import ENGLISH, Docgen
from tests.office.roster_help import COMPLETE, HEADS, SETTINGS, TEAM, fill, roster
from tests.ooxml import schema_problems

LI, MIAO = "李某-S0310.xlsx", "苗某-C0108.xlsx"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two workbooks are sent: 李某 has two people, 苗某 one."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        Path("docgen.yaml").write_text(SETTINGS, "utf-8")
        people = str(roster(Path("people.xlsx")))
        made = CliRunner(env=ENGLISH).invoke(app, ["new", "--roster", people, "-o", "send", "--forms", "letter"])
    assert made.exit_code == 0, made.output
    (folder / "back").mkdir()
    return folder


@pytest.fixture
def sent(office: Path, docgen: Docgen, tmp_path: Path) -> Docgen:
    shutil.copytree(office, tmp_path, dirs_exist_ok=True)
    return docgen


def found(docgen: Docgen, *arguments: str | Path) -> dict[str, Any]:
    result = docgen("status", "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def states(docgen: Docgen, *arguments: str | Path) -> dict[str, str]:
    return {one["file"]: one["state"] for one in found(docgen, *arguments)["workbooks"]}


def march(docgen: Docgen, samples: Path, folder: str) -> None:
    """The March of one of a team, written out for 李某 to fill in."""
    shutil.copy(samples / "docgen.yaml", ".")
    first = (samples / "month" / "team-2026-03.yaml").read_text("utf-8").split("\n- case:")[1]
    Path("march.yaml").write_text(f"- case:{first}", "utf-8")
    made = docgen("new", "--roster", "march.yaml", "-o", folder)
    assert made.exit_code == 0 and [one.name for one in Path(folder).iterdir()] == [LI], made.output


def returned(name: str = LI, person: str = "王某", to: str = "", **typed: str) -> Path:
    return fill(Path("send", name), person, {**COMPLETE, **typed}, Path("back", to or name))


def test_what_lies_where_it_was_written_is_not_back(sent: Docgen) -> None:
    assert states(sent) == {LI: "not_back", MIAO: "not_back"}
    assert states(sent, "--back", "send") == {LI: "not_back", MIAO: "not_back"}


def test_what_was_filled_in_where_it_lies_is_back(sent: Docgen) -> None:
    fill(Path("send", LI), "王某", COMPLETE)
    assert states(sent) == {LI: "back", MIAO: "not_back"}


def test_a_folder_of_returned_files_is_looked_through(sent: Docgen) -> None:
    returned()
    (li, miao) = found(sent, "--back", "back")["workbooks"]
    assert (li["file"], li["state"], miao["file"], miao["state"]) == (LI, "back", MIAO, "not_back")
    assert li["begun"] == 1 and li["files"] == [f"back/{LI}"] and li["problems"] == []


def test_a_renamed_file_is_found(sent: Docgen) -> None:
    returned(to="returned (2) final.xlsx")
    assert states(sent, "--back", "back") == {LI: "back", MIAO: "not_back"}


def test_a_file_that_lost_its_mark_is_found_by_its_people(sent: Docgen) -> None:
    book: Any = load_workbook(returned(to="old.xlsx"))
    book.custom_doc_props.props.clear()
    book.save("back/old.xlsx")
    assert states(sent, "--back", "back") == {LI: "back", MIAO: "not_back"}


def test_what_came_back_as_it_was_sent_is_not_filled_in(sent: Docgen) -> None:
    shutil.copy(Path("send", LI), "back")
    fill(Path("send", MIAO), "钱某", {}, Path("back", MIAO))  # opened and saved
    assert states(sent, "--back", "back") == {LI: "empty", MIAO: "empty"}


def test_errors_are_counted_and_the_first_is_named(sent: Docgen) -> None:
    returned(**{"case.period_end": "2026-06-31", "support.by_date": "soon"})
    (li,) = [one for one in found(sent, "--back", "back")["workbooks"] if one["file"] == LI]
    assert li["state"] == "problems" and {one["code"] for one in li["problems"]} == {"E103"}
    assert li["problems"][0]["source"] == f"back/{LI}" and len(li["problems"]) == 2


def test_what_the_office_lacks_is_no_fault_of_a_workbook(
    sent: Docgen, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Files that were saved elsewhere are judged by the settings of the office that sent them."""
    elsewhere = tmp_path_factory.mktemp("downloads")
    shutil.move(returned(), elsewhere / LI)
    assert states(sent, "--back", elsewhere)[LI] == "back"
    Path("docgen.yaml").write_text(
        "default_language: zh\ndepartments: {销售部: {department_head: 顾, hr_contact: 周}}\n"
    )
    assert states(sent, "--back", elsewhere)[LI] == "back"


def test_two_versions_are_both_named_and_none_is_taken(sent: Docgen) -> None:
    returned(to="one.xlsx")
    returned(to="two.xlsx", **{"targets.name": "其他"})
    shutil.copy("back/one.xlsx", "back/one copy.xlsx")
    (li,) = [one for one in found(sent, "--back", "back")["workbooks"] if one["file"] == LI]
    assert li["state"] == "several" and len(li["files"]) == 2


def test_copies_of_one_file_count_once(sent: Docgen) -> None:
    shutil.copy(returned(to="one.xlsx"), "back/copy.xlsx")
    assert states(sent, "--back", "back")[LI] == "back"


def test_a_person_who_came_back_in_the_workbook_of_another_is_told(sent: Docgen) -> None:
    file = returned(MIAO, "钱某")
    book = load_workbook(file)
    people = book["People"] if "People" in book.sheetnames else book["人员"]
    row = next(cell.row for line in people.iter_rows() for cell in line if cell.value == "C1")
    for column, value in enumerate(("S2", "赵某", "销售部", "销售内勤", "苗某", "C0108"), 3):
        people.cell(row + 1, column, value)
    book.save(file)
    returned()
    result = sent("status", "--back", "back")
    assert "赵某 came back in back/苗某-C0108.xlsx." in result.stdout
    shutil.rmtree("back")
    Path("back").mkdir()
    book.save(file)
    assert states(sent, "--back", "back")[LI] == "elsewhere"


def test_a_person_who_was_taken_out_of_a_workbook_is_told(sent: Docgen) -> None:
    file = returned()
    book = load_workbook(file)
    people = book["People"]
    row = next(cell.row for line in people.iter_rows() for cell in line if cell.value == "S2")
    people.delete_rows(row)
    del book["赵某"]
    book.save(file)
    assert "赵某 is no longer in it" in sent("status", "--back", "back").stdout


def test_files_that_are_nobodys_are_listed(sent: Docgen) -> None:
    roster(Path("back/others.xlsx"), [("X1", "孙某", "财务部", "会计", "孟某", "F1", "")])
    Path("back/notes.yaml").write_text("case: {employee_no: X2, employee_name: 周某}\n", "utf-8")
    assert found(sent, "--back", "back")["others"] == ["back/notes.yaml", "back/others.xlsx"]
    assert "back/others.xlsx: belongs to nothing that was sent" in sent("status", "--back", "back").stderr


def test_a_file_that_can_not_be_read_is_known_by_its_name(sent: Docgen) -> None:
    Path("back", LI).write_bytes(b"PK\x03\x04 torn")
    (li,) = [one for one in found(sent, "--back", "back")["workbooks"] if one["file"] == LI]
    assert li["state"] == "problems" and li["gone"] == []


def test_the_latest_round_counts_unless_all_are_asked_for(sent: Docgen) -> None:
    returned(to="first.xlsx")
    people = (*TEAM, ("S3", "孙某", "销售部", "代表", "李某", "S0310", ""))
    sent("new", "--roster", roster(Path("april.xlsx"), people), "-o", "april", "--forms", "letter")
    now = found(sent, "--back", "back")
    assert sorted(one["folder"] for one in now["workbooks"]) == ["../april", "../april"]
    assert {one["state"] for one in now["workbooks"]} == {"not_back"} and now["earlier"] == ["back/first.xlsx"]
    assert "earlier round" in sent("status", "--back", "back").stderr
    everything = found(sent, "--back", "back", "--all")
    assert sorted(one["state"] for one in everything["workbooks"]) == ["back", "not_back", "not_back"]


def test_people_who_were_added_later_do_not_take_the_place_of_the_others(sent: Docgen) -> None:
    late = roster(Path("late.xlsx"), [("S3", "孙某", "销售部", "代表", "李某", "S0310", "")])
    sent("new", "--roster", late, "-o", "late", "--forms", "letter")
    assert [one["file"] for one in found(sent)["workbooks"]].count(LI) == 2


def test_the_list_is_a_workbook_fit_for_a_mail_merge(sent: Docgen, tmp_path: Path) -> None:
    returned(**{"case.period_end": "2026-06-31"})
    result = sent("status", "--back", "back", "--xlsx", "list.xlsx", "--date", "2099-01-01", "--language", "zh")
    assert result.exit_code == 0, result.stderr
    rows = list(load_workbook("list.xlsx").worksheets[0].iter_rows(values_only=True))
    heads, first, second = rows
    assert heads[:6] == ("主管", "主管工号", "部门", "文件", "发出日期", "状态") and all(heads)
    assert first[:4] == ("苗某", "C0108", "客户服务部", MIAO) and first[5] == "未交回"
    assert second[5] == "已交回，有问题" and second[6:10] == (2, 1, "王某、赵某", 1) and "2026-06-31" in str(second[10])
    assert isinstance(second[11], int) and second[11] > 20_000
    assert schema_problems(Path("list.xlsx").read_bytes(), tmp_path) == []


def test_a_name_that_would_be_a_formula_is_text_in_the_list(docgen: Docgen) -> None:
    people = [("S1", "王某", "销售部", "代表", "=HYPERLINK(1)", "S0310")]
    docgen("new", "--roster", roster(Path("people.xlsx"), people, HEADS[:6]), "-o", "send")
    docgen("status", "--xlsx", "list.xlsx")
    cell = load_workbook("list.xlsx").worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_a_list_is_not_written_over_another_file(sent: Docgen) -> None:
    before = Path("people.xlsx").read_bytes()
    result = sent("status", "--xlsx", "people.xlsx")
    assert result.exit_code == 2 and Path("people.xlsx").read_bytes() == before
    assert sent("status", "--xlsx", "list.csv").exit_code == 2


def test_a_table_in_chinese(sent: Docgen) -> None:
    returned()
    result = sent("--language", "zh", "status", "--back", "back")
    assert "已交回" in result.stdout and "未交回1个；已交回1个" in result.stderr


def test_a_terminal_gets_a_table(sent: Docgen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.cli.terminal.is_terminal", lambda err=False: True)
    result = sent("status")
    assert "───" in result.stdout and "not back" in result.stdout and "\t" not in result.stdout


def test_nothing_sent_is_told(docgen: Docgen) -> None:
    result = docgen("status")
    assert result.exit_code == 0 and "nothing was sent yet" in result.stderr and result.stdout == ""
    assert json.loads(docgen("status", "--json").stdout)["workbooks"] == []
    assert docgen("status", "nowhere").exit_code == 2


def test_the_ledger_of_a_named_folder_is_read(sent: Docgen) -> None:
    shutil.move("out", "store")
    assert states(sent) == {}
    assert states(sent, "store") == {LI: "not_back", MIAO: "not_back"}


def test_a_ledger_that_was_changed_is_told_with_its_own_exit_code(sent: Docgen) -> None:
    file = Path("out/ledger.jsonl")
    file.write_text(file.read_text("utf-8").replace('"S1"', '"S7"'), "utf-8")
    result = sent("status")
    assert result.exit_code == 5 and "out/ledger.jsonl:2: this line does not follow line 1" in result.stderr
    assert "from a backup" in result.stderr
    assert LI in result.stdout


def test_a_line_that_was_not_written_in_full_is_told_and_no_fault(sent: Docgen) -> None:
    file = Path("out/ledger.jsonl")
    file.write_bytes(file.read_bytes()[:-9])
    Path("out/register.sqlite").unlink()  # it would know more
    result = sent("status")
    assert result.exit_code == 0 and "not written in full" in result.stderr and LI in result.stdout


def test_a_folder_that_is_not_there_is_told(sent: Docgen) -> None:
    result = sent("status", "--back", "nowhere")
    assert result.exit_code == 2 and "nowhere: there is no such file or folder" in result.stderr


def test_who_is_to_be_reminded_is_named_though_nothing_is_back(sent: Docgen) -> None:
    (li, _) = found(sent, "--back", "back")["workbooks"]
    assert li["people"] == [{"number": "S1", "name": "王某"}, {"number": "S2", "name": "赵某"}]


def test_a_workbook_that_was_rolled_over_takes_the_place_of_the_one_that_was_sent(
    docgen: Docgen, samples: Path, tmp_path: Path
) -> None:
    march(docgen, samples, "send")
    for _ in range(2):  # the second time adds no line
        docgen("rollover", "send", "--month", "2026-04", "-o", "april", "--date", "2026-04-01")
        assert len((tmp_path / "out" / "ledger.jsonl").read_text("utf-8").splitlines()) == 2
    (one,) = found(docgen)["workbooks"]
    assert (one["file"], one["state"], one["month"]) == ("李某-S0310-2026-04.xlsx", "not_back", "2026-04")
    assert found(docgen, "--all")["workbooks"][0]["file"] == "李某-S0310.xlsx"


def test_a_trial_that_is_gone_does_not_hide_the_round_that_is_there(sent: Docgen) -> None:
    people = (*TEAM, ("S3", "孙某", "销售部", "代表", "李某", "S0310", ""))
    sent("new", "--roster", roster(Path("trial.xlsx"), people), "-o", "trial", "--forms", "letter")
    sent("new", "--roster", "people.xlsx", "-o", "again", "--forms", "letter")  # as it was sent
    shutil.rmtree("trial")
    shutil.rmtree("again")
    returned()
    now = {(one["folder"], one["file"]): one["state"] for one in found(sent, "--back", "back")["workbooks"]}
    assert now == {("../send", LI): "back", ("../send", MIAO): "not_back", ("../trial", LI): "not_there"}
    result = sent("status", "--back", "back")
    assert "written, no longer there" in result.stdout and "an earlier one still counts" in result.stdout


def test_a_round_whose_files_were_moved_away_is_not_back(sent: Docgen) -> None:
    shutil.rmtree("send")
    assert states(sent) == {LI: "not_back", MIAO: "not_back"}


def test_a_round_by_department_takes_the_place_of_one_by_supervisor(sent: Docgen) -> None:
    sent("new", "--roster", "people.xlsx", "--by", "department", "-o", "departments", "--forms", "letter")
    assert states(sent) == {"客户服务部.xlsx": "not_back", "销售部.xlsx": "not_back"}
    assert len(found(sent, "--all")["workbooks"]) == 4


def test_of_several_versions_the_newer_is_named_with_what_to_do(sent: Docgen) -> None:
    for name, changed in (("one.xlsx", 1_800_000_000), ("two.xlsx", 1_800_009_000)):
        os.utime(returned(to=name, **{"targets.name": name}), (changed, changed))
    result = sent("status", "--back", "back")
    assert "back/two.xlsx is the newest (saved 2027-01-1" in result.stdout
    assert "move the others to another folder" in result.stdout


def test_a_terminal_shows_the_number_and_the_file_that_came_back(sent: Docgen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.cli.terminal.is_terminal", lambda err=False: True)
    monkeypatch.setattr("docgen.cli.terminal.width", lambda err=False: 160)
    returned(to="x.xlsx")
    result = sent("status", "--back", "back")
    assert "S0310" in result.stdout and "C0108" in result.stdout and "back/x.xlsx" in result.stdout
    assert "Remark" not in result.stdout


def test_a_folder_without_a_ledger_is_told_with_what_to_name(sent: Docgen) -> None:
    result = sent("status", "back")
    assert "back/ledger.jsonl: there is no ledger here" in result.stderr and "--back" in result.stderr


def test_a_roll_over_is_sent_on_the_day_it_was_made(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    march(docgen, samples, "send")
    docgen("rollover", "send", "--month", "2026-04", "-o", "april", "--date", "2020-04-01")
    assert found(docgen)["workbooks"][0]["sent_on"] == date.today().isoformat()


def test_what_nobody_fills_in_any_more_is_not_sent(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    march(docgen, samples, "send")
    result = docgen("rollover", "send", "--month", "2028-01", "-o", "later", "--date", "2028-01-01")
    assert "past the end" in result.stdout and any(Path("later").iterdir())
    assert [one["folder"] for one in found(docgen)["workbooks"]] == ["../send"]


def test_a_file_that_was_rolled_over_before_is_told(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    march(docgen, samples, "mar")
    for _ in range(2):
        again = docgen("rollover", "mar", "--month", "2026-04", "-o", "april", "--date", "2026-04-01")
        assert "W249" not in again.stderr
    may = docgen("rollover", "mar", "--month", "2026-05", "-o", "may", "--date", "2026-05-01")
    today = date.today().isoformat()
    told = f"was rolled over to 2026-04 on {today} (april/李某-S0310-2026-04.xlsx)"
    assert "W249" in may.stderr and told in " ".join(may.stderr.split()) and "Give that file" in may.stderr


def test_a_folder_in_place_of_the_ledger_is_told(docgen: Docgen) -> None:
    Path("out/ledger.jsonl").mkdir(parents=True)
    result = docgen("status")
    assert result.exit_code == 4 and "stands where the ledger is to be" in result.stderr
