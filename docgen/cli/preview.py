"""``docgen preview``: one document, quickly, to look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.cli.language import language_option, ui_language
from docgen.cli.making import tell_problems
from docgen.cli.options import FORM, CasePath, Function, known, missing, only_option, password_option
from docgen.errors import EXIT_DATA, UsageError
from docgen.generate import make
from docgen.model.problems import Words
from docgen.office.publish import publish
from docgen.office.run import definitions_near, has_errors, load_run
from docgen.paper import blocking, papers
from docgen.sources.cases import read_cases
from docgen.writers.pages import page_pictures

SUFFIXES = (".pdf", ".png")
NOTHING = Words("nothing to preview: no document was asked for", "没有可预览的文档")


def check_name(out: Path) -> None:
    """Raises UsageError: its ending is none that a preview can have."""
    if out.suffix.lower() not in SUFFIXES:
        raise UsageError(Words(f"{out}: name it .pdf or .png", f"{out}：文件名须以 .pdf 或 .png 结尾"))


def files(pdf: bytes, out: Path, dpi: int) -> dict[Path, bytes]:
    """The PDF under the name of ``out``, or a numbered picture for each of its pages."""
    if out.suffix.lower() == ".pdf":
        return {Path(out.name): pdf}
    pages = enumerate(page_pictures(pdf, dpi), start=1)
    return {Path(f"{out.stem}-{number}{out.suffix}"): picture for number, picture in pages}


def look_options(function: Function) -> Function:
    """``-o`` and ``--dpi``."""
    dpi = click.option(
        "--dpi", type=click.IntRange(36, 300), default=100, show_default=True, help="Sharpness of pictures."
    )
    out = click.option(
        "-o",
        "--out",
        type=click.Path(path_type=Path),
        default=Path("preview.pdf"),
        show_default=True,
        help="A .pdf, or a .png: a picture for each page.",
    )
    return out(dpi(function))


@click.command("preview")
@click.argument("path", metavar="FILE", type=CasePath(path_type=Path, readable=False))
@only_option
@click.option("--form", metavar="NAME", help="This form; by default the first that the case asks for.")
@look_options
@password_option
@language_option
@click.pass_context
def command(
    ctx: click.Context, path: Path, only: tuple[str, ...], form: str | None, out: Path, dpi: int, password: str
) -> None:
    """Make one document of FILE to look at; what has problems as a draft. An earlier preview is replaced."""
    check_name(out)
    definitions, today = definitions_near(path), date.today()
    chosen = known([form] if form else [], definitions.forms, FORM)
    run = load_run(read_cases([path], definitions, password), definitions, chosen, today, only=only)
    tell_problems(run.all_problems, ui_language())
    for checked, office in run.cases:
        for paper in papers(checked, definitions):
            sound = not (has_errors(run.problems) or blocking(paper, checked.problems))
            kit = office.kit
            made = make(paper, kit, issued=today, formats=("pdf",), mode="final" if sound else "draft", handwrite=True)
            for written in publish(files(made.files["pdf"], out, dpi), out.parent):
                click.echo(str(written))
            return
    if has_errors(run.problems):  # nothing could be read, and it has been told why
        ctx.exit(max(EXIT_DATA, missing((path,))))
    raise UsageError(NOTHING)
