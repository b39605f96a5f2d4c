"""The folder OUT as the doctor looks at it: where it lies, whether it may be written, what is free, who holds it, and
whether its ledger is whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from docgen.cli.machine import Finding

NETWORK = frozenset({
    "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.davfs2", "fuse.glusterfs",
    "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs3", "nfs4",
    "prl_fs", "remote", "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "virtiofs", "webdav",
})  # fmt: skip
"""Names of file systems that lie on another machine, or on the host of a virtual one."""
REMOTE_DRIVE = 4
"""What Windows calls a drive of the network."""
LITTLE = 2**30
GIGABYTE = 2**30

LEDGER, DAMAGED = "ledger", "damaged"
FAILS = (
    "locks and SQLite may fail there: let one machine alone write to it, or keep OUT on a disk of this machine and "
    "copy it from there"
)
FREE_SOME = "free some: 1000 people with four forms as Word and PDF take about 2 GB"


def examine_place(out: Path) -> Iterator[Finding]:
    """What there is to say of the folder ``out``, or where it isn't there yet, of the one that it would be made in."""
    folder = next(one for one in (out, *out.absolute().parents) if one.exists())
    if not folder.is_dir():
        yield Finding(f"OUT {out}", "", f"{folder} is a file: move it, or name another folder")
        return
    yield Finding(f"OUT {out}", "is there" if folder == out else f"not there yet; would be made in {folder}")
    kind = network_kind(folder)
    yield Finding("drive", kind or "of this machine", doubt=FAILS if kind else "")
    fault = fault_of_writing(folder)
    yield Finding("files, locks and SQLite there", "" if fault else "work", fault)
    free = shutil.disk_usage(folder).free
    yield Finding("free space", f"{free / GIGABYTE:.1f} GB", doubt=FREE_SOME if free < LITTLE else "")
    if folder == out:
        busy = is_held(out)
        yield Finding("another run", "none" if not busy else "writes there now", doubt="wait for it" if busy else "")
        yield from examine_ledger(out)


def examine_ledger(out: Path) -> Iterator[Finding]:
    """Whether what is on record there is whole; nothing where nothing is, or where docgen can't look."""
    try:
        from docgen.errors import DocgenError
        from docgen.office.store import looked_at
    except (ImportError, OSError):
        return
    try:
        with looked_at(out) as store:
            if store is None:
                return
            faults = [fault.told.en for fault in store.register.faults if not fault.torn]
    except (DocgenError, OSError, sqlite3.Error) as error:
        faults = [str(error)]
    yield Finding(LEDGER, DAMAGED if faults else "whole", doubt=faults[0] if faults else "")


def network_kind(folder: Path) -> str:
    """The kind of the network drive that ``folder`` lies on; '' on a disk of this machine."""
    if os.name == "nt":
        import ctypes

        drive = os.path.splitdrive(folder.resolve())[0] + "\\"
        kind = ctypes.windll.kernel32.GetDriveTypeW(drive)  # type: ignore[attr-defined, unused-ignore]
        return "a network drive" if drive.startswith("\\\\") or kind == REMOTE_DRIVE else ""
    try:
        import psutil

        mounts = {Path(one.mountpoint): one.fstype for one in psutil.disk_partitions(all=True)}
    except (ImportError, OSError):
        return ""
    place = folder.resolve()
    kind = next((mounts[one] for one in (place, *place.parents) if one in mounts), "")
    return f"a network drive ({kind})" if kind.lower() in NETWORK else ""


def fault_of_writing(folder: Path) -> str:
    """What goes wrong when docgen does there what it does in OUT; '' where nothing does. It leaves nothing behind."""
    try:
        from filelock import FileLock

        with (
            tempfile.TemporaryDirectory(prefix=".docgen-", dir=folder) as made,
            FileLock(Path(made, "lock"), timeout=0),
            closing(sqlite3.connect(Path(made, "base"))) as base,
        ):
            base.execute("CREATE TABLE one (two)")
    except (ImportError, OSError, sqlite3.Error, NotImplementedError) as error:
        return f"{folder}: {getattr(error, 'strerror', None) or error}"
    return ""


def is_held(out: Path) -> bool:
    """Whether another run holds the folder just now."""
    try:
        from filelock import FileLock, Timeout

        from docgen.office.lock import LOCK
    except (ImportError, OSError):
        return False
    if not (out / LOCK).exists():
        return False
    try:
        with FileLock(out / LOCK, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False
