"""Parity catches every change that one writer alone is given, and takes no sound document for a changed one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import pytest

from docgen.errors import DocumentError
from docgen.model.document import Document
from docgen.writers.parity import check_parity
from docgen.writers.word import write_docx
from tests.campaign.mutations import MUTATIONS, RUNNING, letters
from tests.campaign.office import PROPERTIES, SOUND, kit, pdf_writer, some_sample_tree, templates
from tests.campaign.trees import random_tree
from tests.campaign.word_mutations import WORD_MUTATIONS, mutated
from tests.writers.pdf_help import opened

SHORT = ("short.yaml", "late-report.yaml", "uk/support-desk.yaml")
"""Samples whose documents are laid out quickly."""


@lru_cache(maxsize=128)
def docx(document: Document) -> bytes:
    return write_docx(document, kit(None).package(document.lang), PROPERTIES, kit(None).pictures(document))


def pdf(document: Document) -> bytes:
    return pdf_writer().write(document, PROPERTIES)


def caught(document: Document, word: bytes | None, printed: bytes | None) -> bool:
    try:
        check_parity(document, templates().theme, word, printed)
    except DocumentError:
        return True
    return False


def changed(document: Document, other: Document, running: tuple[str, ...] = RUNNING) -> bool:
    return any(letters(getattr(document, name)) != letters(getattr(other, name)) for name in ("body", *running))


def printed_heads(made: bytes) -> tuple[str, ...]:
    """The head of the further pages is not printed where there is one page alone."""
    with opened(made) as pages:
        return RUNNING if len(pages) > 1 else ("first_head", "foot")


def mutations(document: Document, seeded: random.Random) -> Iterator[tuple[str, Document]]:
    """Changed trees, one for each kind of change that the document offers, in random order."""
    for name in seeded.sample(list(MUTATIONS), len(MUTATIONS)):
        other = MUTATIONS[name](document, seeded)
        if other is not None:
            yield name, other


@pytest.mark.campaign("parity of Word", full=1000, small=20)
def test_every_change_in_word_alone_is_caught(rounds: range, figures: Counter[str]) -> None:
    for number in rounds:
        seeded = random.Random(f"word {number}")
        document = some_sample_tree(seeded, SOUND) if number % 2 else random_tree(f"tree {number}")
        if not number % 2:
            check_parity(document, templates().theme, docx(document), None)
            figures["random trees that pass"] += 1
        name, other = next((name, one) for name, one in mutations(document, seeded) if changed(document, one))
        assert caught(document, docx(other), None), f"round {number}: {name}"
        figures[name] += 1


@pytest.mark.campaign("lists and tables of Word", full=1000, small=25)
def test_every_change_of_lists_and_tables_in_word_is_caught(rounds: range, figures: Counter[str]) -> None:
    for number in rounds:
        seeded = random.Random(f"structure {number}")
        document = some_sample_tree(seeded, SOUND) if number % 2 else random_tree(f"grid {number}")
        sound = docx(document)
        for name in seeded.sample(list(WORD_MUTATIONS), len(WORD_MUTATIONS)):
            made = mutated(sound, WORD_MUTATIONS[name], seeded)
            if made is not None:
                assert caught(document, made, None), f"round {number}: {name}"
                figures[name] += 1
                break


@pytest.mark.campaign("parity of PDF", full=150, small=1)
def test_every_change_in_the_pdf_alone_is_caught(rounds: range, figures: Counter[str]) -> None:
    for number in rounds:
        seeded = random.Random(f"pdf {number}")
        document = some_sample_tree(seeded, SHORT) if number % 3 == 2 else random_tree(f"leaf {number}")
        if number % 3 != 2:
            check_parity(document, templates().theme, None, pdf(document))
            figures["random trees that pass"] += 1
        name, made = next(
            (name, made)
            for name, other in mutations(document, seeded)
            if changed(document, other) and changed(document, other, printed_heads(made := pdf(other)))
        )
        assert caught(document, None, made), f"round {number}: {name}"
        figures[name] += 1
