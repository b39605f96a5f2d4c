"""Prove a set: each form is made with invented cases, as a tree, in Word and as PDF, and looked through for faults."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from math import ceil
from typing import Any

from docgen.checking.checked import Checked
from docgen.checking.invented import HOSTILE
from docgen.checking.specimens import TODAY, Specimens, with_examples
from docgen.checking.validate import Checker
from docgen.definitions.definition import Form
from docgen.definitions.fields import parse
from docgen.definitions.shape import MEANT, nearest
from docgen.errors import DocumentError, TemplateError
from docgen.generate import filling, render, write
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.sources import stopped
from docgen.model.document import Document, Written
from docgen.model.identity import content_hash
from docgen.model.issued import Notice
from docgen.model.problems import Severity, Words
from docgen.paper import Format, Paper, papers
from docgen.proofs.finding import MEND, NAMED, NOWHERE, Finding, Shelf, by_cause, seen_in
from docgen.proofs.page_faults import TOO_LONG, TOO_LONG_FIX, growth, page_faults
from docgen.proofs.reach import Reached, reached_by
from docgen.proofs.tree_faults import Fault, left_out, texts, tree_faults
from docgen.proofs.trial import Trial, trials, under
from docgen.proofs.word_forms import of_word_form
from docgen.proofs.word_print import WordPrint
from docgen.wordforms.form import form_file

STUMBLED = "template"
"""The code of what the template engine, or the reader of the markup, refuses."""
ASKED = re.compile(r"\bsettings\.(\w+)")
USUAL = frozenset(("empty", "normal"))
"""Cases whose words every column must have room for; the figures and names of the others no column could hold."""
PATIENCE = 2
"""So many PDFs of a form that can't be laid out are tried."""
RUNAWAY = 8
"""So many times the pages that a form may fill, or without a limit so many pages: no case will do better."""
NOTICE = Notice(1, TODAY, ("", ":signatures"), "KPI")
QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
UNKNOWN = re.compile(r"nothing here is called '(\w+)'|'(\w+)' is undefined")
NOT_THERE = Words("No field or name is called {name}{near}", "没有名为 {name} 的字段或变量{near}")
STOP = Words(".", "。")
ROOM = Words(
    "Give it more room: a wider column, a smaller type, a larger margin; or let it break.",
    "请留出更多位置：加宽列、缩小字号、加大页边距，或允许换行。",
)


@dataclass(slots=True)
class Proofs:
    """What has been tried so far: how many trees and PDFs were made, and what was found."""

    kit: Kit
    shelf: Shelf
    trees: int = 0
    pdfs: int = 0
    reached: set[Reached] = field(default_factory=set)
    _settings: dict[tuple[object, ...], dict[str, Any]] = field(default_factory=dict)
    _specimens: Specimens | None = None
    _word_print: WordPrint | None = None
    _hopeless: Counter[str] = field(default_factory=Counter)
    """By form, PDFs that could not be laid out, or ran over all bounds: each takes long, and tells nothing new."""

    @property
    def specimens(self) -> Specimens:
        if self._specimens is None:
            definitions = self.kit.definitions
            unprintable = "".join(self.kit.coverage.missing(HOSTILE))
            self._specimens = Specimens(definitions, Checker(definitions), unprintable)
        return self._specimens

    @property
    def word_print(self) -> WordPrint:
        if self._word_print is None:
            self._word_print = WordPrint(self.kit)
        return self._word_print

    def prove(self, form: Form, languages: Sequence[str], full: bool = False) -> list[Finding]:
        """All that is wrong with ``form``'s template and its words; one cause, one finding."""
        found: list[Finding] = []
        for trial in trials(form, self.kit.definitions, self.kit.settings, languages, full, self.asked()):
            found += seen_in(self.tried(trial), trial.name)
        return by_cause(found)

    def asked(self) -> set[str]:
        """The settings that the templates and sentences of the set speak of."""
        templates = self.kit.templates
        sentences = (said for wording in templates.wording.values() for said, _ in wording.values())
        sources = (templates.file(name).read_text("utf-8-sig", "replace") for name in templates.loader.list_templates())
        return {name for text in (*sentences, *sources) for name in ASKED.findall(text)}

    def settings(self, trial: Trial) -> dict[str, Any]:
        """The office's settings as the trial has them; what it left open, but for the empty case, with examples."""
        key = (trial.kind == "empty", trial.language, *trial.settings.items())
        if key not in self._settings:
            definitions = self.kit.definitions
            made = under(self.kit.settings, trial.settings, definitions)
            if trial.kind != "empty":
                made = with_examples(made, definitions, parse, trial.language)
            self._settings[key] = made
        return self._settings[key]

    def case(self, trial: Trial) -> Checked:
        if trial.mode == "final":
            return self.specimens.checked(trial.kind, trial.form, trial.language, self.settings(trial), trial.changed)
        return self.specimens.unfinished(trial.kind, trial.form, trial.language, self.settings(trial))

    def tried(self, trial: Trial) -> Iterator[Finding]:
        """What one trial shows."""
        checked, settings = self.case(trial), self.settings(trial)
        kit = self.kit.under(settings)
        data = [*_typed(checked.record.data), *_typed(settings)]
        words = [said for wording in kit.templates.wording.values() for said, _ in wording.values()]
        own = [paper for paper in papers(checked, kit.definitions) if paper.form.name == trial.form.name]
        for paper in own:
            final = trial.mode == "final"
            notice = NOTICE if trial.revised else None
            stamp = Stamp(paper.number, 2 if notice else 1, TODAY, notice) if final else Stamp("", 1, None)
            try:
                document = render(paper, kit, stamp, trial.mode)
            except TemplateError as error:
                yield self.refused(error.words, trial)
                continue
            self.trees += 1
            self.reached |= reached_by(document, trial.language)
            tame, known = trial.kind != "hostile", [*data, paper.number, NOTICE.reason]
            faults = tree_faults(document, language=trial.language, data=known, tame=tame, words=words)
            if final:
                faults = chain(faults, left_out(document, paper.number, trial.form.signers, trial.form.template))
            yield from map(self.finding, faults)
            if not trial.settings and not trial.changed and not trial.revised:
                pdf = trial.paper and paper is own[-1] and self._hopeless[trial.form.name] < PATIENCE
                yield from self.written(document, paper, stamp, trial, pdf)

    def written(self, document: Document, paper: Paper, stamp: Stamp, trial: Trial, pdf: bool) -> Iterator[Finding]:
        """What the files show, each read back and compared with the tree."""
        try:
            own = filling(paper, self.kit, stamp, trial.mode)
            formats: tuple[Format, ...] = ("docx", "pdf") if pdf and not own else ("docx",)
            files, _ = write(document, self.kit, stamp, TODAY, formats, content_hash(document), own)
        except (DocumentError, TemplateError) as error:
            language: Written = "en" if document.lang == "en" else "zh"
            path = form_file(self.kit.company.templates, trial.form.name, language)
            if path and isinstance(error, TemplateError):
                yield from of_word_form(error, path, self.shelf)
            else:
                self._hopeless[trial.form.name] += pdf
                yield self.unwritten(error.words, document, trial)
            return
        if "pdf" not in files:
            return
        self.pdfs += 1
        theme = self.kit.templates.theme
        pages, faults = page_faults(document, theme, files["pdf"], self.kit.head.background, tame=trial.kind in USUAL)
        yield from map(self.finding, faults)
        if trial.kind in USUAL:
            yield from map(self.finding, self.word_print.faults(document))
        most = ceil(trial.form.pages.get(trial.kind, 0) * growth(theme))
        if pages > max(RUNAWAY, RUNAWAY * most):
            self._hopeless[trial.form.name] = PATIENCE
        if most and pages > most:
            place = str(trial.form.place)
            said = TOO_LONG.filled(kind=trial.kind, pages=pages, most=most, form=self.shelf.split(place)[0])
            yield self.finding(
                Fault(trial.form.template, "too-many-pages", Severity.WARNING, said, TOO_LONG_FIX, trial.kind)
            )

    def finding(self, fault: Fault) -> Finding:
        file, line = self.shelf.split(fault.place)
        return Finding(file, line, fault.code, fault.severity, fault.message, fault.fix, cause=fault.cause)

    def refused(self, words: Words, trial: Trial) -> Finding:
        """What the template engine or the reader of the markup refused."""
        words, fix = stopped(words), MEND
        if unknown := UNKNOWN.search(words.en):
            name = unknown[1] or unknown[2]
            near = nearest(name, [one for one in self.names() if one != name])
            fix = NOT_THERE.filled(name=name, near=MEANT.filled(near=repr(near)) if near else STOP)
        found = self.shelf.placed(words, STUMBLED, Severity.ERROR, fix, trial.form.template)
        return replace(found, cause=STUMBLED if found.line else "")

    def unwritten(self, words: Words, document: Document, trial: Trial) -> Finding:
        """What a writer refused: it names the text, of which the tree tells the place."""
        if NAMED.match(words.en):
            return self.shelf.placed(words, "look", Severity.ERROR, MEND, trial.form.template)
        place = next(_places(words.en, document), "")
        file, line = self.shelf.split(place or trial.form.template)
        return Finding(file, line, "layout", Severity.ERROR, words, ROOM if place else NOWHERE, cause="layout")

    def names(self) -> list[str]:
        """What a template may call something."""
        definitions = self.kit.definitions
        fields = (name for sheet in definitions.sheets.values() for name in sheet.fields)
        return sorted(
            {*fields, *definitions.sheets, *definitions.settings, "month", "previous", "interview", "signers"}
        )


def _places(message: str, document: Document) -> Iterator[str]:
    """The places of the texts that ``message`` quotes."""
    for quoted in QUOTED.findall(message):
        try:
            said = str(ast.literal_eval(quoted)).rstrip("…").strip()
        except (ValueError, SyntaxError):
            continue
        if said:
            for place, text in texts((*document.body, *document.head, *document.first_head, *document.foot)):
                if place and said in " ".join(text.split()):
                    yield place


def _typed(value: Any) -> Iterator[str]:
    """All texts of ``value``, however deep."""
    match value:
        case str():
            yield value
        case Words():
            yield from (value.en, value.zh)
        case Mapping():
            for key, inner in value.items():
                yield from _typed(key)
                yield from _typed(inner)
        case Iterable():
            for inner in value:
                yield from _typed(inner)
        case _:
            return


def last_paper(checked: Checked, kit: Kit, form: Form) -> Paper:
    """Of the papers of ``form`` the one that repeats most of those before it."""
    return [paper for paper in papers(checked, kit.definitions) if paper.form.name == form.name][-1]
