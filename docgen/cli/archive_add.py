"""``docgen archive add``: a pile of scans is kept, and each of its pages filed by its code or left to a person."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from docgen.archive.given import Given, look_at
from docgen.archive.intake import Means, left_unsorted, sort_out, take_in
from docgen.archive.intake_record import as_plain
from docgen.archive.intake_report import COLUMNS, MOST, SHORT, TITLE, loud, rows, short, total
from docgen.archive.result import Result
from docgen.cli import record, terminal
from docgen.cli.archive import held_or_seen
from docgen.cli.language import language_option, ui_language
from docgen.cli.options import CasePath, date_option, json_option, out_option, report_option
from docgen.cli.progress import PAGES, watched
from docgen.cli.reports import refuse_to_replace, write_report
from docgen.errors import EXIT_DATA, EXIT_FINE, UsageError
from docgen.model.problems import UiLanguage, Words
from docgen.office.returns import Returns
from docgen.office.sheets import sheet_file
from docgen.office.store import Store
from docgen.office.visible import in_command, visible

MEANS = Means()
NO_FILE = Words(
    "name the scans to take in, as docgen archive add FILE; of earlier ones nothing is left to sort",
    "请指定要归档的扫描件，如 docgen archive add 文件；此前收存的均已整理完毕",
)
RESUMED = Words(
    "Pile {pile} was taken in by a run that was stopped; its pages ({pages}) are sorted now.",
    "批次 {pile} 在上次运行中断前已收存，现整理其中的 {pages} 页。",
)
KEPT = Words(
    "The scans are kept (pile {piles}); docgen archive add{out}, with or without further files, sorts them.",
    "扫描件已保存（批次 {piles}）；再次运行 docgen archive add{out}（可不带文件）即可继续整理。",
)
REFUSED = Words("Files that were not taken in, see above: {count}", "未归档的文件（原因见上）：{count}个")
ALL_BLANK = Words(
    "All pages are blank: perhaps the sheets lay the wrong way round. Look at them, and scan them again.",
    "所有页均为空白：纸张可能放反了，请查看后重新扫描。",
)
LACKING = Words(
    "What is missing: scan those pages with the next pile; their copies are completed then.",
    "缺少的页：请随下一批扫描，届时会自动补入相应的签署件。",
)
WAITING = Words(
    "What waits: docgen archive queue{out} shows it, and how to file it.",
    "待处理的页及处理办法：docgen archive queue{out}",
)
CONFIRM = Words(
    "What is complete: look who signed, and record it with docgen archive confirm NUMBER --signed-by ROLE,…{out}",
    "齐全的签署件：请查看签名，并用 docgen archive confirm 文件编号 --signed-by 签署人,…{out} 登记",
)
TRIAL = Words("Dry run: nothing was taken in.", "试运行：未收存任何内容。")


@click.command("add")
@click.argument("paths", nargs=-1, metavar="[FILE]...", type=CasePath(path_type=Path, readable=False))
@out_option
@click.option("--jobs", type=click.IntRange(1, 64), help="So many pages at a time; by default one for each core.")
@date_option("The day on which the pile came in; by default today.")
@click.option("--dry-run", is_flag=True, help="Read the pages, tell where they would go, and write nothing.")
@report_option
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    out: Path | None,
    jobs: int | None,
    day: datetime | None,
    dry_run: bool,
    report: Path | None,
    for_programs: bool,
) -> None:
    """Take in scans of signed papers: PDF, TIFF, JPG, PNG, or folders of them.

    The pile is kept as it is. Each page finds its paper by its code, in whatever order they lie; pages of a copy are
    put together, a copy that lacks some is completed by a later scan, and what is not beyond doubt waits for a person
    (exit code 1). Without FILE, what a run that was stopped has left is sorted.
    """
    if report:
        refuse_to_replace(report)
    language, on = ui_language(), day.date() if day else date.today()
    means = replace(MEANS, workers=jobs or os.cpu_count() or 1, is_trial=dry_run)
    with held_or_seen(out, dry_run) as store:
        given, results = _taken(store, paths, out, on, means, language)
        damage = record.exit_code(store.register.faults)
    if for_programs:
        refused = [one[language] for one in given.refused]
        content = {
            **as_plain(results, language),
            "refused": refused,
            "left_out": [one[language] for one in given.left_out],
        }
        click.echo(json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace"))
    else:
        _tell(results, out, language)
    _say(_odd(given, results), language)
    _say([TRIAL] if dry_run else _next(results, out), language)
    if report:
        write_report(report, sheet_file(TITLE, COLUMNS, rows(results, language), language), language)
    waits = any(one.counts["waiting"] for one in results)
    ctx.exit(max(EXIT_DATA if waits or given.refused else EXIT_FINE, damage))


def _taken(
    store: Store, paths: Sequence[Path], out: Path | None, on: date, means: Means, language: UiLanguage
) -> tuple[Given, list[Result]]:
    """Sort what stopped runs have left, then take in and sort what is given."""
    piles = left_unsorted(store)
    if not paths and not piles:
        raise UsageError(NO_FILE)
    given = look_at(paths, store.out, Returns(store.register), [one.pile.name for one in piles], means.workers)
    _say([*given.left_out, *given.refused], language)
    _say((RESUMED.filled(pile=one.pile.name, pages=one.pile.pages) for one in piles), language)
    if given.files:
        piles.append(take_in(store, given.files, on, means.is_trial))
    results: list[Result] = []
    try:
        with watched(sum(one.pile.pages for one in piles), language, PAGES) as note:
            for result in sort_out(store, piles, on, means, note):
                results.append(result)
                _say(loud(result), language)
    finally:  # also when it is stopped, or the disk is full: what was taken in is not lost
        left = [one.pile.name for one in piles[len(results) :]]
        if left and not means.is_trial:
            _say([KEPT.filled(piles=", ".join(left), out=in_command(out))], language)
    return given, results


def _tell(results: Sequence[Result], out: Path | None, language: UiLanguage) -> None:
    told = short(results, language, MOST if terminal.is_terminal() else None)
    if told.rows:
        click.echo(terminal.table(SHORT, told.rows, language, groups=False))
    for line in told.left_out(in_command(out), language):
        click.echo(visible(line), err=True)
    if results:
        click.echo(total(results, language), err=True)


def _odd(given: Given, results: Sequence[Result]) -> list[Words]:
    """What somebody who sees but the last lines must not overlook."""
    blank = bool(results) and all(one.counts["blank"] == one.pile.pages for one in results)
    return [
        *([REFUSED.filled(count=len(given.refused))] if given.refused else []),
        *([ALL_BLANK] if blank else []),
    ]


def _next(results: Sequence[Result], out: Path | None) -> list[Words]:
    """What a person does now."""
    copies = [copy for one in results for copy in one.copies]
    waits = any(one.counts["waiting"] for one in results)
    return [
        *([LACKING] if any(not one.is_complete for one in copies) else []),
        *([WAITING.filled(out=in_command(out))] if waits else []),
        *([CONFIRM.filled(out=in_command(out))] if any(one.is_complete for one in copies) else []),
    ]


def _say(lines: Iterable[Words], language: UiLanguage) -> None:
    for line in lines:
        click.echo(visible(line[language]), err=True)
