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


def test_what_two_files_of_a_case_say_alike_is_found_from_both(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("case:\n  employee_no: S7\n  position: Clerk\n", "utf-8")
    run = load_run(read_cases([tmp_path], DEFINITIONS), DEFINITIONS, (), TODAY, handwrite=True)
    for place in ("a.yaml:3", "b.yaml:3"):
        ((_, _, paths),) = held_at(BENCH, run, asked("", place))
        assert paths == (("case", "position"),)
