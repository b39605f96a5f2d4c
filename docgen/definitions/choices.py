"""How choices are spelt: which spellings are one, and which choice somebody may have meant."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from docgen.definitions.definition import ChoiceList
from docgen.definitions.results import Fault, shown
from docgen.definitions.shape import nearest
from docgen.model.problems import Words

# What turns a choice into its opposite, in the spelling of choice_key.
NEGATION = re.compile(r"[未不无非没]|not")
PREFIXES = frozenset(("in", "im", "un", "no", "non", "dis"))


def choice_key(text: str) -> str:
    """The spelling by which choices are compared: any case, width and blanks; ``_`` and ``-`` count as blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if not letter.isspace() and letter not in "_-.。")


def not_in_list(text: str, choices: ChoiceList) -> Fault:
    """English readers of YAML are shown the codes, all others the labels; both are understood."""
    every = choices.choices.values()
    names = Words(", ".join(one.en for one in every), "、".join(one.zh for one in every))
    codes = Words(", ".join(choices.choices), names.zh)
    meant = choice_key(text[:80])
    found = nearest(meant, choices.lookup)
    close = None if _is_negation(meant, found) else choices.lookup.get(found)
    label: Words | str = choices.choices[close] if close is not None else ""
    near = Words(close, label.zh) if close is not None and isinstance(label, Words) else ""
    return Fault("not_in_list", shown(text), {"nearest": near, "nearest_label": label, "known": codes, "labels": names})


def _is_negation(one: str, other: str) -> bool:
    """Whether what two spellings don't share is a negation: as alike as they look, they mean the opposite."""
    for _, start, end, at, to in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if one[start:end] != other[at:to]:
            parts = one[start:end], other[at:to]
            if any(NEGATION.search(part) for part in parts) or (start == at == 0 and PREFIXES.intersection(parts)):
                return True
    return False
