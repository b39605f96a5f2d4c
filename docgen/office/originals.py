"""A company's files beside the shipped ones that they stand in for: where each thing comes from, and what is stale."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches, unified_diff
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from docgen.company import FORMS, LETTERHEADS, LOGOS, TEMPLATES, Company, is_litter
from docgen.definitions.definition import Form
from docgen.errors import UsageError
from docgen.layout.logo import logo_file
from docgen.layout.sets import STANDARD
from docgen.model.problems import Words
from docgen.office.differing import by_key, keys_of
from docgen.resources import shipped

Kind = Literal["form", "template", "wording", "theme", "style", "word form", "letterhead", "logo", "picture", "other"]
State = Literal["shipped", "own", "copy", "stale", "unused"]
"""``copy``: made by ``docgen templates copy``; ``stale``: the shipped one has changed since; ``unused``: nothing reads
a file of that name."""

COMMENTS = {".html": ("{# ", " #}"), ".yaml": ("# ", "")}
"""How a comment is written; also which files can be copied to be changed."""
MARK = re.compile(r"docgen: a copy of (\S+) ([0-9a-f]{12})")
EXTENDS = re.compile(r"^extends:", re.MULTILINE)
DIGITS = 12
WORD_FORMS = (".docx", ".en.docx", ".zh.docx")
READ_AS_SHIPPED = frozenset(("phrases.yaml",))
"""Of the law, and no company's own."""
KEY_BY_KEY = frozenset(("theme.yaml", "wording.en.yaml", "wording.zh.yaml"))
"""Of these a company's file need only hold what differs."""
LAID_OVER = frozenset(("print.css",))
"""What a company writes there is laid over docgen's, which holds more than a company may say."""
NO_ORIGINAL = Words(
    "nothing that ships is called {name!r}{near}; docgen templates list names all",
    "没有名为“{name}”的内置文件{near}；docgen templates list 可列出全部",
)
NEAR = Words("; did you mean {near}?", "，是否指 {near}？")
NO_COMPANY = Words(
    "there is no docgen.yaml here or above; make a company's folder with docgen init FOLDER, and go there",
    "此处及上级文件夹没有 docgen.yaml；请先用 docgen init FOLDER 建立公司文件夹，再到该文件夹运行",
)
THERE = Words(
    "{file}: is already there, and stays as it is; docgen's own to read is {original}",
    "{file}：文件已存在，未作改动；内置文件见 {original}",
)
NO_COPY = Words(
    "{file}: a company's is laid over docgen's, and no copy of it: write there only what is to look otherwise; "
    "docgen's own to read is {original}",
    "{file}：公司的样式表叠加在内置样式表之上，不是其副本；请只写需要改变的外观；内置文件见 {original}",
)
NO_TEXT = Words(
    "{file}: is not UTF-8 text, so it can't be compared; save it with that encoding",
    "{file}：不是 UTF-8 文本，无法比较；请以 UTF-8 编码另存",
)
UNREADABLE = Words(
    "{file}: can't be read ({why}); check the rights of the file", "{file}：无法读取（{why}）；请检查文件权限"
)
NOT_OWN = Words(
    "{name}: the company has no file of its own; it is as shipped", "{name}：公司没有自己的文件，使用内置文件"
)


@dataclass(frozen=True, slots=True)
class Original:
    """A file of ``forms/`` or of a template set, by the name under which a company may have its own."""

    name: str
    kind: Kind
    path: Path

    @property
    def digest(self) -> str:
        return sha256(self.path.read_bytes()).hexdigest()[:DIGITS]

    def place(self, company: Company) -> Path:
        """Where the company's own lies, or would."""
        assert company.folder
        return company.folder / (FORMS if self.kind == "form" else TEMPLATES) / self.name


@dataclass(frozen=True, slots=True)
class Source:
    """Where a thing comes from: the company's file, else the shipped one."""

    name: str
    kind: Kind
    path: Path
    state: State
    near: str = ""
    """Of an unused file: the name that was probably meant."""

    @property
    def adds(self) -> bool:
        """Whether the company's file is laid over the shipped one key by key, and need only hold what differs."""
        return self.name in KEY_BY_KEY or (self.kind == "form" and EXTENDS.search(_text(self.path)) is not None)


def originals(name: str = STANDARD) -> dict[str, Original]:
    """All that ships and may be replaced, with the template set ``name``; forms first."""
    found: dict[str, Original] = {}
    for path in sorted(shipped("forms").glob("*.yaml")):
        if path.name not in READ_AS_SHIPPED:
            found[path.name] = Original(path.name, "form", path)
    for folder in (shipped("templates") / STANDARD, shipped("templates") / name):
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                found[path.name] = Original(path.name, kind_of(path.name), path)
    return found


def sources(company: Company, settings: Mapping[str, Any], forms: Collection[Form]) -> Iterator[Source]:
    """Where all comes from for ``company``: what ships or stands in for it, then its own; ``forms``: all it has."""
    known = originals(str(settings["set"]))
    own = _own_files(company)
    for original in known.values():
        path = own.pop((FORMS if original.kind == "form" else TEMPLATES, original.name), None)
        yield Source(original.name, original.kind, path or original.path, _state(path, original))
    expected = {f"{form.name}{suffix}" for form in forms for suffix in WORD_FORMS} | {one.template for one in forms}
    spoken = "".join(_text(path) for path in _templates(company, known))
    for (folder, file), path in own.items():
        kind: Kind = "form" if folder == FORMS else kind_of(file)
        used = (
            path.suffix == ".yaml" and file not in READ_AS_SHIPPED
            if folder == FORMS
            else file in expected or any(f"{quote}{file}{quote}" in spoken for quote in "'\"")
        )
        yield Source(file, kind, path, "own" if used else "unused", "" if used else _near(file, {*known, *expected}))
    for path in _strays(company, expected):
        yield Source(path.name, kind_of(path.name), path, "unused", _near(path.name, {*LETTERHEADS, *LOGOS}))
    for path in filter(None, map(company.file, LETTERHEADS)):
        yield Source(path.name, "letterhead", path, "own")
    logo = logo_file(company, settings)
    for path in dict.fromkeys(filter(None, (logo, *map(company.file, LOGOS)))):
        yield Source(path.name, "logo", path, "own" if path == logo else "unused")


def _templates(company: Company, known: Mapping[str, Original]) -> Iterator[Path]:
    """All templates that may name another file: an include, an import, a picture."""
    for original in known.values():
        if original.kind == "template":
            yield original.path
    for folder in company.templates:
        yield from sorted(folder.glob("*.html"))


def copied(name: str, company: Company, of: str = STANDARD) -> tuple[Path, bytes]:
    """Where the company's copy of a shipped file is to lie, and its bytes: the same below a line that says of what.

    Raises:
        UsageError: nothing of that name ships to be copied, there is no company, or it has a file of its own already.
    """
    original = _original(name, company, of)
    place = original.place(company)
    if place.exists() or place.is_symlink():
        raise UsageError(THERE.filled(file=place, original=original.path))
    return place, _mark(original) + original.path.read_bytes()


def difference(name: str, company: Company, of: str = STANDARD) -> str:
    """What the company's file says otherwise than the shipped one, as a unified diff; '' where nothing.

    Of a file that need only hold what differs, key by key: what it leaves out is no difference.

    Raises:
        UsageError: nothing of that name ships, or the company has no such file, or it is no text, or no YAML.
    """
    original, place = _owned(name, company, of)
    text = _own_text(place).replace("\r\n", "\n")  # ends of lines are no difference
    before, after = f"docgen/{name}", f"{place.parent.name}/{name}"
    adds = original.kind == "form" and EXTENDS.search(text) is not None
    if adds or name in KEY_BY_KEY:
        lines = by_key(keys_of(text, after), keys_of(original.path.read_text("utf-8"), before), lists_add=adds)
        return "".join((f"--- {before}\n", f"+++ {after}\n", *lines)) if lines else ""
    own = "".join(line for line in text.splitlines(keepends=True) if not MARK.search(line))
    then, now = original.path.read_text("utf-8").splitlines(keepends=True), own.splitlines(keepends=True)
    return "".join(unified_diff(then, now, before, after))


def compared(name: str, company: Company, of: str = STANDARD) -> tuple[Path, bytes]:
    """The company's file with a mark that says: compared with what ships today.

    Raises:
        UsageError: nothing of that name ships, or the company has no such file, or it is no text.
    """
    original, place = _owned(name, company, of)
    lines = _own_text(place).splitlines(keepends=True)
    return place, _mark(original) + "".join(line for line in lines if not MARK.search(line)).encode()


def kind_of(file: str) -> Kind:
    suffix = Path(file).suffix.lower()
    if file.startswith("wording."):
        return "wording"
    if file == "theme.yaml":
        return "theme"
    kinds: dict[str, Kind] = {".html": "template", ".css": "style", ".docx": "word form"}
    return kinds.get(suffix, "picture" if suffix in (".svg", ".png", ".jpg", ".jpeg") else "other")


def _own_files(company: Company) -> dict[tuple[str, str], Path]:
    found: dict[tuple[str, str], Path] = {}
    for kind in (FORMS, TEMPLATES):
        for folder in company.folders(kind):
            for path in sorted(folder.iterdir()):
                if path.is_file() and not is_litter(path.name) and path.name != "README.txt":
                    found[kind, path.name] = path
    return found


def _strays(company: Company, expected: Collection[str]) -> list[Path]:
    """What lies beside docgen.yaml, and is not read: a letterhead of another kind or in capitals, what belongs in
    templates/."""
    if company.folder is None:
        return []
    meant = {*KEY_BY_KEY, "print.css", "macros.html", *LETTERHEADS, *LOGOS, *expected}
    return sorted(
        path
        for path in company.folder.iterdir()
        if path.is_file()
        and (path.name.lower() in meant or path.stem.lower() == "letterhead")
        and not _is_read(path, company)
    )


def _is_read(path: Path, company: Company) -> bool:
    """Whether it is a letterhead or logo; some systems find it in capitals, too."""
    name = path.name.lower()
    found = company.file(name) if name in (*LETTERHEADS, *LOGOS) else None
    return found is not None and found.samefile(path)


def _state(own: Path | None, original: Original) -> State:
    if own is None:
        return "shipped"
    found = MARK.search(_head(own))
    if found is None:
        return "own"
    return "copy" if found[2] == original.digest else "stale"


def _head(path: Path) -> str:
    with path.open("rb") as file:
        return file.readline(1000).decode("utf-8", "replace")


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace")


def _own_text(path: Path) -> str:
    """Without the mark that some editors set at the beginning."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(NO_TEXT.filled(file=path)) from error
    except OSError as error:
        raise UsageError(UNREADABLE.filled(file=path, why=error.strerror)) from error
    if "\0" in text:
        raise UsageError(NO_TEXT.filled(file=path))
    return text


def _mark(original: Original) -> bytes:
    before, after = COMMENTS[original.path.suffix]
    return f"{before}docgen: a copy of {original.name} {original.digest}{after}\n".encode()


def _original(name: str, company: Company, of: str) -> Original:
    if company.folder is None:
        raise UsageError(NO_COMPANY)
    known = originals(of)
    if name not in known:
        close = _near(name, known)
        near = NEAR.filled(near=close) if close else Words("", "")
        raise UsageError(NO_ORIGINAL.filled(name=name, near=near))
    original = known[name]
    if name in LAID_OVER:
        raise UsageError(NO_COPY.filled(file=original.place(company), original=original.path))
    return original


def _owned(name: str, company: Company, of: str) -> tuple[Original, Path]:
    original = _original(name, company, of)
    place = original.place(company)
    if not place.is_file():
        raise UsageError(NOT_OWN.filled(name=name))
    return original, place


def _near(name: str, known: Collection[str]) -> str:
    """The name that was probably meant, and not itself: that belongs in another folder."""
    return "".join(get_close_matches(name.lower(), sorted({*known} - {name}), 1))
