"""``docgen new --roster``: a workbook for each supervisor or department, their people filled in, recorded as sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from docgen.cli.making import tell_problems
from docgen.cli.options import missing
from docgen.definitions.definition import Definitions
from docgen.errors import EXIT_DATA, EXIT_FINE, UsageError
from docgen.model.problems import Severity, UiLanguage, Words
from docgen.office.ledger import Ledger
from docgen.office.parcels import Parcel, parcels
from docgen.office.publish import PRIVATE, SHARED, publish
from docgen.office.roster import By, part
from docgen.office.run import has_errors, office_near
from docgen.office.sent import record_sent, relative
from docgen.office.store import refuse_if_lost
from docgen.office.visible import visible
from docgen.sources.cases import read_cases
from docgen.workbook.creating import Order

WRITTEN = Words("{file}: {count} people", "{file}：{count}人")
ONE = Words("{file}: 1 person", "{file}：1人")
UNCHANGED = Words(" (unchanged)", "（无变化）")
TOTAL = Words(
    "{books} workbooks for {people} people; {new} new in {ledger}. docgen status tells which are back.",
    "共{books}个工作簿、{people}人；台账 {ledger} 新增{new}条。可用 docgen status 查看交回情况。",
)
NOTHING_WRITTEN = Words("Nothing was written, because of these errors.", "因存在上述错误，未生成任何文件。")
NOBODY = Words("Nobody stands in the roster; nothing was written.", "名单中没有人员，未生成任何文件。")
THERE = Words(
    "{files}: already there, with other contents, and stays as it is; name another folder (-o). Nothing was written.",
    "{files}：已存在且内容不同，未作改动；请用 -o 指定其他文件夹。未生成任何文件。",
)
UNPROTECTED = Words(
    "The workbooks are not protected by a password; protect them in Excel if they are to be.",
    "工作簿未设密码保护；如需保护，请在 Excel 中设置密码。",
)
NAMED = 5
NOT_READ = ("column_not_read", "column_elsewhere")
"""Notes of reading that are told of a roster: a column left out may have named the supervisors."""


def send(rosters: Sequence[Path], by: By, folder: Path, order: Order, password: str, definitions: Definitions) -> int:
    """Write a workbook for each group of the people in ``rosters`` into ``folder``, and record them; the exit code.

    Raises:
        UsageError: ``folder`` holds a file of such a name with other contents.
        EnvironmentLacks: the workbooks or the ledger can't be written.
    """
    language, today = order.language, date.today()
    office = office_near(rosters[0], definitions)
    reading = read_cases(rosters, definitions, password)
    roster = part(reading, by, office.settings, definitions, today)
    kinds = {definitions.wordings[kind][1].message.words.en for kind in NOT_READ}
    told = [one for one in reading.problems if one.severity is not Severity.INFO or one.kind in kinds]
    problems = list(dict.fromkeys([*office.problems, *told, *roster.problems]))
    tell_problems(problems, language)
    for doubt in roster.doubts:
        click.echo(visible(doubt[language]), err=True)
    if has_errors(problems):
        click.echo(NOTHING_WRITTEN[language], err=True)
        return max(EXIT_DATA, missing(tuple(rosters)))
    if not roster.groups:
        click.echo(NOBODY[language], err=True)
        return EXIT_DATA
    made = list(parcels(roster, order, relative(folder, office.out), definitions))
    new = _new(made, folder)
    access = SHARED if office.settings.get("group") else PRIVATE
    ledger = Ledger(office.out, access)
    refuse_if_lost(office.out)  # what can't be recorded isn't written
    publish({Path(one.file): one.content for one in new}, folder, access)
    added = record_sent(ledger, [one.sent for one in made], today)
    for one in made:
        _tell(one, folder, one in new, language)
    people = sum(len(one.sent.people) for one in made)
    total = TOTAL[language].format(books=len(made), people=people, new=added, ledger=ledger.file)
    click.echo(visible(total), err=True)
    if password:
        click.echo(UNPROTECTED[language], err=True)
    return EXIT_DATA if any(one.lost for one in made) else EXIT_FINE


def _new(made: Sequence[Parcel], folder: Path) -> list[Parcel]:
    """Those that are not there yet, just as they are.

    Raises:
        UsageError: a file of the name is there, and is another.
    """
    there = [one for one in made if (folder / one.file).exists() or (folder / one.file).is_symlink()]
    other = [str(folder / one.file) for one in there if not _same(folder / one.file, one.content)]
    if other:
        some = [*other[:NAMED], *(["…"] if len(other) > NAMED else [])]
        raise UsageError(Words(THERE.en.format(files=", ".join(some)), THERE.zh.format(files="、".join(some))))
    return [one for one in made if one not in there]


def _same(file: Path, content: bytes) -> bool:
    return file.is_file() and not file.is_symlink() and file.read_bytes() == content


def _tell(one: Parcel, folder: Path, new: bool, language: UiLanguage) -> None:
    count = len(one.sent.people)
    said = (ONE if count == 1 else WRITTEN)[language].format(file=folder / one.file, count=count)
    click.echo(visible(said + ("" if new else UNCHANGED[language])))
    for lost in one.lost:
        click.echo(visible(lost.told(language)), err=True)
