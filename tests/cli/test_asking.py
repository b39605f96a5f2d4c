"""The reason of revisions: given, asked for on a terminal, or missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli import asking
from docgen.cli.app import app
from docgen.errors import UsageError
from docgen.office.ledger import Ledger
from tests.cli.conftest import ENGLISH, SAMPLES

Docgen = Callable[..., Result]
CASE = "S1024-202601"
LETTERS = ("-o", "made", "--forms", "letter,plan", "--formats", "docx")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose letter and plan were issued, and would say something else now."""
    folder = tmp_path_factory.mktemp("office")
    text = (SAMPLES / "wang.yaml").read_text("utf-8")
    (folder / "case.yaml").write_text(text, "utf-8")
    shutil.copy(SAMPLES / "docgen.yaml", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        made = CliRunner(env=ENGLISH).invoke(app, ["generate", "case.yaml", *LETTERS], catch_exceptions=False)
    assert made.exit_code == 0, made.output
    (folder / "case.yaml").write_text(text.replace("产品知识测试成绩", "产品知识考试成绩"), "utf-8")
    return folder


@pytest.fixture
def issued(office: Path, docgen: Docgen, tmp_path: Path) -> Path:
    """That case in a copy of its office, which is the working folder."""
    shutil.copytree(office, tmp_path, dirs_exist_ok=True)
    return tmp_path / "case.yaml"


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command with somebody at the terminal who types ``answer``."""
    monkeypatch.setattr(asking, "can_ask", lambda: True)

    def run(answer: str, *arguments: str | Path) -> Result:
        return CliRunner(env=ENGLISH).invoke(app, [*map(str, arguments)], input=answer, catch_exceptions=False)

    return run


def reasons(tmp_path: Path) -> list[str]:
    """Those of the revisions on record."""
    entries = Ledger(tmp_path / "made").read().entries
    return [one.details["reason"] for one in entries if one.event == "issued" and one.details["revision"] > 1]


def test_the_reason_is_asked_once_and_all_that_changed_is_issued_with_it(
    issued: Path, answering: Callable[..., Result], tmp_path: Path
) -> None:
    result = answering("  the test was \t renamed \n", "generate", issued, *LETTERS)
    assert result.exit_code == 0
    assert f"2 documents say something else now than when they were issued: {CASE}-L, {CASE}-P. Reason" in result.stderr
    assert result.stderr.count("Reason") == 1 and "not made" not in result.stderr
    assert [Path(line).name for line in result.stdout.splitlines()] == [f"{CASE}-L-r2.docx", f"{CASE}-P-r2.docx"]
    assert "Documents: 2 = 2 made, each read back and compared\n" in result.stderr
    assert reasons(tmp_path) == ["the test was renamed"] * 2


@pytest.mark.parametrize("answer", ["\n", ""])
def test_without_an_answer_all_stays_as_it_is(
    answer: str, issued: Path, answering: Callable[..., Result], tmp_path: Path
) -> None:
    result = answering(answer, "generate", issued, *LETTERS)
    assert (result.exit_code, result.stdout, reasons(tmp_path)) == (1, "", [])
    assert f"{CASE}-L: not made: it no longer says what revision 1" in result.stderr
    assert "Documents: 2 = 2 refused" in result.stderr


def test_a_reason_that_can_not_be_printed_is_asked_for_again(
    issued: Path, answering: Callable[..., Result], tmp_path: Path
) -> None:
    result = answering("a\x07b\n" + "x" * 400 + "\nrenamed\n", "generate", issued, *LETTERS)
    assert "U+0007, which can't be printed" in result.stderr and "longer than 300 characters" in result.stderr
    assert reasons(tmp_path) == ["renamed"] * 2


@pytest.mark.parametrize("option", ["--json", "--dry-run", "--draft"])
def test_programs_trials_and_drafts_are_not_asked(
    option: str, issued: Path, answering: Callable[..., Result], tmp_path: Path
) -> None:
    result = answering("why\n", "generate", issued, *LETTERS, option)
    assert "Reason" not in result.stderr and reasons(tmp_path) == []


@pytest.mark.parametrize(
    ("options", "revised"),
    [(("--reissue",), ["L", "P"]), (("--revise", f"{CASE}-P"), ["L", "P"])],
)
def test_what_needs_a_reason_asks_for_it_before_anything_is_made(
    options: tuple[str, ...], revised: list[str], issued: Path, answering: Callable[..., Result], tmp_path: Path
) -> None:
    result = answering("renamed\n", "generate", issued, *LETTERS, *options)
    assert result.exit_code == 0 and result.stderr.startswith("Reason of the new revisions")
    assert [Path(line).name for line in result.stdout.splitlines()] == [f"{CASE}-{one}-r2.docx" for one in revised]


@pytest.mark.parametrize("options", [("--reissue",), ("--revise", f"{CASE}-P"), ("--reissue", "--reason", " ")])
def test_without_a_terminal_what_needs_a_reason_is_refused(
    options: tuple[str, ...], issued: Path, docgen: Docgen, tmp_path: Path
) -> None:
    before = Ledger(tmp_path / "made").read()
    result = docgen("generate", issued, *LETTERS, *options)
    assert result.exit_code == 2 and "add --reason TEXT" in result.stderr
    assert Ledger(tmp_path / "made").read() == before


@pytest.mark.parametrize(
    ("number", "told"),
    [(f"{CASE}-M-2026-22", "did you mean"), ("nothing like it", "no document of this run has that number")],
)
def test_what_is_to_be_revised_must_be_among_the_documents(
    number: str, told: str, docgen: Docgen, samples: Path, tmp_path: Path
) -> None:
    result = docgen("generate", samples / "wang.yaml", "--revise", number, "--reason", "x")
    assert result.exit_code == 2 and f"--revise {number}" in result.stderr and told in result.stderr
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("reason", ["a\x1bb", "a\u202eb", "二楼\U000f0000室", "x" * 301])
def test_a_reason_that_no_document_can_print_is_refused(reason: str, docgen: Docgen, samples: Path) -> None:
    with pytest.raises(UsageError):
        asking.fit(reason)
    assert docgen("generate", samples / "wang.yaml", "--reason", reason).exit_code == 2


def test_of_many_numbers_the_first_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(question: str, _: str) -> str:
        asked.append(question)
        return ""

    monkeypatch.setattr(asking, "_asked", ask)
    asking.of_changed(["A"], "en")
    asking.of_changed([*"ABCDEFG"], "zh")
    assert asked[0].startswith("A document says something else now than when it was issued: A. ")
    assert asked[1].startswith("7 份文档的内容与签发时不同：A、B、C、D、E等。")
