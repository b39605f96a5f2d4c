"""Definitions are read from the company's folder and the shipped one, and checked before anything uses them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from docgen.definitions.clashes import FORMS, clashes, clashes_of_lists
from docgen.definitions.definition import BUILT_IN, Definitions, Form, Rule, Wording
from docgen.definitions.fixed import changes
from docgen.definitions.grammar import FORM_FILE, definition_schema
from docgen.definitions.joining import EXTENDS, SHIPPED, DefinitionFile, file_of, joined
from docgen.definitions.review import Finding, review
from docgen.definitions.shape import shape_faults
from docgen.errors import DefinitionError
from docgen.marked_yaml import YamlError, load_marked
from docgen.model.problems import Position, Words
from docgen.resources import shipped

NEEDED = ("case.yaml", "settings.yaml", "rules.yaml")
# Lies beside the definitions, but is read by those who use it.
NO_DEFINITION = frozenset(("wordlists.yaml", "phrases.yaml"))
LAST = 1000
"""Where a form stands that names no place of its own: after those that do."""
MOST_FAULTS = 20
ELSEWHERE = {
    "theme.yaml": Words("a theme; it belongs in templates/", "外观（theme），应放入 templates/"),
    "wording.en.yaml": Words("wording; it belongs in templates/", "文字（wording），应放入 templates/"),
    "wording.zh.yaml": Words("wording; it belongs in templates/", "文字（wording），应放入 templates/"),
    "docgen.yaml": Words(
        "settings of an office; they belong in the company's folder, above forms/",
        "公司设置，应放在 forms/ 的上一级，即公司文件夹",
    ),
}
"""What is told of a file of another kind that was put beside the definitions."""
IS_ELSEWHERE = Words("this is {what}", "这是{what}")
IS_CASE = Words(
    "this is a case, and no form; put it beside docgen.yaml, or below it outside of forms/",
    "这是个案，不是表单；请放在 docgen.yaml 旁或其下的其他文件夹，不要放在 forms/",
)
NO_FORM = Words(
    "this is no form: it has none of {names}; to add to a shipped file begin with `extends: shipped`",
    "这不是表单：没有 {names} 中的任何一项；如要在内置文件上增改，请以 `extends: shipped` 开头",
)
MISSING = Words(
    "{file}: the file is missing; copy it from docgen's own forms folder",
    "{file}：缺少该文件；请从 docgen 自带的 forms 文件夹复制",
)
NOTHING_ELSE = Words(
    "write `extends: {shipped}`; there is nothing else to add to",
    "请写 `extends: {shipped}`；没有其他可以增改的来源",
)
NONE_SHIPS = Words(
    "no {name} ships that this could add to; take `extends` out, or correct the name of the file",
    "没有名为 {name} 的内置文件可供增改；请删去 `extends`，或更正文件名",
)
UNREADABLE = Words(
    "{file}: can't be read ({why}); check the rights of the file", "{file}：无法读取（{why}）；请检查文件权限"
)
OTHER_NAME = Words("{name!r} must be the name of the file, {file!r}", "{name!r} 应与文件名 {file!r} 一致")
MORE = Words("… and {more} more", "……另有 {more} 处")


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
    _refuse([finding for file in files for finding in _shape(file)])
    by_name = {file.name: file for file in files}
    _refuse([*changes(files), *clashes_of_lists(by_name)])
    definitions = _build(by_name)
    _refuse(review(definitions, {file.data.get("name", file.name): file.place for file in files}))
    _refuse([*clashes(definitions, by_name)])
    return definitions


def definition_file(name: str, folders: Sequence[FilePath]) -> DefinitionFile:
    """The file of that name, of ``folders`` (first wins) or shipped; joined where it says so, and right in shape.

    Raises:
        DefinitionError: it is faulty.
    """
    places = [folder / name for folder in (*folders, shipped("forms"))]
    file = _whole([place for place in places if place.is_file()])
    _refuse([*_shape(file)])
    return file


def _shape(file: DefinitionFile) -> Iterator[Finding]:
    """What is wrong in the shape of a file; of one that is something else altogether, only that."""
    schema = definition_schema(file.name)
    given = file.data if isinstance(file.data, dict) else {}
    wanted = [name for name in schema["required"] if name != "version"]
    if what := ELSEWHERE.get(file.name):
        yield Finding(file.place(()), IS_ELSEWHERE.filled(what=what))
    elif schema is FORM_FILE and "case" in given:
        yield Finding(file.place(("case",)), IS_CASE)
    elif schema is FORM_FILE and not given.keys() & {*wanted}:
        yield Finding(file.place(()), NO_FORM.filled(names=Words(", ".join(wanted), "、".join(wanted))))
    else:
        yield from (Finding(file.place(path), text) for path, text in shape_faults(schema, file.data))


def _files(folders: Sequence[FilePath]) -> list[DefinitionFile]:
    """A file of each name: the first that stands for itself, with all that add to it."""
    found: dict[str, list[FilePath]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            if path.name not in NO_DEFINITION and not path.name.startswith((".", "~")):
                found.setdefault(path.name, []).append(path)
    for name in NEEDED:
        if name not in found:
            raise DefinitionError(MISSING.filled(file=folders[-1] / name))
    return [_whole(found[name]) for name in sorted(found)]


def _whole(paths: Sequence[FilePath]) -> DefinitionFile:
    first = _read(paths[0])
    if not first.is_addition:
        return first if len(paths) == 1 else replace(first, base=_whole(paths[1:]).data)
    if first.data[EXTENDS] != SHIPPED:
        _refuse([Finding(first.place((EXTENDS,)), NOTHING_ELSE.filled(shipped=SHIPPED))])
    if len(paths) == 1:
        said = IS_ELSEWHERE.filled(what=ELSEWHERE[first.name]) if first.name in ELSEWHERE else NONE_SHIPS
        _refuse([Finding(first.place((EXTENDS,)), said.filled(name=first.name))])
    return joined(first, _whole(paths[1:]))


def _read(path: FilePath) -> DefinitionFile:
    return _shipped_file(path.name) if path.parent == shipped("forms") else _file_at(path)


@cache
def _shipped_file(name: str) -> DefinitionFile:
    """What ships is read once a process, however often a company's files are read anew."""
    return _file_at(shipped("forms") / name)


def _file_at(path: FilePath) -> DefinitionFile:
    try:
        return file_of(path.name, load_marked(path.read_bytes(), str(path)))
    except OSError as error:
        raise DefinitionError(UNREADABLE.filled(file=path, why=error.strerror)) from error
    except YamlError as error:
        places = [Position(str(path), max(fault.line, 1), fault.column) for fault in error.faults]
        said = (Words(f"{one.message.en} {one.fix.en}", one.message.zh + one.fix.zh) for one in error.faults)
        raise _refusal([*map(Finding, places, said)]) from error


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
            _refuse([Finding(file.place(("name",)), OTHER_NAME.filled(name=form.name, file=file.name))])
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
    if findings:
        raise _refusal(findings)


def _refusal(findings: Sequence[Finding]) -> DefinitionError:
    """All of them, a line each."""
    ordered = sorted(findings, key=lambda one: (one.place.source, one.place.line, one.place.column, one.text.en))
    told = [
        Words(
            f"{one.place.source}:{one.place.line}: {one.text.en}", f"{one.place.source}:{one.place.line}：{one.text.zh}"
        )
        for one in ordered[:MOST_FAULTS]
    ]
    if more := len(ordered) - len(told):
        told.append(MORE.filled(more=more))
    return DefinitionError(Words("\n".join(one.en for one in told), "\n".join(one.zh for one in told)))
