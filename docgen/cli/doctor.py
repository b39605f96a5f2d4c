"""``docgen doctor``: is everything there that docgen needs, and what to install where not."""

from __future__ import annotations

from pathlib import Path

import click

from docgen import __version__
from docgen.cli.language import language_option
from docgen.cli.machine import Finding, examine
from docgen.cli.place import DAMAGED, LEDGER, examine_place
from docgen.errors import EXIT_ENVIRONMENT, EXIT_VERIFICATION, DocgenError


@click.command("doctor")
@click.argument("out", required=False, type=click.Path(path_type=Path))
@language_option
@click.pass_context
def command(ctx: click.Context, out: Path | None) -> None:
    """Look for the libraries, fonts and packages that docgen needs, and at the folder OUT; exit code 4 where one lacks,
    else 5 where the ledger in OUT is damaged.

    OUT is by default that of docgen.yaml, else ./out, where it is there. A drive of the network is told: SQLite and
    locks may fail on it.
    """
    click.echo(f"docgen {__version__}")
    folder = out or usual_out()
    findings = [*definitions(), *examine(families()), *(examine_place(folder) if folder else ())]
    for finding in findings:
        click.echo(line(finding))
    lacking = [finding.what for finding in findings if finding.lacking]
    if lacking:
        click.echo(f"docgen: lacking: {', '.join(lacking)}", err=True)
        ctx.exit(EXIT_ENVIRONMENT)
    if any((finding.what, finding.found) == (LEDGER, DAMAGED) for finding in findings):
        ctx.exit(EXIT_VERIFICATION)


def line(finding: Finding) -> str:
    if finding.found and finding.doubt:
        return f"  careful  {finding.what}: {finding.found} ({finding.doubt})"
    if finding.found:
        return f"  ok       {finding.what}: {finding.found}"
    return f"  {'MISSING' if finding.needed else 'not here'}  {finding.what} ({finding.cure})"


def usual_out() -> Path | None:
    """The folder for documents that holds here, if it is there."""
    try:
        from docgen.office.run import definitions_near, office_near

        out = office_near(Path("."), definitions_near()).out
    except (ImportError, OSError, DocgenError):
        return None
    return out if out.exists() else None


def definitions() -> list[Finding]:
    """Can the forms and templates that hold here be read? Imported here: what lacks must not stop the doctor."""
    try:
        from docgen.office.run import definitions_near, office_near

        forms = definitions_near().forms
        _ = office_near(Path("."), definitions_near()).kit
    except (ImportError, OSError, DocgenError) as error:
        return [Finding("forms and templates", "", str(error))]
    return [Finding("forms and templates", ", ".join(forms))]


def families() -> list[str]:
    """The font families that the theme here names for PDF."""
    try:
        from docgen.office.run import definitions_near, office_near

        fonts = office_near(Path("."), definitions_near()).kit.templates.theme.fonts.pdf
    except (ImportError, OSError, DocgenError):
        return []
    faces = [face for language in (fonts.en, fonts.zh) for face in (language.body, language.heading)]
    return sorted({family for face in faces for family in (face.latin, face.east_asian)} | {fonts.ticks, fonts.mono})
