"""Make the Word form of the sample company: its own 绩效面谈记录表, as its HR would have drawn it with Word.

    python -m samples.make_company_form

It writes ``samples/company/templates/notes.zh.docx``, the same bytes each time. The tags are those that a person types.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from samples.make_company import steady

FORM = Path(__file__).resolve().parent / "company" / "templates" / "notes.zh.docx"
WIDTHS = (24, 30, 24, 36, 22, 34)
TINT, GREY, LINE = "E8F0EC", RGBColor(0x59, 0x63, 0x5E), "9BB0A5"
SONG, HEI = "宋体", "黑体"

TYPED, WRITTEN, SIGNED_IN = 6.4, 7.0, 8.5
"""Millimetres of a row's height; a hand needs more."""
Cells = list[tuple[str, int]]
"""Texts with the columns they span; ``#`` begins a label, ``=`` a heading, ``>`` what stands right."""

FACTS: list[Cells] = [
    [("#姓名", 1), ("{{ 姓名 }}", 1), ("#工号", 1), ("{{ 工号 }}", 1), ("#部门", 1), ("{{ 部门 }}", 1)],
    [("#岗位", 1), ("{{ 岗位 }}", 1), ("#部门负责人", 1), ("{{ 部门负责人 }}", 1), ("#个案编号", 1), ("{{ 编号 }}", 1)],
    [
        ("#面谈类型", 1),
        ("{{ 面谈类型 }}", 1),
        ("#面谈日期", 1),
        ("{{ 面谈日期 }}", 1),
        ("#起止时间", 1),
        ("{{ 起止时间 }}", 1),
    ],
    [("#面谈地点", 1), ("{{ 面谈地点 }}", 1), ("#面谈人", 1), ("{{ 面谈人 }}", 1), ("#记录人", 1), ("{{ 记录人 }}", 1)],
    [("{%tr if 面谈性质 or 陪同人 or 已告知可由他人陪同 or 材料送达日期 or not 已面谈 %}", 6)],
    [
        ("#面谈性质", 1),
        ("{{ 面谈性质 }}", 1),
        ("#陪同人", 1),
        (
            "{% if 陪同人 %}{{ 陪同人 }}{% elif 已告知可由他人陪同 %}已告知可陪同：{{ 已告知可由他人陪同 }}{% endif %}",
            1,
        ),
        ("#资料送达", 1),
        ("{{ 材料送达日期 }}", 1),
    ],
    [("{%tr endif %}", 6)],
]
RESULTS: list[Cells] = [
    [("{%tr if 指标结果 %}", 6)],
    [("=目标完成情况{% if 结果月份 %}（{{ 结果月份 }}）{% endif %}", 6)],
    [("#指标", 2), ("#>目标", 1), ("#>实际", 1), ("#>完成率%", 1), ("#状态", 1)],
    [("{%tr for 行 in 指标结果 %}", 6)],
    [
        ("{{ 行.指标 }}{% if 行.单位 %}（{{ 行.单位 }}）{% endif %}{% if 行.权重 %}\n权重 {{ 行.权重 }}{% endif %}", 2),
        (">{{ 行.本月目标 | bare(行.单位) }}", 1),
        (">{% if 行.实际值 is present %}{{ 行.实际值 | bare(行.单位) }}{% else %}无数据{% endif %}", 1),
        (">{{ 行.完成率 }}", 1),
        ("{{ 行.状态 }}", 1),
    ],
    [("{%tr endfor %}", 6)],
    [("{%tr if 总完成率 is present %}", 6)],
    [("#加权完成率%", 4), (">{{ 总完成率 }}", 1), ("", 1)],
    [("{%tr endif %}", 6)],
    [("{%tr endif %}", 6)],
]
AGREED: list[Cells] = [
    [("{%tr if 结转措施 or (上次面谈 and 上次面谈.约定行动) %}", 6)],
    [("=上次约定的落实", 6)],
    [("#措施或约定", 3), ("#完成时间", 1), ("#结转次数", 1), ("#完成情况", 1)],
    [("{%tr for 行 in 结转措施 %}", 6)],
    [("{{ 行.做什么 }}", 3), ("{{ 行.完成时间 }}", 1), (">{{ 行.结转次数 }}", 1), ("{{ 行.完成情况 }}", 1)],
    [("{%tr endfor %}", 6)],
    [("{%tr if 上次面谈 %}", 6)],
    [("{%tr for 行 in 上次面谈.约定行动 %}", 6)],
    [("{{ 行.行动 }}（{{ 行.责任人 }}）", 3), ("{{ 行.完成时间 }}", 1), ("", 1), ("{{ 行.完成情况 }}", 1)],
    [("{%tr endfor %}", 6)],
    [("{%tr endif %}", 6)],
    [("{%tr endif %}", 6)],
]
TALK: list[Cells] = [
    [("=面谈内容", 6)],
    [
        ("#做得好的方面", 1),
        ("{% if 做得好的方面 %}{{ 做得好的方面 }}{% elif not 已面谈 %}{{ 成绩与优点 }}{% endif %}", 5),
    ],
    [("#员工自述", 1), ("{{ 员工自述 }}", 5)],
    [("#事实与差距", 1), ("{{ 事实与差距 }}", 5)],
    [("#原因|", 1), ("#员工认为", 1), ("{{ 员工认为的原因 }}", 4)],
    [("|", 1), ("#主管认为", 1), ("{{ 主管认为的原因 }}", 4)],
    [
        ("#支持|", 1),
        ("#到期支持", 1),
        (
            "{% for 项 in 到期支持 %}{{ 项.支持内容 }}（{{ 项.提供人 }}，{{ 项.提供时间 }}）兑现：☐ 是　☐ 否"
            "{% if not loop.last %}；{% endif %}{% endfor %}",
            4,
        ),
    ],
    [("|", 1), ("#员工希望", 1), ("{{ 员工希望的支持 }}", 4)],
    [("|", 1), ("#主管承诺", 1), ("{{ 主管承诺的支持 }}", 4)],
    [("#培训与意愿", 1), ("{{ 培训需求 }}{% if 培训需求 and 职业意愿 %}；{% endif %}{{ 职业意愿 }}", 5)],
    [("#员工意见", 1), ("{{ 员工意见 }}{% if 分歧事项 %}（不同看法：{{ 分歧事项 }}）{% endif %}", 5)],
    [
        ("#进展", 1),
        (
            "{{ '☑' if 进展 == 'improved' else '☐' }} 有进步　{{ '☑' if 进展 == 'steady' else '☐' }} 持平　"
            "{{ '☑' if 进展 == 'declined' else '☐' }} 退步"
            "{% if 应保持的做法 %}　　应保持的做法：{{ 应保持的做法 }}{% endif %}",
            5,
        ),
    ],
    [("{%tr if 面谈类型 == 'final' %}", 6)],
    [("#最终结果", 1), ("{{ 最终结果 }}", 2), ("#后续安排", 1), ("{{ 后续措施 }}", 2)],
    [("{%tr endif %}", 6)],
]
ACTIONS: list[Cells] = [
    [("=约定事项", 6)],
    [("#序号", 1), ("#事项", 3), ("#责任人", 1), ("#完成时间", 1)],
    [("{%tr for 行 in 约定行动 %}", 6)],
    [("{{ loop.index }}", 1), ("{{ 行.行动 }}", 3), ("{{ 行.责任人 }}", 1), ("{{ 行.完成时间 }}", 1)],
    [("{%tr else %}", 6)],
    [("1", 1), ("", 3), ("", 1), ("", 1)],
    [("2", 1), ("", 3), ("", 1), ("", 1)],
    [("{%tr endfor %}", 6)],
    [("#下次面谈日期", 1), ("{{ 下次面谈日期 }}", 5)],
]
SIGNED: list[Cells] = [
    [("=确认与签字", 6)],
    [("{{ say('notes.confirmation') }}{% if 更正 %} 更正：{{ 更正 }}{% endif %}", 6)],
    [("{%tr for 人 in 签字人 %}", 6)],
    [("#{{ 人.角色 }}", 1), ("{{ 人.姓名 }}", 1), ("#签字", 1), ("", 1), ("#日期", 1), ("", 1)],
    [("{%tr endfor %}", 6)],
]

BY_HAND = TALK[1:-4] + ACTIONS[5:7]


def main() -> None:
    """Write the form."""
    form = docx.Document()
    _page(form)
    _head_and_foot(form)
    _title(form)
    _grid(form, FACTS + RESULTS + AGREED + TALK)
    for lines in (ACTIONS, SIGNED):  # who signs sees above it what was agreed
        gap = form.add_paragraph().paragraph_format
        gap.line_spacing, gap.keep_with_next = Pt(5), lines is SIGNED
        _grid(form, lines, keep=True)
    properties = form.core_properties
    properties.author, properties.title, properties.comments = "青禾仪器有限公司", "绩效面谈记录表", ""
    properties.created = properties.modified = datetime(2026, 1, 5)
    FORM.parent.mkdir(parents=True, exist_ok=True)
    FORM.write_bytes(steady(form))


def _page(form: Any) -> None:
    section = form.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(26), Mm(24)
    section.left_margin = section.right_margin = Mm(20)
    section.header_distance, section.footer_distance = Mm(12), Mm(10)
    _font(form.styles["Normal"].font, SONG, 10)
    form.styles["Normal"].paragraph_format.space_after = Pt(0)
    form.styles["Normal"].element.rPr.append(_language())


def _language() -> Any:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    return language


def _head_and_foot(form: Any) -> None:
    """Both keep clear of the page codes at the right edge."""
    section = form.sections[0]
    head = section.header.paragraphs[0]
    _say(head, "{{ settings.company_name }}　绩效管理表单　编号 {{ 文档编号 }}", 8.5, GREY)
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.right_indent = Mm(25)
    issued = "{% if 签发日期 %}　{{ 签发日期 }}{% endif %}"
    _say(foot, f"{{{{ 保密级别 }}}}　{{{{ 文档编号 }}}} 第{{{{ 版次 }}}}版{issued}　纸号 {{{{ 纸号 }}}}　第", 8.5, GREY)
    _field(foot, "PAGE")
    _say(foot, "页，共", 8.5, GREY)
    _field(foot, "NUMPAGES")
    _say(foot, "页", 8.5, GREY)


def _title(form: Any) -> None:
    title = form.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(4)
    _say(title, "绩效面谈记录表", 18, None, HEI, bold=True)
    form.add_paragraph("{%p if 修订说明 %}")
    _say(form.add_paragraph(), "{{ say('revision_notice') }}", 9, GREY)
    form.add_paragraph("{%p endif %}")
    form.add_paragraph("{%p if 文号 %}")
    _say(form.add_paragraph(), "文号：{{ 文号 }}", 9, GREY)
    form.add_paragraph("{%p endif %}")


def _grid(form: Any, lines: list[Cells], *, keep: bool = False) -> None:
    table = form.add_table(rows=len(lines), cols=len(WIDTHS))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _lines(table)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    above: Any = None
    for row, cells in zip(table.rows, lines, strict=True):
        height = SIGNED_IN if cells in SIGNED[1:] else WRITTEN if cells in BY_HAND else TYPED
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(height)
        _whole(row)
        column = 0
        for text, span in cells:
            cell = row.cells[column]
            cell.width = Mm(sum(WIDTHS[column : column + span]))
            if span > 1:
                cell = cell.merge(row.cells[column + span - 1])
            if text == "|" and above is not None:
                cell = above.merge(cell)
            elif text.endswith("|"):
                above = cell
            _fill(cell, text.removesuffix("|") if text != "|" else "")
            cell.paragraphs[0].paragraph_format.keep_with_next = keep or text.startswith("=")
            column += span


def _fill(cell: Any, text: str) -> None:
    paragraph = cell.paragraphs[0]
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    if text.startswith("="):
        _shade(cell)
        _say(paragraph, text[1:], 10, None, HEI, bold=True)
    elif text.startswith("#"):
        if text.startswith("#>"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _say(paragraph, text[1:].removeprefix(">"), 9.5, GREY)
    elif text.startswith(">"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _say(paragraph, text[1:], 10)
    elif text:
        _say(paragraph, text, 10)


def _say(
    paragraph: Any, text: str, size: float, colour: RGBColor | None = None, font: str = SONG, *, bold: bool = False
) -> None:
    run = paragraph.add_run(text)
    _font(run.font, font, size)
    run.bold = bold
    if colour is not None:
        run.font.color.rgb = colour


def _font(font: Any, name: str, size: float) -> None:
    font.name, font.size = "Arial", Pt(size)
    font.element.rPr.rFonts.set(qn("w:eastAsia"), name)


def _field(paragraph: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("end", "")):
        run = paragraph.add_run()
        _font(run.font, SONG, 8.5)
        run.font.color.rgb = GREY
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", TINT)):
        shade.set(qn(f"w:{name}"), value)
    properties = cell._tc.get_or_add_tcPr()
    before = properties.find(qn("w:vAlign"))
    if before is None:
        properties.append(shade)
    else:
        before.addprevious(shade)


def _whole(row: Any) -> None:
    """No row breaks over the end of a page."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _lines(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        properties.append(borders)
    else:
        layout.addprevious(borders)


if __name__ == "__main__":
    main()
