"""Lines that somebody asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.model.problems import Path as DataPath
from docgen.office.asked_place import asked, held_at
from docgen.office.run import load_run
from docgen.sources.cases import read_cases
from tests.office.explain_help import BENCH
from tests.sample_help import DEFINITIONS, TODAY

LINES = "case:\r\n  employee_no: S7\r\n  strengths:\r\n    - |\r\n      one\r\n      two\r\n    - three\r\n"


@pytest.mark.parametrize(("line", "path"), [(5, ("case", "strengths", 0)), (7, ("case", "strengths", 1))])
def test_any_line_of_a_text_or_list_leads_to_what_stands_there(tmp_path: Path, line: int, path: DataPath) -> None:
    (tmp_path / "case.yaml").write_bytes(LINES.encode())
    run = load_run(read_cases([tmp_path / "case.yaml"], DEFINITIONS), DEFINITIONS, (), TODAY, handwrite=True)
    ((_, _, paths),) = held_at(BENCH, run, asked("", f"case.yaml:{line}"))
    assert paths == (path,)
