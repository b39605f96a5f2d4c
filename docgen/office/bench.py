"""What the explanations of one run share: kits, settings files and a checker."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions
from docgen.kit import Kit
from docgen.marked_yaml import Marked
from docgen.office.run import Office
from docgen.sources.files import read_yaml


@dataclass
class Bench:
    """Makes each thing once, by the settings file of the office that needs it."""

    definitions: Definitions
    _kits: dict[Path | None, Kit] = field(default_factory=dict)
    _settings: dict[Path | None, Marked | None] = field(default_factory=dict)
    checker: Checker = field(init=False)

    def __post_init__(self) -> None:
        self.checker = Checker(self.definitions)

    def kit(self, office: Office) -> Kit:
        if office.file not in self._kits:
            self._kits[office.file] = office.kit
        return self._kits[office.file]

    def settings_file(self, office: Office) -> Marked | None:
        """The settings as they stand in their file."""
        if office.file not in self._settings:
            self._settings[office.file] = _read(office.file)
        return self._settings[office.file]


def _read(file: Path | None) -> Marked | None:
    content = read_yaml(file) if file else None
    return None if isinstance(content, tuple) else content
