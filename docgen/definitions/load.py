"""Definitions are read from the company's folder and the shipped one, and checked before anything uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from docgen.definitions.building import (
    build_fields,
    build_form,
    build_lists,
    build_plan,
    build_rules,
    build_sheets,
    words,
)
from docgen.definitions.definition import BUILT_IN, Definitions, Form, Rule, Wording
from docgen.definitions.grammar import definition_schema
from docgen.definitions.review import Finding, review
from docgen.definitions.shape import shape_faults
from docgen.errors import DefinitionError
from docgen.marked_yaml import Marked, YamlError, load_marked
from docgen.model.problems import Path, Position
from docgen.resources import shipped

NEEDED = ("case.yaml", "settings.yaml", "rules.yaml")
# Lies beside the definitions, but is read by those who use it.
NO_DEFINITION = frozenset(("wordlists.yaml", "phrases.yaml"))
FORM_ORDER = ("letter", "plan", "monthly", "notes")
# The rules that validate carries out itself; each of their messages is named by the kind of fault it is for.
MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class _File:
    """One definition file as it was read."""

    name: str
    marked: Marked

    @property
    def data(self) -> Any:
        return self.marked.data

    def place(self, path: Path) -> Position:
        """Where the key of ``path`` stands, or what is nearest around it."""
        for end in range(len(path), 0, -1):
            found = self.marked.keys.get(path[:end]) or self.marked.positions.get(path[:end])
            if found:
                return found
        return Position(self.marked.positions.source, 1, 1)


@cache
def load_definitions(folders: tuple[FilePath, ...] = ()) -> Definitions:
    """Read ``forms/``, once a process: a file in one of ``folders`` (first wins) stands in for the shipped one.

    The nouns (Field, Sheet, Form, Rule, Definitions …) are in definition.py.

    Raises:
        DefinitionError: a file is faulty; the text holds one line a fault, ``file:line: what, and what to do``.
    """
    return replace(read_definitions([*folders, shipped("forms")]), folders=folders)


def read_definitions(folders: Sequence[FilePath]) -> Definitions:
    """The definitions in ``folders`` alone, first wins; see load_definitions."""
    files = [_read(path) for path in _paths(folders)]
    _refuse(
        [
            Finding(file.place(path), text)
            for file in files
            for path, text in shape_faults(definition_schema(file.name), file.data)
        ]
    )
    definitions = _build({file.name: file for file in files})
    _refuse(review(definitions, {file.data.get("name", file.name): file.place for file in files}))
    return definitions


def _paths(folders: Sequence[FilePath]) -> list[FilePath]:
    found: dict[str, FilePath] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            if path.name not in NO_DEFINITION and not path.name.startswith("."):
                found.setdefault(path.name, path)
    for name in NEEDED:
        if name not in found:
            raise DefinitionError(f"{folders[-1] / name}: the file is missing; copy it from docgen's own forms folder")
    return [found[name] for name in sorted(found)]


def _read(path: FilePath) -> _File:
    try:
        return _File(path.name, load_marked(path.read_bytes(), str(path)))
    except OSError as error:
        raise DefinitionError(f"{path}: can't be read ({error.strerror}); check the rights of the file") from error
    except YamlError as error:
        lines = (f"{path}:{max(fault.line, 1)}: {fault.message.en} {fault.fix.en}" for fault in error.faults)
        raise DefinitionError("\n".join(lines)) from error


def _build(files: Mapping[str, _File]) -> Definitions:
    case, settings, rules = (files[name] for name in NEEDED)
    lists = build_lists(case.data.get("lists", {}) | settings.data.get("lists", {}))
    labels = {name: one.choices for name, one in lists.items()}
    forms: dict[str, Form] = {}
    for file in sorted((one for name, one in files.items() if name not in NEEDED), key=_form_order):
        form = build_form(file.data, file.place, labels)
        if file.name != f"{form.name}.yaml" or form.name in forms:
            _refuse([Finding(file.place(("name",)), f"{form.name!r} must be the name of the file, {file.name!r}")])
        forms[form.name] = form
    shared = build_rules(rules.data["rules"], rules.place, labels)
    return Definitions(
        sheets=build_sheets(case.data["sheets"], case.place, lists),
        forms=forms,
        rules=(*shared, *(rule for form in forms.values() for rule in form.rules)),
        lists=lists,
        settings=build_fields(settings.data["fields"], "settings", ("fields",), settings.place, lists),
        labels=labels,
        wordings=_wordings(shared),
        conditions={source: words(said) for source, said in case.data.get("conditions", {}).items()},
        version=int(case.data["version"]),
        workbook=build_plan(case.data.get("workbook", {})),
    )


def _form_order(file: _File) -> tuple[int, str]:
    name = file.data["name"]
    return (FORM_ORDER.index(name) if name in FORM_ORDER else len(FORM_ORDER)), name


def _wordings(rules: Sequence[Rule]) -> dict[str, tuple[Rule, Wording]]:
    return {
        kind: (rule, wording) for rule in rules if rule.check in BUILT_IN for kind, wording in rule.messages.items()
    }


def _refuse(findings: Sequence[Finding]) -> None:
    if not findings:
        return
    ordered = sorted(findings, key=lambda one: (one.place.source, one.place.line, one.place.column, one.text))
    lines = [f"{one.place.source}:{one.place.line}: {one.text}" for one in ordered[:MOST_FAULTS]]
    if len(ordered) > MOST_FAULTS:
        lines.append(f"… and {len(ordered) - MOST_FAULTS} more")
    raise DefinitionError("\n".join(lines))
