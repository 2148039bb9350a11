"""Files people send one another: which kinds are taken, told by their content, and what they are called.

No library guesses the kind: of the hundreds one knows, six are taken, and for these it is a beginning to compare,
a decoding to try and an archive to look into. A guess for all the others would decide nothing.
"""

import re
import struct
import unicodedata
from enum import StrEnum
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from mentorhub.domain.common.words import tidy

LARGEST_FILE: Final = 10 * 1024 * 1024
LONGEST_NAME: Final = 100
_LONGEST_LIST = 256 * 1024
"""Bytes in which an archive may list its parts: room for thousands."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*<[A-Za-z!?/]")
_TEXT_OF_WORD = re.compile(r"word/document\d*\.xml")
_NOT_PLAIN = ("#!", "{\\rtf", "%!")
_RESERVED = re.compile(r'[<>:"|?*]')


class FileKind(StrEnum):
    """What a mentor can open anywhere."""

    PDF = "pdf"
    WORD = "word"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    TEXT = "text"

    @property
    def label(self) -> str:
        """The kind as people call it."""
        return _LABELS[self]

    @property
    def media_type(self) -> str:
        """What the web calls it."""
        return _MEDIA_TYPES[self]

    @property
    def endings(self) -> tuple[str, ...]:
        """How names of this kind may end; the first is the usual one."""
        return _ENDINGS[self]

    @property
    def is_picture(self) -> bool:
        """Whether one looks at it rather than reads it."""
        return self in (FileKind.PNG, FileKind.JPEG, FileKind.WEBP)


_LABELS: Final = {
    FileKind.PDF: "PDF",
    FileKind.WORD: "Word",
    FileKind.PNG: "PNG",
    FileKind.JPEG: "JPEG",
    FileKind.WEBP: "WebP",
    FileKind.TEXT: "Text",
}
_MEDIA_TYPES: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.WEBP: "image/webp",
    FileKind.TEXT: "text/plain; charset=utf-8",
}
_ENDINGS: Final = {
    FileKind.PDF: (".pdf",),
    FileKind.WORD: (".docx",),
    FileKind.PNG: (".png",),
    FileKind.JPEG: (".jpg", ".jpeg"),
    FileKind.WEBP: (".webp",),
    FileKind.TEXT: (".txt", ".md", ".markdown"),
}
KINDS_TAKEN: Final = "PDF, Word (DOCX), PNG, JPEG, WebP or plain text"
ENDINGS_TAKEN: Final = tuple(ending for kind in FileKind for ending in kind.endings)


def kind_of(content: bytes) -> FileKind | None:
    """The kind of a file by what is in it, whatever its name says; `None` for what is not taken."""
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content.startswith(b"PK\x03\x04"):
        return FileKind.WORD if _is_word(content) else None
    return FileKind.TEXT if _is_plain_text(content) else None


def display_name(sent: str, kind: FileKind) -> str:
    """What a file is called on a page and when it is saved: never a path, and with an ending of its own kind.

    An ending of another kind stays in the name and one that fits is put after it, so that nothing which was taken
    as text is saved as a script.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", sent))[-1]
    name = _RESERVED.sub("_", tidy(last)).strip(". ") or "file"
    ending = next((one for one in kind.endings if name.casefold().endswith(one)), "")
    stem = name[: -len(ending)] if ending else name
    ending = name[-len(ending) :] if ending else kind.endings[0]
    return (stem[: LONGEST_NAME - len(ending)].strip(". ") or "file") + ending


def size_words(size: int) -> str:
    """How large a file is, such as "184 KB" or "2.4 MB"."""
    if size < 1024:
        return "1 byte" if size == 1 else f"{size} bytes"
    kilobytes = size / 1024
    return f"{kilobytes:.0f} KB" if kilobytes < 1023.5 else f"{kilobytes / 1024:.1f} MB".replace(".0 ", " ")


class _Archive(BytesIO):
    """An archive whose list of parts is not even read when it is long, whatever the archive says of its number."""

    def read(self, size: int | None = -1, /) -> bytes:
        """As of every file; raises BadZipFile for more at once than a list may have."""
        if size is not None and size > _LONGEST_LIST:
            raise BadZipFile
        return super().read(size)


def _is_word(content: bytes) -> bool:
    """Whether an archive is a Word document without macros."""
    try:
        parts = ZipFile(_Archive(content)).namelist()
    except (BadZipFile, ValueError, NotImplementedError, struct.error):
        return False
    has_text = "[Content_Types].xml" in parts and any(map(_TEXT_OF_WORD.fullmatch, parts))
    return has_text and not any(part.endswith("vbaProject.bin") for part in parts)


def _is_plain_text(content: bytes) -> bool:
    """Whether it is UTF-8 one can read, and neither markup, a script, nor a format that only looks like words."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    is_read = bool(text.strip()) and _UNPRINTABLE.search(text) is None
    return is_read and _MARKUP.match(text) is None and not text.startswith(_NOT_PLAIN)
