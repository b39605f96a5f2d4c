"""How a file of a pile is looked at, in a process that may die of it: kind, faults, pages, digital signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import img2pdf
import pikepdf
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from docgen.archive.piles import Examined, Kind, Refused
from docgen.model.problems import Words

HEAD = 1024
"""Bytes in which a PDF must say that it is one."""
STARTS: dict[bytes, Kind] = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"II+\0": "tiff",
    b"MM\0+": "tiff",
}
MOST_BYTES, MOST_PICTURE_BYTES = 4 * 2**30, 200 * 2**20
MOST_PAGES = 10_000
MOST_PIXELS = 80_000_000
MOST_FIELDS = 10_000
"""Form fields in which a signature is looked for."""
SHORTEST, LONGEST = 70, 450
"""Millimetres that the shorter side of a sheet of paper may have; else the resolution is not that of a scan."""
MILLIMETRE = 72 / 25.4
A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)

GONE = Words(
    "{file}: can't be read: {reason}; check the name and who may read it",
    "{file}：无法读取：{reason}；请检查文件名和读取权限",
)
EMPTY = Words("{file}: is empty; scan it again", "{file}：文件是空的；请重新扫描")
NO_SCAN = Words(
    "{file}: is neither PDF, TIFF, JPG nor PNG by its content; save or scan it as one of these",
    "{file}：按内容不是 PDF、TIFF、JPG 或 PNG；请另存或重新扫描为其中一种格式",
)
TOO_LARGE = Words(
    "{file}: has more than {limit}; split it, or scan it again in smaller parts (200 or 300 dpi)",
    "{file}：超过{limit}；请拆分，或分成几部分重新扫描（200 或 300 dpi）",
)
BYTES = Words("{count} MB", "{count} MB")
PAGES = Words("{count} pages", "{count} 页")
PIXELS = Words("{count} million pixels on a page", "每页 {count} 百万像素")
DAMAGED = Words(
    "{file}: is damaged, perhaps cut off on the way; scan it again, or copy it anew from where it came",
    "{file}：文件已损坏，可能传输不完整；请重新扫描，或从来源处重新复制",
)
ENCRYPTED = Words(
    "{file}: is protected by a password or by permissions, so it can't be taken apart; save it without protection, "
    "then add that",
    "{file}：设有密码或权限保护，无法拆分；请另存为不受保护的文件，再归档该文件",
)
PORTFOLIO = Words(
    "{file}: holds other files (a portfolio, or attachments), which would be lost; save each of them by itself, then "
    "add those",
    "{file}：其中含有其他文件（文件包或附件），拆分时会丢失；请逐个另存后再归档",
)
DYNAMIC = Words(
    "{file}: is a dynamic form (XFA), whose pages only some programs show; print it, and scan the paper",
    "{file}：是动态表单（XFA），只有个别程序能显示其页面；请打印后扫描纸件",
)
NO_PAGES = Words("{file}: has no page; scan it again", "{file}：没有任何页；请重新扫描")
PAGES_DIFFER = Words(
    "{file}: has {one} pages to one reader and {other} to another: a page may be lost in it; scan it again, or save it "
    "anew with another program and count the pages",
    "{file}：两种读取方式得到的页数不同（{one} 页和 {other} 页），可能有页丢失；请重新扫描，或用其他程序另存并核对页数",
)
ODD_PICTURE = Words(
    "{file}: this kind of picture can't be kept without loss ({reason}); save it as JPG or PDF, or scan it again",
    "{file}：无法无损保存这种图像（{reason}）；请另存为 JPG 或 PDF，或重新扫描",
)


class _Unfit(Exception):
    """Why a file is refused."""

    def __init__(self, words: Words, **names: object) -> None:
        super().__init__(words.en)
        self.words, self.names = words, names


def look(path: Path) -> Examined | Refused:
    """What a file is."""
    try:
        with path.open("rb") as file:
            return _examined(path, file)
    except _Unfit as unfit:
        return Refused(unfit.words.filled(file=path, **unfit.names))
    except OSError as error:
        return Refused(GONE.filled(file=path, reason=error.strerror or type(error).__name__))


def bound(path: Path) -> bytes:
    """What a picture becomes as a PDF: a page for each of its pictures, as large as the paper was. The same bytes for
    the same picture. Raises OSError or ValueError where it can't be."""
    try:
        made: bytes = img2pdf.convert(
            path.read_bytes(), nodate=True, engine=img2pdf.Engine.internal, layout_fun=_Paper(path), producer="docgen"
        )
    except MemoryError:
        raise
    except Exception as error:  # it has many of its own, and lets through those of what it reads with
        raise ValueError(str(error) or type(error).__name__) from error
    return made


def _examined(path: Path, file: BufferedReader) -> Examined:
    head = file.read(HEAD)
    size = file.seek(0, 2)
    file.seek(0)
    if not head:
        raise _Unfit(EMPTY)
    kind = _kind(head)
    if kind is None:
        raise _Unfit(NO_SCAN)
    limit = MOST_BYTES if kind == "pdf" else MOST_PICTURE_BYTES
    if size > limit:
        raise _Unfit(TOO_LARGE, limit=BYTES.filled(count=limit // 2**20))
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    pages, is_signed = _pdf(path) if kind == "pdf" else (_picture(path, kind), False)
    if not pages:
        raise _Unfit(NO_PAGES)
    if pages > MOST_PAGES:
        raise _Unfit(TOO_LARGE, limit=PAGES.filled(count=MOST_PAGES))
    return Examined(path, kind, sha256, size, pages, is_signed)


def _kind(head: bytes) -> Kind | None:
    for start, kind in STARTS.items():
        if head.startswith(start):
            return kind
    return "pdf" if b"%PDF-" in head else None


def _pdf(path: Path) -> tuple[int, bool]:
    """How many pages it has, by both readers, and whether it is signed."""
    try:
        with pikepdf.Pdf.open(path) as pdf:
            pages = len(pdf.pages)
            if pdf.is_encrypted:
                raise _Unfit(ENCRYPTED)
            if any("reconstruct" in str(warning) for warning in pdf.get_warnings()):
                raise _Unfit(DAMAGED)
            is_signed = any(map(_is_signature, _fields(pdf)))
            _refuse_wrappings(pdf, is_signed)
    except pikepdf.PasswordError as error:
        raise _Unfit(ENCRYPTED) from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _Unfit(DAMAGED) from error
    others = _pages_shown(path) if pages else 0
    if pages != others:
        raise _Unfit(PAGES_DIFFER, one=pages, other=others)
    return pages, is_signed


def _refuse_wrappings(pdf: pikepdf.Pdf, is_signed: bool) -> None:
    """What holds more than pages. The attachments of a signed file stay, as it is kept in one piece."""
    if "/Collection" in pdf.Root or (len(pdf.attachments) and not is_signed):
        raise _Unfit(PORTFOLIO)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        raise _Unfit(DYNAMIC)


def _fields(pdf: pikepdf.Pdf) -> Iterator[Any]:
    form = pdf.Root.get("/AcroForm")
    waiting = [form.get("/Fields")] if isinstance(form, pikepdf.Dictionary) else []
    for _ in range(MOST_FIELDS):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)[:MOST_FIELDS]
        elif isinstance(one, pikepdf.Dictionary):
            yield one
            waiting.append(one.get("/Kids"))


def _is_signature(field: Any) -> bool:
    value = field.get("/V")
    return isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value and "/Contents" in value


def _pages_shown(path: Path) -> int:
    try:
        shown = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _Unfit(DAMAGED) from error
    try:
        return int(raw.FPDF_GetPageCount(shown))
    finally:
        shown.close()


def _picture(path: Path, kind: Kind) -> int:
    """How many pages it becomes."""
    try:
        with Image.open(path) as picture:
            frames = getattr(picture, "n_frames", 1)
            for frame in range(min(frames, MOST_PAGES)):
                picture.seek(frame)
                if picture.width * picture.height > MOST_PIXELS:
                    raise _Unfit(TOO_LARGE, limit=PIXELS.filled(count=MOST_PIXELS // 10**6))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _Unfit(TOO_LARGE, limit=PIXELS.filled(count=MOST_PIXELS // 10**6)) from error
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError) as error:
        raise _Unfit(DAMAGED) from error
    try:
        made = bound(path)
    except ValueError as error:
        raise _Unfit(ODD_PICTURE if _is_sound(path) else DAMAGED, reason=error) from error
    shown = pypdfium2.PdfDocument(made)
    pages = int(raw.FPDF_GetPageCount(shown))
    shown.close()
    if kind == "tiff" and pages != frames:
        raise _Unfit(PAGES_DIFFER, one=frames, other=pages)
    return pages


def _is_sound(path: Path) -> bool:
    """Whether all pictures of a file can be shown."""
    try:
        with Image.open(path) as picture:
            for frame in range(getattr(picture, "n_frames", 1)):
                picture.seek(frame)
                picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError):
        return False
    return True


class _Paper:
    """How large the page of a picture is: as large as it says; one that says nothing, or what no paper has, fits A4."""

    def __init__(self, path: Path) -> None:
        with Image.open(path) as picture:
            self._is_told = "dpi" in picture.info

    def __call__(self, width: int, height: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
        across, up = 72 * width / dpi[0], 72 * height / dpi[1]
        if not self._is_told or not SHORTEST * MILLIMETRE <= min(across, up) <= LONGEST * MILLIMETRE:
            room = A4 if width <= height else A4[::-1]
            scale = min(room[0] / width, room[1] / height)
            across, up = width * scale, height * scale
        return across, up, across, up
