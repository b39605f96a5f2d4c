"""What is wrong with a Word form is told before it is filled: all of it, each with id, place and one sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from docgen.wordforms.faults import SENTENCES
from docgen.wordforms.form import read_form
from tests.wordforms.form_help import (
    NUMBER,
    filled,
    picture,
    read,
    refusal,
    reviewed,
    saved,
    table,
    told,
    told_of,
    written,
)

GROWING = "{{% set ns = namespace(s='aa') %}}{{% for i in range(99) %}}{{% set ns.s = {} %}}{{% endfor %}}"
ROWS = "{% set l = range(1000) | list %}"
REPLACED = "ns.s | replace('a', 'aaaaaaaa')"
FAULTY: dict[str, list[str]] = {
    "{{ 姓名": ["not_closed"],
    "{% if 姓名": ["not_closed"],
    "姓名 }} behind": ["stray_end"],
    "｛｛ 姓名 ｝｝": ["full_width", "full_width"],
    "{{ 姓名＋'x' }}": ["full_width_inside"],
    "{{ say（‘x’） }}": ["full_width_inside"],
    "{{ 姓名 | }}": ["syntax"],
    "{{ a b }}": ["syntax"],
    "{% for t targets %}x{% endfor %}": ["syntax"],
    "{% fro t in targets %}": ["unknown_statement"],
    "{% macro x() %}{% endmacro %}": ["unknown_statement", "unknown_statement"],
    "{% raw %}": ["unknown_statement"],
    "{% autoescape false %}": ["unknown_statement"],
    "{% set x %}": ["unknown_statement"],
    "{% include '/etc/passwd' %}": ["no_files"],
    "{% import 'macros.html' as m %}": ["no_files"],
    "{% extends 'letter.html' %}": ["no_files"],
    "{{p subdoc }}": ["subdocument", "unknown_name"],
    "{% for t in targets %}x": ["not_ended"],
    "{% if 姓名 %}x": ["not_ended"],
    "{% endfor %}": ["stray_end"],
    "{% else %}": ["stray_end"],
    "{% for t in targets %}{% endif %}{% endfor %}": ["wrong_end"],
    "{%tr for t in targets %}": ["not_in_table", "not_ended"],
    "{%tc if 姓名 %}": ["not_in_table", "not_ended"],
    "{% colspan 2 %}": ["not_in_table"],
    "beside {%p if 姓名 %}": ["paragraph_beside", "not_ended"],
    "{%p if 1 % 2 %}": ["sign_in_tag", "not_ended"],
    "{% hm %}": ["not_in_table", "outside_loop"],
    "{{ case.employe_name }}": ["unknown_name"],
    "{{ 姓名们 }}": ["unknown_name"],
    "{{ 个案.性别 }}": ["unknown_name"],
    "{{ settings.compny_name }}": ["unknown_name"],
    "{% for t in targets %}{{ t.naem }}{% endfor %}": ["unknown_name"],
    "{% for t in targets | selectattr('wieght') %}{{ t.name }}{% endfor %}": ["unknown_name"],
    "{% for m in months %}{% for i in m.indicators %}{{ i.actaul }}{% endfor %}{% endfor %}": ["unknown_name"],
    "{{ case.period_start.strftime('%d') }}": ["unknown_name"],
    "{{ loop.idnex }}": ["unknown_name"],
    "{{ sya('x') }}": ["unknown_name"],
    "{{ 姓名 | uper }}": ["unknown_filter"],
    "{{ 姓名 | pprint }}": ["unknown_filter"],
    "{% if 姓名 is emtpy %}{% endif %}": ["unknown_test"],
    "{{ say('notes.confirmaton') }}": ["unknown_sentence"],
    "{{ 姓名 | safe }}": ["safe"],
    "{{ ''.__class__ }}": ["forbidden"],
    "{{ ''['__class__'] }}": ["forbidden"],
    "{{ cycler.__init__ }}": ["forbidden", "forbidden"],
    "{{ self._TemplateReference__context }}": ["forbidden", "forbidden"],
    "{{ 姓名 ~ 面谈日期 }}": ["joined"],
    "{% set x = 姓名 ~ 姓名 %}": ["joined"],
    "{{ 'a' * 10 ** 9 }}": ["repeated_text", "repeated_text"],
    "{{ range(10 ** 9) }}": ["repeated_text"],
    "{% for i in range(1000000000) %}{% endfor %}": ["too_long"],
    "{% for a in targets %}{% for b in targets %}{% for c in targets %}{% for d in targets %}{% for e in targets %}"
    "{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}": ["too_deep"],
    "{{ targets }}": ["whole_rows"],
    "{{ targets.name }}": ["whole_rows"],
    "{{ case }}": ["whole_row"],
    "{ 姓名 }": ["other_braces"],
    "<<case.employee_name>>": ["other_braces"],
    "{％ if 姓名 ％}x": ["full_width", "full_width"],
    "{% tr for t in targets %}": ["parted"],
    "{%p if 姓名 -%}": ["joins_boxes", "not_ended"],
    "{% if 面谈类型 == '离职面谈' %}x{% endif %}": ["never"],
    "{% if 面谈类型 in ['final', 'finale'] %}x{% endif %}": ["never"],
    "{% if 面谈类型 in 'final' %}x{% endif %}": ["never_alike"],
    "{% if 面谈类型 is eq 'finale' %}x{% endif %}": ["never"],
    "{% for t in targets | selectattr('direction', 'eq', 'hihger') %}{% endfor %}": ["never"],
    "{% for t in targets if t.direction != 'up' %}{% endfor %}": ["never"],
    "{{ 'a' if 'exit' == 面谈类型 else 'b' }}": ["never"],
    "{% if 面谈日期 == '2026-03-31' %}x{% endif %}": ["never_alike"],
    "{% if 面谈日期.year == '2026' %}x{% endif %}": ["never_alike"],
    "{% set d = 面谈日期 %}{% if d < '2026-03-31' %}x{% endif %}": ["never_alike"],
    "{% if targets[0].weight == '40' %}x{% endif %}": ["never_alike"],
    "{% if targets[0].target_value >= 100 %}x{% endif %}": ["never_alike"],
    "{% if 工号 == 1024 %}x{% endif %}": ["never_alike"],
    "{% if 草稿 == '是' %}x{% endif %}": ["never_alike"],
    "{% if 陪同人 != '' %}x{% endif %}": ["never_alike"],
    "{{ number(targets[0].target_value) }}": ["unknown_name"],
    "{% if 面谈类型 == 'final' or 'monthly' %}x{% endif %}": ["alone"],
    "{{ targets | map(attribute='naem') | join('、') }}": ["unknown_name"],
    "{{ 目标 | map(attribute='目标值.numbr') | join }}": ["unknown_name"],
    "{{ targets | join('、', 'naem') }}{{ targets | sum('wieght') }}": ["unknown_name"],
    "{% for t in targets | sort(attribute='weight,naem') %}x{% endfor %}": ["unknown_name"],
    "{% for g in targets | groupby('direction') %}{{ g.gruper }}{% endfor %}": ["unknown_name"],
    "{% for way, rows in targets | groupby('方向') %}{% for t in rows %}{{ t.naem }}{% endfor %}{% endfor %}": [
        "unknown_name"
    ],
    "{% for two in targets | batch(2) %}{% for t in two %}{{ t.naem }}{% endfor %}{% endfor %}": ["unknown_name"],
    "{% for c in gaps | map(attribute='causes') | sum(start=[]) %}{{ c.descripton }}{% endfor %}": ["unknown_name"],
    "{% for t in targets | selectattr('weight', 'bigger', 20) %}x{% endfor %}": ["unknown_test"],
    "{{ interviews | map(attribute='type') | select('eq', '离职') | list | length }}": ["never"],
    "{{ targets | map('uper') | join }}": ["unknown_filter"],
    "{{ 姓名 | list | map('safe') | join }}": ["safe"],
    "{{ targets | selectattr('weight') | batch(2) }}": ["whole_rows"],
    "{{ picture('鱼刺图') }}": ["picture"],
    "{{ 图片('fishbone', 50) }}": ["picture"],
    "{{ picture('time_line', 120, alt='x') }}": ["picture"],
    "{% if picture('trnd') %}x{% endif %}": ["picture"],
}


@pytest.mark.parametrize("text", FAULTY)
def test_a_fault_is_told_at_its_place(text: str) -> None:
    assert set(told_of(NUMBER, text)) == {(kind, "body ¶2") for kind in FAULTY[text]}


def test_a_form_without_faults_has_none() -> None:
    assert (
        told_of(
            NUMBER,
            "{%- if 姓名 -%} {{- 姓名 -}} {# said twice #} {%- endif %}",
            "{ 姓 } 100 % {x} {{\u200b姓名 }}",
            "{% if 面谈类型 == '月度面谈' or 面谈类型 in ['FINAL', '期末面谈'] %}{{ 岗位 or '无' }}{% endif %}",
            "{% if not 面谈日期 == none %}x{% endif %}",
            "{% if 面谈日期.year == 2026 and targets[0].target_value.number > 1 and 'x' in 陪同人 %}{% endif %}",
        )
        == []
    )


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    form = written("{{ 姓名 }", "", "{{ case.employe_name }}", "{% for t in targets %}", number=False)
    table(form, "a | b | c", "x | {{ t.naem }} | ", "{%tr for x in targets %} | beside |")
    form.sections[0].header.paragraphs[0].text = "{{ nmber }}"
    form.sections[0].footer.paragraphs[0].text = "{% endif %}"
    assert told(tmp_path, form) == [
        ("not_closed", "body ¶1"),
        ("unknown_name", "body ¶3"),
        ("not_ended", "body ¶4"),
        ("unknown_name", "table 1 row 2 cell 2"),
        ("row_beside", "table 1 row 3 cell 1"),
        ("not_ended", "table 1 row 3 cell 1"),
        ("unknown_name", "header 1 ¶1"),
        ("stray_end", "footer 1 ¶1"),
        ("no_number", "the form"),
    ]


def test_a_fault_is_told_in_both_languages_with_the_nearest_name_and_its_id(tmp_path: Path) -> None:
    said = refusal(lambda: filled(tmp_path, written("{{ case.employe_name }}")))
    assert said.en == (
        "notes.docx: 1 fault\n  body ¶1: {{ case.employe_name }}: there is no case.employe_name; did you mean "
        "employee_name? [unknown_name]"
    )
    assert "正文第1段：{{ case.employe_name }}：没有名为 case.employe_name 的项，是否指 employee_name？" in said.zh


def test_a_cell_of_a_table_in_a_table_has_its_place(tmp_path: Path) -> None:
    form = written()
    outer = table(form, "a | b", "c | d")
    inner = outer.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 1).text = "{{ nobody }}"
    assert told(tmp_path, form) == [("unknown_name", "table 1 row 2 cell 2 table 1 row 1 cell 2")]


def test_loops_must_end_in_the_box_that_they_begin_in(tmp_path: Path) -> None:
    form = written("{% for t in targets %}", "{{ t.name }}", "{% endfor %}", "{%p if 姓名 %}", "x {% endif %}")
    table(form, "{% for t in targets %}{{ t.name }} | {{ t.weight }}{% endfor %}")
    table(form, "{%tr for t in targets %}")
    table(form, "{%tr endfor %}")
    assert told(tmp_path, form) == [
        ("other_kind", "body ¶4"),
        ("across", "table 1 row 1 cell 1"),
        ("across", "table 2 row 1 cell 1"),
    ]


def test_a_loop_in_an_own_cell_takes_the_rest_of_the_cell(tmp_path: Path) -> None:
    form = written()
    table(form, "{%tc for t in targets %} beside | {{ t.name }} | {%tc endfor %}")
    assert told(tmp_path, form) == [("cell_beside", "table 1 row 1 cell 1")]


def test_a_tag_that_a_field_splits_is_told(tmp_path: Path) -> None:
    form = written()
    paragraph = form.add_paragraph("{{ 姓")
    field = OxmlElement("w:fldChar")
    field.set(qn("w:fldCharType"), "begin")
    paragraph.add_run()._r.append(field)
    paragraph.add_run("名 }}")
    assert told(tmp_path, form) == [("split", "body ¶1")]


def test_tags_where_nothing_is_filled_comments_and_tracked_changes_are_told(tmp_path: Path) -> None:
    form = written("text")
    form.add_comment(form.paragraphs[0].runs, text="who wrote this?", author="A", initials="A")
    run = form.paragraphs[0].runs[0]._r
    tracked = OxmlElement("w:ins")
    tracked.set(qn("w:id"), "1")
    tracked.set(qn("w:author"), "A")
    run.addprevious(tracked)
    tracked.append(run)
    form.part.relate_to("mailto:%7B%7B case.hr_contact %7D%7D", RT.HYPERLINK, is_external=True)
    assert set(told(tmp_path, form)) == {
        ("comment", "comment"), ("tracked", "body"), ("not_filled", "address of a link")
    }  # fmt: skip


def test_a_field_that_shows_the_day_of_printing_is_told(tmp_path: Path) -> None:
    form = written("text")
    for code in ("PAGE", ' DATE \\@ "yyyy-MM-dd" ', 'TIME\\@"HH"', "FILENAME\\p"):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        form.sections[0].footer.paragraphs[0]._p.append(field)
    assert told(tmp_path, form) == [("clock", "footer 1"), ("clock", "footer 1"), ("renewed", "footer 1")]


def test_text_boxes_are_looked_into(tmp_path: Path) -> None:
    form = written("box")
    run = form.paragraphs[0].runs[0]._r
    picture_of_text = OxmlElement("w:pict")
    content, paragraph, inner, text = (OxmlElement(name) for name in ("w:txbxContent", "w:p", "w:r", "w:t"))
    text.text = "{{ nobody }}"
    for outer, one in ((run, picture_of_text), (picture_of_text, content), (content, paragraph), (paragraph, inner)):
        outer.append(one)
    inner.append(text)
    assert told(tmp_path, form) == [("unknown_name", "body ¶1 text box 1 ¶1")]


def test_hidden_words_and_tags_that_are_no_text_are_told(tmp_path: Path) -> None:
    form = written("hidden", "link {{ 姓名 }}")
    form.paragraphs[0].runs[0].font.hidden = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:tooltip"), "{% set l = range(1000) | list %}")
    form.paragraphs[1]._p.append(link)
    assert told(tmp_path, form) == [("hidden", "body ¶1"), ("not_filled", "body ¶2")]


def test_a_number_that_the_first_page_does_not_show_is_none(tmp_path: Path) -> None:
    form = written("text", number=False)
    section = form.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = NUMBER
    assert told(tmp_path, form) == []
    section.different_first_page_header_footer = False
    assert told(tmp_path, form) == [("no_number", "the form")]


def test_what_the_form_should_print_and_does_not_is_listed(tmp_path: Path) -> None:
    found = reviewed(tmp_path, written("{{ 姓名 }} {{ 工号 }}{% for t in figures %}{{ t.actual }}{% endfor %}"))
    assert found.faults == ()
    assert ("case", "employee_name") not in found.unprinted
    assert ("indicators", "actual") not in found.unprinted
    assert {("case", "strengths"), ("interviews", "employee_comments")} <= set(found.unprinted)


def test_a_form_that_prints_no_number_is_refused_and_the_paper_id_is_enough(tmp_path: Path) -> None:
    assert told(tmp_path, written("text", number=False)) == [("no_number", "the form")]
    assert told(tmp_path, written("{{ 纸号 }}", number=False)) == []
    assert told(tmp_path, written("{% if number %}x{% endif %}", number=False)) == [("no_number", "the form")]
    hidden = written("{% if draft %}{{ number }}{% endif %}", number=False)
    assert "no_number" in refusal(lambda: filled(tmp_path, hidden)).en


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ 1 / 0 }}", "divided by zero"),
        ("{% for a in range(900) %}{% for b in range(900) %}{% endfor %}{% endfor %}", "does not come to an end"),
        (
            f"{ROWS}{{% for a in l %}}{{% for b in l %}}{{% for c in l %}}{{% endfor %}}{{% endfor %}}{{% endfor %}}",
            "to an end",
        ),
        ("{{ range(targets | length * 100000) | list }}", "too large a number"),
        ("{{ targets[99].name }}", "there is no 99"),
        ("{% if 面谈日期 > 岗位 %}{% endif %}", "a date can't be compared with text"),
        ("{{ targets[0].target_value + 1 }}", "an amount with its unit and a number can't be reckoned with +"),
        ("{{ 姓名 | truncate(1) }}", "three characters at least"),
        ("{{ picture(1) }}", "a picture is named by its file"),
        ("{{ rich() }}", "rich(…) has too few"),
        ("{% for a, b in targets %}{% endfor %}", "too many or too few values"),
        ("{{ range(1, 9, 0) }}", "steps of 0"),
        ("{{ targets | batch(1000000000, 'x') | list | length }}", "too large a number"),
        ("{{ rich(姓名, style='\"/><w:vanish/>') }}", "rich knows bold"),
        ("{{ rich(姓名, color='\"/><w:vanish/>') }}", "six digits"),
        ("{{ picture('logo.png', -5) }}", "400 mm"),
        ("{{ 1e308 * 10 }}", "too large to be printed"),
        (f"{GROWING.format('ns.s + ns.s')}", "numbers and amounts alone"),
        (f"{GROWING.format('[ns.s, ns.s] | join')}", "more than 100000 characters"),
        (f"{GROWING.format(REPLACED)}", "more than 100000 characters"),
        (
            "{% set ns = namespace(n=9) %}{% for i in range(99) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
            "numbers|too large",
        ),
    ],
)
def test_what_goes_wrong_while_filling_has_its_place(tmp_path: Path, text: str, reason: str) -> None:
    said = refusal(lambda: filled(tmp_path, written("before", text)))
    assert "body ¶2" in said.en
    assert any(one in said.en for one in reason.split("|"))


@pytest.mark.parametrize("span", ["0", "64", "姓名"])
def test_a_span_must_be_a_number_of_columns(tmp_path: Path, span: str) -> None:
    form = written()
    table(form, "a | b", f"{{% colspan {span} %}}x |")
    assert "table 1 row 2 cell 1" in refusal(lambda: filled(tmp_path, form)).en


def test_the_colour_of_a_cell_must_be_one(tmp_path: Path) -> None:
    form = written()
    table(form, "{% cellbg 姓名 %}x")
    assert "six digits" in refusal(lambda: filled(tmp_path, form)).en


def test_a_form_of_very_many_tags_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.wordforms.form.MOST_TAGS", 20)
    assert [one.kind for one in read(tmp_path, written("{{ 姓名 }}" * 20)).braces] == ["too_many"]  # and the number


def test_every_sentence_is_used_and_every_sentence_says_what_to_do_in_both_languages() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(sys.modules["docgen.wordforms"].__path__[0]).glob("*.py"))
    assert [kind for kind in SENTENCES if source.count(f'"{kind}"') < 2] == []
    assert [kind for kind, words in SENTENCES.items() if not any("\u4e00" <= one <= "\u9fff" for one in words.zh)] == [
        "picture",
        "failed",
    ]


HOSTILE = [
    "{% include '/etc/passwd' %}",
    "{{ cycler.__init__.__globals__.os.getcwd() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% for x in range(10**9) %}{% for y in range(10**9) %}{% endfor %}{% endfor %}",
    "{{ picture('/etc/passwd') }}",
    "{{ picture('..') }}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_form_reads_nothing_outside_and_connects_nowhere(tmp_path: Path, text: str) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    saved(tmp_path, written("{{ 姓名 }}"))
    filled(tmp_path, written("{{ 姓名 }}"))  # what is loaded once is loaded
    seen: list[str] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and (event.startswith(("socket.", "subprocess.", "os.system", "os.exec")) or event == "open"):
            name = str(arguments[0]) if arguments else ""
            if event != "open" or not (
                name.startswith((str(tmp_path), sys.prefix, sys.base_prefix)) or "docgen" in name
            ):
                seen.append(f"{event} {name}")

    watching = True
    sys.addaudithook(hook)
    try:
        refusal(lambda: filled(tmp_path, written(text)))
    finally:
        watching = False
    assert seen == []


def test_what_is_no_word_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, written("x"))
    path.write_bytes(b"no zip")
    assert "notes.docx" in refusal(lambda: read_form(path)).en


def test_what_a_merged_cell_would_not_show_is_told(tmp_path: Path) -> None:
    form = written()
    table(
        form,
        "{%tr for m in months %} | | ",
        "{% vm %}{{ m.month }} | {{ m.month }} | {% vm %}{{ months[0].month }}{% for i in m.indicators %}{% endfor %}",
        "{%tr endfor %} | | ",
    )
    assert told(tmp_path, form) == [("shown_once", "table 1 row 2 cell 1"), ("shown_once", "table 1 row 2 cell 3")]
