"""Which issued document a digitally signed file is: it is kept byte for byte, for to split or save it anew would break
its signature. Whether the signature holds is not looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from docgen.archive.leaves import Leaf
from docgen.archive.papers import known
from docgen.archive.piles import Examined
from docgen.archive.sorting import Known, Papers
from docgen.model.issued import IssuedFile
from docgen.model.page_code import read_code
from docgen.office.returns import Returns

BLOCK = 1 << 20
USUAL = frozenset({"", "not_scanned", "hidden_parts"})
"""What may be said of a page of such a file: it was not scanned, and the signature itself is a part that scans lack."""


def recognised(file: Examined, leaves: Sequence[Leaf], returns: Returns, papers: Papers) -> Known | None:
    """The revision that ``file`` is a signed copy of: the one whose PDF it begins with, as signing only adds to a file;
    else the one that the codes on all its pages name. None where neither tells, or its pages are not as many."""
    found = _begun_with(file, returns) or _named(leaves, papers)
    return found if found and found.pages == file.pages == len(leaves) else None


def _begun_with(file: Examined, returns: Returns) -> Known | None:
    revisions = [returns.revisions(number) for number in returns.papers().values() if number]
    by_size: dict[int, list[tuple[IssuedFile, Known]]] = defaultdict(list)
    for one in revisions:
        for revision, of in known(one).items():
            if issued := one[revision].files.get("pdf"):
                by_size[issued.size].append((issued, of))
    for size, digest in _beginnings(file, sorted(size for size in by_size if size < file.size)):
        for issued, of in by_size[size]:
            if issued.sha256 == digest:
                return of
    return None


def _beginnings(file: Examined, sizes: Iterable[int]) -> Iterable[tuple[int, str]]:
    """The hash of the first bytes of the file, so many as each of ``sizes`` says; these ascend."""
    made, at = sha256(), 0
    with file.path.open("rb") as stream:
        for size in sizes:
            while at < size and (block := stream.read(min(BLOCK, size - at))):
                made.update(block)
                at += len(block)
            yield size, made.hexdigest()


def _named(leaves: Sequence[Leaf], papers: Papers) -> Known | None:
    """The revision that the codes on the pages name: one and the same on all, each of its pages once."""
    plain = all(leaf.fault in USUAL and len(leaf.codes) == 1 for leaf in leaves)
    codes = [read_code(leaf.codes[0]) for leaf in leaves] if plain else []
    first = codes[0] if codes else None
    if first is None:
        return None
    of = papers(first.paper).get(first.revision)
    said = {(code.paper, code.revision, code.pages, code.check) for code in codes if code}
    pages = sorted(code.page for code in codes if code)
    agrees = of and said == {(first.paper, first.revision, of.pages, of.check)} and len(pages) == len(codes)
    return of if agrees and pages == list(range(1, len(codes) + 1)) else None
