from __future__ import annotations

import pytest

from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.definitions.naming import children_of, names_beside_case, names_in_rows, spelling


@pytest.fixture(scope="module")
def shipped() -> Definitions:
    return load_definitions()


@pytest.mark.parametrize("key", ["due date", "Due Date", "DUE_DATE", "due-date", " due  date ", "ｄｕｅ　ｄａｔｅ"])
def test_case_width_hyphens_and_blanks_make_no_difference(key: str) -> None:
    assert spelling(key) == "due date"


def test_a_field_is_found_by_name_label_and_alias(shipped: Definitions) -> None:
    names = names_in_rows(shipped)["targets"]
    assert {names.find(key) for key in ("due_date", "Due", "完成时间", "deadline")} == {"due_date"}
    assert names.find("milestones") == names.find("月度分解") == "milestones"
    assert names.find("favourite colour") == ""


def test_the_sheets_of_the_case_stand_beside_it(shipped: Definitions) -> None:
    assert names_beside_case(shipped.sheets).find("目标") == "targets"
    assert "targets" in children_of(shipped.sheets)["case"]
    assert names_in_rows(shipped)["case"].find("targets") == ""
