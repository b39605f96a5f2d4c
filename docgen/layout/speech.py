"""Sentences and those who say them: every key is known, every value a sentence prints is there where it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from docgen.bounds import refusals
from docgen.layout.findings import Finding, error
from docgen.layout.inlines import near
from docgen.layout.placeholders import printed
from docgen.layout.sources import MEND, Source, Sources, stopped
from docgen.layout.tags import sentence_faults
from docgen.layout.things import Thing
from docgen.layout.walk import Saying, Walk
from docgen.layout.wording import (
    LANGUAGES,
    Said,
    WordingFile,
    Written,
    base_key,
    file_name,
    read_file,
    read_shipped,
    situations,
    variant,
)
from docgen.model.problems import Position, Severity, Words

LEFT_OUT = "W261"
"""The rule under which an office accepts that a sentence of its own says less than the shipped one."""

UNKNOWN_KEY = (
    Words("no template says {key}{near}.", "没有模板使用语句 {key}{near}。"),
    Words("Write the key of a sentence that is said, or take the line out.", "请改为有模板使用的语句名，或删去该行。"),
)
NO_SENTENCE = (
    Words("the wording has no sentence {key!r}{near}.", "语句文件中没有语句 {key!r}{near}。"),
    Words("Add it to wording.en.yaml and wording.zh.yaml.", "请在 wording.en.yaml 和 wording.zh.yaml 中补上。"),
)
SAID_AT = Words("{fix} It is said in {place}.", "{fix}使用该语句的是 {place}。")
LESS_THAN_OTHER = (
    Words("{key} doesn't print {value}, which {file} does.", "{key} 没有输出 {value}，而 {file} 中有。"),
    Words(
        "Both languages must say the same: write {{{{ {value} }}}} here too, or take it out there.",
        "两种语言的内容须一致：请在此处补上 {{{{ {value} }}}}，或在对方中删去。",
    ),
)
LESS_THAN_SHIPPED = (
    Words("{key} leaves out {value}, which the shipped sentence prints.", "{key} 没有输出标准语句中的 {value}。"),
    Words(
        "Write {{{{ {value} }}}} where it belongs; if it is left out on purpose, accept W261.",
        "请在适当位置写 {{{{ {value} }}}}；如有意省略，请在 accept 中接受 W261。",
    ),
)


class Speech:
    """The sentences of a set, those of the company's own folders apart.

    Args:
        sources: reads and parses.
        walk: has gone through the templates.
        shipped: review the shipped sentences too.
    """

    def __init__(self, sources: Sources, walk: Walk, shipped: bool) -> None:
        self.sources = sources
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
        self._parsed: dict[tuple[Written, str, bool], Source | None] = {}

    def findings(self) -> Iterator[Finding]:
        yield from self._unworded()
        yield from self._unknown_keys()
        for file in self.reviewed:
            lines = file.text.split("\n")
            for key, said in file.sentences.items():
                yield from self._sentence(file, key, said, lines)
        yield from self._unlike_languages()
        yield from self._less_than_shipped()

    # Keys

    @cached_property
    def keys(self) -> frozenset[str]:
        """The sentences that the set has."""
        return frozenset(base_key(key) for said in self.sources.templates.wording.values() for key in said)

    @cached_property
    def _said(self) -> tuple[frozenset[str], frozenset[str]]:
        """The keys that are said, and the beginnings of those that are put together."""
        exact = frozenset(one.key for one in self.walk.sayings if not one.open)
        return exact, frozenset(one.key for one in self.walk.sayings if one.open)

    def is_said(self, key: str) -> bool:
        exact, begun = self._said
        return key in exact or any(begin and key.startswith(begin) for begin in begun)

    def unsaid(self) -> list[str]:
        """The sentences that no template says."""
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
        exact, _ = self._said
        for file in self.own:
            for key, said in file.sentences.items():
                base = base_key(key)
                if base not in bases and not self.is_said(base):
                    wording = UNKNOWN_KEY[0].filled(key=key, near=near(key, known | exact))
                    yield error("unknown_key", said.place, wording, UNKNOWN_KEY[1])

    # Each sentence by itself

    def _sentence(self, file: WordingFile, key: str, said: Said, lines: list[str]) -> Iterator[Finding]:
        if "<" in said.text or "&" in said.text or "{" in said.text:
            source = self._source(file, key, said, lines)
            if source is None:
                return
            for line, words in refusals(source.tree):
                yield error("refused", source.place(line), stopped(words), MEND)
            for fault in sentence_faults(said.text):
                yield error("markup", source.place(1, fault.snippet), fault.message, fault.fix)
            yield from self._names(base_key(key), source)

    def _names(self, key: str, source: Source) -> Iterator[Finding]:
        """What a sentence speaks of and one of those who say it doesn't know."""
        told: set[tuple[Position, str]] = set()
        for saying in self._scopes.get(key, ()):
            for fault in self.walk.text(source, saying.names):
                if (fault.place, fault.message.en) not in told:
                    told.add((fault.place, fault.message.en))
                    at = f"{saying.place.source}:{saying.place.line}"
                    yield replace(fault, fix=SAID_AT.filled(fix=fault.fix, place=at))

    @cached_property
    def _scopes(self) -> Mapping[str, Iterable[Saying]]:
        """By key, who says it; of those that know the same values, one."""
        found: dict[str, dict[frozenset[tuple[str, Thing]], Saying]] = {}
        exact = {one.key for one in self.walk.sayings if not one.open}
        for one in self.walk.sayings:
            keys = [key for key in self.keys - exact if key.startswith(one.key)] if one.open else [one.key]
            for key in keys:
                found.setdefault(key, {}).setdefault(frozenset(one.names.items()), one)
        return {key: tuple(scopes.values()) for key, scopes in found.items()}

    def _source(self, file: WordingFile, key: str, said: Said, lines: list[str]) -> Source | None:
        own = file in self.own
        mark = (file.language, key, own)
        if mark not in self._parsed:
            tree = self.sources.parsed(said.text, said.place)
            place = said.place
            made = Source(place.source, lines, tree, place.line, place.column, own) if tree else None
            self._parsed[mark] = made
        return self._parsed[mark]

    # Sentences beside each other

    def _unlike_languages(self) -> Iterator[Finding]:
        """Values that a sentence prints in one language and not in the other."""
        files = {language: self._all(language) for language in LANGUAGES}
        concerned = {base_key(key) for file in self.reviewed for key in file.sentences}
        for base in sorted(concerned):
            pairs = {tuple(self._variant(base, language, at) for language in LANGUAGES) for at in situations()}
            for names in sorted(pairs, key=str):
                if None in names:
                    continue
                sides = [
                    (language, *files[language][str(name)]) for language, name in zip(LANGUAGES, names, strict=True)
                ]
                values = [
                    self._printed(file, str(name), said) for (_, file, said), name in zip(sides, names, strict=True)
                ]
                for index, (_, _, said) in enumerate(sides):
                    for value in sorted(values[1 - index] - values[index]):
                        other = file_name(sides[1 - index][0])
                        message = LESS_THAN_OTHER[0].filled(key=names[index], value=value, file=other)
                        yield error("languages_differ", said.place, message, LESS_THAN_OTHER[1].filled(value=value))

    def _less_than_shipped(self) -> Iterator[Finding]:
        """Values that a shipped sentence prints, and the company's in its place leaves out."""
        for language in LANGUAGES:
            shipped = {
                key: (file, said) for file in self._of(self.shipped, language) for key, said in file.sentences.items()
            }
            for file in self._of(self.own, language):
                for key, said in file.sentences.items():
                    base = base_key(key)
                    before = {
                        variant(base, *at, shipped)
                        for at in situations()
                        if variant(base, *at, [*file.sentences, *shipped]) == key
                    }
                    for name in sorted(filter(None, before)):
                        other, said_before = shipped[name]
                        for value in sorted(self._printed(other, name, said_before) - self._printed(file, key, said)):
                            message = LESS_THAN_SHIPPED[0].filled(key=key, value=value)
                            fix = LESS_THAN_SHIPPED[1].filled(value=value)
                            yield Finding("left_out", Severity.WARNING, said.place, message, fix, LEFT_OUT)

    def _printed(self, file: WordingFile, key: str, said: Said) -> frozenset[str]:
        source = self._source(file, key, said, file.text.split("\n")) if "{" in said.text else None
        return printed(source.tree) if source else frozenset()

    def _variant(self, base: str, language: Written, at: tuple[str, str]) -> str | None:
        return variant(base, *at, self.sources.templates.wording[language])

    def _all(self, language: Written) -> dict[str, tuple[WordingFile, Said]]:
        files = self._of([*self.shipped, *self.own], language)
        return {key: (file, said) for file in files for key, said in file.sentences.items()}

    @staticmethod
    def _of(files: Iterable[WordingFile], language: Written) -> list[WordingFile]:
        return [file for file in files if file.language == language]
