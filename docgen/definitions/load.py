"""Definitions are read from the company's folder and the shipped one, and checked before anything uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path as FilePath

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
from docgen.definitions.joining import EXTENDS, SHIPPED, DefinitionFile, file_of, joined
from docgen.definitions.review import Finding, review
from docgen.definitions.shape import shape_faults
from docgen.errors import DefinitionError
from docgen.marked_yaml import YamlError, load_marked
from docgen.resources import shipped

NEEDED = ("case.yaml", "settings.yaml", "rules.yaml")
# Lies beside the definitions, but is read by those who use it.
NO_DEFINITION = frozenset(("wordlists.yaml", "phrases.yaml"))
LAST = 1000
"""Where a form stands that names no place of its own: after those that do."""
FORMS = "form"
"""The choice list of all forms, which is made of them."""
# The rules that validate carries out itself; each of their messages is named by the kind of fault it is for.
MOST_FAULTS = 20


@cache
def load_definitions(folders: tuple[FilePath, ...] = ()) -> Definitions:
    """Read ``forms/``, once a process: a file in one of ``folders`` (first wins) stands in for the shipped one, or adds
    to it where it says so (``extends: shipped``).

    The nouns (Field, Sheet, Form, Rule, Definitions …) are in definition.py.

    Raises:
        DefinitionError: a file is faulty; the text holds one line a fault, ``file:line: what, and what to do``.
    """
    return replace(read_definitions([*folders, shipped("forms")]), folders=folders)


def read_definitions(folders: Sequence[FilePath]) -> Definitions:
    """The definitions in ``folders`` alone, first wins; see load_definitions."""
    files = _files(folders)
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


def _files(folders: Sequence[FilePath]) -> list[DefinitionFile]:
    """A file of each name: the first that stands for itself, with all that add to it."""
    found: dict[str, list[FilePath]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            if path.name not in NO_DEFINITION and not path.name.startswith("."):
                found.setdefault(path.name, []).append(path)
    for name in NEEDED:
        if name not in found:
            raise DefinitionError(f"{folders[-1] / name}: the file is missing; copy it from docgen's own forms folder")
    return [_whole(found[name]) for name in sorted(found)]


def _whole(paths: Sequence[FilePath]) -> DefinitionFile:
    first = _read(paths[0])
    if not first.is_addition:
        return first
    if first.data[EXTENDS] != SHIPPED:
        _refuse([Finding(first.place((EXTENDS,)), f"write `extends: {SHIPPED}`; there is nothing else to add to")])
    if len(paths) == 1:
        text = f"no {first.name} ships that this could add to; take `extends` out, or correct the name of the file"
        _refuse([Finding(first.place((EXTENDS,)), text)])
    return joined(first, _whole(paths[1:]))


def _read(path: FilePath) -> DefinitionFile:
    try:
        return file_of(path.name, load_marked(path.read_bytes(), str(path)))
    except OSError as error:
        raise DefinitionError(f"{path}: can't be read ({error.strerror}); check the rights of the file") from error
    except YamlError as error:
        lines = (f"{path}:{max(fault.line, 1)}: {fault.message.en} {fault.fix.en}" for fault in error.faults)
        raise DefinitionError("\n".join(lines)) from error


def _build(files: Mapping[str, DefinitionFile]) -> Definitions:
    case, settings, rules = (files[name] for name in NEEDED)
    of_forms = sorted((one for name, one in files.items() if name not in NEEDED), key=_order)
    choices = {one.data["name"]: one.data.get("short", one.data["title"]) for one in of_forms}
    lists = build_lists({**case.data.get("lists", {}), **settings.data.get("lists", {}), FORMS: choices})
    labels = {name: one.choices for name, one in lists.items()}
    forms: dict[str, Form] = {}
    for file in of_forms:
        form = build_form(file.data, file.place, labels)
        if file.name != f"{form.name}.yaml" or form.name in forms:
            _refuse([Finding(file.place(("name",)), f"{form.name!r} must be the name of the file, {file.name!r}")])
        forms[form.name] = form
    shared = build_rules(rules.data["rules"], rules.place, labels)
    return Definitions(
        sheets=build_sheets(case.data["sheets"], case.place, lists),
        forms=forms,
        rules=(*(_shared(rule, forms) for rule in shared), *(rule for one in forms.values() for rule in one.rules)),
        lists=lists,
        settings=build_fields(settings.data["fields"], "settings", ("fields",), settings.place, lists),
        labels=labels,
        wordings=_wordings(shared),
        conditions={source: words(said) for source, said in case.data.get("conditions", {}).items()},
        version=int(case.data["version"]),
        workbook=build_plan(case.data.get("workbook", {})),
    )


def _order(file: DefinitionFile) -> tuple[int, str]:
    return int(file.data.get("order", LAST)), file.data["name"]


def _shared(rule: Rule, forms: Mapping[str, Form]) -> Rule:
    """A rule for some forms, with those that share it."""
    more = {form.name for form in forms.values() if rule.code in form.shares}
    return replace(rule, forms=rule.forms | more) if rule.forms else rule


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
