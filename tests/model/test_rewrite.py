"""A change of the running text reaches every paragraph, heading and caption, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from docgen.model.document import (
    Cell,
    Column,
    Document,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Row,
    Rule,
    Section,
    Table,
    Text,
)
from docgen.model.rewrite import rewrite


def par(words: str) -> Paragraph:
    return Paragraph((Text(words, "en"),), "note", "x:1")


def full() -> Document:
    """A tree with every kind of block, in every place that can hold one."""
    row = Row((Cell((par("cell"), Listing(((par("in cell"),),))), 2, 1, False, "label", "x:2"),), "total")
    table = Table((Column(50), Column(50, "number")), (row,), (row, row), (Text("caption", "en"),), "targets", "x:3")
    body = (
        Heading(2, (Text("heading", "zh-CN", strong=True),), "lead"),
        Section((par("section"), table, Rule("x:4")), "keep"),
        Listing(((par("item"), Listing(((par("deep"),),), ordered=True)), ()), role="ticks"),
    )
    return Document("Plan", "en", True, (par("first"),), (par("head"),), (par("foot"),), body)


def upper(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(replace(one, text=one.text.upper()) if isinstance(one, Text) else one for one in content)


def words(document: Document) -> list[str]:
    running = (document.first_head, document.head, document.foot, document.body)
    return [replace(document, body=blocks).text() for blocks in running]


def test_a_change_reaches_all_running_text() -> None:
    assert words(rewrite(full(), upper)) == [text.upper() for text in words(full())]


def test_a_change_of_nothing_changes_nothing() -> None:
    assert rewrite(full(), lambda content: content) == full()


def test_roles_places_spans_and_shapes_stay() -> None:
    emptied = rewrite(full(), lambda content: ())
    again = rewrite(rewrite(full(), upper), lambda content: ())
    assert emptied == again
    assert (emptied.title, emptied.lang, emptied.landscape) == ("Plan", "en", True)
    assert [type(block) for block in emptied.body] == [Heading, Section, Listing]


def test_each_content_is_changed_once() -> None:
    seen: list[str] = []

    def watch(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        seen.append("".join(one.text for one in content if isinstance(one, Text)))
        return content

    rewrite(full(), watch)
    assert sorted(seen) == sorted(
        [*["cell", "in cell"] * 3, "caption", "heading", "section", "item", "deep", "first", "head", "foot"]
    )
