"""The process that keeps LibreOffice: it starts it, and ends it with all its children as soon as nobody needs it.

It is called with a program, a profile folder, a document that is to stay open and the kind of file to make. Each line
of its standard input is a folder whose ``document.docx`` is to be converted. It lives as long as its standard input
does: when the process at the other end dies, however it dies, LibreOffice goes with all orders, and the profile is
removed with the documents in it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

OPTIONS = ("--headless", "--invisible", "--norestore", "--nologo", "--nofirststartwizard", "--nodefault")


QUIET: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
DONE = "done"
"""The file that says that an order was carried out, whatever came of it."""


def main() -> None:
    """Keep LibreOffice until standard input ends, or it does."""
    program, profile, open_document, kind = sys.argv[1:5]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked, and ends us through him
    called = [program, f"-env:UserInstallation={Path(profile).as_uri()}"]
    running = [_started([*called, *OPTIONS, open_document])]
    Thread(target=_end_with, args=(running, profile), daemon=True).start()
    for line in sys.stdin.buffer:
        folder = Path(os.fsdecode(line.rstrip(b"\n")))
        order = [*called, "--headless", "--convert-to", kind, "--outdir", str(folder), str(folder / "document.docx")]
        running[1:] = [one for one in running[1:] if one.poll() is None]
        running.append(_started(order))
        Thread(target=_tell, args=(running[-1], folder), daemon=True).start()
    _end(running, profile)


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=os.name == "posix", **QUIET)


def _tell(order: subprocess.Popen[bytes], folder: Path) -> None:
    order.wait()
    with suppress(OSError):
        (folder / DONE).touch()


def _end_with(running: list[subprocess.Popen[bytes]], profile: str) -> None:
    running[0].wait()
    _end(running, profile)


def _end(running: list[subprocess.Popen[bytes]], profile: str) -> None:
    """The orders first: without the office, one would become an office itself."""
    for one in reversed(running):
        with suppress(OSError):
            if os.name != "posix":
                one.kill()
            elif one is running[0] or one.poll() is None:  # of the office, its children are still there
                os.killpg(one.pid, signal.SIGKILL)
    running[0].wait()
    shutil.rmtree(profile, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()
