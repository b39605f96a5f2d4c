"""Characters are put in order or refused once, before any engine sees them; none is lost without a word."""

from __future__ import annotations

import re
import unicodedata

# What XML can't hold, and C1 controls, which no font draws: https://www.w3.org/TR/xml/#charsets
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Soft hyphen, zero-width characters, bidi controls, tags: they change what is read without being seen.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff"
    "\uffa0\U000e0000-\U000e007f]"
)
LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Those of them that Python counts as printable.
PRINTABLE_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
# Full-width forms of ASCII, and the ideographic space. NFKC would also turn ² into 2 and ① into 1.
HALF_WIDTH = {**{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}, 0x3000: 0x20}


# What nearly all text consists of; none of it changes under NFC, and all of it can be seen.
ORDINARY = re.compile("[\\n -~\u4e00-\u9fa5\u3001-\u3011\uff01-\uff5e\u2013\u2014\u2018-\u201d\u2026]*")


def is_ordinary(text: str) -> bool:
    """Whether ``text`` needs no cleaning but of the blanks around it."""
    return ORDINARY.fullmatch(text) is not None


def tidy(text: str) -> str:
    """``text`` in NFC, its lines ended by LF, without blanks around it."""
    if not text.isprintable():
        text = LINE_END.sub("\n", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.strip()


def first_control(text: str) -> str:
    """The code point (``U+0007``) of the first character that no document can hold, or ''."""
    if text.isprintable():
        return ""
    found = CONTROL.search(text)
    return code_point(found[0]) if found else ""


def first_invisible(text: str) -> str:
    """The code point of the first character that can't be seen but changes what is read, or ''."""
    if text.isascii():
        return ""
    found = (PRINTABLE_INVISIBLE if text.isprintable() else INVISIBLE).search(text)
    return code_point(found[0]) if found else ""


def code_point(letter: str) -> str:
    return f"U+{ord(letter):04X}"


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as ASCII, without blanks around them."""
    return text.strip() if text.isascii() else text.translate(HALF_WIDTH).strip()
