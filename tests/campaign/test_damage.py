"""A damaged YAML file is a list of problems with places in the file, or still a case; it is never an exception."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from docgen.company import find_settings
from docgen.model.problems import Severity
from tests.campaign.office import SAMPLES, SOUND, check_file, office_settings, stands_in

Damage = Callable[[bytes, random.Random], bytes]

SIGNS: tuple[str, ...] = (
    *":-[]{},&*!|>%@`\"'#?~=",
    *("\t", "：", "，", "- ", ": ", "<<: ", "--- ", "\u2028", "\x85", "\ufeff", "\0", "é"),
)
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030")
LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line in YAML 1.1."""


def flip_bits(content: bytes, seeded: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(seeded.choice((1, 1, 1, 2, 5, 50))):
        damaged[seeded.randrange(len(damaged))] ^= 1 << seeded.randrange(8)
    return bytes(damaged)


def cut_off(content: bytes, seeded: random.Random) -> bytes:
    return content[: seeded.randrange(len(content))]


def cut_out(content: bytes, seeded: random.Random) -> bytes:
    start = seeded.randrange(len(content))
    return content[:start] + content[start + seeded.randint(1, 200) :]


def insert_sign(content: bytes, seeded: random.Random) -> bytes:
    text = content.decode()
    at = seeded.randrange(len(text))
    return (text[:at] + seeded.choice(SIGNS) + text[at:]).encode()


def change_lines(content: bytes, seeded: random.Random) -> bytes:
    """A line is repeated, lost, moved, set further in or out, or loses its colon's half width."""
    lines = content.decode().split("\n")
    at, other = seeded.randrange(len(lines)), seeded.randrange(len(lines))
    changes: list[Callable[[], list[str]]] = [
        lambda: [*lines[: at + 1], *lines[at:]],
        lambda: [*lines[:at], *lines[at + 1 :]],
        lambda: [*lines[:at], lines[other], *lines[at:]],
        lambda: [*lines[:at], " " * seeded.randint(1, 5) + lines[at], *lines[at + 1 :]],
        lambda: [*lines[:at], "\t" + lines[at], *lines[at + 1 :]],
        lambda: [*lines[:at], lines[at].removeprefix("  "), *lines[at + 1 :]],
        lambda: [*lines[:at], lines[at].replace(": ", "：", 1), *lines[at + 1 :]],
        lambda: [*lines[:at], lines[at].partition(":")[0], *lines[at + 1 :]],
        lambda: [*lines[:at], lines[at].partition(":")[0] + ":", *lines[at + 1 :]],
    ]
    return "\n".join(seeded.choice(changes)()).encode()


def recode(content: bytes, seeded: random.Random) -> bytes:
    """The file in another encoding, or with the line ends of another system."""
    text = content.decode()
    encoding: str = seeded.choice(
        ("gb18030", "utf-8", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32")
    )
    return text.replace("\n", seeded.choice(("\n", "\r\n", "\r", "\n\r"))).encode(encoding)


DAMAGES: dict[str, tuple[Damage, int]] = {
    "bits flipped": (flip_bits, 8),
    "cut off": (cut_off, 4),
    "piece cut out": (cut_out, 4),
    "sign put in": (insert_sign, 6),
    "lines changed": (change_lines, 8),
    "other encoding": (recode, 1),
}


@cache
def content_of(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def lines_of(content: bytes) -> list[str]:
    """The lines of a file; where it is no text, a character a byte."""
    wide = b"\0" in content[:2] or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    little = content[1:2] == b"\0" or content[:2] == b"\xff\xfe"
    encoding = ("utf-16-le" if little else "utf-16-be") if wide else "utf-8"
    try:
        return LINE_END.split(content.decode(encoding).removeprefix("\ufeff"))
    except UnicodeDecodeError:
        return re.split("\r\n|[\r\n]", content.decode("latin-1"))


@pytest.mark.campaign("damaged YAML", full=2500, small=80)
def test_damaged_files_give_problems_with_places_in_the_file(
    rounds: range, figures: Counter[str], tmp_path: Path
) -> None:
    for number in rounds:
        seeded = random.Random(f"damage {number}")
        name = seeded.choice(SOUND)
        kind = seeded.choices(list(DAMAGES), [weight for _, weight in DAMAGES.values()])[0]
        content = DAMAGES[kind][0](content_of(name), seeded)
        file = tmp_path / "case.yaml"
        file.write_bytes(content)
        found = check_file(file, office_settings(find_settings(SAMPLES / name)))
        lines = lines_of(content)
        for problem in found.problems:
            assert stands_in(problem.position, file, lines), f"round {number}, {kind}, {name}: {problem}"
            assert problem.message.en and problem.message.zh and problem.fix.en and problem.fix.zh
        errors = any(problem.severity is Severity.ERROR for problem in found.of_cases)
        figures["refused as a file" if found.of_file else "errors in the data" if errors else "still sound"] += 1
