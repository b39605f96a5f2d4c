"""What came back of an office's papers, as its register tells it: piles, copies, pages that wait, files to be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from sqlite3 import Connection
from typing import Any

from docgen.model.identity import paper_id
from docgen.model.issued import Issued
from docgen.model.returned import Attachment, Confirmation, Copy, KeptFile, Pile, Waiting
from docgen.office.register import Register
from docgen.office.returned_files import ArchivedFiles, Standing, Used, archived_files, used
from docgen.office.returned_index import lines_of
from docgen.office.returned_lines import (
    ATTACHED,
    CONFIRMED,
    FILING,
    REQUEUED,
    RETURNED,
    SETTLED,
    SORTED,
    TAKEN_IN,
    WAITING,
    Filing,
    Settled,
    Sorted,
    copy_key,
)


@dataclass(frozen=True, slots=True)
class Back:
    """A copy that came back, as it stands now: since which day, and what a person confirmed of it, and when.

    A confirmation counts while the copy is the one that the person saw: not once a page came or was taken back."""

    copy: Copy
    on: date
    confirmation: Confirmation | None = None
    confirmed_on: date | None = None


class Returns:
    """What a register knows of it, read from it whenever it is asked."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def papers(self) -> Mapping[str, str]:
        """The numbers of all papers by their ids; '' where two numbers share one."""
        numbers = self._register.numbers()
        ids = [paper_id(number) for number in numbers]
        count = Counter(ids)
        return {mark: number if count[mark] == 1 else "" for mark, number in zip(ids, numbers, strict=True)}

    def revisions(self, number: str) -> Mapping[int, Issued]:
        """Every revision of a paper that was ever issued; ``void`` says which of them were withdrawn."""
        return self._register.revisions(number)

    def piles(self) -> list[Pile]:
        """In the order in which they were taken in."""
        return list({pile.name: pile for pile in self._all(TAKEN_IN)}.values())

    def pile_with(self, sha256: str) -> str:
        """The name of the pile that holds a file of that hash; '' where none does."""
        piles = (pile for _, pile in lines_of(self._base, TAKEN_IN, holding=sha256))
        return next((pile.name for pile in piles if any(one.file.sha256 == sha256 for one in pile.files)), "")

    def issued_as(self, sha256: str) -> str:
        """The number and revision of the paper that was issued in a file of that hash; '' where none was."""
        return self._register.issued_as(sha256)

    def unsorted(self) -> list[Pile]:
        """Those that were taken in, and of which no report was filed, as of a run that was stopped."""
        done = {one.pile for one in self.reports()}
        return [pile for pile in self.piles() if pile.name not in done]

    def reports(self) -> list[Sorted]:
        """How the pages of each pile fared, which is dealt with."""
        return list({one.pile: one for one in self._all(SORTED)}.values())

    def copies(self, number: str = "") -> list[Copy]:
        """As they stand now, of all papers or of one; by number, revision, copy."""
        return [one.copy for one in self.back(number)]

    def back(self, number: str = "") -> list[Back]:
        """The same with their days, and what was confirmed of them."""
        standing: Standing[Back] = Standing()
        for on, one in lines_of(self._base, RETURNED, CONFIRMED, number=number):
            key = copy_key(one)
            if isinstance(one, Copy):
                standing.add(key, one.file.path, one.replaces, Back(one, on))
            elif key in standing.counts:
                standing.counts[key] = replace(standing.counts[key], confirmation=one, confirmed_on=on)
        standing.end(self._ended(number))
        return sorted(standing.counts.values(), key=lambda one: _order(one.copy))

    def confirmation(self, copy: Copy) -> Confirmation | None:
        """The last one of that copy, as it stands."""
        return next((one.confirmation for one in self.back(copy.number) if one.copy == copy), None)

    def attachments(self, number: str = "") -> list[Attachment]:
        """By the path of their files."""
        found = {one.file.path: one for _, one in lines_of(self._base, ATTACHED, number=number)}
        return [found[path] for path in sorted(found.keys() - self._ended(number))]

    def used(self) -> Used:
        """The paths and numbers of copies that nothing else may have, as something had them once."""
        return used(self._base)

    def waiting(self) -> list[Waiting]:
        """The pages that wait for a person, in the order in which they were found; of each its last line tells."""
        settled = self.settlements()
        return [one for one in self.waited() if one.leaf not in settled]

    def waited(self) -> list[Waiting]:
        """All pages that ever waited."""
        return list({one.leaf: one for one in self._all(WAITING)}.values())

    def settled(self, leaf: str) -> Mapping[str, str] | None:
        """What was done with a page that waited: ``how``, ``why``, ``number`` and ``date``; None while nothing was."""
        done = self.settlements(leaf).get(leaf)
        return {**asdict(done[1]), "date": done[0].isoformat()} if done else None

    def settlements(self, leaf: str | None = None) -> dict[str, tuple[date, Settled]]:
        """What was done with all of them that wait no more, or with that one, by leaf, and when."""
        done: dict[str, tuple[date, Settled]] = {}
        for on, one in lines_of(self._base, WAITING, SETTLED, key=leaf):
            if isinstance(one, Settled):
                done[one.leaf] = on, one
            else:
                done.pop(one.leaf, None)
        return done

    def kept(self) -> dict[str, KeptFile]:
        """Every file that must lie in OUT/archive now, by its path there."""
        return self.files().kept

    def gone(self) -> dict[str, KeptFile]:
        """Files that others replaced, and pictures of pages that wait no more: if one is still there, it may go."""
        return self.files().gone

    def files(self) -> ArchivedFiles:
        """Both at once."""
        return archived_files(self._base)

    def unfinished(self) -> list[Filing]:
        """Filings that a stopped run announced and did not bring to an end."""
        return list(self._all(FILING))

    @property
    def _base(self) -> Connection:
        return self._register.base

    def _all(self, event: str) -> Iterator[Any]:
        return (one for _, one in lines_of(self._base, event))

    def _ended(self, number: str = "") -> set[str]:
        """The paths of copies and attachments that stand no more, as their pages were taken back."""
        return {one.file for _, one in lines_of(self._base, REQUEUED, number=number)}


def _order(copy: Copy) -> tuple[str, int, int]:
    return copy.number, copy.revision, copy.copy
