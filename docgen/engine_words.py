"""What the template engine says of a fault, in both languages: it speaks English alone."""

from __future__ import annotations

import re

from docgen.model.problems import Words

KNOWN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"(?P<name>'[^']*') is undefined", "{name} 没有定义"),
        (r"object of type '(?P<kind>[^']*)' has no len\(\)", "此处的值没有长度"),
        (r"No filter named (?P<name>'[^']*')\.?", "没有名为 {name} 的过滤器"),
        (r"No test named (?P<name>'[^']*')\.?", "没有名为 {name} 的测试"),
        (r"Encountered unknown tag (?P<name>'[^']*')\..*", "没有 {name} 这一标签"),
        (r"Unexpected end of template\..*", "模板在此处意外结束：有标签没有关闭（缺少 endif、endfor 等）"),
        (r"unexpected end of template, expected (?P<name>.*)\.", "模板意外结束，应有 {name}"),
        (r"unexpected (?P<name>'[^']*'), expected (?P<other>.*)", "此处不应出现 {name}，应为 {other}"),
        (r"unexpected (?P<name>.*)", "此处不应出现 {name}"),
        (r"expected token (?P<name>.*), got (?P<other>.*)", "此处应为 {name}，实际为 {other}"),
        (r"Expected an expression, got (?P<name>.*)", "此处应为表达式，实际为 {name}"),
        (r"Missing end of comment tag", "注释没有关闭，缺少 #}}"),
        (r"division by zero", "除数为零"),
        (r"Range too big\..*", "range 的范围过大"),
        (r"the template '?(?P<file>[^']*?)'? \(.*\) does not export the requested name (?P<name>'[^']*')",
         "{file} 没有 {name}"),
        (r"macro (?P<name>'[^']*') takes no(?:t more than)? .*", "宏 {name} 的参数过多或有误"),
        (r"Opening and ending tag mismatch: (?P<name>\S+) line \d+ and (?P<other>\S+)",
         "标签不配对：<{name}> 没有关闭，却出现了 </{other}>"),
        (r"Premature end of data in tag (?P<name>\S+).*", "<{name}> 没有关闭"),
        (r"Entity '(?P<name>[^']*)' not defined", "不能使用 &{name};，请直接写该字符"),
        (r"StartTag: invalid element name", "此处的 < 不是标签的开头；请写成 &lt;"),
        (r"Unescaped '<' not allowed in attributes values", "属性值中的 < 请写成 &lt;"),
        (r"Attribute (?P<name>\S+) redefined", "属性 {name} 重复"),
        (r"AttValue: .*|attributes construct error|Specification mandates? value for attribute (?P<name>\S+)",
         "属性的值须加引号"),
        (r"Couldn't find end of Start Tag (?P<name>\S+).*", "标签 <{name} 没有以 > 结束"),
        (r"cannot assign attribute on non-namespace object", "只有 namespace 中的项可以这样赋值"),
        (r"Extra content at the end of the document", "多出一个结束标签"),
        (r"Excessive depth in document: .*", "标记嵌套过深"),
        (r"can only concatenate str .*", "不能这样计算：两个值的类型不同"),
    )
)  # fmt: skip

PLAIN: tuple[tuple[re.Pattern[str], Words], ...] = tuple(
    (re.compile(pattern), Words(english, chinese))
    for pattern, english, chinese in (
        (r".*TemplateModule.* has no attribute (?P<name>'[^']*')",
         "the imported template has no macro {name}", "所导入的模板没有名为 {name} 的宏"),
        (r"maximum recursion depth exceeded.*",
         "maximum recursion depth exceeded: macros or includes call each other", "宏或包含互相调用，没有止境"),
        (r"'docgen\.model\.case\.Gap object' has no attribute (?P<name>'[^']*')",
         "a value that is missing has no {name}; print it by itself, or ask first whether it is there",
         "缺失的值没有 {name}；请直接打印，或先判断是否存在"),
        (r"'dict object' has no attribute (?P<name>'[^']*')", "nothing here is called {name}", "此处没有 {name}"),
        (r"'str object' has no attribute (?P<name>'[^']*')", "a text has no {name}", "文字没有 {name}"),
        (r"'datetime\.(?P<kind>date|time) object' has no attribute (?P<name>'[^']*')",
         "a {kind} has no {name}", "日期或时间没有 {name}"),
        (r".* object has no element (?P<name>.*)", "there is no element {name} here", "此处没有第 {name} 个元素"),
        (r"'(?:[\w.]*\.)?(?P<kind>\w+) object' has no attribute (?P<name>'[^']*')",
         "what stands here has no {name}", "此处的值没有 {name}"),
        (r"unsupported operand type.*'Gap'.*",
         "a value that is missing can't be reckoned with; ask first whether it is there",
         "缺失的值不能参与计算；请先判断是否存在"),
        (r"'None' has no attribute (?P<name>'[^']*')",
         "there is no value here that could have {name}", "此处没有值，也就没有 {name}"),
        (r"object of type 'NoneType' has no len\(\)",
         "there is no value here whose length could be taken; ask first whether it is there",
         "此处没有值，无法取长度；请先判断是否存在"),
        (r"parameter (?P<name>'[^']*') was not provided", "the macro is not given its {name}", "调用宏时缺少 {name}"),
        (r"access to attribute (?P<name>'[^']*') of .* is unsafe\.",
         "a template can't use {name}; print the value by itself", "模板不能使用 {name}；请直接打印该值"),
        (r"unsupported operand type\(s\) for (?P<sign>\S+): .*",
         "{sign} can't join two values of these kinds", "不能这样计算：两个值的类型不同"),
        (r"xmlParseEntityRef: no name|EntityRef: expecting ';'", "write & as &amp;", "& 请写成 &amp;"),
    )
)  # fmt: skip
"""What the engine says in words of its own making, and how that is said to people."""


def engine_words(message: str) -> Words:
    """``message`` of the engine in plain words, or as it is with its Chinese, where it is known."""
    for pattern, words in PLAIN:
        if found := pattern.fullmatch(message):
            return words.filled(**found.groupdict())
    for pattern, chinese in KNOWN:
        if found := pattern.fullmatch(message):
            return Words(message, chinese.format(**found.groupdict()))
    return Words(f"this can't be carried out ({message})", f"此处无法执行（{message}）")
