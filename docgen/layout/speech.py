"""Sentences and those who say them: every key is known, every value a sentence prints is there where it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from docgen.bounds import refusals
from docgen.definitions.cleaning import is_ordinary
from docgen.definitions.definition import Definitions
from docgen.layout.findings import Finding, error
from docgen.layout.inlines import near
from docgen.layout.placeholders import printed
from docgen.layout.risks import Risks
from docgen.layout.sources import MEND, Source, Sources, stopped
from docgen.layout.tags import sentence_faults
from docgen.layout.walk import Saying, Walk
from docgen.layout.wording import (
    EFFECTS,
    LANGUAGES,
    Said,
    WordingFile,
    base_key,
    read_file,
    read_shipped,
    situations,
    variant,
)
from docgen.model.document import Written
from docgen.model.problems import Position, Words

LEFT_OUT = "left_out"
"""Its rule in rules.yaml, under which an office accepts that a sentence of its own says less than the shipped one."""

UNKNOWN_KEY = (
    Words("No template says {key}{near}.", "没有模板使用语句 {key}{near}。"),
    Words("Write the key of a sentence that is said, or take the line out.", "请改为有模板使用的语句名，或删去该行。"),
)
NO_SENTENCE = (
    Words("The wording has no sentence {key!r}{near}.", "语句文件中没有语句 {key!r}{near}。"),
    Words("Add it to wording.en.yaml and wording.zh.yaml.", "请在 wording.en.yaml 和 wording.zh.yaml 中补上。"),
)
SAID_AT = Words("{fix} It is said in {place}.", "{fix}使用该语句的是 {place}。")
SLIP = 0.9
"""So much like a known key that it is one, mistyped."""
LESS = (
    Words("{key} doesn't print {value}, which {file} does.", "{key} 没有输出 {value}，而 {file} 中有。"),
    Words(
        "Both languages must say the same: write it here too, or give {file} a sentence without it.",
        "两种语言的内容须一致：请在此处补上，或在 {file} 中另写不含它的语句。",
    ),
)
MORE = (
    Words("{key} prints {value}, which {file} doesn't.", "{key} 输出了 {value}，而 {file} 中没有。"),
    Words(
        "Both languages must say the same: write it in {file} too, or take it out here.",
        "两种语言的内容须一致：请在 {file} 中补上，或在此处删去。",
    ),
)
SILENT = (Words("{key} says nothing, but in {file} it does.", "{key} 没有文字，而 {file} 中有。"), LESS[1])
Mark = tuple[Path, str]


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of a file."""

    file: WordingFile
    key: str
    said: Said

    @property
    def mark(self) -> Mark:
        return self.file.path, self.key


class Speech:
    """The sentences of a set, those of the company's own folders apart.

    Args:
        sources: reads and parses.
        walk: has gone through the templates.
        shipped: review the shipped sentences too.
    """

    def __init__(self, sources: Sources, walk: Walk, definitions: Definitions, shipped: bool) -> None:
        self.sources = sources
        self.wordings = definitions.wordings
        self.risks = Risks(definitions.wordings)
        self.walk = walk
        templates = sources.templates
        self.shipped = [
            file
            for folder in reversed(templates.folders)
            if folder not in templates.own
            for language in LANGUAGES
            if (file := read_shipped(folder, language))
        ]
        self.own = [
            file
            for folder in reversed(templates.own)
            for language in LANGUAGES
            if (file := read_file(folder, language))
        ]
        self.reviewed = [*(self.shipped if shipped else ()), *self.own]
        self.faulty: set[Mark] = set()
        self._parsed: dict[Mark, Source | None] = {}
        self._lines: dict[Path, list[str]] = {}

    def findings(self) -> Iterator[Finding]:
        yield from self._unworded()
        yield from self._unknown_keys()
        for file in self.reviewed:
            for key, said in file.sentences.items():
                yield from self._sentence(Sentence(file, key, said))
            yield from self.risks.in_wording(file, self._switched)
        yield from self._unlike_languages()
        yield from self._less_than_shipped()

    # Keys

    @cached_property
    def keys(self) -> frozenset[str]:
        """The sentences that the set has."""
        return frozenset(base_key(key) for said in self.sources.templates.wording.values() for key in said)

    def is_said(self, key: str) -> bool:
        return key in self._by_key or any(key.startswith(one.key) for one in self._begun)

    def unsaid(self) -> list[str]:
        return sorted(key for key in self.keys if not self.is_said(key))

    def _worded(self, one: Saying) -> bool:
        return any(key.startswith(one.key) for key in self.keys) if one.open else one.key in self.keys

    def _unworded(self) -> Iterator[Finding]:
        at: dict[tuple[str, int], list[Saying]] = {}
        for one in self.walk.sayings:
            if one.maybe:
                at.setdefault((one.place.source, one.place.line), []).append(one)
        for one in self.walk.sayings:
            if not self._worded(one) and not (
                one.maybe and any(map(self._worded, at[one.place.source, one.place.line]))
            ):
                said = NO_SENTENCE[0].filled(key=one.key, near=near(one.key, self.keys))
                yield error("no_sentence_said", one.place, said, NO_SENTENCE[1])

    def _unknown_keys(self) -> Iterator[Finding]:
        known = {key for file in self.shipped for key in file.sentences}
        bases = {base_key(key) for key in known}
        in_word = any(True for folder in self.sources.templates.own for _ in folder.glob("*.docx"))
        open_ended = self.walk.says_anything or in_word  # then any sentence may be said
        for file in self.own:
            for key, said in file.sentences.items():
                base = base_key(key)
                slip = not open_ended or get_close_matches(key, known, 1, SLIP)
                if base not in bases and not self.is_said(base) and slip:
                    wording = UNKNOWN_KEY[0].filled(key=key, near=near(key, known | self._by_key.keys()))
                    yield error("unknown_key", said.place, wording, UNKNOWN_KEY[1])

    @cached_property
    def _switched(self) -> frozenset[str]:
        """The sentences of the shipped set that differ by the effect of a letter."""
        keys = (key for file in self.shipped for key in file.sentences if base_key(key) != key)
        return frozenset(base_key(key) for key in keys if {*key.removeprefix(base_key(key)).split(".")} & {*EFFECTS})

    # Each sentence by itself

    def _sentence(self, one: Sentence) -> Iterator[Finding]:
        if is_ordinary(one.said.text) and not any(sign in one.said.text for sign in "<&{}｛｝"):
            return
        source = self._source(one)
        if source is None:
            self.faulty.add(one.mark)
            return
        for line, words in refusals(source.tree):
            yield error("refused", source.place(line), stopped(words), MEND)
        for fault in sentence_faults(one.said.text):
            yield error("markup", source.place(1, fault.snippet), fault.message, fault.fix)
        for found in self._names(base_key(one.key), source):
            self.faulty.add(one.mark)
            yield found

    def _names(self, key: str, source: Source) -> Iterator[Finding]:
        """What a sentence speaks of and one of those who say it doesn't know."""
        told: set[tuple[Position, str]] = set()
        for saying in self._sayings(key):
            for fault in self.walk.text(source, saying.names):
                if (fault.place, fault.message.en) not in told:
                    told.add((fault.place, fault.message.en))
                    at = f"{saying.place.source}:{saying.place.line}"
                    yield replace(fault, fix=SAID_AT.filled(fix=fault.fix, place=at))

    def _sayings(self, key: str) -> Iterable[Saying]:
        """Who says it, in the words of the template if any does; of those that know the same values, one."""
        found = self._by_key.get(key) or [one for one in self._begun if key.startswith(one.key)]
        return {frozenset(one.names.items()): one for one in reversed(found)}.values()

    @cached_property
    def _by_key(self) -> Mapping[str, list[Saying]]:
        found: dict[str, list[Saying]] = {}
        for one in self.walk.sayings:
            if not one.open:
                found.setdefault(one.key, []).append(one)
        return found

    @cached_property
    def _begun(self) -> list[Saying]:
        """Those whose key is only begun, and goes on with what is not known here."""
        return [one for one in self.walk.sayings if one.open and one.key]

    def _source(self, one: Sentence) -> Source | None:
        if one.mark not in self._parsed:
            tree, place = self.sources.parsed(one.said.text, one.said.place), one.said.place
            lines = self._lines.setdefault(one.file.path, one.file.text.split("\n"))
            made = Source(place.source, lines, tree, place.line, place.column, one.file in self.own) if tree else None
            self._parsed[one.mark] = made
        return self._parsed[one.mark]

    # Sentences beside each other

    def _unlike_languages(self) -> Iterator[Finding]:
        """Values that a sentence prints in one language and not in the other; told of a company's own, if it is one."""
        concerned = {base_key(key) for file in self.reviewed for key in file.sentences}
        for base in sorted(concerned):
            pairs = dict.fromkeys(tuple(self._at(base, language, at) for language in LANGUAGES) for at in situations())
            for sides in pairs:
                yield from self._unlike([one for one in sides if one is not None])

    def _unlike(self, sides: Sequence[Sentence]) -> Iterator[Finding]:
        if len(sides) < 2 or any(one.mark in self.faulty for one in sides):
            return
        here, there = sorted(sides, key=lambda one: (bool(one.said.text.strip()), one.file not in self.own))
        for words, values in (
            (SILENT, {""} if there.said.text.strip() and not here.said.text.strip() else ()),
            (LESS, self._printed(there) - self._printed(here)),
            (MORE, self._printed(here) - self._printed(there)),
        ):
            if values:
                self.faulty.add(here.mark)
                names = {"key": here.key, "value": ", ".join(sorted(values)), "file": there.file.path.name}
                yield error("languages_differ", here.said.place, words[0].filled(**names), words[1].filled(**names))
            if values and words is SILENT:
                return

    def _less_than_shipped(self) -> Iterator[Finding]:
        """Values that a shipped sentence prints, and the company's in its place leaves out."""
        rule, wording = self.wordings[LEFT_OUT]
        for one in (Sentence(file, key, said) for file in self.own for key, said in file.sentences.items()):
            if one.mark in self.faulty:
                continue
            missing = sorted(
                {value for before in self._replaced(one) for value in self._printed(before) - self._printed(one)}
            )
            if missing:
                names = {"key": one.key, "value": ", ".join(missing)}
                message, fix = wording.message.render(names), wording.fix.render(names)
                yield Finding(LEFT_OUT, rule.severity, one.said.place, message, fix, rule.code)

    def _replaced(self, one: Sentence) -> set[Sentence]:
        """The shipped sentences in whose place ``one`` stands."""
        base, language = base_key(one.key), one.file.language
        where = [at for at in situations() if variant(base, *at, self._all[language]) == one.key]
        shipped = self._by_base.get((language, base), {})
        return {shipped[name] for at in where if (name := variant(base, *at, shipped))}

    @cached_property
    def _by_base(self) -> Mapping[tuple[Written, str], Mapping[str, Sentence]]:
        """The shipped sentences and their variants."""
        found: dict[tuple[Written, str], dict[str, Sentence]] = {}
        for file in self.shipped:
            for key, said in file.sentences.items():
                found.setdefault((file.language, base_key(key)), {})[key] = Sentence(file, key, said)
        return found

    def _printed(self, one: Sentence) -> frozenset[str]:
        source = self._source(one) if "{" in one.said.text else None
        return printed(source.tree) if source else frozenset()

    def _at(self, base: str, language: Written, at: tuple[str, str]) -> Sentence | None:
        """The sentence that an office of such a kind says."""
        name = variant(base, *at, known := self._all[language])
        return known[name] if name else None

    @cached_property
    def _all(self) -> Mapping[Written, Mapping[str, Sentence]]:
        """By language and key, as the set has them: the company's own before the shipped ones."""
        wording = self.sources.templates.wording
        found: dict[Written, dict[str, Sentence]] = {language: {} for language in LANGUAGES}
        for file in (*self.shipped, *self.own):
            for key, said in file.sentences.items():
                if key in wording[file.language]:
                    found[file.language][key] = Sentence(file, key, said)
        return found
