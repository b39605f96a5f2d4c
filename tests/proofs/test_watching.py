"""``docgen templates preview --watch`` renews its file after a save, and says where a template is wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.company import Company
from docgen.proofs.watching import Watch
from tests.proofs.plant_help import Plant, company

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = 30.0
"""Seconds to wait for something that takes one or two."""


def heard() -> None:
    """A run in the background of a shell is started deaf to Ctrl-C, and so would be its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def waited_for(happens: Callable[[], bool]) -> bool:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.05)
    return False


def test_a_change_is_told_once_it_has_settled(tmp_path: Path) -> None:
    planted = company(tmp_path, [Plant("templates/wording.en.yaml", "", "draft: One\n", "")])
    watch = Watch(planted)
    before = watch.stamps()
    file, sleeps = tmp_path / "templates" / "wording.en.yaml", []

    def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        if len(sleeps) <= 3:  # an editor writes it in steps
            file.write_text("draft: " + "x" * len(sleeps) + "\n", "utf-8")

    stamps, changed = next(watch.changes(before, sleep))
    assert changed == {file} and len(sleeps) == 4
    assert stamps == watch.stamps()


def test_what_lies_beside_the_settings_and_is_no_part_of_the_look_is_not_watched(tmp_path: Path) -> None:
    watch = Watch(company(tmp_path, []))
    before = watch.stamps()
    (tmp_path / "preview.pdf").write_bytes(b"%PDF")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "~$letter.docx").write_bytes(b"lock")
    assert watch.stamps() == before
    (tmp_path / "logo.svg").write_text("<svg/>", "utf-8")
    assert watch.stamps() != before
    assert Watch(Company(None)).stamps() == {}


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_the_preview_follows_each_save_and_outlives_a_fault(tmp_path: Path) -> None:
    template = tmp_path / "templates" / "notes.html"
    company(tmp_path, [Plant("templates/notes.html", "", "<h1>KPI</h1>\n<p>{{ case.employee_name }}</p>\n", "")])
    good, out, log = template.read_text("utf-8"), tmp_path / "out" / "notes.pdf", tmp_path / "log.txt"
    options = ["notes", "--case", "empty", "--watch", "-o", str(out), "--language", "en"]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "docgen", "templates", "preview", *options],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=stream,
            stderr=subprocess.STDOUT,
            preexec_fn=heard,
        )
        try:
            assert waited_for(out.is_file), log.read_text("utf-8")
            assert waited_for(lambda: " pages, " in log.read_text("utf-8"))
            first = out.read_bytes()
            template.write_text(good.replace("{{ case.employee_name", "{{ case.employe_name"), "utf-8")
            line = good[: good.index("{{ case.employee_name")].count("\n") + 1
            assert waited_for(lambda: f"templates/notes.html:{line}: " in log.read_text("utf-8"))
            assert waited_for(lambda: "not renewed" in log.read_text("utf-8"))
            assert out.read_bytes() == first and process.poll() is None
            template.write_text(good.replace("{{ case.employee_name }}", "KPI"), "utf-8")
            assert waited_for(lambda: out.read_bytes() != first)
            assert waited_for(lambda: log.read_text("utf-8").count(" pages, ") == 2)
            process.send_signal(signal.SIGINT)
            assert process.wait(LONGEST) == 0
        finally:
            process.kill()
    assert "Traceback" not in log.read_text("utf-8")
