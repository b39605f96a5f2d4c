"""Where the data that ships with docgen lies: in the wheel inside the package, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(kind: str) -> Path:
    """Return the folder of the shipped ``forms`` or ``templates``, in a wheel as in an editable install."""
    inside = PACKAGE / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind
