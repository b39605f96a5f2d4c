"""A letterhead is look: with one or without, a document says the same and has the same hash."""

from __future__ import annotations

from docgen.layout.markup import read_markup
from docgen.model.document import Document
from docgen.model.identity import content_and_parts, content_hash
from docgen.model.letterhead import has_letterhead, without_letterhead

BLOCK = (
    '<section class="letterhead"><table class="letterhead"><colgroup><col width="1"/><col width="2"/></colgroup>'
    '<tbody><tr><td><img src="company-logo.png" alt="Logo" width="14"/></td><td>{name}<p class="address">{address}</p>'
    "</td></tr></tbody></table><hr/></section>"
)


def document(head: str) -> Document:
    return read_markup(f'<header class="first">{head}</header><p>body</p>', title="Plan", lang="en")


def lettered(name: str = "Qinghe", address: str = "Suzhou") -> Document:
    company = f'<p class="company">{name}</p>' if name else ""
    return document(BLOCK.format(name=company, address=address))


def test_a_new_letterhead_or_address_is_no_change_of_what_is_said() -> None:
    plain = document('<p class="head">Qinghe</p>')
    assert content_hash(lettered()) == content_hash(lettered(address="Wuxi")) == content_hash(plain)
    assert content_and_parts(lettered()) == content_and_parts(plain)
    assert content_hash(lettered("")) == content_hash(document('<p class="head"></p>'))


def test_another_company_is() -> None:
    assert content_hash(lettered("Other")) != content_hash(lettered())


def test_where_a_file_has_a_letterhead_the_first_head_is_left_out() -> None:
    assert has_letterhead(lettered())
    assert without_letterhead(lettered()).first_head == ()
    plain = document("<p>Qinghe</p>")
    assert not has_letterhead(plain)
    assert without_letterhead(plain) is plain
