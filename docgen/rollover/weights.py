"""The weights of the new month's indicators, brought to 100 where the indicators changed (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from docgen.checking import figures
from docgen.model.problems import Words
from docgen.rollover.event import Event
from docgen.rollover.indicators import Indicator
from docgen.rollover.rows import plain
from docgen.rollover.turn import Turn, Values

NO_WEIGHT = Words("none", "无")


def weights(turn: Turn, indicators: Sequence[Indicator]) -> tuple[list[Any], list[Event]]:
    """What is typed as the weight of each indicator: nothing, what was typed last month, or new shares."""
    last = turn.last
    if last is None or not turn.settings.get("use_weights"):
        return [None] * len(indicators), []
    before = {row["target_ref"]: row["weight"] for row in last["indicators"]}
    if before.keys() == {one.target for one in indicators}:
        typed = [turn.spelling.get("indicators", row, "weight") for row in turn.typed("indicators", last)]
        by_target = dict(zip((row["target_ref"] for row in last["indicators"]), typed, strict=False))
        return [by_target.get(one.target) for one in indicators], []
    old = [_weight(before.get(one.target), turn.targets[one.target]) for one in indicators]
    new = figures.shares(old)
    shown = [_shift(turn.name(one.target), *pair) for one, *pair in zip(indicators, old, new, strict=True)]
    told = Event("rescaled", "R9", ("months", 0, "weight_change_reason"), {"weights": tuple(shown)})
    return list(new), [told] if indicators else []


def _weight(last: Any, target: Values) -> Any:
    return target["weight"] if last is None else last


def _shift(name: str, old: Any, new: Any) -> Words:
    """``Sales 40% → 57.14%``."""
    before = figures.amount(old)
    was = NO_WEIGHT if before is None else Words(*(_percent(before),) * 2)
    return Words(f"{name} {was.en} → {_percent(new)}", f"{name} {was.zh} → {_percent(new)}")


def _percent(figure: Decimal) -> str:
    return f"{plain(figure)}%"
