"""Why a tag of a Word form can't be read or printed, said plainly: libraries speak of types and tokens."""

from __future__ import annotations

import re

from docgen.engine_words import engine_words
from docgen.model.problems import Words

KINDS = {
    "date": Words("a date", "日期"),
    "time": Words("a time of day", "时间"),
    "Month": Words("a month", "月份"),
    "str": Words("text", "文字"),
    "Code": Words("a choice", "选项"),
    "Markup": Words("text", "文字"),
    "Words": Words("text in two languages", "双语文字"),
    "int": Words("a number", "数字"),
    "float": Words("a number", "数字"),
    "Decimal": Words("a number", "数字"),
    "bool": Words("yes or no", "是/否"),
    "Quantity": Words("an amount with its unit", "带单位的数量"),
    "Gap": Words("a missing value", "缺失的值"),
    "NoneType": Words("nothing", "空值"),
    "list": Words("rows", "多行"),
    "tuple": Words("rows", "多行"),
    "Named": Words("a row", "一行数据"),
    "dict": Words("a row", "一行数据"),
}
COMPARE = Words(
    "{left} can't be compared with {right} by {sign}; of an amount compare the number: ….number {sign} 100",
    "{left}与{right}不能用 {sign} 比较；带单位的数量请写：….number {sign} 100",
)
RECKON = Words(
    "{left} and {right} can't be reckoned with {sign}; of an amount take the number: ….number",
    "{left}与{right}不能用 {sign} 计算；带单位的数量请写：….number",
)
LOOP = Words("{left} has no rows to go through", "{left}没有可逐行处理的内容")
LACKING = Words("there is no {left}", "没有 {left}")
DIVIDED = Words("this can't be worked out; is it divided by zero?", "无法计算；是否除以零？")
CALLED = Words("{left}(…) has too few or too many values, or ones it doesn't know", "{left}(…) 的参数过少、过多或有误")
ROWS = Words("there are too many or too few values for the names", "取值与名称的个数不符")
WHOLE = Words("{left} is no whole number", "{left}不是整数")
STEP = Words("range can't count in steps of 0", "range 的步长不能为 0")
LENGTH = Words("truncate keeps three characters at least", "truncate 至少保留3个字符")
NO_DAY = Words("there is no such day", "没有这一天")
NAME = Words("a picture is named by its file: picture('logo.png', 30)", "图片请写文件名：picture('logo.png', 30)")
ROUNDED = Words("round knows common, ceil and floor", "round 只支持 common、ceil、floor")
NOT_SO = Words("{left} can't be used like this", "{left}不能这样使用")
EQUALS = Words("a comparison is written ==", "比较请写 ==")
ENDS = Words("something is missing at its end", "末尾缺少内容")
EXTRA = Words(
    "“{left}” doesn't belong there; a name is one word without blanks, text stands in quotation marks",
    "“{left}”不应出现在此；名称须连写、不含空格，文字须加引号",
)
SIGN = Words("the character “{left}” doesn't belong in a tag", "标签中不能有字符“{left}”")
OF_TYPE = r"'?(?:[\w.]+\.)?(?P<{}>\w+)'?"
LEFT, RIGHT = OF_TYPE.format("left"), OF_TYPE.format("right")
PATTERNS: tuple[tuple[str, Words], ...] = (
    (
        rf"'(?P<sign>[<>=]+)' not supported between instances of {LEFT} and {RIGHT}",
        COMPARE,
    ),
    (
        rf"unsupported operand type\(s\) for (?P<sign>\S+): {LEFT} and {RIGHT}",
        RECKON,
    ),
    (rf"{LEFT} object is not (?:iterable|subscriptable|callable)", LOOP),
    (r"'[^']*' has no attribute '(?P<left>[^']*)'|'[^']*' object has no attribute '(?P<left2>[^']*)'", LACKING),
    (r"'(?P<left>[^']*)' is undefined", LACKING),
    (r"(?:\S+ )?object has no element (?P<left>.*)|.* has no element (?P<left2>.*)", LACKING),
    (r".*decimal\..*|.*division.*|.*modulo by zero.*", DIVIDED),
    (r"(?:[\w.<>]+\.)?(?P<left>\w+)\(\) (?:takes|got|missing).*", CALLED),
    (r"(?:too many|not enough) values to unpack.*|cannot unpack non-iterable .*", ROWS),
    (rf"{LEFT} object cannot be interpreted as an integer", WHOLE),
    (rf"bad operand type for (?:unary \S+|abs\(\)): {LEFT}", NOT_SO),
    (rf"unsupported type for timedelta .* component: {LEFT}", NOT_SO),
    (r"range\(\) arg 3 must not be zero", STEP),
    (r"expected length >= .*", LENGTH),
    (r"date value out of range|.* is out of range.*", NO_DAY),
    (r"expected str, bytes or os.PathLike object, not .*|.*should be str, bytes or os.PathLike.*", NAME),
    (r"method must be common, ceil or floor", ROUNDED),
    (rf"type {LEFT} doesn't define __\w+__ method", NOT_SO),
    (r"unexpected 'end of [a-z ]*'|Expected an expression, got 'end of [a-z ]*'", ENDS),
    (r"expected token 'end of [a-z ]*', got '='", EQUALS),
    (r"expected token 'end of [a-z ]*', got '(?P<left>.*)'", EXTRA),
    (r"unexpected char '(?P<left>.*)' at \d+", SIGN),
)


def reason_of(error: BaseException) -> Words:
    """What is wrong, in both languages."""
    found = getattr(error, "words", None)
    return found if isinstance(found, Words) else plainly(str(getattr(error, "message", "") or error))


def plainly(message: str) -> Words:
    """What an engine's ``message`` means to somebody who writes forms."""
    for pattern, words in PATTERNS:
        if found := re.fullmatch(pattern, message):
            return words.filled(**{name.rstrip("2"): _kind(text) for name, text in found.groupdict().items() if text})
    return engine_words(message)


def _kind(name: str) -> Words:
    return KINDS.get(name, Words(name, name))
