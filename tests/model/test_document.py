"""The text of a tree is read in order, and holds what the page holds and no more."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from docgen.model.document import (
    Break,
    Cell,
    Column,
    Document,
    Field,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Row,
    Rule,
    Section,
    Table,
    Text,
    plain,
)


def par(words: str) -> Paragraph:
    return Paragraph((Text(words, "en"),))


def cell(words: str, **more: Any) -> Cell:
    return Cell((par(words),), **more)


def tree(*body: Any) -> Document:
    return Document("Plan", "en", False, (par("first"),), (par("head"),), (par("foot"),), body)


def test_text_runs_in_reading_order_a_line_a_paragraph() -> None:
    table = Table(
        (Column(50), Column(50)),
        (Row((cell("h1", head=True), cell("h2", head=True))),),
        (Row((cell("a"), cell("b", rowspan=2))), Row((Cell((par("c"), par("d"))),))),
        (Text("caption", "en"),),
    )
    items = Listing(((par("one"), Listing(((par("deep"),),))), (par("two"),)), ordered=True)
    document = tree(Heading(1, (Text("H", "en"),)), Section((par("in"), Rule(), table)), items, par("end"))
    assert document.text().split("\n") == [
        "H", "in", "caption", "h1", "h2", "a", "b", "c", "d", "one", "deep", "two", "end",
    ]  # fmt: skip


def test_heads_feet_and_the_title_are_no_body_text() -> None:
    assert tree(par("body")).text() == "body"


def test_a_break_is_a_line_and_pictures_and_page_figures_are_no_text() -> None:
    content = (Text("a", "en"), Break(), Picture("p.png", "alt", 9), Field("page-number"), Text("b", "en", strong=True))
    assert plain(content) == "a\nb"


def test_runs_are_joined_without_spaces() -> None:
    assert plain((Text("a", "en"), Text("b", "en"))) == "ab"


def test_an_empty_document_has_no_text() -> None:
    assert tree().text() == ""


def test_a_tree_can_not_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        par("a").role = "note"  # type: ignore[misc]


def test_trees_compare_by_what_they_hold() -> None:
    assert tree(par("a")) == tree(par("a")) != tree(par("b"))
    assert hash(tree(par("a"))) == hash(tree(par("a")))
