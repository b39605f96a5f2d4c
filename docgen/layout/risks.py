"""What the wording and the templates say that a court or a reader may hold against the company, and how to say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docgen.definitions.definition import Rule, Wording
from docgen.definitions.phrases import Phrases, load_phrases
from docgen.layout.findings import Finding, error
from docgen.layout.sources import Source
from docgen.layout.tags import JINJA, TAG
from docgen.layout.wording import EFFECTS, WordingFile, base_key
from docgen.model.problems import Position, Words

KIND = "risky_phrase"
"""Its rule in rules.yaml, under which an office may accept it."""
LITERAL = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")

BOTH = (
    Words(
        "{key} says “{phrase}”, which only a letter that is a {effect} says: never both.",
        "{key} 中的“{phrase}”只适用于 {effect}：两种生效方式不得混用。",
    ),
    Words(
        "Put the sentence under the variant {effect}, and give {other} its own.",
        "请写在变体 {effect} 之下，并为 {other} 另写一句。",
    ),
)
NOT_SWITCHED = (
    Words(
        "{key} is one sentence for both ways in which a letter takes effect; it needs one for each.",
        "{key} 对两种生效方式只有一句，须各写一句。",
    ),
    Words("Write notice: and agreement: below it.", "请在其下分别写 notice: 和 agreement:。"),
)
IS = {"notice": Words("notice", "notice（送达生效）"), "agreement": Words("agreement", "agreement（签字生效）")}


class Risks:
    """Looks for risky phrases in what a set says."""

    def __init__(self, wordings: Mapping[str, tuple[Rule, Wording]]) -> None:
        self.rule, self.wording = wordings[KIND]
        self.phrases: Phrases = load_phrases()

    def in_wording(self, file: WordingFile, switched: frozenset[str]) -> Iterator[Finding]:
        """Those of a wording file; ``switched``: the sentences that differ by letter effect in the shipped set."""
        lines = file.text.split("\n")
        for key, said in file.sentences.items():
            variants = frozenset(key.removeprefix(base_key(key)).strip(".").split("."))
            text = spoken(said.text)
            for phrase, finding in self._in_text(text, variants):
                yield finding.at(_place(said.place, lines, phrase))
            if key.partition(".")[0] in {one.partition(".")[0] for one in switched}:  # of the letter itself
                yield from self._both(key, text, said.place, lines, variants)
            if base_key(key) in switched and not variants & {*EFFECTS}:
                yield error("not_switched", said.place, NOT_SWITCHED[0].filled(key=key), NOT_SWITCHED[1])

    def in_template(self, source: Source) -> Iterator[Finding]:
        """Those of a template's own text."""
        for number, line in enumerate(source.lines, start=1):
            for phrase, finding in self._in_text(spoken(TAG.sub(lambda tag: " " * len(tag[0]), line)), frozenset()):
                yield finding.at(source.place(number, phrase))

    def _in_text(self, text: str, variants: frozenset[str]) -> Iterator[tuple[str, Finding]]:
        for one in self.phrases.risky:
            if one.fine & variants:
                continue
            for found in one.pattern.finditer(text):
                names: dict[str, Words | str] = {"phrase": found[0], "why": one.why, "instead": one.instead}
                message, fix = self.wording.message.render(names), self.wording.fix.render(names)
                yield found[0], Finding(KIND, self.rule.severity, Position(""), message, fix, self.rule.code)

    def _both(
        self, key: str, text: str, place: Position, lines: list[str], variants: frozenset[str]
    ) -> Iterator[Finding]:
        for effect, other in (EFFECTS, EFFECTS[::-1]):
            found = self.phrases.effects[effect].search(text)
            if found and effect not in variants:
                said = BOTH[0].filled(key=key, phrase=found[0], effect=IS[effect])
                fix = BOTH[1].filled(effect=effect, other=other)
                yield error("both_effects", _place(place, lines, found[0]), said, fix)


def spoken(text: str) -> str:
    """``text`` with blanks in place of Jinja, but for the texts that it may print."""

    def kept(jinja: re.Match[str]) -> str:
        if jinja[0].startswith("{#"):
            return re.sub(r"[^\n]", " ", jinja[0])
        literals = {at for one in LITERAL.finditer(jinja[0]) for at in range(one.start() + 1, one.end() - 1)}
        return "".join(letter if at in literals or letter == "\n" else " " for at, letter in enumerate(jinja[0]))

    return JINJA.sub(kept, text)


def _place(place: Position, lines: list[str], phrase: str) -> Position:
    """Where ``phrase`` stands in the sentence that begins at ``place``; its beginning, where a line end parts it."""
    for number in range(place.line, min(place.line + 12, len(lines) + 1)):
        at = lines[number - 1].find(phrase, place.column - 1 if number == place.line else 0)
        if at >= 0:
            return Position(place.source, number, at + 1)
    return place
