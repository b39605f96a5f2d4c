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

from docgen.archive.holdings import after, manifests
from docgen.archive.manifest import manifest
from docgen.archive.shelves import ARCHIVE, MANIFEST, archive_in
from docgen.errors import EnvironmentLacks, RecordFault
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

NO_ARCHIVE = Words(
    "{folder}: is gone or empty, and {count} files are on record there. Connect its disk, or put it back from a "
    "backup; nothing was filed. Without a backup, make a folder “intake” in it: docgen then goes on, and docgen "
    "archive verify names what is lost",
    "{folder}：缺失或为空，而登记在此的文件有{count}个。请连接其所在磁盘，或用备份恢复；未归档任何内容。"
    "没有备份时，请在其中新建 intake 文件夹，docgen 即可继续，丢失的文件由 docgen archive verify 列出",
)
ODD_MANIFEST = Words(
    "{file}: says other than the ledger, and no run of docgen left it so: one of the two was changed. Nothing was "
    "filed. docgen archive verify tells what differs; if the ledger is right, move this file away (it shows what was "
    "changed), and the next run writes it anew",
    "{file}：与台账不符，且不是 docgen 运行中断造成的：两者之一被改动过。未归档任何内容。"
    "请用 docgen archive verify 查看差异；如台账无误，请将该文件移到别处（留作凭据），下次运行会重新生成",
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
    listed = manifest(after(kept, filing).values())
    files = {_within(file.path): contents[file.path] for file in filing.files}
    store.record([filing_entry(filing)])
    publish({**files, _within(MANIFEST): listed}, store.out, store.access, read_only=files.keys())
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
    else those that are there are removed, being docgen's own and nobody's record. Then remove what was replaced.

    The manifest says at any time what the record does, or what it will once a filing that was stopped has come about;
    so one that says anything else was changed by another hand, or the ledger was.

    Raises:
        RecordFault: it was, or the whole archive is gone; nothing is touched.
    """
    folder = archive_in(store.out)
    if not is_within(ARCHIVE, store.out):
        return
    returns = Returns(store.register)
    files, unfinished = returns.files(), returns.unfinished()
    if files.kept and not (folder.is_dir() and any(folder.iterdir())):  # such as the place of a disk that isn't there
        raise RecordFault(NO_ARCHIVE.filled(folder=folder, count=len(files.kept)))
    _refuse_odd_manifest(folder / MANIFEST, manifests(files.kept, unfinished))
    remove_leftovers(folder)
    for filing in unfinished:
        _settle_one(store, filing, files.kept)
        files = returns.files()
    _clear(store, files.gone.values())
    _renew_manifest(store, files.kept)


def _settle_one(store: Store, filing: Filing, kept: Mapping[str, KeptFile]) -> None:
    """The manifest first, then the line that says how it ended."""
    for parent in {_within(file.path).parent for file in filing.files}:
        if is_within(parent.as_posix(), store.out):
            remove_leftovers(store.out / parent)
    if all(kept.get(file.path, file) == file and _is_ours(store, file) for file in filing.files):
        _renew_manifest(store, after(kept, filing))
        store.record(filed_entries(filing))
    else:
        _clear(store, filing.files)
        _renew_manifest(store, kept)
        store.record([unfiled_entry(filing)])


@contextmanager
def opened_archive(out: Path, access: Access) -> Iterator[Store]:
    """Hold the folder ``out``; what a stopped run left unfinished, in the archive too, is settled.

    Raises:
        EnvironmentLacks: another run holds it, or it can't be written.
        RecordFault: its ledger has lost what its register knows, or says other than the archive.
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


def _refuse_odd_manifest(place: Path, right: Sequence[bytes]) -> None:
    if not os.path.lexists(place):
        return
    try:
        found = os.lstat(place)
        may_be_right = stat.S_ISREG(found.st_mode) and found.st_size in map(len, right)
        is_odd = not may_be_right or place.read_bytes() not in right
    except OSError as error:
        raise _unread(place, error) from error
    if is_odd:
        raise RecordFault(ODD_MANIFEST.filled(file=place))


def _renew_manifest(store: Store, kept: Mapping[str, KeptFile]) -> None:
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
