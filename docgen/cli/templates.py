"""``docgen templates``: a company's own words and look. Finds the sub-command."""

from __future__ import annotations

import click

from docgen.cli.group import Commands
from docgen.cli.language import language_option

COMMANDS = ("list", "names", "copy", "diff", "check", "preview")


@click.group("templates", cls=Commands, modules={name: f"docgen.cli.templates_{name}" for name in COMMANDS})
@language_option
def command() -> None:
    """See and change what documents say and how they look.

    What lies in the forms and templates folders beside docgen.yaml wins over what ships with docgen: file by file, and
    in wording and theme key by key. docs/templates.md is the guide.
    """
