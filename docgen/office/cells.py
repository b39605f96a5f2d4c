"""What many rows or cases of a workbook have in common is told once: a heading's fault, how a column was read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from docgen.model.problems import Problem, Severity, Words

MORE = Words(" So it is with {count} more cells of this column.", "本列另有{count}处同样处理。")


def told_once(problems: Iterable[Problem]) -> Sequence[Problem]:
    """``problems`` of cases, those in workbooks without repetition.

    The same said of the same cell (the heading of a column that lacks, a merged cell), or of a file as a whole, is one
    problem of all the cases.
    Of notes on how values were read, the first of a column stands for all.
    """
    found: dict[Hashable, Problem] = {}
    counts: dict[Hashable, int] = {}
    for index, problem in enumerate(problems):
        is_shared = bool(problem.position.cell) or not (problem.position.line or problem.path)
        mark = _mark(problem) if is_shared else index
        before = found.get(mark)
        counts[mark] = counts.get(mark, 0) + 1
        if before is None:
            found[mark] = problem
        elif problem.severity is not Severity.INFO:
            forms = before.forms | problem.forms if before.forms and problem.forms else frozenset[str]()
            case_id = before.case_id if before.case_id == problem.case_id else ""
            found[mark] = replace(before, forms=forms, case_id=case_id)
    return [_with_count(one, counts[mark] - 1) for mark, one in found.items()]


def _mark(problem: Problem) -> Hashable:
    place = problem.position
    if problem.severity is Severity.INFO:
        return place.source, place.cell.rpartition("!")[0], place.column, problem.kind
    return place, problem.code, problem.message


def _with_count(problem: Problem, more: int) -> Problem:
    if not more or problem.severity is not Severity.INFO:
        return problem
    en, zh = (MORE[language].format(count=more) for language in ("en", "zh"))
    return replace(problem, message=Words(problem.message.en + en, problem.message.zh + zh))
