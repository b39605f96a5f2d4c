"""Problems and finished documents as people and programs read them: a table, lines, JSON; nothing is printed here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from docgen.model.problems import SEVERITIES, Problem, Severity, UiLanguage, Words, counted
from docgen.office.visible import visible

JSON_FORMAT = 1
MANY = 3
"""More warnings of one rule than this become one line with their count."""
MANY_CASES = 10
"""An error that says the same in more cases than this is shown for the first ``MANY``, with the count of the rest."""

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
HEADS = (Words("Place", "位置"), Words("Rule", "规则"), Words("What is wrong, and what to do", "问题与处理办法"))
MORE = Words(
    "and {count} more like this; docgen check --all lists them",
    "另有 {count} 处同类问题；用 docgen check --all 可全部列出",
)
NOTHING = Words("No problems.", "没有发现问题。")


@dataclass(frozen=True, slots=True)
class Line:
    """A problem to show, and how many more of its rule it stands for."""

    problem: Problem
    more: int = 0


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors before warnings before notes; within each file by file and from top to bottom."""
    return tuple(sorted(problems, key=lambda one: (ORDER[one.severity], _place(one))))


def grouped(problems: Iterable[Problem]) -> tuple[Line, ...]:
    """The ordered problems without those that only repeat others: the last one shown of a kind stands for the rest.

    Warnings of one rule repeat each other, notes where they say the same, errors only where they do so of one field.
    """
    everything = ordered(problems)
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for one in everything:
        alike.setdefault(_kind(one), []).append(one)
    shown = {kind: _most(many) for kind, many in alike.items()}
    seen: Counter[tuple[str, ...]] = Counter()
    lines: list[Line] = []
    for one in everything:
        kind = _kind(one)
        seen[kind] += 1
        if seen[kind] <= shown[kind]:
            lines.append(Line(one, len(alike[kind]) - seen[kind] if seen[kind] == shown[kind] else 0))
    return tuple(lines)


def _kind(problem: Problem) -> tuple[str, ...]:
    if problem.severity is not Severity.ERROR:
        return (problem.code, problem.kind if problem.severity is Severity.INFO else "")
    return problem.code, problem.kind or problem.message.en, *(step for step in problem.path if isinstance(step, str))


def _most(alike: Sequence[Problem]) -> int:
    """How many of these are shown."""
    if alike[0].severity is not Severity.ERROR:
        return len(alike) if len(alike) <= MANY else 1
    return len(alike) if len({(one.position.source, one.case_id) for one in alike}) <= MANY_CASES else MANY


def each(problems: Iterable[Problem]) -> tuple[Line, ...]:
    """Every one of the ordered problems."""
    return tuple(map(Line, ordered(problems)))


def as_lines(lines: Iterable[Line], language: UiLanguage) -> str:
    """One line a problem, ``place: severity code: what. Cure.``: for pipes, logs and editors."""
    return "\n".join(_line(line, language) for line in lines)


def as_table(lines: Iterable[Line], language: UiLanguage, width: int, colour: bool) -> str:
    """A table for a terminal ``width`` columns wide; Chinese characters count as two."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False, show_edge=False)
    place, rule, what = (head[language] for head in HEADS)
    table.add_column(place, overflow="fold", max_width=max(20, width // 3))
    table.add_column(rule, no_wrap=True)
    table.add_column(what, overflow="fold")
    for line in lines:
        one, style = line.problem, COLOURS[line.problem.severity]
        text = [Text(visible(one.message[language])), Text(visible(one.fix[language]), style="dim")]
        if line.more:
            text.append(Text(_more(line, language), style="dim italic"))
        table.add_row(Text(visible(str(one.position))), Text(one.code, style=style), Group(*filter(None, text)))
    return paint(table, width, colour)


def paint(what: RenderableType, width: int, colour: bool) -> str:
    """Rich's ``what`` as text of ``width`` columns, with colour codes or without."""
    page = StringIO()
    console = Console(file=page, width=width, force_terminal=colour, no_color=not colour, highlight=False, emoji=False)
    console.print(what)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


def as_json(problems: Iterable[Problem], language: UiLanguage, more: Mapping[str, Any] | None = None) -> str:
    """Every problem by itself, as docs/json.md describes; ``more`` adds keys beside ``problems``."""
    content = {"format": JSON_FORMAT, **(more or {}), "problems": [plain(one, language) for one in ordered(problems)]}
    return json.dumps(content, ensure_ascii=False, indent=2)


def plain(problem: Problem, language: UiLanguage) -> dict[str, Any]:
    """One problem as plain data."""
    position = problem.position
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "position": str(position),
        "source": position.source,
        "line": position.line or None,
        "column": position.column or None,
        "cell": position.cell or None,
        "path": ".".join(map(str, problem.path)),
        "value": problem.value,
        "message": problem.message[language],
        "fix": problem.fix[language],
        "forms": sorted(problem.forms),
        "case": problem.case_id,
    }


def summary(problems: Sequence[Problem], language: UiLanguage) -> str:
    """``2 errors, 1 warning`` / ``2 个错误，1 个警告``."""
    return counted(problems, language) or NOTHING[language]


def _place(problem: Problem) -> tuple[str, str, int, int, str, str, tuple[str, ...]]:
    position = problem.position
    tab = position.cell.rpartition("!")[0]
    path = tuple(f"{part:09d}" if isinstance(part, int) else part for part in problem.path)
    return position.source, tab, position.line, position.column, position.cell, problem.code, path


def _line(line: Line, language: UiLanguage) -> str:
    one = line.problem
    blank = {"en": " ", "zh": ""}[language]
    said = blank.join(filter(None, (one.message[language], one.fix[language], _more(line, language))))
    place = str(one.position).replace("\n", "\\n")  # a file's name may hold anything, and a problem is one line
    return visible(f"{place}: {SEVERITIES[one.severity][language]} {one.code}: {' '.join(said.split())}")


def _more(line: Line, language: UiLanguage) -> str:
    more = MORE[language].format(count=line.more)
    return {"en": f"({more})", "zh": f"（{more}）"}[language] if line.more else ""
