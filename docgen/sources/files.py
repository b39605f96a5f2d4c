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
        "The folder holds no case (no .yaml or .yml file besides settings).",
        "文件夹中没有个案（除设置外没有 .yaml 或 .yml 文件）。",
        "Name the folder that the cases are in, or a file.",
        "请指定个案所在的文件夹，或直接指定文件。",
    ),
    "settings": (
        "This file holds the settings of the office, not a case.",
        "这是公司设置文件，不是个案。",
        "Name the file or folder of the cases; the settings beside them are read by themselves.",
        "请指定个案的文件或文件夹；旁边的设置会自动读取。",
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
        "This is no YAML file but a file of another kind (a workbook, a document, a picture).",
        "这不是 YAML 文件，而是其他格式的文件（工作簿、文档或图片）。",
        "Name the .yaml file of the case.",
        "请指定个案的 .yaml 文件。",
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
    "not_settings": (
        "The settings must be made of names and values.",
        "设置文件应由名称和值组成。",
        "Write each as “name: value”.",
        "请按“名称: 值”的形式填写。",
    ),
}


def read_yaml(path: Path) -> Marked | tuple[Problem, ...]:
    """The content of the YAML file ``path`` (data None where it is empty), or why it was refused."""
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
    try:
        return load_marked(content, source)
    except YamlError as error:
        return tuple(_from_yaml(fault, source) for fault in error.faults)


def file_problem(kind: str, position: Position, path: DataPath = (), value: str = "", **details: str) -> Problem:
    """The problem of that kind (see FAULTS) at ``position``."""
    message_en, message_zh, fix_en, fix_zh = (text.format(value=value, **details) for text in FAULTS[kind])
    message, fix = Words(message_en, message_zh), Words(fix_en, fix_zh)
    return Problem(CODE, Severity.ERROR, path, position, value, message, fix)


def _from_yaml(fault: YamlFault, source: str) -> Problem:
    position = Position(source, fault.line, fault.column)
    return Problem(CODE, Severity.ERROR, (), position, "", fault.message, fault.fix)
