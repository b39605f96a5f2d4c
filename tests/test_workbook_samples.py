"""The team as workbooks of every kind gives the cases and the documents that team.yaml gives."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.definitions.results import Fault
from docgen.generate import make
from docgen.kit import Kit
from docgen.layout.sets import load_set
from docgen.model.problems import Problem, Severity
from docgen.office.run import load_run
from docgen.paper import Format, Paper, papers
from docgen.sources.cases import read_cases
from tests.sample_help import exact

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
TODAY = date(2026, 6, 30)
XLSX = ("team-table-zh.xlsx", "team-table-en.xlsx", "team-card-zh.xlsx", "team-card-en.xlsx", "team-libreoffice.xlsx")
WORKBOOKS = (*XLSX, "team.ods", "team-csv", "team-csv-gb18030")


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


@cache
def documents(path: Path) -> tuple[tuple[Paper, Kit], ...]:
    definitions = load_definitions()
    run = load_run(read_cases([path], definitions), definitions, (), TODAY)
    assert [str(one.position) for one in run.all_problems if one.severity is Severity.ERROR] == []
    kit = Kit(definitions, run.cases[0][1].settings, load_set())
    return tuple((paper, kit) for checked, _ in run.cases for paper in papers(checked, definitions))


def file_hash(paper: Paper, kit: Kit, kind: Format) -> str:
    return sha256(make(paper, kit, issued=TODAY, formats=(kind,)).files[kind]).hexdigest()


def content(paper: Paper, kit: Kit) -> Any:
    """All that a document is made of, each value with its type."""
    return paper.number, paper.form.name, exact(paper.case.values), exact(paper.row), exact(kit.settings)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_of_the_team_gives_the_documents_of_its_yaml(name: str) -> None:
    expected, found = documents(SAMPLES / "team.yaml"), documents(SAMPLES / "workbooks" / name)
    assert len(expected) == 35
    assert [content(*one) for one in found] == [content(*one) for one in expected]


@pytest.mark.usefixtures("drawn_once")
@pytest.mark.parametrize(("index", "name"), list(enumerate(WORKBOOKS)))
def test_a_workbook_of_the_team_gives_the_word_files_of_its_yaml(index: int, name: str) -> None:
    """Each workbook a few that no other is asked for: all it gives are made of the same values anyway."""
    expected, found = documents(SAMPLES / "team.yaml"), documents(SAMPLES / "workbooks" / name)
    for one, other in list(zip(expected, found, strict=True))[index :: 2 * len(WORKBOOKS)]:
        assert file_hash(*other, "docx") == file_hash(*one, "docx"), one[0].number


@pytest.mark.usefixtures("drawn_once")
def test_a_workbook_of_the_team_gives_the_pdf_of_its_yaml() -> None:
    one, other = documents(SAMPLES / "team.yaml")[0], documents(SAMPLES / "workbooks" / "team-card-zh.xlsx")[0]
    assert file_hash(*other, "pdf") == file_hash(*one, "pdf")


FAULTY = SAMPLES / "workbooks" / "faulty-team.xlsx"


def found_in(path: Path, definitions: Definitions) -> list[Problem]:
    return list(load_run(read_cases([path], definitions), definitions, (), TODAY).all_problems)


def test_the_faulty_workbook_has_exactly_its_problems_each_at_its_cell(
    definitions: Definitions, update_golden: bool
) -> None:
    file = FAULTY.with_suffix(".expected.json")
    found = sorted([one.code, one.position.cell, one.message.zh] for one in found_in(FAULTY, definitions))
    if update_golden:
        lines = ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in found)
        file.write_text(f"[\n{lines}\n]\n", "utf-8")
    assert found == json.loads(file.read_text("utf-8")), "make golden, if it is wanted"


def test_the_same_mistakes_in_yaml_have_the_same_codes(definitions: Definitions, tmp_path: Path) -> None:
    """But for what no text can be (an error, a formula never calculated), and rows that are nobody's."""
    records = read_cases([FAULTY], definitions).records
    texts = [texts_of(record.data) for record in records]
    (tmp_path / "docgen.yaml").write_bytes((SAMPLES / "docgen.yaml").read_bytes())
    twin = tmp_path / "twin.yaml"
    twin.write_text(yaml.safe_dump(texts, allow_unicode=True), "utf-8")
    in_cells, in_yaml = (load_run(read_cases([path], definitions), definitions, (), TODAY) for path in (FAULTY, twin))
    compared = 0
    for record, text, (cells, _), (lines, _) in zip(records, texts, in_cells.cases, in_yaml.cases, strict=True):
        if text == record.data and not record.problems:
            assert told(cells.problems) == told(lines.problems)
            compared += len(cells.problems)
    assert compared > 20


def texts_of(data: Any) -> Any:
    """``data`` without what could not be read."""
    if isinstance(data, Mapping):
        return {name: texts_of(value) for name, value in data.items() if not isinstance(value, Fault)}
    return [texts_of(one) for one in data] if isinstance(data, list) else data


def told(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return sorted((one.code, ".".join(map(str, one.path))) for one in problems)
