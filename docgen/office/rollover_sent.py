"""Workbooks that were sent out and rolled over: what the ledger is to know of those that take their place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from docgen.definitions.definition import Definitions
from docgen.model.case import Month
from docgen.model.problems import Position, Problem
from docgen.office.ledger import Ledger
from docgen.office.publish import PRIVATE, SHARED
from docgen.office.rollover_files import NextFile, Target, next_path
from docgen.office.rollover_run import Bundle
from docgen.office.sent import Sending, Sent, each_once, record_sent, relative, sendings
from docgen.sources.telling import told

Known = Mapping[Path, Sequence[Sending]]
"""What the ledger of each office says was sent, in its order."""


def known_sent(bundles: Sequence[Bundle]) -> Known:
    """What was sent out of these offices, as far as their files say that they were sent.

    Raises:
        EnvironmentLacks: a ledger can't be read.
    """
    marked = [bundle for bundle in bundles if bundle.cases and any(source.sent for source in bundle.sources)]
    return {out: sendings(Ledger(out).read().entries) for out in dict.fromkeys(bundle.out for bundle in marked)}


def by_id(known: Known) -> dict[str, Sent]:
    """The workbooks that were sent, by their id."""
    return {one.sent.id: one.sent for sent in known.values() for one in sent}


def rolled_before(
    bundles: Sequence[Bundle], known: Known, where: Target, month: Month, definitions: Definitions
) -> list[Problem]:
    """Of which sources the ledger knows a later file that is there: that one is probably meant.

    To roll over again to the same place is no such case.
    """
    problems: list[Problem] = []
    sent = {out: each_once(those, out) for out, those in known.items()}
    for bundle in (one for one in bundles if one.cases and one.out in sent):
        planned = next_path(bundle, where, month).resolve()
        for source in (one for one in bundle.sources if one.sent):
            later = [one for one in _after(source.sent, sent[bundle.out]) if one.place(bundle.out).is_file()]
            paths = [one.place(bundle.out).resolve() for one in later]
            if later and not {planned, source.path.resolve()} & {*paths}:
                last = later[-1]
                about = {"known": str(last.place(bundle.out)), "day": last.on.isoformat()}
                problems.append(
                    told(definitions, "rolled_before", Position(str(source.path)), (), last.sent.month, **about)
                )
    return problems


def _after(mark: str, known: Sequence[Sending]) -> list[Sending]:
    """Those that were rolled over from the workbook ``mark``, and from these, the last one last."""
    marks, found = {mark}, []
    for one in known:
        if marks & {*one.sent.replaces} and one.sent.id not in marks:
            marks.add(one.sent.id)
            found.append(one)
    return found


def record(files: Sequence[NextFile], today: date) -> int:
    """Write down in the ledger which files take the place of workbooks that were sent out; returns how many lines.

    Raises:
        EnvironmentLacks: the ledger can't be written.
    """
    new: dict[tuple[Path, bool], list[Sent]] = defaultdict(list)
    for file in files:
        if file.sent is not None and file.state in ("written", "unchanged"):
            out, office = file.bundle.out, file.bundle.cases[0].office
            folder, digest = relative(file.path.parent, out), sha256(file.content).hexdigest()
            sent = replace(file.sent, file=file.path.name, folder=folder, sha256=digest)
            new[out, bool(office.settings.get("group"))].append(sent)
    return sum(
        record_sent(Ledger(out, SHARED if in_group else PRIVATE), those, today)
        for (out, in_group), those in new.items()
    )
