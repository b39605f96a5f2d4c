"""What docgen itself reckons with: no company's definitions may take it away, or make it something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docgen.definitions.definition import BUILT_IN
from docgen.definitions.joining import DefinitionFile
from docgen.definitions.review import Finding
from docgen.definitions.shape import did_you_mean
from docgen.model.problems import Path, Words

ALIKE = ({"text", "longtext"}, {"integer", "decimal"})
"""Types of which one may take the other's place: their values do the same."""
OF_FIELD, OF_SHEET = ("type", "list", "to", "key"), ("parent", "key", "names", "single", "derive")
TAKEN_OUT = Words(
    "docgen reckons with {name!r}, so it can't be taken out; leave it empty, and out of what forms require and print",
    "docgen 需要用到 {name!r}，不能删去；可不填写，并从表单的 requires 和 prints 中去掉",
)
OTHER_KIND = Words(
    "docgen reckons with {name!r} as {key}: {shipped}; add a field of another name instead",
    "docgen 按 {key}: {shipped} 使用 {name!r}，不能改动；请另设其他名称的字段",
)
OTHER_SHEET = Words(
    "docgen reckons with {key}: {shipped} of the sheet {name!r}; leave it so",
    "docgen 按 {key}: {shipped} 使用表 {name!r}，请勿改动",
)
NO_WORDS = Words(
    "the words for {names} are missing: rules with `check: {check}` hold them; take them over from the shipped file",
    "缺少 {names} 的文字：它们写在 `check: {check}` 的规则中；请从内置文件照搬",
)
NO_CHECK = Words(
    "{code}: docgen has no check {name!r}{near}; write `expect` with an expression instead",
    "{code}：docgen 没有名为 {name!r} 的检查{near}；请改用 `expect` 写表达式",
)


def changes(files: Sequence[DefinitionFile]) -> Iterator[Finding]:
    """What the files of a company change of the shipped ones that docgen can't do without."""
    shipped = {file.name: file.data if file.base is None else file.base for file in files}
    checks = {rule["check"]: rule for data in shipped.values() for rule in data.get("rules", ()) if "check" in rule}
    for file in files:
        if file.base is not None and file.name == "case.yaml":
            for name in file.base["sheets"].keys() & file.data["sheets"].keys():
                yield from _sheet(file, name)
        elif file.base is not None and file.name == "settings.yaml":
            yield from _fields(file, file.base["fields"], file.data["fields"], ("fields",))
        elif file.base is not None and file.name == "rules.yaml":
            yield from _words(file)
        for index, rule in enumerate(file.data.get("rules", ())):
            if "check" in rule and rule["check"] not in checks:
                near = did_you_mean(rule["check"], checks)
                said = NO_CHECK.filled(code=rule["code"], name=rule["check"], near=near)
                yield Finding(file.place(("rules", index, "check")), said)


def _sheet(file: DefinitionFile, name: str) -> Iterator[Finding]:
    then, now, path = file.base["sheets"][name], file.data["sheets"][name], ("sheets", name)
    for key in OF_SHEET:
        if then.get(key) != now.get(key):
            said = OTHER_SHEET.filled(key=key, name=name, shipped=then.get(key, "–"))
            yield Finding(file.place((*path, key)), said)
    for part in ("fields", "recorded"):
        yield from _fields(file, then.get(part, {}), now.get(part, {}), (*path, part))


def _fields(file: DefinitionFile, then: Mapping[str, Any], now: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    for name, field in then.items():
        if name not in now:
            yield Finding(file.place((*path, name)), TAKEN_OUT.filled(name=name))
            continue
        for key in OF_FIELD:
            kinds = {field.get(key), now[name].get(key)}
            if len(kinds) > 1 and not any(kinds <= alike for alike in ALIKE):
                said = OTHER_KIND.filled(name=name, key=key, shipped=field.get(key, "–"))
                yield Finding(file.place((*path, name, key)), said)
        yield from _fields(file, field.get("columns", {}), now[name].get("columns", {}), (*path, name, "columns"))


def _words(file: DefinitionFile) -> Iterator[Finding]:
    given = {(rule.get("check"), kind) for rule in file.data["rules"] for kind in rule.get("messages", ())}
    for rule in file.base["rules"]:
        check = rule.get("check")
        if check in BUILT_IN and (lacking := [kind for kind in rule["messages"] if (check, kind) not in given]):
            names = Words(", ".join(lacking), "、".join(lacking))
            yield Finding(file.place(("rules",)), NO_WORDS.filled(names=names, check=check))
