"""A trial: one form with one invented case, in one language, where one jurisdiction and letter effect hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.checking.invented import KINDS, Kind
from docgen.checking.specimens import case_choices
from docgen.definitions.definition import Definitions, Form
from docgen.definitions.fields import Fault, typed
from docgen.definitions.naming import CASE
from docgen.layout.context import Mode

LANGUAGES = ("en", "zh", "both")
STEERING = ("jurisdiction", "letter_effect")
"""The settings by which a sentence of the wording may differ."""
FELT = frozenset(("use_weights", "seal_required"))
"""Settings that templates know by other names, as what follows from them."""
ON_PAPER: Mapping[Kind, tuple[str, ...]] = {
    "empty": ("zh",),
    "normal": ("en", "zh"),
    "longest": ("both",),
    "hostile": ("en",),
}
"""Of which trials a PDF is made unless all are asked for: each case and each language, in as few as can be."""


@dataclass(frozen=True, slots=True)
class Trial:
    """``settings`` and ``changed`` differ from the office's, and from the specimen's case; ``paper``: as a PDF too."""

    form: Form
    kind: Kind
    language: str
    settings: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)
    mode: Mode = "final"
    paper: bool = False
    revised: bool = False

    @property
    def name(self) -> str:
        """Such as ``letter normal zh uk``: what to ask ``docgen templates preview`` for."""
        mode = (*([] if self.mode == "final" else [self.mode]), *(["revised"] if self.revised else []))
        plain = (code if name in STEERING else f"{name}={code}" for name, code in self.settings.items())
        changed = (f"{name}={code}" for name, code in self.changed.items())
        return " ".join((self.form.name, self.kind, self.language, *plain, *changed, *mode))


def trials(
    form: Form,
    definitions: Definitions,
    settings: Mapping[str, Any],
    languages: Sequence[str],
    full: bool,
    asked: Collection[str] = (),
) -> Iterator[Trial]:
    """The trials of ``form``, plain ones first: a fault is told with the first that shows it.

    Args:
        asked: further settings that the set's templates and sentences speak of.
    """
    order: tuple[Kind, ...] = ("normal", "empty", "longest", "hostile")
    assert set(order) == set(KINDS)
    for kind in order:
        chosen = [one for one in ON_PAPER[kind] if one in languages] or list(languages[:1])
        for language in languages:
            yield Trial(form, kind, language, paper=full or language in chosen)
    for language in languages:
        yield Trial(form, "empty", language, mode="draft")
        yield Trial(form, "empty", language, mode="blank")
        yield Trial(form, "normal", language, mode="blank")
    for language in languages:
        yield Trial(form, "normal", language, revised=True)
    for variant in variants(definitions, settings, STEERING):
        for language in languages:
            yield Trial(form, "normal", language, variant)
            yield Trial(form, "empty", language, variant)
    for variant in variants(definitions, settings, sorted(FELT.union(asked).difference(STEERING))):
        for language in languages:
            yield Trial(form, "normal", language, variant)
    for name, code in case_choices(definitions, form.prints.get(CASE, ())):
        yield Trial(form, "normal", languages[0], changed={name: code})


def variants(
    definitions: Definitions, settings: Mapping[str, Any], names: Sequence[str]
) -> Iterator[Mapping[str, str]]:
    """Each choice of the settings ``names`` but the office's own, yes and no among them."""
    for name in names:
        of = definitions.settings.get(name)
        if of is None or of.type not in ("choice", "yes_no"):
            continue
        for code in of.choices.choices if of.choices else ("yes", "no"):
            if typed(of, code) != settings.get(name):
                yield {name: code}


def under(settings: Mapping[str, Any], variant: Mapping[str, str], definitions: Definitions) -> dict[str, Any]:
    """``settings`` with other codes for some; what followed from the old ones follows from the new."""
    known = definitions.settings
    changed = dict(settings) | {name: typed(known[name], code) for name, code in variant.items()}
    for name, of in known.items():
        if of.derive is None or name in variant:
            continue
        before, after = (typed(of, of.derive({**one, "settings": one})) for one in (settings, changed))
        if before == settings.get(name) and not isinstance(after, Fault):
            changed[name] = after
    return changed
