"""What became of a pile, as rows for people, and what must not be overlooked of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.archive.reasons import told as reason_of
from docgen.archive.result import FATES, Page, Result
from docgen.archive.sorting import Fate
from docgen.model.problems import UiLanguage, Words
from docgen.model.returned import Copy
from docgen.office.sheets import Cell, Column

TITLE = Words("Pages taken in", "扫描页归档清单")
COLUMNS = (
    Column(Words("Scan", "扫描文件"), 30),
    Column(Words("Page of scan", "扫描页码"), 14),
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
MOST = 12
"""A terminal shows no more pages that wait, and no copies that ask for nothing if there are more."""
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
SINGLE = Words("1 page", "共1页，齐全")
LACKS = Words("{there} of {of} pages; missing: {missing}", "共{of}页，已有{there}页；缺第{missing}页")
DIGITAL = Words(
    "digitally signed, kept as it is; the signature was not checked", "电子签名文件，原样保存；签名未经核验"
)
OUTDATED = Words("revision {latest} counts by now", "现行为第{latest}版")
WITHDRAWN = Words("the document was withdrawn", "该文件已作废")
LOUD_OUTDATED = Words(
    "{number}: what came back is revision {revision}, but revision {latest} counts by now; it was filed all the same. "
    "Revision {latest} has to be signed too; docgen archive status tells whether it is back",
    "{number}：交回的是第{revision}版，现行为第{latest}版；已照常归档。第{latest}版也须签署，"
    "是否已交回见 docgen archive status",
)
LOUD_WITHDRAWN = Words(
    "{number}: revision {revision}, which came back, was withdrawn; it was filed all the same. Look at why it was "
    "withdrawn, and whether anything is to be done",
    "{number}：交回的第{revision}版已作废；已照常归档。请核对作废原因，并确认是否需要处理",
)
MORE_WHOLE = Words(
    "{count} copies are complete and filed; docgen archive status{out} lists all papers.",
    "{count}份签署件齐全，已归档；docgen archive status{out} 可列出全部文件。",
)
MORE_WAITING = Words("And {count} more wait for a person.", "另有{count}页待人工处理。")
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
        remark(page, language),
    ]


@dataclass(frozen=True, slots=True)
class Short:
    """What a person is told. ``rows``: in the order of ``SHORT``; ``whole``, ``waiting``: so many complete copies that
    ask for nothing, and pages that wait, are left out of them."""

    rows: list[list[Cell]]
    whole: int = 0
    waiting: int = 0

    def left_out(self, out: str, language: UiLanguage) -> list[str]:
        """``out``: as a command names the folder."""
        told = ((self.whole, MORE_WHOLE), (self.waiting, MORE_WAITING))
        return [words[language].format(count=count, out=out) for count, words in told if count]


def short(results: Sequence[Result], language: UiLanguage, most: int | None = None) -> Short:
    """A row for each copy, then one for each page that waits; blank pages only count.

    Args:
        most: complete copies that ask for nothing are left out if there are more, and so are further pages that wait.
    """
    copies = [row for result in results for row in _copies(result, language)]
    waits = [row for result in results for row in _waits(result, language)]
    if most is None:
        return Short([*(row for row, _ in copies), *waits])
    plain = sum(asks_nothing for _, asks_nothing in copies)
    hidden = plain if plain > most else 0
    shown = [row for row, asks_nothing in copies if not (hidden and asks_nothing)]
    return Short([*shown, *waits[:most]], hidden, max(len(waits) - most, 0))


def _copies(result: Result, language: UiLanguage) -> Iterator[tuple[list[Cell], bool]]:
    """Each with whether it asks for nothing: it is complete, and there is nothing else to say."""
    details = {page.copy.file.path: page.decision.details for page in result.pages if page.copy}
    for copy in result.copies:
        said = COPY[language].format(revision=copy.revision, copy=copy.copy)
        state: Fate = "filed" if copy.is_complete else "incomplete"
        remarks = _remarks(copy, details[copy.file.path], language)
        told = BETWEEN[language].join([pages_of(copy, language), *remarks])
        yield [f"{copy.number} {said}", STATES[state][language], told], copy.is_complete and not remarks


def _waits(result: Result, language: UiLanguage) -> Iterator[list[Cell]]:
    for page in result.pages:
        if page.decision.fate == "waiting":
            yield [page.leaf, STATES["waiting"][language], remark(page, language)]


def pages_of(copy: Copy, language: UiLanguage) -> str:
    """How much of it is there: ``2 of 3 pages; missing: 2``."""
    missing = MISSING[language].join(map(str, copy.missing))
    words = (SINGLE if copy.of == 1 else WHOLE) if copy.is_complete else LACKS
    return words[language].format(of=copy.of, there=len(copy.pages), missing=missing)


def remark(page: Page, language: UiLanguage) -> str:
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
