"""Reading so that each value is known by its object."""

from __future__ import annotations

from datetime import date

from docgen.checking.sole import SoleReader, rows_by_place
from docgen.checking.validate import Checker
from docgen.sources.cases import read_cases
from tests.sample_help import DEFINITIONS, TODAY, WANG, exact, kit


def test_a_case_read_so_says_the_same() -> None:
    (record,) = read_cases([WANG], DEFINITIONS).records
    plain = Checker(DEFINITIONS).validate(record, kit().settings, None, TODAY)
    sole = Checker(DEFINITIONS, reader=SoleReader(DEFINITIONS)).validate(record, kit().settings, None, TODAY)
    assert exact(dict(sole.case.values)) == exact(dict(plain.case.values))
    assert sole.problems == plain.problems


def test_two_cells_that_hold_the_same_are_two_objects() -> None:
    (record,) = read_cases([WANG], DEFINITIONS).records
    table = Checker(DEFINITIONS, reader=SoleReader(DEFINITIONS)).read(record, kit().settings)
    first, second = (row.values["is_root"] for row in table.rows["causes"][:2])
    views = [row.values["viewpoint"] for row in table.rows["causes"]] + [
        row.values["due_date"] for row in table.rows["targets"]
    ]
    assert len({id(one) for one in views}) == len(views)
    assert (first, second) == (True, None) or first is not second


def test_what_is_complete_is_what_is_validated_where_nothing_lacks() -> None:
    (record,) = read_cases([WANG], DEFINITIONS).records
    checker = Checker(DEFINITIONS)
    made = checker.complete(record, kit().settings, TODAY)
    assert exact(dict(made.values)) == exact(dict(checker.validate(record, kit().settings, None, TODAY).case.values))
    assert made.id == "S1024-202601"


def test_rows_that_are_repeated_keep_their_first_place() -> None:
    (record,) = read_cases([WANG], DEFINITIONS).records
    checker = Checker(DEFINITIONS, reader=SoleReader(DEFINITIONS))
    table = checker.read(record, kit().settings)
    checker.check(table, record, kit().settings, None, date(2026, 6, 30))
    rows = rows_by_place(table)
    assert rows[("months", 0, "indicators", 0)].values is table.values["months"][1]["last"]["indicators"][0]
    assert not any("last" in path or "results" in path for path in rows)
    assert rows[("case",)].values is table.values["case"]
    assert len(rows) == sum(map(len, table.rows.values()))
