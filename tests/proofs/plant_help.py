"""A company's folder with faults planted in its copies of shipped files, and where each must be found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from docgen.company import Company
from docgen.proofs.finding import Finding
from docgen.resources import shipped


@dataclass(frozen=True)
class Plant:
    """``new`` stands where ``old`` stood in the company's copy of ``file``, or is all of it; ``says``: words found.

    ``mark``: what stands in the line that the finding must name, where that isn't the first line of ``new``.
    """

    file: str
    old: str
    new: str
    says: str
    mark: str = ""
    elsewhere: str = ""
    """The file that must be named, where it is another (the mark stands in it)."""


def company(folder: Path, plants: Iterable[Plant], settings: str = "company_name: Example Trading Ltd\n") -> Company:
    """A company whose files have all of ``plants``."""
    (folder / "docgen.yaml").write_text(settings, "utf-8")
    for plant in plants:
        path = folder / plant.file
        path.parent.mkdir(exist_ok=True)
        if not plant.old:  # of wording and theme, a company's file holds only what differs
            path.write_text(plant.new, "utf-8")
            continue
        if not path.exists():
            kind = path.parent.name
            origin = shipped(kind) / ("standard" if kind == "templates" else "") / path.name
            path.write_bytes(origin.read_bytes())
        text = path.read_text("utf-8")
        assert text.count(plant.old) >= 1, plant
        path.write_text(text.replace(plant.old, plant.new, 1), "utf-8")
    return Company(folder)


def expected(company: Company, plant: Plant) -> tuple[str, int]:
    """The file and line that a finding of ``plant`` must name."""
    assert company.folder
    name = plant.elsewhere or plant.file
    path = company.folder / name if not name.startswith("standard/") else shipped("templates") / name
    mark = plant.mark or next(line for line in plant.new.splitlines() if line.strip())
    lines = path.read_text("utf-8").splitlines()
    return name, next(number for number, line in enumerate(lines, 1) if mark in line)


def missed(company: Company, plants: Iterable[Plant], findings: Iterable[Finding]) -> str:
    """The plants that no finding names at their line, and the findings that name no plant, a line each."""
    left = list(findings)
    unfound: list[tuple[object, str]] = []
    for plant in plants:
        place = expected(company, plant)
        hits = [
            one
            for one in left
            if (one.file, one.line) == place and plant.says.casefold() in f"{one.message.en} {one.fix.en}".casefold()
        ]
        if not hits:
            unfound.append((place, plant.says))
        left = [one for one in left if one not in hits]
    return "\n".join([f"missed: {one}" for one in unfound] + [f"unplanted: {one.told('en')}" for one in left])
