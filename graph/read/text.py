"""Plain text: UTF-8, UTF-16 with a byte order mark, else Windows-1252.

Characters that no XML and no graph may hold (controls, lone surrogates, non-characters) are replaced one for one by
U+FFFD, so that offsets stay; the number of them is told in the metadata as `replaced`.
"""

from __future__ import annotations

import codecs
import hashlib
import re

from graph.model import Document
from graph.read.errors import ReadError

_BANNED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_BANNED = 0.02
"""A text with a larger share of such characters is a picture or a program, not a text."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_text(name: str, data: bytes) -> Document:
    """The document in the bytes of a text file. Raises ReadError if it is empty or no text."""
    text, encoding = _decode(name, data)
    if not text.strip():
        raise ReadError(name, "the file is empty")
    text, replaced = _BANNED.subn("\ufffd", text)
    if replaced > max(8, _MOST_BANNED * len(text)):
        raise ReadError(name, "this is not a text file (it holds binary data)")
    metadata = {"encoding": encoding, **({"replaced": str(replaced)} if replaced else {})}
    return Document(name, text, hashlib.sha256(data).hexdigest(), "text", metadata)


def _decode(name: str, data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise ReadError(name, f"the file says that it is {encoding} and is not ({error.reason})") from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # five bytes have no character in Windows-1252; they are replaced like other stray controls
        return data.decode("cp1252", "replace").replace("\ufffd", "\x00"), "windows-1252"
