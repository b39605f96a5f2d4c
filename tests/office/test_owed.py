"""How it stands with the signed copy of a paper: owed, over its day, in part, of an older revision, back, confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from docgen.model.issued import Issued, Signatory
from docgen.model.life import NEW, Life, Pause
from docgen.model.returned import Confirmation, Signer
from docgen.office.listing import as_table
from docgen.office.owed import Owed, Tally, Terms, due_day, owed, tally
from docgen.office.owed_report import as_plain, columns, ordered, remark, remarks, rows, told, total
from docgen.office.packs import By
from docgen.office.returns import Back
from docgen.office.signers import roles
from tests.office.pack_help import DEFINITIONS, ON, SETTINGS, paper
from tests.office.returned_help import BACK, confirmed, copy

LETTER = paper("S1-1-L")
ALL = ("department_head", "supervisor", "employee", "hr")
BY: tuple[By, ...] = ("supervisor", "department")
SOON, LATE = date(2026, 3, 12), date(2026, 3, 13)
"""The last day on which a paper of 5 March may be out, and the next one."""
CLOSED = NEW.close(date(2026, 3, 6), "diagnosis")


def states(
    papers: Sequence[Issued], *back: Back, lives: Mapping[str, Life] | None = None, today: date = SOON, **settings: Any
) -> list[Owed]:
    return owed(papers, back, Terms(lives or {}, DEFINITIONS, {**SETTINGS, **settings}, today))


def state(*back: Back, paper: Issued = LETTER, life: Life = NEW, today: date = SOON, **settings: Any) -> Owed:
    (found,) = states([paper], *back, lives={paper.case: life}, today=today, **settings)
    return found


def back(*pages: int, signed: Confirmation | None = None, **more: Any) -> Back:
    of = copy(pages=pages or (1, 2), **more)
    return Back(of, BACK, signed, BACK if signed else None)


def signed_by(*signers: Signer | str, **more: Any) -> Back:
    return back(signed=confirmed(copy(), *signers, **more))


def test_a_paper_is_out_until_its_day_and_overdue_from_the_next_day_on() -> None:
    found = state()
    assert (found.state, found.due, found.days, found.is_owing) == ("out", SOON, 0, True)
    found = state(today=LATE)
    assert (found.state, found.due, found.days) == ("overdue", SOON, 1)
    assert state(today=LATE, return_days=8).state == "out"


def test_a_later_revision_counts_from_its_own_day() -> None:
    second = replace(LETTER, revision=2, on=date(2026, 3, 20))
    assert state(paper=second, today=date(2026, 3, 27)).due == date(2026, 3, 27)


def test_some_pages_are_no_copy() -> None:
    found = state(back(1), today=LATE)
    assert (found.state, found.days, found.whole, found.is_back) == ("incomplete", 1, 0, False)
    assert remark(found, DEFINITIONS).en == "Page 2 of 2 is missing."
    several = state(Back(copy(pages=[2], of=4), BACK))
    assert remark(several, DEFINITIONS).zh == "共4页，缺第1、3、4页。"


def test_a_copy_of_an_older_revision_settles_nothing() -> None:
    second = replace(LETTER, revision=2)
    found = state(back(), paper=second, today=LATE)
    assert (found.state, found.days, found.is_owing) == ("outdated", 1, True)
    assert remark(found, DEFINITIONS).en == "Revision 1 came back; revision 2 counts."
    assert state(back(), back(1, revision=2), paper=second).state == "incomplete"
    assert state(back(), back(revision=2), paper=second).state == "returned"


def test_a_complete_copy_is_returned_until_all_signatures_were_seen() -> None:
    signers = roles(LETTER, DEFINITIONS, SETTINGS)
    assert state(back(), today=LATE) == Owed(LETTER, "returned", back=back(), whole=1, signers=signers)
    found = state(signed_by("employee", "supervisor"))
    assert found.state == "returned" and [role.key for role in found.unnamed] == ["department_head", "hr"]
    assert remark(found, DEFINITIONS).zh == "尚未确认：部门负责人、人力资源。"
    assert state(signed_by(*ALL)).state == "confirmed"


def test_settings_that_change_later_change_nothing_of_what_a_paper_printed() -> None:
    printed = [*map(Signatory, ALL), Signatory("Works council", "Works council", "工会代表")]
    letter = replace(LETTER, signers=printed)
    assert state(signed_by(*ALL), paper=letter).state == "returned"
    more = [{"role": "Legal", "forms": None}]
    whole = signed_by(*ALL, Signer("Works council", "refused", "Li"))
    found = state(whole, paper=letter, extra_signers=more, letter_effect="agreement")
    assert found.state == "confirmed" and remark(found, DEFINITIONS).zh == "工会代表：拒绝签字。"


def test_who_refused_or_was_absent_is_accounted_for_and_told_without_the_witness() -> None:
    found = state(signed_by(Signer("employee", "refused", "Li"), Signer("hr", "commented"), *ALL[:2], note="private"))
    assert found.state == "confirmed"
    assert remark(found, DEFINITIONS).en == "Employee: refused to sign. HR witness: signed with a comment."


def test_of_several_copies_one_is_enough() -> None:
    """A letter says in how many copies it is signed; each party keeps one."""
    whole = signed_by(*ALL)
    found = state(back(1, copy=1), whole, back(copy=3))
    assert (found.state, found.whole, found.back) == ("confirmed", 2, whole)
    assert remark(found, DEFINITIONS).en == "2 copies are back. Another copy lacks pages."
    assert remark(state(whole, back(copy=2)), DEFINITIONS).en == "2 copies are back."
    partly = signed_by("employee")
    assert state(partly, back(copy=2)).back == partly, "the one of which something was said"


def test_a_digitally_signed_file_is_told_with_what_nobody_checked() -> None:
    assert "did not check the signature" in remark(state(back(kind="digital")), DEFINITIONS).en


def test_of_a_withdrawn_paper_and_a_closed_case_no_copy_is_asked_for() -> None:
    assert state(back(), paper=replace(LETTER, void="wrong person"), today=LATE).state == "void"
    for found in (state(life=CLOSED, today=LATE), state(back(1), life=CLOSED, today=LATE)):
        assert (found.state, found.due, found.days, found.is_owing) == ("closed", None, 0, False)
    assert state(signed_by(*ALL), life=CLOSED).state == "confirmed", "what is back stays so"


def test_the_letter_of_a_closed_case_is_owed_and_its_others_are_not() -> None:
    letter = replace(LETTER, form="outcome")
    assert state(paper=letter, life=CLOSED, today=LATE).state == "overdue"
    assert state(paper=LETTER, life=CLOSED, today=LATE).state == "closed"


def test_a_day_in_a_pause_moves_behind_it() -> None:
    def life(*pauses: tuple[date, date | None]) -> Life:
        found = NEW
        for start, until in pauses:
            found = found.pause(Pause(start, until, "illness"))
        return found

    april = (date(2026, 3, 10), date(2026, 4, 10))
    assert due_day(ON, 7, life((date(2026, 3, 6), date(2026, 3, 11)))) == SOON, "it was over by then"
    assert due_day(ON, 7, life(april)) == date(2026, 4, 17)
    assert due_day(ON, 7, life(april, (date(2026, 4, 15), date(2026, 5, 1)))) == date(2026, 5, 8)
    endless = life(april, (date(2026, 4, 15), None))
    assert due_day(ON, 7, endless) is None
    found = state(life=endless, today=date(2026, 9, 1))
    assert (found.state, found.days) == ("out", 0) and remark(found, DEFINITIONS).en == "The case is paused."


def test_what_was_issued_as_word_alone_is_not_signed() -> None:
    word = replace(LETTER, files={"docx": LETTER.files["pdf"]})
    assert states([word]) == []


def test_after_a_change_of_supervisor_the_new_one_is_asked_for_all() -> None:
    new = paper("S1-1-M-2026-04", "monthly", on=date(2026, 4, 1), supervisor_no="S2", supervisor_name="Kim")
    wrong = paper("S1-1-P", "plan", on=date(2026, 4, 2), supervisor_name="Lu", void="wrong supervisor")
    found = states([LETTER, new, wrong])
    assert [one.paper.holder.supervisor_name for one in found] == ["Kim", "Kim", "Lu"]


TEAM = [
    LETTER,
    paper("S2-1-L", supervisor_name="Kim", supervisor_no="S2", department="Stores"),
    paper("S3-1-L", supervisor_name="Kim", supervisor_no="S2"),
    paper("S4-1-L", void="wrong person"),
    paper("S5-1-L"),
]


@pytest.fixture
def team() -> list[Owed]:
    lives = {"S5-1": CLOSED, "S1-1": NEW.pause(Pause(date(2026, 3, 10), None, "illness"))}
    return states(TEAM, Back(copy("S3-1-L"), BACK), lives=lives, today=LATE)


def test_copies_are_counted_of_which_one_is_asked_for(team: list[Owed]) -> None:
    assert tally(team) == Tally(issued=3, back=1, confirmed=0, overdue=1)
    assert told(tally(team), "en") == (
        "Signed copies: 3 issued, 1 back (0 of them confirmed), 1 overdue; docgen archive status"
    )
    assert total(team, "en") == ("Signed copies: 5 = 1 overdue + 1 not back + 1 returned + 1 case closed + 1 withdrawn")
    assert total(team, "zh") == "签署件：5 = 逾期未交回 1 + 未交回 1 + 已交回 1 + 个案已关闭 1 + 已作废 1"
    assert total([], "zh") == "签署件：0"


def test_a_list_is_ordered_by_supervisor_or_department(team: list[Owed]) -> None:
    def of(by: Any) -> list[tuple[str, ...]]:
        heads = [column.label.en for column in columns(by)]
        at = [heads.index(name) for name in (heads[0], "Number", "State")]
        return [tuple(str(row[one]) for one in at) for row in rows(ordered(team, by), by, DEFINITIONS, "en")]

    assert of("supervisor")[:3] == [
        ("Kim", "S2-1-L", "overdue"),
        ("Kim", "S3-1-L", "returned"),
        ("Lee", "S1-1-L", "not back"),
    ]
    assert [one[0] for one in of("department")] == ["Sales"] * 4 + ["Stores"]


def test_below_a_table_each_remark_is_said_once_of_the_papers_that_are_owed() -> None:
    papers = [paper("S1-1-L"), paper("S2-1-L"), paper("S2-1-M-2026-03", "monthly"), paper("S3-1-L")]
    rests = {"S2-1": NEW.pause(Pause(date(2026, 3, 6), None, "diagnosis"))}
    came = [back(1), Back(copy("S3-1-L"), BACK, confirmed(copy("S3-1-L"), *ALL[:3]), BACK)]
    assert [one.state for one in states(papers, *came, lives=rests)] == ["incomplete", "out", "out", "returned"]
    assert remarks(states(papers, *came, lives=rests), DEFINITIONS, "en") == [
        "S1-1-L: Page 2 of 2 is missing.",
        "S2-1-L, S2-1-M-2026-03: The case is paused.",
        "S3-1-L: Not confirmed yet: HR witness.",
    ]


def test_a_paper_of_nobody_is_listed_with_its_department() -> None:
    whole = paper("D-1-L", name="", department="Stores")
    (row,) = rows(states([whole]), "supervisor", DEFINITIONS, "en")
    assert row[4] == "Stores"


def test_no_reason_of_a_pause_a_closing_or_a_withdrawal_is_in_a_list(team: list[Owed]) -> None:
    said = str(as_plain(team)) + str([rows(team, "supervisor", DEFINITIONS, one) for one in ("en", "zh")])
    assert not any(reason in said for reason in ("illness", "diagnosis", "wrong person"))


def test_on_a_narrow_terminal_a_number_stays_on_its_line() -> None:
    """It is copied from there, as to the command that confirms."""
    long = paper("E0147-202601-M-2026-04", name="Maximiliana Hollingsworth-Smythe", department="Sales and Service")
    for by in BY:
        table = as_table(columns(by), rows(states([long]), by, DEFINITIONS, "en"), "en", 80, colour=False)
        assert max(map(len, table.splitlines())) <= 80
        assert any(long.number in line and "2026-03-12" in line and "not back" in line for line in table.splitlines())
