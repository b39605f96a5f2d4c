"""A new workbook: for the forms asked for, in one of two layouts, empty or with the cases that are there already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from xlsxwriter import Workbook

from docgen.checking.asked import asked
from docgen.definitions.definition import Definitions, Field, Limits
from docgen.definitions.naming import CASE
from docgen.definitions.tabs import (
    CARD,
    FORMS,
    LANGUAGE,
    LAYOUT,
    MONTH,
    PEOPLE,
    PREDECESSOR,
    ROLLED,
    SENT,
    VERSION,
    key,
)
from docgen.model.problems import UiLanguage, Words
from docgen.model.record import Record
from docgen.workbook.card import NAME, Card, People
from docgen.workbook.columns import Block, Choosing, Column
from docgen.workbook.entry import LISTS, Known, Lists, Making
from docgen.workbook.growing import Tab
from docgen.workbook.guide import GUIDE, Layout, write_guide
from docgen.workbook.last_month import LAST_MONTH, Told, write_last_month
from docgen.workbook.lines import Line, Lost, Sheets, sheets_of
from docgen.workbook.looks import FONTS, SIZE, Looks
from docgen.workbook.tab_names import tab_names
from docgen.workbook.table import FIRST, PERSON_NOTE, Lead, write_table
from docgen.workbook.values import Content
from docgen.workbook.widths import shared_widths

MOST_CARDS = 30
"""So many people still get a tab each, unless another layout is asked for."""
ROWS, CARDS = 200, 10
SPARE_PEOPLE = 20
CREATED = datetime(2026, 1, 1)
"""Written into every file: the same cases make the same bytes."""
PERSON = "employee_no"
CASE_ID = "case_id"
MONTHS = "months"
TAB_LABEL = Words("Tab", "工作表")
TAB_NOTE = Words("The name of the person's own tab; the link leads there.", "该人员的工作表名称，点击可跳转。")
OWN_TABS = (GUIDE, LAST_MONTH, LISTS)
"""Those that hold no data; no person's tab may be called so."""
SUBJECT = Words("Performance improvement", "绩效改进")
CHOICES = 16
"""So many choices of columns are kept."""

Choice = tuple[Definitions, tuple[str, ...], bool, frozenset[tuple[str, str]]]
"""What the columns depend on: forms, whether optional ones are wanted, and which fields hold data."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted.

    ``forms``: empty for those that suit the cases. ``rows``: those of each table, or how many people get a card; 0 for
    as many as is usual. ``known``: names to choose from, that the office's settings know.
    ``predecessors``: the SHA-256 of each file that the cases come from; ``rolled``: the month to which they were rolled
    over; ``told``: what that came to, person by person. ``sent``: which one of those sent out it is.
    """

    forms: Sequence[str]
    language: UiLanguage
    file: str
    layout: Layout | None = None
    with_optional: bool = False
    rows: int = 0
    known: Known = field(default_factory=dict)
    predecessors: Sequence[str] = ()
    rolled: str = ""
    told: Sequence[Told] = ()
    sent: str = ""


def new_workbook(
    order: Order, definitions: Definitions, records: Collection[Record] = ()
) -> tuple[bytes, tuple[Lost, ...]]:
    """The file, and what of ``records`` it can't hold."""
    order = replace(order, forms=forms_of(definitions, order.forms, records))
    people = list(sheets_of(records, definitions, order.language))
    used = frozenset[tuple[str, str]]().union(*(one.used for one in people))
    choice = (definitions, tuple(order.forms), order.with_optional, used)
    layout = order.layout or ("card" if max(len(people), order.rows) <= MOST_CARDS else "table")
    target = BytesIO()
    defaults = {"font_name": FONTS[order.language], "font_size": SIZE, "locked": False}
    book = Workbook(target, {"in_memory": True, "default_format_properties": defaults})
    book.worksheet_class = Tab
    _describe(book, order, layout, people, definitions)
    making = _making(book, order, definitions)
    blocks = _WRITERS[layout](choice, people, order, making)
    forms = [definitions.forms[name].title for name in order.forms]
    guide = book.get_worksheet_by_name(GUIDE[order.language])
    write_guide(guide, blocks, layout, forms, order.file, making, bool(order.told))
    if order.told:
        write_last_month(book.get_worksheet_by_name(LAST_MONTH[order.language]), order.rolled, order.told, making)
    book.close()
    lost = [lost for one in people for lost in one.lost]
    if layout == "table":
        lost += nameless(records, people)
    return target.getvalue(), tuple(lost)


def _describe(book: Workbook, order: Order, layout: Layout, people: Sequence[Sheets], definitions: Definitions) -> None:
    title = SUBJECT[order.language]
    book.set_properties({"title": title, "author": "docgen", "created": CREATED})
    book.set_custom_property(VERSION, str(definitions.version), "text")
    book.set_custom_property(FORMS, ",".join(order.forms), "text")
    book.set_custom_property(LAYOUT, layout, "text")
    book.set_custom_property(LANGUAGE, order.language, "text")
    months = [str(row["month"]) for one in people for row in one.rows.get(MONTHS, ()) if row.get("month")]
    if months:
        book.set_custom_property(MONTH, max(months), "text")
    if order.rolled:
        book.set_custom_property(ROLLED, order.rolled, "text")
    for number, digest in enumerate(order.predecessors, start=1):
        book.set_custom_property(PREDECESSOR if number == 1 else f"{PREDECESSOR}-{number}", digest, "text")
    if order.sent:
        book.set_custom_property(SENT, order.sent, "text")
    book.set_size(24_000, 14_000)


def _making(book: Workbook, order: Order, definitions: Definitions) -> Making:
    """The guide comes first, then what became of last month, then the lists, out of sight."""
    book.add_worksheet(GUIDE[order.language])
    if order.told:
        book.add_worksheet(LAST_MONTH[order.language])
    lists = book.add_worksheet(LISTS[order.language])
    lists.very_hidden()
    return Making(
        book, definitions, order.language, Looks(book, order.language), Lists(lists, order.language), order.known
    )


@lru_cache(maxsize=CHOICES)
def _chosen(
    definitions: Definitions, forms: tuple[str, ...], with_optional: bool, used: frozenset[tuple[str, str]]
) -> tuple[tuple[Block, ...], Block, tuple[Block, ...]]:
    """The tabs, the list of people and the blocks of a card: the same in every workbook that is sent out at once."""
    choosing = Choosing(asked(definitions, forms, with_optional), used)
    return choosing.tabs(), choosing.people(), choosing.cards()


def _tables(choice: Choice, people: Sequence[Sheets], order: Order, making: Making) -> tuple[Block, ...]:
    language, rows, (blocks, _, _) = order.language, order.rows or ROWS, _chosen(*choice)
    tab = making.definitions.workbook.tabs[PEOPLE].label[language]
    source = f"='{tab}'!$B${FIRST + 1}:$B${FIRST + max(rows, len(people))}"
    number = Column(making.definitions.sheets[CASE].fields[PERSON], "required")
    lead = Lead(key(CASE, PERSON), number, making.say(PERSON_NOTE, people=tab), source)
    for block in blocks:
        leads = [] if block.tab.name == PEOPLE else [lead]
        lines: list[Line] = []
        for one, name in zip(people, persons(people), strict=True):
            own = one.lines(block.tab, making.definitions)
            lines += own if not leads else [{**line, lead.key: name} for line in own if name is not None]
        write_table(making.book.add_worksheet(block.tab.label[language]), block, leads, lines, rows, making)
    return blocks


def persons(people: Sequence[Sheets]) -> list[Content]:
    """How the rows of each case name it: by the employee number, or the case number where others have that too."""
    numbers = [one.value(PERSON) for one in people]
    return [
        number if number is not None and numbers.count(number) == 1 else one.value(CASE_ID) or number or one.value(NAME)
        for one, number in zip(people, numbers, strict=True)
    ]


def nameless(records: Iterable[Record], people: Sequence[Sheets]) -> Iterator[Lost]:
    """The cases that no row of a table can name, or only so that another case is named too."""
    names = persons(people)
    for record, name in zip(records, names, strict=True):
        if name is None or names.count(name) > 1:
            yield Lost(record.position((CASE,)), "nobody" if name is None else "same_number", str(name or ""))


def _cards(choice: Choice, people: Sequence[Sheets], order: Order, making: Making) -> tuple[Block, ...]:
    language, (_, identity, blocks) = order.language, _chosen(*choice)
    count = max(len(people), order.rows or (0 if people else CARDS), 1)
    data = [*people, *(Sheets({}, frozenset()) for _ in range(count - len(people)))]
    tab = identity.tab.label[language]
    tabs = tab_names(
        [str(one.value(NAME) or "") for one in data], {*(own[language] for own in OWN_TABS), tab}, language
    )
    sheet = making.book.add_worksheet(tab)
    shown = {column.key for column in identity.columns}
    lines: list[Line] = []
    for name, one in zip(tabs, data, strict=True):
        line = next(iter(one.lines(identity.tab, making.definitions)), {})
        lines.append({CARD: name, **{of: cell for of, cell in line.items() if of in shown}})
    lead = Lead(CARD, Column(_tab_field(making.definitions)), TAB_NOTE[language])
    links = {name: f"internal:'{name.replace(chr(39), chr(39) * 2)}'!C1" for name in tabs}
    places = write_table(sheet, identity, [lead], lines, count + SPARE_PEOPLE, making, links)
    comma = {"en": " · ", "zh": " · "}[language]
    title = comma.join(making.definitions.forms[name].title[language] for name in order.forms)
    widths = shared_widths(blocks, language)
    listed = People(tab, places)
    for name, one in zip(tabs, data, strict=True):
        Card(making.book.add_worksheet(name), widths, making).write(name, one, listed, title, blocks)
    return (identity, *blocks)


def _tab_field(definitions: Definitions) -> Field:
    return Field(CARD, "", "text", "optional", "before", TAB_LABEL, TAB_NOTE, limits=Limits(max_length=100))


_WRITERS = {"table": _tables, "card": _cards}


def forms_of(definitions: Definitions, wanted: Sequence[str], records: Collection[Record]) -> list[str]:
    """The forms ``wanted``, in their order; if none is, those made once an open case, and those of which there are
    rows."""
    held = {CASE, *(sheet for record in records for sheet in record.data)}
    return [
        form.name
        for form in definitions.forms.values()
        if form.name in wanted or (not wanted and form.unit in held and form.made == "open")
    ]
