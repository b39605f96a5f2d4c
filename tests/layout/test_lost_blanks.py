"""Words that a template joins although a blank or a line end stands between them are found; what is meant so is not."""

from __future__ import annotations

import pytest

from docgen.layout.lost_blanks import lost_blanks
from docgen.layout.sets import load_set

JOINED = {
    "<p>two\n{%- if x %} {% endif -%}\nmonths</p>": [],
    "<p>two\n{%- if x %}months{% endif %}</p>": [("two", "months", "{%- if x %}")],
    "<p>two {{- x }}</p>": [("two", "{{- x }}", "{{- x }}")],
    "<p>{{ x -}} months</p>": [("{{ x -}}", "months", "{{ x -}}")],
    "<p>\nin {% if x %}May{% endif %}\nand June</p>": [("May", "and", "{% endif %}")],
    "<p>in <strong>May</strong>\n{#- a remark -#}\nand</p>": [("May", "and", "{#- a remark -#}")],
    "<p>{% for x in y -%}\n  one two\n{%- endfor %}</p>": [("two", "one", "{%- endfor %}")],
    "<p>done.\n{%- if x %}\nThen{% endif %}</p>": [("done.", "Then", "{%- if x %}")],
    # as it is meant
    "<p>{{ x -}} {{- y }}</p>": [],
    "<p>month{% if x %}s{% endif %}\n{%- if y %}, or{% endif %}</p>": [],
    "<p>month\n{%- if x %}s{% endif %}</p>": [],
    "<p>目标\n{%- if x %}与评分{% endif %}</p>": [],
    "<p>a</p>\n{%- if x %}\n<p>b</p>\n{%- endif %}": [],
    "<p>{% if x %}one\n{%- else %}two{% endif %}</p>": [],
    "{% macro a() -%}\none\n{%- endmacro %}\n{% set b -%}\ntwo\n{%- endset %}\nthree": [],
    "<p>one\n{% if x %}\ntwo\n{% endif %}\nthree</p>": [],
    "<td{% if x %}\n class='number'{% endif %}>one</td>": [],
}


@pytest.mark.parametrize("text", JOINED)
def test_what_joins_words_is_told(text: str) -> None:
    assert [(one.before, one.after, one.tag) for one in lost_blanks(text)] == JOINED[text]


def test_nothing_that_ships_joins_words() -> None:
    templates = load_set()
    for name in templates.loader.list_templates():
        assert [*lost_blanks(templates.file(name).read_text("utf-8"))] == [], name
    for wording in templates.wording.values():
        assert [key for key, (said, _) in wording.items() if [*lost_blanks(said)]] == []
