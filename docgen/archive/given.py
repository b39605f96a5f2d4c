"""The files that were named for the archive: folders taken apart, each file looked at, what can't be taken in told."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docgen.archive.piles import Examined, examine_all
from docgen.archive.shelves import archive_in
from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.office.returns import Returns

SCANS = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"})
"""What is taken out of a folder; a file that is named itself is known by its bytes."""
NOT_THERE = Words("{file}: there is no such file or folder; check the name", "{file}：文件或文件夹不存在；请检查名称")
NO_SCAN = Words(
    "{file}: neither PDF, TIFF, JPG nor PNG by its name; left out", "{file}：按扩展名不是 PDF、TIFF、JPG 或 PNG，已略过"
)
NOTHING = Words(
    "{folder}: holds no PDF, TIFF, JPG or PNG; name another folder, or the files themselves",
    "{folder}：其中没有 PDF、TIFF、JPG 或 PNG 文件；请指定其他文件夹，或直接指定文件",
)
OWN = Words(
    "{folder}: the office's own documents lie there; left out", "{folder}：此处存放的是本单位已签发和归档的文件，已略过"
)
TWICE = Words("{file}: holds the very same as {other}; taken once", "{file}：与 {other} 内容完全相同，只归档一次")
KNOWN = Words(
    "{file}: was taken in already on {on} (pile {pile}); left out. docgen archive queue lists what still waits of it",
    "{file}：已于 {on} 收存（批次 {pile}），已略过。其中待处理的页请用 docgen archive queue 查看",
)
SOME_KNOWN = Words(
    "{folder}: what was taken in before is left out; files: {count}", "{folder}：其中{count}个文件此前已收存，已略过"
)
ALL_KNOWN = Words(
    "{folder}: holds nothing new, all was taken in before; files: {count}. docgen archive queue lists what still waits",
    "{folder}：其中{count}个文件此前均已收存，没有新文件。待处理的页请用 docgen archive queue 查看",
)
NOW_SORTED = Words(
    "{file}: was kept by the run that was stopped (pile {pile}), and is sorted now",
    "{file}：上次运行中断前已收存（批次 {pile}），现予整理",
)

ISSUED = Words(
    "{file}: is the very PDF that docgen issued as {number}, which nobody has signed; left out. Print it, have it "
    "signed, and add the scan",
    "{file}：就是 docgen 签发的 {number} 的 PDF，尚未签署，已略过。请打印、签署后归档扫描件",
)
IN_ARCHIVE = Words(
    "{file}: is a file of the archive itself ({kept}); left out",
    "{file}：本身就是档案中的文件（{kept}），已略过",
)
LINK = Words(
    "{folder}: is a link to another folder, which is not followed; name that folder itself",
    "{folder}：是指向其他文件夹的链接，不会进入；请直接指定该文件夹",
)
CLOSED = Words(
    "{folder}: can't be read ({reason}); look at its permissions",
    "{folder}：无法读取（{reason}）；请检查其权限",
)
NO_FILE = Words(
    "{file}: is no file; name the scans themselves, or their folder",
    "{file}：不是文件；请指定扫描件本身或其所在文件夹",
)
ODD_NAME = Words(
    "{file}: its name is no text in the encoding of this system; rename the file, then add it",
    "{file}：文件名的编码与本系统不符；请重命名后再归档",
)


@dataclass(frozen=True, slots=True)
class Given:
    """``files`` are to be taken in; ``refused``: what somebody has to see to, ``left_out``: what is only told."""

    files: tuple[Examined, ...] = ()
    refused: tuple[Words, ...] = ()
    left_out: tuple[Words, ...] = ()


def look_at(
    paths: Iterable[Path], out: Path, returns: Returns, resumed: Collection[str] = (), workers: int = 1
) -> Given:
    """The scans among ``paths``, each content once, none that is in a pile already.

    Args:
        out: the office's folder, which is no scan though it may lie in a folder that is named.
        resumed: the names of the piles that are about to be sorted, whatever is given.
        workers: processes at a time that look at files.

    Raises:
        UsageError: something that was named isn't there.
    """
    files: dict[str, Examined] = {}
    refused: list[Words] = []
    left_out: list[Words] = []
    named = list(dict.fromkeys(paths))
    for path in named:
        if not os.path.exists(path):
            raise UsageError(NOT_THERE.filled(file=path))
    plain: list[Path] = []
    below: dict[Path, Path] = {}
    for path in (file for one in named for file in _files(one, out, refused, left_out, below)):
        if not _is_text(path):
            refused.append(ODD_NAME.filled(file=path))
        elif os.path.exists(path) and not path.is_file():  # whoever opens a pipe waits for ever
            refused.append(NO_FILE.filled(file=path))
        else:
            plain.append(path)
    kept = {file.sha256: file.path for file in returns.kept().values()} if plain else {}
    known: Counter[Path] = Counter()
    for path, found in zip(plain, examine_all(plain, workers), strict=True):
        if not isinstance(found, Examined):
            refused.append(found.words)
        elif found.sha256 in files:
            left_out.append(TWICE.filled(file=path, other=files[found.sha256].path))
        elif pile := returns.pile_with(found.sha256):
            if pile in resumed:
                left_out.append(NOW_SORTED.filled(file=path, pile=pile))
            elif path in below:
                known[below[path]] += 1
            else:
                refused.append(KNOWN.filled(file=path, on=pile[:10], pile=pile))
        elif found.sha256 in kept:
            refused.append(IN_ARCHIVE.filled(file=path, kept=kept[found.sha256]))
        elif number := returns.issued_as(found.sha256):
            refused.append(ISSUED.filled(file=path, number=number))
        else:
            files[found.sha256] = found
    fresh = {below.get(file.path) for file in files.values()}
    for folder, count in known.items():  # that of a scanner grows from week to week
        if folder in fresh:
            left_out.append(SOME_KNOWN.filled(folder=folder, count=count))
        else:
            refused.append(ALL_KNOWN.filled(folder=folder, count=count))
    return Given(tuple(files.values()), tuple(refused), tuple(left_out))


def _files(
    path: Path, out: Path, refused: list[Words], left_out: list[Words], below: dict[Path, Path]
) -> Iterator[Path]:
    """A file as it is; of a folder all scans in it and below it, in the order in which people count, each of which is
    noted to lie ``below`` that folder."""
    if not path.is_dir():
        yield path
        return
    found = False
    for file in _below(path, out, refused, left_out):
        if file.suffix.lower() in SCANS:
            found = True
            below[file] = path
            yield file
        else:
            left_out.append(NO_SCAN.filled(file=file))
    if not found:
        refused.append(NOTHING.filled(folder=path))


def _below(folder: Path, out: Path, refused: list[Words], left_out: list[Words]) -> Iterator[Path]:
    """Each file of a folder and those below it, but hidden ones; what else may hold scans is told."""
    place = folder.resolve()
    if place == out.resolve() or place.is_relative_to(archive_in(out).resolve()):
        left_out.append(OWN.filled(folder=folder))
        return
    try:
        found = sorted(folder.iterdir(), key=lambda one: (_counted(one.name), one.name))
    except OSError as error:
        refused.append(CLOSED.filled(folder=folder, reason=error.strerror or type(error).__name__))
        return
    for one in found:
        if one.name.startswith("."):
            continue
        if not one.is_dir():
            yield one
        elif one.is_symlink():
            refused.append(LINK.filled(folder=one))
        else:
            yield from _below(one, out, refused, left_out)


def _is_text(path: Path) -> bool:
    """Whether its name can be written down; a system may allow others too."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _counted(name: str) -> list[tuple[int, str]]:
    """``scan2`` before ``scan10``."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts]
