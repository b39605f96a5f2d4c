from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import Workbook

from docgen.definitions.load import load_definitions
from docgen.sources.cases import read_cases
from docgen.sources.files import FAULTS

DEFINITIONS = load_definitions()

CASE = "case: {employee_no: S1}\ntargets:\n- name: 销售额\n"


def write(folder: Path, name: str, text: str | bytes = CASE) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def messages(*paths: Path) -> list[tuple[str, str]]:
    """Where and what, with the folder taken out."""
    reading = read_cases(paths, DEFINITIONS)
    assert not reading.records
    places = [
        str(one.position).replace(one.position.source, Path(one.position.source).name) for one in reading.problems
    ]
    return list(zip(places, (one.message.en for one in reading.problems), strict=True))


def test_a_file_of_one_case_is_read_with_places(tmp_path: Path) -> None:
    path = write(tmp_path, "wang.yaml")
    reading = read_cases([path], DEFINITIONS)
    assert reading.problems == ()
    (record,) = reading.records
    assert record.data == {"case": {"employee_no": "S1"}, "targets": [{"name": "销售额"}]}
    assert str(record.position(("targets", 0, "name"))) == f"{path}:3:9"
    assert str(record.position(("targets", 0, "weight"))) == f"{path}:3:3"
    assert str(record.position(("support",))) == f"{path}:1:1"


def test_each_case_of_a_list_has_its_own_places(tmp_path: Path) -> None:
    path = write(tmp_path, "team.yaml", "- case: {employee_no: S1}\n- case:\n    employee_no: S2\n")
    first, second = read_cases([path], DEFINITIONS).records
    assert first.position(("case", "employee_no")).line == 1
    assert str(second.position(("case", "employee_no"))) == f"{path}:3:18"
    assert str(second.position(("gaps", 0))) == f"{path}:2:3"


def test_a_folder_is_read_in_order_and_only_its_cases(tmp_path: Path) -> None:
    for name in ("b.yml", "a.yaml", "C.YAML"):
        write(tmp_path, name)
    for name in ("docgen.yaml", "a.expected.yaml", "notes.txt", ".hidden.yaml", "~a.yaml", "sub/d.yaml"):
        write(tmp_path, name, "out: x\n")
    assert [Path(record.source).name for record in read_cases([tmp_path], DEFINITIONS).records] == [
        "C.YAML",
        "a.yaml",
        "b.yml",
    ]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml")
    write(tmp_path, "b.yaml")
    (tmp_path / "link.yaml").symlink_to(path)
    again = tmp_path / "x" / ".." / "a.yaml"
    (tmp_path / "x").mkdir()
    assert [Path(record.source).name for record in read_cases([path, again, tmp_path], DEFINITIONS).records] == [
        "a.yaml",
        "b.yaml",
    ]


def test_a_file_by_two_spellings_of_its_folder_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "x/team.yaml")
    (tmp_path / "linked").symlink_to(tmp_path / "x")
    monkeypatch.chdir(tmp_path)
    spelled = ["x/../x/team.yaml", "x/team.yaml", "./x/./team.yaml", f"{tmp_path}/x/team.yaml", "linked/team.yaml"]
    folders = ["x", "x/../x", "linked", f"{tmp_path}/x"]
    for names in (spelled, spelled[::-1], folders, [*folders, *spelled]):
        reading = read_cases([Path(name) for name in names], DEFINITIONS)
        assert (len(reading.records), reading.problems) == (1, ())


def test_a_faulty_file_does_not_hide_the_others(tmp_path: Path) -> None:
    good, bad = write(tmp_path, "good.yaml"), write(tmp_path, "bad.yaml", "a: *b")
    reading = read_cases([bad, good], DEFINITIONS)
    assert len(reading.records) == 1
    assert [problem.code for problem in reading.problems] == ["E100"]


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ("", "x.yaml", "The file is empty."),
        ("# only a comment\n", "x.yaml", "The file is empty."),
        ("[]", "x.yaml", "The file is empty."),
        (b"\xef\xbb\xbf", "x.yaml", "The file is empty."),
        ("just words", "x.yaml:1:1", "Here stands “just words”"),
        ("- case: {a: 1}\n- words\n- ~\n", "", ""),
        (
            "employee_no: S1\nemployee_name: 王某\n",
            "x.yaml:1:1",
            "The case has no “case:”; its first name is “employee_no”",
        ),
        ("PK\x03\x04...", "x.yaml", "The workbook is damaged"),
        ("%PDF-1.7", "x.yaml", "This is neither a workbook nor a YAML file"),
        (b"case: \xc4\xe3\xba\xc3", "x.yaml:1:7", "The file is not UTF-8 text"),
        ("case: {a: 1, a: 2}", "x.yaml:1:14", "a stands here a second time"),
        ("case:\n\ta: 1", "x.yaml:2:1", "A tab is used"),
        ("case：\n  a: 1\n", "x.yaml:1:5", "“case：”: the colon after the name is full-width"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(
    tmp_path: Path, content: str | bytes, place: str, said: str
) -> None:
    path = write(tmp_path, "x.yaml", content)
    if not said:
        reading = read_cases([path], DEFINITIONS)
        assert len(reading.records) == 1
        assert [problem.position.line for problem in reading.problems] == [2, 3]
        return
    ((where, what),) = messages(path)
    assert where == place
    assert what.startswith(said)


def test_a_case_under_another_name_is_left_to_the_check(tmp_path: Path) -> None:
    assert read_cases([write(tmp_path, "x.yaml", "个案: {工号: S1}\n")], DEFINITIONS).records


def test_missing_files_and_empty_folders_are_told(tmp_path: Path) -> None:
    assert messages(tmp_path / "none.yaml")[0][1].startswith("There is no file")
    write(tmp_path, "docgen.yaml", "out: x\n")
    assert messages(tmp_path)[0][1].startswith("The folder holds no case")


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert messages(tmp_path / "pipe.yaml")[0][1] == "This is no ordinary file."
    assert messages(Path("/dev/zero"))[0][1] == "This is no ordinary file."


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "x.yaml")

    def denied(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert messages(path)[0][1] == "This can't be read (Permission denied)."


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)
    assert messages(path)[0][1] == "The file is larger than 5 MB."


def test_every_fault_is_worded_in_both_languages() -> None:
    for texts in FAULTS.values():
        assert len(texts) == 4 and all(texts)
        assert all(any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in (texts[1], texts[3]))


PEOPLE = "Employee number,Period starts\nS1,2026-01-05\nS2,2026-01-05\n"
TARGETS = "Employee number,Indicator\nS1,Sales\nS2,Calls\n"


def workbook(path: Path) -> Path:
    made = Workbook()
    for name, table in (("People", PEOPLE), ("Targets", TARGETS)):
        tab = made.create_sheet(name)
        for line in table.splitlines():
            tab.append(line.split(","))
    made.save(path)
    return path


def test_workbooks_are_read_by_name_or_in_their_folder(tmp_path: Path) -> None:
    path = workbook(tmp_path / "team.xlsx")
    write(tmp_path, "wang.yaml", CASE.replace("S1", "S3"))
    for paths in ([path], [tmp_path], [tmp_path, path]):
        reading = read_cases(paths, DEFINITIONS)
        numbers = [record.data["case"]["employee_no"] for record in reading.records]
        assert (numbers, reading.problems) == (["S1", "S2", "S3"][: 2 if paths == [path] else 3], ())
    assert reading.records[0].position(("targets", 0, "name")).cell == "Targets!B2"


def test_a_workbook_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    path = workbook(tmp_path / "team.xlsx").rename(tmp_path / "team.yaml")
    assert len(read_cases([path], DEFINITIONS).records) == 2


def test_the_tables_of_a_folder_are_one_workbook(tmp_path: Path) -> None:
    write(tmp_path, "people.csv", PEOPLE)
    write(tmp_path, "targets.csv", TARGETS)
    write(tmp_path, "wang.yaml", CASE.replace("S1", "S3"))
    _, first, second = read_cases([tmp_path], DEFINITIONS).records
    assert (first.data["targets"], second.data["targets"]) == ([{"name": "Sales"}], [{"name": "Calls"}])
    assert str(second.position(("targets", 0, "name"))) == f"{tmp_path} › targets!B3"
    (alone,) = {len(read_cases([tmp_path / "people.csv"], DEFINITIONS).records)}
    assert alone == 2


def test_locks_and_answers_in_a_folder_are_no_cases_unless_they_are_named(tmp_path: Path) -> None:
    workbook(tmp_path / "team.xlsx")
    for name in ("~$team.xlsx", ".~lock.team.xlsx", "team-problems.xlsx", "team-problems-2.xlsx", "docgen.yaml"):
        workbook(tmp_path / name)
    reading = read_cases([tmp_path], DEFINITIONS)
    assert {record.source for record in reading.records} == {str(tmp_path / "team.xlsx")}
    told = {Path(one.position.source).name for one in reading.problems if one.code == "W238"}
    assert told == {"team-problems.xlsx", "team-problems-2.xlsx"}
    workbook(tmp_path / "known-problems.xlsx")  # nobody's copy
    again = {
        Path(one.position.source).name for one in read_cases([tmp_path], DEFINITIONS).problems if one.code == "W238"
    }
    assert again == told
    assert len(read_cases([tmp_path / "team-problems.xlsx"], DEFINITIONS).records) == 2


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert messages(tmp_path / "pipe", tmp_path / "pipe.xlsx") == [
        ("pipe", "This is no ordinary file."),
        ("pipe.xlsx", "This is no ordinary file."),
    ]


def test_a_protected_workbook_is_read_with_the_password(tmp_path: Path) -> None:
    locked = Path(__file__).parent / "data" / "locked.xls"
    told = [read_cases([locked], DEFINITIONS, word).problems[0].message.en for word in ("", "wrong")]
    assert told == ["The workbook is protected by a password.", "The password does not open this workbook."]
