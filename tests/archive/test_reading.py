"""A pile is read page by page, in order, whatever single pages do to those that read them."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing import active_children
from pathlib import Path

import pytest
from pikepdf import Name, Object
from PIL import Image, ImageOps

from docgen.archive import looking, reading
from docgen.archive.leaves import Leaf
from docgen.archive.looking import look_at
from docgen.archive.piles import Examined, Kind, examine
from docgen.archive.reading import Part, _parts, picture, read, read_part
from docgen.archive.thumbnails import thumbnail
from tests.archive.scan_help import (
    A4,
    OTHER,
    TEXT,
    Plan,
    fax,
    jpeg,
    jpeg_says,
    opened,
    packed,
    page,
    pdf,
    put,
    scan,
    sheet,
    size_of,
)

WORDS = "BT 0 Tr /F1 30 Tf 80 400 Td (agreed) Tj ET"


def pile(tmp_path: Path, *contents: bytes) -> list[Examined]:
    found = []
    for number, content in enumerate(contents):
        path = tmp_path / f"scan{number}"
        path.write_bytes(content)
        one = examine(path)
        assert isinstance(one, Examined), one
        found.append(one)
    return found


def leaves(tmp_path: Path, *plans: Plan) -> list[Leaf]:
    return list(read(pile(tmp_path, pdf(*plans)), 1))


def test_the_pages_of_several_files_are_counted_through(tmp_path: Path) -> None:
    fax = [page(dpi=150).convert("1"), sheet(150).convert("1")]
    files = pile(
        tmp_path,
        pdf(scan(page()), scan(sheet()), scan(page(OTHER, OTHER).rotate(90, expand=True), box=(842.0, 595.0))),
        packed(fax[0], "TIFF", compression="group4", save_all=True, append_images=fax[1:], dpi=(150, 150)),
        jpeg(page()),
    )
    counted: list[int] = []
    found = list(read(files, 2, counted.append))
    assert found == [
        Leaf(1, (TEXT,), tries=1, way="image"),
        Leaf(2, is_blank=True, tries=1, way="image"),
        Leaf(3, (OTHER,), 90, tries=1, way="image"),
        Leaf(4, (TEXT,), tries=1, way="image"),
        Leaf(5, is_blank=True, tries=1, way="image"),
        Leaf(6, (TEXT,), tries=1, way="image"),
    ]
    assert sum(counted) == 6
    assert list(read(files, 1)) == found


def test_a_photo_that_was_held_across_needs_no_turning_once_it_is_shown_so(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    (leaf,) = read(pile(tmp_path, packed(page().rotate(90, expand=True), "JPEG", exif=exif, dpi=(100, 100))), 1)
    assert (leaf.codes, leaf.turn, leaf.fault) == ((TEXT,), 0, "")


def test_a_transparent_picture_is_read_as_it_is_shown(tmp_path: Path) -> None:
    clear = Image.merge("LA", [sheet(grey=0), ImageOps.invert(page())])
    (leaf,) = read(pile(tmp_path, packed(clear.convert("RGBA"), "PNG", dpi=(100, 100))), 1)
    assert (leaf.codes, leaf.way, leaf.fault) == ((TEXT,), "drawn", "")


@pytest.mark.parametrize("share", [0.3, 0.8])
def test_a_page_that_is_cut_off_below_its_code_is_not_filed_by_it(share: float, tmp_path: Path) -> None:
    """Its upper code can be read; what was signed is lost."""
    seen = page(dpi=150).convert("1")
    data, parms = fax(seen)
    says = {**size_of(seen), "BitsPerComponent": 1, "ColorSpace": Name.DeviceGray, "Filter": Name.CCITTFaxDecode}
    whole, cut = (Plan(data=one, says={**says, "DecodeParms": parms}) for one in (data, data[: int(share * len(data))]))
    assert [(leaf.codes, leaf.fault) for leaf in leaves(tmp_path, whole, cut)] == [((TEXT,), ""), ((), "unreadable")]


def test_how_a_page_is_to_be_turned_is_told_of_what_a_viewer_shows(tmp_path: Path) -> None:
    (leaf,) = leaves(tmp_path, scan(page(), keys={"/Rotate": 270}))
    assert (leaf.codes, leaf.turn) == ((TEXT,), 90)


def test_a_page_on_which_more_stands_than_a_scan_is_read_and_told(tmp_path: Path) -> None:
    """The codes are needed all the same: signed files are known by them."""
    found = leaves(
        tmp_path,
        Plan(content=""),
        Plan(content=WORDS),
        Plan(f"q 0.7 0 0 0.7 0 0 cm q {{w}} 0 0 {{h}} 0 0 cm /Im Do Q Q {WORDS}", jpeg(page()), jpeg_says(page())),
        scan(page(), keys={"/CropBox": [0, 421, 595, 842]}),
    )
    assert [leaf.fault for leaf in found] == ["no_picture", "not_scanned", "not_scanned", "hidden_parts"]
    assert [leaf.codes for leaf in found[1:]] == [(), (TEXT,), (TEXT,)]
    assert not any(leaf.is_blank for leaf in found)


def misplaced() -> Image.Image:
    made = page(dpi=150, lower="")
    put(made, TEXT, 40, 200, dpi=150)
    return made


def doubled() -> Image.Image:
    made = page(dpi=150, lower="")
    put(made, TEXT, 187.5, 24, dpi=150)
    return made


def both_ways() -> Image.Image:
    made = page(dpi=150)
    half = made.crop((0, 0, made.width, made.height // 2)).rotate(180)
    made.paste(half, (0, 0))
    return made


@pytest.mark.parametrize("made", [misplaced, doubled, both_ways])
def test_a_code_that_is_not_where_docgen_prints_it_proves_nothing(tmp_path: Path, made: object) -> None:
    assert callable(made)
    (leaf,) = leaves(tmp_path, scan(made()))
    assert (leaf.fault, leaf.codes) == ("misplaced_code", (TEXT,))


def test_a_page_through_which_codes_shine_waits_and_says_why(tmp_path: Path) -> None:
    (leaf,) = leaves(tmp_path, scan(ImageOps.mirror(page())))
    assert (leaf.fault, leaf.codes, leaf.is_blank) == ("mirrored", (), False)


def test_a_blank_back_through_which_codes_shine_faintly_is_blank(tmp_path: Path) -> None:
    pale = ImageOps.mirror(page(dpi=150)).point([215 + one * 40 // 255 for one in range(256)])
    (leaf,) = leaves(tmp_path, scan(pale))
    assert leaf.is_blank


def test_a_page_that_is_covered_or_masked_is_not_blank(tmp_path: Path) -> None:
    covered = scan(page(), content="q {w} 0 0 {h} 0 0 cm /Im Do Q 1 g 0 0 {w} {h} re f")
    white = scan(sheet(), content="q {w} 0 0 {h} 0 0 cm /Im Do Q 1 g 0 0 {w} {h} re f")
    found = leaves(tmp_path, covered, white)
    assert [(leaf.is_blank, leaf.fault, leaf.way) for leaf in found] == [
        (False, "hidden_parts", "drawn"),
        (True, "", "drawn"),
    ]


def test_two_papers_on_one_sheet_are_both_told(tmp_path: Path) -> None:
    (leaf,) = leaves(tmp_path, scan(page(TEXT, OTHER)))
    assert leaf.codes == tuple(sorted((TEXT, OTHER))) and leaf.fault == ""


def test_a_page_across_and_a_narrow_one_are_read(tmp_path: Path) -> None:
    fax = page(dpi=200).resize((1654, 1600), Image.Resampling.BILINEAR)
    across, narrow = leaves(tmp_path, scan(page(size=A4[::-1]), box=(842.0, 595.0)), scan(fax))
    assert (across.codes, across.way) == ((TEXT,), "image")
    assert (narrow.codes, narrow.way) == ((TEXT,), "drawn")


@pytest.mark.parametrize("form", ["one picture", "strips"])
@pytest.mark.parametrize("odd", [b"42", b"null"])
def test_where_two_readers_count_the_pages_differently_none_is_taken_for_another(
    odd: bytes, form: str, tmp_path: Path
) -> None:
    """One counts what is no page; so what is read of a page would be filed with the picture of the next."""
    content = "q {w} 0 0 421 0 421 cm /Im Do Q q {w} 0 0 421 0 0 cm /Im Do Q" if form == "strips" else Plan().content
    with opened(*[scan(page(text, text, dpi=60), content=content) for text in (TEXT, OTHER, TEXT)]) as made:
        made.Root.Pages.Kids.insert(0, Object.parse(odd))
        made.save(tmp_path / "odd.pdf")
    file = examine(tmp_path / "odd.pdf")
    assert isinstance(file, Examined) and file.pages == 3
    assert [leaf.fault for leaf in look_at(file, [1, 2, 3], 1)] == ["unreadable"] * 3
    for number in (1, 2, 3):
        with pytest.raises((ValueError, RuntimeError)):
            thumbnail(file, number)


def test_a_damaged_page_waits_and_the_others_are_read(tmp_path: Path) -> None:
    cut = Plan(data=jpeg(sheet())[:900], says=jpeg_says(sheet()))
    none = Plan(data=b"nothing" * 99, says=jpeg_says(sheet()))
    masked = Plan("q {w} 0 0 {h} 0 0 cm /Im Do Q 1 g 5 5 5 5 re f", none.data, none.says)
    found = leaves(tmp_path, scan(page()), cut, none, masked, scan(page()))
    assert [leaf.fault for leaf in found] == ["", "unreadable", "unreadable", "unreadable", ""]
    assert not any(leaf.is_blank for leaf in found)


def test_a_file_that_changed_since_costs_its_pages_and_not_the_run(tmp_path: Path) -> None:
    files = pile(tmp_path, pdf(scan(page()), scan(page())), pdf(scan(page())))
    files[0].path.write_bytes(b"%PDF-1.7 no more")
    assert [leaf.fault for leaf in read(files, 1)] == ["unreadable", "unreadable", ""]


DEADLY = 3


def dying(part: Part) -> list[Leaf]:
    """Reads, and dies of the third page."""
    if part.number <= DEADLY < part.number + part.count:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_part(part)


def hanging(part: Part) -> list[Leaf]:
    if part.number <= DEADLY < part.number + part.count:
        time.sleep(600)
    return read_part(part)


@pytest.mark.parametrize("reads", [dying, hanging])
def test_a_page_that_kills_or_stops_its_reader_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reads: object
) -> None:
    assert callable(reads)
    if reads is hanging:  # how long it may take is for the process to say that waits
        monkeypatch.setattr(reading, "SECONDS", 1.0)
        monkeypatch.setattr(reading, "EACH", 0.25)
    files = pile(tmp_path, pdf(*[scan(page(dpi=75))] * 4), pdf(scan(page(dpi=75))))
    found = list(read(files, 2, reads=reads))
    assert [leaf.number for leaf in found] == [1, 2, 3, 4, 5]
    assert [leaf.fault for leaf in found] == ["", "", "reader_stopped", "", ""]
    assert active_children() == []


def test_want_of_memory_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*given: object) -> None:
        raise MemoryError

    files = pile(tmp_path, pdf(scan(page())))
    monkeypatch.setattr(looking, "glance", greedy)
    assert [leaf.fault for leaf in look_at(files[0], [1], 1)] == ["reader_stopped"]


def test_whoever_stops_reading_leaves_no_process_behind(tmp_path: Path) -> None:
    found = read(pile(tmp_path, pdf(*[scan(page())] * 50)), 2)
    assert next(iter(found)).number == 1
    found.close()  # type: ignore[attr-defined]
    assert active_children() == []


def test_single_pages_share_a_process_and_large_files_are_divided(tmp_path: Path) -> None:
    """A TIFF is taken apart as a whole, so it is divided less."""
    path = tmp_path / "scan"
    kinds: list[tuple[Kind, int]] = [("jpeg", 1), ("png", 1), ("pdf", 45), ("tiff", 3), ("tiff", 230), ("jpeg", 1)]
    parts = list(_parts([Examined(path, kind, "", 0, pages) for kind, pages in kinds]))
    assert [one.count for one in parts] == [20, 20, 10, 100, 100, 30, 1]
    assert [[(span.file.kind, span.page, span.count) for span in one.spans] for one in parts[:3]] == [
        [("jpeg", 1, 1), ("png", 1, 1), ("pdf", 1, 18)],
        [("pdf", 19, 20)],
        [("pdf", 39, 7), ("tiff", 1, 3)],
    ]
    assert [one.number for one in parts] == [1, 21, 41, 51, 151, 251, 281]


def test_nothing_is_read_of_an_empty_pile() -> None:
    assert list(read([], 2)) == []


def small(content: bytes) -> Image.Image:
    from io import BytesIO

    found = Image.open(BytesIO(content))
    assert found.format == "PNG" and len(content) <= 60_000 and max(found.size) <= 1053
    return found.convert("L")


def test_a_page_that_waits_has_a_small_picture(tmp_path: Path) -> None:
    fax = [sheet(150).convert("1"), page(dpi=150).convert("1")]
    files = pile(
        tmp_path,
        pdf(scan(sheet()), scan(page(dpi=200), keys={"/Rotate": 90})),
        packed(fax[0], "TIFF", compression="group4", save_all=True, append_images=fax[1:], dpi=(150, 150)),
        packed(page().convert("RGBA"), "PNG"),
    )
    assert small(picture(files[0], 1)).getextrema() == (255, 255)
    assert small(picture(files[0], 2)).width == 1053 > small(picture(files[0], 2)).height
    assert picture(files[0], 2) == picture(files[0], 2)
    assert small(picture(files[1], 1)).getextrema() == (255, 255)
    assert small(picture(files[1], 2)).getextrema()[0] == 0
    assert small(picture(files[2], 1)).getextrema()[0] == 0


def test_even_a_grainy_page_has_a_small_picture(tmp_path: Path) -> None:
    grain = Image.effect_noise((1000, 1400), 120)
    (file,) = pile(tmp_path, pdf(scan(grain)))
    assert small(picture(file, 1)).width > 200


def test_a_page_that_cannot_be_shown_has_a_crossed_out_sheet_for_a_picture(tmp_path: Path) -> None:
    files = pile(tmp_path, pdf(scan(page())))
    files[0].path.write_bytes(b"%PDF-1.7 no more")
    assert small(picture(files[0], 1)).size == (233, 330)
    assert small(picture(files[0], 7)).size == (233, 330)
