"""An office whose papers are on record: plain ones that cost nothing, or those of the samples' team as they are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from docgen.definitions.load import load_definitions
from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.office.batch import Batch
from docgen.office.crew import Alone
from docgen.office.outcome import Order
from docgen.office.publish import PRIVATE
from docgen.office.returns import Returns
from docgen.office.run import Run, load_run
from docgen.office.staffing import crew_for
from docgen.office.store import Store, looked_at, opened
from docgen.sources.cases import read_cases
from tests.scans.papers import A4, ACROSS, Paper, plain_paper

DAY = date(2026, 3, 2)
TEAM = Path(__file__).resolve().parents[2] / "samples" / "team.yaml"
LENGTHS, SHARES = (1, 2, 3, 4), (6, 8, 2, 1)
"""Pages of a plain paper, and how many papers have so many."""
EVERY_REVISED = 6
"""Of each so many papers one is issued a second time."""


def issue_plain(out: Path, count: int, shares: Sequence[int] = SHARES) -> list[Paper]:
    """Issue so many plain papers in ``out``, some of them twice; all revisions, as they came out of the printer.

    Args:
        shares: how many papers have one page, two, three and four.
    """
    papers: list[Paper] = []
    with opened(out, PRIVATE) as store:
        for at in range(count):
            revision = 2 if papers and at % EVERY_REVISED == EVERY_REVISED - 1 else 1
            number = papers[-1].number if revision > 1 else f"S{1000 + at}-202601-L"
            seeded = random.Random(f"paper {at}")
            pages, size = seeded.choices(LENGTHS, shares)[0], seeded.choice((A4, A4, A4, ACROSS))
            content = sha256(f"{number} {revision}".encode()).hexdigest()
            paper = plain_paper(number, revision, pages, content, size)
            _issue(store, paper)
            papers.append(paper)
    return papers


def _issue(store: Store, paper: Paper) -> None:
    employee, case = paper.number.split("-")[0], paper.number.rpartition("-")[0]
    path = f"Sales/{employee}/{paper.number}-r{paper.revision}.pdf"
    file = IssuedFile(path, sha256(paper.pdf).hexdigest(), len(paper.pdf), paper.pages)
    holder = Holder("Sales", employee, f"Name {employee}", "S1", "Lee")
    issued = Issued(
        *(paper.number, paper.revision, case, "letter", DAY, DAY, paper.content, ""),
        files={"pdf": file},
        holder=holder,
        reason="again" if paper.revision > 1 else "",
    )
    store.issue(issued, {"pdf": paper.pdf})


def issue_team(out: Path, jobs: int, employees: Sequence[str] = ()) -> None:
    """Make the papers of the samples' team in ``out``, or of some of it, and a second revision of every sixth."""
    run = _run((), employees)
    numbers = _made(run, Order(DAY, out=out, formats=("pdf",)), jobs)
    revised = frozenset(numbers[EVERY_REVISED - 1 :: EVERY_REVISED])
    again = Order(DAY, out=out, formats=("pdf",), numbers=revised, revise=revised, reason="Agreed anew")
    assert len(_made(run, again, jobs)) == len(revised)


def issue_letters(out: Path, employees: Sequence[str]) -> list[Paper]:
    """Make the letters of some of the team."""
    made = _made(_run(("letter",), employees), Order(DAY, out=out, formats=("pdf",)))
    assert len(made) == len(employees)
    return papers_in(out)


def _run(forms: tuple[str, ...], employees: Sequence[str] = ()) -> Run:
    definitions = load_definitions()
    return load_run(read_cases([TEAM], definitions), definitions, forms, DAY, only=employees)


def _made(run: Run, order: Order, jobs: int = 0) -> list[str]:
    """The numbers of the documents that were made, by so many workers; 0: by this process, which has its fonts."""
    outcomes = Batch(run, order, crew_for(run, jobs) if jobs else Alone()).outcomes()
    return [one.paper.number for one in outcomes if one.state == "made"]


def papers_in(out: Path) -> list[Paper]:
    """All revisions that were issued in ``out``, as they came out of the printer."""
    with looked_at(out) as store:
        assert store
        returns = Returns(store.register)
        every = [one for number in store.register.numbers() for one in returns.revisions(number).values()]
    return [_printed(out, issued) for issued in every if "pdf" in issued.files]


def _printed(out: Path, issued: Issued) -> Paper:
    file = issued.files["pdf"]
    return Paper(issued.number, issued.revision, issued.content, (out / file.path).read_bytes(), file.pages)
