"""Documents that are explained, each prepared and explained once; and values that are changed in the file itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from docgen.checking.checked import Checked
from docgen.generate import render
from docgen.layout.context import Stamp
from docgen.layout.stretches import texts
from docgen.model.case import Code, Quantity
from docgen.model.identity import COUNTED
from docgen.model.problems import Path as DataPath
from docgen.office.bench import Bench
from docgen.office.explaining import Explained, explain
from docgen.office.origins import Given, Origin
from docgen.office.run import Office, Run, has_errors, load_run
from docgen.office.subject import Subject, subject
from docgen.paper import blocking, papers
from docgen.sources.cases import read_cases
from tests.sample_help import DEFINITIONS, FORMS, TODAY, WANG

SAMPLES = WANG.parent
SHORT = SAMPLES / "short.yaml"
BENCH = Bench(DEFINITIONS)


@cache
def run_of(file: Path, only: str = "") -> Run:
    chosen = [only] if only else ()
    return load_run(read_cases([file], DEFINITIONS), DEFINITIONS, (), TODAY, only=chosen, handwrite=True)


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


def said_in(folder: Path, one: Subject, files: Mapping[str, str]) -> list[str] | None:
    """What a document says where its files, of one case, say this; None where it could not be issued then."""
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    case = next(folder / name for name in files if name != "docgen.yaml")
    run = load_run(read_cases([case], DEFINITIONS), DEFINITIONS, (), TODAY, handwrite=True)
    return _said(*run.cases[0], one) if run.cases else None


def _said(checked: Checked, office: Office, one: Subject) -> list[str] | None:
    of_form = [each for each in papers(checked, DEFINITIONS) if each.form.name == one.paper.form.name]
    paper = next((each for each in of_form if each.path == one.paper.path), None)
    if paper is None or has_errors([*office.problems, *blocking(paper, checked.problems)]):
        return None
    stamp = Stamp(paper.number, 1, paper.printed_date or TODAY)
    return texts(render(paper, one.kit.under(office.settings), stamp, "final"))


def changed_lines(before: list[str], after: list[str]) -> tuple[set[int], set[int]]:
    """The lines, by number, that say something else; and those of which letters are no longer said. Numbers that count
    sections and the like are left out."""
    before, after = ([COUNTED.sub("", line) for line in lines] for lines in (before, after))
    changed: set[int] = set()
    kept: set[int] = set()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag in ("replace", "delete"):
            changed |= set(range(i1, i2))
            if i2 - i1 == j2 - j1:
                kept |= {i1 + at for at in range(i2 - i1) if _only_longer(before[i1 + at], after[j1 + at])}
    return changed, changed - kept


def _only_longer(before: str, after: str) -> bool:
    codes = SequenceMatcher(None, before, after, False).get_opcodes()
    return all(code[0] in ("equal", "insert") for code in codes)
