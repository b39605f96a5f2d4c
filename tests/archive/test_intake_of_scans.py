"""Real pictures and real signatures on their whole way: read, decided on, filed."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf
from PIL import Image

from docgen.archive.filing import opened_archive
from docgen.archive.given import look_at
from docgen.archive.intake import Means, sort_out, take_in
from docgen.archive.result import Result
from docgen.archive.shelves import archive_in
from docgen.office.publish import PRIVATE
from docgen.office.returns import Returns
from tests.archive import scan_help
from tests.archive.intake_help import ON, archive, codes, fates, issued, office
from tests.archive.sign_help import signed

LETTER, NOTES = issued("S1-1-L"), issued("S2-1-N-1", pages=1)
LETTER_FILE = "signed/2026/S1-1/S1-1-L-r1.s1.pdf"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return office(tmp_path / "out", LETTER, NOTES)


def taken(out: Path, **contents: bytes) -> Result:
    """What becomes of these files; ``a_pdf`` is called a.pdf."""
    folder = out.parent / "given"
    folder.mkdir()
    for name, content in contents.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    with opened_archive(out, PRIVATE) as store:
        given = look_at([folder], out, Returns(store.register))
        assert not given.refused and not given.left_out
        pages: list[int] = []
        pile = take_in(store, given.files, ON)
        (result,) = sort_out(store, [pile], ON, Means(workers=2), pages.append)
        assert sum(pages) == result.pile.pages
        return result


def pictures(path: Path) -> list[bytes]:
    with Pdf.open(path) as pdf:
        found = [picture for page in pdf.pages for picture in page.obj.Resources.XObject.as_dict().values()]
        return [bytes(picture.read_raw_bytes()) for picture in found]


def test_scanned_pages_are_filed_upright_with_their_pictures_untouched(out: Path) -> None:
    first, second = (scan_help.page(code, code) for code in codes(LETTER))
    over = scan_help.scan(second.transpose(Image.Transpose.ROTATE_180))
    plans = [over, scan_help.scan(scan_help.sheet()), scan_help.scan(first)]
    result = taken(out, a_pdf=scan_help.pdf(*plans))
    assert fates(result) == ["filed", "blank", "filed"]
    place = archive_in(out) / LETTER_FILE
    assert pictures(place) == [plans[2].data, plans[0].data]
    with Pdf.open(place) as pdf:
        assert [int(page.obj.get("/Rotate", 0)) for page in pdf.pages] == [0, 180]


def test_pictures_of_every_kind_are_pages_too(out: Path) -> None:
    first, second = (scan_help.page(code, code) for code in codes(LETTER))
    (code,) = codes(NOTES)
    notes = scan_help.page(code, code)
    jpeg, tiff = scan_help.jpeg(first), BytesIO()
    sheets = [second.convert("1"), notes.convert("1")]
    sheets[0].save(tiff, "TIFF", compression="group4", dpi=(100, 100), save_all=True, append_images=sheets[1:])
    result = taken(out, a_jpg=jpeg, b_tif=tiff.getvalue(), c_png=scan_help.packed(scan_help.sheet(), "PNG"))
    assert fates(result) == ["filed", "filed", "filed", "blank"]
    assert pictures(archive_in(out) / LETTER_FILE)[0] == jpeg
    kept = archive(out)
    assert {path.rpartition("/")[2] for path in kept if path.startswith("intake")} == {
        *("001-a.jpg", "002-b.tif", "003-c.png", "report.json")
    }


def test_a_page_that_waits_can_be_looked_at(out: Path) -> None:
    result = taken(out, a_pdf=scan_help.pdf(scan_help.scan(scan_help.page("", ""))))
    picture = archive(out)[f"queue/{result.pages[0].leaf}.png"]
    with Image.open(BytesIO(picture)) as shown:
        assert min(shown.size) > 300 and len(picture) < 60_000


def test_an_issued_file_that_two_have_signed_is_kept_as_it_is(out: Path) -> None:
    content = signed((out / LETTER.files["pdf"].path).read_bytes(), "employee", "hr")
    result = taken(out, a_pdf=content)
    assert fates(result) == ["filed", "filed"] and result.copies[0].kind == "digital"
    assert archive(out)[LETTER_FILE] == content


def test_one_that_was_saved_anew_before_it_was_signed_is_known_by_its_codes(out: Path) -> None:
    pages = [scan_help.scan(scan_help.page(code, code)) for code in codes(LETTER)]
    content = signed(scan_help.pdf(*pages), "employee")
    result = taken(out, a_pdf=content)
    assert fates(result) == ["filed", "filed"] and result.copies[0].kind == "digital"
    assert archive(out)[LETTER_FILE] == content


def test_a_signed_file_of_other_pages_waits_and_is_not_taken_apart(out: Path) -> None:
    odd = [scan_help.scan(scan_help.page(codes(LETTER)[0], codes(LETTER)[0]))]
    result = taken(out, a_pdf=signed(scan_help.pdf(*odd), "employee"))
    assert [page.decision.why for page in result.pages] == ["digital_unknown"]
    assert not [path for path in archive(out) if path.startswith(("signed", "incomplete"))]


def test_the_issued_file_itself_is_no_signed_copy(out: Path) -> None:
    pages = scan_help.pdf(replace(scan_help.scan(scan_help.page()), content="BT /F1 40 Tf 99 400 Td (Letter) Tj ET"))
    result = taken(out, a_pdf=pages)
    assert [page.decision.why for page in result.pages] == ["not_scanned"]
