"""One thing that goes wrong with an office's folder, and what verifying must say of it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from docgen.archive.anchor import Anchor, anchor_of
from docgen.office.index import INDEX
from docgen.office.ledger import LEDGER, Entry, Ledger
from docgen.office.lock import LOCK
from docgen.office.publish import PRIVATE
from docgen.office.store import opened
from tests.archive.verify_help import LIST, lines_of, overwrite, write_lines

Seen = tuple[str, str]
"""The kind of a finding, and the path."""


@dataclass(frozen=True)
class Place:
    """A folder to be harmed; ``before``: an older copy of it, from which things may be put back."""

    out: Path
    before: Path
    seeded: random.Random

    def files(self) -> list[str]:
        """On record, in the archive and issued; not the manifest."""
        found = (path.relative_to(self.out).as_posix() for path in self.out.rglob("*") if path.is_file())
        return sorted(path for path in found if path not in (LEDGER, INDEX, LOCK, LIST))

    def file(self) -> str:
        return self.seeded.choice(self.files())

    def archived(self) -> str:
        return self.seeded.choice([path for path in self.files() if path.startswith("archive/")])


@dataclass(frozen=True)
class Expected:
    """What must be found. ``only``: nothing else may be accused; ``lines``: one of which must be named; ``anchor``:
    to be verified with."""

    faults: frozenset[Seen]
    only: bool = True
    lines: frozenset[int] = frozenset()
    anchor: Anchor | None = None


def seen(*faults: Seen) -> Expected:
    return Expected(frozenset(faults))


def lost(*lines: int) -> Expected:
    """The register knows better; what else no longer fits is told too."""
    return Expected(frozenset({("lost", LEDGER)}), only=False, lines=frozenset(lines))


def damaged(*lines: int) -> Expected:
    return Expected(frozenset({("ledger", LEDGER)}), only=False, lines=frozenset(lines))


# Files


def bit_of_a_file(place: Place) -> Expected:
    path = place.file()
    content = bytearray((place.out / path).read_bytes())
    content[place.seeded.randrange(len(content))] ^= 1 << place.seeded.randrange(8)
    overwrite(place.out / path, bytes(content))
    return seen(("changed", path))


def file_cut(place: Place) -> Expected:
    path = place.file()
    content = (place.out / path).read_bytes()
    overwrite(place.out / path, content[: place.seeded.randrange(len(content))])
    return seen(("changed", path))


def file_grown(place: Place) -> Expected:
    path = place.file()
    overwrite(place.out / path, (place.out / path).read_bytes() + place.seeded.randbytes(place.seeded.randint(1, 9)))
    return seen(("changed", path))


def file_deleted(place: Place) -> Expected:
    path = place.file()
    (place.out / path).unlink()
    return seen(("missing", path))


def folder_deleted(place: Place) -> Expected:
    folder = place.seeded.choice(["archive/signed", "archive/intake", "archive/queue", "Sales"])
    gone = [path for path in place.files() if path.startswith(f"{folder}/")]
    shutil.rmtree(place.out / folder)
    return seen(*(("missing", path) for path in gone))


def file_added(place: Place) -> Expected:
    folders = sorted(path for path in (place.out / "archive").rglob("*") if path.is_dir())
    names = ("a.pdf", "thumbs.jpg", ".hidden", "report.json.bak", "王敏.pdf", "manifest-sha256.txt.old")
    added = place.seeded.choice(folders) / place.seeded.choice(names)
    added.write_bytes(place.seeded.randbytes(place.seeded.choice((0, 10, 900))))
    return seen(("foreign", added.relative_to(place.out).as_posix()))


def file_copied(place: Place) -> Expected:
    path = place.archived()
    shutil.copy(place.out / path, place.out / f"{path}.copy")
    return seen(("foreign", f"{path}.copy"))


def files_swapped(place: Place) -> Expected:
    one, other = place.seeded.sample(place.files(), 2)
    first, second = ((place.out / path).read_bytes() for path in (one, other))
    overwrite(place.out / one, second)
    overwrite(place.out / other, first)
    return seen(("changed", one), ("changed", other))


def file_overwritten_by_another(place: Place) -> Expected:
    one, other = place.seeded.sample(place.files(), 2)
    overwrite(place.out / one, (place.out / other).read_bytes())
    return seen(("changed", one))


def file_renamed(place: Place) -> Expected:
    path = place.archived()
    (place.out / path).rename(place.out / f"{path}.old")
    return seen(("renamed", path))


def file_moved_out_of_the_archive(place: Place) -> Expected:
    path = place.archived()
    (place.out / path).rename(place.out / "elsewhere.pdf")
    return seen(("missing", path))


def file_made_a_link(place: Place) -> Expected:
    path = place.file()
    (place.out / path).rename(place.out / "elsewhere.pdf")
    (place.out / path).symlink_to(place.out / "elsewhere.pdf")
    return seen(("replaced", path))


def file_made_a_folder(place: Place) -> Expected:
    path = place.file()
    (place.out / path).unlink()
    (place.out / path).mkdir()
    return seen(("replaced", path))


# The manifest


def bit_of_the_manifest(place: Place) -> Expected:
    content = bytearray((place.out / LIST).read_bytes())
    content[place.seeded.randrange(len(content))] ^= 1 << place.seeded.randrange(8)
    overwrite(place.out / LIST, bytes(content))
    return seen(("manifest", LIST))


def line_of_the_manifest(place: Place) -> Expected:
    """Another hash, a line less, a line twice, two lines in another order."""
    lines = (place.out / LIST).read_bytes().splitlines(keepends=True)
    at = place.seeded.randrange(len(lines) - 1)
    match place.seeded.randrange(4):
        case 0:
            lines[at] = sha256(lines[at]).hexdigest().encode() + lines[at][64:]
        case 1:
            del lines[at]
        case 2:
            lines.insert(at, lines[at])
        case _:
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
    overwrite(place.out / LIST, b"".join(lines))
    return seen(("manifest", LIST))


def old_manifest(place: Place) -> Expected:
    overwrite(place.out / LIST, (place.before / LIST).read_bytes())
    return seen(("manifest", LIST))


def manifest_deleted(place: Place) -> Expected:
    (place.out / LIST).unlink()
    return seen(("no_manifest", LIST))


# The ledger


def line_edited(place: Place) -> Expected:
    """One letter of it, which leaves it a line or not; the register is there or not, and needed for the last line."""
    lines = lines_of(place.out)
    at = place.seeded.randrange(len(lines))
    line = bytearray(lines[at])
    position = place.seeded.randrange(len(line) - 1)
    line[position] = place.seeded.choice([sign for sign in b'abcxyz0189"{}, ' if sign != line[position]])
    lines[at] = bytes(line)
    write_lines(place.out, lines)
    number = at + 1
    if number == len(lines):
        return lost(number)
    return _without_register(place, damaged(number, number + 1))


def line_taken_out(place: Place) -> Expected:
    lines = lines_of(place.out)
    at = place.seeded.randrange(len(lines) - 1)
    write_lines(place.out, [*lines[:at], *lines[at + 1 :]])
    return _without_register(place, damaged(at + 1))


def lines_in_another_order(place: Place) -> Expected:
    lines = lines_of(place.out)
    one, other = sorted(place.seeded.sample(range(len(lines)), 2))
    lines[one], lines[other] = lines[other], lines[one]
    write_lines(place.out, lines)
    return _without_register(place, damaged(one + 1))


def line_twice(place: Place) -> Expected:
    lines = lines_of(place.out)
    at = place.seeded.randrange(len(lines))
    write_lines(place.out, [*lines[: at + 1], *lines[at:]])
    return _without_register(place, damaged(at + 2))


def bit_of_the_ledger(place: Place) -> Expected:
    content = bytearray((place.out / LEDGER).read_bytes())
    content[place.seeded.randrange(len(content))] ^= 1 << place.seeded.randrange(8)
    (place.out / LEDGER).write_bytes(content)
    return lost()


def lines_cut_off(place: Place) -> Expected:
    lines = lines_of(place.out)
    left = place.seeded.randrange(len(lines))
    write_lines(place.out, lines[:left])
    return lost(*([left] if left else ()))


def tail_cut_off(place: Place) -> Expected:
    content = (place.out / LEDGER).read_bytes()
    (place.out / LEDGER).write_bytes(content[: -place.seeded.randint(2, 2000)])
    return lost()


def old_ledger(place: Place) -> Expected:
    shutil.copy(place.before / LEDGER, place.out / LEDGER)
    return lost(len(lines_of(place.out)))


def ledger_deleted(place: Place) -> Expected:
    (place.out / LEDGER).unlink()
    return lost()


def ledger_written_anew(place: Place) -> Expected:
    """From an edited line on, by somebody who knows how the chain is made."""
    _forge(place)
    return lost()


# The register, and what only an anchor can tell


def old_register_with_a_cut_ledger(place: Place) -> Expected:
    shutil.copy(place.before / INDEX, place.out / INDEX)
    left = place.seeded.randrange(len(lines_of(place.before)))
    write_lines(place.out, lines_of(place.out)[:left])
    return lost(*([left] if left else ()))


def register_of_another_office(place: Place) -> Expected:
    other = place.out.parent / "other"
    shutil.copytree(place.before, other)
    _forge(replace(place, out=other))
    (other / INDEX).unlink()
    with opened(other, PRIVATE):
        pass
    shutil.copy(other / INDEX, place.out / INDEX)
    shutil.rmtree(other)
    return lost()


def register_damaged(place: Place) -> Expected:
    content = (place.out / INDEX).read_bytes()
    harmed = (b"x" * 4096 + content[4096:], content.replace(b"Sales", b"sales"), content[: len(content) // 2], b"")
    (place.out / INDEX).write_bytes(place.seeded.choice(harmed))
    return seen(("register", INDEX))


def register_deleted(place: Place) -> Expected:
    (place.out / INDEX).unlink()
    return seen(("no_register", INDEX))


def ledger_and_register_put_back(place: Place) -> Expected:
    """Both from the same old backup, the files are newer: what was filed since is foreign to them."""
    for name in (LEDGER, INDEX):
        shutil.copy(place.before / name, place.out / name)
    return Expected(frozenset({("manifest", LIST)}), only=False)


def everything_put_back(place: Place) -> Expected:
    anchor = anchor_of(Ledger(place.out))
    shutil.rmtree(place.out)
    shutil.copytree(place.before, place.out)
    return replace(seen(("anchor", LEDGER)), anchor=anchor)


def ledger_written_anew_without_register(place: Place) -> Expected:
    anchor = anchor_of(Ledger(place.out))
    _forge(place)
    (place.out / INDEX).unlink()
    return Expected(frozenset({("anchor", LEDGER)}), only=False, anchor=anchor)


def _without_register(place: Place, expected: Expected) -> Expected:
    """Half of the time; the ledger tells by itself."""
    if place.seeded.random() < 0.5:
        (place.out / INDEX).unlink()
    return expected


def _forge(place: Place) -> None:
    """Another day of a line, and a sound chain from there on."""
    entries = list(Ledger(place.out).read().entries)
    at = place.seeded.randrange(len(entries))
    entries[at] = Entry(entries[at].event, entries[at].on.replace(year=2025), entries[at].details)
    (place.out / LEDGER).unlink()
    Ledger(place.out).append(entries)


HARMS: Mapping[str, Callable[[Place], Expected]] = {
    one.__name__.replace("_", " "): one
    for one in (
        *(bit_of_a_file, file_cut, file_grown, file_deleted, folder_deleted, file_added, file_copied, files_swapped),
        *(file_overwritten_by_another, file_renamed, file_moved_out_of_the_archive, file_made_a_link),
        *(file_made_a_folder, bit_of_the_manifest, line_of_the_manifest, old_manifest, manifest_deleted, line_edited),
        *(line_taken_out, lines_in_another_order, line_twice, bit_of_the_ledger, lines_cut_off, tail_cut_off),
        *(old_ledger, ledger_deleted, ledger_written_anew, old_register_with_a_cut_ledger, register_of_another_office),
        *(register_damaged, register_deleted, ledger_and_register_put_back, everything_put_back),
        *(ledger_written_anew_without_register,),
    )
}
