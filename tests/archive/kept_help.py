"""An office with issued documents and an archive of what came back of them, without reading a scan."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from docgen.archive.filing import carry_out, kept_file, opened_archive, planned
from docgen.archive.shelves import copy_path, picture_path, pile_name, pile_path, report_path
from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.model.returned import Copy, CopyPage, KeptFile, Pile, PileFile, Waiting
from docgen.office.ledger import Entry
from docgen.office.publish import PRIVATE
from docgen.office.returned_lines import returned_entry, settled_entry, sorted_entry, taken_in_entry, waiting_entry
from docgen.office.store import Store

ON = date(2026, 3, 2)
PAGES = 2


def content(name: str, size: int = 400) -> bytes:
    """So many bytes that no other name has."""
    return random.Random(name).randbytes(size)


def issue(store: Store, number: str, revision: int = 1) -> Issued:
    """A document in two formats."""
    case = number.rpartition("-")[0]
    made = {name: content(f"{number} {revision} {name}") for name in ("docx", "pdf")}
    files = {
        name: IssuedFile(
            f"Sales/{case}/{number}-r{revision}.{name}",
            sha256(one).hexdigest(),
            len(one),
            PAGES if name == "pdf" else 0,
        )
        for name, one in made.items()
    }
    issued = Issued(number, revision, case, "letter", ON, ON, f"c{revision}", "l", {}, files, Holder("Sales", "S1"))
    store.issue(issued, {"docx": made["docx"], "pdf": made["pdf"]})
    return issued


def file_away(store: Store, contents: Mapping[str, bytes], *lines: Entry, gone: tuple[str, ...] = ()) -> None:
    files = [kept_file(path, one) for path, one in contents.items()]
    carry_out(store, planned(store, ON, files, lines, gone), contents)


def take_in(store: Store, name: str, pages: int) -> Pile:
    """A pile of one file."""
    given = content(f"pile {name}", 900)
    pile_is = pile_name(ON, [sha256(given).hexdigest()])
    path = pile_path(pile_is, 1, name, ".pdf")
    pile = Pile(pile_is, [PileFile(name, kept_file(path, given), 1, pages)])
    file_away(store, {path: given}, taken_in_entry(pile, ON))
    return pile


def sort(store: Store, pile: Pile, papers: list[Issued]) -> None:
    """Each paper came back in full, but the last lacks a page, and the pile's last page waits."""
    contents: dict[str, bytes] = {}
    lines: list[Entry] = []
    for at, issued in enumerate(papers):
        there = PAGES if at < len(papers) - 1 else PAGES - 1
        path = copy_path(issued, 1, there, PAGES)
        contents[path] = content(path, 600 + 7 * at)
        pages = [CopyPage(page, pile.leaf(PAGES * at + page)) for page in range(1, there + 1)]
        copy = Copy(issued.number, issued.revision, 1, kept_file(path, contents[path]), PAGES, pages)
        lines.append(returned_entry(copy, ON))
    leaf = pile.leaf(pile.pages)
    picture = picture_path(leaf)
    contents[picture] = content(picture, 300)
    lines.append(waiting_entry(Waiting(leaf, pile.name, "no_code", kept_file(picture, contents[picture])), ON))
    report = report_path(pile.name)
    contents[report] = f'{{"pile": "{pile.name}"}}\n'.encode()
    counts = {"filed": len(papers) * PAGES - 2, "incomplete": 1, "waiting": 1, "blank": 0}
    file_away(store, contents, *lines, sorted_entry(pile.name, kept_file(report, contents[report]), counts, ON))


def complete(store: Store, issued: Issued, leaf: str) -> None:
    """The page that waits is the one that the incomplete copy of ``issued`` lacks: it takes the place of both."""
    old, new = copy_path(issued, 1, PAGES - 1, PAGES), copy_path(issued, 1, PAGES, PAGES)
    made = content(new)
    pages = [CopyPage(page, leaf) for page in range(1, PAGES + 1)]
    copy = Copy(issued.number, issued.revision, 1, kept_file(new, made), PAGES, pages, by_hand=True, replaces=old)
    lines = returned_entry(copy, ON), settled_entry(leaf, "filed", "", issued.number, ON)
    file_away(store, {new: made}, *lines, gone=(old, picture_path(leaf)))


def kept_archive(out: Path, papers: int = 3) -> Path:
    """Letters, the first in its second revision; a pile of their copies, of which one lacks the page that waits."""
    with opened_archive(out, PRIVATE) as store:
        issued = [issue(store, f"S{at}-202601-L") for at in range(1, papers + 1)]
        issued[0] = issue(store, issued[0].number, 2)
        sort(store, take_in(store, "scan.pdf", PAGES * papers), issued)
    return out


def files_in(out: Path) -> dict[str, bytes]:
    """All that lies in a folder, by path."""
    found = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def known(path: str, digest: str, size: int = 1) -> KeptFile:
    return KeptFile(path, digest * 64, size)
