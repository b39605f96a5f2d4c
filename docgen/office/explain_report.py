"""Explanations as people and programs read them: rows of a table, JSON, and what is said beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path as FilePath
from typing import Any

from rich.cells import cell_len

from docgen.model.problems import Position, UiLanguage, Words
from docgen.office.explaining import Explained
from docgen.office.listing import Row
from docgen.office.origins import Origin
from docgen.office.printed_from import How, Use
from docgen.office.sheets import Column
from docgen.office.subject import Subject

TITLE = Words("Where printed text comes from", "印出内容的来源")
COLUMNS = (
    Column(Words("Section", "部分"), 30),
    Column(Words("Printed", "印出的内容"), 40),
    Column(Words("Field", "字段"), 24, on_terminal=False),
    Column(Words("Comes from", "来源"), 50),
    Column(Words("Printed by", "印出位置"), 30),
)
USE_COLUMNS = (
    Column(Words("Document", "文档"), 26),
    Column(Words("Printed", "印出的内容"), 40),
    Column(Words("How", "方式"), 30),
    Column(Words("Section", "部分"), 30),
    Column(Words("Printed by", "印出位置"), 30),
)
SHORT = 52
"""Columns of a terminal that a printed text may take: two lines where there are 80."""
MOST_INPUTS = 4
COMMA = {"en": ", ", "zh": "、"}

HEAD = {
    "first": Words("Head of the first page", "首页页眉"),
    "head": Words("Head of the pages", "页眉"),
    "foot": Words("Foot of the pages", "页脚"),
}
BEGINNING, BODY = Words("Beginning", "开头"), Words("Body", "正文")
"""Before the first heading; and of Word forms, where headings are not told."""
DEFAULT = Words("default ({place})", "默认值（{place}）")
DERIVED = Words("worked out from {inputs}", "推算自 {inputs}")
DERIVED_ALONE = Words("worked out by docgen", "由 docgen 推算")
REGISTER = Words("record: {place}", "台账：{place}")
NOT_ISSUED = Words("set when it is issued", "签发时确定")
MADE = Words("all of {origins} together", "由 {origins} 合成")
DRAWN = Words("drawn of {origins}", "据 {origins} 绘制")
DECIDED = Words("there because of {origins}", "取决于 {origins}")
WORDING = Words("wording", "文案")
TEMPLATE = Words("template", "模板")
AND_MORE = Words("{count} more", "另 {count} 处")
HOW: dict[How, Words] = {
    "as_typed": Words("as typed", "原样印出"),
    "through": Words("→ {label}", "→ {label}"),
    "drawn": Words("in the picture", "见于图中"),
    "decides": Words("depends on it", "取决于它"),
    "decides_much": Words("decides", "决定"),
    "said": Words("said there", "出自此处"),
}
MUCH = Words("{some} of {all} lines hang on it", "全文 {all} 行中有 {some} 行取决于它")

TOTAL = Words("{number} ({form}): {parts}", "{number}（{form}）：{parts}")
DRAFT = Words(
    "It still has problems and is explained as a draft; docgen check lists them.",
    "该文档尚有问题，按草稿解释；docgen check 可列出问题。",
)
EARLIER = Words(
    "The case is closed since {on}; this paper was made before that, and is explained with the data as they stand now.",
    "该个案已于{on}关闭；本文档系关闭前生成，此处按现有数据解释。",
)
PARTS: dict[str, Words] = {
    "typed": Words("{count} from the case", "个案 {count} 处"),
    "setting": Words("{count} from the settings", "设置 {count} 处"),
    "default": Words("{count} by default", "默认值 {count} 处"),
    "derived": Words("{count} worked out", "推算 {count} 处"),
    "register": Words("{count} from the record", "台账 {count} 处"),
    "picture": Words("{count} pictures", "图 {count} 幅"),
    "decided": Words("{count} there or not", "有无取决于数据 {count} 处"),
    "words": Words("{count} fixed words", "固定文字 {count} 处"),
}
NOWHERE = Words("{place} is printed in none of these documents.", "{place} 未印在这些文档中。")
USES = Words(
    "{place}: printed in {count} place(s) of {documents} document(s)", "{place}：印在 {documents} 份文档的 {count} 处"
)


def rows(found: Iterable[Explained], language: UiLanguage, words: bool = False, brief: bool = False) -> list[Row]:
    """A row for each stretch; fixed words only where they are asked for.

    ``brief``: for a narrow table. Long texts are cut, and cells go without their file where there is but one.
    """
    found = _whole_lines(found)
    told = _Told(language, _only_workbook(found) if brief else "")
    return [
        (
            section(one, language),
            _cut(one.text) if brief else one.text,
            COMMA[language].join(dict.fromkeys(origin.label[language] for origin in one.origins)),
            told.source(one),
            "\n".join(_outer(one.places)),
        )
        for one in found
        if words or one.what != "words"
    ]


def _cut(text: str) -> str:
    text = " ".join(text.split())
    if cell_len(text) <= SHORT:
        return text
    kept = next(at for at in range(len(text), 0, -1) if cell_len(text[:at]) < SHORT)
    return f"{text[:kept].rstrip()}…"


def _outer(places: Sequence[str]) -> Sequence[str]:
    """Where it is printed, and whence that was called; what lies between is seldom asked for."""
    return places if len(places) < 3 else (places[0], places[-1])


def section(one: Explained, language: UiLanguage) -> str:
    if one.part != "body":
        return HEAD[one.part][language]
    return one.under or (BODY if one.places and ".docx:" in one.places[-1] else BEGINNING)[language]


def _whole_lines(found: Iterable[Explained]) -> list[Explained]:
    """The same, but a line of fixed words that is there or not as a whole is one stretch."""
    lines: list[Explained] = []
    for _, stretches in groupby(found, key=lambda one: (one.part, one.line)):
        first, *more = stretches
        is_whole = all(one.what == "decided" and one.decided_by == first.decided_by for one in (first, *more))
        lines += [replace(first, text=first.within)] if is_whole else [first, *more]
    return lines


def _only_workbook(found: Sequence[Explained]) -> str:
    places = [origin.position for one in found for origin in one.origins if origin.position]
    books = {place.source for place in places if place.cell}
    return books.pop() if len(books) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Told:
    """Says where a stretch comes from; ``book``: the workbook whose cells need no name of a file."""

    language: UiLanguage
    book: str = ""

    def source(self, one: Explained) -> str:
        language = self.language
        if one.what == "words":
            is_said = bool(one.places) and one.places[0].split("/")[-1].startswith("wording.")
            return (WORDING if is_said else TEMPLATE)[language]
        if one.what == "decided":
            return DECIDED[language].format(origins=self._several(one.decided_by))
        if one.what == "picture":
            return DRAWN[language].format(origins=self._several(one.origins))
        if one.made:
            return MADE[language].format(origins=self._several(one.origins))
        return "\n".join(dict.fromkeys(map(self._one, one.origins)))

    def _one(self, origin: Origin) -> str:
        language = self.language
        place = self._placed(origin.position) if origin.position else ""
        match origin.kind:
            case "typed" | "setting":
                return place
            case "default":
                return DEFAULT[language].format(place=place.rpartition(":")[0])
            case "register":
                return REGISTER[language].format(place=place) if place else NOT_ISSUED[language]
            case "derived":
                inputs = self._several(origin.inputs)
                return DERIVED[language].format(inputs=inputs) if inputs else DERIVED_ALONE[language]

    def _several(self, origins: Sequence[Origin]) -> str:
        shown = [f"{one.label[self.language]} {self._one(one)}" for one in origins[:MOST_INPUTS]]
        if len(origins) > MOST_INPUTS:
            shown.append(AND_MORE[self.language].format(count=len(origins) - MOST_INPUTS))
        return COMMA[self.language].join(shown)

    def _placed(self, place: Position) -> str:
        return place.cell if place.cell and place.source == self.book else placed(place)


def placed(place: Position) -> str:
    """``wang.yaml:18:9``, ``cases.xlsx › Targets!F12``: the file without its folders."""
    name = FilePath(place.source).name
    if place.line and not place.column:
        return f"{name}:{place.line}"
    return str(Position(name, place.line, place.column, place.cell))


def total(one: Subject, found: Sequence[Explained], language: UiLanguage, closed: date | None = None) -> str:
    """How much of a document comes from where; ``closed``: since when its case is, if it was made before that."""
    counts = Counter[str](each.origins[0].kind if each.what == "value" else each.what for each in found)
    parts = [words[language].format(count=counts[kind]) for kind, words in PARTS.items() if counts[kind]]
    form = one.paper.form.title[language]
    said = [TOTAL[language].format(number=one.name, form=form, parts=COMMA[language].join(parts))]
    said += [EARLIER[language].format(on=closed)] if closed else []
    return "\n".join([*said, DRAFT[language]] if one.mode != "final" else said)


def use_rows(found: Iterable[Use], language: UiLanguage, brief: bool = False) -> list[Row]:
    cut = _cut if brief else str
    return [
        (one.number, cut(_use_text(one, language)), _how(one, language), one.under, "\n".join(_outer(one.places)))
        for one in found
    ]


def _use_text(one: Use, language: UiLanguage) -> str:
    some, every = one.count
    return MUCH[language].format(some=some, all=every) if one.how == "decides_much" else one.text


def _how(one: Use, language: UiLanguage) -> str:
    return HOW[one.how][language].format(label=one.through.label[language] if one.through else "")


def use_total(found: Sequence[Use], place: str, language: UiLanguage) -> str:
    if not found:
        return NOWHERE[language].format(place=place)
    return USES[language].format(place=place, count=len(found), documents=len({one.number for one in found}))


def as_plain(one: Subject, found: Iterable[Explained], closed: date | None = None) -> dict[str, Any]:
    """For ``--json``: every stretch, fixed words among them."""
    return {
        "number": one.name,
        "form": one.paper.form.name,
        "case": one.paper.case.id,
        "draft": one.mode != "final",
        "closed": closed.isoformat() if closed else None,
        "printed": [
            {
                "text": each.text,
                "what": each.what,
                "part": each.part,
                "section": each.under,
                "line": each.line,
                "within": each.within,
                "origins": [_plain(origin) for origin in each.origins],
                "decided_by": [_plain(origin) for origin in each.decided_by],
                "places": list(each.places),
            }
            for each in found
        ],
    }


def _plain(origin: Origin) -> dict[str, Any]:
    place = origin.position
    return {
        "kind": origin.kind,
        "path": ".".join(map(str, origin.path)),
        "position": str(place) if place else None,
        "source": place.source if place else None,
        "line": place.line or None if place else None,
        "column": place.column or None if place else None,
        "cell": place.cell or None if place else None,
        "label": {"en": origin.label.en, "zh": origin.label.zh},
        "inputs": [_plain(one) for one in origin.inputs],
    }


def uses_as_plain(found: Iterable[Use], place: str) -> dict[str, Any]:
    return {
        "asked": place,
        "uses": [
            {
                "number": one.number,
                "form": one.form,
                "how": one.how,
                "text": one.text,
                "section": one.under,
                "through": _plain(one.through) if one.through else None,
                "lines": list(one.count) if one.how == "decides_much" else None,
                "places": list(one.places),
            }
            for one in found
        ],
    }
