"""The register says what the ledger says, whatever has become of its file; and says so where it was made anew."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import EnvironmentLacks
from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.model.life import NEW, plain
from docgen.office.entries import CLOSED, RESERVED, VOID, entry_of, void_of
from docgen.office.index import INDEX
from docgen.office.ledger import RECOVERED, Entry, Ledger
from docgen.office.publish import PRIVATE, SHARED, Access
from docgen.office.register import Register

DAY = date(2026, 3, 2)
FILE = IssuedFile("Sales/S1/S1-L-r1.docx", "0" * 64, 7)


def issued(number: str, revision: int = 1, **more: Any) -> Issued:
    known = Issued(
        number, revision, "S1", "letter", DAY, DAY, "c", "l", {"": "1"}, {"docx": FILE}, Holder("Sales", "S1")
    )
    return replace(known, **more)


def opened(out: Path, access: Access = PRIVATE) -> Register:
    return Register(out, Ledger(out, access), access)


def told(out: Path) -> list[str]:
    with closing(opened(out)) as register:
        return [fault.words.en for fault in register.faults]


def known(out: Path) -> dict[str, int]:
    with closing(opened(out)) as register:
        return {one.number: one.revision for one in register.all()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Two documents, one in its second revision; ledger and register agree."""
    folder = tmp_path / "out"
    ledger = Ledger(folder)
    ledger.append(map(entry_of, (issued("A"), issued("B"), issued("A", 2))))
    opened(folder).close()
    return folder


BOTH = {"A": 2, "B": 1}


def test_what_was_issued_is_known_in_its_last_revision(out: Path) -> None:
    with closing(opened(out)) as register:
        assert register.standing("A") == issued("A", 2) and register.standing("B") == issued("B")
        assert register.standing("C") is None and register.numbers() == ["A", "B"]


def test_what_was_noted_counts_at_once_and_in_the_next_run(out: Path) -> None:
    with closing(opened(out)) as register:
        new = entry_of(issued("C"))
        register.ledger.append([new])
        register.note([new])
        assert register.standing("C") == issued("C")
    assert known(out) == {**BOTH, "C": 1} and told(out) == []


def test_what_a_stopped_run_did_not_put_in_is_read_from_the_ledger(out: Path) -> None:
    Ledger(out).append([entry_of(issued("C"))])
    assert known(out) == {**BOTH, "C": 1} and told(out) == []


def test_a_last_line_without_its_end_counts_too(out: Path) -> None:
    Ledger(out).append([entry_of(issued("C"))])
    file = out / "ledger.jsonl"
    file.write_bytes(file.read_bytes()[:-1])
    assert known(out) == known(out) == {**BOTH, "C": 1}


def test_a_reservation_ends_when_the_document_is_issued(out: Path) -> None:
    ledger = Ledger(out)
    ledger.append([entry_of(issued(name), RESERVED) for name in "DE"])
    ledger.append([entry_of(issued("D"))])
    with closing(opened(out)) as register:
        assert register.unfinished() == [issued("E")] == [register.reserved("E")] and not register.reserved("D")


def test_a_withdrawn_document_stays_so_until_it_is_issued_anew(out: Path) -> None:
    Ledger(out).append([Entry(VOID, DAY, {"number": "A", "why": "wrong person"})])
    with closing(opened(out)) as register:
        assert (found := register.standing("A")) and found.void == "wrong person"
    Ledger(out).append([entry_of(issued("A", 3))])
    with closing(opened(out)) as register:
        assert (found := register.standing("A")) and (found.revision, found.void) == (3, "")


def test_a_withdrawal_names_its_revision(out: Path) -> None:
    Ledger(out).append([Entry(VOID, DAY, {"number": "A", "revision": 1, "why": "moved"})])
    Ledger(out).append([Entry(VOID, DAY, {"number": "B", "revision": 7, "why": "never issued"})])
    with closing(opened(out)) as register:
        assert {number: one.void for number, one in register.revisions("A").items()} == {1: "moved", 2: ""}
        assert (found := register.standing("B")) and found.void == ""
    Ledger(out).append([Entry(VOID, DAY, {"number": "B", "why": 7})])
    assert "(void) lacks what docgen needs" in told(out)[0] and known(out) == BOTH


def test_a_further_format_joins_the_revision(out: Path) -> None:
    pdf = IssuedFile("Sales/S1/S1-L-r1.pdf", "1" * 64, 9, 2)
    Ledger(out).append([entry_of(issued("B", files={"pdf": pdf}))])
    with closing(opened(out)) as register:
        assert (found := register.standing("B")) and found.files == {"docx": FILE, "pdf": pdf}


def flipped(at: float) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[int(len(content) * at)] ^= 0xFF
        file.write_bytes(content)

    return damage


def rubbish(file: Path) -> None:
    file.write_bytes(b"x" * 5000)


def falsified(file: Path) -> None:
    """A value that SQLite finds nothing wrong with."""
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("""UPDATE papers SET standing = replace(standing, '"revision": 2', '"revision": 1')""")


def emptied(file: Path) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("DELETE FROM papers")


def other_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("UPDATE mark SET format = 1")


DAMAGES: dict[str, Callable[[Path], None]] = {
    "no database": rubbish,
    "blank": lambda file: os.truncate(file, 0),
    "cut": lambda file: os.truncate(file, 5000),
    "head": flipped(0.0),
    "falsified": falsified,
    "emptied": emptied,
    "by another docgen": other_version,
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_register_that_is_damaged_is_made_anew_and_that_is_told_once(kind: str, out: Path) -> None:
    DAMAGES[kind](out / INDEX)
    assert told(out) == [
        "register.sqlite was damaged, or by another version of docgen; it has been made anew from the ledger"
    ]
    assert known(out) == BOTH and told(out) == []


def test_a_register_that_is_gone_is_made_anew_and_that_is_told_once(out: Path) -> None:
    """Whoever cuts lines off the ledger's end has to remove it too."""
    (out / INDEX).unlink()
    (said,) = told(out)
    assert said.startswith("register.sqlite was gone; it has been made anew from the ledger.")
    assert known(out) == BOTH and told(out) == []


def test_a_register_that_never_was_is_made_without_a_word(tmp_path: Path) -> None:
    assert told(tmp_path) == []
    (tmp_path / INDEX).unlink()
    Ledger(tmp_path).append([Entry("sent", DAY, {"id": "x"})])
    assert told(tmp_path) == [] and (tmp_path / INDEX).is_file()


def test_a_register_keeps_the_mode_that_somebody_gave_it(out: Path) -> None:
    """So that an auditor may read it."""
    (out / INDEX).chmod(0o644)
    Ledger(out).append([entry_of(issued("C"))])
    opened(out).close()
    assert (out / INDEX).stat().st_mode & 0o777 == 0o644 and known(out) == {**BOTH, "C": 1}


def test_an_older_register_is_brought_up_to_date(out: Path) -> None:
    old = (out / INDEX).read_bytes()
    Ledger(out).append([entry_of(issued("C"))])
    assert known(out) == {**BOTH, "C": 1}
    (out / INDEX).write_bytes(old)
    assert told(out) == [] and known(out) == {**BOTH, "C": 1}


def cut(out: Path) -> None:
    lines = (out / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    (out / "ledger.jsonl").write_bytes(b"".join(lines[:2]))


def changed(out: Path) -> None:
    file = out / "ledger.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"B"', b'"Z"'))


def gone(out: Path) -> None:
    (out / "ledger.jsonl").unlink()


def of_another_office(out: Path) -> None:
    other = out.parent / "other"
    Ledger(other).append([entry_of(issued("X"))])
    opened(other).close()
    shutil.copy(other / INDEX, out / INDEX)


@pytest.mark.parametrize("lose", [cut, changed, gone, of_another_office])
@pytest.mark.parametrize("kept", [True, False])
def test_a_register_that_knows_what_the_ledger_lost_stays_and_says_so_each_time(
    lose: Callable[[Path], None], kept: bool, out: Path
) -> None:
    lose(out)
    before = (out / INDEX).read_bytes()
    for _ in range(2):
        with closing(Register(out, Ledger(out), kept=kept)) as register:
            assert register.before and "is no longer what the last run left" in register.faults[0].words.en
            assert not register.faults[0].torn
    assert (out / INDEX).read_bytes() == before


def test_what_the_ledger_lost_is_known_by_line(out: Path) -> None:
    Ledger(out).append([void_of(issued("A", 2), "wrong person", DAY), entry_of(issued("E"), RESERVED)])
    Ledger(out).append([Entry(CLOSED, DAY, {"case": "S1", "why": "left", "life": plain(NEW.close(DAY, "left"))})])
    opened(out).close()
    cut(out)
    with closing(opened(out)) as register:
        lost = [(line.event, line.details.get("number") or line.details["case"]) for line in register.lacks()]
    assert lost == [("issued", "A"), ("void", "A"), ("reserved", "E"), ("restored", "S1")]


def test_files_and_sendings_that_the_ledger_lost_are_known_too(out: Path) -> None:
    pdf = IssuedFile("Sales/S1/S1-L-r1.pdf", "1" * 64, 9, 2)
    before = (out / "ledger.jsonl").read_bytes()
    Ledger(out).append([entry_of(issued("B", files={"pdf": pdf})), Entry("sent", DAY, {"id": "K7", "file": "a.xlsx"})])
    opened(out).close()
    (out / "ledger.jsonl").write_bytes(before)
    with closing(opened(out)) as register:
        further, sent = register.lacks()
    assert list(further.details["files"]) == ["pdf"] and further.details["revision"] == 1
    assert (sent.event, sent.on, sent.details) == ("sent", DAY, {"id": "K7", "file": "a.xlsx"})


def test_where_ledger_and_register_differ_on_a_file_the_register_is_heard(out: Path) -> None:
    """Two copies of the folder went on by themselves."""
    file = out / "ledger.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"sha256": "000', b'"sha256": "999'))
    with closing(opened(out)) as register:
        assert [(line.details["number"], line.details["files"]["docx"]["sha256"][:3]) for line in register.lacks()] == [
            ("A", "000"),
            ("A", "000"),
            ("B", "000"),
        ]


def test_an_earlier_revision_that_the_ledger_lost_comes_back_and_does_not_count(out: Path) -> None:
    file = out / "ledger.jsonl"
    _, *rest = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(rest))
    with closing(opened(out)) as register:
        (line,) = register.lacks()
    assert (line.event, line.details["number"], line.details["revision"]) == ("issued", "A", 1)
    Ledger(out).append([line])
    (out / INDEX).unlink()
    with closing(opened(out)) as register:
        assert register.standing("A") == issued("A", 2) and list(register.revisions("A")) == [1, 2]


def test_a_fault_of_the_ledger_is_told_until_somebody_takes_note_of_it(out: Path) -> None:
    changed(out)
    (out / INDEX).unlink()
    made_anew, first = told(out)
    assert "was gone" in made_anew and told(out) == [first] and "does not follow" in first
    assert known(out) == {"A": 2, "Z": 1}
    Ledger(out).append([Entry(RECOVERED, DAY, {"why": "no backup"})])
    assert told(out) == []
    (out / INDEX).unlink()
    assert len(told(out)) == 1 and told(out) == []
    falsified_line = (out / "ledger.jsonl").read_bytes().replace(b"no backup", b"no record")
    Ledger(out).append([entry_of(issued("C"))])
    (out / "ledger.jsonl").write_bytes(falsified_line + (out / "ledger.jsonl").read_bytes().splitlines()[-1] + b"\n")
    (out / INDEX).unlink()
    assert len(told(out)) == 2 and len(told(out)) == 1, "what happens afterwards is told again"


def test_an_older_line_that_was_moved_to_the_end_does_not_count(out: Path) -> None:
    file = out / "ledger.jsonl"
    first, second, third = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(second + third + first)
    (out / INDEX).unlink()
    assert any("does not follow" in one or "taken out" in one for one in told(out)) and known(out) == BOTH


def test_a_folder_in_place_of_the_register_stops_nothing(out: Path) -> None:
    (out / INDEX).unlink()
    (out / INDEX / "mine").mkdir(parents=True)
    assert known(out) == BOTH and (out / INDEX / "mine").is_dir()


def test_a_register_that_another_program_holds_is_waited_for_and_kept(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (out / INDEX).read_bytes()
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **more: connect(*given, **{**more, "timeout": 0.01}))
    holder = connect(out / INDEX, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(EnvironmentLacks, match="another program holds it"):
        opened(out)
    with closing(Register(out, Ledger(out), kept=False)) as register:
        assert {one.number: one.revision for one in register.all()} == BOTH and not register.faults
    holder.close()
    assert (out / INDEX).read_bytes() == before and told(out) == []


def test_a_link_in_place_of_the_register_is_replaced_and_leads_nowhere(out: Path) -> None:
    mine = out.parent / "mine.sqlite"
    shutil.move(out / INDEX, mine)
    before = mine.read_bytes()
    (out / INDEX).symlink_to(mine)
    Ledger(out).append([entry_of(issued("C"))])
    assert known(out) == {**BOTH, "C": 1} and mine.read_bytes() == before and not (out / INDEX).is_symlink()


@pytest.mark.parametrize(
    "details",
    [
        *({}, {"number": ["A"]}, {"files": 3}, {"revision": "x"}, {"printed": "x"}, {"holder": None}, {"number": {}}),
        *({"end": 7}, {"end": "x"}, {"replaced": "x"}, {"copies": "x"}, {"parts": {"a": 1}}, {"changed": [None]}),
        *(
            {"holder": {"name": 7}},
            {"withdrawn": "no"},
            {"copies": True},
            {"revision": -1},
            {"files": {"pdf": {"path": 7, "sha256": "", "size": 1}}},
        ),
    ],
)
def test_a_line_that_lacks_what_it_should_have_is_told_and_passed_over(details: dict[str, Any], out: Path) -> None:
    whole = entry_of(issued("C"))
    before = len((out / "ledger.jsonl").read_bytes().splitlines())
    Ledger(out).append([Entry("issued", DAY, {**whole.details, **details} if details else {}), entry_of(issued("D"))])
    (fault,) = told(out)
    assert fault.startswith(
        f"{out / 'ledger.jsonl'}:{before + 1}: this line of 2026-03-02 (issued) lacks what docgen needs"
    )
    assert known(out) == {**BOTH, "D": 1}


@pytest.mark.parametrize(
    "life",
    [
        {"closed": 7},
        {"closed_on": "x"},
        {"pauses": [{"from": "2026-04-01", "until": None, "why": 7}]},
        {"pauses": 3},
        {"extended": 1},
    ],
)
def test_a_line_of_a_life_that_is_none_is_told_and_passed_over(life: dict[str, Any], out: Path) -> None:
    Ledger(out).append([Entry(CLOSED, DAY, {"case": "S1", "why": "", "life": {**plain(NEW), **life}})])
    (fault,) = told(out)
    assert "(closed) lacks what docgen needs" in fault
    with closing(opened(out)) as register:
        assert register.lives() == {}


def test_what_a_newer_docgen_adds_to_a_line_is_passed_over(out: Path) -> None:
    whole = json.loads(json.dumps(dict(entry_of(issued("C")).details)))
    whole["holder"]["grade"] = whole["files"]["docx"]["colour"] = whole["sealed"] = "x"
    Ledger(out).append([Entry("issued", DAY, whole), Entry("archived", DAY, {"number": "A"})])
    assert told(out) == [] and known(out) == {**BOTH, "C": 1}


def test_a_register_is_for_its_owner_or_for_the_group(tmp_path: Path) -> None:
    for access in (PRIVATE, SHARED):
        folder = tmp_path / str(access.file)
        Ledger(folder, access).append([entry_of(issued("A"))])
        opened(folder, access).close()
        modes = {stat.S_IMODE((folder / name).stat().st_mode) for name in (INDEX, "ledger.jsonl")}
        assert modes == {access.file} and stat.S_IMODE(folder.stat().st_mode) == access.folder
        assert sorted(path.name for path in folder.iterdir()) == ["ledger.jsonl", INDEX]
