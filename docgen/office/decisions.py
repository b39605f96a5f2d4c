"""What an office decides on its cases and documents, recorded in its ledger: closed, paused, extended, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from docgen.errors import UsageError
from docgen.model.identity import folded
from docgen.model.life import NEW, Life, Pause
from docgen.model.problems import Words
from docgen.office.entries import CLOSED, EXTENDED, PAUSED, REOPENED, RESUMED, VOID
from docgen.office.store import Store

DONE: Mapping[str, Words] = {
    CLOSED: Words(
        "{name}: closed ({why}). No documents are made for it from now on, nothing is owed, and roll-over leaves it as "
        "it is.",
        "{name}：已关闭（{why}）。此后不再生成其文档，不再列入到期事项，结转时照原样保留。",
    ),
    REOPENED: Words("{name}: open again ({why}).", "{name}：已重新开启（{why}）。"),
    PAUSED: Words(
        "{name}: paused {span} ({why}). Monthly plans and notes of that time are not made, and nothing that falls into "
        "it is owed.{joined}",
        "{name}：{span}暂停（{why}）。其间的月度计划和面谈记录不生成，其间到期的事项无需办理。{joined}",
    ),
    RESUMED: Words("{name}: goes on from {on}.", "{name}：自{on}起恢复。"),
    EXTENDED: Words(
        "{name}: extended to {to} ({why}). The letter goes on printing its period as it was typed; to change that, "
        "type the new end (period_end) and issue a revision (docgen generate with --reason).",
        "{name}：延长至{to}（{why}）。责任书上的计划期仍为原填写的日期；如需更改，请填写新的结束日期（period_end），"
        "并用 docgen generate --reason 签发新版。",
    ),
    VOID: Words(
        "{name}: revision {revision} of {on} is withdrawn ({why}). Its files stay where they are; take back what was "
        "handed out. To issue it anew: docgen generate with --revise {name} --reason.",
        "{name}：{on}签发的第{revision}版已作废（{why}）。文件留在原处，请收回已发放的副本。"
        "如需重新签发，请用 docgen generate --revise {name} --reason。",
    ),
}
"""What is told of each decision."""
SPAN = Words("from {start} to {until}", "{start}至{until}")
ENDLESS = Words("from {start} until further notice", "自{start}起至另行通知为止")
JOINED = Words(
    " It is joined with what was decided before; docgen resume {name} --from DATE ends it earlier.",
    "该暂停已与此前登记的合并；如需提前结束，请用 docgen resume {name} --from 日期。",
)
SHORTENED = Words(
    "{name} is extended to {end}, and {to} lies before that. If {end} was recorded by mistake, correct it with "
    "--earlier; to end the case before its time: docgen close",
    "{name} 已登记延长至{end}，{to}早于该日期。如登记有误，请加 --earlier 更正；如需提前结束个案，请用 docgen close",
)
NOTHING = Words("", "")
ALREADY: Mapping[str, Words] = {
    CLOSED: Words("{name}: was closed on {on} already ({why}).", "{name}：已于{on}关闭（{why}），无需重复。"),
    REOPENED: Words("{name}: is not closed.", "{name}：并未关闭。"),
    PAUSED: Words(
        "{name}: is paused {span} already ({why}); docgen resume {name} --from DATE ends that earlier.",
        "{name}：{span}已登记为暂停（{why}）；如需提前结束，请用 docgen resume {name} --from 日期。",
    ),
    RESUMED: Words("{name}: is not paused.", "{name}：并未暂停。"),
    EXTENDED: Words("{name}: was extended to {to} already.", "{name}：此前已延长至{to}。"),
    VOID: Words("{name}: was withdrawn already ({why}).", "{name}：此前已作废（{why}）。"),
}
"""What is told where it is so already; then nothing is recorded."""
OPEN_ONLY = frozenset((PAUSED, RESUMED, EXTENDED))
IS_CLOSED = Words(
    "{name} was closed on {on} ({why}); open it again first (docgen reopen)",
    "{name} 已于{on}关闭（{why}），请先重新开启（docgen reopen）",
)
NO_CASE = Words(
    "no documents of a case {name!r} are on record in {out}{near}", "{out} 中没有登记个案“{name}”的文档{near}"
)
NO_NUMBER = Words("no document {name!r} is on record in {out}{near}", "{out} 中没有登记文档“{name}”{near}")
NEAR = Words("; did you mean {near!r}?", "，是否指“{near}”？")
SEVERAL = Words("{name!r} has several cases; name one of them: {cases}", "“{name}”有多个个案，请指定其中一个：{cases}")


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on cases: the ``event`` that is recorded, what it makes of a life, and why.

    ``told``: what its sentence says besides, of a case and its life from then on; ``against``: what speaks against it.
    """

    event: str
    change: Callable[[Life], Life]
    why: str
    told: Callable[[str, Life], Mapping[str, object]] = lambda case, life: {}
    against: Callable[[str, Life], Words | None] = lambda case, life: None


def paused(pause: Pause) -> Decision:
    """A case rests; what is told is how long it does, with what was decided before."""

    def told(case: str, life: Life) -> Mapping[str, object]:
        whole = life.pause_of(pause.start)
        assert whole is not None
        span = (SPAN if whole.until else ENDLESS).filled(start=whole.start, until=whole.until)
        return {"span": span, "why": whole.why, "joined": NOTHING if whole == pause else JOINED.filled(name=case)}

    return Decision(PAUSED, lambda life: life.pause(pause), pause.why, told)


def extended(to: date, why: str, earlier: bool = False) -> Decision:
    """A case ends later; ``earlier``: also to a day before the one that is on record."""

    def against(case: str, life: Life) -> Words | None:
        is_shorter = life.extended is not None and to < life.extended
        return SHORTENED.filled(name=case, end=life.extended, to=to) if is_shorter and not earlier else None

    return Decision(EXTENDED, lambda life: life.extend(to), why, lambda case, life: {"to": to}, against)


def decide(store: Store, decision: Decision, names: Sequence[str], on: date, dry_run: bool = False) -> Iterator[Words]:
    """Record the decision on each case; nothing at all where one of them can't be decided on.

    Args:
        names: of cases, or of employees who have one.

    Raises:
        UsageError: a case isn't on record, or is closed, or something else speaks against it.
    """
    lives, event = store.register.lives(), decision.event
    before = {case: lives.get(case, NEW) for case in known_cases(store, names)}
    for case, life in before.items():
        if event in OPEN_ONLY and life.is_closed:
            raise UsageError(IS_CLOSED.filled(name=case, on=life.closed_on, why=life.closed))
        if against := decision.against(case, life):
            raise UsageError(against)
    for case, life in before.items():
        after = decision.change(life)
        told = {"on": life.closed_on, "why": decision.why, **decision.told(case, after), "name": case}
        if after == life:
            yield ALREADY[event].filled(**{**told, "why": life.closed if event == CLOSED else told["why"]})
            continue
        if not dry_run:
            store.live(case, event, after, decision.why, on)
        yield DONE[event].filled(**told)


def withdraw(store: Store, numbers: Sequence[str], why: str, on: date, dry_run: bool = False) -> Iterator[Words]:
    """Record that documents are withdrawn; nothing at all where one of them isn't on record.

    Raises:
        UsageError: a number isn't on record.
    """
    for number in _each_known(store, numbers, store.register.numbers(), NO_NUMBER):
        standing = store.register.standing(number)
        assert standing is not None
        if standing.void:
            yield ALREADY[VOID].filled(name=number, why=standing.void)
            continue
        if not dry_run:
            store.void(standing, why, on)
        yield DONE[VOID].filled(name=number, revision=standing.revision, on=standing.on, why=why)


def known_cases(store: Store, names: Iterable[str]) -> list[str]:
    """The cases that are named, by their ids, each once.

    Raises:
        UsageError: one is not on record, or somebody has several.
    """
    cases = store.register.cases()
    found = []
    for name in names:
        own = [
            case
            for case, (holder, _) in cases.items()
            if holder.employee_no and folded(holder.employee_no) == folded(name)
        ]
        if len(own) > 1 and name not in cases:
            raise UsageError(SEVERAL.filled(name=name, cases=", ".join(own)))
        found += own if own and name not in cases else _each_known(store, [name], [*cases], NO_CASE)
    return list(dict.fromkeys(found))


def _each_known(store: Store, names: Iterable[str], known: Sequence[str], unknown: Words) -> list[str]:
    spelled = {folded(one): one for one in known}
    for name in names:
        if folded(name) not in spelled:
            nearest = get_close_matches(name, known, 1)
            near = NEAR.filled(near=nearest[0]) if nearest else Words("", "")
            raise UsageError(
                Words(*(unknown[one].format(name=name, out=store.out, near=near[one]) for one in ("en", "zh")))
            )
    return list(dict.fromkeys(name if name in known else spelled[folded(name)] for name in names))
