"""Which pictures of the JPEG 2000 kind may stand in an archive file."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from docgen.writers.jpeg2000 import unfit

Harm = Callable[[bytes], bytes]


def picture(mode: str, **options: bool) -> bytes:
    packed = io.BytesIO()
    Image.new(mode, (8, 6)).save(packed, "JPEG2000", **options)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (picture("RGB"), ""),
        (picture("L"), ""),
        (picture("I;16"), ""),
        (picture("CMYK"), "colours"),
        (picture("RGBA"), "strange"),
        (picture("RGB", no_jp2=True), "strange"),  # without what tells its colours
        (b"", "strange"),
    ],
)
def test_those_of_a_screens_colours_may(content: bytes, fault: str) -> None:
    assert unfit(content, 8, 6) == fault


@pytest.mark.parametrize(
    "harm",
    [
        lambda content: content.replace(b"ihdr\0\0\0\6", b"ihdr\0\0\xff\6"),  # larger than the PDF says
        lambda content: content.replace(b"colr\1\0\0\0\0\0\x10", b"colr\1\0\0\0\0\0\x13"),
        lambda content: content.replace(b"colr\1", b"colr\4"),
        lambda content: content.replace(b"\0\3\7\7", b"\0\3\xff\7"),  # channels of different depths
        lambda content: content.replace(b"colr", b"pclr"),
        lambda content: content[:12] + b"\0\0\0\4" + content[16:],
    ],
)
def test_others_may_not(harm: Harm) -> None:
    content = picture("RGB")
    assert harm(content) != content
    assert unfit(harm(content), 8, 6) == "strange"
