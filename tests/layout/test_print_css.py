"""A company's style sheet changes looks only: whatever could add, change or hide words is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.errors import TemplateError
from docgen.layout.css_properties import ALLOWED, REASONS
from docgen.layout.print_css import NAME, read_own
from docgen.layout.sets import load_set
from docgen.writers.pdf import PdfWriter
from tests.writers.pdf_help import PROPERTIES, page_texts, tree


def own(folder: Path, css: str | bytes) -> str:
    content = css.encode() if isinstance(css, str) else css
    (folder / NAME).write_bytes(content)
    return read_own(folder / NAME, load_set().theme.en.roles)


GOOD = """/* Lines between the parts, more air. */
h2 { border-top: 0.5pt solid var(--colour-rule); padding-top: 4mm; letter-spacing: 0.2pt }
table.targets tbody tr:nth-child(even) > td { background: #F4F7F7 }
.clause, p.note { color: #333; font-size: 9pt; line-height: 1.5 }
th { color: white; background-color: #1F6F78 }
td { font-size: var(--size-table); margin: 2pt 0 var(--cell-padding-y) }
"""


def test_looks_may_be_changed(tmp_path: Path) -> None:
    assert own(tmp_path, GOOD) == GOOD


def test_the_engine_understands_all_that_is_let_pass(tmp_path: Path) -> None:
    own(tmp_path, GOOD)
    made = PdfWriter(load_set("standard", [tmp_path])).write(tree("<h2>Part</h2><p class='clause'>one</p>"), PROPERTIES)
    assert page_texts(made)[0].split() == ["Part", "one"]


def test_it_follows_the_shipped_style_sheet_and_does_not_replace_it(tmp_path: Path) -> None:
    own(tmp_path, "p { color: #700 }")
    shipped, ours = load_set("standard", [tmp_path]).styles
    assert (shipped,) == load_set().styles
    assert ours == "p { color: #700 }"


@pytest.mark.parametrize(
    ("css", "line", "told"),
    [
        ("@import url(http://127.0.0.1:9/x.css);", 1, "@import can't be used"),
        ("p { color: red }\n@import 'file:///etc/passwd';", 2, "@import can't be used"),
        ("@font-face { font-family: x; src: url(x.ttf) }", 1, "@font-face can't be used"),
        ("@page { margin: 0 }", 1, "@page can't be used"),
        ("@media screen { p { display: none } }", 1, "@media can't be used"),
        ("p { @page { margin: 0 } }", 1, "@page can't be used"),
        ("p { background: url(logo.png) }", 1, "url() can't be used"),
        ("p { background: URL( 'http://127.0.0.1:9/x.png' ) }", 1, "url() can't be used"),
        ("p {\n background: \\75 rl(x.png) }", 2, "url() can't be used"),
        ("p { width: expression(alert(1)) }", 1, "expression() can't be used"),
        ("p { color: attr(class) }", 1, "attr() can't be used"),
        ("p { background: image-set('x.png' 1x) }", 1, "image-set() can't be used"),
        ("p::before { content: 'not ' }", 1, "content can't be used: it changes words"),
        ("p::before { content: counter(page) }", 1, "content can't be used: it changes words"),
        ("p {\n\n  text-transform: uppercase }", 3, "text-transform can't be used: it changes words"),
        ("p { display: none }", 1, "display can't be used: it could hide words"),
        ("p { DISPLAY: none !important }", 1, "display can't be used: it could hide words"),
        ("p { visibility: hidden }", 1, "could hide words"),
        ("p { opacity: 0 }", 1, "could hide words"),
        ("p { position: absolute }", 1, "could lay words over others"),
        ("p { transform: scale(0) }", 1, "could lay words over others"),
        ("p { font-variant-ligatures: none }", 1, "joins or exchanges letters"),
        ("p { font-variant: small-caps }", 1, "joins or exchanges letters"),
        ("p { font-family: Carlito }", 1, "fonts stand in theme.yaml"),
        ("p { font: 9pt Carlito }", 1, "fonts stand in theme.yaml"),
        ("p { --size-body: 2pt }", 1, "values of the theme stand in theme.yaml"),
        ("p { font-size: 0 }", 1, "font-size must be 6 to 72 pt"),
        ("p { font-size: 2pt }", 1, "font-size must be 6 to 72 pt"),
        ("p { font-size: 0.1em }", 1, "font-size must be 6 to 72 pt"),
        ("p { font-size: calc(1pt * 0) }", 1, "font-size must be 6 to 72 pt"),
        ("p { font-size: var(--nothing, 1pt) }", 1, "font-size must be 6 to 72 pt"),
        ("p { letter-spacing: -1em }", 1, "letter-spacing must not be below 0"),
        ("p { color: white }", 1, "white is too pale to be read on its ground"),
        ("p { color: #FFFFFE; background: #fff }", 1, "#FFFFFE is too pale"),
        ("p { background: #000; color: #111 }", 1, "#111 is too pale"),
        ("p {\n background: #000 }", 2, "letters can't be read on #000"),
        ("td { background-color: var(--colour-accent) }", 1, "letters can't be read on var(--colour-accent)"),
        ("p { color: transparent }", 1, "is no colour that can be told"),
        ("p { color: rgba(0,0,0,0.01) }", 1, "is no colour that can be told"),
        ("p { background: #000 }", 1, "letters can't be read on #000"),
        ("p { background: var(--colour-text) }", 1, "letters can't be read on"),
        ("p { color: var(--colour-tint) }", 1, "is too pale to be read"),
        ("p { text-decoration: line-through }", 1, "words struck through"),
        ("p { text-decoration-line: line-through }", 1, "words struck through"),
        ("p { margin-top: -20pt }", 1, "margin-top must not be below 0"),
        ("p { margin: calc(0pt - 60pt) }", 1, "margin must not be below 0"),
        ("p { text-decoration: underline; text-underline-offset: -4pt }", 1, "must not be below 0"),
        ("p { line-height: 0.5 }", 1, "line-height must be 1 at least"),
        ("p { padding: 1000mm }", 1, "padding must be 100 mm at most"),
        ("p { font-size: 1e9pt }", 1, "font-size must be 6 to 72 pt"),
        ("table { caption-side: bottom }", 1, "could lay words over others"),
        (".strong { background: #fff; padding: 20pt 0 }", 1, "background can't be set for .strong"),
        ("p span { border-top: 40pt solid white }", 1, "border-top can't be set for p span"),
        (".marker { padding: 40pt }", 1, "padding can't be set for .marker"),
        ("p::first-line { padding: 40pt }", 1, "padding can't be set for p::first-line"),
        ("* { background: #fff }", 1, "background can't be set for *"),
        ("p" + " p" * 5000 + " { color: #000 }", 1, "the selector is too long"),
        (":has(" * 90 + "p" + ")" * 90 + " { color: #000 }", 1, "the selector is too long or nested too deep"),
        ("p { colour: red }", 1, "colour is no property that may be set here; did you mean color?"),
        ("p { max-width: 1mm }", 1, "max-width must be 10 mm or 10% at least"),
        ("td { width: 2% }", 1, "width must be 10 mm or 10% at least"),
        (
            ".signatur { color: #333 }",
            1,
            "docgen writes no .signatur, so the rule would never hold; did you mean .signatures?",
        ),
        ("p,\nh7:first-child { color: #333 }", 2, "docgen writes no h7, so the rule would never hold; did you mean "),
        (
            "p:not(.claus) { color: #333 }",
            1,
            "docgen writes no .claus, so the rule would never hold; did you mean .clause?",
        ),
        ("strong { color: #333 }", 1, "docgen writes no strong, so the rule would never hold; did you mean .strong?"),
        ("#note { color: #333 }", 1, "docgen writes no #note, so the rule would never hold; did you mean .note?"),
        ("p { color red }", 1, "can't be understood here"),
        ("p { color: red;\n h1 { color: blue }", 2, "can't be understood here"),
        ("{ color: red }", 1, "can't be understood here"),
        (b"p { color: red } /* \xff */", 0, "is not written in UTF-8"),
        ("/*" + "x" * 200_001, 0, "bytes; at most"),
    ],
)
def test_what_a_style_sheet_must_not_say_is_refused_with_its_line(
    tmp_path: Path, css: str | bytes, line: int, told: str
) -> None:
    with pytest.raises(TemplateError) as found:
        own(tmp_path, css)
    place = f"{NAME}:{line}" if line else NAME
    assert str(found.value).startswith(f"{place}: ")
    assert told in str(found.value)
    assert found.value.words.zh.startswith(f"{place}：")


FAULTY = """p { colour: red; display: none; margin-top: -1pt }
@import "x.css";
.signatur { color: #FFF; padding: 1mm }
"""


def test_all_that_is_wrong_in_a_style_sheet_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as found:
        own(tmp_path, FAULTY)
    told = [line.split(" ", 2)[:2] for line in str(found.value).splitlines()]
    assert told == [
        ["print.css:1:", "colour"],
        ["print.css:1:", "display"],
        ["print.css:1:", "margin-top"],
        ["print.css:2:", "@import"],
        ["print.css:3:", "docgen"],
        ["print.css:3:", "#FFF"],
    ]
    assert len(found.value.words.zh.splitlines()) == len(told)


def test_a_flood_of_faults_is_cut_short(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"… and 10 more$"):
        own(tmp_path, "p { a: b }\n" * 60)


def test_a_reason_is_given_only_for_what_is_refused() -> None:
    assert not ALLOWED & REASONS.keys()


def test_what_the_engine_does_not_take_is_told_with_its_line(tmp_path: Path) -> None:
    own(tmp_path, "p { margin: 1pt }\np { text-align: middle }")
    with pytest.raises(Exception, match=r"print\.css: .*text-align.* 2:5"):
        PdfWriter(load_set("standard", [tmp_path])).write(tree("<p>a</p>"), PROPERTIES)
