"""What is said of a company's Word file that is not taken: what is wrong with it, and what to do."""

from __future__ import annotations

from docgen.errors import TemplateError
from docgen.model.problems import Words

FAULTS: dict[str, tuple[Words, Words]] = {
    "missing": (
        Words("there is no such file.", "没有这个文件。"),
        Words("Check the name and the folder.", "请核对文件名和文件夹。"),
    ),
    "no_file": (
        Words("this is no ordinary file.", "这不是普通文件。"),
        Words("Put the .docx itself there.", "请放入 .docx 文件本身。"),
    ),
    "elsewhere": (
        Words("this leads out of the company's folder.", "该文件指向公司文件夹以外。"),
        Words("Put the .docx itself into the folder, not a link to it.", "请将 .docx 文件本身放入文件夹，不要用链接。"),
    ),
    "unreadable": (
        Words("this can't be read ({detail}).", "无法读取（{detail}）。"),
        Words(
            "Check that you may read it, and that no other program holds it.",
            "请确认您有读取权限，且文件未被其他程序占用。",
        ),
    ),
    "too_large": (
        Words("the file is larger than {detail} MiB.", "文件大于 {detail} MiB。"),
        Words(
            "Make its pictures smaller (Picture Format › Compress Pictures).",
            "请压缩其中的图片（图片格式 › 压缩图片）。",
        ),
    ),
    "doc": (
        Words("this is a file of Word 97–2003 (.doc).", "这是 Word 97–2003 的文件（.doc）。"),
        Words("Open it and save it as .docx.", "请打开后另存为 .docx。"),
    ),
    "encrypted": (
        Words("the file is protected with a password.", "文件有密码保护。"),
        Words("Save it without the password.", "请去掉密码后保存。"),
    ),
    "template": (
        Words("this is a Word template (.dotx), whatever its name says.", "无论文件名如何，这是 Word 模板（.dotx）。"),
        Words("Open it in Word and save it as .docx.", "请用 Word 打开后另存为 .docx。"),
    ),
    "macros": (
        Words("the file holds macros ({detail}).", "文件含有宏（{detail}）。"),
        Words("Save it as .docx, a Word document without macros.", "请另存为 .docx（不含宏的 Word 文档）。"),
    ),
    "no_zip": (
        Words("this is no .docx: it is no file of Word's at all.", "这不是 .docx，也不是任何 Word 文件。"),
        Words("Save the document in Word as .docx.", "请在 Word 中将文档另存为 .docx。"),
    ),
    "no_word": (
        Words("this is no Word document ({detail}).", "这不是 Word 文档（{detail}）。"),
        Words("Save the document in Word as .docx.", "请在 Word 中将文档另存为 .docx。"),
    ),
    "strict": (
        Words("this is a “Strict Open XML Document”.", "这是“Strict Open XML 文档”。"),
        Words("Save it as “Word Document (.docx)”.", "请另存为“Word 文档（.docx）”。"),
    ),
    "damaged": (
        Words("the file is damaged ({detail}).", "文件已损坏（{detail}）。"),
        Words("Open it in Word, let it be repaired, and save it anew.", "请用 Word 打开并修复，然后重新保存。"),
    ),
    "unsafe_names": (
        Words(
            "two of its parts have one name, or a name leads out of the file.",
            "文件中有重名的部件，或部件名指向文件之外。",
        ),
        Words("Open it in Word and save it anew.", "请用 Word 打开后重新保存。"),
    ),
    "swollen": (
        Words("it grows beyond measure when it is unpacked.", "文件解压后过大。"),
        Words(
            "Open it in Word and save it anew; make its pictures smaller.",
            "请用 Word 打开后重新保存，并压缩其中的图片。",
        ),
    ),
    "entities": (
        Words("one of its parts declares a document type (DOCTYPE).", "其中有部件声明了文档类型（DOCTYPE）。"),
        Words(
            "Word writes none: open the file in Word and save it anew.",
            "Word 不会写入此类声明：请用 Word 打开后重新保存。",
        ),
    ),
    "bad_xml": (
        Words("its part {detail} is no well-formed XML.", "其中的部件 {detail} 不是格式正确的 XML。"),
        Words("Open it in Word, let it be repaired, and save it anew.", "请用 Word 打开并修复，然后重新保存。"),
    ),
    "outside": (
        Words("it fetches something from outside: {detail}.", "文件引用了外部内容：{detail}。"),
        Words(
            "Put it into the file instead (pictures: Insert › Picture, not linked), or take it out.",
            "请将其嵌入文件（图片：插入 › 图片，不要链接），或将其删除。",
        ),
    ),
    "attached": (
        Words(
            "a template is attached to it ({detail}), which would be fetched.",
            "文件附加了模板（{detail}），打开时会读取。",
        ),
        Words(
            "In Word: Developer › Document Template › Attach… Normal.dotm; then save.",
            "请在 Word 中选择“开发工具 › 文档模板 › 选用”Normal.dotm，然后保存。",
        ),
    ),
    "link": (
        Words("a link leads to {detail}.", "超链接指向 {detail}。"),
        Words(
            "Links may begin with https:, http:, mailto: or tel:.", "超链接只能以 https:、http:、mailto: 或 tel: 开头。"
        ),
    ),
    "embedded": (
        Words("another file is embedded in it ({detail}).", "文件中嵌入了其他文件（{detail}）。"),
        Words("Take it out, or put a picture of it there.", "请将其删除，或改为图片。"),
    ),
    "field": (
        Words("a field reads another file or program: {detail}.", "有域读取其他文件或程序：{detail}。"),
        Words(
            "Select the field and press Ctrl+Shift+F9 to keep only its text.",
            "请选中该域并按 Ctrl+Shift+F9，只保留文字。",
        ),
    ),
    "picture_size": (
        Words("the picture {detail}.", "图片过大：{detail}。"),
        Words("Make it smaller (Picture Format › Compress Pictures).", "请将其缩小（图片格式 › 压缩图片）。"),
    ),
    "picture": (
        Words("the picture {detail} can't be read.", "无法读取图片 {detail}。"),
        Words("Put it in again as PNG or JPEG.", "请重新插入 PNG 或 JPEG 格式的图片。"),
    ),
}
"""By kind: what is wrong, and what to do; ``{detail}`` names the part, the address or the limit."""


def refuse(file: str, kind: str, detail: object = "") -> TemplateError:
    """The error that ``file`` is not taken, for the caller to raise."""
    what, cure = (words.filled(detail=detail) for words in FAULTS[kind])
    return refused(file, what, cure)


def refused(file: str, what: Words, cure: Words) -> TemplateError:
    """An error that says where, what and what to do."""
    return TemplateError(Words(f"{file}: {what.en} {cure.en}", f"{file}：{what.zh}{cure.zh}"))
