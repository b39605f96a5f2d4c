"""Several PDFs as one."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Name, Pdf

from docgen.writers.joined import Piece, joined
from tests.office.pack_help import ACROSS, empty_pdf


def sizes(content: bytes) -> list[tuple[int, int]]:
    with Pdf.open(BytesIO(content)) as pdf:
        return [(int(page.mediabox[2]), int(page.mediabox[3])) for page in pdf.pages]


def marks(content: bytes) -> list[str]:
    with Pdf.open(BytesIO(content)) as pdf, pdf.open_outline() as outline:
        return [one.title for one in outline.root]


def test_each_document_begins_on_the_front_of_a_sheet() -> None:
    pieces = [Piece("A", empty_pdf(3)), Piece("B", empty_pdf(1, ACROSS)), Piece("C", empty_pdf(2))]
    up, across = (595, 842), (842, 595)
    made = joined(empty_pdf(1), pieces, duplex=True)
    assert sizes(made) == [up, up, up, up, up, up, across, across, up, up]
    assert sizes(joined(empty_pdf(1), pieces, duplex=False)) == [up, up, up, up, across, up, up]
    assert marks(made) == ["A", "B", "C"]


def test_copies_follow_each_other_and_cost_no_further_space() -> None:
    content = empty_pdf(1)
    made = joined(empty_pdf(2), [Piece("A", content, 3)], duplex=True)
    assert len(sizes(made)) == 2 + 3 * 2
    assert len(marks(made)) == 1


def test_the_same_input_gives_the_same_bytes() -> None:
    pieces = [Piece("A", empty_pdf(1)), Piece("B", empty_pdf(2))]
    assert joined(empty_pdf(1), pieces, duplex=True) == joined(empty_pdf(1), pieces, duplex=True)


def test_tags_of_single_files_are_not_left_dangling() -> None:
    with Pdf.open(BytesIO(joined(empty_pdf(1), [Piece("A", empty_pdf(1))], duplex=True))) as pdf:
        assert Name.StructTreeRoot not in pdf.Root
        assert not any(Name.StructParents in page.obj for page in pdf.pages)


def test_an_encrypted_file_opens_with_its_password_only() -> None:
    made = joined(empty_pdf(1), [Piece("A", empty_pdf(1))], duplex=True, password="春天 2026")
    for wrong in ("", "2026"):
        with pytest.raises(pikepdf.PasswordError):
            Pdf.open(BytesIO(made), password=wrong)
    with Pdf.open(BytesIO(made), password="春天 2026") as pdf:
        assert len(pdf.pages) == 4
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
