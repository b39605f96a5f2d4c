"""Problems are worded and placed: a rule's sentence, the place in the record, the forms concerned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docgen.definitions.definition import Definitions, Rule, Wording
from docgen.definitions.results import shown
from docgen.model.problems import Path, Position, Problem, Severity
from docgen.model.record import Record

OF_KEYS = frozenset(("unknown_key", "key_again", "foreign_key", "field_outside", "sheet_inside"))
SETTINGS = "settings"
SETTINGS_PLACE = Position("docgen.yaml")
"""Where the settings are thought to be, until the run names their file and line."""


@dataclass(slots=True)
class Reporter:
    """Collects the problems of one record; an accepted rule is silent, but only where it doesn't block."""

    definitions: Definitions
    record: Record
    accepted: frozenset[str]
    problems: list[Problem]
    case_id: str = ""

    @property
    def in_cells(self) -> bool:
        """Whether the record was filled in as a workbook: then no message names what its fields are called in YAML."""
        return self.record.in_cells

    def report(
        self,
        rule: Rule,
        wording: Wording,
        path: Path,
        typed: Path,
        forms: frozenset[str],
        names: Mapping[str, Any],
        value: str | None = None,
        of_key: bool = False,
    ) -> None:
        """Add a problem at ``path``; ``typed`` is the same place in the words of the record.

        ``of_key``: it is the name that is wrong, not its value. What lies in the settings (``path`` or the rule's
        ``at`` begins with ``settings``) has no place in the record.
        """
        severity = Severity(rule.severity)
        if severity is not Severity.ERROR and rule.code in self.accepted:
            return
        if rule.at.startswith(f"{SETTINGS}."):
            path = tuple(rule.at.split("."))
        said = value if value is not None else shown_at(self.record, typed)
        placeholders = {"value": said, **names}
        place = self.record.key_position if of_key else self.record.position
        position = SETTINGS_PLACE if path[0] == SETTINGS else place(typed)
        message, fix = wording.message, wording.fix
        if self.in_cells:
            message, fix = message.without_keys, fix.without_keys
        self.problems.append(
            Problem(
                code=rule.code,
                severity=severity,
                path=path,
                position=position,
                value=said,
                message=message.render(placeholders),
                fix=fix.render(placeholders),
                forms=forms,
                case_id=self.case_id,
                kind=wording.message.words.en,
            )
        )

    def built_in(
        self,
        kind: str,
        path: Path,
        typed: Path,
        forms: frozenset[str],
        names: Mapping[str, Any],
        value: str | None = None,
    ) -> None:
        """Add a problem that no rule of the files describes: a wrong kind of value, a missing one, a reference."""
        rule, wording = self.definitions.wordings[kind]
        self.report(rule, wording, path, typed, forms, names, value, kind in OF_KEYS)


def shown_at(record: Record, typed: Path) -> str:
    """What stands at a place of the record, when it is one value; else nothing."""
    found = at(record, typed)
    return "" if found is None or isinstance(found, (Mapping, list, tuple)) else shown(found)


def at(record: Record, typed: Path) -> Any:
    """What stands at a place of the record; None where there is no such place."""
    found: Any = record.data
    for step in typed:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def accepted_rules(settings: Mapping[str, Any]) -> frozenset[str]:
    """The codes that the office has silenced; an entry without a reason silences nothing."""
    return frozenset(str(entry["rule"]) for entry in settings.get("accept") or () if entry.get("reason"))
