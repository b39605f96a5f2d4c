"""Encrypted workbooks of Office: opened with the password (by the limited child only), or told why not; sealed anew."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docgen.sources.guard import Refusal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What the files of old Office programs begin with, and every encrypted one."""

ENCRYPTED_ZIP = "EncryptedPackage"
WORKBOOKS = ("Workbook", "Book")
# What else is kept in such files.
OTHERS = {
    **{"WordDocument": "Word", "PowerPoint Document": "PowerPoint", "VisioDocument": "Visio"},
    **{"__properties_version1.0": "Outlook", "FileHeader": "HWP"},
}
UNASKED = "VelvetSweatshop"
"""With this password Excel encrypts what is only protected against changes; it opens such files without asking."""
MOST_ROUNDS = 1_000_000
"""Excel and LibreOffice derive a key in 100,000 rounds; a hostile file may ask for millions, which takes minutes."""


def opened(content: bytes, password: str) -> tuple[bytes, bool]:
    """The file without its encryption, and whether it was an encrypted .xlsx; an open .xls comes back as it is."""
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(content)) as container:
            is_zip = container.exists(ENCRYPTED_ZIP)
            is_workbook = is_zip or any(container.exists(name) for name in WORKBOOKS)
            other = next((kind for name, kind in OTHERS.items() if container.exists(name)), "OLE")
    except Exception as error:  # olefile raises of every kind on damaged files
        raise Refusal("damaged_book") from error
    if not is_workbook:
        raise Refusal("no_workbook", other)
    return _decrypted(content, password, is_zip), is_zip


def sealed(content: bytes, password: str) -> bytes:
    """``content``, an .xlsx, encrypted with ``password``."""
    from msoffcrypto.format.ooxml import OOXMLFile

    made = BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, made)
    return made.getvalue()


def _decrypted(content: bytes, password: str, is_zip: bool) -> bytes:
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    decrypted = BytesIO()
    try:
        office: Any = msoffcrypto.OfficeFile(BytesIO(content))
        if not is_zip and not office.is_encrypted():
            return content
        if getattr(office, "info", {}).get("spinValue", 0) > MOST_ROUNDS:
            raise Refusal("unknown_encryption")
        try:
            verified = {"verify_password": True} if is_zip else {}  # that of an .xls always is
            office.load_key(password=password or UNASKED, **verified)
        except InvalidKeyError as error:
            raise Refusal("wrong_password" if password else "needs_password") from error
        office.decrypt(decrypted)
    except (InvalidKeyError, DecryptionError, FileFormatError, ParseError, NotImplementedError) as error:
        raise Refusal("unknown_encryption") from error
    except Refusal:
        raise
    except Exception as error:  # and so does msoffcrypto
        raise Refusal("damaged_book") from error
    return decrypted.getvalue()
