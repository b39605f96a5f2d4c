"""Whose cases are open on record: so that nobody is issued the same papers twice under two numbers, nor another's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from docgen.definitions.naming import spelling
from docgen.model.issued import Holder, Issued
from docgen.model.life import NEW, Life


@dataclass(frozen=True, slots=True)
class Open:
    """An open case: whose it is, and from when to when (ISO, '' where that isn't known)."""

    case: str
    holder: Holder
    start: str
    end: str

    def overlaps(self, other: Open) -> bool:
        """Whether a day lies in both; where a day isn't known, only the same start tells."""
        if not (self.start and other.start):
            return False
        return self.start <= (other.end or other.start) and other.start <= (self.end or self.start)


@dataclass(slots=True)
class People:
    """The open cases of a folder, on record before this run or planned by it; of closed ones only whose they are."""

    _of_case: dict[str, Open] = field(default_factory=dict)
    _by_number: dict[str, list[Open]] = field(default_factory=dict)
    _by_name: dict[tuple[str, str], list[Open]] = field(default_factory=dict)

    def add(self, one: Open) -> None:
        if one.case in self._of_case:
            return
        self._of_case[one.case] = one
        self._by_number.setdefault(spelling(one.holder.employee_no), []).append(one)
        self._by_name.setdefault(_name(one), []).append(one)

    def know(self, one: Open) -> None:
        """A closed case: nobody's time is taken by it, and it is nobody else's twin."""
        self._of_case.setdefault(one.case, one)

    def holder(self, case: str) -> Holder | None:
        """Whose case it is; None where it is new."""
        found = self._of_case.get(case)
        return found.holder if found else None

    def twin(self, one: Open) -> Open | None:
        """Another case of the same employee whose time overlaps with this one's."""
        if one.case in self._of_case or not one.holder.employee_no:
            return None
        same = self._by_number.get(spelling(one.holder.employee_no), ())
        return next((other for other in same if other.overlaps(one)), None)

    def namesake(self, one: Open, present: Collection[str]) -> Open | None:
        """A case that begins on the same day, of somebody of that name in the same department or under the same
        supervisor who isn't ``present`` in the run: perhaps the same person, whose number was corrected."""
        if one.case in self._of_case or not (one.holder.name and one.start):
            return None
        same = (other for other in self._by_name.get(_name(one), ()) if other.case not in present)
        return next((other for other in same if _is_near(one.holder, other.holder)), None)


def people(papers: Mapping[str, Issued], lives: Mapping[str, Life]) -> People:
    """The cases on record, each as the paper says that was issued last; ``lives``: what was decided on them."""
    made = People()
    for case, paper in papers.items():
        life = lives.get(case, NEW)
        extended = life.extended.isoformat() if life.extended else ""
        (made.know if life.is_closed else made.add)(Open(case, paper.holder, paper.start, max(paper.end, extended)))
    return made


def is_same(one: Holder, other: Holder) -> bool:
    """Whether number and name are the same, however they are typed."""
    return _who(one) == _who(other)


def _who(holder: Holder) -> tuple[str, str]:
    return spelling(holder.employee_no), spelling(holder.name)


def _name(one: Open) -> tuple[str, str]:
    return spelling(one.holder.name), one.start


def _is_near(one: Holder, other: Holder) -> bool:
    """Whether they work in one department, or under one supervisor."""
    at_work = ((two.department, two.supervisor_no or two.supervisor_name) for two in (one, other))
    return any(mine and spelling(mine) == spelling(theirs) for mine, theirs in zip(*at_work, strict=True))
