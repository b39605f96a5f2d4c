"""How fast the archive is: ``python -m benchmarks.archive [--pages N] [--rounds N]``.

The papers of the samples' team are printed, signed several times and scanned with 200 dpi as JPEG, a little askew and
with grain, until there are enough pages. ``docgen archive add`` takes them in with one worker and with two, start of
the program and all; beside it, pikepdf splits the same files into the same copies, and zxing-cpp, with the formats it
looks for by default and with the one that is needed, looks at the same pictures. Wall time; they take turns; medians.

Then ``docgen archive verify``, without the start of the program, beside ``sha256sum --check`` over the same files, as
signed copies of three sizes.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import BytesIO
from itertools import cycle
from pathlib import Path
from statistics import median

import zxingcpp
from pikepdf import Name, Pdf
from PIL import Image
from rich.console import Console
from rich.table import Table

from docgen.archive.manifest import manifest
from docgen.archive.shelves import ARCHIVE, MANIFEST, archive_in
from docgen.archive.verifying import surveyed, verified
from docgen.model.returned import Copy, CopyPage, KeptFile
from docgen.office.publish import PRIVATE
from docgen.office.returned_lines import returned_entry
from docgen.office.returns import Returns
from docgen.office.store import looked_at, opened
from tests.scans.effects import grained, signed
from tests.scans.office import DAY, issue_team, papers_in
from tests.scans.papers import Paper, picture
from tests.scans.scanner import Shot, scan

PAGES, ROUNDS, DPI = 320, 3, 200
IN_A_FILE = 40
QUALITY, GRAIN = 75, 5
"""Of JPEG, and of the scanner: so many levels of grey."""
WORKERS = (1, 2)
GOAL = 1000
"""Pages a minute, with two workers."""
SIZES = {250_000: 800, 60_000: 2500, 20_000: 5000}
"""Bytes of a signed copy, and how many of them there are."""
VERIFY_GOAL = 0.7
SPLIT, ALL_FORMATS, ONE_FORMAT = (
    "pikepdf: split alone",
    "zxing-cpp alone, its default formats",
    "zxing-cpp alone, QR codes alone",
)
OURS, THEIRS = "docgen", "sha256sum"

Task = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Pile:
    """Scanned files, the JPEG of each page, and which pages make a copy: each a file and a place in it, from 0."""

    files: Sequence[Path]
    pictures: Sequence[bytes]
    copies: Sequence[Sequence[tuple[int, int]]]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pages", type=int, default=PAGES, help="at least so many (default %(default)s)")
    asked.add_argument("--rounds", type=int, default=ROUNDS, help="how often each rival runs (default %(default)s)")
    options = asked.parse_args()
    console = Console(highlight=False, width=110)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        issue_team(folder / "out", max(WORKERS))
        pile = scanned(papers_in(folder / "out"), options.pages, folder / "scans")
        console.print(intake_table(pile, folder, options.rounds))
    with tempfile.TemporaryDirectory() as name:
        console.print(verify_table(Path(name), options.rounds))


def scanned(papers: Sequence[Paper], pages: int, folder: Path) -> Pile:
    """Signed copies of ``papers``, one after another and from the beginning again, ``IN_A_FILE`` pages a file."""
    folder.mkdir()
    seeded = random.Random("bench")
    copies: list[list[tuple[int, int]]] = []
    faces: list[tuple[Paper, int]] = []
    for paper in cycle(papers):
        if len(faces) >= pages:
            break
        copies.append([divmod(len(faces) + at, IN_A_FILE) for at in range(paper.pages)])
        faces += [(paper, page) for page in range(1, paper.pages + 1)]
    files: list[Path] = []
    pictures: list[bytes] = []
    for start in range(0, len(faces), IN_A_FILE):
        shots = [_shot(*face, seeded) for face in faces[start : start + IN_A_FILE]]
        (made,) = scan(shots, "pdf", f"scan-{start:04}")
        files.append(folder / made.name)
        files[-1].write_bytes(made.content)
        pictures += jpegs(made.content)
    return Pile(files, pictures, copies)


def _shot(paper: Paper, page: int, seeded: random.Random) -> Shot:
    found = picture(paper, page, DPI)
    found = signed(found, DPI, seeded) if page == paper.pages else found
    found = found.rotate(seeded.uniform(-0.8, 0.8), Image.Resampling.BILINEAR, fillcolor=255)
    return Shot(grained(found, GRAIN, seeded), (DPI, DPI), QUALITY)


def jpegs(content: bytes) -> Iterator[bytes]:
    """The picture of each page, as it lies in the file."""
    with Pdf.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            (image,) = page.resources[Name.XObject].as_dict().values()
            yield image.read_raw_bytes()


def intake_table(pile: Pile, folder: Path, rounds: int) -> Table:
    pages, size = len(pile.pictures), sum(len(one) for one in pile.pictures)
    tasks: dict[str, Callable[[Path], object]] = {
        f"docgen archive add, {workers} at work": partial(taken_in, pile, folder / "out", workers)
        for workers in WORKERS
    }
    rivals: dict[str, Callable[[Path], object]] = {
        SPLIT: lambda target: split(pile, target),
        ALL_FORMATS: lambda _: read(pile.pictures),
        ONE_FORMAT: lambda _: read(pile.pictures, zxingcpp.BarcodeFormat.QRCodeModel2),
    }
    times = take_turns(tasks | rivals, rounds, folder)
    title = f"{pages} pages, {DPI} dpi, JPEG of {size / pages / 1000:.0f} kB each"
    table = Table(title=title, title_justify="left")
    for head in ("what", "s", "pages a minute", "beside the one above all", "goal", ""):
        table.add_column(head, justify="left" if head in ("what", "goal", "") else "right")
    first = next(iter(times.values()))
    for name, taken in times.items():
        rate = 60 * pages / median(taken)
        beside = median(mine / other for mine, other in zip(first, taken, strict=True))
        goal = f"at least {GOAL:,}" if name == [*tasks][-1] else ""
        verdict = ("reached" if rate >= GOAL else "MISSED") if goal else ""
        table.add_row(name, f"{median(taken):.1f}", f"{rate:,.0f}", f"{beside:.2f} × as fast", goal, verdict)
    return table


def take_turns(tasks: Mapping[str, Callable[[Path], object]], rounds: int, folder: Path) -> dict[str, list[float]]:
    """Seconds of each, round by round, each time with a folder of its own."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds):
        for at, (name, task) in enumerate(tasks.items()):
            own = folder / f"round-{number}-{at}"
            own.mkdir()
            times[name].append(seconds(partial(task, own)))
            shutil.rmtree(own)
    return times


def seconds(task: Task) -> float:
    """Of wall time; what a task returns is how long it took, where it measured itself."""
    start = time.perf_counter()
    measured = task()
    return measured if isinstance(measured, float) else time.perf_counter() - start


def taken_in(pile: Pile, office: Path, workers: int, folder: Path) -> float:
    """The command, from its start to its end, on an archive that is empty yet; all pages must be filed."""
    out = folder / "out"
    shutil.copytree(office, out)
    given = ("archive", "add", *map(str, pile.files), "-o", str(out), "--jobs", str(workers), "--date", DAY.isoformat())
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "docgen", *given], check=True, capture_output=True)
    took = time.perf_counter() - start
    with looked_at(out) as store:
        assert store
        assert [one.is_complete for one in Returns(store.register).copies()] == [True] * len(pile.copies)
    return took


def split(pile: Pile, target: Path) -> None:
    """The same copies, by who knows already which pages belong together, and writes them without further care."""
    sources = [Pdf.open(file) for file in pile.files]
    for number, pages in enumerate(pile.copies):
        with Pdf.new() as copy:
            for file, at in pages:
                copy.pages.append(sources[file].pages[at])
            copy.save(target / f"{number}.pdf")
    for source in sources:
        source.close()


def read(pictures: Sequence[bytes], formats: zxingcpp.BarcodeFormat | None = None) -> None:
    """``formats`` None: those that the library looks for when nothing is said."""
    for one in pictures:
        with Image.open(BytesIO(one)) as image:
            grey = image.convert("L")
        if formats is None:
            zxingcpp.read_barcodes(grey)
        else:
            zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([formats]))


def verify_table(folder: Path, rounds: int) -> Table:
    table = Table(title="docgen archive verify beside sha256sum --check", title_justify="left")
    for head in ("signed copies", "kB each", "docgen, MB/s", "sha256sum, MB/s", "ratio", "goal", ""):
        table.add_column(head, justify="left" if head in ("goal", "") else "right")
    for size, count in SIZES.items():
        out = archive_of(folder / str(size), size, count)
        tasks: dict[str, Callable[[Path], object]] = {
            OURS: partial(is_clean, out),
            THEIRS: partial(summed, out),
        }
        times = take_turns(tasks, 2 * rounds + 1, folder)
        ours, theirs = (size * count / median(times[name]) / 1e6 for name in (OURS, THEIRS))
        ratio = median(their / our for our, their in zip(times[OURS], times[THEIRS], strict=True))
        verdict = "reached" if ratio >= VERIFY_GOAL else "MISSED"
        told = (f"{count:,}", f"{size / 1000:.0f}", f"{ours:,.0f}", f"{theirs:,.0f}", f"{ratio:.2f}")
        table.add_row(*told, f"at least {VERIFY_GOAL}", verdict)
    return table


def archive_of(out: Path, size: int, count: int) -> Path:
    """An archive of so many signed copies of that size, with its record; what they hold is noise."""
    seeded = random.Random(size)
    kept = []
    for at in range(count):
        file, content = f"signed/2026/S{at:05}-202601/S{at:05}-202601-L-r1.s1.pdf", seeded.randbytes(size)
        kept.append(KeptFile(file, sha256(content).hexdigest(), size))
        place = out / ARCHIVE / file
        place.parent.mkdir(parents=True)
        place.write_bytes(content)
    with opened(out, PRIVATE) as store:
        pages = (CopyPage(1, "00000000-1"),)
        store.record(
            returned_entry(Copy(f"S{at:05}-202601-L", 1, 1, file, 1, pages), DAY) for at, file in enumerate(kept)
        )
    (out / ARCHIVE / MANIFEST).write_bytes(manifest(kept))
    return out


def is_clean(out: Path, _: Path) -> None:
    assert not verified(surveyed(out)).faults


def summed(out: Path, _: Path) -> None:
    subprocess.run(["sha256sum", "--check", "--quiet", MANIFEST], cwd=archive_in(out), check=True)


if __name__ == "__main__":
    main()
