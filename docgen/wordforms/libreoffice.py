"""LibreOffice, kept warm: the first document costs its start, each further one a seventh of a second.

A second call of its program hands its order to the one that runs with the same profile and waits for the result. So one
process is started with a document that stays open, and each conversion is a call of the program, by the keeper: no
other interface, no Python of its own is needed. The profile is ours alone and forbids macros, links and the network;
documents lie in it, so that they go with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import docgen
from docgen.errors import DocumentError, EnvironmentLacks
from docgen.model.problems import Words
from docgen.wordforms.keeper import DONE

SECONDS = 60.0
"""The longest that a conversion may take; ten pages take less than one."""
START_SECONDS = 60.0
TRIES = 2
LOOK = 0.02
PROGRAMS = ("soffice", "libreoffice")
USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)
PDF_A = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
"""PDF/A-2b."""
NOT_HERE = Words(
    "LibreOffice is not here: install it, or add the folder of soffice to PATH",
    "未找到 LibreOffice：请安装，或将 soffice 所在文件夹加入 PATH",
)
NO_START = Words("LibreOffice doesn't start ({program})", "LibreOffice 无法启动（{program}）")
NO_RESULT = Words(
    "LibreOffice made no PDF of it within {seconds:g} seconds; tried twice",
    "LibreOffice 在{seconds:g}秒内未能生成 PDF，已重试一次",
)
_PACKAGE = Path(docgen.__file__).resolve().parent.parent
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
"""
_SETTINGS: Mapping[tuple[str, str], str] = {
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("/org.openoffice.Office.Common/Misc", "FirstRun"): "false",
    ("/org.openoffice.Office.Writer/Content/Update", "Link"): "0",
    ("/org.openoffice.Office.Writer/Content/Update", "Field"): "true",
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable"): "false",
    ("/org.openoffice.Inet/Settings", "ooInetProxyType"): "2",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName"): "127.0.0.1",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort"): "9",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName"): "127.0.0.1",
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort"): "9",
}
"""No macros, no links that are followed, no Java, and a proxy that leads nowhere."""


def program() -> str | None:
    """LibreOffice's program, or None where it is not installed."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return found or next((place for place in USUAL_PLACES if Path(place).is_file()), None)


class LibreOffice:
    """A LibreOffice of this process's own; it is started by the first conversion and ends with the process."""

    def __init__(self, command: str | None = None, seconds: float = SECONDS) -> None:
        self.command = command or program()
        self.seconds = seconds
        self._keeper: subprocess.Popen[bytes] | None = None
        self._profile = Path()

    def pdf(self, docx: bytes) -> bytes:
        """The PDF of a Word file.

        Raises:
            EnvironmentLacks: LibreOffice is not there, or doesn't start.
            DocumentError: it made none, twice.
        """
        if self.command is None:
            raise EnvironmentLacks(NOT_HERE)
        for _ in range(TRIES):
            if self._keeper is None or self._keeper.poll() is not None:
                self._start(self.command)
            made = self._converted(docx)
            if made:
                return made
            self.close()  # it hangs or is gone: the next try has a new one
        raise DocumentError(NO_RESULT.filled(seconds=self.seconds))

    def close(self) -> None:
        """End it; the next conversion starts a new one."""
        keeper, self._keeper = self._keeper, None
        if keeper and keeper.stdin:
            with suppress(OSError):
                keeper.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                keeper.wait(timeout=10)

    def __enter__(self) -> LibreOffice:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self, command: str) -> None:
        self._profile = Path(tempfile.mkdtemp(prefix="docgen-office-"))
        user = self._profile / "user"
        user.mkdir()
        items = "".join(
            f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
            for (path, name), value in _SETTINGS.items()
        )
        (user / "registrymodifications.xcu").write_text(f"{_HEAD}{items}</oor:items>\n", "utf-8")
        stays_open = self._profile / "open.txt"
        stays_open.write_text("docgen\n", "utf-8")
        of_office = (command, str(self._profile), str(stays_open), PDF_A)
        keeper = [sys.executable, "-P", "-m", "docgen.wordforms.keeper", *of_office]
        paths = (str(_PACKAGE), os.environ.get("PYTHONPATH", ""))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        self._keeper = subprocess.Popen(keeper, stdin=subprocess.PIPE, env=environment)
        lock = self._profile / ".~lock.open.txt#"
        until = time.monotonic() + START_SECONDS
        while not lock.exists():  # it makes one when the document is open: then it takes orders
            if self._keeper.poll() is not None or time.monotonic() > until:
                self.close()
                raise EnvironmentLacks(NO_START.filled(program=command))
            time.sleep(LOOK)

    def _converted(self, docx: bytes) -> bytes:
        keeper = self._keeper
        assert keeper
        assert keeper.stdin
        try:
            with tempfile.TemporaryDirectory(dir=self._profile, ignore_cleanup_errors=True) as folder:
                (Path(folder) / "document.docx").write_bytes(docx)
                keeper.stdin.write(os.fsencode(folder) + b"\n")
                keeper.stdin.flush()
                until = time.monotonic() + self.seconds
                while not (Path(folder) / DONE).exists():
                    if keeper.poll() is not None or time.monotonic() > until:
                        return b""
                    time.sleep(LOOK)
                return (Path(folder) / "document.pdf").read_bytes()
        except (FileNotFoundError, BrokenPipeError):  # it made none, or has just ended
            return b""


@lru_cache(maxsize=1)
def _of_process(_process: int) -> LibreOffice:
    return LibreOffice()


def libreoffice() -> LibreOffice:
    """That of this process; a worker that was forked has one of its own."""
    return _of_process(os.getpid())
