"""What a machine must have for docgen to run: libraries, fonts, packages; each finding is a value."""

from __future__ import annotations

import ctypes
import importlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from docgen.wordforms.libreoffice import program

OLDEST_PYTHON = (3, 11)
OLDEST_OFFICE = (7, 4)
"""Since then its filters take their options by name."""
LIBRARY_FOLDERS = ("", "/opt/homebrew/lib/", "/usr/local/lib/")
FONT_PACKAGES = {
    "noto": "Debian: fonts-noto-cjk; Fedora: google-noto-sans-cjk-fonts google-noto-serif-cjk-fonts",
    "carlito": "Debian: fonts-crosextra-carlito; Fedora: google-carlito-fonts",
    "dejavu": "Debian: fonts-dejavu-core; Fedora: dejavu-sans-fonts",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked for. ``found`` is empty where it is missing; ``cure`` says how to get it.

    ``doubt``: why it may not do, though it is there.
    """

    what: str
    found: str
    cure: str = ""
    needed: bool = True
    doubt: str = ""

    @property
    def lacking(self) -> bool:
        return self.needed and not self.found


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library under the names of Linux, macOS and Windows."""

    what: str
    names: tuple[str, ...]
    cure: str


LIBRARIES = (
    Library(
        "Pango",
        ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"),
        "Debian: libpango-1.0-0; Fedora, Homebrew: pango",
    ),
    Library(
        "PangoFT2",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib", "libpangoft2-1.0-0.dll"),
        "Debian: libpangoft2-1.0-0; Fedora, Homebrew: pango",
    ),
    Library(
        "HarfBuzz subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        "Debian: libharfbuzz-subset0; Fedora, Homebrew: harfbuzz",
    ),
)
FONTCONFIG = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")


def examine(families: Iterable[str]) -> Iterator[Finding]:
    """Look for everything docgen needs, and the ``families`` of fonts that the theme names."""
    yield python(sys.version_info[:3])
    yield from packages()
    for library in LIBRARIES:
        yield Finding(library.what, "found" if load(library.names) else "", library.cure)
    yield engine()
    known = font_lookup()
    for family in dict.fromkeys(families):
        yield Finding(f"font {family}", "found" if known(family) else "", font_package(family))
    yield word_forms()
    yield office()


def python(version: tuple[int, int, int]) -> Finding:
    found = ".".join(map(str, version)) if version >= OLDEST_PYTHON else ""
    return Finding("Python", found, "docgen needs Python 3.11 or newer")


def packages() -> Iterator[Finding]:
    """The packages that docgen declares, each with its version."""
    try:
        declared = metadata.requires("docgen") or []
    except metadata.PackageNotFoundError:
        yield Finding("docgen", "", "install it: python3 -m pip install .")
        return
    for requirement in declared:
        match = re.match(r"([\w.-]+)[^;]*$", requirement)  # what has a marker belongs to an extra
        if match:
            yield package(match[1], requirement)


def package(name: str, requirement: str) -> Finding:
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        found = ""
    oldest = re.search(r">=\s*([\d.]+)", requirement)
    if oldest and found and release(found) < release(oldest[1]):
        found = ""
    return Finding(name, found, f"python3 -m pip install '{requirement}'")


def release(version: str) -> tuple[int, ...]:
    """``70.0.1rc2`` as ``(70, 0, 1)``: enough to compare with a lower bound."""
    return tuple(int(part) for part in re.findall(r"\d+", version.partition("+")[0])[:3])


def load(names: Iterable[str]) -> Any:
    """The first library of these names that can be loaded, or None."""
    for name in names:
        for folder in LIBRARY_FOLDERS:
            try:
                return ctypes.CDLL(folder + name)
            except OSError:
                continue
    return None


def engine() -> Finding:
    """Does the PDF engine start? It loads its libraries on import, and fails there."""
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        return Finding("PDF engine", "", str(error).strip().splitlines()[0])
    return Finding("PDF engine", "starts")


def font_lookup() -> Callable[[str], bool]:
    """A function that tells whether fontconfig, which the PDF engine asks too, has a font of that very family."""
    library = load(FONTCONFIG)
    if library is None:
        return lambda _: False
    library.FcNameParse.restype = ctypes.c_void_p
    library.FcObjectSetCreate.restype = ctypes.c_void_p
    library.FcFontList.restype = ctypes.POINTER(ctypes.c_int)  # an FcFontSet begins with the number of fonts
    library.FcFontList.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    objects = library.FcObjectSetCreate()

    def known(family: str) -> bool:
        pattern = library.FcNameParse(re.sub(r"([\\\-:,])", r"\\\1", family).encode())
        found = library.FcFontList(None, pattern, objects) if pattern else None
        return bool(found and found[0] > 0)

    return known


def font_package(family: str) -> str:
    for word, cure in FONT_PACKAGES.items():
        if word in family.lower():
            return cure
    return f"install the font {family}, or name another one in theme.yaml"


def office() -> Finding:
    """LibreOffice is only needed to look at Word files and for the PDF of a company's own Word forms."""
    command = program()
    version = ""
    if command:
        try:
            run = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=30, check=False)
            version = (run.stdout.strip().splitlines() or ["found"])[0]
        except (OSError, subprocess.TimeoutExpired):
            version = "found, but it doesn't start"
    cure = "optional: for the PDF of your own Word forms, and to see Word files as PDF"
    known = release(version)
    doubt = f"{cure.partition(': ')[2]} it must be 7.4 or newer" if known and known < OLDEST_OFFICE else ""
    return Finding("LibreOffice", version, cure, needed=False, doubt=doubt)


def word_forms() -> Finding:
    """The package that fills a company's own Word forms."""
    try:
        found = metadata.version("docxtpl")
    except metadata.PackageNotFoundError:
        found = ""
    cure = "optional: for your own Word forms; python3 -m pip install 'docgen[word-forms]'"
    return Finding("docxtpl", found, cure, needed=False)
