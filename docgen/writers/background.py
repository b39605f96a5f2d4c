"""A letterhead.pdf: opened with care, laid under the first page of a PDF, and taken off again to read that page."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Pdf, PdfError, Stream, String
from PIL import Image

import docgen
from docgen.errors import DocumentError, TemplateError
from docgen.layout.theme import Theme
from docgen.model.problems import Words
from docgen.writers.background_child import FORM, POINTS

PATIENCE = 15
"""Seconds of the clock; the child has its own limit of computing time."""
MOST_BYTES = 10_000_000
PACKAGE_FOLDER = Path(docgen.__file__).resolve().parent.parent
INK, STAIN = 215, 250
"""Shades from black (0) to white (255): darker than the first is print, of which text must keep clear; a pale pattern
may lie behind it. Nothing darker than the second may lie where a code goes."""
AIR = 3
"""Millimetres between the letterhead's print and the text, at least."""
BEFORE, AFTER = b"/Artifact\n<</Type /Pagination>>\nBDC\n", b"\nEMC\n"

REFUSALS: Mapping[str, Words] = {
    "bytes": Words(
        "has {size} bytes; at most {most} are taken. Export it smaller", "有{size}字节，最多{most}字节；请缩小后导出"
    ),
    "stopped": Words(
        "takes too long or too much memory to open; export it anew, simpler", "打开耗时或占用内存过多；请简化后重新导出"
    ),
    "no_pdf": Words("is no PDF that can be read ({what}); export it anew", "不是可读取的PDF（{what}）；请重新导出"),
    "encrypted": Words("has a password or is encrypted; save it without", "带有密码或已加密；请另存为无密码的文件"),
    "pages": Words(
        "has {count} pages; it lies behind the first page of a document only. Save that page alone",
        "共有{count}页；信头仅用于文档首页，请只保存该页",
    ),
    "size": Words(
        "is {across} × {down} mm, and the theme's page {width} × {height} mm; export it in that size, or set page in "
        "theme.yaml",
        "页面为{across} × {down}毫米，而主题页面为{width} × {height}毫米；请按该尺寸导出，或修改theme.yaml中的page",
    ),
    "layers": Words("has hidden layers; export it with layers flattened", "含有隐藏图层；请合并图层后导出"),
    "fields": Words(
        "has {count} form fields or comments; print it to a new PDF without them",
        "含有{count}个表单域或批注；请去除后重新导出",
    ),
    "colours": Words(
        "uses the colours of a printing press (CMYK); export it for screen, in RGB",
        "使用了印刷色（CMYK）；请按屏幕显示（RGB）导出",
    ),
    "font": Words(
        "does not hold its font {name}; export it with fonts embedded, or text converted to paths",
        "未嵌入字体{name}；请嵌入字体或将文字转曲后导出",
    ),
    "unreadable": Words(
        "has text in the font {name} that can't be read as text; export it as PDF/A, or convert text to paths",
        "字体{name}中的文字无法识别为文本；请导出为PDF/A，或将文字转曲",
    ),
    "too_much": Words("is made of too many parts; export it flattened", "组成元素过多；请拼合后导出"),
    "strange": Words(
        "draws in a way that PDF/A doesn't know; export it as PDF/A", "绘制方式不符合PDF/A；请导出为PDF/A"
    ),
    "code": Words(
        "prints where a page code goes, {where} at the right; keep {size} × {size} mm free, {edge} mm from the edge",
        "在右侧{where}的页面二维码位置有内容；请在距边缘{edge}毫米处留出{size} × {size}毫米空白",
    ),
    "top": Words(
        "prints down to {reach} mm, and the text of the first page begins at {begins} mm; set "
        "letterhead.background.top in theme.yaml to {needed}",
        "内容向下延伸至{reach}毫米，而首页正文从{begins}毫米处开始；请将theme.yaml中的letterhead.background.top设为{needed}",
    ),
    "bottom": Words(
        "prints up to {reach} mm from the lower edge, where text or foot of the first page stand; set "
        "letterhead.background.foot in theme.yaml to {needed}, and bottom to {bottom}",
        "底部内容向上延伸至距下边缘{reach}毫米，占用了首页正文或页脚的位置；"
        "请将theme.yaml中的letterhead.background.foot设为{needed}、bottom设为{bottom}",
    ),
}
UPPER, LOWER = Words("above", "上方"), Words("below", "下方")
ALTERED = Words(
    "the letterhead on page 1 of the PDF is not that of letterhead.pdf", "PDF第1页的信头与letterhead.pdf不一致"
)


@dataclass(frozen=True, slots=True)
class Background:
    """A page that is fit to lie under others: a PDF of it alone; how it is placed; and the hash of all it draws."""

    content: bytes
    placed: bytes
    digest: str


def read_background(path: Path, theme: Theme) -> Background:
    """The page of a letterhead.pdf.

    Raises:
        TemplateError: it can't lie under a page of ``theme``; with the cure, and where it prints too far, how far.
    """
    content = path.read_bytes() if (size := path.stat().st_size) <= MOST_BYTES else b""
    if not content and size:
        raise _refused(path, "bytes", size=size, most=MOST_BYTES)
    answer, rest = _asked(path, content, {"width": theme.page.width, "height": theme.page.height})
    across, down = answer["across"], answer["down"]
    check_print(path, Image.frombytes("L", (across, down), rest[: across * down]), theme)
    page = rest[across * down :]
    with Pdf.open(BytesIO(page)) as source:
        (only,) = source.pages
        return Background(page, only.obj.Contents.read_bytes().strip(), _digest(only.obj.Resources.XObject[FORM]))


def laid_under(pdf: bytes, background: Background) -> bytes:
    """``pdf`` with the letterhead behind all else on its first page, marked as what screen readers pass over."""
    with Pdf.open(BytesIO(pdf)) as document, Pdf.open(BytesIO(background.content)) as given:
        page: Any = document.pages[0].obj
        resources: Any = Dictionary(page.Resources)  # other pages may share it
        drawings: Any = Dictionary(page.Resources.XObject) if "/XObject" in page.Resources else Dictionary()
        drawings[FORM] = document.copy_foreign(given.pages[0].obj.Resources.XObject[FORM])
        resources.XObject = drawings
        page.Resources = resources
        page.Contents = document.make_stream(BEFORE + background.placed + AFTER + page.Contents.read_bytes())
        return _saved(document)


def taken_off(pdf: bytes, background: Background) -> bytes:
    """``pdf`` without the letterhead, so that what is left is read like any other.

    Raises:
        DocumentError: its first page has another background, or none.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        page: Any = document.pages[0].obj
        content, before = page.Contents.read_bytes(), BEFORE + background.placed + AFTER
        drawing = page.Resources.get("/XObject", Dictionary()).get(FORM)
        if not content.startswith(before) or drawing is None or _digest(drawing) != background.digest:
            raise DocumentError(ALTERED)
        if FORM.encode() in content.removeprefix(before):
            raise DocumentError(ALTERED)
        del page.Resources.XObject[FORM]
        page.Contents = document.make_stream(content.removeprefix(before))
        return _saved(document)


def _saved(document: Pdf) -> bytes:
    saved = BytesIO()
    document.save(saved, deterministic_id=True, fix_metadata_version=False)
    return saved.getvalue()


def _asked(path: Path, content: bytes, order: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    # -P: nothing that lies in the user's folder is imported
    command = [sys.executable, "-P", "-m", "docgen.writers.background_child"]
    paths = (str(PACKAGE_FOLDER), os.environ.get("PYTHONPATH", ""))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    try:
        child = subprocess.run(
            command, input=json.dumps(order).encode() + b"\n" + content, capture_output=True, env=environment,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise _refused(path, "stopped") from error
    line, _, rest = child.stdout.partition(b"\n")
    if child.returncode or not line:
        raise _refused(path, "stopped")
    answer: dict[str, Any] = json.loads(line)
    if "refused" in answer:
        raise _refused(path, answer["refused"], **answer["details"])
    return answer, rest


def _refused(path: Path, kind: str, **details: object) -> TemplateError:
    words = REFUSALS[kind].filled(**details)
    return TemplateError(Words(f"{path.name}: {words.en}", f"{path.name}：{words.zh}"))


def check_print(path: Path, picture: Image.Image, theme: Theme) -> None:
    """Refuse what is printed where codes, text or foot go."""
    page, field, room = theme.page, theme.code_field, theme.letterhead.background
    right = page.width - field.from_side
    low = page.height - field.from_edge - field.size
    for top, where in ((field.from_edge, UPPER), (low, LOWER)):
        if _printed(picture, (right - field.size, top, right, top + field.size), STAIN):
            raise _refused(path, "code", where=where, size=f"{field.size:g}", edge=f"{field.from_edge:g}")
    sides = page.margins.left, page.width - page.margins.right
    middle = page.height / 2
    if found := _printed(picture, (sides[0], room.top, sides[1], middle), INK):
        reach = room.top + found[1]
        raise _refused(path, "top", reach=f"{reach:.0f}", begins=f"{room.top:g}", needed=f"{reach + AIR:.0f}")
    if found := _printed(picture, (sides[0], middle, sides[1], page.height - room.foot), INK):
        reach = page.height - middle - found[0]
        needed = reach + AIR
        bottom = needed + room.bottom - room.foot
        raise _refused(path, "bottom", reach=f"{reach:.0f}", needed=f"{needed:.0f}", bottom=f"{bottom:.0f}")


def _printed(picture: Image.Image, box: tuple[float, ...], shade: int) -> tuple[float, float] | None:
    """From where to where, in millimetres below its upper edge, a part of the page is darker than ``shade``."""
    left, top, right, bottom = (round(edge * POINTS) for edge in box)
    part = picture.crop((left, top, right, bottom)).point([255 if one < shade else 0 for one in range(256)])
    found = part.getbbox()
    return (found[1] / POINTS, found[3] / POINTS) if found else None


def _digest(drawing: Any) -> str:
    """The hash of all that a drawing is made of, wherever it lies in its file."""
    made, known = hashlib.sha256(), dict[tuple[int, int], int]()

    def take(one: Any) -> None:
        if getattr(one, "is_indirect", False):
            if one.objgen in known:
                made.update(b"again %d " % known[one.objgen])
                return
            known[one.objgen] = len(known)
        match one:
            case Stream() | Dictionary():
                for key in sorted(one.keys()):
                    if key not in ("/Length", "/Filter", "/DecodeParms"):
                        made.update(key.encode() + b" ")
                        take(one[key])
                if isinstance(one, Stream):
                    made.update(hashlib.sha256(_unpacked(one)).digest())
            case Array():
                made.update(b"[%d " % len(one))
                for each in one:
                    take(each)
            case String():
                made.update(bytes(one) + b" ")
            case _:
                made.update(f"{one} ".encode())

    take(drawing)
    return made.hexdigest()


def _unpacked(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except PdfError:  # a picture packed in a way of its own
        return bytes(stream.read_raw_bytes())
