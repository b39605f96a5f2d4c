"""Digital signatures as other programs put them into a PDF: added to the file, with a certificate of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

BEGIN = datetime(2026, 1, 1)


def signed(content: bytes, *names: str) -> bytes:
    """The PDF, signed by one after another."""
    for name in names:
        about = signers.PdfSignatureMetadata(field_name=name)
        writer = IncrementalPdfFileWriter(BytesIO(content))
        content = signers.sign_pdf(writer, about, signer=_signer(), in_place=False).getvalue()
    return content


@cache
def _signer() -> Any:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A. Wang")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(BEGIN).not_valid_after(BEGIN + timedelta(days=3650))
    packed = pkcs12.serialize_key_and_certificates(b"A", key, made.sign(key, hashes.SHA256()), None, NoEncryption())
    return signers.SimpleSigner.load_pkcs12_data(packed, [])
