"""The list on top of a pack: whose documents lie below it, to be ticked off when they are signed and returned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from docgen.generate import author
from docgen.kit import Kit
from docgen.layout.render import renderer
from docgen.model.case import Code, Month
from docgen.model.document import Document
from docgen.model.identity import content_hash
from docgen.model.problems import Words
from docgen.office.packs import NOBODY, Pack, Sheaf
from docgen.writers.fonts import handwritten
from docgen.writers.parity import check_parity
from docgen.writers.properties import Properties

TEMPLATE = "pack.html"
TITLE = Words("Papers to sign", "待签文件清单")
CONFIDENTIAL = Code("confidential", "confidentiality")


def cover(pack: Pack, kit: Kit, on: date, duplex: bool) -> bytes:
    """The list of ``pack`` as PDF, in the language of its documents; of its file's own properties none names a person.

    Raises:
        DocumentError: it can't be laid out, or doesn't read back as it is meant.
    """
    document = handwritten(_drawn(pack, kit, on, duplex), kit.coverage)
    properties = Properties(
        document.title, author(kit.settings, document.lang), on, content_hash(document), document.lang
    )
    content = kit.pdf.write(document, properties)
    check_parity(document, kit.templates.theme, None, content)
    return content


def _drawn(pack: Pack, kit: Kit, on: date, duplex: bool) -> Document:
    language = _language(pack, kit)
    names = {
        "settings": kit.settings,
        "draft": False,
        "blank": False,
        "confidentiality": CONFIDENTIAL,
        "by": pack.by,
        "group": " ".join(filter(None, (pack.name, pack.number))) or NOBODY[pack.by],
        "made_on": on,
        "people": pack.people,
        "documents": len(pack.sheaves),
        "pages_in_all": pack.pages,
        "sheets_in_all": pack.sheets,
        "part": pack.part,
        "parts": pack.parts,
        "duplex": duplex,
        "rows": [_row(one, kit) for one in pack.sheaves],
    }
    title = f"{TITLE['en' if language == 'en' else 'zh']} {on.isoformat()}"
    return renderer(kit.templates, kit.definitions, "final").render(TEMPLATE, names, title=title, language=language)


def _language(pack: Pack, kit: Kit) -> str:
    """That of all its documents; the office's, where they are in several or in two, or it isn't on record."""
    (first, *others) = {one.issued.language for one in pack.sheaves}
    return first if first in ("en", "zh") and not others else str(kit.settings["default_language"])


def _row(sheaf: Sheaf, kit: Kit) -> Mapping[str, Any]:
    issued = sheaf.issued
    form = kit.definitions.forms.get(issued.form)
    return {
        "name": issued.holder.name or issued.holder.department,
        "employee_no": issued.holder.employee_no,
        "title": form.title if form else issued.form,
        "time": date.fromisoformat(issued.talk) if issued.talk else _month(issued.month),
        "number": issued.number,
        "revision": issued.revision,
        "pages": sheaf.pages,
        "copies": sheaf.copies,
        "sheets": sheaf.sheets,
    }


def _month(text: str) -> Month | None:
    year, _, month = text.partition("-")
    return Month(int(year), int(month)) if month else None
