"""Changes to the complete case, written as dotted paths."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from docgen.checking.checked import Checked

COMPLETE = Path(__file__).with_name("complete.yaml")
FORMS = ("letter", "plan", "monthly", "notes")
Changes = Mapping[str, Any]
Check = Callable[..., Checked]


def changed(data: Any, changes: Changes) -> Any:
    """A copy of ``data`` with the value at each dotted path replaced, deleted (None), or appended to a list (``+``)."""
    copied = copy.deepcopy(data)
    for path, value in changes.items():
        *way, last = path.split(".")
        held = copied
        for step in way:
            held = held[int(step)] if isinstance(held, list) else held[step]
        at: Any = int(last) if isinstance(held, list) and last != "+" else last
        if last == "+":
            held.append(value)
        elif value is None:
            del held[at]
        else:
            held[at] = value
    return copied


def dotted(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path))
