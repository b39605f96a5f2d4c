"""The longest sample: the person of ``samples/team.yaml`` about whom most is written, and all that makes documents."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.kit import Kit
from docgen.layout.sets import load_set
from docgen.model.record import Record
from docgen.office.run import load_run
from docgen.paper import Paper, papers
from docgen.sources.cases import read_cases

SAMPLES = Path(__file__).parent.parent / "samples"
TEAM = SAMPLES / "team.yaml"
SETTINGS = SAMPLES / "docgen.yaml"
LONGEST, SHORTEST = "J0236", "S1101"
DENSEST = "plan"
NAME = re.compile(r"employee_name: \S+")
TODAY = date(2026, 6, 30)


@dataclass(frozen=True, slots=True)
class Sample:
    """A checked case with its documents to be made; ``dense`` is the one with most text."""

    definitions: Definitions
    record: Record
    kit: Kit
    papers: tuple[Paper, ...]

    @property
    def dense(self) -> Paper:
        return next(paper for paper in self.papers if paper.form.name == DENSEST)


def load_sample() -> Sample:
    definitions = load_definitions()
    run = load_run(read_cases([TEAM], definitions), definitions, (), TODAY, only=[LONGEST])
    ((checked, office),) = run.cases
    kit = Kit(definitions, office.settings, load_set())
    return Sample(definitions, checked.record, kit, tuple(papers(checked, definitions)))


def case_text(employee_no: str) -> str:
    """One person of the team as the text of a file of its own."""
    lines = TEAM.read_text("utf-8").split("\n")
    number = next(index for index, line in enumerate(lines) if line.strip() == f"employee_no: {employee_no}")
    start = max(index for index in range(number) if lines[index].startswith("- "))
    found = ["  " + lines[start][2:]]
    for line in lines[start + 1 :]:
        if line and not line.startswith("  "):
            break
        found.append(line)
    return "\n".join(line[2:] for line in found)


@contextmanager
def folder_of_cases(count: int) -> Iterator[Path]:
    """A folder of ``count`` files, the longest and the shortest case in turn, each with number and name of its own."""
    texts = [(case_text(employee_no), employee_no) for employee_no in (LONGEST, SHORTEST)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SETTINGS.name).write_bytes(SETTINGS.read_bytes())
        for index in range(count):
            text, employee_no = texts[index % 2]
            text = NAME.sub(rf"\g<0>{chr(0x4E00 + index)}", text.replace(employee_no, f"B{index:04}"), count=1)
            (folder / f"case-{index:04}.yaml").write_text(text, "utf-8")
        yield folder
