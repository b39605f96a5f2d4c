"""The process that keeps LibreOffice: it starts it, and ends it with all its children as soon as nobody needs it.

It is called with a program, a profile folder and a document that is to stay open, and lives as long as its standard
input does: when the process at the other end dies, however it dies, LibreOffice goes and the profile is removed.
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

OPTIONS = ("--headless", "--invisible", "--norestore", "--nologo", "--nofirststartwizard", "--nodefault")


def main() -> None:
    """Keep LibreOffice until standard input ends, or it does."""
    program, profile, open_document = sys.argv[1:4]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked, and ends us through him
    command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", *OPTIONS, open_document]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    office = subprocess.Popen(command, start_new_session=os.name == "posix", **quiet)  # type: ignore[call-overload]
    Thread(target=_end_with, args=(office, profile), daemon=True).start()
    sys.stdin.buffer.read()
    _end(office, profile)


def _end_with(office: subprocess.Popen[bytes], profile: str) -> None:
    office.wait()
    _end(office, profile)


def _end(office: subprocess.Popen[bytes], profile: str) -> None:
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(office.pid, signal.SIGKILL)
        else:
            office.kill()
    office.wait()
    shutil.rmtree(profile, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()
