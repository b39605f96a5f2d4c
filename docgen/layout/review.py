"""A template set is reviewed before a document is made: its wording and its templates, everything wrong at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from docgen.bounds import refusals
from docgen.definitions.definition import Definitions
from docgen.layout.findings import Finding, error, in_order, refuse
from docgen.layout.risks import Risks
from docgen.layout.sets import TemplateSet
from docgen.layout.sources import MEND, Sources, stopped
from docgen.layout.speech import Speech
from docgen.layout.tags import tag_faults
from docgen.layout.things import Vocabulary
from docgen.layout.walk import Walk
from docgen.model.problems import Position, Severity

CAUSES = {
    "unknown_key": ("unknown_variant",),
    "missing_language": ("unknown_key",),
    "both_effects": ("unknown_variant", "unknown_key"),
}
"""What follows from what, at one place."""
SPOKEN = frozenset((".html", ".yaml"))
"""What a company's folder must hold for there to be anything to review."""
PACK = "pack.html"
"""The list on top of a pack: no form's template."""


def review_set(templates: TemplateSet, definitions: Definitions, *, shipped: bool = True) -> tuple[Finding, ...]:
    """All that can be told of ``templates`` without a case, in the order of its files; nothing is rendered.

    Args:
        shipped: tell also of the files that docgen brings; without, only of the company's own.
    """
    if not shipped and not any(file.suffix in SPOKEN for folder in templates.own for file in folder.rglob("*")):
        return templates.faults
    return in_order(_one_cause(_review(templates, definitions, shipped)))


def _one_cause(found: Iterable[Finding]) -> Iterator[Finding]:
    """Without what only follows from something else that is wrong with the same sentence."""
    kept = [*found]
    kinds = {(one.kind, one.place) for one in kept}
    for one in kept:
        if not any((cause, one.place) in kinds for cause in CAUSES.get(one.kind, ())):
            yield one


@lru_cache(maxsize=8)
def review_own(templates: TemplateSet, definitions: Definitions) -> tuple[Finding, ...]:
    """What is to be told of a company's own files, once a process.

    Raises:
        FaultySet: there are errors among it; with all of them.
    """
    found = review_set(templates, definitions, shipped=False)
    refuse(found)
    return tuple(one for one in found if one.severity is not Severity.ERROR)


def _review(templates: TemplateSet, definitions: Definitions, shipped: bool) -> Iterator[Finding]:
    yield from templates.faults
    sources = Sources(templates)
    walk = Walk(sources)
    words = Vocabulary(definitions)
    risks = Risks(definitions.wordings)
    for form in definitions.forms.values():
        walk.template(form.template, words.of_form(form))
    if PACK in sources.names:
        walk.template(PACK, words.of_pack())
    for name in sources.names:
        source = sources.template(name)
        if source is None or not (shipped or source.own):
            continue
        if name in walk.met:
            walk.uncalled(name, words.of_all())
        for line, said in refusals(source.tree):
            yield error("refused", Position(name, line, 1), stopped(said), MEND)
        yield from tag_faults("\n".join(source.lines), name)
        yield from risks.in_template(source)
    speech = Speech(sources, walk, definitions, shipped)
    yield from speech.findings()
    seen = {name for name in sources.names if shipped or ((one := sources.template(name)) and one.own)}
    yield from (one for one in walk.faults if one.place.source in seen)
    yield from sources.faults
