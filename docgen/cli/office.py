"""The office a command is about: how its folder is named, and what is said where nothing is on record in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from docgen.cli.options import CasePath, folder_given
from docgen.definitions.definition import Definitions
from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.office.ledger import Ledger
from docgen.office.run import Office, office_near

NO_RECORD = Words(
    "{file}: there is no ledger here; name the folder of the documents, as {command} OUT (by default the “out” of "
    "docgen.yaml, else ./out)",
    "{file}：此处没有台账；请用 {command} OUT 指定文档所在的文件夹（默认为 docgen.yaml 中的 out，否则为 ./out）",
)
TWICE = Words(
    "OUT is named twice: {one}, and -o {other}; name it once", "OUT 指定了两次：{one} 和 -o {other}；请只写一次"
)


def office_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """``[OUT]``; ``-o`` does it too, as with the commands that write there. The function gets it as ``store``."""

    @wraps(function)
    def named(*given: Any, store: Path | None, also: Path | None, **more: Any) -> Any:
        if store and also:
            raise UsageError(TWICE.filled(one=store, other=also))
        return function(*given, store=store or also, **more)

    option = click.option("-o", "--out", "also", metavar="OUT", callback=folder_given, help="The same as OUT.")
    argument = click.argument("store", metavar="[OUT]", required=False, type=CasePath(path_type=Path))
    return argument(option(named))


def office_of(store: Path | None, definitions: Definitions) -> tuple[Office, Path]:
    """The office that was named, else the one whose settings hold here; and its folder."""
    office = office_near(store or Path("."), definitions)
    return office, store or office.out


def no_record(folder: Path) -> UsageError:
    """That nothing is on record there; the command at hand is named as it can be typed."""
    names = click.get_current_context().command_path.split()[1:]
    return UsageError(NO_RECORD.filled(file=Ledger(folder).file, command=" ".join(("docgen", *names))))
