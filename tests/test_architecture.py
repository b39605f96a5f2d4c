"""The house rules that a machine can hold; the arrows between the rooms are held by import-linter."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "docgen").rglob("*.py"))
MODULE_LINES = 300


def name(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_says_in_one_paragraph_what_it_is(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text("utf-8")))


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_has_one_subject(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("module", [m for m in MODULES if "cli" not in m.parts], ids=name)
def test_only_the_command_line_prints_asks_and_exits(module: Path) -> None:
    assert not {"print", "input", "exit", "quit", "sys.exit"} & set(called(ast.parse(module.read_text("utf-8"))))


@pytest.mark.parametrize("module", [m for m in MODULES if m.name != "sandbox.py"], ids=name)
def test_jinja_environments_are_made_in_the_sandbox_alone(module: Path) -> None:
    made = {function.rpartition(".")[2] for function in called(ast.parse(module.read_text("utf-8")))}
    assert not {"Environment", "SandboxedEnvironment", "ImmutableSandboxedEnvironment"} & made


def test_no_module_is_called_like_the_data_that_the_wheel_puts_beside_it() -> None:
    assert not (ROOT / "docgen" / "forms.py").exists()
    assert not {"forms", "templates"} & {folder.name for folder in (ROOT / "docgen").iterdir() if folder.is_dir()}


def test_the_tests_mirror_the_rooms() -> None:
    rooms = {path.name for path in (ROOT / "docgen").iterdir() if path.is_dir()}
    mirrored = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert mirrored - {"campaign"} <= rooms


def test_starting_the_command_line_does_not_load_the_pdf_engine() -> None:
    source = "import sys, docgen.cli; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", source], cwd=ROOT, check=False).returncode == 0
