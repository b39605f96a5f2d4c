"""A company's own Word form: the file, its paragraphs and tags, and all that is wrong with it, told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from docgen.definitions.definition import Definitions, Form
from docgen.layout.sets import TemplateSet
from docgen.model.document import Written
from docgen.model.problems import Words
from docgen.sandbox import environment
from docgen.wordforms.drawings import drawings_of
from docgen.wordforms.environment import form_environment
from docgen.wordforms.expressions import Meaning
from docgen.wordforms.faults import Fault, WordFormError, fault
from docgen.wordforms.gallery import shows_picture, with_room
from docgen.wordforms.leftovers import leftovers, on_first_page
from docgen.wordforms.meaning import NUMBER_NAMES, look_through
from docgen.wordforms.names import Known, names_of
from docgen.wordforms.pairs import pair_up
from docgen.wordforms.preparing import prepared, unjoinable
from docgen.wordforms.reasons import reason_of
from docgen.wordforms.room import Rooms
from docgen.wordforms.skeleton import Skeleton, skeleton
from docgen.wordforms.story import Line, Story, story
from docgen.wordforms.tags import CLOSES, SINGLE, Tag, boxes, is_known, tags_of, wrong_sign
from docgen.writers.given_docx import open_given
from docgen.writers.given_parts import GivenDocx

MOST_TAGS = 2000
OTHER_BRACES = re.compile(r"(?<![{｛])[{｛]([^{}｛｝]+)[}｝](?![}｝])|<<([^<>]+)>>")
WHOLE = Words("the form", "模板")
NAMES = {
    "header": Words("header", "页眉"),
    "footer": Words("footer", "页脚"),
    "footnotes": Words("footnote", "脚注"),
}
FILLED = ("header", "footer", "footnotes")
"""Parts beside the body in which docxtpl fills tags."""


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part whose tags are filled: its name in the file, its paragraphs and tags; ``is_first``: page 1 has it."""

    name: str
    story: Story
    tags: tuple[Tag, ...]
    skeleton: Skeleton
    is_first: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class WordForm:
    """A form as it was read.

    ``content``: the file as it is to be filled, nothing where ``braces`` tells what is wrong whatever the tags mean.
    """

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
    faults: list[Fault] = []
    first_page = on_first_page(given) | {given.main}
    rooms: Rooms | None = None
    for name, words in _parts(given):
        told = story(words, given.tree(name))
        rooms = rooms or Rooms(told.root)  # the body comes first: it says how wide the pages are
        part, more = read_part(name, told, rooms)
        parts.append(replace(part, is_first=name in first_page))
        faults += more
    faults += leftovers(given, {part.name: part.story for part in parts})
    if sum(len(part.tags) for part in parts) > MOST_TAGS:
        faults = [fault("too_many", WHOLE, limit=MOST_TAGS)]
    content = b"" if faults else prepared(given, [(part.name, part.story.root, part.tags) for part in parts])
    return WordForm(path, content, given, tuple(parts), tuple(faults))


def _parts(given: GivenDocx) -> Iterator[tuple[str, Words]]:
    yield given.main, Words("body", "正文")
    counts = dict.fromkeys(FILLED, 0)
    for kind in FILLED:
        for relation in given.relations(given.main):
            if relation.kind == kind and not relation.external:
                counts[kind] += 1
                number = "" if kind == "footnotes" else str(counts[kind])
                yield relation.target, Words(f"{NAMES[kind].en} {number}".strip(), f"{NAMES[kind].zh}{number}")


def read_part(name: str, told: Story, rooms: Rooms) -> tuple[FormPart, list[Fault]]:
    """The tags of a part, and what is wrong with them whatever they mean."""
    tags: list[Tag] = []
    faults: list[Fault] = []
    for line in told.lines:
        found, more = tags_of(line)
        if any(shows_picture(tag.inner) for tag in found):
            room = 0 if told.name == NAMES["footnotes"] else rooms.of(line.element)  # no picture can be put into these
            found = [replace(tag, inner=with_room(tag.inner, room)) for tag in found]
        tags += found
        faults += more
    paired, lost, left_open = pair_up(tags)
    faults += [*boxes(tags), *paired]
    out = {id(tags[index]) for index in lost}
    faults += filter(None, map(unjoinable, tags))
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
        return fault("syntax", tag.place, tag=tag.whole, reason=reason_of(error))
    return None


@lru_cache(maxsize=1)
def _plain() -> Environment:
    return environment()


def review(read: WordForm, form: Form, definitions: Definitions, templates: TemplateSet) -> Review:
    """All that is wrong with a form that stands in for ``form``, and what it lacks."""
    known, kinds = names_of(form, definitions), drawings_of(form, definitions)
    made = form_environment(templates, definitions, "final", "en", None)
    faults = [*read.braces, *_single_braces(read, known)]
    meaning = Meaning()
    for part in read.parts:
        tree = _parsed(part, made, faults)
        if tree is not None:
            found = look_through(tree, part.skeleton, known, kinds, made, templates)
            faults += found.faults
            meaning.printed |= found.printed
            meaning.top |= found.top if part.is_first else set()
    if not meaning.top & set(NUMBER_NAMES):
        faults.append(fault("no_number", WHOLE))
    wanted = [(sheet, one) for sheet, fields in form.prints.items() for one in fields]
    return Review(tuple(_in_order(faults, read)), tuple(one for one in wanted if one not in meaning.printed))


def _single_braces(read: WordForm, known: Known) -> Iterator[Fault]:
    """Names of fields that somebody put into braces of another kind: they would be printed as they stand."""
    told = {one.place for one in read.braces}
    for part in read.parts:
        for chunk in part.skeleton.chunks:
            if chunk.tag or chunk.place in told:
                continue
            for found in OTHER_BRACES.finditer(unescape(chunk.source)):
                name = (found[1] or found[2]).strip()
                if known.find(name.split(".")[0]):
                    yield fault("other_braces", chunk.place, tag=found[0], name=name)


def _parsed(part: FormPart, made: Environment, faults: list[Fault]) -> nodes.Template | None:
    try:
        return made.parse(part.skeleton.source)
    except TemplateSyntaxError as error:
        chunk = part.skeleton.at(error.lineno)
        if not any(one.place == chunk.place for one in faults):
            tag = chunk.tag.whole if chunk.tag else chunk.source
            faults.append(fault("syntax", chunk.place, tag=tag, reason=reason_of(error)))
        return None


def _in_order(faults: Sequence[Fault], read: WordForm) -> list[Fault]:
    """By their places in the file."""
    places = [line.place.en for part in read.parts for line in part.story.lines]
    order = {place: number for number, place in reversed(list(enumerate(places)))}
    return sorted(dict.fromkeys(faults), key=lambda one: order.get(one.place.en, len(places)))


def refuse_faulty(read: WordForm, found: Review) -> None:
    """Raises:
    WordFormError: with all faults.
    """
    if found.faults:
        raise WordFormError(read.name, found.faults)
