"""Machines that make the same are told from those that would not, by what differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.office.cluster import ANY_OFFICE
from docgen.office.machines import differing, machine

HERE = machine(ANY_OFFICE)


def test_a_machine_is_like_itself_whatever_its_name() -> None:
    assert replace(HERE, name="elsewhere").unlike(HERE) is None
    assert differing({"tcp://a:1": replace(HERE, name="elsewhere")}, HERE) is None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"docgen": "0.0.1"}, "docgen 0.0.1, here"),
        ({"engine": "1.0"}, "WeasyPrint 1.0, here"),
        ({"files": ""}, "other files"),
        ({"look": ""}, "other fonts"),
        ({"docgen": "0.0.1", "files": "", "look": ""}, "docgen 0.0.1, here"),
    ],
)
def test_the_first_cause_of_a_difference_is_told(changed: dict[str, str], told: str) -> None:
    unlike = replace(HERE, **changed).unlike(HERE)
    assert unlike and unlike.en.startswith(told) and ";" not in unlike.en and unlike.zh
