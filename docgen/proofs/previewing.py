"""One document to look at: of an invented case, or of a case from a file, with a company's files as they are now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from docgen.checking.invented import Kind
from docgen.checking.specimens import TODAY
from docgen.company import Company
from docgen.errors import DocumentError, TemplateError, UsageError
from docgen.generate import drawn, filling, unread, write
from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp
from docgen.layout.inlines import near
from docgen.layout.render import written_in
from docgen.model.identity import content_hash
from docgen.model.problems import Problem, Words
from docgen.office.run import has_errors, load_run
from docgen.paper import Format, Paper, blocking, papers
from docgen.proofs.finding import Finding
from docgen.proofs.proving import Proofs, last_paper
from docgen.proofs.reviewing import Reviewed, falsified, opened
from docgen.proofs.trial import Trial
from docgen.proofs.word_forms import of_word_form
from docgen.sources.cases import read_cases
from docgen.wordforms.faults import WordFormError
from docgen.wordforms.form import form_file
from docgen.wordforms.shelf import can_be_made

NO_FORM = Words("there is no form {name!r}{near}", "没有表单“{name}”{near}")
NO_FILE = Words(
    "there is no file {file}; check the name and the folder you are in", "没有文件 {file}；请检查名称和所在文件夹"
)
NOTHING = Words("{file} has no {form} to show", "{file} 中没有可预览的 {form}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: ``form`` with the invented case ``kind`` in ``language``, or with the case of ``file``."""

    form: str
    kind: Kind = "normal"
    language: str = "zh"
    file: Path | None = None
    only: tuple[str, ...] = ()
    password: str = ""
    formats: tuple[Format, ...] = ("pdf",)


@dataclass(frozen=True, slots=True)
class Shown:
    """The files, or what keeps them from being made; ``problems``: those of the case that was read."""

    opened: Reviewed
    files: dict[Format, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


def shown(company: Company, wanted: Wanted, before: Reviewed | None = None) -> Shown:
    """Make what is ``wanted`` with the files of ``company`` as they stand now. ``before``: as of ``opened``.

    Raises:
        UsageError: there is no such form or case.
    """
    seen = opened(company, before=before)
    kit = seen.kit
    if kit is None:
        return Shown(seen, findings=seen.findings)
    form = kit.definitions.forms.get(wanted.form)
    if form is None:
        raise UsageError(NO_FORM.filled(name=wanted.form, near=near(wanted.form, kit.definitions.forms)))
    if taken := falsified(seen, form):
        return Shown(seen, findings=taken)
    proofs = Proofs(kit, seen.shelf)
    trial = Trial(form, wanted.kind, wanted.language)
    problems: tuple[Problem, ...] = ()
    try:
        if wanted.file:
            paper, mode, problems = _of_file(wanted, kit)
            settled, today = kit, date.today()
        else:
            paper, mode = last_paper(proofs.case(trial), kit, form), "final"
            settled, today = kit.under(proofs.settings(trial)), TODAY
        final = mode == "final"
        stamp = Stamp(paper.number if final else "", 1, (paper.printed_date or today) if final else None)
        document = drawn(paper, settled, stamp, mode, handwrite=True)
    except TemplateError as error:
        return Shown(seen, findings=(proofs.refused(error.words, trial),), problems=problems)
    try:
        own = filling(paper, kit, stamp, mode, handwrite=True)
        if own:  # as it is made: LibreOffice turns it into the PDF, where there is one
            both: tuple[Format, ...] = ("pdf", "docx")
            files, _ = write(document, kit, stamp, today, can_be_made(both, own), content_hash(document), own)
        else:  # an eye will read them
            files = unread(document, kit, stamp, today, wanted.formats, content_hash(document))
        return Shown(seen, files, problems=problems)
    except WordFormError as error:
        path = form_file(kit.company.templates, form.name, written_in(paper.case.language, settled.settings)[0])
        return Shown(seen, findings=tuple(of_word_form(error, path, seen.shelf)), problems=problems)
    except (DocumentError, TemplateError) as error:
        return Shown(seen, findings=(proofs.unwritten(error.words, document, trial),), problems=problems)


def _of_file(wanted: Wanted, kit: Kit) -> tuple[Paper, Mode, tuple[Problem, ...]]:
    """The first paper of the form in the file; a draft where something is wrong with it."""
    assert wanted.file
    if not wanted.file.exists():
        raise UsageError(NO_FILE.filled(file=wanted.file))
    reading = read_cases([wanted.file], kit.definitions, wanted.password)
    run = load_run(reading, kit.definitions, [wanted.form], date.today(), only=wanted.only)
    for checked, _ in run.cases:
        for paper in papers(checked, kit.definitions):
            if paper.form.name == wanted.form:
                sound = not (has_errors(run.problems) or blocking(paper, checked.problems))
                return paper, "final" if sound else "draft", run.all_problems
    raise UsageError(NOTHING.filled(file=wanted.file, form=wanted.form))
