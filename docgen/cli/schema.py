"""``docgen schema``: the JSON Schema of case files, for editors."""

from __future__ import annotations

import json

import click

from docgen.cli.language import language_option, ui_language
from docgen.definitions.schema import json_schema
from docgen.office.run import definitions_near


@click.command("schema")
@language_option
def command() -> None:
    """Write the JSON Schema (draft-07) of case files: an editor then completes names and shows hints.

    Keep it beside the cases (docgen schema > case.schema.json) and begin a case file with
    "# yaml-language-server: $schema=case.schema.json".
    """
    click.echo(json.dumps(json_schema(definitions_near(), ui_language()), ensure_ascii=False, indent=2).encode())
