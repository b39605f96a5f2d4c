"""The command line: a module per command; the only room that prints, asks and exits."""

from docgen.cli.app import main

__all__ = ["main"]
