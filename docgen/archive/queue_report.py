"""The pages that wait for a person, as blocks to read on a terminal, as rows, and as plain data."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.text import Text

from docgen.archive.queue import Queued
from docgen.archive.reasons import cure, told
from docgen.archive.shelves import archive_in
from docgen.model.problems import UiLanguage, Words
from docgen.office.decisions import NOTHING
from docgen.office.report import JSON_FORMAT, paint
from docgen.office.returned_lines import HowSettled
from docgen.office.sheets import Cell, Column
from docgen.office.visible import visible

TITLE = Words("Pages that wait", "待处理页")
COLUMNS = (
    Column(Words("Page", "页"), 16),
    Column(Words("Scan", "扫描文件"), 26),
    Column(Words("Page of it", "文件页码"), 10),
    Column(Words("Why", "原因"), 44),
    Column(Words("What to do", "处理办法"), 44),
    Column(Words("Probably", "可能是"), 36),
    Column(Words("Command", "命令"), 60),
    Column(Words("Picture", "图片"), 36),
    Column(Words("What became of it", "处理结果"), 24),
    Column(Words("On", "日期"), 12),
    Column(Words("Reason given", "说明"), 36),
)
HEAD = Words("{leaf}  {file}, page {page}", "{leaf}  {file} 第{page}页")
ONE_OF_IT = Words(
    "Probably page {page} of {number}, revision {revision}.", "可能是 {number} 第{revision}版的第{page}页。"
)
BESIDE_IT = Words(
    "Probably belongs to {number}, revision {revision}, without being one of its pages.",
    "可能随 {number} 第{revision}版一并交回，但不是其中的一页。",
)
HOWS: Mapping[HowSettled, Words] = {
    "filed": Words("filed under {number}", "已归入 {number}"),
    "attached": Words("attached to {number}", "已附于 {number}"),
    "dismissed": Words("dismissed", "已剔除"),
}
BECAME = Words("{on}: {how}{why}", "{on}：{how}{why}")
GIVEN = Words(" ({why})", "（{why}）")
WAITS = Words("1 page waits for a person.", "有1页待处理。")
WAIT = Words("{count} pages wait for a person.", "有{count}页待处理。")
NOTHING_WAITS = Words("No page waits for a person.", "没有待处理的页。")


@dataclass(frozen=True, slots=True)
class Telling:
    """To whom it is told. ``out``: the office's folder; ``named``: as a command must name it, None where it needn't."""

    out: Path
    named: Path | None
    language: UiLanguage


def as_blocks(found: Sequence[Queued], to: Telling, width: int, colour: bool) -> str:
    """A few lines for each page: what is offered as a command, which is never broken, else what a person can do."""
    return "\n\n".join(_block(one, to, width, colour) for one in found)


def _block(one: Queued, to: Telling, width: int, colour: bool) -> str:
    said = (_why(one), _probably(one), _cure(one) if one.offer is None else NOTHING, _became(one))
    lines = [paint(Text(visible(_head(one)[to.language]), style="bold"), width, colour)]
    for line in (words[to.language] for words in said):
        lines += [paint(Padding(Text(visible(line)), (0, 0, 0, 2)), width, colour)] if line else []
    unbroken = [(4, command(one, to.named)), (2, _picture(one, to.out))]
    return "\n".join((*lines, *(" " * indent + visible(line) for indent, line in unbroken if line)))


def rows(found: Sequence[Queued], to: Telling) -> list[list[Cell]]:
    """A row a page, in the order of ``COLUMNS``."""
    return [
        [
            one.waiting.leaf,
            one.place.file.name if one.place else one.waiting.pile,
            one.place.page if one.place else None,
            _why(one)[to.language],
            _cure(one)[to.language] or None,
            _probably(one)[to.language] or None,
            command(one, to.named) or None,
            _picture(one, to.out) or None,
            _how(one)[to.language] or None,
            one.on,
            (one.settled.why if one.settled else "") or None,
        ]
        for one in found
    ]


def as_plain(waiting: Sequence[Queued], settled: Sequence[Queued] | None, to: Telling) -> dict[str, Any]:
    """As docs/json.md describes it; ``settled`` None: not asked for."""
    made: dict[str, Any] = {"format": JSON_FORMAT, "waiting": [_plain(one, to) for one in waiting]}
    return made if settled is None else {**made, "settled": [_plain(one, to) for one in settled]}


def total(count: int, language: UiLanguage) -> str:
    """The last line."""
    return {0: NOTHING_WAITS, 1: WAITS}.get(count, WAIT)[language].format(count=count)


def command(one: Queued, named: Path | None) -> str:
    """What to type to do what is offered; '' where nothing is."""
    if one.offer is None:
        return ""
    parts = ["docgen", "archive", "file", one.waiting.leaf, one.offer.number]
    parts += ["--page", str(one.offer.page)] if one.offer.page else []
    parts += ["--copy", str(one.offer.copy)] if one.offer.copy else []
    parts += ["-o", str(named)] if named else []
    return shlex.join(parts)


def _plain(one: Queued, to: Telling) -> dict[str, Any]:
    offer, settled, on = one.offer, one.settled, one.on
    return {
        "leaf": one.waiting.leaf,
        "pile": one.waiting.pile,
        "file": one.place.file.name if one.place else None,
        "file_page": one.place.page if one.place else None,
        "why": one.waiting.why,
        "message": _why(one)[to.language],
        "fix": _cure(one)[to.language] or None,
        "suggestion": {"number": offer.number, "revision": offer.revision, "page": offer.page} if offer else None,
        "command": command(one, to.named) or None,
        "picture": _picture(one, to.out) or None,
        "settled": {"how": settled.how, "why": settled.why, "number": settled.number, "date": on.isoformat()}
        if settled and on
        else None,
    }


def _head(one: Queued) -> Words:
    leaf, place = one.waiting.leaf, one.place
    return HEAD.filled(leaf=leaf, file=place.file.name, page=place.page) if place else Words(leaf, leaf)


def _why(one: Queued) -> Words:
    return told(one.waiting.why, one.waiting.details)


def _cure(one: Queued) -> Words:
    return NOTHING if one.settled else cure(one.waiting.why, one.waiting.details, one.waiting.leaf)


def _probably(one: Queued) -> Words:
    if one.offer is None:
        return NOTHING
    words = ONE_OF_IT if one.offer.page else BESIDE_IT
    return words.filled(number=one.offer.number, revision=one.offer.revision, page=one.offer.page)


def _how(one: Queued) -> Words:
    return HOWS[one.settled.how].filled(number=one.settled.number) if one.settled else NOTHING


def _became(one: Queued) -> Words:
    if one.settled is None:
        return NOTHING
    why = GIVEN.filled(why=one.settled.why) if one.settled.why else NOTHING
    return BECAME.filled(on=one.on, how=_how(one), why=why)


def _picture(one: Queued, out: Path) -> str:
    """Where it lies; it is gone once the page is dealt with."""
    return "" if one.settled else (archive_in(out) / one.waiting.picture.path).as_posix()
