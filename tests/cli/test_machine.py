"""What the doctor finds."""

from __future__ import annotations

import ctypes
import importlib
import shutil
from importlib import metadata
from typing import Any

import pytest
from click.testing import CliRunner

from docgen.cli import doctor, machine
from docgen.cli.app import app
from docgen.cli.machine import Finding


def test_an_old_python_is_lacking() -> None:
    assert machine.python((3, 10, 9)).lacking
    assert machine.python((3, 11, 0)).found == "3.11.0"


def test_a_package_that_is_too_old_is_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda _: "69.9")
    assert machine.package("weasyprint", "weasyprint>=70").lacking
    assert machine.package("weasyprint", "weasyprint>=69.9").found == "69.9"


def test_a_package_that_is_not_there_is_lacking_and_its_cure_is_told() -> None:
    finding = machine.package("no-such-package", "no-such-package>=1")
    assert finding.lacking and "pip install 'no-such-package>=1'" in finding.cure


def test_every_declared_package_is_looked_at() -> None:
    names = {finding.what for finding in machine.packages()}
    assert {"weasyprint", "python-docx", "jinja2"} <= names
    assert "pytest" not in names


def test_a_missing_library_is_found_missing() -> None:
    assert machine.load(("libno-such-thing.so.9",)) is None


def test_a_font_is_known_by_its_family_and_not_by_a_part_of_its_name() -> None:
    known = machine.font_lookup()
    assert known("DejaVu Sans")
    assert not known("DejaVu") and not known("No Such Font, really: 1-2")


def test_without_fontconfig_no_font_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "load", lambda _: None)
    assert not machine.font_lookup()("DejaVu Sans")


def test_a_font_that_lacks_names_a_package_or_the_theme() -> None:
    assert "fonts-noto-cjk" in machine.font_package("Noto Serif CJK SC")
    assert "theme.yaml" in machine.font_package("Corporate Sans")


def test_an_engine_that_can_not_start_is_a_finding_and_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> Any:
        raise OSError("cannot load library 'libpango-1.0-0'\nmore")

    monkeypatch.setattr(importlib, "import_module", broken)
    assert machine.engine() == Finding("PDF engine", "", "cannot load library 'libpango-1.0-0'")


def test_the_doctor_is_content_with_this_machine() -> None:
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0, result.output
    assert "PDF engine: starts" in result.output


def test_the_doctor_ends_with_4_and_tells_what_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_libraries(*_: Any) -> Any:
        raise OSError

    monkeypatch.setattr(ctypes, "CDLL", no_libraries)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 4
    assert "MISSING  Pango (Debian: libpango-1.0-0" in result.stdout
    assert "lacking: Pango" in result.stderr


def test_libreoffice_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    finding = machine.office()
    assert not finding.lacking
    assert doctor.line(finding).lstrip().startswith("not here")
