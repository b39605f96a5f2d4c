"""What is on record of the papers that were issued, as the pages that come back are compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from docgen.archive.sorting import Known, Papers
from docgen.model.issued import Issued
from docgen.model.page_code import check_of
from docgen.office.returns import Returns


def papers_of(returns: Returns) -> Papers:
    """The revisions of the paper of an id; none where it is unknown, or two papers share it."""
    numbers = returns.papers()

    @cache
    def papers(paper: str) -> Mapping[int, Known]:
        number = numbers.get(paper, "")
        return known(returns.revisions(number)) if number else {}

    return papers


def known(revisions: Mapping[int, Issued]) -> dict[int, Known]:
    """What is known of each revision of a paper. One of which no PDF was issued has no pages: no page is one of it."""
    latest = max(revisions, default=0)
    return {revision: _known(issued, latest) for revision, issued in revisions.items()}


def _known(issued: Issued, latest: int) -> Known:
    file = issued.files.get("pdf")
    return Known(
        number=issued.number,
        revision=issued.revision,
        pages=file.pages if file else 0,
        check=check_of(issued.content),
        latest=latest,
        void=bool(issued.void),
    )
