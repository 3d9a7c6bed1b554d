"""Reasons: whatever the bytes and the suffix, what is said is one line that tells what is wrong."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest

from graph.read import READERS, ReadError, read_bytes
from graph.read.errors import detail

_NOTHING = re.compile(r"\(\s*\)|success|unknown error|<string>|PDFium|codec|\\x", re.IGNORECASE)


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return buffer.getvalue()


NOISE = random.Random(3).randbytes(500)
PLAIN_ZIP = zipped(a="x" * 200)
OFFICE = zipped(**{"word/document.xml": "<w>" * 50, "content.xml": "x"})
BROKEN = {
    "empty": b"", "blank": b" ", "zeros": bytes(200), "noise": NOISE, "zip": PLAIN_ZIP, "cut zip": PLAIN_ZIP[:-20],
    "office": OFFICE, "cut office": OFFICE[:60], "zip of noise": b"PK\x03\x04" + NOISE, "pdf head": b"%PDF-1.4",
    "pdf of noise": b"%PDF-1.7\n" + NOISE, "unclosed": b"<a><b></a>", "xml head": b'<?xml version="1.0"?>', "brace": b"{",
    "cut json": b"[1,2", "utf-16": b"\xff\xfe\0\xd8", "no words": b"<html></html>",
}  # fmt: skip


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("suffix", READERS)
def test_a_reason_is_one_line_that_says_something(suffix: str, data: bytes) -> None:
    reason = reason_of(suffix, data)
    assert reason != ""
    assert "\n" not in reason
    assert not _NOTHING.search(reason), reason


def reason_of(suffix: str, data: bytes) -> str:
    """Return why a file is not read; some of these are read after all."""
    try:
        read_bytes(f"a{suffix}", data)
    except ReadError as error:
        return error.reason
    return "read"


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix not in (".docx", ".odt")])
def test_a_file_that_is_a_zip_archive_inside_is_called_so(suffix: str) -> None:
    kind = "a text" if suffix in (".txt", ".md") else f"an? {suffix.removeprefix('.')}"
    with pytest.raises(ReadError, match=f"this is not {kind} file: it is a zip archive$"):
        read_bytes(f"a{suffix}", PLAIN_ZIP)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Failed to load document (PDFium: Success).", ""),
        ("Failed to load document (PDFium: Unknown error).", ""),
        ("Failed to load document (PDFium: File access error).", " (File access error)"),
        ("", ""),
        ("one\n two", " (one two)"),
        ("Tag mismatch: b line 1 and a, line 3, column 11 (<string>, line 3)", " (Tag mismatch: b line 1 and a, line 3, column 11)"),
    ],
)  # fmt: skip
def test_what_a_library_says_is_told_if_it_says_something(said: str, told: str) -> None:
    assert detail(ValueError(said)) == told
    assert ReadError("a", "one\ntwo").reason == "one two"
