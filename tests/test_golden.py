"""What the samples' documents say, word for word; ``make golden`` writes the files anew after a wanted change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import assert_never

import pytest

from docgen.checking.validate import Checker
from docgen.definitions.load import load_definitions
from docgen.generate import render
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.sets import load_set
from docgen.model.document import (
    Block,
    Document,
    Heading,
    Listing,
    Paragraph,
    Row,
    Rule,
    Section,
    Table,
    drawings,
    plain,
)
from docgen.model.life import NEW
from docgen.model.problems import Severity
from docgen.office.run import load_run, office_near
from docgen.paper import papers
from docgen.sources.cases import read_cases

ROOT = Path(__file__).resolve().parent
SAMPLES = ROOT.parent / "samples"
GOLDEN = ROOT / "golden"
NAMES = ("wang.yaml", "en/wang.yaml", "uk/support-desk.yaml", "late-report.yaml", "team.yaml")
TODAY = date(2026, 6, 30)
CLOSED = ("closed/wang.yaml", "closed/wang-en.yaml")
CASES = dict(zip(CLOSED, ("S1024-202601", "E1024-202601"), strict=True))
OUTCOMES = {
    **dict.fromkeys(("met", "partly", "not_met"), date(2026, 7, 3)),
    **dict.fromkeys(("met_early", "withdrawn"), date(2026, 5, 20)),
}
"""How a case may end, each with a day on which that can be."""


def outline(document: Document) -> str:
    """The tree as text: a line for each paragraph, its kind and role before it, deeper blocks further in."""
    parts = (("first head", document.first_head), ("head", document.head), ("foot", document.foot))
    head = [f"{document.title} ({document.lang}{', landscape' if document.landscape else ''})"]
    running = [line for name, blocks in parts for line in (f"[{name}]", *lines(blocks, "  "))]
    return "\n".join([*head, *running, "[body]", *lines(document.body, "  ")]) + "\n"


def lines(blocks: tuple[Block, ...], indent: str) -> Iterator[str]:
    for block in blocks:
        role = f".{block.role}" if not isinstance(block, Rule) and block.role else ""
        match block:
            case Heading():
                yield f"{indent}h{block.level}{role} {said(plain(block.content))}"
            case Paragraph():
                yield f"{indent}p{role} {said(plain(block.content))}".rstrip()
                yield from (f"{indent}  picture {one.name}: {one.alt}" for one in drawings((block,)))
            case Listing():
                for number, item in enumerate(block.items, start=1):
                    yield f"{indent}{f'{number}.' if block.ordered else '-'}{role}"
                    yield from lines(item, indent + "  ")
            case Table():
                yield f"{indent}table{role} {said(plain(block.caption))}".rstrip()
                for kind, rows in (("head", block.head), ("row", block.body)):
                    for row in rows:
                        yield f"{indent}  {kind} {cells(row)}"
            case Section():
                yield f"{indent}section{role}"
                yield from lines(block.blocks, indent + "  ")
            case Rule():
                yield f"{indent}hr"
            case _:
                assert_never(block)


def cells(row: Row) -> str:
    return " | ".join(" / ".join(line.strip() for line in lines(cell.blocks, "")) for cell in row.cells)


def said(text: str) -> str:
    return text.replace("\n", "⏎")


@pytest.mark.parametrize("name", NAMES)
def test_the_documents_of_the_samples_say_what_they_said(name: str, update_golden: bool) -> None:
    definitions = load_definitions()
    run = load_run(read_cases([SAMPLES / name], definitions), definitions, (), TODAY)
    found = {}
    kit = Kit(definitions, run.cases[0][1].settings, load_set())
    for checked, _ in run.cases:
        for paper in papers(checked, definitions):
            found[paper.number] = outline(
                render(paper, kit, Stamp(paper.number, 1, paper.printed_date or TODAY), "final")
            )
    compare(found, GOLDEN / name.removesuffix(".yaml"), update_golden)


@pytest.mark.parametrize("name", CLOSED)
def test_the_letters_of_all_outcomes_say_what_they_said(name: str, update_golden: bool) -> None:
    definitions = load_definitions()
    (record,) = read_cases([SAMPLES / name], definitions).records
    settings = office_near(SAMPLES / name, definitions).settings
    kit, checker, found = Kit(definitions, settings, load_set()), Checker(definitions), {}
    for outcome, on in OUTCOMES.items():
        lives = {CASES[name]: NEW.close(on, "SECRET", outcome)}
        checked = checker.validate(record, settings, None, on, lives)
        assert [one for one in checked.problems if one.severity is Severity.ERROR] == []
        (paper,) = papers(checked, definitions)
        found[outcome] = outline(render(paper, kit, Stamp(paper.number, 1, on), "final"))
    assert not any("SECRET" in text for text in found.values())
    compare(found, GOLDEN / name.removesuffix(".yaml"), update_golden)


def compare(found: dict[str, str], folder: Path, update_golden: bool) -> None:
    if update_golden:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.txt"):
            old.unlink()
        for number, text in found.items():
            (folder / f"{number}.txt").write_text(text, "utf-8")
    assert found == {path.stem: path.read_text("utf-8") for path in folder.glob("*.txt")}, (
        "make golden, if it is wanted"
    )
