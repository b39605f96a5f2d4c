"""The named checks: what is no one-liner. ``rules.yaml`` names them and says what each adds to a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.checking import measurability
from docgen.checking.comparing import COMPARING_CHECKS
from docgen.checking.context import Check, Context, Finding
from docgen.checking.typed_figures import TYPED_FIGURES_CHECKS
from docgen.checking.wording import WORDING_CHECKS
from docgen.checking.year import YEAR_CHECKS


def smart_specific(context: Context) -> Iterator[Finding]:
    """A target's name that is too short, or vague without a number and a unit beside it."""
    target = context.row.values
    if not measurability.long_enough(target):
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


CHECKS: Mapping[str, Check] = {
    **WORDING_CHECKS,
    **COMPARING_CHECKS,
    **YEAR_CHECKS,
    **TYPED_FIGURES_CHECKS,
    "smart_specific": smart_specific,
    "smart_measurable": smart_measurable,
    "smart_timed": smart_timed,
    "smart_realistic": smart_realistic,
}
"""The checks of one case by name; those over several cases are in across_cases.py."""
