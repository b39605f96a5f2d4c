"""The tags in a template or a sentence as they stand there: what is no part of the markup is told unrendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from docgen.definitions.cleaning import code_point, first_control, first_invisible
from docgen.layout.findings import Finding, error
from docgen.layout.inlines import ATTRIBUTES, SPAN_ROLES, VOID, near
from docgen.model.problems import Position, Words

WRITTEN = re.compile(
    r"[^\n -~\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e]|&#(?:x(?P<hex>[0-9A-Fa-f]{1,6})|(?P<number>\d{1,7}));"
    r"|\\(?:u(?P<short>[0-9A-Fa-f]{4})|U(?P<long>[0-9A-Fa-f]{8})|x(?P<byte>[0-9A-Fa-f]{2}))"
)
"""A character that may be one that nobody sees: as it is, by its number, or as strings of Jinja write it."""
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
RAW = re.compile(r"\{#.*?#\}|\{%[-+]?\s*raw\s*[-+]?%\}(?P<said>.*?)\{%[-+]?\s*endraw\s*[-+]?%\}", re.DOTALL)
TAG = re.compile(r"""<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:"[^"]*"|'[^']*'|[^<>"'])*)>""")
OPEN = re.compile(r"<(?!/?[A-Za-z]|!--)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ATTRIBUTE = re.compile(r"""(?P<name>[A-Za-z_:][\w:.-]*)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'>]*))?""")
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)\w*;?")
INLINE = frozenset(("strong", "em", "u", "br", "span", "img"))
"""What may stand in a sentence."""
BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\{\s*[A-Za-z_][\w.]*\s*\}|[｛｝]{2}")
"""What was meant for Jinja, and would be printed as it stands."""
MOST = 100
"""Faults that are told of a text."""
SHOWN = 30
ALSO = {"b": "strong", "i": "em", "div": "section", "center": "p", "font": "span", "h4": "h3", "small": "span"}
"""What people write, and what says it here."""

NO_ELEMENT = Words("<{name}> is not part of the markup{near}.", "标记中没有 <{name}>{near}。")
NOT_INLINE = Words("<{name}> can't stand in a sentence{near}.", "语句中不能使用 <{name}>{near}。")
INSTEAD = Words("; write <{name}>", "，请改用 <{name}>")
TAKE_OUT = Words("Take it out; what is in it would not be printed as text.", "请删去。")
CHOOSE = Words("Use one of the elements of the markup, or take the tag out.", "请改用标记中的元素，或删去该标签。")
NO_ATTRIBUTE = Words("Attribute {name} is not allowed on <{tag}>{near}.", "<{tag}> 不能有属性 {name}{near}。")
NO_STYLE = Words("There is no style attribute; looks go by class.", "不能使用 style 属性；外观由 class 决定。")
BY_CLASS = Words(
    "Give a class, and say in theme.yaml or print.css how it looks.",
    "请写 class，并在 theme.yaml 或 print.css 中规定外观。",
)
CHOOSE_ATTRIBUTE = Words("Take it out, or write one that is allowed.", "请删去，或改为允许的属性。")
NO_QUOTES = Words("Attribute {name} has no value in quotes.", "属性 {name} 的值没有加引号。")
QUOTE = Words('Write {name}="…".', '请写成 {name}="…"。')
NO_ROLE = Words("Class {name} is unknown on <span>{near}.", "<span> 没有 class {name}{near}。")
BARE = Words("This {sign} begins no tag.", "此处的 {sign} 不是标签的开头。")
ESCAPE = Words("Write {written} where the character is meant.", "如为字符本身，请写成 {written}。")
NO_ENTITY = Words("{name} is not known here.", "此处不能使用 {name}。")
CHARACTER = Words("Write the character itself, or &amp; for &.", "请直接写该字符；& 请写成 &amp;。")
UNCLOSED = Words("<{name}> is not closed in its sentence.", "<{name}> 在语句中没有关闭。")
CLOSE = Words("Write </{name}> where it ends.", "请在其结束处写 </{name}>。")
UNOPENED = Words("</{name}> closes nothing that was opened in its sentence.", "</{name}> 没有对应的开头标签。")
CLOSE_ITSELF = Words("Write <{name}/>.", "请写成 <{name}/>。")
STRAY = Words("{found} is no value here; it would be printed as it stands.", "{found} 不是取值，会原样印出。")
TWO_BRACES = Words(
    "Write {{{{ and }}}}, two half-width braces on each side of the name.",
    "请在名称两侧各写两个半角花括号：{{{{ 与 }}}}。",
)
RAW_SAID = Words(
    "{{% raw %}} prints {found} as it stands, and no value.", "{{% raw %}} 会原样印出 {found}，而不是取值。"
)
NO_RAW = Words("Take {{% raw %}} and {{% endraw %}} out.", "请删去 {{% raw %}} 和 {{% endraw %}}。")
HIDDEN = Words("There is an invisible character here ({point}).", "此处有看不见的字符（{point}）。")
DELETE = Words("Delete it, or type the word anew.", "请删去，或重新输入该词。")
OPEN_IT = Words("Write <{name}> where it begins, or take this out.", "请在开头写 <{name}>，或删去此处。")


@dataclass(frozen=True, slots=True)
class TagFault:
    """What is wrong at ``offset`` of a text; ``snippet`` stands there."""

    offset: int
    snippet: str
    message: Words
    fix: Words


def without_jinja(text: str) -> str:
    """``text`` with blanks in place of all that Jinja takes out of it; lines and offsets stay."""
    return JINJA.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def tag_faults(text: str, name: str) -> Iterator[Finding]:
    """What is wrong with the tags of the template ``name``; a tag that is not closed shows when it is rendered."""
    for one in islice(chain(_faults(text, frozenset(ATTRIBUTES)), hidden(text), _raw(text)), MOST):
        line = text.count("\n", 0, one.offset) + 1
        column = one.offset - (text.rfind("\n", 0, one.offset) + 1) + 1
        yield error("markup", Position(name, line, column), one.message, one.fix)


def sentence_faults(text: str) -> Iterator[TagFault]:
    """What is wrong with the tags of a sentence; each must be closed in it."""
    yield from islice(chain(_faults(text, INLINE), hidden(text), _raw(text)), MOST)
    for brace in BRACES.finditer(without_jinja(text)):
        yield TagFault(brace.start(), brace[0], STRAY.filled(found=brace[0]), TWO_BRACES.filled())
    opened: list[re.Match[str]] = []
    for tag in TAG.finditer(_plain(text)):
        name = tag["name"]
        closes_itself = tag["rest"].rstrip().endswith("/")
        if name not in INLINE or name in VOID or closes_itself:
            if name in INLINE and not closes_itself:
                yield TagFault(tag.start(), tag[0], UNCLOSED.filled(name=name), CLOSE_ITSELF.filled(name=name))
        elif not tag["end"]:
            opened.append(tag)
        elif opened and opened[-1]["name"] == name:
            opened.pop()
        else:
            yield TagFault(tag.start(), tag[0], UNOPENED.filled(name=name), OPEN_IT.filled(name=name))
    for tag in opened:
        yield TagFault(tag.start(), tag[0], UNCLOSED.filled(name=tag["name"]), CLOSE.filled(name=tag["name"]))


def hidden(text: str) -> Iterator[TagFault]:
    """The characters that change what is read without being seen; a case's are told in the same way."""
    for one in WRITTEN.finditer(text):
        digits = one["hex"] or one["short"] or one["long"] or one["byte"]
        number = int(digits, 16) if digits else int(one["number"]) if one["number"] else ord(one[0])
        letter = chr(number) if number <= 0x10FFFF else "\0"
        if letter != "\t" and (first_control(letter) or first_invisible(letter)):
            yield TagFault(one.start(), one[0], HIDDEN.filled(point=code_point(letter)), DELETE)


def _raw(text: str) -> Iterator[TagFault]:
    """Braces that are printed, as what stands around them says that they are none of Jinja's."""
    for raw in RAW.finditer(text):
        if raw["said"] and (brace := BRACES.search(raw["said"])):
            found = raw["said"][brace.start() :].split("\n")[0][:SHOWN].strip()
            yield TagFault(raw.start("said") + brace.start(), found, RAW_SAID.filled(found=found), NO_RAW.filled())


def _plain(text: str) -> str:
    return COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), without_jinja(text))


def _faults(text: str, allowed: frozenset[str]) -> Iterator[TagFault]:
    plain = _plain(text)
    for tag in TAG.finditer(plain):
        name = tag["name"]
        if name not in allowed:
            said = INSTEAD.filled(name=ALSO[name]) if ALSO.get(name) in allowed else near(name, allowed)
            message = (NOT_INLINE if name in ATTRIBUTES else NO_ELEMENT).filled(name=name, near=said)
            if not tag["end"]:
                yield TagFault(tag.start(), tag[0], message, TAKE_OUT if name in ("script", "style") else CHOOSE)
        elif not tag["end"]:
            yield from _attributes(tag, name)
    for sign in OPEN.finditer(TAG.sub(lambda tag: " " * len(tag[0]), plain)):
        yield TagFault(sign.start(), "<", BARE.filled(sign="<"), ESCAPE.filled(written="&lt;"))
    for entity in ENTITY.finditer(plain):
        yield TagFault(entity.start(), entity[0], NO_ENTITY.filled(name=entity[0]), CHARACTER)


def _attributes(tag: re.Match[str], name: str) -> Iterator[TagFault]:
    start = tag.start("rest")
    for one in ATTRIBUTE.finditer(tag["rest"]):
        written, value, at = one["name"], one["value"], start + one.start()
        if written == "style":
            yield TagFault(at, written, NO_STYLE, BY_CLASS)
        elif written not in ATTRIBUTES[name]:
            said = NO_ATTRIBUTE.filled(name=written, tag=name, near=near(written, ATTRIBUTES[name]))
            yield TagFault(at, written, said, CHOOSE_ATTRIBUTE)
        elif not value or value[:1] not in "\"'":
            yield TagFault(at, written, NO_QUOTES.filled(name=written), QUOTE.filled(name=written))
        elif name == "span" and written == "class" and (role := value[1:-1].strip()) and role not in SPAN_ROLES:
            yield TagFault(at, written, NO_ROLE.filled(name=role, near=near(role, SPAN_ROLES)), CHOOSE_ATTRIBUTE)
