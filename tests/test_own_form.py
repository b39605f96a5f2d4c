"""A sixth form, exactly as docs/own-form.md tells it: from its files alone to workbook, checks, papers and archive."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from docgen.cli.app import app
from docgen.company import Company
from docgen.definitions.load import load_definitions
from docgen.office.register import lives_in
from docgen.proofs.canary import unlike_declared
from docgen.proofs.proving import Proofs
from docgen.proofs.reviewing import review
from docgen.proofs.trial import Trial
from docgen.writers.pdf_text import sheets
from docgen.writers.word_read import read_word

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "own-form.md"
BLOCK = re.compile(r"`((?:forms|templates)/[a-z.]+)`[^`]*(?:`[^`\n]+`[^`]*)*?\n\n```[a-z]+\n(.*?)\n```", re.DOTALL)
SETTINGS = "company_name: {en: Example Ltd, zh: 示例公司}\ndefault_language: en\nout: out\n"
ROW = {
    "case.employee_no": "S1",
    "case.employee_name": "Alex Morgan",
    "case.department": "Sales",
    "case.position": "Sales representative",
    "case.supervisor_name": "Kim Reed",
    "case.supervisor_no": "S9",
    "case.period_start": "2026-01-05",
    "support.item": "Product training",
    "support.held_on": "2026-02-13",
    "support.hours": "many",
}
CHINESE = """case: {employee_no: S2, employee_name: 王某, department: 销售部, position: 销售代表, supervisor_name: 李某,
  supervisor_no: S9, period_start: 2026-01-05, language: zh}
support:
- {item: 产品培训, held_on: 2026-02-13, hours: 3.5, training_result: 合格, provided_by: 罗某}
- {item: 选型表, type: tool}
"""
Run = Callable[..., Result]


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A company whose forms and templates are the blocks of the guide."""
    found = dict(BLOCK.findall(GUIDE.read_text("utf-8")))
    assert [*found] == [
        *("forms/case.yaml", "forms/training.yaml", "templates/training.html"),
        *("templates/wording.en.yaml", "templates/wording.zh.yaml"),
    ]
    for name, text in {**found, "docgen.yaml": SETTINGS}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def docgen(company: Path) -> Run:
    def run(*arguments: str) -> Result:
        return CliRunner(env={"LANG": "en_US.UTF-8"}).invoke(app, arguments, catch_exceptions=False)

    return run


def fill(file: Path, values: dict[str, str]) -> str:
    """Type ``values`` into the first rows of a workbook in tables; the place of the hours."""
    book, place = load_workbook(file), ""
    for sheet in book.worksheets:
        row = sheet.max_row + 1
        for cell in sheet[1]:
            if cell.value in values:
                sheet.cell(row, cell.column, values[str(cell.value)])
                place = f"{sheet.title}!{cell.coordinate[:-1]}{row}" if cell.value == "support.hours" else place
    book.save(file)
    return place


def test_templates_check_finds_nothing_in_it(company: Path) -> None:
    seen = review(Company(company))
    assert seen.kit and seen.findings == ()
    proofs, form = Proofs(seen.kit, seen.shelf), seen.kit.definitions.forms["training"]
    for trial in (Trial(form, "empty", "en"), Trial(form, "empty", "en", mode="draft")):
        assert [*proofs.tried(trial)] == []
    assert [*unlike_declared(form, seen.kit, seen.shelf)] == []


def test_the_sixth_form_goes_the_whole_way_without_python(company: Path, docgen: Run) -> None:
    assert docgen("new", "team.xlsx", "--forms", "training", "--layout", "table").exit_code == 0
    place = fill(company / "team.xlsx", ROW)
    wrong = docgen("check", "team.xlsx", "--forms", "training")
    assert wrong.exit_code == 1 and f"team.xlsx › {place}: error E103" in wrong.stdout
    assert "Hours" in wrong.stdout and "1 error" in wrong.stdout

    book = load_workbook("team.xlsx")
    tab, _, cell = place.partition("!")
    book[tab][cell] = 3.5
    book.save("team.xlsx")
    (company / "zh.yaml").write_text(CHINESE, "utf-8")
    for file in ("team.xlsx", "zh.yaml"):  # one case at a time needs no workers
        made = docgen("generate", file, "--forms", "training")
        assert made.exit_code == 0, made.output

    for number, words in (
        ("S1-202601-T", ("Training Record", "Example Ltd", "Alex Morgan took part", "13 February 2026", "3.5")),
        ("S2-202601-T", ("培训记录", "示例公司", "王某已参加", "2026年2月13日", "合格", "3.5")),
    ):
        (pdf,), (docx,) = (list(Path("out").rglob(f"{number}-r1.{kind}")) for kind in ("pdf", "docx"))
        printed = "".join(piece.text for sheet in sheets(pdf.read_bytes()) for piece in sheet.pieces)
        written = read_word(docx.read_bytes()).body.text
        for word in (*words, number):
            assert "".join(word.split()) in "".join(printed.split())
        assert "".join(words[2].split()) in "".join(written.split())
        assert "选型表" not in printed, "only what was held"

    owed = json.loads(docgen("archive", "status", "--json").stdout)
    assert {"S1-202601-T", "S2-202601-T"} <= set(re.findall(r"S[12]-202601-T", json.dumps(owed)))
    packed = json.loads(docgen("pack", "--dry-run", "--json").stdout)["packs"]
    assert {one["number"] for pack in packed for one in pack["documents"]} == {"S1-202601-T", "S2-202601-T"}
    assert docgen("close", "S2", "--outcome", "withdrawn", "--why", "x").exit_code == 0
    lives, _ = lives_in(Path("out"))
    assert lives["S2-202601"].outcome == "withdrawn"


def test_it_is_known_wherever_forms_are_named(company: Path, docgen: Run) -> None:
    definitions = load_definitions((company / "forms",))
    assert [*definitions.forms] == ["letter", "plan", "monthly", "notes", "outcome", "training"]
    assert definitions.lists["form"].choices["training"].zh == "培训记录"
    assert docgen("forms", "training").exit_code == 0 and "held_on" in docgen("schema").stdout
    assert docgen("blank", "training").exit_code == 0 and list(Path("out").rglob("*training*.pdf"))
    told = docgen("check", "zh.yaml", "--forms", "trainin")
    assert told.exit_code == 2 and "training" in told.stderr


def test_its_own_rule_is_put(company: Path, docgen: Run) -> None:
    late = CHINESE.replace("period_start: 2026-01-05", "period_start: 2026-01-05, period_end: 2026-02-01")
    (company / "zh.yaml").write_text(late, "utf-8")
    assert "W901" in docgen("check", "zh.yaml", "--forms", "training").stdout
    (company / "zh.yaml").write_text(late.replace("2026-02-01", "2026-06-30"), "utf-8")
    assert "W901" not in docgen("check", "zh.yaml", "--forms", "training").stdout


def test_the_cases_of_a_company_without_it_are_as_before(company: Path, docgen: Run) -> None:
    assert "training" not in load_definitions().forms and "held_on" not in load_definitions().sheets["support"].fields
