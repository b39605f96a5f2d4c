"""A workbook with nothing but the list of problems, for a file that can't be marked itself; it says why."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.model.problems import Words
from docgen.workbook.book_file import BookFile
from docgen.workbook.mark import Findings, sealed
from docgen.workbook.package import CONTENT_TYPES, MAIN, OFFICE, RELATIONS, SHEET_TYPES, TYPES, Package
from docgen.workbook.problem_sheet import put_list
from docgen.workbook.styles import Styles

WHY = Words(
    "{source} itself could not be marked: {reasons}. Correct it there, and run docgen check again.",
    "无法在 {source} 中直接标记：{reasons}。请在原文件中更正，然后重新运行 docgen check。",
)
EMPTY = {
    CONTENT_TYPES: f'<Types xmlns="{TYPES}">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPES}sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>',
}


def problem_list(findings: Findings, reasons: Sequence[Words]) -> bytes:
    """The list as a workbook of its own; ``reasons``: why it is no marked copy."""
    book = BookFile(Package({name: xml.encode() for name, xml in EMPTY.items()}))
    why = {"en": "; ", "zh": "；"}[findings.language].join(one[findings.language] for one in reasons)
    lines = findings.title, WHY[findings.language].format(source=findings.source, reasons=why)
    put_list(book, Styles(book), lines, findings.problems, findings.people, findings.language, links=False)
    return sealed(book, findings.source)
