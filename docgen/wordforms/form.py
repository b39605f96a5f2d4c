"""A company's own Word form: the file, its paragraphs and tags, and all that is wrong with it, told at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from docgen.definitions.definition import Definitions, Form
from docgen.layout.formatting import Written
from docgen.layout.sets import TemplateSet
from docgen.model.problems import Words
from docgen.sandbox import environment
from docgen.wordforms.environment import form_environment
from docgen.wordforms.expressions import Meaning
from docgen.wordforms.faults import Fault, WordFormError, fault
from docgen.wordforms.meaning import NUMBER_NAMES, look_through
from docgen.wordforms.names import names_of
from docgen.wordforms.pairs import pair_up
from docgen.wordforms.skeleton import Skeleton, skeleton
from docgen.wordforms.story import Line, Story, story
from docgen.wordforms.tags import CLOSES, SINGLE, Tag, boxes, is_known, tags_of, wrong_sign
from docgen.writers.given_docx import field_codes, open_given
from docgen.writers.given_parts import GivenDocx
from docgen.writers.word_xml import W

MOST_TAGS = 2000
WHOLE = Words("the form", "模板")
NAMES = {
    "header": Words("header", "页眉"),
    "footer": Words("footer", "页脚"),
    "footnotes": Words("footnote", "脚注"),
    "endnotes": Words("endnote", "尾注"),
    "comments": Words("comment", "批注"),
}
FILLED = ("header", "footer", "footnotes")
"""Parts beside the body in which docxtpl fills tags."""
CLOCKS = ("DATE", "TIME", "PRINTDATE", "SAVEDATE", "CREATEDATE", "EDITTIME")
_W = f"{{{W}}}"
TRACKED = tuple(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange"))


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part whose tags are filled: its name in the file, its paragraphs and tags."""

    name: str
    story: Story
    tags: tuple[Tag, ...]
    skeleton: Skeleton


@dataclass(frozen=True, slots=True, eq=False)
class WordForm:
    """A form as it was read; ``braces``: what is wrong with its tags whatever they mean."""

    path: Path
    content: bytes
    given: GivenDocx
    parts: tuple[FormPart, ...]
    braces: tuple[Fault, ...]

    @property
    def name(self) -> str:
        return self.path.name


@dataclass(frozen=True, slots=True)
class Review:
    """What was found in a form: ``faults``; ``unprinted``: fields (sheet, field) that its definition says it prints."""

    faults: tuple[Fault, ...]
    unprinted: tuple[tuple[str, str], ...]


def form_file(folders: Sequence[Path], form: str, first: Written) -> Path | None:
    """The company's Word file for a form: that of the language before the one for all."""
    for folder in folders:
        for name in (f"{form}.{first}.docx", f"{form}.docx"):
            if (folder / name).is_file():
                return folder / name
    return None


def read_form(path: Path, folder: Path | None = None) -> WordForm:
    """Read a form; one that was read before and hasn't changed is taken as it was.

    Raises:
        TemplateError: it is no Word file, or holds what could do harm.
    """
    stat = path.stat()
    return _read(path, folder, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=32)
def _read(path: Path, folder: Path | None, _changed: int, _size: int) -> WordForm:
    given = open_given(path, folder)
    parts: list[FormPart] = []
    faults: list[Fault] = list(_left_over(given))
    for name, words in _parts(given):
        told = story(words, given.tree(name))
        part, more = read_part(name, told)
        parts.append(part)
        faults += more
    if sum(len(part.tags) for part in parts) > MOST_TAGS:
        faults = [fault("too_many", WHOLE, limit=MOST_TAGS)]
    return WordForm(path, path.read_bytes(), given, tuple(parts), tuple(faults))


def _parts(given: GivenDocx) -> Iterator[tuple[str, Words]]:
    yield given.main, Words("body", "正文")
    counts = dict.fromkeys(FILLED, 0)
    for kind in FILLED:
        for relation in given.relations(given.main):
            if relation.kind == kind and not relation.external:
                counts[kind] += 1
                number = "" if kind == "footnotes" else str(counts[kind])
                yield relation.target, Words(f"{NAMES[kind].en} {number}".strip(), f"{NAMES[kind].zh}{number}")


def _left_over(given: GivenDocx) -> Iterator[Fault]:
    """What would be handed out, or not filled, without anybody noticing."""
    for relation in given.relations(given.main):
        if relation.external or relation.target not in given.parts:
            continue
        if relation.kind == "comments" and given.tree(relation.target).find(f"{_W}comment") is not None:
            yield fault("comment", NAMES["comments"])
        elif relation.kind == "endnotes":
            told = story(NAMES["endnotes"], given.tree(relation.target))
            for line in told.lines:
                yield from (fault("not_filled", line.place, tag=tag.whole) for tag in tags_of(line)[0])
    for name, words in _parts(given):
        for code in field_codes(given.tree(name)):
            if (first := code.split()[:1]) and first[0].upper() in CLOCKS:
                yield fault("clock", words, name=first[0].upper())
        if next(given.tree(name).iter(*TRACKED), None) is not None:
            yield fault("tracked", words)


def read_part(name: str, told: Story) -> tuple[FormPart, list[Fault]]:
    """The tags of a part, and what is wrong with them whatever they mean."""
    tags: list[Tag] = []
    faults: list[Fault] = []
    for line in told.lines:
        found, more = tags_of(line)
        tags += found
        faults += more
    paired, lost, left_open = pair_up(tags)
    faults += [*boxes(tags), *paired]
    out = {id(tags[index]) for index in lost}
    for tag in tags:
        one = _unreadable(tag)
        faults += [one] if one else []
        if one or not is_known(tag):
            out.add(id(tag))
    return FormPart(name, told, tuple(tags), _whole(told.lines, tags, out, left_open)), faults


def _whole(lines: Sequence[Line], tags: Sequence[Tag], out: set[int], left_open: Sequence[Tag]) -> Skeleton:
    """The skeleton; what can't be read is left out, a beginning that can't be is taken for one that does nothing."""
    mended = [_mended(tag) if id(tag) in out else tag for tag in tags]
    lost = [new for new, old in zip(mended, tags, strict=True) if id(old) in out and new is old]
    return skeleton(lines, mended, lost, left_open)


def _mended(tag: Tag) -> Tag:
    inner = {"for": "for _ in []", "if": "if false", "elif": "elif false"}.get(tag.word)
    return replace(tag, inner=inner) if inner else tag


def _unreadable(tag: Tag) -> Fault | None:
    """What Jinja says of a tag that it can't read by itself."""
    source = tag.source
    if tag.opening == "{#" or tag.word in (*CLOSES, "else", "hm", "vm"):
        return None
    match tag.word:
        case "for" | "if":
            source += "{% end" + tag.word + " %}"
        case "elif":
            source = "{% if a %}" + source + "{% endif %}"
        case "colspan" | "cellbg":
            source = "{{ " + tag.inner.removeprefix(tag.word) + " }}"
        case "set":
            if "=" not in tag.inner:
                return fault("unknown_statement", tag.place, tag=tag.whole, name="set … endset")
        case "":
            pass
        case word if word not in SINGLE:
            return None
    try:
        _plain().parse(source)
    except TemplateSyntaxError as error:
        if sign := wrong_sign(tag):
            return fault("full_width_inside", tag.place, tag=tag.whole, sign=sign)
        return fault("syntax", tag.place, tag=tag.whole, reason=error.message or "")
    return None


@lru_cache(maxsize=1)
def _plain() -> Environment:
    return environment()


def review(read: WordForm, form: Form, definitions: Definitions, templates: TemplateSet) -> Review:
    """All that is wrong with a form that stands in for ``form``, and what it lacks."""
    known = names_of(form, definitions)
    made = form_environment(templates, definitions, "final", "en", None)
    faults = list(read.braces)
    meaning = Meaning()
    for part in read.parts:
        tree = _parsed(part, made, faults)
        if tree is not None:
            found = look_through(tree, part.skeleton, known, made, templates)
            faults += found.faults
            meaning.printed |= found.printed
            meaning.top |= found.top
    if not meaning.top & set(NUMBER_NAMES):
        faults.append(fault("no_number", WHOLE))
    wanted = [(sheet, one) for sheet, fields in form.prints.items() for one in fields]
    return Review(tuple(_in_order(faults, read)), tuple(one for one in wanted if one not in meaning.printed))


def _parsed(part: FormPart, made: Environment, faults: list[Fault]) -> nodes.Template | None:
    try:
        return made.parse(part.skeleton.source)
    except TemplateSyntaxError as error:
        chunk = part.skeleton.at(error.lineno)
        if not any(one.place == chunk.place for one in faults):
            tag = chunk.tag.whole if chunk.tag else chunk.source
            faults.append(fault("syntax", chunk.place, tag=tag, reason=error.message or ""))
        return None


def _in_order(faults: Sequence[Fault], read: WordForm) -> list[Fault]:
    """By their places in the file."""
    places = [line.place.en for part in read.parts for line in part.story.lines]
    order = {place: number for number, place in reversed(list(enumerate(places)))}
    return sorted(dict.fromkeys(faults), key=lambda one: order.get(one.place.en, len(places)))


def unprinted(found: Review, definitions: Definitions) -> list[Words]:
    """What a form should print by its definition, and doesn't: a warning for each field, as it may lack by intent."""
    fields = [
        (definitions.sheets[sheet].label, definitions.sheets[sheet].fields[name].label, f"{sheet}.{name}")
        for sheet, name in found.unprinted
    ]
    return [
        Words(
            f"the form doesn't print {field.en} ({sheet.en}, {{{{ {key} }}}}), which the definition of its kind lists",
            f"模板没有输出{sheet.zh}的“{field.zh}”（{{{{ {key} }}}}），而该表单的定义要求输出",
        )
        for sheet, field, key in fields
    ]


def refuse_faulty(read: WordForm, found: Review) -> None:
    """Raises:
    WordFormError: with all faults.
    """
    if found.faults:
        raise WordFormError(read.name, found.faults)
