"""The files that were named for the archive: folders taken apart, each file looked at, what can't be taken in told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docgen.archive.piles import Examined, examine
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
NOW_SORTED = Words(
    "{file}: was kept by the run that was stopped (pile {pile}), and is sorted now",
    "{file}：上次运行中断前已收存（批次 {pile}），现予整理",
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


def look_at(paths: Iterable[Path], out: Path, returns: Returns, resumed: Collection[str] = ()) -> Given:
    """The scans among ``paths``, each content once, none that is in a pile already.

    Args:
        out: the office's folder, which is no scan though it may lie in a folder that is named.
        resumed: the names of the piles that are about to be sorted, whatever is given.

    Raises:
        UsageError: something that was named isn't there.
    """
    files: dict[str, Examined] = {}
    refused: list[Words] = []
    left_out: list[Words] = []
    named = list(dict.fromkeys(paths))
    for path in named:
        if not path.exists():
            raise UsageError(NOT_THERE.filled(file=path))
    for path in (file for one in named for file in _files(one, out, refused, left_out)):
        if not _is_text(path):
            refused.append(ODD_NAME.filled(file=path))
            continue
        found = examine(path)
        if not isinstance(found, Examined):
            refused.append(found.words)
        elif found.sha256 in files:
            left_out.append(TWICE.filled(file=path, other=files[found.sha256].path))
        elif not (pile := returns.pile_with(found.sha256)):
            files[found.sha256] = found
        elif pile in resumed:
            left_out.append(NOW_SORTED.filled(file=path, pile=pile))
        else:
            refused.append(KNOWN.filled(file=path, on=pile[:10], pile=pile))
    return Given(tuple(files.values()), tuple(refused), tuple(left_out))


def _files(path: Path, out: Path, refused: list[Words], left_out: list[Words]) -> Iterator[Path]:
    """A file as it is; of a folder all scans in it and below it, in the order in which people count."""
    if not path.is_dir():
        yield path
        return
    found = False
    for file in _below(path, out, left_out):
        if file.suffix.lower() in SCANS:
            found = True
            yield file
        else:
            left_out.append(NO_SCAN.filled(file=file))
    if not found:
        refused.append(NOTHING.filled(folder=path))


def _below(folder: Path, out: Path, left_out: list[Words]) -> Iterator[Path]:
    if folder.resolve() == out.resolve():
        left_out.append(OWN.filled(folder=folder))
        return
    for one in sorted(folder.iterdir(), key=lambda one: (_counted(one.name), one.name)):
        if one.name.startswith("."):
            continue
        if one.is_dir() and not one.is_symlink():
            yield from _below(one, out, left_out)
        elif one.is_file():
            yield one


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
