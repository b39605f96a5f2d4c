"""Templates are rendered strictly: nothing missing is swallowed, Python is out of reach, data is never markup."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import TemplateError
from docgen.layout.render import Renderer
from docgen.model.case import Code, Gap
from docgen.model.document import Document, Paragraph, Text
from tests.layout.set_help import SETTINGS, definitions, has_chinese, render, renderer, said

GAP = Gap("case.position", ("case", "position"))


def refusal(*args: Any, **more: Any) -> str:
    with pytest.raises(TemplateError) as refused:
        render(*args, **more)
    assert has_chinese(refused.value.words.zh), refused.value.words.zh
    return str(refused.value)


def content(document: Document) -> tuple[object, ...]:
    (block,) = document.body
    assert isinstance(block, Paragraph)
    return block.content


# Nothing missing is swallowed


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("<p>a</p>\n<p>{{ salary }}</p>", "form.html:2: 'salary' is undefined"),
        ("<p>a</p>\n\n{% for x in salaries %}{{ x }}{% endfor %}", "form.html:3: 'salaries' is undefined"),
        ("\n{% if salary %}<p>a</p>{% endif %}", "form.html:2: 'salary' is undefined"),
        ("<p>{{ case.salary }}</p>", "form.html:1: nothing here is called 'salary'"),
        ("<p>{{ case.name | salary }}</p>", "form.html:1: No filter named 'salary'."),
        ("<p>{{ case.name is salary }}</p>", "form.html:1: No test named 'salary'."),
        ("<p>\n{{ case.name + 1 }}</p>", "form.html:2: can only concatenate str"),
        ("<p>\n{{ 1 / 0 }}</p>", "form.html:2: division by zero"),
        ("<p>{{ [1][5] }}</p>", "form.html:1: there is no element 5 here"),
        ("<p>a</p>\n{% if %}", "form.html:2: Expected an expression"),
        ("<p>a</p>\n{% for x in [] %}", "form.html:2: Unexpected end of template"),
        ("\n{% include 'nowhere.html' %}", "form.html:2: there is no template nowhere.html"),
        ("<p>{{ case }}</p>", "form.html:1: a template prints a dict; print one of its fields instead"),
        ("<p>{{ case.name.upper }}</p>", "form.html:1: a template prints a builtin_function_or_method"),
        ("<p>{{ say }}</p>", "form.html:1: a template prints a method"),
        ("{% macro a() %}{{ a() }}{% endmacro %}\n<p>{{ a() }}</p>", "form.html:1: maximum recursion depth exceeded"),
    ],
)
def test_a_fault_of_a_template_is_told_with_its_line(tmp_path: Path, template: str, told: str) -> None:
    assert refusal(tmp_path, template, case={"name": "Wang"}).startswith(told)


def test_the_line_is_that_of_the_file_at_fault(tmp_path: Path) -> None:
    files = {"macros.html": "{% macro pay(x) %}\n\n<p>{{ x.salary }}</p>\n{% endmacro %}"}
    template = "{% import 'macros.html' as m %}\n<p>a</p>\n{{ m.pay({}) }}"
    assert refusal(tmp_path, template, files=files).startswith("macros.html:3: ")


def test_a_building_block_that_is_called_wrongly_is_told_where_it_is_called(tmp_path: Path) -> None:
    template = "{% import 'macros.html' as m with context %}\n<p>a</p>\n{{ m.signatures() }}"
    assert "form.html:3: the macro is not given its 'signers'" in refusal(
        tmp_path, template, letterhead=None, second=None
    )


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ gap.isoformat() }}", "a value that is missing has no 'isoformat'"),
        ("{{ gap - gap }}", "a value that is missing can't be reckoned with"),
        ("{{ none.strip() }}", "there is no value here that could have 'strip'"),
        ("{{ none | length }}", "there is no value here whose length could be taken"),
        ("{{ 'a'.nme }}", "a text has no 'nme'"),
        ("{{ day.yaer }}", "a date has no 'yaer'"),
        ("{{ day.strftime('%Y') }}", "a template can't use 'strftime'"),
    ],
)
def test_what_the_engine_says_is_told_in_plain_words(tmp_path: Path, template: str, told: str) -> None:
    assert f"form.html:1: {told}" in refusal(tmp_path, f"<p>{template}</p>", gap=GAP, day=date(2026, 3, 5))


def test_what_is_compiled_once_prints_in_each_language_and_mode(tmp_path: Path) -> None:
    template, compiled = "<p>{{ say('date') }} {{ day }} {{ gap }}</p>", dict[Any, Any]()
    sets = renderer(tmp_path, {"form.html": template}).templates
    said = []
    for mode, language in (("draft", "en"), ("draft", "zh"), ("blank", "en")):
        made = Renderer(sets, definitions(), mode, compiled)  # type: ignore[arg-type]
        values = {"settings": SETTINGS, "day": date(2026, 3, 5), "gap": GAP}
        said.append(made.render("form.html", values, title="Plan", language=language).text())
    assert said == ["Date 5 March 2026 [Position]", "日期 2026年3月5日 [岗位]", "Date 5 March 2026 "]
    assert len([key for key in compiled if key[1] == "form.html"]) == 1


def test_a_folder_of_any_name_is_known_as_a_folder_of_templates(tmp_path: Path) -> None:
    company = tmp_path / "our forms"
    company.mkdir()
    assert refusal(company, "<p>a</p>\n<p>{{ salary }}</p>").startswith("form.html:2: ")


# Nothing of Python is in reach


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ '' | attr('__class__') }}",
        "{{ [''] | map(attribute='__class__') | list }}",
        "{{ '{0.__class__}'.format('') }}",
        "{{ '%s' | format('') }}{{ ().__class__.__bases__ }}",
        "{{ cycler.__init__.__globals__.os.getcwd() }}",
        "{{ lipsum.__globals__ }}",
        "{{ joiner }}",
        "{{ dict(a=1) }}",
        "{{ self.__init__ }}",
        "{{ say.__self__ }}",
        "{{ say.__func__.__globals__ }}",
        "{{ range.__class__ }}",
        "{{ numbers.append(4) }}",
        "{{ numbers.clear() }}",
        "{% set case.name = 1 %}",
        "{{ case.update(name=1) }}",
        "{{ range(1000000) | list }}",
        "{% for i in range(1000000000) %}{% endfor %}",
        "{{ day.today() }}",
        "{{ day.strftime('%c') }}",
        "{% import 'os' as os %}",
        "{% include '/etc/hostname' %}",
        "{% include '../secret.html' %}",
    ],
)
def test_a_template_reaches_data_and_nothing_else(tmp_path: Path, attack: str) -> None:
    (tmp_path / "secret.html").write_text("<p>secret</p>")
    case: dict[str, Any] = {"name": "Wang"}
    numbers = [1, 2]
    assert refusal(tmp_path, f"<p>{attack}</p>", case=case, numbers=numbers, day=date(2026, 3, 5)).startswith(
        "form.html:1: "
    )
    assert (case, numbers) == ({"name": "Wang"}, [1, 2])


# Data is never markup


HOSTILE = """<b>&"'</b></p><h1>Dismissed</h1><p style="x">]]>{{ 1 + 1 }}{% raw %}<?at a:1?><!-- -->&amp;"""


@pytest.mark.parametrize(
    "template",
    [
        "<p>{{ x }}</p>",
        "{% macro m(y) %}{{ y }}{% endmacro %}<p>{{ m(x) }}</p>",
        "{% set y %}{{ x }}{% endset %}<p>{{ y }}</p>",
        "<p>{{ '' ~ x }}</p>",
        "<p>{{ [x, ''] | join }}</p>",
        "<p>{{ '%s' | format(x) }}</p>",
        "<p>{{ x | e }}</p>",
        "<p>{% filter trim %}{{ x }}{% endfilter %}</p>",
    ],
)
def test_hostile_data_is_printed_as_it_is(tmp_path: Path, template: str) -> None:
    assert said(tmp_path, template, x=HOSTILE) == HOSTILE


@pytest.mark.parametrize("name", ["safe", "tojson", "urlize", "xmlattr", "pprint", "string"])
def test_filters_that_turn_data_into_markup_are_unknown(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, f"<p>{{{{ x | {name} }}}}</p>", x="<b>") == f"form.html:1: No filter named '{name}'."


def test_data_in_an_attribute_can_make_no_other_attribute(tmp_path: Path) -> None:
    (block,) = render(tmp_path, '<p class="{{ x }}">a</p>', x='note" style="color:red').body
    assert isinstance(block, Paragraph) and block.role == 'note" style="color:red'


def test_an_attribute_without_quotes_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "<p class={{ x }}>a</p>", x="note lang=zh").startswith("form.html:1: AttValue")


# What prints as what


def test_nothing_prints_as_nothing(tmp_path: Path) -> None:
    assert said(tmp_path, "<p>[{{ x }}{{ none }}{{ '' }}]</p>", x=None) == "[]"


@pytest.mark.parametrize(("literal", "shown"), [("5000", "5,000"), ("true", "Yes"), ("'<'", "<")])
def test_a_literal_is_shown_as_a_value_is(tmp_path: Path, literal: str, shown: str) -> None:
    assert said(tmp_path, f"<p>{{{{ {literal} }}}}</p>") == shown


@pytest.mark.parametrize(("language", "shown"), [("en", "[Position]"), ("zh", "[岗位]"), ("both", "[岗位]")])
def test_a_gap_is_red_words_in_a_draft(tmp_path: Path, language: str, shown: str) -> None:
    document = render(tmp_path, "<p>{{ x }}</p>", language, "draft", x=GAP)
    (run,) = content(document)
    assert isinstance(run, Text)
    assert (run.text, run.role) == (shown, "gap")


def test_a_gap_is_a_line_in_a_blank(tmp_path: Path) -> None:
    assert content(render(tmp_path, "<p>{{ x }}</p>", "en", "blank", x=GAP)) == (Text("", "en", role="line"),)


def test_a_gap_in_a_final_document_is_an_error(tmp_path: Path) -> None:
    told = refusal(tmp_path, "<p>\n{{ x }}</p>", x=GAP)
    assert told == "form.html:2: case.position is missing; only a draft can be made"


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "Higher is better"), ("zh", "越高越好"), ("both", "越高越好 Higher is better")],
)
def test_a_code_prints_its_label(tmp_path: Path, language: str, shown: str) -> None:
    assert said(tmp_path, "<p>{{ x }}</p>", language, x=Code("higher", "direction")) == shown


def test_the_second_language_of_a_label_is_tagged(tmp_path: Path) -> None:
    document = render(tmp_path, "<p>{{ x }}</p>", "both", x=Code("higher", "direction"))
    assert [run.lang for run in content(document) if isinstance(run, Text)] == ["zh-CN", "en"]


# The wording


WORDING = {
    "wording.en.yaml": "greet: Hello {{ name }}\nend: .\nparty:\n  a: {default: Firm, cn: Party A, notice: Sender}\n",
    "wording.zh.yaml": "greet: 您好，{{ name }}\nend: 。\nparty:\n  a: {default: 公司, cn: 甲方, notice: 发函方}\n",
}


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "Hello Wang"), ("zh", "您好，Wang"), ("both", "您好，Wang\nHello Wang")]
)
def test_a_sentence_is_said_in_the_language_of_the_document(tmp_path: Path, language: str, shown: str) -> None:
    assert said(tmp_path, "<p>{{ say('greet', name='Wang') }}</p>", language, files=WORDING) == shown


def test_a_sentence_knows_the_names_of_the_template(tmp_path: Path) -> None:
    assert said(tmp_path, "<p>{{ say('greet') }}</p>", files=WORDING, name="Li") == "Hello Li"


def test_in_two_languages_the_prevailing_one_comes_first(tmp_path: Path) -> None:
    settings = {**SETTINGS, "prevailing_language": "en"}
    document = render(tmp_path, "<p>{{ say('date') }}</p>", "both", settings=settings)
    assert (document.lang, document.text()) == ("en", "Date\n日期")


def test_the_other_language_is_tagged(tmp_path: Path) -> None:
    document = render(tmp_path, "<p>{{ say('date', ' ') }}</p>", "both")
    assert content(document) == (Text("日期 ", "zh-CN"), Text("Date", "en"))


def test_what_is_the_same_in_both_languages_is_said_once(tmp_path: Path) -> None:
    files = {"wording.en.yaml": "dash: –\n", "wording.zh.yaml": "dash: –\n"}
    assert said(tmp_path, "<p>{{ say('dash') }}</p>", "both", files=files) == "–"


def test_without_a_parting_the_second_language_is_left_out(tmp_path: Path) -> None:
    assert said(tmp_path, "<p>{{ say('date', none) }}</p>", "both") == "日期"


def test_data_in_a_sentence_is_not_markup(tmp_path: Path) -> None:
    assert said(tmp_path, "<p>{{ say('greet') }}</p>", files=WORDING, name="<b>&") == "Hello <b>&"


@pytest.mark.parametrize(
    ("jurisdiction", "effect", "shown"),
    [
        ("cn", "notice", "Party A"),
        ("cn", "agreement", "Party A"),
        ("uk", "notice", "Sender"),
        ("uk", "agreement", "Firm"),
    ],
)
def test_a_variant_goes_by_jurisdiction_then_by_effect(
    tmp_path: Path, jurisdiction: str, effect: str, shown: str
) -> None:
    settings = {"jurisdiction": jurisdiction, "letter_effect": effect}
    assert said(tmp_path, "<p>{{ say('party.a') }}</p>", files=WORDING, settings=settings) == shown


def test_an_unknown_sentence_is_told_with_the_nearest(tmp_path: Path) -> None:
    told = refusal(tmp_path, "<p>a</p>\n<p>{{ say('greeet') }}</p>", files=WORDING)
    assert told == "form.html:2: the wording has no sentence 'greeet'; did you mean greet?"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Hello {{ salary }}", "wording.en.yaml:2: 'salary' is undefined"),
        ("Hello {{ name", "wording.en.yaml:2: unexpected end of template"),
        ("Hello {{ name.__class__ }}", "wording.en.yaml:2: __class__ is out of a template's reach"),
        ("Hello {{ 1 / 0 }}", "wording.en.yaml:2: division by zero"),
    ],
)
def test_a_fault_of_the_wording_names_its_own_file_and_line(tmp_path: Path, sentence: str, told: str) -> None:
    files = {"wording.en.yaml": f"end: .\ngreet: {sentence!r}\n", "wording.zh.yaml": "greet: 您好\nend: 。\n"}
    assert refusal(tmp_path, "<p>{{ say('greet') }}</p>", files=files, name="Wang").startswith(told)
