"""The files that a Word form may show as pictures: of the company or of its template set, by name."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image

from docgen.errors import TemplateError
from docgen.layout.sets import TemplateSet
from docgen.model.problems import Words

KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
MOST_PIXELS = 40_000_000
MOST_BYTES = 10 * 2**20
NOT_THERE = Words(
    "there is no picture {name}; put it beside docgen.yaml or into templates/",
    "没有图片 {name}；请放在 docgen.yaml 旁或 templates/ 中",
)
OTHER_KIND = Words(
    "{name}: a Word form takes .png and .jpg; save the picture as one of these",
    "{name}：Word 模板支持 .png 和 .jpg；请另存为其中一种",
)
ONLY_NAMES = Words("{name}: give the name of the file alone, without a folder", "{name}：只写文件名，不要带文件夹")
TOO_LARGE = Words(
    "{name} has more than {most} megapixels or {bytes} MB; save it smaller",
    "{name} 超过{most}百万像素或{bytes} MB；请缩小后保存",
)
DAMAGED = Words("{name} can't be read as a picture; save it anew", "{name} 无法作为图片读取；请重新保存")


def company_picture(name: str, beside: Path | None, templates: TemplateSet) -> bytes:
    """The bytes of a picture; ``beside``: the company's file of that name beside its settings.

    Raises:
        TemplateError: there is none, or Word couldn't show it; nothing outside of the folders is looked at.
    """
    if Path(name).name != name or name in ("", ".", "..") or "\\" in name or name.startswith("."):
        raise TemplateError(ONLY_NAMES.filled(name=name))
    kind = KINDS.get(Path(name).suffix.lower())
    if kind is None:
        raise TemplateError(OTHER_KIND.filled(name=name))
    path = beside or _in_set(name, templates)
    if path.stat().st_size > MOST_BYTES:
        raise TemplateError(TOO_LARGE.filled(name=name, most=MOST_PIXELS // 10**6, bytes=MOST_BYTES // 2**20))
    content = path.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[kind]) as picture:
                width, height = picture.size
    except Image.DecompressionBombError as error:
        raise TemplateError(
            TOO_LARGE.filled(name=name, most=MOST_PIXELS // 10**6, bytes=MOST_BYTES // 2**20)
        ) from error
    except Exception as error:  # Pillow's readers raise of every kind on damaged files
        raise TemplateError(DAMAGED.filled(name=name)) from error
    if width * height > MOST_PIXELS:
        raise TemplateError(TOO_LARGE.filled(name=name, most=MOST_PIXELS // 10**6, bytes=MOST_BYTES // 2**20))
    return content


def _in_set(name: str, templates: TemplateSet) -> Path:
    for folder in templates.folders:
        path = folder / name
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return path
    raise TemplateError(NOT_THERE.filled(name=name))
