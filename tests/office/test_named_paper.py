"""Documents that somebody names: of open cases, of closed ones, of employees with several."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.errors import UsageError
from docgen.model.life import Life
from docgen.office.entries import CLOSED
from docgen.office.named_paper import Named, named_paper, with_earlier
from docgen.office.publish import PRIVATE
from docgen.office.run import load_run
from docgen.office.store import opened
from docgen.sources.cases import read_cases
from tests.office.explain_help import BENCH, SAMPLES
from tests.office.record_help import issue
from tests.sample_help import DEFINITIONS, TODAY

ENDED = SAMPLES / "closed" / "wang.yaml"
DAY = date(2026, 7, 3)


def named(folder: Path, *names: str) -> Named:
    run = load_run(read_cases([folder], DEFINITIONS), DEFINITIONS, (), TODAY, handwrite=True)
    return named_paper(with_earlier(run, BENCH.checker, TODAY), names)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docgen.yaml").write_text((SAMPLES / "docgen.yaml").read_text("utf-8") + "\nout: out\n", "utf-8")
    (tmp_path / "wang.yaml").write_bytes(ENDED.read_bytes())
    return tmp_path


def close(folder: Path, outcome: str) -> None:
    with opened(folder / "out", PRIVATE) as store:
        store.live("S1024-202601", CLOSED, Life(DAY, "over", outcome=outcome), "over", DAY)


def test_a_closed_case_has_the_papers_that_were_made_before(folder: Path) -> None:
    close(folder, "partly")
    letter, outcome = (named(folder, "S1024", form) for form in ("letter", "outcome"))
    assert (letter.paper.number, letter.closed) == ("S1024-202601-L", DAY)
    assert (outcome.paper.number, outcome.closed) == ("S1024-202601-O", None)
    assert not letter.office.lives["S1024-202601"].is_closed
    assert named(folder, "s1024-202601-l").closed == DAY


@pytest.mark.parametrize(
    ("outcome", "en", "zh"),
    [
        ("", "closed since 2026-07-03 without an outcome, so that there is no Outcome Letter", "但未登记结果"),
        (None, "the Outcome Letter is made once the case is closed (docgen close S1024-202601", "个案关闭后才生成"),
    ],
)
def test_without_an_outcome_it_is_told_what_makes_its_letter(
    folder: Path, outcome: str | None, en: str, zh: str
) -> None:
    if outcome is not None:
        close(folder, outcome)
    with pytest.raises(UsageError) as slip:
        named(folder, "S1024", "outcome")
    assert en in slip.value.words.en and zh in slip.value.words.zh
    assert slip.value.words.en.endswith("there are letter, monthly, notes")


def test_what_was_issued_and_is_asked_for_no_more_is_told_with_its_file(folder: Path) -> None:
    with opened(folder / "out", PRIVATE) as store:
        issue(store, "S1024-202601-P", "S1024-202601", form="plan")
    with pytest.raises(UsageError, match=r"S1024-202601-P was issued on 2026-03-02 .*S1024-202601-P-r1\.docx"):
        named(folder, "S1024", "plan")


def test_of_an_employee_with_several_cases_one_must_be_named(folder: Path) -> None:
    text = (folder / "wang.yaml").read_text("utf-8")
    (folder / "again.yaml").write_text(text.replace("case:\n", "case:\n  case_id: S1024-B\n", 1), "utf-8")
    with pytest.raises(UsageError, match=r"S1024 has several cases: .*S1024-B, S1024-202601"):
        named(folder, "S1024", "letter")
    assert named(folder, "s1024-b", "letter").paper.number == "S1024-B-L"
