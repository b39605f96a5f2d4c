"""Review a company's files before anything is made with them: what can be told without a case, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from docgen.checking.specimens import TODAY
from docgen.company import LETTERHEADS, LOGOS, Company, find_settings
from docgen.definitions.definition import Definitions, Form
from docgen.definitions.load import load_definitions, read_definitions
from docgen.errors import DefinitionError, DocumentError, TemplateError
from docgen.kit import LANGUAGES, LETTERHEAD, Kit
from docgen.layout.contrast import parsed
from docgen.layout.findings import Finding as Noted
from docgen.layout.folders import Folders
from docgen.layout.lost_blanks import Lost, lost_blanks
from docgen.layout.review import review_set, taken_names
from docgen.layout.sets import STANDARD, load_set
from docgen.layout.theme import Look, Theme
from docgen.layout.wording import LANGUAGES as WRITTEN
from docgen.layout.wording import read_file
from docgen.model.document import Document, Paragraph, Text
from docgen.model.problems import Problem, Severity, Words
from docgen.office.originals import sources
from docgen.proofs.finding import MEND, Finding, Shelf, by_cause
from docgen.proofs.tree_faults import quoted
from docgen.proofs.word_forms import word_form_faults
from docgen.resources import shipped
from docgen.sources.settings import read_settings
from docgen.writers.fonts import identity
from docgen.writers.letterhead_look import in_look_of
from docgen.writers.properties import Properties

STYLES, THEME = "print.css", "theme.yaml"
NO_FONT = Words(
    "this machine has no font called {family}; PDFs are printed in another one, {found}.",
    "本机没有名为 {family} 的字体；PDF 会改用另一种字体（{found}）。",
)
NO_FONT_FIX = Words(
    "Install it wherever PDFs are made, or name another.", "请在生成 PDF 的机器上安装，或改用其他字体。"
)
TWO_COLOURS = Words(
    "{styles}: {word} in Word, as the letterhead has it, and {pdf} in the PDF, as the theme has it.",
    "{styles}：在 Word 中为 {word}（取自信笺），在 PDF 中为 {pdf}（取自主题）。",
)
TWO_COLOURS_FIX = Words(
    "Set both alike: colours in templates/theme.yaml, and these styles in letterhead.docx.",
    "请改为一致：templates/theme.yaml 的 colours，与 letterhead.docx 中的这些样式。",
)
ALIKE = 0.2
"""By so much of its full strength red, green or blue may differ before it is seen."""
UNREAD = Words(
    "nothing reads a file of this name; did you mean {near}?", "没有任何地方读取此名称的文件，是否指 {near}？"
)
UNREAD_FIX = Words("Rename it, or take it away.", "请改名或移走。")
JOINED = Words(
    "no blank is left between {before} and {after}: {tag} takes it away.",
    "{before}与{after}之间没有空格：{tag}把空格去掉了。",
)
JOINED_FIX = Words(
    "Write them on one line with a blank between, or {{ ' ' }} where it belongs.",
    "请写在同一行并以空格隔开，或在该处写 {{ ' ' }}。",
)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A company's files as far as they could be opened; ``kit`` None: no document can be made with them."""

    shelf: Shelf
    findings: tuple[Finding, ...]
    kit: Kit | None = None
    chosen: str = ""


def review(company: Company, chosen: str = "") -> Reviewed:
    """Open the company's files, and tell what is wrong in them that can be told without a case.

    Raises: as ``opened``.
    """
    seen = opened(company, chosen)
    if seen.kit is None:
        return seen
    found = chain.from_iterable(each(seen.kit, seen.shelf) for each in REVIEWS)
    return replace(seen, findings=_told(chain(seen.findings, found)))


def keeping_back(seen: Reviewed) -> tuple[Finding, ...]:
    """The errors in the company's own wording and templates, for which ``docgen generate`` makes no document."""
    if seen.kit is None:
        return ()
    return _told(one for one in _static(seen.kit, seen.shelf, shipped=False) if one.severity is Severity.ERROR)


def falsified(seen: Reviewed, form: Form) -> tuple[Finding, ...]:
    """What would make a document of ``form`` that can be looked at, and says what is false."""
    assert seen.kit
    found = taken_names(seen.kit.templates, seen.kit.definitions, form.template)
    return tuple(_found(one, seen.shelf) for one in found)


def opened(company: Company, chosen: str = "", before: Reviewed | None = None) -> Reviewed:
    """Open forms, settings, templates, wording and theme of ``company``; what keeps them from being opened is found.

    So is what is wrong in the settings: a wrong one counts as not set, and the set that they name may be misspelt.

    Nothing is kept from an earlier time: a file changed since is read anew. ``before``: the last opening, whose
    definitions hold where no file of ``forms/`` has changed since; what PDFs are printed with is handed on.

    Args:
        chosen: another set than that of the settings.

    Raises:
        UsageError: there is no such set, or a file of the company is a link that leads out of its folder.
    """
    forms = (*company.forms, shipped("forms"))
    shelf = Shelf(company.folder, (*company.templates, *forms))
    try:
        definitions = (before and before.kit and before.kit.definitions) or _defined(company)
    except DefinitionError as error:
        return Reviewed(shelf, _told(shelf.each(error.words, "definition", MEND, "forms")))
    file = find_settings(company.folder) if company.folder else None
    settings, problems = read_settings(file, definitions)
    of_settings = [_of_settings(one, shelf) for one in problems]
    name = chosen or str(settings.get("set") or STANDARD)
    sets = dict.fromkeys((shipped("templates") / name, shipped("templates") / STANDARD))
    shelf = Shelf(company.folder, (*company.templates, *sets, *forms))
    try:
        templates = load_set(name, company.templates, faulty=True)
    except TemplateError as error:
        return Reviewed(shelf, _told(chain(of_settings, shelf.each(error.words, "set", MEND, "theme.yaml"))))
    press = before.kit.press if before and before.kit else None
    return Reviewed(shelf, _told(of_settings), Kit(definitions, settings, templates, company, press), chosen)


def _defined(company: Company) -> Definitions:
    """What ships is read once a process; a company's own forms may have changed since."""
    if not company.forms:
        return load_definitions()
    return replace(read_definitions([*company.forms, shipped("forms")]), folders=company.forms)


def _of_settings(problem: Problem, shelf: Shelf) -> Finding:
    place = problem.position
    file = shelf.named(place.source)
    return Finding(file, place.line, "settings", problem.severity, problem.message, problem.fix, cause=problem.code)


def _told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(by_cause(findings))


def _static(kit: Kit, shelf: Shelf, shipped: bool = True) -> Iterator[Finding]:
    """What the review of the set finds, wording and templates."""
    for one in review_set(kit.templates, kit.definitions, shipped=shipped):
        yield _found(one, shelf)


def _found(one: Noted, shelf: Shelf) -> Finding:
    return Finding(shelf.named(one.place.source), one.place.line, one.kind, one.severity, one.message, one.fix)


def _styled(kit: Kit, shelf: Shelf) -> Iterator[Finding]:
    """What the writers say of the company's own style sheet, letterhead and logo, where it has any."""
    own = [name for name in (*LETTERHEADS, *LOGOS) if kit.company.file(name)]
    own += [STYLES for folder in kit.company.templates if (folder / STYLES).is_file()]
    for language in LANGUAGES if own else ():
        page = Document(STYLES, language, False, (), (), (), (Paragraph((Text("docgen", language),)),))
        try:
            kit.package(language)
            kit.pdf.write(page, Properties("", "", TODAY, "", language))
        except (DocumentError, TemplateError) as error:
            yield shelf.placed(error.words, "look", Severity.ERROR, MEND, own[0])


def _fonts(kit: Kit, shelf: Shelf) -> Iterator[Finding]:
    """The fonts for PDF that the company's own theme names, and that are not there."""
    for file in (folder / THEME for folder in kit.company.templates if (folder / THEME).is_file()):
        lines = file.read_text("utf-8-sig").splitlines()
        for family in kit.templates.theme.fonts.pdf.families:
            line = next((at for at, text in enumerate(lines, 1) if family in text), 0)
            found = identity([family]) if line else ""
            if found and family.casefold() not in found.casefold():
                said = NO_FONT.filled(family=family, found=found.splitlines()[0].rpartition(" ")[0])
                yield Finding(shelf.named(THEME), line, "font", Severity.WARNING, said, NO_FONT_FIX, cause=family)


def _two_colours(kit: Kit, shelf: Shelf) -> Iterator[Finding]:
    """Headings that are of one colour in Word, where the letterhead's counts, and of another in the PDF."""
    try:
        letterhead = kit.letterhead
    except (DocumentError, TemplateError):  # as _styled tells
        return
    pdf = kit.templates.theme
    word = in_look_of(letterhead, pdf) if letterhead else pdf
    unlike: dict[tuple[str, str], list[str]] = {}
    for number in "123":
        seen, printed = (_colour(theme, theme.zh.elements[f"heading-{number}"]) for theme in (word, pdf))
        if max(abs(one - other) for one, other in zip(parsed(seen), parsed(printed), strict=True)) > ALIKE:
            unlike.setdefault((seen, printed), []).append(number)
    for (seen, printed), numbers in unlike.items():
        en, zh = ", ".join(f"Heading {one}" for one in numbers), "、".join(f"标题 {one}" for one in numbers)
        said = TWO_COLOURS.filled(styles=Words(en, zh), word=seen, pdf=printed)
        yield Finding(shelf.named(LETTERHEAD), 0, "two-colours", Severity.WARNING, said, TWO_COLOURS_FIX)


def _colour(theme: Theme, look: Look) -> str:
    return theme.colours[look.colour or "text"]


def _unread(kit: Kit, shelf: Shelf) -> Iterator[Finding]:
    """Files of the company that nothing reads, and whose names are like one that would be read."""
    used = {**kit.settings, "set": kit.templates.folders[len(kit.company.templates)].name}
    for one in sources(kit.company, used, kit.definitions.forms.values()) if kit.company.folder else ():
        if one.state == "unused" and one.near:
            file, said = shelf.named(str(one.path)), UNREAD.filled(near=one.near)
            yield Finding(file, 0, "unread", Severity.WARNING, said, UNREAD_FIX)


def _lost_blanks(kit: Kit, shelf: Shelf) -> Iterator[Finding]:
    """Words that the company's templates and sentences join, although a blank stands between them."""
    templates = kit.templates
    for name in Folders(templates.own).list_templates():
        text = templates.file(name).read_text("utf-8-sig", "replace")
        for one in lost_blanks(text):
            yield _joined(one, shelf.named(name), text.count("\n", 0, one.offset) + 1)
    for file in (read_file(folder, language) for folder in templates.own for language in WRITTEN):
        for said in file.sentences.values() if file else ():
            for one in lost_blanks(said.text):
                yield _joined(one, shelf.named(said.place.source), said.place.line)


def _joined(lost: Lost, file: str, line: int) -> Finding:
    before, after, tag = map(quoted, (lost.before, lost.after, lost.tag))
    said = JOINED.filled(before=before, after=after, tag=tag)
    return Finding(file, line, "joined-words", Severity.WARNING, said, JOINED_FIX)


REVIEWS = (_static, word_form_faults, _styled, _fonts, _two_colours, _lost_blanks, _unread)
