"""A paper: one document to be made, of a form for a case, for one of its months or for one of its interviews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from docgen.checking.checked import Checked
from docgen.definitions.definition import Definitions, Form
from docgen.model.case import Case, Gap
from docgen.model.identity import document_number
from docgen.model.problems import Path, Problem, Severity

Format = Literal["docx", "pdf"]
FORMATS: tuple[Format, ...] = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Paper:
    """What is to be made, before it is."""

    case: Case
    form: Form
    row: Mapping[str, Any]
    number: str
    path: Path
    """The row's place in the record: () for the case itself, else such as ``("months", 0)``."""

    @property
    def printed_date(self) -> date | None:
        """The date that the data give the document, if they do."""
        found = self.row.get(self.form.dated)
        return found if isinstance(found, date) else None


def papers(checked: Checked, definitions: Definitions) -> Iterator[Paper]:
    """The documents of a case, in the order of the forms; of a form by month or by talk, one a row."""
    case = checked.case
    for name in checked.forms:
        form = definitions.forms[name]
        if form.unit == "case":
            yield Paper(case, form, case.values["case"], document_number(case.id, form.code), ())
            continue
        key = definitions.sheets[form.unit].key or "month"
        for index, row in enumerate(case.values[form.unit]):
            number = document_number(case.id, form.code, str(row[key]) if row[key] else f"x{index + 1}")
            yield Paper(case, form, row, number, (form.unit, index))


def blocking(paper: Paper, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The errors that keep ``paper`` from being issued.

    A fault in one month leaves the other months alone, but for a paper that repeats a month in which something lacks.
    """
    repeated = _lacking(paper.row.get("last"), paper.form.name)

    def concerns(problem: Problem) -> bool:
        if problem.severity is not Severity.ERROR:
            return False
        unit = problem.path[:2]
        elsewhere = len(unit) == 2 and unit[0] == paper.form.unit and isinstance(unit[1], int) and unit != paper.path
        is_printed = not elsewhere or unit in repeated
        return is_printed and (not problem.forms or paper.form.name in problem.forms)

    return tuple(problem for problem in problems if concerns(problem))


def _lacking(last: Mapping[str, Any] | None, form: str) -> set[Path]:
    """The months of which something is repeated that ``form`` needs, and that is missing or wrong."""
    parts = (last or {}).values()
    values = [value for part in parts if isinstance(part, list) for row in part for value in row.values()]
    return {value.path[:2] for value in (*parts, *values) if isinstance(value, Gap) and value.concerns(form)}
