"""What an office decides on its cases and documents, recorded in its ledger: closed, paused, extended, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from docgen.errors import UsageError
from docgen.model.identity import folded
from docgen.model.life import DAY, NEW, Life, Pause
from docgen.model.problems import Words
from docgen.office.entries import CLOSED, EXTENDED, PAUSED, REOPENED, RESUMED, VOID
from docgen.office.store import Store

DONE: Mapping[str, Words] = {
    CLOSED: Words(
        "{name}: closed{outcome} ({why}). No documents are made for it from now on{but}, nothing else is owed, and "
        "roll-over leaves it as it is.{more}",
        "{name}：已关闭{outcome}（{why}）。此后{but}不再生成其文档，其他事项不再列入到期，结转时照原样保留。{more}",
    ),
    REOPENED: Words("{name}: open again ({why}).{more}", "{name}：已重新开启（{why}）。{more}"),
    PAUSED: Words(
        "{name}: paused {span} ({why}). Monthly plans and notes of that time are not made, and nothing that falls into "
        "it is owed.{more}",
        "{name}：{span}暂停（{why}）。其间的月度计划和面谈记录不生成，其间到期的事项无需办理。{more}",
    ),
    RESUMED: Words("{name}: {became}.{still}", "{name}：{became}。{still}"),
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
ONE_PAUSE = Words("{span} ({why})", "{span}（{why}）")
ENDED = Words("goes on from {on}; the pause {pause} now ends on {last}", "自{on}起恢复，{pause}的暂停改为{last}结束")
TAKEN_BACK = Words("the pause {pause} is taken back, all of it", "{pause}的暂停已全部撤销")
STILL = Words(" The case still rests {pauses}.", "此后的暂停不变：{pauses}。")
SPAN = Words("from {start} to {until}", "{start}至{until}")
ENDLESS = Words("from {start} until further notice", "自{start}起至另行通知为止")
JOINED = Words(
    " It is joined with what was decided before; docgen resume {name} --from DATE ends it earlier.",
    "该暂停已与此前登记的合并；如需提前结束，请用 docgen resume {name} --from 日期。",
)
TOO_LATE = Words(
    " The case ends on {end}, before that; if the day is wrong, docgen resume {name} --from {start} takes the pause "
    "back.",
    "该个案于{end}结束，早于此次暂停；如日期有误，可用 docgen resume {name} --from {start} 撤销。",
)
TOO_EARLY = Words(
    "{name} begins on {begin}, and a pause that ends on {until} would be over by then; correct --from and --until "
    "(most likely the year)",
    "{name} 自{begin}开始，截至{until}的暂停在此之前就已结束；请更正 --from 和 --until（多为年份有误）",
)
NOT_PAUSED = Words(
    "{name} does not rest on {on}, and no pause of it is on record; look at the case and at the folder (-o)",
    "{name} 在{on}并未暂停，也没有登记过暂停；请核对个案和文件夹（-o）",
)
NOT_THEN = Words(
    "{name} does not rest on {on}; on record it rests {pauses}. Name with --from the day from which it goes on in one "
    "of these; the first day of one takes it back",
    "{name} 在{on}并未暂停；已登记的暂停：{pauses}。请用 --from 指定其中某次暂停的恢复日期；指定其首日即全部撤销",
)
SHORTENED = Words(
    "{name} is extended to {end}, and {to} lies before that. If {end} was recorded by mistake, correct it with "
    "--earlier; to end the case before its time: docgen close",
    "{name} 已登记延长至{end}，{to}早于该日期。如登记有误，请加 --earlier 更正；如需提前结束个案，请用 docgen close",
)
NOTHING = Words("", "")
UNTOLD = dict.fromkeys(("outcome", "but", "more"), NOTHING)
"""What a sentence says besides, where there is nothing to say."""
ALREADY: Mapping[str, Words] = {
    CLOSED: Words("{name}: was closed on {on} already ({why}).", "{name}：已于{on}关闭（{why}），无需重复。"),
    REOPENED: Words("{name}: is not closed.", "{name}：并未关闭。"),
    PAUSED: Words(
        "{name}: is paused {span} already ({why}); docgen resume {name} --from DATE ends that earlier.",
        "{name}：{span}已登记为暂停（{why}）；如需提前结束，请用 docgen resume {name} --from 日期。",
    ),
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
    "no documents of a case {name!r} are on record in {out}{near}. Name a case by its number, or by that of its "
    "employee",
    "{out} 中没有登记个案“{name}”的文档{near}。请用个案编号或员工工号指定个案",
)
NO_NUMBER = Words("no document {name!r} is on record in {out}{near}", "{out} 中没有登记文档“{name}”{near}")
NEAR = Words("; did you mean {near!r}?", "，是否指“{near}”？")
ITS_NAME = Words(" (that is the name of somebody: {cases})", "（这是员工姓名，其个案为：{cases}）")
SEVERAL = Words("{name!r} has several cases; name one of them: {cases}", "“{name}”有多个个案，请指定其中一个：{cases}")


@dataclass(frozen=True, slots=True)
class Subject:
    """A case that is decided on: how it stood before, and the days on which it begins and ends, as far as on record."""

    name: str
    life: Life
    begin: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on cases: the ``event`` that is recorded, what it makes of a life, and why.

    ``told``: what its sentence says besides, of a case and its life from then on; ``against``: what speaks against it.
    """

    event: str
    change: Callable[[Life], Life]
    why: str
    told: Callable[[Subject, Life], Mapping[str, object]] = lambda of, after: {}
    against: Callable[[Subject], Words | None] = lambda of: None


def paused(pause: Pause) -> Decision:
    """A case rests; what is told is how long it does, with what was decided before."""

    def against(of: Subject) -> Words | None:
        is_over = of.begin and pause.until and pause.until < of.begin
        return TOO_EARLY.filled(name=of.name, begin=of.begin, until=pause.until) if is_over else None

    def told(of: Subject, after: Life) -> Mapping[str, object]:
        whole = after.pause_of(pause.start)
        assert whole is not None
        more = JOINED if whole != pause else TOO_LATE if of.end and of.end < pause.start else NOTHING
        more = more.filled(name=of.name, start=pause.start, end=of.end)
        return {"span": _span(whole), "why": whole.why, "more": more}

    return Decision(PAUSED, lambda life: life.pause(pause), pause.why, told, against)


def resumed(on: date) -> Decision:
    """A case that rests on that day goes on; what is told is what became of its pause, and which lie ahead."""

    def against(of: Subject) -> Words | None:
        words = NOT_THEN if of.life.pauses else NOT_PAUSED
        return None if of.life.pause_of(on) else words.filled(name=of.name, on=on, pauses=_listed(of.life.pauses))

    def told(of: Subject, after: Life) -> Mapping[str, object]:
        ended = of.life.pause_of(on)
        assert ended is not None
        words = TAKEN_BACK if ended.start == on else ENDED
        ahead = [one for one in after.pauses if one.start > on]
        still = STILL.filled(pauses=_listed(ahead)) if ahead else NOTHING
        last = None if ended.start == on else on - DAY
        return {"became": words.filled(on=on, pause=_listed([ended]), last=last), "still": still}

    return Decision(RESUMED, lambda life: life.resume(on), "", told, against)


def extended(to: date, why: str, earlier: bool = False) -> Decision:
    """A case ends later; ``earlier``: also to a day before the one that is on record."""

    def against(of: Subject) -> Words | None:
        end = of.life.extended
        return SHORTENED.filled(name=of.name, end=end, to=to) if end and to < end and not earlier else None

    return Decision(EXTENDED, lambda life: life.extend(to), why, lambda of, after: {"to": to}, against)


def decide(store: Store, decision: Decision, names: Sequence[str], on: date, dry_run: bool = False) -> Iterator[Words]:
    """Record the decision on each case; nothing at all where one of them can't be decided on.

    Args:
        names: of cases, or of employees who have one.

    Raises:
        UsageError: a case isn't on record, or is closed, or something else speaks against it.
    """
    event, subjects = decision.event, _subjects(store, names)
    for of in subjects:
        if event in OPEN_ONLY and of.life.is_closed:
            raise UsageError(IS_CLOSED.filled(name=of.name, on=of.life.closed_on, why=of.life.closed))
        if against := decision.against(of):
            raise UsageError(against)
    for of in subjects:
        case, life, after = of.name, of.life, decision.change(of.life)
        told = {**UNTOLD, "on": life.closed_on, "why": decision.why, **decision.told(of, after), "name": case}
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
    for number in each_known(store, numbers, store.register.numbers(), NO_NUMBER):
        standing = store.register.standing(number)
        assert standing is not None
        if standing.void:
            yield ALREADY[VOID].filled(name=number, why=standing.void)
            continue
        if not dry_run:
            store.void(standing, why, on)
        yield DONE[VOID].filled(name=number, revision=standing.revision, on=standing.on, why=why)


def _subjects(store: Store, names: Iterable[str]) -> list[Subject]:
    lives, latest, found = store.register.lives(), store.register.latest(), []
    for case in known_cases(store, names):
        of = lives.get(case, NEW)
        found.append(Subject(case, of, _day(latest[case].start), of.end(_day(latest[case].end))))
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def known_cases(store: Store, names: Iterable[str]) -> list[str]:
    """The cases that are named, by their ids, each once.

    Raises:
        UsageError: one is not on record, or somebody has several.
    """
    cases = store.register.latest()
    found = []
    for name in names:
        own = [
            case
            for case, last in cases.items()
            if last.holder.employee_no and folded(last.holder.employee_no) == folded(name)
        ]
        if len(own) > 1 and name not in cases:
            raise UsageError(SEVERAL.filled(name=name, cases=", ".join(own)))
        found += own if own and name not in cases else each_known(store, [name], [*cases], NO_CASE)
    return list(dict.fromkeys(found))


def each_known(store: Store, names: Iterable[str], known: Sequence[str], unknown: Words) -> list[str]:
    """``names`` as they are on record, each once, however their letters are written.

    Raises:
        UsageError: one is not on record; ``unknown`` says so, with the nearest that is.
    """
    spelled = {folded(one): one for one in known}
    for name in names:
        if folded(name) not in spelled:
            raise UsageError(unknown.filled(name=name, out=store.out, near=_nearest(store, name, known)))
    return list(dict.fromkeys(name if name in known else spelled[folded(name)] for name in names))


def _nearest(store: Store, name: str, known: Sequence[str]) -> Words:
    """What was probably meant: the case of somebody of that name, or the nearest of what is ``known``."""
    theirs = [case for case, last in store.register.latest().items() if folded(last.holder.name) == folded(name)]
    if theirs:
        return ITS_NAME.filled(cases=", ".join(theirs))
    nearest = get_close_matches(name, known, 1)
    return NEAR.filled(near=nearest[0]) if nearest else NOTHING


def _listed(pauses: Iterable[Pause]) -> Words:
    told = [ONE_PAUSE.filled(span=_span(one), why=one.why) for one in pauses]
    return Words(", ".join(one.en for one in told), "、".join(one.zh for one in told))


def _span(pause: Pause) -> Words:
    return (SPAN if pause.until else ENDLESS).filled(start=pause.start, until=pause.until)
