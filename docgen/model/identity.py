"""Who a document is: number, paper id, hashes, and the place where its files lie. All derived, nothing drawn."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

from docgen.model.document import Block, Document, Heading, Section, plain

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PAPER_ID_LENGTH = 10
STAMPS = frozenset({"stamp", "revision", "page-code"})
PART = 2
COUNTED = re.compile(r"^(?:[〇一二三四五六七八九十]+、|[0-9]+\.|[A-F](?:[、, &]+[A-F])*(?=\s))\s*")
"""The number of a heading: a part that is put in before others changes none of them."""
UNHEADED: Mapping[str, str] = {
    "acknowledgement": ":acknowledgement",
    "signatures": ":signatures",
    "signers": ":signatures",
}
"""Roles of what ends a document without a heading of its own, and the names of such parts; the wording prints them."""
NAME_BYTES = 100
"""Longest name of a file or folder, in UTF-8 bytes: four of them stay well below Windows' 260 characters a path."""

FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
UNPRINTABLE = ("C", "Zl", "Zp")
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])\s*(\.|$)", re.IGNORECASE)


def document_number(case_id: str, form_code: str, part: str = "") -> str:
    """``S1024-202601-L``; with a part (month or interview number) ``S1024-202601-M-2026-04``."""
    return "-".join(filter(None, (case_id, form_code, part)))


def paper_id(number: str) -> str:
    """Ten characters that stand for ``number`` in a page code: 50 bits of its SHA-256 in Crockford's base 32."""
    bits = int.from_bytes(hashlib.sha256(number.encode()).digest(), "big") >> (256 - 5 * PAPER_ID_LENGTH)
    return "".join(CROCKFORD[bits >> shift & 31] for shift in range(5 * (PAPER_ID_LENGTH - 1), -1, -5))


def printed_paper_id(number: str) -> str:
    """The paper id as a person reads it: ``K7Q2M-9XW4T``."""
    made = paper_id(number)
    return f"{made[:5]}-{made[5:]}"


def content_hash(document: Document) -> str:
    """SHA-256 (hexadecimal) of what a document says.

    What carries one of STAMPS as its role (number, revision, issue date, revision notice, what is said of the page
    code) doesn't count; nor does where in the template a node came from: moving a line of a template changes no
    document.
    """
    return _sha256(_plain(document))


def combined(*hashes: str) -> str:
    """One hash of several."""
    return _sha256(list(hashes))


def content_and_parts(document: Document) -> tuple[str, dict[str, str]]:
    """The content hash, and a short hash of what stands below each heading of the second level.

    The parts are called by their headings without numbers; what stands before the first one, or in heads and feet, is
    the part '', and what somebody signs has parts of its own (UNHEADED). Parts of one name count as one.
    """
    plain_form = _plain(document)
    held: dict[str, list[Any]] = {"": [plain_form[1][one] for one in ("first_head", "head", "foot")]}
    name = ""
    for block, node in _flat(document.body, plain_form[1]["body"]):
        if isinstance(block, Heading) and block.level == PART:
            name = " ".join(COUNTED.sub("", plain(block.content)).split())
            held.setdefault(name, [])
        else:
            held.setdefault(UNHEADED.get(getattr(block, "role", ""), name), []).append(node)
    return _sha256(plain_form), {name: _sha256(nodes)[:16] for name, nodes in held.items()}


def _flat(blocks: Sequence[Block], nodes: Sequence[Any]) -> Iterator[tuple[Block, Any]]:
    """The blocks with their plain forms, those of sections that hold parts among them; stamps left out of both."""
    counted = [one for one in blocks if getattr(one, "role", "") not in STAMPS]
    for block, node in zip(counted, nodes, strict=True):
        if isinstance(block, Section) and _holds_parts(block):
            yield from _flat(block.blocks, node[1]["blocks"])
        else:
            yield block, node


def _holds_parts(section: Section) -> bool:
    return any(
        isinstance(one, Heading)
        or getattr(one, "role", "") in UNHEADED
        or (isinstance(one, Section) and _holds_parts(one))
        for one in section.blocks
    )


def look_hash(parts: Mapping[str, str | bytes]) -> str:
    """SHA-256 (hexadecimal) of what shapes a document's look: theme, CSS, letterhead, engine versions, each by name."""
    digests = {name: hashlib.sha256(part.encode() if isinstance(part, str) else part) for name, part in parts.items()}
    return _sha256({name: digest.hexdigest() for name, digest in digests.items()})


def safe_name(text: str, limit: int = NAME_BYTES) -> str:
    """``text`` as the name of a file or folder that every system takes: one part, at most ``limit`` bytes, no traps.

    A name that had to be altered gets a mark made from the original, so that two different texts stay two names, also
    where a file system folds case or composes characters.
    """
    wanted = unicodedata.normalize("NFKC", text).strip()
    name = "".join("_" if unicodedata.category(letter).startswith(UNPRINTABLE) else letter for letter in wanted)
    name = FORBIDDEN.sub("_", name).lstrip(" .-~").rstrip(" .")
    if RESERVED.match(name):
        name = f"_{name}"
    if name == wanted and name and len(name.encode()) <= limit:
        return name
    mark = "~" + hashlib.sha256(wanted.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return _cut(name, limit - len(mark)) + mark


def folded(name: str) -> str:
    """What a file system that folds case and composes characters takes ``name`` for."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def paper_path(
    department: str,
    employee_no: str,
    name: str,
    number: str,
    revision: int | Literal["draft", "blank"],
    suffix: str,
) -> Path:
    """Where in OUT a file of a document lies: ``department/employee_no-name/number-r1.docx``.

    ``name`` is empty where file names shall hold no person's name; what is empty makes no folder. ``suffix`` starts
    with a dot.
    """
    kind = f"r{revision}" if isinstance(revision, int) else revision
    person = "-".join(filter(None, (employee_no, name)))
    return Path(*map(safe_name, filter(None, (department, person))), safe_name(f"{number}-{kind}") + suffix)


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode("utf-8", "ignore").rstrip(" .")


def _sha256(value: Any) -> str:
    canonical = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(node: Any) -> Any:
    if isinstance(node, tuple):
        return [_plain(one) for one in node if getattr(one, "role", "") not in STAMPS]
    kind: Any = type(node)
    names, values, nested = _shape(kind)
    content = dict(zip(names, values(node), strict=True))
    for name in nested:
        content[name] = _plain(content[name])
    return [kind.__name__, content]


@lru_cache(maxsize=64)
def _shape(kind: Any) -> tuple[list[str], Callable[[Any], tuple[Any, ...]], list[str]]:
    """Of a kind of node: the fields that count, how to get their values, and those of them that hold further nodes.

    A node that says nothing but where it came from has none.
    """
    counted = [field for field in fields(kind) if field.name != "place"]
    names = [field.name for field in counted]
    nested = [field.name for field in counted if str(field.type).startswith("tuple")]

    def values(node: Any) -> tuple[Any, ...]:
        return tuple(getattr(node, name) for name in names)

    return names, attrgetter(*names) if len(names) > 1 else values, nested
