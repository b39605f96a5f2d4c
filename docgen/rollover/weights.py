"""The weights of the new month's indicators, brought to 100 where the indicators changed (R9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from docgen.checking import figures
from docgen.checking.figures import ZERO
from docgen.model.problems import Words
from docgen.rollover.event import Event
from docgen.rollover.indicators import Indicator
from docgen.rollover.rows import plain
from docgen.rollover.turn import Turn

NO_WEIGHT = Words("none", "无")


def weights(turn: Turn, indicators: Sequence[Indicator]) -> tuple[list[Any], list[Event]]:
    """What is typed as the weight of each indicator: nothing, what was typed last month, or new shares."""
    last = turn.last
    if last is None or not turn.settings.get("use_weights"):
        return [None] * len(indicators), []
    rows = last["indicators"]
    before = {row["target_ref"]: row["weight"] for row in rows}
    typed = [turn.spelling.get("indicators", row, "weight") for row in turn.typed("indicators", last)]
    if before.keys() == {one.target for one in indicators}:
        by_target = dict(zip((row["target_ref"] for row in rows), typed, strict=False))
        return [by_target.get(one.target) for one in indicators], []
    own = {ref: figures.amount(target["weight"]) for ref, target in turn.targets.items()}
    new = figures.shares([_weight(one.target, own, before if any(typed) else {}) for one in indicators])
    old = [before.get(one.target, own[one.target]) for one in indicators]
    shown = [_shift(turn.name(one.target), *pair) for one, *pair in zip(indicators, old, new, strict=True)]
    told = Event("rescaled", "R9", ("months", 0, "weight_change_reason"), {"weights": tuple(shown)})
    return list(new), [told] if indicators else []


def _weight(ref: str, own: Mapping[str, Decimal | None], typed: Mapping[str, Any]) -> Decimal | None:
    """The weight typed last month; of a target that joins its own, in proportion to what was typed for the others."""
    if typed.get(ref) is not None:
        return figures.amount(typed[ref])
    theirs = sum((own.get(one) or ZERO for one in typed), ZERO)
    mine = own[ref]
    if not theirs or mine is None:
        return mine
    return mine * sum((figures.amount(weight) or ZERO for weight in typed.values()), ZERO) / theirs


def _shift(name: str, old: Any, new: Any) -> Words:
    """``Sales 40% → 57.14%``."""
    before = figures.amount(old)
    was = NO_WEIGHT if before is None else Words(*(_percent(before),) * 2)
    return Words(f"{name} {was.en} → {_percent(new)}", f"{name} {was.zh} → {_percent(new)}")


def _percent(figure: Decimal) -> str:
    return f"{plain(figure)}%"
