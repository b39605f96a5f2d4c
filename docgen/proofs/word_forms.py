"""A company's own Word forms among the findings: what their review tells, and what filling them shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.errors import TemplateError
from docgen.kit import Kit
from docgen.model.problems import Severity, Words
from docgen.proofs.finding import MEND, NOWHERE, Finding, Shelf
from docgen.wordforms.faults import WordFormError
from docgen.wordforms.form import form_file, read_form, review

UNPRINTED = Words(
    "the form never prints {fields}, which {form} says it prints.", "该表单从未打印 {form} 所列的 {fields}。"
)
UNPRINTED_FIX = Words(
    "Put them in as {{{{ … }}}}, or take them out of prints in a forms/{form} of your own.",
    "请用 {{{{ … }}}} 打印，或在自有的 forms/{form} 中从 prints 删去。",
)
MORE = Words(
    "{some} and {n} others (docgen forms {form} lists all)", "{some} 等 {all} 项（docgen forms {form} 可列出全部）"
)
NAMED = 8
"""So many fields are named; more than that nobody reads."""


def word_form_faults(kit: Kit, shelf: Shelf) -> Iterator[Finding]:
    """All that is wrong with the Word forms of the company, each file looked through once."""
    for form in kit.definitions.forms.values():
        paths = [form_file(kit.company.templates, form.name, language) for language in ("en", "zh")]
        for path in dict.fromkeys(path for path in paths if path):
            try:
                found = review(read_form(path, kit.company.folder), form, kit.definitions, kit.templates)
            except TemplateError as error:
                yield from of_word_form(error, path, shelf)
                continue
            file = shelf.named(path.name)
            for one in found.faults:
                yield Finding(file, 0, one.kind, Severity.ERROR, one.message, NOWHERE, one.place)
            if found.unprinted and not found.faults:
                definition = Path(form.place.source).name
                fields = _some([f"{sheet}.{name}" for sheet, name in found.unprinted], form.name)
                said = UNPRINTED.filled(fields=fields, form=definition)
                yield Finding(file, 0, "not-printed", Severity.WARNING, said, UNPRINTED_FIX.filled(form=definition))


def _some(fields: Sequence[str], form: str) -> Words:
    some = ", ".join(fields[:NAMED])
    if len(fields) <= NAMED + 1:
        some = ", ".join(fields)
        return Words(some, some)
    return MORE.filled(some=some, n=len(fields) - NAMED, all=len(fields), form=form)


def of_word_form(error: TemplateError, path: Path | None, shelf: Shelf) -> Iterator[Finding]:
    """What ``error`` tells of a Word form, each fault with its place in it."""
    file = shelf.named(path.name) if path else ""
    if isinstance(error, WordFormError):
        for one in error.faults:
            yield Finding(file, 0, one.kind, Severity.ERROR, one.message, NOWHERE, one.place)
    else:
        yield shelf.placed(error.words, "word-form", Severity.ERROR, MEND, file)
