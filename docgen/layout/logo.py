"""The company's logo: a picture file beside docgen.yaml, looked through before anything draws it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from docgen.company import LOGOS, Company
from docgen.errors import TemplateError
from docgen.layout.first_page import LogoRoom, letterhead_width
from docgen.layout.svg import Refused, read_svg
from docgen.layout.theme import Theme
from docgen.model.problems import Words

KINDS = ("PNG", "JPEG")
MOST_BYTES, MOST_PIXELS = 10_000_000, 25_000_000
WIDEST = 20
PNG = b"\x89PNG"
NAME = "company-logo.png"
"""As documents refer to it, whatever its file is called."""
FINEST = 1200
"""Pixels that a logo is at most wide or high: 45 mm at more than 600 dpi."""
ABSENT = Words(
    "docgen.yaml: logo: there is no file {name} beside it; put it there, or take the line out",
    "docgen.yaml：logo：同一文件夹中没有文件 {name}；请放入该文件，或删去此行",
)
TOO_BIG = Words(
    "has {size} bytes; at most {most} are taken. Save it smaller", "有{size}字节，最多{most}字节；请缩小后保存"
)
TOO_LARGE = Words(
    "has {across} × {down} pixels; at most {most} million are taken. Save it smaller: 1,200 pixels across are plenty",
    "有{across} × {down}像素，最多{most}百万像素；请缩小后保存，宽1200像素即可",
)
NO_PICTURE = Words(
    "is no picture that can be read ({what}); save it as SVG, PNG or JPEG",
    "不是可读取的图片（{what}）；请保存为SVG、PNG或JPEG",
)
UNKNOWN = Words(
    "is no picture that can be printed; save it as SVG, PNG or JPEG", "不是可打印的图片；请保存为SVG、PNG或JPEG"
)
TOO_THIN = Words(
    "has {across} × {down} pixels, too long to be a logo; cut off what is empty",
    "为{across} × {down}像素，过于狭长；请裁去空白",
)


@dataclass(frozen=True, slots=True)
class Logo:
    """``content``: an SVG that was looked through, or a PNG; ``shape``: its width by its height."""

    content: bytes
    shape: float

    @property
    def is_drawing(self) -> bool:
        """Is it an SVG?"""
        return not self.content.startswith(PNG)

    def width(self, room: LogoRoom) -> float:
        """Millimetres, rounded to tenths, so that it fits into ``room``."""
        return int(10 * min(room.width, room.height * self.shape)) / 10


def find_logo(company: Company, settings: Mapping[str, Any]) -> Logo | None:
    """The logo that the settings name; without a name ``logo.svg`` or ``logo.png``, where there is one.

    Raises:
        UsageError: it is a link that leads out of the company's folder.
        TemplateError: the named one isn't there, or a file is no picture that can be printed; with the cure.
    """
    path, name = logo_file(company, settings), settings.get("logo")
    if name and company.folder and path is None:
        raise TemplateError(ABSENT.filled(name=name))
    return read_logo(path) if path else None


def logo_file(company: Company, settings: Mapping[str, Any]) -> Path | None:
    """The file of the logo, of those that may be there the one that counts.

    Raises:
        UsageError: it is a link that leads out of the company's folder.
    """
    name = str(settings.get("logo") or "")
    return next(filter(None, map(company.file, (name,) if name else LOGOS)), None)


def read_logo(path: Path) -> Logo:
    """The picture in ``path``.

    Raises:
        TemplateError: it can't be printed; with file, line where it has lines, and the cure.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Refused(TOO_BIG.filled(size=size, most=MOST_BYTES))
        content = path.read_bytes()
        if path.suffix.lower() == ".svg":
            drawing = read_svg(content)
            return Logo(drawing.content, drawing.width / drawing.height)
        return _pixels(content)
    except Refused as refused:
        at = f"{path.name}:{refused.line}" if refused.line else path.name
        raise TemplateError(Words(f"{at}: {refused.words.en}", f"{at}：{refused.words.zh}")) from refused


def _pixels(content: bytes) -> Logo:
    """A PNG in the colours of a screen, whatever it was: PDF/A takes no others, and Word no other kind."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(content), formats=KINDS) as picture:
            across, down = picture.size
            if across * down > MOST_PIXELS:  # its head tells; nothing is unpacked yet
                raise Refused(TOO_LARGE.filled(across=across, down=down, most=MOST_PIXELS // 10**6))
            if max(across / down, down / across) > WIDEST:
                raise Refused(TOO_THIN.filled(across=across, down=down))
            clear = "transparency" in picture.info or picture.mode in ("LA", "PA", "RGBA")
            upright = ImageOps.exif_transpose(picture).convert("RGBA" if clear else "RGB")
    except Refused:
        raise
    except UnidentifiedImageError as error:
        raise Refused(UNKNOWN) from error
    except Exception as error:  # Pillow has many of its own for damaged files
        raise Refused(NO_PICTURE.filled(what=str(error) or type(error).__name__)) from error
    upright.thumbnail((FINEST, FINEST))
    made = io.BytesIO()
    Image.frombytes(upright.mode, upright.size, upright.tobytes()).save(made, "PNG")  # without what it says of itself
    return Logo(made.getvalue(), upright.width / upright.height)


def letterhead_names(
    logo: Logo | None, theme: Theme, settings: Mapping[str, Any], *, has_file: bool, landscape: bool
) -> dict[str, Any] | None:
    """What a template needs for a letterhead; None: there is none. ``has_file``: for either format it is a file."""
    if not (logo or has_file or settings.get("company_address") or settings.get("company_contact")):
        return None
    return {
        "logo": NAME if logo else None,
        "logo_width": Decimal(str(logo.width(theme.letterhead.logo))) if logo else None,
        "width": Decimal(str(round(letterhead_width(theme, landscape=landscape), 1))),
    }
