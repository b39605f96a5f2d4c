"""What a person saw of the signatures is recorded of the copy that is meant, and of nobody who doesn't sign."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from docgen.archive.confirming import Seen, Signing, confirm
from docgen.archive.signatures import answer_meant, signers_named
from docgen.errors import RecordFault, UsageError
from docgen.model.issued import Holder, Signatory
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
        (told,) = confirm(store, Seen([number], [signed_by], **given), Signing(DEFINITIONS, SETTINGS), ON, dry_run)
        return told


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
    assert "nothing is said" not in told.en and "尚未确认" not in told.zh


def test_who_is_not_named_is_told_and_the_rest_recorded(out: Path) -> None:
    told = confirmed(out, SHORT, "employee")
    assert "nothing is said yet of: Department head, Supervisor, HR witness." in told.en
    assert "尚未确认：部门负责人、主管、人力资源，" in told.zh and len(standing(out, SHORT)) == 1


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


def test_what_two_of_them_are_called_names_neither() -> None:
    """As where the settings add somebody of whom people speak as of the witness."""
    extra = [{"role": Words("Human resources", "人事"), "forms": None}, {"role": "HR", "forms": None}]
    may_sign = roles(paper("E1-1-L"), DEFINITIONS, {**SETTINGS, "extra_signers": extra})

    def meant(typed: str) -> list[str]:
        return [one.role for one in signers_named([typed], may_sign, DEFINITIONS, "E1-1-L")]

    for typed in ("human resources", "人事", "Hr"):
        with pytest.raises(UsageError, match="exactly one of: hr"):
            meant(typed)
    assert meant("hr,HR,Human resources") == ["hr", "Human resources", "HR"] and meant("人力资源") == ["hr"]


def test_which_of_several_copies_was_meant_is_told(out: Path) -> None:
    told = confirmed(out, LETTER)
    assert "Of 2 whole copies this is the newest: " in told.en and f"{LETTER}-r2.s2.pdf" in told.zh
    assert "Of 2" not in confirmed(out, LETTER, copy=1).en + confirmed(out, SHORT).en


def test_that_the_revision_which_replaced_a_paper_was_withdrawn_is_told(out: Path) -> None:
    with held(out) as store:
        latest = store.register.standing(LETTER)
        assert latest
        store.void(latest, "wrong person", ON)
    told = confirmed(out, LETTER, revision=1)
    assert "revision 2, which replaced this one, was withdrawn" in told.en and "what counts" not in told.en


@pytest.mark.parametrize("name", ["Zhou Man", "ＬＩ Ｎａ", "de l’Été", "欧阳　娜", "Ann-Mary O'Neil"])
def test_the_name_of_a_witness_is_kept_as_it_was_typed(name: str, out: Path) -> None:
    confirmed(out, SHORT, f"employee=refused: {name} ,hr")
    (now,) = standing(out, SHORT)
    assert [one.witness for one in now.signers] == [name, ""]


@pytest.mark.parametrize(
    ("holder", "signers", "refused"),
    [
        (Holder("Sales"), ("company", "supervisor", "department_head", "hr"), "employee"),
        (Holder("Sales", "E1", "Wang"), ("department_head", "supervisor", "employee", "hr"), "company"),
    ],
)
def test_who_has_no_line_on_a_paper_has_not_signed_it(holder: Holder, signers: tuple[str, ...], refused: str) -> None:
    of = replace(paper("E1-1-L"), holder=holder, signers=tuple(map(Signatory, signers)))
    may_sign = roles(of, DEFINITIONS, SETTINGS)
    assert [one.role for one in signers_named([",".join(signers)], may_sign, DEFINITIONS, "L")] == [*signers]
    with pytest.raises(UsageError, match="nobody of that name signs"):
        signers_named([refused], may_sign, DEFINITIONS, "L")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("同意", "yes"), (" 部分 同意", "part"), ("不同意", "no"), ("YES", "yes"), ("does not agree", "no")],
)
def test_what_was_ticked_may_be_said_in_either_language(typed: str, meant: str) -> None:
    assert answer_meant(typed, DEFINITIONS.forms["letter"].acknowledges, "E1-1-L") == meant


def test_what_a_form_has_no_box_for_is_not_ticked_in_chinese_either() -> None:
    boxes = DEFINITIONS.forms["notes"].acknowledges
    assert answer_meant("与面谈内容不完全一致", boxes, NOTES) == answer_meant("部分同意", boxes, NOTES) == "part"
    with pytest.raises(UsageError, match="has no such box"):
        answer_meant("不同意", boxes, NOTES)


def test_a_copy_whose_file_was_changed_since_is_not_confirmed(out: Path) -> None:
    """What a person saw there may not be what was signed."""
    file = out / "archive" / f"signed/2026/E2-1/{SHORT}-r1.s1.pdf"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b"\n")
    before = events(out)
    with pytest.raises(RecordFault, match="archive verify"):
        confirmed(out, SHORT)
    assert events(out) == before


def test_notes_of_a_talk_are_whole_without_a_companion(out: Path) -> None:
    told = confirmed(out, NOTES, "员工，面谈人", agreed="part")
    assert "nothing is said" not in told.en and "Ticked: the record does not fully reflect the talk." in told.en


def test_confirming_again_adds_or_corrects_and_the_same_again_records_nothing(out: Path) -> None:
    first = confirmed(out, SHORT, "employee, hr", agreed="part", note="by post")
    assert ": noted: Employee signed, HR witness signed. Ticked:" in first.en and "still counts as returned" in first.en
    before = events(out)
    assert "confirmed already" in confirmed(out, SHORT, "员工").en and events(out) == before
    told = confirmed(out, SHORT, "supervisor, department_head")
    assert ": confirmed: " in told.en and "Before, it was: Employee signed, HR witness signed." in told.en
    told = confirmed(out, SHORT, "employee=refused:K. Li", agreed="no")
    assert "Employee refused to sign (witness: K. Li)" in told.en and "员工拒绝签字（见证人：K. Li）" in told.zh
    assert events(out) == [*before, "confirmed", "confirmed"]
    (now,) = standing(out, SHORT)
    assert [one.how for one in now.signers] == ["signed", "signed", "refused", "signed"]
    assert (now.agreed, now.note) == ("no", "by post")


def test_several_papers_are_confirmed_at_once_or_none(out: Path) -> None:
    def both(*numbers: str, **given: Any) -> list[Words]:
        seen = Seen(numbers, ["employee, supervisor"], **given)
        with held(out) as store:
            return confirm(store, seen, Signing(DEFINITIONS, SETTINGS), ON)

    before = events(out)
    with pytest.raises(UsageError, match="pages of copy 1 of revision 1 are missing"):
        both(MONTHLY, PLAN)
    with pytest.raises(UsageError, match="name one paper"):
        both(MONTHLY, SHORT, copy=1)
    assert events(out) == before
    told = both(MONTHLY, SHORT, MONTHLY.lower())
    assert [one.en.partition(",")[0] for one in told] == [MONTHLY, SHORT]
    assert events(out) == [*before, "confirmed", "confirmed"]


def test_a_trial_confirms_nothing(out: Path) -> None:
    before = events(out)
    assert "noted: Employee signed" in confirmed(out, SHORT, "employee", dry_run=True).en
    assert events(out) == before and standing(out, SHORT) == []


def test_that_a_paper_was_withdrawn_is_told(out: Path) -> None:
    with held(out) as store:
        issued = store.register.standing(SHORT)
        assert issued
        store.void(issued, "wrong person", ON)
    told = confirmed(out, SHORT)
    assert "withdrawn" in told.en and "作废" in told.zh and "wrong person" not in told.en
