"""``docgen archive status``, and what ``docgen status`` and ``docgen due`` say of signed copies."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from openpyxl import load_workbook

from docgen.cli import terminal
from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.model.life import NEW, Pause
from docgen.model.returned import Pile, PileFile
from docgen.office.entries import CLOSED, PAUSED, entry_of, void_of
from docgen.office.ledger import Ledger
from docgen.office.publish import PRIVATE
from docgen.office.returned_lines import taken_in_entry, waiting_entry
from docgen.office.store import opened
from tests.cli.conftest import Docgen
from tests.office.pack_help import on_record, paper
from tests.office.returned_help import BACK, came_back, confirmed, copy, kept, waiting
from tests.ooxml import schema_problems

DAY = ("--date", "2026-03-14")
OUT = Path("out")
WAITING = "2 pages wait for a person; docgen archive queue lists them"


@pytest.fixture
def record(docgen: Docgen) -> Docgen:
    """Two supervisors: of Lee one paper is confirmed and one lacks a page, of Kim one is overdue and one withdrawn."""
    papers = [
        paper("E1-1-L"),
        paper("E1-1-M-2026-03", "monthly", on=date(2026, 3, 10), month="2026-03"),
        paper("E2-1-L", supervisor_no="S2", supervisor_name="Kim", department="Stores"),
        paper("E3-1-L", supervisor_no="S2", supervisor_name="Kim", void="wrong person"),
    ]
    on_record(OUT, papers)
    with opened(OUT, PRIVATE) as store:
        void = store.register.standing("E3-1-L")
        assert void
        store.void(void, "wrong person", BACK)
    whole, part = copy("E1-1-L"), copy("E1-1-M-2026-03", [1])
    everybody = confirmed(whole, "employee", "supervisor", "department_head", "hr", note="in person")
    came_back(OUT, whole, part, confirmations=[everybody])
    Ledger(OUT).append(waiting_entry(waiting(leaf), BACK) for leaf in ("1a2b3c4d-7", "1a2b3c4d-8"))
    return docgen


def found(docgen: Docgen, *arguments: str | Path) -> dict[str, Any]:
    result = docgen("archive", "status", "--json", *DAY, *arguments)
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def states(docgen: Docgen, *arguments: str | Path) -> dict[str, str]:
    return {one["number"]: one["state"] for one in found(docgen, *arguments)["papers"]}


ALL = {"E2-1-L": "overdue", "E3-1-L": "void", "E1-1-L": "confirmed", "E1-1-M-2026-03": "incomplete"}


def test_papers_are_listed_by_supervisor_with_what_is_back(record: Docgen) -> None:
    result = record("archive", "status", *DAY)
    heads, first, *rest = (line.split("\t") for line in result.stdout.splitlines())
    assert result.exit_code == 0 and len(rest) == 3
    assert heads[:5] == ["Supervisor", "Supervisor no.", "Department", "Number", "Person"]
    assert first == [
        *("Kim", "S2", "Stores", "E2-1-L", "Name E2", "E2", "Performance Improvement Letter", "1"),
        *("2026-03-05", "2026-03-12", "overdue", "2", "", ""),
    ]
    assert result.stderr.splitlines() == [
        "Signed copies: 4 = 1 overdue + 1 incomplete + 1 confirmed + 1 withdrawn",
        "Incomplete copies: scan the pages that are missing with the next pile; docgen archive add puts them in",
        WAITING,
    ]


def test_in_chinese_nothing_is_left_of_english(record: Docgen) -> None:
    result = record("--language", "zh", "archive", "status", *DAY)
    assert "主管\t主管工号\t部门\t文件编号" in result.stdout and "共2页，缺第2页。" in result.stdout
    assert result.stderr.startswith("签署件：4 = 逾期未交回 1 + 缺页 1") and "有2页待人工处理" in result.stderr


def test_for_programs(record: Docgen) -> None:
    whole = found(record)
    assert (whole["format"], whole["date"], whole["waiting"], whole["unsorted"]) == (1, "2026-03-14", 2, 0)
    assert whole["counts"] == {
        **dict.fromkeys(("out", "outdated", "returned", "closed"), 0),
        **dict.fromkeys(("overdue", "incomplete", "confirmed", "void"), 1),
    }
    papers = {one["number"]: one for one in whole["papers"]}
    assert papers["E1-1-L"] == {
        **{"number": "E1-1-L", "form": "letter", "case": "E1-1", "revision": 1, "issued_on": "2026-03-05"},
        **{"person": "Name E1", "employee_no": "E1", "department": "Sales", "supervisor": "Lee", "supervisor_no": "S1"},
        **{"state": "confirmed", "due_on": None, "days_over": 0, "copies": 1},
        "back": {
            **{"revision": 1, "copy": 1, "kind": "scan", "file": "signed/2026/S1-1/E1-1-L-r1.s1.pdf"},
            **{"on": "2026-03-09", "missing": []},
        },
        "confirmed_on": "2026-03-09",
        "signers": [{"role": role, "how": "signed"} for role in ("employee", "supervisor", "department_head", "hr")],
        **{"unnamed": [], "agreed": ""},
    }
    assert papers["E1-1-M-2026-03"]["back"]["missing"] == [2] and papers["E2-1-L"]["back"] is None
    assert (papers["E2-1-L"]["due_on"], papers["E2-1-L"]["days_over"]) == ("2026-03-12", 2)


def test_what_is_listed_can_be_chosen(record: Docgen) -> None:
    assert states(record) == ALL
    assert list(states(record, "--owing")) == ["E2-1-L", "E1-1-M-2026-03"]
    assert list(states(record, "--forms", "monthly")) == ["E1-1-M-2026-03"]
    assert list(states(record, "--only", "e2,E1-1", "--forms", "letter")) == ["E2-1-L", "E1-1-L"]
    assert list(states(record, "--by", "department", "out"))[-1] == "E2-1-L"
    assert found(record, "--owing")["counts"]["confirmed"] == 1
    result = record("archive", "status", "--only", "E9")
    assert result.exit_code == 2 and "no document on record is of 'E9'" in result.stderr


def test_the_days_to_return_are_those_of_the_settings(record: Docgen) -> None:
    Path("docgen.yaml").write_text("return_days: 30\n", "utf-8")
    assert states(record)["E2-1-L"] == "out"


def test_the_list_as_a_workbook_has_dates_and_no_reasons(record: Docgen, tmp_path: Path) -> None:
    for language in ("en", "zh"):
        name = f"{language}.xlsx"
        assert record("--language", language, "archive", "status", *DAY, "--xlsx", name).exit_code == 0
        sheet = load_workbook(name).worksheets[0]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        assert len(rows) == 4 and all(isinstance(row[8], datetime) for row in rows) and rows[0][11] == 2
        assert not any(word in str(rows) for word in ("wrong person", "in person"))
        assert schema_problems(Path(name).read_bytes(), tmp_path) == []


def test_a_narrow_terminal_shows_each_paper_on_a_line(record: Docgen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "is_terminal", lambda err=False: True)
    monkeypatch.setattr(terminal, "width", lambda err=False: 80)
    monkeypatch.setenv("NO_COLOR", "1")
    lines = record("archive", "status", *DAY).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert any("E1-1-M-2026-03" in line and "incomplete" in line and "2026-03-17" in line for line in lines)
    assert lines[-1] == "E1-1-M-2026-03: Page 2 of 2 is missing."


def test_of_copies_that_nobody_confirmed_it_is_told_how_to(record: Docgen) -> None:
    came_back(OUT, copy("E2-1-L"))
    to_do = "docgen archive confirm NUMBER --signed-by ROLE,…"
    assert f"{to_do}\n" in record("archive", "status", *DAY).stderr
    assert f"{to_do} -o out\n" in record("archive", "status", "out", *DAY).stderr
    assert to_do not in record("archive", "status", *DAY, "--owing").stderr


def test_a_pile_that_a_stopped_run_left_is_told(record: Docgen) -> None:
    pile = Pile("2026-03-09-1a2b3c4d", (PileFile("a.pdf", kept("intake/2026-03-09-1a2b3c4d/001-a.pdf"), 1, 2),))
    Ledger(OUT).append([taken_in_entry(pile, BACK)])
    told = record("archive", "status", *DAY).stderr
    assert "1 scanned pile is not sorted yet, as a run was stopped; docgen archive add goes on with it" in told


def test_nothing_is_written(record: Docgen) -> None:
    before = {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()}
    assert record("archive", "status").exit_code == 0
    assert {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()} == before


def test_a_folder_without_a_ledger_is_told(docgen: Docgen) -> None:
    result = docgen("archive", "status", "nowhere")
    assert result.exit_code == 2 and "there is no ledger here" in result.stderr and not Path("nowhere").exists()


def test_a_damaged_record_is_told(record: Docgen) -> None:
    file = OUT / "ledger.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"in person"', b'"by letter"'))
    (OUT / "register.sqlite").unlink()
    result = record("archive", "status", *DAY)
    assert result.exit_code == 5 and "does not follow" in result.stderr and "E2-1-L" in result.stdout


def test_the_status_of_an_office_counts_signed_copies_below_its_workbooks(record: Docgen) -> None:
    result = record("status", *DAY)
    assert result.stderr.splitlines()[-1] == (
        "Signed copies: 3 issued, 1 back (1 of them confirmed), 1 overdue; docgen archive status"
    )
    plain = json.loads(record("status", *DAY, "--json").stdout)
    assert plain["copies"] == {"issued": 3, "back": 1, "confirmed": 1, "overdue": 1}


def test_without_papers_the_status_of_an_office_says_nothing_of_copies(docgen: Docgen) -> None:
    result = docgen("status", "--json")
    assert json.loads(result.stdout)["copies"] is None and "Signed copies" not in result.stderr


CASE, NUMBER = "S1024-202601", "S1024-202601-L"


@pytest.fixture
def wang(docgen: Docgen, samples: Path) -> Docgen:
    """A case whose letter was issued on 2 March."""
    shutil.copy(samples / "wang.yaml", "case.yaml")
    shutil.copy(samples / "docgen.yaml", ".")
    issue()
    return docgen


def letter(number: str = NUMBER, case: str = CASE, revision: int = 1) -> Issued:
    files, on = {"pdf": IssuedFile(f"{number}-r{revision}.pdf", "", 0, 2)}, date(2026, 3, 2)
    return Issued(number, revision, case, "letter", on, on, "", "", {}, files, Holder(employee_no="S1024"))


def issue(number: str = NUMBER, case: str = CASE, revision: int = 1) -> None:
    Ledger(OUT).append([entry_of(letter(number, case, revision))])


def copies_due(docgen: Docgen, *arguments: str) -> list[dict[str, Any]]:
    result = docgen("due", "case.yaml", "--date", "2026-03-14", "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    return [one for one in json.loads(result.stdout)["due"] if one["kind"] == "copy"]


def paused_things(docgen: Docgen) -> int:
    return int(json.loads(docgen("due", "case.yaml", "--date", "2026-03-14", "--json").stdout)["paused"])


def test_a_copy_that_is_not_back_falls_due(wang: Docgen) -> None:
    (one,) = copies_due(wang)
    assert (one["date"], one["days"], one["case"], one["source"]) == ("2026-03-09", -5, CASE, "case.yaml")
    assert one["what"] == f"Performance Improvement Letter {NUMBER}" and one["supervisor"]
    listed = wang("due", "case.yaml", "--date", "2026-03-14").stdout
    assert "5 days overdue\tSigned copy\tPerformance Improvement Letter S1024-202601-L" in listed
    assert wang("due", "case.yaml", "--date", "2026-03-14", "--ics", "due.ics").exit_code == 0
    events = icalendar.Calendar.from_ical(Path("due.ics").read_bytes()).walk("VEVENT")
    assert sum("Signed copy" in str(one["summary"]) for one in events) == 1


def test_papers_in_another_folder_than_that_of_the_settings_are_found_where_it_is_named(wang: Docgen) -> None:
    OUT.rename("papers")
    assert copies_due(wang) == []
    assert len(copies_due(wang, "-o", "papers")) == 1
    with opened(Path("papers"), PRIVATE) as store:
        store.live(CASE, CLOSED, NEW.close(BACK, "left"), "left", BACK)
    assert copies_due(wang, "-o", "papers") == []
    wrong = wang("due", "case.yaml", "-o", "paper")
    assert wrong.exit_code == 2 and "paper: nothing is on record there" in wrong.stderr and not Path("paper").exists()


def test_a_copy_that_is_back_falls_due_no_more_but_one_that_lacks_pages_does(wang: Docgen) -> None:
    came_back(OUT, copy(NUMBER, [2]))
    (one,) = copies_due(wang)
    assert one["what"] == f"Performance Improvement Letter {NUMBER} (page 1 of 2 is missing)"
    came_back(OUT, copy(NUMBER))
    assert copies_due(wang) == []
    issue(revision=2)
    (one,) = copies_due(wang)
    assert one["what"].endswith(f"{NUMBER}, revision 2 (revision 1 came back; revision 2 counts)")


def test_copies_of_other_cases_and_of_closed_or_paused_ones_do_not_fall_due(wang: Docgen) -> None:
    issue("S9-1-L", "S9-1")
    assert [one["case"] for one in copies_due(wang)] == [CASE]
    paused = NEW.pause(Pause(date(2026, 3, 3), None, "illness"))
    with opened(OUT, PRIVATE) as store:
        store.live(CASE, PAUSED, paused, "illness", BACK)
    assert copies_due(wang) == []
    resting = paused_things(wang)
    Ledger(OUT).append([void_of(letter(), "wrong person", BACK)])
    assert paused_things(wang) == resting - 1, "the copy was one of them"
    issue(revision=2)
    with opened(OUT, PRIVATE) as store:
        store.live(CASE, PAUSED, paused.resume(date(2026, 3, 12)), "", BACK)
    assert [one["date"] for one in copies_due(wang)] == ["2026-03-18"]
    with opened(OUT, PRIVATE) as store:
        store.live(CASE, CLOSED, NEW.close(BACK, "left"), "left", BACK)
    assert copies_due(wang) == []
