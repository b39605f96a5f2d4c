"""A template set: the folders of templates, wording, theme and style sheet that give documents their words and look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader

from docgen.errors import TemplateError, UsageError
from docgen.layout.print_css import read_styles
from docgen.layout.theme import Theme, load_theme
from docgen.marked_yaml import YamlError, load_marked
from docgen.resources import shipped

STANDARD = "standard"
"""The set that all others are variants of: what they lack is taken from it."""
VARIANTS = frozenset({"default", "cn", "uk", "us", "eu", "other", "notice", "agreement"})
"""By jurisdiction or letter effect, a sentence may differ: it then is a mapping of these to its variants."""

Wording = Mapping[str, tuple[str, str]]
"""Dotted key → (sentence, its place)."""


@dataclass(frozen=True, eq=False)
class TemplateSet:
    """A set by its folders; what stands in an earlier folder wins over what stands in a later one."""

    folders: tuple[Path, ...]
    theme: Theme
    wording: Mapping[str, Wording]
    styles: tuple[str, ...]
    """Style sheets, each over the one before: how pages are put together, then the company's own."""

    @cached_property
    def loader(self) -> FileSystemLoader:
        return FileSystemLoader([str(folder) for folder in self.folders], encoding="utf-8")

    def file(self, name: str) -> Path:
        """The first file of that name.

        Raises:
            TemplateError: no folder of the set has it.
        """
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise TemplateError(f"{self.folders[0]}: the template set has no {name}")


def load_set(name: str = STANDARD, folders: Sequence[Path] = ()) -> TemplateSet:
    """Load the shipped set ``name``, with the company's ``folders`` before it; without any, it is read once a process.

    Raises:
        UsageError: there is no such set.
        TemplateError: its wording or theme is faulty; with file and line.
    """
    return _read(name, tuple(folders)) if folders else _shipped(name)


@cache
def _shipped(name: str) -> TemplateSet:
    return _read(name, ())


def _read(name: str, folders: tuple[Path, ...]) -> TemplateSet:
    shipped_folder = shipped("templates") / name
    if not shipped_folder.is_dir():
        raise UsageError(f"template set {name!r} is unknown; shipped: {', '.join(sorted(known_sets()))}")
    own = (shipped_folder, shipped("templates") / STANDARD)
    places = (*folders, *dict.fromkeys(own))
    wording: dict[str, Wording] = {}
    for language in ("en", "zh"):
        merged: dict[str, tuple[str, str]] = {}
        for folder in reversed(places):
            path = folder / f"wording.{language}.yaml"
            if path.is_file():
                merged = _over(merged, (_kept_sentences if folder in own else _sentences)(path))
        wording[language] = merged
    said = {language: {base_key(key) for key in sentences} for language, sentences in wording.items()}
    for key in sorted(said["en"] ^ said["zh"]):
        lacking = "en" if key not in said["en"] else "zh"
        raise TemplateError(f"wording.{lacking}.yaml: {key} is missing; every sentence needs both languages")
    theme = load_theme([folder / "theme.yaml" for folder in places])
    return TemplateSet(places, theme, wording, read_styles(places))


def _over(known: Wording, own: Wording) -> dict[str, tuple[str, str]]:
    """``known`` with ``own`` over it: a plain sentence replaces all variants, a variant the plain one."""
    plain = {key for key in own if base_key(key) == key}
    bases = {base_key(key) for key in own}
    return {key: said for key, said in known.items() if base_key(key) not in plain and key not in bases} | dict(own)


def base_key(key: str) -> str:
    """The key of a sentence without its variant."""
    base, _, last = key.rpartition(".")
    return base if last in VARIANTS else key


def known_sets() -> list[str]:
    return [folder.name for folder in shipped("templates").iterdir() if folder.is_dir()]


def _sentences(path: Path) -> dict[str, tuple[str, str]]:
    try:
        marked = load_marked(path.read_bytes(), path.name)
    except YamlError as error:
        fault = error.faults[0]
        raise TemplateError(f"{path.name}:{fault.line}:{fault.column}: {fault.message.en} {fault.fix.en}") from error
    found: dict[str, tuple[str, str]] = {}

    def walk(node: Any, keys: tuple[str, ...]) -> None:
        if isinstance(node, dict):
            for key, child in node.items():
                walk(child, (*keys, str(key)))
            return
        at = marked.positions[keys]
        if not isinstance(node, str):
            raise TemplateError(f"{at}: {'.'.join(keys)} must be a sentence")
        found[".".join(keys)] = (node, f"{at.source}:{at.line}")

    walk(marked.data, ())
    return found


_kept_sentences = cache(_sentences)
"""For what ships: it does not change while docgen runs."""
