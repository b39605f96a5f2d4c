"""What the wording and the templates say that a court or a reader may hold against the company, and how to say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.definitions.definition import Rule, Wording
from docgen.definitions.phrases import Phrases, load_phrases
from docgen.layout.findings import Finding, error
from docgen.layout.sources import Source
from docgen.layout.spoken import Phrase, Spoken, spoken
from docgen.layout.wording import EFFECTS, Said, WordingFile, base_key
from docgen.model.problems import Position, Words

KIND = "risky_phrase"
"""Its rule in rules.yaml, under which an office may accept it."""

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
                yield finding.at(_place(said, lines, phrase))
            if key.partition(".")[0] in {one.partition(".")[0] for one in switched}:  # of the letter itself
                yield from self._both(key, text, said, lines, variants)
            if base_key(key) in switched and not variants & {*EFFECTS}:
                yield error("not_switched", said.place, NOT_SWITCHED[0].filled(key=key), NOT_SWITCHED[1])

    def in_template(self, source: Source) -> Iterator[Finding]:
        """Those of a template's own text."""
        text = "\n".join(source.lines)
        for phrase, finding in self._in_text(spoken(text), frozenset()):
            begin = text.rfind("\n", 0, phrase.start) + 1
            yield finding.at(Position(source.name, text.count("\n", 0, begin) + 1, phrase.start - begin + 1))

    def _in_text(self, text: Spoken, variants: frozenset[str]) -> Iterator[tuple[Phrase, Finding]]:
        for one in self.phrases.risky:
            if one.fine & variants:
                continue
            for found in text.phrases(one.pattern):
                names: dict[str, Words | str] = {"phrase": found.heard, "why": one.why, "instead": one.instead}
                message, fix = self.wording.message.render(names), self.wording.fix.render(names)
                yield found, Finding(KIND, self.rule.severity, Position(""), message, fix, self.rule.code)

    def _both(
        self, key: str, text: Spoken, whole: Said, lines: list[str], variants: frozenset[str]
    ) -> Iterator[Finding]:
        for effect, other in (EFFECTS, EFFECTS[::-1]):
            found = next(text.phrases(self.phrases.effects[effect]), None)
            if found and effect not in variants:
                said = BOTH[0].filled(key=key, phrase=found.heard, effect=IS[effect])
                fix = BOTH[1].filled(effect=effect, other=other)
                yield error("both_effects", _place(whole, lines, found), said, fix)


def _place(said: Said, lines: list[str], phrase: Phrase) -> Position:
    """Where ``phrase`` stands in a sentence; where that begins, if a line end parts it."""
    place, written = said.place, said.text[phrase.start : phrase.end]
    for number in range(place.line, min(place.line + 12, len(lines) + 1)):
        at = lines[number - 1].find(written, place.column - 1 if number == place.line else 0)
        if at >= 0:
            return Position(place.source, number, at + 1)
    return place
