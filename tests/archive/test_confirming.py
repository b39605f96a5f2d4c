"""What a person saw of the signatures is recorded of the copy that is meant, and of nobody who doesn't sign."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from docgen.archive.confirming import Seen, confirm
from docgen.archive.signatures import signers_named
from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.model.returned import Confirmation, Signer
from docgen.office.returns import Returns
from docgen.office.signers import roles
from tests.archive.queue_help import LETTER, MONTHLY, NOTES, ON, PLAN, SHORT, Back, events, held, office, pile
from tests.office.pack_help import DEFINITIONS, SETTINGS, paper

ALL = "department_head, supervisor, employee, hr"
OTHER = "5e6f7a8b"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the letter's second revision two copies are back, of the first one; the plan's lacks a page."""
    made = office(tmp_path_factory.mktemp("archive") / "out")
    whole = [Back(number, {1: at}) for at, number in enumerate((SHORT, NOTES, MONTHLY), start=1)]
    letters = [Back(LETTER, {1: 4, 2: 5}), Back(LETTER, {1: 6, 2: 7}, 2), Back(LETTER, {1: 8, 2: 9}, 2, 2)]
    pile(made, (), [*whole, *letters, Back(PLAN, {1: 10, 3: 11})], {"scan.pdf": 11})
    return made


@pytest.fixture
def out(archive: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(archive, tmp_path / "out"))


def confirmed(out: Path, number: str, signed_by: str = ALL, dry_run: bool = False, **given: Any) -> Words:
    with held(out) as store:
        return confirm(store, Seen(number, [signed_by], **given), DEFINITIONS, SETTINGS, ON, dry_run)


def standing(out: Path, number: str) -> list[Confirmation]:
    with held(out) as store:
        returns = Returns(store.register)
        return [one for one in map(returns.confirmation, returns.copies(number)) if one]


def test_who_signed_and_what_was_ticked_is_recorded_in_the_order_of_the_paper(out: Path) -> None:
    told = confirmed(
        out, SHORT.lower(), "hr,employee=commented,supervisor,department_head", agreed="part", note=" a  b "
    )
    signers = [Signer("department_head", "signed"), Signer("supervisor", "signed")]
    signers += [Signer("employee", "commented"), Signer("hr", "signed")]
    assert standing(out, SHORT) == [Confirmation(SHORT, 1, 1, tuple(signers), "part", "a b")]
    assert told.en.startswith(f"{SHORT}, revision 1, copy 1: confirmed: Department head signed, Supervisor signed, Emp")
    assert "Ticked: agrees in part." in told.en and "勾选意见：部分同意。" in told.zh and "员工签字并附意见" in told.zh
    assert "Nothing is said" not in told.en and "尚未确认" not in told.zh


def test_who_is_not_named_is_told_and_the_rest_recorded(out: Path) -> None:
    told = confirmed(out, SHORT, "employee")
    assert "Nothing is said yet of: Department head, Supervisor, HR witness." in told.en
    assert "尚未确认：部门负责人、主管、人力资源。" in told.zh and len(standing(out, SHORT)) == 1


SAID = {
    "员工": [Signer("employee", "signed")],
    "员工本人＝附意见，直接主管": [Signer("supervisor", "signed"), Signer("employee", "commented")],
    "员工=拒签：李某、HR witness": [Signer("employee", "refused", "李某"), Signer("hr", "signed")],
    "Department Head = absent : K. Li ; hr": [Signer("department_head", "absent", "K. Li"), Signer("hr", "signed")],
    "人力资源=未到场,": [Signer("hr", "absent")],
    "company": [Signer("company", "signed")],
    "工会代表=commented, Works council 2": [Signer("Works council", "commented"), Signer("Works council 2", "signed")],
}


@pytest.mark.parametrize("typed", SAID)
def test_signers_are_named_as_people_call_them(typed: str) -> None:
    extra = [{"role": Words("Works council", "工会代表"), "forms": None}, {"role": "Works council 2", "forms": None}]
    may_sign = roles(paper("E1-1-L"), DEFINITIONS, {**SETTINGS, "extra_signers": extra})
    assert list(signers_named([typed], may_sign, DEFINITIONS, "E1-1-L")) == SAID[typed]


WRONG = {
    "interviewer": "nobody of that name signs",
    "employe": "did you mean 'employee'?",
    "employee,hr,员工": "named twice",
    "employee=maybe": "write signed, commented, refused:WITNESS or absent",
    "employee=": "write signed, commented",
    "employee=refused": "employee=refused:NAME",
    "employee=refused: ": "employee=refused:NAME",
    "employee=signed:K. Li": "leave out 'K. Li'",
    "=signed": "nobody of that name signs",
}


@pytest.mark.parametrize("typed", WRONG)
def test_what_can_not_be_said_of_a_paper_is_refused(typed: str, out: Path) -> None:
    before = events(out)
    with pytest.raises(UsageError) as error:
        confirmed(out, SHORT, typed)
    assert WRONG[typed] in error.value.words.en and error.value.words.zh.startswith("--signed-by")
    assert events(out) == before


def test_the_newest_whole_copy_of_the_revision_that_counts_is_meant(out: Path) -> None:
    assert "revision 2, copy 2" in confirmed(out, LETTER).en
    assert "revision 2, copy 1" in confirmed(out, LETTER, copy=1).en
    told = confirmed(out, LETTER, revision=1)
    assert "revision 1, copy 1" in told.en and "Mind that revision 2 has replaced this one" in told.en
    assert [(one.revision, one.copy) for one in standing(out, LETTER)] == [(1, 1), (2, 1), (2, 2)]


def test_an_older_revision_is_confirmed_only_where_that_is_said(tmp_path: Path) -> None:
    out = office(tmp_path / "out")
    pile(out, (), [Back(LETTER, {1: 1, 2: 2}), Back(LETTER, {1: 3}, 2)])
    with pytest.raises(UsageError, match="add --revision 1"):
        confirmed(out, LETTER)
    with pytest.raises(UsageError, match="copy 1 of revision 2 are missing"):
        confirmed(out, LETTER, revision=2)
    meant: tuple[dict[str, Any], ...] = ({"revision": 1}, {"copy": 1})
    for said in meant:
        assert "revision 1, copy 1" in confirmed(out, LETTER, **said).en


@pytest.mark.parametrize(
    ("number", "given", "told"),
    [
        (PLAN, {}, f"{PLAN}: pages of copy 1 of revision 1 are missing (2)"),
        (PLAN, {"copy": 2}, "no copy 2 is in the archive; there are: copy 1 of revision 1"),
        (LETTER, {"revision": 3}, "no copy of revision 3 is"),
        (LETTER, {"revision": 2, "copy": 3}, "no copy 3 of revision 2 is"),
        ("E3-1-L", {}, "no signed copy of it is in the archive"),
        ("E2-1-M", {}, "did you mean"),
    ],
)
def test_a_copy_that_is_not_there_or_lacks_pages_can_not_be_confirmed(
    number: str, given: dict[str, Any], told: str, out: Path
) -> None:
    before = events(out)
    with pytest.raises(UsageError) as error:
        confirmed(out, number, **given)
    assert told in error.value.words.en and error.value.words.zh != error.value.words.en and events(out) == before


@pytest.mark.parametrize(
    ("number", "agreed", "told"),
    [(MONTHLY, "yes", "no boxes to tick"), (NOTES, "no", "yes (the record reflects the talk), part (")],
)
def test_only_what_the_paper_has_boxes_for_was_ticked(number: str, agreed: Any, told: str, out: Path) -> None:
    with pytest.raises(UsageError) as error:
        confirmed(out, number, "employee", agreed=agreed)
    assert told in error.value.words.en and error.value.words.zh.startswith("--agreed")


def test_notes_of_a_talk_are_whole_without_a_companion(out: Path) -> None:
    told = confirmed(out, NOTES, "员工，面谈人", agreed="part")
    assert "Nothing is said" not in told.en and "Ticked: the record does not fully reflect the talk." in told.en


def test_confirming_again_replaces_and_the_same_again_records_nothing(out: Path) -> None:
    confirmed(out, SHORT, "employee")
    before = events(out)
    assert "confirmed already" in confirmed(out, SHORT, "员工").en and events(out) == before
    told = confirmed(out, SHORT, "employee=refused:K. Li, supervisor, department_head, hr")
    assert "It replaces what was confirmed before." in told.en and "由本次取代" in told.zh
    assert "Employee refused to sign (witness: K. Li)" in told.en and "员工拒绝签字（见证人：K. Li）" in told.zh
    assert events(out) == [*before, "confirmed"]
    (now,) = standing(out, SHORT)
    assert [one.how for one in now.signers] == ["signed", "signed", "refused", "signed"]


def test_a_trial_confirms_nothing(out: Path) -> None:
    before = events(out)
    assert "confirmed: Employee signed" in confirmed(out, SHORT, "employee", dry_run=True).en
    assert events(out) == before and standing(out, SHORT) == []


def test_that_a_paper_was_withdrawn_is_told(out: Path) -> None:
    with held(out) as store:
        issued = store.register.standing(SHORT)
        assert issued
        store.void(issued, "wrong person", ON)
    told = confirmed(out, SHORT)
    assert "withdrawn" in told.en and "作废" in told.zh and "wrong person" not in told.en
