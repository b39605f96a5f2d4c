"""The ledger: lines that are added and never changed, each holding the hash of the one before."""

from __future__ import annotations

import json
import os
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from docgen.errors import EnvironmentLacks
from docgen.model.record import Record
from docgen.office.ledger import Entry, Ledger
from docgen.office.publish import SHARED
from docgen.office.sent import Sent, addressed, record_sent, sendings, sent_id

DAY = date(2026, 4, 1)


def entry(name: str) -> Entry:
    return Entry("sent", DAY, {"file": name})


def lines(out: Path) -> list[bytes]:
    return (out / "ledger.jsonl").read_bytes().split(b"\n")[:-1]


def written(out: Path, *names: str) -> Ledger:
    ledger = Ledger(out)
    for name in names:
        ledger.append([entry(name)])
    return ledger


def told(out: Path) -> list[str]:
    return [fault.words.en.partition(": ")[2] for fault in Ledger(out).read().faults]


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    ledger = written(tmp_path / "out", "a", "李某.xlsx")
    assert ledger.read().entries == (entry("a"), entry("李某.xlsx")) and not ledger.read().faults


def test_nothing_is_in_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    assert Ledger(tmp_path).read().entries == () and not list(tmp_path.iterdir())


def test_nothing_to_add_makes_no_file(tmp_path: Path) -> None:
    Ledger(tmp_path).append([])
    assert not list(tmp_path.iterdir())


def test_each_line_holds_the_hash_of_the_one_before(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append([entry("a"), entry("b")])
    ledger.append([entry("c")])
    found = lines(tmp_path)
    assert [json.loads(line)["prev"] for line in found] == ["", *(sha256(line).hexdigest() for line in found[:2])]
    assert all(list(json.loads(line)) == sorted(json.loads(line)) for line in found)
    assert {json.loads(line)["format"] for line in found} == {1}


def test_a_new_ledger_is_for_its_owner_alone(tmp_path: Path) -> None:
    written(tmp_path / "out", "a")
    assert (tmp_path / "out" / "ledger.jsonl").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700


def test_an_office_that_works_as_a_group_shares_it(tmp_path: Path) -> None:
    Ledger(tmp_path / "out", SHARED).append([entry("a")])
    assert (tmp_path / "out" / "ledger.jsonl").stat().st_mode & 0o777 == 0o660


def test_a_line_that_was_not_written_in_full_is_told_and_the_next_goes_below_it(tmp_path: Path) -> None:
    written(tmp_path, "a", "b")
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    history = Ledger(tmp_path).read()
    assert history.entries == (entry("a"),) and [fault.torn for fault in history.faults] == [True]
    ledger = written(tmp_path, "c")
    history = ledger.read()
    assert history.entries == (entry("a"), entry("c")) and [fault.torn for fault in history.faults] == [True]


def test_a_last_line_that_only_lacks_its_end_is_whole(tmp_path: Path) -> None:
    written(tmp_path, "a", "b")
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(file.read_bytes()[:-1])
    ledger = written(tmp_path, "c")
    assert ledger.read().entries == (entry("a"), entry("b"), entry("c")) and not ledger.read().faults


def test_a_changed_line_is_told_and_all_of_it_is_still_read(tmp_path: Path) -> None:
    ledger = written(tmp_path, "a", "b", "c")
    ledger.file.write_bytes(ledger.file.read_bytes().replace(b'"a"', b'"x"'))
    assert [one.details["file"] for one in ledger.read().entries] == ["x", "b", "c"]
    (fault,) = ledger.read().faults
    assert not fault.torn and fault.words.en.startswith(f"{ledger.file}:2: this line does not follow")


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2), (1, 2), (0, 0, 1, 2)])
def test_lines_that_were_moved_taken_out_or_doubled_are_told(order: tuple[int, ...], tmp_path: Path) -> None:
    ledger = written(tmp_path, "a", "b", "c")
    found = lines(tmp_path)
    ledger.file.write_bytes(b"".join(found[at] + b"\n" for at in order))
    assert ledger.read().faults and len(ledger.read().entries) == len(order)


@pytest.mark.parametrize(
    "rubbish", [b"\xff\xfe", b"[1]", b'{"event": 3}', b'{"event": "sent", "date": "x"}', b"[" * 9999]
)
def test_a_line_that_can_not_be_read_is_told(rubbish: bytes, tmp_path: Path) -> None:
    ledger = written(tmp_path, "a", "b")
    first, second = lines(tmp_path)
    ledger.file.write_bytes(first + b"\n" + rubbish + b"\n" + second + b"\n")
    assert "this line can't be read" in told(tmp_path)[0] or "can't be read" in told(tmp_path)[0]
    assert ledger.read().entries == (entry("a"), entry("b")) and not ledger.read().faults[0].torn


def test_lines_of_a_newer_docgen_are_told_and_read(tmp_path: Path) -> None:
    ledger = written(tmp_path, "a")
    ledger.file.write_bytes(ledger.file.read_bytes().replace(b'"format": 1', b'"format": 2'))
    assert len(ledger.read().entries) == 1 and "newer docgen" in ledger.read().faults[0].words.en


def test_a_link_in_place_of_the_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("mine", "utf-8")
    (tmp_path / "ledger.jsonl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EnvironmentLacks, match="stands where the ledger"):
        written(tmp_path, "a")
    assert (tmp_path / "elsewhere").read_text("utf-8") == "mine"


@pytest.mark.parametrize("kind", ["folder", "link", "dangling", "pipe"])
def test_what_is_no_ledger_is_not_read(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    written(tmp_path / "other", "a")
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case _:
            file.symlink_to(tmp_path / "other" / ("ledger.jsonl" if kind == "link" else "none"))
    with pytest.raises(EnvironmentLacks, match="stands where the ledger"):
        Ledger(tmp_path).read()


def test_a_ledger_that_can_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = written(tmp_path, "a")

    def may_not(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", may_not)
    with pytest.raises(EnvironmentLacks, match="can't be read: Permission denied"):
        ledger.read()


def test_of_faults_that_are_alike_the_first_is_told_with_their_number(tmp_path: Path) -> None:
    ledger = written(tmp_path, *"abcdef")
    found = lines(tmp_path)
    ledger.file.write_bytes(b"".join(line + b"\n" for line in (found[0], *found[:0:-1], b"x")))
    broken, unreadable = ledger.read().faults
    assert broken.count == 5 and unreadable.count == 1
    assert broken.words.en.startswith(f"{ledger.file}:2: ") and broken.told.en.endswith("(and 4 more lines like it)")
    assert broken.told.zh.endswith("（另有4行情况相同）")


def test_a_disk_that_takes_only_part_of_a_line_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = written(tmp_path, "a")
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:30]))
    with pytest.raises(EnvironmentLacks, match="disk is full"):
        ledger.append([entry("b")])
    monkeypatch.undo()
    ledger.append([entry("c")])
    assert ledger.read().entries == (entry("a"), entry("c"))


def test_text_of_any_kind_stays_one_line(tmp_path: Path) -> None:
    ledger = written(tmp_path, "a\nb\u2028\udc80\x00")
    assert len(lines(tmp_path)) == 1 and ledger.read().entries == (entry("a\nb\u2028\udc80\x00"),)


def sent(id: str = "A", sha256: str = "0", folder: str = "send") -> Sent:
    return Sent(id, "a.xlsx", folder, sha256, "supervisor:s1")


def test_the_same_workbook_is_recorded_once(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    assert record_sent(ledger, [sent("A"), sent("B")], DAY) == 2
    assert record_sent(ledger, [sent("A"), sent("B"), sent("C")], date(2026, 4, 2)) == 1
    assert [one.sent.id for one in sendings(ledger.read().entries)] == ["A", "B", "C"]


def test_the_same_workbook_with_other_bytes_or_in_another_place_is_recorded_anew(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for one in (sent(), sent(sha256="1"), sent(sha256="1", folder="x"), sent(sha256="1", folder="x")):
        record_sent(ledger, [one], DAY)
    assert len(ledger.read().entries) == 3


def test_a_line_that_lacks_what_makes_it_a_sending_is_passed_over(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append([entry("a"), Entry("issued", DAY, {})])
    assert sendings(ledger.read().entries) == []


def record(number: str, supervisor: str, department: str = "销售部") -> Record:
    case = {"employee_no": number, "supervisor_no": supervisor, "supervisor_name": "李某", "department": department}
    return Record("team.xlsx", {"case": case}, {})


def test_next_months_workbook_goes_to_the_supervisor_that_its_cases_share() -> None:
    april = addressed([record("S1", "S0310"), record("S2", "S0310")], ["monthly"], "2026-04")
    assert (april.group, april.supervisor_name, april.people) == ("supervisor:s0310", "李某", ("S1", "S2"))
    assert addressed([record("S1", "S0310"), record("S2", "S0311")], ["monthly"]).supervisor_no == ""


def test_next_months_workbook_goes_to_whom_the_one_before_went() -> None:
    before = Sent("A", "a.xlsx", "send", "0", "department:销售部", department="销售部", people=("S1",))
    assert addressed([record("S1", "S0310")], ["monthly"], "2026-04", before).group == "department:销售部"


def test_the_id_of_a_workbook_follows_from_what_it_is() -> None:
    assert sent_id("supervisor:s1", ["A", "B"], ["letter"]) == sent_id("supervisor:s1", ["B", "A"], ["letter"])
    others = [("supervisor:s2", ["A", "B"], ["letter"], ""), ("supervisor:s1", ["A"], ["letter"], "")]
    others += [("supervisor:s1", ["A", "B"], ["plan"], ""), ("supervisor:s1", ["A", "B"], ["letter"], "2026-04")]
    assert len({sent_id(*one) for one in others} | {sent_id("supervisor:s1", ["A", "B"], ["letter"])}) == 5
