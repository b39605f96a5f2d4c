"""What is wrong with an office's record, told by all commands alike."""

from __future__ import annotations

from collections.abc import Iterable

import click

from docgen.cli.language import ui_language
from docgen.errors import EXIT_FINE, EXIT_VERIFICATION
from docgen.office.ledger import Fault
from docgen.office.visible import visible


def tell(faults: Iterable[Fault]) -> int:
    """Tell each, and give the exit code for them."""
    known = tuple(faults)
    for fault in known:
        tell_fault(fault)
    return exit_code(known)


def tell_fault(fault: Fault) -> None:
    click.echo(visible(fault.told[ui_language()]), err=True)


def exit_code(faults: Iterable[Fault]) -> int:
    """What a stopped run left half written is no fault of the record."""
    return EXIT_FINE if all(fault.torn for fault in faults) else EXIT_VERIFICATION
