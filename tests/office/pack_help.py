"""Documents on record, without the work of making them: PDFs of empty pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Name, Pdf

from docgen import generate
from docgen.definitions.load import load_definitions
from docgen.kit import Kit
from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.office import packing
from docgen.office.pack_cover import cover
from docgen.office.packs import Pack
from docgen.office.publish import PRIVATE
from docgen.office.store import opened
from docgen.sources.settings import read_settings
from docgen.writers.parity import Extent
from docgen.writers.pdf import PdfWriter

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


def without_engine(patch: pytest.MonkeyPatch) -> None:
    """Each PDF is an empty page: for those to whom it doesn't matter what stands there."""
    patch.setattr(PdfWriter, "write", lambda *_: empty_pdf(1))
    patch.setattr(generate, "check_parity", lambda *_, **__: Extent(1))


COVERS: dict[str, bytes] = {}


@pytest.fixture
def kept_covers(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The list on top of a pack is drawn once: for those who look at what lies below. Without it, it is drawn anew."""

    def kept(pack: Pack, kit: Kit, on: date, duplex: bool) -> bytes:
        said = repr((pack, kit.settings, on, duplex))
        if said not in COVERS:
            COVERS[said] = cover(pack, kit, on, duplex)
        return COVERS[said]

    monkeypatch.setattr(packing, "cover", kept)
    return COVERS


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
