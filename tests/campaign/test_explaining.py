"""Every document of every sample is traced: it says what it says untraced, and nothing in it is unaccounted for.

And what explanations tell is held against the truth: a value is changed in its file, all is read and rendered again,
and the lines that say something else must be those that were told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from docgen.checking.checked import Checked
from docgen.definitions.load import load_definitions
from docgen.model.problems import Path as DataPath
from docgen.office.bench import Bench
from docgen.office.explaining import Explained
from docgen.office.run import Office, load_run
from docgen.office.subject import subject
from docgen.paper import Paper, papers
from docgen.sources.cases import read_cases
from tests.office.explain_help import all_paths, changed_file, changed_lines, document, explained, said_in
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


@pytest.mark.campaign("explained documents", full=150, small=2, blocks=True)
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


ONE_CASE = ("short.yaml", "wang.yaml", "en/wang.yaml", "uk/support-desk.yaml", "late-report.yaml")
CHANGED = [
    *((file, "letter") for file in ONE_CASE),
    *((file, "plan") for file in ("short.yaml", "wang.yaml", "en/wang.yaml")),
    *((file, form) for file in ("wang.yaml", "en/wang.yaml") for form in ("monthly", "notes")),
    *((file, "outcome") for file in ("closed/wang.yaml", "closed/wang-en.yaml")),
]
EACH = 24
TOLD_AS_ONE = 3
"""What changes more than one line in so many is told of the document as a whole."""


@pytest.mark.campaign("changed values", full=EACH * len(CHANGED), small=6, blocks=True)
def test_what_a_changed_value_changes_is_told(rounds: Iterable[int], figures: Counter[str], tmp_path: Path) -> None:
    """Every other value is a printed one, the others are any that somebody gave."""
    for number in rounds:
        file, form = CHANGED[number // EACH]
        chance, one = Random(number), document(SAMPLES / file, form)
        every = one.origins.all_given
        given = chance.choice([given for given in every if number % 2 or given.origin.path in one.printed])
        changed = changed_file(given, chance)
        if changed is None:
            figures["no word of a file"] += 1
            continue
        before, after = one.said, said_in(tmp_path, one, *changed)
        if after is None:
            figures["not to be issued"] += 1
            continue
        otherwise, lost = changed_lines(before, after)
        stretches = explained(SAMPLES / file, form)
        told = {each.line for each in stretches if given.origin.path in _paths(each)}
        printed = {each.line for each in stretches if _is(each, given.origin.path)}
        assert printed <= otherwise, (number, given.origin, [before[line] for line in printed - otherwise])
        if len(otherwise) * TOLD_AS_ONE <= len(before):
            assert lost <= told, (number, given.origin, [before[line] for line in lost - told])
        figures["changed"] += 1
        figures["lines"] += len(otherwise)


def _paths(each: Explained) -> set[DataPath]:
    return {path for origin in (*each.origins, *each.decided_by) for path in all_paths(origin)}


def _is(each: Explained, path: DataPath) -> bool:
    """Whether the value stands there as somebody gave it."""
    return each.what == "value" and not each.made and [origin.path for origin in each.origins] == [path]
