"""A template set is reviewed before a document is made: its wording and its templates, everything wrong at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from docgen.bounds import refusals
from docgen.definitions.definition import Definitions
from docgen.layout.findings import Finding, error, in_order, refuse
from docgen.layout.risks import Risks
from docgen.layout.sets import TemplateSet, load_set
from docgen.layout.sources import MEND, Sources, stopped
from docgen.layout.speech import Speech
from docgen.layout.tags import tag_faults
from docgen.layout.things import Vocabulary
from docgen.layout.walk import Walk
from docgen.model.problems import Position

CAUSES = {
    "unknown_key": ("unknown_variant",),
    "missing_language": ("unknown_key",),
    "both_effects": ("unknown_variant", "unknown_key"),
}
"""What follows from what, at one place."""
HTML = ".html"
SPOKEN = frozenset((HTML, ".yaml"))
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


def refuse_faulty(templates: TemplateSet, definitions: Definitions) -> None:
    """Stop where a company's own files are faulty.

    Raises:
        FaultySet: with all that is wrong in them.
    """
    refuse(review_set(templates, definitions, shipped=False))


def _review(templates: TemplateSet, definitions: Definitions, shipped: bool) -> Iterator[Finding]:
    yield from templates.faults
    sources = Sources(templates)
    own = any(file.suffix == HTML for folder in templates.own for file in folder.rglob("*"))
    walk = _walked(sources, definitions) if own or not templates.own else _walked_as_shipped(templates, definitions)
    risks = Risks(definitions.wordings)
    names = Vocabulary(definitions).of_all() if own or shipped else {}
    for name in sources.names if own or shipped else ():
        source = sources.template(name)
        if source is None or not (shipped or source.own):
            continue
        if name in walk.met:
            walk.uncalled(name, names)
        for line, said in refusals(source.tree):
            yield error("refused", Position(name, line, 1), stopped(said), MEND)
        yield from tag_faults("\n".join(source.lines), name)
        yield from risks.in_template(source)
        yield from (one for one in walk.faults if one.place.source == name)
    yield from Speech(sources, walk, definitions, shipped).findings()
    yield from sources.faults


def _walked(sources: Sources, definitions: Definitions) -> Walk:
    """A walk through the template of each form, and the list on top of a pack."""
    walk, words = Walk(sources), Vocabulary(definitions)
    for form in definitions.forms.values():
        walk.template(form.template, words.of_form(form))
    if PACK in sources.names:
        walk.template(PACK, words.of_pack())
    return walk


def _walked_as_shipped(templates: TemplateSet, definitions: Definitions) -> Walk:
    """The same where a company has no templates of its own: once a process."""
    first = next(folder for folder in templates.folders if folder not in templates.own)
    return _shipped_walk(first.name, definitions)


@lru_cache(maxsize=4)
def _shipped_walk(name: str, definitions: Definitions) -> Walk:
    return _walked(Sources(load_set(name)), definitions)
