"""What the template engine says of a fault, in both languages: it speaks English alone."""

from __future__ import annotations

import re

from docgen.model.problems import Words

KNOWN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"(?P<name>'[^']*') is undefined", "{name} 没有定义"),
        (r"'(?P<kind>[^']*) object' has no attribute (?P<name>'[^']*')", "没有 {name} 这一字段"),
        (r"(?:.*) object has no element (?P<name>.*)", "没有第 {name} 个元素"),
        (r"No filter named (?P<name>'[^']*')\.?", "没有名为 {name} 的过滤器"),
        (r"No test named (?P<name>'[^']*')\.?", "没有名为 {name} 的测试"),
        (r"Encountered unknown tag (?P<name>'[^']*')\..*", "没有 {name} 这一标签"),
        (r"Unexpected end of template\..*", "模板在此处意外结束：有标签没有关闭（缺少 endif、endfor 等）"),
        (r"unexpected end of template, expected (?P<name>.*)\.", "模板意外结束，应有 {name}"),
        (r"unexpected (?P<name>.*)", "此处不应出现 {name}"),
        (r"expected token (?P<name>.*), got (?P<other>.*)", "此处应为 {name}，实际为 {other}"),
        (r"Expected an expression, got (?P<name>.*)", "此处应为表达式，实际为 {name}"),
        (r"Missing end of comment tag", "注释没有关闭，缺少 #}}"),
        (r"division by zero", "除数为零"),
        (r"maximum recursion depth exceeded.*", "宏或包含互相调用，没有止境"),
        (r"access to attribute (?P<name>'[^']*') of .* is unsafe\.", "模板不能使用 {name}"),
        (r"Range too big\..*", "range 的范围过大"),
        (r"the template '?(?P<file>[^']*?)'? \(.*\) does not export the requested name (?P<name>'[^']*')",
         "{file} 没有 {name}"),
        (r"macro (?P<name>'[^']*') takes no(?:t more than)? .*", "宏 {name} 的参数过多或有误"),
        (r"can only concatenate str .*|unsupported operand type.*", "不能这样计算：两个值的类型不同"),
    )
)  # fmt: skip


def engine_words(message: str) -> Words:
    """``message`` of the engine, with its Chinese where it is known."""
    for pattern, chinese in KNOWN:
        if found := pattern.fullmatch(message):
            return Words(message, chinese.format(**found.groupdict()))
    return Words(message, message)
