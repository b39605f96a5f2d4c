"""The named checks: what is no one-liner. ``rules.yaml`` names them and says what each adds to a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docgen.checking import measurability, schedule
from docgen.checking.comparing import COMPARING_CHECKS
from docgen.checking.computed import FIGURES
from docgen.checking.context import Check, Context, Finding
from docgen.checking.rows import Row
from docgen.checking.wording import WORDING_CHECKS
from docgen.model.case import Month

REFERRING = ("indicators", "differences", "measures")


def smart_specific(context: Context) -> Iterator[Finding]:
    """A target's name that is too short, or vague without a number and a unit beside it."""
    target = context.row.values
    name = str(target["name"] or "")
    if not measurability.long_enough(name):
        yield Finding(context.row, context.at, wording="short")
    elif word := measurability.vague_word(target, context.words):
        yield Finding(context.row, context.at, {"word": word}, "vague")


def smart_measurable(context: Context) -> Iterator[Finding]:
    """A target in words whose scoring rule has no figure either; a missing scoring rule is reported as such."""
    target = context.row.values
    if target["scoring_rule"] and not measurability.has_figure(target):
        yield Finding(context.row, context.at)


def smart_timed(context: Context) -> Iterator[Finding]:
    """A target that is to be reached "as soon as possible"; a due date that is missing or wrong is reported as such."""
    if word := measurability.undated_word(context.row.values, context.words):
        yield Finding(context.row, context.at, {"word": word})


def smart_realistic(context: Context) -> Iterator[Finding]:
    """A target no better than what is reached now, or beyond the stretch limit of its basis."""
    row, target = context.row, context.row.values
    if row.doubtful({"current_value", "basis_value", "direction"}):
        return
    if not measurability.is_better(target):
        yield Finding(row, context.at, wording="not_better")
    elif not measurability.is_reachable(target, context.settings):
        yield Finding(row, context.at, {"limit": measurability.stretch_limit(target, context.settings)}, "too_far")


def gap_unanswered(context: Context) -> Iterator[Finding]:
    """An indicator of the month before that fell short, without a cause there or a measure here."""
    return _unanswered(context, "gap")


def near_unanswered(context: Context) -> Iterator[Finding]:
    """The same for one that was nearly met."""
    return _unanswered(context, "near")


def _unanswered(context: Context, status: str) -> Iterator[Finding]:
    month, before = context.row, month_before(context)
    if before is None or before.values["absent"] or _refs_wrong(context, month, before):
        return
    causes = {row.values["target_ref"] for row in context.of("differences", before) if row.values["cause"]}
    measures = {row.values["target_ref"] for row in context.of("measures", month)}
    doubtful = {row.values["target_id"] for row in context.of("targets") if row.doubtful(FIGURES)}
    for row in context.of("indicators", before):
        ref = row.values["target_ref"]
        if row.values["status"] != status or ref is None or ref in doubtful or "actual" in row.wrong:
            continue
        found = {"target": row.values["name"] or ref, "result_month": before.values["month"]}
        if ref not in causes:
            yield Finding(before, "differences", found | {"month": month.values["month"]}, "no_cause")
        if ref not in measures:
            yield Finding(month, "measures", found, "no_measure")


def indicators_followed(context: Context) -> Iterator[Finding]:
    """A long target left out of a month in which it runs, or a short one that stands again after it was due."""
    row, month = context.row, context.row.values["month"]
    if month_before(context) is None or _refs_wrong(context, row):
        return
    here = {one.values["target_ref"] for one in context.of("indicators", row)}
    for target in context.of("targets"):
        if target.doubtful({"term_class", "start_date", "due_date"}):
            continue
        ref, named = target.values["target_id"], {"target": target.values["name"] or target.values["target_id"]}
        runs, term = schedule.runs_in(target.values, month), target.values["term_class"]
        if term == "long" and runs and ref not in here:
            yield Finding(row, context.at, named, "long_missing")
        elif term == "short" and not runs and ref in here:
            yield Finding(row, context.at, named, "short_repeated")


def final_figures(context: Context) -> Iterator[Finding]:
    """A final talk about targets that lack the figures of months; where nobody keeps such figures, nothing is said."""
    indicators = context.of("indicators")
    if any("actual" in row.wrong for row in indicators) or _refs_wrong(context, *context.of("months")):
        return
    doubtful = {row.values["target_id"] for row in context.of("targets") if row.doubtful(FIGURES)}
    kept = {row.values["target_ref"] for row in indicators if row.values["actual"] is not None} - doubtful
    open_results = [one for one in context.row.values["results"] if one["missing"] and one["target_id"] in kept]
    if open_results:
        names = [one["name"] or one["target_id"] for one in open_results]
        months = sorted({month for one in open_results for month in one["missing"]})
        yield Finding(context.row, context.at, {"targets": names, "months": months})


def month_before(context: Context) -> Row | None:
    """The latest month row before the one that is checked."""
    this = context.row.values["month"]
    known = [row for row in context.of("months") if isinstance(row.values["month"], Month)]
    earlier = [row for row in known if row.values["month"] < this]
    return max(earlier, key=_month, default=None)


def _month(row: Row) -> Any:
    return row.values["month"]


def _refs_wrong(context: Context, *months: Row) -> bool:
    """Whether a line names no target: that is reported already, and what it was meant for can't be known."""
    lines = [row for sheet in REFERRING for month in months for row in context.of(sheet, month)]
    return any(row.values["target_ref"] is None for row in lines)


CHECKS: Mapping[str, Check] = {
    **WORDING_CHECKS,
    **COMPARING_CHECKS,
    "smart_specific": smart_specific,
    "smart_measurable": smart_measurable,
    "smart_timed": smart_timed,
    "smart_realistic": smart_realistic,
    "gap_unanswered": gap_unanswered,
    "near_unanswered": near_unanswered,
    "indicators_followed": indicators_followed,
    "final_figures": final_figures,
}
"""The checks of one case by name; those over several cases are in across_cases.py."""
