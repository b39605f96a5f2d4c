"""The document that somebody names, among those of the cases that were read; or why there is none, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.definitions.definition import Form
from docgen.definitions.naming import CASE
from docgen.errors import UsageError
from docgen.model.identity import document_number, folded
from docgen.model.issued import Issued
from docgen.model.problems import Words
from docgen.office.lives import life
from docgen.office.run import MOST_NAMED, Office, Run
from docgen.office.store import looked_at
from docgen.paper import Paper, papers

Found = tuple[Checked, Office, Paper]

NO_CASE = Words(
    "no case “{name}” was read{near} Read: {known}",
    "没有读到个案“{name}”{near}已读入：{known}",
)
SEVERAL = Words(
    "{name} has several cases: name one of them in place of the employee number: {known}",
    "{name} 有多个个案，请以个案编号指定其中一个：{known}",
)
NOT_ASKED = Words(
    "{case}: no {form} is asked for by its data; there are {known}",
    "{case}：其数据未要求生成{form}；可用：{known}",
)
NOT_CLOSED = Words(
    "{case}: the {form} is made once the case is closed (docgen close {case} --outcome); there are {known}",
    "{case}：个案关闭后才生成{form}（docgen close {case} --outcome）；可用：{known}",
)
NO_OUTCOME = Words(
    "{case}: closed since {on} without an outcome, so that there is no {form} (docgen close {case} --outcome adds it); "
    "there are {known}",
    "{case}：已于{on}关闭，但未登记结果，因此没有{form}（可用 docgen close {case} --outcome 补登）；可用：{known}",
)
GONE = Words(
    "{number} was issued on {on} (revision {revision}), but its data ask for no {form} any more: what the paper says "
    "can't be traced. Put the data back, or read the file as issued: {file}",
    "{number} 已于{on}签发（第{revision}版），但现有数据不再要求生成{form}，因此无法追溯其内容来源。"
    "请恢复原数据，或查看已签发的文件：{file}",
)
WHICH = Words(
    "{case} has several documents: name one behind the ID: {known}",
    "{case} 有多份文档，请在编号后注明其中一份：{known}",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A document that was named. ``closed``: since when its case is closed, where it was made before that."""

    checked: Checked
    office: Office
    paper: Paper
    closed: date | None


def with_earlier(run: Run, checker: Checker, today: date) -> Run:
    """The run with each closed case twice: as it is, and as it was while it was open, with the papers of that time."""
    cases = []
    for checked, office in run.cases:
        cases.append((checked, office))
        of = life(checked.case)
        if of.is_closed:
            before = replace(office, lives={**office.lives, checked.case.id: of.reopen()})
            cases.append((checker.validate(checked.record, office.settings, None, today, before.lives), before))
    return replace(run, cases=tuple(cases))


def named_paper(run: Run, names: Sequence[str]) -> Named:
    """The paper of ``names``: its number alone, or a case or employee number, a known form, and which of several.

    ``run`` as ``with_earlier`` gives it.

    Raises:
        UsageError: there is no such document; with what there is.
    """
    definitions = run.definitions
    every = [(checked, office, paper) for checked, office in run.cases for paper in papers(checked, definitions)]
    name, form, which = (*names, "", "")[:3]
    if not form:
        for found in every:
            if folded(found[2].number) == folded(name):
                return _named(run, found)
    case = _case(run, name, form)
    own = [found for found in every if found[0].case.id == case]
    known = ", ".join(dict.fromkeys(paper.form.name for _, _, paper in own)) or "–"
    if not form and len({paper.form.name for _, _, paper in own}) == 1:
        form = own[0][2].form.name
    if not form:
        raise UsageError(WHICH.filled(case=case, known=known))
    of_form = [found for found in own if found[2].form.name == form]
    if not of_form:
        raise UsageError(_lacking(run, case, definitions.forms[form], known))
    whole = document_number(case, definitions.forms[form].code)
    by_name = {found[2].number.removeprefix(whole).removeprefix("-"): found for found in of_form}
    if len(of_form) == 1 and not which:
        return _named(run, of_form[0])
    if which not in by_name:
        raise UsageError(WHICH.filled(case=case, known=", ".join(f"{form} {one}" for one in by_name if one) or form))
    return _named(run, by_name[which])


def _named(run: Run, found: Found) -> Named:
    """It was made before its case was closed, if the case stands in the run twice and this is not how it is now."""
    checked, office, paper = found
    now = next(one for one, _ in run.cases if one.record is checked.record)
    return Named(checked, office, paper, None if now is checked else life(now.case).closed_on)


def _case(run: Run, name: str, form: str) -> str:
    """The number of the case that is meant: by it, or by its employee's, who may have several."""
    ids = list(dict.fromkeys(checked.case.id for checked, _ in run.cases))
    if found := next((one for one in ids if folded(one) == folded(name)), None):
        return found
    numbers = [(str(one.case.values[CASE]["employee_no"] or ""), one) for one, _ in run.cases]
    own = [checked for number, checked in numbers if folded(number) == folded(name)]
    if not own:
        close = "".join(get_close_matches(name, filter(None, [*ids, *(number for number, _ in numbers)]), 1))
        near = Words(f"; did you mean “{close}”?" if close else ".", f"，是否指“{close}”？" if close else "。")
        known = ", ".join([*ids[:MOST_NAMED], *(["…"] if len(ids) > MOST_NAMED else [])]) or "–"
        raise UsageError(NO_CASE.filled(name=name, near=near, known=known))
    several = list(dict.fromkeys(one.case.id for one in own if not form or form in one.forms))
    if len(several) > 1:
        raise UsageError(SEVERAL.filled(name=name, known=", ".join(several)))
    return several[0] if several else own[0].case.id


def _lacking(run: Run, case: str, form: Form, known: str) -> Words:
    """Why there is no paper of ``form``, and what to do."""
    checked, office = next(one for one in run.cases if one[0].case.id == case)
    of = life(checked.case)
    told: dict[str, object] = {"case": case, "form": form.title, "known": known, "on": of.closed_on}
    if issued := _issued(office, case, form):
        last = issued[-1]
        files = next(iter(last.files.values()), None)
        of_it = {"number": last.number, "on": last.on, "revision": last.revision}
        return GONE.filled(**{**told, **of_it}, file=office.out / files.path if files else "–")
    if form.made == "closed":
        return (NO_OUTCOME if of.is_closed else NOT_CLOSED).filled(**told)
    return NOT_ASKED.filled(**told)


def _issued(office: Office, case: str, form: Form) -> list[Issued]:
    with looked_at(office.out) as store:
        every = list(store.register.all()) if store else []
    return [one for one in every if one.case == case and one.form == form.name and not one.void]
