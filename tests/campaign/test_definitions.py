"""Changed definitions of a company are refused with a place, or make a set that works; they never raise."""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.checking.validate import Checker
from docgen.definitions.load import read_definitions
from docgen.errors import DefinitionError, TemplateError
from docgen.generate import render
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.review import refuse_faulty
from docgen.layout.sets import load_set
from docgen.marked_yaml import load_marked
from docgen.model.life import NEW
from docgen.model.problems import Path as DataPath
from docgen.office.starter import starting_file, starting_settings
from docgen.paper import papers
from docgen.resources import shipped
from docgen.sources.cases import read_cases
from docgen.sources.settings import read_settings
from tests.campaign.office import SAMPLES

FILES = ("case.yaml", "settings.yaml", "rules.yaml", "letter.yaml", "plan.yaml", "monthly.yaml", "notes.yaml",
         "outcome.yaml")  # fmt: skip
RUBBISH: tuple[Any, ...] = (
    *("", " ", "0", "-1", "1e999", "nan", "yes", "{{ x }}", "{% if %}", "((", "\u200b", "中文", "x" * 3000),
    *("{{ case.employee_name.__class__ }}", "10 ** 10 ** 3", "range(10**9) | list", "period_start + 1", "none.x"),
    *("[", "(a+)+$", "E999", "months", "closed", "../../etc/passwd", "nix.html", "table", "ref", "derived", "hand"),
    *([], {}, None, [None], [[]], [""], [{}], {"en": "x"}, {"en": "x", "zh": "y"}),
)
NAMES = ("", "a b", "__class__", "items", "1x", "case", "row", "end", "agenda", "none", "en", "extends", "x" * 300)
LIVES = {
    "S1024-202601": NEW.close(date(2026, 7, 3), "done", "partly"),
    "E1024-202601": NEW.extend(date(2026, 7, 31)).close(date(2026, 8, 3), "done", "met"),
}


@cache
def data_of(name: str) -> Any:
    return load_marked((shipped("forms") / name).read_bytes(), name).data


@cache
def leaves() -> list[str]:
    return [value for name in FILES for _, value in walk(data_of(name)) if isinstance(value, str)]


def walk(data: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, Any]]:
    if path:
        yield path, data
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from walk(value, (*path, key))


def at(data: Any, path: DataPath) -> Any:
    for key in path:
        data = data[key]
    return data


def spoil(data: Any, seeded: random.Random) -> None:
    """Something in ``data`` is taken out, called otherwise, or holds what belongs elsewhere."""
    path = seeded.choice([path for path, _ in walk(data)])
    key: Any = path[-1]
    around = at(data, path[:-1])
    match seeded.randrange(8):
        case 0:
            del around[key]
        case 1 | 2 if isinstance(around, dict):
            name = seeded.choice((*NAMES, f"{key}s", *around))
            changed = {name if one == key else one: value for one, value in around.items()}
            around.clear()
            around.update(changed)
        case 3 if isinstance(around, list):
            around.append(copy.deepcopy(around[key]))
        case 4 | 5:
            around[key] = seeded.choice(leaves())
        case 6:
            around[key] = [around[key]]
        case _:
            around[key] = copy.deepcopy(seeded.choice(RUBBISH))


def changed_file(seeded: random.Random) -> tuple[str, Any]:
    """A shipped file with changes, or one that adds a spoilt part of it."""
    name = seeded.choice((*FILES, "case.yaml", "case.yaml", "rules.yaml"))
    whole = copy.deepcopy(data_of(name))
    if seeded.random() < 0.4:
        for _ in range(seeded.choice((1, 1, 2, 3))):
            spoil(whole, seeded)
        return name, whole
    path = seeded.choice([path for path, _ in walk(whole) if not any(isinstance(key, int) for key in path)])
    part = {"part": at(whole, path)}
    spoil(part, seeded)
    made: Any = part.get("part")
    for key in reversed(path):
        made = {key: made}
    return name, {"extends": "shipped", **made}


@pytest.mark.campaign("changed definitions", full=400, small=2)
def test_changed_definitions_are_refused_with_a_place_or_work(
    rounds: range, figures: Counter[str], tmp_path: Path
) -> None:
    forms = tmp_path / "forms"
    forms.mkdir()
    for number in rounds:
        seeded = random.Random(number)
        name, data = changed_file(seeded)
        file = forms / name
        file.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), "utf-8")
        try:
            works(forms)
            figures["works"] += 1
        except (DefinitionError, TemplateError) as refused:
            en, zh = (refused.words[language].splitlines() for language in ("en", "zh"))
            assert len(en) == len(zh) and en[0].startswith((f"{file}:", *map(str, shipped("forms").iterdir()))), number
            figures["refused at " + ("its own line" if f"{file}:" in en[0] else "what it breaks")] += 1
        file.unlink()


def works(forms: Path) -> None:
    """The set through its checks, the starting files, and drafts of all forms."""
    definitions = replace(read_definitions([forms, shipped("forms")]), folders=(forms,))
    settings, _ = read_settings(SAMPLES / "docgen.yaml", definitions)
    starting_settings(definitions, "en")
    starting_file(definitions, [*definitions.forms], "zh", True, "case.yaml")
    kit, checker = Kit(definitions, settings, load_set()), Checker(definitions)
    refuse_faulty(kit.templates, definitions)
    for record in read_cases([SAMPLES / "closed"], definitions).records:
        checked = checker.validate(record, settings, [*definitions.forms], date(2026, 8, 6), LIVES)
        for paper in {paper.form.name: paper for paper in papers(checked, definitions)}.values():
            render(paper, kit, Stamp("", 1, None), "draft")
