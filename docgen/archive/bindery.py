"""Copies are put together by processes that may die of a damaged or hostile page: it costs that page, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from docgen.archive.children import Stopped, Task, in_order
from docgen.archive.copies import NotCopied, Sheet, Sources, copy_pdf

Job = Sequence[Sheet]
"""The pages of one copy."""
Answer = bytes | tuple[int, ...]
"""The copy, or the places of the pages that can't be copied."""
AT_ONCE, BYTES = 50, 16 << 20
"""Copies that a process makes before another takes its place, and about how many bytes: they are held in memory."""
SECONDS, EACH = 30.0, 2.0
"""What a process may take: always, and for each page; one takes a few thousandths of a second."""


def bind(jobs: Sequence[Job], workers: int) -> Iterator[bytes | NotCopied]:
    """Each copy as a PDF, in order; NotCopied for one with pages that can't be copied.

    Args:
        workers: processes at a time.
    """
    batches = list(_batches(jobs))
    results = in_order([_task(one) for one in batches], workers)
    with closing(results):
        for batch, answers in zip(batches, results, strict=True):
            found = [_alone(job) for job in batch] if isinstance(answers, Stopped) else answers
            yield from (one if isinstance(one, bytes) else NotCopied(one) for one in found)


def _batches(jobs: Sequence[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    size = 0.0
    for job in jobs:
        batch.append(job)
        size += sum(sheet.file.size / max(sheet.file.pages, 1) for sheet in job)
        if len(batch) == AT_ONCE or size >= BYTES:
            yield batch
            batch, size = [], 0.0
    if batch:
        yield batch


def _task(batch: Sequence[Job]) -> Task[list[Answer]]:
    return Task(_work, (batch,), SECONDS + EACH * sum(map(len, batch)))


def _work(batch: Sequence[Job]) -> list[Answer]:
    """What a process does."""
    with closing(Sources()) as sources:
        return [_answer(job, sources) for job in batch]


def _answer(job: Job, sources: Sources) -> Answer:
    try:
        return copy_pdf(job, sources)
    except NotCopied as error:
        return error.places


def _alone(job: Job) -> Answer:
    """A copy by a process of its own; where that one dies too, its pages are tried one by one."""
    (answers,) = in_order([_task([job])], 1)
    if not isinstance(answers, Stopped):
        return answers[0]
    tried = in_order([_task([[sheet]]) for sheet in job], 1)
    faulty = tuple(at for at, one in enumerate(tried) if isinstance(one, Stopped) or not isinstance(one[0], bytes))
    return faulty or tuple(range(len(job)))
