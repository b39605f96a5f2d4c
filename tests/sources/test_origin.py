from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from docgen.model.record import RolledOver
from docgen.office.run import load_run
from docgen.sources.cases import Reading, Source, read_cases
from docgen.sources.foreign import read_ods
from docgen.sources.origin import workbook_source
from tests.sources.books import TODAY, definitions, saved
from tests.sources.packages import zipped

CASE = "case: {employee_no: S1, position: Clerk}\n"
ONE, OTHER = "0a" * 32, "1b" * 32
HEAD = f"rolled_over: {{month: 2026-04, from: [{ONE}, {OTHER}]}}\n"


def read(*paths: Path) -> Reading:
    return read_cases(paths, definitions())


def workbook(path: Path, **properties: str) -> Path:
    return saved(path, ["Employee number", "Name", "Period starts"], ["S1", "A. Wang", "2026-01-05"], **properties)


def test_a_file_is_known_by_the_digest_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "wang.yaml"
    path.write_text(CASE, "utf-8")
    reading = read(path)
    assert reading.sources == {reading.records[0].source: Source(path, sha256(CASE.encode()).hexdigest())}
    path = workbook(tmp_path / "team.xlsx")
    assert read(path).sources[str(path)].digest == sha256(path.read_bytes()).hexdigest()


def test_a_folder_of_tables_is_known_by_the_digests_of_its_tables(tmp_path: Path) -> None:
    tables = {"People.csv": "Employee number,Position\nS1,Clerk\n", "Targets.csv": "Employee number,Target\nS1,Sales\n"}
    for name, text in tables.items():
        (tmp_path / name).write_text(text, "utf-8")
    digests = sorted(sha256(text.encode()).digest() for text in tables.values())
    reading = read(tmp_path)
    assert reading.records[0].source == str(tmp_path)
    assert reading.sources == {str(tmp_path): Source(tmp_path, sha256(b"".join(digests)).hexdigest(), True)}


def test_a_file_that_cannot_be_read_is_no_source(tmp_path: Path) -> None:
    for name, content in {"a.yaml": b"case: [", "b.xlsx": b"PK\x03\x04", "c.yaml": b"%PDF"}.items():
        (tmp_path / name).write_bytes(content)
    reading = read(*sorted(tmp_path.iterdir()))
    assert (reading.sources, len(reading.problems)) == ({}, 3)


def test_a_workbook_tells_what_docgen_wrote_into_its_properties(tmp_path: Path) -> None:
    said = {"layout": "card", "language": "zh", "forms": "letter, monthly", "sent": "12"}
    path = workbook(tmp_path / "a.xlsx", **said, rolled_over="2026-04", predecessor=ONE, predecessor_2=OTHER.upper())
    reading = read(path)
    rolled = RolledOver("2026-04", (ONE, OTHER))
    digest = reading.sources[str(path)].digest
    assert reading.sources[str(path)] == Source(path, digest, True, "card", "zh", ("letter", "monthly"), "12", rolled)
    assert [record.rolled for record in reading.records] == [rolled]


def test_properties_that_docgen_would_not_write_count_as_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", layout="round", language="fr", forms=" ", rolled_over="April", predecessor=ONE)
    source = read(path).sources[str(path)]
    assert source == Source(path, source.digest, True)
    path = workbook(tmp_path / "b.xlsx", rolled_over="2026-04", predecessor="unknown")
    assert read(path).sources[str(path)].rolled == RolledOver("2026-04")


def test_an_ods_tells_its_properties_too() -> None:
    office, meta = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "meta"))
    about = (
        f'<office:document-meta xmlns:office="{office}" xmlns:meta="{meta}"><office:meta>'
        f'<meta:user-defined meta:name="docgen-layout">table</meta:user-defined>'
        f'<meta:user-defined meta:name="docgen-rolled-over">2026-04</meta:user-defined>'
        f'<meta:user-defined meta:name="docgen-predecessor">{ONE}</meta:user-defined>'
        "</office:meta></office:document-meta>"
    )
    content = f'<office:document-content xmlns:office="{office}"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    book = read_ods(zipped({"mimetype": kind, "content.xml": content, "meta.xml": about}), "team.ods")
    source = workbook_source(book, Path("team.ods"))
    assert (source.layout, source.rolled) == ("table", RolledOver("2026-04", (ONE,)))


def test_a_case_in_yaml_says_at_its_head_what_it_replaces(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + CASE, "utf-8")
    reading = read(tmp_path / "a.yaml")
    (record,) = reading.records
    assert record.rolled == reading.sources[record.source].rolled == RolledOver("2026-04", (ONE, OTHER))
    assert record.data == {"case": {"employee_no": "S1", "position": "Clerk"}}
    assert (record.problems, record.position(("case", "position")).line) == ((), 2)


def test_a_file_of_several_cases_replaces_what_any_of_them_replaces(tmp_path: Path) -> None:
    heads = (f"rolled_over: {{month: 2026-0{month}, from: [{digest}]}}" for month, digest in ((3, ONE), (4, OTHER)))
    text = "".join(f"- {head}\n  case: {{employee_no: S{number}}}\n" for number, head in enumerate(heads))
    path = tmp_path / "team.yaml"
    path.write_text(text + "- case: {employee_no: S9}\n", "utf-8")
    reading = read(path)
    assert reading.sources[str(path)].rolled == RolledOver("2026-04", (ONE, OTHER))
    assert [record.rolled and record.rolled.month for record in reading.records] == ["2026-03", "2026-04", None]


@pytest.mark.parametrize(
    "head",
    [
        "2026-04",
        "{month: 2026-04}",
        f"{{from: [{ONE}]}}",
        f"{{month: 2026-13, from: [{ONE}]}}",
        f"{{month: 2026-04, from: {ONE}}}",
        "{month: 2026-04, from: []}",
        "{month: 2026-04, from: [march.yaml]}",
        f"{{month: 2026-04, from: [{ONE}], by: docgen}}",
        "",
    ],
)
def test_a_head_of_the_wrong_shape_is_told_at_its_place(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"{CASE}rolled_over: {head}\n", "utf-8")
    run = load_run(read(path), definitions(), ["letter"], TODAY)
    (problem,) = [one for one in run.all_problems if one.code == "E100"]
    assert str(problem.position) == f"{path}:2:1"
    assert "rolled_over" in problem.message.zh
    assert "{month: 2026-04, from: [" in problem.fix.en
    assert not any("rolled_over" in one.path for one in run.all_problems if one is not problem)
