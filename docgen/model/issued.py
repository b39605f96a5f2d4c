"""A document as it was issued: its revision, what it said, in which files, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """A file of a document. ``path``: where it lies in OUT, with ``/``; ``pages``: of a PDF, else 0."""

    path: str
    sha256: str
    size: int
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose document it is, and who leads them; what isn't known is ''."""

    department: str = ""
    employee_no: str = ""
    name: str = ""
    supervisor_no: str = ""
    supervisor_name: str = ""

    def is_another(self, person: Holder) -> bool:
        """Whether both number and name are others; one of the two may have been corrected."""
        return bool(self.employee_no) and self.employee_no != person.employee_no and self.name != person.name


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who must sign a document. ``role``: a signer of the forms, or what the settings called a further one;
    then ``en`` and ``zh`` are their words, else ''."""

    role: str
    en: str = ""
    zh: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a revision prints of the one it replaces: its number and date, the parts that changed (as identity.py calls
    them), the reason, and whether it had been withdrawn: not why, which may speak of another person."""

    revision: int
    date: date
    changed: tuple[str, ...]
    reason: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """The revision of a document that counts.

    ``on``: the day it was issued; ``printed``: the date that stands on it. ``content`` and ``look`` are hashes (see
    model/identity.py), ``parts`` one for each headed part of it. ``files``: by format. ``reason``: of a revision;
    ``changed`` and ``replaced``: the parts that a revision changed, and the printed date (ISO) of the one before it.
    ``void``: why it was withdrawn, '' while it holds. ``month``: that a plan or a talk is of, as ``2026-04``.
    ``start`` and ``end``: of the case's period; ``talk``: the day of a talk; ``given``: the date that the data gave it,
    whatever was printed (all ISO, '' where there is none). ``copies``: so many a letter says it is signed in, else 0.
    ``withdrawn``: whether the one that it replaced was. ``language``: en, zh or both; '' on a line of an older docgen.
    ``signers``: who must sign it, in the order in which it names them; None on a line of an older docgen.
    ``ending``: how the case had ended of which a form for closed cases tells (``Life.ending``); '' of other forms, and
    on a line of an older docgen.
    """

    number: str
    revision: int
    case: str
    form: str
    on: date
    printed: date
    content: str
    look: str
    parts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, IssuedFile] = field(default_factory=dict)
    holder: Holder = Holder()
    reason: str = ""
    void: str = ""
    month: str = ""
    changed: Sequence[str] = ()
    replaced: str = ""
    start: str = ""
    end: str = ""
    talk: str = ""
    given: str = ""
    copies: int = 0
    withdrawn: bool = False
    language: str = ""
    signers: Sequence[Signatory] | None = None
    ending: str = ""

    @property
    def notice(self) -> Notice | None:
        """What the revision prints of the one before it."""
        if not self.replaced:
            return None
        on = date.fromisoformat(self.replaced)
        return Notice(self.revision - 1, on, tuple(self.changed), self.reason, self.withdrawn)
