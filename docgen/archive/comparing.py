"""What lies in an office's folder, file by file, against what must lie there: changed, missing, renamed, foreign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docgen.archive.findings import Finding
from docgen.archive.hashes import Found, Hashed, Kind
from docgen.archive.holdings import Holdings, place
from docgen.archive.shelves import MANIFEST
from docgen.model.problems import Words
from docgen.model.returned import KeptFile
from docgen.office.publish import TEMPORARY, TMP

KINDS: Mapping[Kind, Words] = {
    "file": Words("a file", "文件"),
    "folder": Words("a folder", "文件夹"),
    "link": Words("a link", "链接"),
    "other": Words("a pipe, a socket or a device", "管道、套接字或设备"),
}
LIST = place(MANIFEST)


def compared(held: Holdings, there: Mapping[str, Found], hashes: Mapping[str, Hashed]) -> Iterator[Finding]:
    """What kinds and hashes say of each path; a file without a hash counts as unchanged."""
    owners = {file.sha256: path for path, file in held.must.items()}
    wanted: dict[str, Kind] = {LIST: "file", **dict.fromkeys(_folders(held.must), "folder")}
    closed = tuple(f"{path}/" for path, kind in wanted.items() if _is_closed(there.get(path), kind))
    lacking: dict[str, list[str]] = {}
    for path, file in held.must.items():
        if found := there.get(path):
            yield from _held(found, hashes.get(path), (file, held.coming.get(path)), owners)
        elif not path.startswith(closed):
            lacking.setdefault(file.sha256, []).append(path)
    for path in sorted(there.keys() - held.must.keys()):
        if kind := wanted.get(path):
            yield from _kept(there[path], kind)
        else:
            yield from _stranger(there[path], hashes.get(path), held, owners, lacking)
    for paths in lacking.values():
        yield from (Finding("missing", path) for path in paths)


def is_leftover(path: str) -> bool:
    """Whether it is called like what a run that was stopped leaves half written."""
    name = path.rpartition("/")[2]
    return name.startswith(TEMPORARY) and name.endswith(TMP)


def unreadable(path: str, reason: str) -> Finding:
    return Finding("unreadable", path, said=Words(reason, reason))


def _is_closed(found: Found | None, kind: Kind) -> bool:
    """Whether nobody can tell what lies below it: that is then not missed file by file."""
    return kind == "folder" and found is not None and (found.kind != kind or bool(found.fault))


def _held(
    found: Found, read: Hashed | None, files: Iterable[KeptFile | None], owners: Mapping[str, str]
) -> Iterator[Finding]:
    """Of a path where one of these files must lie."""
    if reason := found.fault or (read.fault if read else ""):
        yield unreadable(found.path, reason)
    elif found.kind != "file":
        yield Finding("replaced", found.path, said=KINDS[found.kind])
    elif read and not any(_is(read, file) for file in files):
        yield Finding("changed", found.path, other=owners.get(read.sha256, ""))


def _kept(found: Found, kind: Kind) -> Iterator[Finding]:
    """Of the manifest, and of folders in which files must lie."""
    if found.fault:
        yield unreadable(found.path, found.fault)
    elif found.kind != kind:
        yield Finding("replaced", found.path, said=KINDS[found.kind])


def _stranger(
    found: Found, read: Hashed | None, held: Holdings, owners: Mapping[str, str], lacking: dict[str, list[str]]
) -> Iterator[Finding]:
    """Of any other path; what is found to be a file of another name is no longer ``lacking``."""
    path = found.path
    if reason := found.fault or (read.fault if read else ""):
        yield unreadable(path, reason)
    elif found.kind == "folder":
        return
    elif found.kind != "file":
        yield Finding("foreign", path, said=KINDS[found.kind])
    elif is_leftover(path):
        yield Finding("leftover", path)
    elif read and _is(read, held.coming.get(path)):
        return
    elif read and _is(read, held.replaced.get(path)):
        yield Finding("left", path)
    elif read and lacking.get(read.sha256):
        yield Finding("renamed", lacking[read.sha256].pop(0), other=path)
    else:
        yield Finding("foreign", path, other=owners.get(read.sha256, "") if read else "")


def _is(read: Hashed, file: KeptFile | None) -> bool:
    return file is not None and read.sha256 == file.sha256


def _folders(paths: Iterable[str]) -> set[str]:
    """All that are above these."""
    found: set[str] = set()
    for path in paths:
        above = path.rpartition("/")[0]
        while above and above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return found
