"""What becomes of each page of a pile: nothing is filed that might as well belong elsewhere, and nothing gets lost.

A pile is written as a text, a word for each leaf: ``A1`` is page 1 of paper A, ``A1r2`` of its revision 2, ``A1/3``
with a wrong total, ``A1#`` with a wrong check, ``A0`` from its Word file; ``?`` has no code, ``!`` can't be read,
``-`` is blank; ``x`` has a code of somebody else, ``dg`` one of ours that is damaged, ``A1+x`` both. What becomes of
it is told likewise: ``=1`` filed in copy 1, ``~1`` in an incomplete one, ``+1`` in one that was incomplete before;
else why it waits, with what is suggested: ``?>A2``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.archive.leaves import Leaf
from docgen.archive.reasons import LOST, commands, cure, told
from docgen.archive.runs import ORDERS, Order
from docgen.archive.sorting import Decision, Known, sort
from docgen.model.identity import paper_id
from docgen.model.page_code import PageCode
from docgen.model.problems import LANGUAGES
from docgen.model.returned import Copy, CopyKind, CopyPage, KeptFile, Suggestion

PAGES = {"A": 2, "B": 1, "C": 3, "D": 4, "E": 2, "F": 4, "G": 4, "R": 2, "V": 1}
"""How many pages each paper has. R has two revisions, V was withdrawn, Z was never issued."""
CHECK, WRONG = "1A2B", "FFFF"
CODE = re.compile(r"([A-Z])(\d)(?:r(\d))?(?:/(\d))?(#?)")


def number(paper: str) -> str:
    return f"E1-{paper}"


def papers(paper: str) -> Mapping[int, Known]:
    for name, pages in PAGES.items():
        if paper == paper_id(number(name)):
            latest = 2 if name == "R" else 1
            return {
                revision: Known(number(name), revision, pages, CHECK, latest, void=name == "V")
                for revision in range(1, latest + 1)
            }
    return {}


def code(text: str) -> str:
    """What can be read on a page."""
    if text in ("x", "dg"):
        return {"x": "HTTPS://EXAMPLE.ORG", "dg": "DG1:K7Q2M9"}[text]
    found = CODE.fullmatch(text)
    assert found, text
    paper, page, revision, total, wrong = found.groups()
    pages = 0 if page == "0" else int(total or PAGES.get(paper, 1))
    return str(PageCode(paper_id(number(paper)), int(revision or 1), int(page), pages, WRONG if wrong else CHECK))


def leaf(at: int, text: str) -> Leaf:
    match text:
        case "-":
            return Leaf(at, is_blank=True)
        case "?":
            return Leaf(at)
        case "!":
            return Leaf(at, fault="unreadable")
    return Leaf(at, codes=tuple(sorted(code(one) for one in text.split("+"))))


def pile(text: str) -> list[Leaf]:
    return [leaf(at, one) for at, one in enumerate(text.split(), start=1)]


def back(text: str) -> list[Copy]:
    """Copies that came back before: ``A1:2`` is copy 1 of A, with page 2; ``A2d:12`` a digitally signed one."""
    return [copy_of(*one.split(":")) for one in text.split()]


def copy_of(name: str, pages: str) -> Copy:
    paper, copy = name[0], int(name[1])
    held = [CopyPage(int(page), f"00000000-{page}") for page in pages]
    kind: CopyKind = "digital" if name.endswith("d") else "scan"
    return Copy(number(paper), 1, copy, KeptFile("a.pdf", "0" * 64, 1), PAGES[paper], held, kind)


def fates(decisions: Sequence[Decision]) -> str:
    return " ".join(map(fate, decisions))


def fate(one: Decision) -> str:
    offer = one.suggestion
    said = f">{offer.number[-1]}{offer.page}" if offer else ""
    match one.fate:
        case "blank":
            return "-"
        case "waiting":
            return ("?" if one.why == "no_code" else one.why) + said
        case "filed":
            return ("+" if one.joins else "=") + str(one.copy) + said
        case "incomplete":
            return ("~+" if one.joins else "~") + str(one.copy) + said


def sorted_pile(text: str, before: str = "") -> tuple[Decision, ...]:
    leaves = pile(text)
    decisions = sort(leaves, papers, back(before))
    check_totals(leaves, decisions, back(before))
    return decisions


def check_totals(leaves: Sequence[Leaf], decisions: Sequence[Decision], before: Sequence[Copy]) -> None:
    """What must be true of any pile."""
    assert [one.leaf for one in decisions] == [one.number for one in leaves]
    assert {one.fate for one in decisions} <= {"filed", "incomplete", "waiting", "blank"}
    lying = {(one.number, one.revision, one.copy): [page.page for page in one.pages] for one in before}
    for found, one in zip(leaves, decisions, strict=True):
        if one.fate in ("filed", "incomplete"):
            said = PageCode(paper_id(one.number), one.revision, one.page, PAGES[one.number[-1]], CHECK)
            assert found.codes == (str(said),), "filed as what its code does not say"
            assert one.joins == any(
                (c.number, c.revision, c.copy) == (one.number, one.revision, one.copy) for c in before
            )
            assert not one.why and one.suggestion is None
            lying.setdefault((one.number, one.revision, one.copy), []).append(one.page)
        else:
            assert (one.number, one.revision, one.page, one.copy, one.joins) == ("", 0, 0, 0, False)
            assert (one.fate == "waiting") == bool(one.why)
    assert all(len(set(pages)) == len(pages) for pages in lying.values()), "a page twice in a copy"
    for (number, revision), count in Counter((number, revision) for number, revision, _ in lying).items():
        assert all((number, revision, copy) in lying for copy in range(1, count + 1)), "copies are counted from 1"
    for one in decisions:
        if one.fate in ("filed", "incomplete"):
            is_whole = len(lying[one.number, one.revision, one.copy]) == PAGES[one.number[-1]]
            assert (one.fate == "filed") == is_whole


ALONE = [
    ("A1 A2", "=1 =1"),
    ("A2 A1", "=1 =1"),
    ("B1", "=1"),
    ("A1", "~1"),
    ("- A1 - A2 -", "- =1 - =1 -"),
    ("C1 C3 C2", "=1 =1 =1"),
    ("C3 C1", "~1 ~1"),
    ("D2 D1 D4 D3 A2 A1", "=1 =1 =1 =1 =1 =1"),
    ("D3 D4 D1 D2", "=1 =1 =1 =1"),
    ("A1 E1 A2 E2", "=1 =1 =1 =1"),
    ("A1 B1 E1 - E2 C2 C1 A2", "=1 =1 =1 - =1 ~1 ~1 =1"),
    ("E2 E1 A2 A1", "=1 =1 =1 =1"),
]
COPIES = [
    ("B1 B1", "=1 =2"),
    ("A1 A2 A1 A2 A1 A2", "=1 =1 =2 =2 =3 =3"),
    ("A2 A1 A2 A1", "=1 =1 =2 =2"),
    ("A1 A2 A2 A1", "mixed_copies mixed_copies mixed_copies mixed_copies"),
    ("D2 D1 D4 D3 D2 D1 D4 D3", "=1 =1 =1 =1 =2 =2 =2 =2"),
    ("A1 - A2 - A1 - A2 -", "=1 - =1 - =2 - =2 -"),
    ("A1 E1 A2 E2 A1 E1 A2 E2", "=1 =1 =1 =1 =2 =2 =2 =2"),
    ("C1 C2 C1 C2", "~1 ~1 ~2 ~2"),
    ("A1 A2 A2 B1", "mixed_copies mixed_copies mixed_copies =1"),
    ("A1 A1 A2", "mixed_copies mixed_copies mixed_copies"),
    ("C1 C2 C3 C2 C3", " ".join(["mixed_copies"] * 5)),
    ("C1 C2 C1 C2 C3", " ".join(["mixed_copies"] * 5)),
    ("D1 D3 D1 D3 D1 D3", "~1 ~1 ~2 ~2 ~3 ~3"),
    ("A1 A1 A2 A2", "mixed_copies mixed_copies mixed_copies mixed_copies"),
    ("A1 A2 A1 B1", "mixed_copies mixed_copies mixed_copies =1"),
    ("A2 A1 A2", "mixed_copies mixed_copies mixed_copies"),
    ("C1 C3 C2 C3", "mixed_copies mixed_copies mixed_copies mixed_copies"),
    ("C1 C1 C2 C2 C3 C3", " ".join(["mixed_copies"] * 6)),
    ("C1 C3 C2 C1 C3 C2", " ".join(["mixed_copies"] * 6)),
    ("D1 D2 D3 D4 D1 D2", " ".join(["mixed_copies"] * 6)),
    ("D1 D1 D2 D2 E1 E2", "mixed_copies mixed_copies mixed_copies mixed_copies =1 =1"),
]
UNCODED = [
    ("?", "?"),
    ("? - ?", "? - ?"),
    ("A1 ? A2", "=1 ?>A0 =1"),
    ("A2 ? A1", "=1 ?>A0 =1"),
    ("A1 - ? - A2", "=1 - ?>A0 - =1"),
    ("C1 ? C3", "~1 ?>C2 ~1"),
    ("C3 ? C1", "~1 ?>C2 ~1"),
    ("C1 ? C3 C2", "=1 ?>C0 =1 =1"),
    ("D1 ? ? D4", "~1 ?>D2 ?>D3 ~1"),
    ("D4 ? ? D1", "~1 ?>D3 ?>D2 ~1"),
    ("D2 ? D4 D3", "~1 ?>D1 ~1 ~1"),
    ("C1 ? ? C3", "~1 ? ? ~1"),
    ("A1 ?", "~1 ?>A2"),
    ("A1 ? B1", "~1 ?>A2 =1"),
    ("A1 ? A1 A2", "mixed_copies ? mixed_copies mixed_copies"),
    ("A1 A2 ? A2", "mixed_copies mixed_copies ? mixed_copies"),
    ("C1 C2 C3 C1 ? C3", "=1 =1 =1 ~2 ?>C2 ~2"),
    ("C1 C2 C3 C1 C2 ?", " ".join(["mixed_copies"] * 5 + ["?"])),
    ("A1 A1 ? A2", "mixed_copies mixed_copies ? mixed_copies"),
    ("A1 ? A2 A2", "mixed_copies ? mixed_copies mixed_copies"),
    ("D1 D2 ? ? B1", "~1 ~1 ?>D3 ?>D4 =1"),
    ("? A2", "?>A1 ~1"),
    ("B1 ? A2", "=1 ?>A1 ~1"),
    ("A1 ? E2", "~1 ? ~1"),
    ("A1 ? ? E2", "~1 ?>A2 ?>E1 ~1"),
    ("A1 A2 ? B1", "=1 =1 ? =1"),
    ("A1 A2 ?", "=1 =1 ?"),
    ("A1 A2 ? ? B1", "=1 =1 ? ? =1"),
    ("A1 ? A2 ? E1 ? E2 ?", "=1 ?>A0 =1 ? =1 ?>E0 =1 ?"),
    ("A1 A2 ? A1 A2 ?", "=1 =1 ? =2 =2 ?"),
    ("E2 E1 A2 ? B1", "=1 =1 ~1 ?>A1 =1"),
    ("E2 E1 ? A1 B1", "=1 =1 ?>A2 ~1 =1"),
    ("B1 ? E2 E1 A2 A1", "=1 ? =1 =1 =1 =1"),
    ("A1 ! A2", "=1 unreadable>A0 =1"),
    ("A1 ! B1", "~1 unreadable>A2 =1"),
    ("C1 dg C3", "~1 damaged_code ~1"),
    ("C1 x C3", "~1 foreign_code ~1"),
    ("A1 ? Z1", "~1 ?>A2 unknown_paper"),
    ("C1 ? A1#", "~1 ? wrong_check"),
    ("A1 ? ? A2", "mixed_copies ? ? mixed_copies"),
    ("A1 B1 ? ? B1 A2", "=1 =1 ? ? =2 =1"),
    ("A1 ? B1 B1 ? A2", "mixed_copies ? =1 =2 ? mixed_copies"),
    ("C3 C2 C1 D4 D3 D2 D1 F4 F3 F2 F1 A1 A2 ?", " ".join(["=1"] * 11 + ["mixed_copies", "mixed_copies", "?"])),
    ("C3 C2 C1 D4 D3 D2 D1 F4 F3 F2 F1 A1 A2 B1 ?", " ".join(["=1"] * 14 + ["?"])),
    ("C1 C2 C3 D4 D3 D2 D1 F4 F3 F2 F1 G4 G3 G2 G1 A1 A2 ?", " ".join(["=1"] * 17 + ["?"])),
    ("A1 ! - ? A2", "mixed_copies unreadable - ? mixed_copies"),
    ("E1 E2 ? A2 A1 ?", "=1 =1 ? mixed_copies mixed_copies ?"),
    ("E2 E1 ? A2 A1 ?", "=1 =1 ? =1 =1 ?"),
    ("? A2 A1 ?", "? mixed_copies mixed_copies ?"),
    ("C1 ? B1 C3", "~1 ? =1 ~1"),
    ("A1 ? B1 A2", "=1 ? =1 =1"),
    ("D1 D3 ? D2", "~1 ~1 ?>D4 ~1"),
    ("A1 E1 C1 ? A2 E2 C3", "=1 =1 ~1 ? =1 =1 ~1"),
]
STRAYS = [
    ("A1 A2 Z1 A1 A2 Z1 A1 A2", "=1 =1 unknown_paper =2 =2 unknown_paper =3 =3"),
    ("A1 Z1 A2 E1# A1 A2", "=1 unknown_paper =1 wrong_check =2 =2"),
    ("Z1 A2 A1 A2 A1 E0", "unknown_paper =1 =1 =2 =2 word_print"),
    ("A1 A2 E1+x A1 A2 E1", "=1 =1 foreign_beside>E1 =2 =2 ~1"),
    ("A1 A2 B1+E1 A1 A2", "=1 =1 two_papers =2 =2"),
    ("A1 Z1 A1 A2", "mixed_copies unknown_paper mixed_copies mixed_copies"),
    ("C1 C2 C3 C1 C2# C3", "=1 =1 =1 ~2 wrong_check ~2"),
    ("C1 C2 C3 C1 A2# C3", " ".join(["mixed_copies"] * 4 + ["wrong_check", "mixed_copies"])),
    ("A1 Z1 ? Z1 ? A2", "mixed_copies unknown_paper ? unknown_paper ? mixed_copies"),
    ("A1 A1# A2/3 A2", "mixed_copies wrong_check wrong_total mixed_copies"),
    ("A1 A0 A1r3 A2", "mixed_copies word_print unknown_revision mixed_copies"),
    ("A1 A1+E1 A2+x A2", "mixed_copies two_papers foreign_beside>A2 mixed_copies"),
    ("A1 E1+dg E2+dg A2", "mixed_copies two_papers two_papers mixed_copies"),
    ("A1 x x A2", "mixed_copies foreign_code foreign_code mixed_copies"),
    ("A1 Z1+x Z1+x A2", "=1 unknown_paper unknown_paper =1"),
]
"""Pages that wait and yet say that they are none of A's, and such as might be."""
CODES = [
    ("x", "foreign_code"),
    ("dg", "damaged_code"),
    ("dg+x", "damaged_code"),
    ("A1+x A2", "foreign_beside>A1 ~1"),
    ("A1#+x", "wrong_check"),
    ("A1+E1", "two_papers"),
    ("A1+A2", "two_papers"),
    ("A1+Z1", "two_papers"),
    ("A1+dg A2", "two_papers ~1"),
    ("A0", "word_print"),
    ("Z0", "unknown_paper"),
    ("Z1", "unknown_paper"),
    ("A1r3 A2", "unknown_revision ~1"),
    ("A1# A2", "wrong_check ~1"),
    ("A1 A2/3 A2", "=1 wrong_total =1"),
    ("R1r1 R2r1", "=1 =1"),
    ("R1r1 R2r2", "~1 ~1"),
    ("R1r1 R1r2 R2r1 R2r2", "=1 =1 =1 =1"),
    ("V1", "=1"),
]
LATER = [
    ("A1:1", "A2", "+1"),
    ("A1:1", "B1 A2 -", "=1 +1 -"),
    ("C1:1", "C2", "~+1"),
    ("C1:2", "C3 C1", "+1 +1"),
    ("A1:1", "A1", "~2"),
    ("C1:12", "C2 C3", "~2 ~2"),
    ("A1:1", "A1 A2", "=2 =2"),
    ("A1:12", "A2", "~2"),
    ("A1:12", "A1 A2 A1 A2", "=2 =2 =3 =3"),
    ("A1:1", "Z1 A2 E0", "unknown_paper +1 word_print"),
    ("A1:1", "A1# A2", "wrong_check which_copy"),
    ("A1:12 A2:1", "A2", "+2"),
    ("A1:1 A2:1", "A2", "which_copy"),
    ("C1:12 C2:23", "C3", "which_copy"),
    ("C1:12 C2:23", "C2", "~3"),
    ("A1:1", "A2 A2", "which_copy which_copy"),
    ("A1:1", "A1 A2 A2", "mixed_copies mixed_copies mixed_copies"),
    ("A1:12 A2d:12", "A1 A2", "=3 =3"),
    ("A1d:12", "A2", "~2"),
    ("A1d:1", "A2", "~2"),
    ("A1:1", "? A2", "? which_copy"),
    ("A1:1", "A2 ?", "+1 ?"),
    ("C1:1", "? C3", "?>C2 ~+1"),
    ("R1:1", "R2r2", "~1"),
    ("R1:1", "R2r1", "+1"),
]


@pytest.mark.parametrize(("text", "expected"), ALONE)
def test_the_pages_of_a_paper_are_its_copy_however_they_lie(text: str, expected: str) -> None:
    assert fates(sorted_pile(text)) == expected


@pytest.mark.parametrize(("text", "expected"), COPIES)
def test_several_copies_are_parted_only_where_it_is_plain(text: str, expected: str) -> None:
    assert fates(sorted_pile(text)) == expected


@pytest.mark.parametrize(("text", "expected"), UNCODED)
def test_a_page_that_says_nothing_waits_and_its_neighbours_suggest(text: str, expected: str) -> None:
    assert fates(sorted_pile(text)) == expected


@pytest.mark.parametrize(("text", "expected"), STRAYS)
def test_copies_are_parted_as_if_pages_that_name_other_papers_were_not_there(text: str, expected: str) -> None:
    assert fates(sorted_pile(text)) == expected


@pytest.mark.parametrize(("text", "expected"), CODES)
def test_a_code_counts_only_if_the_record_agrees(text: str, expected: str) -> None:
    assert fates(sorted_pile(text)) == expected


@pytest.mark.parametrize(("before", "text", "expected"), LATER)
def test_what_comes_later_joins_only_the_one_copy_that_lacks_it(before: str, text: str, expected: str) -> None:
    assert fates(sorted_pile(text, before)) == expected


def test_an_older_or_withdrawn_paper_is_filed_and_told() -> None:
    old, _, withdrawn, current = sorted_pile("R1r1 R2r1 V1 R1r2")
    assert old.fate == "filed" and old.details == {"outdated": "2"}
    assert withdrawn.fate == "filed" and withdrawn.details == {"withdrawn": "yes"}
    assert current.details == {}


def test_the_number_of_a_copy_that_stands_no_more_is_given_to_no_other() -> None:
    leaves = pile("R1r1 R2r1 R1r1 R2r1")
    number = sorted_pile("R1r1")[0].number
    assert [one.copy for one in sort(leaves, papers, ())] == [1, 1, 2, 2]
    assert [one.copy for one in sort(leaves, papers, (), {(number, 1): 4, (number, 2): 9})] == [5, 5, 6, 6]


def test_a_page_with_a_fault_waits_whatever_its_code_says() -> None:
    (faulty,) = sort([replace(leaf(1, "B1"), fault="misplaced_code")], papers, [])
    assert (faulty.fate, faulty.why, faulty.suggestion) == ("waiting", "misplaced_code", None)


def test_a_blank_page_that_bears_a_code_is_a_page() -> None:
    (one,) = sort([replace(leaf(1, "B1"), is_blank=True)], papers, [])
    assert one.fate == "filed"


def test_leaves_keep_their_numbers_where_a_pile_is_sorted_in_part() -> None:
    leaves = [replace(leaf(1, "A2"), number=9), replace(leaf(1, "A1"), number=4)]
    assert [(one.leaf, one.page) for one in sort(leaves, papers, [])] == [(9, 2), (4, 1)]


@pytest.mark.parametrize("text", [text for text, _ in [*COPIES, *UNCODED, *STRAYS, *CODES]] + ["A2 A2"])
def test_why_a_page_waits_and_what_to_do_can_be_told_in_full(text: str) -> None:
    for one in sorted_pile(text, "A1:1" if text == "A2 A2" else ""):
        for words in (
            (told(one.why, one.details), cure(one.why, one.details), *commands(one.why, one.details, "1a2b3c4d-1"))
            if one.why
            else ()
        ):
            assert not any(LOST in words[language] or "{" in words[language] for language in LANGUAGES)


def test_the_paper_of_an_unknown_code_is_told_as_it_is_printed() -> None:
    (one,) = sorted_pile("Z1")
    made = paper_id(number("Z"))
    assert f"{made[:5]}-{made[5:]}" in told(one.why, one.details).en


WORDS = st.sampled_from(
    [*"-?!", "x", "dg", "A1+x", "A1+E1", "A0", "Z1", "A1#", "A1/3", "A1", "A2", "B1", "C1", "C2", "C3"]
)


@settings(deadline=None, max_examples=40)
@given(text=st.lists(WORDS, max_size=14).map(" ".join), before=st.sampled_from(["", "A1:1", "C1:1 C2:12", "A1:12"]))
def test_every_leaf_gets_one_decision_whatever_lies_in_the_pile(text: str, before: str) -> None:
    assert sorted_pile(text, before) == sorted_pile(text, before)


Physical = tuple[str, int]
"""What a leaf of a made-up pile really is: its word, and of which copy of its paper."""


@st.composite
def papers_in_a_pile(draw: st.DrawFn, paper: str, may_lose: bool) -> list[Physical]:
    """Copies of a paper, one after the other, that lack or hide fewer pages than it has; or that all lack the same."""
    of, copies = PAGES[paper], draw(st.integers(1, 3))
    common = draw(st.sets(st.integers(1, of), max_size=of - 1)) if may_lose else set()
    lying = []
    order = st.sampled_from(ORDERS) if may_lose else st.just(draw(st.sampled_from(ORDERS)))
    for copy in range(copies):
        pages = sorted(set(range(1, of + 1)) - common, key=draw(order))
        lying += [(f"{paper}{page}", copy) for page in (draw(st.permutations(pages)) if copies == 1 else pages)]
    lost = draw(st.sets(st.integers(0, len(lying) - 1), max_size=of - len(common) - 1)) if may_lose else set()
    kinds = st.sampled_from(["", "?", "!", "dg", f"{paper}1#", f"{paper}0", f"{paper}1+x"])
    hidden = [(draw(kinds), copy) if at in lost else (word, copy) for at, (word, copy) in enumerate(lying)]
    return [one for one in hidden if one[0]]


@st.composite
def piles(draw: st.DrawFn, may_lose: bool) -> list[Physical]:
    """Papers that may lie one after the other or among each other, with blank leaves and strays anywhere."""
    rest = [draw(papers_in_a_pile(paper, may_lose)) for paper in draw(st.permutations("ACDE"))]
    rest += [[("-", 0)], [("-", 0)], [("Z1", 0)], [("B1#", 0)], *([[("?", 0)]] if may_lose else [])]
    among = draw(st.booleans())
    lying: list[Physical] = []
    while rest := [one for one in rest if one]:
        lying.append(rest[draw(st.integers(0, len(rest) - 1)) if among else 0].pop(0))
    return lying


def copies_made(lying: Sequence[Physical], decisions: Sequence[Decision]) -> dict[tuple[str, int, int], set[Physical]]:
    """Of each copy that was made: from which copies its pages really are."""
    made: dict[tuple[str, int, int], set[Physical]] = {}
    for (word, copy), one in zip(lying, decisions, strict=True):
        if one.copy:
            made.setdefault((one.number, one.revision, one.copy), set()).add((word[0], copy))
    return made


@settings(deadline=None, max_examples=60)
@given(lying=piles(may_lose=True))
def test_no_copy_is_put_together_from_two_if_fewer_pages_are_lost_than_the_paper_has(lying: list[Physical]) -> None:
    made = copies_made(lying, sorted_pile(" ".join(word for word, _ in lying)))
    assert all(len(really) == 1 for really in made.values()), made


@settings(deadline=None, max_examples=25)
@given(lying=piles(may_lose=False))
def test_copies_that_lack_nothing_are_filed_without_a_person(lying: list[Physical]) -> None:
    decisions = sorted_pile(" ".join(word for word, _ in lying))
    ours = [(word, copy) for word, copy in lying if word not in ("-", "Z1", "B1#")]
    assert Counter(one.fate for one in decisions) == {"filed": len(ours), "blank": 2, "waiting": 2}
    really = {(word[0], copy) for word, copy in ours}
    assert sorted(map(list, copies_made(lying, decisions).values())) == sorted([one] for one in really)


@settings(deadline=None, max_examples=40)
@given(order=st.sampled_from(ORDERS), data=st.data())
def test_no_copy_is_put_together_from_two_if_none_is_lost_however_few_can_be_read(
    order: Order, data: st.DataObject
) -> None:
    clear = [(f"{paper}{page}", 0) for paper in "DFG" for page in in_order(paper, order)]
    twice = [(f"{paper}{page}", copy) for paper in "CA" for copy in range(2) for page in in_order(paper, order)]
    unread = data.draw(st.sets(st.integers(0, len(twice) - 1)))
    lying = clear + [("?" if at in unread else word, copy) for at, (word, copy) in enumerate(twice)]
    made = copies_made(lying, sorted_pile(" ".join(word for word, _ in lying)))
    assert all(len(really) == 1 for really in made.values()), made


def in_order(paper: str, order: Order) -> list[int]:
    return sorted(range(1, PAGES[paper] + 1), key=order)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("paper", "ACD")
@pytest.mark.parametrize("copies", [2, 3])
def test_copies_that_lie_page_by_page_are_left_to_a_person(order: Order, paper: str, copies: int) -> None:
    text = " ".join(f"{paper}{page}" for page in in_order(paper, order) for _ in range(copies))
    assert {one.why for one in sorted_pile(text)} == {"mixed_copies"}


@settings(deadline=None, max_examples=25)
@given(data=st.data(), pages=st.permutations([1, 2, 3, 4]))
def test_a_copy_that_comes_back_in_several_piles_is_whole_in_the_end(data: st.DataObject, pages: list[int]) -> None:
    standing: list[Copy] = []
    held = ""
    while pages:
        now = data.draw(st.integers(1, len(pages)))
        text, pages = " ".join(f"D{page}" for page in pages[:now]), pages[now:]
        decisions = sort(pile(text), papers, standing)
        check_totals(pile(text), decisions, standing)
        assert {(one.copy, one.joins) for one in decisions} == {(1, bool(standing))}
        held += "".join(str(one.page) for one in decisions)
        standing = [copy_of("D1", held)]
    assert {one.fate for one in decisions} == {"filed"}


def test_a_suggestion_names_the_revision_that_lies_beside_it() -> None:
    _, middle = sorted_pile("R1r2 ?")
    assert middle.suggestion == Suggestion(number("R"), 2, 2)
