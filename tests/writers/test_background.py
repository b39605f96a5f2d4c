"""A letterhead.pdf lies under the first page, cleaned and proved; what is unfit or hostile is refused with the cure."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from docgen.errors import DocumentError, TemplateError
from docgen.layout.first_page import FirstPage
from docgen.layout.theme import Theme
from docgen.model.document import Document
from docgen.writers import background as module
from docgen.writers.background import REFUSALS, Background, check_print, laid_under, read_background, taken_off
from docgen.writers.background_child import FORM, Refused, page_of, shades
from docgen.writers.parity import check_parity
from docgen.writers.pdf import PdfWriter
from docgen.writers.pdf_content import Contents
from tests.audit import watched
from tests.writers.pdf_help import PROPERTIES, page_texts, pdf, templates, tree

HEAD = '<header class="first"><section class="letterhead"><p class="company">Qinghe 青禾</p></section></header>'
TEXT = f"{HEAD}<header><p>Running head</p></header><footer><p>Foot</p></footer><h1>Plan</h1><p>One</p>"
LONG = TEXT + "<p>More</p>" * 60
MILLIMETRE = 72 / 25.4


@pytest.fixture
def seen() -> Iterator[list[str]]:
    """What is opened or started, and whom is spoken to."""
    with watched() as found:
        yield found


def printed(*boxes: tuple[float, float, float, float]) -> str:
    """Black boxes: left, top, width and height in millimetres."""
    drawn = [
        f"{left * MILLIMETRE} {(297 - top - height) * MILLIMETRE} {width * MILLIMETRE} {height * MILLIMETRE} re f"
        for left, top, width, height in boxes
    ]
    return "0 0 0 rg " + " ".join(drawn)


@cache
def letterhead() -> bytes:
    """A page as a company might export it: embedded fonts, text 25 mm below the upper edge."""
    return pdf(tree("<p>Registered office 苏州</p>"))


def changed(change: Callable[[Pdf], None], **save: Any) -> bytes:
    with Pdf.open(io.BytesIO(letterhead())) as made:
        change(made)
        saved = io.BytesIO()
        made.save(saved, **save)
        return saved.getvalue()


def drawing(content: str, **resources: Any) -> Callable[[Pdf], None]:
    """Draw ``content`` too."""

    def change(made: Pdf) -> None:
        page: Any = made.pages[0].obj
        page.Contents = made.make_stream(page.Contents.read_bytes() + f"\nQ Q Q Q {content}".encode())
        # What the engine draws is turned upside down; that ends with the page's own content.
        page.Contents = made.make_stream(
            b"q\n" + page.Contents.read_bytes().split(b"\nQ Q Q Q ")[0] + b"\nQ\n" + content.encode()
        )
        for kind, given in resources.items():
            page.Resources[f"/{kind}"] = Dictionary({f"/{name}": one for name, one in given.items()})

    return change


@cache
def background() -> Background:
    page = page_of(letterhead(), 210, 297)
    with Pdf.open(io.BytesIO(page)) as source:
        only: Any = source.pages[0].obj
        return Background(page, only.Contents.read_bytes().strip(), module._digest(only.Resources.XObject[FORM]))


@cache
def writer() -> PdfWriter:
    return PdfWriter(templates(), {}, background())


@cache
def written(markup: str = TEXT) -> bytes:
    return writer().write(tree(markup), PROPERTIES)


def proved(document: Document, content: bytes, given: Background | None) -> None:
    check_parity(document, templates().theme, None, content, background=given)


# Under the first page


def test_it_is_seen_on_the_first_page_alone_and_its_text_is_no_text_of_the_document() -> None:
    first, *others = page_texts(written(LONG))
    assert "Registered office" in first and "Plan" in first
    assert others and not [page for page in others if "Registered" in page]
    proved(tree(LONG), written(LONG), background())


def test_it_takes_the_place_of_the_letterhead_that_the_template_would_print() -> None:
    assert "Qinghe" not in page_texts(written())[0]
    assert "Qinghe" in page_texts(PdfWriter(templates()).write(tree(TEXT), PROPERTIES))[0]


def test_the_text_begins_where_the_theme_says() -> None:
    with Pdf.open(io.BytesIO(taken_off(written(), background()))) as found:
        sheet = Contents().sheet(found.pages[0])
    assert sheet
    (title,) = [piece for piece in sheet.pieces if piece.text == "Plan"]
    top = templates().theme.letterhead.background.top * MILLIMETRE
    assert top < sheet.height - title.top < top + 20


@pytest.mark.parametrize("markup", [TEXT.replace(HEAD, ""), "<p>list</p>"])
def test_papers_that_ask_for_no_letterhead_have_none(markup: str) -> None:
    assert "Registered" not in page_texts(writer().write(tree(markup), PROPERTIES))[0]


def test_landscape_pages_have_the_letterhead_of_the_theme_instead() -> None:
    document = tree(TEXT, landscape=True)
    made = writer().write(document, PROPERTIES)
    assert "Registered" not in page_texts(made)[0] and "Qinghe" in page_texts(made)[0]
    proved(document, made, background())


def test_the_file_stays_an_archive_file_with_the_same_bytes_each_time() -> None:
    again = PdfWriter(templates(), {}, background()).write(tree(TEXT), PROPERTIES)
    assert again == written()
    with Pdf.open(io.BytesIO(again)) as found:
        said = found.Root.Metadata.read_bytes()
        assert b"pdfaid:part" in said and b"2" in said
        assert found.Root.MarkInfo.Marked and len(found.Root.OutputIntents) == 1
        page: Any = found.pages[0].obj
        assert page.Contents.read_bytes().startswith(b"/Artifact\n")
        assert FORM in page.Resources.XObject
        form = page.Resources.XObject[FORM]
        assert not [key for key in form.keys() if key in ("/StructParents", "/OC", "/PieceInfo")]  # noqa: SIM118
        assert b"BDC" not in form.read_bytes() and b"BMC" not in form.read_bytes()


def test_the_page_is_cleaned_to_the_same_bytes_each_time() -> None:
    assert page_of(letterhead(), 210, 297) == page_of(letterhead(), 210, 297)


# Proved


def test_taken_off_the_page_is_as_it_was_written_without_it() -> None:
    left = taken_off(written(), background())
    assert "Registered" not in page_texts(left)[0]
    assert "Plan" in page_texts(left)[0]


def _other_drawing(page: Any) -> None:
    form = page.Resources.XObject[FORM]
    form.write(form.read_bytes() + b"\n0 0 10 10 re f")


def _other_font(page: Any) -> None:
    fonts = page.Resources.XObject[FORM].Resources.Font
    fonts[sorted(fonts.keys())[0]].BaseFont = Name("/Other")


def _moved(page: Any) -> None:
    page.Contents.write(page.Contents.read_bytes().replace(b"1 0 0 1 0 0 cm", b"1 0 0 1 90 0 cm", 1))


def _gone(page: Any) -> None:
    page.Contents.write(page.Contents.read_bytes().replace(FORM.encode() + b" Do", b"", 1))


@pytest.mark.parametrize("harm", [_other_drawing, _other_font, _moved, _gone])
def test_a_letterhead_other_than_that_of_the_file_is_found(harm: Callable[[Any], None]) -> None:
    with Pdf.open(io.BytesIO(written())) as made:
        harm(made.pages[0].obj)
        saved = io.BytesIO()
        made.save(saved)
    if saved.getvalue() == written():
        pytest.fail("nothing was changed")
    with pytest.raises(DocumentError, match=r"letterhead on page 1 .* is not that of letterhead.pdf"):
        proved(tree(TEXT), saved.getvalue(), background())


def test_words_behind_the_text_are_found_where_they_are_not_the_letterheads() -> None:
    twice = laid_under(written(), background())
    with pytest.raises(DocumentError):
        proved(tree(TEXT), twice, background())
    with pytest.raises(DocumentError, match="does not say what the document says"):
        proved(tree(TEXT), written(), None)


# What is refused


def _layers(made: Pdf) -> None:
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name="hidden"))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def _hidden_at_first(made: Pdf) -> None:
    made.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary(BaseState=Name.OFF))


def _field(made: Pdf) -> None:
    made.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([0, 0, 9, 9]))])


def _sized(made: Pdf) -> None:
    for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
        made.pages[0].obj[box] = Array([0, 0, 420, 595])


def _unread(made: Pdf) -> None:
    for font in made.pages[0].obj.Resources.Font.values():
        del font["/ToUnicode"]


def _image(space: Any) -> Callable[[Pdf], None]:
    def change(made: Pdf) -> None:
        image = made.make_stream(
            b"\0" * 4, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8
        )
        image.ColorSpace = space
        drawing("/I Do", XObject={"I": image})(made)

    return change


def _jpeg2000(made: Pdf) -> None:
    packed = io.BytesIO()
    Image.new("CMYK", (8, 6)).save(packed, "JPEG2000")
    image = made.make_stream(
        packed.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=8, Height=6, Filter=Array([Name.JPXDecode])
    )
    drawing("/I Do", XObject={"I": image})(made)


def _deep(made: Pdf) -> None:
    form = made.make_stream(b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for _ in range(20):
        inner, form = form, made.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        form.Resources = Dictionary(XObject=Dictionary(F=inner))
    drawing("/F Do", XObject={"F": form})(made)


HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda made: made.pages.append(made.pages[0]), "pages"),
        (_sized, "size"),
        (_layers, "layers"),
        (_field, "fields"),
        (drawing("0 0 0 1 k 0 0 9 9 re f"), "colours"),
        (drawing("/DeviceCMYK cs 0 0 0 1 scn 0 0 9 9 re f"), "colours"),
        (drawing("BI /W 1 /H 1 /CS /CMYK /BPC 8 ID \0\0\0\0 EI"), "colours"),
        (drawing("BI /W 1 /H 1 /CS /G /BPC 8 /I true ID \0 EI"), "strange"),
        (drawing("blink 0 0 9 9 re f"), "strange"),
        (drawing("/G gs", ExtGState=Dictionary(G=Dictionary(Font=Array([HELVETICA, 9])))), "font"),
        (_hidden_at_first, "layers"),
        (drawing("/L BMC EMC", Properties=Dictionary(L=Dictionary(P=Name.AllOff))), "layers"),
        (_image(Name.DeviceCMYK), "colours"),
        (_image(Array([Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary(FunctionType=2, N=1)])), "colours"),
        (drawing("BT /F 9 Tf 90 700 Td (x) Tj ET", Font={"F": HELVETICA}), "font"),
        (_unread, "unreadable"),
        (_jpeg2000, "colours"),
        (drawing("q " * 29 + "0 0 9 9 re f" + " Q" * 29), "too_much"),
        (_deep, "too_much"),
    ],
)  # fmt: skip
def test_what_can_not_be_printed_as_it_is_is_refused(change: Callable[[Pdf], None], kind: str, seen: list[str]) -> None:
    content = changed(change)
    seen.clear()
    with pytest.raises(Refused) as found:
        page_of(content, 210, 297)
    assert found.value.kind == kind
    words = REFUSALS[kind].filled(**found.value.details)
    assert words.en != words.zh
    assert not [one for one in seen if one.startswith("socket") or "/etc" in one]


def test_states_that_are_put_aside_and_taken_up_come_out_in_pairs() -> None:
    """28 deep they may lie; what a careless program leaves open, or takes up too often, PDF 2.0 forbids."""
    page = page_of(changed(drawing("Q " + "q " * 28 + "0 0 9 9 re f" + " Q" * 26)), 210, 297)
    with Pdf.open(io.BytesIO(page)) as found:
        only: Any = found.pages[0].obj
        steps = [str(one.operator) for one in pikepdf.parse_content_stream(only.Resources.XObject[FORM])]
    depth = [steps[: at + 1].count("q") - steps[: at + 1].count("Q") for at in range(len(steps))]
    assert min(depth) == 0 and max(depth) == 28 and depth[-1] == 0


@pytest.mark.parametrize(
    ("content", "kind"), [(b"", "no_pdf"), (b"%PDF-1.7\nnothing", "no_pdf"), (b"PK\3\4 a docx", "no_pdf")]
)
def test_what_is_no_pdf_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(Refused) as found:
        page_of(content, 210, 297)
    assert found.value.kind == kind


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_one_is_refused(user: str) -> None:
    content = changed(lambda made: None, encryption=pikepdf.Encryption(user=user, owner="owner"))
    with pytest.raises(Refused) as found:
        page_of(content, 210, 297)
    assert found.value.kind == "encrypted"


def test_programs_attachments_and_links_stay_behind(seen: list[str]) -> None:
    def change(made: Pdf) -> None:
        made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        made.attachments["notes.txt"] = b"attached"
        made.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.URI, URI="http://127.0.0.1:9/"))
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([0, 0, 9, 9]),
            A=Dictionary(S=Name.URI, URI="http://127.0.0.1:9/"),
        )
        made.pages[0].obj.Annots = Array([link])

    content = changed(change)
    seen.clear()
    page = page_of(content, 210, 297)
    assert not seen
    with Pdf.open(io.BytesIO(page)) as found:
        kept = b"".join(one.unparse(resolved=True) for one in found.objects if not isinstance(one, pikepdf.Stream))
    assert not [sign for sign in (b"JavaScript", b"127.0.0.1", b"EmbeddedFile", b"Annots") if sign in kept]


def themed(**room: float) -> Theme:
    theme = templates().theme
    return replace(theme, letterhead=replace(theme.letterhead, background=replace(FirstPage(50, 25, 9), **room)))


@pytest.mark.parametrize(
    ("boxes", "theme", "told"),
    [
        ([(185, 5, 10, 5)], themed(), "a page code goes, above at the right; keep 20 × 20 mm free, 3 mm from the edge"),
        ([(190, 280, 5, 5)], themed(), "a page code goes, below at the right"),
        ([(20, 10, 60, 62)], themed(), "prints down to 72 mm, and the text of the first page begins at 50 mm; set "
         "letterhead.background.top in theme.yaml to 75"),
        ([(20, 277, 100, 9)], themed(), "prints up to 20 mm from the lower edge, where text or foot of the "
         "first page stand; set letterhead.background.foot in theme.yaml to 23, and bottom to 39"),
        ([(20, 10, 60, 62)], themed(top=75), ""),
        ([(20, 277, 100, 9)], themed(foot=23, bottom=39), ""),
        ([(5, 60, 10, 200)], themed(), ""),  # a stripe in the margin
    ],
)  # fmt: skip
def test_print_in_the_way_is_told_with_what_to_set(
    boxes: list[tuple[float, float, float, float]], theme: Theme, told: str
) -> None:
    across, down, points = shades(page_of(changed(drawing(printed(*boxes))), 210, 297))
    picture = Image.frombytes("L", (across, down), points)
    if not told:
        check_print(Path("letterhead.pdf"), picture, theme)
        return
    with pytest.raises(TemplateError) as found:
        check_print(Path("letterhead.pdf"), picture, theme)
    assert str(found.value).startswith("letterhead.pdf: ") and told in str(found.value)


def test_a_pale_pattern_may_lie_behind_the_text() -> None:
    pale = printed((20, 100, 150, 100)).replace("0 0 0 rg", "0.9 0.95 0.95 rg")
    across, down, points = shades(page_of(changed(drawing(pale)), 210, 297))
    check_print(Path("letterhead.pdf"), Image.frombytes("L", (across, down), points), themed())


# The child


def test_a_file_is_opened_in_a_child_that_reads_nothing_else(tmp_path: Path, seen: list[str]) -> None:
    (tmp_path / "letterhead.pdf").write_bytes(letterhead())
    seen.clear()
    found = read_background(tmp_path / "letterhead.pdf", themed())
    assert found == background()
    files = [
        one for one in seen if one.startswith("open ") and "/" in one and not one.endswith(("/null", ".py", ".pyc"))
    ]
    assert files == [f"open {tmp_path / 'letterhead.pdf'}"]
    assert not [one for one in seen if one.startswith("socket")]


def test_one_that_draws_without_end_is_refused_in_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(made: Pdf) -> None:
        form = made.make_stream(
            b"0 0 500 500 re f\n" * 50, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842])
        )
        for _ in range(9):
            inner, form = (
                form,
                made.make_stream(b"/F Do\n" * 20, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842])),
            )
            form.Resources = Dictionary(XObject=Dictionary(F=inner))
        drawing("/F Do", XObject={"F": form})(made)

    monkeypatch.setattr(module, "PATIENCE", 1.5)
    (tmp_path / "letterhead.pdf").write_bytes(changed(change))
    started = time.monotonic()
    with pytest.raises(TemplateError, match=r"letterhead.pdf: takes too long or too much memory to open"):
        read_background(tmp_path / "letterhead.pdf", themed())
    assert time.monotonic() - started < 5


def test_one_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    def change(made: Pdf) -> None:
        made.pages[0].obj.Contents = made.make_stream(b"0 0 1 1 re f\n" * 2_000_000)

    (tmp_path / "letterhead.pdf").write_bytes(changed(change))
    with pytest.raises(TemplateError, match=r"letterhead.pdf: is made of too many parts"):
        read_background(tmp_path / "letterhead.pdf", themed())


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    (tmp_path / "letterhead.pdf").write_bytes(b"%PDF-1.7" + b" " * module.MOST_BYTES)
    with pytest.raises(TemplateError, match=r"letterhead.pdf: has 10000008 bytes; at most"):
        read_background(tmp_path / "letterhead.pdf", themed())
