"""Files are read whole, or it is told why not; what is wrong with a file as a whole is a Problem like any other."""

from __future__ import annotations

from pathlib import Path

from docgen.marked_yaml import MAX_BYTES, Marked, YamlError, YamlFault, load_marked
from docgen.model.problems import Path as DataPath
from docgen.model.problems import Position, Problem, Severity, Words

CODE = "E100"
# What begins so is a workbook, a document or a picture, whatever its name says.
OTHER_FORMATS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")

# kind: message in English and Chinese, cure in English and Chinese
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "missing_file": (
        "There is no file or folder of this name.",
        "没有此名称的文件或文件夹。",
        "Check the name and the folder you are in.",
        "请核对名称和当前所在的文件夹。",
    ),
    "no_cases": (
        "The folder holds no case (no workbook and no .yaml or .yml file besides settings).",
        "文件夹中没有个案（没有工作簿，除设置外也没有 .yaml 或 .yml 文件）。",
        "Name the folder that the cases are in, or a file.",
        "请指定个案所在的文件夹，或直接指定文件。",
    ),
    "settings": (
        "This file holds the settings of the office, not a case.",
        "这是公司设置文件，不是个案。",
        "Name the file or folder of the cases; the settings beside them are read by themselves.",
        "请指定个案的文件或文件夹；旁边的设置会自动读取。",
    ),
    "own_list": (
        "This is a list that docgen wrote, no case.",
        "这是 docgen 生成的清单。",
        "Leave it out.",
        "请不要指定它。",
    ),
    "unreadable": (
        "This can't be read ({reason}).",
        "无法读取（{reason}）。",
        "Check that you may read it, and that no other program holds it.",
        "请确认您有读取权限，且文件未被其他程序占用。",
    ),
    "not_a_file": (
        "This is no ordinary file.",
        "这不是普通文件。",
        "Name a file or a folder of cases.",
        "请指定个案的文件或文件夹。",
    ),
    "empty_file": (
        "The file is empty.",
        "文件是空的。",
        "Write the case into it, or leave the file out.",
        "请写入个案内容，或不要指定该文件。",
    ),
    "other_format": (
        "This is neither a workbook nor a YAML file but a file of another kind (a document, a picture).",
        "这既不是工作簿，也不是 YAML 文件，而是其他格式的文件（文档或图片）。",
        "Name the workbook or the .yaml file of the case.",
        "请指定个案的工作簿或 .yaml 文件。",
    ),
    "no_known_tab": (
        "No tab of the workbook has headings that are known.",
        "工作簿中没有可识别标题的工作表。",
        "Give the columns headings that “docgen forms” lists, or fill in a workbook that “docgen new” writes.",
        "请用“docgen forms”列出的名称作列标题，或填写由“docgen new”生成的工作簿。",
    ),
    "nothing_filled_in": (
        "Nothing is filled in in this workbook.",
        "工作簿中尚未填写任何内容。",
        "Begin with the people; the first tab says what is filled in where.",
        "请先填写人员；第一张工作表说明了填写的顺序。",
    ),
    "not_a_case": (
        "Here stands “{value}”, where a case is expected.",
        "此处是“{value}”，而应为一个个案。",
        "Begin with “case:” and write the fields below it, indented.",
        "请以“case:”开头，各字段缩进写在下面。",
    ),
    "nothing": (
        "Nothing stands here, where a case is expected.",
        "此处没有内容，而应为一个个案。",
        "Write “case:” and the fields below it, indented, or take the hyphen out.",
        "请写上“case:”，各字段缩进写在下面；或删除该连字符。",
    ),
    "no_case_key": (
        "The case has no “case:”; its first name is “{value}”.",
        "个案缺少“case:”，第一个名称是“{value}”。",
        "Write “case:” and below it, indented, employee_no, employee_name and the other fields of the case.",
        "请写上“case:”，并将 employee_no、employee_name 等字段缩进写在其下。",
    ),
    "rolled_over": (
        "“rolled_over” is not as “docgen rollover” writes it (“{value}”).",
        "“rolled_over”与“docgen rollover”写入的格式不符（“{value}”）。",
        "Write the month and the SHA-256 of each earlier file, as in {{month: 2026-04, from: [9f86d0…]}}; "
        "or take it out, if nothing was rolled over.",
        "请填写月份和各原文件的 SHA-256，如 {{month: 2026-04, from: [9f86d0…]}}；如未经结转，请删除此项。",
    ),
    "unknown_rule": (
        "There is no rule “{value}” to accept.",
        "没有编号为“{value}”的规则。",
        "Write the code as it stands before the warning, such as W202; docgen forms lists them.",
        "请按提醒前所示的编号填写，例如 W202；docgen forms 可列出全部规则。",
    ),
    "blocking_rule": (
        "{value} is an error: it can't be accepted, only cured.",
        "{value} 属于错误，不能接受，只能更正。",
        "Take this entry out; only warnings (W) and notes (I) can be accepted.",
        "请删除该条；只有提醒（W）和提示（I）可以接受。",
    ),
    "no_rule": (
        "This entry names no rule to accept.",
        "此条未写明接受哪条规则。",
        "Add rule: and the code, such as W202, or take the entry out.",
        "请补上 rule: 及规则编号，例如 W202；或删除该条。",
    ),
    "no_reason": (
        "Nothing says why {value} is accepted.",
        "未写明接受 {value} 的理由。",
        "Add reason: and one line; without it the warning stays.",
        "请补上 reason: 并用一句话说明理由；没有理由则仍会提醒。",
    ),
    "damaged_book": (
        "The workbook is damaged and can't be read.",
        "工作簿已损坏，无法读取。",
        "Open it in Excel or WPS, let it be repaired and save it under a new name, or take an earlier copy.",
        "请用 Excel 或 WPS 打开并修复后另存，或改用较早的备份。",
    ),
    "too_large_file": (
        "The file has more than {limit} MB.",
        "文件超过 {limit} MB。",
        "Take pictures and what is no case out of it, or share it out among several files.",
        "请删除图片及与个案无关的内容，或拆分为多个文件。",
    ),
    "too_many_parts": (
        "The file is packed of more than {limit} parts; no workbook of cases has so many.",
        "文件由超过 {limit} 个部分打包而成，正常的个案工作簿不会有这么多。",
        "Copy the tabs into a new workbook, and ask where this file came from.",
        "请将各工作表复制到新工作簿中，并核实该文件的来源。",
    ),
    "swollen_parts": (
        "Unpacked, the file would grow beyond measure; it was not read.",
        "文件解压后异常庞大，因此未读取。",
        "Copy the tabs into a new workbook without pictures, and ask where this file came from.",
        "请将各工作表复制到不含图片的新工作簿中，并核实该文件的来源。",
    ),
    "unsafe_parts": (
        "The parts of the file are named as no program names them (twice, or outside of the file).",
        "文件内部各部分的命名异常（重名或指向文件之外）。",
        "Copy the tabs into a new workbook, and ask where this file came from.",
        "请将各工作表复制到新工作簿中，并核实该文件的来源。",
    ),
    "declares_entities": (
        "The file declares a document type of its own, which no workbook needs and which can do harm.",
        "文件自带文档类型声明，正常的工作簿不需要，且可能有害。",
        "Copy the tabs into a new workbook, and ask where this file came from.",
        "请将各工作表复制到新工作簿中，并核实该文件的来源。",
    ),
    "locked_parts": (
        "This is a zip with a password, not a workbook.",
        "这是加密的压缩包，不是工作簿。",
        "Unpack it, and name the workbook that is in it.",
        "请先解压，再指定其中的工作簿。",
    ),
    "too_many_cells": (
        "The workbook has more cells or more text than are read ({limit} cells).",
        "工作簿的单元格或文字过多，超出可读取的范围（{limit} 个单元格）。",
        "Share it out among several files.",
        "请拆分为多个文件。",
    ),
    "cell_outside": (
        "A value stands outside of what is read ({limit} rows and columns).",
        "此处的值超出可读取的范围（{limit} 行、列）。",
        "Delete it if it came there by mistake, or move it to the others.",
        "如为误输入请删除，否则请移到其他数据旁。",
    ),
    "no_workbook": (
        "This is no workbook but a file of another kind ({value}).",
        "这不是工作簿，而是其他格式的文件（{value}）。",
        "Name a workbook (.xlsx, .xls, .ods, .csv) or the .yaml file of a case.",
        "请指定工作簿（.xlsx、.xls、.ods、.csv）或个案的 .yaml 文件。",
    ),
    "save_as_xlsx": (
        "This kind of workbook is not read ({value}), whatever the file's name says.",
        "无法读取这种格式的工作簿（{value}），与文件扩展名无关。",
        "Open it in the program that made it, or in Excel, and save it as .xlsx.",
        "请用生成该文件的程序或 Excel 打开，另存为 .xlsx。",
    ),
    "no_tabs": (
        "The workbook has no tab with cells.",
        "工作簿中没有可读取的工作表。",
        "Name another file, or write a new workbook with “docgen new”.",
        "请指定其他文件，或用“docgen new”生成新的工作簿。",
    ),
    "needs_password": (
        "The workbook is protected by a password.",
        "工作簿设有打开密码。",
        "Give it with --password, or save the workbook without one.",
        "请用 --password 提供密码，或取消密码后另存。",
    ),
    "wrong_password": (
        "The password does not open this workbook.",
        "密码不正确，无法打开该工作簿。",
        "Check --password (capital letters, keyboard language), or save the workbook without a password.",
        "请核对 --password（注意大小写和输入法），或取消密码后另存。",
    ),
    "unknown_encryption": (
        "The workbook is encrypted in a way that can't be opened here, not even with --password.",
        "工作簿的加密方式不受支持，使用 --password 也无法打开。",
        "Open it in the program that made it, and save it as .xlsx without a password.",
        "请用原程序打开，取消密码后另存为 .xlsx。",
    ),
    "reader_stopped": (
        "The reading of this workbook was stopped: it took too much memory or time, or the file is damaged.",
        "读取该工作簿时已中止：占用内存或时间过多，或文件已损坏。",
        "Open it in the program that made it, and save it as .xlsx.",
        "请用原程序打开，另存为 .xlsx。",
    ),
    "not_text": (
        "This is neither a workbook nor a text of comma-separated values.",
        "这既不是工作簿，也不是逗号分隔的文本文件。",
        "Name a workbook (.xlsx, .xls, .ods), or save the table as CSV UTF-8.",
        "请指定工作簿（.xlsx、.xls、.ods），或将表格另存为 CSV UTF-8。",
    ),
    "unknown_encoding": (
        "The text is neither UTF-8 nor UTF-16 nor GB18030.",
        "文本编码既不是 UTF-8、UTF-16，也不是 GB18030。",
        "Save the table as CSV UTF-8.",
        "请将表格另存为 CSV UTF-8。",
    ),
    "open_quote": (
        "A quotation mark that begins this cell is not closed rightly; what follows can't be told apart.",
        "此处起始的引号没有正确结束，无法区分其后的内容。",
        "Close it at the end of the cell, and double each quotation mark inside.",
        "请在单元格末尾补上引号，单元格内部的引号须写成两个。",
    ),
    "long_row": (
        "A text of this row has more than {limit} characters.",
        "该行文字超过 {limit} 个字符。",
        "Look for a quotation mark or a line break that lacks; shorten the text.",
        "请检查是否缺少引号或换行，并缩短文字。",
    ),
    "no_csv": (
        "The folder holds no .csv file.",
        "文件夹中没有 .csv 文件。",
        "Name the folder that the tables are in, or a workbook.",
        "请指定表格所在的文件夹，或直接指定工作簿。",
    ),
    "not_settings": (
        "The settings must be made of names and values.",
        "设置文件应由名称和值组成。",
        "Write each as “name: value”.",
        "请按“名称: 值”的形式填写。",
    ),
}


def read_yaml(path: Path) -> Marked | tuple[Problem, ...]:
    """The content of the YAML file ``path`` (data None where it is empty), or why it was refused."""
    content = yaml_bytes(path)
    return content if isinstance(content, tuple) else yaml_of(content, str(path))


def yaml_bytes(path: Path) -> bytes | tuple[Problem, ...]:
    """The bytes of the file ``path``, or why they can't be YAML."""
    source = str(path)
    try:
        if not path.exists():
            return (file_problem("missing_file", Position(source)),)
        if not path.is_file():
            return (file_problem("not_a_file", Position(source)),)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)  # one byte more than allowed, so that a huge file is refused unread
    except OSError as error:
        return (file_problem("unreadable", Position(source), reason=error.strerror or type(error).__name__),)
    if content.startswith(OTHER_FORMATS):
        return (file_problem("other_format", Position(source)),)
    return content


def yaml_of(content: bytes, source: str) -> Marked | tuple[Problem, ...]:
    """What ``content`` says, or why it was refused."""
    try:
        return load_marked(content, source)
    except YamlError as error:
        return tuple(_from_yaml(fault, source) for fault in error.faults)


def file_problem(kind: str, position: Position, path: DataPath = (), value: str = "", **details: str) -> Problem:
    """The problem of that kind (see FAULTS) at ``position``."""
    message_en, message_zh, fix_en, fix_zh = (text.format(value=value, **details) for text in FAULTS[kind])
    return Problem(CODE, Severity.ERROR, path, position, value, Words(message_en, message_zh), Words(fix_en, fix_zh))


def _from_yaml(fault: YamlFault, source: str) -> Problem:
    return Problem(CODE, Severity.ERROR, (), Position(source, fault.line, fault.column), "", fault.message, fault.fix)
