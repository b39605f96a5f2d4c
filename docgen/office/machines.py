"""What must be the same on all machines of a cluster, or what they make says or looks otherwise."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from docgen import __version__
from docgen.model.problems import Words
from docgen.office.working import kit_of
from docgen.resources import PACKAGE, shipped

VERSIONS: Mapping[str, str] = {"docgen": "docgen", "engine": "WeasyPrint"}
OTHER = Words("{name} {there}, here {here}", "{name} {there}，本机为 {here}")
FILES = Words(
    "other files (code, forms or templates) of docgen {docgen} or of the company",
    "docgen {docgen} 或公司文件夹的文件（程序、表单或模板）不同",
)
FONTS = Words("other fonts", "字体不同")
NO_ANSWER = Words("docgen can't work there ({error})", "docgen 无法在其上运行（{error}）")
MOST = 120
"""So many characters are told of what a machine answers that can't run docgen."""
EACH = Words("{names}: {of}", "{names}：{of}")


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine that makes documents. ``engine``: the version of WeasyPrint; ``files``: a hash of docgen's own
    and the company's; ``look``: that of all that shapes how a document looks, fonts included."""

    name: str = field(compare=False)
    docgen: str
    engine: str
    files: str
    look: str

    def unlike(self, here: Machine) -> Words | None:
        """In what it differs from this machine; None where they make the same."""
        both = [(name, getattr(self, part), getattr(here, part)) for part, name in VERSIONS.items()]
        others = [OTHER.filled(name=name, there=one, here=own) for name, one, own in both if one != own]
        if not others and self.files != here.files:
            others = [FILES.filled(docgen=here.docgen)]
        if not others and self.look != here.look:
            others = [FONTS]
        return _listed(others)


def machine(office: bytes) -> Machine:
    """This one, as it makes documents of an office that is packed like this."""
    kit = kit_of(office)
    files = _files((*kit.company.forms, *kit.company.templates))
    return Machine(platform.node(), __version__, version("weasyprint"), files, kit.look)


def differing(there: Mapping[str, Machine | Exception], here: Machine) -> Words | None:
    """Which machines differ from this one, and in what; None where none does.

    Args:
        there: what each worker answered, by its address.
    """
    found: dict[Words, set[str]] = {}
    for address, one in there.items():
        if isinstance(one, Exception):
            error, *_ = str(one).splitlines() or [type(one).__name__]
            found.setdefault(NO_ANSWER.filled(error=error[:MOST]), set()).add(address)
        elif unlike := one.unlike(here):
            found.setdefault(unlike, set()).add(one.name)
    return _listed([EACH.filled(names=", ".join(sorted(names)), of=of) for of, names in found.items()])


def _listed(sentences: Sequence[Words]) -> Words | None:
    if not sentences:
        return None
    return Words("; ".join(one.en for one in sentences), "；".join(one.zh for one in sentences))


@cache
def _files(own: tuple[Path, ...]) -> str:
    """SHA-256 of docgen's code, forms and templates (a version may stand for several states of it), and ``own``."""
    made = sha256()
    data = (shipped("forms"), shipped("templates"), *own)
    for root, pattern in ((PACKAGE, "*.py"), *((folder, "*") for folder in data)):
        for file in sorted(path for path in root.rglob(pattern) if path.is_file()):
            made.update(f"{file.relative_to(root).as_posix()}\0".encode() + sha256(file.read_bytes()).digest())
    return made.hexdigest()
