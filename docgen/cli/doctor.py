"""``docgen doctor``: is everything there that docgen needs, and what to install where not."""

from __future__ import annotations

import click

from docgen import __version__
from docgen.cli.language import language_option
from docgen.cli.machine import Finding, examine
from docgen.errors import EXIT_ENVIRONMENT, DocgenError


@click.command("doctor")
@language_option
@click.pass_context
def command(ctx: click.Context) -> None:
    """Look for the libraries, fonts and packages that docgen needs; exit code 4 where one lacks."""
    click.echo(f"docgen {__version__}")
    findings = [*definitions(), *examine(families())]
    for finding in findings:
        click.echo(line(finding))
    lacking = [finding.what for finding in findings if finding.lacking]
    if lacking:
        click.echo(f"docgen: lacking: {', '.join(lacking)}", err=True)
        ctx.exit(EXIT_ENVIRONMENT)


def line(finding: Finding) -> str:
    if finding.found:
        return f"  ok       {finding.what}: {finding.found}"
    return f"  {'MISSING' if finding.needed else 'not here'}  {finding.what} ({finding.cure})"


def definitions() -> list[Finding]:
    """Can the shipped forms and templates be read? Imported here: a package that lacks must not stop the doctor."""
    try:
        from docgen.definitions.load import load_definitions
        from docgen.layout.sets import load_set

        forms = load_definitions().forms
        load_set()
    except (ImportError, OSError, DocgenError) as error:
        return [Finding("forms and templates", "", str(error))]
    return [Finding("forms and templates", ", ".join(forms))]


def families() -> list[str]:
    """The font families that the theme of the standard set names for PDF."""
    try:
        from docgen.layout.sets import load_set

        fonts = load_set().theme.fonts.pdf
    except (ImportError, OSError, DocgenError):
        return []
    faces = [face for language in (fonts.en, fonts.zh) for face in (language.body, language.heading)]
    return sorted({family for face in faces for family in (face.latin, face.east_asian)} | {fonts.ticks, fonts.mono})
