"""The wording of a set: sentences by dotted keys, each with its place; a company's own win, key by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from docgen.layout.findings import Finding, error
from docgen.layout.folders import inside
from docgen.layout.inlines import near
from docgen.marked_yaml import Marked, YamlError, load_marked
from docgen.model.document import Written
from docgen.model.problems import Position, Severity, Words

LANGUAGES: tuple[Written, Written] = ("en", "zh")
JURISDICTIONS = ("cn", "uk", "us", "eu", "other")
EFFECTS = ("notice", "agreement")
DEFAULT = "default"
VARIANTS = frozenset((*JURISDICTIONS, *EFFECTS, DEFAULT))
"""By jurisdiction, letter effect, or both, a sentence may differ: it then is a mapping of these to its variants."""
LONGEST = 20_000
"""Characters of a sentence."""

Wording = Mapping[str, tuple[str, str]]
"""Dotted key → (sentence, its place)."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it was written, and where it begins."""

    text: str
    place: Position


@dataclass(frozen=True, slots=True)
class WordingFile:
    """One ``wording.<language>.yaml``: its sentences, and what is wrong with it."""

    path: Path
    language: Written
    sentences: Mapping[str, Said] = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()
    text: str = ""


def file_name(language: Written) -> str:
    return f"wording.{language}.yaml"


def read_file(folder: Path, language: Written) -> WordingFile | None:
    """The wording that ``folder`` has in ``language``; None where it has none.

    Raises:
        TemplateError: the file leads out of the folder.
    """
    path = inside(folder, file_name(language))
    if path is None:
        return None
    try:
        marked = load_marked(path.read_bytes(), path.name)
    except YamlError as refused:
        places = ((one, Position(path.name, max(one.line, 1), max(one.column, 1))) for one in refused.faults)
        found = tuple(Finding(one.kind, Severity.ERROR, at, one.message, one.fix) for one, at in places)
        return WordingFile(path, language, faults=found)
    except OSError as refused:
        why = Words(f"the file can't be read ({refused.strerror}).", f"无法读取文件（{refused.strerror}）。")
        fix = Words("Check its rights.", "请检查文件权限。")
        return WordingFile(path, language, faults=(error("unreadable", Position(path.name), why, fix),))
    sentences, faults = _sentences(marked)
    return WordingFile(path, language, sentences, tuple(faults), marked.text)


read_shipped = cache(read_file)
"""For what ships: it does not change while docgen runs."""


def _sentences(marked: Marked) -> tuple[dict[str, Said], list[Finding]]:
    found: dict[str, Said] = {}
    faults: list[Finding] = []

    def walk(node: Any, keys: tuple[str, ...]) -> None:
        if isinstance(node, dict):
            for key, child in node.items():
                if "." in key:
                    nested = f"{key.replace('.', ': {')}: …{'}' * key.count('.')}"
                    fix = DOTTED[1].filled(nested=nested)
                    faults.append(error("dotted_key", marked.keys[*keys, key], DOTTED[0].filled(key=key), fix))
                walk(child, (*keys, str(key)))
            return
        name, at = ".".join(keys), marked.positions[keys]
        if not isinstance(node, str):
            faults.append(error("no_sentence", at, NO_SENTENCE[0].filled(key=name or at.source), NO_SENTENCE[1]))
        elif len(node) > LONGEST:
            faults.append(error("long_sentence", at, TOO_LONG[0].filled(key=name, limit=LONGEST), TOO_LONG[1]))
        else:
            found[name] = Said(node, at)
            behind = lines[at.line - 1][at.column - 1 :]
            if behind[:1] not in QUOTES and (cut := CUT.search(behind)):
                place = Position(at.source, at.line, at.column + cut.start() + 1)
                faults.append(
                    error("cut_sentence", place, CUT_OFF[0].filled(key=name, rest=cut[0].strip()), CUT_OFF[1])
                )

    lines = marked.text.splitlines() or [""]
    walk(marked.data if marked.data is not None else {}, ())
    return found, faults


QUOTES = ("'", '"', "|", ">")
CUT = re.compile(r"\s#[^\s#!].{0,20}")
"""A remark that begins like a number or a tag: meant as text, most likely."""
CUT_OFF = (
    Words(
        "{key} ends before {rest}: what follows # is a remark, and is not printed.",
        "{key} 在 {rest} 之前结束：# 之后是注释，不会印出。",
    ),
    Words("Put quotes around the sentence, or a blank behind #.", "请给整句加引号；如确为注释，请在 # 后加空格。"),
)
DOTTED = (
    Words("{key} is one name with a dot in it.", "{key} 是带点的名称。"),
    Words("Write its parts one below the other ({nested}).", "请分级书写（{nested}）。"),
)
NO_SENTENCE = (
    Words("{key} must be a sentence.", "{key} 应为一句话。"),
    Words(
        "Write the text behind the colon, in quotes where it begins with a bracket or is empty.",
        "请在冒号后写文字；以括号开头或为空时请加引号。",
    ),
)
TOO_LONG = (
    Words("{key} has more than {limit:,} characters.", "{key} 超过 {limit:,} 个字符。"),
    Words("Split it into several sentences.", "请拆分为多个语句。"),
)


def merged(files: Sequence[WordingFile]) -> dict[str, tuple[str, str]]:
    """The sentences of ``files``, those of a later one over those of an earlier."""
    known: dict[str, tuple[str, str]] = {}
    for file in files:
        own = {key: (said.text, f"{said.place.source}:{said.place.line}") for key, said in file.sentences.items()}
        replaced = {key for key in own if base_key(key) == key}  # a plain sentence stands for all its variants
        known = {key: said for key, said in known.items() if base_key(key) not in replaced} | own
    return known


def base_key(key: str) -> str:
    """The key of a sentence without its variant."""
    base, _, last = key.rpartition(".")
    return base_key(base) if last in VARIANTS and base else key


def candidates(key: str, jurisdiction: str, effect: str) -> Iterator[str]:
    """The keys under which a sentence may stand for an office, the most particular first."""
    yield f"{key}.{effect}.{jurisdiction}"
    yield f"{key}.{jurisdiction}.{effect}"
    for one in (jurisdiction, effect):
        yield f"{key}.{one}"
        yield f"{key}.{one}.{DEFAULT}"
    yield f"{key}.{DEFAULT}"
    yield key


def variant(key: str, jurisdiction: str, effect: str, known: Iterable[str]) -> str | None:
    """The key of the sentence that an office says; None where it has none."""
    return next((one for one in candidates(key, jurisdiction, effect) if one in known), None)


def situations() -> Iterator[tuple[str, str]]:
    """Every pair of jurisdiction and letter effect."""
    return product(JURISDICTIONS, EFFECTS)


def agree(wording: Mapping[str, Mapping[str, object]], files: Sequence[WordingFile]) -> Iterator[Finding]:
    """What one language says and the other doesn't, what is no variant, and what some offices have no sentence for."""
    keys = {language: {base_key(key) for key in wording[language]} for language in LANGUAGES}
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        variants = {key for key in wording[language] if base_key(key) != key}
        switched = {base_key(key) for key in variants}
        for key in sorted(keys[language] - keys[other]):
            at = _place(key, language, files)
            if (base := key.rpartition(".")[0]) in switched:
                known = [one.removeprefix(f"{base}.") for one in VARIANTS]
                said = NO_VARIANT[0].filled(key=key, near=near(key.rpartition(".")[2], known))
                yield error("unknown_variant", at, said, NO_VARIANT[1])
            else:
                said = ONE_LANGUAGE[0].filled(key=key, file=file_name(other))
                yield error("missing_language", at, said, ONE_LANGUAGE[1].filled(file=file_name(other)))
        for base in sorted(switched & keys[other]):
            lacking = [
                f"{jurisdiction}, {effect}"
                for jurisdiction, effect in situations()
                if variant(base, jurisdiction, effect, wording[language]) is None
            ]
            if lacking:
                at = _place(base, language, files)
                yield error("uncovered", at, UNCOVERED[0].filled(key=base, lacking=lacking[0]), UNCOVERED[1])


def _place(key: str, language: Written, files: Sequence[WordingFile]) -> Position:
    for file in reversed(files):
        for name, said in file.sentences.items():
            if file.language == language and base_key(name) == key:
                return said.place
    return Position(file_name(language))


NO_VARIANT = (
    Words("{key} is no variant of its sentence{near}.", "{key} 不是该语句的变体{near}。"),
    Words(
        "Variants are cn, uk, us, eu, other (jurisdiction), notice, agreement (letter_effect) and default.",
        "变体有 cn、uk、us、eu、other（管辖地），notice、agreement（生效方式）和 default。",
    ),
)
ONE_LANGUAGE = (
    Words(
        "{key} is missing in {file}; every sentence needs both languages.", "{file} 缺少 {key}；每个语句须有两种语言。"
    ),
    Words("Add it to {file}, beside this file.", "请在同一文件夹的 {file} 中补上。"),
)
UNCOVERED = (
    Words("{key} says nothing for {lacking}.", "{key} 没有适用于 {lacking} 的语句。"),
    Words("Add a default beside the variants.", "请在各变体旁补上 default。"),
)
