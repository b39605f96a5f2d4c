"""What the standard templates say follows the case: its figures' rules, its directions, its causes still unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.generate import render
from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp
from docgen.model.case import Case, Code, Quantity
from docgen.model.document import Document, Paragraph, Section, contents, plain
from docgen.model.identity import UNHEADED
from docgen.model.issued import Notice
from docgen.model.problems import Words
from docgen.paper import Paper, papers
from tests.sample_help import checked, definitions, kit, wang


def made(form: str, language: str, mode: Mode = "final", **sheets: Any) -> Document:
    """The last paper of ``form`` of the sample case with ``sheets`` changed, in ``language``."""
    values = {**checked().case.values, **sheets}
    values["case"] = {**values["case"], "language": language}
    case = replace(checked(), case=Case(checked().case.id, values))
    paper: Paper = [one for one in papers(case, definitions()) if one.form.name == form][-1]
    return render(paper, kit(), Stamp(paper.number, 1, None), mode)


def letter(language: str, **changes: Any) -> str:
    first, *others = checked().case.values["targets"]
    return made("letter", language, targets=[{**first, "name": "X", **changes}, *others]).text()


def test_the_outcome_letter_tells_of_the_final_talk_that_counts_wherever_it_was_typed() -> None:
    first, case = checked().case.values["interviews"][0], checked().case
    talks = [
        {**first, "type": "final", "practice_to_keep": told, "next_step": None, "concludes": told == "first"}
        for told in ("first", "second")
    ]
    closed = {**case.values["case"], "outcome": Code("partly", "outcome"), "closed_on": date(2026, 7, 3)}
    ended = replace(checked(), case=Case(case.id, {**case.values, "case": closed, "interviews": talks}))
    (paper,) = papers(replace(ended, forms=("outcome",)), definitions())
    said = render(paper, kit(), Stamp(paper.number, 1, None), "final").text()
    assert "first" in said and "second" not in said


@pytest.mark.parametrize("form", ["monthly", "notes"])
def test_a_signer_is_named_in_the_language_of_the_document(form: str) -> None:
    paper: Paper = [one for one in papers(checked(), definitions()) if one.form.name == form][-1]
    extra = {"role": Words("Works council", "工会"), "name": Words("Alex Morgan", "莫某"), "forms": None}
    office = kit().under({**kit().settings, "extra_signers": [extra]})
    said = render(paper, office, Stamp(paper.number, 1, None), "final").text()
    assert "莫某" in said and "Morgan" not in said


# Targets without a ratio


@pytest.mark.parametrize("value", [Decimal(0), Decimal(-2), Quantity(Decimal(-2), "%")])
@pytest.mark.parametrize(
    ("direction", "language", "told"),
    [
        ("lower", "en", "5 points are deducted for each unit above the target"),
        ("higher", "en", "5 points are deducted for each unit short of the target"),
        ("lower", "zh", "每超出一个单位扣5个百分点"),
        ("higher", "zh", "每差一个单位扣5个百分点"),
    ],
)
def test_a_target_of_zero_or_less_is_told_as_it_is_reckoned(
    value: Any, direction: str, language: str, told: str
) -> None:
    assert told in letter(language, target_value=value, direction=direction, points_per_unit=Decimal(5))


@pytest.mark.parametrize("points", [None, Decimal(0)])
def test_without_points_a_missed_target_of_zero_has_the_rate_zero(points: Decimal | None) -> None:
    said = letter("en", target_value=Decimal(-2), direction="lower", points_per_unit=points)
    assert "X has a target of -2. If it is met, its rate is 100%; if not, its rate is 0." in said


def test_one_point_is_no_points() -> None:
    said = letter("en", target_value=Decimal(0), direction="lower", points_per_unit=Decimal(1))
    assert "1 point is deducted" in said


@pytest.mark.parametrize(("value", "direction"), [(Decimal("0.5"), "lower"), (Decimal(0), "on_date")])
def test_a_target_that_is_reckoned_otherwise_has_no_such_sentence(value: Decimal, direction: str) -> None:
    assert "X has a target of" not in letter("en", target_value=value, direction=direction)


# Directions


@pytest.mark.parametrize("form", ["letter", "plan"])
@pytest.mark.parametrize(
    ("direction", "language", "named"),
    [
        ("lower", "en", "X (lower is better)"),
        ("lower", "zh", "X（越低越好）"),
        ("lower", "both", "X（越低越好） (lower is better)"),
        ("on_date", "en", "X (by that day)"),
        ("on_date", "zh", "X（不迟于该日）"),
    ],
)
def test_a_target_says_where_its_direction_is_not_the_usual(
    form: str, direction: str, language: str, named: str
) -> None:
    first, *others = checked().case.values["targets"]
    targets = [{**first, "name": "X", "key_item": None, "direction": direction}, *others]
    assert named in made(form, language, targets=targets).text()


def test_higher_is_better_goes_without_saying() -> None:
    targets = [{**row, "direction": "higher"} for row in checked().case.values["targets"]]
    assert "is better)" not in made("letter", "en", targets=targets).text()


# Causes


NO_SHORTFALL = "Last month left no shortfall whose causes need analysis."
OPEN = "Causes still to be written down for: "


def month(statuses: tuple[str, ...], explained: tuple[int, ...], mode: Mode = "final") -> Document:
    """February, after a January whose indicators A, B and C had ``statuses``, some of them with a cause."""
    *before, last = checked().case.values["months"]
    rows = [
        {**row, "name": name, "status": Code(status, "indicator_status")}
        for row, name, status in zip(last["last"]["indicators"], "ABC", statuses, strict=True)
    ]
    cause = {**last["last"]["differences"][0], "cause": "Rain"}
    causes = [{**cause, "target_ref": rows[index]["target_ref"]} for index in explained]
    known = {**last, "last": {**last["last"], "indicators": rows, "differences": causes}}
    return made("monthly", "en", mode, months=[*before, known])


@pytest.mark.parametrize(
    ("statuses", "explained", "named"),
    [
        (("gap", "near", "met"), (), "A, B"),
        (("gap", "near", "met"), (0,), "B"),
        (("met", "met", "near"), (), "C"),
    ],
)
def test_a_shortfall_without_a_cause_is_named_above_lines_to_write_on(
    statuses: tuple[str, ...], explained: tuple[int, ...], named: str
) -> None:
    said = month(statuses, explained).text()
    assert f"{OPEN}{named}\n" in said
    assert NO_SHORTFALL not in said


def test_a_draft_shows_the_missing_causes_in_red() -> None:
    assert f"{OPEN}A [Cause]" in month(("gap", "met", "met"), (), "draft").text()


@pytest.mark.parametrize("explained", [(), (0,)])
def test_where_no_cause_is_missing_none_is_asked_for(explained: tuple[int, ...]) -> None:
    said = month(("gap" if explained else "met", "met", "met"), explained).text()
    assert OPEN not in said
    assert (NO_SHORTFALL in said) == (not explained)


# Whom to tell


def test_each_language_names_the_hr_contact_in_its_own_words() -> None:
    case = {**checked().case.values["case"], "language": "both", "hr_contact": "周曼 / Mandy Zhou"}
    office = {**kit().settings, "departments": {case["department"]: {"hr_contact": Words("Mandy Zhou", "周曼")}}}
    values = {**checked().case.values, "case": case}
    both = replace(checked(), case=Case(checked().case.id, values))
    paper = next(papers(both, definitions()))
    said = render(paper, Kit(definitions(), office, kit().templates), Stamp("", 1, None), "final").text()
    assert "可向周曼说明" in said
    assert "tell Mandy Zhou." in said


# What a month leaves open


def carrying(language: str, policy: str, **changes: Any) -> str:
    first, *others = [{**one, "accumulation": "last"} for one in checked().case.values["targets"]]
    target = {**first, "name": "X", "accumulation": "sum", "direction": "higher", **changes}
    values = {**checked().case.values, "targets": [target, *others]}
    values["case"] = {**values["case"], "language": language}
    settings = {**kit().settings, "carry_policy": policy, "stretch_limit_pct": 120}
    case = replace(checked(), case=Case(checked().case.id, values))
    (paper,) = [one for one in papers(case, definitions()) if one.form.name == "letter"]
    return render(paper, Kit(definitions(), settings, kit().templates), Stamp(paper.number, 1, None), "final").text()


@pytest.mark.parametrize(
    ("policy", "language", "told"),
    [
        ("full", "en", "(X), the shortfall of a month is added to the target of the next month. With it,"),
        ("spread", "en", "(X), the shortfall of a month is spread evenly over the remaining months. With it,"),
        ("full", "zh", "（X），当月实际未达到当月目标的，其差额计入下月目标；"),
        ("spread", "zh", "（X），当月实际未达到当月目标的，其差额平均分摊计入剩余各月的目标；"),
    ],
)
def test_the_letter_says_how_a_shortfall_is_carried_over(policy: str, language: str, told: str) -> None:
    said = carrying(language, policy)
    assert told in said
    assert "120%" in said
    assert {"en": "lowers no later one", "zh": "不因此降低以后各月的目标"}[language] in said


@pytest.mark.parametrize(
    ("policy", "changes"),
    [
        ("none", {}),
        ("full", {"accumulation": "average"}),
        ("full", {"accumulation": "last"}),
        ("full", {"direction": "lower"}),
    ],
)
def test_where_nothing_is_carried_over_the_letter_does_not_speak_of_it(policy: str, changes: dict[str, str]) -> None:
    assert "shortfall" not in carrying("en", policy, **changes)
    assert "差额" not in carrying("zh", policy, **changes)


# The month


def april(language: str = "zh", previous: dict[str, Any] | None = None, **changes: Any) -> str:
    """The last month's plan of the sample case, with values of the month and of the one before it changed."""
    *before, last = checked().case.values["months"]
    row = {**last, "last": {**last["last"], **(previous or {})}, **changes}
    return made("monthly", language, months=[*before, row]).text()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "2026年1月整月不在岗（休假），指标和措施暂停，不作原因分析。"),
        ("en", "Absent all of January 2026 (leave): targets and measures paused, no causes asked."),
    ],
)
def test_after_an_absent_month_one_sentence_takes_the_place_of_figures_and_causes(language: str, told: str) -> None:
    rows = [{**row, "actual": None} for row in checked().case.values["months"][-1]["last"]["indicators"]]
    previous = {"absent": Code("leave", "absence"), "indicators": rows, "differences": []}
    said = april(language, previous)
    assert told in said
    assert "无数据" not in said and "no data" not in said


def test_figures_of_an_absent_month_are_printed_though_no_causes_are_asked() -> None:
    said = april("zh", {"absent": Code("leave", "absence"), "differences": []})
    assert "差异（负为不利）" in said
    assert "不作原因分析" in said and "没有需要分析原因" not in said


def test_an_absent_month_pauses_its_targets() -> None:
    assert "本月整月不在岗，目标暂停。" in april(absent=Code("leave", "absence"))
    assert "目标暂停" not in april()


@pytest.mark.parametrize(
    ("accumulation", "direction", "language", "told"),
    [
        ("sum", "higher", "zh", "28,225"),
        ("sum", "lower", "zh", "≤\u00a028,225"),
        ("average", "higher", "zh", "平均\u00a028,225"),
        ("average", "higher", "en", "avg.\u00a028,225"),
        ("average", "higher", "both", "平均 avg.\u00a028,225"),
        ("last", "higher", "zh", "+28,225"),
        ("last", "lower", "zh", "-28,225"),
    ],
)
def test_what_each_remaining_month_needs_tells_what_it_is(
    accumulation: str, direction: str, language: str, told: str
) -> None:
    row = checked().case.values["months"][-1]["last"]["indicators"][0]
    row = {**row, "accumulation": accumulation, "direction": direction, "needed_per_month": Decimal(28225)}
    assert f"{told}\n" in april(language, {"indicators": [row]})


def test_how_much_is_a_column_only_where_a_measure_says_it() -> None:
    measures = checked().case.values["months"][-1]["measures"]
    assert "做到多少" not in april(measures=[{**row, "how_much": None} for row in measures])
    assert "做到多少" in april(measures=[{**row, "how_much": "28家"} for row in measures])


def test_the_name_of_the_target_is_no_reason() -> None:
    first = checked().case.values["months"][-1]["measures"][0]
    said = april(measures=[{**first, "why": "X", "target_ref_name": "X"}])
    assert said.count("X\n") == 1


def test_a_due_date_that_is_past_is_marked() -> None:
    rows = checked().case.values["months"][-1]["indicators"]
    assert "2026年1月31日（已到期）" in april(indicators=[{**rows[0], "due_date": date(2026, 1, 31)}, *rows[1:]])


def test_a_plan_of_a_department_names_its_head_and_no_employee() -> None:
    case = {**checked().case.values["case"], "party": "department", "department_head": "戴某"}
    for form in ("monthly", "notes"):
        said = made(form, "zh", case=case).text()
        assert "责任部门" in said and "戴某" in said
        assert "工号" not in said and "员工" not in said and "职业意愿" not in said


# The talk


BEFORE = {
    "date": date(2026, 1, 30),
    "interviewer": "李某",
    "support_promised": "加讲一次选型",
    "practice_to_keep": "当天整理要点",
    "actions": [{"what": "借用样机", "owner": "李某", "due": date(2026, 2, 6), "status": None}],
}


def talk(language: str = "zh", **changes: Any) -> str:
    *before, last = checked().case.values["interviews"]
    return made("notes", language, interviews=[*before, {**last, **changes}]).text()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "zh",
            (
                "2026年1月30日面谈的约定：",
                "借用样机（李某）",
                "（2026年1月30日面谈时承诺）",
                "上次约定继续保持：当天整理要点",
            ),
        ),
        (
            "en",
            (
                "what was agreed on 30 January 2026",
                "借用样机 (李某)",
                " (promised on 30 January 2026)",
                "To be kept up",
            ),
        ),
    ],
)
def test_what_the_last_talk_agreed_stands_in_the_next_with_boxes(language: str, told: tuple[str, ...]) -> None:
    said = talk(language, before=BEFORE)
    assert not [one for one in told if one not in said.replace("\u00a0", " ")]
    assert talk(language, before=None).count("借用样机") == 0


def test_where_nothing_was_carried_there_is_no_column_for_how_often() -> None:
    assert "结转次数" not in talk(before=BEFORE, agenda=[])
    measure = checked().case.values["months"][-1]["measures"][0]
    assert "结转次数" in talk(before=BEFORE, agenda=[{**measure, "carried_count": 1}])


def test_an_interim_talk_after_two_declining_ones_says_why_it_is_held() -> None:
    interim = Code("interim", "interview_type")
    assert "此前两次面谈的结论均为退步" in talk(type=interim, declining=True)
    assert "此前两次面谈" not in talk(type=interim, declining=False)


def test_a_figure_does_not_repeat_the_unit_that_stands_beside_it() -> None:
    row = checked().case.values["months"][-1]["last"]["indicators"][0]
    typed = {**row, "actual": Quantity(Decimal(7777), row["unit"])}
    assert "\n7,777\n" in april(previous={"indicators": [typed]})
    other = {**row, "actual": Quantity(Decimal("0.7777"), "万元")}
    assert "0.7777" in april(previous={"indicators": [other]}) and "万元" in april(previous={"indicators": [other]})


# What a revision says of the one before it


def notice(language: str, *changed: str, withdrawn: bool = False) -> str:
    told = Notice(1, date(2026, 3, 5), changed, "新任主管", withdrawn)
    paper = replace(wang("letter"), case=in_language(language))
    document = render(paper, kit(), Stamp(paper.number, 2, date(2026, 4, 1), told), "final")
    return next(plain(one.content) for one in document.body if isinstance(one, Paragraph) and one.role == "revision")


def in_language(language: str) -> Case:
    values = checked().case.values
    return Case(checked().case.id, {**values, "case": {**values["case"], "language": language}})


def test_a_notice_parts_the_names_of_what_changed() -> None:
    names = ("", "目标", "资源、帮助与承诺", *UNHEADED.values())
    assert "修改内容：抬头信息、「目标」、「资源、帮助与承诺」、确认栏、签字栏、签字栏；原因" in notice("zh", *names)
    names = ("", "Targets", "Resources, help and promise", *UNHEADED.values())
    told = (
        "the particulars at the top, “Targets”, “Resources, help and promise”, the acknowledgement, the signature block"
    )
    assert f"Changed – {told}" in notice("en", *names)


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_no_name_of_a_part_reaches_the_paper_as_docgen_keeps_it(language: str) -> None:
    assert not any(name in notice(language, *UNHEADED.values()) for name in UNHEADED.values())


@pytest.mark.parametrize(("language", "told"), [("zh", "第1版（第1版已作废）；"), ("en", ", which was withdrawn.")])
def test_a_notice_says_where_the_former_was_withdrawn(language: str, told: str) -> None:
    assert told in notice(language, withdrawn=True)
    assert told not in notice(language)


# What stays together


def test_in_a_plan_the_personal_information_stays_with_the_signatures() -> None:
    *_, end = made("plan", "both").body
    assert isinstance(end, Section) and end.role == "keep"
    assert "本人可向" in plain(next(iter(contents((end,)))))
    assert "signatures" in [getattr(one, "role", "") for one in end.blocks]


@pytest.mark.parametrize("form", ["letter", "plan"])
def test_the_line_on_the_supervisors_part_stays_with_what_precedes_it(form: str) -> None:
    (line,) = [
        block
        for block in made(form, "zh").body
        if isinstance(block, Section) and plain(next(iter(contents((block,))))).startswith("主管同样承担责任")
    ]
    assert line.role == "keep" and len(line.blocks) == 1


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_the_employees_view_of_a_gap_has_no_head_that_might_begin_a_page(language: str) -> None:
    """A block that begins with a head of its own may stand apart from what precedes it, in both formats."""
    body = made("plan", language).body
    evidence = next(at for at, block in enumerate(body) if getattr(block, "role", "") == "evidence")
    view = body[evidence + 1]
    assert isinstance(view, Section) and view.role == "keep"
    assert isinstance(view.blocks[0], Paragraph) and view.blocks[0].role == "clause"
