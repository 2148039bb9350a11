"""Files: their kind by content, and a name that is only ever shown."""

import struct

import pytest

from mentorhub.domain.common.files import LONGEST_NAME, FileKind, display_name, kind_of, size_words
from tests import files


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.PDF, FileKind.PDF),
        (files.WORD, FileKind.WORD),
        (files.archive("[Content_Types].xml", "word/document2.xml"), FileKind.WORD),
        (files.PNG, FileKind.PNG),
        (files.JPEG, FileKind.JPEG),
        (files.WEBP, FileKind.WEBP),
        (files.TEXT, FileKind.TEXT),
        (b"\xef\xbb\xbfnotes", FileKind.TEXT),
        (b"a < b, and <3", FileKind.TEXT),
    ],
)
def test_a_file_is_of_the_kind_its_content_says(content: bytes, kind: FileKind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"<!doctype html><p>hello",
        b"\xef\xbb\xbf \n<svg onload=x>",
        b"<?xml version='1.0'?><svg/>",
        b"<script>alert(1)</script>",
        b"MZ\x90\x00\x03",
        b"\x7fELF\x02",
        b"#!/bin/sh\nrm -rf /\n",
        b"{\\rtf1\\ansi hello}",
        b"%!PS-Adobe-3.0",
        b"GIF89a\x01\x00",
        b"\x1f\x8b\x08\x00",
        b"Rar!\x1a\x07\x00",
        b"a\x00b",
        b"red \x1b[31m alert",
        "größer".encode("latin-1"),
        "notes".encode("utf-16"),
        b"RIFF\x1a\x00\x00\x00WAVEfmt ",
        b" " + files.PNG,
        files.archive("cv.pdf"),
        files.archive("[Content_Types].xml", "xl/workbook.xml"),
        files.archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        files.archive("[Content_Types].xml", "word/document.xml", "macros/vbaProject.bin"),
        files.archive("word/document.xml"),
        files.archive("[Content_Types].xml", "word/document.xml", *map(str, range(6_000))),
        files.telling_fewer_parts(
            files.archive("[Content_Types].xml", "word/document.xml", *map(str, range(6_000))), told=2
        ),
        files.archive("[Content_Types].xml", "word/document.xml", *("x" * 60_000 + end for end in "abcde")),
        files.WORD[:40],
        files.WORD[:-22] + b"PK\x05\x06",
        files.WORD[:-22] + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 2, 2, 9, 9, 0),
    ],
)
def test_what_is_not_one_of_the_six_kinds_is_none(content: bytes) -> None:
    assert kind_of(content) is None


@pytest.mark.parametrize(
    ("sent", "kind", "shown"),
    [
        ("Riya Patil CV.pdf", FileKind.PDF, "Riya Patil CV.pdf"),
        ("CV.PDF", FileKind.PDF, "CV.PDF"),
        ("../../etc/passwd", FileKind.TEXT, "passwd.txt"),
        ("C:\\Users\\riya\\cv.docx", FileKind.WORD, "cv.docx"),
        ("cv\r\nSet-Cookie: a=b.pdf", FileKind.PDF, "cv Set-Cookie_ a=b.pdf"),
        ("cv\u202efdp.exe", FileKind.PDF, "cvfdp.exe.pdf"),
        ("cv\x00.pdf", FileKind.PDF, "cv.pdf"),
        ('a"b<c>.png', FileKind.PNG, "a_b_c_.png"),
        ("run.bat", FileKind.TEXT, "run.bat.txt"),
        ("photo.jpg", FileKind.PNG, "photo.jpg.png"),
        ("photo.jpeg", FileKind.JPEG, "photo.jpeg"),
        ("संगीत.md", FileKind.TEXT, "संगीत.md"),
        ("cafe\u0301.pdf", FileKind.PDF, "café.pdf"),
        ("", FileKind.PDF, "file.pdf"),
        ("...", FileKind.WEBP, "file.webp"),
        (".pdf", FileKind.PDF, "pdf.pdf"),
        (" .. /", FileKind.PDF, "file.pdf"),
    ],
)
def test_a_name_is_tidied_for_showing_and_ends_as_its_kind_does(sent: str, kind: FileKind, shown: str) -> None:
    assert display_name(sent, kind) == shown


@pytest.mark.parametrize("sent", ["x" * 300 + ".pdf", "x" * 300, "." * 300 + "pdf", "é" * 300])
def test_a_long_name_is_cut_and_keeps_its_ending(sent: str) -> None:
    shown = display_name(sent, FileKind.PDF)

    assert len(shown) <= LONGEST_NAME
    assert shown.endswith(".pdf")
    assert display_name(shown, FileKind.PDF) == shown


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 byte"),
        (1023, "1023 bytes"),
        (1024, "1 KB"),
        (188_416, "184 KB"),
        (1_048_000, "1023 KB"),
        (1_048_575, "1 MB"),
        (2_516_582, "2.4 MB"),
        (10_485_760, "10 MB"),
    ],
)
def test_a_size_is_said_as_people_say_it(size: int, words: str) -> None:
    assert size_words(size) == words
