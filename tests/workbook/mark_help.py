"""Workbooks to be marked: one with everything that must survive, and problems to mark in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import xlsxwriter

from docgen.model.problems import Position, Problem, Severity, UiLanguage, Words
from docgen.workbook.mark import Findings, marked
from docgen.workbook.package import Package

SOURCE = "team.xlsx"


def problem(
    cell: str, severity: Severity = Severity.ERROR, said: str = "It is wrong.", code: str = "E103", case_id: str = ""
) -> Problem:
    words = Words(said, f"{said}（中）"), Words("Correct it.", "请更正。")
    return Problem(code, severity, (), Position(SOURCE, cell=cell), "", *words, case_id=case_id)


def warning(cell: str, said: str = "It is doubtful.") -> Problem:
    return problem(cell, Severity.WARNING, said, "W202")


def note(cell: str, said: str = "Read as a date.") -> Problem:
    return problem(cell, Severity.INFO, said, "I206")


def mark(
    content: bytes,
    *problems: Problem,
    people: Mapping[str, str] | None = None,
    language: UiLanguage = "en",
    source: str = SOURCE,
) -> bytes:
    return marked(Package.read(content), Findings(source, problems, people or {}, language))


def workbook(fill: Callable[[Any], None], **options: Any) -> bytes:
    """What XlsxWriter makes of ``fill``, which is called with the open workbook."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    fill(book)
    book.close()
    return out.getvalue()


def plain(book: Any) -> None:
    """Two tabs with some rows; a person in column A, figures further right."""
    for name in ("Targets", "Support"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Person", "Target", "Weight", "Due"])
        for row in range(1, 20):
            sheet.write_row(row, 0, [f"P{row:03}", f"Target {row}", row * 1.5, "2026-06-30"])


def rich(book: Any) -> None:
    """All that a marked copy must keep, parts that libraries lose among it."""
    sheet = book.add_worksheet("Targets")
    money, day = book.add_format({"num_format": '#,##0"元"'}), book.add_format({"num_format": "yyyy-mm-dd"})
    red, green = book.add_format({"bg_color": "#FF0000"}), book.add_format({"bg_color": "#00FF00"})
    open_cell = book.add_format({"locked": False, "italic": True})
    sheet.write_row(0, 0, ["docgen:targets", "targets.name", "targets.weight"])
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_column("A:A", None, None, {"hidden": True})
    sheet.set_column("B:B", 33.5)
    sheet.set_row(4, 40)
    sheet.write_row("B2", ["Name", "Weight", "Due", "Sum"])
    for row in range(2, 8):
        sheet.write_string(row, 1, "=not a formula" if row == 3 else f"Target {row} 张", open_cell)
        sheet.write_number(row, 2, row / 3, money)
        sheet.write_datetime(row, 3, date(2026, row, 5), day)
        sheet.write_formula(row, 4, f"=C{row + 1}*2", None, row / 3 * 2)
    sheet.write_formula("F3", '=B3&"!"', None, "Target 2 张!")
    sheet.write_formula("F4", "=C3>1", None, True)
    sheet.write_formula("F5", "=NA()", None, "#N/A")
    sheet.write_array_formula("F6:F7", "{=C3:C4*2}", None, 4)
    sheet.write_dynamic_array_formula("G3:G4", "=SORT(C3:C4)", None, 1)
    sheet.write_rich_string("H3", "plain ", book.add_format({"bold": True}), "bold")
    sheet.merge_range("H4:I6", "merged")
    sheet.write_comment("B4", "A note of my own", {"author": "Somebody", "x_scale": 2})
    sheet.write_comment("D4", "Another note", {"author": "Somebody"})
    sheet.conditional_format("C3:C8", {"type": "cell", "criteria": ">", "value": 1, "format": green})
    sheet.conditional_format("B3:E8", {"type": "formula", "criteria": "=$C3>2", "format": red})
    sheet.conditional_format("E3:E8", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("C3:C8", {"validate": "decimal", "criteria": ">=", "value": 0, "input_message": "a weight"})
    sheet.data_validation("B3:B8", {"validate": "list", "source": "=Lists!$A$1:$A$3"})
    sheet.add_sparkline("J3", {"range": "C3:C8"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Targets!$C$3:$C$8"})
    sheet.insert_chart("L2", chart)
    sheet.insert_textbox("L20", "A shape")
    sheet.insert_button("L30", {"caption": "A button"})
    sheet.insert_checkbox("K3", True)
    sheet.protect("", {"sort": True})
    sheet.freeze_panes(2, 2)
    sheet.autofilter("B2:E8")
    sheet.repeat_rows(1)
    sheet.print_area("A1:J10")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&LMine")
    sheet.write_url("B10", "internal:Lists!A1")
    sheet.ignore_errors({"number_stored_as_text": "B3:B8"})
    lists = book.add_worksheet("It's a list!")
    lists.write_column("A1", ["a", "b", "c"])
    lists.add_table("C1:D4", {"columns": [{"header": "one"}, {"header": "two"}]})
    other = book.add_worksheet("Lists")
    other.write_column("A1", ["x", "y", "z"])
    other.hide()
    book.define_name("Rates", "=Lists!$A$1:$A$3")
    book.define_name("Targets!Local", "=Targets!$A$1")
    book.set_custom_property("docgen-layout", "table")
    book.set_properties({"title": "Team"})


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}
