"""``docgen templates preview``: a form with an invented case, made anew after each save of a file it is made of."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import click

from docgen.checking.invented import KINDS, Kind
from docgen.cli.language import language_option, ui_language
from docgen.cli.making import tell_problems
from docgen.cli.options import CasePath, only_option, password_option
from docgen.cli.preview import check_name, files, look_options, show
from docgen.company import company_near
from docgen.errors import EXIT_DOCUMENT, DocgenError
from docgen.model.problems import Severity, Words
from docgen.office.run import HERE
from docgen.office.visible import visible
from docgen.paper import Format
from docgen.proofs.finding import joined
from docgen.proofs.previewing import Wanted, shown
from docgen.proofs.reviewing import Reviewed, keeping_back
from docgen.proofs.trial import LANGUAGES
from docgen.proofs.watching import Watch, is_definition, shaping
from docgen.writers.pages import page_count

RENEWED = Words("{time} {file}: {pages} page{s}, {seconds} s", "{time} {file}：{pages} 页，{seconds} 秒")
KEPT = Words("{time} not renewed; {file} is as it was", "{time} 未更新；{file} 保持原样")
WATCHING = Words(
    "Watching {folder}; each save makes {file} anew. Ctrl-C ends it.",
    "正在监视 {folder}；每次保存都会更新 {file}。按 Ctrl-C 结束。",
)
SHIPPED = Words("the shipped files", "内置文件")


@click.command("preview")
@click.argument("form", metavar="FORM")
@click.argument("path", metavar="[FILE]", required=False, type=CasePath(path_type=Path, readable=False))
@only_option
@click.option(
    "--case", "kind", type=click.Choice(KINDS), default="normal", show_default=True, help="Which invented case."
)
@click.option(
    "--language-of-documents",
    "written",
    type=click.Choice(LANGUAGES),
    help="Language of the invented case; by default that of messages.",
)
@click.option("--watch", is_flag=True, help="Stay, and make it anew after each save of a file it is made of.")
@click.option("--word", is_flag=True, help="Also as Word, beside the preview.")
@look_options
@password_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    form: str,
    path: Path | None,
    only: tuple[str, ...],
    kind: Kind,
    written: str | None,
    watch: bool,
    word: bool,
    out: Path,
    dpi: int,
    password: str,
) -> None:
    """Make one FORM to look at, with the templates, wording and look of the company near FILE or where you are.

    Without FILE the case is invented. What is wrong with a template is told with its file and line; the last good
    preview stays.
    """
    check_name(out)
    formats: tuple[Format, ...] = ("pdf", "docx") if word else ("pdf",)
    wanted = Wanted(form, kind, written or ui_language(), path, only, password, formats)
    desk = Desk(wanted, out, dpi)
    if watch:
        desk.watch()
    elif not desk.renew(None)[1]:
        ctx.exit(EXIT_DOCUMENT)


class Desk:
    """Where a preview lies: made anew as often as it is asked for; what was made before helps."""

    def __init__(self, wanted: Wanted, out: Path, dpi: int) -> None:
        self.wanted = wanted
        self.out = out
        self.dpi = dpi
        self.near = wanted.file or HERE
        self.logo = ""

    def renew(self, before: Reviewed | None) -> tuple[Reviewed, bool]:
        """Show it, then tell what is wrong; what was opened for it, and whether documents can be made so."""
        began = time.monotonic()
        made = shown(company_near(self.near), self.wanted, before)
        language = ui_language()
        if made.problems:
            tell_problems(made.problems, language)
        if made.files:
            pdf = made.files.get("pdf")
            content: dict[Path, bytes] = files(pdf, self.out, self.dpi) if pdf else {}
            if "docx" in made.files and (self.wanted.formats != ("pdf",) or not pdf):
                content[Path(self.out.name).with_suffix(".docx")] = made.files["docx"]
            show(content, self.out, self.near)
            pages, seconds = page_count(pdf) if pdf else "?", f"{time.monotonic() - began:.1f}"
            told = {"time": clock(), "file": self.out, "pages": pages, "s": "" if pages == 1 else "s"}
            click.echo(visible(RENEWED.filled(**told, seconds=seconds)[language]))
        if made.opened.kit:
            self.logo = str(made.opened.kit.settings.get("logo") or "")
        reviewed = () if made.problems else (*made.opened.findings, *keeping_back(made.opened))
        found = joined(reviewed, made.findings)
        for one in found:
            click.echo(visible(one.told(language)), err=True)
        if not made.files:
            click.echo(visible(KEPT.filled(time=clock(), file=self.out)[language]), err=True)
        return made.opened, bool(made.files) and all(one.severity is not Severity.ERROR for one in found)

    def watch(self) -> None:
        """Renew it after each change, until Ctrl-C."""
        language = ui_language()
        watch = Watch(self.places)
        stamps = watch.stamps()
        company = company_near(self.near)
        folder = str(company.folder) if company.folder else SHIPPED[language]
        click.echo(visible(WATCHING.filled(folder=folder, file=self.out)[language]), err=True)
        try:
            last = self._tried(None)
            for _, changed in watch.changes(stamps):
                last = self._tried(None if any(map(is_definition, changed)) else last)
        except KeyboardInterrupt:
            return

    def places(self) -> Iterator[Path]:
        """What it is made of, and where a company's settings may come to lie."""
        folder = company_near(self.near).folder
        yield from shaping(folder or HERE)
        if folder and self.logo:
            yield folder / self.logo
        if self.wanted.file:
            yield self.wanted.file

    def _tried(self, before: Reviewed | None) -> Reviewed | None:
        """Renew it; what would end a run is told, and the next save is waited for.

        Meanwhile Python looks for no circles of garbage: a layout makes them by the million, and they go at its end.
        """
        language = ui_language()
        gc.disable()
        try:
            return self.renew(before)[0]
        except (DocgenError, OSError) as error:
            told = error.words[language] if isinstance(error, DocgenError) else unreadable(error)
            click.echo(visible(told), err=True)
            click.echo(visible(KEPT.filled(time=clock(), file=self.out)[language]), err=True)
            return before
        finally:
            gc.enable()
            gc.collect()


def unreadable(error: OSError) -> str:
    """What the system says of a file, without its numbers."""
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)


def clock() -> str:
    return time.strftime("%H:%M:%S")
