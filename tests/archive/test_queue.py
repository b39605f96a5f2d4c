"""What waits for a person, what each page probably is, and what becomes of pages that are dismissed."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from docgen.archive.by_hand import Wanted, file_by_hand
from docgen.archive.dismissal import dismiss
from docgen.archive.queue import Queued, dealt_with, queue, waiting_pages
from docgen.archive.queue_report import Telling, as_blocks, as_plain, columns, command, rows, total
from docgen.archive.whereabouts import place_of
from docgen.errors import UsageError
from docgen.model.problems import UiLanguage
from docgen.model.returned import Suggestion
from docgen.office.returns import Returns
from tests.archive.queue_help import (
    LETTER,
    MARK,
    ON,
    PLAN,
    Back,
    Page,
    agrees,
    events,
    files_in,
    held,
    office,
    pile,
)

OTHER = "5e6f7a8b"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return office(tmp_path / "out")


def listed(out: Path) -> list[Queued]:
    with held(out) as store:
        return queue(store)


def commands(out: Path) -> list[str]:
    return [command(one, None) for one in listed(out)]


def filed(out: Path, line: str) -> None:
    """Carries a command out that was offered."""
    _, _, _, leaf, number, *options = shlex.split(line)
    given: dict[str, Any] = {
        name.removeprefix("--"): int(value) for name, value in zip(options[::2], options[1::2], strict=True)
    }
    with held(out) as store:
        file_by_hand(store, Wanted(leaf, number, **given), ON)


def test_pages_are_listed_with_the_place_where_they_lie_in_their_file(out: Path) -> None:
    pile(out, [Page(5), Page(2)], files={"one.pdf": 3, "two.pdf": 2})
    pile(out, [Page(1)], mark=OTHER)
    found = [(one.waiting.leaf, one.place.file.name, one.place.page) for one in listed(out) if one.place]
    assert found == [(f"{MARK}-2", "one.pdf", 2), (f"{MARK}-5", "two.pdf", 2), (f"{OTHER}-1", "scan.pdf", 1)]


@pytest.mark.parametrize("leaf", [f"{MARK}-0", f"{MARK}-5", f"{MARK}-x", f"{MARK}-", "00000000-1", MARK, ""])
def test_a_page_that_no_pile_has_lies_nowhere(leaf: str, out: Path) -> None:
    made = pile(out)
    assert place_of(made.leaf(4), [made]) and place_of(leaf, [made]) is None


def test_what_is_offered_can_be_typed_as_it_stands(out: Path) -> None:
    pile(out, [Page(2, suggestion=Suggestion(PLAN, 1, 2))], [Back(PLAN, {1: 1, 3: 3})])
    (line,) = commands(out)
    assert line == f"docgen archive file {MARK}-2 {PLAN} --revision 1 --page 2"
    filed(out, line)
    with held(out) as store:
        (copy,) = Returns(store.register).copies(PLAN)
    assert copy.is_complete and listed(out) == []


def test_a_page_that_has_come_back_since_is_offered_no_more(out: Path) -> None:
    both = [Page(2, suggestion=Suggestion(PLAN, 1, 2)), Page(4, suggestion=Suggestion(PLAN, 1, 2))]
    pile(out, both, [Back(PLAN, {1: 1, 3: 3})])
    first, second = commands(out)
    assert first and second
    filed(out, first)
    assert commands(out) == [""]


def test_while_no_copy_is_there_a_page_may_begin_one_but_nothing_can_be_attached(out: Path) -> None:
    pile(out, [Page(1, suggestion=Suggestion(PLAN, 1, 2)), Page(2, suggestion=Suggestion(PLAN, 1, 0))])
    assert commands(out) == [f"docgen archive file {MARK}-1 {PLAN} --revision 1 --page 2", ""]


def test_what_belongs_to_a_paper_without_being_a_page_of_it_is_offered_to_its_copy(out: Path) -> None:
    pile(out, [Page(3, suggestion=Suggestion(LETTER, 2, 0))], [Back(LETTER, {1: 1, 2: 2}, 2)])
    (line,) = commands(out)
    assert line == f"docgen archive file {MARK}-3 {LETTER} --revision 2"
    filed(out, line)
    with held(out) as store:
        (attached,) = Returns(store.register).attachments(LETTER)
    assert (attached.revision, attached.copy, attached.leaf) == (2, 1, f"{MARK}-3")


def test_of_several_copies_that_one_is_offered_beside_which_the_page_lay(out: Path) -> None:
    pile(out, copies=[Back(PLAN, {1: 1, 2: 2})], mark=OTHER)
    copies = [Back(PLAN, {1: 1, 2: 2}, copy=2), Back(PLAN, {1: 4, 2: 5}, copy=3)]
    pile(out, [Page(6, suggestion=Suggestion(PLAN, 1, 3))], copies, files={"scan.pdf": 6})
    (line,) = commands(out)
    assert line.endswith("--page 3 --copy 3")
    filed(out, line)
    with held(out) as store:
        assert [one.copy for one in Returns(store.register).copies(PLAN) if one.is_complete] == [3]


def test_a_suggestion_for_an_older_revision_needs_no_revision_to_be_typed(out: Path) -> None:
    pile(out, [Page(2, suggestion=Suggestion(LETTER, 1, 2))], [Back(LETTER, {1: 1}, 1)])
    (line,) = commands(out)
    filed(out, line)
    with held(out) as store:
        (copy,) = Returns(store.register).copies(LETTER)
    assert copy.revision == 1 and copy.is_complete


def test_a_suggestion_for_a_paper_that_is_not_on_record_is_not_offered(out: Path) -> None:
    pile(out, [Page(1, suggestion=Suggestion("E9-1-L", 1, 2))])
    assert commands(out) == [""]


def test_dismissed_pages_stay_in_their_pile_and_are_listed_with_their_reason(out: Path) -> None:
    made = pile(out, [Page(1), Page(3)])
    with held(out) as store:
        told = dismiss(store, [made.leaf(1).upper(), made.leaf(3), made.leaf(1)], "not ours", ON)
        left, settled = queue(store), dealt_with(store)
    assert left == [] and [one.en.split(":")[0] for one in told] == [made.leaf(1), made.leaf(3)]
    assert "001-scan.pdf, page 3" in told[1].en and "not ours" in told[1].zh
    how = [(one.waiting.leaf, one.settled.how, one.settled.why, one.on) for one in settled if one.settled]
    assert how == [(made.leaf(1), "dismissed", "not ours", ON), (made.leaf(3), "dismissed", "not ours", ON)]
    assert agrees(out) and not [name for name in files_in(out) if name.startswith("queue/")]
    assert len(list((out / "archive/intake").rglob("*.pdf"))) == 1


def test_where_one_page_does_not_wait_none_is_dismissed(out: Path) -> None:
    pile(out, [Page(1)])
    before = events(out)
    with held(out) as store, pytest.raises(UsageError, match=f"{MARK}-2"):
        dismiss(store, [f"{MARK}-1", f"{MARK}-2"], "not ours", ON)
    assert events(out) == before and len(listed(out)) == 1


def test_a_trial_dismisses_nothing(out: Path) -> None:
    pile(out, [Page(1)])
    before, files = events(out), files_in(out)
    with held(out) as store:
        (told,) = dismiss(store, [f"{MARK}-1"], "not ours", ON, dry_run=True)
    assert told.en.startswith(f"{MARK}-1: dismissed") and (events(out), files_in(out)) == (before, files)


def test_of_a_page_that_does_not_wait_it_is_told_what_became_of_it(out: Path) -> None:
    pile(out, [Page(3), Page(4)], [Back(LETTER, {1: 1}, 2)])
    pile(out, mark=OTHER, is_sorted=False)
    with held(out) as store:
        file_by_hand(store, Wanted(f"{MARK}-3", LETTER), ON)
        dismiss(store, [f"{MARK}-4"], "a menu", ON)
    became = {
        f"{MARK}-1": f"page 1 of copy 1 of {LETTER}, revision 2",
        f"{MARK}-2": "blank",
        f"{MARK}-3": "attached to copy 1",
        f"{MARK}-4": "dismissed on 2026-03-20 (a menu)",
        f"{OTHER}-1": "not sorted",
        "00000000-1": "no page of that name",
    }
    for leaf, told in became.items():
        with held(out) as store, pytest.raises(UsageError) as error:
            waiting_pages(store, [leaf])
        assert told in error.value.words.en and leaf in error.value.words.zh


def test_a_terminal_gets_blocks_in_which_no_command_is_broken(out: Path) -> None:
    pile(out, [Page(2, suggestion=Suggestion(PLAN, 1, 2)), Page(4)], [Back(PLAN, {1: 1, 3: 3})])
    with held(out) as store:
        dismiss(store, [f"{MARK}-4"], "none of ours", ON)
        found = [*queue(store), *dealt_with(store)]
    told: tuple[tuple[UiLanguage, str, str], ...] = (
        ("en", f"Probably page 2 of {PLAN}, revision 1.", "2026-03-20: dismissed (none of ours)"),
        ("zh", f"可能是 {PLAN} 第1版的第2页。", "2026-03-20：已剔除（none of ours）"),
    )
    for language, probably, became in told:
        text = as_blocks(found, Telling(Path("out"), Path("out"), language), 80, False)
        first, second = text.split("\n\n")
        assert (
            probably in first and f"\n    docgen archive file {MARK}-2 {PLAN} --revision 1 --page 2 -o out\n" in first
        )
        assert first.endswith(f"\n  out/archive/queue/{MARK}-2.png")
        assert became in second and "queue/" not in second
        assert all(len(line) <= 80 for line in text.split("\n"))


def test_without_an_offer_a_person_is_told_what_to_do(out: Path) -> None:
    pile(out, [Page(1), Page(2, "of_a_docgen_to_come")])
    text = as_blocks(listed(out), Telling(out, None, "en"), 100, False)
    assert text.count("docgen archive dismiss") == text.count("docgen archive file") == 2


def test_every_command_is_a_line_of_its_own_and_names_the_folder_where_it_must(out: Path) -> None:
    known = {"number": LETTER, "revision": "1", "page": "2"}
    pile(out, [Page(2, "wrong_check", details=known), Page(3, suggestion=Suggestion(PLAN, 1, 2))])
    first, second = as_blocks(listed(out), Telling(Path("our papers"), Path("our papers"), "zh"), 40, False).split(
        "\n\n"
    )
    where = "-o 'our papers'"
    assert f"\n    docgen archive file {MARK}-2 {LETTER} --revision 1 --page 2 {where}\n" in first
    assert f"\n    docgen archive dismiss {MARK}-2 --why 原因 {where}\n" in first
    assert second.count("docgen archive file") == second.count("docgen archive dismiss") == 1


def test_pages_that_lie_together_and_wait_for_one_reason_can_be_dismissed_at_once(out: Path) -> None:
    pile(out, [Page(1, "no_code"), *(Page(at, "not_scanned") for at in (2, 3, 4))])
    *others, last = as_blocks(listed(out), Telling(out, Path("out"), "en"), 100, False).split("\n\n")
    assert len(others) == 4 and last.startswith("To dismiss these 3 pages at once:\n")
    line = last.splitlines()[1].strip()
    assert line == f"docgen archive dismiss {MARK}-2 {MARK}-3 {MARK}-4 --why TEXT -o out"


def test_rows_and_plain_data_say_the_same_as_the_list(out: Path) -> None:
    pile(out, [Page(2, suggestion=Suggestion(PLAN, 1, 2)), Page(4)], [Back(PLAN, {1: 1, 3: 3})])
    with held(out) as store:
        dismiss(store, [f"{MARK}-4"], "none of ours", ON)
        waiting, settled = queue(store), dealt_with(store)
    to = Telling(Path("out"), None, "en")
    made = rows([*waiting, *settled], to, settled=True)
    assert all(len(row) == len(columns(settled=True)) for row in made)
    assert rows(waiting, to, settled=False) == [made[0][: len(columns(settled=False))]]
    assert [row[0] for row in made] == [f"{MARK}-2", f"{MARK}-4"] and made[1][-3:] == ["dismissed", ON, "none of ours"]
    plain = as_plain(waiting, settled, to)
    (one,), (other,) = plain["waiting"], plain["settled"]
    assert one["suggestion"] == {"number": PLAN, "revision": 1, "page": 2} and one["settled"] is None
    assert (one["pile"], one["file"], one["file_page"], one["why"]) == (f"{ON}-{MARK}", "scan.pdf", 2, "no_code")
    assert one["picture"] == f"out/archive/queue/{MARK}-2.png" and other["picture"] is None
    assert other["settled"] == {"how": "dismissed", "why": "none of ours", "number": "", "date": "2026-03-20"}
    assert "settled" not in as_plain(waiting, None, to)


@pytest.mark.parametrize(("count", "told"), [(0, "No page waits"), (1, "1 page waits"), (2, "2 pages wait")])
def test_the_last_line_counts_what_waits(count: int, told: str) -> None:
    assert total(count, "en").startswith(told) and total(count, "zh").endswith("。")


def test_a_page_of_an_older_revision_is_offered_as_that(out: Path) -> None:
    pile(out, [Page(2, suggestion=Suggestion(LETTER, 1, 2))], [Back(LETTER, {1: 1})])
    (line,) = commands(out)
    assert line == f"docgen archive file {MARK}-2 {LETTER} --revision 1 --page 2"
    filed(out, line)
    with held(out) as store:
        (copy,) = Returns(store.register).copies(LETTER)
    assert (copy.revision, copy.is_complete) == (1, True)
