"""What people do in Word forms with docxtpl: each works, in the text, in tables, heads, feet and footnotes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt
from lxml import etree

from docgen.writers.word_xml import NAMESPACES
from tests.ooxml import schema_problems
from tests.sample_help import checked
from tests.wordforms.form_help import (
    CODES,
    filled,
    filled_bytes,
    kit_in,
    paper,
    picture,
    refusal,
    rows,
    saved,
    table,
    texts,
    told,
    written,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def own_problems(content: bytes, folder: Path) -> list[str]:
    """What the schemas say, but of what python-docx's own template leaves out."""
    return [one for one in schema_problems(content, folder) if "zoom" not in one]


def test_values_go_by_their_chinese_labels_by_labels_with_their_row_and_by_keys(tmp_path: Path) -> None:
    made = filled(tmp_path, written("{{ 姓名 }}|{{ 个案.姓名 }}|{{ case.employee_name }}|{{ employee_name }}"))
    assert texts(made) == ["王某|王某|王某|王某"]


def test_values_are_printed_as_the_language_writes_them(tmp_path: Path) -> None:
    said = texts(
        filled(tmp_path, written("{{ 面谈日期 }}，{{ 面谈类型 }}，{{ targets[0].target_value }}{{ 单位 }}"[:-8]))
    )
    assert said == ["2026年2月5日，月度面谈，150,000"]


def test_rows_of_a_table_are_repeated(tmp_path: Path) -> None:
    form = written()
    table(form, "指标 | 权重", "{%tr for t in 目标 %} |", "{{ t.指标 }} | {{ t.权重 }}", "{%tr endfor %} |")
    said = rows(filled(tmp_path, form))
    assert said == [
        ["指标", "权重"],
        ["半年销售额", "50"],
        ["产品知识测试成绩", "20"],
        ["独立完成选型的询价占比", "30"],
    ]


def test_paragraphs_are_repeated_and_left_out(tmp_path: Path) -> None:
    form = written(
        "{%p for t in targets %}", "{{ loop.index }}. {{ t.name }}", "{%p endfor %}",
        "{%p if targets | length > 9 %}", "many", "{%p else %}", "few", "{%p endif %}",
    )  # fmt: skip
    assert texts(filled(tmp_path, form)) == ["1. 半年销售额", "2. 产品知识测试成绩", "3. 独立完成选型的询价占比", "few"]


def test_what_a_loop_repeats_has_no_number_twice(tmp_path: Path) -> None:
    form = written("{%p for t in targets %}", "{{ t.name }}", "{%p endfor %}")
    inside = '<w:sdtPr><w:id w:val="9"/></w:sdtPr><w:sdtContent><w:r><w:t>!</w:t></w:r></w:sdtContent>'
    for tag in ('bookmarkStart w:id="5" w:name="b"/', 'bookmarkEnd w:id="5"/'):
        form.paragraphs[1]._p.append(parse_xml(f"<w:{tag[:-1]} {NAMESPACES}/>"))
    form.paragraphs[1]._p.append(parse_xml(f"<w:sdt {NAMESPACES}>{inside}</w:sdt>"))
    body = filled(tmp_path, form).element.body
    kinds = ("sdt", "id", "bookmarkStart", "bookmarkEnd")
    assert [len(list(body.iter(f"{W}{kind}"))) for kind in kinds] == [3, 1, 1, 1]


def test_conditions_stand_inside_a_paragraph(tmp_path: Path) -> None:
    said = texts(
        filled(tmp_path, written("进展：{% if 进展 == 'improved' %}好{% elif 进展 %}一般{% else %}未定{% endif %}"))
    )
    assert said[0].removeprefix("进展：") in ("好", "一般", "未定")


def test_a_tag_split_over_runs_is_healed(tmp_path: Path) -> None:
    form = written()
    paragraph = form.add_paragraph("姓名：{")
    for piece in ("{ 姓", "名", " }", "}。"):
        paragraph.add_run(piece).bold = piece == "名"
    assert texts(filled(tmp_path, form)) == ["姓名：王某。"]


def test_heads_feet_and_footnotes_are_filled(tmp_path: Path) -> None:
    form = written("text")
    section = form.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "{{ settings.company_name }}"
    section.footer.paragraphs[0].text = "{{ number }} {{ paper_id }}"
    section.first_page_footer.paragraphs[0].text = "{{ number }} {% for s in signers %}{{ s.name }} {% endfor %}"
    made = filled(tmp_path, form).sections[0]
    assert made.first_page_header.paragraphs[0].text == "上海鹭汀机电设备有限公司"
    assert made.header.paragraphs[0].text == "S1024-202601-N-2"
    assert made.footer.paragraphs[0].text.startswith("S1024-202601-N-2 ")
    assert made.first_page_footer.paragraphs[0].text == "S1024-202601-N-2 王某 李某 "


FOOTNOTES = (
    f'<w:footnotes {NAMESPACES}><w:footnote w:id="2"><w:p><w:r><w:t>见'
    "{{ 文</w:t></w:r><w:r><w:t>档编号 }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def with_footnote(form: WordDocument, xml: str) -> WordDocument:
    """``form`` with a footnote, which python-docx can't write."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), form.part.package)
    form.part.relate_to(part, RT.FOOTNOTES)
    return form


def test_footnotes_are_filled_and_faults_in_them_have_their_place(tmp_path: Path) -> None:
    content = filled_bytes(tmp_path, with_footnote(written("text"), FOOTNOTES))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/footnotes.xml"))
    assert "".join(one.text or "" for one in root.iter(f"{W}t")) == "见S1024-202601-N-2"
    for tag, kind in (("nobody", "unknown_name"), ("picture('logo.png')", "picture")):
        faulty = with_footnote(written("text"), FOOTNOTES.replace("文</w:t></w:r><w:r><w:t>档编号", tag))
        assert told(tmp_path, faulty) == [(kind, "footnote 2 ¶1")]


def test_a_text_box_is_filled_and_nothing_says_it_otherwise(tmp_path: Path) -> None:
    form = written("x")
    box = "<w:txbxContent><w:p><w:r><w:t>{{ 姓名 }}</w:t></w:r></w:p></w:txbxContent>"
    outer = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    other = box.replace("姓名", "工号")
    run = (
        f'<w:r {NAMESPACES} {outer}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{other}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    form.paragraphs[0]._p.append(parse_xml(run))
    made = filled(tmp_path, form)
    assert [one.text for one in made.element.body.iter(f"{W}t")] == ["x", "王某"]


def test_cells_are_merged_by_colspan_and_coloured(tmp_path: Path) -> None:
    form = written()
    table(form, "a | b | c", "{% colspan 2 %}{{ 姓名 }} | {% cellbg 'F2F2F2' %}x |")
    row = filled(tmp_path, form).tables[0]._tbl.tr_lst[1]
    assert [one.get(f"{W}val") for one in row.iter(f"{W}gridSpan")] == ["2"]
    assert [one.get(f"{W}fill") for one in row.iter(f"{W}shd")] == ["F2F2F2"]


def test_cells_of_a_loop_are_merged_downwards(tmp_path: Path) -> None:
    form = written()
    table(form, "{%tr for t in targets %} |", "{% vm %}目标 | {{ t.name }}", "{%tr endfor %} |")
    made = filled(tmp_path, form)
    assert [row[0] for row in rows(made)] == ["目标", "目标", "目标"]  # one cell for python-docx
    merged = [one.get(f"{W}val") for one in made.element.body.iter(f"{W}vMerge")]
    assert merged == ["restart", "continue", "continue"]


def test_cells_of_a_loop_are_merged_sideways(tmp_path: Path) -> None:
    form = written()
    table(form, "{%tc for t in targets %} | {% hm %}目标 | {%tc endfor %}", "a | b | c")
    made = filled(tmp_path, form)
    assert [one.get(f"{W}val") for one in made.element.body.iter(f"{W}gridSpan")] == ["3"]


def test_columns_are_repeated(tmp_path: Path) -> None:
    form = written()
    table(form, "指标 | {%tc for t in targets %} | {{ t.权重 }} | {%tc endfor %}")
    assert rows(filled(tmp_path, form)) == [["指标", "50", "20", "30"]]


def test_pictures_of_the_company_are_shown_with_a_text_to_be_read_aloud(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    form = written("{{ picture('logo.png', 30, alt='公司标志') }}")
    form.sections[0].footer.paragraphs[0].text = "{{ picture('logo.png', 10) }}"
    content = filled_bytes(tmp_path, form)
    made = docx.Document(io.BytesIO(content))
    assert [round(shape.width.mm) for shape in made.inline_shapes] == [30]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert 'descr="公司标志"' in archive.read("word/document.xml").decode()
        foot = next(name for name in archive.namelist() if name.startswith("word/footer"))
        assert "<wp:inline" in archive.read(foot).decode()
        assert any(name.startswith("word/media/") for name in archive.namelist())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nothing.png", "there is no picture nothing.png"),
        ("../secret.png", "without a folder"),
        ("/etc/passwd", "without a folder"),
        ("logo.svg", "takes .png and .jpg"),
        ("damaged.png", "can't be read as a picture"),
    ],
)
def test_no_other_file_is_taken_for_a_picture(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "damaged.png").write_bytes(b"no picture")
    said = refusal(lambda: filled(tmp_path, written("first", f"{{{{ picture('{name}', 30) }}}}")))
    assert "body ¶2" in said.en
    assert reason in said.en


def test_rich_text_has_a_look_of_its_own(tmp_path: Path) -> None:
    made = filled(tmp_path, written("a {{r rich(姓名, bold=true, color='C00000') }} b"))
    run = next(run for run in made.paragraphs[0].runs if run.text == "王某")
    assert run.bold
    assert str(run.font.color.rgb) == "C00000"


def test_a_look_of_its_own_and_a_picture_leave_the_look_of_their_line(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    form = written()
    for text in ("a {{r rich(员工自述, bold=true, size=20) }} b", "a {{ picture('logo.png', 9) }} b"):
        form.add_paragraph().add_run(text).font.size = Pt(7)
    content = filled_bytes(tmp_path, form, change={"employee_words": "一\t二"})
    rich, shown = docx.Document(io.BytesIO(content)).paragraphs
    assert [(run.text, run.font.size.pt, run.bold) for run in rich.runs if run.text and run.font.size] == [
        ("a ", 7, None), ("一", 20, True), ("\t", 20, True), ("二", 20, True), (" b", 7, None)
    ]  # fmt: skip
    assert [run.font.size.pt for run in shown.runs if run.text and run.font.size] == [7, 7]
    assert own_problems(content, tmp_path) == []


def test_signs_that_join_paragraphs_lose_nothing(tmp_path: Path) -> None:
    form = written("before")
    form.add_picture(io.BytesIO(picture()))
    form.add_paragraph("{%- if 姓名 %}x{% endif %}")
    made = filled(tmp_path, form)
    assert (texts(made), len(made.inline_shapes), len(made.paragraphs)) == (["before", "x"], 1, 2)
    cells = written()
    table(cells, "a | {%- if 姓名 %}x{% endif %} | b")
    assert told(tmp_path, cells) == [("nothing_to_join", "table 1 row 1 cell 2")]


def test_what_is_no_text_is_not_lost_with_a_tag_beside_it(tmp_path: Path) -> None:
    form = written("{%p if 姓名 %}", "x", "{%p endif %}")
    form.paragraphs[0].add_run().add_picture(io.BytesIO(picture()))
    form.paragraphs[2].add_run().add_break(WD_BREAK.PAGE)
    assert told(tmp_path, form) == [("paragraph_beside", "body ¶1"), ("paragraph_beside", "body ¶3")]


def test_a_fixed_height_of_a_row_may_grow_with_what_is_filled_in(tmp_path: Path) -> None:
    form = written()
    row = table(form, "{{ 姓名 }}", "fixed").rows
    for one in row:
        one.height_rule, one.height = WD_ROW_HEIGHT_RULE.EXACTLY, Pt(12)
    assert [one.height_rule for one in filled(tmp_path, form).tables[0].rows] == [
        WD_ROW_HEIGHT_RULE.AT_LEAST, WD_ROW_HEIGHT_RULE.EXACTLY
    ]  # fmt: skip


def test_a_table_in_a_table_leaves_the_outer_columns_and_one_without_columns_has_them(tmp_path: Path) -> None:
    form = written()
    outer = table(form, "a | {{ 姓名 }}")
    outer.cell(0, 1).add_table(rows=1, cols=5)
    widths = [one.get(f"{W}w") for one in outer._tbl.tblGrid]
    bare = table(form, "a | {{ 姓名 }}")
    bare._tbl.remove(bare._tbl.tblGrid)
    made = filled(tmp_path, form).tables
    assert [one.get(f"{W}w") for one in made[0]._tbl.tblGrid] == widths
    assert len(made[1]._tbl.tblGrid) == 2


def test_a_content_control_shows_what_was_filled_in(tmp_path: Path) -> None:
    form = written("x")
    form.paragraphs[0]._p.append(
        parse_xml(
            f'<w:sdt {NAMESPACES}><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{{1}}"/><w:text/></w:sdtPr>'
            "<w:sdtContent><w:r><w:t>{{ 姓名 }}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    body = filled(tmp_path, form).element.body
    assert [one.text for one in body.iter(f"{W}t")] == ["x", "王某"]
    assert list(body.iter(f"{W}dataBinding")) == []


def test_plain_text_that_looks_like_markup_stays_as_it_is(tmp_path: Path) -> None:
    said = "A &amp; B http://x/?a=1&copy=2 {_{ x }_}"
    assert texts(filled(tmp_path, written(said, "{{ 'R&D' }} {{ 面谈日期.year }}"))) == [said, "R&D 2026"]


def test_lists_are_printed_in_a_line_and_grouped(tmp_path: Path) -> None:
    form = written(
        "{{ 目标 | map(attribute='指标') }}",
        "{{ 目标 | join('/', '目标值.number') }}",
        "{% for way, rows in 目标 | groupby('方向') %}{{ way }}：{{ rows | sum('权重') }}{% endfor %}",
    )
    names = "半年销售额；产品知识测试成绩；独立完成选型的询价占比"
    assert texts(filled(tmp_path, form)) == [names, "150,000/90/80", "越高越好：100"]


def test_sentences_of_the_wording_may_be_used(tmp_path: Path) -> None:
    assert texts(filled(tmp_path, written("{{ say('notes.confirmation') }}")))[0].strip()


def test_a_line_break_of_a_value_is_one_in_word(tmp_path: Path) -> None:
    made = filled(tmp_path, written("{{ 员工自述 }}"), change={"employee_words": "一\n二\r\n三"})
    assert made.paragraphs[0].text == "一\n二\n三"
    assert len(made.element.body.findall(f".//{W}br")) == 2


@pytest.mark.parametrize(
    "value",
    [
        "Smith & Sons",
        "salary < 500",
        "a </w:body> b",
        "a {_{ b }_} {_% c %_}",
        "{{ 7*7 }}",
        "{% raw %}",
        "“x” 'y' \"z\"",
    ],
)
def test_no_text_of_a_value_is_taken_for_markup_or_lost(tmp_path: Path, value: str) -> None:
    assert texts(filled(tmp_path, written("[{{ 员工自述 }}]"), change={"employee_words": value})) == [f"[{value}]"]


@pytest.mark.parametrize("value", ["a\ud800b", "a\x07b", "a\x0cb", "a\x00b", "a\ufffeb", "a\ufdd0b\ufdd2"])
def test_signs_that_word_cannot_hold_are_left_out_and_nothing_else(tmp_path: Path, value: str) -> None:
    assert texts(filled(tmp_path, written("[{{ 员工自述 }}] behind"), change={"employee_words": value})) == [
        "[ab] behind"
    ]


def test_docgen_writes_the_properties_and_nothing_in_those_of_the_form_is_run(tmp_path: Path) -> None:
    form = written("text")
    form.core_properties.title = "{{ ''.__class__ }} {{ nobody_knows }}"
    form.core_properties.comments = "{% for x in range(10**9) %}{% endfor %}"
    properties = filled(tmp_path, form).core_properties
    assert (properties.title, properties.author, properties.comments) == ("绩效面谈记录", "某公司", "")
    assert properties.identifier == "abc123"


def test_a_draft_shows_what_is_missing_in_red(tmp_path: Path) -> None:
    from docgen.model.case import Gap

    gap = Gap("interviews.place", ("interviews", 1, "place"))
    made = filled(tmp_path, written("地点：{{ 面谈地点 }}。"), mode="draft", change={"place": gap})
    red = [run.text for run in made.paragraphs[0].runs if run.font.color.rgb is not None]
    assert (made.paragraphs[0].text, red) == ("地点：[面谈地点]。", ["[面谈地点]"])


def test_a_blank_form_has_lines_where_something_is_missing(tmp_path: Path) -> None:
    from docgen.model.case import Gap

    gap = Gap("interviews.place", ("interviews", 1, "place"))
    made = filled(tmp_path, written("地点：{{ 面谈地点 }}"), mode="blank", change={"place": gap})
    assert "____" in made.paragraphs[0].text


def test_emptied_tables_and_cells_leave_a_file_that_word_opens(tmp_path: Path) -> None:
    form = written()
    table(form, "{%tr for row in figures if row.weight == 999 %}", "{{ row.name }}", "{%tr endfor %}")
    table(form, "a | b").cell(0, 0).text = "{%p if false %}"
    cell = form.tables[1].cell(0, 0)
    cell.add_paragraph("gone")
    cell.add_paragraph("{%p endif %}")
    content = filled_bytes(tmp_path, form, codes=CODES)
    made = docx.Document(io.BytesIO(content))
    assert len(made.tables) == 1
    assert rows(made) == [["", "b"]]
    assert own_problems(content, tmp_path) == []


def test_the_code_hangs_in_every_head_and_one_is_made_where_there_is_none(tmp_path: Path) -> None:
    form = written("one {{ number }}", number=False)
    form.sections[0].different_first_page_header_footer = True
    form.add_section().footer.is_linked_to_previous = False
    content = filled_bytes(tmp_path, form, codes=CODES)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
        heads = [etree.fromstring(archive.read(name)) for name in archive.namelist() if "word/docgen-head-" in name]
    assert [len(head.findall(f".//{W}drawing")) for head in heads] == [1, 1]
    assert [one for one in relations if b":Relationship" in one] == []  # LibreOffice would refuse the file
    made = docx.Document(io.BytesIO(content)).sections[0]
    assert made.header._element is not None
    assert made.first_page_header._element is not None
    assert own_problems(content, tmp_path) == []


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    form = written("{{ 姓名 }}")
    assert filled_bytes(tmp_path, form, codes=CODES) == filled_bytes(tmp_path, form, codes=CODES)


def test_the_form_of_the_language_comes_before_the_one_for_all(tmp_path: Path) -> None:
    from docgen.wordforms.form import form_file

    saved(tmp_path, written("all"))
    assert form_file([tmp_path / "templates"], "notes", "zh") == tmp_path / "templates" / "notes.docx"
    saved(tmp_path, written("zh"), "notes.zh")
    assert form_file([tmp_path / "templates"], "notes", "zh") == tmp_path / "templates" / "notes.zh.docx"
    assert form_file([tmp_path / "templates"], "notes", "en") == tmp_path / "templates" / "notes.docx"
    assert form_file([tmp_path / "templates"], "plan", "en") is None


def test_every_name_of_a_document_is_known(tmp_path: Path) -> None:
    from docgen.layout.context import Stamp, context
    from docgen.wordforms.environment import FUNCTIONS
    from docgen.wordforms.names import Known, names_of

    unknown: set[str] = set()

    def compare(value: Any, known: Known, path: str) -> None:
        if known.shape == "anything":
            return
        if isinstance(value, dict):
            for key, inner in value.items():
                below = known.below.get(key)
                if below is None:
                    unknown.add(f"{path}.{key}")
                else:
                    compare(inner, below, f"{path}.{key}")
        elif isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
            for one in value:
                compare(one, known, path)

    kit = kit_in(tmp_path)
    for form in kit.definitions.forms:
        if form in checked().forms:
            of = paper(form)
            names = context(of.case, of.form, of.row, kit.settings, Stamp("", 1, None), kit.definitions, "final")
            del names["letterhead"]  # a Word form has its own
            known = names_of(of.form, kit.definitions)
            compare(names, known, form)
            assert not FUNCTIONS & (known.below.keys() | known.spelled.keys())  # a value would hide the function
    assert unknown == set()


def test_a_choice_is_compared_by_its_code_or_by_what_it_is_called(tmp_path: Path) -> None:
    conditions = (
        "目标[0].目标值.number == 150000",
        "面谈类型 == '月度面谈'",
        "面谈类型 == 'Monthly' and 面谈类型 == 'monthly'",
        "not 面谈类型 != '月度面谈'",
        "'月度面谈' == 面谈类型",
        "面谈类型 in ['期末面谈', '月度面谈'] and 面谈类型 not in ['期末面谈']",
        "面谈类型 is eq '月度面谈'",
        "目标 | selectattr('方向', 'in', ['越高越好']) | list | length == 3",
        "interviews | map(attribute='type') | select('eq', '月度面谈') | list | length == 1",
        "签字人 | selectattr('role', 'eq', 'Employee') | list | length == 1",
        "语言 == '中文'",
    )
    form = written(*(f"{{% if {one} %}}yes{{% else %}}{one}{{% endif %}}" for one in conditions))
    assert texts(filled(tmp_path, form)) == ["yes"] * len(conditions)
