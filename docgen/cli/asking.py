"""The reason of revisions: as it was given, or asked of whoever sits at the terminal; elsewhere nobody is asked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import get_close_matches

import click

from docgen.cli import terminal
from docgen.definitions.cleaning import first_control, first_invisible
from docgen.errors import UsageError
from docgen.model.problems import UiLanguage, Words
from docgen.office.batch import Batch
from docgen.office.visible import visible
from docgen.writers.fonts import Coverage

LONGEST = 300
"""Characters: it stands in one line of the document."""
MOST_NAMED = 5

UNSEEN = Words(
    "the reason holds {point}, which can't be printed; it stands in the document as it was typed, so leave that out",
    "修订原因含有无法打印的字符 {point}；原因会原样印在文档上，请去掉该字符",
)
TOO_LONG = Words(
    "the reason is longer than {limit} characters; it is printed in the document, so make it shorter",
    "修订原因超过 {limit} 个字符；原因会印在文档上，请缩短",
)
NEEDED = Words(
    "{flag} issues documents anew, which takes a reason: add --reason TEXT",
    "{flag} 会签发新版，必须说明原因：请加 --reason 文字",
)
UNKNOWN = Words(
    "--revise {number}: no document of this run has that number; --dry-run lists them",
    "--revise {number}：本次没有该编号的文档；可用 --dry-run 查看",
)
UNKNOWN_NEAR = Words(
    "--revise {number}: no document of this run has that number; did you mean {near[0]}?",
    "--revise {number}：本次没有该编号的文档，是否指 {near[0]}？",
)
OF_CLOSED = Words("--revise {number}: {reason}", "--revise {number}：{reason}")
WHY = Words("Reason of the new revisions", "修订原因")
CHANGED = Words(
    "{count} documents say something else now than when they were issued: {numbers}. Reason (empty: leave them)",
    "{count} 份文档的内容与签发时不同：{numbers}。修订原因（留空则保持不变）",
)
CHANGED_ONE = Words(
    "A document says something else now than when it was issued: {numbers}. Reason (empty: leave it)", CHANGED.zh
)

AND, MORE, ENDS = Words(", ", "、"), Words(", …", "等"), Words(": ", "：")


def can_ask() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and terminal.is_terminal(err=True)


def fit(text: str) -> str:
    """The reason on one line.

    Raises:
        UsageError: no document could print it.
    """
    reason = " ".join(text.split())
    point = first_control(reason) or first_invisible(reason)
    if not point and (missing := Coverage().missing(reason)):
        point = f"U+{ord(missing[0]):04X}"
    if point or len(reason) > LONGEST:
        words = UNSEEN if point else TOO_LONG
        raise UsageError(Words(*(words[one].format(point=point, limit=LONGEST) for one in ("en", "zh"))))
    return reason


def needed(flag: str, language: UiLanguage) -> str:
    """The reason that ``flag`` needs.

    Raises:
        UsageError: nobody can be asked, or no reason was given.
    """
    reason = fit(_asked(WHY[language], language)) if can_ask() else ""
    if not reason:
        raise UsageError(Words(*(NEEDED[one].format(flag=flag) for one in ("en", "zh"))))
    return reason


def refuse_unknown(revise: Sequence[str], batch: Batch) -> None:
    """What is to be revised must be among the documents of the run.

    Raises:
        UsageError: a number is not; the nearest is named.
    """
    numbers = {paper.number for paper, _, _ in batch.papers()} if revise else set()
    for number in revise:
        if number not in numbers:
            for left in batch.closed:
                if number.startswith(f"{left.case}-"):
                    raise UsageError(OF_CLOSED.filled(number=number, reason=left.reason))
            near = get_close_matches(number, numbers, 1)
            words = UNKNOWN_NEAR if near else UNKNOWN
            raise UsageError(Words(*(words[one].format(number=number, near=near) for one in ("en", "zh"))))


def of_changed(numbers: Sequence[str], language: UiLanguage) -> str:
    """Why the documents of these ``numbers`` are to be issued anew; '' to leave them as they are."""
    words = CHANGED_ONE if len(numbers) == 1 else CHANGED
    named = AND[language].join(numbers[:MOST_NAMED]) + (MORE[language] if len(numbers) > MOST_NAMED else "")
    question = visible(words[language].format(count=len(numbers), numbers=named))
    while True:
        try:
            return fit(_asked(question, language))
        except UsageError as error:
            click.echo(visible(error.words[language]), err=True)


def _asked(question: str, language: UiLanguage) -> str:
    """What is typed; nothing where it is broken off."""
    try:
        return str(click.prompt(question, default="", show_default=False, prompt_suffix=ENDS[language], err=True))
    except click.Abort:
        click.echo(err=True)
        return ""
