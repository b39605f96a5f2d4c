"""Cases are read from YAML files and folders; what is in them is judged later, by what the definitions say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.definitions.results import shown
from docgen.marked_yaml import Marked
from docgen.model.problems import Position, Problem
from docgen.model.record import Record
from docgen.sources.files import file_problem, read_yaml
from docgen.sources.settings import SETTINGS_FILES

SUFFIXES = frozenset((".yaml", ".yml"))
CASE = "case"


@dataclass(frozen=True, slots=True)
class Reading:
    """The records that were found, in the order asked for, and what is wrong with files as a whole."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def read_cases(paths: Sequence[Path]) -> Reading:
    """Read every case in ``paths``: files of one case or a list of them, and folders of such files.

    A file that is named twice, or lies in a folder that is named too, is read once. Never raises for what a file
    holds or lacks.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    seen: set[Path] = set()
    for found in _files(paths):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        real = _real(found)
        if real in seen:
            continue
        seen.add(real)
        content = read_yaml(found)
        if isinstance(content, tuple):
            problems.extend(content)
            continue
        for case in _cases(content):
            if isinstance(case, Problem):
                problems.append(case)
            else:
                records.append(case)
    return Reading(tuple(records), tuple(problems))


def _real(path: Path) -> Path:
    """``path`` without links, so that one file under two names is read once; as it is where links run in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def _files(paths: Sequence[Path]) -> Iterator[Path | Problem]:
    for path in paths:
        try:
            cases = [entry for entry in sorted(path.iterdir()) if _is_case_file(entry)] if path.is_dir() else None
        except OSError as error:
            yield file_problem("unreadable", Position(str(path)), reason=error.strerror or type(error).__name__)
            continue
        if cases is None:
            is_settings = path.name.lower() in SETTINGS_FILES
            yield file_problem("settings", Position(str(path))) if is_settings else path
            continue
        yield from cases
        if not cases:
            yield file_problem("no_cases", Position(str(path)))


def _is_case_file(path: Path) -> bool:
    """Whether a file of a folder is meant as a case: no settings, no expected problems, nothing hidden."""
    name = path.name
    return (
        path.suffix.lower() in SUFFIXES
        and name.lower() not in SETTINGS_FILES
        and ".expected." not in name
        and not name.startswith((".", "~"))
        and path.is_file()
    )


def _cases(content: Marked) -> Iterator[Record | Problem]:
    source = content.positions.source
    data = content.data
    if data is None or data == [] or data == {}:
        yield file_problem("empty_file", Position(source))
    elif isinstance(data, list):
        for index, one in enumerate(data):
            yield _case(one, content, (index,))
    else:
        yield _case(data, content, ())


def _case(data: Any, content: Marked, path: tuple[int, ...]) -> Record | Problem:
    if not isinstance(data, Mapping) or not data:
        kind, value = ("not_a_case", shown(data)) if data else ("nothing", "")
        return file_problem(kind, content.positions[path], path, value)
    if CASE not in data and not any(isinstance(value, Mapping) for value in data.values()):
        return file_problem("no_case_key", content.positions[path], path, shown(next(iter(data))))
    positions, keys = content.positions.inside(path), content.keys.inside(path)
    return Record(content.positions.source, data, positions, keys, content.text)
