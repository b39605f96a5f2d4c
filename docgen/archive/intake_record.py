"""What became of a pile, as plain data, and as the report that is kept beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from docgen.archive.intake_report import counts, remark
from docgen.archive.result import Result
from docgen.archive.sorting import Decision
from docgen.model.problems import LANGUAGES, UiLanguage
from docgen.model.returned import Copy
from docgen.office.report import JSON_FORMAT


def as_plain(results: Sequence[Result], language: UiLanguage) -> dict[str, Any]:
    """As docs/json.md describes it."""
    piles = [{**_plain(one), "resumed": one.resumed, "pages": _pages(one, language)} for one in results]
    return {"format": JSON_FORMAT, "piles": piles, "counts": counts(results)}


def report_file(result: Result) -> bytes:
    """The report that is kept beside the pile: the same, with its sentences in both languages."""
    content = {"format": JSON_FORMAT, **_plain(result), "pages": _pages(result)}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _plain(result: Result) -> dict[str, Any]:
    return {
        "pile": result.pile.name,
        "files": [
            {"name": one.name, "path": one.file.path, "sha256": one.file.sha256, "size": one.file.size}
            | {"first": one.first, "pages": one.pages}
            for one in result.pile.files
        ],
        "copies": [_copy(one) for one in result.copies],
        "counts": dict(result.counts),
    }


def _copy(copy: Copy) -> dict[str, Any]:
    return {
        "number": copy.number,
        "revision": copy.revision,
        "copy": copy.copy,
        "kind": copy.kind,
        "file": copy.file.path,
        "of": copy.of,
        "pages": [{"page": one.page, "leaf": one.leaf} for one in copy.pages],
        "missing": list(copy.missing),
    }


def _pages(result: Result, language: UiLanguage | None = None) -> list[dict[str, Any]]:
    """Page by page; ``message`` in one language, or in both."""
    return [
        {
            "leaf": page.leaf,
            "file": page.file,
            "file_page": page.page,
            "result": page.decision.fate,
            **_paper(page.decision),
            "message": remark(page, language) if language else {one: remark(page, one) for one in LANGUAGES},
        }
        for page in result.pages
    ]


def _paper(decision: Decision) -> dict[str, Any]:
    """Where a page belongs, or why it waits."""
    suggestion = decision.suggestion
    return {
        "number": decision.number,
        "revision": decision.revision,
        "page": decision.page,
        "copy": decision.copy,
        "why": decision.why,
        "details": dict(decision.details),
        "suggestion": {"number": suggestion.number, "revision": suggestion.revision, "page": suggestion.page}
        if suggestion
        else None,
    }
