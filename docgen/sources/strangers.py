"""A tab that docgen didn't make, or whose marks are lost: it is read by the headings of its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, sheet_spellings, spelling
from docgen.definitions.tabs import NO_DATA, Tab
from docgen.sources.blocks import Block, texts
from docgen.sources.grid import Grid
from docgen.sources.headings import Understood, Vocabulary

HEADING_ROWS = 30
LEAST_NAMES = 2


class Strangers:
    """Reads tabs by their headings; what it knows of the plan is worked out once."""

    def __init__(self, definitions: Definitions, foreign: Collection[str]) -> None:
        self.definitions = definitions
        self.foreign = foreign
        self.tabs: Sequence[Tab] = tuple(definitions.workbook.tabs.values())
        self._vocabularies: dict[tuple[str, ...], Vocabulary] = {}

    def vocabulary(self, sheets: tuple[str, ...]) -> Vocabulary:
        found = self._vocabularies.get(sheets)
        if found is None:
            found = self._vocabularies[sheets] = Vocabulary(self.definitions, sheets, self.foreign)
        return found

    def block(self, tab: Grid, passed: Collection[int] = (), marked: Collection[int] = ()) -> Block | None:
        """The block below the row that names most fields of one tab of the plan.

        ``passed`` rows hold no headings, ``marked`` ones no data.
        """
        best = (0, 0, "")
        named = self.named(tab.name)
        for number, cells in islice(tab.rows.items(), HEADING_ROWS):
            row = [] if number in passed else [text for _, text in texts(cells)]
            for one in self.tabs:
                count = self.vocabulary(one.sheets).matches(row) if row else 0
                if count >= (1 if one.name == named else LEAST_NAMES):
                    weight = count + (len(row) if one.name == named else 0)
                    if weight > best[0]:
                        best = (weight, number, one.name)
        if not best[0]:
            return None
        _, heading_row, name = best
        headings = [(at, text) for at, text in texts(tab.rows[heading_row]) if text.strip() != NO_DATA]
        vocabulary = self.vocabulary(self.definitions.workbook.tabs[name].sheets)
        understood = vocabulary.understand(headings, self._groups(tab, heading_row, vocabulary))
        rows = tuple(number for number in tab.rows if number > heading_row and number not in marked)
        return Block(tab, name, heading_row, self.sorted_out(understood, name), rows)

    def sorted_out(self, understood: Understood, name: str) -> Understood:
        """With those unread headings told apart of which another tab than ``name`` has several."""
        tabs = [(at, text, self._elsewhere(text, name)) for at, text in understood.unread]
        counts = Counter(tab for _, _, tab in tabs if tab)
        elsewhere = tuple(one for one in tabs if counts[one[2]] >= LEAST_NAMES)
        known = {at for at, _, _ in elsewhere}
        unread = tuple((at, text) for at, text in understood.unread if at not in known)
        return replace(understood, unread=unread, elsewhere=elsewhere)

    def _elsewhere(self, text: str, name: str) -> str:
        """The tab of the plan that a heading belongs on; who somebody is may be said on any."""
        tab = self.definitions.workbook.tabs.get(name) or self.definitions.workbook.blocks.get(name)
        own = tab.sheets if tab else ()
        identity = self.definitions.workbook.identity
        for one in self.tabs:
            for meaning in self.vocabulary(one.sheets).meanings(text)[:1]:
                is_who = meaning.sheet == CASE and meaning.field.name in identity
                if meaning.sheet in one.sheets and meaning.sheet not in own and not is_who:
                    return one.name
        return ""

    def _groups(self, tab: Grid, heading_row: int, vocabulary: Vocabulary) -> dict[int, str]:
        """By column the sheet that the row above the headings names over it, as far as the next name reaches."""
        above = max((number for number in tab.rows if number < heading_row), default=0)
        found: dict[int, str] = {}
        if above:
            names = [(at, vocabulary.groups.get(spelling(text), "")) for at, text in texts(tab.rows[above])]
            width = len(tab.rows[heading_row])
            for (at, sheet), (end, _) in pairwise([*names, (width, "")]):
                found |= dict.fromkeys(range(at, end), sheet)
        return found

    def named(self, name: str) -> str:
        """The tab of the plan that a tab is called after, in either language, or after a sheet on it."""
        written = spelling(name)
        for one in (*self.tabs, *self.definitions.workbook.blocks.values()):
            if written in {spelling(text) for text in (one.name, one.label.en, one.label.zh)}:
                return one.name
        for one in self.tabs:
            if written in sheet_spellings(self.definitions.sheets[sheet] for sheet in one.sheets):
                return one.name
        return ""
