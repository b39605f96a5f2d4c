"""The new files of a roll-over go where they belong, and nothing that is there already is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from docgen.definitions.definition import Definitions
from docgen.model.case import Month
from docgen.model.problems import Words
from docgen.office.publish import publish
from docgen.office.rollover_files import NextFile
from docgen.sources.cases import read_cases
from docgen.sources.telling import some

FILLED_IN = Words(
    "is there already, and has been filled in since, or docgen.yaml has changed; nothing was changed",
    "已经存在，且结转后已有填写，或 docgen.yaml 已有改动；未作任何改动",
)
CYCLE_FILLED_IN = Words(
    "is there already, and has been filled in since, or {sources} or docgen.yaml has changed; nothing was changed",
    "已经存在，且生成后已有填写，或{sources}、docgen.yaml 已有改动；未作任何改动",
)
OTHER_STATE = Words(
    "is there already, made from another state of {sources}: type into it what was changed in {sources} since, or move "
    "it away and roll over again",
    "已经存在，但由{sources}的另一版本结转而来：请将此后在{sources}中所做的修改填入其中，或移走该文件后重新结转",
)
ANOTHER = Words(
    "is there already, and is another file; choose another name with -o", "已经存在，且为其他文件；请用 -o 指定其他名称"
)
WITHOUT_MONTH = Words("not written, as {file} was not", "{file}未写入，因此本文件也未写入")

HELD_BACK = Words(
    "not written, because of {names} in the same file (see the problems)", "因同一文件中的{names}存在问题，未写入"
)
HELD_BACK_BY_FILE = Words("not written; see what is told of the file", "未写入，原因见该文件的说明")


def settled(files: Sequence[NextFile], month: Month, definitions: Definitions) -> list[NextFile]:
    """What becomes of each file; cases of the next cycle are only written where the month that ended them is."""
    found = [_beside_old(file, month, definitions) for file in files]
    refused = {id(file.bundle): file for file in found if file.state == "refused" and not file.new_cycle}
    return [
        file.refused(WITHOUT_MONTH, file=refused[id(file.bundle)].path)
        if file.new_cycle and file.state == "written" and id(file.bundle) in refused
        else file
        for file in found
    ]


def _beside_old(file: NextFile, month: Month, definitions: Definitions) -> NextFile:
    """The file, refused where another one stands there."""
    if file.state != "written" or not (file.path.exists() or file.path.is_symlink()):
        return file
    if file.path.is_file() and file.path.read_bytes() == file.content:
        return replace(file, state="unchanged")
    if file.new_cycle:
        return file.refused(CYCLE_FILLED_IN, sources=file.names_of_sources)
    there = read_cases([file.path], definitions).sources.get(str(file.path))
    if there is None or there.rolled is None or there.rolled.month != str(month):
        return file.refused(ANOTHER)
    if there.rolled.predecessors == file.bundle.predecessors:
        return file.refused(FILLED_IN)
    return file.refused(OTHER_STATE, sources=file.names_of_sources)


def held_back(files: Iterable[NextFile]) -> dict[int, Words]:
    """By the id() of each case that could be rolled over but was not written with its file, why."""
    found: dict[int, Words] = {}
    for file in (one for one in files if one.state == "refused" and not one.new_cycle):
        refused = [case for case in file.bundle.cases if case.state == "refused"]
        names = some([str(case.values["employee_name"] or case.checked.case.id) for case in refused])
        said = Words(HELD_BACK.en.format(names=names.en), HELD_BACK.zh.format(names=names.zh))
        others = (case for case in file.bundle.cases if case.state != "refused")
        found |= {id(case): said if refused else HELD_BACK_BY_FILE for case in others}
    return found


def write(files: Sequence[NextFile]) -> None:
    """Write those that are to be written; all appear, or none does.

    Raises:
        UsageError, EnvironmentLacks: see publish().
    """
    new = [file for file in files if file.state == "written"]
    if new:
        folder = min((file.path.parent for file in new), key=lambda one: len(one.parts))
        publish({file.path.relative_to(folder): file.content for file in new}, folder)
