"""Looking at an office's folder with its archive, and doing harm to it."""

from __future__ import annotations

from pathlib import Path

from docgen.archive.filing import opened_archive
from docgen.archive.verifying import ALL, Sample, Verified, surveyed, verified
from docgen.office.ledger import LEDGER
from docgen.office.publish import PRIVATE
from docgen.office.returns import Returns
from tests.archive.kept_help import complete

LIST = "archive/manifest-sha256.txt"
COPY = "archive/signed/2026/S1-202601/S1-202601-L-r2.s1.pdf"
OTHER = "archive/signed/2026/S2-202601/S2-202601-L-r1.s1.pdf"
PART = "archive/incomplete/S3-202601-L-r1.s1.1of2.pdf"
ISSUED = "Sales/S2-202601/S2-202601-L-r1.pdf"
EARLIER = "Sales/S1-202601/S1-202601-L-r1.docx"


def verify(out: Path, sample: Sample = ALL) -> Verified:
    return verified(surveyed(out, sample))


def found(out: Path) -> list[tuple[str, str, str]]:
    """The faults: kind, path, and the other path."""
    return [(one.kind, one.path, one.other) for one in verify(out).faults]


def remarks(out: Path) -> list[tuple[str, str]]:
    return [(one.kind, one.path) for one in verify(out).remarks]


def picture_of(out: Path) -> str:
    """The one picture of a page that waits."""
    (picture,) = (out / "archive" / "queue").iterdir()
    return picture.relative_to(out).as_posix()


def overwrite(path: Path, new: bytes) -> None:
    """What lies there can only be read."""
    path.unlink(missing_ok=True)
    path.write_bytes(new)


def flip(path: Path, at: float = 0.5, bit: int = 0) -> None:
    """One bit of a file."""
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 1 << bit
    overwrite(path, bytes(content))


def lines_of(out: Path) -> list[bytes]:
    return (out / LEDGER).read_bytes().splitlines(keepends=True)


def write_lines(out: Path, lines: list[bytes]) -> None:
    (out / LEDGER).write_bytes(b"".join(lines))


def finish(out: Path) -> None:
    """The page that waited completes the copy."""
    with opened_archive(out, PRIVATE) as store:
        (waiting,) = Returns(store.register).waiting()
        issued = store.register.standing("S3-202601-L")
        assert issued
        complete(store, issued, waiting.leaf)
