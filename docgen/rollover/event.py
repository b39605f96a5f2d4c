"""What the roll-over did with a case, one sentence each, by the rule that asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.model.problems import Path, UiLanguage, Words

SENTENCES: Mapping[str, Words] = {}
"""What is told of each kind of event; the names in braces are the event's details."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was carried, closed, dropped, rescaled, proposed or is asked.

    ``kind``: a key of ``SENTENCES``. ``rule``: R1 to R15. ``path``: the row or field of the new record it is about, ()
    where there is none. ``details``: what the sentence names: texts, figures, or Words where both languages differ.
    """

    kind: str
    rule: str
    path: Path = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    def told(self, language: UiLanguage) -> str:
        """The sentence in ``language``."""
        names = {name: of[language] if isinstance(of, Words) else str(of) for name, of in self.details.items()}
        return SENTENCES[self.kind][language].format(**names)
