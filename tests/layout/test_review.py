"""A set is reviewed without a case: each planted fault is found at its line, and nothing is found in what ships."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.layout.context import Stamp, context
from docgen.layout.findings import FaultySet, Finding
from docgen.layout.review import refuse_faulty, review_set
from docgen.layout.sets import TemplateSet, known_sets, load_set
from docgen.layout.sources import Sources
from docgen.layout.speech import Speech
from docgen.layout.things import Many, Row, Thing, Vocabulary
from docgen.layout.walk import Walk
from docgen.model.problems import Severity
from docgen.resources import shipped
from tests.sample_help import checked, kit

SAMPLE = Path(__file__).parents[2] / "samples" / "company"
DEFINITIONS: Definitions = load_definitions()


def company(folder: Path, files: Mapping[str, str]) -> TemplateSet:
    """A company's set of ``files`` before the standard one."""
    place = folder / "templates"
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        (place / name).write_text(text, "utf-8")
    return load_set("standard", [place], faulty=True)


def found(folder: Path, files: Mapping[str, str]) -> tuple[Finding, ...]:
    return review_set(company(folder, files), DEFINITIONS, shipped=False)


def places(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.kind} {one.place}" for one in findings]


def both(key: str, en: str, zh: str) -> dict[str, str]:
    """The two wording files with one sentence."""
    return {"wording.en.yaml": f"{key}: {en!r}\n", "wording.zh.yaml": f"{key}: {zh!r}\n"}


# What ships


@pytest.mark.parametrize("name", sorted(known_sets()))
def test_nothing_is_wrong_with_what_ships(name: str) -> None:
    assert [one.words.en for one in review_set(load_set(name), DEFINITIONS)] == []


def test_every_sentence_that_ships_is_said() -> None:
    sources, words = Sources(load_set()), Vocabulary(DEFINITIONS)
    walk = Walk(sources)
    for form in DEFINITIONS.forms.values():
        walk.template(form.template, words.of_form(form))
    walk.template("pack.html", words.of_pack())
    unsaid = Speech(sources, walk, DEFINITIONS, True).unsaid()
    assert [key for key in unsaid if not key.startswith("picture.")] == []  # those docgen says itself, where it draws


def test_a_company_without_words_of_its_own_is_not_reviewed(tmp_path: Path) -> None:
    made = company(tmp_path, {"print.css": "/* ours */"})
    assert review_set(made, DEFINITIONS, shipped=False) == ()


def test_nothing_is_wrong_with_the_sample_company() -> None:
    made = load_set("standard", [SAMPLE / "templates"])
    definitions = load_definitions((SAMPLE / "forms",)) if (SAMPLE / "forms").is_dir() else DEFINITIONS
    assert [one.words.en for one in review_set(made, definitions, shipped=False)] == []


def test_every_part_of_a_row_is_known() -> None:
    """The rows as the checks hand them over have no part that a template may not name."""
    words = Vocabulary(DEFINITIONS)
    unknown: set[str] = set()

    def compare(value: object, thing: Thing, at: str) -> None:
        match value, thing:
            case Mapping(), Row():
                for name, inner in value.items():
                    if name not in thing.names:
                        unknown.add(f"{at}.{name}")
                    compare(inner, thing.names.get(name), f"{at}.{name}")
            case list(), Many(item):
                for inner in value:
                    compare(inner, item, at)

    case = checked().case
    for form in DEFINITIONS.forms.values():
        row = case.values["case"] if form.unit == "case" else case.values[form.unit][-1]
        given = context(case, form, row, kit().settings, Stamp("", 1, None), DEFINITIONS, "draft")
        known = words.of_form(form)
        assert set(given) <= set(known)
        for name, value in given.items():
            if name != "settings":
                compare(value, known[name], name)
    assert unknown == set()


# Names


@pytest.mark.parametrize(
    ("sentence", "kind", "near"),
    [
        ("a {{ case.employe_name }}", "unknown_field", "did you mean employee_name?"),
        ("a {{ polcy_name }}", "unknown_name", "did you mean settings.policy_name?"),
        ("a {{ case['employe_name'] }}", "unknown_field", "did you mean employee_name?"),
        ("a {{ case.get('employe_name') }}", "unknown_field", "did you mean employee_name?"),
        ("a {{ settings.policy_nam }}", "unknown_field", "did you mean policy_name?"),
        ("{% if gapps %}a{% endif %}", "unknown_name", "did you mean gaps?"),
        ("{% for gap in gaps %}{{ gap.aria }}{% endfor %}", "unknown_field", "did you mean area?"),
        ("{% for target in targets if target.wait %}a{% endfor %}", "unknown_field", "did you mean weight?"),
        (
            "{% for gap in gaps %}{% for c in gap.causes %}{{ c.remdy }}{% endfor %}{% endfor %}",
            "unknown_field",
            "remedy",
        ),
        ("{{ (targets | first).wait }}", "unknown_field", "did you mean weight?"),
        ("{{ targets | map(attribute='wait') | join }}", "unknown_field", "did you mean weight?"),
        ("{{ targets | selectattr('wait') | list | length }}", "unknown_field", "did you mean weight?"),
        ("{{ targets | total('wait') }}", "unknown_field", "did you mean weight?"),
        ("{{ targets | selectattr('weight', 'presnt') | list | length }}", "unknown_help", "did you mean present?"),
        ("{{ case.position | uper }}", "unknown_help", "did you mean upper?"),
        ("{{ case.position is nummeric }}", "unknown_help", "did you mean numeric?"),
        ("{{ targets.weight }}", "unknown_field", "a list has no"),
        ("{{ loop.index }}", "unknown_name", "'loop'"),
        ("{{ target.name }}", "unknown_name", "did you mean targets?"),
    ],
)
def test_an_unknown_value_is_told_with_the_nearest(tmp_path: Path, sentence: str, kind: str, near: str) -> None:
    files = both("letter", "", "") | {
        f"wording.{language}.yaml": f"# ours\nletter:\n  opening: |-\n    x\n    {sentence}\n"
        for language in ("en", "zh")
    }
    findings = [one for one in found(tmp_path, files) if one.severity is Severity.ERROR]
    assert [(one.kind, one.place.line) for one in findings] == [(kind, 5), (kind, 5)]
    assert near in findings[0].words.en
    assert "letter.html" in findings[0].fix.en and "letter.html" in findings[0].fix.zh


@pytest.mark.parametrize(
    "sentence",
    [
        "{{ case.employee_no }}{{ settings.copies }}{{ number }}{{ case.life }}",
        "{% for g in gaps %}{{ loop.index }}{{ g.area }}{% for e in g.evidence %}{{ e.fact }}{% endfor %}{% endfor %}",
        "{{ nowhere | default('a') }}{% if nowhere is defined %}b{% endif %}",
        "{% set n = targets | length %}{{ n }}",
        "{% if n is defined and n %}{{ n }}{% endif %}{% if case.pet is defined %}{{ case.pet }}{% endif %}",
        "{{ (targets | first).name }}{{ targets | map(attribute='weight') | sum }}",
        "{{ {'a': 1}['a'] }}{{ range(3) | join }}{{ days(case.period_start, case.period_end) }}",
    ],
)
def test_what_a_sentence_may_speak_of_is_no_fault(tmp_path: Path, sentence: str) -> None:
    files = {f"wording.{name}.yaml": f"letter:\n  opening: >-\n    {sentence}\n" for name in ("en", "zh")}
    assert [one.words.en for one in found(tmp_path, files) if one.severity is Severity.ERROR] == []


def test_a_value_must_be_there_wherever_the_sentence_is_said(tmp_path: Path) -> None:
    """Section numbers are given n; a gap's number too, but no month, which only the monthly plan has."""
    findings = found(tmp_path, both("section_number", "{{ n }}. {{ month.month }}", "{{ n }}、{{ month.month }}"))
    assert {one.kind for one in findings} == {"unknown_name"}
    assert "It is said in macros.html:5." in findings[0].fix.en


def test_what_a_template_hands_over_is_known_by_its_kind(tmp_path: Path) -> None:
    findings = found(tmp_path, both("targets", "", "") | {
        name: "targets:\n  rule: '{{ target.nam }}'\n" for name in ("wording.en.yaml", "wording.zh.yaml")
    })  # fmt: skip
    assert places(findings)[0] == "unknown_field wording.en.yaml:2:20"
    assert "did you mean name?" in findings[0].message.en


# Keys


def test_a_sentence_that_nobody_says_is_told_with_the_nearest(tmp_path: Path) -> None:
    files = {name: "letter:\n  openin: x\n" for name in ("wording.en.yaml", "wording.zh.yaml")}
    findings = found(tmp_path, files)
    assert places(findings) == ["unknown_key wording.en.yaml:2:11", "unknown_key wording.zh.yaml:2:11"]
    assert "No template says letter.openin; did you mean letter.opening?" in findings[0].message.en
    assert "是否指 letter.opening？" in findings[0].message.zh


@pytest.mark.parametrize(
    ("template", "key"),
    [
        ("<p>{{ say('dat') }}</p>", "'dat'; did you mean date?"),
        ("<p>{{ say(['date', 'sael']) }}</p>", "'sael'; did you mean seal?"),
        ("<p>{{ say('date' if blank else 'sael') }}</p>", "'sael'; did you mean seal?"),
        ("{% for key in ['by', 'onn'] %}<p>{{ say('refusal.' ~ key) }}</p>{% endfor %}", "'refusal.onn'"),
        ("{% import 'macros.html' as m with context %}{{ m.title('notes.titl') }}", "'notes.titl'"),
        (
            "{% import 'macros.html' as m with context %}{{ m.facts([('fact.employe', case.position)]) }}",
            "'fact.employe'",
        ),
        ("{% macro a(key) %}<p>{{ say(key) }}</p>{% endmacro %}{{ a('sael') }}", "'sael'"),
        ("{% for kind in nowhere | default([]) %}<p>{{ say('nothing.' ~ kind) }}</p>{% endfor %}", "'nothing.'"),
    ],
)
def test_a_sentence_that_the_wording_lacks_is_told_where_it_is_said(tmp_path: Path, template: str, key: str) -> None:
    """Also where the key comes to it through macros, lists and loops."""
    findings = found(tmp_path, {"notes.html": template})
    (lacking,) = [one for one in findings if one.kind == "no_sentence_said"]
    assert key in lacking.message.en and lacking.place.source in ("notes.html", "macros.html")


@pytest.mark.parametrize("file", ["notes.html", "letter.docx"])
def test_where_any_sentence_may_be_said_none_is_unknown(tmp_path: Path, file: str) -> None:
    """A key that only the data tell, or a Word form of the company's own."""
    files = {f"wording.{name}.yaml": "ours: {one: x}" for name in ("en", "zh")}
    findings = found(tmp_path, files | {file: "<p>{{ say(case.position) }}</p>"})
    assert findings == ()
    slips = {f"wording.{name}.yaml": "letter: {openin: x}" for name in ("en", "zh")}
    assert [one.kind for one in found(tmp_path, slips)] == ["unknown_key"] * 2


def test_one_of_several_choices_may_go_unsaid(tmp_path: Path) -> None:
    """A template that asked which it is says a sentence for some codes of a list only."""
    said = "{% if t.direction == 'lower' %}<p>{{ say('targets.better.' ~ t.direction) }}</p>{% endif %}"
    template = f"{{% for t in targets %}}{said}{{% endfor %}}"
    assert places(found(tmp_path, {"notes.html": template})) == []


# Templates


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("<p>\n{{ case.nam }}</p>", "unknown_field notes.html:2:9"),
        ("<p>\n{{ interview.achievments }}</p>", "unknown_field notes.html:2:14"),
        ("{% import 'macros.html' as m with context %}\n{{ m.titel('date') }}", "unknown_help notes.html:2:6"),
        ("{% from 'macros.html' import titel with context %}", "unknown_help notes.html:1:30"),
        ("{% import 'macro.html' as m with context %}", "no_template notes.html:1:12"),
        ("\n{% include '/etc/passwd' %}", "no_template notes.html:2:13"),
        ("\n{% include '../docgen.yaml' %}", "no_template notes.html:2:13"),
        ("{% extends 'base.html' %}", "no_template notes.html:1:13"),
        ("<p>a</p>\n{% if %}", "syntax notes.html:2:1"),
        ("<p>a</p>\n{% for x in gaps %}", "syntax notes.html:2:1"),
        ("<p>{{ '' | safe }}</p>", "unknown_help notes.html:1:12"),
        ("<p>\n{{ ''.__class__ }}</p>", "refused notes.html:2:1"),
        ("{% autoescape false %}{% endautoescape %}", "refused notes.html:1:1"),
        ("{% for x in gaps recursive %}{% endfor %}", "refused notes.html:1:1"),
        ('<p>a</p>\n<p style="color: red">b</p>', "markup notes.html:2:4"),
        ("<p>a</p>\n  <script>x</script>", "markup notes.html:2:3"),
        ("<p><b>a</b></p>", "markup notes.html:1:4"),
        ('<p><span class="labell">a</span></p>', "markup notes.html:1:10"),
        ("<p class=lead>a</p>", "markup notes.html:1:4"),
        ("<p>a &nbsp; b</p>", "markup notes.html:1:6"),
        ("<p>a < b</p>", "markup notes.html:1:6"),
        ("{% macro never() %}{{ nowhere }}{% endmacro %}", "unknown_name notes.html:1:23"),
        ("\n{% if case.party == 'dept' %}<p>a</p>{% endif %}", "unknown_code notes.html:2:22"),
        ("{% if 'fired' in case.consequence_codes %}<p>a</p>{% endif %}", "unknown_code notes.html:1:8"),
        ("{{ targets | selectattr('direction', 'in', ['higher', 'up']) | list }}", "unknown_code notes.html:1:56"),
        ("{% import 'macros.html' as m with context %}\n{{ m.signatures() }}", "unknown_help notes.html:2:6"),
        (
            "{% import 'macros.html' as m with context %}\n{{ m.title('notes.titl') }}",
            "no_sentence_said notes.html:2:13",
        ),
    ],
)
def test_a_fault_of_a_template_is_told_at_its_place(tmp_path: Path, template: str, told: str) -> None:
    assert places(found(tmp_path, {"notes.html": template})) == [told]


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("<p>a</p>\n{% set number = 'X-1' %}", "notes.html:2:8"),
        ("{% set number %}X-1{% endset %}", "notes.html:1:8"),
        ("{% set a, settings = 1, 2 %}", "notes.html:1:11"),
        ("{% for case in gaps %}<p>a</p>{% endfor %}", "notes.html:1:8"),
        ("{% with issued = interview.date %}<p>a</p>{% endwith %}", "notes.html:1:9"),
        ("{% macro say(key) %}a{% endmacro %}", "notes.html:1:10"),
        ("{% import 'macros.html' as first with context %}", "notes.html:1:28"),
        ("{% from 'macros.html' import tick as signers %}", "notes.html:1:38"),
        ("<p>{{ say('foot.issued', issued=interview.date) }}</p>", "notes.html:1:26"),
        ("{% include 'part.html' %}", "part.html:2:8"),
        ("{% import 'part.html' as mine %}", "part.html:2:8"),
        ("{% if draft %}{% set revision = 2 %}{% endif %}", "notes.html:1:22"),
        ("\n{% macro mine(number) %}<p>{{ number }}</p>{% endmacro %}{{ mine('X-1') }}", "notes.html:2:15"),
        ("{% macro mine(a, issued) %}<p>{{ a }}</p>{% endmacro %}{{ mine(1, issued=2) }}", "notes.html:1:18"),
        ("{% macro mine() %}{{ caller(1) }}{% endmacro %}\n{% call(number) mine() %}a{% endcall %}", "notes.html:2:9"),
    ],
)
def test_what_is_given_is_not_to_be_set(tmp_path: Path, template: str, told: str) -> None:
    files = {"notes.html": template, "part.html": "<p>a</p>\n{% set number = 'X-1' %}"}
    (finding,) = found(tmp_path, files)
    assert (finding.kind, str(finding.place), finding.severity) == ("taken_name", told, Severity.ERROR)
    assert "such as my_" in finding.fix.en and "如 my_" in finding.fix.zh


def test_a_sentence_does_not_set_what_it_is_given(tmp_path: Path) -> None:
    said = "a{% set n = 7 %}{% set number = 'X' %}{{ number }}{{ n }}"
    files = both("section_number", said, said)
    assert [one.kind for one in found(tmp_path, files)] == ["taken_name"] * 4


def test_names_of_ones_own_may_be_set_and_what_is_given_handed_on(tmp_path: Path) -> None:
    macro = "{% macro mine(number, signers) %}<p>{{ number }}</p>{% endmacro %}{{ mine(number, []) }}"
    template = "{% set my_number = number %}{% for one in gaps %}{% set row = one %}<p>{{ my_number }}</p>{% endfor %}"
    assert places(found(tmp_path, {"notes.html": template + macro})) == []


def test_braces_that_raw_would_print_are_told_with_their_line(tmp_path: Path) -> None:
    template = "<p>a</p>{# {% raw %}{{ a }}{% endraw %} #}\n{%- raw %}<p>b</p>\n<p>{{ number }}</p>{% endraw -%}\n"
    (finding,) = found(tmp_path, {"notes.html": template})
    assert (finding.kind, str(finding.place), finding.severity) == ("markup", "notes.html:3:4", Severity.ERROR)
    assert "prints {{ number }}" in finding.message.en and "{{ number }}" in finding.message.zh
    said = both("letter.opening", "{% raw %}{{ number }}{% endraw %}", "甲")
    assert "markup wording.en.yaml:1:27" in " ".join(places(found(tmp_path, said)))


def test_every_fault_of_a_template_is_told_at_once(tmp_path: Path) -> None:
    template = "<p>{{ a1 }}</p>\n<b>{{ b1 }}</b>\n<p id='x'>{{ say('c1') }}</p>\n{{ case.d1 | e1 }}"
    kinds = [(one.kind, one.place.line) for one in found(tmp_path, {"notes.html": template})]
    assert kinds == [
        ("unknown_name", 1), ("markup", 2), ("unknown_name", 2), ("markup", 3), ("no_sentence_said", 3),
        ("unknown_field", 4), ("unknown_help", 4),
    ]  # fmt: skip


# Sentences


@pytest.mark.parametrize(("english", "chinese"), [("''", "注意"), ("Note", "''")])
def test_a_sentence_that_one_language_leaves_empty_is_told_there(tmp_path: Path, english: str, chinese: str) -> None:
    key = "letter: {changes_clause: "
    files = {"wording.en.yaml": f"{key}{english}}}\n", "wording.zh.yaml": f"{key}{chinese}}}\n"}
    (told,) = places(found(tmp_path, files))
    assert told.startswith("languages_differ wording." + ("en" if english == "''" else "zh"))


@pytest.mark.parametrize(
    "sentence",
    [
        "<b>a</b>",
        "<strong>a",
        "a</strong>",
        "<p>a</p>",
        "a<br>b",
        "<span style='x'>a</span>",
        "a < b",
        "a & b",
        "<em>a</strong></em>",
    ],
)
def test_markup_that_does_not_belong_in_a_sentence_is_told(tmp_path: Path, sentence: str) -> None:
    findings = found(tmp_path, both("date", sentence, "日"))
    assert findings and {(one.kind, one.place.source) for one in findings} == {("markup", "wording.en.yaml")}


def test_markup_of_a_sentence_is_no_fault(tmp_path: Path) -> None:
    sentence = '<strong>a</strong><br/><span class="nobreak">b</span> &amp; <em>c</em>'
    assert found(tmp_path, both("date", sentence, sentence)) == ()


def test_both_languages_must_print_the_same_values(tmp_path: Path) -> None:
    files = both("prevailing", "a {{ case.position }}", "甲")
    (finding,) = [one for one in found(tmp_path, files) if one.kind == "languages_differ"]
    assert str(finding.place) == "wording.en.yaml:1:13"
    assert "prevailing prints case.position, which wording.zh.yaml doesn't" in finding.message.en


def test_a_sentence_changed_in_one_language_is_compared_with_the_shipped_one(tmp_path: Path) -> None:
    files = {"wording.zh.yaml": "letter: {objection_clause: '可向{{ objection_contact }}提出'}"}
    (finding,) = found(tmp_path, files)
    assert (finding.kind, finding.place.source) == ("languages_differ", "wording.zh.yaml")
    assert "settings.objection_days" in finding.message.en


def test_what_a_sentence_only_asks_about_need_not_be_alike(tmp_path: Path) -> None:
    files = both("prevailing", "{{ 'a' if case.position else 'b' }}{% if gaps %}c{% endif %}", "甲")
    assert [one for one in found(tmp_path, files) if one.kind == "languages_differ"] == []


def test_a_value_left_out_in_both_languages_is_a_warning(tmp_path: Path) -> None:
    files = {f"wording.{name}.yaml": "letter: {objection_clause: 'a {{ objection_contact }}'}" for name in ("en", "zh")}
    findings = found(tmp_path, files)
    assert [(one.kind, one.severity, one.code) for one in findings] == [("left_out", Severity.WARNING, "W261")] * 2
    assert "settings.objection_days" in findings[0].message.en


def test_only_errors_stop_a_run(tmp_path: Path) -> None:
    warned = company(tmp_path, both("date", "Date, or deemed agreed", "日期"))
    refuse_faulty(warned, DEFINITIONS)
    (tmp_path / "x").mkdir()
    faulty = company(tmp_path / "x", both("date", "{{ a1 }} <b>", "{{ a1 }}"))
    with pytest.raises(FaultySet) as refused:
        refuse_faulty(faulty, DEFINITIONS)
    assert len(refused.value.findings) >= 3
    assert "\n" in refused.value.words.zh


def test_the_shipped_folder_is_not_the_companys(tmp_path: Path) -> None:
    made = company(tmp_path, {})
    assert made.own == (tmp_path / "templates",)
    assert load_set().own == () and shipped("templates").is_dir()


def test_a_copy_of_all_that_ships_is_no_worse(tmp_path: Path) -> None:
    """Who copies every shipped file, to change one sentence, is told nothing of the rest."""
    standard = shipped("templates") / "standard"
    names = [path.name for path in standard.iterdir() if path.suffix == ".html" or path.name.startswith("wording.")]
    copied = company(tmp_path, {name: (standard / name).read_text("utf-8") for name in names})
    assert [one.words.en for one in review_set(copied, DEFINITIONS, shipped=False)] == []


def test_a_form_without_a_template_is_told_where_the_form_is(tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    forms.mkdir()
    text = (shipped("forms") / "plan.yaml").read_text("utf-8").replace("template: plan.html", "template: plann.html")
    (forms / "plan.yaml").write_text(text, "utf-8")
    (told,) = review_set(company(tmp_path, both("date", "a", "b")), load_definitions((forms,)), shipped=False)
    assert told.kind == "no_template" and told.place.source.endswith("plan.yaml")
    assert "there is no template 'plann.html' in the set; did you mean plan.html?" in told.message.en.lower()


# Characters that nobody sees


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("\u200b", "U+200B"), ("\u2060", "U+2060"), ("\ufeff", "U+FEFF"), ("\u00ad", "U+00AD"), ("\u202e", "U+202E"),
        ("&#x202E;", "U+202E"), ("&#8203;", "U+200B"), ("{{ '\\u200b' }}", "U+200B"), ("\U000e0041", "U+E0041"),
    ],
)  # fmt: skip
def test_an_invisible_character_is_refused_at_its_place(tmp_path: Path, written: str, point: str) -> None:
    wording = "# ours\nletter:\n  opening: '{}Agreed{}'\n"
    files = {"notes.html": f"<p>a</p>\n<p>Agreed{written} b</p>"}
    for language in ("en", "zh"):
        files[f"wording.{language}.yaml"] = wording.format("", written.replace("'", "''"))
    findings = [one for one in found(tmp_path, files) if "invisible" in one.message.en]
    assert [str(one.place).rsplit(":", 1)[0] for one in findings] == [
        "notes.html:2", "wording.en.yaml:3", "wording.zh.yaml:3",
    ]  # fmt: skip
    assert all(one.severity is Severity.ERROR and point in one.message.zh for one in findings)
    assert findings[0].place.column == 10 + written.find("\\" if "\\" in written else written[:1])


def test_an_invisible_character_that_yaml_writes_is_told_too(tmp_path: Path) -> None:
    files = {f"wording.{language}.yaml": 'date: "Da\\u200bte"\n' for language in ("en", "zh")}
    assert places(found(tmp_path, files)) == ["markup wording.en.yaml:1:7", "markup wording.zh.yaml:1:7"]
