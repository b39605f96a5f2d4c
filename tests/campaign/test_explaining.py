"""Every document of every sample is traced: it says what it says untraced, and nothing in it is unaccounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from docgen.checking.checked import Checked
from docgen.definitions.load import load_definitions
from docgen.office.bench import Bench
from docgen.office.explaining import subject
from docgen.office.run import Office, load_run
from docgen.paper import Paper, papers
from docgen.sources.cases import read_cases
from tests.sample_help import TODAY

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FILES = (
    *("team.yaml", "wang.yaml", "late-report.yaml", "short.yaml", "en/wang.yaml", "uk/support-desk.yaml"),
    *("workbooks/team-table-zh.xlsx", "workbooks/team-card-en.xlsx", "month/team-2026-04-card.xlsx"),
    *("year/start.yaml", "faulty/missing-required.yaml"),
)
BENCH = Bench(load_definitions())


def documents() -> Iterator[tuple[Checked, Office, Paper]]:
    for file in FILES:
        reading = read_cases([SAMPLES / file], BENCH.definitions)
        run = load_run(reading, BENCH.definitions, (), TODAY, handwrite=True)
        for checked, office in run.cases:
            for paper in papers(checked, run.definitions):
                yield checked, office, paper


@pytest.mark.campaign("explained documents", full=150, small=2)
def test_every_document_of_every_sample_is_accounted_for(rounds: Iterable[int], figures: Counter[str]) -> None:
    wanted = set(rounds)
    for number, (checked, office, paper) in enumerate(islice(documents(), max(wanted) + 1)):
        if number not in wanted:
            continue
        one = subject(BENCH, checked, office, paper.form.name, paper.path, TODAY)
        assert ["".join(line.text.split()) for line in one.lines] == ["".join(text.split()) for text in one.said]
        for line in one.lines:
            for stretch in line.stretches:
                paths = stretch.value.paths if stretch.value else ()
                assert one.places(line, stretch, paths[0] if paths else ()), (paper.number, stretch)
                for origin in map(one.origins.of, paths):
                    assert origin.position or origin.kind in ("derived", "register"), (paper.number, origin)
                    figures[origin.kind] += 1
                figures["fixed"] += not paths
        figures["documents"] += 1
