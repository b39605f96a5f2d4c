"""Which line of which file of a template set a spot is, as a person who opens the file finds it."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import Environment, nodes

from docgen.definitions.definition import Definitions
from docgen.errors import TemplateError
from docgen.layout.sets import TemplateSet
from docgen.layout.trace import Spot
from docgen.layout.tracing import tracer
from docgen.layout.wording import base_key
from docgen.marked_yaml import YamlError, load_marked
from docgen.model.document import Written
from docgen.resources import shipped


class TemplateLines:
    """Knows the files of one set.

    Args:
        environment: one that its templates are compiled in.
    """

    def __init__(self, templates: TemplateSet, environment: Environment) -> None:
        self.templates = templates
        self.environment = environment
        self._spoken: dict[str, _Spoken] = {}

    def keys_at(self, spot: Spot) -> frozenset[str]:
        """The keys of the sentences that stand there in the wording."""
        return self._keys.get(f"{spot.file}:{spot.line}", frozenset())

    @cached_property
    def _keys(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for sentences in self.templates.wording.values():
            for key, (_, place) in sentences.items():
                found.setdefault(place, set()).add(base_key(key))
        return {place: frozenset(keys) for place, keys in found.items()}

    def exact(self, spot: Spot, names: Sequence[str]) -> Spot:
        """The only line that speaks of one of ``names``, fields or keys of sentences, where an expression runs over
        several lines; else as it is."""
        if not names or Path(spot.file).suffix != ".html":
            return spot
        if spot.file not in self._spoken:
            self._spoken[spot.file] = _Spoken(spot.file, self.environment)
        return Spot(spot.file, self._spoken[spot.file].line_of(names, spot.line))

    def named(self, spot: Spot) -> str:
        """``letter.html:42`` of what ships, ``templates/letter.html:42`` of the company's own."""
        file = self._wording(spot) if spot.file.startswith("wording.") else Path(spot.file)
        is_own = file.is_absolute() and not file.is_relative_to(shipped("templates"))
        return f"{'templates/' if is_own else ''}{file.name}:{spot.line}"

    def _wording(self, spot: Spot) -> Path:
        """The file of a sentence: the first that has one there which is said."""
        language: Written = "en" if spot.file.split(".")[1] == "en" else "zh"
        place = f"{spot.file}:{spot.line}"
        said = {sentence for sentence, at in self.templates.wording[language].values() if at == place}
        for folder in self.templates.folders:
            if said & self._sentences.get(folder / spot.file, {}).get(spot.line, set()):
                return folder / spot.file
        return Path(spot.file)

    @cached_property
    def _sentences(self) -> dict[Path, dict[int, set[str]]]:
        found: dict[Path, dict[int, set[str]]] = {}
        for file in (folder / f"wording.{one}.yaml" for folder in self.templates.folders for one in ("en", "zh")):
            if not file.is_file():
                continue
            try:
                marked = load_marked(file.read_bytes(), file.name)
            except YamlError as error:  # the set was loaded from it a moment ago
                raise TemplateError(f"{file}: {error}") from error
            lines = found[file] = {}
            for path, place in marked.positions.items():
                value = marked.data
                for step in path:
                    value = value[step]
                if isinstance(value, str):
                    lines.setdefault(place.line, set()).add(value)
        return found


@lru_cache(maxsize=8)
def template_lines(templates: TemplateSet, definitions: Definitions) -> TemplateLines:
    """The lines of a set, with the files that were looked into."""
    return TemplateLines(templates, tracer(templates, definitions).environment("en", None))


class _Spoken:
    """The names that each line of one template speaks of."""

    def __init__(self, file: str, environment: Environment) -> None:
        tree = environment.parse(Path(file).read_text("utf-8"))
        printed = {one.lineno for output in tree.find_all(nodes.Output) for one in output.nodes}
        self._starts = sorted(printed | {one.lineno for one in tree.find_all(nodes.Stmt)})
        self._lines: dict[str, list[int]] = {}
        for attribute in tree.find_all(nodes.Getattr):
            self._lines.setdefault(attribute.attr, []).append(attribute.lineno)
        for alone in tree.find_all(nodes.Name):
            self._lines.setdefault(alone.name, []).append(alone.lineno)
        for text in tree.find_all(nodes.Const):
            if isinstance(text.value, str):
                self._lines.setdefault(text.value, []).append(text.lineno)

    def line_of(self, names: Sequence[str], line: int) -> int:
        after = bisect_right(self._starts, line)
        end = self._starts[after] if after < len(self._starts) else sys.maxsize
        for name in names:
            lines = {one for one in self._lines.get(name, ()) if line <= one < end}
            if len(lines) == 1:
                return lines.pop()
        return line
