"""What became of a pile, as rows for people, as plain data, and as the report that is kept beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docgen.archive.reasons import told as reason_of
from docgen.archive.result import FATES, Page, Result
from docgen.archive.sorting import Decision, Fate
from docgen.model.problems import LANGUAGES, UiLanguage, Words
from docgen.model.returned import Copy
from docgen.office.report import JSON_FORMAT
from docgen.office.sheets import Cell, Column

TITLE = Words("Pages taken in", "扫描页归档清单")
COLUMNS = (
    Column(Words("File", "文件"), 30),
    Column(Words("Page", "页"), 8),
    Column(Words("Leaf", "页号"), 14),
    Column(Words("Result", "结果"), 22),
    Column(Words("Document", "文件编号"), 28),
    Column(Words("Revision", "版次"), 10),
    Column(Words("Page of it", "第几页"), 12),
    Column(Words("Copy", "签署件"), 10),
    Column(Words("Remark", "说明"), 60),
)
"""A row for each page."""
SHORT = (
    Column(Words("Document or leaf", "文件编号或页号"), 28),
    Column(Words("Result", "结果"), 22),
    Column(Words("Remark", "说明"), 60),
)
"""A row for each copy, and for each page that waits."""
STATES: Mapping[Fate, Words] = {
    "filed": Words("filed", "已归档"),
    "incomplete": Words("pages missing", "缺页"),
    "waiting": Words("waits for a person", "待人工处理"),
    "blank": Words("blank", "空白页"),
}
COUNTED: Mapping[Fate, Words] = {
    "filed": Words("{count} filed", "已归档 {count}"),
    "incomplete": Words("{count} of copies that lack pages", "属缺页签署件 {count}"),
    "waiting": Words("{count} waiting for a person", "待人工处理 {count}"),
    "blank": Words("{count} blank", "空白 {count}"),
}
TOTAL = Words("Pages: {count} = {parts}", "页数：{count} = {parts}")
COPY = Words("r{revision} copy {copy}", "第{revision}版 签署件{copy}")
WHOLE = Words("{of} of {of} pages", "共{of}页，齐全")
LACKS = Words("{there} of {of} pages; missing: {missing}", "共{of}页，已有{there}页；缺第{missing}页")
DIGITAL = Words(
    "digitally signed, kept as it is; the signature was not checked", "电子签名文件，原样保存；签名未经验证"
)
OUTDATED = Words("revision {latest} counts by now", "现行为第{latest}版")
WITHDRAWN = Words("the document was withdrawn", "该文件已作废")
LOUD_OUTDATED = Words(
    "{number}: what came back is revision {revision}, but revision {latest} counts by now; it was filed all the same. "
    "Have revision {latest} signed",
    "{number}：交回的是第{revision}版，现行为第{latest}版；已照常归档。请安排签署第{latest}版",
)
LOUD_WITHDRAWN = Words(
    "{number}: revision {revision}, which came back signed, was withdrawn; it was filed all the same. Look at why it "
    "was withdrawn, and whether anything is to be done",
    "{number}：交回的第{revision}版已作废；已照常归档。请核对作废原因，并确认是否需要处理",
)
BETWEEN = Words("; ", "；")
MISSING = Words(", ", "、")


def rows(results: Sequence[Result], language: UiLanguage) -> list[list[Cell]]:
    """A row for each page, in the order of ``COLUMNS``."""
    return [_row(page, language) for result in results for page in result.pages]


def _row(page: Page, language: UiLanguage) -> list[Cell]:
    decision, copy = page.decision, page.copy
    return [
        page.file,
        page.page,
        page.leaf,
        STATES[decision.fate][language],
        decision.number,
        decision.revision or None,
        f"{decision.page}/{copy.of}" if copy else "",
        decision.copy or None,
        _remark(page, language),
    ]


def short_rows(results: Sequence[Result], language: UiLanguage) -> list[list[Cell]]:
    """A row for each copy, then one for each page that waits, in the order of ``SHORT``; blank pages only count."""
    return [row for result in results for row in _short(result, language)]


def _short(result: Result, language: UiLanguage) -> Iterator[list[Cell]]:
    details = {page.copy.file.path: page.decision.details for page in result.pages if page.copy}
    for copy in result.copies:
        said = COPY[language].format(revision=copy.revision, copy=copy.copy)
        state: Fate = "filed" if copy.is_complete else "incomplete"
        remarks = [pages_of(copy, language), *_remarks(copy, details[copy.file.path], language)]
        yield [f"{copy.number} {said}", STATES[state][language], BETWEEN[language].join(remarks)]
    for page in result.pages:
        if page.decision.fate == "waiting":
            yield [page.leaf, STATES["waiting"][language], _remark(page, language)]


def pages_of(copy: Copy, language: UiLanguage) -> str:
    """How much of it is there: ``2 of 3 pages; missing: 2``."""
    missing = MISSING[language].join(map(str, copy.missing))
    words = WHOLE if copy.is_complete else LACKS
    return words[language].format(of=copy.of, there=len(copy.pages), missing=missing)


def _remark(page: Page, language: UiLanguage) -> str:
    """Why it waits; what is worth a word of where it was filed."""
    decision = page.decision
    if decision.fate == "waiting":
        return reason_of(decision.why, decision.details)[language]
    return BETWEEN[language].join(_remarks(page.copy, decision.details, language)) if page.copy else ""


def _remarks(copy: Copy, details: Mapping[str, str], language: UiLanguage) -> list[str]:
    said = [DIGITAL] if copy.kind == "digital" else []
    if "outdated" in details:
        said.append(OUTDATED.filled(latest=details["outdated"]))
    if "withdrawn" in details:
        said.append(WITHDRAWN)
    return [one[language] for one in said]


def loud(result: Result) -> list[Words]:
    """What must not be overlooked: signed copies of what counts no more, each paper once."""
    found: dict[Words, None] = {}
    for decision in (page.decision for page in result.pages if page.copy):
        names = {"number": decision.number, "revision": decision.revision}
        if "outdated" in decision.details:
            found[LOUD_OUTDATED.filled(**names, latest=decision.details["outdated"])] = None
        if "withdrawn" in decision.details:
            found[LOUD_WITHDRAWN.filled(**names)] = None
    return [*found]


def counts(results: Sequence[Result]) -> dict[str, int]:
    """Of all pages, by what became of them; ``pages``: all of them."""
    found: Counter[str] = Counter()
    for one in results:
        found.update(one.counts)
    pages = sum(one.pile.pages for one in results)
    assert sum(found.values()) == pages, "a page was lost on the way"
    return {"pages": pages, **{fate: found[fate] for fate in FATES}}


def total(results: Sequence[Result], language: UiLanguage) -> str:
    """``Pages: 120 = 100 filed + 6 of copies that lack pages + 4 waiting for a person + 10 blank``."""
    found = counts(results)
    parts = [words[language].format(count=found[fate]) for fate, words in COUNTED.items() if found[fate]]
    return TOTAL[language].format(count=found["pages"], parts=" + ".join(parts) or "0")


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
            "message": _remark(page, language) if language else {one: _remark(page, one) for one in LANGUAGES},
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
