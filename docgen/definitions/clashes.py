"""Names and spellings that can't be told apart: of two fields of a sheet, of two choices of a list, of two forms."""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterable, Iterator, Mapping

from docgen.definitions.choices import choice_key
from docgen.definitions.definition import Definitions, Field, Sheet
from docgen.definitions.joining import DefinitionFile
from docgen.definitions.naming import CASE, spelling
from docgen.definitions.review import OWN_MEANING, Finding
from docgen.definitions.rules import COMPUTED
from docgen.model.problems import Words

CASE_FILE, SETTINGS_FILE = "case.yaml", "settings.yaml"
FORMS = "form"
"""The choice list of all forms, which is made of them."""
KEYWORDS = frozenset(keyword.kwlist) | {"none", "true", "false"}
"""Words of the language of expressions; a field of that name could never be spoken of."""
SAME = Words(
    "{text!r} stands for {other!r} already; whoever types it could mean either: choose another word",
    "{text!r} 已表示 {other!r}，填写时无法区分；请换一个说法",
)
LIST_TAKEN = Words(
    "there is a list {name!r} already; give this one another name", "已有名为 {name!r} 的列表；请另取名称"
)
Said = tuple[str, str]
"""Whose a spelling is, and the spelling."""


def clashes(definitions: Definitions, files: Mapping[str, DefinitionFile]) -> Iterator[Finding]:
    """All of them; ``files``: those that the definitions were made of, by name."""
    for sheet in definitions.sheets.values():
        inside = [definitions.sheets[name] for name in sheet.children if sheet.name != CASE]
        yield from _names(sheet, inside)
        yield from _labels(sheet.printable, inside)
    yield from _labels(definitions.settings, [])
    titles = [(one.name, said) for one in definitions.forms.values() for said in (one.name, one.title.en, one.title.zh)]
    for form, text, other in _twice(titles, choice_key):
        yield Finding(files[f"{form}.yaml"].place(("title",)), SAME.filled(text=text, other=other))


def clashes_of_lists(files: Mapping[str, DefinitionFile]) -> Iterator[Finding]:
    """Of the choice lists, which two files may hold."""
    of_case = files[CASE_FILE].data.get("lists", {})
    yield from _lists(files[CASE_FILE], {FORMS})
    yield from _lists(files[SETTINGS_FILE], {FORMS, *of_case})


def _names(sheet: Sheet, inside: Iterable[Sheet]) -> Iterator[Finding]:
    named = (f"{one.name}_name" for one in sheet.fields.values() if one.type == "ref")
    taken = {*KEYWORDS, *(one.name for one in inside), *COMPUTED.get(sheet.name, ()), *named}
    for field in sheet.fields.values():
        if field.name in taken:
            yield Finding(field.place, OWN_MEANING.filled(name=field.name))


def _labels(fields: Mapping[str, Field], inside: Iterable[Sheet]) -> Iterator[Finding]:
    said = [(one.name, text) for one in inside for text in (one.name, one.label.en, one.label.zh)]
    said += [(name, text) for name, of in fields.items() for text in (name, of.label.en, of.label.zh, *of.aliases)]
    for name, text, other in _twice(said, spelling):
        if name in fields:
            yield Finding(fields[name].place, SAME.filled(text=text, other=other))


def _lists(file: DefinitionFile, taken: Iterable[str]) -> Iterator[Finding]:
    for name, choices in file.data.get("lists", {}).items():
        if name in taken:
            yield Finding(file.place(("lists", name)), LIST_TAKEN.filled(name=name))
        said = [(code, text) for code, one in choices.items() for text in (code, one["en"], one["zh"])]
        said += [(code, text) for code, one in choices.items() for text in one.get("aliases", ())]
        for code, text, other in _twice(said, choice_key):
            yield Finding(file.place(("lists", name, code)), SAME.filled(text=text, other=other))


def _twice(said: Iterable[Said], key: Callable[[str], str]) -> Iterator[tuple[str, str, str]]:
    """What is spelt as something else is before it: whose it is, the spelling, and whose it was."""
    known: dict[str, str] = {}
    for name, text in said:
        other = known.setdefault(key(text), name)
        if other != name:
            yield name, text, other
