"""Copies put together from pages of piles: pictures byte for byte, nothing of other pages, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from docgen.archive import copies
from docgen.archive.copies import NotCopied, Sheet, Sources, copy_pdf
from docgen.archive.piles import Examined
from tests.archive.intake_help import examined, scan

RAW = {
    Name.DCTDecode: b"\xff\xd8 no picture, but kept \xff\xd9",
    Name.LZWDecode: b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01",
    Name.CCITTFaxDecode: b"\x00\x10\x01\x00\x10\x01",
    Name.ASCIIHexDecode: b"00ff00ff>",
}


@pytest.fixture
def sources() -> Iterator[Sources]:
    made = Sources()
    yield made
    made.close()


@pytest.fixture
def pile(tmp_path: Path) -> Examined:
    (tmp_path / "pile.pdf").write_bytes(scan("one", "two", "three"))
    return examined(tmp_path / "pile.pdf")


def said(content: bytes) -> list[str]:
    with Pdf.open(BytesIO(content)) as pdf:
        return [bytes(page.obj.Resources.XObject.Im0.read_raw_bytes()).decode().rstrip() for page in pdf.pages]


def saved(pdf: Pdf, path: Path) -> Examined:
    pdf.save(path, compress_streams=False)
    return examined(path)


def test_pages_come_in_the_order_asked_for(pile: Examined, sources: Sources) -> None:
    assert said(copy_pdf([Sheet(pile, 3), Sheet(pile, 1)], sources)) == ["three", "one"]


def test_the_same_pages_make_the_same_bytes(pile: Examined, sources: Sources) -> None:
    again = Sources()
    assert copy_pdf([Sheet(pile, 2, 90)], sources) == copy_pdf([Sheet(pile, 2, 90)], again)
    again.close()


def test_pictures_stay_as_they_were_scanned_whatever_they_are_packed_with(tmp_path: Path, sources: Sources) -> None:
    with Pdf.new() as pdf:
        for packed, raw in RAW.items():
            pdf.add_blank_page(page_size=(100, 100))
            picture = pdf.make_stream(b"")
            picture.write(raw, filter=packed)
            for key, value in {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 2, "/Height": 2}.items():
                picture[key] = value
            pdf.pages[-1].obj.Resources = Dictionary(XObject=Dictionary(Im0=picture))
            pdf.pages[-1].obj.Contents = pdf.make_stream(b"/Im0 Do")
        pile = saved(pdf, tmp_path / "packed.pdf")
    with Pdf.open(pile.path) as pdf:
        before = [bytes(page.obj.Resources.XObject.Im0.read_raw_bytes()) for page in pdf.pages]
    made = copy_pdf([Sheet(pile, page) for page in range(1, len(RAW) + 1)], sources)
    with Pdf.open(BytesIO(made)) as pdf:
        found = [page.obj.Resources.XObject.Im0 for page in pdf.pages]
        assert [bytes(one.read_raw_bytes()) for one in found] == before
        assert [one.Filter for one in found] == [*RAW]


def test_a_page_is_turned_beyond_what_it_was_turned_before(tmp_path: Path, sources: Sources) -> None:
    with Pdf.open(BytesIO(scan("one", "two"))) as pdf:
        pdf.Root.Pages.Rotate = 90  # which both inherit
        pile = saved(pdf, tmp_path / "turned.pdf")
    made = copy_pdf([Sheet(pile, 1, 180), Sheet(pile, 2, 270)], sources)
    with Pdf.open(BytesIO(made)) as pdf:
        assert [page.obj.Rotate for page in pdf.pages] == [270, 0]


def test_a_copy_tells_nothing_of_who_scanned_it_and_when(tmp_path: Path, sources: Sources) -> None:
    with Pdf.open(BytesIO(scan("one"))) as pdf:
        pdf.docinfo[Name.Author] = "K. Chen"
        with pdf.open_metadata() as about:
            about["dc:creator"] = ["K. Chen"]
        pdf.pages[0].obj.PieceInfo = Dictionary(Scanner=Dictionary(LastModified="D:20261123"))
        pdf.pages[0].obj.Metadata = pdf.make_stream(b"K. Chen")
        pile = saved(pdf, tmp_path / "told.pdf")
    made = copy_pdf([Sheet(pile, 1)], sources)
    with Pdf.open(BytesIO(made)) as pdf:
        assert Name.Info not in pdf.trailer and Name.Metadata not in pdf.Root
    assert b"Chen" not in made and b"20261123" not in made


def test_pages_that_share_their_pictures_take_along_only_what_they_show(tmp_path: Path, sources: Sources) -> None:
    with Pdf.open(BytesIO(scan("one", "two", "three"))) as pdf:
        pictures = [page.obj.Resources.XObject.Im0 for page in pdf.pages]
        shared = pdf.make_indirect(Dictionary(XObject=Dictionary({f"/Im{at}": one for at, one in enumerate(pictures)})))
        for at, page in enumerate(pdf.pages):
            page.obj.Resources = shared
            page.obj.Contents = pdf.make_stream(f"/Im{at} Do".encode())
        pile = saved(pdf, tmp_path / "shared.pdf")
    made = copy_pdf([Sheet(pile, 2)], sources)
    with Pdf.open(BytesIO(made)) as pdf:
        assert list(pdf.pages[0].obj.Resources.XObject.keys()) == ["/Im1"]
        streams = [bytes(one.read_raw_bytes()) for one in pdf.objects if getattr(one, "Subtype", None) == Name.Image]
    assert [one.rstrip() for one in streams] == [b"two"]


def test_a_page_is_not_copied_if_others_pictures_would_go_along(tmp_path: Path, sources: Sources) -> None:
    with Pdf.open(BytesIO(scan("one", "two"))) as pdf:
        pictures = pdf.make_indirect(
            Dictionary(Im0=pdf.pages[0].obj.Resources.XObject.Im0, Im1=pdf.pages[1].obj.Resources.XObject.Im0)
        )
        pdf.pages[0].obj.Resources = Dictionary(XObject=pictures)
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/Im0 Do (never closed /Im1 Do")
        pile = saved(pdf, tmp_path / "broken.pdf")
    try:
        made = copy_pdf([Sheet(pile, 1)], sources)
    except NotCopied:
        return
    assert b"two" not in made


@pytest.mark.parametrize("names", ["a picture", "marks"])
def test_a_page_with_layers_is_not_copied_as_a_copy_would_show_what_is_hidden(
    names: str, tmp_path: Path, sources: Sources
) -> None:
    with Pdf.open(BytesIO(scan("seen", "without"))) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="remarks"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        if names == "a picture":
            pdf.pages[0].Resources.XObject.Im0.OC = layer
        else:
            pdf.pages[0].Resources.Properties = Dictionary(L=layer)
        pile = saved(pdf, tmp_path / "layers.pdf")
    with pytest.raises(NotCopied) as found:
        copy_pdf([Sheet(pile, 1), Sheet(pile, 2)], sources)
    assert found.value.places == (0,)


def test_what_a_page_points_to_in_its_pile_does_not_go_along(tmp_path: Path, sources: Sources) -> None:
    with Pdf.open(BytesIO(scan("one", "two"))) as pdf:
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=Array([pdf.pages[1].obj, Name.Fit])
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
        pile = saved(pdf, tmp_path / "linked.pdf")
    assert b"two" not in copy_pdf([Sheet(pile, 1)], sources)


def test_the_pages_that_can_not_be_copied_are_named(pile: Examined, sources: Sources) -> None:
    with pytest.raises(NotCopied) as caught:
        copy_pdf([Sheet(pile, 1), Sheet(pile, 9), Sheet(pile, 2)], sources)
    assert caught.value.places == (1,)


def test_no_more_files_stay_open_than_are_needed(tmp_path: Path, sources: Sources) -> None:
    for at in range(copies.MOST_OPEN + 3):
        (tmp_path / f"{at}.pdf").write_bytes(scan(f"page {at}"))
        assert said(copy_pdf([Sheet(examined(tmp_path / f"{at}.pdf"), 1)], sources)) == [f"page {at}"]
    assert len(sources._open) == copies.MOST_OPEN
