"""``docgen preview``: one document, quickly, to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import count
from pathlib import Path

import click

from docgen.cli.language import language_option, ui_language
from docgen.cli.making import tell_problems
from docgen.cli.options import FORM, CasePath, Function, known, missing, only_option, password_option
from docgen.company import company_near
from docgen.errors import EXIT_DATA, UsageError
from docgen.generate import make
from docgen.model.problems import Words
from docgen.office.publish import publish
from docgen.office.run import definitions_near, has_errors, load_run
from docgen.paper import blocking, papers
from docgen.proofs.watching import shaping
from docgen.sources.cases import read_cases
from docgen.writers.pages import page_pictures

SUFFIXES = (".pdf", ".png")
OF_COMPANY = Words(
    "{file}: the documents are made of this; name another place for the preview with -o",
    "{file}：文档由此生成；请用 -o 指定其他预览位置",
)
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


def show(content: Mapping[Path, bytes], out: Path, near: Path) -> tuple[Path, ...]:
    """Put a preview where ``out`` is; pictures of pages that an earlier one had beyond its last go.

    Args:
        near: what belongs to the company whose files it is made of.

    Raises:
        UsageError: it would take the place of one of these files, or lie among them.
    """
    folder = company_near(near).folder
    own = [place.resolve() for place in shaping(folder)]
    for name in content:
        path = (out.parent / name).resolve()
        if any(path == place or place in path.parents for place in own):
            raise UsageError(OF_COMPANY.filled(file=out.parent / name))
    written = publish(dict(content), out.parent)
    for old in _beyond(out, content):
        old.unlink(missing_ok=True)
    return written


def _beyond(out: Path, content: Mapping[Path, bytes]) -> Iterator[Path]:
    """Pictures of pages that are no more."""
    if out.suffix.lower() == ".pdf":
        return
    for number in count(1):
        name = Path(f"{out.stem}-{number}{out.suffix}")
        if name not in content:
            if not (out.parent / name).is_file():
                return
            yield out.parent / name


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
            for written in show(files(made.files["pdf"], out, dpi), out, path):
                click.echo(str(written))
            return
    if has_errors(run.problems):  # nothing could be read, and it has been told why
        ctx.exit(max(EXIT_DATA, missing((path,))))
    raise UsageError(NOTHING)
