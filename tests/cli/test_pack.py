"""``docgen pack``."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from pikepdf import Pdf

from docgen.cli.app import app
from docgen.office.ledger import Entry
from docgen.office.publish import PRIVATE
from docgen.office.store import opened
from tests.office.pack_help import kept_covers, on_record, paper, without_engine

__all__ = ["kept_covers"]
pytestmark = pytest.mark.usefixtures("kept_covers")

Docgen = Callable[..., Result]
DAY = ("--date", "2026-03-05")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    on_record(
        tmp_path / "out",
        [
            paper("E1-1-L"),
            paper("E1-1-M-2026-01", "monthly", month="2026-01"),
            paper("E2-1-L", supervisor_no="S2", supervisor_name="Kim", department="Stores"),
        ],
    )
    return tmp_path / "out"


def test_packs_are_made_and_their_paths_told(docgen: Docgen, out: Path) -> None:
    result = docgen("pack", *DAY)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == ["out/packs/2026-03-05/S1-Lee.pdf", "out/packs/2026-03-05/S2-Kim.pdf"]
    assert result.stderr == "Packs: 2 = 2 made; documents: 3, pages: 14, sheets: 7\n"


def test_what_is_to_be_packed_can_be_chosen(docgen: Docgen, out: Path) -> None:
    result = docgen(
        "pack", "out", "--by", "department", "--forms", "letter", "--only", "E2", "--copies", 1, "-o", "here"
    )
    assert result.stdout.splitlines() == ["here/Stores.pdf"]
    assert "documents: 1, pages: 2, sheets: 1" in result.stderr
    assert docgen("pack", "--month", "2026-01", "-o", "month").stdout.splitlines() == ["month/S1-Lee.pdf"]


def test_a_folder_without_a_ledger_is_told_and_left_alone(docgen: Docgen, tmp_path: Path) -> None:
    result = docgen("pack", "nowhere")
    assert result.exit_code == 2 and "there is no ledger here" in result.stderr
    assert not (tmp_path / "nowhere").exists()


def test_nothing_to_print_is_told(docgen: Docgen, out: Path) -> None:
    for language in ("en", "zh"):
        result = docgen("pack", "--since", "2027-01-01", "--language", language)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("out") and "--since" in result.stderr and result.stderr.count("\n") == 1
    assert not (out / "packs").exists()


@pytest.mark.parametrize("options", [(), ("--only", "S1"), ("--dry-run",)])
def test_where_nothing_was_issued_yet_that_is_told(docgen: Docgen, tmp_path: Path, options: tuple[str, ...]) -> None:
    on_record(tmp_path / "out", [])
    with opened(tmp_path / "out", PRIVATE) as store:
        store.ledger.append([Entry("sent", date(2026, 3, 2), {"id": "one"})])
    for language, told in (("en", "nothing has been issued there yet"), ("zh", "尚未签发任何文档")):
        result = docgen("pack", *options, "--language", language)
        assert (result.exit_code, result.stdout) == (1, "")
        assert told in result.stderr and "docgen generate" in result.stderr and "--forms" not in result.stderr


def test_a_dry_run_lists_what_would_be_packed_and_writes_nothing(docgen: Docgen, out: Path) -> None:
    (out / "E2/E2-1-L-r1.pdf").unlink()
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    result = docgen("pack", *DAY, "--dry-run")
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert [(line[0], line[5], line[10]) for line in lines[1:]] == [
        ("S1-Lee.pdf", "E1-1-L", "3"),
        ("S1-Lee.pdf", "E1-1-M-2026-01", "1"),
    ]
    assert result.exit_code == 1 and "S2-Kim: not made: out/E2/E2-1-L-r1.pdf is gone" in result.stderr
    assert "Packs: 2 = 1 would be made + 1 not made" in result.stderr
    for more in (("--json",), ("--zip",), ("--zip", "--password", "secret")):
        told = docgen("pack", *DAY, "--dry-run", *more)
        assert told.exit_code == 1 and "PDF/A" not in told.stderr
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_a_dry_run_tells_programs_where_packs_would_lie(docgen: Docgen, out: Path) -> None:
    first, second = json.loads(docgen("pack", *DAY, "--dry-run", "--json").stdout)["packs"]
    assert (first["state"], first["file"]) == ("planned", "out/packs/2026-03-05/S1-Lee.pdf")
    assert second["state"] == "planned" and not (out / "packs").exists()


def test_a_dry_run_tells_too_where_a_pack_would_lie_on_another_file(docgen: Docgen, out: Path, tmp_path: Path) -> None:
    (tmp_path / "S2-Kim.pdf").write_text("mine", "utf-8")
    result = docgen("pack", "--dry-run", "-o", ".")
    assert result.exit_code == 2 and "S2-Kim.pdf" in result.stderr


def test_a_changed_file_keeps_its_pack_back(docgen: Docgen, out: Path) -> None:
    (out / "E1/E1-1-L-r1.pdf").write_bytes(b"%PDF")
    result = docgen("pack", *DAY)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["out/packs/2026-03-05/S2-Kim.pdf"]
    assert "S1-Lee: not made: out/E1/E1-1-L-r1.pdf was changed after it was issued" in result.stderr
    assert "--revise E1-1-L --reason" in result.stderr and "1 not made, as a document is missing" in result.stderr


def test_programs_learn_what_went_into_which_pack(docgen: Docgen, out: Path, tmp_path: Path) -> None:
    result = docgen("pack", *DAY, "--json", "--xlsx", "list.xlsx")
    first, _ = json.loads(result.stdout)["packs"]
    assert first["file"] == "out/packs/2026-03-05/S1-Lee.pdf" and first["state"] == "made"
    assert [(one["number"], one["copies"], one["sheets"]) for one in first["documents"]] == [
        ("E1-1-L", 3, 3),
        ("E1-1-M-2026-01", 1, 1),
    ]
    sheet = load_workbook(tmp_path / "list.xlsx").active
    assert sheet is not None and sheet.max_row == 1 + 3
    assert [sheet.cell(2, at).value for at in (1, 4, 6)] == ["S1-Lee.pdf", "Name E1", "E1-1-L"]


def test_one_zip_is_told_once(docgen: Docgen, out: Path) -> None:
    assert docgen("pack", *DAY, "--zip").stdout.splitlines() == ["out/packs/2026-03-05/packs-2026-03-05.zip"]


def test_a_password_is_asked_for_twice(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["pack", "--password", "-", "-o", "made", "--only", "E2", "--language", "zh"]
    result = CliRunner().invoke(app, arguments, input="secret\nsecret\n", catch_exceptions=False)
    assert result.exit_code == 0 and "不符合 PDF/A" in result.stderr and "请再次输入" in result.stderr
    with Pdf.open(tmp_path / "made/S2-Kim.pdf", password="secret") as pdf:
        assert len(pdf.pages) == 2 + 3 * 2


@pytest.mark.parametrize(("given", "told"), [("", "--password is empty"), ("x" * 128, "longer than 127 bytes")])
def test_a_password_that_protects_nothing_or_would_be_cut_is_refused(
    docgen: Docgen, out: Path, given: str, told: str
) -> None:
    result = docgen("pack", "--password", given)
    assert result.exit_code == 2 and told in result.stderr
    assert not (out / "packs").exists()


def test_the_month_of_a_plan_and_of_a_talk_is_on_record(
    docgen: Docgen, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_engine(monkeypatch)
    docgen("generate", samples / "wang.yaml", "--formats", "pdf", "--forms", "monthly,notes", "-o", "out")
    packs = json.loads(docgen("pack", "out", "--month", "2026-02", "--json").stdout)["packs"]
    assert [one["number"] for one in packs[0]["documents"]] == ["S1024-202601-M-2026-02", "S1024-202601-N-2"]
