"""``docgen archive confirm``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docgen.office.ledger import Ledger
from tests.archive.queue_help import LETTER, MONTHLY, SHORT, Back, Page, events, office, pile
from tests.cli.conftest import Docgen

OUT = Path("out")
ALL = ("--signed-by", "employee,supervisor", "--signed-by", "department_head, hr=commented")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the letter a page is missing, all else is whole."""
    out = office(tmp_path_factory.mktemp("archive") / "out")
    pile(out, [Page(4)], [Back(SHORT, {1: 1}), Back(MONTHLY, {1: 2}), Back(LETTER, {1: 3}, 2)])
    return out


@pytest.fixture
def archive(docgen: Docgen, made: Path) -> Docgen:
    shutil.copytree(made, OUT)
    return lambda *arguments: docgen("archive", "confirm", *arguments)


def test_that_signatures_were_seen_is_told_and_recorded(archive: Docgen) -> None:
    result = archive(SHORT, *ALL, "--agreed", "yes", "--note", "on every page")
    assert result.exit_code == 0 and result.stderr == ""
    assert "Employee signed, HR witness signed with a comment. Ticked: agrees." in result.stdout
    (*_, last) = Ledger(OUT).read().entries
    assert (last.event, last.details["agreed"], last.details["note"]) == ("confirmed", "yes", "on every page")
    assert "confirmed already" in archive(SHORT, *ALL, "--agreed", "yes", "--note", "on every page").stdout


def test_it_is_told_in_chinese(archive: Docgen) -> None:
    result = archive(MONTHLY, "--signed-by", "员工=拒签：李某，主管", "--language", "zh")
    assert result.exit_code == 0
    assert result.stdout == f"{MONTHLY} 第1版签署件1：已确认：员工拒绝签字（见证人：李某）、主管已签字。\n"


def test_a_dry_run_records_nothing(archive: Docgen) -> None:
    before = events(OUT)
    result = archive(SHORT, *ALL, "--dry-run")
    assert result.exit_code == 0 and result.stdout.startswith(f"Would be recorded: {SHORT}") and events(OUT) == before


def test_further_signers_of_the_settings_are_known(archive: Docgen) -> None:
    Path("docgen.yaml").write_text("extra_signers:\n- {role: Works council, forms: [letter]}\n", "utf-8")
    assert "nothing is said yet of: Works council." in archive(SHORT, *ALL).stdout
    result = archive(SHORT, *ALL, "--signed-by", "works council")
    assert "Works council signed" in result.stdout and "nothing is said" not in result.stdout


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ((SHORT,), "--signed-by is missing"),
        ((SHORT, "--signed-by", " , "), "--signed-by is empty"),
        ((SHORT, "--signed-by", "interviewer"), "nobody of that name signs"),
        ((SHORT, *ALL, "--agreed", "perhaps"), "--agreed perhaps: E2-1-L has no such box; write one of: yes (agrees)"),
        ((MONTHLY, "--signed-by", "employee", "--agreed", "yes"), "no boxes to tick"),
        ((LETTER, *ALL), "pages of copy 1 of revision 2 are missing (2)"),
        (("E1-1-M-2026-02", *ALL), "did you mean"),
        (("E1-1-P", *ALL), "docgen archive add FILE"),
    ],
)
def test_what_can_not_be_confirmed_is_told_with_the_cure(line: tuple[str, ...], told: str, archive: Docgen) -> None:
    before = events(OUT)
    result = archive(*line)
    assert result.exit_code == 2 and told in result.stderr, result.stderr
    assert events(OUT) == before
