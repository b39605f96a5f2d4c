"""What came back, as the register tells it: what counts now, what must lie in the archive, and what may go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docgen.model.identity import paper_id
from docgen.model.returned import Attachment, Copy, Pile, PileFile
from docgen.office.entries import entry_of, void_of
from docgen.office.ledger import Entry, Ledger
from docgen.office.publish import PRIVATE
from docgen.office.recovery import EVENTS, recover
from docgen.office.register import Register
from docgen.office.returned_lines import (
    KINDS,
    Filing,
    Requeued,
    Settled,
    Was,
    attached_entry,
    confirmed_entry,
    filed_entries,
    filing_entry,
    requeued_entry,
    returned_entry,
    settled_entry,
    sorted_entry,
    taken_in_entry,
    unfiled_entry,
    waiting_entry,
)
from docgen.office.returns import Back, Returns
from tests.office.pack_help import paper
from tests.office.returned_help import confirmed, copy, kept, waiting

ON, LATER = date(2026, 3, 9), date(2026, 3, 16)
NAME = "2026-03-09-1a2b3c4d"
PILE = Pile(NAME, (PileFile("scan.pdf", kept(f"intake/{NAME}/001-scan.pdf"), 1, 4),))
REPORT = kept(f"intake/{NAME}/report.json")
LETTER = paper("S1-1-L")


class Desk:
    """An office to whose ledger lines are added, and what its register then tells."""

    def __init__(self, out: Path) -> None:
        self.register = Register(out, Ledger(out))
        self.returns = Returns(self.register)

    def write(self, *entries: Entry) -> None:
        self.register.ledger.append(entries)
        self.register.note(entries)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """With a letter that was issued."""
    made = Desk(tmp_path)
    with closing(made.register):
        made.write(entry_of(LETTER))
        yield made
        assert not made.register.faults


def test_papers_are_known_by_their_ids(desk: Desk) -> None:
    desk.write(entry_of(paper("S2-1-L")))
    assert desk.returns.papers() == {paper_id("S1-1-L"): "S1-1-L", paper_id("S2-1-L"): "S2-1-L"}


def test_an_id_that_two_papers_share_stands_for_none(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write(entry_of(paper("S2-1-L")), entry_of(paper("S3-1-L")))
    monkeypatch.setattr("docgen.office.returns.paper_id", lambda number: "one" if number < "S3" else "another")
    assert desk.returns.papers() == {"one": "", "another": "S3-1-L"}


def test_every_revision_that_was_issued_is_known_with_its_withdrawal(desk: Desk) -> None:
    second, third = (replace(LETTER, revision=number, content=f"c{number}") for number in (2, 3))
    desk.write(entry_of(second), void_of(second, "wrong person", ON), entry_of(third))
    assert desk.returns.revisions("S1-1-L") == {1: LETTER, 2: replace(second, void="wrong person"), 3: third}
    assert desk.register.standing("S1-1-L") == third and not desk.returns.revisions("S9-1-L")
    assert list(desk.register.issued_files()) == [*LETTER.files.values()] * 3


def test_an_older_revision_that_was_moved_to_the_end_is_known_and_does_not_count(tmp_path: Path) -> None:
    Ledger(tmp_path).append(map(entry_of, (replace(LETTER, revision=2), LETTER)))
    with closing(Register(tmp_path, Ledger(tmp_path))) as register:
        assert sorted(Returns(register).revisions("S1-1-L")) == [1, 2]
        assert (standing := register.standing("S1-1-L")) and standing.revision == 2


def test_a_pile_is_unsorted_until_its_report_is_filed(desk: Desk) -> None:
    desk.write(taken_in_entry(PILE, ON))
    assert desk.returns.piles() == desk.returns.unsorted() == [PILE]
    assert desk.returns.pile_with(PILE.files[0].file.sha256) == NAME and desk.returns.pile_with("0" * 64) == ""
    desk.write(sorted_entry(NAME, REPORT, {"filed": 4}, ON))
    assert desk.returns.unsorted() == [] and [one.pile for one in desk.returns.reports()] == [NAME]
    assert desk.returns.kept() == {one.path: one for one in (PILE.files[0].file, REPORT)}


def test_of_a_copy_the_last_line_counts(desk: Desk) -> None:
    part = copy(pages=[1])
    whole = copy(replaces=part.file.path)
    desk.write(returned_entry(part, ON))
    assert desk.returns.copies() == [part] and list(desk.returns.kept()) == [part.file.path]
    desk.write(returned_entry(whole, LATER))
    assert desk.returns.back() == [Back(whole, LATER)] and list(desk.returns.kept()) == [whole.file.path]
    assert desk.returns.gone() == {part.file.path: part.file}


def test_a_copy_that_another_replaces_counts_no_more(desk: Desk) -> None:
    """As where two parts turn out to be one."""
    first, second = copy(pages=[1], copy=1), copy(pages=[2], copy=2)
    whole = copy(copy=1, replaces=second.file.path)
    desk.write(*(returned_entry(one, ON) for one in (first, second, whole)))
    assert desk.returns.copies() == [whole] and set(desk.returns.gone()) == {first.file.path, second.file.path}


def test_a_place_that_holds_another_file_by_now_is_not_gone(desk: Desk) -> None:
    more = replace(copy(pages=[1]), file=kept("incomplete/S1-1-L-r1.s1.pdf", "by now"))
    desk.write(returned_entry(copy(pages=[1]), ON), returned_entry(more, ON))
    assert desk.returns.kept() == {more.file.path: more.file} and desk.returns.gone() == {}


def test_copies_are_told_of_all_papers_or_of_one_in_their_order(desk: Desk) -> None:
    known = [copy("S1-1-L"), copy("S1-1-L", copy=2), copy("S1-1-L", revision=2), copy("S2-1-L")]
    desk.write(*(returned_entry(one, ON) for one in known[::-1]))
    assert desk.returns.copies() == known and desk.returns.copies("S1-1-L") == known[:3]
    assert desk.returns.copies("S1") == []


def test_the_last_confirmation_of_a_copy_counts(desk: Desk) -> None:
    of, other = copy(), copy(copy=2)
    first, second = confirmed(of, "employee"), confirmed(of, "employee", "hr")
    desk.write(*(returned_entry(one, ON) for one in (of, other)))
    desk.write(confirmed_entry(first, ON), confirmed_entry(second, LATER))
    assert desk.returns.confirmation(of) == second and desk.returns.confirmation(other) is None
    assert desk.returns.back("S1-1-L") == [Back(of, ON, second, LATER), Back(other, ON)]
    desk.write(confirmed_entry(first, ON))
    assert desk.returns.confirmation(of) == first, "the same as once before, said again"


def test_a_confirmation_counts_while_the_copy_is_as_it_was_seen(desk: Desk) -> None:
    whole = copy()
    part = copy(pages=[1], replaces=whole.file.path)
    again = replace(copy(replaces=part.file.path), file=kept("signed/2026/S1-1/S1-1-L-r1.s1.v2.pdf"))
    seen = confirmed(whole, "employee")
    desk.write(returned_entry(whole, ON), confirmed_entry(seen, ON))
    desk.write(requeued(whole), returned_entry(part, LATER))
    assert desk.returns.back() == [Back(part, LATER)] and desk.returns.confirmation(part) is None
    desk.write(returned_entry(again, LATER))
    assert desk.returns.back() == [Back(again, LATER)] and desk.returns.confirmation(whole) is None
    desk.write(confirmed_entry(seen, LATER))
    assert desk.returns.back() == [Back(again, LATER, seen, LATER)], "the same words, said anew"


def requeued(of: Copy | Attachment, leaf: str = "1a2b3c4d-2") -> Entry:
    was: Was = "filed" if isinstance(of, Copy) else "attached"
    return requeued_entry(Requeued(leaf, was, "wrong", of.number, of.revision, of.copy, 0, of.file.path), LATER)


def test_what_was_taken_back_altogether_stands_no_more_and_lends_its_name_to_nobody(desk: Desk) -> None:
    first, second = copy(), copy(copy=2)
    page = Attachment("S1-1-L", 1, 1, kept("signed/2026/S1-1/S1-1-L-r1.s1.a1.pdf"), "1a2b3c4d-4")
    desk.write(*(returned_entry(one, ON) for one in (first, second)), attached_entry(page, ON), requeued(second))
    assert desk.returns.copies() == [first] and desk.returns.attachments() == [page]
    assert set(desk.returns.kept()) == {first.file.path, page.file.path}
    desk.write(requeued(page))
    assert desk.returns.attachments() == [] and desk.returns.copies() == [first]
    assert desk.returns.gone() == {one.path: one for one in (second.file, page.file)}
    used = desk.returns.used()
    assert used.copies == {("S1-1-L", 1): 2} and used.paths == {first.file.path, second.file.path, page.file.path}


def test_a_page_waits_as_its_last_line_says_with_the_picture_of_that(desk: Desk) -> None:
    first = waiting("1a2b3c4d-3")
    again = replace(first, why="reopened", picture=kept("queue/1a2b3c4d-3.v2.png"))
    done = settled_entry(first.leaf, "dismissed", "an advert", "", ON)
    desk.write(waiting_entry(first, ON), done, waiting_entry(again, ON))
    assert desk.returns.waiting() == [again] and desk.returns.settlements() == {}
    assert desk.returns.settled(first.leaf) is None and set(desk.returns.kept()) == {again.picture.path}
    assert set(desk.returns.gone()) == {first.picture.path}
    desk.write(done)
    assert desk.returns.waiting() == [] and (said := desk.returns.settled(first.leaf)) and said["why"] == "an advert"
    assert desk.returns.kept() == {} and set(desk.returns.gone()) == {first.picture.path, again.picture.path}


def test_an_attachment_belongs_to_its_copy(desk: Desk) -> None:
    one = Attachment("S1-1-L", 1, 1, kept("signed/2026/S1-1/S1-1-L-r1.s1.a1.pdf"), "1a2b3c4d-4")
    desk.write(attached_entry(one, ON))
    assert desk.returns.attachments() == desk.returns.attachments("S1-1-L") == [one]
    assert desk.returns.attachments("S2-1-L") == [] and list(desk.returns.kept()) == [one.file.path]


def test_a_page_waits_until_it_is_settled_and_then_its_picture_may_go(desk: Desk) -> None:
    first, second = waiting("1a2b3c4d-10"), waiting("1a2b3c4d-2")
    desk.write(waiting_entry(first, ON), waiting_entry(second, ON))
    assert desk.returns.waiting() == [first, second] and desk.returns.settled(first.leaf) is None
    desk.write(settled_entry(first.leaf, "filed", "", "S1-1-L", LATER))
    assert desk.returns.waiting() == [second] and desk.returns.waited() == [first, second]
    assert desk.returns.settled(first.leaf) == {
        "leaf": first.leaf,
        "how": "filed",
        "why": "",
        "number": "S1-1-L",
        "date": "2026-03-16",
    }
    assert desk.returns.settlements() == {first.leaf: (LATER, Settled(first.leaf, "filed", "", "S1-1-L"))}
    assert list(desk.returns.kept()) == [second.picture.path]
    assert desk.returns.gone() == {first.picture.path: first.picture}


@pytest.fixture
def filing() -> Filing:
    part: Copy = copy(pages=[1])
    whole = copy(replaces=part.file.path)
    return Filing("k7", ON, (whole.file,), (part.file.path,), (returned_entry(whole, ON),))


def test_a_filing_is_unfinished_until_it_is_filed(desk: Desk, filing: Filing) -> None:
    desk.write(filing_entry(filing))
    (found,) = desk.returns.unfinished()
    assert (found.mark, found.files, found.gone) == ("k7", filing.files, filing.gone)
    assert desk.returns.copies() == [] and desk.returns.kept() == {}, "it has not come about yet"
    desk.write(*filed_entries(found))
    assert desk.returns.unfinished() == [] and desk.returns.kept() == {one.path: one for one in filing.files}


def test_a_filing_that_did_not_come_about_may_be_begun_anew(desk: Desk, filing: Filing) -> None:
    """A pile that is read once more gives the same filing."""
    desk.write(filing_entry(filing), unfiled_entry(filing))
    assert desk.returns.unfinished() == [] and desk.returns.copies() == []
    desk.write(filing_entry(filing))
    assert [one.mark for one in desk.returns.unfinished()] == ["k7"]


def test_the_next_run_knows_the_same(desk: Desk, filing: Filing, tmp_path: Path) -> None:
    desk.write(taken_in_entry(PILE, ON), returned_entry(copy(), ON), waiting_entry(waiting(), ON), filing_entry(filing))
    with closing(Register(tmp_path, Ledger(tmp_path))) as register:
        again = Returns(register)
        assert (again.kept(), again.copies(), again.waiting(), again.unfinished()) == (
            desk.returns.kept(),
            desk.returns.copies(),
            desk.returns.waiting(),
            desk.returns.unfinished(),
        )


def test_what_the_ledger_lost_of_it_is_given_back(filing: Filing, tmp_path: Path) -> None:
    desk, of = Desk(tmp_path), copy()
    desk.write(entry_of(LETTER))
    desk.write(taken_in_entry(PILE, ON), filing_entry(filing), *filed_entries(filing), waiting_entry(waiting(), ON))
    desk.write(confirmed_entry(confirmed(of, "employee"), ON), confirmed_entry(confirmed(of, "employee", "hr"), LATER))
    desk.write(settled_entry(waiting().leaf, "dismissed", "an advert", "", LATER))
    known = desk.returns.kept(), desk.returns.gone(), desk.returns.back(), desk.returns.settlements()
    desk.register.close()
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().splitlines(keepends=True)[0])
    told = [line.zh for line in recover(tmp_path, "no backup", ON, PRIVATE)]
    assert "补入台账：收存 2026-03-09-1a2b3c4d" in told and "补入台账：签字确认 S1-1-L" in told
    again = Desk(tmp_path)
    with closing(again.register):
        assert not again.register.faults and not again.returns.unfinished()
        found = again.returns.kept(), again.returns.gone(), again.returns.back(), again.returns.settlements()
        assert found == known


def test_each_kind_of_line_that_may_come_back_has_a_name() -> None:
    assert set(KINDS) <= set(EVENTS)
