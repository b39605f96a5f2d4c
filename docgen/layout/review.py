"""A template set is reviewed before a document is made: its wording and its templates, everything wrong at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from docgen.bounds import refusals
from docgen.definitions.definition import Definitions
from docgen.layout.findings import Finding, error, in_order, refuse
from docgen.layout.inlines import near
from docgen.layout.risks import Risks
from docgen.layout.sets import TemplateSet, load_set
from docgen.layout.sources import MEND, Sources, stopped
from docgen.layout.speech import Speech
from docgen.layout.tags import tag_faults
from docgen.layout.things import Thing, Vocabulary
from docgen.layout.walk import NO_TEMPLATE, TAKEN_NAME, Walk
from docgen.model.problems import Position
from docgen.resources import shipped as shipped_folder

CAUSES = {
    "unknown_key": ("unknown_variant",),
    "missing_language": ("unknown_key",),
    "both_effects": ("unknown_variant", "unknown_key"),
}
"""What follows from what, at one place."""
SHIPPED = shipped_folder("templates")
SPOKEN = frozenset((".html", ".yaml"))
"""What a company's folder must hold for there to be anything to review."""
PACK = "pack.html"
"""The list on top of a pack: no form's template."""


def review_set(templates: TemplateSet, definitions: Definitions, *, shipped: bool = True) -> tuple[Finding, ...]:
    """All that can be told of ``templates`` without a case, in the order of its files; nothing is rendered.

    Args:
        shipped: tell also of the files that docgen brings; without, only of the company's own.
    """
    spoken = (file for folder in templates.own for file in folder.rglob("*") if file.suffix in SPOKEN)
    if not (shipped or definitions.folders or any(spoken)):
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


def taken_names(templates: TemplateSet, definitions: Definitions, template: str) -> tuple[Finding, ...]:
    """Where the company's own ``template``, or what it takes in, gives a name of docgen's another value.

    Nothing else would show it: the document is made, and says what is false.
    """
    sources = Sources(templates)
    walk = Walk(sources)
    if sources.own:
        walk.template(template, _names(template, definitions))
    return in_order(one for one in walk.faults if one.kind == TAKEN_NAME and one.place.source in sources.own)


def _review(templates: TemplateSet, definitions: Definitions, shipped: bool) -> Iterator[Finding]:
    yield from templates.faults
    sources = Sources(templates)
    walk = _walked(sources, definitions)
    risks = Risks(definitions.wordings)
    for name in sources.names if shipped else sources.own:
        source = sources.template(name)
        if source is None:
            continue
        if name in walk.met:
            walk.uncalled(name, _vocabulary(definitions).of_all())
        for line, said in refusals(source.tree):
            yield error("refused", Position(name, line, 1), stopped(said), MEND)
        yield from tag_faults("\n".join(source.lines), name)
        yield from risks.in_template(source)
        yield from (one for one in walk.faults if one.place.source == name)
    for form in definitions.forms.values():
        in_word = any(True for folder in templates.own for _ in folder.glob(f"{form.name}*.docx"))
        if form.template not in sources.names and not in_word:
            said = NO_TEMPLATE[0].filled(name=form.template, near=near(form.template, sources.names))
            yield error("no_template", form.place, said, NO_TEMPLATE[1])
    yield from Speech(sources, walk, definitions, shipped).findings()
    yield from sources.faults


def _walked(sources: Sources, definitions: Definitions) -> Walk:
    """A walk through the template of each form and the list on a pack; anew only where a file is the company's."""
    walk, folders = Walk(sources), [folder for folder in sources.templates.folders if folder.parent == SHIPPED]
    given = {form.template: form for form in definitions.forms.values()}
    for name in (*given, PACK):
        if not sources.own.isdisjoint({name, *(known := _shipped_walk(folders[0].name, definitions, name)).met}):
            walk.template(name, _names(name, definitions))
        else:
            walk.take(known)
    return walk


@lru_cache(maxsize=32)
def _shipped_walk(set_name: str, definitions: Definitions, template: str) -> Walk:
    """A walk through a template as it ships, made once a process."""
    walk = Walk(Sources(load_set(set_name)))
    walk.template(template, _names(template, definitions))
    return walk


def _names(template: str, definitions: Definitions) -> Mapping[str, Thing]:
    """What a template is given."""
    form = next((one for one in definitions.forms.values() if one.template == template), None)
    words = _vocabulary(definitions)
    return words.of_form(form) if form else words.of_pack()


@lru_cache(maxsize=4)
def _vocabulary(definitions: Definitions) -> Vocabulary:
    return Vocabulary(definitions)
