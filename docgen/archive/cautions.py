"""What there is to mind about a paper whenever somebody deals with one of its copies: replaced since, or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.model.issued import Issued
from docgen.model.problems import Words

OUTDATED = Words(
    " Mind that revision {latest} has replaced this one: a copy of that is what counts.",
    "请注意：该版已被第{latest}版取代，应以第{latest}版的签署件为准。",
)
OUTDATED_BY_NONE = Words(
    " Mind that revision {latest}, which replaced this one, was withdrawn.",
    "请注意：取代该版的第{latest}版已作废。",
)
WITHDRAWN = Words(" Mind that the paper was withdrawn.", "请注意：该版已作废。")


def cautions(issued: Issued, latest: Issued) -> Words:
    """To be added to what is told of it; ``issued``: the revision of the copy."""
    words = OUTDATED_BY_NONE if latest.void else OUTDATED
    outdated = [words.filled(latest=latest.revision)] if issued.revision < latest.revision else []
    return joined([*outdated, *([WITHDRAWN] if issued.void else [])])


def joined(told: Iterable[Words]) -> Words:
    """Sentences behind one another; those in English begin with their blank."""
    parts = list(told)
    return Words("".join(one.en for one in parts), "".join(one.zh for one in parts))
