"""Play the year of one person: roll over to each month, type what a supervisor types, make the documents.

    python samples/year/play.py out/year

``start.yaml`` is the case in January, ``typed.yaml`` all that is typed in twelve months. What stands in ``OUT`` after
that: a case file for each month, ``papers/`` with every document, ``told.txt`` with what each roll-over told.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
START, TYPED = HERE / "start.yaml", HERE / "typed.yaml"
SETTINGS = HERE.parent / "docgen.yaml"

Row = dict[str, Any]
Command = Callable[[Sequence[str]], str]
"""Runs docgen with these arguments and gives what it printed."""


@dataclass(frozen=True, slots=True)
class Played:
    """A month: its case file with the plan filled in and nothing else, the same at the end of the month, what the
    roll-over told, and how many cells were typed."""

    month: str
    planned: Path
    ended: Path
    told: str
    cells: int


def play(out: Path, docgen: Command) -> Iterator[Played]:
    """Play month after month; the case files lie in ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    (out / SETTINGS.name).write_bytes(SETTINGS.read_bytes())
    before = START
    for month, typed in load(TYPED).items():
        planned, ended = out / f"{month}-plan.yaml", out / f"{month}.yaml"
        for old in (planned, ended):
            old.unlink(missing_ok=True)
        told = docgen(["rollover", str(before), "--month", month, "-o", str(planned)])
        case = load(planned)
        cells = fill_plan(case, typed["plan"])
        save(case, planned)
        cells += fill_end(case, typed["end"])
        save(case, ended)
        yield Played(month, planned, ended, told, cells)
        before = ended


def fill_plan(case: Row, typed: Row) -> int:
    """Complete the proposed measures in their order, add further ones; returns how many cells were typed."""
    measures = case["months"][0].setdefault("measures", [])
    fills = typed.get("fill", [])
    assert len(fills) == len(measures), f"{len(measures)} measures are proposed, {len(fills)} are filled in: {measures}"
    for measure, fill in zip(measures, fills, strict=True):
        measure |= {} if fill == "null" else fill
    kept = [measure for measure, fill in zip(measures, fills, strict=True) if fill != "null"]
    case["months"][0]["measures"] = [*kept, *typed.get("add", [])]
    fills = [fill for fill in fills if fill != "null"]
    fields = {name: value for name, value in typed.items() if name not in ("fill", "add")}
    case["months"][0] |= fields
    return cells_of([*fills, *typed.get("add", []), fields])


def fill_end(case: Row, typed: Row) -> int:
    """What is known when the month has ended: figures, causes, how the measures stand, the talk."""
    month = case["months"][0]
    month |= {name: typed[name] for name in ("absent",) if name in typed}
    by_target = {row["target_ref"]: row for row in month["indicators"]}
    for target, row in typed.get("indicators", {}).items():
        by_target[target] |= row
    month["differences"] = typed.get("differences", [])
    for measure, status in zip(month.get("measures", []), typed.get("measures", []), strict=True):
        measure |= status
    if talk := typed.get("talk"):
        case["interviews"][-1] |= talk
    for late, figures in typed.get("late", {}).items():
        rows = next(row for row in case["months"] if row["month"] == late)["indicators"]
        for row in rows:
            row |= figures.get(row["target_ref"], {})
    return cells_of([*typed.get("indicators", {}).values(), *month["differences"], *typed.get("measures", [])])


def cells_of(rows: Sequence[Row]) -> int:
    return sum(len(row) for row in rows)


def blanks_left_out(row: Any) -> Any:
    """A row without what was left blank."""
    if isinstance(row, list):
        return [blanks_left_out(one) for one in row]
    if not isinstance(row, dict):
        return row
    return {name: kept for name, of in row.items() if (kept := blanks_left_out(of)) not in ("", [], {}, "null")}


def load(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), yaml.BaseLoader)


def save(case: Row, file: Path) -> None:
    file.write_text(yaml.safe_dump(case, allow_unicode=True, sort_keys=False, width=120), "utf-8")


def run(arguments: Sequence[str]) -> str:
    """docgen of this environment; what is wrong with a case is part of the story, a crash is none."""
    command = Path(sys.executable).with_name("docgen")
    done = subprocess.run([command, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return done.stdout + done.stderr


def main() -> None:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out/year")
    lines = []
    last = START
    for played in play(out, run):
        print(f"{played.month}: {played.cells} cells typed")
        lines += [f"── {played.month}", played.told]
        last = played.ended
    (out / "told.txt").write_text("\n".join(lines), "utf-8")
    print(run(["generate", str(last), "-o", str(out / "papers")]))
    print(run(["rollover", str(last), "--month", "2027-01", "-o", str(out / "2027-01.yaml")]))


if __name__ == "__main__":
    main()
