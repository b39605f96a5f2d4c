"""What is printed together: the documents that count, as a pack for each supervisor or department, in signing order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal

from docgen.definitions.naming import spelling
from docgen.errors import UsageError
from docgen.model.case import Month
from docgen.model.identity import folded, paper_id, safe_name
from docgen.model.issued import Issued
from docgen.model.problems import Words

By = Literal["supervisor", "department"]
OLDER = "letter"
"""The form that said how many copies there are of it, before the ledger kept that."""
MOST_SHEETS = 500
"""A ream of paper: a pack of more is parted between two people, so that it can be carried, and fits into memory."""
NOBODY: Mapping[By, Words] = {
    "supervisor": Words("no supervisor", "无主管"),
    "department": Words("no department", "无部门"),
}
NOT_THERE = Words("--only: no document on record is of {name!r}{near}", "--only：登记的文档中没有“{name}”{near}")
NEAREST = Words("; did you mean {near!r}?", "，是否指“{near}”？")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be printed, and how.

    ``month``: only its plans and the notes of its talks; ``only``: cases or people, by number; ``since``: issued on
    that day or later. ``duplex``: on both sides; ``copies``: of each document, None: those that the letter promises.
    """

    by: By = "supervisor"
    forms: tuple[str, ...] = ()
    month: Month | None = None
    only: tuple[str, ...] = ()
    since: date | None = None
    duplex: bool = True
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A document in a pack, and how often it stands there."""

    issued: Issued
    copies: int
    duplex: bool

    @property
    def pages(self) -> int:
        """Of one copy."""
        file = self.issued.files.get("pdf")
        return file.pages if file else 0

    @property
    def sheets(self) -> int:
        """Of all copies."""
        return self.copies * sheets(self.pages, self.duplex)


@dataclass(frozen=True, slots=True)
class Pack:
    """The documents of a supervisor or a department; ``part`` of ``parts``, where they are more than a ream."""

    by: By
    stem: str
    number: str
    name: str
    sheaves: tuple[Sheaf, ...]
    part: int = 1
    parts: int = 1

    @property
    def pages(self) -> int:
        return sum(one.copies * one.pages for one in self.sheaves)

    @property
    def sheets(self) -> int:
        return sum(one.sheets for one in self.sheaves)

    @property
    def people(self) -> int:
        return len({_person(one.issued) for one in self.sheaves})


def sheets(pages: int, duplex: bool) -> int:
    return -(-pages // 2) if duplex else pages


def packs(
    papers: Iterable[Issued], choice: Choice, settings: Mapping[str, Any], forms: Sequence[str]
) -> tuple[Pack, ...]:
    """The packs of what counts among ``papers``, by number of the supervisor or by department.

    Within a pack they lie as they are signed: person by person, and of each in the order of ``forms``. All of a case go
    to whom its latest document names.

    Raises:
        UsageError: ``only`` names nobody who is on record.
    """
    held = with_their_holders([one for one in papers if not one.void])
    check_names(choice.only, held)
    wanted = sorted((one for one in held if _is_wanted(one, choice)), key=lambda one: _signing(one, forms))
    groups: dict[str, list[Issued]] = {}
    for one in wanted:
        groups.setdefault(_group(one, choice.by), []).append(one)
    found: list[Pack] = []
    taken: set[str] = set()
    for key in sorted(groups, key=_natural):
        found += _of_group(groups[key], choice, settings, taken)
    return tuple(found)


def with_their_holders(papers: Sequence[Issued]) -> list[Issued]:
    """``papers`` as those of whom the latest of their case names: after a change of supervisor none is left behind."""
    latest: dict[str, Issued] = {}
    for one in sorted(papers, key=lambda one: (one.on, one.revision, one.number)):
        latest[one.case] = one
    return [replace(one, holder=latest[one.case].holder) for one in papers]


def _of_group(group: Sequence[Issued], choice: Choice, settings: Mapping[str, Any], taken: set[str]) -> Iterator[Pack]:
    number, name = _named(group, choice.by)
    stem = _stem(number, name, choice.by, settings)
    if folded(stem) in taken:  # two who have no number, or whose numbers a file system takes for one
        stem = safe_name(f"{stem}-{paper_id(_group(group[0], choice.by))}")
    taken.add(folded(stem))
    parts = _parts([Sheaf(one, _copies(one, choice, settings), choice.duplex) for one in group])
    whole = Pack(choice.by, stem, number, name, ())
    for part, sheaves in enumerate(parts, start=1):
        ending = f"-{part}" if len(parts) > 1 else ""
        yield replace(whole, stem=stem + ending, sheaves=tuple(sheaves), part=part, parts=len(parts))


def _parts(sheaves: Sequence[Sheaf]) -> list[list[Sheaf]]:
    """``sheaves`` in parts of no more than a ream; what is of one person stays together."""
    parts: list[list[Sheaf]] = []
    people: dict[str, list[Sheaf]] = {}
    for sheaf in sheaves:
        people.setdefault(_person(sheaf.issued), []).append(sheaf)
    filled = 0
    for own in people.values():
        count = sum(one.sheets for one in own)
        if not parts or filled + count > MOST_SHEETS:
            parts.append([])
            filled = 0
        parts[-1] += own
        filled += count
    return parts


def _copies(paper: Issued, choice: Choice, settings: Mapping[str, Any]) -> int:
    """A letter says of how many signed copies it is, and one of before that was recorded says what the settings did;
    of all else one is signed and kept."""
    return choice.copies or paper.copies or (int(settings["copies"]) if paper.form == OLDER else 1)


def _is_wanted(paper: Issued, choice: Choice) -> bool:
    only = {folded(name) for name in choice.only}
    return (
        (not choice.forms or paper.form in choice.forms)
        and (choice.month is None or paper.month == str(choice.month))
        and (choice.since is None or paper.on >= choice.since)
        and (not only or bool(only & names_of(paper)))
    )


def names_of(paper: Issued) -> set[str]:
    """What its case goes by, as it is compared."""
    return {folded(paper.case), folded(paper.holder.employee_no)} - {""}


def check_names(only: Sequence[str], papers: Sequence[Issued]) -> None:
    """
    Raises:
        UsageError: one of ``only`` names nobody of whom there are ``papers``.
    """
    known = {name for paper in papers for name in names_of(paper)}
    for name in only:
        if folded(name) not in known:
            near = "".join(get_close_matches(name, sorted({paper.case for paper in papers}), 1))
            also = {one: NEAREST[one].format(near=near) if near else "" for one in ("en", "zh")}
            raise UsageError(Words(*(NOT_THERE[one].format(name=name, near=also[one]) for one in ("en", "zh"))))


def _group(paper: Issued, by: By) -> str:
    holder = paper.holder
    return spelling(holder.department if by == "department" else holder.supervisor_no or holder.supervisor_name)


def _named(group: Sequence[Issued], by: By) -> tuple[str, str]:
    """The number and name of whom a group is for: as the latest document has them."""
    latest = max(group, key=lambda one: (one.on, one.number)).holder
    return ("", latest.department) if by == "department" else (latest.supervisor_no, latest.supervisor_name)


def _stem(number: str, name: str, by: By, settings: Mapping[str, Any]) -> str:
    """The name of a pack's file; it holds a supervisor's name where the office lets file names hold any."""
    nobody = NOBODY[by].en if settings.get("default_language") == "en" else NOBODY[by].zh
    if by == "department":
        return safe_name(name or nobody)
    shown = name if settings.get("names_in_files") else ""
    return safe_name("-".join(filter(None, (number, shown))) or (f"~{paper_id(name)}" if name else nobody))


def _person(paper: Issued) -> str:
    return spelling(paper.holder.employee_no or paper.case)


def _signing(paper: Issued, forms: Sequence[str]) -> tuple[Any, ...]:
    place = forms.index(paper.form) if paper.form in forms else len(forms)
    return _natural(_person(paper)), paper.case, place, _natural(paper.number)


def _natural(text: str) -> list[tuple[int, str]]:
    """``N-2`` before ``N-10``; what is nobody's after all others."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return [(int(part), "") if part.isascii() and part.isdigit() else (10**9, part) for part in parts] or [(10**12, "")]
