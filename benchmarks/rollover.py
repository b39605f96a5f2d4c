"""A thousand people rolled over in one command, beside reading and checking the same file."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.clock import Times, measure
from benchmarks.sample import SAMPLES, SETTINGS
from docgen.definitions.definition import Definitions
from docgen.model.case import Month
from docgen.office.rollover_files import NextFile, filled, planned, target
from docgen.office.rollover_run import bundled, turn_over
from docgen.office.run import load_run
from docgen.rollover.blocking import CHECKED_FOR
from docgen.sources.cases import read_cases

MARCH = SAMPLES / "month" / "team-2026-03.yaml"
MONTH, TODAY = Month(2026, 4), date(2026, 4, 1)
PEOPLE = 1000
READ_AND_CHECK, TO_YAML, TO_WORKBOOK = "read and check", "roll over to YAML", "roll over to a workbook"
NUMBER, NAME = re.compile(r"(?<=employee_no: )\S+"), re.compile(r"(?<=employee_name: ).+")


def time_rolling(definitions: Definitions, rounds: int) -> Times:
    """The times of rolling ``PEOPLE`` over, and of what must be done before that."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SETTINGS.name).write_bytes(SETTINGS.read_bytes())
        source = folder / MARCH.name
        source.write_text(team_of(PEOPLE), "utf-8")
        return measure(
            {
                READ_AND_CHECK: lambda: load_run(read_cases([source], definitions), definitions, CHECKED_FOR, TODAY),
                TO_YAML: lambda: roll_over(source, folder / "april.yaml", definitions),
                TO_WORKBOOK: lambda: roll_over(source, folder / "april.xlsx", definitions),
            },
            rounds,
        )


def roll_over(source: Path, out: Path, definitions: Definitions) -> list[NextFile]:
    """What the command does, up to the bytes of the new files."""
    reading = read_cases([source], definitions)
    _, cases = turn_over(reading, MONTH, definitions, TODAY)
    assert len(cases) == PEOPLE and not any(case.state == "refused" for case in cases)
    files = planned(bundled(reading, cases, False, definitions), target(str(out)), MONTH)
    return [filled(file, MONTH, definitions, "zh", {}) for file in files]


def team_of(count: int) -> str:
    """The team of the sample again and again, each person with a number and a name of the own."""
    team = MARCH.read_text("utf-8").split("\n- case:\n")[1:]
    cases = []
    for index in range(count):
        text = NUMBER.sub(rf"B{index:04}", team[index % len(team)], count=1)
        cases.append(NAME.sub(rf"\g<0>{chr(0x4E00 + index)}", text, count=1))
    return "".join(f"- case:\n{text}\n" for text in cases)
