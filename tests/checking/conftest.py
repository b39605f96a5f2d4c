"""A complete case, the office's settings, and a checker, for all tests of this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.marked_yaml import load_marked
from docgen.model.record import Record
from docgen.sources.settings import Settings, read_settings
from tests.checking.complete_case import COMPLETE, FORMS, Changes, Check, changed

TODAY = date(2026, 2, 27)
OFFICE: Mapping[str, Any] = {
    "company_name": "Example Trading",
    "policy_name": "Performance policy",
    "policy_ref": "HR-2025-03",
    "policy_published_on": date(2025, 3, 1),
    "retention_policy": "two years after the plan is closed",
    "default_language": "en",
    "departments": {
        "Sales": {
            "department_head": "Pat Lane",
            "hr_contact": "Jo Hart, ext. 21",
            "aligned_goal": "Sales of 20 million",
        }
    },
}


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return load_definitions()


@pytest.fixture(scope="session")
def checker(definitions: Definitions) -> Checker:
    return Checker(definitions)


@pytest.fixture(scope="session")
def settings(definitions: Definitions) -> Settings:
    """The office's settings; everything else is at its default."""
    defaults, problems = read_settings(None, definitions)
    assert not problems
    return {**defaults, **OFFICE}


@pytest.fixture(scope="session")
def complete() -> Any:
    return load_marked(COMPLETE.read_bytes(), "complete.yaml").data


@pytest.fixture
def check(checker: Checker, settings: Settings, complete: Any) -> Check:
    """Check the complete case after ``changes`` ({"case.period_end": "2026-01-01"}; None deletes)."""

    def checked(
        changes: Changes | None = None, forms: tuple[str, ...] | None = FORMS, office: Mapping[str, Any] | None = None
    ) -> Checked:
        record = Record("complete.yaml", changed(complete, changes or {}), {})
        return checker.validate(record, {**settings, **(office or {})}, forms, TODAY)

    return checked
