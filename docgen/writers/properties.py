"""What a file says about itself: the same in Word's and in the PDF's properties; no names of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docgen import __version__


@dataclass(frozen=True, slots=True)
class Properties:
    """``identifier`` is the document's content hash; ``author`` the company; ``created`` the printed date."""

    title: str
    author: str
    created: date
    identifier: str
    language: str
    number: str = ""
    version: str = __version__
