"""Packs are made one after another: each file compared with its record, the list put on top, all written as one PDF."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import BinaryIO, Literal
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from docgen.errors import DocumentError, UsageError
from docgen.kit import Kit
from docgen.model.issued import Issued
from docgen.model.problems import Words
from docgen.office.lock import locked
from docgen.office.pack_cover import cover
from docgen.office.packs import Pack
from docgen.office.publish import Access, is_within, publish, remove_leftovers
from docgen.writers.joined import Piece, joined

State = Literal["made", "planned", "refused", "failed"]
FOLDER = "packs"
PDF, ZIP = ".pdf", ".zip"
FIXED = (1980, 1, 1, 0, 0, 0)
NO_PDF = Words(
    "{number} was issued without a PDF; docgen generate --formats pdf adds it",
    "{number} 签发时没有 PDF；可用 docgen generate --formats pdf 补充",
)
GONE = Words(
    "{file} is gone; docgen generate makes it again, or put it back from a backup",
    "{file} 已不在原处；请用 docgen generate 重新生成，或用备份恢复",
)
UNREAD = Words(
    "{file} can't be read ({reason}); look at its permissions and at the disk",
    "{file} 无法读取（{reason}）；请检查其权限和磁盘",
)
CHANGED = Words(
    "{file} was changed after it was issued; put the issued one back from a backup, or issue a revision (docgen "
    "generate with --revise {number} --reason)",
    "{file} 在签发后被改动；请用备份恢复，或签发新版（docgen generate --revise {number} --reason）",
)
THERE = Words(
    "{file}: is there already, and stays as it is; move it away, or name another folder with -o",
    "{file}：文件已存在，未作改动；请将其移走，或用 -o 指定其他文件夹",
)


@dataclass(frozen=True, slots=True)
class Wrap:
    """How packs are written: as one zip, with a password ('': none)."""

    duplex: bool = True
    zipped: bool = False
    password: str = ""


@dataclass(frozen=True, slots=True)
class Packed:
    """What became of a pack, or would become of it: the file (in the zip, where there is one), or the ``reasons`` why
    it was not made."""

    pack: Pack
    state: State
    file: Path | None = None
    sha256: str = ""
    size: int = 0
    reasons: tuple[Words, ...] = ()


def packed(
    packs: Sequence[Pack], out: Path, folder: Path | None, kit: Kit, on: date, wrap: Wrap, access: Access
) -> Iterator[Packed]:
    """Make ``packs`` of documents in ``out``, one at a time; one that lacks a document is not made.

    To be called by whoever holds the lock of ``out``: what a stopped run left half written there is cleared away.

    Args:
        folder: where they go, which is held, too; None: a new one below ``out``, named by the day.

    Raises:
        UsageError: a file is there already.
        EnvironmentLacks: the folder can't be written, or another run holds it.
    """
    with ExitStack() as held:
        if folder and not folder.resolve().is_relative_to(out.resolve()):
            held.enter_context(locked(folder, access))
        days = (one for one in (out / FOLDER).glob("*") if is_within(one.relative_to(out).as_posix(), out))
        for left in (*days, folder) if folder else days:
            remove_leftovers(left)
        yield from _packed(packs, out, folder or _new_folder(out / FOLDER, on), kit, on, wrap, access)


def planned(packs: Sequence[Pack], out: Path, folder: Path | None, on: date, wrap: Wrap) -> Iterator[Packed]:
    """What ``packed`` would make of the same, each document compared with its record; nothing is written.

    Raises:
        UsageError: a file is there already.
    """
    place = _free(packs, folder or _new_folder(out / FOLDER, on), on, wrap)
    for pack in packs:
        _, reasons = _pieces(pack, out)
        yield Packed(pack, "refused", reasons=reasons) if reasons else Packed(pack, "planned", place / _name(pack))


def _packed(
    packs: Sequence[Pack], out: Path, folder: Path, kit: Kit, on: date, wrap: Wrap, access: Access
) -> Iterator[Packed]:
    place = _free(packs, folder, on, wrap)
    if wrap.zipped:
        yield from _zipped(packs, out, place, kit, on, wrap, access)
        return
    for pack in packs:
        yield _made(pack, out, place, kit, on, wrap, lambda name, content: publish({name: content}, place, access))


def _free(packs: Sequence[Pack], folder: Path, on: date, wrap: Wrap) -> Path:
    """Where packs go that are to lie in ``folder``: it, or a zip in it.

    Raises:
        UsageError: a file is there already.
    """
    archive = folder / f"{FOLDER}-{on.isoformat()}{ZIP}"
    for file in [archive] if wrap.zipped else [folder / _name(pack) for pack in packs]:
        if os.path.lexists(file):
            raise UsageError(THERE.filled(file=file))
    return archive if wrap.zipped else folder


def _zipped(
    packs: Sequence[Pack], out: Path, archive: Path, kit: Kit, on: date, wrap: Wrap, access: Access
) -> list[Packed]:
    """One zip of what was made; none where nothing was."""
    found: list[Packed] = []

    def write(file: BinaryIO) -> None:
        with ZipFile(file, "w", ZIP_STORED) as target:

            def put(name: Path, content: bytes) -> None:
                target.writestr(ZipInfo(name.as_posix(), FIXED), content)

            found.extend(_made(pack, out, archive, kit, on, wrap, put) for pack in packs)
        if not any(one.file for one in found):
            raise _NothingMade

    with suppress(_NothingMade):
        publish({Path(archive.name): write}, archive.parent, access)
    return found


class _NothingMade(Exception):
    """An empty zip is of no use to anybody."""


def _made(
    pack: Pack, out: Path, place: Path, kit: Kit, on: date, wrap: Wrap, put: Callable[[Path, bytes], object]
) -> Packed:
    """Make ``pack`` and ``put`` it, unless a document is not as it was issued or the list can't be made."""
    pieces, reasons = _pieces(pack, out)
    if reasons:
        return Packed(pack, "refused", reasons=reasons)
    try:
        made = joined(cover(pack, kit, on, wrap.duplex), pieces, duplex=wrap.duplex, password=wrap.password)
    except DocumentError as error:
        return Packed(pack, "failed", reasons=(error.words,))
    put(_name(pack), made)
    return Packed(pack, "made", place / _name(pack), sha256(made).hexdigest(), len(made))


def _pieces(pack: Pack, out: Path) -> tuple[list[Piece], tuple[Words, ...]]:
    """Its documents as they were issued, and why some can't be had."""
    pieces: list[Piece] = []
    reasons: list[Words] = []
    for sheaf in pack.sheaves:
        content = _content(sheaf.issued, out)
        if isinstance(content, Words):
            reasons.append(content)
        else:
            pieces.append(Piece(sheaf.issued.number, content, sheaf.copies))
    return pieces, tuple(reasons)


def _content(issued: Issued, out: Path) -> bytes | Words:
    """The PDF of a document as it was issued, or why it can't be had."""
    file = issued.files.get("pdf")
    if file is None:
        return NO_PDF.filled(number=issued.number)
    try:
        content = (out / file.path).read_bytes()
    except FileNotFoundError:
        return GONE.filled(file=out / file.path)
    except OSError as error:
        return UNREAD.filled(file=out / file.path, reason=error.strerror or type(error).__name__)
    if sha256(content).hexdigest() != file.sha256:
        return CHANGED.filled(file=out / file.path, number=issued.number)
    return content


def _new_folder(folder: Path, on: date) -> Path:
    """The first of ``2026-03-05``, ``2026-03-05-2`` … that isn't there."""
    places = (folder / f"{on.isoformat()}{f'-{at}' if at > 1 else ''}" for at in count(1))
    return next(place for place in places if not os.path.lexists(place))


def _name(pack: Pack) -> Path:
    return Path(pack.stem + PDF)
