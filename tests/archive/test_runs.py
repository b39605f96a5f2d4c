"""Which pages of one paper are one copy: held against all there is to be held against, in small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product

import pytest

from docgen.archive.runs import ORDERS, OTHER, UNREAD, Order, could_be_whole, falling, lies_in, rising, runs

NAMES = [order.__name__ for order in ORDERS]
PAIRS = [*product(ORDERS, repeat=2)]


def pages_of(stretch: Sequence[int], of: int = 3, usual: Order = rising) -> list[list[int]] | None:
    """The copies by their pages."""
    found = runs(stretch, of, usual)
    return found and [[stretch[at] for at in run] for run in found]


def subsets(things: Sequence[tuple[int, int]], most: int) -> Iterator[frozenset[tuple[int, int]]]:
    return map(frozenset, chain.from_iterable(combinations(things, size) for size in range(most + 1)))


def laid(of: int, orders: Sequence[Order]) -> list[tuple[int, int]]:
    """Copies that lie one after the other, as pairs of copy and page."""
    return [(copy, page) for copy, order in enumerate(orders) for page in sorted(range(1, of + 1), key=order)]


def mixed(lying: Sequence[tuple[int, int]], stretch: Sequence[int], of: int, usual: Order = rising) -> bool:
    """Whether a run is put together from two copies. ``lying``: what ``stretch`` really is."""
    return any(len({lying[at][0] for at in run}) > 1 for run in runs(stretch, of, usual) or [])


@pytest.mark.parametrize(
    ("order", "pages"),
    [*zip(ORDERS, [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [2, 1, 4, 3, 5], [5, 3, 4, 1, 2]], strict=True)],
    ids=NAMES,
)
def test_the_orders_are_those_in_which_scanners_deliver(order: Order, pages: list[int]) -> None:
    assert sorted(range(1, 6), key=order) == pages
    assert lies_in(pages, order) and lies_in([5], order)
    assert not lies_in([1, 1], order)


@pytest.mark.parametrize("length", range(1, 7))
def test_several_copies_are_told_apart_only_where_each_has_the_same_pages(length: int) -> None:
    for pages in product((1, 2, 3), repeat=length):
        size = len(set(pages))
        pieces = [[*range(begin, min(begin + size, length))] for begin in range(0, length, size)]
        held = [[pages[at] for at in piece] for piece in pieces]
        follow = any(all(lies_in(piece, order) for piece in held) for order in ORDERS)
        are_alike = follow and all(len(set(piece)) == size for piece in held)
        assert runs(pages, 3, rising) == (pieces if size == length or are_alike else None), pages


@pytest.mark.parametrize("of", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("order", ORDERS, ids=NAMES)
def test_copies_that_lack_nothing_are_always_found(of: int, order: Order) -> None:
    lying = laid(of, [order] * 3)
    assert runs([page for _, page in lying], of, rising) == [[*range(at, at + of)] for at in (0, of, 2 * of)]


@pytest.mark.parametrize("of", [2, 3])
@pytest.mark.parametrize("orders", PAIRS, ids=["-".join(one.__name__ for one in pair) for pair in PAIRS])
def test_two_copies_that_lack_fewer_pages_than_the_paper_has_are_never_mixed(of: int, orders: Sequence[Order]) -> None:
    lying = laid(of, orders)
    for lost in subsets(lying, of - 1):
        left = [one for one in lying if one not in lost]
        assert not mixed(left, [page for _, page in left], of), left
        assert not mixed(lying, [UNREAD if one in lost else one[1] for one in lying], of), lost


def laid_among_each_other(of: int, copies: int) -> Iterator[list[tuple[int, int]]]:
    """Copies whose pages, or sheets, lie in turns; or all fronts before all backs. Each as pairs of copy and page."""
    pages, sheets = range(1, of + 1), [[page, page + 1] for page in range(1, of + 1, 2)]
    yield [(copy, page) for page in pages for copy in range(copies)]
    by_sheet = [(copy, page) for sheet in sheets for copy in range(copies) for page in sheet if page <= of]
    fronts = [(copy, page) for copy in range(copies) for page in pages if page % 2]
    backs = [(copy, page) for copy in range(copies) for page in pages if not page % 2]
    yield from (by_sheet, fronts + backs, fronts + backs[::-1])


@pytest.mark.parametrize("copies", [2, 3])
@pytest.mark.parametrize("of", [2, 3, 4, 5])
def test_copies_that_lie_among_each_other_are_never_mixed_where_at_most_one_page_is_amiss(of: int, copies: int) -> None:
    for lying in chain.from_iterable((one, one[::-1]) for one in laid_among_each_other(of, copies)):
        for at, (copy, page) in enumerate(lying):
            lost, doubled = lying[:at] + lying[at + 1 :], [*lying[:at], (copy, page), *lying[at:]]
            assert not mixed(lost, [one for _, one in lost], of), lost
            assert not mixed(doubled, [one for _, one in doubled], of), doubled
            stretch = [UNREAD if place == at else one for place, (_, one) in enumerate(lying)]
            assert not mixed(lying, stretch, of), stretch
        assert not mixed(lying, [one for _, one in lying], of), lying


def with_strays(lying: Sequence[tuple[int, int]], count: int) -> Iterator[list[tuple[int, int]]]:
    """The same with so many unread leaves anywhere that are of no copy: each is page 0 of a copy of its own."""
    for places in combinations(range(len(lying) + count), count):
        rest = iter(lying)
        yield [(-1 - at, UNREAD) if at in places else next(rest) for at in range(len(lying) + count)]


@pytest.mark.parametrize("orders", PAIRS, ids=["-".join(one.__name__ for one in pair) for pair in PAIRS])
def test_leaves_that_are_none_of_theirs_mix_no_copies_that_lie_one_after_the_other(orders: Sequence[Order]) -> None:
    lying = laid(2, orders)
    for lost in subsets(lying, 1):
        for strays in (1, 2):
            for seen in with_strays([one for one in lying if one not in lost], strays):
                assert not mixed(seen, [page for _, page in seen], 2), seen


@pytest.mark.parametrize(("of", "copies"), [(2, 2), (2, 3), (3, 2), (4, 2)])
def test_leaves_that_are_none_of_theirs_mix_no_copies_that_lie_among_each_other(of: int, copies: int) -> None:
    """They might be taken for the pages that would make whole what lies together: 1 2 ? 2."""
    for line in chain.from_iterable((one, one[::-1]) for one in laid_among_each_other(of, copies)):
        for lost in [line, *(line[:at] + line[at + 1 :] for at in range(len(line)))]:
            for seen in with_strays(lost, 2 if of == 2 else 1):
                assert not mixed(seen, [page for _, page in seen], of), seen


@pytest.mark.parametrize("order", ORDERS, ids=NAMES)
@pytest.mark.parametrize(("of", "copies"), [(2, 2), (2, 3), (3, 2)])
def test_copies_that_are_all_there_are_never_mixed_however_few_pages_can_be_read(
    of: int, copies: int, order: Order
) -> None:
    lying = laid(of, [order] * copies)
    for unread in subsets(lying, len(lying) - 1):
        stretch = [UNREAD if one in unread else one[1] for one in lying]
        assert not mixed(lying, stretch, of, order), stretch


@pytest.mark.parametrize(
    ("stretch", "copies"),
    [
        ([1, UNREAD, 2, UNREAD, 3, UNREAD], [[1, 2, 3]]),
        ([1, UNREAD, UNREAD, 2, 3], [[1, 2, 3]]),
        ([1, 2, UNREAD, UNREAD, UNREAD, 3], None),
        ([1, UNREAD, UNREAD, UNREAD, 2, 3], None),
        ([UNREAD, 2, UNREAD, 1, UNREAD, 3], None),
        ([2, UNREAD, 3, 1], [[2, 3, 1]]),
        ([1, 2, 3, UNREAD, 2, 3], [[1, 2, 3], [2, 3]]),
        ([1, 2, UNREAD, 1, 2, 3], None),
        ([1, UNREAD, 3, 1, 2, 3], [[1, 3], [1, 2, 3]]),
        ([1, 2, 3, 2, 3, UNREAD], None),
        ([1, UNREAD, 3, UNREAD, 2, UNREAD], None),
    ],
)
def test_unread_leaves_are_backs_unless_they_would_make_two_copies_whole(
    stretch: list[int], copies: list[list[int]] | None
) -> None:
    assert pages_of(stretch) == copies


def test_pages_that_lie_in_no_order_may_be_of_copies_in_any() -> None:
    assert pages_of([UNREAD, 2, 3, 1, UNREAD, UNREAD], 3, falling) is None


def test_unread_leaves_among_other_papers_part_no_copy_whose_pages_lie_far_from_them() -> None:
    assert pages_of([1, OTHER, UNREAD, UNREAD, OTHER, 2], 2) == [[1, 2]]
    assert pages_of([1, UNREAD, OTHER, OTHER, UNREAD, 2], 2) is None


def test_copies_that_can_be_cut_in_two_ways_are_not_told_apart_by_unread_leaves() -> None:
    """They may be 3 4 1 2 and 3, or what is left of 1 2 3 4 and 1 2 3 4."""
    assert pages_of([UNREAD, UNREAD, 3, 4, 1, 2, 3, UNREAD], 4, rising) is None


def test_the_order_of_the_pile_tells_what_unread_leaves_can_be() -> None:
    around = [UNREAD, 2, 1, UNREAD]
    assert pages_of(around, 2, rising) is None
    assert pages_of(around, 2, falling) == [[2, 1]]


def test_a_page_may_be_of_another_whole_copy_only_where_the_rest_can_lie_beside_it() -> None:
    assert could_be_whole([UNREAD, 2], 2, rising) and could_be_whole([2, UNREAD], 2, falling)
    assert not could_be_whole([2, UNREAD], 2, rising) and not could_be_whole([2], 2, rising)
    assert could_be_whole([UNREAD, 2, 3, UNREAD], 3, rising) and not could_be_whole([UNREAD, 2], 3, rising)
