"""``docgen templates check``: every template tried with invented cases, and what is wrong told by file and line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.language import language_option, ui_language
from docgen.cli.options import FORM, CasePath, forms_option, json_option, known, names_option
from docgen.company import company_near
from docgen.errors import EXIT_DATA
from docgen.layout.sets import known_sets
from docgen.model.problems import Severity, UiLanguage, Words, counted
from docgen.office.report import JSON_FORMAT
from docgen.office.run import HERE
from docgen.office.visible import visible
from docgen.proofs.reviewing import review
from docgen.proofs.surveying import Survey, survey
from docgen.proofs.trial import LANGUAGES

MOST_JOBS = 4
SET = Words("template set", "模板集")
LANGUAGE = Words("language of documents", "文档语言")
TRYING = Words("{form}: tried", "{form}：已试验")
TRIED = Words(
    "{forms} tried: {trees} documents from invented cases, {pdfs} of them as PDF too. {found}",
    "已试验 {forms}：以虚构个案生成 {trees} 份文档，其中 {pdfs} 份另生成 PDF。{found}",
)
UNTRIED = Words("Nothing could be tried before that is mended. {found}", "须先修正以上问题才能试生成文档。{found}")
NOTHING = Words("Nothing is wrong.", "没有发现问题。")


@click.command("check")
@click.argument("folder", metavar="[FOLDER]", default=HERE, type=CasePath(path_type=Path))
@click.option("--set", "chosen", metavar="NAME", default="", help="This set instead of the one in docgen.yaml.")
@forms_option("Only these forms; by default all, the company's own too.")
@names_option("--language-of-documents", "Only documents in these: en, zh, both.")
@click.option("--full", is_flag=True, help="Make every invented case in every language as PDF too; takes minutes.")
@json_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path,
    chosen: str,
    forms: tuple[str, ...],
    language_of_documents: tuple[str, ...],
    full: bool,
    for_programs: bool,
) -> None:
    """Look for faults in the templates, wording, theme and forms of the company near FOLDER.

    Each form is made with an empty, a normal, a very long and a hostile invented case, in English, Chinese and both,
    under each jurisdiction, as a draft and as a blank. What is wrong is told once, with its file and line. Exit code 1
    when an error is found; warnings alone are 0.
    """
    language = ui_language()
    known([chosen] if chosen else [], known_sets(), SET)
    languages = known(language_of_documents, LANGUAGES, LANGUAGE) or LANGUAGES
    company = company_near(folder)
    reviewed = review(company, chosen)
    wanted: tuple[str, ...] = ()
    if reviewed.kit:
        wanted = known(forms, reviewed.kit.definitions.forms, FORM) or tuple(reviewed.kit.definitions.forms)

    def note(form: str) -> None:
        if terminal.is_terminal(err=True) and not for_programs:
            click.echo(TRYING[language].format(form=form), err=True)

    found = survey(company, reviewed, wanted, languages, full=full, jobs=min(os.cpu_count() or 1, MOST_JOBS), note=note)
    if for_programs:
        click.echo(programs(found, language))
    else:
        for one in found.findings:
            click.echo(visible(one.told(language)))
        click.echo(total(found, language), err=True)
    if not found.is_clean:
        ctx.exit(EXIT_DATA)


def programs(found: Survey, language: UiLanguage) -> bytes:
    content = {
        "format": JSON_FORMAT,
        "forms": list(found.forms),
        "documents": found.trees,
        "pdfs": found.pdfs,
        "counts": {str(one): sum(each.severity is one for each in found.findings) for one in Severity},
        "findings": [one.plain(language) for one in found.findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")


def total(found: Survey, language: UiLanguage) -> str:
    said = Words(*(counted(found.findings, one) or NOTHING[one] for one in ("en", "zh")))
    if not found.trees:
        return UNTRIED.filled(found=said)[language]
    return TRIED.filled(forms=", ".join(found.forms), trees=found.trees, pdfs=found.pdfs, found=said)[language]
