"""The code on each page of a paper: which paper, revision and page it is, in at most 29 characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.model.identity import CROCKFORD, PAPER_ID_LENGTH, paper_id

PREFIX = "DG1:"
CHECK_LENGTH = 4
MOST = 9999
"""Revisions, and pages of one: four digits of a code."""
FORM = re.compile(
    rf"{PREFIX}([{CROCKFORD}]{{{PAPER_ID_LENGTH}}})-([1-9][0-9]{{0,3}}):(0|[1-9][0-9]{{0,3}})/(0|[1-9][0-9]{{0,3}})"
    rf":([0-9A-F]{{{CHECK_LENGTH}}})"
)


@dataclass(frozen=True, slots=True)
class PageCode:
    """What a page says of itself. ``page`` of ``pages``, from 1; 0 of 0 where nobody knows, as in a Word file.

    ``check``: the first characters of the content hash, so that the code of one text doesn't pass for another's.
    """

    paper: str
    revision: int
    page: int
    pages: int
    check: str

    def __str__(self) -> str:
        return f"{PREFIX}{self.paper}-{self.revision}:{self.page}/{self.pages}:{self.check}"

    @property
    def is_of_word(self) -> bool:
        """Whether it stands on a print of the Word file, of which neither pages nor text can be vouched for."""
        return self.pages == 0


def page_code(number: str, revision: int, page: int, pages: int, content: str) -> PageCode:
    """The code of one page; ``content``: the content hash of the document (see identity.py)."""
    return PageCode(paper_id(number), revision, page, pages, check_of(content))


def check_of(content: str) -> str:
    return content[:CHECK_LENGTH].upper()


def read_code(text: str) -> PageCode | None:
    """What a code says that was read from a page; None where it is none of ours."""
    found = FORM.fullmatch(text)
    if not found:
        return None
    page, pages = int(found[3]), int(found[4])
    if page > pages or (page == 0) != (pages == 0):
        return None
    return PageCode(found[1], int(found[2]), page, pages, found[5])
