"""The settings of an office: ``docgen.yaml``, looked for beside the input and upward, typed as its definition says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docgen.definitions.definition import Definitions, Field
from docgen.definitions.fields import Fault, Options, Partly, ReadAs, nearest, parse, typed
from docgen.marked_yaml import Marked
from docgen.model.problems import Path as DataPath
from docgen.model.problems import Position, Problem, Severity, Words
from docgen.sources.files import file_problem, read_yaml

SETTINGS_FILES = ("docgen.yaml", "docgen.yml")
ACCEPT = "accept"
DATE_ORDER = "date_order"
Settings = dict[str, Any]


def find_settings(near: Path) -> Path | None:
    """The ``docgen.yaml`` beside ``near`` (or in it, where it is a folder), else in the nearest folder above."""
    start = near.resolve()
    for folder in (start, *start.parents):
        for name in SETTINGS_FILES:
            if (folder / name).is_file():
                return folder / name
    return None


def read_settings(path: Path | None, definitions: Definitions) -> tuple[Settings, tuple[Problem, ...]]:
    """Every setting with its value (None: not set and no default), and what is wrong in the file.

    ``path`` None: the defaults. A wrong value counts as not set; of a table, only the wrong row or cell does.
    """
    given: Mapping[str, Any] = {}
    problems: tuple[Problem, ...] = ()
    if path is not None:
        content = read_yaml(path)
        if isinstance(content, tuple):
            problems = content
        elif isinstance(content.data, Mapping):
            given, problems = _typed(content, definitions)
        elif content.data is not None:
            problems = (file_problem("not_settings", content.positions[()]),)
    return _completed(given, definitions.settings), problems


def _typed(content: Marked, definitions: Definitions) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    known = definitions.settings
    options = _options(content.data, known)
    for name, raw in content.data.items():
        if name not in known:
            fault = Fault("unknown_key", name, {"nearest": nearest(name, known), "known": ", ".join(known)})
            problems.append(_problem(fault, (name,), content.keys[(name,)], None, definitions))
            continue
        value = parse(known[name], raw, options)
        faults: tuple[Fault, ...] = ()
        if isinstance(value, Fault):
            value, faults = None, (value,)
        elif isinstance(value, Partly):
            value, faults = value.value, value.faults
        for fault in faults:
            path = (name, *fault.within)
            problems.append(_problem(fault, path, _place(content, path), known[name], definitions))
        if name == ACCEPT and value is not None:
            told = {problem.path[:2] for problem in problems}
            value, doubtful = _acceptable(value, content, definitions)
            problems += (problem for problem in doubtful if problem.path[:2] not in told)
        if value is not None:
            values[name] = value.value if isinstance(value, ReadAs) else value
    return values, tuple(problems)


def _options(given: Mapping[str, Any], known: Mapping[str, Field]) -> Options:
    """The order of dates that the file sets holds for its own dates too."""
    order = parse(known[DATE_ORDER], given.get(DATE_ORDER)) if DATE_ORDER in known else None
    return Options("" if order is None or isinstance(order, Fault) else str(order))


def _completed(given: Mapping[str, Any], known: Mapping[str, Field]) -> Settings:
    """All settings: what was given, else the default, else what the definition derives from the others."""
    settings: Settings = {name: given.get(name, _default(field)) for name, field in known.items()}
    for name, field in known.items():
        if settings[name] is None and field.derive is not None:
            value = typed(field, field.derive({**settings, "settings": settings}))
            settings[name] = None if isinstance(value, Fault) else value
    return settings


def _default(field: Field) -> Any:
    """The default; a table that nobody filled has no rows."""
    if field.default is not None or field.type != "table":
        return field.default
    return {} if field.key else []


def _place(content: Marked, path: DataPath) -> Position:
    for end in range(len(path), 0, -1):
        found = content.positions.get(path[:end])
        if found:
            return found
    return Position(content.positions.source)


def _problem(fault: Fault, path: DataPath, place: Position, field: Field | None, definitions: Definitions) -> Problem:
    """The fault in the words of the definitions' own rules."""
    rule, wording = definitions.wordings[fault.kind]
    name = Path(place.source).name
    column = field.columns.get(str(path[-1]), field) if field else None
    label: Words | str = column.label if column else name
    names = {
        "nearest": "",
        "known": "",
        "limit": "",
        "sheet": name,
        **fault.details,
        "label": label,
        "value": fault.value,
    }
    return Problem(
        rule.code, rule.severity, path, place, fault.value, wording.message.render(names), wording.fix.render(names)
    )
