"""Make samples/scans anew: letters of the samples' team as they come back signed, with what happens to such piles.

``python -m samples.make_scans``, after a change of team.yaml or of what letters say. The names are signed by chance.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from PIL import Image

from tests.scans.effects import noisy, shown_through, signed, struck, written
from tests.scans.office import issue_letters
from tests.scans.papers import Paper, picture
from tests.scans.scanner import Shot, scan

FILE = Path(__file__).parent / "scans" / "letters-back.pdf"
DPI = 150
LIMIT = 190
"""Of black and white: grey print stays black."""
WHOLE, TURNED, BACKWARDS, STRUCK, LACKING = "S1101", "J0236", "C0412", "S0987", "P0588"
"""Employees whose letters come back: as they should, upside down, last page first, with a pen over a code, and without
their last page. After the first lies a statement that somebody wrote by hand; backs of the second were scanned too."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        letters = issue_letters(Path(folder) / "out", (WHOLE, TURNED, BACKWARDS, STRUCK, LACKING))
        made = _pile({letter.number.split("-")[0]: letter for letter in letters})
    (file,) = scan([Shot(_black_and_white(page), (DPI, DPI)) for page in made], "pdf", FILE.stem)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(file.content)


def _pile(letters: dict[str, Paper]) -> list[Image.Image]:
    seeded = random.Random("letters back")
    pages = {number: _pages(letter, seeded) for number, letter in letters.items()}
    pages[STRUCK][0] = struck(pages[STRUCK][0], DPI, seeded)
    statement = written(Image.new("L", pages[WHOLE][0].size, 255), DPI, seeded)
    back = noisy(shown_through(picture(letters[TURNED], 1, DPI), DPI, seeded), DPI, seeded)
    first, *others = [page.transpose(Image.Transpose.ROTATE_180) for page in pages[TURNED]]
    return [
        *pages[WHOLE],
        statement,
        *(first, back, *others),
        *pages[BACKWARDS][::-1],
        *pages[STRUCK],
        *pages[LACKING][:-1],
    ]


def _pages(letter: Paper, seeded: random.Random) -> list[Image.Image]:
    """A letter, signed, each sheet a little askew."""
    found = [picture(letter, page, DPI) for page in range(1, letter.pages + 1)]
    found[-1] = signed(found[-1], DPI, seeded)
    return [page.rotate(seeded.uniform(-1, 1), Image.Resampling.BILINEAR, fillcolor=255) for page in found]


def _black_and_white(page: Image.Image) -> Image.Image:
    return page.point(lambda value: 255 if value > LIMIT else 0, mode="1")


if __name__ == "__main__":
    main()
