"""Reports are written where the user says, and never over anything else."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.errors import UsageError
from docgen.model.problems import UiLanguage, Words
from docgen.office.publish import publish
from docgen.office.visible import visible

THERE = Words(
    "{file}: is already there, with other contents, and stays as it is; choose another name",
    "{file}：文件已存在且内容不同，未作改动；请换一个文件名",
)
TAKEN = Words(
    "{file}: is already there and stays as it is; choose another name for the report",
    "{file}：文件已存在，未作改动；请为报告换一个文件名",
)
WRITTEN = Words("{file}: written", "{file} 已生成")


def refuse_to_replace(file: Path) -> None:
    """Before a long run, whose report is written at its end.

    Raises:
        UsageError: something is there already.
    """
    if file.exists() or file.is_symlink():
        raise UsageError(Words(*(TAKEN[one].format(file=file) for one in ("en", "zh"))))


def write_report(file: Path, content: bytes, language: UiLanguage, of_ours: bytes = b"") -> None:
    """Write ``content`` to ``file``.

    Args:
        of_ours: a file that holds this was written by docgen, for programs and not for people, and is replaced.

    Raises:
        UsageError: another file is there.
    """
    if file.exists() or file.is_symlink():
        there = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
        if there != content and not (of_ours and of_ours in there):
            raise UsageError(Words(*(THERE[one].format(file=file) for one in ("en", "zh"))))
    publish({Path(file.name): content}, file.parent)
    click.echo(visible(WRITTEN[language].format(file=file)), err=True)
