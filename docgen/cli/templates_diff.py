"""``docgen templates diff``: what the company's file says otherwise than the shipped one."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.language import language_option, ui_language
from docgen.model.problems import Words
from docgen.office.originals import compared, difference
from docgen.office.publish import publish
from docgen.office.run import HERE, definitions_near, office_near
from docgen.office.visible import visible

SAME = Words("{name}: says the same as the shipped one; it can be deleted", "{name}：与内置文件相同，可以删除")
SETTLED = Words("{file}: noted as compared with what ships today", "{file}：已注明与当前内置文件核对过")


@click.command("diff")
@click.argument("name")
@click.option("--settled", is_flag=True, help="Note in the company's file that it was compared; it is stale no longer.")
@language_option
def command(name: str, settled: bool) -> None:
    """Show what the company's file NAME says otherwise than the shipped one (- docgen's lines, + its own)."""
    office = office_near(HERE, definitions_near())
    of = str(office.settings["set"])
    if settled:
        place, content = compared(name, office.company, of)
        publish({Path(place.name): content}, place.parent)
        click.echo(visible(SETTLED.filled(file=place)[ui_language()]), err=True)
        return
    found = difference(name, office.company, of)
    if found:
        click.echo(found.encode(), nl=False)
    else:
        click.echo(visible(SAME.filled(name=name)[ui_language()]), err=True)
