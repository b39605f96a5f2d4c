"""What the explanations of one run share: kits, settings files and a checker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions
from docgen.kit import Kit
from docgen.marked_yaml import Marked
from docgen.office.run import Office
from docgen.sources.files import read_yaml

Made = TypeVar("Made")


@dataclass
class Bench:
    """Makes each thing once, by the settings file of the office that needs it."""

    definitions: Definitions
    _made: dict[tuple[object, ...], object] = field(default_factory=dict)
    checker: Checker = field(init=False)

    def __post_init__(self) -> None:
        self.checker = Checker(self.definitions)

    def kit(self, office: Office) -> Kit:
        return self._once(lambda: office.kit, "kit", office.file)

    def settings_file(self, office: Office) -> Marked | None:
        """The settings as they stand in their file."""
        return self._once(lambda: _read(office.file), "settings", office.file)

    def _once(self, make: Callable[[], Made], *mark: object) -> Made:
        if mark not in self._made:
            self._made[mark] = make()
        return self._made[mark]  # type: ignore[return-value]  # what a mark stands for is of one kind


def _read(file: Path | None) -> Marked | None:
    content = read_yaml(file) if file else None
    return None if isinstance(content, tuple) else content
