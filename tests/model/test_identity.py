"""Numbers, paper ids, hashes and names of files."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.document import Block, Document, Heading, Paragraph, Section, Text
from docgen.model.identity import (
    CROCKFORD,
    NAME_BYTES,
    content_and_parts,
    content_hash,
    document_number,
    folded,
    look_hash,
    paper_id,
    paper_path,
    printed_paper_id,
    safe_name,
)

HOSTILE = [
    "CON",
    "con.txt",
    "LPT1",
    "COM¹",
    "NUL .",
    "",
    " ",
    ".",
    "..",
    "...",
    "../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows",
    "\\\\server\\share",
    "name.",
    "name ",
    "-rf",
    "~root",
    "a/b",
    "a／b",
    "a℀b",
    "a：b",
    "a\x00b",
    "a\nb",
    "a\u202eb",
    "a\u200bb",
    "\ud800",
    "a" * 300,
    "王" * 300,
    "e\u0301" * 200,
    "销售部*?",
]


def document(text: str = "目标", place: str = "letter.html:3") -> Document:
    body = (Paragraph((Text(text, "zh-CN"),), place=place),)
    return Document("责任书", "zh-CN", False, (), (), (), body)


def test_a_number_is_made_of_case_form_and_part() -> None:
    assert document_number("S1024-202601", "L") == "S1024-202601-L"
    assert document_number("S1024-202601", "M", "2026-04") == "S1024-202601-M-2026-04"


def test_a_paper_id_is_the_same_for_ever() -> None:
    assert paper_id("S1024-202601-L") == "B1DZ9Y2WEY"
    assert printed_paper_id("S1024-202601-L") == "B1DZ9-Y2WEY"


@given(st.text(max_size=40).filter(lambda text: text.isprintable()))
def test_a_paper_id_has_ten_characters_that_nobody_confuses(number: str) -> None:
    made = paper_id(number)
    assert len(made) == 10
    assert set(made) <= set(CROCKFORD)
    assert not set(made) & set("ILOU")


def test_the_content_hash_follows_the_words_and_not_the_template_lines() -> None:
    assert content_hash(document()) == content_hash(document(place="letter.html:99"))
    assert content_hash(document()) != content_hash(document("目标二"))
    assert content_hash(document()) != content_hash(replace(document(), landscape=True))


@pytest.mark.parametrize("role", ["stamp", "page-code"])
def test_the_content_hash_passes_over_what_a_paper_is_called_and_what_is_said_of_its_code(role: str) -> None:
    def footed(*content: Text) -> Document:
        return replace(document(), foot=(Paragraph(content, "foot"),))

    said = Text("保密", "zh-CN")
    assert content_hash(footed(said, Text("K7Q2M", "zh-CN", role=role))) == content_hash(footed(said))
    assert content_hash(footed(said, Text("K7Q2M", "zh-CN"))) != content_hash(footed(said))


def test_the_content_hash_tells_kinds_of_node_apart() -> None:
    empty = Document("", "en", False, (), (), (), ())
    assert content_hash(replace(empty, head=(Paragraph(()),))) != content_hash(replace(empty, foot=(Paragraph(()),)))


def test_the_look_hash_does_not_depend_on_the_order_of_its_parts() -> None:
    assert look_hash({"css": "a", "theme": b"b"}) == look_hash({"theme": b"b", "css": "a"})


def test_the_look_hash_keeps_parts_apart() -> None:
    assert look_hash({"css": "ab", "theme": "c"}) != look_hash({"css": "a", "theme": "bc"})


@pytest.mark.parametrize("plain", ["S1024-王某", "S1024-202601-L-r1", "销售部", "R&D (east)", "O'Brien"])
def test_a_harmless_name_stays_as_it_is(plain: str) -> None:
    assert safe_name(plain) == plain


def check_safe(name: str) -> None:
    assert name and len(name.encode()) <= NAME_BYTES
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(letter).startswith("C") for letter in name)
    assert name[0] not in " .-" and name[-1] not in " ."
    assert name.partition(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
    assert Path(name).name == name


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_becomes_a_harmless_one(text: str) -> None:
    check_safe(safe_name(text))


@given(st.text(max_size=150))
def test_every_text_becomes_a_harmless_name(text: str) -> None:
    check_safe(safe_name(text))


def test_different_texts_stay_different_names_on_a_file_system_that_folds_case() -> None:
    texts = ["a/b", "a\\b", "a:b", "a_b", "a" * 300, "a" * 301, "..", "."]
    assert len({folded(safe_name(text)) for text in texts}) == len(texts)


def test_two_spellings_of_one_name_are_one() -> None:
    assert safe_name("Ｓ１０２４") == safe_name("S1024")
    assert safe_name("e\u0301") == safe_name("é")


def test_a_paper_lies_in_its_persons_folder() -> None:
    path = paper_path("销售部", "S1024", "王某", "S1024-202601-L", 1, ".docx")
    assert path == Path("销售部/S1024-王某/S1024-202601-L-r1.docx")


def test_a_paper_path_without_name_or_number_of_revision() -> None:
    assert paper_path("Sales", "S1", "", "S1-202601-L", "draft", ".pdf") == Path("Sales/S1/S1-202601-L-draft.pdf")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_leads_out_of_the_folder(text: str) -> None:
    path = paper_path(text, text, text, text, 2, ".pdf")
    assert len(path.parts) == (3 if text else 1) and not path.is_absolute() and ".." not in path.parts


def test_parts_are_told_apart_by_their_headings_whatever_their_numbers() -> None:
    def of(*blocks: Block) -> dict[str, str]:
        return content_and_parts(replace(document(), body=blocks))[1]

    def said(text: str, role: str = "") -> Paragraph:
        return Paragraph((Text(text, "zh-CN"),), role)

    def head(text: str) -> Heading:
        return Heading(2, (Text(text, "zh-CN"),))

    first = of(said("甲方"), head("一、目标"), said("十"), head("二、支持"), said("培训"))
    assert list(first) == ["", "目标", "支持"]
    moved = of(
        said("甲方"), head("一、期限"), said("六个月"), head("二、目标"), said("十"), head("三、支持"), said("工具")
    )
    assert (moved["目标"], moved[""]) == (first["目标"], first[""]) and moved["支持"] != first["支持"]
    kept = of(
        said("甲方"),
        said("第2版", "revision"),
        head("一、目标"),
        said("十"),
        Section((head("二、支持"), said("培训")), "keep"),
    )
    assert kept == first
    english = of(head("2. Targets"), head("A  Last month"), head("D, E  Measures"))
    assert list(english)[1:] == ["Targets", "Last month", "Measures"]


def test_what_is_signed_is_a_part_of_its_own_wherever_it_stands() -> None:
    def said(text: str, role: str = "") -> Paragraph:
        return Paragraph((Text(text, "zh-CN"),), role)

    def of(signer: str, box: str = "同意", heading: tuple[Block, ...] = ()) -> dict[str, str]:
        end = (*heading, Section((said(box),), "acknowledgement"), Section((said(signer),), "signers"))
        body = (Heading(2, (Text("一、份数", "zh-CN"),)), said("三份"), Section(end, "keep"))
        return content_and_parts(replace(document(), body=body))[1]

    first, other = of("李某"), of("赵某")
    assert list(first) == ["", "份数", ":acknowledgement", ":signatures"]
    assert [name for name in first if first[name] != other[name]] == [":signatures"]
    assert [name for name in first if first[name] != of("李某", "不同意")[name]] == [":acknowledgement"]
    own = of("李某", heading=(Heading(2, (Text("二、说明与签字", "zh-CN"),)), said("说明")))
    assert list(own) == ["", "份数", "说明与签字", ":acknowledgement", ":signatures"]


def test_what_stands_in_head_and_foot_counts_to_the_top() -> None:
    first = document()
    other = replace(first, head=(Paragraph((Text("某公司", "zh-CN"),)),))
    assert content_and_parts(first)[1][""] != content_and_parts(other)[1][""]


def test_the_hash_beside_the_parts_is_the_content_hash() -> None:
    assert content_and_parts(document())[0] == content_hash(document())
