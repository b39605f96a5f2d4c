"""What stops a run: each error carries its exit code, its place and the cure in its text."""

from __future__ import annotations

from docgen.model.problems import Words

EXIT_FINE = 0
EXIT_DATA = 1
EXIT_USAGE = 2
EXIT_DOCUMENT = 3
EXIT_ENVIRONMENT = 4
EXIT_VERIFICATION = 5


class DocgenError(Exception):
    """Base of all errors that end a run; the command line prints the text and exits with ``exit_code``."""

    exit_code = EXIT_USAGE

    def __init__(self, text: str | Words) -> None:
        super().__init__(text)
        self.words = text if isinstance(text, Words) else Words(text, text)

    def __str__(self) -> str:
        return self.words.en


class UsageError(DocgenError):
    """The command can't be carried out as given (unknown form, missing file, option out of place)."""


class DefinitionError(DocgenError):
    """A file in ``forms/`` is faulty; the text names file and line."""


class TemplateError(DocgenError):
    """A template, wording or theme file is faulty; the text names file and line."""

    exit_code = EXIT_DOCUMENT


class DocumentError(DocgenError):
    """One document could not be made (engine warning, missing glyph, formats that differ)."""

    exit_code = EXIT_DOCUMENT


class EnvironmentLacks(DocgenError):
    """The machine lacks something docgen needs; the text says what to install."""

    exit_code = EXIT_ENVIRONMENT


class RecordFault(DocgenError):
    """What an office has on record contradicts itself; the text says what to put back, or how to go on without it."""

    exit_code = EXIT_VERIFICATION
