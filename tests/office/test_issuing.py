"""What is told of documents that stand on record: what was made again, what keeps its date, what can't be had."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from docgen.definitions.load import load_definitions
from docgen.model.issued import Notice, Signatory
from docgen.office.batch import Batch
from docgen.office.crew import Alone
from docgen.office.ledger import Ledger
from docgen.office.outcome import Order, Outcome
from docgen.office.publish import PRIVATE
from docgen.office.run import load_run
from docgen.office.store import opened
from docgen.office.working import Job, Work
from docgen.sources.cases import read_cases
from tests.office import stubs

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DAY = date(2026, 3, 2)
LATER = DAY + timedelta(days=20)
FIRST = Order(DAY, formats=("docx",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SAMPLES / "wang.yaml", tmp_path / "case.yaml")
    shutil.copy(SAMPLES / "docgen.yaml", tmp_path)
    return tmp_path


def one(folder: Path, order: Order = FIRST, does: Callable[[Job], Work] = stubs.does, form: str = "letter") -> Outcome:
    definitions = load_definitions()
    run = load_run(read_cases([folder / "case.yaml"], definitions), definitions, (form,), DAY, out=folder / "out")
    return next(iter(Batch(run, replace(order, out=folder / "out"), Alone(does)).outcomes()))


def test_who_must_sign_is_on_record_as_the_paper_prints_it(folder: Path) -> None:
    settings = folder / "docgen.yaml"
    settings.write_text(
        settings.read_text("utf-8")
        + "\nextra_signers:\n- {role: {en: Works council, zh: 工会代表}, forms: [letter]}\n",
        "utf-8",
    )
    made = one(folder)
    for kept in (True, False):
        if not kept:
            (folder / "out" / "register.sqlite").unlink()
        with opened(folder / "out", PRIVATE) as store:
            standing = store.register.standing(made.paper.number)
        assert standing and standing.signers
        *forms_own, works = standing.signers
        assert forms_own == [Signatory(role) for role in made.paper.form.signers]
        assert works == Signatory("Works council", "Works council", "工会代表")


def looks_otherwise(job: Job) -> Work:
    return replace(stubs.does(job), look="another")


def says_otherwise(job: Job) -> Work:
    """A frozen document whose data have changed."""
    return replace(stubs.does(job), verdict="frozen", files={}) if job.standing else stubs.does(job)


def test_a_file_that_is_gone_is_told_as_made_again(folder: Path) -> None:
    one(folder).files[0].unlink()
    again = one(folder, replace(FIRST, on=LATER))
    assert again.state == "made" and "byte for byte" in again.reason.en and "重新生成" in again.reason.zh


def test_a_further_format_is_told_as_such_and_dated_when_it_was_made(folder: Path) -> None:
    one(folder)
    further = one(folder, Order(LATER))
    assert further.reason.en == "revision 1, a further format"
    with opened(folder / "out", PRIVATE) as store:
        standing = store.register.standing(further.paper.number)
    assert standing and standing.on == DAY and set(standing.files) == {"docx", "pdf"}
    assert [entry.on for entry in Ledger(folder / "out").read().entries] == [DAY, DAY, LATER, LATER]


def test_a_further_format_that_looks_otherwise_is_told(folder: Path) -> None:
    one(folder)
    assert "have changed since" in one(folder, Order(LATER), looks_otherwise).reason.en


def test_a_frozen_document_that_says_something_else_now_gets_no_further_format(folder: Path) -> None:
    one(folder, form="monthly")
    further = one(folder, Order(LATER), says_otherwise, "monthly")
    assert further.state == "refused" and "was not issued as pdf" in further.reason.en
    assert f"--revise {further.paper.number}" in further.reason.zh


ISSUED = date(2026, 1, 5)


def dated(job: Job) -> Work:
    """It bears the date that the case gives."""
    return replace(stubs.does(job), printed=job.standing.printed if job.standing else job.dated or ISSUED)


def corrected(folder: Path) -> Order:
    """The date of issue in the case is corrected."""
    text = (folder / "case.yaml").read_text("utf-8")
    (folder / "case.yaml").write_text(text.replace("issue_date: 2026-01-05", "issue_date: 2026-01-06"), "utf-8")
    return FIRST


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda _: FIRST, ""),
        (lambda _: replace(FIRST, dated=ISSUED), ""),
        (lambda _: replace(FIRST, dated=DAY), "2026-03-02"),
        (corrected, "2026-01-06"),
    ],
)
def test_another_date_for_an_unchanged_document_is_told(
    change: Callable[[Path], Order], told: str, folder: Path
) -> None:
    one(folder, does=dated)
    same = one(folder, change(folder), dated)
    assert same.state == "unchanged" and bool(same.reason.en) == bool(told) and told in same.reason.zh


def test_a_revision_is_not_dated_before_the_one_it_replaces(folder: Path) -> None:
    one(folder)
    before = one(folder, replace(FIRST, on=DAY - timedelta(days=9), reason="earlier"))
    assert before.state == "refused" and "--date" in before.reason.en and "--date" in before.reason.zh
    assert one(folder, replace(FIRST, on=LATER, reason="later")).revision == 2


def test_what_a_letter_says_of_copies_and_begins_is_on_record(folder: Path) -> None:
    letter = one(folder)
    with opened(folder / "out", PRIVATE) as store:
        standing = store.register.standing(letter.paper.number)
    assert standing and standing.copies == 3 and standing.start == "2026-01-05"
    assert standing.language == "zh" and not standing.withdrawn


def test_that_a_revision_replaced_a_withdrawn_paper_is_on_record(folder: Path) -> None:
    notice = Notice(1, DAY, (), "again", withdrawn=True)
    letter = one(folder, does=lambda job: replace(stubs.does(job), notice=notice))
    with opened(folder / "out", PRIVATE) as store:
        standing = store.register.standing(letter.paper.number)
    assert standing and standing.withdrawn
