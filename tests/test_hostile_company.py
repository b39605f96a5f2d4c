"""A company's folder filled with what could do harm: each is refused with its place, and nothing else is touched."""

from __future__ import annotations

import re
import signal
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from docgen.cli.app import app
from docgen.resources import shipped
from docgen.writers.engine import load_engine
from tests.audit import strangers, watched

SHORT = Path(__file__).parents[1] / "samples" / "short.yaml"
SECONDS = 60
"""After which a refusal counts as hanging; each takes a second or two."""
Plant = Callable[[Path], None]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCUMENT = b"document.main+xml"


def text(name: str, content: str) -> Plant:
    def plant(folder: Path) -> None:
        (folder / name).write_text(content, encoding="utf-8")

    return plant


def changed(name: str, before: str, after: str) -> Plant:
    """The shipped template or wording, with one place changed."""

    def plant(folder: Path) -> None:
        said = (shipped("templates") / "standard" / name).read_text("utf-8")
        assert before in said
        (folder / "templates" / name).write_text(said.replace(before, after, 1), encoding="utf-8")

    return plant


def letterhead(
    change: Callable[[dict[str, bytes]], dict[str, bytes]] = dict, name: str = "letterhead.docx", said: str = ""
) -> Plant:
    def plant(folder: Path) -> None:
        made = docx.Document()
        made.add_paragraph(said or "[[ document ]]")
        source = BytesIO()
        made.save(source)
        with zipfile.ZipFile(source) as archive:
            parts = {one: archive.read(one) for one in archive.namelist()}
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for one, content in change(parts).items():
                archive.writestr(one, content)

    return plant


def typed_as(kind: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    types = "[Content_Types].xml"
    return lambda parts: parts | {types: parts[types].replace(DOCUMENT, kind)}


def with_external(parts: dict[str, bytes]) -> dict[str, bytes]:
    name = "word/_rels/document.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    one = b'<Relationship Id="rId99" Type="' + kind + b'" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/>'
    return parts | {name: parts[name].replace(b"</Relationships>", one + b"</Relationships>")}


def with_macros(parts: dict[str, bytes]) -> dict[str, bytes]:
    return parts | {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"}


def raw(name: str, content: bytes) -> Plant:
    def plant(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return plant


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, in a few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
ENTITY = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&a;</text>")
USES = SVG.format('<g id="a"><rect width="1" height="1"/></g>' + '<use xlink:href="#a"/>' * 10_000)
OPENING = "<p class=\"clause\">{{ say('letter.opening') }}</p>"

HOSTILE: dict[str, tuple[Plant, str]] = {
    "a .dotx": (letterhead(typed_as(b"template.main+xml")), "letterhead.docx: .*save"),
    "a .doc": (raw("letterhead.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "letterhead.docx: "),
    "a letterhead of another kind": (
        raw("letterhead.dotx", b"PK\3\4"),
        r"letterhead\.dotx: .*save it as",
    ),
    "no docx": (raw("letterhead.docx", b"%PDF-1.7 not Word"), "letterhead.docx: "),
    "macros": (letterhead(with_macros), "letterhead.docx: .*macro"),
    "an external relationship": (letterhead(with_external), "letterhead.docx: "),
    "an own form with macros": (letterhead(with_macros, "templates/letter.docx"), "letter.docx: .*macro"),
    "an own form with an endless loop": (
        letterhead(name="templates/letter.docx", said="{{ number }}{% for a in range(999999999) %}x{% endfor %}"),
        "letter.docx: ",
    ),
    "an endless loop": (
        changed(
            "letter.html", OPENING, "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
        ),
        r"letter\.html:\d+",
    ),
    "an endless text": (changed("letter.html", OPENING, "<p>{{ 'a' * 10 ** 9 }}</p>"), r"letter\.html:\d+"),
    "an include from elsewhere": (changed("letter.html", OPENING, "{% include '/etc/passwd' %}"), r"letter\.html:\d+"),
    "an include from above": (changed("letter.html", OPENING, "{% include '../docgen.yaml' %}"), r"letter\.html:\d+"),
    "a way to Python": (changed("letter.html", OPENING, "<p>{{ ''.__class__ }}</p>"), r"letter\.html:\d+"),
    "markup past the escape": (changed("letter.html", OPENING, "<p>{{ case.position|safe }}</p>"), r"letter\.html:\d+"),
    "no escape": (
        changed("letter.html", OPENING, "{% autoescape false %}<p>{{ case.position }}</p>{% endautoescape %}"),
        r"letter\.html:\d+",
    ),
    "a style": (changed("letter.html", OPENING, '<p style="color:red">a</p>'), r"letter\.html:\d+.*style"),
    "a script": (changed("letter.html", OPENING, "<script>a</script>"), r"letter\.html:\d+.*script"),
    "a tag left open": (changed("letter.html", OPENING, "<p><strong>a</p>"), r"letter\.html:\d+"),
    "a paragraph left open": (changed("letter.html", OPENING, OPENING.replace("</p>", "")), r"letter\.html:\d+.*</p>"),
    "a block left open": (changed("letter.html", OPENING, "{% if case.position %}<p>a</p>"), r"letter\.html"),
    "a tab": (text("templates/wording.zh.yaml", "letter:\n\tperiod: 期限\n"), r"wording\.zh\.yaml:2"),
    "a key twice": (text("templates/wording.zh.yaml", "draft: 草\ndraft: 稿\n"), r"wording\.zh\.yaml:2"),
    "one language only": (text("templates/wording.zh.yaml", "letter: {closing: 顺祝}\n"), r"wording\.\w+\.yaml"),
    "an unknown placeholder": (
        text("templates/wording.zh.yaml", "letter: {opening: '{{ case.employe_name }}'}\n"),
        r"wording\.zh\.yaml:1.*employee_name",
    ),
    "an @import": (text("templates/print.css", "@import 'http://127.0.0.1:9/a.css';"), r"print\.css:1"),
    "a url()": (text("templates/print.css", "p {\n  background: url(/etc/passwd)\n}"), r"print\.css:2"),
    "words from the style sheet": (text("templates/print.css", "p::before { content: 'not' }"), r"print\.css:1"),
    "an unknown colour": (text("templates/theme.yaml", "colours: {text: red}\n"), r"theme\.yaml:1"),
    "a logo with entities": (text("logo.svg", ENTITY), r"logo\.svg"),
    "a logo of 10,000 uses": (text("logo.svg", USES), r"logo\.svg"),
    "a logo that fetches": (text("logo.svg", SVG.format('<image href="http://127.0.0.1:9/a.png"/>')), r"logo\.svg"),
    "a logo of 100 megapixels": (raw("logo.png", png(10_000, 10_000)), r"logo\.png"),
    "a letterhead that is no PDF": (raw("letterhead.pdf", b"PK\3\4 no PDF"), r"letterhead\.pdf"),
}


@pytest.fixture
def company(tmp_path: Path) -> Path:
    for name in ("forms", "templates"):
        (tmp_path / name).mkdir()
    (tmp_path / "docgen.yaml").write_bytes(SHORT.with_name("docgen.yaml").read_bytes())
    (tmp_path / "case.yaml").write_bytes(SHORT.read_bytes())
    return tmp_path


@pytest.fixture(autouse=True)
def limit() -> Iterator[None]:
    """What hangs would stop the whole suite."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"no refusal within {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_could_do_harm_is_refused_with_its_place(name: str, company: Path) -> None:
    load_engine()  # asks the system for its libraries
    plant, place = HOSTILE[name]
    plant(company)
    with watched() as seen:
        result = CliRunner().invoke(
            app,
            ["generate", str(company / "case.yaml"), "--forms", "letter", "-o", str(company / "out")],
        )
    assert result.exit_code in (1, 2, 3), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert re.search(place, result.stderr), result.stderr
    assert not list((company / "out").rglob("*-r1.*"))
    assert not strangers(seen, company)
