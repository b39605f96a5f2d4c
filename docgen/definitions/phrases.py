"""Risky phrases of a letter's wording, read from ``forms/phrases.yaml``: why each is one, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from docgen.definitions.wordlists import words_pattern
from docgen.model.problems import Words
from docgen.resources import shipped

FILE = "phrases.yaml"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Phrases that are risky for one reason; ``fine``: the jurisdictions where they aren't."""

    pattern: re.Pattern[str]
    why: Words
    instead: Words
    fine: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """All of them; ``effects``: by letter effect, what only that one may say."""

    risky: tuple[Phrase, ...]
    effects: Mapping[str, re.Pattern[str]]


@cache
def load_phrases() -> Phrases:
    """Read the shipped phrases, once a process: they are of the law, and no company's own."""
    data = yaml.load((shipped("forms") / FILE).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    risky = [
        Phrase(
            words_pattern([*one["say"]["en"], *one["say"]["zh"]]),
            Words(one["why"]["en"], one["why"]["zh"]),
            Words(one["instead"]["en"], one["instead"]["zh"]),
            frozenset(one.get("except", ())),
        )
        for one in data["risky"]
    ]
    effects = {effect: words_pattern([*said["en"], *said["zh"]]) for effect, said in data["effects"].items()}
    return Phrases(tuple(risky), effects)
