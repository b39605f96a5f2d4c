"""How many cells a person still has to type for a month, counted in its checked record."""

from __future__ import annotations

from docgen.checking.checked import Checked
from docgen.model.case import Gap, Month
from docgen.model.problems import Path

OF_MEASURE = ("target_ref", "what", "who", "when_due", "how", "check_standard")


def cells_to_type(checked: Checked, month: Month) -> list[Path]:
    """The places to fill in for ``month``: what its plan lacks, what the month before it still lacks, and at its end
    the actuals and what became of the measures."""
    rows = sorted(checked.case.values["months"], key=lambda row: row["month"])
    (here,) = (row for row in rows if row["month"] == month)
    before = rows[rows.index(here) - 1] if rows.index(here) else None
    path: Path = ("months", here["index"])
    found: list[Path] = []
    for row in here["measures"]:
        of_row: Path = (*path, "measures", row["index"])
        found += [(*of_row, name) for name in OF_MEASURE if row[name] is None or isinstance(row[name], Gap)]
        found += [(*of_row, "status")] if row["status"] is None else []
    found += [(*path, "indicators", row["index"], "actual") for row in here["indicators"] if row["actual"] is None]
    if before and not before["absent"]:
        past: Path = ("months", before["index"])
        explained = {row["target_ref"] for row in before["differences"] if row["cause"]}
        for row in before["indicators"]:
            if row["actual"] is None and not row["data_missing_reason"]:
                found.append((*past, "indicators", row["index"], "actual"))
            if row["status"] == "gap" and row["target_ref"] not in explained:
                found += [(*past, "differences", row["target_ref"], name) for name in ("target_ref", "aspect", "cause")]
    return found
