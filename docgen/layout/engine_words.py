"""What the template engine says of a fault, in both languages: it speaks English alone."""

from __future__ import annotations

import re

from docgen.model.problems import Words

KNOWN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"(?P<name>'[^']*') is undefined", "{name} 没有定义"),
        (r".*TemplateModule.* has no attribute (?P<name>'[^']*')", "没有名为 {name} 的宏"),
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
        (r"Opening and ending tag mismatch: (?P<name>\S+) line \d+ and (?P<other>\S+)",
         "标签不配对：<{name}> 没有关闭，却出现了 </{other}>"),
        (r"Premature end of data in tag (?P<name>\S+).*", "<{name}> 没有关闭"),
        (r"Entity '(?P<name>[^']*)' not defined", "不能使用 &{name};，请直接写该字符"),
        (r"xmlParseEntityRef: no name|EntityRef: expecting ';'", "& 请写成 &amp;"),
        (r"StartTag: invalid element name", "此处的 < 不是标签的开头；请写成 &lt;"),
        (r"Unescaped '<' not allowed in attributes values", "属性值中的 < 请写成 &lt;"),
        (r"Attribute (?P<name>\S+) redefined", "属性 {name} 重复"),
        (r"AttValue: .*|attributes construct error|Specification mandates? value for attribute (?P<name>\S+)",
         "属性的值须加引号"),
        (r"Couldn't find end of Start Tag (?P<name>\S+).*", "标签 <{name} 没有以 > 结束"),
        (r"cannot assign attribute on non-namespace object", "只有 namespace 中的项可以这样赋值"),
        (r"Extra content at the end of the document", "多出一个结束标签"),
        (r"Excessive depth in document: .*", "标记嵌套过深"),
        (r"can only concatenate str .*|unsupported operand type.*", "不能这样计算：两个值的类型不同"),
    )
)  # fmt: skip

PLAINER = (
    (re.compile(r".*TemplateModule.* has no attribute (?P<name>'[^']*')"), "there is no macro {name}"),
    (re.compile(r"'[^']* object' has no attribute (?P<name>'[^']*')"), "there is no field {name} here"),
    (re.compile(r".* object has no element (?P<name>.*)"), "there is no element {name} here"),
    (
        re.compile(r"maximum recursion depth exceeded.*"),
        "maximum recursion depth exceeded: macros or includes call each other",
    ),
)
"""What the engine says in the words of its makers, in plainer ones."""


def engine_words(message: str) -> Words:
    """``message`` of the engine in plain words, with its Chinese where it is known."""
    english = next((said.format(**m.groupdict()) for one, said in PLAINER if (m := one.fullmatch(message))), message)
    for pattern, chinese in KNOWN:
        if found := pattern.fullmatch(message):
            return Words(english, chinese.format(**found.groupdict()))
    return Words(f"this can't be carried out ({message})", f"此处无法执行（{message}）")
