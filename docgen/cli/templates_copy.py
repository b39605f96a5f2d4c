"""``docgen templates copy``: a shipped file becomes the company's own, to be changed."""

from __future__ import annotations

import click

from docgen.cli.language import language_option, ui_language
from docgen.model.problems import Words
from docgen.office.originals import KEY_BY_KEY, copied
from docgen.office.publish import publish
from docgen.office.run import HERE, definitions_near, office_near
from docgen.office.visible import visible

ONLY_DIFFERENCES = Words(
    "{file}: keep only the keys that you change, delete the rest: they then go on following docgen",
    "{file}：只保留需要修改的项，其余请删除：未列出的项会继续采用内置内容",
)


@click.command("copy")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@language_option
def command(names: tuple[str, ...]) -> None:
    """Copy shipped files, such as letter.html or letter.yaml, to where the company's own are looked for.

    A first line says of what it is a copy, so "docgen templates list" can tell when the shipped one has changed since.
    What is there already is never touched. Of wording and theme, keep only what you change.
    """
    office = office_near(HERE, definitions_near())
    copies = dict(copied(name, office.company, str(office.settings["set"])) for name in names)
    for place, content in copies.items():
        publish({place.relative_to(place.parent.parent): content}, place.parent.parent)
        click.echo(visible(str(place)))
        if place.name in KEY_BY_KEY:
            click.echo(visible(ONLY_DIFFERENCES.filled(file=place.name)[ui_language()]), err=True)
