"""Lines of a company's templates that no trial reached, or one language alone, are told; those that ship are not."""

from __future__ import annotations

from pathlib import Path

from docgen.proofs.reach import Reached, unreached
from docgen.proofs.reviewing import opened
from docgen.resources import shipped
from tests.proofs.plant_help import Plant, company

OWN = """<p>a</p>
{% if case.nothing_ever %}
<h2>b</h2>
<p>c</p>
{% endif %}
<table><tbody><tr><td>d</td></tr></tbody></table>
"""


def told(folder: Path, text: str, reached: set[Reached], languages: tuple[str, ...] = ("en", "zh")) -> list[object]:
    seen = opened(company(folder, [Plant("templates/letter.html", "", text, "")]))
    assert seen.kit
    found = unreached(seen.kit, seen.shelf, {"letter.html"}, reached, languages)
    return [(one.file, one.line, one.code, str(one.severity)) for one in found]


def test_lines_that_no_case_reaches_are_told_together(tmp_path: Path) -> None:
    reached = {(language, f"letter.html:{line}") for line in (1, 6) for language in ("en", "zh", "both")}
    assert told(tmp_path, OWN, reached) == [("templates/letter.html", 3, "not-reached", "info")]


def test_a_line_that_one_language_alone_prints_is_told_where_both_were_tried(tmp_path: Path) -> None:
    reached = {("en", f"letter.html:{line}") for line in (1, 3, 4, 6)} | {("zh", "letter.html:6")}
    lines = [("templates/letter.html", line, "one-language", "warning") for line in (1, 3, 4)]
    assert told(tmp_path, OWN, reached) == lines
    assert told(tmp_path, OWN, reached, ("en", "both")) == []


def test_a_copy_of_what_ships_is_no_news(tmp_path: Path) -> None:
    text = (shipped("templates") / "standard" / "letter.html").read_text("utf-8")
    assert told(tmp_path, text, set()) == []
    lines = text.count("\n") + 1
    assert told(tmp_path, text + "<p>mine</p>\n", set()) == [("templates/letter.html", lines, "not-reached", "info")]
