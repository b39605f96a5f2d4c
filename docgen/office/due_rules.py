"""What a case owes and by when: for each kind of thing a function that finds it in the checked values.

Reviews, talks, actuals, measures and the final result have a state of their own: what is not held, typed or done stays
owed. Steps, support, agreed actions that no measure took up, and answers to objections have none: nobody types that
they were done; and not every office closes its cases. So they are owed on their day, and told as overdue for
``STATELESS_DAYS`` at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from docgen.checking import schedule
from docgen.definitions.naming import spelling
from docgen.model.case import Gap, Month
from docgen.model.problems import Words
from docgen.office.due_facts import Facts, Item, Row, day, shifted
from docgen.rollover.taken import CLOSED, origins_taken

STATELESS_DAYS = 31
HELD = (
    "achievements", "employee_words", "next_date", "issues", "employee_causes", "supervisor_causes",
    "support_requested", "support_promised", "training_need", "career_wish", "employee_comments", "disagreements",
    "practice_to_keep", "corrections", "progress", "final_result", "next_step", "actions",
)  # fmt: skip
"""What is typed after a talk: where one of these stands, it was held."""
BESIDE_REVIEWS = frozenset({"launch", "objection"})
"""Talks that stand in for no review."""
KEPT_IN_ABSENCE = BESIDE_REVIEWS | {"final"}
"""Talks that are owed even in a month of absence."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that falls due. ``needs``: the fields without which it can't be told; ``outlasts``: owed
    even when the case has its final result."""

    label: Words
    find: Callable[[Facts], Iterable[Item]]
    needs: tuple[tuple[str, str], ...]
    stateless: bool = False
    outlasts: bool = False


def is_held(talk: Row) -> bool:
    return any(talk[name] for name in HELD)


def reviews(facts: Facts) -> Iterator[Item]:
    """Those without a talk. Each talk belongs to the review nearest to it, a final one to the final review.

    One whose talk is planned owes nothing, as the talk does. Of those that were missed in a row, the last stands for
    all: the others can't be held any more. After the final review the result is owed, and no review.
    """
    if facts.closing and facts.closing < facts.today:
        return
    rows = [one for one in facts.rows("reviews") if day(one["date"])]
    talks = [one for one in facts.talks if one["type"] not in BESIDE_REVIEWS]
    days = [(one["date"], one["type"] == "final") for one in talks]
    if naming := _naming(facts):
        days.append((naming["next_date"], False))
    answered: set[int] = set()
    for on, final in days:
        near = [one for one in rows if (one["type"] == "final") is final]
        if near:
            answered.add(id(min(near, key=lambda one: abs((one["date"] - on).days))))
    last = max((one["date"] for one in talks if is_held(one)), default=date.min)
    open_ones = [
        one
        for one in rows
        if id(one) not in answered
        and (one["type"] == "final" or (one["date"] > last and not facts.is_absent(one["date"])))
    ]
    missed = [one for one in open_ones if one["date"] < facts.today]
    for row in [*missed[-1:], *(one for one in open_ones if one["date"] >= facts.today)]:
        before = len(missed) - 1 if row["date"] < facts.today else 0
        yield Item(row["date"], _review(facts.label(row["type"]), before), ("reviews", row["index"], "date"), "")


def _review(kind: Words, before: int) -> Words:
    more = Words(f", and {before} before it", f"（此前还有{before}次未进行）") if before else Words("", "")
    return Words(f"{kind.en} review{more.en}", f"{kind.zh}{more.zh}")


def talks(facts: Facts) -> Iterator[Item]:
    """Talks that have a date and were not held; and the one that the last talk named, if none was planned since.

    One that lies before a talk that was held will not be held any more, but for the talk on an objection; nor will one
    in a month of absence, but for those with a purpose of their own.
    """
    last_held = max((one["date"] for one in facts.talks if is_held(one)), default=date.min)
    for talk in facts.talks:
        if talk["type"] not in KEPT_IN_ABSENCE and facts.is_absent(talk["date"]):
            continue
        if not is_held(talk) and (talk["date"] > last_held or talk["type"] == "objection"):
            kind = facts.label(talk["type"])
            what = Words(f"{kind.en or 'Planned'} talk", kind.zh or "面谈")
            yield Item(talk["date"], what, ("interviews", talk["index"], "date"), f"N{talk['interview_no']}")
    if (naming := _naming(facts)) and not facts.is_absent(naming["next_date"]):
        what = Words("Next talk, as agreed", "约定的下次面谈")
        path = ("interviews", naming["index"], "next_date")
        yield Item(naming["next_date"], what, path, f"N{naming['interview_no']}-next")


def _naming(facts: Facts) -> Row | None:
    """The talk that named the day of the next one, if none was planned since; a final one that lies later is none."""
    found = [one for one in facts.talks if one["type"] != "objection"]
    last = next((one for one in reversed(found) if day(one["next_date"])), None)
    if last is None or last["next_date"] <= last["date"]:
        return None
    until = shifted(last["next_date"], schedule.NEAR_DAYS)
    since = [one for one in found if one["date"] > last["date"] and (one["type"] != "final" or one["date"] <= until)]
    return None if since else last


def actuals(facts: Facts) -> Iterator[Item]:
    """The figures of a month, at its end; those given up with a reason, or of a month of absence, are not asked for."""
    for month in facts.rows("months"):
        of = month["month"]
        if not isinstance(of, Month) or month["absent"]:
            continue
        missing = [one for one in month["indicators"] if _is_open(one)]
        if missing:
            names = [str(one["target_ref_name"] or one["target_ref"] or "") for one in missing]
            what = Words(f"Actuals of {of}: {', '.join(names)}", f"{of}实际值：{'、'.join(names)}")
            path = ("months", month["index"], "indicators", missing[0]["index"], "actual")
            yield Item(schedule.last_day(of), what, path, str(of))


def _is_open(indicator: Row) -> bool:
    if indicator["data_missing_reason"] or indicator["status"] not in (None, "no_data"):
        return False
    return indicator["actual"] is None or isinstance(indicator["actual"], Gap)


def measures(facts: Facts) -> Iterator[Item]:
    """Measures that are neither done nor dropped nor carried on into a later month; without a day, by its end.

    Those of a month of absence are paused, and owed once they are carried on.
    """
    months = [one for one in facts.rows("months") if isinstance(one["month"], Month)]
    months.sort(key=lambda one: one["month"])
    for index, month in enumerate(months):
        later = [one for after in months[index + 1 :] for one in after["measures"]]
        carried = {spelling(str(one["from_ref"])) for one in later if one["from_ref"]}
        texts = {spelling(str(one["what"])) for one in later if one["what"]}
        for row in () if month["absent"] else month["measures"]:
            ref = f"{month['month']}-{row['measure_id']}"
            if not row["what"] or row["status"] in CLOSED:
                continue
            if spelling(ref) in carried or spelling(str(row["what"])) in texts:
                continue
            on = day(row["when_due"]) or schedule.last_day(month["month"])
            path = ("months", month["index"], "measures", row["index"], "when_due")
            yield Item(on, _said(facts, row["what"], row["who"]), path, ref)


def steps(facts: Facts) -> Iterator[Item]:
    """Steps of the plan that no measure has taken up; from then on the measure is what is owed."""
    taken = origins_taken(facts.values)
    for row in facts.rows("steps"):
        on = day(row["due_date"])
        if on and row["action"] and spelling(str(row["step_id"])) not in taken:
            path = ("steps", row["index"], "due_date")
            yield Item(on, _said(facts, row["action"], row["owner"]), path, str(row["step_id"]))


def actions(facts: Facts) -> Iterator[Item]:
    """What was agreed in talks and no measure has taken up."""
    taken = origins_taken(facts.values)
    for talk in facts.rows("interviews"):
        for position, row in enumerate(talk["actions"] or (), 1):
            ref, on = f"N{talk['interview_no']}-{position}", day(row["due"])
            if on and row["what"] and spelling(ref) not in taken:
                path = ("interviews", talk["index"], "actions", position - 1, "due")
                yield Item(on, _said(facts, row["what"], row["owner"]), path, ref)


def support(facts: Facts) -> Iterator[Item]:
    """What the company has promised to give."""
    for row in facts.rows("support"):
        on = day(row["by_date"])
        if on and row["item"]:
            path = ("support", row["index"], "by_date")
            yield Item(on, _said(facts, row["item"], row["provided_by"]), path, spelling(str(row["item"])))


def replies(facts: Facts) -> Iterator[Item]:
    """The answer to an objection, some days after the talk on it."""
    days = int(facts.settings.get("reply_days") or 0)
    for talk in facts.talks:
        if talk["type"] == "objection":
            what = Words("Answer in writing to the objection", "对异议的书面答复")
            path = ("interviews", talk["index"], "date")
            yield Item(shifted(talk["date"], days), what, path, f"N{talk['interview_no']}")


def results(facts: Facts) -> Iterator[Item]:
    """The final result of a case that is past its end; while the final talk still lies ahead, that is what is owed."""
    closing = facts.closing
    ahead = any(one["type"] == "final" and one["date"] >= facts.today for one in facts.talks)
    if closing and closing < facts.today and not ahead:
        yield Item(closing, Words("Final talk and its result", "期末面谈及评定结果"), ("case", "period_end"), "")


def copies(facts: Facts) -> Iterable[Item]:
    """Papers that were issued, and of which no signed copy is back."""
    return facts.record.copies


def endings(facts: Facts) -> Iterator[Item]:
    """Closing a case whose final talk has its result: from that talk on, or where less than all was met, the end."""
    last = facts.conclusion
    if facts.record.can_be_closed and facts.finished and last and (on := day(last["date"])):
        if facts.end and last["final_result"] != "met":
            on = max(on, facts.end)
        path = ("interviews", last["index"], "final_result")
        yield Item(on, Words("Close the case (docgen close --outcome)", "关闭个案（docgen close --outcome）"), path, "")


def letters(facts: Facts) -> Iterable[Item]:
    """The letter that tells how a case ended, from the day on which it was closed, until it is made."""
    return facts.record.letters


def _said(facts: Facts, what: object, who: object) -> Words:
    """What is to be done, and by whom, where that is another than the person whose case it is."""
    case = facts.values["case"]
    own = {spelling(str(case[name] or "")) for name in ("employee_name", "employee_no")}
    is_other = who and spelling(str(who)) not in own
    return Words(f"{what} ({who})", f"{what}（{who}）") if is_other else Words(str(what), str(what))


TALK = (("interviews", "date"), ("interviews", "type"))
PERIOD = (("case", "period_start"), ("case", "period_end"))
MONTH = (("months", "month"),)
KINDS: Mapping[str, Kind] = {
    "result": Kind(Words("Past its end", "已过计划期"), results, (*PERIOD, ("reviews", "date"))),
    "review": Kind(Words("Review", "检查"), reviews, (*PERIOD, *TALK, ("reviews", "date"))),
    "talk": Kind(Words("Talk", "面谈"), talks, (*TALK, ("interviews", "next_date"))),
    "actuals": Kind(Words("Actuals", "月度实际"), actuals, (*MONTH, ("indicators", "actual"))),
    "measure": Kind(Words("Measure", "工作措施"), measures, (*MONTH, ("measures", "when_due"), ("measures", "status"))),
    "step": Kind(Words("Step", "计划步骤"), steps, (("steps", "due_date"),), stateless=True),
    "action": Kind(Words("Agreed action", "约定行动"), actions, (("actions", "due"),), stateless=True),
    "support": Kind(Words("Support", "承诺的支持"), support, (("support", "by_date"),), stateless=True),
    "reply": Kind(Words("Answer", "异议答复"), replies, TALK, stateless=True),
    "close": Kind(Words("To be closed", "待关闭"), endings, TALK, stateless=True, outlasts=True),
    "letter": Kind(Words("Outcome letter", "结果通知书"), letters, (), outlasts=True),
    "copy": Kind(Words("Signed copy", "签署件"), copies, (), outlasts=True),
}
"""All that can fall due, in the order in which it is listed on one day."""
NEEDED = frozenset(field for kind in KINDS.values() for field in kind.needs)
"""Where one of these is wrong, something may be missing from the list."""
VITAL = frozenset((*PERIOD, *MONTH))
"""Where one of these is missing too; what else isn't typed yet, as after a roll-over, hides nothing."""
