"""What is said of a letterhead that docgen can't print on: where it is, why not, and what to do."""

from __future__ import annotations

from docgen.errors import TemplateError
from docgen.model.problems import Words
from docgen.writers.given_faults import refused

PLACES = {
    ("header", "first"): Words("first-page header", "首页页眉"),
    ("header", "default"): Words("header", "页眉"),
    ("footer", "first"): Words("first-page footer", "首页页脚"),
    ("footer", "default"): Words("footer", "页脚"),
    ("body", ""): Words("body", "正文"),
}
"""What the parts of a letterhead are called."""

FAULTS: dict[str, tuple[Words, Words]] = {
    "sections": (
        Words("it has several sections.", "含有多个分节。"),
        Words(
            "Take out the section breaks (Layout › Breaks): one section is enough.",
            "请删除分节符（布局 › 分隔符），只保留一节。",
        ),
    ),
    "even": (
        Words("even pages have a header or footer of their own.", "偶数页有单独的页眉或页脚。"),
        Words(
            "Switch off “Different Odd & Even Pages”: what each page must carry would stand on half of them.",
            "请在“页眉和页脚”中取消“奇偶页不同”，否则每页必须有的内容只会出现在一半的页上。",
        ),
    ),
    "columns": (
        Words("its text runs in several columns.", "正文分为多栏。"),
        Words("Set one column (Layout › Columns).", "请设为一栏（布局 › 栏）。"),
    ),
    "direction": (
        Words("its text runs from top to bottom or from right to left.", "正文为竖排或从右向左排列。"),
        Words("Set horizontal text from left to right.", "请设为从左到右横排。"),
    ),
    "page_border": (
        Words("it has a page border, which would run through the page codes.", "带有页面边框，会与页面二维码重叠。"),
        Words(
            "Take the border out (Design › Page Borders), or do without codes on Word pages (word_code: no).",
            "请删除页面边框（设计 › 页面边框）；或设置 word_code: no，Word 页面不带二维码。",
        ),
    ),
    "narrow": (
        Words("its margins leave {detail} mm for the text.", "页边距只给正文留出 {detail} 毫米宽。"),
        Words("Forms need at least 130 mm: make the margins narrower.", "表格至少需要 130 毫米，请减小页边距。"),
    ),
    "low": (
        Words("its margins leave {detail} mm of height for the text.", "页边距只给正文留出 {detail} 毫米高。"),
        Words("Forms need at least 100 mm: make the margins smaller.", "表格至少需要 100 毫米高，请减小页边距。"),
    ),
    "large": (
        Words(
            "its page is {detail} mm; Word knows paper of at most {most} mm.",
            "页面为 {detail} 毫米，而 Word 的纸张边长最多 {most} 毫米。",
        ),
        Words("Set the paper's size (Layout › Size).", "请设置纸张大小（布局 › 纸张大小）。"),
    ),
    "beyond": (
        Words("a margin at the side is below zero.", "左右页边距小于零。"),
        Words("Set margins within the page (Layout › Margins).", "请将页边距设在页面之内（布局 › 页边距）。"),
    ),
    "crowded": (
        Words(
            "it leaves {detail} mm of a landscape page's height for the text, or less.",
            "横向页面只剩 {detail} 毫米或更少的高度给正文。",
        ),
        Words(
            "Make its pictures lower or take lines out; a picture of a whole page belongs behind the text.",
            "请缩小其中的图片或删减文字；整页图片应设为衬于文字下方。",
        ),
    ),
    "lost_field": (
        Words(
            "the field {detail} takes its text from another place of that file, or from the computer that opens it.",
            "{detail} 域的内容取自该文件的其他位置或打开文件的电脑。",
        ),
        Words(
            "It would show an error or another text in a letter: select it and press Ctrl+Shift+F9 to keep its text.",
            "在信件中会显示错误或其他内容：请选中该域并按 Ctrl+Shift+F9，只保留文字。",
        ),
    ),
    "lost_part": (
        Words("the section names a header or footer that isn't in the file.", "节中引用的页眉或页脚不在文件中。"),
        Words("Open it in Word, let it be repaired, and save it anew.", "请用 Word 打开并修复，然后重新保存。"),
    ),
    "measure": (
        Words("a measure of its page can't be read ({detail}).", "页面的尺寸无法读取（{detail}）。"),
        Words("Set paper size and margins in Word and save it anew.", "请在 Word 中设置纸张和页边距后重新保存。"),
    ),
    "long": (
        Words("this is too long for a letterhead.", "内容过长，不适合作为信笺。"),
        Words("Leave only what stands on each letter.", "请只保留每封信上都有的内容。"),
    ),
    "changes": (
        Words("it holds tracked changes.", "含有修订标记。"),
        Words("Accept or reject all of them (Review › Accept).", "请全部接受或拒绝（审阅 › 接受）。"),
    ),
    "notes": (
        Words("it has a footnote or endnote.", "含有脚注或尾注。"),
        Words("Write it as ordinary text.", "请改为普通文字。"),
    ),
    "date": (
        Words(
            "a {detail} field would show another date each time the file is opened.",
            "{detail} 域在每次打开文件时会显示不同的日期。",
        ),
        Words("Take it out: docgen prints the date of issue.", "请将其删除：docgen 会打印签发日期。"),
    ),
    "over_code": (
        Words(
            "{detail} lies over the field of the page code at the {field} ({size:g} × {size:g} mm).",
            "{detail} 与{field}的页面二维码区域（{size:g} × {size:g} 毫米）重叠。",
        ),
        Words(
            "Move it to the left, or make it smaller; or do without codes on Word pages (word_code: no).",
            "请将其左移或缩小；或在 docgen.yaml 中设置 word_code: no，Word 页面不带二维码。",
        ),
    ),
    "anywhere": (
        Words(
            "{detail} may lie over a field of the page codes; where it will lie can't be told ({field}).",
            "{detail} 可能与页面二维码区域重叠，其位置无法确定（{field}）。",
        ),
        Words(
            "Set its position from the page or the margin, or put it in line with the text.",
            "请将其位置设为相对于页面或页边距，或设为嵌入型。",
        ),
    ),
    "placeholder": (
        Words("“{detail}” is unknown{near}", "“{detail}”无法识别{near}"),
        Words("", ""),
    ),
    "twice": (
        Words("“[[ {detail} ]]” stands there twice.", "“[[ {detail} ]]”出现了两次。"),
        Words("Leave one of them.", "请只保留一处。"),
    ),
    "not_alone": (
        Words(
            "“[[ {detail} ]]” stands beside other text or a picture, or in a table, a text box or a content control.",
            "“[[ {detail} ]]”与其他文字或图片同段，或位于表格、文本框或内容控件中。",
        ),
        Words(
            "Give it a paragraph of its own, outside of these; a picture is to hang on another paragraph.",
            "请让它单独成段，并放在这些对象之外；图片请锚定到其他段落。",
        ),
    ),
    "misplaced": (
        Words("“[[ {detail} ]]” does not belong here.", "“[[ {detail} ]]”不应出现在这里。"),
        Words(
            "[[ document ]] goes into the body, [[ head ]] into a header, [[ foot ]] into a footer.",
            "[[ 文档 ]] 放在正文中，[[ 页眉 ]] 放在页眉中，[[ 页脚 ]] 放在页脚中。",
        ),
    ),
}
"""By kind: what is wrong, and what to do."""


def refuse(file: str, kind: str, place: Words | None = None, **details: object) -> TemplateError:
    """The error that the letterhead ``file`` is not taken, for the caller to raise.

    Args:
        place: the part of it, one of PLACES; None where it is the page as a whole.
        details: what the words of ``kind`` name.
    """
    what, cure = (words.filled(**details) for words in FAULTS[kind])
    if place:
        what = Words(f"{place.en}: {what.en}", f"{place.zh}：{what.zh}")
    return refused(file, what, cure)
