"""What a selector of a style sheet is about: a block, or running text that lies among other lines."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import tinycss2

from docgen.layout.inlines import SPAN_ROLES

LONGEST_SELECTOR, DEEPEST = 500, 5
BLOCKS = frozenset(("html", "body", "p", "h1", "h2", "h3", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr",
                    "th", "td", "hr", "section", "header", "footer", "col"))  # fmt: skip
INLINE = SPAN_ROLES | {"marker", "strong", "em", "underline", "tick"}
"""Classes of running text."""
WRITTEN = BLOCKS | {
    "colgroup",
    "span",
    "img",
    "br",
    *(f".{name}" for name in (*INLINE, "first", "narrow", "tall", "held")),
}
"""The elements and classes that are written whatever the theme; see writers/html.py."""
INSTEAD = {"strong": ".strong", "b": ".strong", "em": ".em", "i": ".em", "u": ".underline", "div": "section"}
"""What a template, or another page, calls so."""
OF_SELECTORS = frozenset(("is", "where", "not", "has"))
"""Pseudo-classes that hold selectors."""
PARTS = frozenset(("before", "after", "first-line", "first-letter", "marker"))


def subjects(prelude: Iterable[Any]) -> list[list[Any]]:
    """What each selector of a list is about: the tokens behind its last blank or combinator."""
    found: list[list[Any]] = [[]]
    ended = False
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            found.append([])
        elif token.type == "whitespace" or (token.type == "literal" and token.value in ">+~"):
            ended = True
            continue
        elif token.type != "comment":
            found[-1] = [token] if ended else [*found[-1], token]
        ended = False
    return found


def is_block(subject: Sequence[Any]) -> bool:
    """Is it sure to be no running text: an element or a class of blocks, and no part of it such as ::first-line?"""
    before = [None, *(one.value if one.type == "literal" else "" for one in subject)]
    names = [(mark, one.lower_value) for mark, one in zip(before, subject, strict=False) if one.type == "ident"]
    if any(mark == ":" and name in PARTS for mark, name in names) or "::" in tinycss2.serialize(subject):
        return False
    if any(mark is None for mark, _ in names):
        return any(mark is None and name in BLOCKS for mark, name in names)
    return any(mark == "." and name not in INLINE for mark, name in names)


def never_written(prelude: Iterable[Any], written: Collection[str]) -> Iterator[tuple[int, str, str]]:
    """The elements, classes and names that no page has: line, what, and what was probably meant."""
    before = ""
    for token in prelude:
        name = ""
        if token.type == "ident" and before in (".", ""):
            name = f".{token.value}" if before else token.lower_value
        elif token.type == "hash":
            yield token.source_line, f"#{token.value}", f".{token.value}" if f".{token.value}" in written else ""
        elif token.type == "function" and token.lower_name in OF_SELECTORS:
            yield from never_written(token.arguments, written)
        if name and name not in written:
            close = INSTEAD.get(name) or "".join(difflib.get_close_matches(name, sorted(written), 1, 0.5))
            yield token.source_line, name, close
        before = token.value if token.type == "literal" and token.value in ".:" else ""


def depth_of(tokens: Iterable[Any]) -> int:
    """How deep brackets stand in one another, as far as that matters."""
    level, depth = [*tokens], 0
    while level and depth <= DEEPEST:
        level = [one for token in level for one in inner(token)]
        depth += bool(level)
    return depth


def inner(token: Any) -> Iterable[Any]:
    return getattr(token, "arguments", None) or getattr(token, "content", None) or ()


def flat(tokens: Iterable[Any]) -> Iterator[Any]:
    """All of them, and those within each other."""
    for token in tokens:
        yield token
        yield from flat(inner(token))
