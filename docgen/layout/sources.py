"""The sources of a set: each template as text and syntax tree, with the places of what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes

from docgen.bounds import Refused
from docgen.engine_words import engine_words
from docgen.errors import TemplateError
from docgen.layout.filters import FILTERS, TESTS
from docgen.layout.findings import Finding, error
from docgen.layout.folders import Folders
from docgen.layout.sets import TemplateSet
from docgen.layout.unclosed import opened_at
from docgen.model.problems import Position, Words
from docgen.sandbox import environment, too_deep

MEND = Words("Mend the line.", "请修改该行。")
TOO_DEEP = Words("What stands here is nested too deep.", "此处嵌套过深。")
PART = re.compile(r"<(?:p|h[1-3]|li|td|th)\b")
REACH = 12


@dataclass(frozen=True, slots=True)
class Source:
    """A template, or a sentence that begins at ``line`` and ``column`` of the file ``name``; ``lines``: the file's."""

    name: str
    lines: Sequence[str]
    tree: nodes.Template
    line: int = 1
    column: int = 1
    own: bool = False

    def parts(self) -> list[int]:
        """The lines with a tag of which a document's tree keeps the place, in their order."""
        texts = self.tree.find_all(nodes.TemplateData)
        return sorted(
            {one.lineno + one.data.count("\n", 0, tag.start()) for one in texts for tag in PART.finditer(one.data)}
        )

    def holds(self, line: int, word: str) -> bool:
        """Does ``word`` stand in a line of it, or as far below as ``place`` would look?"""
        first = self.line + line - 1
        return any(word in text for text in self.lines[first - 1 : first - 1 + REACH])

    def place(self, line: int, word: str = "") -> Position:
        """Where ``word`` stands in a line of it, or below, as far as a tag or a folded sentence may reach."""
        first = self.line + line - 1
        alone, anywhere = re.compile(rf"(?<![\w.]){re.escape(word)}(?!\w)"), re.compile(re.escape(word))
        for number in range(first, min(first + REACH, len(self.lines) + 1)):
            begin = self.column - 1 if number == self.line else 0
            text = self.lines[number - 1]
            if word and (at := alone.search(text, begin) or anywhere.search(text, begin)):
                return Position(self.name, number, at.start() + 1)
        return Position(self.name, first, self.column if first == self.line else 1)


@cache
def parser() -> Environment:
    """What parses; it renders nothing, and has the filters and tests of the renderer."""
    made = environment()
    made.filters |= FILTERS
    made.tests |= TESTS
    return made


@cache
def shipped_tree(text: str) -> nodes.Template:
    """The syntax tree of a shipped template, made once a process; nobody changes it."""
    return parser().parse(text)


class Sources:
    """Reads the templates of a set, each once; what can't be read is among ``faults``."""

    def __init__(self, templates: TemplateSet) -> None:
        self.templates = templates
        self.faults: list[Finding] = []
        self._read: dict[str, Source | None] = {}

    @property
    def environment(self) -> Environment:
        return parser()

    @cached_property
    def names(self) -> list[str]:
        return self.templates.loader.list_templates()

    @cached_property
    def own(self) -> frozenset[str]:
        """The names of the company's own."""
        return frozenset(Folders(self.templates.own).list_templates())

    def template(self, name: str) -> Source | None:
        """The template of that name; None where there is none, or it can't be parsed."""
        if name not in self._read:
            self._read[name] = self._template(name)
        return self._read[name]

    def _template(self, name: str) -> Source | None:
        try:
            text, path, _ = self.templates.loader.get_source(self.environment, name)
        except TemplateNotFound:
            return None
        except (Refused, TemplateError) as refused:
            line = refused.lineno if isinstance(refused, Refused) else 1
            self.faults.append(error("unreadable", Position(name, line, 1), stopped(refused.words), MEND))
            return None
        own = any(Path(path).is_relative_to(folder) for folder in self.templates.own)
        tree = self.parsed(text, Position(name, 1, 1)) if own else shipped_tree(text)
        return Source(name, text.split("\n"), tree, own=own) if tree else None

    def parsed(self, text: str, at: Position) -> nodes.Template | None:
        """The syntax tree of a text that begins at ``at``; None where it has none."""
        try:
            tree = self.environment.parse(text)
            if not too_deep(tree):
                return tree
            self.faults.append(error("syntax", at, TOO_DEEP, MEND))
        except TemplateSyntaxError as fault:
            said, line = stopped(engine_words(fault.message or "")), fault.lineno
            if opened := opened_at(self.environment, text, fault):
                line, said = opened
            place = Position(at.source, at.line + line - 1, at.column if line == 1 else 1)
            self.faults.append(error("syntax", place, said, MEND))
        except RecursionError:
            self.faults.append(error("syntax", at, TOO_DEEP, MEND))
        return None


def stopped(said: Words) -> Words:
    """As a sentence."""
    first, _, _ = said.en.partition(" ")
    english = said.en[:1].upper() + said.en[1:] if first.isalpha() else said.en  # no name of a file
    return Words(f"{english.rstrip('.')}.", f"{said.zh.rstrip('。.')}。")
