"""``docgen archive verify``: whether everything on record is there, byte for byte, and nothing else."""

from __future__ import annotations

import json
import os
import re
import textwrap
from pathlib import Path

import click
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from docgen.archive.anchor import read_anchor
from docgen.archive.shelves import archive_in
from docgen.archive.verify_report import as_plain, told, total
from docgen.archive.verifying import ALL, Sample, surveyed, verified
from docgen.cli import terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.office import no_record, office_argument, office_of
from docgen.cli.options import json_option
from docgen.cli.progress import Unit, watched
from docgen.errors import EXIT_FINE, EXIT_VERIFICATION, UsageError
from docgen.model.problems import Words
from docgen.office.run import definitions_near
from docgen.office.store import is_on_record
from docgen.office.visible import visible

FILES = Unit(
    Words("{done} of {total} files", "已核对 {done}/{total} 个文件"),
    Words("{rate} a minute", "每分钟 {rate} 个"),
)
SAMPLE = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
FITS = Words(
    "The ledger holds all that the anchor of line {line} vouches for.",
    "台账完整包含第{line}行锚定值所证明的全部记录。",
)
NO_SAMPLE = Words(
    "--sample {text}: give the number of a part and how many parts there are, as 3/30 for the third of thirty",
    "--sample {text}：请填写第几份和总份数，如 3/30 表示三十份中的第三份",
)


@click.command("verify")
@office_argument
@click.option(
    "--sample",
    "share",
    metavar="N/T",
    help="Read only the N-th of T parts of the files; all names and sizes are compared all the same.",
)
@click.option("--anchor", "anchored", metavar="TEXT", help='What "docgen archive anchor" printed once.')
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context, store: Path | None, share: str | None, anchored: str | None, for_programs: bool
) -> None:
    """Tell whether everything on record in OUT is there, byte for byte, and nothing else in its archive.

    Compares the archive and all issued documents with the ledger, and the ledger with itself, with the register and
    with an anchor. It only reads: nothing is repaired. Exit code 5 when anything is wrong. A job that runs each night
    with --sample 1/30, 2/30 and so on has read all of it within a month.
    """
    language = ui_language()
    sample, anchor = _sample(share), read_anchor(anchored) if anchored is not None else None
    _, folder = office_of(store, definitions_near(store))
    if not is_on_record(folder) and not os.path.lexists(archive_in(folder)):
        raise no_record(folder)
    survey = surveyed(folder, sample, anchor)
    with watched(len(survey.to_read), language, FILES) as note:
        found = verified(survey, note)
    if for_programs:
        content = json.dumps(as_plain(found, language), ensure_ascii=False, indent=2)
        click.echo(content.encode("utf-8", "backslashreplace"))
    else:
        for lines, err in ((found.faults, False), (found.remarks, True)):
            for line in told(lines, language):
                click.echo(_fitted(visible(line), err), err=err)
    click.echo(total(found, language), err=True)
    if anchor and not any(one.kind == "anchor" for one in found.faults):
        click.echo(FITS[language].format(line=anchor.lines), err=True)
    ctx.exit(EXIT_VERIFICATION if found.faults else EXIT_FINE)


def _sample(text: str | None) -> Sample:
    if text is None:
        return ALL
    found = SAMPLE.fullmatch(text.strip())
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise UsageError(NO_SAMPLE.filled(text=text))
    return Sample(int(found[1]), int(found[2]))


def _fitted(line: str, err: bool) -> str:
    """On a terminal broken between words, Chinese anywhere, each part as far from the edge as the first; a path that is
    too long is left to the terminal, so that it can be copied."""
    width, text = terminal.width(err), line.lstrip()
    if not terminal.is_terminal(err) or cell_len(line) <= width:
        return line
    edge = " " * (len(line) - len(text))
    if cell_len(text) > len(text):
        parts = Text(text).wrap(Console(), width - len(edge))
        return "\n".join(edge + part.plain.rstrip() for part in parts)
    return textwrap.fill(line, width, subsequent_indent=edge, break_long_words=False, break_on_hyphens=False)
