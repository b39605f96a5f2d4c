"""Documents that are explained, each prepared and explained once; and values that are changed in the file itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from docgen.checking.checked import Checked
from docgen.definitions.naming import CASE
from docgen.generate import render
from docgen.layout.context import Stamp
from docgen.layout.stretches import texts
from docgen.model.case import Code, Quantity
from docgen.model.identity import COUNTED
from docgen.model.life import Life
from docgen.model.problems import Path as DataPath
from docgen.model.record import Record
from docgen.office.bench import Bench
from docgen.office.explaining import Explained, explain
from docgen.office.origins import Given, Origin
from docgen.office.run import Office, Run, has_errors, load_run
from docgen.office.subject import Subject, subject
from docgen.paper import blocking, papers
from docgen.sources.cases import read_cases
from docgen.sources.settings import read_settings
from tests.sample_help import DEFINITIONS, FORMS, TODAY, WANG

SAMPLES = WANG.parent
SHORT = SAMPLES / "short.yaml"
ENDED = date(2026, 7, 3)
BENCH = Bench(DEFINITIONS)


@cache
def run_of(file: Path, only: str = "") -> Run:
    """The cases of a file; what lies among the closed ones is closed."""
    chosen = [only] if only else ()
    run = load_run(read_cases([file], DEFINITIONS), DEFINITIONS, (), TODAY, only=chosen, handwrite=True)
    return replace(run, cases=tuple(map(_closed, run.cases))) if file.parent.name == "closed" else run


def _closed(case: tuple[Checked, Office]) -> tuple[Checked, Office]:
    checked, office = case
    lives = {checked.case.id: Life(ENDED, "over", outcome="partly")}
    closed = BENCH.checker.validate(checked.record, office.settings, None, TODAY, lives)
    return closed, replace(office, lives=lives)


@cache
def documents(file: Path, only: str = "", forms: tuple[str, ...] = FORMS) -> list[Subject]:
    """The documents of one case, not yet explained."""
    checked, office = run_of(file, only).cases[0]
    return [
        subject(BENCH, checked, office, paper.form.name, paper.path, TODAY)
        for paper in papers(checked, DEFINITIONS)
        if paper.form.name in forms
    ]


@cache
def document(file: Path, form: str) -> Subject:
    """The last document of a form."""
    return documents(file, forms=(form,))[-1]


@cache
def explained(file: Path, form: str) -> tuple[Explained, ...]:
    return tuple(explain(document(file, form)))


def all_paths(origin: Origin) -> list[DataPath]:
    return [origin.path, *(path for one in origin.inputs for path in all_paths(one))]


def bare(text: str) -> str:
    return "".join(text.split())


def changed_file(given: Given, chance: Random) -> tuple[Path, str] | None:
    """The file that a value was typed in, with another value in its place; None where it is no word of a YAML file."""
    place, others = given.origin.position, _others(given.value, given)
    if place is None or not place.line or not others:
        return None
    file = Path(place.source)
    text = file.read_bytes().decode()
    for event in yaml.parse(text):
        if isinstance(event, yaml.ScalarEvent):
            start, end = event.start_mark, event.end_mark
            if start and end and (start.line + 1, start.column + 1) == (place.line, place.column):
                other = json.dumps(chance.choice(others), ensure_ascii=False)
                return file, text[: start.index] + other + text[end.index :]
    return None


def _others(value: Any, given: Given) -> list[str]:
    if given.rows:
        return [*given.rows]
    match value:
        case bool():
            return ["no" if value else "yes"]
        case Code():
            return [code for code in given.field.choices.choices if code != value] if given.field.choices else []
        case int():
            return [str(value + 1), str(value + 2)]
        case Decimal():
            return [str(value + 1), str(value * 2)]
        case Quantity():
            return [f"{number} {value.unit}" for number in (value.number + 1, value.number * 2, value.number - 1)]
        case date():
            return [(value + timedelta(days=days)).isoformat() for days in (-31, -7, 7, 31)]
        case str() if given.field.type in ("text", "longtext"):
            return [f"{value[: len(value) // 2]}改Q{value[len(value) // 2 :]}"]
        case _:
            return []


def said_in(folder: Path, one: Subject, file: Path, text: str) -> list[str] | None:
    """What a document says where ``file``, its case's or that of its settings, says this; None where it could not be
    issued then. All else is as it was."""
    changed, record, settings = folder / file.name, one.effects.record, one.kit.settings
    changed.write_bytes(text.encode())
    if file.name == "docgen.yaml":
        settings, problems = read_settings(changed, DEFINITIONS)
        if has_errors(problems):
            return None
    else:
        found = read_cases([changed], DEFINITIONS)
        records = [each for each in found.records if _place_of(each) == _place_of(record)]
        if has_errors(found.problems) or not records:
            return None
        record = records[0]
    return _said(BENCH.checker.validate(record, settings, None, TODAY, one.effects.lives), settings, one)


def _place_of(record: Record) -> tuple[int, int]:
    """Where a case begins in its file."""
    place = record.position((CASE,))
    return place.line, place.column


def _said(checked: Checked, settings: Mapping[str, Any], one: Subject) -> list[str] | None:
    of_form = [each for each in papers(checked, DEFINITIONS) if each.form.name == one.paper.form.name]
    paper = next((each for each in of_form if each.path == one.paper.path), None)
    if paper is None or has_errors(blocking(paper, checked.problems)):
        return None
    stamp = Stamp(paper.number, 1, paper.printed_date or TODAY)
    return texts(render(paper, one.kit.under(settings), stamp, "final"))


def changed_lines(before: list[str], after: list[str]) -> tuple[set[int], set[int]]:
    """The lines, by number, that say something else; and those of which letters are no longer said. Numbers that count
    sections and the like are left out."""
    before, after = ([_uncounted(line) for line in lines] for lines in (before, after))
    changed: set[int] = set()
    kept: set[int] = set()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag in ("replace", "delete"):
            changed |= set(range(i1, i2))
            if i2 - i1 == j2 - j1:
                kept |= {i1 + at for at in range(i2 - i1) if _only_longer(before[i1 + at], after[j1 + at])}
    return changed, changed - kept


def _uncounted(line: str) -> str:
    """A line that is a figure counts nothing: 7.5 is not item 7."""
    return line if line.replace(".", "").replace(",", "").isdigit() else COUNTED.sub("", line)


def _only_longer(before: str, after: str) -> bool:
    codes = SequenceMatcher(None, before, after, False).get_opcodes()
    return all(code[0] in ("equal", "insert") for code in codes)
