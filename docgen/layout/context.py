"""What a template may speak of: the case's own data, and the few facts that belong to the one document at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from docgen.definitions.definition import Definitions, Form
from docgen.layout.blanks import with_missing_rows
from docgen.layout.formatting import WIDE
from docgen.model.case import Case, Gap, Month
from docgen.model.identity import printed_paper_id
from docgen.model.issued import Notice
from docgen.model.problems import Words
from docgen.sandbox import month_of

Mode = Literal["final", "draft", "blank"]
"""A finished document; one with its gaps in red; a form with lines in their place."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a document is called; an empty ``number`` for drafts and blanks. ``notice``: of a revision."""

    number: str
    revision: int
    issued: date | None
    notice: Notice | None = None


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
    known, row = _as_needed(case, row, form.name)
    values = {**known, "case": _in_own_words(known["case"], settings)}
    if mode != "final":
        values = with_missing_rows(values, "case", form, definitions, mode)
        if form.unit != "case":
            row = with_missing_rows(row, form.unit, form, definitions, mode)
    names: dict[str, Any] = {
        **values,
        "settings": settings,
        "letterhead": None,
        "number": stamp.number,
        "revision": stamp.revision,
        "issued": stamp.issued,
        "revision_notice": asdict(stamp.notice) if stamp.notice else None,
        "draft": mode == "draft",
        "blank": mode == "blank",
        "coded": bool(stamp.number),
        "paper_id": printed_paper_id(stamp.number) if stamp.number else "",
        "weighted": bool(settings.get("use_weights")),
        "signers": signers(form, values["case"], row, settings),
        "objection_contact": _objection_contact(values["case"], settings),
    }
    match form.unit:
        case "months":
            due = _due_in(values["support"], row["month"])
            names |= {"month": row, "previous": row.get("last"), "due_support": due}
        case "interviews":
            names |= _talk(values, row, definitions)
        case _:
            names["total_rate"] = _total_rate(values["case"].get("results") or (), values["targets"])
    return names


def _as_needed(case: Case, row: Mapping[str, Any], form: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The values and the row without the gaps that other forms have: there nothing is missing for this one."""
    if all(gap.concerns(form) for gap in case.missing):
        return case.values, row
    seen: dict[int, dict[str, Any]] = {}  # rows stand in several places, as last month's do

    def kept(value: Any) -> Any:
        match value:
            case Gap():
                return value if value.concerns(form) else None
            case Mapping():
                if id(value) not in seen:
                    seen[id(value)] = {name: kept(inner) for name, inner in value.items()}
                return seen[id(value)]
            case list():
                return [kept(inner) for inner in value]
            case _:
                return value

    return kept(case.values), kept(row)


def _due_in(support: Sequence[Mapping[str, Any]], month: object) -> list[Mapping[str, Any]]:
    if not isinstance(month, Month):
        return []
    return [item for item in support if isinstance(item["by_date"], date) and month_of(item["by_date"]) == month]


def _department(case: Mapping[str, Any], settings: Mapping[str, Any]) -> Mapping[str, Any]:
    return (settings.get("departments") or {}).get(case["department"]) or {}


def _in_own_words(case: Mapping[str, Any], settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The case with its HR contact as the office gave it: in two languages, each sentence has its own."""
    given = _department(case, settings).get("hr_contact")
    same = isinstance(given, Words) and case["hr_contact"] == given.written("both")
    return {**case, "hr_contact": given} if same else case


def _objection_contact(case: Mapping[str, Any], settings: Mapping[str, Any]) -> Any:
    """Whom an objection goes to: the department's own contact, else the office's, else HR's."""
    department = _department(case, settings)
    return department.get("objection_contact") or settings.get("objection_contact") or case["hr_contact"]


def _talk(values: Mapping[str, Any], talk: Mapping[str, Any], definitions: Definitions) -> dict[str, Any]:
    day = talk["date"]
    known = isinstance(day, date)
    last = talk.get("last")
    if talk["type"] == "final":
        weights = {target["target_id"]: target["weight"] for target in values["targets"]}
        figures = [
            {**row, "month_target": row["target_value"], "weight": weights.get(row["target_id"])}
            for row in talk.get("results") or ()
        ]
    else:
        figures = list(last["indicators"]) if last else []
    times = [f"{at:%H:%M}" for at in (talk["start"], talk["end"]) if at]
    return {
        "interview": talk,
        "agenda": talk.get("agenda") or (),
        "before": talk.get("before"),
        "declining": bool(talk.get("declining")),
        "figures": figures,
        "figures_month": last["month"] if last and talk["type"] != "final" else None,
        "total_rate": _total_rate(figures, values["targets"]) if talk["type"] == "final" else None,
        "held": bool(talk["actions"]) or any(talk[name] for name in after_talk(definitions)),
        "times": "–".join(times) or None,
        "due_support": [
            item for item in values["support"] if known and isinstance(item["by_date"], date) and item["by_date"] <= day
        ],
    }


def after_talk(definitions: Definitions) -> list[str]:
    """The fields of a talk that are known only when it was held."""
    return [name for name, field in definitions.sheets["interviews"].fields.items() if field.entry == "hand"]


def _total_rate(figures: Sequence[Mapping[str, Any]], targets: Sequence[Mapping[str, Any]]) -> Decimal | None:
    """The rates of all targets, combined by their weights; None where one of either is missing."""
    weights = {target["target_id"]: target["weight"] for target in targets}
    pairs = [(row["rate"], weights.get(row["target_id"])) for row in figures]
    if not pairs or not all(isinstance(part, Decimal) for pair in pairs for part in pair):
        return None
    return (sum((rate * weight for rate, weight in pairs), Decimal(0)) / 100).quantize(Decimal("0.01"), context=WIDE)


def signers(
    form: Form, case: Mapping[str, Any], row: Mapping[str, Any], settings: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Who signs, in order: ``key`` of the wording or ``role`` in plain words, ``name`` where known, ``seal`` or not."""
    representative = settings.get("company_representative")
    keys = list(form.signers)
    whole = case["party"] == "department"
    if whole:  # its head undertakes what an employee would
        keys = ["department_head" if key == "employee" else key for key in keys if key != "department_head"]
    if whole and form.unit == "case":  # opposite the company
        company = {representative.en, representative.zh} if isinstance(representative, Words) else {representative}
        keys = ["company", *(key for key in keys if key != "supervisor" or case["supervisor_name"] not in company)]
    elif form.agreement and settings["letter_effect"] == "agreement":  # both parties must sign
        keys = ["company", *keys]
    sealed = "company" if whole or "company" in keys else "department_head"
    names = {
        "company": representative,
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
        if (key != "companion" or names["companion"] or row.get("companion_offered"))
        and (key != "recorder" or not names["recorder"] or names["recorder"] != names["interviewer"])  # signs once
    ]
    for extra in settings.get("extra_signers") or ():
        if not extra.get("forms") or form.name in extra["forms"]:
            found.append({"key": "", "role": extra["role"], "name": extra.get("name") or "", "seal": False})
    return found
