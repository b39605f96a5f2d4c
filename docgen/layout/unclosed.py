"""Find the statement of a template that is never ended: the engine only tells that the template ends without it."""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError

from docgen.model.problems import Words

ENDED = frozenset({"if", "for", "macro", "call", "filter", "with", "block", "autoescape", "set"})
ENDLESS = "Unexpected end of template"
NO_END = Words("{{% {name} %}} has no {{% end{name} %}}.", "{{% {name} %}} 没有对应的 {{% end{name} %}}。")


def opened_at(environment: Environment, source: str, fault: TemplateSyntaxError) -> tuple[int, Words] | None:
    """Line and words for the innermost statement that has no end, where that is what ``fault`` is about."""
    if not str(fault.message).startswith(ENDLESS):
        return None
    waiting: list[tuple[int, str]] = []
    before = ""
    try:
        for line, kind, value in environment.lex(source):
            if kind == "whitespace":
                continue
            if before == "block_begin" and value in ENDED:
                waiting.append((line, value))
            elif waiting and value == f"end{waiting[-1][1]}" and before == "block_begin":
                waiting.pop()
            elif waiting and value == "=" and waiting[-1] == (line, "set"):
                waiting.pop()  # {% set x = 1 %} needs none
            before = kind
    except TemplateSyntaxError:
        return None
    return (waiting[-1][0], NO_END.filled(name=waiting[-1][1])) if waiting else None
