"""``docgen new``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli.app import app


def test_a_new_file_is_written_and_the_next_step_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["new", str(tmp_path / "case.yaml"), "--language", "en"])
    assert result.exit_code == 0 and result.stdout == ""
    assert "docgen check" in result.stderr
    assert (tmp_path / "case.yaml").read_text("utf-8").startswith("# A case for docgen.")


def test_a_new_file_in_chinese(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["new", str(tmp_path / "case.yaml"), "--language", "zh"])
    assert (tmp_path / "case.yaml").read_text("utf-8").startswith("# docgen 个案文件。")


def test_a_file_that_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("mine", "utf-8")
    result = CliRunner().invoke(app, ["new", str(tmp_path / "case.yaml")])
    assert result.exit_code == 2
    assert (tmp_path / "case.yaml").read_text("utf-8") == "mine"


def test_a_dash_writes_to_the_terminal() -> None:
    result = CliRunner().invoke(app, ["new", "-", "--language", "en"])
    assert result.stdout.startswith("# A case for docgen.")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["case.xlsx"], ".yaml"), (["case.yaml", "--forms", "leter"], "did you mean 'letter'?")],
)
def test_what_can_not_be_done_is_told(tmp_path: Path, arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(app, ["--language", "en", "new", str(tmp_path / arguments[0]), *arguments[1:]])
    assert result.exit_code == 2 and told in result.stderr
    assert not list(tmp_path.iterdir())
