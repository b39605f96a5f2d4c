"""What a template may speak of: the case's own data, and the few facts that belong to the one document at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from docgen.definitions.definition import Definitions, Form
from docgen.layout.blanks import with_missing_rows
from docgen.model.case import Case, Month

Mode = Literal["final", "draft", "blank"]
"""A finished document; one with its gaps in red; a form with lines in their place."""

AFTER_TALK = (
    "achievements", "employee_words", "issues", "employee_causes", "supervisor_causes", "support_requested",
    "support_promised", "training_need", "career_wish", "employee_comments", "disagreements", "practice_to_keep",
    "progress", "final_result", "next_step", "corrections",
)  # fmt: skip


DEPARTMENT_SIGNERS = {"employee": "department_head", "supervisor": "company"}
"""Where a department undertakes the improvement, its head signs for it, and the company's representative opposite."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a document is called; an empty ``number`` for drafts and blanks."""

    number: str
    revision: int
    issued: date | None


def context(
    case: Case,
    form: Form,
    row: Mapping[str, Any],
    settings: Mapping[str, Any],
    stamp: Stamp,
    definitions: Definitions,
    mode: Mode,
) -> dict[str, Any]:
    """The names of a template of ``form``; ``row`` is the month or the interview, or the case itself."""
    values = case.values
    if mode != "final":
        values = with_missing_rows(values, "case", form, definitions, mode)
        if form.unit != "case":
            row = with_missing_rows(row, form.unit, form, definitions, mode)
    names: dict[str, Any] = {
        **values,
        "settings": settings,
        "number": stamp.number,
        "revision": stamp.revision,
        "issued": stamp.issued,
        "revision_notice": None,
        "draft": mode == "draft",
        "coded": False,  # page codes are not drawn yet; the foot must not speak of them
        "weighted": bool(settings.get("use_weights")),
        "signers": signers(form, values["case"], row, settings),
    }
    match form.unit:
        case "months":
            due = _due_in(values["support"], row["month"])
            names |= {"month": row, "previous": row.get("last"), "due_support": due}
        case "interviews":
            names |= _talk(values, row)
        case _:
            pass
    return names


def _due_in(support: Sequence[Mapping[str, Any]], month: object) -> list[Mapping[str, Any]]:
    if not isinstance(month, Month):
        return []
    return [item for item in support if isinstance(item["by_date"], date) and _month(item["by_date"]) == month]


def _month(day: date) -> Month:
    return Month(day.year, day.month)


def _talk(values: Mapping[str, Any], talk: Mapping[str, Any]) -> dict[str, Any]:
    day = talk["date"]
    known = isinstance(day, date)
    last = talk.get("last")
    if talk["type"] == "final":
        figures = [{**row, "month_target": row["target_value"]} for row in talk.get("results") or ()]
    else:
        figures = list(last["indicators"]) if last else []
    times = [f"{at:%H:%M}" for at in (talk["start"], talk["end"]) if at]
    return {
        "interview": talk,
        "figures": figures,
        "held": any(talk[name] for name in AFTER_TALK if name in talk) or bool(talk["actions"]),
        "times": "–".join(times) or None,
        "due_support": [
            item for item in values["support"] if known and isinstance(item["by_date"], date) and item["by_date"] <= day
        ],
    }


def signers(
    form: Form, case: Mapping[str, Any], row: Mapping[str, Any], settings: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Who signs, in order: ``key`` of the wording or ``role`` in plain words, ``name`` where known, ``seal`` or not."""
    department = case["party"] == "department"
    keys = list(form.signers)
    if department:
        keys = [DEPARTMENT_SIGNERS.get(key, key) for key in keys if key != "department_head"]
    sealed = "company" if department else "department_head"
    names = {
        "company": settings.get("company_representative"),
        "department_head": case["department_head"],
        "supervisor": case["supervisor_name"],
        "employee": case["employee_name"],
        "interviewer": row.get("interviewer"),
        "recorder": row.get("recorder"),
        "companion": row.get("companion_name"),
    }
    seal = bool(settings.get("seal_required"))
    found = [
        {"key": key, "role": "", "name": names.get(key) or "", "seal": seal and key == sealed}
        for key in keys
        if key != "companion" or names["companion"] or row.get("companion_offered")
    ]
    for extra in settings.get("extra_signers") or ():
        if not extra.get("forms") or form.name in extra["forms"]:
            found.append({"key": "", "role": extra["role"], "name": extra.get("name") or "", "seal": False})
    return found
