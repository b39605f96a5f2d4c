"""The only writer of the archive: what is to be filed is written down first, then published, then on record."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from docgen.archive.manifest import manifest
from docgen.archive.shelves import ARCHIVE, MANIFEST, archive_in
from docgen.errors import EnvironmentLacks
from docgen.model.problems import Words
from docgen.model.returned import KeptFile
from docgen.office.ledger import Entry
from docgen.office.publish import Access, Content, explained, is_within, publish, remove_leftovers
from docgen.office.returned_lines import Filing, filed_entries, filing_entry, unfiled_entry
from docgen.office.returns import Returns
from docgen.office.store import Store, opened

BLOCK = 1 << 20
IN_THE_WAY = Words(
    "{file}: a file is there that docgen didn't put there, and stays as it is; move it away, then run the command "
    "again. Nothing was filed",
    "{file}：此处已有并非由 docgen 放入的文件，未作改动；请将其移走后重试。未归档任何内容",
)
CHANGED = Words(
    "{file}: changed while it was being read, perhaps the scanner is still at it; wait until it is done, then run the "
    "command again. Nothing was filed",
    "{file}：读取过程中文件发生变化（扫描可能尚未完成）；请等扫描结束后重试。未归档任何内容",
)
UNREAD = Words(
    "{file}: can't be read ({reason}); look at its permissions and at the disk. Nothing was filed",
    "{file}：无法读取（{reason}）；请检查其权限和磁盘。未归档任何内容",
)


def planned(
    store: Store, on: date, files: Sequence[KeptFile], lines: Sequence[Entry], gone: Sequence[str] = ()
) -> Filing:
    """What is to be filed at once. Its mark is the size of the ledger, which no two filings can have in common.

    Args:
        lines: those that the ledger gets once all ``files`` are there.
        gone: paths of kept files that these lines take out of what is kept.
    """
    file = store.ledger.file
    return Filing(str(file.stat().st_size if file.exists() else 0), on, files, gone, lines)


def kept_file(path: str, content: bytes) -> KeptFile:
    """What is on record of a file that holds ``content``."""
    return KeptFile(path, sha256(content).hexdigest(), len(content))


def carry_out(store: Store, filing: Filing, contents: Mapping[str, Content]) -> None:
    """Write it down, publish its files with the manifest of all that is kept then, put it on record; at last remove
    what it replaced. Files that are kept can only be read, by anybody.

    Args:
        contents: by the path of each file of ``filing``.

    Raises:
        EnvironmentLacks: the archive can't be written, or a stranger's file is in the way; then nothing was filed.
    """
    kept = Returns(store.register).kept()
    for file in filing.files:
        assert file.path not in kept, "what is kept is never written over"
        place = archive_in(store.out) / file.path
        if os.path.lexists(place) and not is_there(place, file):
            raise EnvironmentLacks(IN_THE_WAY.filled(file=place))
    after = {path: file for path, file in kept.items() if path not in filing.gone}
    after.update((file.path, file) for file in filing.files)
    files = {_within(file.path): contents[file.path] for file in filing.files}
    store.record([filing_entry(filing)])
    publish({**files, _within(MANIFEST): manifest(after.values())}, store.out, store.access, read_only=files.keys())
    store.record(filed_entries(filing))
    _clear(store, [kept[path] for path in filing.gone if path in kept])


def copied(source: Path, file: KeptFile) -> Content:
    """What writes ``source`` as it was when ``file`` was taken down of it, block by block.

    Raises, when it is written:
        EnvironmentLacks: it can't be read, or is another file by now.
    """

    def write(target: BinaryIO) -> None:
        made = sha256()
        try:
            stream = source.open("rb")
        except OSError as error:
            raise _unread(source, error) from error
        with stream:
            while block := _block(stream, source):
                made.update(block)
                target.write(block)
        if made.hexdigest() != file.sha256:
            raise EnvironmentLacks(CHANGED.filled(file=source))

    return write


def settle(store: Store) -> None:
    """Bring to an end what a stopped run was about to file: where all its files lie there, byte for byte, it is filed;
    else those that are there are removed, being docgen's own and nobody's record. Then remove what was replaced, and
    have the manifest say what the record does."""
    folder = archive_in(store.out)
    if not is_within(ARCHIVE, store.out):
        return
    remove_leftovers(folder)
    for filing in Returns(store.register).unfinished():
        parents = {_within(file.path).parent.as_posix() for file in filing.files}
        for parent in parents:
            if is_within(parent, store.out):
                remove_leftovers(store.out / parent)
        if all(_is_ours(store, file) for file in filing.files):
            store.record(filed_entries(filing))
        else:
            _clear(store, filing.files)
            store.record([unfiled_entry(filing)])
    _clear(store, Returns(store.register).gone().values())
    _renew_manifest(store)


@contextmanager
def opened_archive(out: Path, access: Access) -> Iterator[Store]:
    """Hold the folder ``out``; what a stopped run left unfinished, in the archive too, is settled.

    Raises:
        EnvironmentLacks: another run holds it, or it can't be written.
        RecordFault: its ledger has lost what its register knows.
    """
    with opened(out, access) as store:
        try:
            settle(store)
        except OSError as error:
            raise explained(error, out) from error
        yield store


def is_there(place: Path, file: KeptFile) -> bool:
    """Whether a plain file lies there that holds what is on record of it."""
    try:
        found = os.lstat(place)
        if not stat.S_ISREG(found.st_mode) or found.st_size != file.size:
            return False
        with place.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest() == file.sha256
    except (OSError, ValueError):  # not there, a name that none can have, or it may not be read
        return False


def _is_ours(store: Store, file: KeptFile) -> bool:
    """Whether it lies in the archive, reached through no link."""
    return is_within(_within(file.path).as_posix(), store.out) and is_there(archive_in(store.out) / file.path, file)


def _clear(store: Store, files: Iterable[KeptFile]) -> None:
    """Remove those that still are what docgen put there, and are not kept; one that can't be removed does no harm."""
    there = [file for file in files if os.path.lexists(archive_in(store.out) / file.path)]
    kept = Returns(store.register).kept() if there else {}
    for file in there:
        if file.path not in kept and _is_ours(store, file):
            with suppress(OSError):
                (archive_in(store.out) / file.path).unlink()


def _renew_manifest(store: Store) -> None:
    kept = Returns(store.register).kept()
    place = archive_in(store.out) / MANIFEST
    if not kept and not os.path.lexists(place):
        return
    content = manifest(kept.values())
    if not is_there(place, kept_file(MANIFEST, content)):
        publish({_within(MANIFEST): content}, store.out, store.access)


def _within(path: str) -> Path:
    """Relative to OUT."""
    return Path(ARCHIVE, *PurePosixPath(path).parts)


def _block(stream: BinaryIO, source: Path) -> bytes:
    try:
        return stream.read(BLOCK)
    except OSError as error:
        raise _unread(source, error) from error


def _unread(source: Path, error: OSError) -> EnvironmentLacks:
    return EnvironmentLacks(UNREAD.filled(file=source, reason=error.strerror or type(error).__name__))
