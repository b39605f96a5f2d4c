"""Packs as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pikepdf import Pdf

from docgen.errors import EnvironmentLacks, UsageError
from docgen.kit import Kit
from docgen.layout.sets import load_set
from docgen.model.issued import Issued
from docgen.office.lock import LOCK, locked
from docgen.office.packing import Packed, Wrap, packed
from docgen.office.packs import Choice, packs
from docgen.office.publish import PRIVATE, TEMPORARY, TMP
from docgen.office.store import looked_at
from docgen.writers.pdf_text import page_texts
from tests.office.pack_help import ACROSS, DEFINITIONS, FORMS, ON, SETTINGS, kept_covers, on_record, paper

__all__ = ["kept_covers"]
pytestmark = pytest.mark.usefixtures("kept_covers")

PAPERS = [
    paper("E1-1-L"),
    paper("E1-1-P", "plan", pages=3),
    paper("E1-1-M-2026-01", "monthly", pages=1),
    paper("E2-1-L", supervisor_no="S2", supervisor_name="Kim", pages=1),
]
SIZES = [(595, 842), (595, 842), ACROSS]


@pytest.fixture(scope="module")
def kit() -> Kit:
    return Kit(DEFINITIONS, {**SETTINGS, "company_name": "Company"}, load_set())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    on_record(tmp_path / "out", PAPERS, SIZES)
    return tmp_path / "out"


PLAIN = Wrap()


def made(out: Path, kit: Kit, folder: Path | None = None, wrap: Wrap = PLAIN, **choice: Any) -> list[Packed]:
    with looked_at(out) as store:
        assert store
        papers: Sequence[Issued] = list(store.register.all())
    chosen = packs(papers, Choice(duplex=wrap.duplex, **choice), kit.settings, FORMS)
    return list(packed(chosen, out, folder, kit, ON, wrap, PRIVATE))


def test_a_pack_holds_its_list_and_each_document_as_often_as_it_is_signed(out: Path, kit: Kit) -> None:
    first, second = made(out, kit)
    assert [one.file and one.file.relative_to(out).as_posix() for one in (first, second)] == [
        "packs/2026-03-05/S1-Lee.pdf",
        "packs/2026-03-05/S2-Kim.pdf",
    ]
    assert first.file and (first.file.stat().st_mode & 0o777) == 0o600
    with Pdf.open(first.file) as pdf:
        assert len(pdf.pages) == 2 + 3 * 2 + 4 + 2
        assert int(pdf.pages[-1].mediabox[2]) == ACROSS[0]
    said = str(next(page_texts(first.file.read_bytes(), kit.templates.theme)))
    assert "待签文件清单" in said and "E1-1-M-2026-01" in said and "Name E1" in said


def test_the_files_own_properties_name_no_person(out: Path, kit: Kit) -> None:
    (first, _) = made(out, kit)
    assert first.file
    with Pdf.open(first.file) as pdf:
        about = str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode()
    assert "待签文件清单 2026-03-05" in about
    assert not any(name in about for name in ("Lee", "Name E1", "E1"))


def test_the_same_record_gives_the_same_bytes_in_a_folder_of_its_own(
    out: Path, kit: Kit, kept_covers: dict[str, bytes]
) -> None:
    first = made(out, kit)[0]
    kept_covers.clear()
    again = made(out, kit)[0]
    assert first.file and again.file and again.file.parent.name == "2026-03-05-2"
    assert first.file.read_bytes() == again.file.read_bytes()


@pytest.mark.parametrize("harm", ["changed", "gone", "unreadable"])
def test_a_pack_that_lacks_a_document_is_not_made_and_the_others_are(out: Path, kit: Kit, harm: str) -> None:
    file = out / "E1/E1-1-P-r1.pdf"
    file.write_bytes(b"%PDF") if harm == "changed" else file.unlink()
    if harm == "unreadable":
        file.mkdir()
    first, second = made(out, kit)
    assert (first.state, first.file, second.state) == ("refused", None, "made")
    assert [str(file) in reason.en and str(file) in reason.zh for reason in first.reasons] == [True]


def test_nothing_is_written_where_a_pack_would_lie_on_another_file(out: Path, kit: Kit, tmp_path: Path) -> None:
    (tmp_path / "S2-Kim.pdf").write_text("mine")
    with pytest.raises(UsageError, match=r"S2-Kim\.pdf"):
        made(out, kit, tmp_path)
    assert not (tmp_path / "S1-Lee.pdf").exists()


def test_a_zip_holds_all_packs_and_the_same_bytes_each_time(out: Path, kit: Kit, tmp_path: Path) -> None:
    found = made(out, kit, tmp_path / "a", Wrap(zipped=True))
    made(out, kit, tmp_path / "b", Wrap(zipped=True))
    archives = [tmp_path / name / "packs-2026-03-05.zip" for name in "ab"]
    assert archives[0].read_bytes() == archives[1].read_bytes()
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [LOCK, "packs-2026-03-05.zip"]
    with ZipFile(archives[0]) as file:
        assert file.namelist() == ["S1-Lee.pdf", "S2-Kim.pdf"]
        assert [info.date_time[:3] for info in file.infolist()] == [(1980, 1, 1)] * 2
        assert file.testzip() is None
    assert [one.state for one in found] == ["made", "made"]


def test_no_zip_is_written_where_nothing_could_be_made(out: Path, kit: Kit, tmp_path: Path) -> None:
    for name in ("E1/E1-1-L", "E2/E2-1-L"):
        (out / f"{name}-r1.pdf").unlink()
    found = made(out, kit, tmp_path / "a", Wrap(zipped=True))
    assert [one.state for one in found] == ["refused", "refused"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == [LOCK]


def test_what_a_stopped_run_left_half_written_is_cleared_away(out: Path, kit: Kit, tmp_path: Path) -> None:
    folders = [out / "packs" / "2026-03-04", out / "packs" / "2026-03-05", tmp_path / "a"]
    left = [folder / f"{TEMPORARY}0123456789abcdef{TMP}" for folder in folders]
    for one in left:
        one.parent.mkdir(parents=True)
        one.write_bytes(b"half a pack")
        (one.parent / "mine.tmp").write_bytes(b"mine")
    elsewhere = tmp_path / "elsewhere" / left[0].name
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"not of this office")
    (out / "packs" / "link").symlink_to(elsewhere.parent)
    made(out, kit, tmp_path / "a", only=("E2",))
    assert not any(one.exists() for one in left) and elsewhere.exists()
    assert all((one.parent / "mine.tmp").exists() for one in left)


def test_no_two_runs_write_packs_to_one_folder(out: Path, kit: Kit, tmp_path: Path) -> None:
    with locked(tmp_path / "a", PRIVATE), pytest.raises(EnvironmentLacks, match="another run"):
        made(out, kit, tmp_path / "a")


def test_a_folder_in_that_of_the_office_is_held_with_it(out: Path, kit: Kit) -> None:
    with locked(out, PRIVATE):
        found = made(out, kit, out / "here") + made(out, kit, out)
    assert [one.state for one in found] == ["made"] * 4 and not (out / "here" / LOCK).exists()


def test_an_encrypted_pack_doesnt_claim_to_be_archival(out: Path, kit: Kit) -> None:
    plain, secret = made(out, kit)[0], made(out, kit, wrap=Wrap(password="pw"))[0]
    assert plain.file and secret.file
    with Pdf.open(plain.file) as one, Pdf.open(BytesIO(secret.file.read_bytes()), password="pw") as other:
        assert b"pdfaid:part" in one.Root.Metadata.read_bytes()
        assert b"pdfaid:part=" not in other.Root.Metadata.read_bytes()
