"""The same HTML through WeasyPrint as one would use it at first: all made anew, widths left to the engine."""

from __future__ import annotations

import re

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from docgen.layout.sets import TemplateSet
from docgen.layout.stylesheet import stylesheet
from docgen.model.document import Document
from docgen.writers.html import write_html
from docgen.writers.pdf import VARIANT

FIXED = re.compile(r"table-layout:\s*fixed")
COLUMNS = re.compile("<colgroup>.*?</colgroup>")


def write_plainly(document: Document, templates: TemplateSet) -> bytes:
    html = COLUMNS.sub("", write_html(document, templates.theme))
    css = templates.file("print.css").read_text("utf-8")
    css += stylesheet(templates.theme, document.lang, landscape=document.landscape)
    fonts = FontConfiguration()
    style = weasyprint.CSS(string=FIXED.sub("table-layout: auto", css), font_config=fonts)
    made: bytes = weasyprint.HTML(string=html).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant=VARIANT, pdf_tags=True
    )
    return made
