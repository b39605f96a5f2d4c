"""The folders of a template set: what is read of them lies in them, and is no larger than a template can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound

from docgen.bounds import Refused
from docgen.errors import TemplateError
from docgen.model.problems import Words

LARGEST = 500_000
"""Bytes of a template; the longest of the standard set has 14,000."""
OUTSIDE = Words(
    "{file} leads out of the folder {folder}; put a copy of the file there instead of a link",
    "{file} 指向文件夹 {folder} 之外；请放入文件本身，不要使用链接",
)
TOO_LARGE = Words(
    "the template has more than {limit:,} bytes; split it and include the parts",
    "模板超过 {limit:,} 字节；请拆分后用 include 引入",
)
NOT_UTF8 = Words("the file is not UTF-8 text; save it with that encoding", "文件不是 UTF-8 文本；请以 UTF-8 编码另存")


def inside(folder: Path, name: str) -> Path | None:
    """The file of that name in ``folder``; None where there is none.

    Raises:
        TemplateError: it leads out of the folder.
    """
    path = folder / name
    if not path.is_file():
        return None
    if not path.resolve().is_relative_to(folder.resolve()):
        raise TemplateError(OUTSIDE.filled(file=name, folder=folder.name))
    return path


class Folders(BaseLoader):
    """Finds templates in the first of ``folders`` that has them, and nowhere else."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template.startswith("/") or any(part in ("", ".", "..") for part in template.split("/")):
            raise TemplateNotFound(template)
        for folder in self.folders:
            if path := inside(folder, template):
                return _text(path), str(path), lambda: True
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        found = {path.relative_to(folder).as_posix() for folder in self.folders for path in folder.rglob("*.html")}
        return sorted(found)


def _text(path: Path) -> str:
    content = path.read_bytes()
    if len(content) > LARGEST:
        raise Refused(TOO_LARGE.filled(limit=LARGEST), 1, path.name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(NOT_UTF8, content.count(b"\n", 0, error.start) + 1, path.name) from error
