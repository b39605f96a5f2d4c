"""Characters that no installed font can show are told before anything is made, each at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docgen.checking.checked import Checked
from docgen.definitions.definition import Definitions, Field
from docgen.marked_yaml import Marked
from docgen.model.problems import Path, Position, Problem, Words
from docgen.model.record import Record
from docgen.writers.fonts import Coverage, free_font

REPEATED = frozenset({"last", "results"})
"""What rows hold of other rows (see checking/computed.py): it is looked at where it was typed."""


class Glyphs:
    """Looks for such characters in the cases and settings of a run; what a file holds is searched once, in one go."""

    def __init__(self, definitions: Definitions, coverage: Coverage | None = None) -> None:
        self.definitions = definitions
        self.coverage = coverage or Coverage()
        self._doubtful: dict[str, bool] = {}

    def in_case(self, checked: Checked) -> tuple[Problem, ...]:
        """The printed values of a case with such a character."""
        return tuple(self._of_case(checked)) if self._may_lack(checked.record) else ()

    def in_settings(self, content: Marked) -> tuple[Problem, ...]:
        """The settings with such a character: they stand in every document."""
        if not self._lacks(content.text) or not isinstance(content.data, Mapping):
            return ()
        known = self.definitions.settings
        return tuple(
            self._problem(path, content.positions[path], text, known[str(path[0])], frozenset(), "")
            for path, text in _texts(content.data, ())
            if path[0] in known and self.coverage.missing(text)
        )

    def _may_lack(self, record: Record) -> bool:
        if record.source not in self._doubtful or not record.text:
            self._doubtful[record.source] = not record.text or self._lacks(record.text)
        return self._doubtful[record.source]

    def _lacks(self, text: str) -> bool:
        """A backslash may stand for any character."""
        return "\\" in text or bool(self.coverage.missing(text))

    def _of_case(self, checked: Checked) -> Iterator[Problem]:
        for path, text in _texts(checked.case.values, ()):
            if not self.coverage.missing(text):
                continue
            sheet, name = _field(path)
            forms = frozenset(n for n in checked.forms if name in self.definitions.forms[n].prints.get(sheet, ()))
            if forms:
                of, position = self.definitions.sheets[sheet].fields[name], checked.record.position(path)
                yield self._problem(path, position, text, of, forms, checked.case.id)

    def _problem(
        self, path: Path, position: Position, text: str, of: Field, forms: frozenset[str], case_id: str
    ) -> Problem:
        character = self.coverage.missing(text)[0]
        font = free_font(character)
        rule, wording = self.definitions.wordings["no_glyph" if font else "private_glyph"]
        point = f"U+{ord(character):04X}"
        names: dict[str, Words | str] = {"label": of.label, "character": character, "point": point, "font": font}
        message, fix = wording.message.render(names), wording.fix.render(names)
        return Problem(rule.code, rule.severity, path, position, text, message, fix, forms, case_id)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    match value:
        case str():
            yield path, value
        case Mapping():
            for name, inner in value.items():
                if name not in REPEATED:
                    yield from _texts(inner, (*path, name))
        case list() | tuple():
            for index, inner in enumerate(value):
                yield from _texts(inner, (*path, index))
        case _:
            return


def _field(path: Path) -> tuple[str, str]:
    names = [part for part in path if isinstance(part, str)]
    return (names[-2], names[-1]) if len(names) > 1 else ("", "")
