"""Whether a document is issued, issued anew, or left as it is: what stands on record against what the data say now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from docgen.model.issued import Issued

Verdict = Literal["new", "add", "revise", "same", "other_look", "frozen", "void", "ask"]
"""``new``: the first revision. ``add``: a format that the revision lacks. ``revise``: the next revision. ``same``: as
it stands on record. ``other_look``: it says the same, and would look otherwise. ``frozen``: it says otherwise now, but
stays as it was handed out. ``void``: it was withdrawn. ``ask``: it says otherwise, and nobody said why."""
MADE: Collection[Verdict] = frozenset(("new", "add", "revise"))
"""Those of which files are written."""


@dataclass(frozen=True, slots=True)
class Leave:
    """What whoever started the run allows: the ``reason`` of revisions, ``reissue`` of what says the same, and to
    ``revise`` the document at hand though it is frozen or was withdrawn."""

    reason: str = ""
    reissue: bool = False
    revise: bool = False

    def to_revise(self, frozen: bool) -> bool:
        """Whether a revision is wanted even of what says the same."""
        return bool(self.reason) and (self.revise or (self.reissue and not frozen))


def judge(
    standing: Issued | None,
    content: str,
    look: str,
    leave: Leave,
    *,
    frozen: bool,
    lacking: Collection[str],
    dated: date | None = None,
    changed: bool = False,
) -> Verdict:
    """What is to be done with a document.

    Args:
        content, look: the hashes of what would be made now.
        frozen: once issued, it changes only where it is named (monthly plans and notes of talks).
        lacking: formats that were asked for and that the revision on record doesn't have.
        dated: the date that it is to bear, whatever the data give; ``changed``: whether a file of it was, by hand.
    """
    if standing is None:
        return "new"
    differs = content != standing.content
    if standing.void and not leave.revise:
        return "void"
    is_done = standing.look == look and standing.reason == leave.reason and dated in (None, standing.printed)
    if leave.to_revise(frozen) and (differs or changed or standing.void or not is_done):
        return "revise"  # what is done is not done again: the same command completes a run that was stopped
    if standing.void:
        return "void"
    if differs:
        if frozen:
            return "frozen"
        return "revise" if leave.reason else "ask"
    if lacking:
        return "add"
    return "same" if look == standing.look else "other_look"
