"""Pages that a person finds to be none of ours wait no more: that is recorded, and their pile keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docgen.archive.filing import carry_out, planned
from docgen.archive.queue import waiting_pages
from docgen.archive.shelves import archive_in
from docgen.model.problems import Words
from docgen.office.returned_lines import settled_entry
from docgen.office.store import Store

DISMISSED = Words(
    "{leaf}: dismissed ({why}); its pile keeps it: {file}, page {page}.",
    "{leaf}：已剔除（{why}）；原扫描件仍保留：{file} 第{page}页。",
)


def dismiss(store: Store, leaves: Sequence[str], why: str, on: date, dry_run: bool = False) -> list[Words]:
    """Deal with pages that are none of ours, or are there twice; with none of them where one doesn't wait.

    Returns:
        What is told of each.

    Raises:
        UsageError: one of them doesn't wait.
        EnvironmentLacks: the archive can't be written.
    """
    pages, folder = waiting_pages(store, leaves), archive_in(store.out)
    if not dry_run:
        lines = [settled_entry(one.leaf, "dismissed", why, "", on) for one, _ in pages]
        carry_out(store, planned(store, on, [], lines, [one.picture.path for one, _ in pages]), {})
    return [
        DISMISSED.filled(leaf=one.leaf, why=why, file=folder / place.file.file.path, page=place.page)
        for one, place in pages
    ]
