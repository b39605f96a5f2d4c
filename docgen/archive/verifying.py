"""Whether an office's folder holds what is on record, byte for byte, and its archive nothing else. It only reads.

``surveyed`` asks the record and compares all names and sizes, ``verified`` then the contents, of all files or a share.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.archive.anchor import Anchor
from docgen.archive.comparing import KINDS, LIST, compared, unreadable
from docgen.archive.findings import FAULTS, REMARKS, Finding
from docgen.archive.hashes import Found, Note, hashed, look, walk
from docgen.archive.holdings import Holdings, holdings, place
from docgen.archive.manifest import departures, read_manifest
from docgen.archive.shelves import ARCHIVE, INTAKE
from docgen.archive.witnesses import heard
from docgen.errors import EnvironmentLacks
from docgen.model.problems import Words
from docgen.office.ledger import LEDGER
from docgen.office.lock import BUSY, refuse_if_held
from docgen.office.store import looked_at

STOPPED = Words("begun on {on}; files: {count}", "{on}开始，共{count}个文件")
BEYOND = 1 << 20
"""So many bytes are read of a manifest that is more than twice as long as it is to be."""
ORDER = {kind: at for at, kind in enumerate((*FAULTS, *REMARKS))}


@dataclass(frozen=True, slots=True)
class Sample:
    """One of ``parts`` shares of all files, into which their paths deal them; all shares together are all files."""

    part: int = 1
    parts: int = 1

    def has(self, path: str) -> bool:
        return zlib.crc32(path.encode("utf-8", "surrogatepass")) % self.parts == self.part - 1


ALL = Sample()


@dataclass(frozen=True, slots=True)
class Survey:
    """What names and sizes tell. ``there``: what lies in the archive and in the places of issued files, by path;
    ``to_read``: the files whose contents are to be compared; ``listed``: the paths that the manifest lists; ``ledger``:
    the size of it."""

    out: Path
    sample: Sample
    held: Holdings
    there: Mapping[str, Found]
    to_read: Sequence[Found]
    listed: Collection[str]
    findings: Sequence[Finding]
    ledger: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found, the worst first; how many files are on record, in the archive and issued; how many were read, and
    their bytes."""

    findings: Sequence[Finding]
    archived: int
    issued: int
    read: int
    size: int
    sample: Sample = ALL

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.is_fault)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if not one.is_fault)


def surveyed(out: Path, sample: Sample = ALL, anchor: Anchor | None = None) -> Survey:
    """Ask the record, and compare all names and sizes.

    Raises:
        EnvironmentLacks: another run is writing there, or its ledger can't be read.
    """
    refuse_if_held(out)
    ledger, size = look(str(out), LEDGER), _size_of_ledger(out)
    if ledger and ledger.kind != "file" and not ledger.fault:
        return _blind(out, sample, Finding("replaced", LEDGER, said=KINDS[ledger.kind]))
    with looked_at(out) as store:
        if not store:
            return _blind(out, sample, Finding("no_ledger", LEDGER))
        held, findings = holdings(store.register), [*heard(store.register, anchor)]
    there = _there(out, held)
    listed, departing = _manifest(out, held, there)
    findings += [*_stopped(held), *departing]
    sizes = {file.size for files in (held.must, held.coming, held.replaced) for file in files.values()}
    to_read = [found for found in there.values() if found.kind == "file" and _counts(found, held, sample, sizes)]
    return Survey(out, sample, held, there, to_read, listed, findings, size)


def _blind(out: Path, sample: Sample, why: Finding) -> Survey:
    """Where nothing says what belongs there."""
    return Survey(out, sample, Holdings(), {}, (), (), [why], _size_of_ledger(out))


def verified(survey: Survey, note: Note = lambda _: None) -> Verified:
    """Compare the contents too; ``note`` is told how many more files were read.

    Raises:
        EnvironmentLacks: something is wrong, but another run has written there meanwhile.
    """
    held = survey.held
    hashes = {one.path: one for one in hashed(str(survey.out), survey.to_read, note)}
    there = {path: found for path, found in survey.there.items() if path not in hashes or not hashes[path].is_gone}
    findings = [*survey.findings, *compared(held, there, hashes, survey.listed)]
    if any(one.is_fault for one in findings) and _size_of_ledger(survey.out) != survey.ledger:
        raise EnvironmentLacks(BUSY.filled(out=survey.out))
    findings.sort(key=lambda one: (ORDER[one.kind], one.path, one.line))
    read = [one for one in hashes.values() if one.sha256]
    size = sum(one.size for one in read)
    return Verified(findings, held.archived, len(held.issued), len(read), size, survey.sample)


def _there(out: Path, held: Holdings) -> dict[str, Found]:
    archive = look(str(out), ARCHIVE)
    found = {ARCHIVE: archive} if archive else {}
    if archive and archive.kind == "folder":
        found.update((one.path, one) for one in walk(str(out), ARCHIVE))
    inside = (path for path in held.issued if not os.path.isabs(path) and ".." not in path.split("/"))
    issued = (look(str(out), path) for path in inside)
    return found | {one.path: one for one in issued if one}


def _counts(found: Found, held: Holdings, sample: Sample, sizes: Collection[int]) -> bool:
    """Whether its content does: where it has not the size that it must have, or nobody knows it, only if it may be
    another file that is on record. So nobody can hold verifying up with a huge one."""
    file = held.must.get(found.path)
    if file and found.size == file.size:
        return sample.has(found.path)
    return found.size in sizes and found.path != LIST


def _stopped(held: Holdings) -> Iterator[Finding]:
    for filing in held.unfinished:
        yield Finding("unfinished", ARCHIVE, said=STOPPED.filled(on=filing.on, count=len(filing.files)))
    for pile in held.unsorted:
        yield Finding("unsorted", place(f"{INTAKE}/{pile.name}"))


def _manifest(out: Path, held: Holdings, there: Mapping[str, Found]) -> tuple[Collection[str], list[Finding]]:
    """Where the manifest does not say what the record does, or what it will once a filing that was stopped is ended;
    and the paths that it then lists."""
    found = there.get(LIST)
    if not found:
        archive = there.get(ARCHIVE)
        is_due = held.archived and archive and archive.kind == "folder"
        return (), [Finding("no_manifest", LIST)] if is_due else []
    if found.kind != "file":
        return (), []  # which is told where all that lies there is compared
    try:
        with (out / LIST).open("rb") as stream:
            content = stream.read(max(map(len, held.manifests)) * 2 + BEYOND)
    except OSError as error:
        return (), [unreadable(LIST, error.strerror or str(error))]
    if content in held.manifests:
        return (), []
    lines = departures(content, held.manifests[0])
    listed = {place(one.path) for one in read_manifest(content)}
    return listed, [Finding("manifest", LIST, line=line, said=said) for line, said in lines]


def _size_of_ledger(out: Path) -> int:
    found = look(str(out), LEDGER)
    return found.size if found else 0
