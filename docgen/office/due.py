"""What falls due in the coming days, and what is overdue: over all cases, by supervisor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from docgen.checking import schedule
from docgen.checking.checked import Checked
from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.errors import UsageError
from docgen.model.problems import Position, Problem, Severity, Words
from docgen.office.due_copies import NONE, Copies
from docgen.office.due_facts import Facts, OnRecord, shifted
from docgen.office.due_rules import KINDS, NEEDED, STATELESS_DAYS, VITAL
from docgen.office.lives import life
from docgen.office.run import Office, Run

MOST_NAMED = 10
AFTER_PAUSE = frozenset(("result",))
"""What falls into a pause, and is owed once that is over."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is owed. ``key`` tells it from others of its case and kind; ``days`` are negative if overdue."""

    kind: str
    on: date
    days: int
    what: Words
    person: str
    employee_no: str
    department: str
    supervisor: str
    supervisor_no: str
    case_id: str
    position: Position
    key: str


def due(run: Run, today: date, days: int, supervisor: str = "", copies: Copies = NONE) -> tuple[Due, ...]:
    """What the cases of ``run`` owe within ``days`` from ``today``, and before; by supervisor, then by date.

    Args:
        supervisor: name or number; only this one's. '' for all.
        copies: what is on record of each case, see ``copies_owed``.

    Raises:
        UsageError: no case has such a supervisor.
    """
    owed = _all_owed(run, today, days, supervisor, copies)
    return tuple(sorted((one for one, rests in owed if not rests), key=_order))


def resting(run: Run, today: date, days: int, supervisor: str = "", copies: Copies = NONE) -> int:
    """How many things would be owed besides, if they didn't fall into a pause of their case."""
    return sum(rests for _, rests in _all_owed(run, today, days, supervisor, copies))


def _all_owed(run: Run, today: date, days: int, supervisor: str, copies: Copies) -> Iterator[tuple[Due, bool]]:
    """What is owed, each with whether it falls into a pause; of a closed case nothing is but its letter."""
    cases = [(one, office) for one, office in run.cases if not supervisor or _is_led_by(one, supervisor)]
    if supervisor and run.cases and not cases:
        raise _unknown(supervisor, [checked for checked, _ in run.cases])
    for checked, office in cases:
        of, own = life(checked.case), copies.get(office.file, {}).get(checked.case.id, OnRecord())
        for one in _owed(checked, office, run.definitions, today, days, own):
            pause = of.pause_of(one.on)
            yield one, bool(pause) and not (one.kind in AFTER_PAUSE and not of.pause_of(today))


def _order(one: Due) -> tuple[str, str, date, int, str, str]:
    return one.supervisor, one.supervisor_no, one.on, list(KINDS).index(one.kind), one.case_id, one.key


def wrong(run: Run) -> list[Problem]:
    """The errors for which something may be missing from the list: of files, of lost rows, in the fields it needs.

    What nobody has typed yet is no such error, but for what most of the list rests on.
    """
    of_files = [one for one in run.problems if one.path[:1] != ("settings",)]
    of_cases = [
        one
        for checked, _ in run.cases
        for one in checked.problems
        if one in checked.record.problems or _field(one) in (NEEDED if one.value else VITAL)
    ]
    return [one for one in dict.fromkeys([*of_files, *of_cases]) if one.severity is Severity.ERROR]


def _field(problem: Problem) -> tuple[str, str]:
    """Sheet and field of a place such as ``months.0.measures.1.when_due``."""
    names = [part for part in problem.path if isinstance(part, str)]
    return (names[-2], names[-1]) if len(names) > 1 else ("", "")


def _owed(
    checked: Checked, office: Office, definitions: Definitions, today: date, days: int, record: OnRecord
) -> Iterator[Due]:
    values = checked.case.values
    case = values[CASE]
    values = {**values, "reviews": schedule.reviews_to_end(values, office.settings)}
    facts = Facts(values, office.settings, definitions, today, record)
    for kind, of in KINDS.items():
        if (facts.finished or life(checked.case).is_closed) and not of.outlasts:
            continue
        first = shifted(today, -STATELESS_DAYS) if of.stateless else date.min
        for item in of.find(facts):
            if first <= item.on <= shifted(today, days):
                yield Due(
                    kind=kind,
                    on=item.on,
                    days=(item.on - today).days,
                    what=item.what,
                    person=str(case["employee_name"] or case["department"] or checked.case.id),
                    employee_no=str(case["employee_no"] or ""),
                    department=str(case["department"] or ""),
                    supervisor=str(case["supervisor_name"] or ""),
                    supervisor_no=str(case["supervisor_no"] or ""),
                    case_id=checked.case.id,
                    position=checked.record.position(item.path),
                    key=item.key,
                )


def _is_led_by(checked: Checked, supervisor: str) -> bool:
    case = checked.case.values[CASE]
    return spelling(supervisor) in {spelling(str(case[name] or "")) for name in ("supervisor_name", "supervisor_no")}


def _unknown(supervisor: str, cases: Iterable[Checked]) -> UsageError:
    names: Sequence[str] = sorted({str(one.case.values[CASE]["supervisor_name"] or "") for one in cases} - {""})
    near = "".join(get_close_matches(supervisor, names, 1))
    known = ", ".join([*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])]) or "–"
    return UsageError(
        Words(
            f"--supervisor: no case has {supervisor!r}{f'; did you mean {near!r}?' if near else '.'} Known: {known}",
            f"--supervisor：没有主管为“{supervisor}”的个案{f'，是否指“{near}”？' if near else '。'}现有：{known}",
        )
    )
