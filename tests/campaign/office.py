"""What the campaigns start from: definitions, and the samples' cases with the settings of their office; made once."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.generate import Kit, Paper, papers, render
from docgen.layout.context import Stamp
from docgen.layout.sets import TemplateSet, load_set
from docgen.model.document import Document
from docgen.model.problems import Position
from docgen.office.run import Run, load_run
from docgen.sources.cases import read_cases
from docgen.sources.settings import find_settings, read_settings
from docgen.writers.pdf import PdfWriter
from docgen.writers.properties import Properties

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SOUND = ("wang.yaml", "en/wang.yaml", "late-report.yaml", "short.yaml", "team.yaml", "uk/support-desk.yaml")
TODAY = date(2026, 6, 30)
PROPERTIES = Properties("Plan", "Example Ltd", date(2026, 1, 5), "abc123", "en", "S1-202601-P")


@dataclass(frozen=True)
class Sample:
    """The documents of a sample that can be made, and what makes them."""

    kit: Kit
    papers: tuple[Paper, ...]

    def tree(self, paper: Paper) -> Document:
        return render(paper, self.kit, Stamp(paper.number, 1, paper.printed_date or TODAY), "final")


@cache
def definitions() -> Definitions:
    return load_definitions()


@cache
def checker() -> Checker:
    return Checker(definitions())


@cache
def templates() -> TemplateSet:
    return load_set()


@cache
def pdf_writer() -> PdfWriter:
    return PdfWriter(templates())


@cache
def kit(settings: Path | None) -> Kit:
    return Kit(definitions(), office_settings(settings), templates())


@cache
def office_settings(file: Path | None) -> dict[str, Any]:
    found, problems = read_settings(file, definitions())
    assert not problems
    return found


@cache
def sample(name: str) -> Sample:
    run = load_run(read_cases([SAMPLES / name]), definitions(), (), TODAY)
    made = [paper for checked, _ in run.cases for paper in papers(checked, definitions())]
    return Sample(kit(find_settings(SAMPLES / name)), tuple(made))


@cache
def sample_tree(name: str, index: int) -> Document:
    found = sample(name)
    return found.tree(found.papers[index])


def some_sample_tree(seeded: random.Random, names: tuple[str, ...] = SOUND) -> Document:
    name = seeded.choice(names)
    return sample_tree(name, seeded.randrange(len(sample(name).papers)))


def checked_run(path: Path) -> Run:
    return load_run(read_cases([path]), definitions(), (), TODAY)


def stands_in(position: Position, source: Path, lines: list[str]) -> bool:
    """Is ``position`` a place in the file ``source`` of these ``lines``: one that an editor can go to?"""
    if position.source != str(source):
        return False
    if not position.line:
        return position.column == 0
    # libyaml gives the end of a file as the line after the last.
    return position.line <= len(lines) + 1 and position.column <= len((*lines, "")[position.line - 1]) + 1
