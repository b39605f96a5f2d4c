"""``docgen templates check`` finds each planted fault at its line. Those that don't hide each other share a company."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.proofs.canary import unlike_declared
from docgen.proofs.finding import Finding, by_cause, joined, seen_in
from docgen.proofs.page_faults import Break, Landmark, left_alone
from docgen.proofs.proving import Proofs
from docgen.proofs.reviewing import opened, review
from docgen.proofs.trial import Trial
from docgen.resources import shipped
from tests.proofs.plant_help import Plant, company, missed

T, F = "templates/", "forms/"

DEFINITIONS = [
    Plant(F + "letter.yaml", "landscape: false", "landscap: false", "did you mean 'landscape'?"),
    Plant(F + "plan.yaml", "unit: case", "unit: cases", "did you mean 'case'?"),
    Plant(F + "monthly.yaml", "rows: {targets: 1, months: 1}", "rows: {targets: many, months: 1}", "a whole number"),
    Plant(F + "notes.yaml", "code: N", "code: notes", "one capital letter"),
]
NAMES = [
    Plant(F + "letter.yaml", "[case_id, reference_no,", "[case_id, refrence_no,", "did you mean 'reference_no'?"),
    Plant(F + "plan.yaml", "  - area_type", "  - area_typ", "did you mean 'area_type'?"),
]
SYNTAX = [
    Plant(T + "letter.html", "{{ m.title('letter.title') }}", "{{ m.title('letter.title' }}", "unexpected '}'"),
    Plant(
        T + "plan.html", "{% set count = namespace(n=0) %}", "{% sett count = namespace(n=0) %}", "unknown tag 'sett'"
    ),
    Plant(T + "monthly.html", "{% set count = namespace(n=0) %}", "{{ month.month | monthname }}", "'monthname'"),
    Plant(T + "notes.html", "{# section: agenda #}", "{% if agenda %}<p>x</p>", "has no {% endif %}"),
]
UNDEFINED = {
    "letter normal en": Plant(
        T + "letter.html", "{# section: period #}", "<p>{{ case.employe_name }}</p>", "did you mean employee_name?"
    ),
    "plan normal en party=department": Plant(
        T + "plan.html",
        "{# section: strengths #}",
        "{% if case.party == 'department' %}<p>{{ gaps[9].area }}</p>{% endif %}",
        "no element 9",
    ),
    "monthly empty zh draft": Plant(
        T + "monthly.html", "{{ m.title(", "{% if draft %}<p>{{ drafty }}</p>{% endif %}{{ m.title(", "'drafty'"
    ),
    "notes normal en us": Plant(
        T + "notes.html",
        "{# section: agenda #}",
        "{% if settings.jurisdiction == 'us' %}<p>{{ 1 / 0 }}</p>{% endif %}",
        "zero",
    ),
}
WORDING = {
    "letter normal en uk": Plant(
        T + "wording.en.yaml",
        "",
        "not_a_contract:\n  uk: Signed {{ case.issue_dat }}\n",
        "issue_dat",
        mark="uk:",
    ),
}
MARKUP = {
    "letter normal en": Plant(
        T + "letter.html", "{# section: period #}", "<div>x</div>", "<div> is not part of the markup"
    ),
    "plan normal en": Plant(
        T + "plan.html", "{# section: strengths #}", '<p style="x">y</p>', "there is no style attribute"
    ),
    "monthly normal en": Plant(T + "monthly.html", "{{ m.title(", "<p><strong>x</p>{{ m.title(", "mismatch"),
    "notes normal en": Plant(
        T + "notes.html",
        "{# section: agenda #}",
        '<p class="note"><span class="big">y</span></p>',
        "class big is unknown",
    ),
}
THEME = [
    Plant(T + "theme.yaml", "", "page:\n  widht: 210\n", "width", mark="widht"),
]
TREES = [
    Plant(T + "letter.html", "{# section: period #}", "<h2>KPI</h2>", "nothing stands below the heading “KPI”"),
    Plant(T + "letter.html", "{# section: company-undertakes #}", "<p>{{ 'x ' ~ none }}</p>", "“None”"),
    Plant(T + "letter.html", "{# section: assessment #}", "<p>{{ '{' }}{ case.department }}</p>", "“{{”"),
    Plant(
        T + "letter.html",
        "{# section: result #}",
        "<table><colgroup><col width='1'/></colgroup><thead><tr><th>Items</th></tr></thead><tbody></tbody></table>",
        "“Items” has no rows",
    ),
    Plant(
        T + "letter.html",
        "{# section: changes #}",
        "<p>Please read this</p>",
        "English words stand in the Chinese page",
    ),
    Plant(T + "letter.html", "{# section: objection #}", "<p>请注意</p>", "Chinese words stand in the English page"),
]


def found(folder: Path, plants: list[Plant], *trials: tuple[str, str, str]) -> str:
    """What of ``plants`` a review and ``trials`` (form, kind, language) of one company miss."""
    planted = company(folder, plants)
    reviewed = review(planted)
    findings: list[Finding] = []
    if reviewed.kit:
        proofs = Proofs(reviewed.kit, reviewed.shelf)
        for form, kind, language in trials:
            trial = Trial(reviewed.kit.definitions.forms[form], kind, language)  # type: ignore[arg-type]
            findings += seen_in(proofs.tried(trial), trial.name)
    return missed(planted, plants, joined(reviewed.findings, findings))


@pytest.mark.parametrize("plants", [DEFINITIONS, NAMES, SYNTAX, THEME], ids=["shape", "names", "syntax", "theme"])
def test_what_can_be_told_without_a_case_is_told_all_at_once(tmp_path: Path, plants: list[Plant]) -> None:
    assert found(tmp_path, plants) == ""


@pytest.mark.parametrize("plants", [UNDEFINED, MARKUP, WORDING], ids=["undefined", "markup", "wording"])
def test_what_a_template_stumbles_over_is_found_by_the_case_that_shows_it(
    tmp_path: Path, plants: dict[str, Plant]
) -> None:
    planted = company(tmp_path, plants.values())
    reviewed = review(planted)
    assert reviewed.kit
    proofs, findings = Proofs(reviewed.kit, reviewed.shelf), list[Finding]()
    for name in plants:
        form, kind, language, *more = name.split()
        settings = {"jurisdiction": more[0]} if more and more[0] in ("us", "uk") else {}
        changed = dict(one.split("=") for one in more if "=" in one)
        mode = "draft" if "draft" in more else "final"
        trial = Trial(reviewed.kit.definitions.forms[form], kind, language, settings, changed, mode)  # type: ignore[arg-type]
        assert trial.name == name
        findings += seen_in(proofs.tried(trial), trial.name)
    assert missed(planted, plants.values(), joined(reviewed.findings, findings)) == ""


def test_what_a_tree_shows_is_told_once_each(tmp_path: Path) -> None:
    assert found(tmp_path, TREES, ("letter", "normal", "en"), ("letter", "normal", "zh")) == ""


# What only the pages show: a notes template that is all new, and what is added to the style sheet

HEAD = "{% import 'macros.html' as m with context %}{{ m.running('notes.title') }}\n"
FULL = "{% for _ in range(40) %}<p>x</p>{% endfor %}\n"
ACKNOWLEDGED = "<section class='acknowledgement'><p>KPI</p></section><p class='lines'></p>{{ m.signatures(signers) }}"
PAGES = {
    "lonely signatures": (
        FULL + "<p>KPI</p>{{ m.signatures(signers) }}",
        "",
        "the signature block stands on page 2 of 2",
    ),
    "parted signatures": (
        FULL + ACKNOWLEDGED,
        "tr,section,.signatures { break-inside: auto !important; break-before: auto !important }",
        "the signature block is parted by the end of page 1",
    ),
    "lone heading": (
        FULL + "<h2>KPI</h2><p>KPI</p>",
        "h2 { break-after: auto !important }",
        "the heading “KPI” stands alone at the end of page 1",
    ),
    "overflow": (
        "<table><colgroup><col width='1'/><col width='99'/></colgroup><tbody>\n"
        "<tr><td>IT KPI IT KPI</td><td>KPI</td></tr>"
        "</tbody></table>",
        "td { white-space: nowrap !important }",
        "printed one over the other",
    ),
    "too many pages": (FULL * 4, "", "the most that the form allows"),
}
LINES = {"lonely signatures": 159, "parted signatures": 3, "lone heading": 3, "overflow": 3, "too many pages": 0}


@pytest.mark.parametrize("name", PAGES)
def test_what_only_a_page_shows_is_found(tmp_path: Path, name: str) -> None:
    body, style, says = PAGES[name]
    planted = company(tmp_path, [Plant(T + "notes.html", "", HEAD + body, "")])
    if style:
        shipped_style = (shipped("templates") / "standard" / "print.css").read_text("utf-8")
        (tmp_path / T / "print.css").write_text(f"{shipped_style}\n{style}\n", "utf-8")
    kit = opened(planted)
    assert kit.kit
    trial = Trial(kit.kit.definitions.forms["notes"], "normal", "en", paper=True)
    (finding,) = by_cause(Proofs(kit.kit, kit.shelf).tried(trial))
    assert says in finding.message.en
    place = "standard/macros.html" if name == "lonely signatures" else "templates/notes.html"
    assert (finding.file, finding.line) == (place, LINES[name])


def test_a_head_of_a_table_without_a_row_on_its_page_is_found() -> None:
    """The PDF engine keeps a head with its first row; another may not."""
    marks = [Landmark("head", 10, 15, "Items", "letter.html:7"), Landmark("heading", 20, 25, "Next", "letter.html:9")]
    (fault,) = left_alone(marks, [Break(2, 15), Break(3, 19)])
    assert (fault.place, fault.code) == ("letter.html:7", "lone-table-head")


def test_a_style_sheet_is_told_with_its_line(tmp_path: Path) -> None:
    planted = company(
        tmp_path, [Plant(T + "print.css", "h1, h2, h3 { break", "p { colour: red }\nh1, h2, h3 { break", "")]
    )
    (finding,) = review(planted).findings
    assert (finding.file, finding.line) == ("templates/print.css", 5)
    assert "unknown property" in finding.message.en


# What the definition of the form and its template say of each other


def test_what_is_printed_and_what_is_declared_are_compared(tmp_path: Path) -> None:
    plants = [
        Plant(
            F + "notes.yaml", "unit, weight]", "unit, weight, data_owner]", "declares that it prints targets.data_owner"
        ),
        Plant(T + "notes.html", "{# section: agenda #}", "<p>{{ case.hr_contact }}</p>", "prints case.hr_contact"),
    ]
    planted = company(tmp_path, plants)
    seen = opened(planted)
    assert seen.kit
    findings = unlike_declared(seen.kit.definitions.forms["notes"], seen.kit, seen.shelf)
    line = Plant(plants[0].file, plants[0].old, plants[0].new, plants[0].says, mark="targets: [name, target_value")
    assert missed(planted, [line, plants[1]], findings) == ""


def test_at_least_25_faults_are_planted() -> None:
    planted = sum(map(len, (DEFINITIONS, NAMES, SYNTAX, UNDEFINED, WORDING, MARKUP, TREES, THEME, PAGES)))
    assert planted + 4 >= 25 + 10
