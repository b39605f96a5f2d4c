"""Make the sample workbooks anew from team.yaml, and April from March: ``make samples``.

Whoever changes team.yaml, March or the layout of workbooks runs this; tests hold the files to one another. LibreOffice
saves two of them again.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from docgen.sources.books import read_book
from docgen.sources.grid import Book

SAMPLES = Path(__file__).parent
TEAM = SAMPLES / "team.yaml"
WORKBOOKS = SAMPLES / "workbooks"
LAYOUTS = ("table", "card")
LANGUAGES = ("zh", "en")
OFFICE = "soffice"
SAVED_AGAIN = (("team-card-zh.xlsx", "xlsx", "team-libreoffice.xlsx"), ("team-table-zh.xlsx", "ods", "team.ods"))
MARCH = SAMPLES / "month" / "team-2026-03.yaml"
MONTH, DAY = "2026-04", "2026-04-01"
CSV_FOLDERS = {"team-csv": "utf-8-sig", "team-csv-gb18030": "gb18030"}


def main() -> None:
    for layout in LAYOUTS:
        for language in LANGUAGES:
            file = WORKBOOKS / f"team-{layout}-{language}.xlsx"
            file.unlink(missing_ok=True)
            rows = ("--rows", "60") if layout == "table" else ()
            run("docgen", "new", file, "--layout", layout, "--language", language, "--from", TEAM, *rows)
    book = read_book(WORKBOOKS / "team-table-zh.xlsx")
    assert isinstance(book, Book)
    for folder, encoding in CSV_FOLDERS.items():
        write_csv(book, WORKBOOKS / folder, encoding)
    for source, suffix, name in SAVED_AGAIN:
        save_again(WORKBOOKS / source, suffix, WORKBOOKS / name)
    make_months()


def make_months() -> None:
    """March as workbooks of both layouts, and the April of each: all in Chinese, as March is."""
    sources = [MARCH]
    for layout in LAYOUTS:
        file = MARCH.with_name(f"{MARCH.stem}-{layout}.xlsx")
        file.unlink(missing_ok=True)
        rows = ("--rows", "60") if layout == "table" else ()
        run("docgen", "new", file, "--layout", layout, "--language", "zh", "--from", MARCH, *rows)
        sources.append(file)
    for source in sources:
        roll_over(source, MARCH.parent)


def roll_over(source: Path, folder: Path) -> None:
    """April from March; that one case is past its end is told, and wanted.

    Each apart: where another file has prepared the next cycle of a case already, it is not prepared once more.
    """
    with tempfile.TemporaryDirectory() as apart:
        file = Path(apart) / source.name.replace(MARCH.stem.removeprefix("team-"), MONTH)
        asked = ("--month", MONTH, "-o", file, "--date", DAY, "--language", "zh")
        run("docgen", "rollover", source, *asked, fine=(0, 1))
        shutil.copytree(apart, folder, dirs_exist_ok=True)


def write_csv(book: Book, folder: Path, encoding: str) -> None:
    """Each tab as a file, as "save as CSV" makes it: with the keys and all, without what is not read."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for tab in book.tabs:
        with (folder / f"{tab.name}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file)
            for number in range(1, max(tab.rows, default=0) + 1):
                writer.writerow(["" if cell is None else str(cell) for cell in tab.rows.get(number, ())])


def save_again(source: Path, suffix: str, target: Path) -> None:
    """``source`` as LibreOffice saves it."""
    if shutil.which(OFFICE) is None:
        print(f"{target.name}: left as it is; LibreOffice is not installed", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        run(OFFICE, profile, "--headless", "--convert-to", suffix, "--outdir", folder, source)
        shutil.copyfile(Path(folder) / f"{source.stem}.{suffix}", target)


def run(command: str, *arguments: str | Path, fine: Collection[int] = (0,)) -> None:
    """The command of this environment, else of the machine; ``fine``: the exit codes that are expected."""
    own = Path(sys.executable).with_name(command)
    done = subprocess.run([own if own.exists() else command, *arguments], check=False, stdout=subprocess.DEVNULL)
    if done.returncode not in fine:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    main()
