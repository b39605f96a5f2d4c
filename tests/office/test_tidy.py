"""What a document left behind in circles is gone before the next one."""

from __future__ import annotations

import gc
import weakref

from docgen.office.tidy import tidy


class Box:
    """As a layout engine's: it knows its parent."""

    def __init__(self) -> None:
        self.child: Box | None = None
        self.parent: Box | None = None


def test_circles_of_boxes_are_given_back() -> None:
    before = gc.isenabled()
    gc.disable()
    try:
        parent, child = Box(), Box()
        parent.child, child.parent = child, parent
        seen = weakref.ref(parent)
        del parent, child
        assert seen() is not None
        tidy()
        assert seen() is None
    finally:
        if before:
            gc.enable()
