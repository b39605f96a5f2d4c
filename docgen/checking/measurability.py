"""SMART, explained to the supervisor: five ticks for a target, and for each missing one what to do about it.

The seed's A is "aligned" and its R is "realistic". The ticks say something about the wording and the figures of a
target, never about the person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.checking.figures import FULL, amount
from docgen.definitions.wordlists import WordLists
from docgen.model.units import in_unit

Target = Mapping[str, Any]

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
LATIN_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’.-]*")
FIGURE = re.compile(r"\d|百分之|[一二两三四五六七八九十百半][分次个项件天日周成]")
LEAST_WORDS = 2
LEAST_HAN = 2


def smart(target: Target, case: Mapping[str, Any], thresholds: Mapping[str, Any], words: WordLists) -> dict[str, bool]:
    """The five ticks of a target: S, M, A, R, T."""
    return {
        "S": is_specific(target, words),
        "M": is_measurable(target),
        "A": bool(target.get("aligned_to")),
        "R": is_realistic(target, thresholds),
        "T": is_timed(target, case, words),
    }


def is_specific(target: Target, words: WordLists) -> bool:
    """Long enough to say what is measured; a vague word counts only where no number and unit stand."""
    return long_enough(target) and not vague_word(target, words)


def vague_word(target: Target, words: WordLists) -> str:
    """The vague word of its name, or '' where there is none or a number and a unit stand beside it."""
    return "" if has_number_and_unit(target) else words.first(words.vague, str(target.get("name") or ""))


def long_enough(target: Target) -> bool:
    """Latin words and half the Han characters, counted together: "NPS得分" is two words.

    Two Han characters will do where a number, its unit and the data source say the rest: 良率, 98 %, 生产系统.
    """
    name = str(target.get("name") or "")
    han = len(HAN.findall(name))
    if han >= LEAST_HAN and has_number_and_unit(target) and target.get("data_source"):
        return True
    return len(LATIN_WORD.findall(HAN.sub(" ", name))) + han / 2 >= LEAST_WORDS


def has_number_and_unit(target: Target) -> bool:
    value = target.get("target_value")
    return amount(value) is not None and bool(target.get("unit") or getattr(value, "unit", ""))


def is_measurable(target: Target) -> bool:
    """A number with its unit, or a rule by which text is scored, with a figure; a milestone is there or not."""
    if target.get("measure_class") == "milestone":
        return bool(target.get("due_date"))
    if target.get("measure_class") == "qualitative":
        return bool(target.get("scoring_rule")) and has_figure(target)
    return has_number_and_unit(target)


def has_figure(target: Target) -> bool:
    """Whether the target value or the scoring rule of a target in words holds a number, in digits or in Han."""
    value, rule = target.get("target_value"), target.get("scoring_rule")
    return amount(value) is not None or bool(FIGURE.search(f"{value or ''} {rule or ''}"))


def is_timed(target: Target, case: Mapping[str, Any], words: WordLists) -> bool:
    """A day inside the period, and no "as soon as possible" in its name."""
    due, start, end = target.get("due_date"), case.get("period_start"), case.get("end")
    if not isinstance(due, date) or undated_word(target, words):
        return False
    return not (isinstance(start, date) and due < start) and not (isinstance(end, date) and due > end)


def undated_word(target: Target, words: WordLists) -> str:
    """The "as soon as possible" or the like in its name, or ''."""
    return words.first(words.no_date, str(target.get("name") or ""))


def is_realistic(target: Target, thresholds: Mapping[str, Any]) -> bool:
    """Better than now, and within reach of the basis; a target without figures is not judged."""
    if amount(target.get("target_value")) is None or target.get("measure_class") != "quantitative":
        return True
    return is_better(target) and is_reachable(target, thresholds) and has_basis(target)


def is_better(target: Target) -> bool:
    """The target lies beyond the current value, in the better direction; without a current value it is not judged.

    A maintenance target keeps what is there.
    """
    now, wanted = _figure(target, "current_value"), _figure(target, "target_value")
    if now is None or wanted is None:
        return True
    if target.get("value_class") == "maintenance" and now == wanted:
        return True
    return wanted > now if target.get("direction") == "higher" else wanted < now


def is_reachable(target: Target, thresholds: Mapping[str, Any]) -> bool:
    """Not beyond the stretch limit of the best basis: of the basis value or of the current one, whichever is better."""
    wanted, limit = _figure(target, "target_value"), stretch_limit(target, thresholds)
    if wanted is None or limit is None:
        return True
    return wanted <= limit if target.get("direction") == "higher" else wanted >= limit


def stretch_limit(target: Target, thresholds: Mapping[str, Any]) -> Decimal | None:
    """The farthest figure still thought reachable; None without basis, without positive figures, or for a day."""
    stretch = amount(thresholds.get("stretch_limit_pct"))
    basis = _figure(target, "basis_value")
    if stretch is None or basis is None or target.get("direction") not in ("higher", "lower"):
        return None
    now = _figure(target, "current_value")
    known = [figure for figure in (basis, now) if figure is not None]
    if min(known) <= 0:
        return None
    return max(known) * stretch / FULL if target["direction"] == "higher" else min(known) * FULL / stretch


def _figure(target: Target, name: str) -> Decimal | None:
    return in_unit(target.get(name), target.get("unit"))


def has_basis(target: Target) -> bool:
    return bool(target.get("basis_type")) and amount(target.get("basis_value")) is not None
