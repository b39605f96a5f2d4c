"""How fast a whole batch is: ``python -m benchmarks.batches [--people N] [--rounds N]``; with ``--write FOLDER`` only
the cases are written, for ``docgen generate FOLDER``.

Half of the people are the longest sample, half the one in which only what must be typed is typed; each has all forms,
as Word and as PDF. docgen with one worker and with two takes turns with docxtpl and LibreOffice: a template filled for
each document, converted fifty at a time; and with Typst, which makes the PDFs alone. Wall time, since several processes
work; medians.

Then a second run in which nothing has changed, beside checking the same files and rendering their trees; and the memory
that is a worker's own (USS), from document 200 on.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from shutil import which
from statistics import median
from threading import Event, Thread

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.sample import NAME, SETTINGS, TODAY, case_text
from benchmarks.typst_rival import typst_data, typst_pdfs
from benchmarks.word_rivals import Filler
from docgen.definitions.load import load_definitions
from docgen.generate import render
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.sets import load_set
from docgen.model.document import Document
from docgen.office.batch import Batch
from docgen.office.crew import Alone, Pool
from docgen.office.outcome import Order
from docgen.office.run import Run, load_run
from docgen.office.staffing import crew_for
from docgen.paper import papers
from docgen.sources.cases import read_cases

SHORT, SHORT_NO, LONG_NO = Path(__file__).parent.parent / "samples" / "short.yaml", "K0371", "J0236"
PEOPLE, ROUNDS = 100, 3
DOCUMENTS, MEASURED_FROM, WINDOW = 2000, 200, 50
EVERY = 0.2
"""Seconds between two looks at memory."""
WORKERS = (1, 2)
A_CALL = 50
"""Files that LibreOffice gets to convert at a time: of hundreds it leaves some out, and says nothing."""
SECOND, TREES = "a second run, unchanged, 1 worker", "reading, checking, rendering"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=PEOPLE)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--documents", type=int, default=DOCUMENTS, help="of which memory is measured; 0: none")
    asked.add_argument("--write", type=Path, help="write the cases there, and measure nothing")
    options = asked.parse_args()
    if options.write:
        write_cases(options.people, options.write)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = run_of(options.people, folder / "cases")
        made = len(Batch(run, Order(TODAY)).papers())
        tasks: dict[str, Callable[[Path], object]] = {f"docgen, {n}": partial(ours, run, n) for n in WORKERS}
        documents = documents_of(run)
        if which("soffice"):
            fillers = [Filler(document) for document in documents]
            tasks |= {f"docxtpl + LibreOffice, {n}": partial(theirs, fillers, n) for n in WORKERS}
        if find_spec("typst"):
            data = [typst_data(document) for document in documents]
            tasks |= {f"Typst, PDF alone, {n}": partial(by_typst, data, n) for n in WORKERS}
        times = take_turns(tasks, options.rounds, folder)
        show(times, made)
        again = take_turns({SECOND: partial(second_run, folder), TREES: partial(trees, folder)}, options.rounds, folder)
        beside = median(one / other for one, other in zip(again[SECOND], again[TREES], strict=True))
        print(f"{SECOND}: {median(again[SECOND]):.1f} s; {TREES}: {median(again[TREES]):.1f} s; {beside:.2f} ×")
        for number, memory in memories(options.documents, folder / "memory") if options.documents else ():
            least, middle, most = (size / 2**20 for size in (memory[0], median(memory), memory[-1]))
            print(f"about document {number}: {least:.0f} MB between documents, median {middle:.0f}, at most {most:.0f}")


def run_of(people: int, folder: Path) -> Run:
    """The cases in a folder of their own, read and checked."""
    write_cases(people, folder)
    return checked(folder)


def write_cases(people: int, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / SETTINGS.name).write_bytes(SETTINGS.read_bytes())
    texts = ((case_text(LONG_NO), LONG_NO), (SHORT.read_text("utf-8"), SHORT_NO))
    for index in range(people):
        text, number = texts[index % 2]
        text = NAME.sub(rf"\g<0>{chr(0x4E00 + index)}", text.replace(number, f"B{index:05}"), count=1)
        (folder / f"{index:05}.yaml").write_text(text, "utf-8")


def checked(folder: Path) -> Run:
    definitions = load_definitions()
    return load_run(read_cases([folder], definitions), definitions, (), TODAY)


def ours(run: Run, workers: int, folder: Path) -> None:
    """What ``docgen generate`` does with checked cases, ledger and all."""
    outcomes = list(Batch(run, Order(TODAY, out=folder), crew_for(run, workers)).outcomes())
    assert all(outcome.state == "made" for outcome in outcomes)


def documents_of(run: Run) -> list[Document]:
    """The tree of each document. The rivals' templates and data are made of it; how long that takes is not counted."""
    kit = Kit(run.definitions, run.cases[0][1].settings, load_set())
    every = [paper for checked, _ in run.cases for paper in papers(checked, run.definitions)]
    return [render(paper, kit, Stamp(paper.number, 1, TODAY), "final") for paper in every]


def theirs(fillers: Sequence[Filler], processes: int, folder: Path) -> None:
    with ProcessPoolExecutor(processes) as pool:
        list(
            pool.map(
                filled_and_converted,
                [fillers[at::processes] for at in range(processes)],
                range(processes),
                [folder] * processes,
            )
        )


def filled_and_converted(fillers: Sequence[Filler], number: int, folder: Path) -> None:
    folder = folder / str(number)
    folder.mkdir(parents=True)
    for index, filler in enumerate(fillers):
        (folder / f"{index}.docx").write_bytes(filler.fill())
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = sorted(map(str, folder.glob("*.docx")))
    for start in range(0, len(files), A_CALL):
        some = files[start : start + A_CALL]
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *some]
        subprocess.run(command, check=True, capture_output=True)
    assert len(list(folder.glob("*.pdf"))) == len(files)


def by_typst(every: Sequence[str], processes: int, folder: Path) -> None:
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=single_threaded) as pool:
        parts = [every[at::processes] for at in range(processes)]
        list(pool.map(compiled, parts, [folder / str(number) for number in range(processes)]))


def single_threaded() -> None:
    os.environ["RAYON_NUM_THREADS"] = "1"  # equal cores: Typst would take them all for one document


def compiled(every: Sequence[str], folder: Path) -> None:
    folder.mkdir(parents=True)
    for index, pdf in enumerate(typst_pdfs(every)):
        (folder / f"{index}.pdf").write_bytes(pdf)


def take_turns(tasks: dict[str, Callable[[Path], object]], rounds: int, folder: Path) -> dict[str, list[float]]:
    """Seconds of each, round by round."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds):
        for at, (name, task) in enumerate(tasks.items()):
            start = time.perf_counter()
            task(folder / f"{number}-{at}")
            times[name].append(time.perf_counter() - start)
    return times


def second_run(folder: Path, _: Path) -> None:
    """The command again, over what the first round has issued."""
    outcomes = list(Batch(checked(folder / "cases"), Order(TODAY, out=folder / "0-0"), Alone()).outcomes())
    assert all(outcome.state == "unchanged" for outcome in outcomes)


def trees(folder: Path, _: Path) -> None:
    run = checked(folder / "cases")
    kit = Kit(run.definitions, run.cases[0][1].settings, load_set())
    for case, _office in run.cases:
        for paper in papers(case, run.definitions):
            render(paper, kit, Stamp(paper.number, 1, TODAY), "final")


def memories(documents: int, folder: Path) -> Iterator[tuple[int, list[int]]]:
    """Documents made, and the bytes that were a worker's own at moments of the last ``WINDOW``, least first.

    All are of different people and made by the same workers: none is replaced on the way.
    """
    run = run_of(documents // 5, folder / "cases")  # of a long case come six documents, of a short one four
    crew = crew_for(run, WORKERS[-1])
    assert isinstance(crew, Pool)
    batch = Batch(run, Order(TODAY, out=folder / "out"), replace(crew, recycled=10**9))
    seen: list[int] = []
    over = Event()
    Thread(target=watch, args=(seen, over), daemon=True).start()
    for made, _outcome in enumerate(batch.outcomes(), start=1):
        if made in (MEASURED_FROM - WINDOW, documents - WINDOW):
            seen.clear()
        if made in (MEASURED_FROM, documents):
            yield made, sorted(seen)
    over.set()


def watch(seen: list[int], over: Event) -> None:
    while not over.wait(EVERY):
        with suppress(psutil.Error):
            seen += [one.memory_full_info().uss for one in psutil.Process().children()]


def show(times: dict[str, list[float]], documents: int) -> None:
    table = Table(title=f"{documents} documents, each as Word and PDF")
    for head in ("who, with so many processes", "s", "documents a minute", "beside docgen, 1"):
        table.add_column(head, justify="left" if head.startswith("who") else "right")
    first = times["docgen, 1"]
    for name, taken in times.items():
        beside = median(mine / other for mine, other in zip(first, taken, strict=True))
        table.add_row(name, f"{median(taken):.1f}", f"{60 * documents / median(taken):.0f}", f"{beside:.2f} × as fast")
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
