"""Random text of the kinds that have broken document engines, and its place in a YAML file."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import yaml

KINDS: dict[str, tuple[str, ...]] = {
    "control characters": ("\0", "\a", "\b", "\v", "\f", "\x1b[31m", "\x7f", "\x80", "\x9f", "\ufffe", "\uffff"),
    "line ends": ("\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\n\n", "\t", " \n "),
    "bidi": ("\u202e", "\u202d", "\u2066abc\u2069", "\u200f", "\u061c", "\u202aכתב\u202c"),
    "zero width": ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u180e", "\u3164", "\u115f"),
    "surrogates": ("\ud800", "\udfff", "\udc00\ud83d", "\ud83d\ude00"),
    "combining": ("e\u0301", "a" + "\u0300\u0301\u0302\u0303" * 4, "\u0301", "ก็็็", "A\u030a", "が", "か\u3099"),
    "emoji": ("👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇨🇳", "❤️", "1️⃣", "😀"),
    "right to left": ("שלום עולם", "السلام عليكم", "אבג 123 (ד)", "مرحبا, hello"),
    "radicals": ("⼀⼁⼂", "⽬⽰⾔", "⻅⻔⻋", "⼾⼿", "⺠⺟"),
    "compatibility": ("豈更車", "﨑﨔", "ﬁﬂ", "㍿㎏", "①②㈠", "豈豈", "Å", "Ω", "㊣"),
    "full width": ("ＡＢＣ１２３", "（）：；", "＜ｂ＞", "｛｛ｘ｝｝", "　　", "ｶﾞ", "￥１２"),
    "private use": ("\ue000", "\uf8ff", "\U000f0000"),
    "rare": ("𠀀𪚥", "𰻝", "ᚠᛇᚻ", "नमस्ते", "ไทย", "🀄", "\U0001d504"),
    "jinja": ("{{ 7*7 }}", "{% for x in y %}", "{#", "{_{", "}}", "{{ cycler.__init__.__globals__ }}", "{%- raw -%}"),
    "markup": ("<b>x</b>", "</w:t></w:r>", "</td></tr>", "<script>alert(1)</script>", "<!--", "<br/>", "<p", "<?xml?>"),
    "entities": ("&amp;", "&lt;b&gt;", "&#0;", "&#x41;", "&nbsp;", "&", "]]>", "<![CDATA[", "<!DOCTYPE a>", "&a;"),
    "places": ("<?at x:1?>", "?>", "<?at letter.html:3?><p>", "<?php"),
    "quotes": ('"', "'", "“”‘’", "`", "\\", "\\n", '\\"', "''", "«»", "\\u0041"),
    "formulas": ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1"),
    "yaml": ("a: b", "- x", "# x", "*a", "&a b", "!!int 3", "? x", "|", ">", "%TAG", "---", "...", "~", "[", "{a: b}"),
    "long words": ("x" * 150, "字" * 120, "https://example.com/" + "a/" * 60, "-" * 80, "—" * 30, "." * 90),
    "spaces": (" ", "\u00a0", "\u2003", "\u202f", "\u3000", "  "),
    "words": ("plan", "目标", "A", "1,234.5", "·", "•", "–", "☐", "☑", "50%", "…"),
}  # fmt: skip


def hostile_text(seed: str) -> str:
    """One to five pieces of one to three kinds."""
    seeded = random.Random(seed)
    kinds = seeded.choices(list(KINDS), k=seeded.randint(1, 3))
    pieces = [seeded.choice(KINDS[seeded.choice(kinds)]) for _ in range(seeded.randint(1, 5))]
    return seeded.choice(("", "", " ", "文")).join(pieces)


def quoted(text: str, seeded: random.Random) -> str:
    """``text`` as a YAML value that means just this text, in one of the ways to write it."""
    ways: list[Callable[[str], str]] = [_escaped, _double]
    if text.isprintable():
        ways.append(_single)
    return seeded.choice(ways)(text)


def _escaped(text: str) -> str:
    """Double quotes, everything but plain ASCII escaped."""
    return '"' + "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'


def _double(text: str) -> str:
    """Double quotes, only what has to be escaped is."""
    special = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
    special |= {"\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P", "\ufeff": "\\ufeff"}
    return '"' + "".join(special.get(c, c) for c in text) + '"'


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def yaml_with(data: Any, path: tuple[str | int, ...], value: str) -> str:
    """``data`` as YAML with the YAML ``value`` at ``path``."""
    stand_in = "VALUE-FROM-OUTSIDE"
    text = yaml.dump(
        _replaced(data, path, stand_in), Dumper=yaml.CSafeDumper, allow_unicode=True, width=10_000, sort_keys=False
    )
    assert text.count(stand_in) == 1
    return text.replace(stand_in, value)


def _replaced(data: Any, path: tuple[str | int, ...], value: str) -> Any:
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        return [_replaced(one, tuple(rest), value) if index == step else one for index, one in enumerate(data)]
    return {name: _replaced(one, tuple(rest), value) if name == step else one for name, one in data.items()}
