"""What checking a record comes to: the case, the forms asked for, and all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.model.case import Case
from docgen.model.problems import Problem, Severity
from docgen.model.record import Record


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked record; ``forms`` are the asked forms in the order of the definitions, ``record`` knows the places."""

    case: Case
    forms: tuple[str, ...]
    problems: tuple[Problem, ...]
    record: Record

    @property
    def blocked(self) -> frozenset[str]:
        """The asked forms that can't be issued."""
        errors = [problem for problem in self.problems if problem.severity is Severity.ERROR]
        return frozenset(form for form in self.forms if any(not e.forms or form in e.forms for e in errors))
