"""Why a page waits, told to the person who looks at it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from docgen import archive
from docgen.archive.reasons import LOST, REASONS, Reason, commands, cure, told
from docgen.cli.archive import COMMANDS
from docgen.model.problems import LANGUAGES, UiLanguage, Words

MODULES = [path for path in sorted(Path(archive.__file__).parent.glob("*.py")) if path.name != "reasons.py"]
NAMED = {"fault", "why"}
"""What a kind is called where a module says it."""
FULL_WIDTH = "，。；：（）"


@cache
def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def texts(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def constants(module: Path) -> dict[str, str]:
    """The texts that a module has names for."""
    found = {}
    for node in parsed(module).body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Tuple)
            and isinstance(node.value, ast.Tuple)
        ):
            pairs = [*zip(node.targets[0].elts, node.value.elts, strict=True)]
        elif isinstance(node, ast.Assign):
            pairs = [(node.targets[0], node.value)]
        else:
            continue
        for target, value in pairs:
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[target.id] = value.value
    return found


@cache
def places() -> dict[str, int]:
    """The classes of this room that hold a kind, and at which place they are given it."""
    found: dict[str, int] = {}
    for node in (node for module in MODULES for node in parsed(module).body if isinstance(node, ast.ClassDef)):
        fields = [
            one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
        ]
        found.update((node.name, fields.index(name)) for name in NAMED & set(fields))
    return found


def given(node: ast.AST) -> list[ast.expr]:
    """What is called a fault or a reason there: given to a call, put into a name, or returned."""
    match node:
        case ast.Call(func=ast.Name(id="_waiting"), args=[_, kind, *_]):
            return [kind]
        case ast.Call(func=func, args=args, keywords=keywords):
            at = places().get(func.id, len(args)) if isinstance(func, ast.Name) else len(args)
            return args[at : at + 1] + [one.value for one in keywords if one.arg in NAMED]
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in NAMED:
            return [value]
        case ast.FunctionDef(name="_fault", body=body):
            returned = [one for statement in body for one in ast.walk(statement) if isinstance(one, ast.Return)]
            return [one.value for one in returned if one.value]
    return []


def kinds(value: ast.expr, known: dict[str, str]) -> Iterator[str]:
    """The texts that ``value`` can be."""
    match value:
        case ast.Constant(value=str() as text) if text:
            yield text
        case ast.Name(id=name) if name in known:
            yield known[name]
        case ast.IfExp(body=one, orelse=other):
            yield from (*kinds(one, known), *kinds(other, known))
        case ast.BoolOp(values=values):
            yield from (kind for one in values for kind in kinds(one, known))


def kinds_in(module: Path) -> set[str]:
    """The kinds that a module gives pages, as texts or by the names of texts."""
    known = constants(module)
    values = (value for node in ast.walk(parsed(module)) for value in given(node))
    return {kind for value in values for kind in kinds(value, known)}


def said(reason: Reason) -> list[Words]:
    return [reason.words, reason.cure]


def details(words: Words, language: UiLanguage) -> set[str]:
    """What is itself a sentence is on record in both languages, one of them as ``…_zh``."""
    return {name.removesuffix("_zh") for _, name, _, _ in Formatter().parse(words[language]) if name}


def test_every_reason_that_a_page_can_wait_for_is_told() -> None:
    used = set().union(*map(kinds_in, MODULES))
    assert {"no_code", "which_copy", "not_scanned", "mirrored", "digital_unknown"} <= used, "kinds are found no more"
    assert used - set(REASONS) == set()


def test_no_reason_is_told_that_no_page_waits_for() -> None:
    written = {text for module in MODULES for text in texts(parsed(module))}
    assert set(REASONS) - written == set()


@pytest.mark.parametrize("kind", REASONS)
def test_both_languages_name_the_same_details(kind: str) -> None:
    for words in (*said(REASONS[kind]), *REASONS[kind].commands):
        assert details(words, "en") == details(words, "zh")


@pytest.mark.parametrize("kind", REASONS)
def test_a_command_needs_no_detail_that_the_sentence_does_not_tell(kind: str) -> None:
    """So that where a page came with them, both can be told in full."""
    told_of = details(REASONS[kind].words, "en") | {"leaf"}
    assert all(details(one, "en") <= told_of for one in REASONS[kind].commands)


@pytest.mark.parametrize("kind", REASONS)
def test_what_is_to_be_typed_are_commands_that_there_are(kind: str) -> None:
    for language in LANGUAGES:
        sentence = cure(kind, {})[language]
        assert set(re.findall(r"docgen archive ([a-z]+)", sentence)) <= set(COMMANDS)
        *others, last = (one[language] for one in commands(kind, {}, "1a2b3c4d-17"))
        assert all(one.startswith("docgen archive file 1a2b3c4d-17 ") for one in others)
        assert last.startswith("docgen archive dismiss 1a2b3c4d-17 --why ")


@pytest.mark.parametrize("kind", REASONS)
def test_chinese_sentences_have_chinese_punctuation(kind: str) -> None:
    for words in said(REASONS[kind]):
        assert words.zh.endswith("。") and words.en.endswith(".")
        assert not re.search(r"[一-鿿][,;:()]|[,;:()][一-鿿]", words.zh)
        assert not any(one in words.en for one in FULL_WIDTH)


def test_details_stand_in_the_sentence_as_they_are() -> None:
    words = told("two_papers", {"codes": "E1-L r1 1/2 + {number}"})
    assert all("E1-L r1 1/2 + {number}" in words[language] for language in LANGUAGES)


def test_a_reason_of_a_newer_docgen_is_told_as_such() -> None:
    words = told("folded_corner", {})
    assert all("folded_corner" in words[language] for language in LANGUAGES)
    assert commands("folded_corner", {}, "1a2b3c4d-17")[0].en.startswith("docgen archive file 1a2b3c4d-17")


def test_a_detail_that_is_lacking_keeps_nothing_else_from_being_told() -> None:
    words = told("wrong_total", {"number": "E1-L", "page": "1"})
    assert "E1-L" in words.en and LOST in words.en


def test_a_print_of_an_older_revision_is_not_filed_under_the_latest() -> None:
    first, _ = commands("word_print", {"number": "E1-L", "revision": "1"}, "1a2b3c4d-17")
    assert first.en == "docgen archive file 1a2b3c4d-17 E1-L --revision 1 --page N"
