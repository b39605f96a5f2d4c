"""Cases are read from workbooks, YAML files and folders; what is in them is judged later, by the definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.company import SETTINGS_FILES
from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE
from docgen.definitions.results import shown
from docgen.definitions.tabs import LIST
from docgen.definitions.wordlists import load_wordlists
from docgen.marked_yaml import Marked
from docgen.model.problems import Position, Problem
from docgen.model.record import Record, joined
from docgen.sources.books import ZIP, read_book
from docgen.sources.csv_tabs import tables_of
from docgen.sources.files import file_problem, yaml_bytes, yaml_of
from docgen.sources.merging import Merger
from docgen.sources.origin import ROLLED_OVER, Source, of_head, workbook_source
from docgen.sources.password import OLE
from docgen.sources.records import BookReader
from docgen.sources.successors import without_changed, without_replaced
from docgen.sources.telling import told

__all__ = ["WORKBOOKS", "YAML", "Reading", "Source", "case_files", "read_cases"]

YAML = frozenset((".yaml", ".yml"))
WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xltx", ".xls", ".ods"))
TABLES = ".csv"
MARKED = re.compile(r"(.+?)-problems(?:-\d+)*\.xlsx", re.IGNORECASE)
"""What ``docgen check --marked`` writes: answers, read again only when somebody names them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The records that were found, in the order asked for, and what is wrong with files as a whole.

    ``waiting``: those of whom a workbook says no more than who they are. ``sources``: the files read, by the name that
    the records have as their source. ``replaced``: those that were left out, as others came of them and hold it all.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    waiting: tuple[Record, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    replaced: frozenset[str] = frozenset()


def read_cases(paths: Sequence[Path], definitions: Definitions, password: str = "") -> Reading:
    """Read every case in ``paths``: workbooks, YAML files of one case or a list of them, and folders of such files.

    The .csv files of a folder are one workbook. A case in several files is put together where they agree; of a file
    and its successor, the successor counts. A file that is named twice, or lies in a folder that is named too, is
    read once. Never raises for what a file holds or lacks.

    Args:
        password: opens those workbooks that are protected.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    waiting: list[Record] = []
    sources: dict[str, Source] = {}
    seen: set[Path] = set()
    for found in _files(paths, definitions):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        real = _real(found)
        if real in seen:
            continue
        seen.add(real)
        if _is_workbook(found):
            content = read_book(found, password)
            if isinstance(content, tuple):
                problems += content
                continue
            if LIST in content.properties:
                problems += [file_problem("own_list", Position(str(found)))] if found in paths else []
                continue
            source = sources[content.source] = workbook_source(content, found)
            held = _reader(definitions).read(content)
            records += (replace(record, rolled=source.rolled, language=source.language) for record in held.begun)
            problems += held.problems
            waiting += held.waiting
        else:
            bare, doubts = _in_yaml(found, sources)
            records += bare
            problems += doubts
    merger = Merger(definitions)
    parted = without_replaced(records, sources, merger)
    older = parted.replaced
    whole = merger.merged(without_changed(parted.records, merger))
    return Reading(
        tuple(whole),
        (*(one for one in problems if one.position.source not in older), *parted.problems),
        tuple(one for one in waiting if one.source not in older),
        {name: source for name, source in sources.items() if name not in older},
        older,
    )


@lru_cache(maxsize=8)
def _reader(definitions: Definitions) -> BookReader:
    """What reads workbooks; the words that it knows are worked out once a process."""
    return BookReader(definitions, load_wordlists().foreign)


def _is_workbook(path: Path) -> bool:
    """By its name, or by how it begins: a workbook is one whatever it is called. Of a folder, its tables are meant."""
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS or suffix == TABLES or path.is_dir():
        return True
    try:
        if not path.is_file():  # a pipe would keep us waiting
            return False
        with path.open("rb") as file:
            return file.read(len(OLE)).startswith((ZIP, OLE))
    except OSError:
        return False


def _real(path: Path) -> Path:
    """``path`` without links, so that one file under two names is read once; as it is where links run in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def _files(paths: Sequence[Path], definitions: Definitions) -> Iterator[Path | Problem]:
    """The files to read; a folder stands for its tables."""
    for path in paths:
        try:
            cases = case_files(path) if path.is_dir() else None
            copies = sorted(path.glob("*.xlsx")) if cases else []
        except OSError as error:
            yield file_problem("unreadable", Position(str(path)), reason=error.strerror or type(error).__name__)
            continue
        if cases is None:
            is_settings = path.name.lower() in SETTINGS_FILES
            yield file_problem("settings", Position(str(path))) if is_settings else path
            continue
        yield from cases
        for copy in copies:
            if _is_answer(copy) and copy not in paths:
                yield told(definitions, "marked_not_read", Position(str(copy)))
        if not cases:
            yield file_problem("no_cases", Position(str(path)))


def case_files(folder: Path) -> list[Path]:
    """The files of a folder that are meant as cases, by name; the folder itself, where it holds tables (.csv)."""
    cases = [entry for entry in sorted(folder.iterdir()) if _is_case_file(entry)]
    return [*cases, folder] if tables_of(folder) else cases


def _is_case_file(path: Path) -> bool:
    """Whether a file of a folder is meant as a case: no settings, no answers of docgen's, nothing hidden or locked."""
    name = path.name
    return (
        path.suffix.lower() in YAML | WORKBOOKS
        and name.lower() not in SETTINGS_FILES
        and ".expected." not in name
        and not name.startswith((".", "~"))
        and not _is_answer(path)
        and path.is_file()
    )


def _is_answer(path: Path) -> bool:
    """Whether this is a marked copy of what lies beside it."""
    found = MARKED.fullmatch(path.name)
    if found is None:
        return False
    return any(path.with_name(found[1] + suffix).exists() for suffix in (*WORKBOOKS, TABLES, ""))


def _in_yaml(path: Path, sources: dict[str, Source]) -> tuple[Sequence[Record], Sequence[Problem]]:
    """The cases of a file, and what is no case; ``sources`` takes in the file."""
    read = yaml_bytes(path)
    content = read if isinstance(read, tuple) else yaml_of(read, str(path))
    if isinstance(read, tuple) or isinstance(content, tuple):
        return (), content if isinstance(content, tuple) else ()
    cases = list(_cases(content))
    records = [case for case in cases if isinstance(case, Record)]
    rolled = joined(*(record.rolled for record in records))
    sources[str(path)] = Source(path, sha256(read).hexdigest(), rolled=rolled)
    return records, [case for case in cases if isinstance(case, Problem)]


def _cases(content: Marked) -> Iterator[Record | Problem]:
    source = content.positions.source
    data = content.data
    if data is None or data == [] or data == {}:
        yield file_problem("empty_file", Position(source))
    elif isinstance(data, list):
        for index, one in enumerate(data):
            yield _case(one, content, (index,))
    else:
        yield _case(data, content, ())


def _case(data: Any, content: Marked, path: tuple[int, ...]) -> Record | Problem:
    if not isinstance(data, Mapping) or not data:
        kind, value = ("not_a_case", shown(data)) if data else ("nothing", "")
        return file_problem(kind, content.positions[path], path, value)
    sheets = {key: value for key, value in data.items() if key != ROLLED_OVER}
    if CASE not in data and not any(isinstance(value, Mapping) for value in sheets.values()):
        return file_problem("no_case_key", content.positions[path], path, shown(next(iter(data))))
    positions, keys = content.positions.inside(path), content.keys.inside(path)
    record = Record(content.positions.source, sheets, positions, keys, content.text)
    if ROLLED_OVER not in data:
        return record
    rolled = of_head(data[ROLLED_OVER])
    if rolled is None:
        problem = file_problem(
            "rolled_over", record.key_position((ROLLED_OVER,)), (ROLLED_OVER,), shown(data[ROLLED_OVER])
        )
        return replace(record, problems=(problem,))
    return replace(record, rolled=rolled)
