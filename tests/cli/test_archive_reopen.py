"""``docgen archive reopen``."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from tests.archive.queue_help import LETTER, MARK, PLAN, Back, Page, agrees, events, files_in, office, pile
from tests.cli.conftest import Docgen

OUT = Path("out")
SECOND = f"{MARK}-2"
EVERYBODY = "employee,supervisor,department_head,hr"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan is back, and both copies of the letter; a page waits."""
    out = office(tmp_path_factory.mktemp("archive") / "out")
    letters = [Back(LETTER, {1: 5, 2: 6}, 2), Back(LETTER, {1: 7, 2: 8}, 2, 2)]
    pile(out, [Page(4)], [Back(PLAN, {1: 1, 2: 2, 3: 3}), *letters], {"scan.pdf": 8})
    return out


@pytest.fixture
def archive(docgen: Docgen, made: Path) -> Docgen:
    shutil.copytree(made, OUT)

    def run(*arguments: str | Path) -> Result:
        return docgen("archive", *arguments)

    return run


def test_a_page_goes_back_is_listed_and_can_be_filed_again(archive: Docgen) -> None:
    archive("confirm", PLAN, "--signed-by", EVERYBODY)
    result = archive("reopen", PLAN, "--page", 2, "--why", "of  another person")
    assert result.exit_code == 0 and result.stderr == "" and agrees(OUT)
    first, second = result.stdout.splitlines()
    assert first.startswith(
        f"{SECOND}: waits for a person again (of another person); it was page 2 of copy 1 of {PLAN}"
    )
    assert second.endswith("no longer counts; once it is whole, look at it and confirm it again.")
    listed = json.loads(archive("queue", "--json").stdout)["waiting"]
    assert [(one["leaf"], one["why"]) for one in listed] == [(SECOND, "reopened"), (f"{MARK}-4", "no_code")]
    assert "put back here (of another person); before that it was page 2 of copy 1" in listed[0]["message"]
    assert Path(listed[0]["picture"]).read_bytes().startswith(b"\x89PNG")
    (plan,) = (one for one in json.loads(archive("status", "--json").stdout)["papers"] if one["number"] == PLAN)
    assert (plan["state"], plan["back"]["missing"], plan["confirmed_on"]) == ("incomplete", [2], None)
    refused = archive("confirm", PLAN, "--signed-by", EVERYBODY)
    assert refused.exit_code == 2 and "pages of copy 1 of revision 1 are missing (2)" in refused.stderr
    assert archive("file", SECOND, PLAN, "--page", "2").exit_code == 0
    assert "confirmed: " in archive("confirm", PLAN, "--signed-by", EVERYBODY).stdout
    verified = archive("verify")
    assert verified.exit_code == 0, verified.stdout


def test_it_is_told_in_chinese(archive: Docgen) -> None:
    result = archive("reopen", SECOND, "--why", "归错了文件", "--language", "zh")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first == f"{SECOND}：已退回待处理（归错了文件）；此前归为 {PLAN} 第1版签署件1的第2页。"
    assert second.startswith(f"{PLAN} 第1版签署件1：现缺第2页：out/archive/incomplete/") and second.endswith("。")
    assert "由人工退回（归错了文件）；此前归为" in archive("queue", "--language", "zh").stdout


def test_a_page_that_does_not_wait_names_the_command_that_puts_it_back(archive: Docgen) -> None:
    told = archive("dismiss", SECOND, "--why", "x").stderr
    line = told.rpartition("queue: ")[2].strip().replace("TEXT", "wrong")
    _, *typed = shlex.split(line)
    assert archive(*typed[1:]).stdout.startswith(f"{SECOND}: waits for a person again (wrong)")


@pytest.mark.parametrize("line", [(SECOND,), (LETTER, "--copy", "1"), (PLAN, "--revision", "1", "--page", "3")])
def test_a_dry_run_tells_and_changes_nothing(line: tuple[str, ...], archive: Docgen) -> None:
    before, files = events(OUT), files_in(OUT)
    result = archive("reopen", *line, "--why", "wrong", "--dry-run")
    assert result.exit_code == 0 and all(one.startswith("Would be recorded: ") for one in result.stdout.splitlines())
    assert (events(OUT), files_in(OUT)) == (before, files)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ((SECOND,), "--why is missing"),
        (("--why", "x"), "PAGE|NUMBER... is missing"),
        ((SECOND, "--why", " "), "--why is empty"),
        ((f"{MARK}-4", "--why", "x"), "waits for a person already"),
        ((LETTER, "--why", "x"), "say which with --revision and --copy"),
        ((PLAN, "--page", "0", "--why", "x"), "--page 0: write a whole number"),
        ((SECOND, "--page", "1", "--why", "x"), "name one paper, and nothing else"),
        ((SECOND, "--why", "x", "-o", "nowhere"), "nothing is on record there"),
    ],
)
def test_what_can_not_be_put_back_is_told_with_the_cure(line: tuple[str, ...], told: str, archive: Docgen) -> None:
    before = events(OUT)
    result = archive("reopen", *line)
    assert result.exit_code == 2 and told in result.stderr, result.stderr
    assert events(OUT) == before
