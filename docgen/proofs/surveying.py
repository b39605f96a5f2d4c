"""The whole of ``docgen templates check``: a company's files reviewed, then each of its forms proved."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass

from docgen.company import Company
from docgen.errors import EnvironmentLacks
from docgen.layout.review import PACK
from docgen.model.problems import Severity, Words
from docgen.office.offspring import START, begin
from docgen.proofs.canary import unlike_declared
from docgen.proofs.finding import Finding, joined
from docgen.proofs.proving import STUMBLED, Proofs
from docgen.proofs.reach import Reached, unreached
from docgen.proofs.reviewing import Reviewed, review

LOST = Words(
    "a process ended before it had tried its form, probably for want of memory; use --forms with one form at a time",
    "有一个进程在试完表单之前结束，可能是内存不足；请用 --forms 一次只试一个表单",
)
MEMORY = 3 * 2**30
"""Bytes that a worker may take: of a form with hundreds of pages, WeasyPrint needs one."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found, and how much was made for it."""

    findings: tuple[Finding, ...]
    forms: tuple[str, ...] = ()
    trees: int = 0
    pdfs: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether documents can be made; a warning doesn't hinder."""
        return all(one.severity is not Severity.ERROR for one in self.findings)


def survey(
    company: Company,
    reviewed: Reviewed,
    forms: Sequence[str],
    languages: Sequence[str],
    *,
    full: bool = False,
    jobs: int = 1,
    note: Callable[[str], None] = lambda _: None,
) -> Survey:
    """Prove ``forms`` with what a review of ``company`` opened.

    Args:
        full: make each invented case in each language as PDF too.
        jobs: so many processes; each form is proved by one.
        note: is told the name of each form once it was proved.
    """
    if reviewed.kit is None:
        return Survey(reviewed.findings)
    tasks = [Task(company, reviewed.chosen, name, tuple(languages), full) for name in forms]
    proved: list[Proved] = []
    with _workers(min(jobs, len(tasks))) as each:
        for task, one in zip(tasks, each(tasks, reviewed), strict=True):
            proved.append(one)
            note(task.form)
    found = [one for each in proved for one in each.findings]
    definitions = reviewed.kit.definitions.forms
    templates = {definitions[name].template for name in forms}
    if set(forms) == set(definitions):  # else what no trial reaches may be there for another form
        templates |= set(reviewed.kit.templates.loader.list_templates()) - {PACK}
    reached = set[Reached]().union(*(one.reached for one in proved))
    if all(one.code != STUMBLED for one in found):  # else much was not reached because of that
        found += unreached(reviewed.kit, reviewed.shelf, templates, reached, languages)
    findings = tuple(joined(reviewed.findings, found))
    return Survey(findings, tuple(forms), sum(one.trees for one in proved), sum(one.pdfs for one in proved))


@dataclass(frozen=True, slots=True)
class Task:
    """A form to prove, and where a worker finds what belongs to it."""

    company: Company
    chosen: str
    form: str
    languages: tuple[str, ...]
    full: bool


@dataclass(frozen=True, slots=True)
class Proved:
    findings: tuple[Finding, ...]
    trees: int
    pdfs: int
    reached: frozenset[Reached]


def prove(task: Task, reviewed: Reviewed | None = None) -> Proved:
    """Prove one form; a worker that was handed no review makes its own."""
    reviewed = reviewed or review(task.company, task.chosen)
    assert reviewed.kit
    proofs, form = Proofs(reviewed.kit, reviewed.shelf), reviewed.kit.definitions.forms[task.form]
    found = [*proofs.prove(form, task.languages, task.full), *unlike_declared(form, reviewed.kit, reviewed.shelf)]
    return Proved(tuple(found), proofs.trees, proofs.pdfs, frozenset(proofs.reached))


@contextmanager
def _workers(jobs: int) -> Iterator[Callable[[Sequence[Task], Reviewed], Iterator[Proved]]]:
    if jobs < 2:
        yield lambda tasks, reviewed: (prove(task, reviewed) for task in tasks)
        return
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context(START)
    with ProcessPoolExecutor(jobs, context, begin, (MEMORY,)) as pool:
        try:
            yield lambda tasks, _: pool.map(prove, tasks)
        except BrokenProcessPool as error:
            raise EnvironmentLacks(LOST) from error
        except BaseException:  # Ctrl-C, say: nobody waits for what the others would find
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
            raise
