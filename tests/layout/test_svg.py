"""An SVG is looked through before anything draws it: a hostile or unfit one is refused at once, with its line."""

from __future__ import annotations

import time

import pytest

from docgen.layout.svg import MOST_BYTES, Refused, read_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">'


def svg(inner: str) -> bytes:
    return f"{HEAD}\n{inner}\n</svg>".encode()


def laughs(depth: int, times: int) -> str:
    """Each group uses the one before several times."""
    groups = ['<g id="g0"><path d="M0 0h1"/></g>']
    for at in range(1, depth):
        groups.append(f'<g id="g{at}">' + f'<use href="#g{at - 1}"/>' * times + "</g>")
    return f"<defs>{''.join(groups)}</defs><use href='#g{depth - 1}'/>"


def test_a_plain_drawing_keeps_its_shape_and_loses_the_notes_of_its_program() -> None:
    noted = svg(
        '<metadata><x:rdf xmlns:x="urn:x">who drew it</x:rdf></metadata><!-- a remark -->'
        '<g xmlns:ink="urn:ink" ink:label="Layer 1"><use href="#a"/>'
        '<path id="a" style="fill:#1F6F78" d="M0 0h9v9z"/></g>'
    )
    drawing = read_svg(noted)
    assert (drawing.width, drawing.height) == (40, 20)
    assert b"#1F6F78" in drawing.content
    assert not [word for word in (b"who drew it", b"remark", b"Layer 1") if word in drawing.content]


def test_without_a_view_box_width_and_height_tell_the_shape() -> None:
    drawing = read_svg(b'<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="10mm"><path d="M0 0h9"/></svg>')
    assert drawing.width / drawing.height == 3


@pytest.mark.parametrize("said", ['width="9" height="900"', 'width="0" height="0"', 'width="100%"'])
def test_a_view_box_alone_tells_the_shape_where_there_is_one(said: str) -> None:
    """Or the engine would draw it in another one than its place has."""
    drawing = read_svg(svg("<path d='M0 0h9'/>").replace(b"<svg ", f"<svg {said} ".encode(), 1))
    assert (drawing.width, drawing.height) == (40, 20)
    assert b"width=" not in drawing.content and b"height=" not in drawing.content


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (b'<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY a "x">]>\n<svg/>', 2, "document type"),
        ('\ufeff<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE svg><svg/>'.encode("utf-16-le"), 1, "document type"),
        (svg('<image href="#a"/>'), 2, "made of pixels"),
        (svg('<text x="1" y="2">Qinghe</text>'), 2, "convert text to paths"),
        (svg("<script>alert(1)</script>"), 2, "holds a program"),
        (svg("<foreignObject><p>x</p></foreignObject>"), 2, "holds a program"),
        (svg('\n<path d="M0 0" onclick="x()"/>'), 3, "onclick would run a program"),
        (svg('<use href="http://127.0.0.1:9/x.svg#a"/>'), 2, "refers to http://127.0.0.1:9/x.svg#a, outside"),
        (svg('<use xlink:href="file:///etc/passwd"/>'), 2, "outside the picture"),
        (svg('<path fill="url(http://127.0.0.1:9/x)" d="M0 0"/>'), 2, "outside the picture"),
        (svg("<path style=\"fill: url( 'other.svg#a' )\" d='M0 0'/>"), 2, "outside the picture"),
        (svg("<style>@import 'x.css'; path { fill: red }</style>"), 2, "@import"),
        (svg("<style>path { fill: \\75rl(x) }</style>"), 2, "its style holds"),
        (svg("<pattern/>"), 2, "<pattern> can't be in a logo"),
        (svg("<pth d='M0 0'/>"), 2, "did you mean path"),
        (svg("<g>" * 60 + "</g>" * 60), 2, "nested deeper"),
        (svg("<path d='M0 0'/>" * 6000), 2, "draws more than"),
        (svg("<path id='a' d='M0 0'/>" + "<use href='#a'/>" * 10_000), 2, "draws more than"),
        (svg(laughs(10, 10)), 2, "draws more than"),
        (svg('<g id="a"><use href="#a"/></g>'), 2, "leads back to itself"),
        (svg('<linearGradient x2="1e-9" spreadMethod="repeat"/>'), 2, "gradient that repeats"),
        (svg("<style>" + "*{fill:red}" * 2000 + "</style>"), 1, "its <style> has 22000 characters"),
        (svg(f'<path d="M0 0{"h1v1" * 30_000}"/>'), 2, "its d has 120004 characters"),
        (svg('<clipPath id="c"><path clip-path="url(#c)" d="M0 0"/></clipPath>'), 2, "leads back to itself"),
        (svg("<path>"), 3, "is no SVG"),
        (b"<html/>", 1, "begins with <html>"),
        (b"\x89PNG\r\n\x1a\n", 1, "is no SVG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', 1, "shape is unknown"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan 1"/>', 1, "shape is unknown"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 1"/>', 1, "too long to be a logo"),
        (b" " * (MOST_BYTES + 1), 0, "bytes; at most"),
    ],
    ids=lambda value: value[:40].decode("latin-1") if isinstance(value, bytes) else None,
)
def test_what_no_logo_may_hold_is_refused_at_once(content: bytes, line: int, told: str) -> None:
    started = time.monotonic()
    with pytest.raises(Refused) as found:
        read_svg(content)
    assert time.monotonic() - started < 2
    assert told in found.value.words.en
    assert found.value.words.zh != found.value.words.en
    assert found.value.line == line
