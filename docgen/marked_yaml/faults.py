"""What can be wrong with a YAML file, in the words of its reader."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.model.problems import Words


@dataclass(frozen=True, slots=True)
class YamlFault:
    """One reason why a file is no acceptable YAML; line and column from 1, 0 where the whole file is meant."""

    kind: str
    line: int
    column: int
    message: Words
    fix: Words


class YamlError(Exception):
    """The text was refused; ``faults`` says why, in the order of the file."""

    def __init__(self, faults: tuple[YamlFault, ...]) -> None:
        super().__init__("; ".join(f"{fault.line}:{fault.column}: {fault.message.en}" for fault in faults))
        self.faults = faults

    def __reduce__(self) -> tuple[type[YamlError], tuple[tuple[YamlFault, ...]]]:
        return YamlError, (self.faults,)


def fault(kind: str, line: int = 0, column: int = 0, **details: object) -> YamlFault:
    """The fault of that kind (see FAULTS) with its wording filled in."""
    message_en, message_zh, fix_en, fix_zh = (text.format(**details) for text in FAULTS[kind])
    return YamlFault(kind, line, column, Words(message_en, message_zh), Words(fix_en, fix_zh))


def short(text: str, limit: int = 40) -> str:
    """``text`` cut to what a message can hold."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


# kind: message in English and Chinese, cure in English and Chinese
FAULTS: dict[str, tuple[str, str, str, str]] = {
    "alias": (
        "*{name} stands for a value written elsewhere; such references are not accepted.",
        "*{name} 引用了别处的值，不接受这种引用。",
        "Write the value out here, or quote the text if the * belongs to it.",
        "请在此处写出完整的值；如 * 属于文字本身，请加引号。",
    ),
    "anchor": (
        "&{name} names a value for use elsewhere; such names are not accepted.",
        "&{name} 为值命名以便别处引用，不接受这种写法。",
        "Take &{name} out, or quote the text if the & belongs to it.",
        "请删去 &{name}；如 & 属于文字本身，请加引号。",
    ),
    "tag": (
        "The tag {name} is not accepted: what a value is depends on its field alone.",
        "不接受标签 {name}：值的类型只由字段决定。",
        "Take the tag out, or quote the text if the ! belongs to it.",
        "请删去该标签；如 ! 属于文字本身，请加引号。",
    ),
    "merge_key": (
        "<< would merge another mapping into this one; that is not accepted.",
        "<< 会把另一组内容并入此处，不接受这种写法。",
        "Write the lines out here.",
        "请在此处逐行写出。",
    ),
    "duplicate_key": (
        "{key} stands here a second time; the first is in line {first}.",
        "{key} 重复出现，第一次在第 {first} 行。",
        "Keep one of the two.",
        "请只保留其中一处。",
    ),
    "empty_key": (
        "Before this colon there is no name.",
        "冒号前缺少名称。",
        "Write the name of the field before the colon.",
        "请在冒号前写上字段名。",
    ),
    "complex_key": (
        "A list or mapping stands where the name of a field belongs.",
        "字段名的位置上是列表或一组内容。",
        "Write a plain name before the colon; put quotes around a value that begins with a bracket.",
        "请在冒号前写普通的名称；以括号开头的值请加引号。",
    ),
    "full_width_colon": (
        "“{text}”: the colon after the name is full-width, so this is not read as name and value.",
        "“{text}”：名称后用了全角冒号，无法识别为“名称: 值”。",
        "Type a half-width colon and a blank (name: value); where it is meant as text, put quotes around it.",
        "请改为半角冒号加空格（名称: 值）；如确为文字，请加引号。",
    ),
    "comma_splits_text": (
        "Between {{ and }} a comma starts a new entry: “{text}” is not read as part of the text before it.",
        "花括号内的半角逗号会另起一项：“{text}”没有读作前面文字的一部分。",
        "Put quotes around the whole text, or use a full-width comma (，); to a name, add a colon and a value.",
        "请给整段文字加引号，或改用全角逗号“，”；如确为名称，请补上冒号和值。",
    ),
    "too_deep": (
        "Lists and mappings are nested more than {limit} deep.",
        "嵌套超过 {limit} 层。",
        "A case needs five levels at most; look for brackets too many.",
        "个案最多只需五层，请检查多余的括号。",
    ),
    "too_large": (
        "The file is larger than {limit} MB.",
        "文件超过 {limit} MB。",
        "Split it into several files, one case each.",
        "请拆分为多个文件，每个文件一个个案。",
    ),
    "several_documents": (
        "A second document starts here (after ---); a file holds one.",
        "此处开始了第二个文档（--- 之后），一个文件只能有一个文档。",
        "Write several cases as one list (each begins with “- case:”), or use one file for each.",
        "多个个案请写成一个列表（每个以“- case:”开头），或每个个案一个文件。",
    ),
    "control_character": (
        "The invisible control character {point} stands here.",
        "此处有不可见的控制字符 {point}。",
        "Delete it: retype the word around it.",
        "请删除：重新输入所在的词语。",
    ),
    "not_utf8": (
        "The file is not UTF-8 text (it may be saved as GBK, or be no text at all).",
        "文件不是 UTF-8 文本（可能存成了 GBK，或不是文本文件）。",
        "Save it with the encoding UTF-8.",
        "请以 UTF-8 编码另存。",
    ),
    "tab": (
        "A tab is used for indenting.",
        "缩进用了制表符（Tab）。",
        "Use blanks, two for each level.",
        "请用空格缩进，每级两个空格。",
    ),
    "bad_start": (
        "A value can't begin with this character: “{text}”.",
        "值不能以该字符开头：“{text}”。",
        "Put quotes around the value.",
        "请给该值加引号。",
    ),
    "no_colon": (
        "This line has no colon after the name: “{text}”.",
        "该行的名称后没有冒号：“{text}”。",
        "Write name: value, with a blank after the colon.",
        "请写成“名称: 值”，冒号后加一个空格。",
    ),
    "long_name": (
        "The name before the colon has {length} characters, more than {limit}: “{text}”.",
        "冒号前的名称有 {length} 个字符，超过 {limit} 个：“{text}”。",
        "Write a short name before the colon; if the line is text, put quotes around the whole of it.",
        "请在冒号前写简短的名称；如该行是文字，请给整行加引号。",
    ),
    "no_blank": (
        "After the colon a blank is missing: “{text}”.",
        "冒号后缺少空格：“{text}”。",
        "Write name: value, with a blank after the colon.",
        "请写成“名称: 值”，冒号后加一个空格。",
    ),
    "second_colon": (
        "A colon followed by a blank stands inside the value, or the line is indented too far: “{text}”.",
        "值中有“冒号加空格”，或该行缩进过多：“{text}”。",
        "Put quotes around the value, or indent the line like its neighbours.",
        "请给该值加引号，或将缩进与相邻行对齐。",
    ),
    "bad_indent": (
        "The line doesn't fit in here: “{text}”.",
        "该行与上下文不符：“{text}”。",
        "Indent it like its neighbours; close quotes and brackets at the end of the value only.",
        "请与相邻行对齐缩进；引号和括号只能在值的末尾结束。",
    ),
    "bad_item": (
        "A list item (“- ”) can't stand in this place.",
        "此处不能出现列表项（“- ”）。",
        "Begin the list on a new line, or put quotes around the text.",
        "请另起一行写列表，或给文字加引号。",
    ),
    "open_bracket": (
        "A comma or the closing bracket is missing before this place.",
        "此处之前缺少逗号或右括号。",
        "Close what [ or {{ opened; separate entries with a half-width comma.",
        "请补上与 [ 或 {{ 对应的右括号；各项用半角逗号分隔。",
    ),
    "open_quote": (
        "The quotation mark opened here is not closed.",
        "此处的引号没有结束。",
        "Close it at the end of the value.",
        "请在值的末尾补上引号。",
    ),
    "bad_escape": (
        "In double quotes a backslash has a meaning of its own; this one has none.",
        "双引号中的反斜杠有特殊含义，此处无法识别。",
        "Use single quotes, or write two backslashes.",
        "请改用单引号，或写两个反斜杠。",
    ),
    "syntax": (
        "The file can't be read as YAML from here on ({problem}).",
        "从此处起无法按 YAML 读取（{problem}）。",
        "Compare the line with its neighbours: indentation, colons, quotes, brackets.",
        "请与相邻行对照：缩进、冒号、引号、括号。",
    ),
}

# libyaml's own words: https://github.com/yaml/libyaml/tree/master/src (scanner.c, parser.c)
SYNTAX = {
    "could not find expected ':'": "no_colon",
    "mapping values are not allowed in this context": "second_colon",
    "block sequence entries are not allowed in this context": "bad_item",
    "did not find expected key": "bad_indent",
    "did not find expected '-' indicator": "bad_indent",
    "did not find expected ',' or ']'": "open_bracket",
    "did not find expected ',' or '}'": "open_bracket",
    "found unexpected end of stream": "open_quote",
    "found unexpected document indicator": "open_quote",
    "found unknown escape character": "bad_escape",
    "did not find expected hexdecimal number": "bad_escape",
    "found invalid Unicode character escape code": "bad_escape",
    "found character that cannot start any token": "bad_start",
    "did not find expected node content": "bad_start",
    "did not find expected alphabetic or numeric character": "bad_start",
    "found a tab character where an indentation space is expected": "tab",
    "found a tab character that violates indentation": "tab",
    "did not find expected <document start>": "several_documents",
}
