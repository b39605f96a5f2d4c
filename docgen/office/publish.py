"""The one place that touches the output folder: all files of a document appear, or none does and the old ones stay."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from docgen.errors import EnvironmentLacks, UsageError
from docgen.model.identity import folded
from docgen.model.problems import Words


@dataclass(frozen=True, slots=True)
class Access:
    """The modes that new files and folders get."""

    file: int
    folder: int


PRIVATE = Access(0o600, 0o700)
SHARED = Access(0o660, 0o2770)
"""For an office that works as one group: what one makes, the others may change, in folders that keep the group."""

READING = 0o440
"""Of a mode, the part that lets nobody write."""
TEMPORARY, TMP = ".docgen-", ".tmp"
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

NO_SPACE = Words("the disk is full; free some space, or name another folder", "磁盘已满；请清理空间，或另选文件夹")
NOT_ALLOWED = Words(
    "docgen may not write there; change the folder's permissions, or name another folder",
    "没有写入权限；请修改该文件夹的权限，或另选文件夹",
)
NO_FOLDER = Words(
    "a file stands where a folder is needed; move it, or name another folder",
    "需要文件夹的位置上是一个文件；请移走它，或另选文件夹",
)
TOO_LONG = Words(
    "the path is too long for this system; use a folder with a shorter path", "路径过长；请另选路径较短的文件夹"
)
CURES = {
    errno.ENOSPC: NO_SPACE,
    errno.EDQUOT: NO_SPACE,
    errno.EACCES: NOT_ALLOWED,
    errno.EPERM: NOT_ALLOWED,
    errno.EROFS: NOT_ALLOWED,
    errno.ENOTDIR: NO_FOLDER,
    errno.EEXIST: NO_FOLDER,
    errno.ENAMETOOLONG: TOO_LONG,
}


Content = bytes | Callable[[BinaryIO], None]
"""What a file is to hold; or what writes it, where it would be too much to hold at once."""


@dataclass(slots=True)
class _Step:
    """One file on its way: written beside its target, and what stood there put by until all are in place."""

    target: Path
    content: Content
    temporary: Path
    old: Path
    mode: int
    kept: bool = False
    placed: bool = False


@dataclass(slots=True)
class _Undo:
    """What has to be taken back when a later step fails."""

    steps: list[_Step] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)


def publish(
    files: Mapping[Path, Content], out: Path, access: Access = PRIVATE, read_only: Container[Path] = ()
) -> tuple[Path, ...]:
    """Write ``files`` (paths relative to ``out``) so that a reader finds all of them new or all as they were.

    Each is written in full beside its target and synced before the first is renamed; when a later rename fails, those
    done are put back. Only a machine that stops between two renames can leave a new file beside an old one.

    Args:
        read_only: those of ``files`` that nobody is to write to from then on.

    Returns:
        The paths written, in the order given.

    Raises:
        UsageError: a path leads outside ``out`` or through a symbolic link, or two paths are one on some file system.
        EnvironmentLacks: the folder can't be written or the disk is full; nothing was changed.
    """
    try:
        targets = [_inside(path, out) for path in files]
    except OSError as error:  # a name that is too long for this file system, a folder that may not be entered
        raise explained(error, out) from error
    if len({folded(str(target)) for target in targets}) < len(targets):
        raise UsageError(
            Words(f"{out}: two files of one document have the same name", f"{out}：同一文档的两个文件重名")
        )
    undo = _Undo()
    try:
        for target, (path, content) in zip(targets, files.items(), strict=True):
            _make_folder(target.parent, undo, access)
            refuse_link(target)
            mode = access.file & READING if path in read_only else access.file
            step = _Step(target, content, _beside(target), _beside(target), mode)
            undo.steps.append(step)
            _write(step)
            _keep_old(step)
        for step in undo.steps:
            os.replace(step.temporary, step.target)
            step.placed = True
        for folder in dict.fromkeys(target.parent for target in targets):
            sync_folder(folder)
    except BaseException as error:
        _take_back(undo)
        if isinstance(error, OSError):
            raise explained(error, out) from error
        raise
    for step in undo.steps:
        _remove(step.old)
    return tuple(targets)


def is_within(folder: str, out: Path) -> bool:
    """Whether it lies in ``out``, and no link leads elsewhere."""
    try:
        _inside(Path(folder, "-"), out)
    except UsageError:
        return False
    return True


def make_folder(folder: Path, access: Access) -> None:
    """Make it with the folders above it that lack."""
    _make_folder(folder, _Undo(), access)


def _inside(path: Path, out: Path) -> Path:
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise UsageError(
            Words(f"{path}: leads outside the output folder {out}", f"{path}：超出输出文件夹 {out} 的范围")
        )
    for part in (out.joinpath(*path.parts[:end]) for end in range(1, len(path.parts))):
        refuse_link(part)
    return out / path


def refuse_link(path: Path) -> None:
    if path.is_symlink():
        raise UsageError(
            Words(
                f"{path}: is a symbolic link, and docgen writes through none; remove it, or use another folder",
                f"{path}：是符号链接，docgen 不会通过它写入；请删除它，或另选文件夹",
            )
        )


def _beside(target: Path) -> Path:
    return target.with_name(f"{TEMPORARY}{secrets.token_hex(8)}{TMP}")


def remove_leftovers(folder: Path) -> None:
    """Remove what a run that was stopped left half written in ``folder``; to be called by whoever holds the lock."""
    for left in folder.glob(f"{TEMPORARY}*{TMP}") if folder.is_dir() else ():
        _remove(left)


def _make_folder(folder: Path, undo: _Undo, access: Access) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent, undo, access)
    try:
        os.mkdir(folder, PRIVATE.folder)
    except FileExistsError:
        if not folder.is_dir():  # else another run made it in the meantime
            raise
        return
    undo.folders.append(folder)
    if access is not PRIVATE:
        os.chmod(folder, access.folder)  # mkdir's mode is cut by the umask
    sync_folder(folder.parent)


def _write(step: _Step) -> None:
    with open(os.open(step.temporary, NEW_FILE, PRIVATE.file), "wb") as file:
        if step.mode != PRIVATE.file and hasattr(os, "fchmod"):  # Windows knows no such modes
            os.fchmod(file.fileno(), step.mode)
        if isinstance(step.content, bytes):
            file.write(step.content)
        else:
            step.content(file)
        file.flush()
        os.fsync(file.fileno())


def _keep_old(step: _Step) -> None:
    """Put a second name, or where the file system knows none a copy, of the old file by."""
    try:
        mode = os.lstat(step.target).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(step.target))
    try:
        os.link(step.target, step.old, follow_symlinks=False)
    except OSError:
        shutil.copy2(step.target, step.old, follow_symlinks=False)
    step.kept = True


def sync_folder(folder: Path) -> None:
    """Have the names in it on the disk."""
    if os.name == "nt":  # a folder can't be opened there, and needs no sync
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _take_back(undo: _Undo) -> None:
    """Leave everything as it was; goes on when a part of that fails, for the first error is the one to tell."""
    for step in reversed(undo.steps):
        if step.placed and step.kept:
            with contextlib.suppress(OSError):
                os.replace(step.old, step.target)
        elif step.placed:
            _remove(step.target)
        _remove(step.temporary)
        if not step.placed:
            _remove(step.old)
    for folder in reversed(undo.folders):
        with contextlib.suppress(OSError):
            os.rmdir(folder)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)


def explained(error: OSError, out: Path) -> EnvironmentLacks:
    """What to tell where ``out`` could not be written to: the reason and the cure."""
    reason = error.strerror or str(error)
    cure = CURES.get(error.errno or 0, Words(f"{reason}; try another folder", f"{reason}；请另选文件夹"))
    place = error.filename if error.filename and ".docgen-" not in str(error.filename) else out
    return EnvironmentLacks(
        Words(
            f"{place}: can't be written: {cure.en}. Nothing that was there has been changed.",
            f"{place}：无法写入：{cure.zh}。原有文件未作任何改动。",
        )
    )
