"""Whatever single thing goes wrong with an office's folder is found by verifying, and named; a sound one raises
nothing."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from docgen.archive.filing import opened_archive
from docgen.archive.verifying import Sample, surveyed, verified
from docgen.office.index import INDEX
from docgen.office.publish import PRIVATE
from tests.archive.kept_help import issue, kept_archive, sort, take_in
from tests.archive.verify_help import finish
from tests.campaign.harm import HARMS, Place


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with an archive, as it was once."""
    return kept_archive(tmp_path_factory.mktemp("before") / "out")


@pytest.fixture(scope="module")
def office(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same today: a copy was completed, another pile came in."""
    out = shutil.copytree(before, tmp_path_factory.mktemp("office") / "out")
    finish(out)
    with opened_archive(out, PRIVATE) as store:
        issued = [issue(store, f"S{at}-202602-L") for at in (1, 2)]
        sort(store, take_in(store, "more.pdf", 4), issued)
    return out


@pytest.mark.campaign("single corruptions of an archive", full=500, small=50)
def test_a_corruption_is_found_and_named(
    rounds: range, figures: Counter[str], before: Path, office: Path, tmp_path: Path
) -> None:
    kinds = list(HARMS)
    for number in rounds:
        kind = kinds[number % len(kinds)]
        out = shutil.copytree(office, tmp_path / f"out{number}")
        expected = HARMS[kind](Place(out, before, random.Random(f"harm {number}")))
        faults = verified(surveyed(out, anchor=expected.anchor)).faults
        found = {(one.kind, one.path) for one in faults}
        assert expected.faults <= found, f"round {number}, {kind}: {found}"
        assert not expected.only or found == expected.faults, f"round {number}, {kind}: {found}"
        lines = {one.line for one in faults if (one.kind, one.path) in expected.faults}
        assert not expected.lines or expected.lines & lines, f"round {number}, {kind}: {lines}, not {expected.lines}"
        figures[kind] += 1
        shutil.rmtree(out)


@pytest.mark.campaign("sound archives", full=50, small=5)
def test_a_sound_archive_raises_nothing(
    rounds: range, figures: Counter[str], before: Path, office: Path, tmp_path: Path
) -> None:
    """Whatever it holds, with an older register, with what file managers leave, all of it or a share."""
    for number in rounds:
        seeded = random.Random(f"sound {number}")
        out = shutil.copytree(seeded.choice((before, office)), tmp_path / f"out{number}")
        with opened_archive(out, PRIVATE) as store:
            for at in range(seeded.randrange(4)):
                name = f"signed/{seeded.choice(NAMES)}{at}.pdf"
                pile = take_in(store, name, seeded.randint(2, 8))
                numbers = [f"S{one}-20270{at + 1}-L" for one in range(seeded.randint(1, pile.pages // 2))]
                sort(store, pile, [issue(store, one) for one in numbers])
        kind = seeded.choice(("as it is", "older register", "litter"))
        if kind == "older register":
            shutil.copy(before / INDEX, out / INDEX)
        elif kind == "litter":
            (out / "archive/signed/.DS_Store").write_bytes(b"x")
        parts = seeded.choice((1, 1, 3, 30))
        found = verified(surveyed(out, Sample(seeded.randint(1, parts), parts)))
        assert not found.faults, f"round {number}, {kind}: {found.faults}"
        assert {one.kind for one in found.remarks} == ({"litter"} if kind == "litter" else set())
        figures[kind] += 1
        shutil.rmtree(out)


NAMES = ("scan", "王敏的扫描件", "a b", "x" * 200, "~$tmp", "CON", "é", "a.b")
