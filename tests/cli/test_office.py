"""The folder of an office is named as an argument or with ``-o``, whichever a person is used to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.kept_help import kept_archive
from tests.cli.conftest import Docgen

COMMANDS = (("status",), ("archive", "queue"), ("archive", "status"), ("archive", "verify"), ("archive", "anchor"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_archive(tmp_path_factory.mktemp("kept") / "papers")


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_an_option_names_it_as_well_as_an_argument(docgen: Docgen, kept: Path, name: tuple[str, ...]) -> None:
    told = docgen(*name, kept)
    assert told.exit_code == 0
    assert (again := docgen(*name, "-o", kept)).output == told.output and again.exit_code == 0


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_two_folders_are_refused(docgen: Docgen, kept: Path, name: tuple[str, ...]) -> None:
    result = docgen(*name, kept, "-o", kept / "other")
    assert result.exit_code == 2 and "OUT is named twice" in result.stderr


@pytest.mark.parametrize("name", COMMANDS[1:], ids=" ".join)
def test_where_nothing_is_on_record_the_command_itself_is_named(docgen: Docgen, name: tuple[str, ...]) -> None:
    result = docgen(*name)
    assert (
        result.exit_code == 2 and f"name the folder of the documents, as docgen {' '.join(name)} OUT" in result.stderr
    )


def test_a_command_that_is_told_names_the_folder_as_it_was_named(docgen: Docgen, kept: Path) -> None:
    assert f"docgen archive status -o {kept}\n" in docgen("status", kept).stderr
