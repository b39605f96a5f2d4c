"""What lies in an office's folder, file by file, against what must lie there: changed, missing, renamed, foreign."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from docgen.archive.findings import NOTHING, Finding
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
LITTER = re.compile(r"\.DS_Store|\._.+|Thumbs\.db|desktop\.ini|~\$.+|\.~lock\..+#", re.IGNORECASE)
SPELT = Words(
    "is now {other}, which only looks the same: its letters are coded otherwise",
    "现为 {other}：看似相同，但字符编码不同",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What tells a stranger. ``owners``: the path of a kept file by its hash; ``lacking``: the paths where a file of
    that hash is still missed; ``listed``: those that the manifest lists."""

    held: Holdings
    owners: Mapping[str, str]
    lacking: dict[str, list[str]]
    listed: Collection[str]


def compared(
    held: Holdings, there: Mapping[str, Found], hashes: Mapping[str, Hashed], listed: Collection[str]
) -> Iterator[Finding]:
    """What kinds, sizes and hashes say of each path; a file of the right size without a hash counts as unchanged.

    Args:
        listed: the paths that the manifest lists.
    """
    owners = {file.sha256: path for path, file in held.must.items()}
    wanted: dict[str, Kind] = {LIST: "file", **dict.fromkeys(_folders(held.must), "folder")}
    closed = tuple(f"{path}/" for path, kind in wanted.items() if _is_closed(there.get(path), kind))
    lacking: dict[str, list[str]] = {}
    for path, file in held.must.items():
        if found := there.get(path):
            yield from _held(found, hashes.get(path), file, owners)
        elif not path.startswith(closed):
            lacking.setdefault(file.sha256, []).append(path)
    known = Known(held, owners, lacking, listed)
    for path in sorted(there.keys() - held.must.keys()):
        if kind := wanted.get(path):
            yield from _kept(there[path], kind)
        else:
            yield from _stranger(there[path], hashes.get(path), known)
    for paths in lacking.values():
        yield from (Finding("missing", path) for path in paths)


def is_leftover(path: str) -> bool:
    """Whether it is called like what a run that was stopped leaves half written."""
    name = path.rpartition("/")[2]
    return name.startswith(TEMPORARY) and name.endswith(TMP)


def is_litter(path: str) -> bool:
    """Whether it is called like what file managers and office programs leave in every folder that they open."""
    return LITTER.fullmatch(path.rpartition("/")[2]) is not None


def unreadable(path: str, reason: str) -> Finding:
    return Finding("unreadable", path, said=Words(reason, reason))


def _is_closed(found: Found | None, kind: Kind) -> bool:
    """Whether nobody can tell what lies below it: that is then not missed file by file."""
    return kind == "folder" and found is not None and (found.kind != kind or bool(found.fault))


def _held(found: Found, read: Hashed | None, file: KeptFile, owners: Mapping[str, str]) -> Iterator[Finding]:
    """Of a path where that file must lie."""
    if reason := found.fault or (read.fault if read else ""):
        yield unreadable(found.path, reason)
    elif found.kind != "file":
        yield Finding("replaced", found.path, said=KINDS[found.kind])
    elif found.size != file.size or (read and not _is(read, file)):
        yield Finding("changed", found.path, other=owners.get(read.sha256, "") if read else "")


def _kept(found: Found, kind: Kind) -> Iterator[Finding]:
    """Of the manifest, and of folders in which files must lie."""
    if found.fault:
        yield unreadable(found.path, found.fault)
    elif found.kind != kind:
        yield Finding("replaced", found.path, said=KINDS[found.kind])


def _stranger(found: Found, read: Hashed | None, known: Known) -> Iterator[Finding]:
    """Of any other path; what is found to be a file of another name is no longer lacking."""
    path = found.path
    if reason := found.fault or (read.fault if read else ""):
        yield unreadable(path, reason)
    elif found.kind == "folder":
        return
    elif found.kind != "file":
        yield Finding("foreign", path, said=KINDS[found.kind])
    elif read and _is(read, known.held.coming.get(path)):
        return
    elif read and _is(read, known.held.replaced.get(path)):
        yield Finding("left", path)
    elif read and (former := known.lacking.get(read.sha256)):
        yield _renamed(former.pop(0), path)
    elif is_leftover(path):
        yield Finding("leftover", path)
    elif path in known.listed:
        yield Finding("unrecorded", path)
    elif is_litter(path):
        yield Finding("litter", path)
    else:
        yield Finding("foreign", path, other=known.owners.get(read.sha256, "") if read else "")


def _renamed(former: str, now: str) -> Finding:
    looks_alike = unicodedata.normalize("NFC", former) == unicodedata.normalize("NFC", now)
    return Finding("renamed", former, other=now, said=SPELT.filled(other=now) if looks_alike else NOTHING)


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
