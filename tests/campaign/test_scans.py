"""Piles of scans, taken in by the very command: no page is ever filed wrongly, hardly any needs a person, nothing that
was scanned changes, and every page is accounted for."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.app import app
from tests.scans.comparing import compare
from tests.scans.laying import FLAVOURS, Side, lay
from tests.scans.office import issue_plain, issue_team, papers_in
from tests.scans.papers import Paper
from tests.scans.piles import Pile, pile

DAY = ("--date", "2026-03-20")
IN_A_PILE = 10
PLAIN, PLAIN_BESIDES = 60, 60
"""Papers of every test run, and those beside the team's in a campaign."""
SHORT = (10, 5, 1, 1)
"""How many papers of every test run have one page, two, three and four."""
TEAM = ("C0412", "J0236", "P0588", "S0987", "S1101")
"""Those of the samples' team whose papers are in the piles of a campaign."""
DPIS, ALL_DPIS = (100, 150, 150, 150), (100, 150, 150, 200, 200, 300)
WITHOUT_STRANGERS = 9
"""A pile of one paper, as a stranger is made of two."""
ENOUGH, ENOUGH_OF_A_PART = 0.99, 0.96
"""The share of pages that need no person. A part of a campaign has a hundred and some, of which one paper of four pages
may wait; over all parts it is more than 0.99, as the figures at the end tell."""


@pytest.fixture(scope="module")
def is_full(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--campaign"))


@pytest.fixture(scope="module")
def office(is_full: bool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with papers on record: plain ones, in a campaign also some of the samples' team as they are made."""
    out = tmp_path_factory.mktemp("office") / "out"
    if is_full:
        issue_team(out, 1, TEAM)
        issue_plain(out, PLAIN_BESIDES)
    else:
        issue_plain(out, PLAIN, SHORT)
    return out


def docgen(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def take_in(made: Pile, folder: Path, out: Path) -> None:
    """As an office does: the scanner puts its files into a folder, and the folder is added."""
    folder.mkdir()
    for file in made.files:
        (folder / file.name).write_bytes(file.content)
    result = docgen("archive", "add", folder, "-o", out, *DAY, "--jobs", "1")
    assert result.exit_code in (0, 1), result.output
    assert [(folder / file.name).read_bytes() for file in made.files] == [file.content for file in made.files]


def scanned(papers: list[Paper], rounds: range, dpis: tuple[int, ...], use: Callable[[Pile], None]) -> list[Pile]:
    """The piles of these rounds, each of papers of its own, and with what was lost from the one before."""
    made: list[Pile] = []
    lost: tuple[Side, ...] = ()
    for at, number in enumerate(rounds):
        made.append(pile(number, papers[at * IN_A_PILE :][:IN_A_PILE], dpis, lost))
        lost = tuple(made[-1].later)
        use(made[-1])
    return made


@pytest.mark.campaign("piles of scans", full=50, small=6)
def test_piles_file_themselves_and_no_page_goes_wrong(
    rounds: range, figures: Counter[str], office: Path, is_full: bool, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(office, out)
    papers = papers_in(out)
    random.Random(rounds.start).shuffle(papers)
    folders = iter(tmp_path / f"scan {number}" for number in rounds)
    piles = scanned(papers, rounds, ALL_DPIS if is_full else DPIS, lambda made: take_in(made, next(folders), out))
    found = compare(out, piles)
    figures.update(found.figures)
    figures["documents"] += len(rounds) * IN_A_PILE
    assert not found.wrong
    assert found.share >= (ENOUGH_OF_A_PART if is_full else ENOUGH), found.figures
    result = docgen("archive", "verify", out)
    assert result.exit_code == 0, result.output
    mistaken = [replace(one, truths=[*one.truths[1:], one.truths[0]]) for one in piles]
    assert compare(out, mistaken).wrong, "the comparison finds nothing, whatever the truth is"


def test_the_same_number_and_papers_give_the_same_pile(tmp_path: Path) -> None:
    papers = issue_plain(tmp_path / "out", 2)
    first, again = (pile(WITHOUT_STRANGERS, papers[:1], (100,)) for _ in range(2))
    assert [one.content for one in first.files] == [one.content for one in again.files]
    assert first.truths == again.truths
    for number in range(len(FLAVOURS)):
        assert lay(number, papers) == lay(number, papers)
