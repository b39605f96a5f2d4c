"""What was found as people and programs read it: by kind, with the cure, in both languages."""

from __future__ import annotations

import unicodedata
from typing import get_args

import pytest

from docgen.archive.findings import FAULTS, REMARKS, Finding
from docgen.archive.verify_report import TOLD, as_plain, told, total
from docgen.archive.verifying import Sample, Verified
from docgen.model.problems import LANGUAGES, UiLanguage, Words

SAID = Words("it has 3 lines", "共3行")
FOUND = Verified(
    [
        Finding("lost", "ledger.jsonl", line=3, said=SAID),
        Finding("changed", "archive/a.pdf"),
        Finding("changed", "archive/b.pdf", other="archive/c.pdf"),
        Finding("other_register", "register.sqlite"),
    ],
    archived=1200,
    issued=34,
    read=1233,
    size=81_240_000,
)


def test_each_kind_of_finding_has_its_words() -> None:
    """And nothing is found that nobody can be told."""
    assert set(TOLD) == {*FAULTS, *REMARKS} and not set(FAULTS) & set(REMARKS)
    for words in TOLD.values():
        assert words.what.en and words.what.zh and bool(words.cure.en) == bool(words.cure.zh)
        assert bool(words.also.en) == bool(words.also.zh)


def test_findings_of_a_kind_stand_together_with_their_cure() -> None:
    assert list(told(FOUND.faults, "en")) == [
        "The ledger lacks what the register knows (1):",
        "  ledger.jsonl, line 3: it has 3 lines",
        "Changed since they were put on record (2):",
        "  archive/a.pdf",
        "  archive/b.pdf: holds what belongs to archive/c.pdf",
        "  Put them back from a backup; docgen changes no file that is on record.",
    ]
    assert list(told(FOUND.faults, "zh"))[3:5] == ["  archive/a.pdf", "  archive/b.pdf：内容属于 archive/c.pdf"]


def test_of_many_alike_people_are_told_some_and_programs_all() -> None:
    many = Verified([Finding("missing", f"archive/{at}") for at in range(1000)], 1000, 0, 0, 0)
    lines = list(told(many.faults, "en"))
    assert lines[0] == "Gone (1000):" and len(lines) == 23 and lines[-2] == "  and 980 more; --json lists all"
    assert len(as_plain(many, "en")["faults"]) == 1000


def test_the_total_says_how_much_was_read() -> None:
    assert total(FOUND, "en") == (
        "1234 files on record (1200 in the archive, 34 issued); 1233 read and compared, 81.2 MB: 3 faults."
    )
    fine = Verified([], 5, 1, 2, 400, Sample(3, 30))
    assert total(fine, "en").endswith("; 2 read and compared, 0.0 MB (part 3 of 30): nothing is wrong.")
    assert total(fine, "zh").endswith("共0.0 MB（第3份，共30份）：未发现问题。")
    assert total(Verified([Finding("missing", "a")], 1, 0, 0, 0), "en").endswith(": 1 fault.")


def test_programs_get_each_finding_with_its_place() -> None:
    plain = as_plain(FOUND, "en")
    assert plain["faults"][0] == {
        "kind": "lost",
        "path": "ledger.jsonl",
        "line": 3,
        "other": None,
        "message": "it has 3 lines",
        "fix": "",
    }
    assert plain["faults"][2]["other"] == "archive/c.pdf" and plain["faults"][1]["line"] is None
    assert plain["faults"][1]["message"] and plain["faults"][1]["fix"]
    assert [one["kind"] for one in plain["remarks"]] == ["other_register"]
    assert plain["on_record"] == {"archived": 1200, "issued": 34}
    assert plain["read"] == {"files": 1233, "bytes": 81_240_000} and plain["sample"] == {"part": 1, "parts": 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_of_the_other_language(language: UiLanguage) -> None:
    findings = [Finding(kind, "a", other="b") for kind in (*FAULTS, *REMARKS)]
    text = "".join(told(findings, language))
    chinese = any("CJK" in unicodedata.name(letter, "") for letter in text)
    assert chinese == (language == "zh") and len(get_args(UiLanguage)) == 2
