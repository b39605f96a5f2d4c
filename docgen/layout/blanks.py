"""Rows for what nobody has typed yet: red gaps in a draft, empty rows for a hand on a blank form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.definitions.definition import Definitions, Form
from docgen.model.case import Gap

ROWS = {"gaps": 1, "evidence": 2, "causes": 3, "options": 2, "targets": 4, "steps": 4, "support": 3, "reviews": 4,
        "indicators": 4, "measures": 5}  # fmt: skip
"""How many empty rows a blank form gets of each sheet; no more than fit its pages."""
BY_HAND = "_by_hand"
"""The mark of an empty row, whose cells need the height of a hand."""
LEFT_OUT = ("exclude", "refer")
"""What is decided of a gap that the plan does not deal with: nothing below it is missing."""
PAUSED = "measures"
"""What a month of absence needs none of."""


def with_missing_rows(
    values: Mapping[str, Any], parent: str, form: Form, definitions: Definitions, mode: str
) -> dict[str, Any]:
    """``values`` of a row of ``parent``, with rows in each sheet below it that ``form`` needs and nobody has typed."""
    filled = dict(values)
    if values.get("decision") in LEFT_OUT:
        return filled
    for sheet in definitions.sheets.values():
        if sheet.parent != parent or sheet.single or sheet.name not in form.requires or sheet.name not in ROWS:
            continue
        if sheet.name == PAUSED and values.get("absent"):
            continue
        if rows := values.get(sheet.name):
            filled[sheet.name] = [with_missing_rows(row, sheet.name, form, definitions, mode) for row in rows]
        else:
            count = 1 if mode == "draft" else ROWS[sheet.name]
            filled[sheet.name] = [_row(sheet.name, form, definitions, mode) for _ in range(count)]
    return filled


def _row(name: str, form: Form, definitions: Definitions, mode: str) -> dict[str, Any]:
    sheet = definitions.sheets[name]
    required = {one.field for one in form.requires.get(name, ())} | definitions.demanded({form.name}).get(name, set())
    if mode != "draft":
        required.clear()
    row: dict[str, Any] = {
        field: Gap(f"{name}.{field}", (name, field)) if field in required else None for field in sheet.fields
    }
    row |= {f"{field}_name": row[field] for field, of in sheet.fields.items() if of.type == "ref"}
    row |= {child: [] for child in sheet.children}
    row |= {"smart": dict.fromkeys("SMART", False), "name": row.get("name", row.get("target_ref"))}
    row |= {"unit": row.get("unit"), "due_date": row.get("due_date"), BY_HAND: mode == "blank"}
    return with_missing_rows(row, name, form, definitions, mode)
