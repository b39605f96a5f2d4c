"""Random documents: markup of the whole subset from a seed, read into trees."""

from __future__ import annotations

import random
from collections.abc import Callable
from html import escape

from docgen.layout.markup import read_markup
from docgen.model.document import Document, Language

WORDS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("target", "review", "supervisor", "agreed", "by the end of", "R&D", "the report", "improves", "well-known"),
        *("“on time”", "didn’t", "A < B", "x > y", "e.g.", "naïve", "co-operate", "step-by-step", "—", "(see below)"),
    ),
    "zh-CN": (
        *(
            "目标",
            "改进计划",
            "主管",
            "已确认",
            "“按时”",
            "销售额",
            "《绩效办法》",
            "，",
            "。",
            "；",
            "（含税）",
            "每月五日前",
        ),
        *("完成率", "客户回访", "——", "……", "、", "第三季度", "：", "产品知识", "复盘"),
    ),
}
FIGURES = (
    "350,000",
    "21.9",
    "109.5%",
    "2026-03-05",
    "2026年3月5日",
    "¥12,000.00",
    "1/3",
    "5 March 2026",
    "±0.5",
    "S1024",
)
SIGNS = ("☐", "☑", "²", "½", "·", "①", "№")
SPANS = ("label", "note", "code", "nobreak", "gap", "stamp")
PARAGRAPHS = ("", "", "", "clause", "note", "lead", "guide", "label")
LISTS = ("", "", "", "options", "ticks")
SECTIONS = ("", "keep", "acknowledgement", "parties")
TABLES = ("", "", "facts", "targets", "signatures")
MOST_DEEP = 3


def random_tree(seed: str) -> Document:
    """The document of ``seed``: one to three pages in either language with everything that the markup knows."""
    grower = Grower(random.Random(seed))
    text = grower.document()
    return read_markup(text, title="Plan", lang=grower.lang, landscape=grower.seeded.random() < 0.3)


class Grower:
    """Writes markup; every choice comes from ``seeded``."""

    def __init__(self, seeded: random.Random) -> None:
        self.seeded = seeded
        self.lang: Language = seeded.choice(("en", "zh-CN"))

    def document(self) -> str:
        running = (
            f'<header class="first"><p>{self.words(self.lang, 2)}</p></header><header><p>{self.words(self.lang, 3)} '
            f'<span class="page-number"></span></p></header><footer><p>{self.words(self.lang, 2)} '
            '<span class="page-number"></span>/<span class="page-count"></span></p></footer>'
        )
        return running + self.blocks(self.seeded.randint(2, 12), 0)

    def blocks(self, count: int, depth: int) -> str:
        return "".join(self.block(depth) for _ in range(count))

    def block(self, depth: int) -> str:
        kinds: list[tuple[Callable[[int], str], int]] = [
            (self.paragraph, 6),
            (self.heading, 2),
            (self.listing, 3 if depth < MOST_DEEP else 0),
            (self.table, 3 if depth < 1 else 0),
            (self.section, 1 if depth < 1 else 0),
            (self.rule, 1 if depth < 1 else 0),
        ]
        (made,) = self.seeded.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])
        return made(depth)

    def paragraph(self, depth: int) -> str:
        role = self.seeded.choice(PARAGRAPHS)
        return f"<p{self.role(role)}>{self.runs()}</p>"

    def heading(self, depth: int) -> str:
        tag = self.seeded.choice(("h1", "h2", "h3"))
        return f"<{tag}>{self.words(self.lang, 4)}</{tag}>"

    def listing(self, depth: int) -> str:
        tag = self.seeded.choice(("ul", "ol"))
        items = "".join(self.item(depth) for _ in range(self.seeded.randint(1, 5)))
        return f"<{tag}{self.role(self.seeded.choice(LISTS))}>{items}</{tag}>"

    def item(self, depth: int) -> str:
        if self.seeded.random() < 0.6:
            return f"<li>{self.runs()}</li>"
        inner = self.listing(depth + 1) if depth + 1 < MOST_DEEP and self.seeded.random() < 0.6 else ""
        return f"<li><p>{self.runs()}</p>{inner}</li>"

    def section(self, depth: int) -> str:
        return (
            f"<section{self.role(self.seeded.choice(SECTIONS))}>{self.blocks(self.seeded.randint(1, 4), 1)}</section>"
        )

    def rule(self, depth: int) -> str:
        return "<hr/>"

    def table(self, depth: int) -> str:
        width = self.seeded.randint(1, 6)
        columns = "".join(f'<col width="{self.seeded.randint(8, 30)}"/>' for _ in range(width))
        caption = f"<caption>{self.words(self.lang, 3)}</caption>" if self.seeded.random() < 0.3 else ""
        head = self.grid(self.seeded.randint(1, 2), width, "th") if self.seeded.random() < 0.7 else ""
        body = self.grid(self.seeded.randint(1, 12), width, "td")
        thead = f"<thead>{head}</thead>" if head else ""
        role = self.role(self.seeded.choice(TABLES))
        return f"<table{role}>{caption}<colgroup>{columns}</colgroup>{thead}<tbody>{body}</tbody></table>"

    def grid(self, height: int, width: int, tag: str) -> str:
        """Rows that fill ``width`` columns, with cells that reach over several columns and rows."""
        taken = [[False] * width for _ in range(height)]
        rows = []
        for top in range(height):
            cells = []
            for left in range(width):
                if taken[top][left]:
                    continue
                across, down = self.span(taken, top, left)
                for row in taken[top : top + down]:
                    row[left : left + across] = [True] * across
                cells.append(f'<{tag} colspan="{across}" rowspan="{down}">{self.cell(tag)}</{tag}>')
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return "".join(rows)

    def span(self, taken: list[list[bool]], top: int, left: int) -> tuple[int, int]:
        if self.seeded.random() < 0.85:
            return 1, 1
        across = 1
        while across < 3 and left + across < len(taken[top]) and not taken[top][left + across]:
            across += 1
        # A row must keep a cell of its own, or it has no height.
        down = self.seeded.randint(1, min(3, len(taken) - top)) if left else 1
        return self.seeded.randint(1, across), down

    def cell(self, tag: str) -> str:
        choice = self.seeded.random()
        if choice < 0.06:
            return ""
        if tag == "th":  # a head that fills a page is not repeated, nor printed at all
            return self.words(self.lang, 2)
        if choice < 0.12:
            return self.listing(MOST_DEEP - 1)
        if choice < 0.2:
            return f"<p>{self.runs()}</p><p>{self.runs()}</p>"
        return self.runs() if choice < 0.4 else self.words(self.lang, 2)

    def runs(self) -> str:
        return " ".join(self.run() for _ in range(self.seeded.randint(1, 4)))

    def run(self) -> str:
        other: Language = "en" if self.lang == "zh-CN" else "zh-CN"
        words = self.words(self.lang, 6)
        return self.seeded.choice(
            (
                words,
                words,
                f"<strong>{words}</strong>",
                f"<em>{words}</em>",
                f"<u>{words}</u>",
                f"<strong><em>{words}</em></strong>",
                f'<span lang="{other}">{self.words(other, 4)}</span>',
                f'<span class="{self.seeded.choice(SPANS)}">{self.words(self.lang, 1)}</span>',
                f"{words}<br/>{self.words(self.lang, 3)}",
                f'{words}: <span class="line"></span>',
            )
        )

    def words(self, lang: Language, most: int) -> str:
        found = [self.word(lang) for _ in range(self.seeded.randint(1, most))]
        return escape(("" if lang == "zh-CN" else " ").join(found))

    def word(self, lang: Language) -> str:
        kind = self.seeded.random()
        return self.seeded.choice(SIGNS if kind < 0.05 else FIGURES if kind < 0.25 else WORDS[lang])

    @staticmethod
    def role(name: str) -> str:
        return f' class="{name}"' if name else ""
