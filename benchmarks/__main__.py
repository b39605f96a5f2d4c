"""Print how fast docgen is beside others, each figure with its goal: ``python -m benchmarks [--rounds N]``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from platform import machine, python_version
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.clock import Times, measure, ratio
from benchmarks.plain_pdf import write_plainly
from benchmarks.plain_yaml import build_folder
from benchmarks.rollover import PEOPLE, TO_WORKBOOK, TO_YAML, time_rolling
from benchmarks.rollover import READ_AND_CHECK as CHECKED
from benchmarks.sample import TODAY, Sample, folder_of_cases, load_sample
from benchmarks.stages import ENGINE, PARITY, make_all
from benchmarks.word_rivals import Builder, Filler
from benchmarks.workbooks import BOOK as READ
from benchmarks.workbooks import CHECK as READ_AND_CHECK
from benchmarks.workbooks import PLAIN as OPENPYXL
from benchmarks.workbooks import TAB_ROWS, memory_of_reading, refuse_hostile, time_creating, time_reading
from benchmarks.workbooks import VALUES as CALAMINE
from docgen.checking.validate import Checker
from docgen.cli.app import calm_collector
from docgen.definitions.definition import Definitions
from docgen.generate import render
from docgen.layout.context import Stamp
from docgen.model.document import Document
from docgen.model.identity import content_hash
from docgen.office.run import load_run
from docgen.sources.cases import read_cases
from docgen.writers.comparison import bare
from docgen.writers.outline import said
from docgen.writers.properties import Properties
from docgen.writers.word import write_docx
from docgen.writers.word_read import read_word

ROUNDS = 9
WIDTH = 120
CASES = 1000
LIBRARIES = (
    "weasyprint",
    "python-docx",
    "docxtpl",
    "jinja2",
    "lxml",
    "pypdfium2",
    "PyYAML",
    "openpyxl",
    "python-calamine",
)

OURS, FROM_CASE, DOCXTPL, PYTHON_DOCX = "docgen", "docgen, from the case on", "docxtpl", "python-docx"
PLAIN_PDF = "WeasyPrint used plainly"
CHECK, PLAIN_YAML = "docgen check", "plain lists and mappings"


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison: what was measured, against what, how many times, and what was to be reached."""

    subject: str
    milliseconds: float
    against: str
    other: float
    shown: str
    goal: str = ""
    reached: bool = True


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS, help="how often each rival runs (default %(default)s)")
    options.add_argument("--cases", type=int, default=CASES, help="files in the folder to check (default %(default)s)")
    asked = options.parse_args()
    calm_collector()  # as the command does, for docgen and its rivals alike
    console = Console(highlight=False, width=WIDTH)
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    console.print(f"Python {python_version()} on {machine()}; {versions}; CPU time, medians of {asked.rounds} rounds")
    sample = load_sample()
    stages = measure_stages(sample, asked.rounds)
    lines = [
        *compare_word(sample, asked.rounds),
        *compare_pdf(sample, asked.rounds),
        *compare_share(sample, stages, asked.rounds),
        *compare_check(sample, asked.cases, asked.rounds),
        *compare_workbooks(sample.definitions, asked.rounds),
        *compare_rolling(sample.definitions, asked.rounds),
    ]
    console.print(as_table(lines))
    console.print(memory_table())
    console.print(hostile_table())
    console.print(stage_table(sample, stages))


def compare_word(sample: Sample, rounds: int) -> Iterator[Line]:
    document = _tree(sample)
    properties = _properties(document)
    package = sample.kit.package(document.lang)
    template = Filler(document)
    for rival in (write_docx(document, package, properties), template.fill(), Builder().build(document)):
        # Of the rivals only the text is asked for: both count lists on from one to the next.
        assert said(read_word(rival).body.text) == bare(document.text())
    times = measure(
        {
            OURS: lambda: write_docx(document, package, properties),
            FROM_CASE: lambda: write_docx(_tree(sample), package, properties),
            DOCXTPL: template.fill,
            PYTHON_DOCX: lambda: Builder().build(document),
        },
        rounds,
    )
    yield _faster("Word: docgen's writer", times, OURS, DOCXTPL, 8)
    yield _faster("Word: docgen's writer", times, OURS, PYTHON_DOCX)
    yield _faster("Word: docgen, template and all", times, FROM_CASE, DOCXTPL)


def compare_pdf(sample: Sample, rounds: int) -> Iterator[Line]:
    document = _tree(sample)
    properties = _properties(document)
    templates = sample.kit.templates
    times = measure(
        {
            OURS: lambda: sample.kit.pdf.write(document, properties),
            PLAIN_PDF: lambda: write_plainly(document, templates),
        },
        rounds,
    )
    yield _faster("PDF: docgen's writer", times, OURS, PLAIN_PDF)


def measure_stages(sample: Sample, rounds: int) -> list[dict[str, float]]:
    """Milliseconds of each stage, for all documents of the case, round by round."""
    found: list[dict[str, float]] = []
    measure({"make": lambda: found.append(make_all(sample.kit, sample.papers))}, rounds)
    return found[1:]


def compare_share(sample: Sample, stages: list[dict[str, float]], rounds: int) -> Iterator[Line]:
    checker = Checker(sample.definitions)
    checking = measure({"check": lambda: checker.validate(sample.record, sample.kit.settings, None, TODAY)}, rounds)
    check = median(checking["check"])
    engine = median(one[ENGINE] for one in stages)
    for subject, more in (("Own share, checking left out", 0.0), ("Own share, checking too", check)):
        own = median(sum(one.values()) - one[ENGINE] for one in stages) + more
        share = median((sum(one.values()) - one[ENGINE] + more) / one[ENGINE] for one in stages)
        yield Line(subject, own, "WeasyPrint", engine, f"1/{1 / share:.1f} of it", "at most 1/6", share <= 1 / 6)
    whole = median(sum(one.values()) for one in stages)
    parity = median(one[PARITY] / sum(one.values()) for one in stages)
    spent = median(one[PARITY] for one in stages)
    yield Line("Parity", spent, "the whole documents", whole, f"{parity:.1%} of it", "at most 10 %", parity <= 0.1)


def compare_check(sample: Sample, cases: int, rounds: int) -> Iterator[Line]:
    with folder_of_cases(cases) as folder:
        times = measure(
            {
                CHECK: lambda: load_run(read_cases([folder], sample.definitions), sample.definitions, (), TODAY),
                PLAIN_YAML: lambda: build_folder(folder),
            },
            rounds,
        )
    found = ratio(times, CHECK, PLAIN_YAML)
    ours, plain = median(times[CHECK]), median(times[PLAIN_YAML])
    yield Line(f"Check {cases:,} cases", ours, PLAIN_YAML, plain, f"{found:.1f} × its time", "at most 3 ×", found <= 3)


def compare_workbooks(definitions: Definitions, rounds: int) -> Iterator[Line]:
    cells, times = time_reading(definitions, rounds)
    subject = f"Read and check {cells:,} cells"
    ours, plain = median(times[READ_AND_CHECK]), median(times[OPENPYXL])
    found = ratio(times, READ_AND_CHECK, OPENPYXL)
    yield Line(subject, ours, OPENPYXL, plain, f"{found:.2f} × its time", "at most 1.5 ×", found <= 1.5)
    for other in (OPENPYXL, CALAMINE):
        found = ratio(times, READ, other)
        yield Line("Read them alone", median(times[READ]), other, median(times[other]), f"{found:.2f} × its time")
    took = time_creating(definitions, rounds)
    yield Line(
        f"New workbook, {TAB_ROWS} rows a tab",
        took,
        "a second",
        1000,
        f"{took / 1000:.2f} × it",
        "at most 1 ×",
        took <= 1000,
    )


def compare_rolling(definitions: Definitions, rounds: int) -> Iterator[Line]:
    times = time_rolling(definitions, rounds)
    for task in (TO_YAML, TO_WORKBOOK):
        found = ratio(times, task, CHECKED)
        took, checked = median(times[task]), median(times[CHECKED])
        yield Line(f"{PEOPLE:,} people: {task}", took, CHECKED, checked, f"{found:.1f} × its time")


def memory_table() -> Table:
    table = Table(title="Memory of reading a workbook", title_justify="left")
    table.add_column("cells", justify="right")
    table.add_column("bytes a cell, at most", justify="right")
    for cells, size in memory_of_reading():
        table.add_row(f"{cells:,}", f"{size:,.0f}")
    return table


def hostile_table() -> Table:
    table = Table(title="Hostile workbooks: at most 5 s and 500 MB each", title_justify="left")
    for head in ("file", "s", "MB", "", "what is said"):
        table.add_column(head, justify="right" if head in ("s", "MB") else "left")
    for one in refuse_hostile():
        verdict = "reached" if one.seconds < 5 and one.megabytes < 500 else "MISSED"
        table.add_row(one.name, f"{one.seconds:.1f}", f"{one.megabytes:,.0f}", verdict, one.told)
    return table


def as_table(lines: list[Line]) -> Table:
    table = Table(title="docgen beside others", title_justify="left")
    for head in ("what", "ms", "beside", "ms ", "ratio", "goal", ""):
        table.add_column(head, justify="right" if head.strip() == "ms" else "left")
    for line in lines:
        verdict = ("reached" if line.reached else "MISSED") if line.goal else ""
        table.add_row(
            line.subject,
            f"{line.milliseconds:,.1f}",
            line.against,
            f"{line.other:,.1f}",
            line.shown,
            line.goal,
            verdict,
        )
    return table


def stage_table(sample: Sample, stages: list[dict[str, float]]) -> Table:
    count = len(sample.papers)
    table = Table(title=f"Where the time goes: the {count} documents of the longest case", title_justify="left")
    table.add_column("stage")
    table.add_column("ms a document", justify="right")
    table.add_column("share", justify="right")
    shares = {name: median(one[name] / sum(one.values()) for one in stages) for name in stages[0]}
    for name in sorted(shares, key=lambda name: -shares[name]):
        table.add_row(name, f"{median(one[name] for one in stages) / count:,.1f}", f"{shares[name]:.1%}")
    return table


def _faster(subject: str, times: Times, ours: str, other: str, goal: float = 0) -> Line:
    found = ratio(times, other, ours)
    return Line(
        subject, median(times[ours]), other, median(times[other]), f"{found:.1f} × as fast",
        f"at least {goal:g} ×" if goal else "", found >= goal,
    )  # fmt: skip


def _tree(sample: Sample) -> Document:
    return render(sample.dense, sample.kit, Stamp(sample.dense.number, 1, TODAY), "final")


def _properties(document: Document) -> Properties:
    return Properties(
        title=document.title, author="", created=TODAY, identifier=content_hash(document), language=document.lang
    )


if __name__ == "__main__":
    main()
