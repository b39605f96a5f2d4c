"""Batches of a team with the real publisher, ledger and register, made by a writer that costs nothing; what must be
true of a folder whatever happened in it."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from docgen.model.issued import Issued
from docgen.office.batch import Batch
from docgen.office.crew import Alone, Crew
from docgen.office.index import INDEX
from docgen.office.judging import MADE, judge
from docgen.office.ledger import Ledger
from docgen.office.outcome import Order, Outcome
from docgen.office.publish import TEMPORARY
from docgen.office.register import Register
from docgen.office.run import Run, load_run
from docgen.office.working import Job, Work
from docgen.sources.cases import read_cases
from tests.campaign.office import SAMPLES, definitions

DAY = date(2026, 3, 2)
FORMS = ("letter", "plan")
COPIES = 30
"""Of so many lines is a file: longer than what one write takes through a pipe."""


def stand_in(job: Job) -> Work:
    """As a worker does it, but for the writers: the bytes follow from number, revision and reason."""
    content = sha256(f"{job.number} {job.leave.reason}".encode()).hexdigest()
    verdict = judge(job.standing, content, "look", job.leave, frozen=False, lacking=job.lacking)
    revision = job.standing.revision if job.standing else 1
    if verdict == "revise":
        revision += 1
    wanted = (job.lacking if verdict == "add" else job.formats) if verdict in MADE else ()
    files = {name: f"{name} {content} {revision}\n".encode() * COPIES for name in wanted}
    return Work(verdict, revision, DAY, content, "look", {}, files)


@cache
def run() -> Run:
    """Twelve people."""
    return load_run(read_cases([SAMPLES / "team.yaml"], definitions()), definitions(), FORMS, DAY)


def batch(out: Path, reason: str = "", crew: Crew | None = None) -> Batch:
    return Batch(run(), Order(DAY, out=out, reason=reason), crew or Alone(stand_in))


def made(out: Path, reason: str = "", crew: Crew | None = None) -> list[Outcome]:
    return list(batch(out, reason, crew).outcomes())


def documents(out: Path) -> dict[str, str]:
    """The hashes of the documents in ``out``, by path."""
    found = (path for path in out.rglob("*") if path.suffix in (".docx", ".pdf"))
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def leftovers(out: Path) -> list[Path]:
    return list(out.rglob(f"{TEMPORARY}*"))


def standings(out: Path) -> dict[str, Issued]:
    """What is on record, read from the ledger alone."""
    register = out / INDEX
    aside = register.rename(register.with_suffix(".aside")) if register.exists() else None
    with closing(Register(out, Ledger(out), kept=False)) as read:
        found = {issued.number: issued for issued in read.all()}
    if aside:
        aside.rename(register)
    return found


def wrong(out: Path, expected: dict[str, str]) -> list[str]:
    """What is wrong with a folder in which a run was disturbed: files torn or unknown, records of what isn't there."""
    there = documents(out)
    found = [f"{path} is torn" for path, digest in there.items() if expected.get(path) != digest]
    for issued in standings(out).values():
        lacking = [one.path for one in issued.files.values() if there.get(one.path) != one.sha256]
        found += [f"{path} of {issued.number} is on record, and not there" for path in lacking]
    return found + [fault.words.en for fault in Ledger(out).read().faults if not fault.torn]


def wrong_after(out: Path, expected: dict[str, str], reason: str) -> list[str]:
    """What is wrong once the run was started again."""
    found = [f"{one.paper.number}: {one.reason.en}" for one in made(out, reason) if one.state == "failed"]
    if documents(out) != expected:
        found.append("other documents than of an undisturbed run")
    if {path for issued in standings(out).values() for path in (one.path for one in issued.files.values())} - {
        *expected
    }:
        found.append("the record names other files")
    return found + [f"{path} is left over" for path in leftovers(out)] + wrong(out, expected)
