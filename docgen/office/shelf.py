"""Where a document lies in OUT, and what it is filed by: whose it is, and which month it is for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from docgen.checking.checked import Checked
from docgen.definitions.naming import CASE
from docgen.model.case import Month
from docgen.model.identity import paper_path
from docgen.model.issued import Holder
from docgen.paper import Format, Paper
from docgen.sandbox import month_of

TALKS = "interviews"
Revision = int | Literal["draft", "blank"]
HOLDER = ("department", "employee_no", "employee_name", "supervisor_no", "supervisor_name")
"""The fields of a case, in the order of Holder's."""


def path_of(paper: Paper, checked: Checked, settings: Mapping[str, Any], revision: Revision, format: Format) -> Path:
    """Where a file of a document goes, relative to OUT.

    A draft may lack what its number is made of; the place it was typed at stands in for it.
    """
    case, position = checked.case.values[CASE], checked.record.position(())
    if not position.source:  # a blank that belongs to nobody
        return Path(str(revision), f"{paper.form.name}.{format}")
    place = (Path(position.source).stem, position.line, *paper.path, paper.form.code)
    number = paper.number if case["case_id"] else "-".join(map(str, place))
    name = case["employee_name"] if settings.get("names_in_files") else ""
    texts = [str(value) if value else "" for value in (case["department"], case["employee_no"], name)]
    return paper_path(texts[0], texts[1], texts[2], number, revision, f".{format}")


def holder_of(checked: Checked) -> Holder:
    case = checked.case.values[CASE]
    return Holder(*(str(case[name] or "") for name in HOLDER))


def period_of(checked: Checked) -> tuple[str, str]:
    """The days on which the case begins and ends (ISO); '' where one isn't known."""
    case = checked.case.values[CASE]
    return iso(case["period_start"]), iso(case["period_end"])


def talk_of(paper: Paper) -> str:
    """The day of the talk that the paper is of (ISO); '' for any other."""
    return iso(paper.row.get("date")) if paper.form.unit == TALKS else ""


def iso(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else ""


def copies_of(paper: Paper, settings: Mapping[str, Any]) -> int:
    """So many signed copies the paper says there are; 0 where it says nothing of them."""
    return int(settings["copies"]) if paper.form.in_copies else 0


def month_of_paper(paper: Paper) -> Month | None:
    """The month that a paper is for: a plan's own, that of the day of a talk; None for what is made once a case."""
    match paper.row.get("month"), paper.row.get("date"):
        case Month() as month, _:
            return month
        case _, date() as day if paper.form.unit != "case":
            return month_of(day)
        case _:
            return None
