"""The package around a document: styles, settings, properties, and bytes that don't change."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from docgen.writers.properties import Properties
from docgen.writers.word import write_docx
from docgen.writers.word_zip import deflated, zip_bytes
from tests.writers.test_word_text import ugly
from tests.writers.word_help import PROPERTIES, W, opened, package, par, part, theme, tree, written

ROOT = Path(__file__).resolve().parents[2]


def test_there_is_a_style_for_each_role_and_each_built_in_kind() -> None:
    names = {style.name for style in opened(tree(par("x"))).styles}
    assert {"Normal", "Title", "Heading 1", "Heading 3", "List Number", "List Bullet", "Caption", "Header"} <= names
    for role in set(theme().en.roles) - {"title", "subtitle", "head", "foot"}:
        assert f"Docgen {role.replace('-', ' ').title()}" in names


def test_no_two_styles_share_an_id_or_a_name() -> None:
    root = part(written(tree(par("x"))), "word/styles.xml")
    for found in (
        [style.get(f"{W}styleId") for style in root.iter(f"{W}style")],
        [style.find(f"{W}name").get(f"{W}val").lower() for style in root.iter(f"{W}style")],
    ):
        assert len(found) == len(set(found))


def test_every_style_that_a_document_refers_to_exists() -> None:
    content = written(ugly("zh-CN"))
    known = {style.get(f"{W}styleId") for style in part(content, "word/styles.xml").iter(f"{W}style")}
    root = part(content, "word/document.xml")
    used = {node.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for node in root.iter(f"{W}{tag}")}
    assert used <= known


@pytest.mark.parametrize(
    ("lang", "latin", "han"), [("en", "Calibri", "SimSun"), ("zh-CN", "Times New Roman", "SimSun")]
)
def test_fonts_are_set_for_all_scripts(lang: str, latin: str, han: str) -> None:
    content = written(ugly(lang))
    for name in ("word/styles.xml", "word/document.xml", "word/numbering.xml"):
        assert "MS Mincho" not in zipfile.ZipFile(io.BytesIO(content)).read(name).decode()
    defaults = part(content, "word/styles.xml").find(f"{W}docDefaults//{W}rFonts")
    assert (defaults.get(f"{W}ascii"), defaults.get(f"{W}eastAsia")) == (latin, han)


def test_the_document_says_its_language_and_latin_letters_are_english() -> None:
    lang = part(written(tree(par("x"), lang="zh-CN")), "word/styles.xml").find(f"{W}docDefaults//{W}lang")
    assert (lang.get(f"{W}val"), lang.get(f"{W}eastAsia")) == ("en-US", "zh-CN")


def test_properties_are_the_documents_own() -> None:
    core = opened(tree(par("x"))).core_properties
    assert (core.title, core.author, core.last_modified_by) == ("Plan", "Example Ltd", "Example Ltd")
    assert (core.identifier, core.subject, core.comments) == ("abc123", "S1-202601-P", "")
    assert core.language == "en-GB"
    assert core.created is not None and core.created.isoformat()[:10] == "2026-01-05"


def test_a_property_longer_than_word_allows_is_cut() -> None:
    long = Properties("标题" * 200, "A & B <Ltd>", PROPERTIES.created, "i", "en")
    core = docx.Document(io.BytesIO(write_docx(tree(par("x")), package("en"), long))).core_properties
    assert len(core.title) == 255 and core.author == "A & B <Ltd>"


def test_nothing_of_the_library_that_built_the_package_remains() -> None:
    with zipfile.ZipFile(io.BytesIO(written(tree(par("x"))))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        content = b"".join(archive.read(name) for name in names)
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "theme" in name]
    assert b"python-docx" not in content and b"Macintosh" not in content


def test_word_opens_it_without_compatibility_mode_and_does_not_hyphenate() -> None:
    settings = part(written(tree(par("x"))), "word/settings.xml")
    modes = {node.get(f"{W}name"): node.get(f"{W}val") for node in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"
    assert settings.find(f"{W}autoHyphenation").get(f"{W}val") == "0"


def test_a_package_of_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="zh-CN"):
        write_docx(tree(par("x")), package("zh-CN"), PROPERTIES)


def test_one_package_serves_many_documents_and_may_travel_to_a_worker() -> None:
    before = written(tree(par("x")))
    written(ugly("en"))
    assert written(tree(par("x"))) == before
    assert write_docx(tree(par("x")), pickle.loads(pickle.dumps(package("en"))), PROPERTIES) == before


def test_bytes_do_not_depend_on_hash_seed_zone_or_folder(tmp_path: Path) -> None:
    script = (
        "import hashlib; from tests.writers.test_word_text import ugly; from tests.writers.word_help import written;"
        "print(hashlib.sha256(written(ugly('zh-CN'))).hexdigest())"
    )
    found = {hashlib.sha256(written(ugly("zh-CN"))).hexdigest()}
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        made = subprocess.run(
            [sys.executable, "-c", script], env=environment, cwd=tmp_path, check=True, capture_output=True, text=True
        )
        found.add(made.stdout.strip())
    assert len(found) == 1


def test_a_zip_holds_what_was_put_in_under_any_name() -> None:
    contents = {"a.xml": b"<a/>" * 500, "图/b.png": os.urandom(300), "empty": b""}
    with zipfile.ZipFile(io.BytesIO(zip_bytes(deflated(*item) for item in contents.items()))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == contents
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
