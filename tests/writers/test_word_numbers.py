"""Items are counted as Word counts them, whose lists of one kind share their counters."""

from __future__ import annotations

from lxml import etree

from docgen.writers.word_numbers import Count, read_numbering

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(depth: int, form: str, text: str, style: str = "") -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    shown = f'<w:numFmt w:val="{form}"/>{linked}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/>{shown}</w:lvl>'


KINDS = (
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "•")}</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    + level(0, "decimal", "%1.", "ListNumber")
    + level(1, "lowerLetter", "(%2)")
    + level(2, "lowerRoman", "%1.%3")
    + level(3, "upperRoman", "%4")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)


def number(identity: int, **starts: int) -> str:
    """A list of the second kind, which starts anew at the levels ``l0`` to ``l8``."""
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{name[1:]}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for name, start in starts.items()
    )
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="2"/>{anew}</w:num>'


def count(*lists: str) -> Count:
    return Count(read_numbering(etree.fromstring(f"<w:numbering {NAMESPACE}>{KINDS}{''.join(lists)}</w:numbering>")))


def markers(counted: Count, *items: tuple[int, int]) -> list[str]:
    """The markers of items by list and level."""
    return [
        counted.marker(
            etree.fromstring(f'<w:numPr {NAMESPACE}><w:ilvl w:val="{depth}"/><w:numId w:val="{identity}"/></w:numPr>')
        )
        for identity, depth in items
    ]


def test_lists_of_a_kind_go_on_from_one_to_the_next() -> None:
    assert markers(count(number(3), number(4)), (3, 0), (3, 0), (4, 0), (3, 0)) == ["1.", "2.", "3.", "4."]


def test_a_list_with_a_start_of_its_own_begins_with_it_once() -> None:
    counted = count(number(3, l0=1), number(4, l0=5))
    assert markers(counted, (3, 0), (4, 0), (4, 0), (3, 0)) == ["1.", "5.", "6.", "7."]


def test_deeper_levels_begin_anew_after_a_higher_one_and_show_its_number() -> None:
    counted = count(number(3))
    found = markers(counted, (3, 0), (3, 1), (3, 1), (3, 2), (3, 0), (3, 1), (3, 2))
    assert found == ["1.", "(a)", "(b)", "1.i", "2.", "(a)", "2.i"]


def test_bullets_are_not_counted_and_leave_numbers_alone() -> None:
    assert markers(count(number(3)), (3, 0), (1, 0), (1, 0), (3, 0)) == ["1.", "•", "•", "2."]


def test_what_docgen_does_not_write_is_named() -> None:
    counted = count(number(3))
    assert markers(counted, (3, 3), (3, 7), (9, 0)) == ["upperRoman 1", "of level 7 of list 3", ""]
    assert (counted.of_style("ListNumber"), counted.of_style("Normal")) == ("of the style ListNumber", "")
