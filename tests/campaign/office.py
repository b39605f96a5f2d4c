"""What the campaigns start from: definitions, and the samples' cases with the settings of their office; made once."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from docgen.checking.across_cases import across
from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.company import find_settings
from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.generate import render
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.sets import TemplateSet, load_set
from docgen.model.document import Document
from docgen.model.problems import Position, Problem
from docgen.model.record import Record
from docgen.office.glyphs import Glyphs
from docgen.paper import Paper, papers
from docgen.sources.cases import read_cases
from docgen.sources.settings import read_settings
from docgen.writers.fonts import Coverage
from docgen.writers.pdf import PdfWriter
from docgen.writers.properties import Properties

DEFINITIONS = load_definitions()

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
def coverage() -> Coverage:
    return Coverage()


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
    settings = find_settings(SAMPLES / name)
    found = check_file(SAMPLES / name, office_settings(settings))
    made = [paper for checked in found.cases for paper in papers(checked, definitions())]
    return Sample(kit(settings), tuple(made))


@cache
def sample_tree(name: str, index: int) -> Document:
    found = sample(name)
    return found.tree(found.papers[index])


def some_sample_tree(seeded: random.Random, names: tuple[str, ...] = SOUND) -> Document:
    name = seeded.choice(names)
    return sample_tree(name, seeded.randrange(len(sample(name).papers)))


@dataclass(frozen=True)
class Found:
    """What reading and checking a file comes to: problems of the file as a whole, its cases, and their problems."""

    of_file: tuple[Problem, ...]
    cases: tuple[Checked, ...]
    of_cases: tuple[Problem, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*self.of_file, *self.of_cases)


def check_records(records: Sequence[Record], settings: Mapping[str, Any]) -> tuple[list[Checked], list[Problem]]:
    """The records as a run checks them, and all their problems."""
    cases = [checker().validate(record, settings, None, TODAY) for record in records]
    problems = [problem for one in cases for problem in one.problems]
    problems += [problem for one in cases for problem in Glyphs(definitions(), coverage()).in_case(one)]
    return cases, [*problems, *across(cases, definitions(), settings)]


def check_file(file: Path, settings: Mapping[str, Any]) -> Found:
    reading = read_cases([file], DEFINITIONS)
    cases, problems = check_records(reading.records, settings)
    return Found(reading.problems, tuple(cases), tuple(problems))


def stands_in(position: Position, source: Path, lines: list[str]) -> bool:
    """Is ``position`` a place in the file ``source`` of these ``lines``: one that an editor can go to?"""
    if position.source != str(source):
        return False
    if not position.line:
        return position.column == 0
    # libyaml gives the end of a file as the line after the last.
    return position.line <= len(lines) + 1 and position.column <= len((*lines, "")[position.line - 1]) + 1
