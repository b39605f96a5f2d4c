"""Documents on record, without the work of making them: PDFs of empty pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Name, Pdf

from docgen.definitions.load import load_definitions
from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.office.publish import PRIVATE
from docgen.office.store import opened
from docgen.sources.settings import read_settings

ON = date(2026, 3, 5)
A4, ACROSS = (595, 842), (842, 595)
DEFINITIONS = load_definitions()
FORMS = list(DEFINITIONS.forms)
SETTINGS: dict[str, Any] = read_settings(None, DEFINITIONS)[0]


def empty_pdf(pages: int, size: tuple[int, int] = A4, mark: str = "") -> bytes:
    target = BytesIO()
    with Pdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=size)
        pdf.pages[0].obj[Name.StructParents] = 0
        pdf.docinfo[Name.Title] = mark
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def paper(number: str, form: str = "letter", *, pages: int = 2, who: str = "", **more: Any) -> Issued:
    """A document of ``number``, of the employee before the first dash; ``more``: of its holder or of itself."""
    employee = who or number.split("-")[0]
    names = ("department", "name", "supervisor_no", "supervisor_name")
    holder = {
        "department": "Sales",
        "name": f"Name {employee}",
        "supervisor_no": "S1",
        "supervisor_name": "Lee",
        **{name: more.pop(name) for name in names if name in more},
    }
    files = {"pdf": IssuedFile(f"{employee}/{number}-r1.pdf", "", 0, pages)}
    case = "-".join(number.split("-")[:2])
    known: dict[str, Any] = {"on": ON, "files": files, **more}
    return Issued(
        number, 1, case, form, printed=ON, content="", look="", holder=Holder(employee_no=employee, **holder), **known
    )


def on_record(out: Path, papers: Sequence[Issued], sizes: Sequence[tuple[int, int]] = ()) -> None:
    """Issue ``papers`` in ``out``."""
    with opened(out, PRIVATE) as store:
        for at, one in enumerate(papers):
            file = one.files["pdf"]
            content = empty_pdf(file.pages, sizes[at] if at < len(sizes) else A4, one.number)
            whole = IssuedFile(file.path, sha256(content).hexdigest(), len(content), file.pages)
            one.files["pdf"] = whole  # type: ignore[index]
            store.issue(one, {"pdf": content})
