"""What is known of a case when it is asked what it owes, and what it then is found to owe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docgen.checking import schedule
from docgen.definitions.definition import Definitions
from docgen.model.case import Code
from docgen.model.problems import Path, Words

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """Something owed: on which day, what, where it stands, and what tells it from the others of its kind."""

    on: date
    what: Words
    path: Path
    key: str


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the office's record tells of a case.

    ``copies``: the signed ones that it owes; ``can_be_closed``: papers of it are out, and it is open; ``letters``:
    those on how it ended that nobody has made yet.
    """

    copies: Sequence[Item] = ()
    can_be_closed: bool = False
    letters: Sequence[Item] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """A checked case as the rules see it; ``today``: the day the list is of."""

    values: Row
    settings: Row
    definitions: Definitions
    today: date
    record: OnRecord = OnRecord()

    def rows(self, name: str) -> list[Row]:
        return list(self.values[name] or ())

    @property
    def end(self) -> date | None:
        return day(self.values["case"]["end"])

    @property
    def closing(self) -> date | None:
        """The day on which the result is due: of the final review, where that follows the end of the period."""
        finals = [one["date"] for one in self.rows("reviews") if one["type"] == "final" and day(one["date"])]
        return max((self.end, *finals)) if self.end else None

    @property
    def talks(self) -> list[Row]:
        """Those that have a date, in the order of their dates."""
        return sorted((one for one in self.rows("interviews") if day(one["date"])), key=lambda one: one["date"])

    def is_absent(self, on: date) -> bool:
        """Whether it lies in a month of absence, which owes no review, no talk and no measure."""
        return any(one["absent"] and one["month"] == schedule.month_of(on) for one in self.rows("months"))

    def label(self, code: object) -> Words:
        """What a choice is called."""
        if isinstance(code, Code):
            return self.definitions.lists[code.list].choices[str(code)]
        return Words("", "")

    @property
    def finished(self) -> bool:
        """The final talk has its result, unless it was agreed to go on and the period still runs."""
        last = self.conclusion
        if last is None:
            return False
        return not (last["next_step"] == "extend" and self.end is not None and self.today <= self.end)

    @property
    def conclusion(self) -> Row | None:
        """The final talk that counts, where it has its result."""
        return next((one for one in self.rows("interviews") if one["concludes"] and one["final_result"]), None)


def day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def shifted(of: date, days: int) -> date:
    """So many days later, or earlier; the last or first day that there is, where that lies beyond."""
    return date.fromordinal(min(max(of.toordinal() + days, 1), date.max.toordinal()))
