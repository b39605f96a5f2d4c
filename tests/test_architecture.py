"""The house rules that a machine can hold; the arrows between the rooms are held by import-linter."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "docgen").rglob("*.py"))
MODULE_LINES = 300


def name(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


@cache
def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


@cache
def calls(module: Path) -> tuple[ast.Call, ...]:
    return tuple(node for node in ast.walk(parsed(module)) if isinstance(node, ast.Call))


def called(module: Path) -> Iterator[str]:
    return (ast.unparse(call.func) for call in calls(module))


def test_a_module_says_in_one_paragraph_what_it_is() -> None:
    assert [name(module) for module in MODULES if not ast.get_docstring(parsed(module))] == []


def test_a_module_has_one_subject() -> None:
    lines = {name(module): len(module.read_text("utf-8").splitlines()) for module in MODULES}
    assert {module: count for module, count in lines.items() if count > MODULE_LINES} == {}


def test_only_the_command_line_prints_asks_and_exits() -> None:
    rude = {"print", "input", "exit", "quit", "sys.exit"}
    assert [name(module) for module in MODULES if "cli" not in module.parts and rude & set(called(module))] == []


def test_every_message_is_in_chinese_too() -> None:
    """But for what is a sign, a unit or an option alone."""
    english = [
        f"{name(module)}:{call.lineno}"
        for module in MODULES
        for call in calls(module)
        if ast.unparse(call.func) == "Words" and len(call.args) == 2
        for en, zh in [[prose(one) for one in call.args]]
        if re.search(r"(?<![-\w])[a-z]{3,}", en) and zh and not re.search("[\u4e00-\u9fff]", zh)
    ]
    assert english == []


def test_what_stops_a_run_says_why_in_both_languages() -> None:
    kinds = {"TemplateError", "DocumentError", "DefinitionError", "UsageError"}
    rooms = {"layout", "definitions", "wordforms", "writers", "checking", "sources"}
    plain = [
        f"{name(module)}:{call.lineno}"
        for module in MODULES
        if module.parent.name in rooms
        for call in calls(module)
        if call.args and ast.unparse(call.func) in kinds and re.search("[A-Za-z]{3}", prose(call.args[0]))
    ]
    assert plain == []


def prose(text: ast.expr) -> str:
    """The words of a text, without what is filled in; none of what is worked out."""
    match text:
        case ast.Constant(value=str() as said):
            return re.sub(r"\{[^{}]*\}", "", said)
        case ast.JoinedStr(values=parts):
            return "".join(map(prose, parts))
        case _:
            return ""


def test_jinja_environments_are_made_in_the_sandbox_alone() -> None:
    kinds = {"Environment", "SandboxedEnvironment", "ImmutableSandboxedEnvironment"}
    made = {name(module): kinds & {function.rpartition(".")[2] for function in called(module)} for module in MODULES}
    assert [module for module, found in made.items() if found and module != "docgen/sandbox.py"] == []


def test_no_module_is_called_like_the_data_that_the_wheel_puts_beside_it() -> None:
    assert not (ROOT / "docgen" / "forms.py").exists()
    assert not {"forms", "templates"} & {folder.name for folder in (ROOT / "docgen").iterdir() if folder.is_dir()}


def test_the_tests_mirror_the_rooms() -> None:
    rooms = {path.name for path in (ROOT / "docgen").iterdir() if path.is_dir()}
    mirrored = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert mirrored - {"campaign"} <= rooms


def test_commands_load_no_engine_before_they_make_something() -> None:
    source = """
import sys
from importlib import import_module
for name in ("check", "status", "close", "archive_status"):
    import_module(f"docgen.cli.{name}")
early = {"docx", "pikepdf", "PIL", "cryptography", "weasyprint"} & sys.modules.keys()
import_module("docgen.cli.generate")
print(*early, *({"weasyprint"} & sys.modules.keys()))
"""
    ended = subprocess.run([sys.executable, "-c", source], cwd=ROOT, check=False, capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ("\n", "")
