"""Workbooks that were sent out and rolled over: what the ledger is to know of those that take their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from docgen.definitions.definition import Definitions
from docgen.model.case import Month
from docgen.model.problems import Position, Problem
from docgen.office.ledger import Ledger
from docgen.office.publish import PRIVATE, SHARED
from docgen.office.rollover_files import NextFile, Target, next_path
from docgen.office.rollover_run import Bundle
from docgen.office.sent import Sending, Sent, each_once, record_sent, relative, sendings
from docgen.sources.telling import told


def known_sent(bundles: Sequence[Bundle]) -> dict[str, Sent]:
    """What the ledgers of these offices say was sent, by its id.

    Raises:
        EnvironmentLacks: a ledger can't be read.
    """
    outs = dict.fromkeys(bundle.out for bundle in bundles if bundle.cases and bundle.sources[0].sent)
    return {one.sent.id: one.sent for out in outs for one in sendings(Ledger(out).read().entries)}


def rolled_before(bundles: Sequence[Bundle], where: Target, month: Month, definitions: Definitions) -> list[Problem]:
    """Of which sources the ledger knows a later file that is there: that one is probably meant.

    To roll over again to the same place is no such case.
    """
    problems: list[Problem] = []
    for bundle in (one for one in bundles if one.cases):
        planned = next_path(bundle, where, month).resolve()
        for source in (one for one in bundle.sources if one.sent):
            known = each_once(sendings(Ledger(bundle.out).read().entries), bundle.out)
            later = [one for one in _after(source.sent, known) if one.place(bundle.out).is_file()]
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
    added = 0
    for file in files:
        if file.sent is not None and file.state in ("written", "unchanged"):
            out, settings = file.bundle.out, file.bundle.cases[0].office.settings
            digest = sha256(file.content).hexdigest()
            folder = relative(file.path.parent, out)
            ledger = Ledger(out, SHARED if settings.get("group") else PRIVATE)
            one = replace(file.sent, file=file.path.name, folder=folder, sha256=digest)
            added += record_sent(ledger, [one], today)
    return added
