"""``docgen templates check`` finds each planted fault at its line. Those that don't hide each other share a company."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.company import Company
from docgen.layout.sets import load_set
from docgen.model.problems import Severity, Words
from docgen.proofs.canary import declared_at, unlike_declared
from docgen.proofs.finding import Finding, Shelf, by_cause, joined, seen_in
from docgen.proofs.page_faults import Break, Landmark, growth, left_alone
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
THEME = [
    Plant(T + "theme.yaml", "", "page:\n  widht: 210\n", "width", mark="widht"),
]
# What stands in templates that are all new, and as short as can be

LETTER = """<p>{{ case.department }}</p>
{% if case.party == 'department' %}<p>{{ gaps[9].area }}</p>{% endif %}
{% if settings.jurisdiction == 'us' %}<div>x</div>{% endif %}
{% if draft %}<p>{{ case.employe_name }}</p>{% endif %}
{% if settings.letter_effect == 'agreement' %}<p>{{ say('not_a_contract') }}</p>{% endif %}
{% if revision_notice %}<p>{{ revision_notice.reason.words }}</p>{% endif %}
{% if settings.prevailing_language == 'en' %}<p>{{ {}[case.department] }}</p>{% endif %}
<p>{{ settings.policy_name ~ '.' }}</p>
"""
PLAN = """<p>{{ case.department }}</p>
{% if case.party == 'department' %}<p>{{ 1 / 0 }}</p>{% endif %}
{% if settings.jurisdiction == 'us' %}<p style="x">y</p>{% endif %}
{% if settings.jurisdiction == 'uk' %}<p><strong>x</p>{% endif %}
{% if blank %}<p class="note"><span class="big">y</span></p>{% endif %}
{% if settings.jurisdiction == 'eu' %}<table><tbody><tr><td colspan="3">x</td></tr></tbody></table>{% endif %}
"""
WORDING = "not_a_contract:\n  agreement: Signed {{ case.issue_dat }}\n"
STUMBLES = {
    "letter normal en party=department": (T + "letter.html", 2, "no element 9"),
    "letter normal en us": (T + "letter.html", 3, "<div> is not part of the markup"),
    "letter empty zh draft": (T + "letter.html", 4, "did you mean 'employee_name'"),
    "letter empty en agreement": (T + "wording.en.yaml", 2, "issue_dat"),
    "letter normal zh revised": (T + "letter.html", 6, "a text has no 'words'"),
    "letter normal en prevailing_language=en": (T + "letter.html", 7, "nothing here is called"),
    "letter normal both": (T + "letter.html", 8, "a word of the program"),
    "plan normal en party=department": (T + "plan.html", 2, "zero"),
    "plan normal en us": (T + "plan.html", 3, "style"),
    "plan normal zh uk": (T + "plan.html", 4, "not closed"),
    "plan empty both blank": (T + "plan.html", 5, "big"),
    "plan normal en eu": (T + "plan.html", 6, "col"),
}
TREE = """<h1>KPI</h1>
<h2>KPI</h2>
<h2>IT</h2>
<p>{{ 'x ' ~ none }}</p>
<p>{{ '{' }}{ case.department }}</p>
<table><colgroup><col width='1'/></colgroup><thead><tr><th>IT</th></tr></thead><tbody></tbody></table>
<p>Please read this</p>
<p>请注意</p>
<p>{{ case.period_start ~ '' }} {{ case.period_end ~ true }}</p>
<p>{{ 'KPI ' ~ targets[0].target_value }}</p>
<h3>{{ '' }}</h3>
<p>{{ say('letter.title') }}</p>
"""
TREES = {
    2: "nothing stands below the heading “KPI”",
    4: "“None”",
    5: "“{{”",
    6: "“IT” has no rows",
    7: "English words stand in the Chinese page",
    8: "Chinese words stand in the English page",
    9: "prints the date “2026-01-05”",
    10: "“Quantity(”",
    11: "a heading says nothing",
}
"""Line 12 is none: what the wording says may begin like a word of the program."""


def made_of(folder: Path, **files: str) -> Proofs:
    """The proofs of a company that has these files: ``letter_html`` is ``templates/letter.html``."""
    own = {f"{T}{name.replace('_', '.')}": text for name, text in files.items()}
    seen = opened(company(folder, [Plant(name, "", text, "") for name, text in own.items()]))
    assert seen.kit, seen.findings
    return Proofs(seen.kit, seen.shelf)


def tried(proofs: Proofs, name: str, paper: bool = False) -> list[Finding]:
    """What the trial of that name finds."""
    form, kind, language, *more = name.split()
    codes = {"us": "jurisdiction", "uk": "jurisdiction", "eu": "jurisdiction", "agreement": "letter_effect"}
    given = dict(one.split("=") for one in more if "=" in one)
    changed = {key: code for key, code in given.items() if key not in proofs.kit.definitions.settings}
    settings = {codes[one]: one for one in more if one in codes} | {
        key: code for key, code in given.items() if key not in changed
    }
    mode = next((one for one in more if one in ("draft", "blank")), "final")
    of = proofs.kit.definitions.forms[form]
    trial = Trial(of, kind, language, settings, changed, mode, paper, "revised" in more)  # type: ignore[arg-type]
    assert trial.name == name
    found = by_cause(seen_in(proofs.tried(trial), name))
    return [one for one in found if one.code not in ("no-number", "no-signatures")]  # these templates are short


@pytest.mark.parametrize("plants", [DEFINITIONS, NAMES, SYNTAX, THEME], ids=["shape", "names", "syntax", "theme"])
def test_what_can_be_told_without_a_case_is_told_all_at_once(tmp_path: Path, plants: list[Plant]) -> None:
    planted = company(tmp_path, plants)
    assert missed(planted, plants, review(planted).findings) == ""


def test_what_a_template_stumbles_over_is_found_by_the_case_that_shows_it(tmp_path: Path) -> None:
    proofs = made_of(tmp_path, letter_html=LETTER, plan_html=PLAN, **{"wording.en_yaml": WORDING})
    for name, (file, line, says) in STUMBLES.items():
        found = tried(proofs, name)
        assert [(one.file, one.line, says in one.message.en + one.fix.en, one.specimen) for one in found] == [
            (file, line, True, name)
        ], found


def test_what_a_tree_shows_is_told_once_each(tmp_path: Path) -> None:
    wording = {"wording.en_yaml": "letter: {title: None of it is True}\n"}
    proofs = made_of(tmp_path, letter_html=TREE, **wording)
    found = by_cause([*tried(proofs, "letter normal en"), *tried(proofs, "letter normal zh")])
    assert [(one.file, one.line) for one in found] == [(T + "letter.html", line) for line in TREES]
    assert [one.message.en for one, says in zip(found, TREES.values(), strict=True) if says not in one.message.en] == []


# What only the pages show

FULL = "{% for _ in range(40) %}<p>x</p>{% endfor %}\n"
MACROS = "{% import 'macros.html' as m with context %}"
PAGES = {
    "letter_html": MACROS + FULL + "<p>KPI</p>{{ m.signatures(signers) }}",
    "outcome_html": MACROS + FULL * 4 + "<section class='acknowledgement'><p>KPI</p></section>"
    + FULL.replace("40", "9") + "<section class='signatures'>\n" + FULL + "<p>KPI</p></section>",
    "plan_html": FULL + "<h2>KPI</h2><p>KPI</p><p class='note'></p>",
    "monthly_html": "<table><colgroup><col width='1'/><col width='99'/></colgroup><tbody>\n"
    "<tr><td>IT KPI IT KPI</td><td>KPI</td></tr></tbody></table>",
}  # fmt: skip
STYLE = """
h2 { break-after: auto !important }
td { white-space: nowrap !important }
section.signatures { break-inside: auto !important }
p.note { break-before: page }
"""


def test_what_only_a_page_shows_is_found(tmp_path: Path) -> None:
    proofs = made_of(tmp_path, **PAGES, print_css=STYLE)
    found = {form: tried(proofs, f"{form} normal en", paper=True) for form in ("letter", "outcome", "plan", "monthly")}
    told = {form: [(one.file, one.line, one.code) for one in some] for form, some in found.items()}
    macros = (shipped("templates") / "standard" / "macros.html").read_text("utf-8")
    block = macros[: macros.index("{% macro signatures(")].count("\n") + 2
    assert told == {
        "letter": [("standard/macros.html", block, "lonely-signatures")],
        "outcome": [(T + "outcome.html", 0, "too-many-pages"), (T + "outcome.html", 6, "parted-signatures")],
        "plan": [(T + "plan.html", 2, "blank-page"), (T + "plan.html", 2, "lone-heading")],
        "monthly": [(T + "monthly.html", 2, "layout")],
    }


WIDE = "{word: {en: {body: {latin: DejaVu Sans}, heading: {latin: DejaVu Sans}}}}"
NARROW = """<table><colgroup><col width='4'/><col width='96'/></colgroup>
<thead><tr><th>IT</th><th>KPI</th></tr></thead>
<tbody><tr><td>Communications</td><td>KPI</td></tr></tbody></table>
"""


@pytest.mark.parametrize("fonts", [WIDE, WIDE.replace("word", "pdf")], ids=["word", "pdf"])
def test_a_word_that_a_wide_font_cuts_in_a_column_is_told(tmp_path: Path, fonts: str) -> None:
    proofs = made_of(tmp_path, notes_html=NARROW, theme_yaml=f"fonts: {fonts}\n")
    (finding,) = tried(proofs, "notes normal en", paper=True)
    assert (finding.file, finding.line, finding.code) == (T + "notes.html", 1, "cut-word")
    assert "“Communications” is cut by the end of a line in column 1 (“IT”)" in finding.message.en
    assert ("in Word" in finding.message.en) is (fonts == WIDE) is ("在 Word" in finding.message.zh)


def test_a_paper_without_a_number_or_a_place_to_sign_is_told(tmp_path: Path) -> None:
    alone = "<section class='acknowledgement'><p>KPI</p></section>"
    proofs = made_of(tmp_path, letter_html=alone, plan_html=MACROS + "{{ m.refusal() }}{{ m.running('plan.title') }}")
    codes = {
        name: [one.code for one in proofs.tried(Trial(proofs.kit.definitions.forms[name], "normal", "en"))]
        for name in ("letter", "plan")
    }
    assert codes == {"letter": ["no-number", "no-signatures"], "plan": ["no-signatures"]}


def test_what_the_pdf_engine_can_not_lay_out_is_told_and_ends_nothing(tmp_path: Path) -> None:
    template = MACROS + "{{ m.running('letter.title') }}<p>KPI</p><p>KPI</p>"
    proofs = made_of(tmp_path, letter_html=template, print_css="p { break-before: page }\n")
    (finding,) = tried(proofs, "letter normal en", paper=True)
    assert finding.code == "layout" and "can't lay this out" in finding.message.en


def test_larger_type_may_fill_more_pages() -> None:
    large, standard = (load_set(name).theme for name in ("large_print", "standard"))
    assert growth(standard) == 1 and growth(large) == pytest.approx((14 / 10.5) ** 2)


def test_what_is_wrong_in_the_settings_is_told(tmp_path: Path) -> None:
    """A set that is misspelt would leave the standard one to be tried."""
    (tmp_path / "docgen.yaml").write_text("company_name: X\nset: larg_print\n", "utf-8")
    (finding,) = review(Company(tmp_path)).findings
    assert (finding.file, finding.line) == ("docgen.yaml", 2) and "large_print" in finding.fix.en


def test_a_slip_in_the_name_of_a_file_is_told(tmp_path: Path) -> None:
    planted = company(tmp_path, [Plant(T + "leter.html", "", "<p>x</p>", ""), Plant(T + "README.txt", "", "x", "")])
    (finding,) = review(planted).findings
    assert (finding.file, finding.code) == (T + "leter.html", "unread") and "letter.html" in finding.message.en


def test_a_head_of_a_table_without_a_row_on_its_page_is_found() -> None:
    """The PDF engine keeps a head with its first row; another may not."""
    marks = [Landmark("head", 10, 15, "Items", "letter.html:7"), Landmark("heading", 20, 25, "Next", "letter.html:9")]
    (fault,) = left_alone(marks, [Break(2, 15), Break(3, 19)])
    assert (fault.place, fault.code) == ("letter.html:7", "lone-table-head")


def test_a_font_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    theme = "fonts:\n  pdf: {zh: {body: {latin: No Such Font}}}\n"
    (finding,) = review(company(tmp_path, [Plant(T + "theme.yaml", "", theme, "")])).findings
    assert (finding.file, finding.line, finding.severity) == ("templates/theme.yaml", 2, Severity.WARNING)
    assert "No Such Font" in finding.message.zh


def test_a_style_sheet_is_told_with_its_lines(tmp_path: Path) -> None:
    planted = company(tmp_path, [Plant(T + "print.css", "", "h1 { margin: 0 }\n\np { colour: red }\n.claus {}\n", "")])
    found = [(one.file, one.line) for one in review(planted).findings]
    assert found == [("templates/print.css", 3), ("templates/print.css", 4)]


def test_words_that_are_joined_are_told_with_their_line(tmp_path: Path) -> None:
    wording = "draft: |\n  A draft\n  {%- if number %}or so{% endif %}\n"
    texts = {"notes.html": "<p>a</p>\n<p>in {% if number %}May{% endif %}\nand June</p>", "wording.en.yaml": wording}
    planted = company(tmp_path, [Plant(T + name, "", text, "") for name, text in texts.items()])
    found = [(one.file, one.line, one.code, one.severity) for one in review(planted).findings]
    warned = [
        (T + "notes.html", 2, "joined-words", Severity.WARNING),
        (T + "wording.en.yaml", 1, "joined-words", Severity.WARNING),
    ]
    assert [one for one in found if one[2] == "joined-words"] == warned


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


def test_a_field_is_declared_in_the_addition_or_in_the_shipped_file_that_it_extends(tmp_path: Path) -> None:
    text = "extends: shipped\nprints:\n  targets:\n  - data_owner\n"
    seen = opened(company(tmp_path, [Plant(F + "notes.yaml", "", text, "")]))
    assert seen.kit
    form = seen.kit.definitions.forms["notes"]
    assert declared_at(form, "targets", "data_owner", seen.shelf) == ("forms/notes.yaml", 4)
    file, line = declared_at(form, "targets", "name", seen.shelf)
    assert (
        file == "forms/notes.yaml"
        and "targets: [name" in (shipped("forms") / "notes.yaml").read_text("utf-8").splitlines()[line - 1]
    )


def test_a_trial_that_stumbles_over_a_line_found_wrong_before_tells_nothing_new() -> None:
    def found(line: int, severity: Severity, code: str) -> Finding:
        return Finding("templates/letter.html", line, code, severity, Words(code, code), Words("", ""))

    static = [found(3, Severity.ERROR, "unknown"), found(4, Severity.WARNING, "risky")]
    trials = [found(3, Severity.ERROR, "template"), found(4, Severity.ERROR, "template")]
    assert [(one.line, one.code) for one in joined(static, trials)] == [(3, "unknown"), (4, "risky"), (4, "template")]


def test_chinese_sentences_follow_each_other_without_a_blank() -> None:
    found = Finding("a.html", 3, "x", Severity.ERROR, Words("It is wrong", "有误"), Words("Mend it.", "请修正。"))
    assert found.told("zh") == "a.html:3: 错误：有误。请修正。"
    assert found.told("en") == "a.html:3: error: It is wrong. Mend it."


def test_the_place_in_a_word_file_is_told_apart_from_what_is_said() -> None:
    words = Words("letterhead.docx: footer: it has notes.", "letterhead.docx：页脚：含有脚注。")
    found = Shelf(None, ()).placed(words, "look", Severity.ERROR, Words("", ""), "")
    assert (found.place("en"), found.place("zh")) == ("letterhead.docx, footer", "letterhead.docx，页脚")
    assert (found.message.en, found.message.zh) == ("it has notes.", "含有脚注。")


def test_at_least_25_faults_are_planted() -> None:
    planted = sum(map(len, (DEFINITIONS, NAMES, SYNTAX, THEME, STUMBLES, TREES)))
    assert planted + 6 + 1 + 1 + 2 >= 30  # on pages, at a table's head, in the style sheet, in prints
