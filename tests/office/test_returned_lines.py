"""The lines on what came back say all of it, and one that lacks anything is told and passed over."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.model.returned import Attachment, Pile, PileFile, Signer, Suggestion
from docgen.office.ledger import Entry, Ledger
from docgen.office.register import Register
from docgen.office.returned_index import lines_lacking
from docgen.office.returned_lines import (
    CONFIRMED,
    FILED,
    RETURNED,
    Filing,
    Requeued,
    Settled,
    Sorted,
    attached_entry,
    confirmed_entry,
    copy_key,
    filed_entries,
    filing_entry,
    requeued_entry,
    returned_entry,
    settled_entry,
    sorted_entry,
    taken_in_entry,
    told,
    unfiled_entry,
    waiting_entry,
)
from tests.office.returned_help import confirmed, copy, kept, waiting

ON = date(2026, 3, 9)
PILE = Pile("2026-03-09-1a2b3c4d", (PileFile("scan.pdf", kept("intake/2026-03-09-1a2b3c4d/001-scan.pdf"), 1, 4),))
COPY = copy()
ATTACHMENT = Attachment("S1-1-L", 1, 1, kept("signed/2026/S1-1/S1-1-L-r1.s1.a1.pdf"), "1a2b3c4d-4", "written on")
CONFIRMATION = confirmed(COPY, Signer("employee", "refused", "Li"), "hr", agreed="part", note="in person")
WAITING = waiting(details={"seen": "DG1"}, suggestion=Suggestion("S1-1-L", 1, 0))
REQUEUED = Requeued("1a2b3c4d-1", "filed", "of another", "S1-1-L", 1, 1, 1, COPY.file.path)
COUNTS = {"filed": 2, "waiting": 1, "blank": 1}
REPORT = kept("intake/2026-03-09-1a2b3c4d/report.json")
LINES = [
    (taken_in_entry(PILE, ON), PILE),
    (sorted_entry(PILE.name, REPORT, COUNTS, ON), Sorted(PILE.name, REPORT, COUNTS)),
    (returned_entry(COPY, ON), COPY),
    (attached_entry(ATTACHMENT, ON), ATTACHMENT),
    (confirmed_entry(CONFIRMATION, ON), CONFIRMATION),
    (waiting_entry(WAITING, ON), WAITING),
    (settled_entry("1a2b3c4d-3", "dismissed", "an advert", "", ON), Settled("1a2b3c4d-3", "dismissed", "an advert")),
    (requeued_entry(REQUEUED, ON), REQUEUED),
]


def as_written(entry: Entry) -> Entry:
    """As it comes back from the ledger."""
    return Entry(entry.event, entry.on, json.loads(json.dumps(dict(entry.details))))


def faults(out: Path) -> list[str]:
    with closing(Register(out, Ledger(out))) as register:
        return [fault.words.en for fault in register.faults]


@pytest.mark.parametrize(("entry", "said"), LINES, ids=[entry.event for entry, _ in LINES])
def test_a_line_says_what_it_was_made_of(entry: Entry, said: Any) -> None:
    assert told(entry.event, as_written(entry).details) == said


def test_a_filing_announces_the_lines_that_follow_it() -> None:
    filing = Filing("k7", ON, (COPY.file,), ("incomplete/x.pdf",), tuple(entry for entry, _ in LINES))
    entry = as_written(filing_entry(filing))
    found = told(entry.event, {**entry.details, "on": ON.isoformat()})
    assert (found.mark, found.on, found.files, found.gone) == ("k7", ON, filing.files, filing.gone)
    assert found.lines == tuple(as_written(entry) for entry, _ in LINES)
    *first, last = filed_entries(found)
    assert (last.event, last.details) == (FILED, {"mark": "k7"}) and first == list(found.lines)
    assert unfiled_entry(found) == Entry("unfiled", ON, {"mark": "k7"})


def changed(entry: Entry, **wrong: Any) -> Entry:
    return Entry(entry.event, entry.on, {**as_written(entry).details, **wrong})


def without(entry: Entry, name: str) -> Entry:
    return Entry(entry.event, entry.on, {key: value for key, value in as_written(entry).details.items() if key != name})


def file_at(path: str) -> dict[str, Any]:
    return {"path": path, "sha256": "0" * 64, "size": 1}


ESCAPES = ("../ledger.jsonl", "/etc/passwd", "signed/../../x", "", ".", "signed//x", "a\\..\\b", "C:x", "a\0b")
FILING = filing_entry(Filing("k7", ON, (COPY.file,), (), (returned_entry(COPY, ON),)))
OPTIONAL = {"kind", "by_hand", "replaces", "why", "agreed", "note", "details", "suggestion", "number"}
UNFIT: list[Entry] = [
    *(without(entry, name) for entry, _ in LINES for name in entry.details if name not in OPTIONAL),
    without(LINES[2][0], "number"),
    *(changed(LINES[2][0], file=file_at(path)) for path in ESCAPES),
    changed(LINES[2][0], pages=[{"page": 3, "leaf": "a-1"}]),
    changed(LINES[2][0], pages=[{"page": 1, "leaf": "a-1"}, {"page": 1, "leaf": "a-2"}]),
    changed(LINES[2][0], pages=[{"page": 0, "leaf": "a-1"}]),
    changed(LINES[2][0], revision="1"),
    changed(LINES[2][0], kind="fax"),
    changed(LINES[0][0], files=[{"name": "a", "file": file_at("../x"), "first": 1, "pages": 1}]),
    changed(LINES[1][0], counts={"filed": "2"}),
    changed(LINES[4][0], signers=[{"role": "hr", "how": "perhaps"}]),
    changed(LINES[5][0], picture=file_at("../x")),
    changed(LINES[6][0], how="lost"),
    changed(LINES[7][0], was="lost"),
    without(LINES[7][0], "leaf"),
    *(changed(FILING, gone=[path]) for path in ESCAPES),
    changed(FILING, files=[file_at("../x")]),
    changed(FILING, lines=[["returned", {}]]),
    changed(FILING, lines=[["issued", {"number": "S1-1-L"}]]),
    changed(FILING, lines=[["filed", {"mark": "k8"}]]),
    changed(FILING, lines=["returned"]),
    Entry(FILED, ON, {"mark": 7}),
]


@pytest.mark.parametrize("entry", UNFIT, ids=lambda one: f"{one.event} {one.details}"[:60])
def test_a_line_that_lacks_something_or_leads_elsewhere_is_told_and_passed_over(entry: Entry, tmp_path: Path) -> None:
    """A path of a line may one day be removed, so that none may lead out of the archive."""
    Ledger(tmp_path).append([entry, confirmed_entry(CONFIRMATION, ON)])
    (fault,) = faults(tmp_path)
    assert f"ledger.jsonl:1: this line of 2026-03-09 ({entry.event}) lacks what docgen needs" in fault
    with closing(Register(tmp_path, Ledger(tmp_path))) as register:
        rows = register.base.execute("SELECT event FROM returns").fetchall()
    assert rows == [(CONFIRMED,)]


def test_what_a_newer_docgen_adds_to_a_line_is_given_back_too(tmp_path: Path) -> None:
    Ledger(tmp_path).append([changed(LINES[2][0], sealed=True)])
    assert faults(tmp_path) == []
    (tmp_path / "ledger.jsonl").write_bytes(b"")
    (line,) = lost(tmp_path)
    assert line.event == RETURNED and line.details["sealed"] is True and told(line.event, line.details) == COPY


def lost(out: Path) -> list[Entry]:
    with closing(Register(out, Ledger(out))) as register:
        return register.lacks()


def test_a_line_that_was_lost_is_followed_by_those_that_count_instead_of_it(tmp_path: Path) -> None:
    """A confirmation that is put back must not count instead of the later one."""
    first, second = confirmed(COPY, "employee"), confirmed(COPY, "employee", "hr")
    other = confirmed(copy("S2-1-L"), "employee")
    Ledger(tmp_path).append([returned_entry(COPY, ON), *(confirmed_entry(one, ON) for one in (first, other, second))])
    assert faults(tmp_path) == []
    file = tmp_path / "ledger.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join((lines[0], *lines[2:])))
    assert [told(line.event, line.details) for line in lost(tmp_path)] == [first, second]


def test_the_last_word_on_a_page_and_on_a_copy_is_the_last_again(tmp_path: Path) -> None:
    """Though another kind of line has it, and the very same line was written before."""
    waits, done = waiting_entry(WAITING, ON), LINES[6][0]
    seen, whole = confirmed_entry(CONFIRMATION, ON), returned_entry(copy(replaces="incomplete/x.pdf"), ON)
    story = [waits, done, waits, done, returned_entry(COPY, ON), seen, whole]
    with closing(filled(tmp_path / "all", *story)) as known:
        for at, gone in enumerate(story):
            with closing(filled(tmp_path / str(at), *story[:at], *story[at + 1 :])) as left:
                lines = list(lines_lacking(known.base, left.base))
            with closing(filled(tmp_path / f"{at} again", *story[:at], *story[at + 1 :], *lines)) as again:
                assert last_words(again) == last_words(known), gone.event


def last_words(register: Register) -> dict[str, str]:
    rows = register.base.execute("SELECT key, event || line FROM returns ORDER BY id").fetchall()
    return {key: line for key, line in rows if key in (WAITING.leaf, copy_key(COPY))}


def test_a_line_that_was_put_back_once_is_not_lacking(tmp_path: Path) -> None:
    back = changed(LINES[2][0], recovered="no backup")
    with closing(filled(tmp_path / "before", LINES[2][0])) as before, closing(filled(tmp_path / "now", back)) as now:
        assert list(lines_lacking(before.base, now.base)) == list(lines_lacking(now.base, before.base)) == []


def test_a_filing_of_which_the_end_is_known_is_not_announced_again(tmp_path: Path) -> None:
    filing = Filing("k7", ON, (COPY.file,), (), (returned_entry(COPY, ON),))
    ended = (filing_entry(filing), *filed_entries(filing))
    with closing(filled(tmp_path / "one", ended[0])) as begun, closing(filled(tmp_path / "two", *ended)) as done:
        assert list(lines_lacking(begun.base, done.base)) == []
        assert [line.event for line in lines_lacking(done.base, begun.base)] == [RETURNED, FILED]


def filled(out: Path, *entries: Entry) -> Register:
    Ledger(out).append(entries)
    return Register(out, Ledger(out))
