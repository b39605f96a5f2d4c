"""A template set: the folders of templates, wording, theme and style sheet that give documents their words and look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from docgen.errors import TemplateError, UsageError
from docgen.layout.findings import Finding, in_order, refuse
from docgen.layout.folders import Folders, inside
from docgen.layout.print_css import read_styles
from docgen.layout.theme import Theme, load_theme
from docgen.layout.wording import (
    LANGUAGES,
    Wording,
    WordingFile,
    agree,
    base_key,
    merged,
    read_file,
    read_shipped,
)
from docgen.model.document import Written
from docgen.model.problems import Words
from docgen.resources import shipped

__all__ = ["STANDARD", "TemplateSet", "base_key", "known_sets", "load_set"]

NO_FILE = Words("{folder}: the template set has no {name}", "{folder}：模板集中没有 {name}")
NO_SET = Words("template set {name!r} is unknown; shipped: {known}", "没有名为 {name!r} 的模板集；内置的有：{known}")
STANDARD = "standard"
"""The set that all others are variants of: what they lack is taken from it."""


@dataclass(frozen=True, eq=False)
class TemplateSet:
    """A set by its folders; what stands in an earlier folder wins over what stands in a later one."""

    folders: tuple[Path, ...]
    theme: Theme
    wording: Mapping[str, Wording]
    styles: tuple[str, ...]
    """Style sheets, each over the one before: how pages are put together, then the company's own."""
    faults: tuple[Finding, ...] = ()
    """What is wrong with the wording; only a set that was asked for to be reviewed has any."""

    @cached_property
    def loader(self) -> Folders:
        return Folders(self.folders)

    @property
    def own(self) -> tuple[Path, ...]:
        """The folders that don't ship with docgen."""
        return tuple(folder for folder in self.folders if folder.parent != shipped("templates"))

    def file(self, name: str) -> Path:
        """The first file of that name.

        Raises:
            TemplateError: no folder of the set has it, or it leads out of that folder.
        """
        for folder in self.folders:
            if path := inside(folder, name):
                return path
        raise TemplateError(NO_FILE.filled(folder=self.folders[0], name=name))


def load_set(name: str = STANDARD, folders: Sequence[Path] = (), *, faulty: bool = False) -> TemplateSet:
    """Load the shipped set ``name``, with the company's ``folders`` before it; without any, it is read once a process.

    Args:
        faulty: take it even where its wording is faulty, to be reviewed (see review.py).

    Raises:
        UsageError: there is no such set.
        FaultySet: its wording is faulty; with all faults, each with file and line.
        TemplateError: its theme is faulty; with file and line.
    """
    made = _read(name, tuple(folders)) if folders else _shipped(name)
    if not faulty:
        refuse(made.faults)
    return made


@cache
def _shipped(name: str) -> TemplateSet:
    return _read(name, ())


def _read(name: str, folders: tuple[Path, ...]) -> TemplateSet:
    shipped_folder = shipped("templates") / name
    if not shipped_folder.is_dir():
        raise UsageError(NO_SET.filled(name=name, known=", ".join(sorted(known_sets()))))
    own = (shipped_folder, shipped("templates") / STANDARD)
    places = (*folders, *dict.fromkeys(own))
    for folder in folders:
        for name in ("theme.yaml", "print.css"):
            inside(folder, name)
    files = [file for language in LANGUAGES for folder in reversed(places) if (file := _wording(folder, language, own))]
    faults = [fault for file in files for fault in file.faults]
    wording: dict[str, Wording] = {
        language: merged([file for file in files if file.language == language]) for language in LANGUAGES
    }
    if folders:  # what ships is proved by the tests
        faults += agree(wording, files)
    theme = load_theme([folder / "theme.yaml" for folder in places])
    return TemplateSet(places, theme, wording, read_styles(places, theme), in_order(faults))


def _wording(folder: Path, language: Written, own: Sequence[Path]) -> WordingFile | None:
    return (read_shipped if folder in own else read_file)(folder, language)


def known_sets() -> list[str]:
    return [folder.name for folder in shipped("templates").iterdir() if folder.is_dir()]
