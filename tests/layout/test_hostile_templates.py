"""Hostile templates and wording are refused in seconds with their place; nothing outside the folders is read."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from docgen.errors import DocgenError, TemplateError
from docgen.layout.review import review_set
from docgen.layout.sets import load_set
from tests.audit import watched
from tests.layout.set_help import SETTINGS, definitions, render, renderer

SECONDS = 5
ENDLESS = "does not come to an end"
TOO_LONG = "would get longer than"
TOO_LARGE = "too large a number"


def refusal(folder: Path, template: str, files: dict[str, str] | None = None) -> TemplateError:
    """How ``template`` is refused, in a few seconds and without a look elsewhere."""
    begun = perf_counter()
    with watched() as seen, pytest.raises(TemplateError) as refused:
        render(folder, template, files=files, case={"name": "Wang"}, rows=[{"n": 1}] * 100)
    assert perf_counter() - begun < SECONDS
    assert [one for one in seen if "secret" in one or "passwd" in one or one.startswith("socket.")] == []
    return refused.value


# What would not end, or fill the memory


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("\n{% for i in range(10 ** 9) %}x{% endfor %}", TOO_LARGE),
        ("\n{% for i in range(9999) %}{% for j in range(9999) %}x{% endfor %}{% endfor %}", ENDLESS),
        ("\n" + "{% for i in [1, 2, 3, 4, 5, 6, 7, 8, 9] %}" * 9 + "x" + "{% endfor %}" * 9, ENDLESS),
        ("\n" + "{% for i in rows | map(attribute='n') %}" * 5 + "x" + "{% endfor %}" * 5, ENDLESS),
        ("\n{% for i in range(9999) %}{{ range(9999) | sum }}{% endfor %}", ENDLESS),
        ("\n{% for i in range(9999) %}{{ (rows * 99) | sort(attribute='n') | length }}{% endfor %}", ENDLESS),
        ("{% macro a(n) %}\n{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}", ENDLESS),
        ("{% macro a() %}\n{{ a() }}{% endmacro %}{{ a() }}", "maximum recursion depth"),
        ("\n{% include 'form.html' %}", "maximum recursion depth"),
        ("\n{{ 'a' * 10 ** 9 }}", TOO_LONG),
        ("\n{{ 10 ** 9 * 'a' }}", TOO_LONG),
        ("\n{{ [1] * 10 ** 9 }}", TOO_LONG),
        ("\n{{ 9999 ** 9999 }}", TOO_LARGE),
        ("\n{% set x = namespace(n=9) %}{% for i in range(99) %}{% set x.n = x.n * x.n %}{% endfor %}", TOO_LARGE),
        ("\n{% set x = namespace(s='a') %}{% for i in range(99) %}{% set x.s = x.s ~ x.s %}{% endfor %}", TOO_LONG),
        ("\n{% set x = namespace(s='a') %}{% for i in range(99) %}{% set x.s = x.s + x.s %}{% endfor %}", TOO_LONG),
        ("\n{% set a = 'aaaaaaaaaa' * 1000 %}{{ a | replace('a', a) }}", TOO_LONG),
        ("\n{{ 'a' | center(10 ** 9) }}", TOO_LARGE),
        ("\n{{ 'a'.ljust(10 ** 9) }}", TOO_LARGE),
        ("\n{{ 'a' | indent(10 ** 9) }}", TOO_LARGE),
        ("\n{{ [1] | batch(10 ** 9, 1) | list }}", TOO_LARGE),
        ("\n{{ '%999999999d' % 1 }}", TOO_LARGE),
        ("\n{{ '%*d' | format(999999999, 1) }}", TOO_LARGE),
        ("\n{{ '{:999999999}'.format(1) }}", "format is not available"),
        ("\n{% for i in rows recursive %}{{ loop(rows) }}{% endfor %}", "can't be recursive"),
    ],
)
def test_what_would_not_end_is_stopped_with_its_line(tmp_path: Path, template: str, told: str) -> None:
    refused = refusal(tmp_path, template)
    assert refused.words.en.startswith("form.html:2: ") and told in refused.words.en
    assert refused.words.zh.startswith("form.html:2：") and refused.words.zh != refused.words.en


def test_a_sentence_without_end_is_stopped_too(tmp_path: Path) -> None:
    loops = "{% for i in range(9999) %}{% for j in range(9999) %}x{% endfor %}{% endfor %}"
    files = {f"wording.{name}.yaml": f"# ours\ngreet: '{loops}'" for name in ("en", "zh")}
    assert refusal(tmp_path, "<p>{{ say('greet') }}</p>", files).words.en.startswith("wording.en.yaml:2: ")


def test_a_long_document_is_no_endless_one(tmp_path: Path) -> None:
    """A hundred rows of a hundred cells each, many times what any form prints."""
    cells = "{% for _ in rows %}{{ row.n }} {% endfor %}"
    template = f"{{% for row in rows %}}<p>{cells}</p>{{% endfor %}}"
    document = render(tmp_path, template, rows=[{"n": 1}] * 100)
    assert document.text().count("1") == 10_000


def test_each_document_has_its_own_budget(tmp_path: Path) -> None:
    made = renderer(tmp_path, {"form.html": "{% for i in range(9999) %}{% endfor %}<p>a</p>"})
    for _ in range(45):
        assert made.render("form.html", {"settings": SETTINGS}, title="a", language="en").text() == "a"


# What leads elsewhere


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../secret.html",
        "../../etc/passwd",
        "./secret.html",
        "a/../../secret.html",
        "link.html",
        "\\\\etc\\\\passwd",
    ],
)
def test_a_template_reads_only_its_set(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.html").write_text("<p>secret</p>", "utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "link.html").symlink_to(tmp_path / "secret.html")
    for how in ("include '{}'", "import '{}' as m", "extends '{}'"):
        refused = refusal(tmp_path, f"{{% {how.format(name)} %}}")
        assert "no template" in refused.words.en or "leads out of the folder" in refused.words.en
        assert refused.words.en.startswith("form.html:1: ") and refused.words.zh != refused.words.en


def test_a_name_that_is_put_together_leads_nowhere_either(tmp_path: Path) -> None:
    assert "no template" in str(refusal(tmp_path, "{% set up = '..' %}{% include up ~ '/secret.html' %}"))


@pytest.mark.parametrize("name", ["wording.en.yaml", "theme.yaml", "notes.html", "print.css"])
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    folder, secret = tmp_path / "templates", tmp_path / "secret.txt"
    folder.mkdir()
    secret.write_text("date: secret\n", "utf-8")
    (folder / name).symlink_to(secret)
    with watched() as seen:
        try:
            made = load_set("standard", [folder])
            made.file("print.css")
            told = " ".join(one.words.en for one in review_set(made, definitions(), shipped=False))
        except DocgenError as refused:
            told = str(refused)
    assert f"{name} leads out of the folder templates" in told
    assert [one for one in seen if "secret" in one] == []


# What the review finds without rendering


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in range(10 ** 9) %}{% for j in range(10 ** 9) %}x{% endfor %}{% endfor %}",
        "{{ 'a' * 10 ** 9 }}",
        "{% macro a(n) %}{{ a(n) }}{{ a(n) }}{% endmacro %}{{ a(1) }}",
        "{% include 'notes.html' %}",
        "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
        "{{ " + "a." * 3000 + "b }}",
        "{% if 1 %}" * 300 + "{% endif %}" * 300,
        "<p>" * 20_000,
        "<" * 100_000,
        "<p " + "a" * 100_000,
        "{{" * 50_000,
    ],
)
def test_a_review_of_hostile_text_ends(tmp_path: Path, template: str) -> None:
    """It renders nothing: what runs on is left to the budget of rendering."""
    (tmp_path / "notes.html").write_text(template, "utf-8")
    begun = perf_counter()
    with watched() as seen:
        review_set(load_set("standard", [tmp_path]), definitions(), shipped=False)
    assert perf_counter() - begun < SECONDS
    assert [one for one in seen if one.startswith("socket.") or "passwd" in one] == []


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"<p>\n\xff\xfe</p>", "notes.html:2: The file is not UTF-8"), (b"<p>a</p>" * 70_000, "more than 500,000 bytes")],
)
def test_a_template_that_cannot_be_read_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "notes.html").write_bytes(content)
    (finding,) = review_set(load_set("standard", [tmp_path]), definitions(), shipped=False)
    assert told in finding.words.en and finding.words.zh != finding.words.en
