"""The settings of an office: ``docgen.yaml``, looked for beside the input and upward, typed as its definition says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docgen.definitions.cleaning import first_invisible
from docgen.definitions.definition import Definitions, Field
from docgen.definitions.fields import Fault, Options, Partly, ReadAs, parse, typed
from docgen.definitions.shape import nearest
from docgen.marked_yaml import Marked
from docgen.model.problems import Path as DataPath
from docgen.model.problems import Position, Problem, Severity, Words
from docgen.sources.files import file_problem, read_yaml

ACCEPT = "accept"
DATE_ORDER = "date_order"
Settings = dict[str, Any]


Look = Callable[[Marked], Iterable[Problem]]


def read_settings(
    path: Path | None, definitions: Definitions, look: Look = lambda _: ()
) -> tuple[Settings, tuple[Problem, ...]]:
    """Every setting with its value (None: not set and no default), and what is wrong in the file.

    ``path`` None: the defaults. A wrong value counts as not set; of a table, only the wrong row or cell does.
    ``look`` may find more that is wrong in what was read.
    """
    given: Mapping[str, Any] = {}
    problems: tuple[Problem, ...] = ()
    if path is not None:
        content = read_yaml(path)
        if isinstance(content, tuple):
            problems = content
        elif isinstance(content.data, Mapping):
            given, problems = _typed(content, definitions)
            problems += tuple(look(content))
        elif content.data is not None:
            problems = (file_problem("not_settings", content.positions[()]),)
    return _completed(given, definitions.settings), problems


def place_in_settings(path: Path, of: DataPath) -> Position:
    """Where the settings file holds ``of``, or what lies nearest around it; else the file."""
    content = read_yaml(path)
    return Position(str(path)) if isinstance(content, tuple) else _place(content, of)


def _typed(content: Marked, definitions: Definitions) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    known = definitions.settings
    options = _options(content.data, known)
    for name, raw in content.data.items():
        if name not in known:
            labels = {label: field.name for field in known.values() for label in (field.label.en, field.label.zh)}
            close = labels.get(name) or nearest(name, known)
            fault = Fault("unknown_key", name, {"nearest": close, "known": ", ".join(known)})
            problems.append(_problem(fault, (name,), content.keys[(name,)], None, definitions))
            continue
        value = parse(known[name], raw, options)
        faults: tuple[Fault, ...] = ()
        if isinstance(value, Fault):
            faults, value = (value,), None
        elif isinstance(value, Partly):
            faults, value = value.faults, value.value
        for fault in faults:
            path = (name, *fault.within)
            place = content.keys.get(path) if fault.kind == "unknown_key" else None
            problems.append(_problem(fault, path, place or _place(content, path), known[name], definitions))
        for path, point in () if faults else _invisible(raw, (name,)):
            fault = Fault("invisible", "", {"point": point})
            problems.append(_problem(fault, path, _place(content, path), known[name], definitions))
        if name == ACCEPT and value is not None:
            told = {problem.path[:2] for problem in problems}
            value, doubtful = _accepted(value, content, definitions)
            problems += (problem for problem in doubtful if problem.path[:2] not in told)
        if value is not None:
            values[name] = value.value if isinstance(value, ReadAs) else value
    return values, tuple(problems)


def _invisible(raw: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    """The texts of a setting that hold a character which nobody sees."""
    match raw:
        case str() if point := first_invisible(raw):
            yield path, point
        case Mapping():
            for name, inner in raw.items():
                yield from _invisible(inner, (*path, name))
        case list():
            for index, inner in enumerate(raw):
                yield from _invisible(inner, (*path, index))


def _options(given: Mapping[str, Any], known: Mapping[str, Field]) -> Options:
    """The order of dates that the file sets holds for its own dates too."""
    order = parse(known[DATE_ORDER], given.get(DATE_ORDER)) if DATE_ORDER in known else None
    return Options("" if order is None or isinstance(order, Fault) else str(order))


def _accepted(
    rows: list[dict[str, Any]], content: Marked, definitions: Definitions
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The entries that silence a rule, its code in capitals; what silences none, or must not, is a problem."""
    severities = {rule.code: rule.severity for rule in definitions.rules}
    typed_at = [index for index, row in enumerate(content.data[ACCEPT]) if isinstance(row, Mapping)]
    good: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for index, row in zip(typed_at, rows, strict=True):
        code = str(row["rule"] or "").upper()
        checks = {
            "no_rule": not code,
            "unknown_rule": code not in severities,
            "blocking_rule": severities.get(code) is Severity.ERROR,
            "no_reason": not row["reason"],
        }
        wrong = next((kind for kind, found in checks.items() if found), "")
        if wrong:
            path = (ACCEPT, index, *(("rule",) if "rule" in content.data[ACCEPT][index] else ()))
            problems.append(file_problem(wrong, _place(content, path), path, code))
        else:
            good.append({**row, "rule": code})
    return good, problems


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
    column = next((field.columns[str(step)] for step in path[2:] if step in field.columns), field) if field else None
    label: Words | str = column.label if column else name
    names = {
        "nearest": "",
        "known": "",
        "limit": "",
        "sheet": label if fault.kind in ("not_a_list", "not_a_mapping") else name,
        **fault.details,
        "label": label,
        "field": str(path[-1]),
        "value": fault.value,
    }
    return Problem(
        rule.code, rule.severity, path, place, fault.value, wording.message.render(names), wording.fix.render(names)
    )
