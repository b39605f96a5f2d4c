"""Whatever text is typed, it is refused with its place, or printed in both formats as it was typed."""

from __future__ import annotations

import io
import random
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from docgen.definitions.definition import Field
from docgen.generate import Format, Paper, blocking, make, papers, render
from docgen.layout.context import Stamp
from docgen.model.document import Break, Document, Text
from docgen.model.document import Field as PageField
from docgen.model.problems import Severity
from docgen.office.run import Run
from docgen.sources.cases import read_cases
from docgen.sources.settings import find_settings
from tests.campaign.hostile import hostile_text, quoted, yaml_with
from tests.campaign.mutations import letters, nodes
from tests.campaign.office import SAMPLES, TODAY, checked_run, definitions, kit, stands_in

BASES = ("wang.yaml", "en/wang.yaml")
TYPED = frozenset({"text", "longtext", "list", "id"})
CANARY = "Canarybird"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

DataPath = tuple[str | int, ...]


def fields(data: Any, sheet: str, path: DataPath = ()) -> Iterator[tuple[DataPath, Field]]:
    """Every text that was typed in a record, with its field."""
    known = definitions().sheets[sheet].fields if sheet else {}
    for name, value in data.items():
        field = known.get(name)
        if field is None:
            for index, row in enumerate(value if isinstance(value, list) else [value]):
                yield from fields(row, name, (*path, name, index) if isinstance(value, list) else (*path, name))
        elif field.type in TYPED:
            yield (*path, name, 0) if isinstance(value, list) else (*path, name), field


@cache
def base(name: str) -> Any:
    return read_cases([SAMPLES / name]).records[0].data


def run_with(name: str, path: DataPath, value: str, folder: Path) -> tuple[Run, Path, list[str]]:
    """The sample with ``value`` at ``path``, read from a file as if somebody had typed it there."""
    text = yaml_with(base(name), path, value)
    file = folder / "case.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    settings = find_settings(SAMPLES / name)
    assert settings
    (folder / "docgen.yaml").write_bytes(settings.read_bytes())
    return checked_run(file), file, text.split("\n")


def trees(run: Run) -> Iterator[tuple[Paper, Document]]:
    for checked, _ in run.cases:
        for paper in papers(checked, definitions()):
            stamp = Stamp(paper.number, 1, paper.printed_date or TODAY)
            yield paper, render(paper, kit(run.cases[0][1].file), stamp, "final")


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def shape(document: Document) -> list[tuple[str, str]]:
    """Kinds and roles of all nodes; of a paragraph's content only the roles, since words may be parted by breaks."""
    inside = (Text, Break, PageField)
    return [
        (type(node).__name__, getattr(node, "role", ""))
        for _, node in nodes(document)
        if hasattr(node, "__dataclass_fields__") and not isinstance(node, inside)
    ]


def word_says(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        parts = [package.read(name) for name in package.namelist() if name.startswith("word/") and name.endswith("xml")]
    return plain("".join(node.text or "" for part in parts for node in etree.fromstring(part).iter(f"{W}t")))


@pytest.mark.campaign("hostile text, Word", full=300, small=20)
def test_text_is_refused_with_its_place_or_printed_as_typed_in_word(
    rounds: range, figures: Counter[str], tmp_path: Path
) -> None:
    for number in rounds:
        figures[outcome(number, ("docx",), tmp_path)] += 1


@pytest.mark.campaign("hostile text, PDF", full=60, small=2)
def test_text_is_refused_with_its_place_or_printed_as_typed_in_pdf(
    rounds: range, figures: Counter[str], tmp_path: Path
) -> None:
    for number in rounds:
        figures[outcome(number * 5 + 3, ("pdf",), tmp_path)] += 1


def outcome(number: int, formats: tuple[Format, ...], folder: Path) -> str:
    seeded = random.Random(f"hostile {number}")
    name = seeded.choice(BASES)
    path, field = seeded.choice(list(fields(base(name), "")))
    text = hostile_text(f"text {number}")
    about = f"round {number}: {'.'.join(map(str, path))} of {name}: {text!a}"
    run, file, lines = run_with(name, path, quoted(text, seeded), folder)
    errors = [problem for problem in run.all_problems if problem.severity is Severity.ERROR]
    if errors:
        assert all(problem.position.line and stands_in(problem.position, file, lines) for problem in errors), about
        return "refused"
    told = any(problem.path[: len(path)] == path for problem in run.all_problems)
    expected = plain(unicodedata.normalize("NFKC", text) if field.type == "id" else text)
    if not expected:
        return "blank"
    before = {paper.number: tree for paper, tree in trees(run_with(name, path, CANARY, folder)[0])}
    run = run_with(name, path, quoted(text, seeded), folder)[0]
    printed = 0
    for paper, tree in trees(run):
        if paper.number not in before or CANARY not in letters(before[paper.number]):
            continue
        printed += 1
        assert expected in letters(tree), about
        assert shape(tree) == shape(before[paper.number]), about
        assert not blocking(paper, run.all_problems)
        if formats == ("docx",) or printed == 1:
            made = make(paper, kit(run.cases[0][1].file), issued=TODAY, formats=formats)
            assert "docx" not in formats or expected in word_says(made.files["docx"]), about
    return ("made with a warning" if told else "made") if printed else "printed by no form"
