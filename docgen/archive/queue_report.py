"""The pages that wait for a person, as blocks to read on a terminal, as rows, and as plain data."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.text import Text

from docgen.archive.queue import Queued
from docgen.archive.reasons import commands as typed
from docgen.archive.reasons import cure, told
from docgen.archive.shelves import archive_in
from docgen.model.problems import UiLanguage, Words
from docgen.office.decisions import NOTHING
from docgen.office.report import JSON_FORMAT, paint
from docgen.office.returned_lines import HowSettled
from docgen.office.sheets import Cell, Column
from docgen.office.visible import in_command, visible

TITLE = Words("Pages that wait", "待处理页")
WAITING = (
    Column(Words("Leaf", "页号"), 16),
    Column(Words("Scan", "扫描文件"), 26),
    Column(Words("Page of scan", "扫描页码"), 14),
    Column(Words("Why", "原因"), 46),
    Column(Words("What to do", "处理办法"), 46),
    Column(Words("Command", "命令"), 58),
    Column(Words("Picture", "图片"), 30),
)
SETTLED = (
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
IF_SO = Words(
    "If the picture shows that, file it as that; if it belongs to nothing, dismiss it.",
    "如图片与此相符，按此归档；如与文件无关，予以剔除。",
)
OR = Words("or ", "或 ")
AT_ONCE, SEVERAL = frozenset(("mixed_copies", "not_scanned", "no_picture", "unknown_paper")), 3
"""What often is true of many pages: copies to be scanned again, a print pack that was given, empty backs, the papers of
another office. From so many on that lie together, one command for all is shown too."""
TOGETHER = Words("To dismiss these {count} pages at once:", "如上述{count}页均需剔除，可一并处理：")
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
    """A few lines for each page: why it waits, what a person does, and the commands for it, which are never broken."""
    blocks = []
    for why, alike in groupby(
        found, key=lambda one: one.waiting.why if one.waiting.why in AT_ONCE and not one.settled else ""
    ):
        several = [*alike]
        blocks += [_block(one, to, width, colour) for one in several]
        blocks += [_together(several, to, width, colour)] if why and len(several) >= SEVERAL else []
    return "\n\n".join(blocks)


def _together(several: Sequence[Queued], to: Telling, width: int, colour: bool) -> str:
    """What dismisses a run of pages that wait for one reason."""
    words = typed(several[0].waiting.why, several[0].waiting.details, " ".join(one.waiting.leaf for one in several))
    said = paint(Text(TOGETHER[to.language].format(count=len(several)), style="bold"), width, colour)
    return f"{said}\n    {visible(words[-1][to.language] + in_command(to.named))}"


def _block(one: Queued, to: Telling, width: int, colour: bool) -> str:
    lines = [paint(Text(visible(_head(one)[to.language]), style="bold"), width, colour)]
    for line in (words[to.language] for words in (_why(one), _probably(one), _cure(one), _became(one))):
        lines += [paint(Padding(Text(visible(line)), (0, 0, 0, 2)), width, colour)] if line else []
    unbroken = [*((4, line) for line in commands(one, to)), (2, _picture(one, to.out))]
    return "\n".join((*lines, *(" " * indent + visible(line) for indent, line in unbroken if line)))


def columns(settled: bool) -> tuple[Column, ...]:
    """Those of ``rows``; ``settled``: with what became of pages that were dealt with."""
    return (*WAITING, *(SETTLED if settled else ()))


def rows(found: Sequence[Queued], to: Telling, settled: bool) -> list[list[Cell]]:
    """A row a page, in the order of ``columns``."""
    return [[*_row(one, to), *(_settled(one, to) if settled else ())] for one in found]


def _row(one: Queued, to: Telling) -> list[Cell]:
    to_do = {"en": " ", "zh": ""}[to.language].join(
        words[to.language] for words in (_probably(one), _cure(one)) if words[to.language]
    )
    return [
        one.waiting.leaf,
        one.place.file.name if one.place else one.waiting.pile,
        one.place.page if one.place else None,
        _why(one)[to.language],
        to_do or None,
        f"\n{OR[to.language]}".join(commands(one, to)) or None,
        _picture(one, to.out) or None,
    ]


def _settled(one: Queued, to: Telling) -> list[Cell]:
    return [_how(one)[to.language] or None, one.on, (one.settled.why if one.settled else "") or None]


def as_plain(waiting: Sequence[Queued], settled: Sequence[Queued] | None, to: Telling) -> dict[str, Any]:
    """As docs/json.md describes it; ``settled`` None: not asked for."""
    made: dict[str, Any] = {"format": JSON_FORMAT, "waiting": [_plain(one, to) for one in waiting]}
    return made if settled is None else {**made, "settled": [_plain(one, to) for one in settled]}


def total(count: int, language: UiLanguage) -> str:
    """The last line."""
    return {0: NOTHING_WAITS, 1: WAITS}.get(count, WAIT)[language].format(count=count)


def commands(one: Queued, to: Telling) -> list[str]:
    """What a person may type of it: first what is offered, if anything is; last what dismisses it."""
    if one.settled:
        return []
    known = [words[to.language] for words in typed(one.waiting.why, one.waiting.details, one.waiting.leaf)]
    others = [line + in_command(to.named) for line in (known[-1:] if one.offer else known)]
    return [command(one, to.named), *others] if one.offer else others


def command(one: Queued, named: Path | None) -> str:
    """What to type to do what is offered; '' where nothing is."""
    if one.offer is None:
        return ""
    parts = ["docgen", "archive", "file", one.waiting.leaf, one.offer.number, "--revision", str(one.offer.revision)]
    parts += ["--page", str(one.offer.page)] if one.offer.page else []
    parts += ["--copy", str(one.offer.copy)] if one.offer.copy else []
    return shlex.join(parts) + in_command(named)


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
        "commands": commands(one, to),
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
    if one.settled:
        return NOTHING
    return IF_SO if one.offer else cure(one.waiting.why, one.waiting.details)


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
