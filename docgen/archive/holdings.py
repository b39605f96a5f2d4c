"""What an office's folder must hold by its record, and what a stopped run may have left in it besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docgen.archive.manifest import manifest
from docgen.archive.shelves import ARCHIVE
from docgen.model.returned import KeptFile, Pile
from docgen.office.register import Register
from docgen.office.returned_lines import Filing
from docgen.office.returns import Returns


@dataclass(frozen=True, slots=True)
class Holdings:
    """Files by their paths, which are relative to OUT and have ``/``.

    ``must`` lie there: those of the archive, and ``issued`` ones. ``coming``: what a filing that was stopped may have
    put in place already; ``replaced``: what was to be removed, and may still be there. ``manifests``: see there.
    """

    must: Mapping[str, KeptFile] = field(default_factory=dict)
    issued: Sequence[str] = ()
    coming: Mapping[str, KeptFile] = field(default_factory=dict)
    replaced: Mapping[str, KeptFile] = field(default_factory=dict)
    manifests: Sequence[bytes] = (b"",)
    unfinished: Sequence[Filing] = ()
    unsorted: Sequence[Pile] = ()

    @property
    def archived(self) -> int:
        """So many of them lie in the archive."""
        return len(self.must) - len(self.issued)


def holdings(register: Register) -> Holdings:
    """What is on record. Of issued documents every revision counts, as an older one may be what was signed."""
    returns = Returns(register)
    files, unfinished = returns.files(), returns.unfinished()
    kept = files.kept
    issued = {one.path: KeptFile(one.path, one.sha256, one.size) for one in register.issued_files()}
    return Holdings(
        {place(path): file for path, file in kept.items()} | issued,
        list(issued),
        {place(file.path): file for filing in unfinished for file in filing.files},
        {place(path): file for path, file in files.gone.items()},
        manifests(kept, unfinished),
        unfinished,
        returns.unsorted(),
    )


def manifests(kept: Mapping[str, KeptFile], unfinished: Iterable[Filing]) -> list[bytes]:
    """The list of the archive as it is to be, and those that a filing which was stopped may have written already."""
    return [manifest(kept.values()), *(manifest(after(kept, filing).values()) for filing in unfinished)]


def after(kept: Mapping[str, KeptFile], filing: Filing) -> dict[str, KeptFile]:
    """What is kept once it has come about."""
    left = {path: file for path, file in kept.items() if path not in filing.gone}
    return left | {file.path: file for file in filing.files}


def place(path: str) -> str:
    """Relative to OUT, of a path relative to OUT/archive."""
    return f"{ARCHIVE}/{path}"
