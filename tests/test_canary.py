"""Each shipped form prints exactly what its definition declares (see docgen/proofs/canary.py)."""

from __future__ import annotations

import pytest

from docgen.definitions.definition import Form
from docgen.definitions.load import load_definitions
from docgen.kit import Kit
from docgen.layout.sets import load_set
from docgen.proofs.canary import Canaries, key
from docgen.sources.settings import read_settings

DEFINITIONS = load_definitions()
SETTINGS, _ = read_settings(None, DEFINITIONS)
CANARIES = Canaries(Kit(DEFINITIONS, SETTINGS, load_set()))
FORMS = pytest.mark.parametrize("form", DEFINITIONS.forms.values(), ids=lambda form: form.name)


@FORMS
def test_a_form_prints_every_field_that_it_declares(form: Form) -> None:
    declared = CANARIES.declared(form)
    fields = [field for field in CANARIES.fields if key(field) in declared]
    assert sorted(declared - CANARIES.reaching(form, fields, most=True)) == []


@FORMS
def test_a_form_prints_no_field_that_it_does_not_declare(form: Form) -> None:
    fields = [field for field in CANARIES.fields if key(field) not in CANARIES.declared(form)]
    assert sorted(CANARIES.reaching(form, fields, most=False)) == []


@FORMS
def test_letter_and_plan_print_only_what_is_known_before_issue(form: Form) -> None:
    if form.unit != "case" or form.made == "closed":
        return
    late = {
        (sheet, name)
        for sheet, names in form.prints.items()
        for name in names
        if DEFINITIONS.sheets[sheet].fields[name].phase != "before"
    }
    assert late == set()
