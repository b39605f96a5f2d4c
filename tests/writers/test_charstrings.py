"""The program of a glyph without calls and hints."""

from __future__ import annotations

import pytest

from docgen.writers.charstrings import Shared, Strange, whole

NONE = Shared(0, lambda _: b"")
MOVE, LINE, STEM, STEM_MASKED, VSTEM, MASK, COUNTER, FLEX = 21, 5, 1, 18, 3, 19, 20, (12, 35)
CALL, CALL_GLOBAL, RETURN, END = 10, 29, 11, 14


def number(value: int) -> bytes:
    """In the shortest way; small ones only."""
    if abs(value) <= 107:
        return bytes((value + 139,))
    return b"\x1c" + value.to_bytes(2, "big", signed=True)


def program(*parts: int | tuple[int, ...] | str) -> bytes:
    """Operators stand in tuples, operands as they are; a text is bytes that a mask has, in hexadecimals."""
    made = b""
    for part in parts:
        made += number(part) if isinstance(part, int) else bytes.fromhex(part) if isinstance(part, str) else bytes(part)
    return made


def routines(*bodies: bytes) -> Shared:
    return Shared(len(bodies), bodies.__getitem__)


def test_what_only_draws_stays_as_it_is() -> None:
    fraction, long = b"\xff\0\1\x80\0", program(1000, -500)
    told = program(10, -20, (MOVE,)) + fraction + long + program((LINE,), *range(7), FLEX, (END,))
    assert whole(told, NONE, NONE) == told


@pytest.mark.parametrize("width", [(), (33,)])
def test_hints_go_and_the_width_stays(width: tuple[int, ...]) -> None:
    """A mask has a bit for each stem, those before it among them that are told without an operator."""
    stems = program(*width, 1, 2, 3, 4, (STEM_MASKED,), *range(14), (MASK,), "1d0a")
    told = stems + program(10, 20, (MOVE,), (COUNTER,), "0e0e", (MASK,), "1515", 5, 6, (LINE,), (END,))
    assert whole(told, NONE, NONE) == program(*width, 10, 20, (MOVE,), 5, 6, (LINE,), (END,))
    told = program(*width, 1, 2, (STEM,), 3, 4, (VSTEM,), (END,))
    assert whole(told, NONE, NONE) == program(*width, (END,))


def test_calls_give_way_to_what_they_call() -> None:
    """Also where operands and operator stand in several, and where the last of them ends the glyph."""
    own = routines(program(1, (RETURN,)), program(-107, (CALL,), 2, (LINE,), (RETURN,)))
    of_all = routines(program((MOVE,)), program(7, 8, (LINE,), (END,)))
    told = program(10, 20, -107, (CALL_GLOBAL,), -106, (CALL,), -106, (CALL_GLOBAL,), 9)
    assert whole(told, own, of_all) == program(10, 20, (MOVE,), 1, 2, (LINE,), 7, 8, (LINE,), (END,))


@pytest.mark.parametrize(("count", "middle"), [(1239, 107), (1240, 1131), (33_899, 1131), (33_900, 32_768)])
def test_calls_are_counted_from_the_middle(count: int, middle: int) -> None:
    of_all = Shared(count, lambda index: program(index % 100, 0, (LINE,), (END,)))
    assert whole(program(42 - middle, (CALL_GLOBAL,)), NONE, of_all) == program(42, 0, (LINE,), (END,))


@pytest.mark.parametrize(
    "told",
    [
        program(1, 2, (12, 10), 3, (MOVE,), (END,)),  # adds
        program(1, 2, 3, 4, (END,)),  # puts accents together
        program(5, (CALL,), (END,)),
        program(-107, (CALL_GLOBAL,)),  # calls itself
        program((CALL,)),
        b"\xff\0\1\x80\0" + program((CALL,)),
        program(1, 2, (MOVE,), (2,)),
        b"\x1c\0",
    ],
)
def test_what_does_more_than_draw_is_refused(told: bytes) -> None:
    with pytest.raises((Strange, IndexError)):
        whole(told, NONE, routines(program(-107, (CALL_GLOBAL,))))
