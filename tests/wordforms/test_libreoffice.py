"""LibreOffice kept warm: started once, started anew after a hang or its end, and gone when nobody needs it any more."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docgen.errors import DocumentError, EnvironmentLacks
from docgen.wordforms.libreoffice import LibreOffice

STAND_IN = """#!{python}
import os, sys, time
from pathlib import Path
here = Path({folder!r})
if "--convert-to" in sys.argv:
    with open(here / "orders", "a") as orders:
        orders.write(f"{{os.getpid()}}\\n")
    plan = (here / "plan").read_text().split()
    done = plan[min(len((here / "orders").read_text().split()), len(plan)) - 1]
    if done == "hangs":
        time.sleep(60)
    if done == "works":
        out = Path(sys.argv[sys.argv.index("--outdir") + 1])
        (out / "document.pdf").write_bytes(b"%PDF of " + Path(sys.argv[-1]).read_bytes())
else:
    with open(here / "started", "a") as started:
        started.write(f"{{os.getpid()}}\\n")
    document = Path(sys.argv[-1])
    if (here / "plan").read_text() != "never":
        (document.parent / f".~lock.{{document.name}}#").touch()
        time.sleep(60)
"""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")


def office(folder: Path, plan: str, seconds: float = 20) -> LibreOffice:
    """One whose program does what ``plan`` says, conversion by conversion."""
    program = folder / "soffice"
    program.write_text(STAND_IN.format(python=sys.executable, folder=str(folder)))
    program.chmod(0o700)
    (folder / "plan").write_text(plan)
    return LibreOffice(str(program), seconds)


def started(folder: Path, which: str = "started") -> list[int]:
    return [int(one) for one in (folder / which).read_text().split()]


def is_running(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def gone(process: int) -> bool:
    until = time.monotonic() + 10
    while is_running(process) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_running(process)


def test_one_process_makes_many_files_and_ends_with_its_profile(tmp_path: Path) -> None:
    with office(tmp_path, "works") as warm:
        assert [warm.pdf(one) for one in (b"a", b"b")] == [b"%PDF of a", b"%PDF of b"]
        (process,) = started(tmp_path)
        profile = warm._profile
        assert (profile / "user" / "registrymodifications.xcu").read_text("utf-8").count("DisableMacrosExecution") == 1
    assert gone(process)
    assert not profile.exists()


def test_what_hangs_is_ended_and_started_anew(tmp_path: Path) -> None:
    with office(tmp_path, "hangs works", seconds=0.5) as warm:
        warm.seconds = 1.0
        assert warm.pdf(b"a") == b"%PDF of a"
        first, second = started(tmp_path)
        assert gone(first)
        assert is_running(second)


def test_what_makes_nothing_twice_is_told(tmp_path: Path) -> None:
    with office(tmp_path, "fails") as warm, pytest.raises(DocumentError, match="made no PDF"):
        warm.pdf(b"a")
    assert len(started(tmp_path)) == 2


def test_a_program_that_does_not_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentLacks, match="doesn't start"):
        office(tmp_path, "never").pdf(b"a")


def test_where_it_is_not_installed_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.wordforms.libreoffice.program", lambda: None)
    with pytest.raises(EnvironmentLacks, match="LibreOffice is not here"):
        LibreOffice().pdf(b"a")


def test_it_ends_with_whoever_started_it_however_that_ends(tmp_path: Path) -> None:
    program = str(office(tmp_path, "works hangs").command)
    source = (
        "import os, sys, time; from docgen.wordforms.libreoffice import LibreOffice; from threading import Thread\n"
        "warm = LibreOffice(sys.argv[1]); warm.pdf(b'a'); print(warm._profile, flush=True)\n"
        "Thread(target=warm.pdf, args=(b'b',)).start()\n"
        "while open(sys.argv[2]).read().count('\\n') < 2: time.sleep(0.02)\n"
        "os.kill(os.getpid(), 9)"
    )
    root = Path(__file__).resolve().parents[2]
    called = [sys.executable, "-c", source, program, str(tmp_path / "orders")]
    run = subprocess.run(called, cwd=root, capture_output=True, text=True, check=False)
    assert all(map(gone, (*started(tmp_path), *started(tmp_path, "orders"))))
    until = time.monotonic() + 10
    while Path(run.stdout.strip()).exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(run.stdout.strip()).exists()
