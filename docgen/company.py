"""A company: the folder of its ``docgen.yaml``, whose own forms, templates and letterhead win over what ships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import UsageError
from docgen.model.problems import Words

SETTINGS_FILES = ("docgen.yaml", "docgen.yml")
FORMS, TEMPLATES = "forms", "templates"
LETTERHEADS = ("letterhead.docx", "letterhead.pdf")
LOGOS = ("logo.svg", "logo.png")
LOOKS = frozenset((".docx", ".svg", ".png", ".jpg", ".jpeg"))
"""Files of ``templates/`` that shape how documents look, beside theme and style sheet; backups and what a system leaves
there (Thumbs.db) shape nothing."""
LITTER = frozenset(("thumbs.db", "desktop.ini"))
OUTSIDE = Words(
    "{file} leads out of {folder}; put a copy of the file there instead of a link",
    "{file} 指向 {folder} 之外；请放入文件本身，不要使用链接",
)

FileStates = Mapping[str, tuple[int, int]]
"""Of each file, by its name, when it was changed and how long it is."""


def is_litter(name: str) -> bool:
    """Whether a file was left there by a system or a program: hidden, locked by Word (``~$…``), a cache of pictures."""
    return name.startswith((".", "~")) or name.casefold() in LITTER


@dataclass(frozen=True, slots=True)
class Company:
    """Whose papers are made. ``folder``: where its ``docgen.yaml`` lies; None: everything is as shipped.

    The folder may hold ``forms/*.yaml``, ``templates/`` (templates, wording, theme, style sheet, own Word forms), a
    ``letterhead.docx`` or ``letterhead.pdf``, and ``logo.svg`` or ``logo.png``.
    """

    folder: Path | None = None

    @property
    def forms(self) -> tuple[Path, ...]:
        """The folder of its own definitions, where there is any: an empty one is as none."""
        files = (path for folder in self.folders(FORMS) for path in folder.glob("*.yaml"))
        return self.folders(FORMS) if any(not is_litter(path.name) for path in files) else ()

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folder of its own templates, wording and theme, where there is one."""
        return self.folders(TEMPLATES)

    def file(self, name: str) -> Path | None:
        """Its file of that name beside ``docgen.yaml``; None where there is none.

        Raises:
            UsageError: it is a link that leads out of the folder.
        """
        path = self.folder / name if self.folder else None
        if path is None or not path.is_file():
            return None
        self._refuse_outside(path)
        return path

    def look_parts(self) -> dict[str, bytes]:
        """What else shapes the look of its documents, by name: letterhead, logo, and pictures of its templates.

        Raises:
            UsageError: one of them is a link that leads out of the folder.
        """
        return {name: path.read_bytes() for name, path in self._look_files()}

    def state(self) -> FileStates:
        """Its files as they are now: to be compared later."""
        if self.folder is None:
            return {}
        beside = [self.folder / name for name in (*SETTINGS_FILES, *LETTERHEADS, *LOGOS)]
        inside = [path for name in (FORMS, TEMPLATES) for folder in self.folders(name) for path in folder.rglob("*")]
        found: dict[str, tuple[int, int]] = {}
        for path in sorted((*beside, *inside)):
            if path.is_file() and not is_litter(path.name):
                with suppress(OSError):  # it was taken away just now
                    known = path.stat()
                    found[path.relative_to(self.folder).as_posix()] = known.st_mtime_ns, known.st_size
        return found

    def _look_files(self) -> Iterator[tuple[str, Path]]:
        for name in (*LETTERHEADS, *LOGOS):
            if path := self.file(name):
                yield name, path
        for folder in self.templates:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.suffix.lower() in LOOKS and not is_litter(path.name):
                    self._refuse_outside(path)
                    yield f"{TEMPLATES}/{path.relative_to(folder).as_posix()}", path

    def folders(self, name: str) -> tuple[Path, ...]:
        """Its folder of that name, where there is one."""
        return (self.folder / name,) if self.folder and (self.folder / name).is_dir() else ()

    def _refuse_outside(self, path: Path) -> None:
        assert self.folder
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise UsageError(OUTSIDE.filled(file=path, folder=self.folder))


NOBODY = Company()
"""Who has no folder: all is as shipped."""


def company_near(path: Path) -> Company:
    """The company to which ``path`` belongs: that of the nearest ``docgen.yaml`` beside it or above."""
    return company_of(find_settings(path))


def company_of(settings: Path | None) -> Company:
    """The company whose ``docgen.yaml`` this is."""
    return Company(settings.parent) if settings else NOBODY


def find_settings(near: Path) -> Path | None:
    """The ``docgen.yaml`` beside ``near`` (or in it, where it is a folder), else in the nearest folder above.

    A link counts where it lies, not where it leads: whoever links a case into an office's folder means that office.
    """
    start = _as_given(near)
    for folder in (start, *start.parents):
        for name in SETTINGS_FILES:
            if _is_file(folder / name):
                return folder / name
    return None


def _is_file(path: Path) -> bool:
    """False too where the system takes no such name: whoever reads the file tells that."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _as_given(path: Path) -> Path:
    """``path`` from the root on, its links kept; only what ``..`` leads out of must be followed."""
    parts = path.absolute().parts
    ups = [number for number, part in enumerate(parts, start=1) if part == ".."]
    return Path(*parts[: ups[-1]]).resolve().joinpath(*parts[ups[-1] :]) if ups else Path(*parts)
