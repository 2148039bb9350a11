"""Files as people have them, small and real enough: one of each kind that is taken, and some that are not."""

import struct
from io import BytesIO
from zipfile import ZipFile

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8 "
HTML = b"<!doctype html><p>hello"
TEXT = "Łukasz, what would you cut first?\n\tसंगीत\r\n".encode()


def archive(*parts: str) -> bytes:
    """A ZIP file with these parts."""
    kept = BytesIO()
    with ZipFile(kept, "w") as made:
        for part in parts:
            made.writestr(part, "<xml/>")
    return kept.getvalue()


def telling_fewer_parts(archive: bytes, *, told: int) -> bytes:
    """The same archive, whose end says it has only `told` parts."""
    return archive[:-14] + struct.pack("<2H", told, told) + archive[-10:]


WORD = archive("[Content_Types].xml", "word/document.xml")
