"""Documents whose text knows where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen.layout.context import Stamp, context
from docgen.layout.render import renderer
from docgen.layout.sets import load_set
from docgen.layout.stretches import Line, read_stretches
from docgen.layout.template_lines import TemplateLines
from docgen.layout.trace import Spot, unmarked
from docgen.layout.tracing import Tracer, tracer
from docgen.model.case import Code, Quantity
from docgen.model.document import Document, lines
from docgen.office.run import load_run
from docgen.paper import papers
from docgen.sources.cases import read_cases
from tests.layout.set_help import SETTINGS, definitions

SAMPLES = Path(__file__).parents[2] / "samples"
BOTH = "I0311"


def traced(
    folder: Path, template: str, language: str = "en", files: Mapping[str, str] | None = None, **names: Any
) -> list[Line]:
    place = folder / "templates"
    place.mkdir(exist_ok=True)
    for name, text in {"form.html": template, **(files or {})}.items():
        (place / name).write_text(text, "utf-8")
    own = Tracer(load_set("standard", [place]), definitions())
    values = {"settings": SETTINGS, **names}
    document, trace = own.traced("form.html", values, {}, title="-", language=language, landscape=False)
    return read_stretches(document, trace)


def values(found: list[Line]) -> list[tuple[str, tuple[Any, ...]]]:
    return [(one.text, one.value.paths) for line in found for one in line.stretches if one.value]


def told(spots: tuple[Spot, ...]) -> list[str]:
    return [f"{Path(spot.file).name}:{spot.line}" for spot in spots]


def plain(document: Document) -> list[str]:
    blocks = document.first_head + document.head + document.body + document.foot
    return ["".join(unmarked(line).split()) for line in lines(blocks)]


def test_a_traced_document_says_what_the_document_says() -> None:
    """In both languages at once, where colons go; all other documents: tests/office/test_explaining.py."""
    known, today = definitions(), date(2026, 6, 30)
    run = load_run(read_cases([SAMPLES / "team.yaml"], known), known, (), today, only=[BOTH], handwrite=True)
    ((checked, office),) = run.cases
    for paper in list(papers(checked, known))[:1]:  # the letter has it all
        stamp = Stamp(paper.number, 2, today)
        names = context(paper.case, paper.form, paper.row, office.settings, stamp, known, "draft")
        more: dict[str, Any] = {"title": "-", "language": paper.case.language, "landscape": False}
        document, trace = tracer(load_set(), known).traced(paper.form.template, names, {}, **more)
        usual = renderer(load_set(), known, "draft").render(paper.form.template, names, **more)
        assert plain(document) == plain(usual), paper.number
        assert trace.marks


def test_a_value_is_known_by_its_place_among_the_names(tmp_path: Path) -> None:
    found = traced(
        tmp_path,
        "<p>{{ rows[1].name }}: {{ rows[1].weight }}</p>",
        rows=[{"name": "A", "weight": 1}, {"name": "B", "weight": 2}],
    )
    assert values(found) == [("B", (("rows", 1, "name"),)), ("2", (("rows", 1, "weight"),))]


@pytest.mark.parametrize(
    ("expression", "value", "text"),
    [
        ("x | sentence", "Done", "Done."),
        ("x | bare('元')", Quantity(Decimal(5), "元"), "5"),
        ("-x", Decimal(3), "-3"),
        ("x | upper", "abc", "ABC"),
        ("x or 'else'", "abc", "abc"),
        ("x", True, "Yes"),
        ("x", Code("include", "decision"), "Include in the plan"),
        ("x", date(2026, 3, 5), "5 March 2026"),
        ("[x, x] | join('/')", "ab", "ab/ab"),
        ("[x] | map('upper') | join('/')", "ab", "AB"),
        ("x ~ '!' ~ ('a' ~ 'b')", "<b>", "<b>!ab"),
    ],
)
def test_filters_and_signs_pass_on_what_they_were_given(tmp_path: Path, expression: str, value: Any, text: str) -> None:
    (line,) = traced(tmp_path, f"<p>{{{{ {expression} }}}}</p>", x=value)
    assert values([line]) == [(text, (("x",),))]


def test_a_sum_is_made_of_all_that_counts_in(tmp_path: Path) -> None:
    rows = [{"weight": Decimal(60)}, {"weight": Decimal(40)}]
    (line,) = traced(tmp_path, "<p>{{ rows | total('weight') }} {{ rows[0].weight * 2 }}</p>", rows=rows)
    both = (("rows", 0, "weight"), ("rows", 1, "weight"))
    assert values([line]) == [("100 ", both), ("120", both[:1])]


def test_equal_values_of_two_rows_are_told_apart(tmp_path: Path) -> None:
    same = "Wang"
    (line,) = traced(tmp_path, "<p>{{ b }}</p>", a=same, b=f"{same[:2]}ng")
    assert values([line]) == [("Wang", (("b",),))]


def test_yes_or_no_still_decides_what_is_printed(tmp_path: Path) -> None:
    template = "<p>{% if x is numeric %}number{% elif x is true %}yes{% endif %}{{ '☑' if x else '☐' }}</p>"
    (line,) = traced(tmp_path, template, x=True)
    assert line.text == "yes☑"


def test_a_place_is_told_through_macros_and_the_wording(tmp_path: Path) -> None:
    macros = "{% macro shown(v) %}\n<p>{{ v }}</p>\n{% endmacro %}"
    template = "{% import 'own.html' as own with context %}\n\n{{ own.shown(name) }}\n<p>{{ say('foot.issued') }}</p>"
    wording = {
        f"wording.{one}.yaml": f"foot:\n  issued: {word} {{{{ issued }}}}\n"
        for one, word in (("en", "Issued"), ("zh", "签发"))
    }
    first, second = traced(tmp_path, template, files={"own.html": macros, **wording}, name="Wang", issued="today")
    assert told(first.stretches[0].marks[-1].spots) == ["own.html:2", "form.html:3"]
    issued, value = second.stretches
    assert issued.value is None and issued.sentence
    assert told(issued.sentence.spots) == ["wording.en.yaml:2", "form.html:4"]
    assert value.value and told(value.value.spots) == ["wording.en.yaml:2", "form.html:4"]


def test_values_in_tags_leave_no_mark(tmp_path: Path) -> None:
    template = "<table><colgroup><col width='{{ w }}'/></colgroup><tbody><tr><td>{{ w }}</td></tr></tbody></table>"
    assert values(traced(tmp_path, template, w=20)) == [("20", (("w",),))]


def test_letters_that_are_used_as_marks_are_no_marks_in_data(tmp_path: Path) -> None:
    (line,) = traced(tmp_path, "<p>{{ x }} end</p>", x="a\U000f0000b\U0010fffd")
    assert line.text == "a\ufffdb\ufffd end"


def test_an_expression_over_several_lines_is_told_by_the_line_that_names_the_field(tmp_path: Path) -> None:
    facts = "{{ m.facts([\n  ('fact.employee', case.employee_name),\n  ('fact.position', case.position),\n]) }}"
    template = f"{{% import 'macros.html' as m with context %}}\n{facts}"
    place = tmp_path / "templates"
    place.mkdir()
    (place / "form.html").write_text(template, "utf-8")
    templates = load_set("standard", [place])
    own = TemplateLines(templates, Tracer(templates, definitions()).environment("en", None))
    spot = Spot(str(place / "form.html"), 2)
    assert own.named(own.exact(spot, ["position", "case"])) == "templates/form.html:4"
    assert own.named(own.exact(spot, ["department", "case"])) == "templates/form.html:2"
    assert own.named(own.exact(spot, ["fact.position"])) == "templates/form.html:4"  # a label, by its key


def test_the_wording_of_the_company_is_told_from_what_ships(tmp_path: Path) -> None:
    shipped = load_set()
    line = int(shipped.wording["en"]["foot.issued"][1].split(":")[1])
    for language in ("en", "zh"):
        text = "\n" * (line - 2) + "foot:\n  issued: Ours {{ issued }}\n"
        (tmp_path / f"wording.{language}.yaml").write_text(text, "utf-8")
    templates = load_set("standard", [tmp_path])
    own = TemplateLines(templates, Tracer(templates, definitions()).environment("en", None))
    assert own.named(Spot("wording.en.yaml", line)) == f"templates/wording.en.yaml:{line}"
    assert own.named(Spot("wording.en.yaml", line - 1)) == f"wording.en.yaml:{line - 1}"
