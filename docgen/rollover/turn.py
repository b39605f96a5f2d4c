"""The turn of a month: what a roll-over starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from docgen.checking import schedule
from docgen.checking.checked import Checked
from docgen.checking.figures import ZERO, amount
from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.model.case import Code, Gap, Month
from docgen.model.life import Life
from docgen.model.problems import Path, Words
from docgen.model.record import Record
from docgen.rollover.rows import TOP, Raw, Spelling, Vocabulary

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Turn:
    """A checked case on its way into ``month``.

    ``values`` are those of the case, with None and no rows where something is missing. ``spelling`` knows how its
    record names things. Without slots, as it keeps what it has worked out.
    """

    checked: Checked
    month: Month
    settings: Mapping[str, Any]
    definitions: Definitions
    values: Values
    spelling: Spelling

    @property
    def record(self) -> Record:
        return self.checked.record

    @property
    def case(self) -> Values:
        found: Values = self.values[CASE]
        return found

    @property
    def life(self) -> Life:
        """What the office decided on the case."""
        found: Life = self.case["life"]
        return found

    @cached_property
    def months(self) -> Sequence[Values]:
        """The months before this one, in their order."""
        rows = [row for row in self.values["months"] if isinstance(row["month"], Month) and row["month"] < self.month]
        return sorted(rows, key=lambda row: row["month"])

    @property
    def last(self) -> Values | None:
        """The latest of them."""
        return self.months[-1] if self.months else None

    @cached_property
    def targets(self) -> Mapping[str, Values]:
        return {row["target_id"]: row for row in self.values["targets"]}

    @cached_property
    def talks(self) -> Sequence[Values]:
        """The talks that have a date, in the order of their dates."""
        return sorted((row for row in self.values["interviews"] if is_day(row["date"])), key=lambda row: row["date"])

    @cached_property
    def typed_months(self) -> Sequence[Raw]:
        """The rows of months as they were typed, by their index."""
        return [row if isinstance(row, Mapping) else {} for row in self.spelling.rows("months", self.record.data)]

    @property
    def first_day(self) -> date:
        return date(self.month.year, self.month.month, 1)

    @property
    def last_day(self) -> date:
        return schedule.last_day(self.month)

    def holds(self, day: object) -> bool:
        """Whether a day lies in the new month."""
        return isinstance(day, date) and schedule.month_of(day) == self.month

    def due_now(self, day: object) -> date | None:
        """The day itself if it lies in the new month; else a new one has to be given."""
        return day if isinstance(day, date) and self.holds(day) else None

    def typed(self, sheet: str, month: Values) -> Sequence[Raw]:
        """What was typed in the rows of a sheet in a month, by their index."""
        rows = self.spelling.rows(sheet, self.typed_months[month["index"]], "months")
        return [row if isinstance(row, Mapping) else {} for row in rows]

    def path(self, month: Values, *rest: str | int) -> Path:
        """A place in an earlier month, in the new record, where the new month stands before it."""
        return ("months", month["index"] + 1, *rest)

    def rows_of(self, target: str) -> Sequence[Values]:
        """The indicators of a target, month by month."""
        return [row for month in self.months for row in month["indicators"] if row["target_ref"] == target]

    def behind(self, status: str) -> Sequence[str]:
        """The targets that the last month left with this status, unless earlier months have made it up."""
        rows = self.last["indicators"] if self.last and not self.last["absent"] else ()
        return tuple(dict.fromkeys(row["target_ref"] for row in rows if row["status"] == status and not row["made_up"]))

    def gap_targets(self) -> frozenset[str]:
        """The targets that the last month left with a gap."""
        return frozenset(self.behind("gap"))

    def name(self, target: object) -> str:
        """What a target is called; its id where it has no name."""
        found = self.targets.get(str(target))
        return str((found["name"] if found else None) or target or "")

    def label(self, code: object) -> Words:
        """The label of a choice."""
        if not isinstance(code, Code):
            return Words("", "")
        return self.definitions.lists[code.list].choices[str(code)]

    @cached_property
    def _by_name(self) -> bool:
        """Whether the record names its targets, since nobody typed an id for them."""
        targets = self.spelling.rows("targets", self.record.data)
        if any(self.spelling.get("targets", row, "target_id") for row in targets if isinstance(row, Mapping)):
            return False
        ids = {spelling(one) for one in self.targets}
        typed = [
            str(self.spelling.get(sheet, row, "target_ref") or "")
            for month in self.typed_months
            for sheet in ("indicators", "differences", "measures")
            for row in self.spelling.rows(sheet, month, "months")
            if isinstance(row, Mapping)
        ]
        return not any(spelling(one) in ids for one in typed)

    def reference(self, target: str | None) -> str | None:
        """How a row of the record refers to a target: by name, where it has no typed id and no namesake."""
        row = self.targets.get(target or "")
        if row is None or not self._by_name or not row["name"]:
            return target
        names = [spelling(str(one["name"])) for one in self.targets.values() if one["name"]]
        ids = {spelling(one) for one in self.targets}
        own = spelling(str(row["name"]))
        return str(row["name"]) if names.count(own) == 1 and own not in ids else target

    def target_of(self, gap: object, among: Sequence[str]) -> str | None:
        """The target that serves a gap: the heaviest, one of ``among`` first; without a gap the only one of these.

        Where there are more or none of these: the only one of all.
        """
        own = [row for row in self.targets.values() if gap and row["gap_ref"] == gap]
        own = [row for row in own if row["target_id"] in among] or own
        if gap:
            return str(max(own, key=lambda row: amount(row["weight"]) or ZERO)["target_id"]) if own else None
        only = among if len(among) == 1 else [*self.targets] if len(self.targets) == 1 else []
        return only[0] if only else None


def turn_of(
    checked: Checked, month: Month, settings: Mapping[str, Any], definitions: Definitions, vocabulary: Vocabulary
) -> Turn:
    values = {
        name: _plain(checked.case.values[name], name, vocabulary)
        for name in vocabulary.children[TOP]
        if name in checked.case.values
    }
    values["reviews"] = schedule.reviews_to_end(values, settings)
    return Turn(checked, month, settings, definitions, values, Spelling(vocabulary, checked.record.data))


def _plain(rows: Any, sheet: str, vocabulary: Vocabulary) -> Any:
    """The rows of a sheet without Gaps: None for a value, no rows for a sheet."""
    if isinstance(rows, Mapping):
        children = vocabulary.children[sheet]
        return {
            name: _plain(value, name, vocabulary) if name in children else None if isinstance(value, Gap) else value
            for name, value in rows.items()
        }
    return [_plain(row, sheet, vocabulary) for row in rows]


def is_day(value: object) -> bool:
    return isinstance(value, date)
