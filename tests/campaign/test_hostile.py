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

from docgen.checking.checked import Checked
from docgen.company import find_settings
from docgen.definitions.definition import Field
from docgen.definitions.load import load_definitions
from docgen.generate import make, render
from docgen.layout.context import Stamp
from docgen.model.document import Break, Document, Text
from docgen.model.document import Field as PageField
from docgen.model.problems import Severity
from docgen.paper import Format, Paper, papers
from docgen.sources.cases import read_cases
from docgen.writers.direction import CONTROLS
from tests.campaign.hostile import hostile_text, quoted, yaml_with
from tests.campaign.mutations import letters, nodes
from tests.campaign.office import SAMPLES, TODAY, Found, check_file, definitions, kit, office_settings, stands_in

DEFINITIONS = load_definitions()

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
    return read_cases([SAMPLES / name], DEFINITIONS).records[0].data


def trees(checked: Checked, field: Field, settings: Path) -> Iterator[tuple[Paper, Document]]:
    """The documents that may print the field."""
    for paper in papers(checked, definitions()):
        if field.name in paper.form.prints.get(field.sheet, ()):
            yield paper, render(paper, kit(settings), Stamp(paper.number, 1, paper.printed_date or TODAY), "final")


def shape_of(paper: Paper, settings: Path) -> list[tuple[str, str]]:
    """Its shape without pictures: one is left out, or a table stands for it, where its labels can't be measured."""
    of = kit(settings)
    plain_kit = of.under({**of.settings, "pictures": ["none"]})
    return shape(render(paper, plain_kit, Stamp(paper.number, 1, paper.printed_date or TODAY), "final"))


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


@pytest.mark.campaign("hostile text, Word", full=300, small=8)
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
    settings = find_settings(SAMPLES / name)
    assert settings
    path, field = seeded.choice(list(fields(base(name), "")))
    text = hostile_text(f"text {number}")
    about = f"round {number}: {'.'.join(map(str, path))} of {name}: {text!a}"
    file = folder / "case.yaml"

    def typed(value: str) -> tuple[Found, list[str]]:
        content = yaml_with(base(name), path, value)
        file.write_bytes(content.encode("utf-8", "surrogatepass"))
        return check_file(file, office_settings(settings)), content.split("\n")

    found, lines = typed(quoted(text, seeded))
    errors = [problem for problem in found.problems if problem.severity is Severity.ERROR]
    if errors:
        assert all(problem.position.line and stands_in(problem.position, file, lines) for problem in errors), about
        return "refused"
    expected = plain(unicodedata.normalize("NFKC", text) if field.type == "id" else text)
    if not expected:
        return "blank"
    harmless = {
        paper.number: paper
        for paper, tree in trees(typed(CANARY)[0].cases[0], field, settings)
        if CANARY in letters(tree)
    }
    printing = [(paper, tree) for paper, tree in trees(found.cases[0], field, settings) if paper.number in harmless]
    for paper, tree in printing:
        assert expected in letters(tree), about
        assert shape_of(paper, settings) == shape_of(harmless[paper.number], settings), about
    for paper, _ in printing[: None if formats == ("docx",) else 1]:
        made = make(paper, kit(settings), issued=TODAY, formats=formats)
        said = expected.translate(CONTROLS)
        assert "docx" not in formats or said in word_says(made.files["docx"]), about
    warned = any(problem.path[: len(path)] == path for problem in found.problems)
    return ("made with a warning" if warned else "made") if printing else "printed by no form"
