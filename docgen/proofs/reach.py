"""How far trials get: lines of a company's templates that none of them reaches, or that one language alone prints."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from docgen.kit import Kit
from docgen.layout.sets import STANDARD
from docgen.layout.sources import Source, Sources
from docgen.model.document import Block, Document, Heading, Listing, Paragraph, Rule, Section, Table
from docgen.model.problems import Severity, Words
from docgen.proofs.finding import Finding, Shelf
from docgen.resources import shipped

Reached = tuple[str, str]
"""The language of a trial, and a place such as ``letter.html:42`` that stands in its tree."""

UNREACHED = Words("no invented case reaches this; it was not tried.", "没有虚构个案会用到此处，因此未经试验。")
UNREACHED_LINES = Words(
    "no invented case reaches lines {first} to {last}; they were not tried.",
    "没有虚构个案会用到第 {first} 至 {last} 行，因此未经试验。",
)
UNREACHED_FIX = Words(
    "Look at it with a case of your own: docgen templates preview FORM FILE.",
    "请用自己的个案查看：docgen templates preview 表单 文件。",
)
ONE_LANGUAGE = {
    "en": Words("this is printed in English documents only.", "此处仅在英文文档中打印。"),
    "zh": Words("this is printed in Chinese documents only.", "此处仅在中文文档中打印。"),
}
ONE_LANGUAGE_FIX = Words(
    "Say it in both wording files, and print it with say() in each language.",
    "请在两个语句文件中各写一句，并在每种语言中用 say() 打印。",
)


def places(blocks: Sequence[Block]) -> Iterator[str]:
    """Where in a template each part of a tree stands."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.place
            case Listing():
                for item in block.items:
                    yield from places(item)
            case Table():
                for row in block.head + block.body:
                    for cell in row.cells:
                        yield cell.place
                        yield from places(cell.blocks)
            case Section():
                yield from places(block.blocks)
            case Rule():
                pass


def reached_by(document: Document, language: str) -> set[Reached]:
    everything = (*document.first_head, *document.head, *document.body, *document.foot)
    return {(language, place) for place in places(everything)}


def unreached(
    kit: Kit, shelf: Shelf, templates: Collection[str], reached: Collection[Reached], languages: Collection[str]
) -> Iterator[Finding]:
    """Of the company's ``templates``, what trials in ``languages`` did not reach, or in one of them alone.

    Lines that ship with docgen are proved by its own tests; a copy of them is no news.
    """
    sources = Sources(kit.templates)
    for name in sorted(templates):
        source, file = sources.template(name), shelf.named(name)
        for is_reached, numbers in _runs(name, _own_lines(source), reached) if source and source.own else ():
            if not is_reached:
                said = UNREACHED if len(numbers) == 1 else UNREACHED_LINES
                told = said.filled(first=numbers[0], last=numbers[-1])
                yield Finding(file, numbers[0], "not-reached", Severity.INFO, told, UNREACHED_FIX)
                continue
            for number in numbers if {"en", "zh"} <= set(languages) else ():
                seen = {language for language, place in reached if place == f"{name}:{number}"} & ONE_LANGUAGE.keys()
                if len(seen) == 1:
                    told = ONE_LANGUAGE[seen.pop()]
                    yield Finding(file, number, "one-language", Severity.WARNING, told, ONE_LANGUAGE_FIX)


def _own_lines(source: Source) -> list[int]:
    """The lines of ``source`` whose place a tree keeps, but for those that ship as they are."""
    given = shipped("templates") / STANDARD / source.name
    known = {line.strip() for line in given.read_text("utf-8").splitlines()} if given.is_file() else set()
    return [number for number in source.parts() if source.lines[number - 1].strip() not in known]


def _runs(name: str, lines: Sequence[int], reached: Collection[Reached]) -> Iterator[tuple[bool, list[int]]]:
    """``lines`` in their order, those together that were reached, and that were not."""
    found = {place for _, place in reached}
    for is_reached, run in groupby(lines, key=lambda number: f"{name}:{number}" in found):
        yield is_reached, list(run)
