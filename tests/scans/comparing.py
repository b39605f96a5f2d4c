"""What the archive made of piles beside the truth about them: what is wrong, and how much it left to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pikepdf import Name, Pdf, PdfImage, Stream

from docgen.model.returned import Copy, Waiting
from docgen.office.returns import Returns
from docgen.office.store import looked_at
from tests.scans.effects import FAXES
from tests.scans.laying import BLANK, PAGE, Truth
from tests.scans.piles import Pile
from tests.scans.scanner import pixel_mark, stream_mark

FATES = {"filed": "filed", "waits": "left to a person", "blank": "taken for blank"}


@dataclass(slots=True)
class Compared:
    """``wrong``: what may never happen, in words. ``figures``: pages by kind and by what became of them."""

    wrong: list[str] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Of the pages with codes, scanned with 150 dpi or more, those that needed no person."""
        return self.figures["pages that count: filed"] / max(1, self.figures["pages that count"])


@dataclass(frozen=True, slots=True)
class Answer:
    """The truth about a leaf, and the mark of its picture."""

    truth: Truth
    picture: str


def compare(out: Path, piles: Sequence[Pile]) -> Compared:
    """The archive in ``out``, after these piles were taken in there one after another."""
    found = Compared()
    with looked_at(out) as store:
        assert store
        returns = Returns(store.register)
        answers = dict(_answers(out, returns, piles, found))
        copies, waiting = returns.copies(), {one.leaf: one for one in returns.waiting()}
        counts = [one.counts for one in returns.reports()]
    filed = {page.leaf: copy for copy in copies for page in copy.pages}
    if sum(sum(one.values()) for one in counts) != len(answers) or len(counts) != len(piles):
        found.wrong.append(f"the reports count {counts}, and there were {len(answers)} pages")
    for copy in copies:
        found.wrong += _wrong_in(out, copy, answers)
    for leaf, answer in answers.items():
        fate = "filed" if leaf in filed else "waits" if leaf in waiting else "blank"
        found.wrong += _wrong_fate(leaf, answer.truth, fate)
        found.figures.update(_counted(answer.truth, fate))
        found.figures.update(_suggested(answer.truth, waiting.get(leaf)))
    return found


def _answers(out: Path, returns: Returns, piles: Sequence[Pile], found: Compared) -> Iterator[tuple[str, Answer]]:
    """The truth about each leaf; that what was given lies there unchanged is looked at on the way."""
    places = {file.file.sha256: (pile, file) for pile in returns.piles() for file in pile.files}
    for pile in piles:
        truths = iter(pile.truths)
        for given in pile.files:
            taken, file = places[sha256(given.content).hexdigest()]
            if (out / "archive" / file.file.path).read_bytes() != given.content:
                found.wrong.append(f"{given.name} isn't kept as it was given")
            if file.pages != len(given.pictures):
                found.wrong.append(f"{given.name} has {len(given.pictures)} pages, and not {file.pages}")
            for at, mark in enumerate(given.pictures):
                yield taken.leaf(file.first + at), Answer(next(truths), mark)


def _wrong_in(out: Path, copy: Copy, answers: Mapping[str, Answer]) -> Iterator[str]:
    """A copy holds pages of one paper, one revision, one of the copies that were signed, and as they were scanned."""
    name = f"{copy.file.path} holds"
    truths = [(page, answers[page.leaf]) for page in copy.pages]
    for page, answer in truths:
        truth = answer.truth
        if (truth.what, truth.number, truth.revision) != (PAGE, copy.number, copy.revision):
            yield f"{name} {truth}"
        elif truth.page != page.page:
            yield f"{name} as page {page.page} what is page {truth.page}: {page.leaf}"
    if len({answer.truth.copy for _, answer in truths}) > 1:
        yield f"{name} pages of several copies that were signed: {[answer.truth for _, answer in truths]}"
    with Pdf.open(out / "archive" / copy.file.path) as pdf:
        if len(pdf.pages) != len(copy.pages):
            yield f"{name} {len(pdf.pages)} pages, and not {len(copy.pages)}"
        for (page, answer), printed in zip(truths, pdf.pages, strict=False):
            (image,) = printed.resources[Name.XObject].as_dict().values()
            assert isinstance(image, Stream)
            if stream_mark(image.read_raw_bytes()) == answer.picture:
                continue
            if pixel_mark(PdfImage(image).as_pil_image()) != answer.picture:
                yield f"{name} another picture of {page.leaf} than was scanned"


def _wrong_fate(leaf: str, truth: Truth, fate: str) -> Iterator[str]:
    """Nothing with ink on it counts as blank, and what must wait does."""
    if fate == "blank" and truth.what != BLANK:
        yield f"{leaf} was taken for blank: {truth}"
    if fate == "filed" and truth.hope == "waits":
        yield f"{leaf} was filed: {truth}"


def _counted(truth: Truth, fate: str) -> Iterator[str]:
    """What happened to a page on the way is only counted where that alone could make it hard to read."""
    told = FATES[fate]
    if truth.what == BLANK:
        yield "blank sides: " + ("found blank" if fate == "blank" else told)
        return
    if truth.hope == "waits":
        yield "pages that must wait"
        return
    if truth.hope == "any":
        yield f"pages of copies that nobody could tell apart: {told}"
        return
    yield from ("pages with codes", f"pages with codes: {told}")
    if truth.counts:
        yield from ("pages that count", f"pages that count: {told}")
    for tag in truth.tags:
        if truth.counts or tag in FAXES or tag.endswith("dpi"):
            yield tag
            if fate != "filed":
                yield f"{tag}: {told}"


def _suggested(truth: Truth, waiting: Waiting | None) -> Iterator[str]:
    """Whether a person is told rightly what a page probably is."""
    if waiting and waiting.suggestion and truth.number:
        told = waiting.suggestion
        fits = (told.number, told.revision) == (truth.number, truth.revision) and told.page in (0, truth.page)
        yield "suggestions that are right" if fits else "suggestions that are not"
