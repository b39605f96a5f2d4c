"""A job is data in and bytes out: the same on any process, and a bug costs it alone."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from docgen.definitions.load import load_definitions
from docgen.errors import DocumentError, EnvironmentLacks
from docgen.model.issued import Issued
from docgen.office import working
from docgen.office.judging import Leave
from docgen.office.run import load_run
from docgen.office.working import Job, packed, work
from docgen.paper import papers
from docgen.sources.cases import read_cases

SHORT = Path(__file__).resolve().parents[2] / "samples" / "short.yaml"
DAY, LATER = date(2026, 3, 2), date(2026, 4, 7)


@pytest.fixture(scope="module")
def job() -> Job:
    definitions = load_definitions()
    run = load_run(read_cases([SHORT], definitions), definitions, ("letter",), DAY)
    ((checked, office),) = run.cases
    (paper,) = papers(checked, definitions)
    settings = packed(office.settings, office.company)
    return Job(paper.case, "letter", (), paper.number, settings, ("docx",), "final", False, DAY)


@pytest.fixture(scope="module")
def on_record(job: Job) -> Issued:
    made = work(job)
    assert made.verdict == "new" and list(made.files) == ["docx"] and made.parts
    return Issued(job.number, 1, job.case.id, "letter", DAY, made.printed, made.content, made.look, made.parts)


@pytest.mark.usefixtures("drawn_anew")
def test_a_job_travels_and_gives_the_same_bytes(job: Job) -> None:
    there = pickle.loads(pickle.dumps(job))
    assert pickle.loads(pickle.dumps(work(there))) == work(job)


def test_what_says_the_same_is_not_made(job: Job, on_record: Issued) -> None:
    made = work(replace(job, standing=on_record, on=LATER))
    assert (made.verdict, made.files, made.revision) == ("same", {}, 1) and made.content == on_record.content


@pytest.mark.usefixtures("drawn_anew")
def test_a_file_that_is_gone_is_made_again_as_it_was(job: Job, on_record: Issued) -> None:
    again = work(replace(job, standing=on_record, on=LATER, lacking=("docx",)))
    assert again.verdict == "add" and again.files == work(job).files


def test_a_revision_bears_the_day_it_is_issued(job: Job, on_record: Issued) -> None:
    leave = Leave("a new target", reissue=True)
    made = work(replace(job, standing=on_record, on=LATER, leave=leave))
    assert (made.verdict, made.revision, made.printed) == ("revise", 2, LATER)
    assert made.content == on_record.content and made.files != work(job).files
    dated = work(replace(job, standing=on_record, on=LATER, leave=leave, dated=date(2026, 4, 1)))
    assert dated.printed == date(2026, 4, 1)


def test_a_revision_of_a_withdrawn_paper_says_so_and_not_why(job: Job, on_record: Issued) -> None:
    before = replace(on_record, void="typed for somebody else")
    made = work(replace(job, standing=before, on=LATER, leave=Leave("issued again", revise=True)))
    assert made.notice and made.notice.withdrawn and made.notice.changed == ()
    (word,) = made.files.values()
    said = re.sub(r"<[^>]*>|\s", "", ZipFile(BytesIO(word)).read("word/document.xml").decode())
    assert "第1版已作废" in said and "内容无变化" in said and "issuedagain" in said and "somebody" not in said


def test_a_lost_revision_of_a_withdrawn_paper_is_made_again_byte_for_byte(job: Job, on_record: Issued) -> None:
    before = replace(on_record, void="typed twice")
    made = work(replace(job, standing=before, on=LATER, leave=Leave("issued again", revise=True)))
    assert made.notice
    standing = replace(
        on_record,
        revision=2,
        printed=made.printed,
        reason="issued again",
        replaced=made.notice.date.isoformat(),
        withdrawn=made.notice.withdrawn,
    )
    assert standing.notice == made.notice
    assert work(replace(job, standing=standing, on=LATER, lacking=("docx",))).files == made.files


def test_a_record_that_parts_the_same_text_otherwise_makes_no_change_of_it(job: Job, on_record: Issued) -> None:
    older = replace(on_record, parts={name: one for name, one in on_record.parts.items() if name[:1] != ":"})
    made = work(replace(job, standing=older, on=LATER, leave=Leave("a new look", reissue=True)))
    assert made.notice and made.notice.changed == ()
    others = {**older.parts, "份数与效力": "another"}
    other = replace(older, content="another", parts=others)
    made = work(replace(job, standing=other, on=LATER, leave=Leave("a new signer")))
    assert made.notice and set(made.notice.changed) == {"份数与效力", ":acknowledgement", ":signatures"}


def test_what_says_something_else_without_a_reason_is_not_made(job: Job, on_record: Issued) -> None:
    made = work(replace(job, standing=replace(on_record, content="other")))
    assert (made.verdict, made.files) == ("ask", {})


def test_a_bug_costs_its_job_and_keeps_its_traceback(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(working, "drawn", broken)
    made = work(job)
    assert made.verdict is None and "ZeroDivisionError" in made.reason.en and "ZeroDivisionError" in made.crash


@pytest.mark.parametrize("error", [MemoryError(), EnvironmentLacks("no fonts")])
def test_what_others_would_meet_too_is_raised(job: Job, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def lacking(*_: object) -> None:
        raise error

    monkeypatch.setattr(working, "drawn", lacking)
    with pytest.raises(type(error)):
        work(job)


def test_a_document_that_can_not_be_made_tells_why(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise DocumentError("the files differ")

    monkeypatch.setattr(working, "drawn", refused)
    assert work(job).reason.en == "the files differ" and not work(job).crash
