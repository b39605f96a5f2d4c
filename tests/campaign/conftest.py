"""A campaign: many seeded rounds of one question, few of them in ``make test``, all in ``make campaign``.

A test marked ``@campaign("name", full=…, small=…)`` is given ``rounds``, the numbers of its rounds, dealt out over
several workers in a full run, and ``figures``, a counter of what came out, which the run prints at its end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

PARTS = 8
"""Into so many tests a campaign is dealt out in a full run, each with every so-manieth round; or with so many in a row,
where neighbours share what is prepared for them (``blocks=True``)."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "campaign(name, full, small, blocks=False): rounds of a campaign, in full and in every test run"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marker = metafunc.definition.get_closest_marker("campaign")
    if marker is None:
        return
    full = bool(metafunc.config.getoption("--campaign"))
    count, parts = (marker.kwargs["full"], PARTS) if full else (marker.kwargs["small"], 1)
    parts = min(parts, count)
    if marker.kwargs.get("blocks"):
        dealt = [range(part * count // parts, (part + 1) * count // parts) for part in range(parts)]
    else:
        dealt = [range(part, count, parts) for part in range(parts)]
    metafunc.parametrize("rounds", dealt, ids=[f"part{index + 1}" for index in range(len(dealt))])


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """What came out, by kind; ``rounds`` is counted here."""
    counted: Counter[str] = Counter()
    yield counted
    marker = request.node.get_closest_marker("campaign")
    counted["rounds"] += len(request.getfixturevalue("rounds"))
    request.node.user_properties.append(("campaign", [marker.args[0], dict(counted)]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a campaign, its parts added up."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for report in terminalreporter.getreports(""):  # of setting up and tearing down
        for name, value in report.user_properties:
            if name == "campaign":
                totals[str(value[0])].update(value[1])
    if totals:
        terminalreporter.section("campaigns")
    for campaign, counted in sorted(totals.items()):
        outcomes = ", ".join(f"{kind} {count:,}" for kind, count in sorted(counted.items()) if kind != "rounds")
        terminalreporter.line(f"{campaign}: {counted['rounds']:,} rounds; {outcomes}")
