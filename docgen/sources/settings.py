"""The settings of an office: ``docgen.yaml``, looked for beside the input and upward, typed as its definition says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docgen.definitions.definition import Definitions, Field
from docgen.definitions.fields import Fault, ReadAs, nearest, parse, typed
from docgen.marked_yaml import Marked
from docgen.model.problems import Path as DataPath
from docgen.model.problems import Position, Problem, Words
from docgen.sources.files import file_problem, read_yaml

SETTINGS_FILES = ("docgen.yaml", "docgen.yml")
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

    ``path`` None: the defaults. A wrong value counts as not set.
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
    for name, raw in content.data.items():
        if name not in known:
            fault = Fault("unknown_key", name, {"nearest": nearest(name, known), "known": ", ".join(known)})
            problems.append(_problem(fault, (name,), content.keys[(name,)], None, definitions))
            continue
        value = parse(known[name], raw)
        if isinstance(value, Fault):
            place = _place(content, (name, *value.within))
            problems.append(_problem(value, (name, *value.within), place, known[name], definitions))
        elif value is not None:
            values[name] = value.value if isinstance(value, ReadAs) else value
    return values, tuple(problems)


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
